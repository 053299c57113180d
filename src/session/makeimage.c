/* makeimage.c - new disk images: an empty file of the right size, and on it, where that
 * is wanted, a partition table and an empty file system.
 *
 * The file is sparse: what is not written costs the host nothing.  */

#include "session/makeimage.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/error.h"
#include "base/le.h"
#include "drive/fat.h"
#include "drive/volume.h"

#define KIB		UINT64_C(1024)
#define LEAST_DISK	(64 * KIB)
#define LAST_CHS	1023
#define LBA_SECTORS	(UINT64_C(1024) * 255 * 63)	/* what has more has no other numbers */

struct order {
	char path[PATH_MAX];
	const struct floppy_format *floppy;	/* NULL: a hard disk */
	uint64_t size;
	bool format;
};

/* "100M", "2G": whole sectors.  */
static bool parse_size(const char *text, uint64_t *size)
{
	static const char suffixes[] = "KMGT";
	char *end;
	uint64_t n;

	errno = 0;
	n = strtoull(text, &end, 10);
	if (end == text || *text == '-' || errno)
		return false;
	if (*end) {
		const char *s = strchr(suffixes, *end & 0xdf);

		if (!s || end[1])
			return false;
		for (; s >= suffixes && n <= UINT64_MAX / KIB; s--)
			n *= KIB;
		if (s >= suffixes)
			return false;
	}
	*size = n / SECTOR_SIZE * SECTOR_SIZE;
	return *size >= LEAST_DISK && *size <= IMAGE_MAX_SECTORS * SECTOR_SIZE;
}

/* By its name, 1.44M, or by its size, 1440K.  */
static const struct floppy_format *floppy_of(const char *name, uint64_t size)
{
	const struct floppy_format *f = floppy_formats;

	while (f->sectors && strcasecmp(f->name, name) != 0 &&
	       f->sectors * (uint64_t)SECTOR_SIZE != size)
		f++;
	return f->sectors ? f : NULL;
}

static bool parse_kind(const char *kind, struct order *o)
{
	if (!*kind)
		o->format = o->floppy != NULL;
	else if (strcmp(kind, "fat") == 0)
		o->format = true;
	else
		return strcmp(kind, "blank") == 0;
	return true;
}

/* The size is behind the last comma, or, with a kind, the last but one: names may have
 * them, too.  */
static bool parse(const char *text, struct order *o, struct error *err)
{
	char size[32], *comma;
	const char *kind = "";

	*o = (struct order){ .size = 0 };
	if (snprintf(o->path, sizeof o->path, "%s", text) >= (int)sizeof o->path)
		goto wrong;
	comma = strrchr(o->path, ',');
	if (comma && (strcmp(comma + 1, "fat") == 0 || strcmp(comma + 1, "blank") == 0)) {
		kind = comma + 1;
		*comma = 0;
		comma = strrchr(o->path, ',');
	}
	if (!comma || comma == o->path || strlen(comma + 1) >= sizeof size)
		goto wrong;
	strcpy(size, comma + 1);
	if (!parse_size(size, &o->size))
		o->size = 0;
	o->floppy = floppy_of(size, o->size);
	if (o->floppy)
		o->size = o->floppy->sectors * SECTOR_SIZE;
	if (!o->size || !parse_kind(kind, o))
		goto wrong;
	*comma = 0;
	return true;
wrong:
	error_set(err, "--make-image=%s: not FILE,SIZE[,fat|,blank]", text);
	return false;
}

/* --- What is on it ------------------------------------------------------------------ */

static bool medium_read(void *ctx, uint64_t sector, void *buf, size_t count)
{
	size_t done;

	return volume_read(ctx, sector, buf, count, &done) == IMAGE_OK;
}

/* A new file is zeros already: large FATs would only cost the host room.  */
static bool is_zero(const uint8_t *buf, size_t size)
{
	return !buf[0] && memcmp(buf, buf + 1, size - 1) == 0;
}

