/* files.h - what the kernel's file system calls share among themselves.
 *
 * An open file is an SFT entry in guest memory.  Beside the documented
 * fields it says in two that DOS 4+ keeps for a local disk's directory
 * sector (1Bh, 1Fh) where the file is: which of our drives, and the
 * drive's own number for it.
 *
 * A service that talks to a drive can be refused by it with one of the
 * errors that DOS leaves to the user (19-31, 34).  It then answers
 * dos_refuse(), which runs INT 24h, and begins with dos_given_up(), which
 * knows what the user said.  All of them may be begun again from the start,
 * because they change nothing before the drive has agreed.  */

#ifndef DOS_FILES_H
#define DOS_FILES_H

#include <stdbool.h>
#include <stdint.h>

#include "dos/dos.h"
#include "dos/int21.h"
#include "dos/layout.h"
#include "drive/path.h"

/* --- the caller's registers, whatever ran since ------------------------- */

/* By encoding: AL CL DL BL AH CH DH BH.  */
enum caller8 { CALLER_AL, CALLER_CL, CALLER_DL, CALLER_BL, CALLER_AH, CALLER_CH, CALLER_DH, CALLER_BH };

static inline uint8_t caller8(struct dos *dos, enum caller8 r)
{
	return guest_caller(dos->guest)->reg[r & 3] >> (r & 4 ? 8 : 0);
}

static inline struct far caller_ds(struct dos *dos, enum cpu_reg r)
{
	return (struct far){ caller16(dos, r), guest_caller(dos->guest)->ds };
}

static inline struct far caller_es(struct dos *dos, enum cpu_reg r)
{
	return (struct far){ caller16(dos, r), guest_caller(dos->guest)->es };
}

static inline uint32_t far_linear(struct far p)
{
	return p.seg * 16u + p.off;
}

/* --- errors -------------------------------------------------------------- */

enum {
	STEP_CRITICAL = 0xf0,		/* back from INT 24h */
	STEP_DEVICE_TOLD = 0xf1,	/* back from a driver's open or close */
};

/* Is the user asked about this error?  compatible: the file is open in compatibility
 * mode, or by no handle at all.  */
bool dos_asks(enum dos_error error, bool compatible);
/* The call is over with this error, or after INT 24h.  */
enum svc dos_refuse(struct dos *dos, enum dos_error error, uint8_t drive, bool writing);
/* Has INT 24h said that the call is to fail?  Else it is to be tried (again).  */
bool dos_given_up(struct dos *dos);

/* --- sharing.c ----------------------------------------------------------- */

/* dos_refuse() where another's sharing mode or lock may be in the way.  mode: as
 * in 3Dh; in compatibility mode (0) INT 24h is run for that, too.  */
enum svc dos_refuse_shared(struct dos *dos, enum dos_error error, uint8_t drive, bool writing,
			   uint8_t mode);
/* May what is there be deleted, renamed, given other attributes, as far as this
 * machine's own open files go?  Else DOS_SHARING.  */
enum dos_error dos_share_change(struct dos *dos, const struct dos_path *p,
				const struct drive_info *info);

/* --- path.c -------------------------------------------------------------- */

enum {
	WALK_LONG = 1,		/* long components stay as they are */
	WALK_ENTRY = 2,		/* the name's own entry is meant, not what is joined there */
	WALK_NO_SPLICE = 4,	/* do not look at JOINs */
};

#define PATH_NO_DRIVE 0xff	/* drive of "\\MACHINE\SHARE" */

enum dos_error dos_path_walk(struct dos *dos, const char *name, unsigned how, struct dos_path *out);
/* The last component; the path without it.  */
const char *dos_path_leaf(const struct dos_path *p);
void dos_path_parent(const struct dos_path *p, char out[DRIVE_PATH_MAX]);
void dos_path_full(const struct dos_path *p, char out[DRIVE_PATH_MAX + 3]);
/* All components 8.3, as a CDS wants them; a path that does not exist stays.  */
void dos_path_make_short(struct dos *dos, struct dos_path *p);

/* The drive is there and not joined to another.  */
bool dos_cds_usable(const struct dos *dos, uint8_t drive);
/* The device of these eight characters; 0:0 if there is none.  */
struct far dos_find_device(const struct dos *dos, const void *name);

/* SUBST drive n: for directory dir, or (NULL) undo it.  */
enum dos_error dos_subst(struct dos *dos, uint8_t n, struct dos_path *dir);

/* A name for a call that wants one existing thing: no wildcards, no
 * separator at the end.  */
enum dos_error dos_path_plain(struct dos *dos, struct far name, unsigned how, struct dos_path *out);
/* The drive a path is on; NULL if it has none.  */
struct drive *dos_path_drive(struct dos *dos, const struct dos_path *p);

/* --- sft.c --------------------------------------------------------------- */

/* A free entry, cleared, its count at 1; or DOS_TOO_MANY.  */
enum dos_error dos_sft_new(struct dos *dos, struct far *sft, uint8_t *number);
/* A free handle of the current process; or DOS_TOO_MANY.  */
enum dos_error dos_handle_new(struct dos *dos, uint16_t *handle);
void dos_handle_set(struct dos *dos, uint16_t psp, uint16_t handle, uint8_t number);
/* The drive behind an entry, NULL for a device.  */
struct drive *dos_sft_drive(struct dos *dos, struct far sft, drive_file *f);
bool dos_sft_is_device(const struct dos *dos, struct far sft);
bool dos_sft_is_redirected(const struct dos *dos, struct far sft);
/* Fill a new entry.  */
void dos_sft_set_file(struct dos *dos, struct far sft, uint8_t home, drive_file f,
		      const struct drive_info *info);
