/* wire.c - who is connected to whom.  The only place that knows the whole
 * board: an AT with a PS/2's keyboard controller.  */

#include "machine/pc.h"

#include <stdio.h>
#include <string.h>

#include "cpu/fpu_op.h"

/* Nanoseconds of an 8-bit access on the AT's bus: six clocks of 8 MHz (IBM AT Technical
 * Reference, "I/O channel").  Programs count on it for their delays.  */
#define ISA_CYCLE	750

static void set_intr(void *ctx, unsigned n, bool level)
{
	struct machine *m = ctx;

	(void)n;
	m->cpu.intr = level;
}

static void set_nmi_mask(void *ctx, unsigned n, bool level)
{
	struct machine *m = ctx;

	(void)n;
	m->nmi_on = level;
}

/* The processor's RESET pin, from the keyboard controller or port 92h.  The
 * loop sees to it: a chip may not reset the CPU that is just speaking to it. */
static void set_reset(void *ctx, unsigned n, bool level)
{
	struct machine *m = ctx;

	(void)n;
	if (!level)
		return;
	m->reset_asked = true;
	m->sched.deadline = m->sched.now;
}

static bool read_out2(void *ctx)
{
	struct machine *m = ctx;

	return pit_out(&m->pit, 2);
}

static void teletype(void *ctx, uint8_t ch)
{
	struct machine *m = ctx;

	bios_teletype(&m->bios, ch, 7);
}

/* What the BIOS writes to the video memory no program has written.  */
static void draws(void *ctx, bool begins)
{
	struct machine *m = ctx;

	video_bios_writes(&m->video, begins);
}

static bool dots(void *ctx, struct video_dots *d)
{
	struct machine *m = ctx;

	return video_dots(&m->video, d);
}

static uint32_t get_dot(void *ctx, unsigned start, unsigned x, unsigned y)
{
	struct machine *m = ctx;

	return video_get_dot(&m->video, start, x, y);
}

static void put_dot(void *ctx, unsigned start, unsigned x, unsigned y, uint32_t val)
{
	struct machine *m = ctx;

	video_put_dot(&m->video, start, x, y, val);
}

static void full_screen(void *ctx)
{
	struct machine *m = ctx;

	m->screen_used = true;
}

static void console(void *ctx, uint8_t ch)
{
	struct machine *m = ctx;

	if (m->host.console)
		m->host.console(m->host.ctx, ch);
}

static void trace(void *ctx, const char *channel, const char *text)
{
	struct machine *m = ctx;

	m->host.trace(m->host.ctx, channel, text);
}

static int64_t get_clock(void *ctx, uint32_t *nanoseconds)
{
	struct machine *m = ctx;

	return rtc_now(&m->rtc, nanoseconds);
}

/* The guest has set its clock: from now on it is not the host's.  */
static void set_clock(void *ctx, int64_t seconds, uint32_t nanoseconds)
{
	struct machine *m = ctx;

	m->own_clock = true;
	rtc_set_unix(&m->rtc, seconds, nanoseconds);
}

static void off(void *ctx, uint8_t code, uint8_t how)
{
	struct machine *m = ctx;

	if (m->result.end != MACHINE_RUNS)
		return;
	m->result.end = MACHINE_EXITED;
	m->result.code = code;
	m->result.how = how;
	m->result.refused = m->shell.refused;
	m->sched.deadline = m->sched.now;
}

static void no_shell(void *ctx, enum dos_error error, const char *why)
{
	struct machine *m = ctx;

	off(m, 1, DOS_HOW_NORMAL);
	m->result.refused = error;
	snprintf(m->result.why, sizeof m->result.why, "%s", why);
}

#define VIDEO_ASKS	(MACHINE_COMS + MACHINE_LPTS)	/* the number of the card there */

/* Ports and the video card share inputs: one asks as long as one of them does.  n: the input, and
 * in the higher bits who.  */
static void set_shared_irq(void *ctx, unsigned n, bool level)
{
	struct machine *m = ctx;
	uint8_t *asked = &m->irq_asked[n & 15], who = 1 << (n >> 4);

	*asked = level ? *asked | who : *asked & ~who;
	wire_set(&(struct wire[]){ pic_irq(&m->pic, n & 15) }[0], *asked != 0);
}

static void wire_chips(struct machine *m, const struct machine_config *config)
{
	size_t ram_size = config->ram_size;
	struct ps2_device nobody = { 0 };
	struct wire irq0 = pic_irq(&m->pic, 0);
	struct wire none = { 0 };

	pic_init(&m->pic, &m->bus, (struct wire){ set_intr, m, 0 });
	m->cpu.intack = pic_intack;
	m->cpu.intack_ctx = &m->pic;
	fpu_attach(&m->cpu, pic_irq(&m->pic, 13));
	/* Without a speaker nobody hears counter 2, which may change 100,000 times a
	 * second; port 61h asks for its level.  */
	pit_init(&m->pit, &m->bus, &m->sched, (struct wire[]){ irq0, none, none });
	port61_init(&m->port61, &m->bus, &m->sched, &(struct port61_wiring){
		.gate2 = pit_gate(&m->pit, 2), .out2 = read_out2, .out2_ctx = m });
	a20_init(&m->a20, &m->bus, 0);
	port92_init(&m->port92, &m->bus, a20_input(&m->a20, A20_PORT92),
		    (struct wire){ set_reset, m, 0 });
	kbc_init(&m->kbc, &m->bus, &m->sched, &(struct kbc_wiring){
		.irq1 = pic_irq(&m->pic, 1), .irq12 = pic_irq(&m->pic, 12),
		.a20 = a20_input(&m->a20, A20_KBC), .reset = { set_reset, m, 0 },
		.line = { keyboard_device(&m->keyboard),
			  config->mouse ? mouse_device(&m->mouse) : nobody } });
	keyboard_init(&m->keyboard, &m->sched, kbc_ready(&m->kbc, KBC_KEYBOARD));
	mouse_init(&m->mouse, &m->sched, kbc_ready(&m->kbc, KBC_AUX));
	m->has_mouse = config->mouse;
	machine_pointer_init(m);
	machine_joystick_init(m, config->joystick);
	machine_spin_init(m);
	rtc_init(&m->rtc, &m->bus, &m->sched, ram_size, pic_irq(&m->pic, 8),
		 (struct wire){ set_nmi_mask, m, 0 });
	dma_init(&m->dma, &m->bus);
	post_init(&m->post, &m->bus, NULL, NULL);
	video_init(&m->video, &config->video, &m->bus, &m->sched, &m->screen,
		   (struct wire){ set_shared_irq, m, video_irq(config->video.kind) | VIDEO_ASKS << 4 });
}

