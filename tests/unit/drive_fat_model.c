/* drive_fat_model.c - thousands of random operations on a FAT volume and on a
 * simple model of a file system; then the two are compared, and fsck.fat and
 * mtools, where they are installed, are asked what they think of it.  */

#include "fat_rig.h"

#include <ctype.h>

#include "fat_check.h"

#define NODES		400
#define MOST_BYTES	60000

/* The model: a node for everything there is, with its whole path.  */
struct thing {
	bool used, dir;
	char path[DRIVE_PATH_MAX];
	uint8_t *data;
	uint32_t size;
	drive_file f;			/* 0: not open */
};

static struct model {
	struct thing thing[NODES];
	uint32_t x;
	bool full;			/* something did not fit: from then on sizes are not foreseen */
} model;

static uint32_t random_to(uint32_t n)
{
	uint32_t *x = &model.x;

	*x ^= *x << 13, *x ^= *x >> 17, *x ^= *x << 5;	/* Marsaglia 2003 */
	return *x % n;
}

static bool same_path(const char *a, const char *b)
{
	while (*a && toupper((uint8_t)*a) == toupper((uint8_t)*b))
		a++, b++;
	return *a == *b;
}

static struct thing *thing_at(const char *path)
{
	for (unsigned i = 0; i < NODES; i++)
		if (model.thing[i].used && same_path(model.thing[i].path, path))
			return &model.thing[i];
	return NULL;
}

static bool is_below(const char *path, const char *dir)
{
	size_t n = strlen(dir);

	return strlen(path) > n && path[n] == '\\' && strncasecmp(path, dir, n) == 0;
}

static bool is_empty(const char *dir)
{
	for (unsigned i = 0; i < NODES; i++)
		if (model.thing[i].used && is_below(model.thing[i].path, dir))
			return false;
	return true;
}

static struct thing *new_thing(const char *path, bool dir)
{
	for (unsigned i = 0; i < NODES; i++)
		if (!model.thing[i].used) {
			model.thing[i] = (struct thing){ .used = true, .dir = dir };
			strcpy(model.thing[i].path, path);
			return &model.thing[i];
		}
	return NULL;
}

static void forget(struct thing *t)
{
	free(t->data);
	*t = (struct thing){ 0 };
}

/* A directory there is, "" for the root.  */
static const char *some_dir(void)
{
	for (unsigned i = 0; i < 8; i++) {
		struct thing *t = &model.thing[random_to(NODES)];

		if (t->used && t->dir)
			return t->path;
	}
	return "";
}

static void some_name(char out[DRIVE_PATH_MAX])
{
	static const char *const form[] = {
		"F%u.TXT", "LONGNAME%u.DATA", "A file with blanks %u.txt", "dots.in.the.name.%u",
		"d%u", "+[%u];=,.c++", "A rather long name that needs some more slots than others %u.html",
	};

	do
		snprintf(out, DRIVE_PATH_MAX, "%s\\", some_dir());
	while (strlen(out) > 150);
	snprintf(out + strlen(out), 80, form[random_to(sizeof form / sizeof form[0])], random_to(30));
}

static struct thing *some_thing(void)
{
	for (unsigned i = 0; i < 40; i++) {
		struct thing *t = &model.thing[random_to(NODES)];

		if (t->used)
			return t;
	}
	return NULL;
}

/* --- the operations, each on both -------------------------------------------------- */

static void do_open(void)
{
	char path[DRIVE_PATH_MAX];
	struct thing *t;
	enum drive_did did;
	enum dos_error e;
	drive_file f;
	bool cut = random_to(4) == 0;

	some_name(path);
	t = thing_at(path);
	e = here.d.ops->open(here.d.disk, path, DRIVE_RDWR | DRIVE_CREATE | DRIVE_LONG |
			     (cut ? DRIVE_TRUNCATE : 0), 0, &f, &did);
	if (t && t->dir) {
		ck_assert_int_eq(e, DOS_DENIED);
		return;
	}
	if (!t && e == DOS_DENIED) {	/* no room for the entry */
		model.full = true;
		return;
	}
	ck_assert_msg(!e, "%s: %d", path, e);
	ck_assert_int_eq(did, !t ? DRIVE_CREATED : cut ? DRIVE_REPLACED : DRIVE_OPENED);
	if (!t)
		t = new_thing(path, false);
	if (!t) {
		release(&here, f);
		ck_assert_int_eq(here.d.ops->remove(here.d.disk, path), DOS_OK);
		return;
	}
	if (cut)
		t->size = 0;
	if (t->f)
		release(&here, f);
	else
		t->f = f;
}

