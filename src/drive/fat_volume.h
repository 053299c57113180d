/* fat_volume.h - a FAT volume; what its files share.
 *
 * A "sector" here is always one of the medium's, of 512 bytes.  A directory is
 * known by its first cluster, the root as 0; an entry by its directory and
 * the number of its slot there.  Facts: "Microsoft Extensible Firmware
 * Initiative FAT32 File System Specification" 1.03 (fatgen103).
 *
 * Functions answer DOS errors.  A chain that leads nowhere is
 * DOS_GENERAL_FAILURE, as MS-DOS's own "bad FAT" is.  */

#ifndef DRIVE_FAT_VOLUME_H
#define DRIVE_FAT_VOLUME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "drive/drive.h"
#include "drive/fat.h"
#include "drive/path.h"

#define FAT_SECTOR	512
#define FAT_SLOT	32
#define FAT_SLOTS	(FAT_SECTOR / FAT_SLOT)	/* in a sector */
#define FAT_MOST_SLOTS	65536			/* in a directory */
#define FAT_END		UINT32_MAX		/* what follows the last cluster */
#define FAT_LONG_SLOTS	20			/* of the longest name */
#define FAT_UNITS	13			/* of UTF-16 in one of them */
#define FAT_LONG_MAX	255

/* A slot's bytes.  */
enum {
	SLOT_NAME = 0, SLOT_ATTR = 11, SLOT_CASE = 12, SLOT_CTENTH = 13, SLOT_CTIME = 14,
	SLOT_CDATE = 16, SLOT_ADATE = 18, SLOT_HIGH = 20, SLOT_TIME = 22, SLOT_DATE = 24,
	SLOT_START = 26, SLOT_SIZE = 28,
	SLOT_DELETED = 0xe5, SLOT_E5 = 0x05,	/* first bytes; the second stands for E5h */
	SLOT_LONG = 0x0f,			/* the attributes of a piece of a long name */
	LONG_LAST = 0x40, LONG_SUM = 13,
};

struct fat_geometry {
	uint8_t bits;			/* 12, 16, 32; 0: there is no volume */
	uint8_t copies;			/* of the table, that follow the one that is read */
	uint32_t cluster_sectors, cluster_bytes;
	uint64_t sectors;		/* of the volume, as far as the medium goes */
	uint64_t boot;			/* the boot sector that all this is from */
	uint64_t table;			/* where the table is that is read */
	uint32_t table_sectors;
	uint64_t root;			/* where the root is, and its slots; */
	uint32_t root_slots;		/* 0: it is a chain from root_cluster */
	uint32_t root_cluster;
	uint64_t data;			/* where cluster 2 is */
	uint32_t end;			/* the first number that is no cluster */
	uint32_t info, backup;		/* sectors of FSInfo and the second boot sector; 0: none */
	uint16_t extended;		/* where in the boot sector the signature 28h, 29h is; 0: none */
	uint32_t serial;
};

#define FAT_SETS	512		/* a power of two */
#define FAT_WAYS	4
#define FAT_DIRTY	256		/* lines changed, not yet written */
#define FAT_STAGE	64		/* sectors written at once */

struct fat_line {
	uint64_t sector, used;
	bool valid, dirty;
};

struct fat_cache {
	struct fat_line line[FAT_SETS * FAT_WAYS];
	uint8_t data[FAT_SETS * FAT_WAYS][FAT_SECTOR];
	uint8_t stage[FAT_STAGE * FAT_SECTOR];
	uint16_t dirty[FAT_DIRTY];
	unsigned dirties;
	uint64_t clock;
};

#define FAT_EXTENTS	16
#define FAT_MARKS	64

/* A chain of clusters, and what is known of it from walking it: pieces that
 * lie together, and every so many-th cluster.  */
struct fat_chain {
	uint32_t start;			/* 0: empty */
	uint32_t length;		/* in clusters; 0: not known */
	uint16_t extents, victim, marks;
	uint32_t stride;		/* mark[i] is the cluster at i * stride */
	struct fat_extent {
		uint32_t index, cluster, count;
	} extent[FAT_EXTENTS];
	uint32_t mark[FAT_MARKS];
};

