/* overlay_state.c - open files and listings in a snapshot.  What is on both drives
 * is theirs; what is deleted stands in a file.  */

#include "drive/overlay.h"

#include <stdlib.h>
#include <string.h>

#include "state/state.h"

#define VERSION		1
#define MOST_FILES	65536
#define MOST_LOCKS	4097

/* Text in an array of fixed size: its length, its bytes.  */
static void state_text(struct state *st, char *text, size_t size)
{
	uint32_t n = st->mode == STATE_SAVE ? strnlen(text, size - 1) : 0;

	state_below(st, &n, size);
	state_bytes(st, text, n);
	if (st->mode == STATE_LOAD)
		text[state_ok(st) ? n : 0] = '\0';
}

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
	state_text(st, file->path, sizeof file->path);
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

static void listing_state(struct ov_listing *l, struct state *st)
{
	char path[DRIVE_PATH_MAX] = "";
	uint32_t shift = l->shift;

	state_bool(st, &l->dots);
	state_u32(st, &l->next);
	state_u32(st, &shift);
	state_text(st, l->last, sizeof l->last);
	if (st->mode == STATE_SAVE)
		strcpy(path, l->path);
	state_text(st, path, sizeof path);
	if (st->mode == STATE_SAVE)
		return;
	l->shift = shift;
	l->dir = 0;			/* to be read again */
	l->path = state_ok(st) ? strdup(path) : NULL;
	if (!l->path)
		l->number = 0;
}

/* Those that there are, each with its number; 0 ends them.  */
static void listings_state(struct overlay *ov, struct state *st)
{
	uint16_t number = 1;

	state_u16(st, &ov->next_listing);
	if (st->mode == STATE_LOAD)
		ov->listings = OV_LISTINGS;	/* any place may be used */
	for (unsigned i = 0; i < OV_LISTINGS && number && state_ok(st); i++) {
		struct ov_listing *l = &ov->listing[i];

		number = l->number;
		if (st->mode == STATE_SAVE && !number) {
			number = 1;
			continue;
		}
		state_u16(st, &number);
		if (!number || !state_ok(st))
			return;
		if (st->mode == STATE_LOAD) {
			l = &ov->listing[number & (OV_LISTINGS - 1)];
			free(l->path);
			*l = (struct ov_listing){ .number = number };
		}
		listing_state(l, st);
	}
	number = 0;
	state_u16(st, &number);
}

void ov_state(void *disk, struct state *st)
{
	struct overlay *ov = disk;

	state_section(st, "overlay", VERSION);
	files_state(ov, st);
	locks_state(ov, st);
	if (st->mode == STATE_LOAD)
		ov_list_forget(ov);
	listings_state(ov, st);
	ov->upper.ops->state(ov->upper.disk, st);
	ov->lower.ops->state(ov->lower.disk, st);
}
