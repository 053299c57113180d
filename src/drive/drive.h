/* drive.h - what DOS needs from whatever stands behind a drive letter.
 *
 * Paths are absolute on the drive, in the guest's code page, without a
 * letter: "\\DIR\\FILE.TXT"; the root is "\\".  A component may be an 8.3
 * name or a long one; lookup is case-insensitive and finds either.  The
 * kernel has resolved "." and "..", wildcards and device names before.
 *
 * Every function answers DOS_OK or a DOS error code, and puts its result
 * through the last pointer.  None blocks: where only the outside can help
 * (a pipe with nothing in it yet) the answer is DRIVE_WAIT.
 *
 * Times are DOS local time, as packed words (INT 21h/5700h).  */

#ifndef DRIVE_H
#define DRIVE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct error;
struct state;
struct volume;

/* INT 21h/59h, Ralf Brown's table 01680.  */
enum dos_error {
	DOS_OK = 0, DOS_BAD_FUNCTION = 1, DOS_NO_FILE = 2, DOS_NO_PATH = 3,
	DOS_TOO_MANY = 4, DOS_DENIED = 5, DOS_BAD_HANDLE = 6,
	DOS_MCB_DESTROYED = 7, DOS_NO_MEMORY = 8, DOS_BAD_BLOCK = 9,
	DOS_BAD_ENVIRONMENT = 10, DOS_BAD_FORMAT = 11, DOS_BAD_ACCESS = 12,
	DOS_BAD_DATA = 13, DOS_BAD_DRIVE = 15, DOS_CURRENT_DIR = 16,
	DOS_NOT_SAME_DEVICE = 17, DOS_NO_MORE = 18, DOS_WRITE_PROTECTED = 19,
	DOS_UNKNOWN_UNIT = 20, DOS_NOT_READY = 21, DOS_BAD_COMMAND = 22,
	DOS_CRC = 23, DOS_BAD_LENGTH = 24, DOS_SEEK = 25, DOS_NOT_DOS_DISK = 26,
	DOS_SECTOR_NOT_FOUND = 27, DOS_PAPER_OUT = 28, DOS_WRITE_FAULT = 29,
	DOS_READ_FAULT = 30, DOS_GENERAL_FAILURE = 31, DOS_SHARING = 32,
	DOS_LOCK = 33, DOS_WRONG_DISK = 34, DOS_NO_FCB = 35,
	DOS_SHARE_BUFFER = 36, DOS_CODE_PAGE = 37, DOS_DISK_FULL = 39,
	DOS_UNSUPPORTED = 50, DOS_FILE_EXISTS = 80, DOS_CANNOT_MAKE = 82,
	DOS_FAIL_24 = 83, DOS_BAD_PARAMETER = 87,

	DRIVE_WAIT = 0xffff,	/* not for the guest: ask again later */
};

enum dos_attr {
	ATTR_READ_ONLY = 0x01, ATTR_HIDDEN = 0x02, ATTR_SYSTEM = 0x04,
	ATTR_LABEL = 0x08, ATTR_DIR = 0x10, ATTR_ARCHIVE = 0x20,
};

#define DRIVE_PATH_MAX	260	/* with NUL (LFN API limit, INT 21h/71A0h) */
#define DRIVE_NAME_MAX	256	/* one long component, with NUL */

struct drive_info {
	char name[13];			/* the 8.3 name, "NAME.EXT", upper case */
	char long_name[DRIVE_NAME_MAX];	/* in the code page; = name if there is no other */
	uint8_t attr;
	uint16_t time, date;		/* last write */
	uint16_t ctime, cdate;		/* creation; = last write where unknown */
	uint16_t adate;			/* last access */
	uint32_t size;			/* the largest number, if it is larger than that */
	uint64_t whole_size;		/* what it really is; 0: as above */
	uint64_t id;			/* tells one file of the drive from another; 0: unknown */
	uint32_t links;			/* names it has; 0: unknown */
};

/* Bytes, not clusters; the kernel makes the clusters that fit the call.  */
struct drive_space {
	uint64_t total, free;
	uint32_t cluster;		/* bytes in one: 512 .. 32768 */
};

/* What open is to do; the low byte is the INT 21h/3Dh mode byte (access in
 * bits 0-2, sharing in 4-6, no-inherit in 7).  */
enum drive_open {
	DRIVE_READ = 0, DRIVE_WRITE = 1, DRIVE_RDWR = 2, DRIVE_ACCESS = 7,
	DRIVE_SHARE = 0x70,
	DRIVE_SHARE_FCB = 0x70,		/* an FCB of the network's: compatibility */
	DRIVE_CREATE = 0x100,		/* make it if it does not exist */
	DRIVE_TRUNCATE = 0x200,		/* empty it if it exists */
	DRIVE_EXCLUSIVE = 0x400,	/* fail with DOS_FILE_EXISTS if it exists */
	DRIVE_LONG = 0x800,		/* a new file gets the name as given, not 8.3 */
	DRIVE_COMPAT_FCB = 0x1000,	/* opened by an FCB call */
};

/* What an open did, for INT 21h/6Ch.  */
enum drive_did { DRIVE_OPENED = 1, DRIVE_CREATED = 2, DRIVE_REPLACED = 3 };

typedef uint32_t drive_file;		/* a number of the drive's own, never 0 */

struct drive_ops {
	const char *name;		/* "hostdir", "fat", "iso", "mem", "stdio" */
	void (*close)(void *disk);

