/* init.c - the kernel's birth: wiring, and the boot.
 *
 * The boot is one service that goes through phases; where a driver has to
 * run, or a program of INSTALL=, it is left and comes back.  It runs on a
 * stack in a block of its own that is freed before the first program
 * starts.  */

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "dos/boot.h"
#include "dos/critical.h"
#include "dos/device.h"
#include "dos/env.h"
#include "dos/errors.h"
#include "dos/fcb.h"
#include "dos/fetch.h"
#include "dos/int21.h"
#include "dos/layout.h"
#include "dos/memory.h"
#include "dos/multiplex.h"
#include "dos/nls.h"
#include "dos/process.h"
#include "dos/volume.h"
#include "state/state.h"

#define STACK_PARAS	0x80

void boot_say(struct dos *dos, const char *fmt, ...)
{
	char text[256];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof text, fmt, ap);
	va_end(ap);
	for (const char *s = text; *s; s++)
		con_put(dos, *s);
	con_put(dos, '\r');
	con_put(dos, '\n');
}

/* --- Starting programs ------------------------------------------------------ */

/* The command tail for the next process, at the boot PSP's own place.  */
static void put_tail(struct dos *dos, const char *tail)
{
	size_t n = strlen(tail);

	n = n > 126 ? 126 : n;
	dos_w8(dos, BOOT_PSP, PSP_TAIL, n);
	guest_copy_out(dos->guest, BOOT_PSP, PSP_TAIL + 1, tail, n);
	dos_w8(dos, BOOT_PSP, PSP_TAIL + 1 + n, '\r');
}

/* The first two arguments as FCBs, as a shell makes them.  */
static void put_fcbs(struct dos *dos, const char *tail)
{
	static const char separators[] = " \t,;=";
	static const uint16_t place[] = { PSP_FCB1, PSP_FCB2 };

	for (unsigned i = 0; i < 2; i++) {
		uint8_t fcb[FCB_RECORD_SIZE + 2], answer;

		tail += strspn(tail, separators);
		fcb_parse(dos, tail, 1, fcb, &answer);
		guest_copy_out(dos->guest, BOOT_PSP, place[i], fcb, sizeof fcb);
		tail += strcspn(tail, separators);
	}
}

enum dos_error boot_exec(struct dos *dos, const char *name, const char *tail, enum svc *answer)
{
	char strings[8192];
	struct process p;
	struct exec x = {
		.strings = strings,
		.strings_size = dos_env_merge(strings, sizeof strings,
			dos->boot.environment, dos->boot.environment_size,
			dos->config.environment, dos->config.environment_size),
		.tail = { PSP_TAIL, BOOT_PSP },
		.fcb1 = { PSP_FCB1, BOOT_PSP }, .fcb2 = { PSP_FCB2, BOOT_PSP },
		.back = guest_gate_far(0x22),
	};
	enum dos_error error;

	snprintf(x.name, sizeof x.name, "%s", name);
	put_tail(dos, tail);
	put_fcbs(dos, tail);
	error = process_make(dos, &x, &p);
	if (!error)
		*answer = process_start(dos, &p);
	return error;
}

/* --- The boot's own stack ----------------------------------------------------- */

static void take_stack(struct dos *dos)
{
	dos_w8(dos, DOS_SEG, AT_ALLOC_STRATEGY, 2);	/* last fit: the end of memory */
	if (dos_alloc(dos, MCB_OWNER_DOS, STACK_PARAS, &dos->boot.stack, NULL))
		dos->boot.stack = 0;
	dos_w8(dos, DOS_SEG, AT_ALLOC_STRATEGY, 0);
}

static void use_own_stack(struct dos *dos)
{
	if (dos->boot.stack)
		guest_use_stack(dos->guest, dos->boot.stack, STACK_PARAS * 16);
}

static void free_stack(struct dos *dos)
{
	if (dos->boot.stack)
		dos_free(dos, dos->boot.stack);
	dos->boot.stack = 0;
	guest_use_stack(dos->guest, DOS_SEG, AT_BOOT_STACK);
}

/* --- Phases ------------------------------------------------------------------- */

static enum svc next_phase(struct dos *dos, enum boot_phase phase)
{
	dos->boot.phase = phase;
	return guest_next(dos->guest, 0);
}

static enum svc build(struct dos *dos)
{
	dos->boot.phase = BOOT_DEVICES;
	kernel_build(dos);
	take_stack(dos);
	use_own_stack(dos);
	return guest_next(dos->guest, 0);
}

static enum svc stay(struct dos *dos)
{
	return guest_again(dos->guest, 0, GUEST_WAIT_TIME);
}

static enum svc first_program(struct dos *dos)
{
	const char *shell = dos->boot.shell[0] ? dos->boot.shell : dos->config.shell;
	const char *tail = dos->boot.shell[0] ? dos->boot.shell_tail : dos->config.shell_tail;
	enum svc answer = SVC_DONE;
	char why[512];
	enum dos_error error;

