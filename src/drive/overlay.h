/* overlay.h - a drive that is only read, and one that takes what is changed:
 * together they are a drive.
 *
 * Both may be of any kind; the upper one is used by its ops alone:
 *
 *	\CHANGED	a tree of what was made or changed, under its long names
 *	\DELETED.TXT	what of the lower drive is gone, a path a line, in UTF-8
 *	\COPYING.TMP	a file on its way up
 *
 * A file of the lower drive is copied up before it is written to, renamed or
 * gets other attributes; a directory when something is made in it.  What is
 * copied appears above when it is whole, so that whoever is killed leaves
 * the one or the other, and a file is noted as gone before its copy above is deleted.
 * What is gone stays gone: a new directory of that name begins empty.
 *
 * Names.  What is on both drives under one long name is one thing.  Its 8.3 name is the
 * lower drive's.  If something that is only above has an 8.3 name that something below
 * has, it is shown, and found, by a name that is made here (overlay_name.c).
 *
 * \DELETED.TXT is held open, and nobody else may: two runs that use one upper drive
 * would not know of what the other deletes.  */

#ifndef DRIVE_OVERLAY_H
#define DRIVE_OVERLAY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "drive/drive.h"
#include "drive/listing.h"
#include "drive/path.h"

#define OV_KEY		4096	/* a path in long names, with NUL */
#define OV_DIRS		32	/* directories remembered for listings */
#define OV_CHANGED	"\\changed"
#define OV_DELETED	"\\deleted.txt"
#define OV_COPYING	"\\copying.tmp"

struct error;

/* Where a path leads.  */
struct ov_place {
	bool above, below;		/* it is there; on the lower drive: and not hidden */
	char up[DRIVE_PATH_MAX];	/* its paths on both drives, by their own names */
	char low[DRIVE_PATH_MAX];
	char key[OV_KEY];		/* "" for the root, "\\Dir\\Long name.txt" */
	struct drive_info info;		/* as it is shown */
};

static inline bool ov_is_dir(const struct ov_place *p)
{
	return p->info.attr & ATTR_DIR;
}

static inline bool ov_is_root(const struct ov_place *p)
{
	return !p->key[0];
}

/* One name of a directory.  */
struct ov_entry {
	char name[PATH_83_MAX];		/* as it is shown */
	bool above, below;
	uint32_t full;			/* where its long name is in the pool */
};

/* Both directories, as they were when they were read.  */
struct ov_dir {
	uint32_t id;			/* 0: free */
	uint64_t used;
	uint32_t count, room;
	struct ov_entry *entry;		/* by 8.3 name */
	char *pool;
	size_t pool_size, pool_room;
};

/* An open file.  */
struct ov_file {
	bool used, above, lost;		/* lost: it could not be carried over to its copy */
	uint16_t generation;
	drive_file f;			/* of that drive */
	uint32_t mode;
	uint8_t attr;
	char path[DRIVE_PATH_MAX];	/* as the guest gave it */
};

/* A record lock below, to be had again above.  */
struct ov_lock {
	uint32_t file, pos, size;
	uint16_t owner;
};

/* It goes on after `last' when its directory was read again.  */
struct overlay {
	/* What it was told.  */
	struct drive upper, lower;
	uint16_t code_page;

	/* What it remembers.  */
	drive_file deleted;		/* \DELETED.TXT */
	char **gone;			/* keys in capitals: a hash table of */
	uint32_t gone_count, gone_slots;
	struct ov_file *file;
	uint32_t files;
	struct ov_lock *lock;
	uint32_t locks;
	struct ov_dir dir[OV_DIRS];
	uint32_t next_dir;
	uint64_t clock;			/* counts uses, for eviction */
	struct listings listings;
};

/* overlay_gone.c.  */
enum dos_error ov_gone_load(struct overlay *ov);
bool ov_gone(const struct overlay *ov, const char *key);
enum dos_error ov_gone_add(struct overlay *ov, const char *key);
void ov_gone_free(struct overlay *ov);

/* overlay_name.c.  */
bool ov_same_name(const struct overlay *ov, const char *a, const char *b);
/* The nth (from 1) name that is made for something above; false: there are no more.  */
bool ov_make_name(const struct overlay *ov, const struct drive_info *info, unsigned n,
		  char out[PATH_83_MAX]);