	/* Files.  `owner' (a PSP segment) tells apart locks.  open: DOS_SHARING
	 * where somebody's sharing mode forbids it; whether the program is told
	 * so, or asked with INT 24h (compatibility mode), is the kernel's to say.  */
	enum dos_error (*open)(void *disk, const char *path, unsigned mode, uint8_t attr,
			       drive_file *f, enum drive_did *did);
	enum dos_error (*release)(void *disk, drive_file f);
	/* *n: in, bytes wanted; out, bytes moved.  A short read is the end of the
	 * file; a short write a full disk.  pos beyond the end: reads 0 bytes,
	 * writes extend.  write with *n = 0 sets the size to pos.  */
	enum dos_error (*read)(void *disk, drive_file f, uint32_t pos, void *buf, size_t *n);
	enum dos_error (*write)(void *disk, drive_file f, uint32_t pos, const void *buf, size_t *n);
	enum dos_error (*file_info)(void *disk, drive_file f, struct drive_info *out);
	/* Would a read of one byte give it (DOS_OK), meet the end (DOS_NO_MORE), or
	 * have to wait (DRIVE_WAIT)?  NULL: as the size says.  */
	enum dos_error (*ready)(void *disk, drive_file f, uint32_t pos);
	enum dos_error (*set_time)(void *disk, drive_file f, uint16_t time, uint16_t date);
	enum dos_error (*flush)(void *disk, drive_file f);
	/* Record locks (INT 21h/5Ch): DOS_LOCK if somebody else holds a part of
	 * the range, or on unlock if it is not exactly one of ours.  */
	enum dos_error (*lock)(void *disk, drive_file f, uint16_t owner, bool on,
			       uint32_t pos, uint32_t size);

	/* Names.  */
	enum dos_error (*info)(void *disk, const char *path, struct drive_info *out);
	enum dos_error (*remove)(void *disk, const char *path);
	enum dos_error (*rename)(void *disk, const char *from, const char *to, bool long_name);
	enum dos_error (*mkdir)(void *disk, const char *path, bool long_name);
	enum dos_error (*rmdir)(void *disk, const char *path);
	enum dos_error (*set_attr)(void *disk, const char *path, uint8_t attr);
	/* which: 0 last write, 1 last access, 2 creation.  */
	enum dos_error (*set_path_time)(void *disk, const char *path, unsigned which,
					uint16_t time, uint16_t date);
	/* The same path in all-short (8.3) or all-long components.  NULL: the
	 * drive has no long names.  */
	enum dos_error (*canon)(void *disk, const char *path, bool long_name,
				char out[DRIVE_PATH_MAX]);

	/* Directories.  A listing is a number that lives until it is old and
	 * many newer ones exist (at least 4,096), and across snapshots.
	 * Entries 0, 1, ... come in the drive's order (by name, or as they are on
	 * the disk; "." and ".." first in sub-directories); DOS_NO_MORE past the
	 * last.  DOS_NO_FILE where there is none, or none any more: take the
	 * next number.  */
	enum dos_error (*list)(void *disk, const char *dir, uint16_t *listing);
	enum dos_error (*entry)(void *disk, uint16_t listing, unsigned nth,
				struct drive_info *out);
	/* Its names alone, without a look at the file: much cheaper, for
	 * finding those that fit a pattern.  DOS_OK does not promise that it
	 * still exists.  long_name may be NULL.  */
	enum dos_error (*entry_name)(void *disk, uint16_t listing, unsigned nth,
				     char name[13], char long_name[DRIVE_NAME_MAX]);

	/* The volume.  */
	enum dos_error (*space)(void *disk, struct drive_space *out);
	enum dos_error (*label)(void *disk, char out[12]);	/* "" if none */
	enum dos_error (*set_label)(void *disk, const char *label);
	uint32_t (*serial)(void *disk);

	/* Open files and listings; what cannot be had again on load (a file
	 * that is gone) answers DOS_BAD_HANDLE from then on.  */
	void (*state)(void *disk, struct state *st);
};

/* What every drive is told at birth.  */
struct drive_config {
	bool read_only;
	uint16_t code_page;		/* 437, 850, ... */
	bool upper;			/* new 8.3 names: FILE.TXT on the host, else file.txt */
	char label[12];			/* "": one that the drive has of its own */
	/* DOS local time at this moment, for a run with a fixed date: files
	 * written get it.  NULL: the host's own time stamps are left alone.  */
	void (*clock)(void *ctx, uint16_t *time, uint16_t *date);
	void *clock_ctx;
	/* A directory of the host that keeps what is changed, while what is mounted is only
	 * read (drive/overlay.h).  NULL: none.  */
	const char *overlay;
};

/* A drive letter at work.  ops NULL: no such drive.  */
struct drive {
	const struct drive_ops *ops;
	void *disk;
	bool read_only, removable;
	struct volume *volume;		/* its sectors (drive/volume.h); NULL: it has none */
	char source[256];		/* what was mounted, for people */
};

#define DRIVE_LETTERS	26

/* kind: "hostdir" ...  False with err set: the host refused.  */
bool drive_mount(struct drive *d, const char *kind, const char *source,
		 const struct drive_config *config, struct error *err);
void drive_unmount(struct drive *d);

/* Unix seconds to DOS words, local time.  Outside of 1980-2107: the nearest
 * that there is.  */
void drive_dos_time(int64_t sec, uint16_t *time, uint16_t *date);

#endif
