/* umb.h - upper memory: RAM between the video card's ROM and the BIOS, handed out
 * by the paragraph.  */

#ifndef XMEM_UMB_H
#define XMEM_UMB_H

#include <stdbool.h>
#include <stdint.h>

#include "xmem/error.h"

struct bus;
struct state;

#define UMB_FIRST	0xc800u		/* segments */
#define UMB_END		0xf000u
#define UMB_BLOCKS	32

/* The blocks follow each other without gaps; free neighbours are one.  */
struct umb_block {
	uint16_t seg, paras;
	bool used;
};

struct umb {
	struct bus *bus;
	bool there;
	uint8_t count;			/* 0: there is no upper memory */
	struct umb_block block[UMB_BLOCKS];
};

void umb_init(struct umb *u, struct bus *bus, bool there);
void umb_reset(struct umb *u);
void umb_state(struct umb *u, struct state *st);

/* XMS_SMALLER_UMB: *size is that of the largest.  */
enum xms_error umb_alloc(struct umb *u, uint16_t paras, uint16_t *seg, uint16_t *size);
enum xms_error umb_free(struct umb *u, uint16_t seg);
/* XMS_SMALLER_UMB: *size is what it could have.  */
enum xms_error umb_resize(struct umb *u, uint16_t seg, uint16_t paras, uint16_t *size);

#endif
