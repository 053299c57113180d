/* dos.h - the DOS kernel: one object, its wiring, and what its files offer
 * each other and the floors above.
 *
 * What DOS shows to programs lives in guest memory in the layout of DOS
 * 6.22 (dos/layout.h); struct dos holds only what it was wired to, its
 * settings, and the drives.
 *
 * Files of this room:
 *	init.c		wiring; the boot, phase by phase
 *	kernel.c	builds the kernel's tables in guest memory
 *	config.c	CONFIG.SYS; configtext.c its text; drivers.c DEVICE=
 *	int21.c		the table of INT 21h; entry, stacks, InDOS, registers
 *	memory.c	MCB chain (48h-4Ah, 58h)
 *	psp.c		program segment prefixes (26h, 50h, 51h, 55h, 62h)
 *	exec.c		programs begin (4Bh); terminate.c: they end or stay (00h, 31h, 4Ch, 4Dh)
 *	loader.c	COM and MZ images
 *	env.c		environment blocks
 *	fetch.c		programs on a network redirector's drives
 *	names.c		how the kernel reads a name out of text
 *	path.c		names looked through: truename, SUBST, JOIN, devices (60h)
 *	sft.c		system file table, job file table (45h, 46h, 67h, 68h)
 *	sharing.c	where programs are in each other's way
 *	open.c		opening and making files (3Ch, 3Dh, 5Ah, 5Bh, 6Ch)
 *	file.c		close, read, write, seek, dates, locks (3Eh-40h, 42h, 57h, 5Ch)
 *	entry.c		delete, attributes, rename (41h, 43h, 56h)
 *	find.c		searches (4Eh, 4Fh)
 *	dir.c		directories (39h-3Bh, 47h)
 *	fcb.c		file control blocks; fcbio.c: their records, and 29h
 *	lfn.c		long names (71xxh); lfnfind.c: their searches and dates
 *	disk.c		drives and their space (0Dh, 0Eh, 19h, 1Bh, 1Ch, 1Fh, 32h, 36h, 69h)
 *	fat32.c		73xxh
 *	ioctl.c		44xxh; diskctl.c: 440Dh and 4411h
 *	region.c	parts of upper memory (LOADHIGH /L, DEVICEHIGH /L)
 *	redirect.c	what goes to a network redirector (INT 2Fh/11xxh)
 *	device.c	requests to character device drivers, ours and loaded ones
 *	builtin.c	ours; con.c: CON; charports.c: AUX, COMn, PRN, LPTn
 *	console.c	characters in and out, Ctrl-C: the pieces of
 *	charfn.c	01h-0Ch, and 3Fh, 40h on devices
 *	line.c		the line editor
 *	time.c		clock (2Ah-2Dh), CLOCK$
 *	nls.c		country and code page (38h, 63h, 65h, 66h); country.c their table
 *	multiplex.c	INT 2Fh; internals.c: its internal services (12xxh)
 *	error.c		extended errors (59h)
 *	critical.c	INT 24h, INT 23h
 *	system.c	vectors, version, flags, pointers (25h, 2Eh, 30h, 33h-37h, 52h ...)
 *	network.c	5Dh-5Fh
 *
 * Functions that may have to wait or to run guest code are services
 * (enum svc, guest/guest.h); all others finish at once.  */

#ifndef DOS_H
#define DOS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "dos/lfn.h"
#include "drive/drive.h"
#include "guest/guest.h"

struct bus;
struct error;
struct state;

/* A program that is told another version: "NAME.EXE".  */
struct dos_setver {
	char name[13];
	uint8_t major, minor;
};