	if (fetch_going_on(dos))
		return fetch_go_on(dos);
	if (fetch_wanted(dos, shell))
		return fetch_begin(dos, shell);
	free_stack(dos);
	dos->boot.phase = BOOT_RUNNING;
	error = boot_exec(dos, shell, tail, &answer);
	if (!error) {
		guest_drop_above(dos->guest, 0);
		return answer;
	}
	snprintf(why, sizeof why, "Bad or missing Command Interpreter: %s: %s", shell,
		 dos_error_name(error));
	dos->no_shell(dos->ctx, error, why);
	return stay(dos);
}

static enum svc boot_serve(void *room, struct guest *g)
{
	struct dos *dos = room;

	(void)g;
	switch (dos->boot.phase) {
	case BOOT_START:
		if (dos->mount)
			dos->mount(dos->ctx);
		config_defaults(dos);
		return next_phase(dos, BOOT_CHOOSE);
	case BOOT_CHOOSE:
		return config_choose(dos);
	case BOOT_BUILD:
		return build(dos);
	case BOOT_DEVICES:
		return config_devices(dos);
	case BOOT_INSTALL:
		return config_install(dos);
	case BOOT_FIRST:
		return first_program(dos);
	}
	return stay(dos);
}

/* Where programs that the boot has started end.  */
static enum svc int22(void *room, struct guest *g)
{
	struct dos *dos = room;

	if (dos->boot.phase < BOOT_RUNNING) {
		if (guest_step(g) == 0)
			use_own_stack(dos);
		return boot_serve(dos, g);
	}
	if (guest_step(g) == 0) {
		uint16_t code = sda_r16(dos, SDA_EXIT_CODE);

		dos->off(dos->ctx, code, code >> 8);
	}
	return guest_again(g, 1, GUEST_WAIT_TIME);
}

/* INT 00h: the processor could not divide.  */
static enum svc int00(void *room, struct guest *g)
{
	static const char text[] = "\r\nDivide overflow\r\n";
	struct dos *dos = room;

	(void)g;
	for (const char *s = text; *s; s++)
		con_put(dos, *s);
	return dos_terminate(dos, 0, DOS_HOW_CTRL_C, 0);
}

void dos_init(struct dos *dos, struct guest *guest, struct bus *bus,
	      struct drive *drives, struct drive *stdio)
{
	dos->guest = guest;
	dos->bus = bus;
	dos->drive = drives;
	dos->stdio = stdio;
	int21_offer(dos);
	critical_offer(dos);
	device_offer(dos);
	multiplex_offer(dos);
	nls_offer(dos);
	guest_offer_far(guest, GATE_DOS_BOOT, boot_serve, dos);
	guest_offer(guest, 0x00, int00, dos);
	guest_offer(guest, 0x22, int22, dos);
	absolute_offer(dos);
	dos_reset(dos);
}

void dos_reset(struct dos *dos)
{
	dos->boot = (struct dos_boot){ .phase = BOOT_START };
	fetch_drop(dos);
	lfn_reset(&dos->lfn);
	dos->marks.n = 0;
}

void dos_fini(struct dos *dos)
{
	fetch_drop(dos);
}

void dos_state(struct dos *dos, struct state *st)
{
	struct dos_boot *b = &dos->boot;
	uint32_t phase = b->phase, size = b->environment_size;

	state_section(st, "dos", 2);
	state_below(st, &phase, BOOT_PHASES);
	b->phase = phase;
	state_u16(st, &b->line);
	state_string(st, b->menu, sizeof b->menu);
	state_string(st, b->block, sizeof b->block);
	state_u64(st, &b->asked);
	state_u64(st, &b->yes);
	state_u16(st, &b->driver);
	state_u16(st, &b->header.off);
	state_u16(st, &b->header.seg);
	state_u8(st, &b->headers);
	state_u16(st, &b->driver_end);
	state_u16(st, &b->error_line);
	state_u8(st, &b->files);
	state_u8(st, &b->fcbs);
	state_u8(st, &b->lastdrive);
	state_u8(st, &b->buffers);
	state_bool(st, &b->break_on);
	state_bool(st, &b->high);
	state_bool(st, &b->umb);
	state_u16(st, &b->country);
	state_u16(st, &b->code_page);
	state_string(st, b->shell, sizeof b->shell);
	state_string(st, b->shell_tail, sizeof b->shell_tail);
	state_below(st, &size, sizeof b->environment + 1);
	b->environment_size = size;
	state_bytes(st, b->environment, size);
	state_u16(st, &b->stack);
	state_u16(st, &b->menu_ticks);
	lfn_state(&dos->lfn, st);
	process_marks_state(dos, st);
	fetch_state(&dos->fetch, st);
}
