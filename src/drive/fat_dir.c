/* fat_dir.c - directories: their slots, and the entries in them.
 *
 * The pieces of a long name lie before the entry that they belong to, the last
 * one first, each with a checksum of the entry's 8.3 name.  Pieces that do not
 * fit (an old DOS has renamed or deleted the entry) are nobody's, and are
 * passed over.  */

#include "drive/fat_volume.h"

#include <string.h>

#include "base/le.h"

uint32_t fat_start(const struct fat *v, const uint8_t raw[FAT_SLOT])
{
	uint32_t high = v->g.bits == 32 ? le_get16(raw + SLOT_HIGH) : 0;

	return le_get16(raw + SLOT_START) | high << 16;
}

/* OS/2 keeps something of its own where FAT32 has the upper half.  */
void fat_set_start(const struct fat *v, uint8_t raw[FAT_SLOT], uint32_t start)
{
	le_put16(raw + SLOT_START, start);
	if (v->g.bits == 32)
		le_put16(raw + SLOT_HIGH, start >> 16);
}

void fat_dir_open(struct fat *v, struct fat_dir *d, uint32_t start)
{
	d->start = start;
	fat_chain_set(&d->chain, start ? start : v->g.root_cluster);
}

bool fat_dir_is(struct fat *v, uint32_t start)
{
	const uint8_t *p;

	if (!start)
		return true;
	return fat_is_cluster(v, start) && fat_get(v, fat_sector_of(v, start), &p) == DOS_OK &&
	       memcmp(p, ".          ", PATH_FCB) == 0 && p[SLOT_ATTR] & ATTR_DIR &&
	       fat_start(v, p) == start;
}

enum dos_error fat_slot(struct fat *v, struct fat_dir *d, uint32_t n, uint64_t *sector,
			unsigned *offset)
{
	uint32_t each = v->g.cluster_sectors * FAT_SLOTS, cluster, run;
	enum dos_error e;

	*offset = n % FAT_SLOTS * FAT_SLOT;
	if (!d->start && v->g.root_slots) {
		*sector = v->g.root + n / FAT_SLOTS;
		return n < v->g.root_slots ? DOS_OK : DOS_NO_MORE;
	}
	if (n >= FAT_MOST_SLOTS)
		return DOS_NO_MORE;
	e = fat_map(v, &d->chain, n / each, 1, &cluster, &run);
	if (e)
		return e;
	if (cluster == FAT_END)
		return d->chain.start ? DOS_NO_MORE : DOS_GENERAL_FAILURE;
	*sector = fat_sector_of(v, cluster) + n % each / FAT_SLOTS;
	return DOS_OK;
}

static enum dos_error look(struct fat *v, struct fat_dir *d, uint32_t n, const uint8_t **p,
			   uint64_t *id)
{
	uint64_t sector;
	unsigned offset;
	enum dos_error e = fat_slot(v, d, n, &sector, &offset);

	if (!e)
		e = fat_get(v, sector, p);
	if (e)
		return e;
	*p += offset;
	*id = sector * FAT_SLOTS + offset / FAT_SLOT + 1;
	return DOS_OK;
}

enum dos_error fat_slot_get(struct fat *v, struct fat_dir *d, uint32_t n,
			    uint8_t raw[FAT_SLOT])
{
	const uint8_t *p;
	uint64_t id;
	enum dos_error e = look(v, d, n, &p, &id);

	if (!e)
		memcpy(raw, p, FAT_SLOT);
	return e;
}

enum dos_error fat_slot_set(struct fat *v, struct fat_dir *d, uint32_t n,
			    const uint8_t raw[FAT_SLOT])
{
	uint64_t sector;
	unsigned offset;
	uint8_t *p;
	enum dos_error e = fat_slot(v, d, n, &sector, &offset);

	if (!e)
		e = fat_touch(v, sector, &p);
	if (!e)
		memcpy(p + offset, raw, FAT_SLOT);
	return e;
}

enum dos_error fat_scan_next(struct fat *v, struct fat_scan *s, const uint8_t **raw)
{
	*raw = NULL;
	if (s->n % FAT_SLOTS == 0) {
		const uint8_t *p;
		uint64_t id;
		enum dos_error e = look(v, s->d, s->n, &p, &id);

		if (e)
			return e == DOS_NO_MORE ? DOS_OK : e;
		memcpy(s->sector, p, FAT_SECTOR);
	} else if (!s->d->start && v->g.root_slots && s->n >= v->g.root_slots) {
		return DOS_OK;
	}
	*raw = s->sector + s->n++ % FAT_SLOTS * FAT_SLOT;
	return DOS_OK;
}

void fat_take_piece(const uint8_t raw[FAT_SLOT], uint16_t unit[FAT_UNITS])
{
	for (unsigned i = 0; i < FAT_UNITS; i++)
		unit[i] = le_get16(raw + fat_unit_at(i));
}

/* The long name before an entry, if there is a good one: from its last piece
 * on, backwards.  */
static enum dos_error take_long(struct fat *v, struct fat_dir *d, struct fat_entry *e)
{
	uint16_t unit[FAT_LONG_SLOTS * FAT_UNITS];
	uint8_t sum = fat_sum(e->raw);
	unsigned n = 0, units = 0;
	const uint8_t *p;
	uint64_t id;

	do {
		enum dos_error error;

		if (n == FAT_LONG_SLOTS || n == e->slot)
			return DOS_OK;
		error = look(v, d, e->slot - ++n, &p, &id);
		if (error)
			return error;
		if (!fat_is_long(p) || (p[0] & ~LONG_LAST) != n || p[LONG_SUM] != sum)
			return DOS_OK;
		fat_take_piece(p, unit + (n - 1) * FAT_UNITS);
	} while (!(p[0] & LONG_LAST));
	while (units < n * FAT_UNITS && unit[units])
		units++;
	if (!units || units > FAT_LONG_MAX || units + FAT_UNITS <= n * FAT_UNITS)
		return DOS_OK;
	e->first = e->slot - n;
	e->units = units;
	memcpy(e->unit, unit, units * sizeof unit[0]);
	return DOS_OK;
}

