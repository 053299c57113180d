/* process.c - processes: PSP, EXEC, termination, programs that stay.
 *
 * A parent that waits for its child is not a frame of the doorway.  As in
 * DOS, all that is known of it is in its PSP: where its registers lie
 * (PSP:2Eh), and in the child's, where to go on (INT 22h).  So it does not
 * matter what the child did to the stacks, the vectors or the chain of
 * PSPs; what it left unfinished is dropped when it ends.
 *
 * Registers, PSP and order of things are those of the MS-DOS 4.0 sources
 * (DOS/EXEC.ASM, DOS/MISC.ASM, DOS/PROC.ASM, DOS/CTRLC.ASM).  */

#include "dos/process.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "bus/bus.h"
#include "dos/env.h"
#include "dos/fetch.h"
#include "dos/int21.h"
#include "dos/layout.h"
#include "dos/memory.h"
#include "dos/services.h"
#include "state/state.h"

#define VERSIONS_MAX	512	/* entries of the version table that are looked at */
#define NO_FILE		0xff	/* a free entry of the handle table */
#define PORT_92		0x92	/* PS/2 system control: bit 1 is A20 */
#define PORT_92_A20	0x02

enum { EXEC_RUN = 0, EXEC_LOAD = 1, EXEC_OVERLAY = 3, EXEC_STATE = 5 };

uint16_t dos_psp(const struct dos *dos)
{
	return sda_r16(dos, SDA_PSP);
}

void dos_set_psp(struct dos *dos, uint16_t psp)
{
	sda_w16(dos, SDA_PSP, psp);
}

/* --- PSP ----------------------------------------------------------------- */

/* CALL FAR to 0:00C0, written so that its second word is the size of the
 * segment: segment and offset wrap at 1 MB (DOS/MISC.ASM, SETMEM).  */
static void init_cpm_call(struct dos *dos, uint16_t psp, uint16_t top)
{
	uint16_t paras = top - psp;

	paras = (paras > 0xfff ? 0xfff : paras) - 0x10;
	dos_w8(dos, psp, PSP_CPM_CALL, 0x9a);
	dos_w16(dos, psp, PSP_CPM_SIZE, paras << 4);
	dos_w16(dos, psp, PSP_CPM_SIZE + 2, 0x0c - paras);
}

static void init_handles(struct dos *dos, uint16_t psp)
{
	for (unsigned i = 0; i < PSP_HANDLES; i++)
		dos_w8(dos, psp, PSP_JFT + i, NO_FILE);
	dos_w16(dos, psp, PSP_JFT_SIZE, PSP_HANDLES);
	guest_wfar(dos->guest, psp, PSP_JFT_PTR, (struct far){ PSP_JFT, psp });
}

/* --- Where a process began ------------------------------------------------- */

/* 0xff, above all frames, for one that was never seen to begin.  */
static uint8_t take_mark(struct dos *dos, uint16_t psp)
{
	struct process_marks *m = &dos->marks;
	uint8_t mark;

	for (unsigned i = 0; i < m->n; i++) {
		if (m->of[i].psp != psp)
			continue;
		mark = m->of[i].mark;
		m->n--;
		memmove(&m->of[i], &m->of[i + 1], (m->n - i) * sizeof m->of[0]);
		return mark;
	}
	return 0xff;
}

/* A PSP made by 55h or 26h may never end.  If there are too many the oldest
 * is forgotten.  */
static void set_mark(struct dos *dos, uint16_t psp)
{
	struct process_marks *m = &dos->marks;

	take_mark(dos, psp);
	if (m->n == PROCESS_MARKS)
		take_mark(dos, m->of[0].psp);
	m->of[m->n].psp = psp;
	m->of[m->n++].mark = guest_mark(dos->guest);
}

void process_marks_state(struct dos *dos, struct state *st)
{
	struct process_marks *m = &dos->marks;
	uint32_t n = m->n;

	state_below(st, &n, PROCESS_MARKS + 1);
	m->n = n;
	for (unsigned i = 0; i < n; i++) {
		state_u16(st, &m->of[i].psp);
		state_u8(st, &m->of[i].mark);
	}
}

