/* post.c - the power-on self test: programs the chips as the AT's does, fills
 * vectors and data area, and boots.
 *
 * It is also where the CPU comes back from protected mode: a program that
 * resets it leaves in configuration byte 0Fh how to go on (IBM AT Technical
 * Reference, "Shutdown status byte").  */

#include "bios/parts.h"

#include "dev/rtc.h"

#define POST_STACK_SEG	0x30
#define POST_STACK	0x100

enum { SHUTDOWN_EOI_JUMP = 0x05, SHUTDOWN_JUMP = 0x0a };

enum {					/* the keyboard controller */
	KBC_DATA = 0x60, KBC_COMMAND = 0x64, KBC_WRITE_COMMAND_BYTE = 0x60,
	KBC_SELF_TEST = 0xaa, KBC_OUT_FULL = 0x01,
	KBC_COMMAND_BYTE = 0x65,	/* translate, aux off, system, IRQ 1 */
	KBC_COMMAND_BYTE_AUX = 0x47,	/* translate, system, IRQ 12 and 1 */
	KBC_TEST_AUX = 0xa9,
};

enum { GAME_PORT = 0x201, GAME_AXES = 0x0f };

#define PACKET_SIZE	3

/* Something answers on the controller's second line.  */
static bool find_pointer(struct bios *b)
{
	port_out(b, KBC_COMMAND, KBC_TEST_AUX);
	return port_in(b, KBC_DATA) == 0;
}

/* No one-shot runs before it is fired (IBM PC/XT Technical Reference, "BIOS": test for a
 * game card).  */
static bool find_game_port(struct bios *b)
{
	return (port_in(b, GAME_PORT) & GAME_AXES) == 0;
}

/* Values to ports, in this order.  */
static const struct { uint16_t port; uint8_t val; } setup[] = {
	/* 8254: tick 18.2 Hz, refresh 66 kHz, speaker 896 Hz.  */
	{ 0x43, 0x36 }, { 0x40, 0x00 }, { 0x40, 0x00 },
	{ 0x43, 0x54 }, { 0x41, 0x12 },
	{ 0x43, 0xb6 }, { 0x42, 0x33 }, { 0x42, 0x05 },
	{ 0x61, 0x00 },
	/* 8259s, after the timer, whose output rises when it is set up: edges,
	 * cascade on 2, vectors 08h and 70h, 8086 mode; all inputs masked but
	 * timer, keyboard, cascade, diskette and FPU.  */
	{ 0x20, 0x11 }, { 0x21, 0x08 }, { 0x21, 0x04 }, { 0x21, 0x01 },
	{ 0xa0, 0x11 }, { 0xa1, 0x70 }, { 0xa1, 0x02 }, { 0xa1, 0x01 },
	{ 0x21, 0xb8 }, { 0xa1, 0xdf },
	/* 8237s: clear; channel 4 is the cascade.  */
	{ 0x0d, 0x00 }, { 0xda, 0x00 },
	{ 0x0b, 0x40 }, { 0x0b, 0x41 }, { 0x0b, 0x42 }, { 0x0b, 0x43 },
	{ 0xd6, 0xc0 }, { 0xd6, 0x41 }, { 0xd6, 0x42 }, { 0xd6, 0x43 },
	{ 0xd4, 0x00 },
	{ 0xf1, 0x00 },			/* reset the FPU's error latch */
};

static void set_up_keyboard(struct bios *b)
{
	bool aux;

	while (port_in(b, KBC_COMMAND) & KBC_OUT_FULL)
		port_in(b, KBC_DATA);
	port_out(b, KBC_COMMAND, KBC_SELF_TEST);
	port_in(b, KBC_DATA);
	aux = find_pointer(b);
	port_out(b, KBC_COMMAND, KBC_WRITE_COMMAND_BYTE);
	port_out(b, KBC_DATA, aux ? KBC_COMMAND_BYTE_AUX : KBC_COMMAND_BYTE);
}

static void set_up_chips(struct bios *b)
{
	for (size_t i = 0; i < sizeof setup / sizeof *setup; i++)
		port_out(b, setup[i].port, setup[i].val);
	set_up_keyboard(b);
	bios_set_cmos(b, 0x0a, 0x26);
	bios_set_cmos(b, 0x0b, 0x02);
	bios_cmos(b, 0x0c);
}

