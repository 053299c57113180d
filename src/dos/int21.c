/* int21.c - INT 21h: the table of functions, and the way into DOS and out.
 *
 * The way in is DOS's own (MS-DOS 4.0 sources, DOS/DISP.ASM), because TSRs,
 * redirectors and debuggers look at what it leaves: the caller's registers
 * lie on the caller's stack, in DOS's order, pointed to by the swappable data
 * area and by PSP:2Eh; InDOS is counted up; and DOS runs on one of its three
 * stacks, so that interrupts that come while a service waits do not need
 * the program's.  A service that finishes at once never touches the DOS
 * stack, so it does no harm even where DOS itself could not be re-entered.
 *
 * Frames that wait at the same time have different places on the DOS stack
 * (the more there are, the lower), so that a task switcher which swaps the
 * data area finds each its own.  */

#include "dos/int21.h"

#include <string.h>

#include "dos/console.h"
#include "dos/critical.h"
#include "dos/layout.h"
#include "dos/redirect.h"
#include "dos/process.h"
#include "dos/services.h"

const struct int21_row int21_table[0x100] = {
	[0x00] = { "abort", int21_abort, "" },
	[0x01] = { "read char, echo", int21_read_echo, "-> %rc", WAY_CHAR },
	[0x02] = { "write char", int21_putchar, "%dc", WAY_CHAR },
	[0x03] = { "aux read", int21_aux_read, "-> %rc", WAY_CHAR },
	[0x04] = { "aux write", int21_aux_write, "%dc", WAY_CHAR },
	[0x05] = { "print char", int21_print, "%dc", WAY_CHAR },
	[0x06] = { "direct console", int21_direct, "%dl -> %rc", WAY_CHAR },
	[0x07] = { "read char, direct", int21_read_direct, "-> %rc", WAY_CHAR },
	[0x08] = { "read char", int21_read_quiet, "-> %rc", WAY_CHAR },
	[0x09] = { "write string", int21_puts, "%$", WAY_CHAR },
	[0x0a] = { "read line", int21_read_line, "%p", WAY_CHAR },
	[0x0b] = { "key waiting", int21_key_waiting, "-> %rl", WAY_CHAR },
	[0x0c] = { "flush, read", int21_flush_read, "%al -> %rl", WAY_CHAR },
	[0x0d] = { "disk reset", int21_disk_reset, "" },
	[0x0e] = { "select drive", int21_select_drive, "%dv -> %rl" },
	[0x0f] = { "FCB open", int21_fcb_open, "%f -> %rl" },
	[0x10] = { "FCB close", int21_fcb_close, "%f -> %rl" },
	[0x11] = { "FCB find first", int21_fcb_find_first, "%f -> %rl" },
	[0x12] = { "FCB find next", int21_fcb_find_next, "%f -> %rl" },
	[0x13] = { "FCB delete", int21_fcb_delete, "%f -> %rl" },
	[0x14] = { "FCB read", int21_fcb_read, "%f -> %rl" },
	[0x15] = { "FCB write", int21_fcb_write, "%f -> %rl" },
	[0x16] = { "FCB create", int21_fcb_create, "%f -> %rl" },
	[0x17] = { "FCB rename", int21_fcb_rename, "%f -> %rl" },
	[0x18] = { "CP/M", int21_cpm, "" },
	[0x19] = { "current drive", int21_current_drive, "-> %rv" },
	[0x1a] = { "set DTA", int21_set_dta, "%p" },
	[0x1b] = { "allocation information", int21_fat_info, "-> %rl" },
	[0x1c] = { "allocation information of", int21_fat_info_of, "%d1 -> %rl" },
	[0x1d] = { "CP/M", int21_cpm, "" },
	[0x1e] = { "CP/M", int21_cpm, "" },
	[0x1f] = { "get DPB", int21_dpb, "-> %rl" },
	[0x20] = { "CP/M", int21_cpm, "" },
	[0x21] = { "FCB random read", int21_fcb_random_read, "%f -> %rl" },
	[0x22] = { "FCB random write", int21_fcb_random_write, "%f -> %rl" },
	[0x23] = { "FCB size", int21_fcb_size, "%f -> %rl" },
	[0x24] = { "FCB set random", int21_fcb_set_random, "%f" },
	[0x25] = { "set vector", int21_set_vector, "%al %p" },
	[0x26] = { "create PSP", int21_create_psp, "%dx" },
	[0x27] = { "FCB block read", int21_fcb_block_read, "%f %cd -> %rl, %rcd" },
	[0x28] = { "FCB block write", int21_fcb_block_write, "%f %cd -> %rl, %rcd" },
	[0x29] = { "FCB parse", int21_fcb_parse, "%i %al -> %rl" },
	[0x2a] = { "get date", int21_get_date, "-> %rcd %rdx" },
	[0x2b] = { "set date", int21_set_date, "%cd-%dx -> %rl" },
	[0x2c] = { "get time", int21_get_time, "-> %rcx:%rdx" },
	[0x2d] = { "set time", int21_set_time, "%cx:%dx -> %rl" },
	[0x2e] = { "set verify", int21_set_verify, "%al" },
	[0x2f] = { "get DTA", int21_get_dta, "-> %rp" },
	[0x30] = { "version", int21_version, "%al -> %rx" },
	[0x31] = { "keep", int21_keep, "%al %dd" },
	[0x32] = { "get DPB of", int21_dpb_of, "%d1 -> %rl" },
	[0x33] = { "break", int21_break, "%al %dl -> %rdx", WAY_BARE },
	[0x34] = { "get InDOS address", int21_indos, "-> %rp" },
	[0x35] = { "get vector", int21_get_vector, "%al -> %rp" },
	[0x36] = { "free space", int21_free_space, "%d1 -> %rx, %rbd, %rcd, %rdd" },
	[0x37] = { "switch character", int21_switchar, "%al %dl -> %rl" },
	[0x38] = { "country", int21_country, "%al %p -> %rA" },
	[0x39] = { "mkdir", int21_mkdir, "%n -> %r0" },
	[0x3a] = { "rmdir", int21_rmdir, "%n -> %r0" },
	[0x3b] = { "chdir", int21_chdir, "%n -> %r0" },
	[0x3c] = { "create", int21_create, "%n attr %cx -> %ra" },
	[0x3d] = { "open", int21_open, "%n %m -> %ra" },
	[0x3e] = { "close", int21_close, "%bd -> %r0" },
	[0x3f] = { "read", int21_read, "%bd, %cd -> %ra %rb" },
	[0x40] = { "write", int21_write, "%bd, %w -> %ra" },
	[0x41] = { "delete", int21_delete, "%n -> %r0" },
	[0x42] = { "seek", int21_seek, "%bd, %o %s -> %ro" },
	[0x43] = { "attributes", int21_attributes, "%al %n %cx -> %r0 %rcx" },
	[0x44] = { "ioctl", int21_ioctl, "%al %bx %cx %dx -> %rA %rdx" },
	[0x45] = { "dup", int21_dup, "%bd -> %ra" },
	[0x46] = { "dup2", int21_dup2, "%bd, %cd -> %r0" },
	[0x47] = { "getcwd", int21_getcwd, "%d1 -> %ri" },
	[0x48] = { "alloc", int21_alloc, "%bx -> %rA %rbx" },
	[0x49] = { "free", int21_free, "%es -> %r0" },
	[0x4a] = { "resize", int21_resize, "%es %bx -> %r0 %rbx" },
	[0x4b] = { "exec", int21_exec, "%al %n -> %r0" },
	[0x4c] = { "exit", int21_exit, "%al" },
	[0x4d] = { "wait", int21_wait, "-> %rx" },
	[0x4e] = { "find first", int21_find_first, "%n %cx -> %rf" },
	[0x4f] = { "find next", int21_find_next, "-> %rf" },
	[0x50] = { "set PSP", int21_set_psp, "%bx", WAY_BARE },
	[0x51] = { "get PSP", int21_get_psp, "-> %rbx", WAY_BARE },
	[0x52] = { "list of lists", int21_list_of_lists, "-> %rp" },
	[0x53] = { "BPB to DPB", int21_bpb_to_dpb, "" },
	[0x54] = { "get verify", int21_get_verify, "-> %rl" },
	[0x55] = { "child PSP", int21_child_psp, "%dx" },
	[0x56] = { "rename", int21_rename, "%n %N -> %r0" },
	[0x57] = { "file time", int21_file_time, "%al %bd %cx %dx -> %r0 %rcx %rdx" },
	[0x58] = { "allocation strategy", int21_strategy, "%al %bx -> %rA" },
	[0x59] = { "extended error", int21_extended_error, "-> %rx", WAY_ERROR },
	[0x5a] = { "create temporary", int21_create_temp, "%n attr %cx -> %ra" },
	[0x5b] = { "create new", int21_create_new, "%n attr %cx -> %ra" },
	[0x5c] = { "lock", int21_lock, "%al %bd, %o, %si:%di -> %r0" },
	[0x5d] = { "server", int21_server, "%al -> %rA" },
	[0x5e] = { "machine name", int21_machine, "%al -> %rA" },
	[0x5f] = { "redirection", int21_redirection, "%al -> %rA" },
	[0x60] = { "truename", int21_truename, "%i -> %rN" },
	[0x61] = { "CP/M", int21_cpm, "" },
	[0x62] = { "get PSP", int21_get_psp, "-> %rbx", WAY_BARE },
	[0x63] = { "DBCS table", int21_dbcs, "%al -> %rx" },
	[0x64] = { "printer flag", int21_printer_flag, "%al", WAY_BARE },
	[0x65] = { "country, extended", int21_country_ext, "%al %bx %dx -> %rA" },
	[0x66] = { "code page", int21_code_page, "%al %bd -> %r0 %rbd" },
	[0x67] = { "handle count", int21_handle_count, "%bd -> %r0" },
	[0x68] = { "commit", int21_commit, "%bd -> %r0" },
	[0x69] = { "disk serial number", int21_media_id, "%al %bl -> %r0" },
	[0x6a] = { "commit", int21_commit, "%bd -> %r0" },
	[0x6b] = { "CP/M", int21_cpm, "" },
	[0x6c] = { "open extended", int21_open_ext, "%i mode %bx attr %cx action %dx -> %ra %rcx" },
	[0x71] = { "long names", int21_lfn, "%al %n -> %rA" },
	[0x73] = { "FAT32", int21_fat32, "%al %n -> %rA" },
};