/* overlay_walk.c.  DOS_NO_FILE: all but the last component is there; *dir, if not NULL, is
 * the directory of a path that leads to something, or to nothing yet.  */
enum dos_error ov_step(struct overlay *ov, const struct ov_place *dir, const char *name,
		       struct ov_place *out);
enum dos_error ov_walk(struct overlay *ov, const char *path, struct ov_place *out,
		       struct ov_place *dir);
/* The shown path of what is there.  */
enum dos_error ov_canon(void *disk, const char *path, bool long_name, char out[DRIVE_PATH_MAX]);
enum dos_error ov_info(void *disk, const char *path, struct drive_info *out);

/* overlay_dir.c.  */
enum dos_error ov_dir_read(struct overlay *ov, const struct ov_place *place, struct ov_dir *dir);
void ov_dir_free(struct ov_dir *dir);

/* overlay_list.c.  */
enum dos_error ov_list(void *disk, const char *dir, uint16_t *listing);
enum dos_error ov_entry(void *disk, uint16_t listing, unsigned nth, struct drive_info *out);
enum dos_error ov_entry_name(void *disk, uint16_t listing, unsigned nth, char name[PATH_83_MAX],
			     char long_name[DRIVE_NAME_MAX]);
void ov_dir_forget(struct overlay *ov);

/* overlay_copy.c.  */
/* The directory is there above, too.  */
enum dos_error ov_copy_dir(struct overlay *ov, struct ov_place *dir);
/* The thing is.  A file is copied whole, even if it is to be emptied: that may still be refused.  */
enum dos_error ov_copy_up(struct overlay *ov, struct ov_place *dir, struct ov_place *place);
/* A directory with all that is in it.  */
enum dos_error ov_copy_tree(struct overlay *ov, struct ov_place *dir, struct ov_place *place);

/* overlay_file.c.  */
enum dos_error ov_open(void *disk, const char *path, unsigned mode, uint8_t attr, drive_file *f,
		       enum drive_did *did);
enum dos_error ov_release(void *disk, drive_file f);
enum dos_error ov_read(void *disk, drive_file f, uint32_t pos, void *buf, size_t *n);
enum dos_error ov_write(void *disk, drive_file f, uint32_t pos, const void *buf, size_t *n);
enum dos_error ov_file_info(void *disk, drive_file f, struct drive_info *out);
enum dos_error ov_ready(void *disk, drive_file f, uint32_t pos);
enum dos_error ov_set_time(void *disk, drive_file f, uint16_t time, uint16_t date);
enum dos_error ov_flush(void *disk, drive_file f);
enum dos_error ov_lock(void *disk, drive_file f, uint16_t owner, bool on, uint32_t pos, uint32_t size);
/* While it is copied, nothing of what is below is locked.  */
void ov_file_locks(struct overlay *ov, const struct ov_place *place, bool on);
/* What is open below is from now on what was copied up.  */
void ov_file_copied(struct overlay *ov, const struct ov_place *place);
void ov_file_moved(struct overlay *ov, const char *from, const char *to);
/* May what is below be deleted or renamed?  */
enum dos_error ov_file_change(struct overlay *ov, const struct ov_place *place);

/* overlay_tree.c.  */
enum dos_error ov_remove(void *disk, const char *path);
enum dos_error ov_rename(void *disk, const char *from, const char *to, bool long_name);
enum dos_error ov_mkdir(void *disk, const char *path, bool long_name);
enum dos_error ov_rmdir(void *disk, const char *path);
enum dos_error ov_set_attr(void *disk, const char *path, uint8_t attr);
enum dos_error ov_set_path_time(void *disk, const char *path, unsigned which, uint16_t time,
				uint16_t date);

/* overlay_state.c.  */
void ov_state(void *disk, struct state *st);

/* Both are the overlay's from now on, and unmounted by it, also where it cannot be
 * opened: then false with err set, and *d is no drive.  name: of the upper one, for
 * people.  */
bool overlay_mount(struct drive *d, struct drive *lower, struct drive *upper, const char *name,
		   uint16_t code_page, struct error *err);

#endif