/* Plain values, read from the settings by the machine.  */
struct dos_config {
	uint8_t version_major, version_minor;	/* 6, 22: what 30h reports */
	const struct dos_setver *setver;	/* settings' own */
	size_t setver_count;
	uint16_t country, code_page;		/* 1, 437 */
	uint8_t files, fcbs, lastdrive, buffers;	/* 40, 4, 26, 20 */
	uint16_t lowest;		/* segment from which on programs have memory, 0: all */
	bool umb, high;
	bool short_names;		/* no INT 21h/71xxh */
	bool config_sys;		/* read C:\CONFIG.SYS */
	char boot_drive;		/* 'C' */
	char current_drive;		/* 'D' */
	char current_dir[DRIVE_PATH_MAX];	/* of current_drive, "\\SUB" */
	char shell[DRIVE_PATH_MAX];	/* the first process: "C:\\COMMAND.COM" */
	char shell_tail[128];		/* and its command tail, without length or CR */
	bool keep_shell;		/* CONFIG.SYS's SHELL= does not count */
	const char *environment;	/* "NAME=VALUE\0...\0", settings' own */
	size_t environment_size;
	bool std_is_con[3];		/* handles 0-2 open CON, not the host's stream */
};

/* How far the boot has come (config.c, init.c), and what CONFIG.SYS wants.  */
struct dos_boot {
	uint8_t phase;			/* enum boot_phase */
	uint16_t line;			/* DEVICE= or INSTALL= lines done */
	char menu[32], block[32];	/* the menu shown; the block chosen */
	uint64_t asked, yes;		/* lines with "?": the nth has been answered */
	uint16_t driver;		/* segment of the driver being started */
	struct far header;		/* its header that is being asked */
	uint8_t headers;		/* of them done */
	uint16_t driver_end;		/* paragraphs it keeps so far */
	uint16_t error_line;		/* its line in CONFIG.SYS */
	uint8_t files, fcbs, lastdrive, buffers;
	bool break_on, high, umb;
	uint16_t country, code_page;
	char shell[DRIVE_PATH_MAX];
	char shell_tail[128];
	char environment[1024];		/* SET= lines, "NAME=VALUE\0...\0" */
	uint16_t environment_size;	/* with the last NUL; 0 none */
	uint16_t stack;			/* segment of the boot's own, 0 none */
	uint16_t menu_ticks;		/* BIOS ticks when the menu was shown */
};

#define PROCESS_MARKS	64

/* guest_mark() when a process began: the frames above it end with it.  Not
 * in its PSP, since programs write there what they like.  */
struct process_marks {
	uint8_t n;
	struct { uint16_t psp; uint8_t mark; } of[PROCESS_MARKS];	/* oldest first */
};

/* A file of somebody else's drive on its way into memory (fetch.h).  */
struct dos_fetch {
	char name[128];			/* "": none */
	enum dos_error error;
	uint8_t *data;
	uint32_t size, want;
};

struct dos {
	/* What it was wired to.  */
	struct guest *guest;
	struct bus *bus;
	struct drive *drive;		/* [DRIVE_LETTERS], mounted by the machine */
	struct drive *stdio;		/* kind "stdio": the host's streams */
	struct xms *xms;		/* NULL: there is no XMS manager */
	struct dos_config config;
	void *ctx;			/* for the calls below */
	/* The first process has ended: ERRORLEVEL and how (INT 21h/4Dh).  */
	void (*off)(void *ctx, uint8_t code, uint8_t how);
	/* The first process cannot be started.  */
	void (*no_shell)(void *ctx, enum dos_error error, const char *why);
	/* The system cannot go on (MCB chain destroyed).  */
	void (*crashed)(void *ctx, const char *why);
	/* CON's way to the screen, when nobody has hooked INT 10h or 29h.  */
	void (*teletype)(void *ctx, uint8_t ch);
	/* The machine's clock: seconds since 1970-01-01, local time.  */
	int64_t (*clock)(void *ctx, uint32_t *nanoseconds);
	void (*set_clock)(void *ctx, int64_t seconds, uint32_t nanoseconds);
	/* The system boots: disks may be partitioned otherwise than they were, and so be
	 * other drives.  May be NULL.  */
	void (*mount)(void *ctx);
	/* A program is about to run, CS:IP at its first instruction.  May be
	 * NULL.  */
	void (*started)(void *ctx, uint16_t psp);
	/* One line for --trace=dos, =exec or =file; NULL when nobody looks.  */
	void (*trace)(void *ctx, const char *channel, const char *text);

