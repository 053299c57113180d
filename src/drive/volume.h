/* volume.h - a part of an image that has a drive letter: a whole diskette, or a
 * partition of a hard disk.  Sectors are counted from its beginning, and none
 * outside of it can be reached.  */

#ifndef DRIVE_VOLUME_H
#define DRIVE_VOLUME_H

#include "drive/image.h"

struct volume {
	struct image *image;		/* NULL: none */
	uint64_t start, sectors;
	uint8_t type;			/* of its partition; 0: there is no table */
	uint8_t unit;			/* its disk, as INT 13h counts them */
	bool changed;			/* another diskette, since the disk driver was asked */
	bool barred;			/* INT 21h/440Dh/47h: not to be accessed (not formatted yet) */
	uint8_t locks;			/* 4Ah, 4Bh less 6Ah, 6Bh: programs that have it for themselves */
};

/* As image_read(), image_write() and image_write_below().  */
enum image_result volume_read(struct volume *v, uint64_t first, void *buf, size_t count,
			      size_t *done);
enum image_result volume_write(struct volume *v, uint64_t first, const void *buf, size_t count,
			       size_t *done);
enum image_result volume_write_below(struct volume *v, uint64_t first, const void *buf,
				     size_t count, size_t *done);

/* What its boot sector says; false: it has none that DOS knows.  */
bool volume_bpb(struct volume *v, struct bpb *b);

#endif