void process_init_psp(struct dos *dos, uint16_t psp, uint16_t top)
{
	dos_w16(dos, psp, PSP_INT20, 0x20cd);
	dos_w16(dos, psp, PSP_TOP, top);
	init_cpm_call(dos, psp, top);
	guest_wfar(dos->guest, psp, PSP_INT22, dos_rvector(dos, 0x22));
	guest_wfar(dos->guest, psp, PSP_INT23, dos_rvector(dos, 0x23));
	guest_wfar(dos->guest, psp, PSP_INT24, dos_rvector(dos, 0x24));
	dos_w32(dos, psp, PSP_PREVIOUS, 0xffffffff);
	dos_w16(dos, psp, PSP_INT21_RETF, 0x21cd);
	dos_w8(dos, psp, PSP_INT21_RETF + 2, 0xcb);
	set_mark(dos, psp);
}

static void copy_psp(struct dos *dos, uint16_t from, uint16_t to)
{
	uint8_t psp[PSP_SIZE];
	struct far jft = guest_rfar(dos->guest, from, PSP_JFT_PTR);

	guest_copy_in(dos->guest, psp, from, 0, sizeof psp);
	guest_copy_out(dos->guest, to, 0, psp, sizeof psp);
	for (unsigned i = 0; i < PSP_HANDLES; i++)
		dos_w8(dos, to, PSP_JFT + i, dos_r8(dos, jft.seg, jft.off + i));
	dos_w16(dos, to, PSP_JFT_SIZE, PSP_HANDLES);
	guest_wfar(dos->guest, to, PSP_JFT_PTR, (struct far){ PSP_JFT, to });
}

/* 55h and EXEC: a copy of the current PSP whose handles are the inheritable
 * ones; it becomes the current process.  */
static void make_child(struct dos *dos, uint16_t psp, uint16_t top)
{
	uint16_t parent = dos_psp(dos);

	copy_psp(dos, parent, psp);
	init_handles(dos, psp);
	process_init_psp(dos, psp, top);
	dos_inherit_handles(dos, parent, psp);
	dos_w16(dos, psp, PSP_PARENT, parent);
	dos_set_psp(dos, psp);
}

/* 26h: a copy of the caller's PSP, by which DOS means his code segment.  */
enum svc int21_create_psp(void *room, struct guest *g)
{
	struct dos *dos = room;
	struct far user = sda_rfar(dos, SDA_USER_STACK);
	uint16_t from = dos_r16(dos, user.seg, user.off + USER_CS);
	uint16_t to = cpu_get16(g->cpu, CPU_DX);

	copy_psp(dos, from, to);
	process_init_psp(dos, to, dos_r16(dos, from, PSP_TOP));
	return SVC_DONE;
}

enum svc int21_child_psp(void *room, struct guest *g)
{
	make_child(room, cpu_get16(g->cpu, CPU_DX), cpu_get16(g->cpu, CPU_SI));
	return SVC_DONE;
}

enum svc int21_set_psp(void *room, struct guest *g)
{
	dos_set_psp(room, cpu_get16(g->cpu, CPU_BX));
	return SVC_DONE;
}

enum svc int21_get_psp(void *room, struct guest *g)
{
	cpu_set16(g->cpu, CPU_BX, dos_psp(room));
	return SVC_DONE;
}

/* --- Version told to a program -------------------------------------------- */

static const char *last_part(const char *name)
{
	for (const char *s = name; *s; s++)
		if (*s == '\\' || *s == '/' || *s == ':')
			name = s + 1;
	return name;
}

/* An entry of the version table: length, name, major, minor.  SETVER.EXE may
 * have put the table elsewhere.  False: the end.  */
static bool version_entry(struct dos *dos, struct far *at, char name[16], uint16_t *version)
{
	uint8_t length = dos_r8(dos, at->seg, at->off);

	if (!length)
		return false;
	for (unsigned i = 0; i < length && i < 15; i++)
		name[i] = dos_r8(dos, at->seg, at->off + 1 + i);
	name[length < 15 ? length : 15] = '\0';
	*version = dos_r16(dos, at->seg, at->off + 1 + length);
	at->off += length + 3;
	return true;
}

void process_set_version(struct dos *dos, uint16_t psp, const char *name)
{
	uint16_t version = dos->config.version_major | dos->config.version_minor << 8;
	struct far at = lol_rfar(dos, LOL_SETVER);
	uint16_t special;
	char entry[16];

	for (unsigned i = 0; !far_null(at) && i < VERSIONS_MAX; i++) {
		if (!version_entry(dos, &at, entry, &special))
			break;
		if (strcasecmp(entry, last_part(name)) == 0)
			version = special;
	}
	dos_w16(dos, psp, PSP_VERSION, version);
}

