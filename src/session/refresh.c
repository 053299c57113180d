/* refresh.c - a C: of an older dosvm gets what the installed dosroot has now.  */

#include "session/refresh.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

#define NOTES		".dosroot"
#define HEAD		"dosvm-dosroot 1 %016" PRIx64 "\n"
#define FILES		256		/* in a dosroot */
#define NAME		256		/* of a path in it */
#define ATTRIBUTES	"user.DOSATTRIB"

#define FNV_START	UINT64_C(0xcbf29ce484222325)
#define FNV_PRIME	UINT64_C(0x100000001b3)

struct entry {
	char path[NAME];		/* "dos/sort.com"; "temp/" a directory */
	uint64_t hash;			/* of what was put there */
};

struct notes {
	uint64_t root;			/* of which dosroot */
	size_t n;
	struct entry entry[FILES];
};

static uint64_t fnv(uint64_t hash, const void *data, size_t n)
{
	const unsigned char *p = data;

	while (n--)
		hash = (hash ^ *p++) * FNV_PRIME;
	return hash;
}

static bool join(char out[PATH_MAX], const char *dir, const char *name)
{
	return snprintf(out, PATH_MAX, "%s/%s", dir, name) < PATH_MAX;
}

/* --- walking a dosroot ------------------------------------------------------------- */

typedef bool each_fn(void *ctx, const char *path, const struct stat *st);

static bool walk(int at, const char *path, each_fn *each, void *ctx)
{
	int fd = openat(at, *path ? path : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *d = fd >= 0 ? fdopendir(fd) : NULL;
	struct dirent *e;
	bool ok = d != NULL;

	if (fd >= 0 && !d)
		close(fd);
	while (ok && (e = readdir(d)) != NULL) {
		char name[NAME];
		struct stat st;

		if (e->d_name[0] == '.')
			continue;
		ok = snprintf(name, sizeof name, "%s%s", path, e->d_name) < (int)sizeof name - 1 &&
		     fstatat(fd, e->d_name, &st, 0) == 0;
		if (ok && S_ISDIR(st.st_mode))
			strcat(name, "/");
		ok = ok && each(ctx, name, &st);
		if (ok && S_ISDIR(st.st_mode))
			ok = walk(at, name, each, ctx);
	}
	if (d)
		closedir(d);
	return ok;
}

static bool walk_root(const char *dosroot, each_fn *each, void *ctx)
{
	int fd = open(dosroot, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	bool ok = fd >= 0 && walk(fd, "", each, ctx);

	if (fd >= 0)
		close(fd);
	return ok;
}

/* The order in which a directory is read does not count.  */
static bool add_mark(void *ctx, const char *path, const struct stat *st)
{
	uint64_t *mark = ctx, hash = fnv(FNV_START, path, strlen(path));

	if (S_ISREG(st->st_mode)) {
		hash = fnv(hash, &st->st_size, sizeof st->st_size);
		hash = fnv(hash, &st->st_mtim.tv_sec, sizeof st->st_mtim.tv_sec);
		hash = fnv(hash, &st->st_mtim.tv_nsec, sizeof st->st_mtim.tv_nsec);
	}
	*mark += hash;
	return true;
}

/* Which dosroot it is.  */
static bool mark_of(const char *dosroot, uint64_t *mark)
{
	*mark = 0;
	return walk_root(dosroot, add_mark, mark);
}

/* --- notes ------------------------------------------------------------------------ */

/* Which dosroot the notes are of, without reading further.  */
static bool read_mark(const char *c, uint64_t *mark)
{
	char path[PATH_MAX], head[64];
	int fd = join(path, c, NOTES) ? open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW) : -1;
	ssize_t n = fd >= 0 ? read(fd, head, sizeof head - 1) : -1;

	if (fd >= 0)
		close(fd);
	if (n <= 0)
		return false;
	head[n] = 0;
	return sscanf(head, "dosvm-dosroot 1 %16" SCNx64, mark) == 1;
}

static bool read_notes(const char *c, struct notes *notes)
{
	char path[PATH_MAX], line[NAME + 32];
	FILE *f = join(path, c, NOTES) ? fopen(path, "re") : NULL;

	notes->n = 0;
	if (!f)
		return false;
	if (!fgets(line, sizeof line, f)) {
		fclose(f);
		return false;
	}
	while (notes->n < FILES && fgets(line, sizeof line, f)) {
		struct entry *e = &notes->entry[notes->n];

		line[strcspn(line, "\n")] = 0;
		if (strlen(line) < 18 || strlen(line + 17) >= NAME ||
		    sscanf(line, "%16" SCNx64, &e->hash) != 1)
			continue;
		strcpy(e->path, line + 17);
		notes->n++;
	}
	fclose(f);
	return true;
}

static bool write_notes(const char *c, const struct notes *notes)
{
	char path[PATH_MAX], new[PATH_MAX];
	FILE *f;
	bool ok;

	if (!join(path, c, NOTES) || !join(new, c, NOTES "-new"))
		return false;
	f = fopen(new, "we");
	if (!f)
		return false;
	ok = fprintf(f, HEAD, notes->root) > 0;
	for (size_t i = 0; i < notes->n; i++)
		ok = fprintf(f, "%016" PRIx64 " %s\n", notes->entry[i].hash,
			     notes->entry[i].path) > 0 && ok;
	ok = fclose(f) == 0 && ok;
	if (ok && rename(new, path) == 0)
		return true;
	unlink(new);
	return false;
}

static const struct entry *find_note(const struct notes *notes, const char *path)
{
	for (size_t i = 0; i < notes->n; i++)
		if (strcmp(notes->entry[i].path, path) == 0)
			return &notes->entry[i];
	return NULL;
}

static bool add_note(struct notes *notes, const char *path, uint64_t hash)
{
	struct entry *e = &notes->entry[notes->n];

	if (notes->n == FILES)
		return false;
	notes->n++;
	snprintf(e->path, sizeof e->path, "%s", path);
	e->hash = hash;
	return true;
}

/* --- files ------------------------------------------------------------------------ */

enum found { FOUND, MISSING, OTHER };	/* OTHER: no file, or not to be read */

static enum found hash_of(const char *path, uint64_t *hash, bool *is_shell)
{
	char buf[16384];
	struct stat st;
	int fd = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	ssize_t n;

	if (fd < 0)
		return errno == ENOENT ? MISSING : OTHER;
	*hash = FNV_START;
	*is_shell = false;
	if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode)) {
		close(fd);
		return OTHER;
	}
	while ((n = read(fd, buf, sizeof buf)) > 0) {
		if (*hash == FNV_START && n >= 0x88)	/* src/shell/data.h, D_MAGIC */
			*is_shell = memcmp(buf + 0x80, "dosvm-sh", 8) == 0;
		*hash = fnv(*hash, buf, n);
	}
	close(fd);
	return n == 0 ? FOUND : OTHER;
}