/* The last function that the gate at 0:00C0 accepts.  */
#define LAST_CPM	0x24

static uint8_t function_of(struct dos *dos)
{
	return caller16(dos, CPU_AX) >> 8;
}

static void load_stack(struct dos *dos, uint16_t ss, uint16_t sp)
{
	guest_use_stack(dos->guest, ss, sp);
}

/* The caller's registers, pushed in DOS's order below his return address.
 * Answers where they lie.  */
static struct far push_user(struct dos *dos)
{
	struct guest *g = dos->guest;
	const struct guest_frame *f = guest_frame(g);
	const struct guest_regs *r = guest_caller(g);
	struct far at = { f->home_sp - USER_REGS_SIZE, f->home_ss };

	dos_w16(dos, at.seg, at.off + USER_AX, r->reg[CPU_AX]);
	dos_w16(dos, at.seg, at.off + USER_BX, r->reg[CPU_BX]);
	dos_w16(dos, at.seg, at.off + USER_CX, r->reg[CPU_CX]);
	dos_w16(dos, at.seg, at.off + USER_DX, r->reg[CPU_DX]);
	dos_w16(dos, at.seg, at.off + USER_SI, r->reg[CPU_SI]);
	dos_w16(dos, at.seg, at.off + USER_DI, r->reg[CPU_DI]);
	dos_w16(dos, at.seg, at.off + USER_BP, r->reg[CPU_BP]);
	dos_w16(dos, at.seg, at.off + USER_DS, r->ds);
	dos_w16(dos, at.seg, at.off + USER_ES, r->es);
	return at;
}

