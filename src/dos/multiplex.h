/* multiplex.h - INT 2Fh.  */

#ifndef DOS_MULTIPLEX_H
#define DOS_MULTIPLEX_H

#include <stdint.h>

#include "guest/guest.h"

struct dos;

/* The tables, for the manual's list.  */
struct multiplex_row {
	uint8_t ah;
	struct svc_entry entry;
};
extern const struct multiplex_row multiplex_table[];
extern const unsigned multiplex_rows;
extern const struct svc_entry multiplex_internal[];	/* INT 2Fh/12xxh, by AL: internals.c */
extern const unsigned multiplex_internals;
svc_fn multiplex_internal_service;

/* Give INT 2Fh to DOS; at dos_init.  */
void multiplex_offer(struct dos *dos);

#endif