struct fat_dir {
	uint32_t start;			/* 0: the root */
	struct fat_chain chain;
};

/* One entry of a directory, with its long name.  */
struct fat_entry {
	uint32_t dir;
	uint32_t first, slot;		/* first: of its long name, or = slot */
	uint64_t id;			/* where it is on the volume, + 1 */
	uint8_t raw[FAT_SLOT];
	unsigned units;			/* 0: no long name */
	uint16_t unit[FAT_LONG_MAX];
};

struct fat_found {
	bool root;			/* the root itself: e is nothing */
	struct fat_dir dir;		/* where it is, or could be made */
	struct fat_entry e;
	char leaf[DRIVE_NAME_MAX];	/* as asked for */
};

/* A file that is open, once or several times.  */
struct fat_node {
	uint32_t refs;			/* 0: a free place */
	bool lost;			/* its entry is not there any more */
	bool deleted;			/* its name is gone; its clusters go with the last handle */
	bool written;			/* the date is to be set */
	uint32_t dir, slot;
	uint64_t id;
	uint8_t name[PATH_FCB];
	uint32_t size;
	struct fat_chain chain;
};

struct fat_file {
	bool used;
	uint8_t access, share;		/* DRIVE_READ ..., share_class() */
	uint16_t generation;
	uint32_t node;
	uint32_t next_free;
};

struct fat_lock {
	uint32_t file;			/* index */
	uint32_t pos, size;
	uint16_t owner;
};

#define FAT_LISTINGS	8192		/* a power of two */
#define FAT_LOCKS	4096

struct fat_listing {
	uint16_t number;		/* 0: free */
	bool doubtful;			/* is it still a directory? */
	uint32_t dir;
};

struct fat {
	/* What it was told.  */
	struct fat_medium medium;
	struct drive_config config;
	uint8_t upper[256], lower[256];

	/* What it remembers of the medium.  */
	struct fat_geometry g;
	bool stale;			/* all of it is to be read again */
	bool doubt;			/* where open files and directories are, too */
	bool clean;			/* we may say so, when all is done */
	bool marked;			/* we have said that it is not */
	bool written;			/* since it was opened */
	struct fat_cache cache;
	uint64_t *map;			/* a bit for each cluster in use; NULL: not read */
	uint32_t free;			/* clusters; FAT_END: not known */
	uint32_t hint;			/* where to look for a free one */
	bool info_old;			/* FSInfo does not say so yet */
	struct fat_dir last_dir;	/* the one used last: a listing goes through it */

	/* What is open.  */
	struct fat_file *file;
	struct fat_node *node;		/* as many places as files */
	uint32_t files, free_file;	/* free_file: index + 1 */
	struct fat_lock *lock;
	uint32_t locks;
	uint16_t next_listing;
	struct fat_listing listing[FAT_LISTINGS];
};

/* fat.c: every operation begins and ends with these.  begin: the volume is
 * there, and what is remembered of it is true.  done: e, or what happened when
 * all that was changed went to the medium.  */
enum dos_error fat_begin(struct fat *v);
enum dos_error fat_begin_write(struct fat *v);
enum dos_error fat_done(struct fat *v, enum dos_error e);
void fat_now(const struct fat *v, uint16_t *time, uint16_t *date);

/* fat_boot.c.  False: no FAT volume.  */
bool fat_boot_read(struct fat *v);
/* The bits that say that nobody is in the middle of something.  */
bool fat_boot_clean(struct fat *v);
enum dos_error fat_boot_mark(struct fat *v, bool clean);
enum dos_error fat_boot_label(struct fat *v, const uint8_t label[PATH_FCB]);

/* fat_cache.c.  A pointer is good until the next call.  get: to look at;
 * touch: to change; fresh: to change, zeroed.  */
enum dos_error fat_get(struct fat *v, uint64_t sector, const uint8_t **p);
enum dos_error fat_touch(struct fat *v, uint64_t sector, uint8_t **p);
enum dos_error fat_fresh(struct fat *v, uint64_t sector, uint8_t **p);
/* What was changed before reaches the medium before what is changed after.  */
enum dos_error fat_sync(struct fat *v);
/* Whole sectors, past the cache.  */
enum dos_error fat_read(struct fat *v, uint64_t sector, void *buf, size_t count);
enum dos_error fat_write(struct fat *v, uint64_t sector, const void *buf, size_t count);
void fat_forget(struct fat *v, uint64_t sector, uint64_t count);