/* All lead to an IRET but ours; 60h-67h and 78h on belong to programs.  */
static void fill_vectors(struct bios *b)
{
	struct guest *g = b->guest;
	struct far nobody = { ROM_IRET, GUEST_ROM_SEG };

	for (unsigned n = 0; n < 256; n++)
		guest_wfar(g, 0, n * 4, (n >= 0x60 && n < 0x68) || n >= 0x78 ?
			   (struct far){ 0, 0 } : nobody);
	for (unsigned i = 0; i < bios_vectors; i++)
		guest_wfar(g, 0, bios_vector[i].n * 4, guest_gate_far(bios_vector[i].n));
	if (!b->mouse_driver)
		guest_wfar(g, 0, 0x33 * 4, (struct far){ ROM_IRET, GUEST_ROM_SEG });
	guest_wfar(g, 0, 0x1d * 4, (struct far){ ROM_VIDEO_PARAMETERS, GUEST_ROM_SEG });
	guest_wfar(g, 0, 0x1f * 4, (struct far){ ROM_FONT_8 + 128 * 8, GUEST_ROM_SEG });
	guest_wfar(g, 0, 0x1e * 4, (struct far){ ROM_FLOPPY_PARAMETERS, GUEST_ROM_SEG });
}

/* An 8250 has no more than three bits set in its interrupt ID register; a
 * printer port's data latch can be read back.  */
static bool is_serial(struct bios *b, uint16_t base)
{
	return (port_in(b, base + 2) & 0x30) == 0;
}

static bool is_printer(struct bios *b, uint16_t base)
{
	port_out(b, base, 0xaa);
	return port_in(b, base) == 0xaa;
}

static unsigned find_ports(struct bios *b, const uint16_t *base, unsigned count,
			   enum bda at, bool (*is_there)(struct bios *, uint16_t))
{
	unsigned found = 0;

	for (unsigned i = 0; i < count; i++)
		if (is_there(b, base[i]))
			set_bda16(b, at + 2 * found++, base[i]);
	return found;
}

static void find_equipment(struct bios *b)
{
	static const uint16_t com[] = { 0x3f8, 0x2f8, 0x3e8, 0x2e8 };
	static const uint16_t lpt[] = { 0x3bc, 0x378, 0x278 };
	unsigned coms = find_ports(b, com, 4, BDA_COM, is_serial);
	unsigned lpts = find_ports(b, lpt, 3, BDA_LPT, is_printer);

	/* Bit 1: coprocessor; 2: pointing device; 5-4: 80x25 colour or monochrome; 11-9 serial, 15-14
	 * printer ports; 12: game port; the rest as configured.  */
	set_bda16(b, BDA_EQUIPMENT, (bios_cmos(b, RTC_EQUIPMENT) & 0xc3) | bios_card(b)->equipment |
		  (find_pointer(b) ? EQUIPMENT_POINTER : 0) | (find_game_port(b) ? EQUIPMENT_GAME : 0) | coms << 9 | lpts << 14);
	for (unsigned i = 0; i < 4; i++) {
		set_bda8(b, BDA_LPT_TIMEOUT + i, i < 3 ? 20 : 0);
		set_bda8(b, BDA_COM_TIMEOUT + i, 1);
	}
}

static unsigned from_bcd(uint8_t v)
{
	return (v >> 4) * 10 + (v & 15);
}

/* Ticks since midnight: 65536 / 1193182 s each.  */
static void set_ticks(struct bios *b)
{
	uint64_t seconds = from_bcd(bios_cmos(b, 4)) * 3600 + from_bcd(bios_cmos(b, 2)) * 60 +
		from_bcd(bios_cmos(b, 0));

	guest_w32(b->guest, BDA, BDA_TICKS, seconds * 1193182 / 65536);
}

static void fill_vga_area(struct bios *b)
{
	set_bda8(b, BDA_VIDEO_SWITCHES, 0xf9);
	set_bda8(b, BDA_VGA_CONTROL, 0x11);
	set_bda8(b, BDA_DISPLAY_CODE, 0x08);
	guest_wfar(b->guest, BDA, BDA_VIDEO_SAVE, (struct far){ ROM_SAVE_TABLE, GUEST_ROM_SEG });
}

