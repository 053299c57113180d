/* hostdir_dir.c - directories, read and remembered.
 *
 * A reading is good as long as the directory's change date is the same and
 * was old enough when it was read: within one tick of the kernel's clock
 * two changes have the same date.  Comparing with that clock is the one use
 * of the host's time here; no guest can see it.
 *
 * One hash table holds everything an entry can be asked for: its 8.3 name or
 * aliases, and its long name, in capitals.  Two entries never share a key.  */

#include "drive/hostdir.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define TICK_NS		12000000	/* longer than a tick at 100 Hz */
#define COARSE_S	3		/* file systems that keep (two) seconds only */
#define WANTED		32		/* uses that make a reading worth its price */

/* A reading in the making.  */
struct reading {
	struct hostdir *disk;
	struct hd_dir *dir;
	const struct hd_dir *old;	/* the reading before, or NULL */
	size_t pool_size, pool_used;
	uint32_t room;
};

static uint32_t hash_of(const char *key)
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
	uint32_t hash = hash_of(key), at = hash & (dir->slots - 1);

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
	*s = (struct hd_slot){ hash_of(key), (uint32_t)(e - dir->entry) + 1 };
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

static bool before(const struct reading *r, const struct hd_entry *a,
		   const struct hd_entry *b, const char *name)
{
	const char *ha = hd_entry_host(r->dir, a), *hb = hd_entry_host(r->dir, b);
	int ra = rank_of(r->disk, ha, name), rb = rank_of(r->disk, hb, name);

	return ra != rb ? ra < rb : strcmp(ha, hb) < 0;
}

/* The plain names first: nothing takes one away from them.  */
static void name_plain(struct reading *r, struct hd_entry *e)
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
static void name_long(struct reading *r, struct hd_entry *e)
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
static void name_hashed(struct reading *r, struct hd_entry *e)
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

static bool older(const struct reading *r, const struct hd_entry *a, const struct hd_entry *b)
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

static void name_short(struct reading *r, struct hd_entry *e)
{
	char name[PATH_83_MAX];
	struct hd_slot *s;

	if (!e->name[0])
		return;
	hd_short_alias(r->disk, hd_entry_host(r->dir, e), name);
	s = slot_of(r->disk, r->dir, name);
	if (s->entry) {
		struct hd_entry *there = &r->dir->entry[s->entry - 1];

		if (strcmp(there->other, name) != 0 || !older(r, e, there))
			return;
		there->other[0] = '\0';
	}
	strcpy(e->other, name);
	slot_take(r->dir, s, name, e);
}

/* Show the short alias, unless the other one was shown already.  */
static void choose_shown(struct reading *r, struct hd_entry *e)
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

static int by_host(const void *a, const void *b, void *ctx)
{
	const struct hd_dir *dir = ctx;
	const uint32_t *x = a, *y = b;

	return strcmp(hd_entry_host(dir, &dir->entry[*x]), hd_entry_host(dir, &dir->entry[*y]));
}

static bool name_all(struct reading *r)
{
	struct hd_dir *dir = r->dir;
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
	for (uint32_t i = 0; i < n; i++)
		name_short(r, &dir->entry[alias[i]]);
	for (uint32_t i = 0; i < n; i++)
		choose_shown(r, &dir->entry[alias[i]]);
	free(alias);
	return true;
}

static bool grow(void **p, size_t *room, size_t want, size_t each)
{
	size_t n = *room ? *room : 64;
	void *q;

	if (want <= *room)
		return true;
	while (n < want)
		n *= 2;
	q = realloc(*p, n * each);
	if (!q)
		return false;
	*p = q;
	*room = n;
	return true;
}

static uint8_t type_of(int fd, const struct dirent64 *d)
{
	struct stat st;

	if (d->d_type != DT_UNKNOWN)
		return d->d_type;
	if (fstatat(fd, d->d_name, &st, AT_SYMLINK_NOFOLLOW) != 0)
		return DT_UNKNOWN;
	return S_ISREG(st.st_mode) ? DT_REG : S_ISDIR(st.st_mode) ? DT_DIR :
	       S_ISLNK(st.st_mode) ? DT_LNK : DT_UNKNOWN;
}