/* fat_table.c: what follows a cluster: another, 0 (free), or FAT_END.  */
static inline bool fat_is_cluster(const struct fat *v, uint32_t n)
{
	return n >= 2 && n < v->g.end;
}
static inline uint64_t fat_sector_of(const struct fat *v, uint32_t cluster)
{
	return v->g.data + (uint64_t)(cluster - 2) * v->g.cluster_sectors;
}
/* A cluster's number as it is in the table, FAT32's upper bits left out.  */
enum dos_error fat_raw(struct fat *v, uint32_t n, uint32_t *value);
enum dos_error fat_next(struct fat *v, uint32_t n, uint32_t *next);	/* never free */
enum dos_error fat_put(struct fat *v, uint32_t n, uint32_t value);

/* fat_chain.c.  Where is the index-th cluster, and how many follow it on the
 * medium as in the chain (itself included, at most `want')?  *cluster is FAT_END
 * behind the chain's end.  */
enum dos_error fat_map(struct fat *v, struct fat_chain *c, uint32_t index, uint32_t want,
		       uint32_t *cluster, uint32_t *run);
enum dos_error fat_chain_length(struct fat *v, struct fat_chain *c, uint32_t *length);
/* Make it so long, or as long as there is room for; *length says.  */
enum dos_error fat_chain_grow(struct fat *v, struct fat_chain *c, uint32_t want,
			      uint32_t *length);
/* Keep the first ones alone.  The entry that names it is on the medium.  */
enum dos_error fat_chain_cut(struct fat *v, struct fat_chain *c, uint32_t keep);
static inline void fat_chain_set(struct fat_chain *c, uint32_t start)
{
	c->start = start;
	c->length = 0;
	c->extents = c->victim = c->marks = 0;
}

/* fat_space.c: free clusters.  */
enum dos_error fat_count_free(struct fat *v, uint32_t *n);
/* One, as near behind `near' as there is; it ends a chain.  DOS_DISK_FULL.  */
enum dos_error fat_take(struct fat *v, uint32_t near, uint32_t *n);
/* A chain from n on.  */
enum dos_error fat_give_back(struct fat *v, uint32_t n);
/* Is there an FSInfo sector?  That of a volume that was not left in good order,
 * or was changed by others since, is not believed.  */
void fat_info_read(struct fat *v, bool believe);
enum dos_error fat_info_write(struct fat *v);
void fat_space_forget(struct fat *v);
enum dos_error fat_space(void *disk, struct drive_space *out);

/* fat_dir.c: slots.  */
void fat_dir_open(struct fat *v, struct fat_dir *d, uint32_t start);
/* Does the cluster begin with a "." that says it is there?  */
bool fat_dir_is(struct fat *v, uint32_t start);
/* DOS_NO_MORE: behind the end of the directory.  */
enum dos_error fat_slot(struct fat *v, struct fat_dir *d, uint32_t n, uint64_t *sector,
			unsigned *offset);
enum dos_error fat_slot_get(struct fat *v, struct fat_dir *d, uint32_t n,
			    uint8_t raw[FAT_SLOT]);
enum dos_error fat_slot_set(struct fat *v, struct fat_dir *d, uint32_t n,
			    const uint8_t raw[FAT_SLOT]);
/* One slot after the other; *raw is NULL behind the last, and good until the
 * next call.  Faster, since each sector is looked for once.  */