/* --- EXEC ------------------------------------------------------------------ */

static bool drive_valid(struct dos *dos, uint8_t drive)
{
	struct far cds;

	if (!drive)
		return true;
	cds = dos_cds(dos, drive - 1);
	return !far_null(cds) && dos_r16(dos, cds.seg, cds.off + CDS_FLAGS);
}

/* An FCB as EXEC takes it over: drive and name; what CP/M had after them is
 * cleared.  Answers 0, or FFh for a drive that does not exist.  */
static uint8_t copy_fcb(struct dos *dos, struct far from, uint16_t psp, uint16_t at)
{
	for (unsigned i = 0; i < 16; i++)
		dos_w8(dos, psp, at + i, i < 12 ? dos_r8(dos, from.seg, from.off + i) : 0);
	return drive_valid(dos, dos_r8(dos, psp, at)) ? 0 : 0xff;
}

static void copy_tail(struct dos *dos, struct far from, uint16_t psp)
{
	uint8_t tail[128];

	guest_copy_in(dos->guest, tail, from.seg, from.off, sizeof tail);
	guest_copy_out(dos->guest, psp, PSP_TAIL, tail, sizeof tail);
}

static void fill_process(struct dos *dos, const struct exec *x, struct process *p, uint16_t env)
{
	uint16_t psp = p->image.block;
	uint8_t first, second;

	dos_set_owner(dos, psp, psp);
	dos_name_block(dos, psp, last_part(x->name));
	if (env)
		dos_set_owner(dos, env, psp);
	make_child(dos, psp, psp + p->image.paras);
	dos_w16(dos, psp, PSP_ENV, env);
	process_set_version(dos, psp, x->name);
	/* The FCBs first: the tail may be the parent's own 80h.  */
	first = copy_fcb(dos, x->fcb1, psp, PSP_FCB1);
	second = copy_fcb(dos, x->fcb2, psp, PSP_FCB2);
	copy_tail(dos, x->tail, psp);
	guest_wfar(dos->guest, psp, PSP_INT22, x->back);
	dos_wvector(dos, 0x22, x->back);
	sda_wfar(dos, SDA_DTA, (struct far){ PSP_TAIL, psp });
	p->psp = psp;
	p->ax = first | second << 8;
}

static void trace_exec(struct dos *dos, const struct exec *x, const struct process *p)
{
	char tail[128];
	uint8_t n = dos_r8(dos, p->psp, PSP_TAIL);

	if (!dos->trace)
		return;
	n = n > 126 ? 126 : n;
	for (unsigned i = 0; i < n; i++)
		tail[i] = isprint(dos_r8(dos, p->psp, PSP_TAIL + 1 + i)) ?
			dos_r8(dos, p->psp, PSP_TAIL + 1 + i) : '.';
	tail[n] = '\0';
	dos_trace(dos, "exec", "%04X %s%s (%s at %04X:%04X, %u KB)", p->psp, x->name, tail,
		  p->image.exe ? "EXE" : "COM", p->image.entry.seg, p->image.entry.off,
		  p->image.paras / 64u);
}

static enum dos_error make_environment(struct dos *dos, const struct exec *x, uint16_t *env)
{
	uint16_t from = x->env ? x->env : dos_r16(dos, dos_psp(dos), PSP_ENV);

	if (x->strings)
		return dos_env_make(dos, x->strings, x->strings_size, x->name, env);
	return dos_env_copy(dos, from, x->name, env);
}

enum dos_error process_make(struct dos *dos, const struct exec *x, struct process *p)
{
	struct program_header header;
	struct program program;
	struct dos_path path;
	enum dos_error error;
	uint16_t env = 0;

	error = dos_path_text(dos, x->name, false, &path);
	if (!error)
		error = program_open(dos, &path, &program);
	if (error)
		return error;
	error = make_environment(dos, x, &env);
	if (!error)
		error = program_header(dos, &program, &header);
	if (!error)
		error = program_load(dos, &program, &header, &p->image);
	program_close(dos, &program);
	if (error) {
		if (env)
			dos_free(dos, env);
		return error;
	}
	fill_process(dos, x, p, env);
	trace_exec(dos, x, p);
	return DOS_OK;
}

