/* fat_cache.c - sectors of the table and of directories, remembered.
 *
 * What is changed is changed here first, and goes to the medium with
 * fat_sync(): at the end of every operation, and within one wherever the next
 * change relies on the ones before.  Between two calls of it the order is of
 * no consequence, so that the sectors are written in the order of their
 * numbers, neighbours together.  The order that matters:
 *
 *	- a cluster is taken in the table before anything names it;
 *	- it is zeroed, if it is to be a directory's, before it is one;
 *	- an entry is deleted, or shortened, before its clusters are free;
 *	- what an entry moves from goes before it is where it moves to.
 *
 * The table is read from one copy, and written to all.
 *
 * When the medium refuses to write, nothing is known any more of what it has:
 * everything is forgotten.  */

#include "drive/fat_volume.h"

#include <stdlib.h>
#include <string.h>

static struct fat_line *find(struct fat *v, uint64_t sector)
{
	struct fat_line *set = &v->cache.line[(sector & (FAT_SETS - 1)) * FAT_WAYS];

	for (unsigned i = 0; i < FAT_WAYS; i++)
		if (set[i].valid && set[i].sector == sector)
			return &set[i];
	return NULL;
}

static uint8_t *data_of(struct fat *v, const struct fat_line *line)
{
	return v->cache.data[line - v->cache.line];
}

/* A place for a sector.  */
static enum dos_error evict(struct fat *v, uint64_t sector, struct fat_line **out)
{
	struct fat_line *set = &v->cache.line[(sector & (FAT_SETS - 1)) * FAT_WAYS];
	struct fat_line *oldest = &set[0];

	for (unsigned i = 0; i < FAT_WAYS && oldest->valid; i++)
		if (!set[i].valid || set[i].used < oldest->used)
			oldest = &set[i];
	*out = oldest;
	if (oldest->valid && oldest->dirty) {
		enum dos_error e = fat_sync(v);

		if (e)
			return e;
	}
	oldest->valid = false;
	return DOS_OK;
}

static bool in_table(const struct fat *v, uint64_t sector)
{
	return v->g.bits && sector >= v->g.table && sector - v->g.table < v->g.table_sectors;
}

/* A sector of the table that cannot be read may be readable in a copy.  */
static bool read_any(struct fat *v, uint64_t sector, uint8_t *to)
{
	unsigned copies = in_table(v, sector) ? v->g.copies : 0;

	for (unsigned i = 0; i <= copies; i++)
		if (v->medium.read(v->medium.ctx, sector + (uint64_t)i * v->g.table_sectors, to, 1))
			return true;
	return false;
}

static enum dos_error line_for(struct fat *v, uint64_t sector, bool read,
			       struct fat_line **out)
{
	struct fat_line *line = find(v, sector);
	enum dos_error e;

	if (!line) {
		if (sector >= v->g.sectors)
			return DOS_GENERAL_FAILURE;
		e = evict(v, sector, &line);
		if (e)
			return e;
		if (read && !read_any(v, sector, data_of(v, line)))
			return DOS_READ_FAULT;
		*line = (struct fat_line){ .sector = sector, .valid = true };
	}
	line->used = ++v->cache.clock;
	*out = line;
	return DOS_OK;
}

enum dos_error fat_get(struct fat *v, uint64_t sector, const uint8_t **p)
{
	struct fat_line *line;
	enum dos_error e = line_for(v, sector, true, &line);

	if (!e)
		*p = data_of(v, line);
	return e;
}

static enum dos_error change(struct fat *v, uint64_t sector, bool read, uint8_t **p)
{
	struct fat_line *line;
	enum dos_error e = DOS_OK;

	if (v->cache.dirties == FAT_DIRTY)
		e = fat_sync(v);
	if (!e)
		e = line_for(v, sector, read, &line);
	if (e)
		return e;
	if (!line->dirty)
		v->cache.dirty[v->cache.dirties++] = line - v->cache.line;
	line->dirty = true;
	*p = data_of(v, line);
	return DOS_OK;
}

