/* bios.c - the BIOS as a room: its vectors, and what its services share.  */

#include "bios/parts.h"

#include <string.h>

#include "base/cp.h"
#include "dev/event.h"
#include "state/state.h"

#define PORT_CMOS	0x70
#define PIC_EOI		0x20

#define WITH(table)	table, sizeof table / sizeof *table

/* Ascending.  POST points these vectors at their gates, all others at an
 * IRET.  */
const struct bios_vector bios_vector[] = {
	{ 0x02, "non-maskable interrupt", bios_int02, NULL, 0 },
	{ 0x05, "print screen", bios_int05, NULL, 0 },
	{ 0x06, "invalid opcode", bios_int06, NULL, 0 },
	{ 0x08, "IRQ 0, timer", bios_int08, NULL, 0 },
	{ 0x09, "IRQ 1, keyboard", bios_int09, NULL, 0 },
	{ 0x0a, "IRQ 2", bios_irq, NULL, 0 },
	{ 0x0b, "IRQ 3", bios_irq, NULL, 0 },
	{ 0x0c, "IRQ 4", bios_irq_or_fault, NULL, 0 },
	{ 0x0d, "IRQ 5", bios_irq_or_fault, NULL, 0 },
	{ 0x0e, "IRQ 6", bios_irq, NULL, 0 },
	{ 0x0f, "IRQ 7", bios_irq, NULL, 0 },
	{ 0x10, "video", bios_int10, WITH(bios_int10_table) },
	{ 0x11, "equipment", bios_int11, NULL, 0 },
	{ 0x12, "memory size", bios_int12, NULL, 0 },
	{ 0x13, "disk", bios_int13, WITH(bios_int13_table) },
	{ 0x14, "serial", bios_int14, WITH(bios_int14_table) },
	{ 0x15, "system", bios_int15, WITH(bios_int15_table) },
	{ 0x16, "keyboard", bios_int16, WITH(bios_int16_table) },
	{ 0x17, "printer", bios_int17, WITH(bios_int17_table) },
	{ 0x18, "no boot", bios_int18, NULL, 0 },
	{ 0x19, "bootstrap", bios_int19, NULL, 0 },
	{ 0x1a, "time", bios_int1a, WITH(bios_int1a_table) },
	{ 0x33, "mouse", bios_int33, WITH(bios_int33_table), .by_ax = true },
	{ 0x40, "diskette", bios_int40, WITH(bios_int13_table) },
	{ 0x70, "IRQ 8, clock", bios_int70, NULL, 0 },
	{ 0x71, "IRQ 9", bios_int71, NULL, 0 },
	{ 0x72, "IRQ 10", bios_irq, NULL, 0 },
	{ 0x73, "IRQ 11", bios_irq, NULL, 0 },
	{ 0x74, "IRQ 12, pointing device", bios_int74, NULL, 0 },
	{ 0x75, "IRQ 13, FPU", bios_int75, NULL, 0 },
	{ 0x76, "IRQ 14", bios_irq, NULL, 0 },
	{ 0x77, "IRQ 15", bios_irq, NULL, 0 },
};

const unsigned bios_vectors = sizeof bios_vector / sizeof *bios_vector;

/* The functions of INT 10h whose subfunctions have names of their own.  */
static const char *video_name(uint16_t ax, const char *name)
{
	switch (ax >> 8) {
	case 0x10:
		return bios_palette_name(ax & 0xff);
	case 0x11:
		return bios_fonts_name(ax & 0xff);
	case 0x4f:
		return bios_vesa_name(ax & 0xff);
	default:
		return name;
	}
}

const char *bios_service_name(uint8_t n, uint16_t ax)
{
	unsigned index;

	for (unsigned i = 0; i < bios_vectors; i++) {
		const struct bios_vector *v = &bios_vector[i];

		if (v->n != n)
			continue;
		if (!v->function)
			return v->name;
		index = v->by_ax ? ax : ax >> 8;
		if (index >= v->functions)
			return NULL;
		return n == 0x10 ? video_name(ax, v->function[index].name) : v->function[index].name;
	}
	return NULL;
}

enum svc bios_nothing(void *room, struct guest *g)
{
	(void)room, (void)g;
	return SVC_DONE;
}