/* EXEPACK's unpacker counts on addresses that wrap at 1 MB.  DOS 5 and
 * later, when they keep A20 on, start such a program with A20 off, and turn
 * it on again at its first call.  */
static void a20_off_for(struct dos *dos, const struct process *p)
{
	uint8_t v;

	if (!p->image.packed || p->image.entry.seg >= 0x1000 || !(dos->bus->addr_mask & 1 << 20))
		return;
	v = bus_in(dos->bus, PORT_92, 1);
	bus_out(dos->bus, PORT_92, v & ~PORT_92_A20, 1);
	lol_w16(dos, LOL_HMA_PSP, p->psp);
}

void process_a20_back(struct dos *dos)
{
	if (!lol_r16(dos, LOL_HMA_PSP))
		return;
	lol_w16(dos, LOL_HMA_PSP, 0);
	bus_out(dos->bus, PORT_92, bus_in(dos->bus, PORT_92, 1) | PORT_92_A20, 1);
}

static void jump_to(struct dos *dos, struct far entry, struct far stack)
{
	struct cpu *cpu = dos->guest->cpu;

	cpu_load_real(cpu, CPU_SS, stack.seg);
	cpu->reg[CPU_SP] = stack.off;
	cpu_load_real(cpu, CPU_CS, entry.seg);
	cpu->ip = entry.off;
}

enum svc process_start(struct dos *dos, const struct process *p)
{
	struct cpu *cpu = dos->guest->cpu;

	a20_off_for(dos, p);
	sda_w8(dos, SDA_INDOS, 0);
	cpu->reg[CPU_AX] = cpu->reg[CPU_BX] = p->ax;
	cpu->reg[CPU_CX] = 0x00ff;
	cpu->reg[CPU_DX] = p->psp;
	cpu->reg[CPU_SI] = p->image.entry.off;
	cpu->reg[CPU_DI] = p->image.stack.off;
	cpu->reg[CPU_BP] = 0x091c;	/* what is left of DOS's own frame */
	cpu_load_real(cpu, CPU_DS, p->psp);
	cpu_load_real(cpu, CPU_ES, p->psp);
	cpu->flags = (cpu->flags & 0xffff0000u) | CPU_IF | 2;
	jump_to(dos, p->image.entry, p->image.stack);
	if (dos->started)
		dos->started(dos->ctx, p->psp);
	return SVC_JUMP;
}

/* 4B01h: the debugger wants to start it.  AX lies on its stack.  */
static enum svc answer_loaded(struct dos *dos, const struct process *p, struct far block)
{
	struct guest *g = dos->guest;
	struct far stack = p->image.stack;

	stack.off -= 2;
	dos_w16(dos, stack.seg, stack.off, p->ax);
	guest_wfar(g, block.seg, block.off + EXEC_SP, stack);
	guest_wfar(g, block.seg, block.off + EXEC_IP, p->image.entry);
	return guest_done(g);
}

static struct far return_address(struct dos *dos)
{
	struct far user = sda_rfar(dos, SDA_USER_STACK);

	return guest_rfar(dos->guest, user.seg, user.off + USER_IP);
}

static enum svc exec_program(struct dos *dos, uint8_t how, struct far block, const char *name)
{
	struct guest *g = dos->guest;
	struct process p;
	struct exec x = {
		.env = dos_r16(dos, block.seg, block.off + EXEC_ENV),
		.tail = guest_rfar(g, block.seg, block.off + EXEC_TAIL),
		.fcb1 = guest_rfar(g, block.seg, block.off + EXEC_FCB1),
		.fcb2 = guest_rfar(g, block.seg, block.off + EXEC_FCB2),
		.back = return_address(dos),
	};
	enum dos_error error;

	snprintf(x.name, sizeof x.name, "%s", name);
	error = process_make(dos, &x, &p);
	if (error)
		return dos_fail(dos, error);
	return how == EXEC_LOAD ? answer_loaded(dos, &p, block) : process_start(dos, &p);
}

static enum svc exec_overlay(struct dos *dos, struct far block, const char *name)
{
	uint16_t seg = dos_r16(dos, block.seg, block.off + EXEC_OVERLAY_SEG);
	uint16_t factor = dos_r16(dos, block.seg, block.off + EXEC_OVERLAY_FACTOR);
	struct program_header header;
	struct program program;
	struct dos_path path;
	enum dos_error error;

