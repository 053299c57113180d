/* board.c - the bare machine's wires, its few ports and its loop.  */

#include "board.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "cpu/disasm.h"

#define COM1		0x3f8u
#define COM_LCR		3u
#define COM_LSR		5u
#define LCR_DLAB	0x80u
#define LSR_EMPTY	0x60u		/* both transmit registers */
#define TEST_LINES	0x2000u
#define TEST_VECTOR	0x2100u
#define TEST_NMI	0x2101u
#define MEGABYTE	0x100000u
#define ROM_MOST	0x80000u

/* ---- ports ---- */

static void post_write(void *dev, uint32_t addr, uint32_t val, unsigned size)
{
	struct board *b = dev;

	(void)addr, (void)size;
	b->post = val & 0xff;
	fprintf(stderr, "POST %02X\n", b->post);
}

static uint32_t post_read(void *dev, uint32_t addr, unsigned size)
{
	const struct board *b = dev;

	(void)addr, (void)size;
	return b->post;
}

static const struct bus_ops post_ops = { "post", post_read, post_write, true };

static void debug_write(void *dev, uint32_t addr, uint32_t val, unsigned size)
{
	struct board *b = dev;

	(void)addr, (void)size;
	putc(val & 0xff, b->o.debug);
}

/* Bochs' port E9h answers its own number, by which programs find it.  */
static uint32_t debug_read(void *dev, uint32_t addr, unsigned size)
{
	(void)dev, (void)size;
	return addr & 0xff;
}

static const struct bus_ops debug_ops = { "debug", debug_read, debug_write, true };

/* A UART that only transmits (National 16550: offsets 0, 3 and 5).  */
static void serial_write(void *dev, uint32_t addr, uint32_t val, unsigned size)
{
	struct board *b = dev;

	(void)size;
	if (addr == COM1 + COM_LCR)
		b->line_control = val;
	else if (addr == COM1 && !(b->line_control & LCR_DLAB))
		putc(val & 0xff, stdout);
}

static uint32_t serial_read(void *dev, uint32_t addr, unsigned size)
{
	const struct board *b = dev;

	(void)size;
	if (addr == COM1 + COM_LCR)
		return b->line_control;
	return addr == COM1 + COM_LSR ? LSR_EMPTY : 0;
}

static const struct bus_ops serial_ops = { "serial", serial_read, serial_write, true };

static void exit_write(void *dev, uint32_t addr, uint32_t val, unsigned size)
{
	struct board *b = dev;

	(void)addr, (void)size;
	b->off = true;
	b->exit_value = val;
	b->sched.deadline = b->sched.now;
}

static const struct bus_ops exit_ops = { "exit", NULL, exit_write, false };

static void map_port(struct board *b, uint32_t port, unsigned count, const struct bus_ops *ops)
{
	if (port < BOARD_NO_PORT)
		bus_map_ports(&b->bus, port, count, ops, b);
}

static void set_intr(void *ctx, unsigned n, bool level)
{
	struct board *b = ctx;

	(void)n;
	b->cpu.intr = level;
}

/* Interrupts by ports, after QEMU's pc-testdev: a rising edge of one of 16
 * lines is remembered until it is served, as an edge-triggered I/O APIC does
 * and an 8259A does not; its vector is what a PC's BIOS gives it.  Two ports
 * of our own ask for any vector and for an NMI, as a local APIC's
 * interrupt command does.  The highest vector comes first.  */
static int highest(const struct board *b)
{
	for (int i = 3; i >= 0; i--)
		if (b->requests[i])
			return 64 * i + 63 - __builtin_clzll(b->requests[i]);
	return -1;
}

static void request(struct board *b, unsigned vector, bool on)
{
	uint64_t bit = UINT64_C(1) << vector % 64;

	if (on)
		b->requests[vector / 64] |= bit;
	else
		b->requests[vector / 64] &= ~bit;
	b->cpu.intr = highest(b) >= 0;
}

static void line_write(void *dev, uint32_t addr, uint32_t val, unsigned size)
{
	struct board *b = dev;
	unsigned n = addr - TEST_LINES;
	uint16_t bit = 1u << n;

	(void)size;
	if (val && !(b->lines & bit))
		request(b, n < 8 ? 0x08 + n : 0x70 + n - 8, true);
	b->lines = val ? b->lines | bit : b->lines & ~bit;
}

static void command_write(void *dev, uint32_t addr, uint32_t val, unsigned size)
{
	struct board *b = dev;

	(void)size;
	if (addr == TEST_VECTOR)
		request(b, val & 0xff, true);
	else
		b->cpu.nmi = true;
}

static int acknowledge(void *ctx)
{
	struct board *b = ctx;
	int vector = highest(b);

	if (vector >= 0)
		request(b, vector, false);
	return vector;
}

static const struct bus_ops line_ops = { "line", NULL, line_write, false };
static const struct bus_ops command_ops = { "command", NULL, command_write, true };

static void add_test_device(struct board *b)
{
	bus_map_ports(&b->bus, TEST_LINES, BOARD_LINES, &line_ops, b);
	bus_map_ports(&b->bus, TEST_VECTOR, 1, &command_ops, b);
	bus_map_ports(&b->bus, TEST_NMI, 1, &command_ops, b);
	b->cpu.intack = acknowledge;
	b->cpu.intack_ctx = b;
}