static bool add(struct reading *r, int fd, const struct dirent64 *d)
{
	struct hd_dir *dir = r->dir;
	size_t len = strlen(d->d_name) + 1, room = r->room;
	uint8_t type;

	if (strcmp(d->d_name, ".") == 0 || strcmp(d->d_name, "..") == 0 ||
	    len > HD_HOST_NAME)
		return true;
	type = type_of(fd, d);
	if (type != DT_REG && type != DT_DIR && type != DT_LNK)
		return true;		/* no business of DOS's */
	if (!grow((void **)&dir->pool, &r->pool_size, r->pool_used + len, 1) ||
	    !grow((void **)&dir->entry, &room, dir->count + 1, sizeof *dir->entry))
		return false;
	r->room = room;
	dir->entry[dir->count++] = (struct hd_entry){ .host = r->pool_used, .type = type,
							   .ino = d->d_ino };
	memcpy(dir->pool + r->pool_used, d->d_name, len);
	r->pool_used += len;
	return true;
}

static bool read_all(struct reading *r, int fd)
{
	_Alignas(struct dirent64) char buf[32768];

	for (;;) {
		ssize_t n = getdents64(fd, buf, sizeof buf);

		if (n <= 0)
			return n == 0;
		for (ssize_t at = 0; at < n;) {
			const struct dirent64 *d = (const void *)(buf + at);

			if (!add(r, fd, d)) {
				errno = ENOMEM;
				return false;
			}
			at += d->d_reclen;
		}
	}
}

static void dir_free(struct hd_dir *dir)
{
	if (!dir->id)
		return;
	close(dir->fd);
	free(dir->entry);
	free(dir->slot);
	free(dir->order);
	free(dir->pool);
	free(dir->host);
	*dir = (struct hd_dir){ .fd = -1 };
}

void hd_dir_free_all(struct hostdir *disk)
{
	for (unsigned i = 0; i < HD_DIRS; i++)
		dir_free(&disk->dir[i]);
}

static bool stamp_of(int fd, struct hd_stamp *stamp)
{
	struct stat st;

	if (fstat(fd, &st) != 0)
		return false;
	*stamp = (struct hd_stamp){ .dev = st.st_dev, .ino = st.st_ino,
		.sec = st.st_ctim.tv_sec, .nsec = st.st_ctim.tv_nsec };
	return true;
}

/* Has the directory been left alone for so long that another change would
 * have another date?  */
static bool settled(const struct hd_stamp *stamp)
{
	struct timespec now;
	int64_t ns;

	clock_gettime(CLOCK_REALTIME_COARSE, &now);
	if (now.tv_sec - stamp->sec > COARSE_S)
		return true;
	ns = (now.tv_sec - stamp->sec) * 1000000000 + now.tv_nsec - stamp->nsec;
	return stamp->nsec != 0 && ns > TICK_NS;
}

static struct hd_dir *remembered(struct hostdir *disk, const struct hd_stamp *stamp)
{
	for (unsigned i = 0; i < HD_DIRS; i++) {
		struct hd_dir *d = &disk->dir[i];

		if (d->id && d->current && d->stamp.ino == stamp->ino &&
		    d->stamp.dev == stamp->dev)
			return d;
	}
	return NULL;
}

/* A place for a new reading: a free one, or that not used for longest.  */
static struct hd_dir *victim(struct hostdir *disk, const struct hd_dir *keep)
{
	struct hd_dir *v = NULL;

	for (unsigned i = 0; i < HD_DIRS; i++) {
		struct hd_dir *d = &disk->dir[i];

		if (!d->id)
			return d;
		if (d != keep && (!v || d->used < v->used))
			v = d;
	}
	dir_free(v);
	return v;
}

static enum dos_error read_dir(struct hostdir *disk, int fd, const struct hd_stamp *stamp,
			       struct hd_dir *old, struct hd_dir **out)
{
	struct hd_dir *dir = victim(disk, old);
	struct reading r = { .disk = disk, .dir = dir, .old = old };
	int list;