	error = dos_path_text(dos, name, false, &path);
	if (!error)
		error = program_open(dos, &path, &program);
	if (error)
		return dos_fail(dos, error);
	error = program_header(dos, &program, &header);
	if (!error)
		error = program_overlay(dos, &program, &header, seg, factor);
	program_close(dos, &program);
	return error ? dos_fail(dos, error) : guest_done(dos->guest);
}

/* 4B05h: the caller has loaded a program by itself and is about to jump
 * into it (RBIL, table 01592).  */
static enum svc exec_state(struct dos *dos)
{
	struct guest *g = dos->guest;
	struct far block = { cpu_get16(g->cpu, CPU_DX), g->cpu->seg[CPU_DS].sel };
	struct far at = guest_rfar(g, block.seg, block.off + EXEC5_NAME);
	char name[128];

	guest_string(g, at, name, sizeof name);
	process_set_version(dos, dos_r16(dos, block.seg, block.off + EXEC5_PSP), name);
	return guest_ok(g, 0);
}

enum svc int21_exec(void *room, struct guest *g)
{
	struct dos *dos = room;
	uint8_t how = cpu_get8(g->cpu, CPU_AX);
	struct far name = { cpu_get16(g->cpu, CPU_DX), g->cpu->seg[CPU_DS].sel };
	struct far block = { cpu_get16(g->cpu, CPU_BX), g->cpu->seg[CPU_ES].sel };
	char text[128];

	if (fetch_going_on(dos))
		return fetch_go_on(dos);
	if (how == EXEC_STATE)
		return exec_state(dos);
	if (how != EXEC_RUN && how != EXEC_LOAD && how != EXEC_OVERLAY)
		return dos_fail(dos, DOS_BAD_FUNCTION);
	if (!guest_string(g, name, text, sizeof text))
		return dos_fail(dos, DOS_NO_PATH);
	if (fetch_wanted(dos, text)) {
		/* INT 21h will be called in INT 21h: not on DOS's stack.  */
		guest_use_stack(g, guest_frame(g)->home_ss,
				guest_frame(g)->home_sp - USER_REGS_SIZE);
		return fetch_begin(dos, text);
	}
	if (how == EXEC_OVERLAY)
		return exec_overlay(dos, block, text);
	return exec_program(dos, how, block, text);
}

/* --- The end ----------------------------------------------------------------- */

static void restore_vectors(struct dos *dos, uint16_t psp)
{
	dos_wvector(dos, 0x22, guest_rfar(dos->guest, psp, PSP_INT22));
	dos_wvector(dos, 0x23, guest_rfar(dos->guest, psp, PSP_INT23));
	dos_wvector(dos, 0x24, guest_rfar(dos->guest, psp, PSP_INT24));
}

/* To the terminate address, with the registers and the stack of the last
 * call of whoever is the current process now.  */
static enum svc back_to_parent(struct dos *dos)
{
	struct guest *g = dos->guest;
	struct cpu *cpu = g->cpu;
	struct far user = guest_rfar(g, dos_psp(dos), PSP_STACK);
	static const struct { uint8_t reg, at; } saved[] = {
		{ CPU_AX, USER_AX }, { CPU_BX, USER_BX }, { CPU_CX, USER_CX },
		{ CPU_DX, USER_DX }, { CPU_SI, USER_SI }, { CPU_DI, USER_DI },
		{ CPU_BP, USER_BP },
	};

	for (unsigned i = 0; i < sizeof saved / sizeof saved[0]; i++)
		cpu->reg[saved[i].reg] = dos_r16(dos, user.seg, user.off + saved[i].at);
	cpu_load_real(cpu, CPU_DS, dos_r16(dos, user.seg, user.off + USER_DS));
	cpu_load_real(cpu, CPU_ES, dos_r16(dos, user.seg, user.off + USER_ES));
	cpu->flags = (cpu->flags & 0xffff0000u) | CPU_IF | 2;
	user.off += USER_FLAGS + 2;
	jump_to(dos, dos_rvector(dos, 0x22), user);
	return SVC_JUMP;
}

static enum svc destroyed(struct dos *dos)
{
	dos->crashed(dos->ctx, "Memory allocation error: the chain of memory blocks is destroyed");
	return guest_again(dos->guest, guest_step(dos->guest), GUEST_WAIT_TIME);
}

