/* disk.h - what disk.c and ioctl.c know of a disk in common.
 *
 * A drive is named as in DL of many calls: 0 the default one, 1 = A.  */

#ifndef DOS_DISK_H
#define DOS_DISK_H

#include "dos/files.h"

struct bpb;

#define GEOMETRY_ROOT 512		/* entries of the root directory */
#define DISK_SECTOR	512
#define DISK_MAX_CLUSTER 64		/* sectors */

/* The FAT disk that a drive pretends to be, at most 2 GB.  */
struct geometry {
	uint16_t sectors;		/* of 512 bytes, in a cluster */
	uint16_t clusters, free;
};

uint8_t disk_number(const struct dos *dos, uint8_t dl);
/* The drive behind a letter, SUBST and JOIN seen through; NULL: none, or a
 * redirector's.  */
struct drive *disk_of(struct dos *dos, uint8_t dl);
enum dos_error disk_geometry(struct drive *drive, struct geometry *geo);
/* Geometry of the drive in dl, its DPB filled; false with the error noted.  */
bool disk_look(struct dos *dos, uint8_t dl, struct geometry *geo, struct far *dpb);
uint16_t disk_fat_sectors(const struct geometry *geo);
uint8_t disk_media(const struct drive *drive);
enum dos_error disk_set_media_id(struct dos *dos, struct drive *drive, struct far from);
/* It is a disk image with a boot sector that DOS knows.  */
bool disk_has_bpb(const struct drive *drive, struct bpb *b);
/* 25 bytes: level, serial number, label, file system.  */
enum dos_error disk_media_id(struct dos *dos, struct drive *drive, struct far to);

/* diskctl.c: 440Dh, 4411h.  */
enum svc disk_generic(struct dos *dos);
enum svc disk_query(struct dos *dos);

#endif