struct fat_scan {
	struct fat_dir *d;
	uint32_t n;			/* the next one */
	uint8_t sector[FAT_SECTOR];
};
static inline void fat_scan_begin(struct fat_scan *s, struct fat_dir *d)
{
	s->d = d;
	s->n = 0;
}
enum dos_error fat_scan_next(struct fat *v, struct fat_scan *s, const uint8_t **raw);
static inline bool fat_is_long(const uint8_t raw[FAT_SLOT])
{
	return (raw[SLOT_ATTR] & 0x3f) == SLOT_LONG && raw[0] != SLOT_DELETED && raw[0];
}
/* Where in a piece its nth unit is.  */
static inline unsigned fat_unit_at(unsigned n)
{
	return n < 5 ? 1 + 2 * n : n < 11 ? 14 + 2 * (n - 5) : 28 + 2 * (n - 11);
}
void fat_take_piece(const uint8_t raw[FAT_SLOT], uint16_t unit[FAT_UNITS]);
/* The entry in a slot.  DOS_NO_FILE: none is, or it is not to be seen.  */
enum dos_error fat_entry(struct fat *v, struct fat_dir *d, uint32_t n, struct fat_entry *e);
/* By either name.  */
enum dos_error fat_dir_find(struct fat *v, struct fat_dir *d, const char *name,
			    struct fat_entry *e);
enum dos_error fat_dir_label(struct fat *v, struct fat_entry *e);
enum dos_error fat_dir_is_empty(struct fat *v, uint32_t start, bool *empty);
uint32_t fat_start(const struct fat *v, const uint8_t raw[FAT_SLOT]);
void fat_set_start(const struct fat *v, uint8_t raw[FAT_SLOT], uint32_t start);

/* fat_make.c: entries made and taken away.  A plan: where an entry goes and
 * what it is called; old: the one that gets a new name, or NULL.  */
struct fat_plan {
	bool in_place;			/* old stays where it is */
	uint32_t at;			/* the first slot */
	unsigned pieces, units;		/* of the long name */
	uint8_t fcb[PATH_FCB];
	uint16_t unit[DRIVE_NAME_MAX];
};
enum dos_error fat_plan(struct fat *v, struct fat_dir *d, const char *name, bool long_name,
			const struct fat_entry *old, struct fat_plan *p);
/* raw: all but the name.  e comes out as the entry made.  */
enum dos_error fat_plan_put(struct fat *v, struct fat_dir *d, const struct fat_plan *p,
			    const uint8_t raw[FAT_SLOT], struct fat_entry *e);
enum dos_error fat_make(struct fat *v, struct fat_dir *d, const char *name, bool long_name,
			const uint8_t raw[FAT_SLOT], struct fat_entry *e);
/* One slot, as it is.  */
enum dos_error fat_make_raw(struct fat *v, struct fat_dir *d, const uint8_t raw[FAT_SLOT]);
/* Slots from `from' to below `to' are free.  */
enum dos_error fat_unmake(struct fat *v, struct fat_dir *d, uint32_t from, uint32_t to);

/* fat_name.c.  */
void fat_show_83(const uint8_t raw[FAT_SLOT], char out[PATH_83_MAX]);
void fat_show_long(const struct fat *v, const struct fat_entry *e, char out[DRIVE_NAME_MAX]);
bool fat_same(const struct fat *v, const char *a, const char *b);
/* Is this how the character is shown, or could it be?  */
bool fat_unit_may_be(const struct fat *v, uint16_t unit, char ch);
uint8_t fat_sum(const uint8_t name[PATH_FCB]);
void fat_info(const struct fat *v, const struct fat_entry *e, struct drive_info *out);
/* A new name as DOS writes it; false: it is none.  */
bool fat_new_83(const struct fat *v, const char *name, uint8_t fcb[PATH_FCB]);
/* A new long name: what its alias is made of; tail: a number must be in it.  */
bool fat_new_long(const struct fat *v, const char *name, uint8_t fcb[PATH_FCB], bool *tail);
void fat_put_tail(uint8_t fcb[PATH_FCB], const uint8_t basis[PATH_FCB], uint32_t n);

/* fat_find.c.  DOS_NO_FILE: the last component alone is not there.  */
enum dos_error fat_find(struct fat *v, const char *path, struct fat_found *f);
/* Does the way to a path lead through a directory?  */
enum dos_error fat_passes(struct fat *v, const char *path, uint32_t dir, bool *passes);

