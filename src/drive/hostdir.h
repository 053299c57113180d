/* hostdir.h - a Linux directory as a DOS drive; what its files share.
 *
 * Names.  A host name that is a valid 8.3 name (in any case, when brought
 * into the code page) is that name in capitals.  All others get an alias.
 * When several host names make the same 8.3 name, the one in lower case
 * has it; else the one in capitals; else the first in byte order.  The
 * others get an alias.
 *
 * Aliases.  A name that needs one has two, and both find it, always:
 *
 *	LO3F2A~1.TXT	two characters of the name, four of a hash of it:
 *			depends on nothing but the name itself (as good as
 *			always: should two hashes meet in one directory, the
 *			second in byte order gets ~2)
 *	LONGFI~1.TXT	six characters, if it is the oldest (by date of birth)
 *			of those in its directory that could be called so; and
 *			with it goes the alias, as long as others want it
 *			(hostdir_taken.c)
 *
 * It is shown under the second if it has it, else under the first.  So a
 * file made later never takes a name away, and a name once shown finds the
 * same file as long as it exists, whatever is made or deleted beside it.
 *
 * Directories are read into a struct hd_dir, which is good as long as the
 * directory's change date stays the same.  A name in plain lower or upper
 * case is found without one; but with good readings of all directories on
 * the way a name is found, or known not to exist, by one look at each of
 * their dates.
 *
 * Confinement.  Every path is resolved by beneath_open(); what is done to a
 * name is done with *at() calls on the descriptor of its directory, and
 * follows no link.  Anything but files and directories is not there.  */

#ifndef DRIVE_HOSTDIR_H
#define DRIVE_HOSTDIR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>

#include "drive/beneath.h"
#include "drive/drive.h"
#include "drive/listing.h"
#include "drive/path.h"

#define HD_PATH		4096	/* a host path, relative to the root, with NUL */
#define HD_HOST_NAME	256
#define HD_DIRS		64	/* directories remembered; each holds a descriptor open */
#define HD_WARM		64	/* by a hash of their path */
#define HD_LOCKS	4096	/* record locks at one time */

struct error;
struct state;

/* One name of a directory.  */
struct hd_entry {
	uint64_t ino;			/* as the directory says: not that of what is mounted there */
	uint32_t host;			/* where its host name is in the pool */
	uint8_t type;			/* DT_REG, DT_DIR or DT_LNK */
	bool plain;			/* name is the host's, in capitals */
	bool has_long;			/* found by its long name, too */
	char name[PATH_83_MAX];		/* as shown */
	char other[PATH_83_MAX];	/* the other alias, or "" */
};

/* What tells one state of a directory from another.  */
struct hd_stamp {
	uint64_t dev, ino;
	int64_t sec, nsec;		/* change date, set by the kernel alone */
};

struct hd_slot { uint32_t hash, entry; };	/* entry + 1, 0: free */

struct hd_dir {
	uint32_t id;			/* 0: free; never used again */
	int fd;				/* O_PATH */
	struct hd_stamp stamp;
	bool current;			/* the latest reading of its directory */
	bool settled;			/* was unchanged for a while when it was read */
	uint64_t used;			/* for eviction */
	uint32_t count, slots;		/* slots: a power of two */
	struct hd_entry *entry;
	struct hd_slot *slot;
	uint32_t *order;		/* by 8.3 name; made when first listed */
	char *pool;
	char *host;			/* its path, and that path's hash */
	uint32_t hash;
};

/* One open file.  */
struct hd_file {
	int fd;				/* -1: free, or lost on load */
	int lock_fd;			/* holds the record locks, if fd cannot; else -1 */
	bool used, written;
	uint8_t access;			/* DRIVE_READ ... */
	uint8_t share;			/* as share_class() made it */
	uint16_t generation;
	uint32_t locks;			/* record locks held */
	uint32_t next_free;
	uint32_t mode;			/* as opened */
	uint64_t dev, ino;
	char name[PATH_83_MAX];		/* "" if not worked out yet */
	char path[DRIVE_PATH_MAX];	/* as the guest gave it */
};

struct hd_lock {
	uint32_t file;			/* index */
	uint32_t pos, size;
	uint16_t owner;
};

/* A listing goes on after `last' when its directory was read again.  */
struct hostdir {
	/* What it was told.  */
	struct beneath root;
	struct drive_config config;
	char label[12];
	uint64_t dev, ino;
	bool no_xattr;			/* the file system has none */
	uint32_t unicode[256];		/* the code page, spread out */
	uint8_t upper[256], lower[256];