static void set_low(uint32_t *reg, uint16_t v)
{
	*reg = (*reg & 0xffff0000u) | v;
}

/* Guest code has run; what it left in the copy is now the caller's.  */
void int21_reload(struct dos *dos)
{
	struct guest_frame *f = guest_frame(dos->guest);
	struct guest_regs *r = &f->caller;
	struct far at = { f->home_sp - USER_REGS_SIZE, f->home_ss };

	set_low(&r->reg[CPU_AX], dos_r16(dos, at.seg, at.off + USER_AX));
	set_low(&r->reg[CPU_BX], dos_r16(dos, at.seg, at.off + USER_BX));
	set_low(&r->reg[CPU_CX], dos_r16(dos, at.seg, at.off + USER_CX));
	set_low(&r->reg[CPU_DX], dos_r16(dos, at.seg, at.off + USER_DX));
	set_low(&r->reg[CPU_SI], dos_r16(dos, at.seg, at.off + USER_SI));
	set_low(&r->reg[CPU_DI], dos_r16(dos, at.seg, at.off + USER_DI));
	set_low(&r->reg[CPU_BP], dos_r16(dos, at.seg, at.off + USER_BP));
	r->ds = dos_r16(dos, at.seg, at.off + USER_DS);
	r->es = dos_r16(dos, at.seg, at.off + USER_ES);
}

