/* image.h - a disk whose sectors are a file of the host.
 *
 * A diskette's file has the size of its format, or a boot sector that says
 * what it is; a shorter one ends with sectors of zeros, which it gets when they
 * are written.  A hard disk's is as long as the disk.  What is written is
 * written to the file at once.
 *
 * The file is locked (flock) as long as it is open, so that two runs, or
 * mtools beside one, never write to the same disk.  */

#ifndef DRIVE_IMAGE_H
#define DRIVE_IMAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "drive/bpb.h"

struct error;
struct state;

#define IMAGE_MAX_SECTORS	(UINT64_C(1) << 32)	/* 2 TB */

/* Cylinders, heads, sectors of a track.  */
struct chs {
	uint32_t cylinders;
	uint16_t heads;
	uint8_t sectors;
};

/* A format of diskettes (MS-DOS Programmer's Reference, "Device parameters"; DMF
 * has its own).  */
struct floppy_format {
	const char *name;		/* "1.44M" */
	uint16_t sectors;
	struct chs chs;
	uint8_t drive;			/* as CMOS and INT 13h/08h have it: 1 360K ... 5 2.88M */
	uint8_t media, cluster;
	uint16_t root_entries;
	uint8_t fat_sectors;
};

extern const struct floppy_format floppy_formats[];	/* sectors 0: the end */

struct image {
	int fd;				/* -1: no disk */
	bool floppy, read_only;
	uint64_t sectors;
	uint64_t length;		/* bytes that the file has */
	struct chs chs;
	struct chs wanted;		/* the format that INT 13h/17h or 18h chose, or 0 */
	uint8_t drive;			/* a diskette's: struct floppy_format */
	bool saved;			/* a snapshot knows it as it is now */
	bool changed;			/* the change line: it has been put in since INT 13h looked */
	/* Somebody has written below the file system: INT 13h, INT 26h.  */
	void (*wrote)(void *ctx, struct image *im, uint64_t first, uint64_t count);
	void *ctx;
};

enum image_result {
	IMAGE_OK, IMAGE_PROTECTED, IMAGE_NO_SECTOR, IMAGE_READ_FAULT, IMAGE_WRITE_FAULT,
};

bool image_open(struct image *im, const char *path, bool floppy, bool read_only,
		struct error *err);
void image_close(struct image *im);
static inline bool image_there(const struct image *im)
{
	return im && im->fd >= 0;
}

/* *done sectors have been moved, whatever the answer.  image_write is the file
 * system's own; image_write_below everybody else's.  */
enum image_result image_read(struct image *im, uint64_t first, void *buf, size_t count,
			     size_t *done);
enum image_result image_write(struct image *im, uint64_t first, const void *buf, size_t count,
			      size_t *done);
enum image_result image_write_below(struct image *im, uint64_t first, const void *buf,
				    size_t count, size_t *done);
bool image_flush(struct image *im);

/* A diskette that is formatted has another format from then on, if the drive can write
 * that and the file has room for it: what was wanted is taken when its first track
 * comes, which also answers whether cylinder and head are on the disk.  */
bool image_drive_reads(uint8_t drive, uint8_t kind);	/* both as image.drive */
bool image_can_have(const struct image *im, const struct floppy_format *f);
bool image_format_track(struct image *im, unsigned cylinder, unsigned head, uint8_t fill,
			enum image_result *r);
const struct floppy_format *floppy_format(uint32_t cylinders, uint16_t heads, uint8_t sectors);

/* A snapshot has not the contents, but knows the file again by size and date.  At the end
 * of a run that has not written since, image_close() comes before the file system is
 * closed: what that would still write is the saved run's to write.  */
void image_state(struct image *im, struct state *st);

#endif
