/* disks.c - disk images: INT 13h's disks, and the drive letters of what is on them.
 *
 * A diskette is A: or B:.  A hard disk's FAT partitions get letters when DOS boots: its
 * own, and then the next free ones.  So FDISK's work is seen after a restart, as on
 * every PC.  */

#include "machine/pc.h"

#include <stdio.h>

#include "base/error.h"
#include "drive/fat.h"
#include "drive/partition.h"
#include "state/state.h"

/* --- What a file system asks for ------------------------------------------------ */

static bool medium_read(void *ctx, uint64_t sector, void *buf, size_t count)
{
	struct volume *v = ctx;
	size_t done;

	return !v->barred && volume_read(v, sector, buf, count, &done) == IMAGE_OK;
}

static bool medium_write(void *ctx, uint64_t sector, const void *buf, size_t count)
{
	struct volume *v = ctx;
	size_t done;

	return !v->barred && volume_write(v, sector, buf, count, &done) == IMAGE_OK;
}

static bool medium_flush(void *ctx)
{
	struct volume *v = ctx;

	return image_flush(v->image);
}

/* A diskette may be formatted anew with more sectors, up to what the file has.  */
static uint64_t most_sectors(const struct volume *v)
{
	uint64_t file = v->image->length / SECTOR_SIZE;

	return v->image->floppy && file > v->sectors ? file : v->sectors;
}

static bool mount(struct machine *m, unsigned letter, const struct volume *what, struct error *err)
{
	struct drive *d = &m->drive[letter];
	struct volume *v = &m->volume[letter];
	struct fat_medium medium = {
		.ctx = v, .read = medium_read, .write = medium_write, .flush = medium_flush,
		.sectors = most_sectors(what), .read_only = what->image->read_only, .blank = true,
	};
	struct drive_config config = m->disk_config;

	*v = *what;
	config.read_only = what->image->read_only;
	*d = (struct drive){ 0 };
	if (!fat_open(d, &medium, &config, err)) {
		*d = (struct drive){ 0 };
		v->image = NULL;
		return false;
	}
	d->volume = v;
	d->read_only = config.read_only;
	d->removable = what->image->floppy;
	snprintf(d->source, sizeof d->source, "disk %02Xh, sector %llu", what->unit,
		 (unsigned long long)what->start);
	return true;
}

static void unmount_all(struct machine *m)
{
	for (unsigned i = 0; i < DRIVE_LETTERS; i++)
		if (m->drive[i].volume) {
			drive_unmount(&m->drive[i]);
			m->volume[i] = (struct volume){ 0 };
		}
}

/* --- Letters --------------------------------------------------------------------- */

static bool taken(const struct machine *m, unsigned letter)
{
	for (unsigned i = 0; i < BIOS_HARD_DISKS; i++)
		if (image_there(&m->hard[i]) && m->hard_letter[i] == letter)
			return true;
	return m->drive[letter].ops != NULL;
}

static void mount_hard_disk(struct machine *m, unsigned n)
{
	struct partition part[PARTITIONS_MAX];
	unsigned count = partition_scan(&m->hard[n], part), letter = m->hard_letter[n];

	for (unsigned i = 0; i < count; i++) {
		struct volume v = {
			.image = &m->hard[n], .start = part[i].start, .sectors = part[i].sectors,
			.type = part[i].type, .unit = 0x80 + n,
		};

		while (i && letter < DRIVE_LETTERS && taken(m, letter))
			letter++;
		if (letter == DRIVE_LETTERS)
			return;
		mount(m, letter, &v, NULL);
	}
}

/* DOS boots.  */
static void mount_disks(void *ctx)
{
	struct machine *m = ctx;

	unmount_all(m);
	for (unsigned i = 0; i < BIOS_FLOPPIES; i++) {
		struct volume v = {
			.image = &m->floppy[i], .sectors = m->floppy[i].sectors, .unit = i,
		};

		if (image_there(&m->floppy[i]))
			mount(m, i, &v, NULL);
	}
	for (unsigned i = 0; i < BIOS_HARD_DISKS; i++)
		if (image_there(&m->hard[i]))
			mount_hard_disk(m, i);
}

/* Somebody has written below the file systems.  */
static void wrote(void *ctx, struct image *im, uint64_t first, uint64_t count)
{
	struct machine *m = ctx;

	for (unsigned i = 0; i < DRIVE_LETTERS; i++) {
		struct volume *v = &m->volume[i];
		uint64_t from = first > v->start ? first : v->start, end = first + count;

		if (v->image != im)
			continue;
		if (im->floppy)
			v->sectors = im->sectors;
		if (end > v->start + v->sectors)
			end = v->start + v->sectors;
		if (from < end)
			fat_written(&m->drive[i], from - v->start, end - from);
	}
}

/* --- Images ----------------------------------------------------------------------- */

void machine_disks_init(struct machine *m)
{
	for (unsigned i = 0; i < BIOS_FLOPPIES; i++)
		m->floppy[i].fd = -1;
	for (unsigned i = 0; i < BIOS_HARD_DISKS; i++)
		m->hard[i].fd = -1;
}

void machine_disks_wire(struct machine *m)
{
	for (unsigned i = 0; i < BIOS_FLOPPIES; i++)
		m->bios.floppy[i] = &m->floppy[i];
	for (unsigned i = 0; i < BIOS_HARD_DISKS; i++)
		m->bios.hard[i] = &m->hard[i];
	m->dos.mount = mount_disks;
}

