/* redirect.c - files and directories on somebody else's drives.  */

#include "dos/redirect.h"

#include <string.h>

#include "dos/names.h"

/* INT 2Fh/11xxh.  */
enum redirect {
	NET_RMDIR = 0x01, NET_MKDIR = 0x03, NET_CHDIR = 0x05, NET_CLOSE = 0x06,
	NET_COMMIT = 0x07, NET_READ = 0x08, NET_WRITE = 0x09, NET_LOCK = 0x0a,
	NET_SPACE = 0x0c, NET_SET_ATTR = 0x0e, NET_GET_ATTR = 0x0f,
	NET_RENAME = 0x11, NET_DELETE = 0x13, NET_OPEN = 0x16, NET_CREATE = 0x17,
	NET_CREATE_RAW = 0x18, NET_FIND_RAW = 0x19, NET_FIND = 0x1b,
	NET_FIND_NEXT = 0x1c, NET_SEEK_END = 0x21, NET_OPEN_EXTENDED = 0x2e,
};

/* What to do with the answer: rows of the table at the end.  */
enum after {
	AFTER_SIMPLE, AFTER_OPEN, AFTER_OPEN_EXTENDED, AFTER_FIND, AFTER_ATTR, AFTER_CHDIR,
	AFTER_SPACE, AFTER_MOVE, AFTER_SEEK, AFTER_CLOSE, AFTERS
};

/* Notes of a call while the redirector works.  */
enum { NOTE_SFT = 0, NOTE_HANDLE = 1, NOTE_DTA = 2, NOTE_SP = 3, NOTE_FLAGS = 4 };

static uint32_t *note(struct dos *dos, unsigned n)
{
	return &guest_frame(dos->guest)->note[n];
}

/* --- asking ----------------------------------------------------------------- */

static enum svc ask(struct dos *dos, enum redirect function, enum after after)
{
	struct cpu *cpu = dos->guest->cpu;

	cpu_set16(cpu, CPU_AX, 0x1100 | function);
	cpu_load_real(cpu, CPU_DS, DOS_SEG);
	cpu->flags &= ~(uint32_t)CPU_CF;
	return guest_int(dos->guest, 0x2f, STEP_REDIRECT + after);
}

/* Some functions find a word on the stack, above the interrupt's.  */
static enum svc ask_with(struct dos *dos, enum redirect function, uint16_t word, enum after after)
{
	struct cpu *cpu = dos->guest->cpu;
	uint16_t sp = cpu_get16(cpu, CPU_SP);

	*note(dos, NOTE_SP) = sp;
	cpu_set16(cpu, CPU_SP, sp - 2);
	dos_w16(dos, cpu->seg[CPU_SS].sel, sp - 2, word);
	return ask(dos, function, after);
}

static void set_es_di(struct dos *dos, struct far p)
{
	cpu_load_real(dos->guest->cpu, CPU_ES, p.seg);
	cpu_set16(dos->guest->cpu, CPU_DI, p.off);
}

static void set_name(struct dos *dos, const struct dos_path *p, enum sda path, enum sda pointer,
		     enum sda fcb_at)
{
	uint8_t fcb[PATH_FCB];
	bool wild = false;

	guest_copy_out(dos->guest, DOS_SEG, AT_SDA + path, p->path, strnlen(p->path, 127) + 1);
	sda_w16(dos, pointer, AT_SDA + path);
	name_scan(dos, dos_path_leaf(p), fcb, &wild);
	guest_copy_out(dos->guest, DOS_SEG, AT_SDA + fcb_at, fcb, sizeof fcb);
}

/* The name, and the CDS that it came by; FFFFh for a name without drive.  */
static void set_path(struct dos *dos, const struct dos_path *p)
{
	struct far cds = { 0xffff, 0xffff };

	set_name(dos, p, SDA_PATH, SDA_WFP_START, SDA_FCB_NAME);
	if (p->drive != PATH_NO_DRIVE)
		cds = dos_cds(dos, p->drive);
	sda_wfar(dos, SDA_THIS_CDS, cds);
	sda_w16(dos, SDA_CURRENT_END, 0xffff);
	if (p->drive != PATH_NO_DRIVE)
		set_es_di(dos, cds);
}

/* The DTA is ours while the redirector works.  */
static void swap_dta(struct dos *dos, struct far to)
{
	struct far old = sda_rfar(dos, SDA_DTA);

	*note(dos, NOTE_DTA) = (uint32_t)old.seg << 16 | old.off;
	sda_wfar(dos, SDA_DTA, to);
}

static void restore_dta(struct dos *dos)
{
	uint32_t old = *note(dos, NOTE_DTA);

	sda_wfar(dos, SDA_DTA, (struct far){ old, old >> 16 });
}

