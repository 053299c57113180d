/* int15.c - INT 15h, system services of the AT and PS/2.  */

#include "bios/parts.h"

#include "dev/rtc.h"

#define UNSUPPORTED	0x86
#define PORT92		0x92
#define PORT92_A20	0x02

/* 24h: the A20 gate, by port 92h.  */
static enum svc a20(void *room, struct guest *g)
{
	struct bios *b = room;
	uint8_t old = port_in(b, PORT92);

	switch (reg_al(g)) {
	case 0:
		port_out(b, PORT92, old & ~PORT92_A20);
		return int15_ok(g);
	case 1:
		port_out(b, PORT92, old | PORT92_A20);
		return int15_ok(g);
	case 2:
		set_al(g, (b->bus->addr_mask & 1u << 20) != 0);
		return int15_ok(g);
	case 3:				/* by the keyboard controller and by 92h */
		cpu_set16(g->cpu, CPU_BX, 3);
		return int15_ok(g);
	}
	return int15_fail(g, UNSUPPORTED);
}

/* 4Fh: nobody changes the scan code: "carry set, AL as it was".  */
static enum svc intercept(void *room, struct guest *g)
{
	(void)room;
	guest_set_flag(g, CPU_CF, true);
	return SVC_DONE;
}

/* 83h: bit 7 of ES:BX is set when CX:DX microseconds have passed; the clock
 * chip's periodic interrupt counts them.  */
static enum svc event_wait(void *room, struct guest *g)
{
	struct bios *b = room;

	if (reg_al(g) == 1) {
		set_bda8(b, BDA_WAIT_ACTIVE, 0);
		bios_set_cmos(b, 0x0b, bios_cmos(b, 0x0b) & ~0x40);
		return int15_ok(g);
	}
	if (reg_al(g) != 0)
		return int15_fail(g, UNSUPPORTED);
	if (bda8(b, BDA_WAIT_ACTIVE))
		return int15_fail(g, 0);		/* one at a time */
	guest_wfar(g, BDA, BDA_WAIT_FLAG_AT, (struct far){
		cpu_get16(g->cpu, CPU_BX), g->cpu->seg[CPU_ES].sel });
	set_bda16(b, BDA_WAIT_COUNT, cpu_get16(g->cpu, CPU_DX));
	set_bda16(b, BDA_WAIT_COUNT + 2, cpu_get16(g->cpu, CPU_CX));
	set_bda8(b, BDA_WAIT_ACTIVE, 1);
	port_out(b, 0xa1, port_in(b, 0xa1) & ~0x01);
	bios_set_cmos(b, 0x0b, bios_cmos(b, 0x0b) | 0x40);
	return int15_ok(g);
}

/* 85h: SysRq moved; nobody cares.  90h, 91h: a device is busy, or ready:
 * nobody runs another program meanwhile.  */
static enum svc nothing(void *room, struct guest *g)
{
	(void)room;
	return int15_ok(g);
}

/* 86h: CX:DX microseconds.  */
static enum svc wait(void *room, struct guest *g)
{
	struct bios *b = room;
	uint32_t *note = guest_frame(g)->note;
	vtime end = (vtime)note[1] << 32 | note[0];

	if (guest_step(g) == 0) {
		end = b->sched->now + 1000ull *
			((uint32_t)cpu_get16(g->cpu, CPU_CX) << 16 | cpu_get16(g->cpu, CPU_DX));
		note[0] = end;
		note[1] = end >> 32;
	}
	if (b->sched->now < end)
		return bios_sleep(b, 1, end);
	return int15_ok(g);
}

static uint32_t descriptor_base(struct guest *g, uint16_t at)
{
	uint16_t es = g->cpu->seg[CPU_ES].sel;

	return guest_r16(g, es, at + 2) | guest_r8(g, es, at + 4) << 16 |
		(uint32_t)guest_r8(g, es, at + 7) << 24;
}

static void move(struct bus *bus, uint32_t to, uint32_t from, size_t n)
{
	uint8_t buf[4096];

	for (size_t done = 0, part; done < n; done += part) {
		part = n - done < sizeof buf ? n - done : sizeof buf;
		bus_copy_in(bus, buf, from + done, part);
		bus_copy_out(bus, to + done, buf, part);
	}
}

/* 87h: CX words between the third and fourth descriptor of the table at
 * ES:SI, with A20 open.  */
static enum svc block_move(void *room, struct guest *g)
{
	struct bios *b = room;
	uint16_t words = cpu_get16(g->cpu, CPU_CX), table = cpu_get16(g->cpu, CPU_SI);
	bool a20_on = b->bus->addr_mask & 1u << 20;