enum svc bios_dispatch(struct bios *b, struct guest *g, const struct svc_entry *table,
		       unsigned count, svc_fn *otherwise)
{
	uint8_t ah = guest_caller(g)->reg[CPU_AX] >> 8;

	return ah < count && table[ah].serve ? table[ah].serve(b, g) : otherwise(b, g);
}

/* The event has nothing to do: guest time has come so far, and the loop
 * serves the waiting gate again.  */
static void wake_up(void *ctx, vtime late)
{
	(void)ctx, (void)late;
}

enum svc bios_sleep(struct bios *b, uint8_t next_step, vtime until)
{
	if (!sched_pending(b->sched, &b->wake) || until < b->wake.when)
		sched_at(b->sched, &b->wake, until);
	return guest_again(b->guest, next_step, GUEST_WAIT_TIME);
}

bool bios_wait_over(struct bios *b, uint8_t seconds)
{
	uint32_t *note = guest_frame(b->guest)->note;
	vtime end = (vtime)note[1] << 32 | note[0];

	if (!end) {
		end = b->sched->now + seconds * VTIME_SECOND;
		note[0] = end;
		note[1] = end >> 32;
	}
	return b->sched->now >= end;
}

void bios_eoi(struct bios *b, unsigned irq)
{
	if (irq >= 8)
		port_out(b, 0xa0, PIC_EOI);
	port_out(b, 0x20, PIC_EOI);
}

/* NMI is left enabled, and the index at a harmless register.  */
uint8_t bios_cmos(struct bios *b, uint8_t at)
{
	uint8_t val;

	port_out(b, PORT_CMOS, at);
	val = port_in(b, PORT_CMOS + 1);
	port_out(b, PORT_CMOS, 0x0d);
	return val;
}

void bios_set_cmos(struct bios *b, uint8_t at, uint8_t val)
{
	port_out(b, PORT_CMOS, at);
	port_out(b, PORT_CMOS + 1, val);
	port_out(b, PORT_CMOS, 0x0d);
}

/* Below 4 GiB too, where a 286 and later begin, and where that is with A20
 * closed.  */
static void map_rom(struct bios *b)
{
	const uint32_t at[] = { ROM_AT, 0u - ROM_SIZE, (0u - ROM_SIZE) & ~(1u << 20) };

	for (unsigned i = 0; i < 3; i++)
		bus_map_ram(b->bus, at[i], ROM_SIZE, b->bus->ram + ROM_AT, 0);
}

/* EGA and VGA bring one; the others use the board's.  */
static void map_card_rom(struct bios *b)
{
	bool has = bios_card(b)->planar;

	bus_map_ram(b->bus, CARD_ROM_AT, CARD_ROM_SIZE, has ? b->bus->ram + CARD_ROM_AT : NULL, 0);
}

void bios_init(struct bios *b, struct guest *guest, struct bus *bus, struct sched *sched)
{
	*b = (struct bios){
		.guest = guest, .bus = bus, .sched = sched,
		.wake = { .name = "bios", .fire = wake_up, .ctx = b },
	};
	for (unsigned i = 0; i < 256; i++)
		b->unicode[i] = cp_glyph(437, i);
	bios_build_rom(b);
	map_rom(b);
	for (unsigned i = 0; i < bios_vectors; i++)
		guest_offer(guest, bios_vector[i].n, bios_vector[i].serve, b);
	guest_offer(guest, GATE_BIOS_POST, bios_post, b);
	set_ebda8(b, EBDA_BOOTS, 1);
	guest_offer_far(guest, GATE_MOUSE_CALL, bios_mouse_call, b);
}

/* The ROM's contents are in RAM that a snapshot or a hostile engine may have
 * changed; a reset makes them new.  */
void bios_reset(struct bios *b)
{
	sched_cancel(b->sched, &b->wake);
	b->mouse = (struct mouse_driver){ 0 };
	map_card_rom(b);
	bios_build_rom(b);
	bus_wrote(b->bus, ROM_AT, ROM_SIZE);
	set_ebda8(b, EBDA_BOOTS, 1);
}

void bios_state(struct bios *b, struct state *st)
{
	state_section(st, "bios", 3);
	event_state(b->sched, &b->wake, st);
	state_u32(st, &b->fault.at);
	state_u32(st, &b->fault.stack);
	state_u16(st, &b->fault.times);
	state_u64(st, &b->fault.last);
	mouse_driver_state(&b->mouse, st);
}