static bool copy_bytes(int in, int out)
{
	char buf[65536];
	ssize_t n;

	while ((n = read(in, buf, sizeof buf)) > 0)
		if (write(out, buf, n) != n)
			return false;
	return n == 0;
}

/* DOS attributes that the user has given a file are the user's.  */
static void keep_attributes(const char *from, const char *to)
{
	char value[64];
	ssize_t n = getxattr(from, ATTRIBUTES, value, sizeof value);

	if (n > 0 && setxattr(to, ATTRIBUTES, value, n, 0) != 0)
		return;
}

bool refresh_copy(const char *from, const char *to)
{
	char new[PATH_MAX];
	int in = open(from, O_RDONLY | O_CLOEXEC), out = -1;
	struct stat st;
	bool ok;

	if (snprintf(new, sizeof new, "%s.XXXXXX", to) < (int)sizeof new)
		out = mkostemp(new, O_CLOEXEC);
	ok = in >= 0 && out >= 0 && copy_bytes(in, out) && fstat(in, &st) == 0;
	if (ok) {
		mode_t mask = umask(0);

		umask(mask);
		fchmod(out, 0666 & ~mask);
		futimens(out, (struct timespec[]){ st.st_atim, st.st_mtim });
	}
	if (in >= 0)
		close(in);
	if (out < 0)
		return false;
	ok = close(out) == 0 && ok;
	if (ok) {
		keep_attributes(to, new);
		ok = rename(new, to) == 0;
	}
	if (!ok)
		unlink(new);
	return ok;
}

/* --- the work --------------------------------------------------------------------- */

struct work {
	const char *c, *dosroot;
	const struct notes *old;
	bool had_notes;
	struct notes *new;
};

/* A directory comes with its first file, or if dosroot has it anew.  */
static bool bring_directory(struct work *w, const char *path)
{
	char to[PATH_MAX];

	if (!find_note(w->old, path) && join(to, w->c, path))
		mkdir(to, 0777);
	return add_note(w->new, path, 0);
}

static bool bring(void *ctx, const char *path, const struct stat *st)
{
	struct work *w = ctx;
	const struct entry *note = find_note(w->old, path);
	char from[PATH_MAX], to[PATH_MAX];
	uint64_t wanted, is = 0;
	bool is_shell, unused, replace;
	enum found found;

	if (S_ISDIR(st->st_mode))
		return bring_directory(w, path);
	if (!join(from, w->dosroot, path) || !join(to, w->c, path) ||
	    hash_of(from, &wanted, &unused) != FOUND)
		return false;
	found = hash_of(to, &is, &is_shell);
	if (found == FOUND && is == wanted)
		return add_note(w->new, path, wanted);
	/* Without notes, the one file that we know for ours is COMMAND.COM, which
	 * must fit this dosvm.  */
	replace = found == MISSING ? !note :
		  found == FOUND && (note ? is == note->hash : !w->had_notes && is_shell);
	if (replace && !refresh_copy(from, to))
		return false;
	return add_note(w->new, path, replace || !note ? wanted : note->hash);
}

bool refresh_note(const char *c, const char *dosroot)
{
	struct notes none = { .n = 0 }, *new = calloc(1, sizeof *new);
	struct work w = { c, dosroot, &none, true, new };
	bool ok = new && mark_of(dosroot, &new->root) && walk_root(dosroot, bring, &w) &&
		  write_notes(c, new);

	free(new);
	return ok;
}

/* With C: locked.  */
static void do_refresh(const char *c, const char *dosroot, uint64_t mark, bool ours)
{
	struct notes *old = calloc(2, sizeof *old);
	struct work w = { c, dosroot, old, false, old ? old + 1 : NULL };
	uint64_t now;

	if (!old)
		return;
	w.had_notes = read_notes(c, old);
	w.new->root = mark;
	if ((w.had_notes || ours) && !(read_mark(c, &now) && now == mark) &&
	    walk_root(dosroot, bring, &w))
		write_notes(c, w.new);
	free(old);
}

void refresh(const char *c, const char *dosroot, bool ours)
{
	uint64_t mark, now;
	int fd;

	if (!mark_of(dosroot, &mark) || (read_mark(c, &now) ? now == mark : !ours))
		return;
	fd = open(c, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return;
	if (flock(fd, LOCK_EX) == 0)
		do_refresh(c, dosroot, mark, ours);
	close(fd);
}
