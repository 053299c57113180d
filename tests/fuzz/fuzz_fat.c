/* fuzz_fat.c - a FAT volume that somebody else has made.
 *
 * The input is the beginning of a volume; behind it there are zeros, and far
 * behind what is written is lost.  Everything that can be done with a drive is
 * done with whatever is found on it.  Nothing may be read or written outside
 * the medium, and all must come to an end.  */

#include "fuzz.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "drive/drive.h"
#include "drive/fat.h"
#include "drive/path.h"
#include "state/state.h"

#define KEPT		512		/* sectors that are there */
#define SECTORS		8192
#define DEPTH		3
#define ENTRIES		20		/* looked at in one directory */
#define CALLS		1500		/* of the drive, in one run */

struct medium {
	uint8_t data[KEPT * 512];
	unsigned calls;
};

static void must(bool ok)
{
	if (!ok)
		abort();
}

static bool medium_read(void *ctx, uint64_t sector, void *buf, size_t count)
{
	struct medium *m = ctx;
	size_t here = sector < KEPT ? KEPT - sector : 0;

	must(count && sector < SECTORS && count <= SECTORS - sector);
	if (here > count)
		here = count;
	memcpy(buf, m->data + (here ? sector * 512 : 0), here * 512);
	memset((uint8_t *)buf + here * 512, 0, (count - here) * 512);
	return true;
}

static bool medium_write(void *ctx, uint64_t sector, const void *buf, size_t count)
{
	struct medium *m = ctx;
	size_t here = sector < KEPT ? KEPT - sector : 0;

	must(count && sector < SECTORS && count <= SECTORS - sector);
	if (here > count)
		here = count;
	memcpy(m->data + (here ? sector * 512 : 0), buf, here * 512);
	return true;
}

static void clock_of(void *ctx, uint16_t *time, uint16_t *date)
{
	(void)ctx;
	*time = 0x1234;
	*date = 0x2345;
}

static bool is_text(const char *s, size_t size)
{
	return s[0] && strnlen(s, size) < size;
}

static void use_file(struct drive *d, drive_file f)
{
	static const uint32_t places[] = { 0, 511, 5000, 0xfffffff0 };
	static uint8_t buf[3000];
	struct drive_info info;
	size_t n;

	for (unsigned i = 0; i < sizeof places / sizeof places[0]; i++) {
		n = sizeof buf;
		d->ops->read(d->disk, f, places[i], buf, &n);
		must(n <= sizeof buf);
	}
	if (d->ops->file_info(d->disk, f, &info) == DOS_OK)
		must(is_text(info.name, sizeof info.name));
	for (unsigned i = 0; i < sizeof places / sizeof places[0]; i++) {
		n = 700;
		d->ops->write(d->disk, f, places[i], buf, &n);
		must(n <= 700);
	}
	n = 0;
	d->ops->write(d->disk, f, 1500, buf, &n);
	d->ops->set_time(d->disk, f, 0x1234, 0x4321);
	d->ops->lock(d->disk, f, 1, true, 0, 10);
	d->ops->flush(d->disk, f);
	d->ops->release(d->disk, f);
}

static void use_path(struct drive *d, const char *path, unsigned nth)
{
	char out[DRIVE_PATH_MAX];
	struct drive_info info;
	enum drive_did did;
	drive_file f, again;

	if (d->ops->info(d->disk, path, &info) == DOS_OK && path[1])
		must(is_text(info.name, sizeof info.name) && is_text(info.long_name, sizeof info.long_name));
	d->ops->canon(d->disk, path, true, out);
	d->ops->canon(d->disk, path, false, out);
	if (d->ops->open(d->disk, path, DRIVE_RDWR, 0, &f, &did) == DOS_OK) {
		if (nth % 3 == 0 && d->ops->open(d->disk, path, DRIVE_RDWR | DRIVE_TRUNCATE, 0, &again, &did) == DOS_OK)
			d->ops->release(d->disk, again);
		if (nth % 3 == 1)
			d->ops->remove(d->disk, path);
		use_file(d, f);
	}
	d->ops->set_attr(d->disk, path, nth % 8);
	d->ops->set_path_time(d->disk, path, nth % 3, 0x1111, 0x2222);
	switch (nth % 5) {
	case 0:
		d->ops->rename(d->disk, path, "\\Renamed to a long name", true);
		break;
	case 1:
		d->ops->rename(d->disk, path, "\\SHORT", false);
		break;
	case 2:
		d->ops->remove(d->disk, path);
		break;
	case 3:
		d->ops->rmdir(d->disk, path);
		break;
	}
}

