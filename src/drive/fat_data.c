/* fat_data.c - what is in files.
 *
 * Whole sectors go between the medium and the program in runs as long as the
 * clusters lie together; pieces of a sector go through the cache.  A file that
 * grows has its clusters in the table first, then its bytes, then its size.  */

#include "drive/fat_volume.h"

#include <string.h>

enum way { READ, WRITE, CLEAR };

static const uint8_t zeros[64 * FAT_SECTOR];

/* A piece of one sector.  */
static enum dos_error part(struct fat *v, uint64_t sector, unsigned offset, uint8_t *buf,
			   size_t n, enum way way)
{
	const uint8_t *from;
	uint8_t *to;
	enum dos_error e;

	if (way == READ) {
		e = fat_get(v, sector, &from);
		if (!e)
			memcpy(buf, from + offset, n);
		return e;
	}
	e = fat_touch(v, sector, &to);
	if (e)
		return e;
	if (way == WRITE)
		memcpy(to + offset, buf, n);
	else
		memset(to + offset, 0, n);
	return DOS_OK;
}

/* *n: whole sectors that lie together, in bytes.  */
static enum dos_error whole(struct fat *v, uint64_t sector, uint8_t *buf, size_t *n,
			    enum way way)
{
	if (way == CLEAR && *n > sizeof zeros)
		*n = sizeof zeros;
	if (way == READ)
		return fat_read(v, sector, buf, *n / FAT_SECTOR);
	return fat_write(v, sector, way == CLEAR ? zeros : buf, *n / FAT_SECTOR);
}

/* *done: how far it came, of n bytes.  The chain's end is no error.  */
static enum dos_error move(struct fat *v, struct fat_node *node, uint32_t pos, uint8_t *buf,
			   size_t n, enum way way, size_t *done)
{
	uint32_t each = v->g.cluster_bytes;

	for (*done = 0; *done < n;) {
		uint32_t at = pos + *done, in = at % each, cluster, run;
		size_t left = n - *done;
		enum dos_error e = fat_map(v, &node->chain, at / each, (in + left - 1) / each + 1,
					   &cluster, &run);
		uint64_t sector, room = (uint64_t)run * each - in;

		if (e || cluster == FAT_END)
			return e;
		sector = fat_sector_of(v, cluster) + in / FAT_SECTOR;
		if (left > room)
			left = room;
		if (in % FAT_SECTOR || left < FAT_SECTOR) {
			if (left > FAT_SECTOR - in % FAT_SECTOR)
				left = FAT_SECTOR - in % FAT_SECTOR;
			e = part(v, sector, in % FAT_SECTOR, buf ? buf + *done : NULL, left, way);
		} else {
			left -= left % FAT_SECTOR;
			e = whole(v, sector, buf ? buf + *done : NULL, &left, way);
		}
		if (e)
			return e;
		*done += left;
	}
	return DOS_OK;
}

/* The last byte DOS can reach is 4 GB - 2: positions are 32 bits.  */
static size_t within_4g(uint32_t pos, size_t n)
{
	return n < UINT32_MAX - pos ? n : UINT32_MAX - pos;
}

enum dos_error fat_data_read(void *disk, drive_file f, uint32_t pos, void *buf, size_t *n)
{
	struct fat *v = disk;
	enum dos_error e = fat_begin(v);
	struct fat_file *file = fat_file(v, f);
	struct fat_node *node;
	size_t want = within_4g(pos, *n);

	*n = 0;
	if (e || !file)
		return e ? e : DOS_BAD_HANDLE;
	if (file->access == DRIVE_WRITE)
		return DOS_DENIED;
	node = fat_node(v, file);
	e = fat_lock_check(v, file, pos, want);
	if (e || pos >= node->size)
		return e;
	if (want > node->size - pos)
		want = node->size - pos;
	e = move(v, node, pos, buf, want, READ, n);
	return *n ? DOS_OK : e;
}

static uint32_t clusters_of(const struct fat *v, uint32_t size)
{
	return ((uint64_t)size + v->g.cluster_bytes - 1) / v->g.cluster_bytes;
}

/* The entry that says less is on the medium before the clusters are free.  */
enum dos_error fat_data_cut(struct fat *v, struct fat_node *node, uint32_t size)
{
	uint32_t keep = clusters_of(v, size), start = node->chain.start;
	enum dos_error e;

