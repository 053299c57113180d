/* mem.h - a small read-only drive made of a table: files that must exist
 * without a disk.  */

#ifndef DRIVE_MEM_H
#define DRIVE_MEM_H

#include "drive/drive.h"

struct error;

/* A row.  The path is in upper case, 8.3, without a letter:
 * "\\DIR\\NAME.EXT"; its directories need no rows of their own.  */
struct mem_file {
	const char *path;
	const void *data;
	uint32_t size;
	uint16_t time, date;	/* packed, DOS local time */
};

/* The table and its data must live as long as the drive.  False with err
 * set: a path that is none, the same path twice, or no memory.  */
bool mem_mount(struct drive *d, const char *label, const struct mem_file *table,
	       size_t rows, struct error *err);

#endif