void machine_disks_close(struct machine *m, bool saved_only)
{
	for (unsigned i = 0; i < BIOS_FLOPPIES; i++)
		if (m->floppy[i].saved || !saved_only)
			image_close(&m->floppy[i]);
	for (unsigned i = 0; i < BIOS_HARD_DISKS; i++)
		if (m->hard[i].saved || !saved_only)
			image_close(&m->hard[i]);
}

bool machine_attach_disk(struct machine *m, char letter, const char *path, bool read_only,
			 const struct drive_config *config, struct error *err)
{
	bool floppy = letter < 'C';
	unsigned n = floppy ? letter - 'A' : 0;
	struct image *im = floppy ? &m->floppy[n] : NULL;

	if (!floppy)
		for (; n < BIOS_HARD_DISKS && !im; n++)
			if (!image_there(&m->hard[n])) {
				m->hard_letter[n] = letter - 'A';
				im = &m->hard[n];
			}
	if (!im) {
		error_set(err, "%s: there can be no more than %d hard disks", path, BIOS_HARD_DISKS);
		return false;
	}
	if (!image_open(im, path, floppy, read_only, err))
		return false;
	im->wrote = wrote;
	im->ctx = m;
	m->disk_config = *config;
	return true;
}

/* As a hand does it: whatever was going on is over.  */
static void exchange(struct machine *m, unsigned n, struct image *next)
{
	struct image *im = &m->floppy[n];
	struct volume v = { .image = im, .sectors = next->sectors, .unit = n, .changed = true };
	bool mounted = m->drive[n].volume != NULL;

	if (mounted) {
		drive_unmount(&m->drive[n]);
		m->volume[n] = (struct volume){ 0 };
		dos_disk_gone(&m->dos, n);
	}
	next->drive = im->drive;
	next->wrote = wrote;
	next->ctx = m;
	next->changed = true;
	image_close(im);
	*im = *next;
	if (mounted)
		mount(m, n, &v, NULL);
}

bool machine_insert_disk(struct machine *m, char letter, const char *path, struct error *err)
{
	unsigned n = letter - 'A';
	struct image next;

	if (n >= BIOS_FLOPPIES || !image_there(&m->floppy[n])) {
		error_set(err, "%c: is no drive for diskettes, or there was none at the start", letter);
		return false;
	}
	if (!image_open(&next, path, true, false, err))
		return false;
	if (image_drive_reads(m->floppy[n].drive, next.drive)) {
		exchange(m, n, &next);
		return true;
	}
	error_set(err, "%s: a diskette that drive %c: cannot read", path, letter);
	image_close(&next);
	return false;
}

/* --- Snapshots ---------------------------------------------------------------------- */

static struct image *image_of(struct machine *m, uint8_t unit)
{
	struct image *im = NULL;

	if (unit < BIOS_FLOPPIES)
		im = &m->floppy[unit];
	else if (unit >= 0x80 && unit - 0x80 < BIOS_HARD_DISKS)
		im = &m->hard[unit - 0x80];
	return image_there(im) ? im : NULL;
}

/* Which letters there are is as at the last boot, whatever the tables say now.  */
static void letter_state(struct machine *m, struct state *st, unsigned letter, unsigned version)
{
	struct volume v = m->volume[letter];
	bool used = v.image != NULL;

	state_bool(st, &used);
	if (!used || !state_ok(st))
		return;
	state_u8(st, &v.unit);
	state_u64(st, &v.start);
	state_u64(st, &v.sectors);
	state_u8(st, &v.type);
	state_bool(st, &v.barred);
	state_u8(st, &v.locks);
	if (version >= 2)
		state_bool(st, &v.changed);
	if (st->mode == STATE_SAVE || !state_ok(st))
		return;
	v.image = image_of(m, v.unit);
	if (!v.image || m->drive[letter].ops || v.start >= v.image->sectors || !v.sectors ||
	    v.sectors > v.image->sectors - v.start || !mount(m, letter, &v, NULL))
		state_fail(st, "drive %c: is not on that disk", (int)('A' + letter));
}

static unsigned units(const struct machine *m)
{
	unsigned n = 0;

	for (unsigned i = 0; i < BIOS_FLOPPIES; i++)
		n |= image_there(&m->floppy[i]) << i;
	for (unsigned i = 0; i < BIOS_HARD_DISKS; i++)
		n |= image_there(&m->hard[i]) << (BIOS_FLOPPIES + i);
	return n;
}

void machine_disks_state(struct machine *m, struct state *st)
{
	uint16_t there = units(m);
	unsigned version;

	if (!there)
		return;
	version = state_section(st, "disks", 2);
	state_u16(st, &there);
	if (there != units(m)) {
		state_fail(st, "other disks");
		return;
	}
	for (unsigned i = 0; i < BIOS_FLOPPIES; i++)
		if (image_there(&m->floppy[i])) {
			image_state(&m->floppy[i], st);
			if (version >= 2)
				state_bool(st, &m->floppy[i].changed);
		}
	for (unsigned i = 0; i < BIOS_HARD_DISKS; i++)
		if (image_there(&m->hard[i]))
			image_state(&m->hard[i], st);
	if (st->mode == STATE_LOAD)
		unmount_all(m);
	for (unsigned i = 0; i < DRIVE_LETTERS; i++)
		letter_state(m, st, i, version);
}