enum svc redirect_open(struct dos *dos, const struct opening *o, bool extended)
{
	struct far sft;
	uint8_t number;
	uint16_t handle;
	enum dos_error e = dos_sft_new(dos, &sft, &number);
	bool create = o->mode & (DRIVE_CREATE | DRIVE_TRUNCATE);

	if (!e)
		e = dos_handle_new(dos, &handle);
	if (e) {
		if (!far_null(sft))
			dos_w16(dos, sft.seg, sft.off + SFT_REFS, 0);
		return dos_fail(dos, e);
	}
	*note(dos, NOTE_SFT) = number;
	*note(dos, NOTE_HANDLE) = handle;
	*note(dos, NOTE_FLAGS) = o->sft_mode & 0x80 ? INFO_NO_INHERIT : 0;
	dos_w16(dos, sft.seg, sft.off + SFT_MODE, o->sft_mode & ~0x80u);
	sda_wfar(dos, SDA_THIS_SFT, sft);
	sda_w8(dos, SDA_OPEN_MODE, o->mode);
	sda_w8(dos, SDA_SEARCH_ATTR, ATTR_HIDDEN | ATTR_SYSTEM | ATTR_DIR);
	set_path(dos, &o->path);
	set_es_di(dos, sft);
	if (extended) {
		sda_w16(dos, SDA_EXT_ACTION, caller16(dos, CPU_DX));
		sda_w16(dos, SDA_EXT_ATTR, caller16(dos, CPU_CX));
		sda_w16(dos, SDA_EXT_MODE, caller16(dos, CPU_BX));
		return ask_with(dos, NET_OPEN_EXTENDED, caller16(dos, CPU_CX), AFTER_OPEN_EXTENDED);
	}
	if (!create)
		return ask_with(dos, NET_OPEN, o->mode & 0x7f, AFTER_OPEN);
	return ask_with(dos, o->path.drive == PATH_NO_DRIVE ? NET_CREATE_RAW : NET_CREATE,
			o->attr | (o->mode & DRIVE_EXCLUSIVE ? 0x100 : 0), AFTER_OPEN);
}

enum svc redirect_find(struct dos *dos, const struct dos_path *p, uint8_t attr)
{
	set_path(dos, p);
	sda_w8(dos, SDA_SEARCH_ATTR, attr);
	swap_dta(dos, (struct far){ AT_SDA + SDA_SEARCH, DOS_SEG });
	return ask(dos, p->drive == PATH_NO_DRIVE ? NET_FIND_RAW : NET_FIND, AFTER_FIND);
}

enum svc redirect_find_next(struct dos *dos)
{
	struct far dta = sda_rfar(dos, SDA_DTA);
	uint8_t state[FIND_FOUND_ATTR];

	guest_copy_in(dos->guest, state, dta.seg, dta.off, sizeof state);
	guest_copy_out(dos->guest, DOS_SEG, AT_SDA + SDA_SEARCH, state, sizeof state);
	swap_dta(dos, (struct far){ AT_SDA + SDA_SEARCH, DOS_SEG });
	return ask(dos, NET_FIND_NEXT, AFTER_FIND);
}

enum svc redirect_rename(struct dos *dos, const struct dos_path *from, const struct dos_path *to)
{
	sda_w8(dos, SDA_SEARCH_ATTR, ATTR_HIDDEN | ATTR_SYSTEM | ATTR_DIR);
	set_name(dos, to, SDA_PATH2, SDA_REN_WFP, SDA_FCB_NAME2);
	set_path(dos, from);
	return ask(dos, NET_RENAME, AFTER_SIMPLE);
}

static enum svc ask_about(struct dos *dos, const struct dos_path *p, enum redirect function, enum after after)
{
	sda_w8(dos, SDA_SEARCH_ATTR, ATTR_HIDDEN | ATTR_SYSTEM | ATTR_DIR);
	set_path(dos, p);
	return ask(dos, function, after);
}

enum svc redirect_get_attr(struct dos *dos, const struct dos_path *p)
{
	return ask_about(dos, p, NET_GET_ATTR, AFTER_ATTR);
}

enum svc redirect_set_attr(struct dos *dos, const struct dos_path *p, uint16_t attr)
{
	sda_w8(dos, SDA_SEARCH_ATTR, ATTR_HIDDEN | ATTR_SYSTEM | ATTR_DIR);
	set_path(dos, p);
	return ask_with(dos, NET_SET_ATTR, attr, AFTER_SIMPLE);
}

enum svc redirect_delete(struct dos *dos, const struct dos_path *p)
{
	return ask_about(dos, p, NET_DELETE, AFTER_SIMPLE);
}

enum svc redirect_mkdir(struct dos *dos, const struct dos_path *p)
{
	return ask_about(dos, p, NET_MKDIR, AFTER_SIMPLE);
}