static bool mouse_sends(void *ctx, uint8_t byte)
{
	return serial_receive(ctx, byte);
}

static void wire_com(struct machine *m, unsigned n, const char *name, enum sermouse_kind mouse)
{
	sermouse_init(&m->com_mouse[n], &m->sched, name, mouse, mouse_sends, &m->com[n]);
	if (mouse != SERMOUSE_NONE)
		serial_plug(&m->com[n], &(struct serial_backend){
			.lines = sermouse_lines, .format = sermouse_format,
			.ctx = &m->com_mouse[n] });
}

/* Where the BIOS looks for them: COM1 first; of printer ports the one at
 * 3BCh, if there is one, is LPT1 (IBM AT Technical Reference, "BIOS").  */
static void wire_ports(struct machine *m, const struct machine_config *config)
{
	static const struct { const char *name; uint16_t base; uint8_t irq; } com[MACHINE_COMS] = {
		{ "COM1", 0x3f8, 4 }, { "COM2", 0x2f8, 3 }, { "COM3", 0x3e8, 4 },
		{ "COM4", 0x2e8, 3 },
	};
	static const struct { uint16_t base; uint8_t irq; } lpt[MACHINE_LPTS] = {
		{ 0x3bc, 7 }, { 0x378, 7 }, { 0x278, 5 },
	};
	static const char *const name[MACHINE_LPTS] = { "LPT1", "LPT2", "LPT3" };
	unsigned first, coms = config->coms, lpts = config->lpts;

	m->com_count = coms < 2 ? 2 : coms > MACHINE_COMS ? MACHINE_COMS : coms;
	m->lpt_count = lpts < 1 ? 1 : lpts > MACHINE_LPTS ? MACHINE_LPTS : lpts;
	first = m->lpt_count < MACHINE_LPTS;
	for (unsigned i = 0; i < m->com_count; i++) {
		serial_init(&m->com[i], &m->bus, &m->sched, com[i].name, com[i].base,
			    (struct wire){ set_shared_irq, m, com[i].irq | i << 4 });
		wire_com(m, i, com[i].name, config->com_mouse[i]);
	}
	for (unsigned i = 0; i < m->lpt_count; i++)
		lpt_init(&m->lpt[i], &m->bus, &m->sched, name[i], lpt[first + i].base,
			 (struct wire){ set_shared_irq, m, lpt[first + i].irq | (4 + i) << 4 });
}

void machine_wire(struct machine *m, const struct machine_config *config)
{
	cpu_init(&m->cpu, &m->bus, &m->sched);
	m->cpu.model = config->model;
	m->cpu.has_fpu = config->fpu;
	m->cpu.cost = config->cost;
	m->cpu.port_cost = ISA_CYCLE;
	m->cpu.gate_base = GUEST_ROM_SEG * 16 + GUEST_GATE_OFF;
	m->cpu.gate_count = GUEST_GATES;
	wire_chips(m, config);
	wire_ports(m, config);
	guest_init(&m->guest, &m->cpu, &m->bus);
	bios_init(&m->bios, &m->guest, &m->bus, &m->sched);
	if (strcmp(config->keyboard, "us") != 0)
		memcpy(m->bios.keyboard, config->keyboard, sizeof m->bios.keyboard);
	m->bios.mouse_driver = config->mouse_driver;
	m->bios.code_page = config->dos.code_page;
	m->bios.boots_disk = config->boots_disk;
	m->bios.boot_disk = config->boot_disk;
	m->bios.video = config->video.kind;
	m->bios.video_memory = config->video.memory;
	m->bios.columns = config->columns;
	m->bios.rows = config->rows;
	m->bios.ctx = m;
	m->bios.tty_out = console;
	m->bios.full_screen = full_screen;
	m->bios.draws = draws;
	m->bios.dots = dots;
	m->bios.get_dot = get_dot;
	m->bios.put_dot = put_dot;
	m->bios.crashed = machine_crash;
	xms_init(&m->xms, &m->guest, &m->a20, config->xms, config->umb);
	m->bios.extended_taken = m->xms.there;
	m->dos.config = config->dos;
	m->dos.config.lowest = video_shares(config->video.kind) / 16;
	dos_init(&m->dos, &m->guest, &m->bus, m->drive, &m->stdio);
	m->dos.xms = m->xms.there ? &m->xms : NULL;
	m->dos.ctx = m;
	m->dos.off = off;
	m->dos.no_shell = no_shell;
	m->dos.crashed = machine_crash;
	m->dos.teletype = teletype;
	m->dos.clock = get_clock;
	m->dos.set_clock = set_clock;
	m->dos.trace = m->host.trace ? trace : NULL;
	machine_disks_wire(m);
	machine_trace(m);
	shell_init(&m->shell, &m->guest);
}
