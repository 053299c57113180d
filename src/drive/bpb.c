/* bpb.c - boot sectors of FAT volumes.  */

#include "drive/bpb.h"

#include <string.h>

#include "base/le.h"

enum { EXTENDED = 0x29, EXTENDED_SERIAL = 0x28 };

static void read_extended(const uint8_t *p, struct bpb *b)
{
	if (p[0] != EXTENDED && p[0] != EXTENDED_SERIAL)
		return;
	b->extended = true;
	b->serial = le_get32(p + 1);
	memset(b->label, ' ', sizeof b->label);
	memset(b->system, ' ', sizeof b->system);
	if (p[0] != EXTENDED)
		return;
	memcpy(b->label, p + 5, sizeof b->label);
	memcpy(b->system, p + 16, sizeof b->system);
}

static void read_fat32(const uint8_t *s, struct bpb *b)
{
	b->fat_sectors = le_get32(s + 0x24);
	b->flags = le_get16(s + 0x28);
	b->version = le_get16(s + 0x2a);
	b->root_cluster = le_get32(s + 0x2c);
	b->info_sector = le_get16(s + 0x30);
	b->backup_sector = le_get16(s + 0x32);
}

static bool power_of_two(unsigned n)
{
	return n && !(n & (n - 1));
}

/* Sizes agree with each other, so that nobody computes with less than
 * nothing.  */
static bool plausible(const struct bpb *b)
{
	uint64_t before = b->reserved + (uint64_t)b->fats * b->fat_sectors +
			  (b->root_entries * 32u + SECTOR_SIZE - 1) / SECTOR_SIZE;

	return b->sector_size == SECTOR_SIZE && power_of_two(b->cluster) && b->reserved &&
	       b->fats && b->fat_sectors && b->media >= 0xf0 && before < b->total &&
	       (b->total - before) / b->cluster > 0;
}

bool bpb_read(const uint8_t s[SECTOR_SIZE], struct bpb *b)
{
	if (s[0] != 0xeb && s[0] != 0xe9)
		return false;
	*b = (struct bpb){
		.sector_size = le_get16(s + 0x0b), .cluster = s[0x0d], .reserved = le_get16(s + 0x0e),
		.fats = s[0x10], .root_entries = le_get16(s + 0x11), .total = le_get16(s + 0x13),
		.media = s[0x15], .fat_sectors = le_get16(s + 0x16),
		.track_sectors = le_get16(s + 0x18), .heads = le_get16(s + 0x1a),
		.hidden = le_get32(s + 0x1c),
	};
	if (!b->total)
		b->total = le_get32(s + 0x20);
	if (!b->fat_sectors)
		read_fat32(s, b);
	if (!b->root_entries != (b->root_cluster >= 2))
		return false;
	read_extended(s + (bpb_is_fat32(b) ? 0x42 : 0x26), b);
	return plausible(b);
}

uint32_t bpb_first_data(const struct bpb *b)
{
	return b->reserved + b->fats * b->fat_sectors +
	       (b->root_entries * 32u + SECTOR_SIZE - 1) / SECTOR_SIZE;
}

uint32_t bpb_clusters(const struct bpb *b)
{
	return (b->total - bpb_first_data(b)) / b->cluster;
}