static uint16_t stack_of(struct dos *dos, enum int21_way way)
{
	if (way == WAY_DISK)
		return SDA_STACK_DISK;
	if (way == WAY_ERROR || sda_r8(dos, SDA_ERROR_MODE))
		return SDA_STACK_ERROR;
	return SDA_STACK_IO;
}

static void enter(struct dos *dos, const struct int21_row *row)
{
	struct guest *g = dos->guest;
	struct far user = push_user(dos);
	uint16_t psp = sda_r16(dos, SDA_PSP);
	struct far before = sda_rfar(dos, SDA_USER_STACK);

	sda_w8(dos, SDA_INDOS, sda_r8(dos, SDA_INDOS) + 1);
	sda_w16(dos, SDA_SHARE_MACHINE, 0);
	sda_w16(dos, SDA_SHARE_PSP, psp);
	sda_w16(dos, SDA_PREV_STACK, before.seg);
	sda_w16(dos, SDA_PREV_STACK + 2, before.off);
	sda_wfar(dos, SDA_USER_STACK, user);
	guest_wfar(g, psp, PSP_STACK, user);
	sda_w8(dos, SDA_SERVER_CALL, 0);
	sda_w8(dos, SDA_FAILED24, 0);
	sda_w8(dos, SDA_IDLE_OK, row->way != WAY_DISK);
	if (row->way == WAY_DISK) {
		sda_w16(dos, SDA_USER_AX, caller16(dos, CPU_AX));
		sda_w8(dos, SDA_ERROR_MODE, 0);
		sda_w8(dos, SDA_CRIT_DRIVE, 0xff);
	}
	load_stack(dos, DOS_SEG, AT_SDA + stack_of(dos, row->way) - 2 * (guest_mark(g) & 31));
}

static void leave(struct dos *dos)
{
	struct far before = {
		sda_r16(dos, SDA_PREV_STACK + 2), sda_r16(dos, SDA_PREV_STACK),
	};

	sda_w8(dos, SDA_INDOS, sda_r8(dos, SDA_INDOS) - 1);
	sda_wfar(dos, SDA_USER_STACK, before);
}

/* A function that this DOS does not have: AL = 0, flags untouched, as
 * programs that probe for newer systems expect (DISP.ASM, BADCALL).  */
static enum svc bad_call(struct dos *dos)
{
	cpu_set8(dos->guest->cpu, CPU_AX, 0);
	return SVC_DONE;
}

/* BREAK=ON: every call but those on characters, which look anyway.  */
static enum svc look_for_break(struct dos *dos, uint8_t step)
{
	struct guest_frame *f = guest_frame(dos->guest);

	if (step == 1)
		return console_check_break(dos, 2);
	guest_restore(dos->guest);
	f->stage = STAGE_INSIDE;
	f->step = 0;
	memset(f->note, 0, sizeof f->note);
	return SVC_STEP;
}

static bool wants_break(struct dos *dos, const struct int21_row *row)
{
	return row->way == WAY_DISK && sda_r8(dos, SDA_BREAK) && sda_r8(dos, SDA_INDOS) == 1 &&
	       function_of(dos) != 0;
}

/* The next piece of a call that is inside DOS.  The function is looked up
 * each time: 5D00h turns a call into another one.  */
static enum svc go_on(struct dos *dos)
{
	const struct int21_row *row = &int21_table[function_of(dos)];

	switch (guest_frame(dos->guest)->stage) {
	case STAGE_BREAK:
		return console_run(dos, look_for_break);
	case STAGE_CRITICAL:
		return critical_answered(dos);
	}
	if (guest_step(dos->guest) >= STEP_REDIRECT && guest_step(dos->guest) < STEP_REDIRECT_END)
		return redirect_go_on(dos);
	return row->serve ? row->serve(dos, dos->guest) : bad_call(dos);
}

