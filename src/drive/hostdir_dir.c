/* hostdir_dir.c - directories, read and remembered.
 *
 * A reading is good as long as the directory's change date is the same and
 * was old enough when it was read: within one tick of the kernel's clock
 * two changes have the same date.  Comparing with that clock is the one use
 * of the host's time here; no guest can see it.  */

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
	size_t pool_size, pool_used;
	uint32_t room;
};

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
	struct reading r = { .disk = disk, .dir = dir };
	int list;

	*dir = (struct hd_dir){ .id = ++disk->next_dir, .fd = fd, .stamp = *stamp,
		.current = true, .settled = settled(stamp) };
	if (!dir->id)
		dir->id = disk->next_dir = 1;
	list = openat(fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (list < 0 || !read_all(&r, list) || !hd_dir_name_all(disk, dir, old)) {
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
	dir->hash = hd_hash(host);
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
	uint32_t hash = hd_hash(host);

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
	uint8_t *warm = &disk->warm[hd_hash(host) % HD_WARM];
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