void dos_sft_set_device(struct dos *dos, struct far sft, struct far device);
/* One user less; the last one closes the file.  */
enum dos_error dos_sft_close(struct dos *dos, struct far sft);
enum dos_error dos_handle_close(struct dos *dos, uint16_t handle);

/* --- entry.c -------------------------------------------------------------- */

#define ATTR_CHANGEABLE (ATTR_READ_ONLY | ATTR_HIDDEN | ATTR_SYSTEM | ATTR_ARCHIVE)

/* What is there; DOS_NO_FILE for a device, and for the root, which has no
 * entry.  */
enum dos_error dos_entry_info(struct dos *dos, const struct dos_path *p, struct drive_info *info);/* A line for --trace=file.  */
void dos_trace_file(const struct dos *dos, const char *verb, const struct dos_path *p, enum dos_error e);

/* One existing thing that may go, of any kind that 41h takes.  */
enum dos_error dos_remove(struct dos *dos, const struct dos_path *p);
/* What a removal by pattern answers, when its search has ended with e after
 * `seen' things, `gone' of which could be removed.  */
static inline enum dos_error dos_removed(enum dos_error e, unsigned seen, unsigned gone)
{
	if (e != DOS_NO_MORE || gone)
		return e == DOS_NO_MORE ? DOS_OK : e;
	return seen ? DOS_DENIED : DOS_NO_FILE;
}
enum dos_error dos_set_attr(struct dos *dos, const struct dos_path *p, uint16_t attr);
/* how: WALK_LONG or 0.  */
enum dos_error dos_rename(struct dos *dos, const struct dos_path *from, const struct dos_path *to,
			  unsigned how);
/* Is this the current directory of some drive, or above it?  */
bool dos_is_current_dir(struct dos *dos, const struct dos_path *p);
/* 56h and 7156h: a whole service.  */
enum svc dos_rename_names(struct dos *dos, unsigned how);

/* --- open.c -------------------------------------------------------------- */

/* 6Ch's BX, kept in SFT_MODE.  */
enum sft_mode {
	MODE_LARGE = 0x1000,		/* may grow beyond 2 GB (DOS 7.1) */
	MODE_NO_INT24 = 0x2000,
	MODE_COMMIT = 0x4000,		/* flush after every write */
};

#define SIZE_LIMIT 0x7fffffffu	/* without MODE_LARGE */

/* What is to be opened, and how.  */
struct opening {
	struct dos_path path;
	unsigned mode;			/* drive.h's */
	uint16_t sft_mode;
	uint8_t attr;			/* of a new file */
	enum drive_did did;
	uint16_t handle;
	bool extended;			/* by 6Ch */
};

/* Open it in an SFT entry whose count is 1 already.  */
enum dos_error dos_open_into(struct dos *dos, struct opening *o, struct far sft);
/* 6Ch and 716Ch: a whole service.  */
enum svc dos_open_extended(struct dos *dos, bool long_names);

/* --- find.c -------------------------------------------------------------- */

/* A search under way: what the first 17 bytes at the DTA say.  */
struct search {
	uint8_t drive;			/* 0 = A */
	uint8_t pattern[PATH_FCB];
	uint8_t attr;
	uint16_t entry;			/* the next one in the listing */
	uint16_t listing;
};

#define SEARCH_OVER 0xffff		/* entry: there are no more */

/* DOS_NO_MORE if nothing fits (any more), DOS_NO_PATH if there is no such
 * directory.  */
enum dos_error dos_search_first(struct dos *dos, const struct dos_path *p, uint8_t attr,
				struct search *s, struct drive_info *found);
enum dos_error dos_search_next(struct dos *dos, struct search *s, struct drive_info *found);
/* The name of what was found, as in a directory entry.  */
void dos_found_fcb(struct dos *dos, const struct drive_info *found, uint8_t fcb[PATH_FCB]);
/* Would a search for these attributes show an entry with those?  */
bool dos_search_shows(uint8_t wanted, uint8_t attr);

/* A walk over all that a name matches, for a call that changes it.  Its place is
 * noted in the frame, so that a call that is begun again after INT 24h goes on
 * where it was: with the same thing (Retry), or, given_up, with the next one.  */
enum dos_error dos_sweep_first(struct dos *dos, const struct dos_path *p, uint8_t attr,
			       bool given_up, struct search *s, struct drive_info *found);
void dos_sweep_stop(struct dos *dos, const struct search *s);
/* Is this call one that goes on?  */
bool dos_sweeping(struct dos *dos);

/* Delete all files that the last component matches, hidden and system ones
 * only if attr allows.  DOS_SHARING: the walk stands at one that is in use.  */
enum dos_error dos_remove_matching(struct dos *dos, const struct dos_path *p, uint8_t attr,
				   bool given_up);

/* --- dir.c --------------------------------------------------------------- */

/* 39h-3Bh and 7139h-713Bh: whole services.  */
enum svc dos_mkdir(struct dos *dos, bool long_names);
enum svc dos_rmdir(struct dos *dos, bool long_names);
enum svc dos_chdir(struct dos *dos, bool long_names);
/* The current directory of drive dl (0 = the default one, 1 = A), without
 * letter and first backslash.  */
enum dos_error dos_current_dir(struct dos *dos, uint8_t dl, char out[CDS_PATH_SIZE + 1]);

/* --- fcb.c --------------------------------------------------------------- */

void dos_fcb_close_all(struct dos *dos, uint16_t psp);

#endif