enum svc redirect_rmdir(struct dos *dos, const struct dos_path *p)
{
	return ask_about(dos, p, NET_RMDIR, AFTER_SIMPLE);
}

enum svc redirect_chdir(struct dos *dos, const struct dos_path *p)
{
	if (p->drive == PATH_NO_DRIVE)
		return dos_fail(dos, DOS_NO_PATH);
	*note(dos, NOTE_HANDLE) = p->drive;
	return ask_about(dos, p, NET_CHDIR, AFTER_CHDIR);
}

enum svc redirect_space(struct dos *dos, struct far cds)
{
	sda_wfar(dos, SDA_THIS_CDS, cds);
	set_es_di(dos, cds);
	return ask(dos, NET_SPACE, AFTER_SPACE);
}

enum svc redirect_move(struct dos *dos, struct far sft, bool writing)
{
	sda_wfar(dos, SDA_THIS_SFT, sft);
	swap_dta(dos, caller_ds(dos, CPU_DX));
	set_es_di(dos, sft);
	cpu_set16(dos->guest->cpu, CPU_CX, caller16(dos, CPU_CX));
	return ask(dos, writing ? NET_WRITE : NET_READ, AFTER_MOVE);
}

enum svc redirect_seek_end(struct dos *dos, struct far sft, uint32_t offset)
{
	*note(dos, NOTE_SFT) = (uint32_t)sft.seg << 16 | sft.off;
	set_es_di(dos, sft);
	cpu_set16(dos->guest->cpu, CPU_CX, offset >> 16);
	cpu_set16(dos->guest->cpu, CPU_DX, offset);
	return ask(dos, NET_SEEK_END, AFTER_SEEK);
}

enum svc redirect_commit(struct dos *dos, struct far sft)
{
	set_es_di(dos, sft);
	return ask(dos, NET_COMMIT, AFTER_SIMPLE);
}

/* The redirector counts the users down (RBIL, INT 2Fh/1106h).  */
enum svc redirect_close(struct dos *dos, uint16_t handle, struct far sft)
{
	sda_wfar(dos, SDA_THIS_SFT, sft);
	*note(dos, NOTE_HANDLE) = handle;
	set_es_di(dos, sft);
	return ask(dos, NET_CLOSE, AFTER_CLOSE);
}

enum svc redirect_lock(struct dos *dos, struct far sft, bool on, uint32_t pos, uint32_t size)
{
	struct cpu *cpu = dos->guest->cpu;

	dos_w32(dos, DOS_SEG, AT_SDA + SDA_LOCK_POS, pos);
	dos_w32(dos, DOS_SEG, AT_SDA + SDA_LOCK_SIZE, size);
	set_es_di(dos, sft);
	cpu_set16(cpu, CPU_BX, on ? 0 : 1);
	cpu_set16(cpu, CPU_CX, 1);
	cpu_set16(cpu, CPU_DX, AT_SDA + SDA_LOCK_POS);
	return ask(dos, NET_LOCK, AFTER_SIMPLE);
}

/* --- answers ------------------------------------------------------------------- */

/* What the redirector left in the registers.  */
struct answer {
	bool failed;
	uint16_t ax, bx, cx, dx;
};

static enum svc after_simple(struct dos *dos, const struct answer *a)
{
	return a->failed ? dos_fail(dos, a->ax) : guest_done(dos->guest);
}

static enum svc after_open(struct dos *dos, const struct answer *a)
{
	uint8_t number = *note(dos, NOTE_SFT);
	uint16_t handle = *note(dos, NOTE_HANDLE);
	struct far sft = dos_sft(dos, number);

	if (far_null(sft))
		return dos_fail(dos, DOS_BAD_HANDLE);
	if (a->failed) {
		dos_w16(dos, sft.seg, sft.off + SFT_REFS, 0);
		return dos_fail(dos, a->ax);
	}
	dos_w16(dos, sft.seg, sft.off + SFT_REFS, 1);
	dos_w16(dos, sft.seg, sft.off + SFT_INFO,
		dos_r16(dos, sft.seg, sft.off + SFT_INFO) | INFO_NETWORK | *note(dos, NOTE_FLAGS));
	dos_handle_set(dos, dos_psp(dos), handle, number);
	return guest_ok(dos->guest, handle);
}

static enum svc after_open_extended(struct dos *dos, const struct answer *a)
{
	if (!a->failed)
		cpu_set16(dos->guest->cpu, CPU_CX, a->cx);
	return after_open(dos, a);
}

/* The state and the directory entry (32 bytes) are in DOS's own area.  */
static enum svc after_find(struct dos *dos, const struct answer *a)
{
	struct far dta;
	uint8_t state[FIND_FOUND_ATTR], entry[32];
	char name[PATH_83_MAX];

