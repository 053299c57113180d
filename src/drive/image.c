/* image.c - a disk whose sectors are a file of the host.  */

#include "drive/image.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "drive/partition.h"
#include "state/state.h"

#define LARGEST_FLOPPY	5760

const struct floppy_format floppy_formats[] = {
	{ "160K", 320, { 40, 1, 8 }, 1, 0xfe, 1, 64, 1 },
	{ "180K", 360, { 40, 1, 9 }, 1, 0xfc, 1, 64, 2 },
	{ "320K", 640, { 40, 2, 8 }, 1, 0xff, 2, 112, 1 },
	{ "360K", 720, { 40, 2, 9 }, 1, 0xfd, 2, 112, 2 },
	{ "720K", 1440, { 80, 2, 9 }, 3, 0xf9, 2, 112, 3 },
	{ "1.2M", 2400, { 80, 2, 15 }, 2, 0xf9, 1, 224, 7 },
	{ "1.44M", 2880, { 80, 2, 18 }, 4, 0xf0, 1, 224, 9 },
	{ "1.68M", 3360, { 80, 2, 21 }, 4, 0xf0, 4, 16, 3 },
	{ "2.88M", 5760, { 80, 2, 36 }, 5, 0xf0, 2, 240, 9 },
	{ NULL, 0, { 0 }, 0, 0, 0, 0, 0 },
};

const struct floppy_format *floppy_format(uint32_t cylinders, uint16_t heads, uint8_t sectors)
{
	const struct floppy_format *f = floppy_formats;

	for (; f->sectors; f++)
		if (f->chs.cylinders == cylinders && f->chs.heads == heads &&
		    f->chs.sectors == sectors)
			return f;
	return NULL;
}

static void set_format(struct image *im, const struct floppy_format *f)
{
	im->chs = f->chs;
	im->sectors = f->sectors;
}

/* --- Geometry ------------------------------------------------------------- */

/* What drive reads disks of this kind.  */
static uint8_t drive_for(const struct chs *c)
{
	if (c->cylinders <= 43)
		return 1;
	if (c->sectors <= 10)
		return 3;
	return c->sectors <= 16 ? 2 : c->sectors <= 24 ? 4 : 5;
}

static bool floppy_by_bpb(struct image *im)
{
	uint8_t sector[SECTOR_SIZE];
	struct bpb b;
	size_t done;
	uint32_t cylinder;

	if (image_read(im, 0, sector, 1, &done) || !bpb_read(sector, &b) ||
	    !b.heads || b.heads > 2 || !b.track_sectors || b.track_sectors > 40)
		return false;
	cylinder = b.heads * b.track_sectors;
	if (b.total % cylinder || b.total / cylinder > 86 || b.total > LARGEST_FLOPPY)
		return false;
	im->chs = (struct chs){ b.total / cylinder, b.heads, b.track_sectors };
	im->sectors = b.total;
	return true;
}

static bool find_floppy(struct image *im, const char *path, struct error *err)
{
	const struct floppy_format *f = floppy_formats;

	im->sectors = (im->length + SECTOR_SIZE - 1) / SECTOR_SIZE;
	if (!floppy_by_bpb(im)) {
		while (f->sectors && f->sectors * SECTOR_SIZE != im->length)
			f++;
		if (!f->sectors) {
			error_set(err, "%s: neither the size of a diskette, nor a boot sector of one", path);
			return false;
		}
		set_format(im, f);
	}
	if (im->length > LARGEST_FLOPPY * SECTOR_SIZE) {
		error_set(err, "%s: too large for a diskette", path);
		return false;
	}
	im->drive = drive_for(&im->chs);
	/* A 720K disk is read by a 1.44M drive, too, which then can format both; but
	 * that a file is larger says what it was.  */
	if (im->drive == 3 && im->length >= 2880 * SECTOR_SIZE)
		im->drive = 4;
	return true;
}

/* The translation that everybody used: up to 1024 cylinders (Phoenix, "BIOS enhanced
 * disk drive specification", LBA assisted).  */
static struct chs usual_geometry(uint64_t sectors)
{
	struct chs c = { 0, 16, 63 };

	while (c.heads < 128 && sectors / (c.heads * 63u) > 1024)
		c.heads *= 2;
	if (sectors / (c.heads * 63u) > 1024)
		c.heads = 255;
	if (sectors < c.heads * 63u) {		/* less than a cylinder */
		c.heads = 1;
		c.sectors = sectors < 63 ? sectors : 63;
	}
	c.cylinders = sectors / (c.heads * c.sectors);
	return c;
}

