/* vesa.c - INT 10h/4Fh, of which there are the text modes: 80x60, 132x25, 132x43,
 * 132x50 and 132x60 (VESA Super VGA Standard VS891001).  4Fh in AL says that the
 * function is there, 01h in AH that it failed.  */

#include "bios/parts.h"

#include <stddef.h>

#define INFO_SIZE	256
#define NO_CLEAR	0x8000u
#define LAST_IBM	0x13
#define MEMORY_64K	4		/* blocks of it */

enum { OK = 0x004f, FAILED = 0x014f };

static enum svc answer(struct guest *g, uint16_t ax)
{
	cpu_set16(g->cpu, CPU_AX, ax);
	return SVC_DONE;
}

static void clear(struct guest *g, struct far at)
{
	for (unsigned i = 0; i < INFO_SIZE; i++)
		guest_w8(g, at.seg, at.off + i, 0);
}

static struct far buffer(struct guest *g)
{
	return (struct far){ cpu_get16(g->cpu, CPU_DI), g->cpu->seg[CPU_ES].sel };
}

static enum svc information(struct bios *b, struct guest *g)
{
	static const char signature[4] = { 'V', 'E', 'S', 'A' };
	struct far at = buffer(g);

	(void)b;
	clear(g, at);
	for (unsigned i = 0; i < 4; i++)
		guest_w8(g, at.seg, at.off + i, signature[i]);
	guest_w16(g, at.seg, at.off + 4, 0x0102);
	guest_wfar(g, at.seg, at.off + 6, (struct far){ ROM_VESA_NAME, GUEST_ROM_SEG });
	guest_wfar(g, at.seg, at.off + 14, (struct far){ ROM_VESA_MODES, GUEST_ROM_SEG });
	guest_w16(g, at.seg, at.off + 18, MEMORY_64K);
	return answer(g, OK);
}

/* Attributes: supported, with what follows, BIOS output, colour; one window, at B800h,
 * that can be read and written and does not move.  */
static enum svc mode_information(struct bios *b, struct guest *g)
{
	uint16_t mode = cpu_get16(g->cpu, CPU_CX);
	struct far at = buffer(g);
	struct parameters p;

	if (!bios_has_vesa_mode(mode))
		return answer(g, FAILED);
	p = bios_parameters(b, ROW_VESA + mode - VESA_TEXT);
	clear(g, at);
	guest_w16(g, at.seg, at.off, 0x000f);
	guest_w8(g, at.seg, at.off + 0x02, 0x07);
	guest_w16(g, at.seg, at.off + 0x04, 32);		/* KiB: granularity, size */
	guest_w16(g, at.seg, at.off + 0x06, 32);
	guest_w16(g, at.seg, at.off + 0x08, 0xb800);
	guest_w16(g, at.seg, at.off + 0x10, p.columns * 2);
	guest_w16(g, at.seg, at.off + 0x12, p.columns);
	guest_w16(g, at.seg, at.off + 0x14, p.rows + 1);
	guest_w8(g, at.seg, at.off + 0x16, 8);
	guest_w8(g, at.seg, at.off + 0x17, p.height);
	guest_w8(g, at.seg, at.off + 0x18, 4);			/* planes, */
	guest_w8(g, at.seg, at.off + 0x19, 4);			/* bits a dot */
	guest_w8(g, at.seg, at.off + 0x1a, 1);			/* bank */
	return answer(g, OK);
}

static enum svc set_mode(struct bios *b, struct guest *g)
{
	uint16_t mode = cpu_get16(g->cpu, CPU_BX) & ~NO_CLEAR;
	bool clears = !(cpu_get16(g->cpu, CPU_BX) & NO_CLEAR);

	bios_is_full_screen(b);
	if (bios_has_vesa_mode(mode))
		bios_set_vesa_mode(b, mode, clears);
	else if (mode <= LAST_IBM && bios_has_mode(mode))
		bios_set_mode(b, mode, clears);
	else
		return answer(g, FAILED);
	return answer(g, OK);
}

static enum svc get_mode(struct bios *b, struct guest *g)
{
	uint16_t kept = bda8(b, BDA_VIDEO_CONTROL) & 0x80 ? NO_CLEAR : 0;

	cpu_set16(g->cpu, CPU_BX, ebda16(b, EBDA_VESA_MODE) | kept);
	return answer(g, OK);
}

#define SVGA_STATE	8u		/* of which there is none */

static enum svc move_state(struct bios *b, struct guest *g)
{
	uint16_t what = cpu_get16(g->cpu, CPU_CX);

	if (what > 15 || !bios_move_state(b, g, reg_dl(g), what & ~SVGA_STATE))
		return answer(g, FAILED);
	return answer(g, OK);
}

/* Banks, scan lines and where the picture begins: those of graphics modes.  */
static enum svc fail(struct bios *b, struct guest *g)
{
	(void)b;
	return answer(g, FAILED);
}

static const struct { const char *name; enum svc (*serve)(struct bios *, struct guest *); } function[] = {
	{ "VESA information", information }, { "VESA mode information", mode_information },
	{ "set VESA mode", set_mode }, { "get VESA mode", get_mode },
	{ "save and restore VESA state", move_state }, { "set VESA bank (fails)", fail },
	{ "VESA scan line length (fails)", fail }, { "VESA display start (fails)", fail },
	{ "VESA DAC width (fails)", fail },
};

#define FUNCTIONS	(sizeof function / sizeof *function)

const char *bios_vesa_name(uint8_t al)
{
	return al < FUNCTIONS ? function[al].name : NULL;
}

enum svc bios_int10_vesa(void *room, struct guest *g)
{
	uint8_t al = reg_al(g);

	return al < FUNCTIONS ? function[al].serve(room, g) : SVC_DONE;
}
