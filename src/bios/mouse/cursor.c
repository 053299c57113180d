/* cursor.c - the mouse's cursor on the screen.
 *
 * In text modes it is a cell seen through two masks, or the hardware cursor.
 * What is beneath comes back only where the cursor still stands as it was
 * drawn: a program that has written there since is right.  */

#include "bios/mouse/parts.h"

#define COLOR_TEXT	0xb8000u
#define MONO_TEXT	0xb0000u
#define TEXT_SIZE	0x8000u
#define MODE_MONO	7

enum { CRTC_CURSOR_START = 0x0a, CRTC_CURSOR_END, CRTC_CURSOR_HIGH = 0x0e, CRTC_CURSOR_LOW };

/* In cells from the beginning of the page.  */
static uint16_t cell_number(const struct bios *b)
{
	struct mouse_screen s = mouse_screen(b);

	return mouse_told_y(b) / s.step_y * bda16(b, BDA_COLUMNS) + mouse_told_x(b) / s.step_x;
}

static uint32_t cell_at(const struct bios *b)
{
	uint32_t base = bda8(b, BDA_MODE) == MODE_MONO ? MONO_TEXT : COLOR_TEXT;
	uint32_t page = (b->mouse.set.page & 7) * bda16(b, BDA_PAGE_SIZE);

	return base + ((page + 2u * cell_number(b)) & (TEXT_SIZE - 2));
}

static void crtc(struct bios *b, uint8_t index, uint8_t val)
{
	uint16_t port = bda16(b, BDA_CRTC);

	if (port != 0x3d4 && port != 0x3b4)
		return;
	port_out(b, port, index);
	port_out(b, port + 1, val);
}

static void place_hardware_cursor(struct bios *b)
{
	uint16_t at = (b->mouse.set.page & 7) * bda16(b, BDA_PAGE_SIZE) / 2 + cell_number(b);

	crtc(b, CRTC_CURSOR_START, b->mouse.set.text_and & 0x1f);
	crtc(b, CRTC_CURSOR_END, b->mouse.set.text_xor & 0x1f);
	crtc(b, CRTC_CURSOR_HIGH, at >> 8);
	crtc(b, CRTC_CURSOR_LOW, at);
}

static bool in_hole(const struct bios *b)
{
	const struct mouse_settings *s = &b->mouse.set;
	int x = (int16_t)s->x, y = (int16_t)s->y;

	return s->hole && x >= (int16_t)s->hole_left && x <= (int16_t)s->hole_right &&
	       y >= (int16_t)s->hole_top && y <= (int16_t)s->hole_bottom;
}

void mouse_draw_cursor(struct bios *b)
{
	struct mouse_driver *m = &b->mouse;

	if (m->set.hidden || m->set.off || m->drawn || in_hole(b) || !mouse_text_mode(b))
		return;
	if (m->set.hardware_cursor) {
		place_hardware_cursor(b);
		return;
	}
	m->drawn_at = cell_at(b);
	m->under = bus_read(b->bus, m->drawn_at, 2);
	m->shown = (m->under & m->set.text_and) ^ m->set.text_xor;
	bus_write(b->bus, m->drawn_at, m->shown, 2);
	m->drawn = true;
}

void mouse_hide_cursor(struct bios *b)
{
	struct mouse_driver *m = &b->mouse;

	if (!m->drawn)
		return;
	m->drawn = false;
	if (m->mode == bda8(b, BDA_MODE) && bus_read(b->bus, m->drawn_at, 2) == m->shown)
		bus_write(b->bus, m->drawn_at, m->under, 2);
}