	/* What it remembers.  */
	uint32_t next_dir;
	uint64_t clock;			/* counts uses, for eviction */
	uint8_t warm[HD_WARM];		/* uses of directories without a good reading */
	struct hd_dir dir[HD_DIRS];
	struct hd_file *file;
	uint32_t files, free_file;	/* free_file: index + 1 */
	struct hd_lock *lock;
	uint32_t locks;
	struct listings listings;
};

/* A path, found or not.  */
struct hd_found {
	char host[HD_PATH];		/* relative to the root */
	size_t leaf;			/* where the last component begins */
	int fd;				/* O_PATH on the thing itself; -1: not there */
	bool has_long;			/* the host's name, too, leads there */
	char name[PATH_83_MAX];		/* the 8.3 name; "" if not worked out */
	struct statx sx;
};

/* hostdir_error.c: errno as DOS says it.  */
enum dos_error hd_error(int err);
/* The same for a directory on the way.  */
enum dos_error hd_path_error(int err);

/* hostdir_name.c: between host names and the guest's.  */
bool hd_to_guest(const struct hostdir *disk, const char *host, char out[DRIVE_NAME_MAX]);
bool hd_to_host(const struct hostdir *disk, const char *name, char out[HD_HOST_NAME]);
bool hd_lower_host(const struct hostdir *disk, const char *name, char out[HD_HOST_NAME]);
bool hd_upper_host(const struct hostdir *disk, const char *name, char out[HD_HOST_NAME]);
/* The host name for a new file; false: not a name.  */
bool hd_new_host(const struct hostdir *disk, const char *name, bool long_name,
		 char out[HD_HOST_NAME]);
/* Both aliases; n (1-9) is the digit of the hashed one.  */
void hd_hash_alias(const struct hostdir *disk, const char *host, unsigned n,
		   char out[PATH_83_MAX]);
void hd_short_alias(const struct hostdir *disk, const char *host, char out[PATH_83_MAX]);

/* hostdir_dir.c: directories, read and remembered.  The pointer is good
 * until the next call of hd_dir_get().  */
enum dos_error hd_dir_get(struct hostdir *disk, const char *host, struct hd_dir **out);
/* The reading of host, if there is a good one of just this inode.  */
struct hd_dir *hd_dir_good(struct hostdir *disk, const char *host, uint64_t ino);
/* Say that a good reading of host would have been of use.  */
void hd_dir_wanted(struct hostdir *disk, const char *host);
struct hd_dir *hd_dir_by_id(struct hostdir *disk, uint32_t id);
/* By 8.3 name; n below dir->count.  NULL: no memory.  */
const struct hd_entry *hd_dir_nth(struct hd_dir *dir, uint32_t n);
/* How many come before name, or are it.  */
uint32_t hd_dir_after(struct hd_dir *dir, const char *name);
void hd_dir_free_all(struct hostdir *disk);
static inline const char *hd_entry_host(const struct hd_dir *dir, const struct hd_entry *e)
{
	return dir->pool + e->host;
}

/* hostdir_keys.c: what its entries are called.  */
uint32_t hd_hash(const char *key);
/* False: no memory.  old: the reading before, or NULL.  */
bool hd_dir_name_all(struct hostdir *disk, struct hd_dir *dir, const struct hd_dir *old);
const struct hd_entry *hd_dir_find(const struct hostdir *disk, const struct hd_dir *dir,
				   const char *name);
const struct hd_entry *hd_dir_find_host(const struct hostdir *disk, const struct hd_dir *dir,
					const char *host);

/* hostdir_taken.c: short aliases that several names of a directory want.  */
#define HD_TAKEN	100
struct hd_taken {
	unsigned count;
	struct hd_taken_row {
		char alias[PATH_83_MAX];
		uint64_t host;		/* hd_taken_hash() of the name that has it */
		bool known;		/* the directory remembers it */
		bool wanted;		/* by a name that is there */
	} row[HD_TAKEN];
};
uint64_t hd_taken_hash(const char *host);
void hd_taken_load(const struct hostdir *disk, int dir, struct hd_taken *t);
struct hd_taken_row *hd_taken_find(struct hd_taken *t, const char *alias);
/* NULL: there are too many.  */
struct hd_taken_row *hd_taken_add(struct hd_taken *t, const char *alias);
/* Let the directory remember what is new.  True: it has been written to.  */
bool hd_taken_store(const struct hostdir *disk, int dir, const struct hd_taken *t);

/* hostdir_find.c.  DOS_NO_FILE: the last component alone is not there, and
 * host[0..leaf) is its directory.  Whatever the answer, hd_drop().  */
