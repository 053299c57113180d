/* fat_state.c - open files, locks and listings in a snapshot.
 *
 * A file comes back by its directory's first cluster, its slot there and its
 * name; a listing by the directory's first cluster.  Where something else is
 * now, or the file was one without a name, its handle answers DOS_BAD_HANDLE
 * from then on, and the listing is over.  */

#include "drive/fat_volume.h"

#include <stdlib.h>
#include <string.h>

#include "state/state.h"

#define VERSION		1
#define MOST_FILES	65536

static void file_state(struct fat_file *file, struct state *st, uint32_t files)
{
	uint32_t access = file->access, share = file->share;

	state_bool(st, &file->used);
	state_u16(st, &file->generation);
	if (!file->used)
		return;
	state_below(st, &access, DRIVE_RDWR + 1);
	state_below(st, &share, 15);
	state_below(st, &file->node, files ? files : 1);
	file->access = access;
	file->share = share;
}

static void node_state(struct fat_node *node, struct state *st)
{
	bool lost = node->lost || node->deleted, used = node->refs != 0;

	state_bool(st, &used);
	if (!used)
		return;
	state_bool(st, &lost);
	state_bool(st, &node->written);
	state_u32(st, &node->dir);
	state_u32(st, &node->slot);
	state_bytes(st, node->name, sizeof node->name);
	if (st->mode == STATE_LOAD)
		node->lost = lost;
}

/* Who has a node, and which places are free.  */
static void count_handles(struct fat *v)
{
	for (uint32_t i = v->files; i-- > 0;) {
		if (v->file[i].used) {
			v->node[v->file[i].node].refs++;
			continue;
		}
		v->file[i].next_free = v->free_file;
		v->free_file = i + 1;
	}
}

static bool load_files(struct fat *v, struct state *st, uint32_t files)
{
	v->file = calloc(files + 1, sizeof *v->file);
	v->node = calloc(files + 1, sizeof *v->node);
	if (!v->file || !v->node) {
		state_fail(st, "no memory");
		return false;
	}
	/* The numbers are believed only as far as the snapshot goes on.  */
	for (uint32_t i = 0; i < files && state_ok(st); i++) {
		file_state(&v->file[i], st, files);
		node_state(&v->node[i], st);
	}
	if (!state_ok(st))
		return false;
	v->files = files;
	count_handles(v);
	return true;
}

static void files_state(struct fat *v, struct state *st)
{
	uint32_t files = v->files;

	state_below(st, &files, MOST_FILES);
	if (st->mode == STATE_LOAD) {
		fat_files_forget(v);
		fat_done(v, DOS_OK);
		if (!state_ok(st) || !load_files(v, st, files))
			fat_files_forget(v);
		return;
	}
	for (uint32_t i = 0; i < files; i++) {
		file_state(&v->file[i], st, files);
		node_state(&v->node[i], st);
	}
}

static void locks_state(struct fat *v, struct state *st)
{
	uint32_t n = v->locks;

	state_below(st, &n, FAT_LOCKS + 1);
	for (uint32_t i = 0; i < n && state_ok(st); i++) {
		struct fat_lock l = { 0 };

		if (st->mode == STATE_SAVE)
			l = v->lock[i];
		state_u32(st, &l.file);
		state_u32(st, &l.pos);
		state_u32(st, &l.size);
		state_u16(st, &l.owner);
		if (st->mode == STATE_LOAD && state_ok(st) && l.file < v->files)
			fat_lock(v, (uint32_t)v->file[l.file].generation << 16 | (l.file + 1),
				 l.owner, true, l.pos, l.size);
	}
}

/* In use, up to the number 0.  */
static void listings_state(struct fat *v, struct state *st)
{
	uint16_t number = 0;
	uint32_t dir = 0;

	state_u16(st, &v->next_listing);
	if (st->mode == STATE_LOAD) {
		memset(v->listing, 0, sizeof v->listing);
		for (state_u16(st, &number); number; state_u16(st, &number)) {
			state_u32(st, &dir);
			if (!state_ok(st))
				return;
			v->listing[number & (FAT_LISTINGS - 1)] = (struct fat_listing){
				.number = number, .dir = dir };
		}
		return;
	}
	for (unsigned i = 0; i < FAT_LISTINGS; i++)
		if (v->listing[i].number) {
			state_u16(st, &v->listing[i].number);
			state_u32(st, &v->listing[i].dir);
		}
	state_u16(st, &number);
}

void fat_state(void *disk, struct state *st)
{
	struct fat *v = disk;

	state_section(st, "fat", VERSION);
	if (st->mode == STATE_LOAD)
		fat_begin(v);
	state_u32(st, &v->hint);
	files_state(v, st);
	if (st->mode == STATE_LOAD) {
		v->doubt = true;
		fat_begin(v);
	}
	locks_state(v, st);
	listings_state(v, st);
	if (st->mode == STATE_LOAD)
		v->doubt = true;
}