/* fat_node.c.  What is open by this entry; NULL: nothing.  */
struct fat_node *fat_node_of(struct fat *v, const struct fat_entry *e);
/* The same, or a new one without handles; there is a place for it.  */
struct fat_node *fat_node_for(struct fat *v, const struct fat_entry *e);
/* Its entry is another one now.  */
void fat_node_moved(struct fat_node *node, const struct fat_entry *e);
/* The entry's bytes, to be changed; start and size go into it.  */
enum dos_error fat_node_touch(struct fat *v, const struct fat_node *node, uint8_t **raw);
enum dos_error fat_node_store(struct fat *v, struct fat_node *node);
/* What DOS does to a written file when it is closed; stamp: for who asks for the
 * date before that.  */
enum dos_error fat_node_stamp(struct fat *v, struct fat_node *node);
enum dos_error fat_node_settle(struct fat *v, struct fat_node *node);
enum dos_error fat_node_entry(struct fat *v, struct fat_node *node, struct fat_entry *e);
/* A handle less; clusters without a name go with the last.  */
enum dos_error fat_node_drop(struct fat *v, struct fat_node *node);
/* What is open is looked for again, after the medium was changed.  */
void fat_files_again(struct fat *v);

/* fat_file.c: handles.  */
struct fat_file *fat_file(struct fat *v, drive_file f);
static inline struct fat_node *fat_node(struct fat *v, const struct fat_file *file)
{
	return &v->node[file->node];
}
enum dos_error fat_file_open(void *disk, const char *path, unsigned mode, uint8_t attr,
			     drive_file *f, enum drive_did *did);
enum dos_error fat_file_release(void *disk, drive_file f);
enum dos_error fat_file_info(void *disk, drive_file f, struct drive_info *out);
enum dos_error fat_file_time(void *disk, drive_file f, uint16_t time, uint16_t date);
enum dos_error fat_file_flush(void *disk, drive_file f);
void fat_files_forget(struct fat *v);

/* fat_data.c: what is in files.  */
enum dos_error fat_data_read(void *disk, drive_file f, uint32_t pos, void *buf, size_t *n);
enum dos_error fat_data_write(void *disk, drive_file f, uint32_t pos, const void *buf, size_t *n);
/* Make a file shorter.  */
enum dos_error fat_data_cut(struct fat *v, struct fat_node *node, uint32_t size);

/* fat_lock.c: record locks.  check: may these bytes be read (written) by it?  */
enum dos_error fat_lock_check(struct fat *v, const struct fat_file *file, uint32_t pos,
			      size_t n);
enum dos_error fat_lock(void *disk, drive_file f, uint16_t owner, bool on, uint32_t pos,
			uint32_t size);
void fat_lock_drop(struct fat *v, const struct fat_file *file);
/* May one more open it so?  May it be deleted, renamed, or get other
 * attributes?  */
enum dos_error fat_share_enter(struct fat *v, const struct fat_node *node, uint8_t class);
enum dos_error fat_share_change(struct fat *v, const struct fat_entry *e);

/* fat_tree.c: what is done by path.  */
enum dos_error fat_path_info(void *disk, const char *path, struct drive_info *out);
enum dos_error fat_path_remove(void *disk, const char *path);
enum dos_error fat_path_rename(void *disk, const char *from, const char *to, bool long_name);
enum dos_error fat_path_mkdir(void *disk, const char *path, bool long_name);
enum dos_error fat_path_rmdir(void *disk, const char *path);
enum dos_error fat_path_attr(void *disk, const char *path, uint8_t attr);
enum dos_error fat_path_time(void *disk, const char *path, unsigned which, uint16_t time,
			     uint16_t date);
enum dos_error fat_path_canon(void *disk, const char *path, bool long_name,
			      char out[DRIVE_PATH_MAX]);

/* fat_list.c.  */
enum dos_error fat_list(void *disk, const char *dir, uint16_t *listing);
enum dos_error fat_list_entry(void *disk, uint16_t listing, unsigned nth,
			      struct drive_info *out);
enum dos_error fat_list_name(void *disk, uint16_t listing, unsigned nth,
			     char name[PATH_83_MAX], char long_name[DRIVE_NAME_MAX]);
void fat_list_drop(struct fat *v, uint32_t dir);
void fat_list_doubt(struct fat *v);

/* fat_label.c.  */
enum dos_error fat_label(void *disk, char out[12]);
enum dos_error fat_set_label(void *disk, const char *label);

/* fat_state.c.  */
void fat_state(void *disk, struct state *st);

#endif