static void add_pic(struct board *b)
{
	struct wire out[PIT_COUNTERS] = { { NULL, NULL, 0 } };

	pic_init(&b->pic, &b->bus, (struct wire){ set_intr, b, 0 });
	out[0] = pic_irq(&b->pic, 0);
	pit_init(&b->pit, &b->bus, &b->sched, out);
	b->cpu.intack = pic_intack;
	b->cpu.intack_ctx = &b->pic;
}

/* ---- birth and death ---- */

static void trace(void *ctx)
{
	struct board *b = ctx;
	const struct cpu *cpu = &b->cpu;
	char text[80];

	cpu_disasm_next(cpu, text, sizeof text);
	fprintf(stderr, "%04x:%08x %-32s ax=%08x cx=%08x dx=%08x bx=%08x sp=%08x bp=%08x"
		" si=%08x di=%08x ds=%04x es=%04x ss=%04x\n",
		cpu->seg[CPU_CS].sel, cpu->ip, text, cpu->reg[0], cpu->reg[1], cpu->reg[2],
		cpu->reg[3], cpu->reg[4], cpu->reg[5], cpu->reg[6], cpu->reg[7],
		cpu->seg[CPU_DS].sel, cpu->seg[CPU_ES].sel, cpu->seg[CPU_SS].sel);
}

static void trace_interrupt(void *ctx, uint8_t vector)
{
	const struct board *b = ctx;

	fprintf(stderr, "%04x:%08x interrupt %02x\n", b->cpu.seg[CPU_CS].sel, b->cpu.ip, vector);
}

bool board_open(struct board *b, const struct board_options *o, struct error *err)
{
	*b = (struct board){ .o = *o, .post = -1 };
	if (!bus_init(&b->bus, o->ram_size, err))
		return false;
	sched_init(&b->sched);
	bus_map_ram(&b->bus, 0, o->ram_size, b->bus.ram, PAGE_WRITABLE);
	bus_set_a20(&b->bus, true);
	for (unsigned i = 0; i < BOARD_POSTS; i++)
		map_port(b, o->post_port[i], 1, &post_ops);
	map_port(b, COM1, 8, &serial_ops);
	map_port(b, o->debug_port, 1, &debug_ops);
	map_port(b, o->exit_port, 1, &exit_ops);
	cpu_init(&b->cpu, &b->bus, &b->sched);
	b->cpu.model = o->model;
	b->cpu.has_fpu = !o->no_fpu;
	b->cpu.cost = BOARD_COST;
	if (o->pic)
		add_pic(b);
	else if (o->test_device)
		add_test_device(b);
	if (o->trace) {
		b->cpu.on_insn = trace;
		b->cpu.on_int = trace_interrupt;
		b->cpu.trace_ctx = b;
	}
	cpu_reset(&b->cpu);
	if (!cpu_use(&b->cpu, o->engine)) {
		error_set(err, "the engine %s cannot be used here", o->engine->name);
		bus_fini(&b->bus);
		return false;
	}
	return true;
}

void board_close(struct board *b)
{
	cpu_fini(&b->cpu);
	bus_fini(&b->bus);
	free(b->rom);
}

bool board_load_rom(struct board *b, const uint8_t *image, size_t size, struct error *err)
{
	uint32_t top = b->o.model >= CPU_80386 ? 0 : b->o.model == CPU_80286 ? 0x1000000 : 0;

	if (!size || size % BUS_PAGE_SIZE || size > ROM_MOST) {
		error_set(err, "a ROM has a multiple of 4096 bytes, at most %u", ROM_MOST);
		return false;
	}
	b->rom = malloc(size);
	if (!b->rom) {
		error_set(err, "out of memory");
		return false;
	}
	memcpy(b->rom, image, size);
	bus_map_ram(&b->bus, MEGABYTE - size, size, b->rom, 0);
	if (b->o.model >= CPU_80286)
		bus_map_ram(&b->bus, top - size, size, b->rom, 0);
	cpu_reset(&b->cpu);
	return true;
}

/* ---- the loop ---- */

static enum cpu_exit go(struct board *b)
{
	return b->o.step ? cpu_step(&b->cpu) : cpu_run(&b->cpu);
}

enum board_end board_run(struct board *b)
{
	struct sched *s = &b->sched;
	uint64_t room = (VTIME_NEVER - s->now) / BOARD_COST;
	vtime last = s->now + (b->o.limit < room ? b->o.limit : room) * BOARD_COST;

	while (!b->off) {
		vtime next = sched_next(s);

		if (s->now >= last)
			return BOARD_LIMIT;
		s->deadline = next < last ? next : last;
		switch (go(b)) {
		case CPU_EXIT_HALT:
			if (cpu_due_interrupt(&b->cpu))
				break;
			if (next == VTIME_NEVER)
				return BOARD_HALTED;
			sched_skip(s, s->deadline);
			break;
		case CPU_EXIT_RESET:
			return BOARD_SHUTDOWN;
		default:
			break;
		}
		sched_fire_due(s);
	}
	return BOARD_EXIT;
}
