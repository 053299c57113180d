/* hostdir_state.c - open files, locks and listings in a snapshot.
 *
 * A file comes back by its path; if that leads nowhere now, or sharing
 * forbids it, its handle answers DOS_BAD_HANDLE from then on.  */

#include "drive/hostdir.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "state/state.h"

#define VERSION		1
#define MOST_FILES	65536

static void file_state(struct hd_file *file, struct state *st)
{
	uint32_t class = file->share, access = file->access;

	state_bool(st, &file->used);
	state_u16(st, &file->generation);
	if (!file->used)
		return;
	state_below(st, &access, DRIVE_RDWR + 1);
	state_below(st, &class, 15);
	file->access = access;
	file->share = class;
	state_bool(st, &file->written);
	state_u32(st, &file->mode);
	state_u64(st, &file->dev);
	state_u64(st, &file->ino);
	state_string(st, file->name, sizeof file->name);
	state_string(st, file->path, sizeof file->path);
}

static void forget_files(struct hostdir *disk)
{
	for (uint32_t i = 0; i < disk->files; i++) {
		if (disk->file[i].fd >= 0)
			close(disk->file[i].fd);
		if (disk->file[i].lock_fd >= 0)
			close(disk->file[i].lock_fd);
	}
	free(disk->file);
	free(disk->lock);
	disk->file = NULL;
	disk->lock = NULL;
	disk->files = disk->free_file = disk->locks = 0;
}

/* The table's size is believed only as far as the snapshot goes on.  */
static bool load_files(struct hostdir *disk, struct state *st, uint32_t files)
{
	disk->file = calloc(files + 1, sizeof *disk->file);
	if (!disk->file) {
		state_fail(st, "no memory");
		return false;
	}
	for (uint32_t i = 0; i < files; i++) {
		disk->file[i] = (struct hd_file){ .fd = -1, .lock_fd = -1 };
		disk->files = i + 1;
		file_state(&disk->file[i], st);
		if (!state_ok(st))
			return false;
	}
	for (uint32_t i = files; i-- > 0;) {
		if (disk->file[i].used) {
			hd_file_again(disk, &disk->file[i]);
			continue;
		}
		disk->file[i].next_free = disk->free_file;
		disk->free_file = i + 1;
	}
	return true;
}

static void files_state(struct hostdir *disk, struct state *st)
{
	uint32_t files = disk->files;

	state_below(st, &files, MOST_FILES);
	if (st->mode == STATE_LOAD) {
		forget_files(disk);
		if (!state_ok(st) || !load_files(disk, st, files))
			forget_files(disk);
		return;
	}
	for (uint32_t i = 0; i < files; i++)
		file_state(&disk->file[i], st);
}

static void relock(struct hostdir *disk, const struct hd_lock *l)
{
	struct hd_file *file;
	drive_file f;

	if (l->file >= disk->files)
		return;
	file = &disk->file[l->file];
	f = (uint32_t)file->generation << 16 | (l->file + 1);
	if (hd_lock(disk, f, l->owner, true, l->pos, l->size) == DOS_LOCK && file->fd >= 0) {
		/* Another has the record now: what the program knows of it may
		 * be wrong.  */
		hd_lock_drop(disk, l->file);
		close(file->fd);
		file->fd = -1;
	}
}

static void locks_state(struct hostdir *disk, struct state *st)
{
	uint32_t n = disk->locks;

	state_below(st, &n, HD_LOCKS + 1);
	for (uint32_t i = 0; i < n && state_ok(st); i++) {
		struct hd_lock l = { 0 };

		if (st->mode == STATE_SAVE)
			l = disk->lock[i];
		state_u32(st, &l.file);
		state_u32(st, &l.pos);
		state_u32(st, &l.size);
		state_u16(st, &l.owner);
		if (st->mode == STATE_LOAD && state_ok(st))
			relock(disk, &l);
	}
}

void hd_state(void *disk, struct state *st)
{
	struct hostdir *hd = disk;

	state_section(st, "hostdir", VERSION);
	files_state(hd, st);
	locks_state(hd, st);
	listings_state(&hd->listings, st);
}
