/* partition.c - the parts of a hard disk.  */

#include "drive/partition.h"

#include <string.h>

#include "base/le.h"

enum { TABLE = 0x1be, ENTRIES = 4, ENTRY = 16, ACTIVE = 0x80 };
enum { FURTHEST = 128 };		/* extended boot records looked at */

struct entry {
	uint8_t flag, type, end_head, end_sector;
	uint16_t end_cylinder;
	uint32_t start, sectors;
};

static struct entry entry_at(const uint8_t *sector, unsigned i)
{
	const uint8_t *p = sector + TABLE + i * ENTRY;

	return (struct entry){
		.flag = p[0], .type = p[4], .end_head = p[5], .end_sector = p[6] & 0x3f,
		.end_cylinder = p[7] | (p[6] & 0xc0) << 2, .start = le_get32(p + 8), .sectors = le_get32(p + 12),
	};
}

static bool is_fat(uint8_t type)
{
	return memchr("\x01\x04\x06\x0b\x0c\x0e", type, 6) != NULL;
}

static bool is_extended(uint8_t type)
{
	return type == 0x05 || type == 0x0f;
}

static bool read_sector(struct image *im, uint64_t at, uint8_t *sector)
{
	size_t done;

	return image_read(im, at, sector, 1, &done) == IMAGE_OK;
}

/* A table, and not the end of a boot sector's program: flags are 0 or 80h, and there
 * is an entry.  */
static bool is_table(const uint8_t *sector, uint64_t disk)
{
	bool any = false;

	if (le_get16(sector + 0x1fe) != 0xaa55)
		return false;
	for (unsigned i = 0; i < ENTRIES; i++) {
		struct entry e = entry_at(sector, i);

		if (e.flag & 0x7f)
			return false;
		any |= e.type && e.start && e.sectors && e.start < disk;
	}
	return any;
}

/* --- Scanning ------------------------------------------------------------------- */

struct scan {
	struct image *im;
	struct partition *out;
	unsigned count;
};

/* It lies on the disk behind the table, and on nothing that is known.  What is
 * larger than the disk ends there.  */
static void add(struct scan *s, uint64_t start, uint64_t sectors, uint8_t type)
{
	uint64_t disk = s->im->sectors;

	if (s->count == PARTITIONS_MAX || !start || !sectors || start >= disk)
		return;
	if (sectors > disk - start)
		sectors = disk - start;
	for (unsigned i = 0; i < s->count; i++) {
		const struct partition *p = &s->out[i];

		if (start < p->start + p->sectors && p->start < start + sectors)
			return;
	}
	s->out[s->count++] = (struct partition){ start, sectors, type };
}

/* The chain of extended boot records: each has a partition, relative to itself, and
 * leads to the next, relative to the first.  It goes on towards the end, or it ends.  */
static void scan_extended(struct scan *s, uint64_t first, uint64_t size)
{
	uint8_t sector[SECTOR_SIZE];
	uint64_t at = first, next;

	for (unsigned n = 0; n < FURTHEST && read_sector(s->im, at, sector); n++) {
		if (le_get16(sector + 0x1fe) != 0xaa55)
			return;
		next = 0;
		for (unsigned i = 0; i < ENTRIES; i++) {
			struct entry e = entry_at(sector, i);
			uint64_t place = at + e.start;

			if (is_fat(e.type) && e.start && place < first + size &&
			    e.sectors <= first + size - place)
				add(s, place, e.sectors, e.type);
			else if (is_extended(e.type) && !next)
				next = first + e.start;
		}
		if (next <= at || next >= first + size)
			return;
		at = next;
	}
}

static int first_primary(const uint8_t *sector)
{
	int first = -1;

	for (unsigned i = 0; i < ENTRIES; i++) {
		struct entry e = entry_at(sector, i);

		if (is_fat(e.type) && (first < 0 || e.flag == ACTIVE)) {
			first = i;
			if (e.flag == ACTIVE)
				break;
		}
	}
	return first;
}

static void scan_table(struct scan *s, const uint8_t *sector)
{
	int first = first_primary(sector);

	if (first >= 0) {
		struct entry e = entry_at(sector, first);

		add(s, e.start, e.sectors, e.type);
	}
	for (unsigned i = 0; i < ENTRIES; i++) {
		struct entry e = entry_at(sector, i);

		if (is_extended(e.type) && e.start)
			scan_extended(s, e.start, e.sectors);
	}
	for (unsigned i = 0; i < ENTRIES; i++) {
		struct entry e = entry_at(sector, i);

		if (is_fat(e.type) && (int)i != first)
			add(s, e.start, e.sectors, e.type);
	}
}

unsigned partition_scan(struct image *im, struct partition out[PARTITIONS_MAX])
{
	struct scan s = { .im = im, .out = out };
	uint8_t sector[SECTOR_SIZE];
	struct bpb b;

	if (!read_sector(im, 0, sector))
		return 0;
	if (is_table(sector, im->sectors)) {
		scan_table(&s, sector);
		return s.count;
	}
	if (!bpb_read(sector, &b))
		return 0;
	out[0] = (struct partition){ 0, im->sectors, 0 };
	return 1;
}

/* --- Geometry ------------------------------------------------------------------- */

/* Partitions end with a cylinder: the last head and the last sector of a track.  Past
 * cylinder 1023 the end cannot be told.  */
static bool geometry_of(const struct entry *e, struct chs *c)
{
	uint64_t end = (uint64_t)e->start + e->sectors - 1;
	uint32_t heads = e->end_head + 1u, sectors = e->end_sector;

	if (!e->type || !e->sectors || !sectors || heads > 255)
		return false;
	if (e->end_cylinder < 1022 &&
	    (e->end_cylinder * (uint64_t)heads + e->end_head) * sectors + sectors - 1 != end)
		return false;
	c->heads = heads;
	c->sectors = sectors;
	return true;
}

static void take_geometry(const struct image *im, uint32_t heads, uint32_t sectors, struct chs *c)
{
	if (heads && heads <= 255 && sectors && sectors <= 63 && im->sectors >= heads * sectors)
		*c = (struct chs){ im->sectors / (heads * sectors), heads, sectors };
}

void partition_geometry(struct image *im, struct chs *c)
{
	uint8_t sector[SECTOR_SIZE];
	struct chs found = { 0 }, other;
	struct bpb b;

	if (!read_sector(im, 0, sector))
		return;
	if (!is_table(sector, im->sectors)) {
		if (bpb_read(sector, &b))
			take_geometry(im, b.heads, b.track_sectors, c);
		return;
	}
	for (unsigned i = 0; i < ENTRIES; i++) {
		struct entry e = entry_at(sector, i);

		if (!e.type)
			continue;
		if (!geometry_of(&e, &other) || (found.heads && (other.heads != found.heads ||
								 other.sectors != found.sectors)))
			return;
		found.heads = other.heads;
		found.sectors = other.sectors;
	}
	take_geometry(im, found.heads, found.sectors, c);
}