static struct thing *some_open(void)
{
	for (unsigned i = 0; i < 100; i++) {
		struct thing *t = &model.thing[random_to(NODES)];

		if (t->used && t->f)
			return t;
	}
	return NULL;
}

static void grow(struct thing *t, uint32_t size)
{
	if (size < t->size)
		return;
	t->data = realloc(t->data, size + 1);
	ck_assert(t->data != NULL);
	memset(t->data + t->size, 0, size - t->size);
}

static void do_write(void)
{
	struct thing *t = some_open();
	static uint8_t buf[MOST_BYTES];
	uint32_t pos, want = random_to(8) ? random_to(3000) : random_to(MOST_BYTES);
	size_t n = want;
	enum dos_error e;

	if (!t)
		return;
	pos = random_to(3) ? t->size : random_to(t->size + 5000);
	for (uint32_t i = 0; i < want; i++)
		buf[i] = random_to(256);
	e = here.d.ops->write(here.d.disk, t->f, pos, buf, &n);
	if (!want && e == DOS_DISK_FULL)
		return;
	ck_assert_int_eq(e, DOS_OK);
	ck_assert(n <= want);
	if (n < want)
		model.full = true;
	if (!want || n) {
		grow(t, pos + n);
		memcpy(t->data + pos, buf, n);
		if (!want || pos + n > t->size)
			t->size = pos + n;
	}
}

static void do_read(void)
{
	struct thing *t = some_open();
	static uint8_t buf[MOST_BYTES];
	uint32_t pos, want = random_to(MOST_BYTES), have;
	size_t n = want;

	if (!t)
		return;
	pos = random_to(t->size + 100);
	have = pos < t->size ? t->size - pos : 0;
	ck_assert_int_eq(here.d.ops->read(here.d.disk, t->f, pos, buf, &n), DOS_OK);
	ck_assert_uint_eq(n, want < have ? want : have);
	ck_assert(!n || memcmp(buf, t->data + pos, n) == 0);
}

static void do_close(void)
{
	struct thing *t = some_open();

	if (!t)
		return;
	release(&here, t->f);
	t->f = 0;
}

/* A file that is open keeps its contents without a name: that is tested
 * elsewhere.  */
static void do_remove(void)
{
	struct thing *t = some_thing();
	enum dos_error e;

	if (!t || t->f)
		return;
	if (t->dir) {
		e = here.d.ops->rmdir(here.d.disk, t->path);
		ck_assert_int_eq(e, is_empty(t->path) ? DOS_OK : DOS_DENIED);
	} else {
		e = here.d.ops->remove(here.d.disk, t->path);
		ck_assert_int_eq(e, DOS_OK);
	}
	if (!e)
		forget(t);
}

static void do_mkdir(void)
{
	char path[DRIVE_PATH_MAX];
	enum dos_error e;

	some_name(path);
	e = make_dir(path);
	if (thing_at(path)) {
		ck_assert_int_eq(e, DOS_DENIED);
		return;
	}
	if (e == DOS_DENIED) {
		model.full = true;
		return;
	}
	ck_assert_int_eq(e, DOS_OK);
	if (!new_thing(path, true))
		ck_assert_int_eq(here.d.ops->rmdir(here.d.disk, path), DOS_OK);
}

