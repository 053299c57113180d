/* image_room.h - a file that is a disk, for each test a new one.  */

#ifndef IMAGE_ROOM_H
#define IMAGE_ROOM_H

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "base/le.h"
#include "drive/image.h"
#include "suite.h"

static char image_path[64];
static struct image image;
static struct error why;

static inline void new_file(void)
{
	int fd;

	strcpy(image_path, "/tmp/dosvm-image-XXXXXX");
	fd = mkstemp(image_path);
	ck_assert_int_ge(fd, 0);
	close(fd);
	image.fd = -1;
}

static inline void no_file(void)
{
	image_close(&image);
	unlink(image_path);
}

static inline void file_size(uint64_t size)
{
	ck_assert_int_eq(truncate(image_path, size), 0);
}

static inline void file_put(uint64_t at, const void *data, size_t size)
{
	int fd = open(image_path, O_WRONLY);

	ck_assert_int_ge(fd, 0);
	ck_assert_int_eq(pwrite(fd, data, size, at), size);
	close(fd);
}

static inline bool open_as(bool floppy)
{
	image_close(&image);
	return image_open(&image, image_path, floppy, false, &why);
}

static inline void image_opens(bool floppy)
{
	ck_assert_msg(open_as(floppy), "%s", why.text);
}

/* An entry of a partition table at sector `at'.  */
static inline void put_entry(uint64_t at, unsigned n, uint8_t type, uint32_t start, uint32_t size)
{
	uint8_t e[16] = { [4] = type };
	static const uint8_t signature[] = { 0x55, 0xaa };

	le_put32(e + 8, start);
	le_put32(e + 12, size);
	file_put(at * SECTOR_SIZE + 0x1be + n * 16, e, sizeof e);
	file_put(at * SECTOR_SIZE + 0x1fe, signature, sizeof signature);
}

/* A boot sector of a FAT volume.  */
static inline void put_boot(uint64_t at, uint32_t total, uint16_t track, uint16_t heads)
{
	uint8_t s[SECTOR_SIZE] = { 0xeb, 0x3c, 0x90 };

	le_put16(s + 0x0b, 512);
	s[0x0d] = 1;
	le_put16(s + 0x0e, 1);
	s[0x10] = 2;
	le_put16(s + 0x11, 112);
	le_put16(s + 0x13, total < 0x10000 ? total : 0);
	s[0x15] = 0xf0;
	le_put16(s + 0x16, 3);
	le_put16(s + 0x18, track);
	le_put16(s + 0x1a, heads);
	le_put32(s + 0x20, total < 0x10000 ? 0 : total);
	le_put16(s + 0x1fe, 0xaa55);
	file_put(at * SECTOR_SIZE, s, sizeof s);
}

#endif
