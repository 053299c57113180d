/* exec.c - 4Bh: a program is loaded, and begins.
 *
 * Registers, PSP and order of things are those of the MS-DOS 4.0 sources
 * (DOS/EXEC.ASM).  */

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

#define VERSIONS_MAX	512	/* entries of the version table that are looked at */
#define PORT_92		0x92	/* PS/2 system control: bit 1 is A20 */
#define PORT_92_A20	0x02

enum { EXEC_RUN = 0, EXEC_LOAD = 1, EXEC_OVERLAY = 3, EXEC_STATE = 5 };

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
	process_make_child(dos, psp, psp + p->image.paras);
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

void process_jump(struct dos *dos, struct far entry, struct far stack)
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
	process_jump(dos, p->image.entry, p->image.stack);
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
