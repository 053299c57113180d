/* fat_make.c - entries made, moved and taken away.
 *
 * All that can fail for want of room is done in the plan, before anything is
 * seen of it.  A file that is renamed stays in its slot if its new name does
 * not need more of them, as in DOS.  */

#include "drive/fat_volume.h"

#include <stdlib.h>
#include <string.h>

#include "base/cp.h"
#include "base/le.h"

#define MOST_TAIL	999999

/* --- an alias ----------------------------------------------------------------------- */

/* The number that a name has, if it could be an alias of basis; else 0.  */
static uint32_t tail_of(const uint8_t fcb[PATH_FCB], const uint8_t basis[PATH_FCB])
{
	uint8_t same[PATH_FCB];
	uint32_t n = 0;
	unsigned at = 8;

	while (at && fcb[at - 1] == ' ')
		at--;
	while (at && fcb[at - 1] >= '0' && fcb[at - 1] <= '9')
		at--;
	if (!at || fcb[at - 1] != '~')
		return 0;
	for (; at < 8 && fcb[at] != ' '; at++)
		n = n * 10 + (fcb[at] - '0');
	if (!n || n > MOST_TAIL)
		return 0;
	fat_put_tail(same, basis, n);
	return memcmp(same, fcb, PATH_FCB) == 0 ? n : 0;
}

static void note(uint64_t *taken, uint32_t most, uint32_t n)
{
	if (n && n <= most)
		taken[n / 64] |= UINT64_C(1) << (n % 64);
}

static enum dos_error note_long(struct fat *v, struct fat_dir *d, uint32_t n,
				const uint8_t basis[PATH_FCB], uint64_t *taken, uint32_t most)
{
	char shown[DRIVE_NAME_MAX];
	uint8_t fcb[PATH_FCB];
	struct fat_entry e;
	enum dos_error error = fat_entry(v, d, n, &e);

	if (error)
		return error == DOS_NO_FILE ? DOS_OK : error;
	fat_show_long(v, &e, shown);
	if (fat_new_83(v, shown, fcb))
		note(taken, most, tail_of(fcb, basis));
	return DOS_OK;
}

/* Numbers that are taken: by 8.3 names, and by long ones that look like it: these
 * are in one piece.  */
static enum dos_error note_all(struct fat *v, struct fat_dir *d, const uint8_t basis[PATH_FCB],
			       const struct fat_entry *old, uint64_t *taken, uint32_t most)
{
	struct fat_scan scan;
	const uint8_t *raw;
	bool piece = false;
	enum dos_error e;

	fat_scan_begin(&scan, d);
	while (!(e = fat_scan_next(v, &scan, &raw)) && raw && raw[0]) {
		bool is_old = old && old->dir == d->start && old->slot == scan.n - 1;

		if (fat_is_long(raw)) {
			piece = raw[0] == (1 | LONG_LAST);
			continue;
		}
		if (raw[0] != SLOT_DELETED && !(raw[SLOT_ATTR] & ATTR_LABEL) && !is_old) {
			note(taken, most, tail_of(raw, basis));
			if (piece)
				e = note_long(v, d, scan.n - 1, basis, taken, most);
			if (e)
				return e;
		}
		piece = false;
	}
	return e;
}

/* A directory has fewer entries than there are numbers to look at.  */
static enum dos_error number_alias(struct fat *v, struct fat_dir *d, const struct fat_entry *old,
				   uint8_t fcb[PATH_FCB])
{
	const uint32_t most = 2 * FAT_MOST_SLOTS;
	uint64_t *taken = calloc(most / 64 + 1, sizeof *taken);
	uint8_t basis[PATH_FCB];
	enum dos_error e;
	uint32_t n = 1;

	if (!taken)
		return DOS_NO_MEMORY;
	memcpy(basis, fcb, PATH_FCB);
	e = note_all(v, d, basis, old, taken, most);
	while (n < most && taken[n / 64] >> (n % 64) & 1)
		n++;
	free(taken);
	fat_put_tail(fcb, basis, n);
	return e;
}

/* --- room --------------------------------------------------------------------------- */

/* One cluster more, zeroed before the directory has it.  */
static enum dos_error add_cluster(struct fat *v, struct fat_dir *d)
{
	static const uint8_t zeros[FAT_SECTOR];
	uint32_t length, tail, n, run;
	enum dos_error e;

	if (!d->start && v->g.root_slots)
		return DOS_DENIED;
	e = fat_chain_length(v, &d->chain, &length);
	if (!e && (uint64_t)length * v->g.cluster_bytes / FAT_SLOT >= FAT_MOST_SLOTS)
		return DOS_DENIED;
	if (!e)
		e = fat_map(v, &d->chain, length - 1, 1, &tail, &run);
	if (!e)
		e = fat_take(v, tail, &n);
	for (uint32_t i = 0; !e && i < v->g.cluster_sectors; i++)
		e = fat_write(v, fat_sector_of(v, n) + i, zeros, 1);
	if (!e)
		e = fat_sync(v);
	if (!e)
		e = fat_put(v, tail, n);
	if (!e)
		e = fat_sync(v);
	if (!e)
		d->chain.length = length + 1;
	return e == DOS_DISK_FULL ? DOS_DENIED : e;
}

/* The directory has slots up to `end', and behind that none that was not
 * there before: the mark of its end moves.  */
