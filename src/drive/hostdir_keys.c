/* hostdir_keys.c - what the entries of a directory are called.
 *
 * One hash table holds everything an entry can be asked for: its 8.3 name or
 * aliases, and its long name, in capitals.  Two entries never share a key;
 * who of several gets one is the rule in hostdir.h.  */

#include "drive/hostdir.h"

#include <stdlib.h>
#include <string.h>

/* A reading that is being given its names.  */
struct naming {
	const struct hostdir *disk;
	struct hd_dir *dir;
	const struct hd_dir *old;	/* the reading before, or NULL */
	struct hd_taken taken;
};

uint32_t hd_hash(const char *key)
{
	uint32_t h = 0x811c9dc5;

	for (; *key; key++)
		h = (h ^ (uint8_t)*key) * 0x01000193;
	return h ^ h >> 15;
}

static void fold(const struct hostdir *disk, char *s)
{
	for (; *s; s++)
		*s = disk->upper[(uint8_t)*s];
}

static bool is_key(const struct hostdir *disk, const struct hd_dir *dir,
		   const struct hd_entry *e, const char *key)
{
	char name[DRIVE_NAME_MAX];

	if (strcmp(e->name, key) == 0 || (e->other[0] && strcmp(e->other, key) == 0))
		return true;
	if (!e->has_long)
		return false;
	hd_to_guest(disk, hd_entry_host(dir, e), name);
	fold(disk, name);
	return strcmp(name, key) == 0;
}

/* The slot of a key, or the free one where it would be.  */
static struct hd_slot *slot_of(const struct hostdir *disk, const struct hd_dir *dir,
			       const char *key)
{
	uint32_t hash = hd_hash(key), at = hash & (dir->slots - 1);

	for (;; at = (at + 1) & (dir->slots - 1)) {
		struct hd_slot *s = &dir->slot[at];

		if (!s->entry)
			return s;
		if (s->hash == hash && is_key(disk, dir, &dir->entry[s->entry - 1], key))
			return s;
	}
}

static void slot_take(const struct hd_dir *dir, struct hd_slot *s, const char *key,
		      const struct hd_entry *e)
{
	*s = (struct hd_slot){ hd_hash(key), (uint32_t)(e - dir->entry) + 1 };
}

const struct hd_entry *hd_dir_find(const struct hostdir *disk, const struct hd_dir *dir,
				   const char *name)
{
	char key[DRIVE_NAME_MAX];
	const struct hd_slot *s;

	if (!dir->count || strlen(name) >= sizeof key)
		return NULL;
	strcpy(key, name);
	fold(disk, key);
	s = slot_of(disk, dir, key);
	return s->entry ? &dir->entry[s->entry - 1] : NULL;
}

/* By the host's name: one of its keys leads there, if any does.  */
const struct hd_entry *hd_dir_find_host(const struct hostdir *disk, const struct hd_dir *dir,
					const char *host)
{
	char name[DRIVE_NAME_MAX];
	const struct hd_entry *e;

	hd_to_guest(disk, host, name);
	e = hd_dir_find(disk, dir, name);
	for (unsigned n = 1; n <= 10; n++) {
		if (e && strcmp(hd_entry_host(dir, e), host) == 0)
			return e;
		if (n <= 9) {
			hd_hash_alias(disk, host, n, name);
			e = hd_dir_find(disk, dir, name);
		}
	}
	return NULL;
}

/* Which of several host names that differ in case is the first.  */
static int rank_of(const struct hostdir *disk, const char *host, const char *name)
{
	char as[HD_HOST_NAME];

	if (hd_lower_host(disk, name, as) && strcmp(as, host) == 0)
		return 0;
	if (hd_upper_host(disk, name, as) && strcmp(as, host) == 0)
		return 1;
	return 2;
}

static bool before(const struct naming *r, const struct hd_entry *a,
		   const struct hd_entry *b, const char *name)
{
	const char *ha = hd_entry_host(r->dir, a), *hb = hd_entry_host(r->dir, b);
	int ra = rank_of(r->disk, ha, name), rb = rank_of(r->disk, hb, name);

	return ra != rb ? ra < rb : strcmp(ha, hb) < 0;
}

/* The plain names first: nothing takes one away from them.  */
static void name_plain(struct naming *r, struct hd_entry *e)
{
	char name[DRIVE_NAME_MAX];
	struct hd_slot *s;

	if (!hd_to_guest(r->disk, hd_entry_host(r->dir, e), name) || !path_is_83(name) ||
	    path_is_device(name))
		return;
	fold(r->disk, name);
	s = slot_of(r->disk, r->dir, name);
	if (s->entry) {
		struct hd_entry *first = &r->dir->entry[s->entry - 1];

		if (!before(r, e, first, name))
			return;
		first->plain = false;
		first->name[0] = '\0';
	}
	e->plain = true;
	memcpy(e->name, name, strlen(name) + 1);
	slot_take(r->dir, s, name, e);
}

/* The long name of one that is not plain.  Unreachable if another has it.  */
static void name_long(struct naming *r, struct hd_entry *e)
{
	char name[DRIVE_NAME_MAX];
	struct hd_slot *s;

	hd_to_guest(r->disk, hd_entry_host(r->dir, e), name);
	fold(r->disk, name);
	s = slot_of(r->disk, r->dir, name);
	if (s->entry) {
		struct hd_entry *first = &r->dir->entry[s->entry - 1];

		if (first->plain || !before(r, e, first, name))
			return;
		first->has_long = false;
	}
	e->has_long = true;
	slot_take(r->dir, s, name, e);
}

