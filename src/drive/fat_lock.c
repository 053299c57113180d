/* fat_lock.c - record locks, and what may be done to an open file.
 *
 * Nobody but this machine has the volume: a list is all there is to it.  */

#include "drive/fat_volume.h"

#include <stdlib.h>

#include "drive/share.h"

static bool overlaps(const struct fat_lock *l, uint32_t pos, uint64_t size)
{
	return l->pos < pos + size && pos < (uint64_t)l->pos + l->size;
}

static bool same_node(const struct fat *v, const struct fat_lock *l, const struct fat_file *file)
{
	return v->file[l->file].node == file->node;
}

enum dos_error fat_lock_check(struct fat *v, const struct fat_file *file, uint32_t pos, size_t n)
{
	uint32_t own = file - v->file;

	for (uint32_t i = 0; i < v->locks; i++)
		if (v->lock[i].file != own && same_node(v, &v->lock[i], file) &&
		    overlaps(&v->lock[i], pos, n))
			return DOS_LOCK;
	return DOS_OK;
}

static enum dos_error lock_on(struct fat *v, const struct fat_file *file,
			      const struct fat_lock *want)
{
	for (uint32_t i = 0; i < v->locks; i++)
		if (same_node(v, &v->lock[i], file) &&
		    overlaps(&v->lock[i], want->pos, want->size))
			return DOS_LOCK;
	if (v->locks >= FAT_LOCKS)
		return DOS_SHARE_BUFFER;
	if (!(v->locks & (v->locks - 1))) {
		struct fat_lock *more = realloc(v->lock, (v->locks ? v->locks * 2 : 1) *
							 sizeof *more);

		if (!more)
			return DOS_SHARE_BUFFER;
		v->lock = more;
	}
	v->lock[v->locks++] = *want;
	return DOS_OK;
}

static enum dos_error lock_off(struct fat *v, const struct fat_lock *want)
{
	for (uint32_t i = 0; i < v->locks; i++) {
		struct fat_lock *l = &v->lock[i];

		if (l->file != want->file || l->owner != want->owner || l->pos != want->pos ||
		    l->size != want->size)
			continue;
		*l = v->lock[--v->locks];
		return DOS_OK;
	}
	return DOS_LOCK;
}

/* A length of 0, and one that reaches beyond 4 GB, is SHARE's "lock
 * violation" (MS-DOS 4.0, SHARE, CLP).  */
enum dos_error fat_lock(void *disk, drive_file f, uint16_t owner, bool on, uint32_t pos,
			uint32_t size)
{
	struct fat *v = disk;
	struct fat_file *file = fat_file(v, f);

	if (!file)
		return DOS_BAD_HANDLE;
	struct fat_lock want = { .file = file - v->file, .pos = pos, .size = size,
				 .owner = owner };
	if (!size || (uint64_t)pos + size > (uint64_t)1 << 32)
		return DOS_LOCK;
	return on ? lock_on(v, file, &want) : lock_off(v, &want);
}

void fat_lock_drop(struct fat *v, const struct fat_file *file)
{
	uint32_t index = file - v->file;

	for (uint32_t i = 0; i < v->locks;)
		if (v->lock[i].file == index)
			v->lock[i] = v->lock[--v->locks];
		else
			i++;
}

enum dos_error fat_share_enter(struct fat *v, const struct fat_node *node, uint8_t class)
{
	uint32_t index = node - v->node;

	for (uint32_t i = 0; node->refs && i < v->files; i++)
		if (v->file[i].used && v->file[i].node == index &&
		    share_conflict(v->file[i].share, class))
			return DOS_SHARING;
	return DOS_OK;
}

/* SHARE lets a program delete and rename what it has itself open in
 * compatibility mode, and nobody else's.  Which program has it open is the
 * kernel's affair (dos_share_change).  The open handle stays good.  */
enum dos_error fat_share_change(struct fat *v, const struct fat_entry *e)
{
	const struct fat_node *node = fat_node_of(v, e);
	uint32_t index = node ? node - v->node : 0;

	for (uint32_t i = 0; node && i < v->files; i++)
		if (v->file[i].used && v->file[i].node == index &&
		    v->file[i].share >= SHARE_COMPAT)
			return DOS_SHARING;
	return DOS_OK;
}