	node->size = size;
	if (!keep)
		fat_chain_set(&node->chain, 0);
	e = fat_node_store(v, node);
	if (!e)
		e = fat_sync(v);
	if (e)
		return e;
	if (keep)
		return fat_chain_cut(v, &node->chain, keep);
	return start ? fat_give_back(v, start) : DOS_OK;
}

/* Clusters for `want' bytes; fewer if the disk is full, *size says how many.
 * If there cannot be enough for `least' none is taken.  */
static enum dos_error make_room(struct fat *v, struct fat_node *node, uint32_t want,
				uint32_t least, uint64_t *size)
{
	uint32_t length, free = 0;
	enum dos_error e = fat_chain_length(v, &node->chain, &length);

	if (!e && length < clusters_of(v, want))
		e = fat_count_free(v, &free);
	if (!e && (uint64_t)length + free >= clusters_of(v, least))
		e = fat_chain_grow(v, &node->chain, clusters_of(v, want), &length);
	*size = (uint64_t)length * v->g.cluster_bytes;
	return e == DOS_DISK_FULL ? DOS_OK : e;
}

/* What was taken for nothing is given back, as far as that still works.  */
static void give_up(struct fat *v, struct fat_node *node)
{
	if (fat_node_store(v, node) == DOS_OK && fat_sync(v) == DOS_OK)
		fat_data_cut(v, node, node->size);
}

/* The bytes between the old end and pos are 0.  */
static enum dos_error fill(struct fat *v, struct fat_node *node, uint32_t pos)
{
	size_t done;
	enum dos_error e;

	if (pos <= node->size)
		return DOS_OK;
	e = move(v, node, node->size, NULL, pos - node->size, CLEAR, &done);
	return !e && done < pos - node->size ? DOS_GENERAL_FAILURE : e;
}

static enum dos_error set_end(struct fat *v, struct fat_node *node, uint32_t size)
{
	enum dos_error e = fat_sync(v);	/* the table before the entry */

	if (e)
		return e;
	node->size = size;
	return fat_node_store(v, node);
}

static enum dos_error set_size(struct fat *v, struct fat_file *file, uint32_t size)
{
	struct fat_node *node = fat_node(v, file);
	enum dos_error e = fat_lock_check(v, file, size, UINT32_MAX - size);
	uint64_t room;

	if (e)
		return e;
	node->written = true;
	if (size <= node->size)
		return size < node->size ? fat_data_cut(v, node, size) : DOS_OK;
	e = make_room(v, node, size, size, &room);
	if (!e && room < size)
		e = DOS_DISK_FULL;
	if (!e)
		e = fill(v, node, size);
	if (!e)
		return set_end(v, node, size);
	give_up(v, node);
	return e;
}

static enum dos_error write_at(struct fat *v, struct fat_file *file, uint32_t pos,
			       const void *buf, size_t want, size_t *n)
{
	struct fat_node *node = fat_node(v, file);
	uint32_t start = node->chain.start;
	enum dos_error e = fat_lock_check(v, file, pos, want);
	uint64_t room;

	if (e)
		return e;
	node->written = true;
	e = make_room(v, node, pos + want, pos + 1, &room);
	if (!e && room <= pos) {	/* full */
		if (node->chain.start != start)
			give_up(v, node);
		return DOS_OK;
	}
	if (!e && want > room - pos)
		want = room - pos;
	if (!e)
		e = fill(v, node, pos);
	if (!e)
		e = move(v, node, pos, (uint8_t *)buf, want, WRITE, n);
	if (*n && pos + *n > node->size)
		return set_end(v, node, pos + *n);
	if (e || node->chain.start != start)
		give_up(v, node);
	return *n ? DOS_OK : e;
}

enum dos_error fat_data_write(void *disk, drive_file f, uint32_t pos, const void *buf, size_t *n)
{
	struct fat *v = disk;
	size_t want = within_4g(pos, *n);
	bool cut = *n == 0;
	enum dos_error e = fat_begin(v);
	struct fat_file *file = fat_file(v, f);

	*n = 0;
	if (e || !file)
		return e ? e : DOS_BAD_HANDLE;
	if (file->access == DRIVE_READ)
		return DOS_DENIED;
	e = fat_begin_write(v);
	if (e)
		return e;
	e = fat_done(v, cut ? set_size(v, file, pos) : write_at(v, file, pos, buf, want, n));
	if (e)
		*n = 0;
	return e;
}
