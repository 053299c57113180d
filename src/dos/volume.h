/* volume.h - drives with sectors: what DOS knows of their layout, and how
 * sectors come to programs.  A drive has them if its `volume' is there.  */

#ifndef DOS_VOLUME_H
#define DOS_VOLUME_H

#include "dos/dos.h"
#include "drive/volume.h"

/* How a boot sector has it from 0Bh on: of DOS 4, of FAT32.  */
enum bpb_at {
	BPB_AT_CLUSTER = 2, BPB_AT_RESERVED = 3, BPB_AT_FATS = 5, BPB_AT_ROOT = 6,
	BPB_AT_TOTAL16 = 8, BPB_AT_MEDIA = 10, BPB_AT_FAT16 = 11, BPB_AT_TRACK = 13,
	BPB_AT_HEADS = 15, BPB_AT_HIDDEN = 17, BPB_AT_TOTAL32 = 21, BPB_AT_FAT32 = 25,
	BPB_AT_FLAGS = 29, BPB_AT_VERSION = 31, BPB_AT_ROOT_CLUSTER = 33, BPB_AT_INFO = 37,
	BPB_AT_BACKUP = 39,
	BPB_OLD_SIZE = 25, BPB_FAT32_SIZE = 53,
};

/* The layout that FORMAT is to give it: of the diskette, or by the partition's size
 * and type as MS-DOS does.  */
void volume_default_bpb(const struct volume *v, struct bpb *b);
void volume_put_bpb(struct dos *dos, struct far to, const struct bpb *b, bool fat32);
/* All fields of a DPB that the disk decides; free: clusters, FFFFh unknown.  */
void volume_put_dpb(struct dos *dos, struct far dpb, const struct bpb *b, uint16_t free);

/* The unit of INT 21h/440Dh/60h and 68h: 0 360K, 1 1.2M, 2 720K, 5 hard disk, 7 1.44M,
 * 9 2.88M.  */
uint8_t volume_device_type(const struct volume *v);

/* Between memory at a linear address and the disk.  *count: in, sectors wanted; out,
 * those moved.  The file system is told what is written.  */
enum dos_error volume_move(struct dos *dos, struct volume *v, bool writing, uint64_t first,
			   uint32_t at, uint32_t *count);
enum dos_error volume_error(enum image_result r);

/* absolute.c: INT 25h and 26h, INT 21h/7305h; what the disk driver is asked.  */
void absolute_offer(struct dos *dos);
enum svc absolute_fat32(struct dos *dos);
svc_fn disk_serve;

#endif
