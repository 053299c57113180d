/* fat_rig.h - a medium in memory with a FAT volume on it, mounted as a drive.  */

#ifndef FAT_RIG_H
#define FAT_RIG_H

#include "drive_room.h"

#include "drive/fat.h"

struct disk {
	uint8_t *data;
	uint64_t sectors;
	unsigned long reads, writes;
	unsigned long last;		/* refuse every write after so many; 0: none */
	bool bad_first;			/* the first table cannot be read */
	/* Called after each write, if it is set; torn: after each sector of it.  */
	void (*wrote)(struct disk *disk);
	bool torn;
};

static struct disk disk;

static bool disk_inside(const struct disk *d, uint64_t sector, size_t count)
{
	return count && sector < d->sectors && count <= d->sectors - sector;
}

static bool disk_read(void *ctx, uint64_t sector, void *buf, size_t count)
{
	struct disk *d = ctx;

	ck_assert(disk_inside(d, sector, count));
	d->reads++;
	if (d->bad_first && sector == 1)
		return false;
	memcpy(buf, d->data + sector * 512, count * 512);
	return true;
}

static bool disk_write(void *ctx, uint64_t sector, const void *buf, size_t count)
{
	struct disk *d = ctx;

	ck_assert(disk_inside(d, sector, count));
	if (d->last && d->writes >= d->last)
		return false;
	d->writes++;
	if (d->torn && count > 1) {
		for (size_t i = 0; i < count; i++)
			disk_write(ctx, sector + i, (const uint8_t *)buf + i * 512, 1);
		return true;
	}
	memcpy(d->data + sector * 512, buf, count * 512);
	if (d->wrote)
		d->wrote(d);
	return true;
}

static inline struct fat_medium disk_medium(void)
{
	return (struct fat_medium){ .ctx = &disk, .read = disk_read, .write = disk_write,
				    .sectors = disk.sectors };
}

/* 2000-01-01 12:34:56, and some seconds later each time.  */
static void rig_clock(void *ctx, uint16_t *time, uint16_t *date)
{
	(void)ctx;
	*time = 12 << 11 | 34 << 5 | 28;
	*date = 20 << 9 | 1 << 5 | 1;
}

static inline bool rig_try_mount(void)
{
	struct fat_medium m = disk_medium();

	here.config.clock = rig_clock;
	here.config.code_page = 437;
	return fat_open(&here.d, &m, &here.config, NULL);
}

static inline void rig_mount(void)
{
	ck_assert(rig_try_mount());
}

static inline void rig_unmount(void)
{
	drive_unmount(&here.d);
}

static inline void rig_blank(uint64_t sectors)
{
	disk = (struct disk){ .data = calloc(sectors, 512), .sectors = sectors };
	ck_assert(disk.data != NULL);
}

static inline void rig_format(uint64_t sectors, struct fat_format f)
{
	struct fat_medium m;
	struct error err;

	rig_blank(sectors);
	m = disk_medium();
	ck_assert_msg(fat_format(&m, &f, &err), "%s", err.text);
	rig_mount();
}

static inline void rig_close(void)
{
	rig_unmount();
	free(disk.data);
	disk = (struct disk){ 0 };
}

/* A 1.44 MB floppy, for a suite whose tests have one each.  */
static inline void rig_open_floppy(void)
{
	rig_format(2880, (struct fat_format){ .label = "FLOPPY", .serial = 0x12345678 });
}

static inline void put_file(const char *path, const char *text)
{
	size_t n = strlen(text);
	drive_file f = must_open(&here, path, DRIVE_RDWR | DRIVE_CREATE | DRIVE_TRUNCATE | DRIVE_LONG);

	if (n) {
		ck_assert_int_eq(here.d.ops->write(here.d.disk, f, 0, text, &n), DOS_OK);
		ck_assert_uint_eq(n, strlen(text));
	}
	release(&here, f);
}

static inline enum dos_error make_dir(const char *path)
{
	return here.d.ops->mkdir(here.d.disk, path, true);
}

static inline struct drive_space space(void)
{
	struct drive_space s;

	ck_assert_int_eq(here.d.ops->space(here.d.disk, &s), DOS_OK);
	return s;
}

static inline uint64_t free_bytes(void)
{
	return space().free;
}

static inline size_t wr(drive_file f, uint32_t pos, const void *buf, size_t n)
{
	ck_assert_int_eq(here.d.ops->write(here.d.disk, f, pos, buf, &n), DOS_OK);
	return n;
}

#endif