static void make_things(struct drive *d, const char *dir)
{
	static const char *const names[] = { "NEW", "A new file with a long name.text", "a.b.c" };
	char path[DRIVE_PATH_MAX];
	enum drive_did did;
	drive_file f;

	for (unsigned i = 0; i < sizeof names / sizeof names[0]; i++) {
		if (!path_join(path, dir, names[i]))
			return;
		if (d->ops->open(d->disk, path, DRIVE_RDWR | DRIVE_CREATE | DRIVE_LONG, 0, &f, &did) == DOS_OK)
			use_file(d, f);
	}
	if (path_join(path, dir, "New directory") && d->ops->mkdir(d->disk, path, true) == DOS_OK &&
	    strlen(dir) % 2)
		d->ops->rmdir(d->disk, path);
}

static void walk(struct drive *d, struct medium *m, const char *dir, unsigned depth)
{
	char path[DRIVE_PATH_MAX], name[PATH_83_MAX], long_name[DRIVE_NAME_MAX];
	unsigned seen = 0;
	uint16_t listing;

	if (d->ops->list(d->disk, dir, &listing) != DOS_OK)
		return;
	make_things(d, dir);
	for (unsigned n = 0; seen < ENTRIES && m->calls < CALLS; n++) {
		enum dos_error e = d->ops->entry_name(d->disk, listing, n, name, long_name);
		struct drive_info info;

		m->calls++;
		if (e == DOS_NO_MORE)
			return;
		if (e || d->ops->entry(d->disk, listing, n, &info) != DOS_OK)
			continue;
		must(is_text(name, sizeof name) && is_text(long_name, sizeof long_name));
		must(strcmp(name, info.name) == 0 && strcmp(long_name, info.long_name) == 0);
		seen++;
		if (!path_join(path, dir, n % 2 ? name : long_name))
			continue;
		if (info.attr & ATTR_DIR && depth && name[0] != '.')
			walk(d, m, path, depth - 1);
		use_path(d, path, n);
		m->calls += 10;
	}
}

/* A good one is loaded, and one that somebody has been at need not be.  */
static void take_snapshot(struct drive *d, const uint8_t *data, size_t size)
{
	struct state st, back;

	state_init_save(&st);
	d->ops->state(d->disk, &st);
	must(state_ok(&st));
	state_init(&back, STATE_LOAD, st.buf, st.pos);
	d->ops->state(d->disk, &back);
	must(state_ok(&back));
	for (size_t i = 0; i + 3 < size && i < 64; i += 4)
		st.buf[(data[i] << 8 | data[i + 1]) % st.pos] ^= data[i + 2];
	state_init(&back, STATE_LOAD, st.buf, st.pos);
	d->ops->state(d->disk, &back);
	state_free(&st);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct medium *m = calloc(1, sizeof *m);
	struct fat_medium medium = { .ctx = m, .read = medium_read, .write = medium_write,
				     .sectors = SECTORS, .blank = size & 1 };
	struct drive_config config = { .code_page = 437, .clock = clock_of };
	struct drive d = { 0 };
	struct drive_space space;
	enum drive_did did;
	char label[12];
	uint16_t listing;
	drive_file f = 0;

	must(m != NULL);
	memcpy(m->data, data, size < sizeof m->data ? size : sizeof m->data);
	if (fat_open(&d, &medium, &config, NULL)) {
		d.ops->space(d.disk, &space);
		d.ops->label(d.disk, label);
		d.ops->serial(d.disk);
		d.ops->list(d.disk, "\\", &listing);
		if (d.ops->open(d.disk, "\\OPEN", DRIVE_RDWR | DRIVE_CREATE, 0, &f, &did) == DOS_OK)
			take_snapshot(&d, data, size);
		d.ops->read(d.disk, f, 0, label, &(size_t){ sizeof label });
		walk(&d, m, "\\", DEPTH);
		d.ops->set_label(d.disk, "LABEL");
		memcpy(m->data, data, size < sizeof m->data ? size : sizeof m->data);
		fat_changed(&d);
		walk(&d, m, "\\", 1);
		fat_written(&d, size % KEPT, 3);
		d.ops->space(d.disk, &space);
		drive_unmount(&d);
	}
	free(m);
	return 0;
}
