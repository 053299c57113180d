/* fuzz_drive.c - a drive on a directory, as a hostile program uses it.
 *
 * The input is a list of orders: a byte, then one or two paths that end
 * with NUL.  Beside the drive's directory there is a secret, and symbolic
 * links in the drive point at it: whatever the orders are, it must be
 * neither read nor changed.  Half of the inputs are for an overlay on that directory, which
 * must not change either then.  */

#include "fuzz.h"

#include <ftw.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "drive/drive.h"

#define ORDERS	24
#define SECRET	"the secret"

struct input {
	const uint8_t *data;
	size_t left;
};

static uint8_t byte(struct input *in)
{
	if (!in->left)
		return 0;
	in->left--;
	return *in->data++;
}

/* A path is absolute and shorter than DRIVE_PATH_MAX: that much the kernel
 * promises.  */
static void path(struct input *in, char out[DRIVE_PATH_MAX])
{
	size_t n = 1;
	uint8_t c;

	out[0] = '\\';
	while ((c = byte(in)) != 0)
		if (n < DRIVE_PATH_MAX - 1)
			out[n++] = c;
	out[n] = '\0';
}

static void use_file(struct drive *d, drive_file f)
{
	char buf[64];
	size_t n = sizeof buf - 1;
	struct drive_info info;

	if (d->ops->read(d->disk, f, 0, buf, &n) == DOS_OK) {
		if (n >= sizeof buf)
			abort();
		buf[n] = '\0';
		if (strstr(buf, SECRET))
			abort();
	}
	n = 3;
	d->ops->write(d->disk, f, 5, "abc", &n);
	d->ops->file_info(d->disk, f, &info);
	d->ops->set_time(d->disk, f, 0x1234, 0x4321);
	d->ops->lock(d->disk, f, 1, true, 0, 10);
	d->ops->release(d->disk, f);
}

static void use_listing(struct drive *d, uint16_t listing)
{
	struct drive_info info;

	for (unsigned n = 0; n < 100; n++)
		if (d->ops->entry(d->disk, listing, n, &info) == DOS_NO_MORE)
			return;
}

static void order(struct drive *d, struct input *in)
{
	char a[DRIVE_PATH_MAX], b[DRIVE_PATH_MAX];
	uint8_t what = byte(in);
	struct drive_info info;
	enum drive_did did;
	uint16_t listing;
	drive_file f;
	bool long_name = what & 0x80;

	path(in, a);
	switch (what & 15) {
	case 0: case 1: case 2: case 3:
		if (d->ops->open(d->disk, a, (what & 3) | (what & 0x70) << 4 |
				 (long_name ? DRIVE_LONG : 0), 0, &f, &did) == DOS_OK)
			use_file(d, f);
		break;
	case 4:
		d->ops->info(d->disk, a, &info);
		break;
	case 5:
		d->ops->remove(d->disk, a);
		break;
	case 6: case 7:
		path(in, b);
		d->ops->rename(d->disk, a, b, long_name);
		break;
	case 8: case 9:
		d->ops->mkdir(d->disk, a, long_name);
		break;
	case 10:
		d->ops->rmdir(d->disk, a);
		break;
	case 11:
		d->ops->set_attr(d->disk, a, byte(in));
		break;
	case 12:
		d->ops->set_path_time(d->disk, a, byte(in) % 3, 0x1234, 0x4321);
		break;
	case 13:
		if (d->ops->canon(d->disk, a, long_name, b) == DOS_OK && strlen(b) >= sizeof b)
			abort();
		break;
	default:
		if (d->ops->list(d->disk, a, &listing) == DOS_OK)
			use_listing(d, listing);
		break;
	}
}

static int remove_one(const char *p, const struct stat *st, int type, struct FTW *ftw)
{
	(void)st, (void)type, (void)ftw;
	return remove(p);
}

static void must(bool ok)
{
	if (!ok)
		abort();
}

#define HOME_MAX	64

/* home/name; good until the next call.  */
static const char *at(const char *home, const char *name)
{
	static char path_of[HOME_MAX + 64];

	snprintf(path_of, sizeof path_of, "%s/%s", home, name);
	return path_of;
}

static void make_file(const char *file, const char *text)
{
	FILE *f = fopen(file, "w");

	must(f != NULL);
	fputs(text, f);
	fclose(f);
}

/* d, the drive; out, which is none of its business.  */
static void furnish(const char *home)
{
	must(mkdir(at(home, "d"), 0777) == 0 && mkdir(at(home, "out"), 0777) == 0);
	make_file(at(home, "out/secret"), SECRET);
	must(symlink("../out", at(home, "d/link")) == 0);
	must(symlink("../out/secret", at(home, "d/file")) == 0);
	must(mkdir(at(home, "d/a long directory"), 0777) == 0);
	make_file(at(home, "d/a long directory/One.More"), "");
	make_file(at(home, "d/plain.txt"), "");
}

static void check_secret(const char *home)
{
	char text[sizeof SECRET] = "";
	struct stat st;
	FILE *f = fopen(at(home, "out/secret"), "r");

	must(f && fgets(text, sizeof text, f) && strcmp(text, SECRET) == 0);
	must(fstat(fileno(f), &st) == 0 && st.st_size == sizeof SECRET - 1);
	must(stat(at(home, "out"), &st) == 0 && st.st_nlink == 2);
	fclose(f);
}

static void check_lower(const char *home)
{
	struct stat st;

	must(stat(at(home, "d/a long directory/One.More"), &st) == 0 && st.st_size == 0);
	must(stat(at(home, "d/plain.txt"), &st) == 0 && st.st_size == 0);
	must(stat(at(home, "d"), &st) == 0 && st.st_nlink == 3);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const places[] = { "/dev/shm", "/tmp" };
	char home[HOME_MAX], over[HOME_MAX + 8];
	struct input in = { data, size };
	struct drive d = { 0 };
	struct drive_config config = { .code_page = 437, .upper = size & 1 };
	struct error err;

	snprintf(home, sizeof home, "%s/dosvm-fuzz-XXXXXX",
		 places[access(places[0], W_OK) != 0]);
	must(mkdtemp(home) != NULL);
	furnish(home);
	snprintf(over, sizeof over, "%s/over", home);
	if (size & 2) {
		must(mkdir(over, 0777) == 0);
		config.overlay = over;
	}
	must(drive_mount(&d, "hostdir", at(home, "d"), &config, &err));
	for (unsigned n = 0; n < ORDERS && in.left; n++)
		order(&d, &in);
	drive_unmount(&d);
	if (size & 2)
		check_lower(home);
	check_secret(home);
	nftw(home, remove_one, 8, FTW_DEPTH | FTW_PHYS);
	return 0;
}