static bool find_hard_disk(struct image *im, const char *path, struct error *err)
{
	im->sectors = im->length / SECTOR_SIZE;
	if (!im->sectors || im->sectors > IMAGE_MAX_SECTORS) {
		error_set(err, "%s: %s for a disk", path, im->sectors ? "too large" : "too small");
		return false;
	}
	im->chs = usual_geometry(im->sectors);
	partition_geometry(im, &im->chs);
	return true;
}

/* --- The file --------------------------------------------------------------- */

/* Nobody may write to it: then the disk is protected, too.  */
static int open_file(const char *path, bool *read_only)
{
	int flags = O_CLOEXEC | O_NONBLOCK | O_NOCTTY, fd = -1;

	if (!*read_only)
		fd = open(path, O_RDWR | flags);
	if (fd >= 0 || (!*read_only && errno != EACCES && errno != EROFS && errno != EPERM))
		return fd;
	*read_only = true;
	return open(path, O_RDONLY | flags);
}

/* Host file systems without locks have none of ours.  */
static bool lock(int fd, bool shared)
{
	return flock(fd, (shared ? LOCK_SH : LOCK_EX) | LOCK_NB) == 0 || errno != EWOULDBLOCK;
}

static bool take_file(struct image *im, const char *path, struct error *err)
{
	struct stat st;

	if (fstat(im->fd, &st) != 0) {
		error_set(err, "%s: %s", path, strerror(errno));
		return false;
	}
	if (!S_ISREG(st.st_mode)) {
		error_set(err, "%s: not a regular file", path);
		return false;
	}
	if (!(st.st_mode & 0222))	/* also for those who may all */
		im->read_only = true;
	if (!lock(im->fd, im->read_only)) {
		error_set(err, "%s: in use by another program, or mounted twice", path);
		return false;
	}
	im->length = st.st_size;
	return true;
}

bool image_open(struct image *im, const char *path, bool floppy, bool read_only,
		struct error *err)
{
	*im = (struct image){ .floppy = floppy, .read_only = read_only };
	im->fd = open_file(path, &im->read_only);
	if (im->fd < 0) {
		error_set(err, "%s: %s", path, strerror(errno));
		return false;
	}
	if (take_file(im, path, err) &&
	    (floppy ? find_floppy(im, path, err) : find_hard_disk(im, path, err)))
		return true;
	image_close(im);
	return false;
}

void image_close(struct image *im)
{
	if (im->fd >= 0)
		close(im->fd);
	im->fd = -1;
}

/* --- Sectors ------------------------------------------------------------------ */

/* At most those that there are.  */
static size_t clip(const struct image *im, uint64_t first, size_t count)
{
	if (first >= im->sectors)
		return 0;
	return count > im->sectors - first ? im->sectors - first : count;
}

/* Bytes; what is past the end of the file is zeros, but what has been there and is
 * not any more is lost.  Answers how many could be read.  */
static size_t read_bytes(struct image *im, uint64_t at, uint8_t *buf, size_t size)
{
	size_t n = 0;

	while (n < size && at + n < im->length) {
		size_t want = size - n < im->length - at - n ? size - n : im->length - at - n;
		ssize_t got = pread(im->fd, buf + n, want, at + n);

		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return n;
		n += got;
	}
	memset(buf + n, 0, size - n);
	return size;
}

static size_t write_bytes(struct image *im, uint64_t at, const uint8_t *buf, size_t size)
{
	size_t n = 0;

	while (n < size) {
		ssize_t put = pwrite(im->fd, buf + n, size - n, at + n);

		if (put < 0 && errno == EINTR)
			continue;
		if (put <= 0)
			break;
		n += put;
	}
	if (at + n > im->length && n)
		im->length = at + n;
	return n;
}

enum image_result image_read(struct image *im, uint64_t first, void *buf, size_t count,
			     size_t *done)
{
	size_t there = clip(im, first, count);

	*done = read_bytes(im, first * SECTOR_SIZE, buf, there * SECTOR_SIZE) / SECTOR_SIZE;
	if (*done < there)
		return IMAGE_READ_FAULT;
	return there < count ? IMAGE_NO_SECTOR : IMAGE_OK;
}