enum dos_error hd_find(struct hostdir *disk, const char *path, struct hd_found *f);
void hd_drop(struct hd_found *f);
/* Fill in f->name if it is not known.  */
enum dos_error hd_find_name(struct hostdir *disk, struct hd_found *f);
/* An O_PATH descriptor on the directory of f; f's own name in it.  */
int hd_open_parent(struct hostdir *disk, const struct hd_found *f);
static inline const char *hd_leaf(const struct hd_found *f)
{
	return f->host + f->leaf;
}
static inline bool hd_is_root(const struct hd_found *f)
{
	return f->host[0] == '\0';
}

/* hostdir_attr.c: attributes and dates.  */
bool hd_statx(int dir, const char *name, struct statx *sx);	/* name "": dir itself */
static inline uint64_t hd_dev(const struct statx *sx)
{
	return (uint64_t)sx->stx_dev_major << 32 | sx->stx_dev_minor;
}
/* fd: O_PATH or not; name: an entry of it, or NULL for fd itself.  */
uint8_t hd_attr(const struct hostdir *disk, int fd, const char *name, const char *host,
		const struct statx *sx);
enum dos_error hd_set_attr(struct hostdir *disk, int fd, const char *host,
			   const struct statx *sx, uint8_t attr);
void hd_fill_info(const struct statx *sx, uint8_t attr, struct drive_info *out);
/* which: as drive_ops.set_path_time.  */
enum dos_error hd_set_date(int fd, unsigned which, uint16_t time, uint16_t date);
void hd_stamp_clock(const struct hostdir *disk, int fd);
bool hd_label_load(struct hostdir *disk);
enum dos_error hd_label_store(struct hostdir *disk, const char *label);

/* hostdir_share.c: who may open what, and record locks.  */
enum dos_error hd_share_enter(int fd, uint8_t class);
/* May the thing be deleted, renamed, or get other attributes?  */
enum dos_error hd_share_change(struct hostdir *disk, const struct hd_found *f);
/* May these bytes be read (written)?  */
enum dos_error hd_lock_check(const struct hd_file *file, uint32_t pos, size_t n, bool write);
enum dos_error hd_lock(void *disk, drive_file f, uint16_t owner, bool on,
		       uint32_t pos, uint32_t size);
void hd_lock_drop(struct hostdir *disk, uint32_t index);

/* hostdir_file.c.  */
struct hd_file *hd_file(struct hostdir *disk, drive_file f);
enum dos_error hd_open(void *disk, const char *path, unsigned mode, uint8_t attr,
		       drive_file *f, enum drive_did *did);
enum dos_error hd_release(void *disk, drive_file f);
enum dos_error hd_read(void *disk, drive_file f, uint32_t pos, void *buf, size_t *n);
enum dos_error hd_write(void *disk, drive_file f, uint32_t pos, const void *buf, size_t *n);
enum dos_error hd_file_info(void *disk, drive_file f, struct drive_info *out);
enum dos_error hd_set_time(void *disk, drive_file f, uint16_t time, uint16_t date);
enum dos_error hd_flush(void *disk, drive_file f);
/* A path was renamed.  */
void hd_file_moved(struct hostdir *disk, const char *from, const char *to);
/* Open again after a load; the record's path, mode, dev and ino are set.  */
void hd_file_again(struct hostdir *disk, struct hd_file *file);

/* hostdir_tree.c: what is done by path.  */
enum dos_error hd_info(void *disk, const char *path, struct drive_info *out);
enum dos_error hd_remove(void *disk, const char *path);
enum dos_error hd_rename(void *disk, const char *from, const char *to, bool long_name);
enum dos_error hd_mkdir(void *disk, const char *path, bool long_name);
enum dos_error hd_rmdir(void *disk, const char *path);
enum dos_error hd_set_path_attr(void *disk, const char *path, uint8_t attr);
enum dos_error hd_set_path_time(void *disk, const char *path, unsigned which,
				uint16_t time, uint16_t date);
enum dos_error hd_canon(void *disk, const char *path, bool long_name,
			char out[DRIVE_PATH_MAX]);

/* hostdir_list.c.  */
enum dos_error hd_list(void *disk, const char *dir, uint16_t *listing);
enum dos_error hd_entry(void *disk, uint16_t listing, unsigned nth, struct drive_info *out);
enum dos_error hd_entry_name(void *disk, uint16_t listing, unsigned nth,
			     char name[PATH_83_MAX], char long_name[DRIVE_NAME_MAX]);

/* hostdir_state.c.  */
void hd_state(void *disk, struct state *st);

/* hostdir.c.  */
extern const struct drive_ops hostdir_ops;
struct hostdir *hostdir_open(const char *source, const struct drive_config *config,
			     struct error *err);

#endif