/* The switches are those the card has: an EGA's monitor, the primary display.  */
static void fill_ega_area(struct bios *b)
{
	set_bda8(b, BDA_VIDEO_SWITCHES, bios_card(b)->mono ? 0xfb : 0xf9);
	guest_wfar(b->guest, BDA, BDA_VIDEO_SAVE, (struct far){ ROM_SAVE_TABLE, GUEST_ROM_SEG });
}

static void fill_data_area(struct bios *b)
{
	bool warm = bda16(b, BDA_RESET_FLAG) == 0x1234;

	for (unsigned i = 0; i <= BDA_PRINT_SCREEN; i++)
		set_bda8(b, i, 0);
	set_bda16(b, BDA_RESET_FLAG, warm ? 0x1234 : 0);
	set_bda16(b, BDA_EBDA, EBDA_SEG);
	set_bda16(b, BDA_MEMORY, 640 - EBDA_KIB);
	for (unsigned i = 0; i < EBDA_KIB * 1024; i++)
		guest_w8(b->guest, EBDA_SEG, i, i ? 0 : EBDA_KIB);
	if (b->keyboard[0]) {
		set_ebda8(b, EBDA_KEYB_NAME, b->keyboard[0] & 0xdf);
		set_ebda8(b, EBDA_KEYB_NAME + 1, b->keyboard[1] & 0xdf);
		set_ebda8(b, EBDA_KEYB_STATE, 0xff);
	}
	set_ebda16(b, EBDA_KEYB_PAGE, b->code_page ? b->code_page : 437);
	set_ebda8(b, EBDA_TYPEMATIC, TYPEMATIC_DEFAULT);
	set_ebda8(b, EBDA_POINTER_FLAGS, PACKET_SIZE - 1);
	set_bda16(b, BDA_KEY_HEAD, BDA_KEY_BUFFER);
	set_bda16(b, BDA_KEY_TAIL, BDA_KEY_BUFFER);
	set_bda16(b, BDA_KEY_START, BDA_KEY_BUFFER);
	set_bda16(b, BDA_KEY_END, BDA_KEY_BUFFER + 32);
	set_bda8(b, BDA_KEY_STATE, KEY_101);
	if (bios_is_vga(b))
		fill_vga_area(b);
	else if (bios_card(b)->write_only)
		fill_ega_area(b);
}

static enum svc jump(struct guest *g, struct far to)
{
	cpu_load_real(g->cpu, CPU_CS, to.seg);
	g->cpu->ip = to.off;
	return SVC_JUMP;
}

static enum svc boot(struct guest *g)
{
	for (unsigned r = 0; r < 8; r++)
		g->cpu->reg[r] = 0;
	cpu_load_real(g->cpu, CPU_DS, 0);
	cpu_load_real(g->cpu, CPU_ES, 0);
	cpu_load_real(g->cpu, CPU_SS, POST_STACK_SEG);
	cpu_set16(g->cpu, CPU_SP, POST_STACK);
	g->cpu->flags |= CPU_IF;
	return jump(g, guest_gate_far(0x19));
}

enum svc bios_post(void *room, struct guest *g)
{
	struct bios *b = room;
	uint8_t how = bios_cmos(b, RTC_SHUTDOWN);

	bios_set_cmos(b, RTC_SHUTDOWN, 0);
	if (how == SHUTDOWN_EOI_JUMP)
		bios_eoi(b, 8);
	if (how == SHUTDOWN_EOI_JUMP || how == SHUTDOWN_JUMP)
		return jump(g, guest_rfar(g, BDA, BDA_RESET_AT));
	if (!ebda8(b, EBDA_BOOTS))
		return bios_restart(b);
	set_up_chips(b);
	fill_vectors(b);
	fill_data_area(b);
	bios_draws(b, true);
	bios_set_mode(b, 3, true);
	if (b->columns)
		bios_set_text_size(b, b->columns, b->rows);
	bios_draws(b, false);
	bios_find_disks(b);
	find_equipment(b);
	set_ticks(b);
	set_ebda8(b, EBDA_BOOTS, 1);
	return boot(g);
}