/* Questions that change nothing.  */
static bool only_asks(struct dos *dos)
{
	static const uint8_t asks[] = { 0x0b, 0x19, 0x25, 0x2a, 0x2c, 0x2f, 0x30, 0x33, 0x34, 0x35,
		0x44, 0x51, 0x62 };
	uint8_t n = function_of(dos);

	if (n == 0x06)
		return (caller16(dos, CPU_DX) & 0xff) == 0xff;
	return memchr(asks, n, sizeof asks);
}

/* Is there a key; what time is it: nothing has happened that would change the
 * answer.  The wait is at the door, where DOS is not entered yet and a resident
 * program may use it.  */
static bool waits_at_the_door(struct dos *dos)
{
	uint8_t n = function_of(dos);

	if (!only_asks(dos)) {
		guest_progress(dos->guest);
		return false;
	}
	if (n == 0x06 || n == 0x0b)
		return console_quiet(dos) && guest_poll(dos->guest, true);
	return n == 0x2c && guest_poll(dos->guest, false);
}

static enum svc serve(struct dos *dos)
{
	struct guest *g = dos->guest;
	struct guest_frame *f = guest_frame(g);
	const struct int21_row *row = &int21_table[function_of(dos)];
	enum svc answer;

	if (f->stage == STAGE_NEW) {
		if (!row->serve)
			return bad_call(dos);
		if (waits_at_the_door(dos))
			return guest_again(g, 0, function_of(dos) == 0x2c ? GUEST_WAIT_TIME :
					   GUEST_WAIT_POLL);
		if (row->way == WAY_BARE)
			return row->serve(dos, g);
		process_a20_back(dos);
		enter(dos, row);
		f->stage = wants_break(dos, row) ? STAGE_BREAK : STAGE_INSIDE;
	} else {
		int21_reload(dos);
	}
	do
		answer = go_on(dos);
	while (answer == SVC_STEP);
	if (answer == SVC_DONE)
		leave(dos);
	return answer;
}

static enum svc int21(void *room, struct guest *g)
{
	struct dos *dos = room;
	enum svc answer = serve(dos);

	(void)g;
	if (dos->trace && (answer == SVC_DONE || answer == SVC_JUMP))
		int21_trace(dos, answer);
	return answer;
}

/* To INT 21h's own entry, past whoever has hooked the vector, as DOS does.  */
static enum svc jump_to_int21(struct guest *g, uint16_t ax)
{
	struct far gate = guest_gate_far(0x21);

	cpu_set16(g->cpu, CPU_AX, ax);
	cpu_load_real(g->cpu, CPU_CS, gate.seg);
	g->cpu->ip = gate.off;
	return SVC_JUMP;
}

/* INT 20h is function 00h.  */
static enum svc int20(void *room, struct guest *g)
{
	(void)room;
	return jump_to_int21(g, cpu_get8(g->cpu, CPU_AX));
}

/* INT 27h: stay resident with DX bytes, at most 64 KB (1 to 10000h).  */
static enum svc int27(void *room, struct guest *g)
{
	(void)room;
	cpu_set16(g->cpu, CPU_DX, (cpu_get16(g->cpu, CPU_DX) + 15u) >> 4);
	return jump_to_int21(g, 0x3100);
}

/* CALL PSP:5, function in CL: the program's near return address and, above
 * it, the far one of the PSP's CALL FAR.  They become the frame of an
 * INT 21h (DOS/DISP.ASM, CALL_ENTRY).  */
static enum svc cpm_call(void *room, struct guest *g)
{
	struct dos *dos = room;
	uint16_t ss = g->cpu->seg[CPU_SS].sel, sp = cpu_get16(g->cpu, CPU_SP);
	uint16_t seg = dos_r16(dos, ss, sp + 2), off = dos_r16(dos, ss, sp + 4);
	uint8_t function = cpu_get8(g->cpu, CPU_CX);

	dos_w16(dos, ss, sp + 4, g->cpu->flags);
	dos_w16(dos, ss, sp + 2, seg);
	dos_w16(dos, ss, sp, off);
	if (function <= LAST_CPM)
		return jump_to_int21(g, function << 8 | cpu_get8(g->cpu, CPU_AX));
	return jump_to_int21(g, 0xff00);	/* which answers AL = 0 */
}

void int21_offer(struct dos *dos)
{
	guest_offer(dos->guest, 0x20, int20, dos);
	guest_offer(dos->guest, 0x21, int21, dos);
	guest_offer(dos->guest, 0x27, int27, dos);
	guest_offer_far(dos->guest, GATE_DOS_CPM, cpm_call, dos);
}
