/* bpb.h - what a boot sector says about the volume that it begins (Microsoft,
 * "FAT: General overview of on-disk format"; MS-DOS Programmer's Reference,
 * "BIOS parameter block").  */

#ifndef DRIVE_BPB_H
#define DRIVE_BPB_H

#include <stdbool.h>
#include <stdint.h>

#define SECTOR_SIZE	512u

struct bpb {
	uint16_t sector_size;
	uint8_t cluster;		/* sectors in one */
	uint16_t reserved;		/* sectors before the first FAT */
	uint8_t fats;
	uint16_t root_entries;		/* 0: FAT32 */
	uint32_t total;			/* sectors */
	uint8_t media;
	uint32_t fat_sectors;
	uint16_t track_sectors, heads;
	uint32_t hidden;		/* sectors of the disk before the volume */
	/* FAT32 only.  */
	uint16_t flags, version, info_sector, backup_sector;
	uint32_t root_cluster;
	/* The extended part.  */
	bool extended;
	uint32_t serial;
	char label[11], system[8];
};

/* False: no boot sector of a FAT volume, or one that contradicts itself.  */
bool bpb_read(const uint8_t sector[SECTOR_SIZE], struct bpb *b);

/* Sectors before the first cluster, and how many clusters there are.  */
uint32_t bpb_first_data(const struct bpb *b);
uint32_t bpb_clusters(const struct bpb *b);
static inline bool bpb_is_fat32(const struct bpb *b)
{
	return !b->root_entries;
}

#endif