enum image_result image_write(struct image *im, uint64_t first, const void *buf, size_t count,
			      size_t *done)
{
	size_t there = clip(im, first, count);

	*done = 0;
	if (im->read_only)
		return IMAGE_PROTECTED;
	im->saved = false;
	*done = write_bytes(im, first * SECTOR_SIZE, buf, there * SECTOR_SIZE) / SECTOR_SIZE;
	if (*done < there)
		return IMAGE_WRITE_FAULT;
	return there < count ? IMAGE_NO_SECTOR : IMAGE_OK;
}

enum image_result image_write_below(struct image *im, uint64_t first, const void *buf,
				    size_t count, size_t *done)
{
	enum image_result r = image_write(im, first, buf, count, done);

	if (im->wrote && r != IMAGE_PROTECTED)
		im->wrote(im->ctx, im, first, *done ? *done : 1);
	return r;
}

/* --- Formatting ----------------------------------------------------------------- */

bool image_drive_reads(uint8_t drive, uint8_t kind)
{
	static const uint8_t formats[] = {	/* that a drive has, a bit each */
		[1] = 1 << 1, [2] = 1 << 1 | 1 << 2, [3] = 1 << 3, [4] = 1 << 3 | 1 << 4,
		[5] = 1 << 3 | 1 << 4 | 1 << 5,
	};

	return drive < sizeof formats && formats[drive] & 1 << kind;
}

bool image_can_have(const struct image *im, const struct floppy_format *f)
{
	return f && image_drive_reads(im->drive, f->drive) && f->sectors * SECTOR_SIZE <= im->length;
}

static void take_wanted(struct image *im)
{
	const struct floppy_format *f =
		floppy_format(im->wanted.cylinders, im->wanted.heads, im->wanted.sectors);

	if (image_can_have(im, f))
		set_format(im, f);
	im->wanted = (struct chs){ 0 };
}

bool image_format_track(struct image *im, unsigned cylinder, unsigned head, uint8_t fill,
			enum image_result *r)
{
	uint8_t sector[SECTOR_SIZE];
	uint64_t first;
	size_t done;

	if (im->floppy && !im->read_only && !cylinder && !head)
		take_wanted(im);
	if (cylinder >= im->chs.cylinders || head >= im->chs.heads)
		return false;
	memset(sector, fill, sizeof sector);
	first = ((uint64_t)cylinder * im->chs.heads + head) * im->chs.sectors;
	*r = IMAGE_OK;
	for (unsigned i = 0; i < im->chs.sectors && *r == IMAGE_OK; i++)
		*r = image_write_below(im, first + i, sector, 1, &done);
	return true;
}

bool image_flush(struct image *im)
{
	return im->read_only || fdatasync(im->fd) == 0;
}

/* --- Snapshots ------------------------------------------------------------------ */

static void chs_state(struct chs *c, struct state *st)
{
	uint16_t sectors = c->sectors;

	state_u32(st, &c->cylinders);
	state_u16(st, &c->heads);
	state_u16(st, &sectors);
	c->sectors = sectors;
}

/* A geometry that is not the disk's makes no sector reachable that is not there,
 * but nobody may divide by it.  */
static bool chs_fits(const struct image *im, const struct chs *c)
{
	return c->heads && c->sectors && (uint64_t)c->cylinders * c->heads * c->sectors <= im->sectors;
}

void image_state(struct image *im, struct state *st)
{
	uint64_t size = 0, sectors = im->sectors;
	int64_t seconds = 0;
	uint32_t nanoseconds = 0;
	struct chs chs = im->chs;
	struct stat now;

	if (fstat(im->fd, &now) != 0)
		memset(&now, 0, sizeof now);
	if (st->mode == STATE_SAVE) {
		size = now.st_size;
		seconds = now.st_mtim.tv_sec;
		nanoseconds = now.st_mtim.tv_nsec;
	}
	state_u64(st, &size);
	state_s64(st, &seconds);
	state_u32(st, &nanoseconds);
	state_u64(st, &sectors);
	chs_state(&chs, st);
	chs_state(&im->wanted, st);
	im->saved = true;
	if (st->mode == STATE_SAVE || !state_ok(st))
		return;
	if (size != (uint64_t)now.st_size || seconds != now.st_mtim.tv_sec ||
	    nanoseconds != now.st_mtim.tv_nsec || sectors != im->sectors)
		state_fail(st, "the image of a disk is another one, or has changed since");
	else if (!chs_fits(im, &chs))
		state_fail(st, "a disk with an impossible geometry");
	else
		im->chs = chs;
}
