/* drive_room.h - a new directory for each test, mounted as a drive; and
 * short words for what tests do with it.  */

#ifndef DRIVE_ROOM_H
#define DRIVE_ROOM_H

#include <check.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "drive/hostdir.h"
#include "suite.h"

struct room {
	char path[64];
	struct drive_config config;
	struct drive d;
};

static inline void room_mount(struct room *r)
{
	struct error err;

	ck_assert_msg(drive_mount(&r->d, "hostdir", r->path, &r->config, &err), "%s", err.text);
}

static inline void room_open(struct room *r)
{
	*r = (struct room){ .path = "/tmp/dosvm-drive-XXXXXX", .config = { .code_page = 437 } };
	ck_assert(mkdtemp(r->path) != NULL);
	room_mount(r);
}

static inline void room_close(struct room *r)
{
	char command[160];

	drive_unmount(&r->d);
	snprintf(command, sizeof command, "chmod -R u+rwx %s; rm -rf %s", r->path, r->path);
	ck_assert_int_eq(system(command), 0);
}

/* For a suite whose tests have one room each, and are run by suite_run_each.  */
static struct room here;

static inline void room_open_here(void)
{
	room_open(&here);
}

static inline void room_close_here(void)
{
	room_close(&here);
}

/* The host's path of a name in the room; good until the next call.  */
static inline const char *host(const struct room *r, const char *name)
{
	static char path[512];

	snprintf(path, sizeof path, "%s/%s", r->path, name);
	return path;
}

static inline void host_file(const struct room *r, const char *name, const char *text)
{
	FILE *f = fopen(host(r, name), "w");

	ck_assert(f != NULL);
	fputs(text, f);
	fclose(f);
}

static inline void host_dir(const struct room *r, const char *name)
{
	ck_assert_int_eq(mkdir(host(r, name), 0777), 0);
}

static inline bool host_has(const struct room *r, const char *name)
{
	struct stat st;

	return lstat(host(r, name), &st) == 0;
}

/* Open for a test that does not care how.  */
static inline enum dos_error try_open(struct room *r, const char *path, unsigned mode,
				      drive_file *f)
{
	enum drive_did did;

	return r->d.ops->open(r->d.disk, path, mode, 0, f, &did);
}

static inline drive_file must_open(struct room *r, const char *path, unsigned mode)
{
	drive_file f = 0;

	ck_assert_int_eq(try_open(r, path, mode, &f), DOS_OK);
	ck_assert_uint_ne(f, 0);
	return f;
}

static inline void release(struct room *r, drive_file f)
{
	ck_assert_int_eq(r->d.ops->release(r->d.disk, f), DOS_OK);
}

/* The file's whole text, or "?" and the error's number.  */
static inline const char *text_of(struct room *r, const char *path)
{
	static char text[4096];
	size_t n = sizeof text - 1;
	drive_file f;
	enum dos_error e = try_open(r, path, DRIVE_READ, &f);

	if (!e) {
		e = r->d.ops->read(r->d.disk, f, 0, text, &n);
		release(r, f);
	}
	if (e)
		snprintf(text, sizeof text, "?%d", e);
	else
		text[n] = '\0';
	return text;
}

static inline enum dos_error info(struct room *r, const char *path, struct drive_info *out)
{
	return r->d.ops->info(r->d.disk, path, out);
}

static inline bool there(struct room *r, const char *path)
{
	struct drive_info i;

	return info(r, path, &i) == DOS_OK;
}

/* The 8.3 name that a host name in the root has now; "?" if none.  */
static inline const char *alias_of(struct room *r, const char *long_name)
{
	static char answer[PATH_83_MAX];
	char name[PATH_83_MAX], full[DRIVE_NAME_MAX];
	uint16_t listing;

	ck_assert_int_eq(r->d.ops->list(r->d.disk, "\\", &listing), DOS_OK);
	for (unsigned i = 0; r->d.ops->entry_name(r->d.disk, listing, i, name, full) != DOS_NO_MORE; i++)
		if (strcmp(full, long_name) == 0)
			return strcpy(answer, name);
	return "?";
}

/* All 8.3 names of a directory, with blanks between.  */
static inline const char *names_in(struct room *r, const char *dir)
{
	static char text[65536];
	struct drive_info i;
	uint16_t listing;
	enum dos_error e;

	text[0] = '\0';
	ck_assert_int_eq(r->d.ops->list(r->d.disk, dir, &listing), DOS_OK);
	for (unsigned n = 0; (e = r->d.ops->entry(r->d.disk, listing, n, &i)) != DOS_NO_MORE; n++)
		if (!e && strlen(text) + 16 < sizeof text) {
			if (text[0])
				strcat(text, " ");
			strcat(text, i.name);
		}
	return text;
}

#endif
