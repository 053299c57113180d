/* overlay_state.c - open files and listings in a snapshot.  What is on both drives
 * is theirs; what is deleted stands in a file.  */

#include "drive/overlay.h"

#include <stdlib.h>
#include <string.h>

#include "state/state.h"

#define VERSION		1
#define MOST_FILES	65536
#define MOST_LOCKS	4097

static void file_state(struct ov_file *file, struct state *st)
{
	state_bool(st, &file->used);
	state_u16(st, &file->generation);
	if (!file->used)
		return;
	state_bool(st, &file->above);
	state_bool(st, &file->lost);
	state_u32(st, &file->f);
	state_u32(st, &file->mode);
	state_u8(st, &file->attr);
	state_string(st, file->path, sizeof file->path);
}

/* The table grows only as far as the snapshot goes on.  */
static bool load_file(struct overlay *ov, struct state *st)
{
	struct ov_file *file = realloc(ov->file, (ov->files + 1) * sizeof *file);

	if (!file) {
		state_fail(st, "no memory");
		return false;
	}
	ov->file = file;
	file += ov->files++;
	*file = (struct ov_file){ 0 };
	file_state(file, st);
	return state_ok(st);
}

static void files_state(struct overlay *ov, struct state *st)
{
	uint32_t files = ov->files;

	state_u32(st, &ov->deleted);
	state_below(st, &files, MOST_FILES);
	if (st->mode == STATE_LOAD)
		ov->files = 0;
	for (uint32_t i = 0; i < files && state_ok(st); i++) {
		if (st->mode == STATE_SAVE)
			file_state(&ov->file[i], st);
		else if (!load_file(ov, st))
			ov->files = 0;
	}
}

static void locks_state(struct overlay *ov, struct state *st)
{
	uint32_t n = ov->locks;

	state_below(st, &n, MOST_LOCKS);
	if (!ov->files && n)
		state_fail(st, "a lock of no file");
	if (st->mode == STATE_LOAD) {
		free(ov->lock);
		ov->locks = 0;
		ov->lock = calloc(n + 1, sizeof *ov->lock);
		if (!ov->lock)
			state_fail(st, "no memory");
	}
	for (uint32_t i = 0; i < n && state_ok(st); i++) {
		state_below(st, &ov->lock[i].file, ov->files ? ov->files : 1);
		state_u32(st, &ov->lock[i].pos);
		state_u32(st, &ov->lock[i].size);
		state_u16(st, &ov->lock[i].owner);
		ov->locks = i + 1;
	}
}

void ov_state(void *disk, struct state *st)
{
	struct overlay *ov = disk;

	state_section(st, "overlay", VERSION);
	files_state(ov, st);
	locks_state(ov, st);
	if (st->mode == STATE_LOAD)
		ov_dir_forget(ov);
	listings_state(&ov->listings, st);
	ov->upper.ops->state(ov->upper.disk, st);
	ov->lower.ops->state(ov->lower.disk, st);
}