static bool medium_write(void *ctx, uint64_t sector, const void *buf, size_t count)
{
	const struct volume *v = ctx;
	size_t done;

	if (sector < v->sectors && count <= v->sectors - sector && count &&
	    is_zero(buf, count * SECTOR_SIZE))
		return true;
	return volume_write(ctx, sector, buf, count, &done) == IMAGE_OK;
}

static bool format(struct volume *v, uint8_t media, struct error *err)
{
	const struct image *im = v->image;
	struct fat_medium medium = {
		.ctx = v, .read = medium_read, .write = medium_write, .sectors = v->sectors,
	};
	struct fat_format f = {
		.hidden = v->start, .heads = im->chs.heads, .track = im->chs.sectors,
		.media = media, .drive = im->floppy ? 0x00 : 0x80, .serial = time(NULL),
	};

	return fat_format(&medium, &f, err);
}

static void put_chs(uint8_t *p, const struct chs *c, uint64_t sector)
{
	uint64_t cylinder = sector / ((uint64_t)c->heads * c->sectors);

	p[0] = cylinder > LAST_CHS ? c->heads - 1u : sector / c->sectors % c->heads;
	p[1] = cylinder > LAST_CHS ? c->sectors : sector % c->sectors + 1;
	p[1] |= (cylinder > LAST_CHS ? LAST_CHS : cylinder) >> 2 & 0xc0;
	p[2] = cylinder > LAST_CHS ? LAST_CHS : cylinder;
}

/* Of what fat_format() will make (MS-DOS, Windows 95).  */
static uint8_t partition_type(uint64_t start, uint64_t sectors)
{
	struct fat_format f = { .hidden = start };
	bool lba = start + sectors > LBA_SECTORS;

	switch (fat_format_bits(sectors, &f)) {
	case 12: return 0x01;
	case 32: return lba ? 0x0c : 0x0b;
	}
	if (sectors < 65536)
		return 0x04;
	return lba ? 0x0e : 0x06;
}

/* One partition for all, from the second track to the last whole cylinder.  */
static bool partition(struct image *im, struct volume *v, struct error *err)
{
	const struct chs *c = &im->chs;
	uint8_t sector[SECTOR_SIZE] = { [0x1fe] = 0x55, [0x1ff] = 0xaa }, *e = sector + 0x1be;
	uint64_t start = c->sectors, end = (uint64_t)c->cylinders * c->heads * c->sectors;
	size_t done;

	*v = (struct volume){ .image = im, .start = start, .sectors = end - start };
	e[0] = 0x80;
	e[4] = partition_type(start, end - start);
	put_chs(e + 1, c, start);
	put_chs(e + 5, c, end - 1);
	le_put32(e + 8, start);
	le_put32(e + 12, end - start);
	if (image_write(im, 0, sector, 1, &done) == IMAGE_OK)
		return true;
	error_set(err, "the partition table could not be written");
	return false;
}

static bool fill(struct order *o, struct error *err)
{
	struct volume v;
	struct image im;
	bool ok;

	if (!image_open(&im, o->path, o->floppy != NULL, false, err))
		return false;
	v = (struct volume){ .image = &im, .sectors = im.sectors };
	ok = (o->floppy || partition(&im, &v, err)) &&
	     format(&v, o->floppy ? o->floppy->media : 0xf8, err);
	image_close(&im);
	return ok;
}

bool make_image(const char *text, struct error *err)
{
	struct order o;
	int fd;

	if (!parse(text, &o, err))
		return false;
	fd = open(o.path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
	if (fd < 0 || ftruncate(fd, o.size) != 0) {
		error_set(err, "%s: %s", o.path, strerror(errno));
		if (fd >= 0) {
			close(fd);
			unlink(o.path);
		}
		return false;
	}
	close(fd);
	if (!o.format || fill(&o, err))
		return true;
	unlink(o.path);
	return false;
}
