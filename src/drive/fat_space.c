/* fat_space.c - free clusters: how many, and which is the next.
 *
 * The first time one is wanted the whole table is read, and a bit kept for
 * each cluster.  How many are free FAT32's FSInfo sector may know before; once
 * the table has been read what it says is ours.  The next one is looked for
 * behind the last one taken, as DOS does.  */

#include "drive/fat_volume.h"

#include <stdlib.h>
#include <string.h>

#include "base/le.h"

#define CHUNK	128			/* sectors of the table at once */

enum { INFO_LEAD = 0, INFO_STRUCT = 484, INFO_FREE = 488, INFO_NEXT = 492, INFO_TRAIL = 508 };

#define LEAD_SIGNATURE		0x41615252
#define STRUCT_SIGNATURE	0x61417272
#define TRAIL_SIGNATURE		0xaa550000

static bool in_use(const struct fat *v, uint32_t n)
{
	return v->map[n / 64] >> (n % 64) & 1;
}

static void mark(struct fat *v, uint32_t n, bool used)
{
	uint64_t bit = UINT64_C(1) << (n % 64);

	if (used == in_use(v, n))
		return;
	v->map[n / 64] ^= bit;
	v->free += used ? -1 : 1;
	v->info_old = true;
}

/* All numbers of some sectors of a 16 or 32 bit table.  */
static void take_numbers(struct fat *v, const uint8_t *p, uint32_t first, uint32_t count)
{
	for (uint32_t i = 0; i < count; i++) {
		bool used = v->g.bits == 16 ? le_get16(p + 2 * i) != 0
					    : (le_get32(p + 4 * i) & 0x0fffffff) != 0;

		if (first + i >= 2 && used)
			mark(v, first + i, true);
	}
}

static enum dos_error read_slowly(struct fat *v, uint32_t first, uint32_t count)
{
	for (uint32_t n = first < 2 ? 2 : first; n < first + count; n++) {
		uint32_t value;
		enum dos_error e = fat_raw(v, n, &value);

		if (e)
			return e;
		if (value)
			mark(v, n, true);
	}
	return DOS_OK;
}

static enum dos_error read_table(struct fat *v)
{
	uint32_t each = CHUNK * FAT_SECTOR / (v->g.bits == 16 ? 2 : 4);
	enum dos_error e = DOS_OK;
	uint8_t *chunk;

	if (v->g.bits == 12)
		return read_slowly(v, 0, v->g.end);
	chunk = malloc(CHUNK * FAT_SECTOR);
	if (!chunk)
		return DOS_NO_MEMORY;
	for (uint32_t n = 0; !e && n < v->g.end; n += each) {
		uint32_t count = v->g.end - n < each ? v->g.end - n : each;
		uint32_t bytes = count * (v->g.bits / 8);

		if (fat_read(v, v->g.table + (uint64_t)n * (v->g.bits / 8) / FAT_SECTOR, chunk,
			     (bytes + FAT_SECTOR - 1) / FAT_SECTOR) == DOS_OK)
			take_numbers(v, chunk, n, count);
		else
			e = read_slowly(v, n, count);
	}
	free(chunk);
	return e;
}

static enum dos_error know(struct fat *v)
{
	uint32_t said = v->free;
	enum dos_error e;

	if (v->map)
		return DOS_OK;
	e = fat_sync(v);
	if (e)
		return e;
	v->map = calloc(v->g.end / 64 + 1, sizeof *v->map);
	if (!v->map)
		return DOS_NO_MEMORY;
	v->free = v->g.end - 2;
	e = read_table(v);
	if (e)
		fat_space_forget(v);
	v->info_old = !e && v->free != said;
	return e;
}

enum dos_error fat_count_free(struct fat *v, uint32_t *n)
{
	enum dos_error e = v->free == FAT_END ? know(v) : DOS_OK;

	*n = v->free;
	return e;
}

/* The first free one in [from, to); 0: none.  */
static uint32_t search(const struct fat *v, uint32_t from, uint32_t to)
{
	for (uint32_t n = from; n < to;) {
		if (n % 64 == 0 && v->map[n / 64] == UINT64_MAX)
			n += 64;
		else if (!in_use(v, n))
			return n;
		else
			n++;
	}
	return 0;
}

enum dos_error fat_take(struct fat *v, uint32_t near, uint32_t *n)
{
	enum dos_error e = know(v);
	uint32_t from = v->hint;

	if (e)
		return e;
	if (!v->free)
		return DOS_DISK_FULL;
	if (fat_is_cluster(v, near + 1) && !in_use(v, near + 1))
		from = near + 1;
	if (!fat_is_cluster(v, from))
		from = 2;
	*n = search(v, from, v->g.end);
	if (!*n)
		*n = search(v, 2, from);
	if (!*n)
		return DOS_DISK_FULL;
	e = fat_put(v, *n, FAT_END);
	if (e)
		return e;
	mark(v, *n, true);
	v->hint = *n + 1;
	return DOS_OK;
}

/* A chain that runs into what is free already, or nowhere, ends there.  */
enum dos_error fat_give_back(struct fat *v, uint32_t n)
{
	enum dos_error e = know(v);

	while (!e && fat_is_cluster(v, n)) {
		uint32_t next;

		e = fat_raw(v, n, &next);
		if (e || !next)
			break;
		e = fat_put(v, n, 0);
		if (!e)
			mark(v, n, false);
		n = next;
	}
	return e;
}

static bool is_info(const uint8_t *p)
{
	return le_get32(p + INFO_LEAD) == LEAD_SIGNATURE &&
	       le_get32(p + INFO_STRUCT) == STRUCT_SIGNATURE &&
	       le_get32(p + INFO_TRAIL) == TRAIL_SIGNATURE;
}

void fat_info_read(struct fat *v, bool believe)
{
	const uint8_t *p;

	if (!v->g.info || fat_get(v, v->g.info, &p))
		return;
	if (!is_info(p)) {
		v->g.info = 0;
		return;
	}
	if (!v->hint)
		v->hint = le_get32(p + INFO_NEXT);
	if (believe && le_get32(p + INFO_FREE) <= v->g.end - 2)
		v->free = le_get32(p + INFO_FREE);
}

enum dos_error fat_info_write(struct fat *v)
{
	enum dos_error e;
	uint8_t *p;

	if (!v->info_old || !v->g.info)
		return DOS_OK;
	e = fat_touch(v, v->g.info, &p);
	if (e)
		return e;
	le_put32(p + INFO_FREE, v->free);
	le_put32(p + INFO_NEXT, v->hint);
	v->info_old = false;
	return DOS_OK;
}

void fat_space_forget(struct fat *v)
{
	free(v->map);
	v->map = NULL;
	v->free = FAT_END;
	v->info_old = false;
}

enum dos_error fat_space(void *disk, struct drive_space *out)
{
	struct fat *v = disk;
	enum dos_error e = fat_begin(v);
	uint32_t n;

	if (!e)
		e = fat_count_free(v, &n);
	if (e)
		return e;
	*out = (struct drive_space){
		.total = (uint64_t)(v->g.end - 2) * v->g.cluster_bytes,
		.free = (uint64_t)n * v->g.cluster_bytes,
		.cluster = v->g.cluster_bytes < 32768 ? v->g.cluster_bytes : 32768,
	};
	return DOS_OK;
}