enum dos_error fat_touch(struct fat *v, uint64_t sector, uint8_t **p)
{
	return change(v, sector, true, p);
}

enum dos_error fat_fresh(struct fat *v, uint64_t sector, uint8_t **p)
{
	enum dos_error e = change(v, sector, false, p);

	if (!e)
		memset(*p, 0, FAT_SECTOR);
	return e;
}

static int by_sector(const void *a, const void *b, void *ctx)
{
	const struct fat *v = ctx;
	uint64_t x = v->cache.line[*(const uint16_t *)a].sector;
	uint64_t y = v->cache.line[*(const uint16_t *)b].sector;

	return x < y ? -1 : x > y;
}

static bool write_run(struct fat *v, uint64_t sector, const void *buf, size_t count)
{
	unsigned copies = in_table(v, sector) ? v->g.copies : 0;

	for (unsigned i = 0; i <= copies; i++)
		if (!v->medium.write(v->medium.ctx,
				     sector + (uint64_t)i * v->g.table_sectors, buf, count))
			return false;
	return true;
}

/* The lines of the list from `from' on that are neighbours.  */
static unsigned gather(struct fat *v, unsigned from)
{
	struct fat_cache *c = &v->cache;
	uint64_t first = c->line[c->dirty[from]].sector;
	unsigned n = 0;

	for (; from + n < c->dirties && n < FAT_STAGE; n++) {
		const struct fat_line *line = &c->line[c->dirty[from + n]];

		if (line->sector != first + n || in_table(v, line->sector) != in_table(v, first))
			break;
		memcpy(c->stage + n * FAT_SECTOR, data_of(v, line), FAT_SECTOR);
	}
	return n;
}

enum dos_error fat_sync(struct fat *v)
{
	struct fat_cache *c = &v->cache;
	unsigned n;

	qsort_r(c->dirty, c->dirties, sizeof c->dirty[0], by_sector, v);
	for (unsigned i = 0; i < c->dirties; i += n) {
		n = gather(v, i);
		if (!write_run(v, c->line[c->dirty[i]].sector, c->stage, n)) {
			fat_forget(v, 0, UINT64_MAX);
			v->stale = true;
			return DOS_WRITE_FAULT;
		}
	}
	for (unsigned i = 0; i < c->dirties; i++)
		c->line[c->dirty[i]].dirty = false;
	c->dirties = 0;
	return DOS_OK;
}

enum dos_error fat_read(struct fat *v, uint64_t sector, void *buf, size_t count)
{
	if (sector >= v->g.sectors || count > v->g.sectors - sector)
		return DOS_GENERAL_FAILURE;
	return v->medium.read(v->medium.ctx, sector, buf, count) ? DOS_OK : DOS_READ_FAULT;
}

/* A sector that is remembered, too, becomes the same: on a damaged volume a
 * file's cluster may be a directory's.  */
enum dos_error fat_write(struct fat *v, uint64_t sector, const void *buf, size_t count)
{
	if (sector < v->g.data || sector >= v->g.sectors || count > v->g.sectors - sector)
		return DOS_GENERAL_FAILURE;
	if (!v->medium.write(v->medium.ctx, sector, buf, count)) {
		fat_forget(v, sector, count);
		return DOS_WRITE_FAULT;
	}
	for (size_t i = 0; i < count; i++) {
		struct fat_line *line = find(v, sector + i);

		if (line)
			memcpy(data_of(v, line), (const uint8_t *)buf + i * FAT_SECTOR, FAT_SECTOR);
	}
	return DOS_OK;
}

void fat_forget(struct fat *v, uint64_t sector, uint64_t count)
{
	struct fat_cache *c = &v->cache;
	unsigned kept = 0;

	for (unsigned i = 0; i < FAT_SETS * FAT_WAYS; i++)
		if (c->line[i].sector >= sector && c->line[i].sector - sector < count)
			c->line[i] = (struct fat_line){ 0 };
	for (unsigned i = 0; i < c->dirties; i++)
		if (c->line[c->dirty[i]].dirty)
			c->dirty[kept++] = c->dirty[i];
	c->dirties = kept;
}
