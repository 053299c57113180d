/* fat.h - a FAT12, FAT16 or FAT32 volume as a DOS drive.
 *
 * The volume is wherever the medium says: a whole floppy, a partition of a
 * disk.  Its boot sector says how it is laid out (fat_boot.c); what is wrong
 * with it costs the guest an error and nothing else.
 *
 * Nothing is kept back: when a call returns, the medium has it all.  The
 * order of writes is such that a crash between any two of them loses
 * clusters at most (fat_cache.c).  What is remembered of the medium to read
 * is forgotten by fat_changed() and fat_written().
 *
 * Dates of new and written files come from the configuration's clock, which
 * must be there for them: without one they are 1980-01-01.  */

#ifndef DRIVE_FAT_H
#define DRIVE_FAT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct drive;
struct drive_config;
struct error;

/* Sectors are of 512 bytes, and numbered from the volume's first, whatever
 * its boot sector takes for one.  False: the medium could not.  */
struct fat_medium {
	void *ctx;
	bool (*read)(void *ctx, uint64_t sector, void *buf, size_t count);
	bool (*write)(void *ctx, uint64_t sector, const void *buf, size_t count);
	/* When DOS commits a file, and at the end: what is still on its way to the
	 * host goes there.  NULL: nothing ever is.  */
	bool (*flush)(void *ctx);
	uint64_t sectors;
	bool read_only;			/* writing answers DOS_WRITE_PROTECTED */
	/* Accept a medium with no FAT volume on it.  Every call then answers
	 * DOS_NOT_DOS_DISK, until somebody has formatted it and fat_changed()
	 * or fat_written() says so.  */
	bool blank;
};

/* The medium is copied; its ctx must live as long as the drive.  False: there
 * is no FAT volume (and blank is not set), or no memory.  */
bool fat_open(struct drive *d, const struct fat_medium *m, const struct drive_config *c,
	      struct error *err);

/* Somebody wrote to the medium below us (INT 13h, 26h), or exchanged what is
 * in it: everything, or just these sectors.  Both are cheap; what is to be
 * read again is read when it is wanted.  Open files whose directory entry is
 * no longer theirs answer DOS_BAD_HANDLE from then on.  */
void fat_changed(struct drive *d);
void fat_written(struct drive *d, uint64_t sector, uint64_t count);

/* A new, empty volume.  What is 0 (or "") is chosen as FORMAT would for the
 * medium's size: floppies get their standard layouts.  */
struct fat_format {
	unsigned bits;			/* 12, 16, 32 */
	uint32_t cluster;		/* bytes in one, 512 .. 65536 */
	unsigned root;			/* entries of the root directory */
	unsigned fats;			/* copies of the table; 0: 2 */
	uint32_t hidden;		/* sectors before the volume on its disk */
	uint16_t heads, track;		/* the disk's geometry: heads, sectors per track */
	uint8_t media, drive;		/* media byte; BIOS drive number */
	uint32_t serial;		/* the volume's number, taken as it is */
	char label[12];
	uint16_t time, date;		/* of the label */
};

/* How many bits that will be, 0 if it cannot be done for this size.  */
unsigned fat_format_bits(uint64_t sectors, const struct fat_format *f);

/* False: it cannot be done for this size, or the medium cannot.  */
bool fat_format(const struct fat_medium *m, const struct fat_format *f, struct error *err);

#endif