static void keep_memory(struct dos *dos, uint16_t psp, uint16_t keep)
{
	if (keep < 6)
		keep = 6;
	if (!dos_resize(dos, psp, keep, NULL))
		dos_w16(dos, psp, PSP_TOP, psp + keep);
}

/* A process that is its own parent, as permanent shells make themselves,
 * comes back at its own terminate address.  One that ends because its
 * redirected input has ended would do so for ever, or lose its way (4DOS);
 * with a keyboard, which DOS gives its first shell, that cannot be.  */
static bool input_is_over(struct dos *dos)
{
	struct far in = dos_handle_sft(dos, 0);

	return !far_null(in) && !(dos_r16(dos, in.seg, in.off + SFT_INFO) & INFO_DEVICE) &&
	       dos_sft_ready(dos, in) == DOS_NO_MORE;
}

static enum svc no_end_of_shell(struct dos *dos, uint8_t code, enum dos_how how)
{
	dos->off(dos->ctx, code, how);
	return guest_again(dos->guest, guest_step(dos->guest), GUEST_WAIT_TIME);
}

enum svc dos_terminate(struct dos *dos, uint8_t code, enum dos_how how, uint16_t keep)
{
	uint16_t psp = dos_psp(dos), parent = dos_r16(dos, psp, PSP_PARENT);
	uint8_t mark;

	process_a20_back(dos);
	if (how == DOS_HOW_NORMAL && sda_r8(dos, SDA_CTRL_C_EXIT))
		how = DOS_HOW_CTRL_C;
	sda_w8(dos, SDA_CTRL_C_EXIT, 0);
	sda_w8(dos, SDA_EXIT_TYPE, how);
	sda_w16(dos, SDA_EXIT_CODE, code | how << 8);
	dos_trace(dos, "exec", "%04X ends with %u%s", psp, code,
		  how == DOS_HOW_CTRL_C ? " (Ctrl-C)" : how == DOS_HOW_CRITICAL ?
		  " (critical error)" : how == DOS_HOW_RESIDENT ? ", resident" : "");
	if (parent == psp && input_is_over(dos))
		return no_end_of_shell(dos, code, how);
	mark = take_mark(dos, psp);
	if (how == DOS_HOW_RESIDENT)
		keep_memory(dos, psp, keep);
	restore_vectors(dos, psp);
	if (parent != psp) {
		sda_w8(dos, SDA_ABORTING, 0xff);
		if (how != DOS_HOW_RESIDENT) {
			dos_close_all(dos, psp);
			if (!dos_free_owned(dos, psp))
				return destroyed(dos);
		}
		sda_w8(dos, SDA_ABORTING, 0);
		dos_set_psp(dos, parent);
		guest_drop_above(dos->guest, mark);
	}
	sda_w8(dos, SDA_INDOS, 0);
	sda_w8(dos, SDA_ERROR_MODE, 0);
	sda_w8(dos, SDA_CRIT_DRIVE, 0xff);
	return back_to_parent(dos);
}

/* 00h, INT 20h: the caller's code segment should be the PSP.  Where it is
 * another one, DOS takes the terminate addresses from there and the process
 * goes on existing; we do that only if it is a PSP.  */
enum svc int21_abort(void *room, struct guest *g)
{
	struct dos *dos = room;
	uint16_t cs = return_address(dos).seg;

	(void)g;
	if (cs != dos_psp(dos) && dos_r16(dos, cs, PSP_INT20) == 0x20cd) {
		restore_vectors(dos, cs);
		sda_w8(dos, SDA_INDOS, 0);
		return back_to_parent(dos);
	}
	return dos_terminate(dos, 0, DOS_HOW_NORMAL, 0);
}

enum svc int21_exit(void *room, struct guest *g)
{
	return dos_terminate(room, cpu_get8(g->cpu, CPU_AX), DOS_HOW_NORMAL, 0);
}

enum svc int21_keep(void *room, struct guest *g)
{
	return dos_terminate(room, cpu_get8(g->cpu, CPU_AX), DOS_HOW_RESIDENT,
			     cpu_get16(g->cpu, CPU_DX));
}

/* 4Dh: once; the second time it is 0.  */
enum svc int21_wait(void *room, struct guest *g)
{
	struct dos *dos = room;
	uint16_t code = sda_r16(dos, SDA_EXIT_CODE);

	sda_w16(dos, SDA_EXIT_CODE, 0);
	return guest_ok(g, code);
}