/* In byte order of the host names, so the digit is the same every time.
 * One that meets nine equal hashes stays without a name, and is not shown.  */
static void name_hashed(struct naming *r, struct hd_entry *e)
{
	for (unsigned n = 1; n <= 9; n++) {
		char name[PATH_83_MAX];
		struct hd_slot *s;

		hd_hash_alias(r->disk, hd_entry_host(r->dir, e), n, name);
		s = slot_of(r->disk, r->dir, name);
		if (s->entry)
			continue;
		strcpy(e->name, name);
		slot_take(r->dir, s, name, e);
		return;
	}
}

static bool older(const struct naming *r, const struct hd_entry *a, const struct hd_entry *b)
{
	const char *ha = hd_entry_host(r->dir, a), *hb = hd_entry_host(r->dir, b);
	struct statx sa, sb;

	if (!hd_statx(r->dir->fd, ha, &sa) || !hd_statx(r->dir->fd, hb, &sb))
		return strcmp(ha, hb) < 0;
	if (!(sa.stx_mask & sb.stx_mask & STATX_BTIME))
		return sa.stx_ino < sb.stx_ino;
	if (sa.stx_btime.tv_sec != sb.stx_btime.tv_sec)
		return sa.stx_btime.tv_sec < sb.stx_btime.tv_sec;
	if (sa.stx_btime.tv_nsec != sb.stx_btime.tv_nsec)
		return sa.stx_btime.tv_nsec < sb.stx_btime.tv_nsec;
	return strcmp(ha, hb) < 0;
}

static void name_short(struct naming *r, struct hd_entry *e)
{
	struct hd_taken_row *taken;
	char name[PATH_83_MAX];
	struct hd_slot *s;

	if (!e->name[0])
		return;
	hd_short_alias(r->disk, hd_entry_host(r->dir, e), name);
	taken = hd_taken_find(&r->taken, name);
	if (taken && taken->known) {
		taken->wanted = true;
		if (taken->host != hd_taken_hash(hd_entry_host(r->dir, e)))
			return;
	}
	s = slot_of(r->disk, r->dir, name);
	if (s->entry) {
		struct hd_entry *there = &r->dir->entry[s->entry - 1];

		if (strcmp(there->other, name) != 0)
			return;
		hd_taken_add(&r->taken, name);
		if (!older(r, e, there))
			return;
		there->other[0] = '\0';
	}
	strcpy(e->other, name);
	slot_take(r->dir, s, name, e);
}

/* Show the short alias, unless the other one was shown already.  */
static void choose_shown(struct naming *r, struct hd_entry *e)
{
	char hashed[PATH_83_MAX];

	if (!e->other[0])
		return;
	if (r->old) {
		const struct hd_entry *was = hd_dir_find_host(r->disk, r->old,
							      hd_entry_host(r->dir, e));

		if (was && strcmp(was->name, e->name) == 0)
			return;
	}
	strcpy(hashed, e->name);
	strcpy(e->name, e->other);
	strcpy(e->other, hashed);
}

/* Whose they are now, for those that several wanted for the first time.  */
static void remember_taken(struct naming *r)
{
	for (unsigned i = 0; i < r->taken.count; i++) {
		struct hd_taken_row *row = &r->taken.row[i];
		const struct hd_slot *s = slot_of(r->disk, r->dir, row->alias);

		if (!row->known && s->entry)
			row->host = hd_taken_hash(hd_entry_host(r->dir,
								&r->dir->entry[s->entry - 1]));
	}
	/* This changes the directory's date.  */
	if (hd_taken_store(r->disk, r->dir->fd, &r->taken))
		r->dir->settled = false;
}

static int by_host(const void *a, const void *b, void *ctx)
{
	const struct hd_dir *dir = ctx;
	const uint32_t *x = a, *y = b;

	return strcmp(hd_entry_host(dir, &dir->entry[*x]), hd_entry_host(dir, &dir->entry[*y]));
}

bool hd_dir_name_all(struct hostdir *disk, struct hd_dir *dir, const struct hd_dir *old)
{
	struct naming naming = { .disk = disk, .dir = dir, .old = old }, *r = &naming;
	uint32_t *alias, n = 0;

	for (dir->slots = 16; dir->slots < dir->count * 6; dir->slots *= 2)
		;
	dir->slot = calloc(dir->slots, sizeof *dir->slot);
	alias = malloc((dir->count + 1) * sizeof *alias);
	if (!dir->slot || !alias) {
		free(alias);
		return false;
	}
	for (uint32_t i = 0; i < dir->count; i++)
		name_plain(r, &dir->entry[i]);
	for (uint32_t i = 0; i < dir->count; i++)
		if (!dir->entry[i].plain)
			alias[n++] = i;
	qsort_r(alias, n, sizeof *alias, by_host, dir);
	for (uint32_t i = 0; i < n; i++)
		name_long(r, &dir->entry[alias[i]]);
	for (uint32_t i = 0; i < n; i++)
		name_hashed(r, &dir->entry[alias[i]]);
	hd_taken_load(disk, dir->fd, &r->taken);
	for (uint32_t i = 0; i < n; i++)
		name_short(r, &dir->entry[alias[i]]);
	remember_taken(r);
	for (uint32_t i = 0; i < n; i++)
		choose_shown(r, &dir->entry[alias[i]]);
	free(alias);
	return true;
}