/* Without its long name.  */
static enum dos_error short_entry(struct fat *v, struct fat_dir *d, uint32_t n,
				  struct fat_entry *e)
{
	const uint8_t *p;
	enum dos_error error = look(v, d, n, &p, &e->id);

	if (error)
		return error;
	if (!p[0])
		return DOS_NO_MORE;
	if (p[0] == SLOT_DELETED || fat_is_long(p))
		return DOS_NO_FILE;
	memcpy(e->raw, p, FAT_SLOT);
	e->dir = d->start;
	e->first = e->slot = n;
	e->units = 0;
	return DOS_OK;
}

enum dos_error fat_entry(struct fat *v, struct fat_dir *d, uint32_t n, struct fat_entry *e)
{
	enum dos_error error = short_entry(v, d, n, e);

	if (error)
		return error;
	return e->raw[SLOT_ATTR] & ATTR_LABEL ? DOS_NO_FILE : take_long(v, d, e);
}

/* "." and ".." are a sub-directory's first two, and not found by name.  */
static bool is_dots(const struct fat_entry *e)
{
	return e->dir && e->slot < 2 && e->raw[0] == '.';
}

static bool is_called(struct fat *v, const struct fat_entry *e, const char *name)
{
	char shown[DRIVE_NAME_MAX];

	fat_show_83(e->raw, shown);
	if (fat_same(v, shown, name))
		return true;
	if (!e->units)
		return false;
	fat_show_long(v, e, shown);
	return fat_same(v, shown, name);
}

/* Looking for a name: what has gone by of a long one, and whether it could
 * still be that.  Most names are passed over after one look at one piece.  */
struct search {
	const char *name;
	size_t length;
	bool plain;			/* an 8.3 name that can be shown for one other alone: */
	uint8_t fcb[PATH_FCB];
	unsigned next;			/* the piece that has to come; 0: the entry */
	bool alive;
};

static void pass_piece(const struct fat *v, struct search *s, const uint8_t *raw)
{
	unsigned n = raw[0] & ~LONG_LAST;
	uint16_t unit[FAT_UNITS];

	if (raw[0] & LONG_LAST)
		s->alive = n == (s->length + FAT_UNITS - 1) / FAT_UNITS;
	else
		s->alive = s->alive && n == s->next;
	if (!s->alive)
		return;
	s->next = n - 1;
	fat_take_piece(raw, unit);
	for (unsigned i = 0; s->alive && i < FAT_UNITS; i++) {
		size_t at = (size_t)(n - 1) * FAT_UNITS + i;

		if (at < s->length)
			s->alive = fat_unit_may_be(v, unit[i], s->name[at]);
	}
}

/* Odd characters of a name on the disk are shown as '_'.  */
static bool may_be_short(const struct fat *v, const struct search *s, const uint8_t *raw)
{
	if (!s->plain)
		return s->length < PATH_83_MAX;
	for (unsigned i = 0; i < PATH_FCB; i++)
		if (v->upper[raw[i]] != s->fcb[i])
			return false;
	return true;
}

enum dos_error fat_dir_find(struct fat *v, struct fat_dir *d, const char *name,
			    struct fat_entry *e)
{
	struct search s = { .name = name, .length = strlen(name) };
	struct fat_scan scan;
	const uint8_t *raw;
	enum dos_error error;

	s.plain = fat_new_83(v, name, s.fcb) && !strchr(name, '_');
	fat_scan_begin(&scan, d);
	while (!(error = fat_scan_next(v, &scan, &raw)) && raw && raw[0]) {
		if (fat_is_long(raw)) {
			pass_piece(v, &s, raw);
			continue;
		}
		if (raw[0] != SLOT_DELETED && ((s.alive && !s.next) || may_be_short(v, &s, raw))) {
			error = fat_entry(v, d, scan.n - 1, e);
			if (!error && !is_dots(e) && is_called(v, e, name))
				return DOS_OK;
			if (error && error != DOS_NO_FILE)
				return error;
		}
		s.alive = false;
	}
	return error ? error : DOS_NO_FILE;
}

/* The first entry that is wanted.  */
static enum dos_error first(struct fat *v, struct fat_dir *d, struct fat_entry *e,
			    bool (*wanted)(const struct fat_entry *e))
{
	for (uint32_t n = 0;; n++) {
		enum dos_error error = short_entry(v, d, n, e);

		if (error == DOS_NO_FILE || (!error && !wanted(e)))
			continue;
		return error == DOS_NO_MORE ? DOS_NO_FILE : error;
	}
}

static bool is_label(const struct fat_entry *e)
{
	return (e->raw[SLOT_ATTR] & (ATTR_LABEL | ATTR_DIR)) == ATTR_LABEL;
}

enum dos_error fat_dir_label(struct fat *v, struct fat_entry *e)
{
	struct fat_dir d;

	fat_dir_open(v, &d, 0);
	return first(v, &d, e, is_label);
}

static bool is_not_dots(const struct fat_entry *e)
{
	return !is_dots(e);
}

enum dos_error fat_dir_is_empty(struct fat *v, uint32_t start, bool *empty)
{
	struct fat_entry e;
	struct fat_dir d;
	enum dos_error error;

	fat_dir_open(v, &d, start);
	error = first(v, &d, &e, is_not_dots);
	*empty = error == DOS_NO_FILE;
	return *empty ? DOS_OK : error;
}