	restore_dta(dos);
	if (a->failed)
		return dos_fail(dos, a->ax);
	dta = sda_rfar(dos, SDA_DTA);
	guest_copy_in(dos->guest, state, DOS_SEG, AT_SDA + SDA_SEARCH, sizeof state);
	guest_copy_in(dos->guest, entry, DOS_SEG, AT_SDA + SDA_FOUND, sizeof entry);
	state[FIND_DRIVE] |= 0x80;
	guest_copy_out(dos->guest, dta.seg, dta.off, state, sizeof state);
	dos_w8(dos, dta.seg, dta.off + FIND_FOUND_ATTR, entry[11]);
	guest_copy_out(dos->guest, dta.seg, dta.off + FIND_TIME, entry + 22, 4);
	guest_copy_out(dos->guest, dta.seg, dta.off + FIND_SIZE, entry + 28, 4);
	path_from_fcb(entry, name);
	guest_copy_out(dos->guest, dta.seg, dta.off + FIND_NAME, name, strlen(name) + 1);
	return guest_ok(dos->guest, 0);
}

static enum svc after_attr(struct dos *dos, const struct answer *a)
{
	if (a->failed)
		return dos_fail(dos, a->ax);
	cpu_set16(dos->guest->cpu, CPU_CX, a->ax);
	return guest_ok(dos->guest, a->ax);
}

/* The name is still where the redirector looked at it.  */
static enum svc after_chdir(struct dos *dos, const struct answer *a)
{
	struct far cds = dos_cds(dos, *note(dos, NOTE_HANDLE));
	char text[CDS_PATH_SIZE];

	if (a->failed)
		return dos_fail(dos, a->ax);
	if (far_null(cds) ||
	    !guest_string(dos->guest, (struct far){ AT_SDA + SDA_PATH, DOS_SEG }, text, sizeof text))
		return dos_fail(dos, DOS_NO_PATH);
	guest_copy_out(dos->guest, cds.seg, cds.off, text, strlen(text) + 1);
	return guest_done(dos->guest);
}

static enum svc after_space(struct dos *dos, const struct answer *a)
{
	struct cpu *cpu = dos->guest->cpu;

	if (a->failed) {
		dos_note_error(dos, a->ax);
		cpu_set16(cpu, CPU_AX, 0xffff);
		return SVC_DONE;
	}
	cpu_set16(cpu, CPU_AX, a->ax & 0xff);
	cpu_set16(cpu, CPU_BX, a->dx);
	cpu_set16(cpu, CPU_CX, a->cx);
	cpu_set16(cpu, CPU_DX, a->bx);
	return SVC_DONE;
}

static enum svc after_move(struct dos *dos, const struct answer *a)
{
	restore_dta(dos);
	return a->failed ? dos_fail(dos, a->ax) : guest_ok(dos->guest, a->cx);
}

static enum svc after_seek(struct dos *dos, const struct answer *a)
{
	uint32_t sft = *note(dos, NOTE_SFT);

	if (a->failed)
		return dos_fail(dos, a->ax);
	dos_w32(dos, sft >> 16, (uint16_t)sft + SFT_POS, (uint32_t)a->dx << 16 | a->ax);
	cpu_set16(dos->guest->cpu, CPU_DX, a->dx);
	return guest_ok(dos->guest, a->ax);
}

static enum svc after_close(struct dos *dos, const struct answer *a)
{
	dos_handle_set(dos, dos_psp(dos), *note(dos, NOTE_HANDLE), 0xff);
	return after_simple(dos, a);
}

static enum svc (*const after[AFTERS])(struct dos *dos, const struct answer *a) = {
	[AFTER_SIMPLE] = after_simple, [AFTER_OPEN] = after_open,
	[AFTER_OPEN_EXTENDED] = after_open_extended, [AFTER_FIND] = after_find,
	[AFTER_ATTR] = after_attr, [AFTER_CHDIR] = after_chdir, [AFTER_SPACE] = after_space,
	[AFTER_MOVE] = after_move, [AFTER_SEEK] = after_seek, [AFTER_CLOSE] = after_close,
};

enum svc redirect_go_on(struct dos *dos)
{
	struct cpu *cpu = dos->guest->cpu;
	unsigned n = guest_step(dos->guest) - STEP_REDIRECT;
	struct answer a = {
		.failed = cpu->flags & CPU_CF, .ax = cpu_get16(cpu, CPU_AX),
		.bx = cpu_get16(cpu, CPU_BX), .cx = cpu_get16(cpu, CPU_CX), .dx = cpu_get16(cpu, CPU_DX),
	};

	if (*note(dos, NOTE_SP))
		cpu_set16(cpu, CPU_SP, *note(dos, NOTE_SP));
	guest_restore(dos->guest);
	return n < AFTERS ? after[n](dos, &a) : dos_fail(dos, DOS_BAD_FUNCTION);
}