	*dir = (struct hd_dir){ .id = ++disk->next_dir, .fd = fd, .stamp = *stamp,
		.current = true, .settled = settled(stamp) };
	if (!dir->id)
		dir->id = disk->next_dir = 1;
	list = openat(fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (list < 0 || !read_all(&r, list) || !name_all(&r)) {
		enum dos_error e = hd_error(errno);

		if (list >= 0)
			close(list);
		dir_free(dir);
		return e;
	}
	close(list);
	if (old)
		old->current = false;
	*out = dir;
	return DOS_OK;
}

static bool is_at(const struct hd_dir *dir, const char *host)
{
	return dir->host && strcmp(dir->host, host) == 0;
}

/* Links lead to the same directory by several paths; the last one counts.  */
static void move_to(struct hd_dir *dir, const char *host)
{
	free(dir->host);
	dir->host = strdup(host);
	dir->hash = hash_of(host);
}

enum dos_error hd_dir_get(struct hostdir *disk, const char *host, struct hd_dir **out)
{
	int fd = beneath_open(&disk->root, host, O_PATH | O_DIRECTORY);
	struct hd_stamp stamp;
	struct hd_dir *dir;
	enum dos_error e = DOS_OK;

	if (fd < 0)
		return hd_path_error(errno);
	if (!stamp_of(fd, &stamp)) {
		close(fd);
		return DOS_NO_PATH;
	}
	dir = remembered(disk, &stamp);
	if (dir && dir->settled && memcmp(&dir->stamp, &stamp, sizeof stamp) == 0)
		close(fd);
	else
		e = read_dir(disk, fd, &stamp, dir, &dir);
	if (e)
		return e;
	if (!is_at(dir, host))
		move_to(dir, host);
	dir->used = ++disk->clock;
	*out = dir;
	return DOS_OK;
}

struct hd_dir *hd_dir_good(struct hostdir *disk, const char *host, uint64_t ino)
{
	uint32_t hash = hash_of(host);

	for (unsigned i = 0; i < HD_DIRS; i++) {
		struct hd_dir *dir = &disk->dir[i];
		struct hd_stamp now;

		if (!dir->id || dir->hash != hash || dir->stamp.ino != ino || !dir->current ||
		    !is_at(dir, host))
			continue;
		if (!dir->settled || !stamp_of(dir->fd, &now) ||
		    memcmp(&now, &dir->stamp, sizeof now) != 0)
			return NULL;
		dir->used = ++disk->clock;
		return dir;
	}
	return NULL;
}

/* Reading a large directory costs as much as many steps without a reading,
 * and is for nothing while it changes.  */
void hd_dir_wanted(struct hostdir *disk, const char *host)
{
	uint8_t *warm = &disk->warm[hash_of(host) % HD_WARM];
	struct hd_dir *dir;

	if (++*warm < WANTED)
		return;
	*warm = 0;
	hd_dir_get(disk, host, &dir);
}

struct hd_dir *hd_dir_by_id(struct hostdir *disk, uint32_t id)
{
	for (unsigned i = 0; id && i < HD_DIRS; i++)
		if (disk->dir[i].id == id) {
			disk->dir[i].used = ++disk->clock;
			return &disk->dir[i];
		}
	return NULL;
}

static int by_name(const void *a, const void *b, void *ctx)
{
	const struct hd_dir *dir = ctx;
	const uint32_t *x = a, *y = b;

	return strcmp(dir->entry[*x].name, dir->entry[*y].name);
}

static bool in_order(struct hd_dir *dir)
{
	if (dir->order)
		return true;
	dir->order = malloc((dir->count + 1) * sizeof *dir->order);
	if (!dir->order)
		return false;
	for (uint32_t i = 0; i < dir->count; i++)
		dir->order[i] = i;
	qsort_r(dir->order, dir->count, sizeof *dir->order, by_name, dir);
	return true;
}

const struct hd_entry *hd_dir_nth(struct hd_dir *dir, uint32_t n)
{
	return in_order(dir) ? &dir->entry[dir->order[n]] : NULL;
}

uint32_t hd_dir_after(struct hd_dir *dir, const char *name)
{
	uint32_t low = 0, high = dir->count;

	if (!in_order(dir))
		return 0;
	while (low < high) {
		uint32_t mid = (low + high) / 2;

		if (strcmp(dir->entry[dir->order[mid]].name, name) <= 0)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}
