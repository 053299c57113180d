/* cp_tables.h - the upper half of each code page; private to cp.c.  */

#ifndef BASE_CP_TABLES_H
#define BASE_CP_TABLES_H

#include <stdint.h>

/* Index 0 of every table is byte 80h.  */
struct cp_page {
	uint16_t number;
	const char *name;
	uint16_t unicode[128];	/* all different: F880h + index where the page has a hole */
	uint8_t order[128];	/* the bytes, sorted by their Unicode */
	uint8_t upper[128], lower[128];
	uint8_t collate[128];
};

extern const struct cp_page *const cp_pages[];	/* 437 first, NULL last */

#endif