static enum dos_error stretch(struct fat *v, struct fat_dir *d, uint32_t end)
{
	uint8_t raw[FAT_SLOT];
	enum dos_error e;

	while ((e = fat_slot_get(v, d, end - 1, raw)) == DOS_NO_MORE) {
		e = end > FAT_MOST_SLOTS ? DOS_DENIED : add_cluster(v, d);
		if (e)
			return e;
	}
	if (e)
		return e;
	e = fat_slot_get(v, d, end, raw);
	if (e || !raw[0])
		return e == DOS_NO_MORE ? DOS_OK : e;
	memset(raw, 0, sizeof raw);
	e = fat_slot_set(v, d, end, raw);
	return e ? e : fat_sync(v);
}

/* Slots in a row that are free.  */
static enum dos_error find_slots(struct fat *v, struct fat_dir *d, unsigned need, uint32_t *at)
{
	struct fat_scan scan;
	const uint8_t *raw;
	unsigned run = 0;
	enum dos_error e;

	fat_scan_begin(&scan, d);
	while (!(e = fat_scan_next(v, &scan, &raw)) && raw && raw[0]) {
		run = raw[0] == SLOT_DELETED ? run + 1 : 0;
		if (run == need) {
			*at = scan.n - need;
			return DOS_OK;
		}
	}
	*at = scan.n - (raw ? 1 : 0) - run;
	return e ? e : stretch(v, d, *at + need);
}

/* --- plans -------------------------------------------------------------------------- */

static bool is_upper(const struct fat *v, const char *name)
{
	for (; *name; name++)
		if (v->upper[(uint8_t)*name] != (uint8_t)*name)
			return false;
	return true;
}

static void spell(const struct fat *v, const char *name, struct fat_plan *p)
{
	while (*name)
		p->unit[p->units++] = cp_to_unicode(v->config.code_page, *name++);
}

enum dos_error fat_plan(struct fat *v, struct fat_dir *d, const char *name, bool long_name,
			const struct fat_entry *old, struct fat_plan *p)
{
	bool tail = false;
	enum dos_error e = DOS_OK;

	p->units = 0;
	if (long_name && !(path_is_83(name) && is_upper(v, name))) {
		if (!fat_new_long(v, name, p->fcb, &tail))
			return DOS_NO_PATH;
		spell(v, name, p);
	} else if (!fat_new_83(v, name, p->fcb)) {
		return DOS_NO_PATH;
	}
	if (tail)
		e = number_alias(v, d, old, p->fcb);
	p->pieces = (p->units + FAT_UNITS - 1) / FAT_UNITS;
	p->in_place = old && old->dir == d->start && old->slot - old->first >= p->pieces;
	if (p->in_place)
		p->at = old->slot - p->pieces;
	else if (!e)
		e = find_slots(v, d, p->pieces + 1, &p->at);
	return e;
}

/* The nth piece of a long name, from 1.  */
static void make_piece(const struct fat_plan *p, unsigned n, uint8_t sum, uint8_t raw[FAT_SLOT])
{
	memset(raw, 0, FAT_SLOT);
	raw[0] = n | (n == p->pieces ? LONG_LAST : 0);
	raw[SLOT_ATTR] = SLOT_LONG;
	raw[LONG_SUM] = sum;
	for (unsigned i = 0; i < FAT_UNITS; i++) {
		unsigned at = (n - 1) * FAT_UNITS + i;

		le_put16(raw + fat_unit_at(i),
			  at < p->units ? p->unit[at] : at == p->units ? 0 : 0xffff);
	}
}

enum dos_error fat_plan_put(struct fat *v, struct fat_dir *d, const struct fat_plan *p,
			    const uint8_t raw[FAT_SLOT], struct fat_entry *e)
{
	uint8_t piece[FAT_SLOT];
	enum dos_error error = DOS_OK;

	for (unsigned i = 0; !error && i < p->pieces; i++) {
		make_piece(p, p->pieces - i, fat_sum(p->fcb), piece);
		error = fat_slot_set(v, d, p->at + i, piece);
	}
	memcpy(piece, raw, FAT_SLOT);
	memcpy(piece, p->fcb, PATH_FCB);
	piece[SLOT_CASE] = 0;
	if (!error)
		error = fat_slot_set(v, d, p->at + p->pieces, piece);
	return error ? error : fat_entry(v, d, p->at + p->pieces, e);
}

enum dos_error fat_make(struct fat *v, struct fat_dir *d, const char *name, bool long_name,
			const uint8_t raw[FAT_SLOT], struct fat_entry *e)
{
	struct fat_plan p;
	enum dos_error error = fat_plan(v, d, name, long_name, NULL, &p);

	return error ? error : fat_plan_put(v, d, &p, raw, e);
}

enum dos_error fat_make_raw(struct fat *v, struct fat_dir *d, const uint8_t raw[FAT_SLOT])
{
	uint32_t at;
	enum dos_error e = find_slots(v, d, 1, &at);

	return e ? e : fat_slot_set(v, d, at, raw);
}

enum dos_error fat_unmake(struct fat *v, struct fat_dir *d, uint32_t from, uint32_t to)
{
	enum dos_error e = DOS_OK;

	for (uint32_t n = from; !e && n < to; n++) {
		uint8_t raw[FAT_SLOT];

		e = fat_slot_get(v, d, n, raw);
		raw[0] = SLOT_DELETED;
		if (!e)
			e = fat_slot_set(v, d, n, raw);
	}
	return e;
}
