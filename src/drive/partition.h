/* partition.h - the parts of a hard disk, by its master boot record and the
 * extended partitions' (MS-DOS Programmer's Reference, "Partition table"; RBIL,
 * table 00650).  Nothing is believed: an entry that leads outside of the disk,
 * into itself or into another one is passed over.  */

#ifndef DRIVE_PARTITION_H
#define DRIVE_PARTITION_H

#include "drive/image.h"

#define PARTITIONS_MAX	24		/* letters C to Z */

struct partition {
	uint64_t start, sectors;
	uint8_t type;			/* 0: a volume with no table around it */
};

/* Those for DOS, in the order in which it gives letters: the active primary one
 * or else the first, logical ones, other primary ones.  A disk that begins with the
 * boot sector of a FAT volume is one.  Answers how many.  */
unsigned partition_scan(struct image *im, struct partition out[PARTITIONS_MAX]);

/* The geometry with which the table was made, if its entries agree on one.  */
void partition_geometry(struct image *im, struct chs *c);

#endif
