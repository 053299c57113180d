/* alternate.c - INT 10h/12h, "alternate select": what the card has, and how modes
 * will be set.  BL says what is asked; 12h in AL, that it was done.  */

#include "bios/parts.h"

#define MODE_MONO	7
#define SCREEN_OFF	0x20
#define PORT_ENABLE	0x3c3
#define MEMORY_256K	3
#define PRINT_SCREEN	5

static enum svc done(struct guest *g)
{
	set_al(g, 0x12);
	return SVC_DONE;
}

static enum svc refused(struct guest *g)
{
	set_al(g, 0);
	return SVC_DONE;
}

static enum svc information(struct bios *b, struct guest *g)
{
	set_bh(g, bda16(b, BDA_CRTC) == PORT_CRTC - MONO);
	set_bl(g, MEMORY_256K);
	set_ch(g, bda8(b, BDA_VIDEO_SWITCHES) >> 4);
	set_cl(g, bda8(b, BDA_VIDEO_SWITCHES) & 0x0f);
	return SVC_DONE;
}

/* 200, 350, 400; told in the switches of an EGA too, where 8 is for a CGA's
 * monitor.  It holds from the next mode on.  */
static enum svc scan_lines(struct bios *b, struct guest *g)
{
	static const uint8_t lines[] = { VGA_200, VGA_350, VGA_400 }, switches[] = { 8, 9, 9 };
	uint8_t al = reg_al(g);

	if (al > 2)
		return refused(g);
	set_bda8(b, BDA_VGA_CONTROL, (bda8(b, BDA_VGA_CONTROL) & ~VGA_LINES) | lines[al]);
	set_bda8(b, BDA_VIDEO_SWITCHES, (bda8(b, BDA_VIDEO_SWITCHES) & 0xf0) | switches[al]);
	return done(g);
}

static enum svc set_bit(struct bios *b, struct guest *g, uint16_t at, uint8_t bit, bool set)
{
	if (reg_al(g) > 1)
		return refused(g);
	set_bda8(b, at, set ? bda8(b, at) | bit : bda8(b, at) & ~bit);
	return done(g);
}

static enum svc enable_video(struct bios *b, struct guest *g)
{
	if (reg_al(g) > 1)
		return refused(g);
	port_out(b, PORT_ENABLE, !reg_al(g));
	return done(g);
}

static enum svc refresh(struct bios *b, struct guest *g)
{
	uint8_t clocking = bios_seq(b, 1);

	if (reg_al(g) > 1)
		return refused(g);
	bios_set_seq(b, 1, reg_al(g) ? clocking | SCREEN_OFF : clocking & ~SCREEN_OFF);
	return done(g);
}

/* 35h, another card beside the one on the board, is for two cards.  */
enum svc bios_int10_alternate(void *room, struct guest *g)
{
	struct bios *b = room;
	bool off = reg_al(g);

	if (bios_card(b)->write_only && reg_bl(g) >= 0x30)	/* the VGA's */
		return SVC_DONE;
	switch (reg_bl(g)) {
	case 0x10:
		return information(b, g);
	case 0x20:
		guest_wfar(g, 0, PRINT_SCREEN * 4, guest_gate_far(PRINT_SCREEN));
		return SVC_DONE;
	case 0x30:
		return scan_lines(b, g);
	case 0x31:
		return set_bit(b, g, BDA_VGA_CONTROL, VGA_KEEP_PALETTE, off);
	case 0x32:
		return enable_video(b, g);
	case 0x33:
		return set_bit(b, g, BDA_VGA_CONTROL, VGA_SUMS_GREYS, !off);
	case 0x34:
		return set_bit(b, g, BDA_VIDEO_CONTROL, NO_CURSOR_EMULATION, off);
	case 0x36:
		return refresh(b, g);
	default:
		return refused(g);
	}
}