static void do_rename(void)
{
	struct thing *t = some_thing(), *there;
	char to[DRIVE_PATH_MAX], from[DRIVE_PATH_MAX];
	enum dos_error e;

	some_name(to);
	if (!t)
		return;
	there = thing_at(to);
	strcpy(from, t->path);
	if (t->dir)
		for (unsigned i = 0; i < NODES; i++)
			if (model.thing[i].used && is_below(model.thing[i].path, from) &&
			    strlen(model.thing[i].path) + strlen(to) > 250)
				return;
	e = here.d.ops->rename(here.d.disk, from, to, true);
	if ((there && there != t) || (t->dir && is_below(to, from))) {
		ck_assert_int_ne(e, DOS_OK);
		return;
	}
	if (e == DOS_DENIED) {
		model.full = true;
		return;
	}
	ck_assert_msg(!e, "%s to %s: %d", from, to, e);
	strcpy(t->path, to);
	for (unsigned i = 0; t->dir && i < NODES; i++) {
		struct thing *k = &model.thing[i];
		size_t n = strlen(from);

		if (!k->used || !is_below(k->path, from))
			continue;
		memmove(k->path + strlen(to), k->path + n, strlen(k->path + n) + 1);
		memcpy(k->path, to, strlen(to));
	}
}

static void do_again(void)
{
	for (unsigned i = 0; i < NODES; i++) {
		if (model.thing[i].f)
			release(&here, model.thing[i].f);
		model.thing[i].f = 0;
	}
	rig_unmount();
	ck_assert_str_eq(fat_check(disk.data, disk.sectors, true), "");
	rig_mount();
}

static void operate(unsigned times)
{
	while (times--) {
		uint32_t what = random_to(1000);

		if (what < 200)
			do_open();
		else if (what < 480)
			do_write();
		else if (what < 680)
			do_read();
		else if (what < 780)
			do_close();
		else if (what < 860)
			do_remove();
		else if (what < 910)
			do_mkdir();
		else if (what < 990)
			do_rename();
		else if (what < 995)
			fat_changed(&here.d);
		else
			do_again();
	}
}

/* --- the comparison -------------------------------------------------------------------- */

static unsigned count_in(const char *dir)
{
	struct drive_info i;
	uint16_t listing;
	unsigned found = 0;
	enum dos_error e;

	ck_assert_int_eq(here.d.ops->list(here.d.disk, dir[0] ? dir : "\\", &listing), DOS_OK);
	for (unsigned n = 0; (e = here.d.ops->entry(here.d.disk, listing, n, &i)) != DOS_NO_MORE; n++) {
		char path[2 * DRIVE_PATH_MAX];

		if (e || i.name[0] == '.')
			continue;
		snprintf(path, sizeof path, "%s\\%s", dir, i.long_name);
		ck_assert_msg(thing_at(path) != NULL, "%s", path);
		ck_assert_str_eq(thing_at(path)->path, path);
		found++;
		if (i.attr & ATTR_DIR)
			found += count_in(path);
		snprintf(path, sizeof path, "%s\\%s", dir, i.name);
		ck_assert(there(&here, path));
	}
	return found;
}

static void compare(void)
{
	static uint8_t buf[4 << 20];
	unsigned things = 0;

	for (unsigned i = 0; i < NODES; i++) {
		struct thing *t = &model.thing[i];
		drive_file f;
		size_t n = sizeof buf;

		things += t->used;
		if (!t->used || t->dir)
			continue;
		f = must_open(&here, t->path, DRIVE_READ);
		ck_assert_int_eq(here.d.ops->read(here.d.disk, f, 0, buf, &n), DOS_OK);
		ck_assert_uint_eq(n, t->size);
		ck_assert(!n || memcmp(buf, t->data, n) == 0);
		release(&here, f);
	}
	ck_assert_uint_eq(count_in(""), things);
}

/* --- what others think of it -------------------------------------------------------------- */

static bool have(const char *program)
{
	char command[128];

	snprintf(command, sizeof command, "PATH=$PATH:/sbin:/usr/sbin command -v %s >/dev/null 2>&1", program);
	return system(command) == 0;
}

static void write_image(const char *path)
{
	FILE *f = fopen(path, "w");

	ck_assert(f && fwrite(disk.data, 512, disk.sectors, f) == disk.sectors);
	fclose(f);
}

static void run(const char *image, const char *format)
{
	char command[512];

	snprintf(command, sizeof command, format, image);
	ck_assert_msg(system(command) == 0, "%s", command);
}