	/* What it remembers outside guest memory: nothing a program may see.  */
	struct dos_boot boot;
	struct lfn lfn;
	struct process_marks marks;
	struct dos_fetch fetch;
};

/* config and the calls of struct dos are the machine's to set, before or after.  */
void dos_init(struct dos *dos, struct guest *guest, struct bus *bus,
	      struct drive *drives, struct drive *stdio);
void dos_reset(struct dos *dos);
void dos_fini(struct dos *dos);
/* The machine has mounted or unmounted drives: tell the guest.  Harmless
 * before the kernel is up.  */
void dos_drives_changed(struct dos *dos);
/* What was in a drive (0 = A) is not there any more: its open files are none.  */
void dos_disk_gone(struct dos *dos, uint8_t drive);
void dos_state(struct dos *dos, struct state *st);

/* Guest memory, short.  DOS's own segment is dos_seg().  */
static inline uint8_t dos_r8(const struct dos *d, uint16_t s, uint16_t o) { return guest_r8(d->guest, s, o); }
static inline uint16_t dos_r16(const struct dos *d, uint16_t s, uint16_t o) { return guest_r16(d->guest, s, o); }
static inline uint32_t dos_r32(const struct dos *d, uint16_t s, uint16_t o) { return guest_r32(d->guest, s, o); }
static inline void dos_w8(struct dos *d, uint16_t s, uint16_t o, uint8_t v) { guest_w8(d->guest, s, o, v); }
static inline void dos_w16(struct dos *d, uint16_t s, uint16_t o, uint16_t v) { guest_w16(d->guest, s, o, v); }
static inline void dos_w32(struct dos *d, uint16_t s, uint16_t o, uint32_t v) { guest_w32(d->guest, s, o, v); }