	if (words > 0x8000)
		return int15_fail(g, 0x02);		/* "exception": beyond the limit */
	bus_set_a20(b->bus, true);
	move(b->bus, descriptor_base(g, table + 0x18), descriptor_base(g, table + 0x10),
	     2u * words);
	bus_set_a20(b->bus, a20_on);
	guest_set_flag(g, CPU_ZF, true);
	return int15_ok(g);
}

static uint16_t cmos_word(struct bios *b, uint8_t at)
{
	return bios_cmos(b, at) | bios_cmos(b, at + 1) << 8;
}

static enum svc extended_memory(void *room, struct guest *g)
{
	struct bios *b = room;

	return guest_ok(g, b->extended_taken ? 0 : cmos_word(b, RTC_EXTENDED_FOUND));
}

static enum svc configuration(void *room, struct guest *g)
{
	if (bios_card(room)->array)		/* neither Tandy 1000 nor PCjr has it */
		return int15_fail(g, UNSUPPORTED);
	cpu_load_real(g->cpu, CPU_ES, GUEST_ROM_SEG);
	cpu_set16(g->cpu, CPU_BX, ROM_CONFIG);
	return int15_ok(g);
}

static enum svc extended_area(void *room, struct guest *g)
{
	cpu_load_real(g->cpu, CPU_ES, bda16(room, BDA_EBDA));
	return guest_done(g);
}

static enum svc memory_sizes(struct bios *b, struct guest *g)
{
	uint16_t kib = cmos_word(b, RTC_EXTENDED_FOUND);
	uint16_t below_16m = kib > 0x3c00 ? 0x3c00 : kib, above = cmos_word(b, RTC_ABOVE_16M);

	cpu_set16(g->cpu, CPU_BX, above);
	cpu_set16(g->cpu, CPU_CX, below_16m);
	cpu_set16(g->cpu, CPU_DX, above);
	return guest_ok(g, below_16m);
}

enum { RANGE_RAM = 1, RANGE_RESERVED = 2 };

#define SMAP	0x534d4150u

/* E820h: one range at a time; EBX says which, 0 after the last.  */
static enum svc memory_map(struct bios *b, struct guest *g)
{
	const struct { uint32_t from, size, kind; } range[] = {
		{ 0, EBDA_SEG * 16, RANGE_RAM },
		{ EBDA_SEG * 16, EBDA_KIB * 1024, RANGE_RESERVED },
		{ ROM_AT, ROM_SIZE, RANGE_RESERVED },
		{ 0x100000, b->bus->ram_size - 0x100000, RANGE_RAM },
		{ 0u - ROM_SIZE, ROM_SIZE, RANGE_RESERVED },
	};
	uint32_t n = g->cpu->reg[CPU_BX], count = sizeof range / sizeof *range;
	uint16_t es = g->cpu->seg[CPU_ES].sel, di = cpu_get16(g->cpu, CPU_DI);

	if (g->cpu->reg[CPU_DX] != SMAP || g->cpu->reg[CPU_CX] < 20 || n >= count)
		return int15_fail(g, UNSUPPORTED);
	guest_w32(g, es, di, range[n].from);
	guest_w32(g, es, di + 4, 0);
	guest_w32(g, es, di + 8, range[n].size);
	guest_w32(g, es, di + 12, 0);
	guest_w32(g, es, di + 16, range[n].kind);
	g->cpu->reg[CPU_AX] = SMAP;
	g->cpu->reg[CPU_CX] = 20;
	g->cpu->reg[CPU_BX] = n + 1 < count ? n + 1 : 0;
	return guest_done(g);
}

static enum svc big_memory(void *room, struct guest *g)
{
	if (reg_al(g) == 0x01)
		return memory_sizes(room, g);
	if (reg_al(g) == 0x20)
		return memory_map(room, g);
	return int15_fail(g, UNSUPPORTED);
}

const struct svc_entry bios_int15_table[BIOS_INT15_FUNCTIONS] = {
	[0x24] = { "A20 gate", a20 },
	[0x4f] = { "keyboard intercept", intercept },
	[0x83] = { "event wait", event_wait },
	[0x84] = { "joystick", bios_int15_joystick },
	[0x85] = { "SysRq key", nothing },
	[0x86] = { "wait", wait },
	[0x87] = { "move block", block_move },
	[0x88] = { "extended memory size", extended_memory },
	[0x90] = { "device busy", nothing },
	[0x91] = { "device ready", nothing },
	[0xc0] = { "configuration", configuration },
	[0xc1] = { "extended data area", extended_area },
	[0xc2] = { "pointing device", bios_int15_pointer },
	[0xe8] = { "memory map", big_memory },
};

/* 53h, power management, is among what is answered here: not present.  */
static enum svc unsupported(void *room, struct guest *g)
{
	(void)room;
	return int15_fail(g, UNSUPPORTED);
}

enum svc bios_int15(void *room, struct guest *g)
{
	return bios_dispatch(room, g, bios_int15_table, BIOS_INT15_FUNCTIONS, unsupported);
}