/* mtools reads a file of the image as we wrote it.  */
static void ask_mtools(const char *image, const struct thing *t)
{
	char command[1024], path[DRIVE_PATH_MAX];
	uint8_t *buf = malloc(t->size + 2);
	FILE *f;
	size_t n;

	strcpy(path, t->path);
	for (char *s = path; *s; s++)
		if (*s == '\\')
			*s = '/';
	snprintf(command, sizeof command,
		 "MTOOLS_SKIP_CHECK=1 mtype -i %s '::%s'", image, path);
	f = popen(command, "r");
	ck_assert(f != NULL);
	n = fread(buf, 1, t->size + 1, f);
	ck_assert_msg(pclose(f) == 0 && n == t->size && (!n || memcmp(buf, t->data, n) == 0), "%s", command);
	free(buf);
}

static void ask_others(void)
{
	char image[] = "/tmp/dosvm-fat-XXXXXX";
	int fd = mkstemp(image);
	unsigned asked = 0;

	ck_assert(fd >= 0);
	close(fd);
	write_image(image);
	if (have("fsck.fat"))
		run(image, "PATH=$PATH:/sbin:/usr/sbin; out=$(fsck.fat -n %s 2>&1) || { echo \"$out\"; exit 1; }");
	if (have("mtype"))
		for (unsigned i = 0; i < NODES && asked < 40; i++)
			if (model.thing[i].used && !model.thing[i].dir &&
			    !strchr(model.thing[i].path, '[')) {	/* a wildcard of theirs */
				ask_mtools(image, &model.thing[i]);
				asked++;
			}
	unlink(image);
}

static const struct kind {
	uint64_t sectors;
	unsigned bits;
	uint32_t cluster;
} kinds[] = {
	{ 720, 0, 0 }, { 2880, 0, 0 }, { 20000, 16, 2048 }, { 9000, 16, 512 }, { 68000, 32, 512 },
	{ 32000, 12, 8192 },
};

START_TEST(random_operations_leave_what_the_model_says)
{
	const struct kind *k = &kinds[_i % (sizeof kinds / sizeof kinds[0])];

	model = (struct model){ .x = 1000 + _i };
	rig_format(k->sectors, (struct fat_format){ .bits = k->bits, .cluster = k->cluster, .label = "MODEL" });
	for (unsigned round = 0; round < 4; round++) {
		operate(1000);
		do_again();
		compare();
	}
	rig_unmount();
	ck_assert_str_eq(fat_check(disk.data, disk.sectors, true), "");
	ask_others();
	rig_mount();
	rig_close();
	for (unsigned i = 0; i < NODES; i++)
		free(model.thing[i].data);
}
END_TEST

/* Whatever the moment of the crash, no cluster has two owners, no chain leads to
 * a free one, no file is larger than its chain.  Each sector of a write may be
 * the last; FAT12 has numbers that lie across two, which go together.  */
static void is_sound(struct disk *d)
{
	const char *wrong = fat_check(d->data, d->sectors, false);

	ck_assert_msg(!wrong[0], "after %lu writes: %s", d->writes, wrong);
}

START_TEST(a_crash_loses_clusters_at_most)
{
	static const struct kind crash_kinds[] = {
		{ 720, 0, 0 }, { 5000, 16, 512 }, { 4700, 16, 512 }, { 68000, 32, 512 },
	};
	const struct kind *k = &crash_kinds[_i];

	model = (struct model){ .x = 77 + _i };
	rig_format(k->sectors, (struct fat_format){ .bits = k->bits, .cluster = k->cluster, .root = 64 });
	disk.torn = k->bits != 0;
	disk.wrote = is_sound;
	operate(k->bits == 32 ? 400 : 1500);
	disk.wrote = NULL;
	do_again();
	compare();
	rig_close();
	for (unsigned i = 0; i < NODES; i++)
		free(model.thing[i].data);
}
END_TEST

int main(void)
{
	TCase *tc = suite_case("model", NULL, NULL);

	tcase_set_timeout(tc, 120);
	tcase_add_loop_test(tc, random_operations_leave_what_the_model_says, 0, 12);
	tcase_add_loop_test(tc, a_crash_loses_clusters_at_most, 0, 4);
	return suite_run_case("drive_fat_model", tc);
}