void dos_trace(const struct dos *dos, const char *channel, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/* --- psp.c, memory.c, terminate.c, env.c ------------------------------------- */

uint16_t dos_psp(const struct dos *dos);		/* the current one */
void dos_set_psp(struct dos *dos, uint16_t psp);

/* paras paragraphs for owner; DOS_NO_MEMORY with *largest set.  Strategy as
 * 58h has it.  A destroyed chain is DOS_MCB_DESTROYED.  */
enum dos_error dos_alloc(struct dos *dos, uint16_t owner, uint16_t paras,
			 uint16_t *seg, uint16_t *largest);
enum dos_error dos_free(struct dos *dos, uint16_t seg);
enum dos_error dos_resize(struct dos *dos, uint16_t seg, uint16_t paras, uint16_t *largest);

/* End the current process (INT 21h/4Ch, 31h, 00h, INT 20h, 27h, 23h abort,
 * 24h abort).  how: 0 normal, 1 Ctrl-C, 2 critical error, 3 resident, with
 * keep paragraphs.  Goes back to the parent: answer its result.  */
enum dos_how { DOS_HOW_NORMAL, DOS_HOW_CTRL_C, DOS_HOW_CRITICAL, DOS_HOW_RESIDENT };
enum svc dos_terminate(struct dos *dos, uint8_t code, enum dos_how how, uint16_t keep);

/* The value of a variable in the environment block at seg; false if unset.  */
bool dos_env_get(const struct dos *dos, uint16_t seg, const char *name, char *buf, size_t size);

/* --- config.c --------------------------------------------------------- */

/* Command n of CONFIG.SYS, and a line on it; NULL: there are no more.  */
const char *dos_config_command(unsigned n, const char **help);

/* --- error.c ---------------------------------------------------------- */

/* Answer the caller with an error: AX, carry, and what 59h will say.  */
enum svc dos_fail(struct dos *dos, enum dos_error error);
/* The same without AX and carry (FCB calls and their like).  */
void dos_note_error(struct dos *dos, enum dos_error error);
/* Ctrl-C has been seen, and "^C" shown: leave the call and run INT 23h.  The
 * call begins anew, or the process ends, as the handler says.  */
enum svc dos_break(struct dos *dos);
/* A device or drive refuses (error 19..31, 34): INT 24h.  The answer (0
 * ignore, 1 retry, 3 fail) is in note[7] at next_step; abort ends the
 * process.  device 0:0 means drive `drive' (0 = A).  */
enum svc dos_critical(struct dos *dos, enum dos_error error, uint8_t drive,
		      struct far device, bool writing, uint8_t next_step);

/* --- path.c ----------------------------------------------------------- */

enum dos_path_kind { PATH_FILE, PATH_DEVICE, PATH_REDIRECTED };

/* A name looked through: SUBST and JOIN resolved, "." and ".." gone.  */
struct dos_path {
	enum dos_path_kind kind;
	uint8_t drive;			/* 0 = A, after SUBST */
	uint8_t logical;		/* the drive that was named */
	char path[DRIVE_PATH_MAX];	/* "\\DIR\\FILE", as drive.h wants it;
					 * redirected: the whole text */
	bool wild;			/* ? or * in the last component */
	bool slash;			/* a separator stood at the end */
	bool bare;			/* a device named without a directory */
	struct far device;		/* PATH_DEVICE: the driver's header */
};

/* name is ASCIZ in guest memory; long_names keeps long components.  */
enum dos_error dos_path(struct dos *dos, struct far name, bool long_names, struct dos_path *out);
enum dos_error dos_path_text(struct dos *dos, const char *name, bool long_names, struct dos_path *out);

/* --- sft.c, file.c ---------------------------------------------------- */

/* An open file is named by the guest address of its SFT entry.  */
struct far dos_sft(const struct dos *dos, uint8_t number);	/* 0:0 past the end */
struct far dos_handle_sft(const struct dos *dos, uint16_t handle);	/* of the current PSP; 0:0 bad */

/* Move bytes between guest memory and the file (not device) of an SFT entry
 * at its position, which moves on; access mode already checked.  *n: in,
 * bytes wanted; out, bytes moved.  May answer DRIVE_WAIT.  For 3Fh, 40h and
 * for the console functions on redirected handles.  Redirected drives (INT
 * 2Fh/11xxh) are the caller's affair.  */
enum dos_error dos_sft_read(struct dos *dos, struct far sft, uint16_t seg, uint16_t off, uint16_t *n);
enum dos_error dos_sft_write(struct dos *dos, struct far sft, uint16_t seg, uint16_t off, uint16_t *n);

/* Would a read of one byte give it (DOS_OK), meet the end (DOS_NO_MORE), or
 * have to wait (DRIVE_WAIT)?  */
enum dos_error dos_sft_ready(struct dos *dos, struct far sft);

/* For the kernel itself (EXEC, CONFIG.SYS, overlays): a file on one of our
 * drives, at once, without a handle.  */
enum dos_error dos_file_open(struct dos *dos, const struct dos_path *path, unsigned mode,
			     drive_file *f, struct drive_info *info);
enum dos_error dos_file_read(struct dos *dos, const struct dos_path *path, drive_file f,
			     uint32_t pos, void *buf, size_t *n);
void dos_file_release(struct dos *dos, const struct dos_path *path, drive_file f);

/* Handles 0-4 of the first process: CON or the host's streams, AUX, PRN.  */
void dos_std_handles(struct dos *dos, uint16_t psp);
/* Copy the inheritable handles of `parent' to `child' (EXEC).  */
void dos_inherit_handles(struct dos *dos, uint16_t parent, uint16_t child);
/* Close all handles, FCB files and listings of a process that ends.  */
void dos_close_all(struct dos *dos, uint16_t psp);

/* --- device.c, charfn.c -------------------------------------- */

/* Read or write n bytes at seg:off by the character driver whose header is
 * at `device'; comes back with next_step, the answer in device_result()
 * (device.h).  Cooked handling is charfn.c's.  */
enum svc dos_device_io(struct dos *dos, struct far device, bool writing,
		       uint16_t seg, uint16_t off, uint16_t n, uint8_t next_step);
/* 3Fh and 40h on a character device, cooked (CON lines, Ctrl-C, tabs) or
 * raw by the SFT's bit 5.  A complete service: answers the caller.  */
enum svc dos_device_read(struct dos *dos, struct far sft);
enum svc dos_device_write(struct dos *dos, struct far sft);

#endif
