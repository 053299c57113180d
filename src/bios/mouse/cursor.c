/* cursor.c - the mouse's cursor on the screen.
 *
 * In text modes it is a cell seen through two masks, or the hardware cursor; in
 * graphics modes a sprite (sprite.c).  What is beneath comes back only where the cursor still stands as it was
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

/* The index too is the program's.  */
static void crtc(struct bios *b, uint8_t index, uint8_t val)
{
	uint16_t port = bda16(b, BDA_CRTC);
	uint8_t kept;

	if (port != 0x3d4 && port != 0x3b4)
		return;
	kept = port_in(b, port);
	port_out(b, port, index);
	port_out(b, port + 1, val);
	port_out(b, port, kept);
}

static void place_hardware_cursor(struct bios *b)
{
	uint16_t at = (b->mouse.set.page & 7) * bda16(b, BDA_PAGE_SIZE) / 2 + cell_number(b);

	crtc(b, CRTC_CURSOR_START, b->mouse.set.text_and & 0x1f);
	crtc(b, CRTC_CURSOR_END, b->mouse.set.text_xor & 0x1f);
	crtc(b, CRTC_CURSOR_HIGH, at >> 8);
	crtc(b, CRTC_CURSOR_LOW, at);
}

/* Does any of it touch the region of function 10h?  */
static bool in_hole(const struct bios *b)
{
	const struct mouse_settings *s = &b->mouse.set;
	struct mouse_screen screen = mouse_screen(b);
	int left = (int16_t)mouse_told_x(b), top = (int16_t)mouse_told_y(b);
	int width = screen.step_x, height = screen.step_y;

	if (!mouse_text_mode(b)) {
		left -= (int16_t)s->hot_x;
		top -= (int16_t)s->hot_y;
		width = height = MOUSE_SHAPE;
	}
	return s->hole && left + width > (int16_t)s->hole_left && left <= (int16_t)s->hole_right &&
	       top + height > (int16_t)s->hole_top && top <= (int16_t)s->hole_bottom;
}

static void draw_cell(struct bios *b)
{
	struct mouse_driver *m = &b->mouse;

	m->drawn_at = cell_at(b);
	m->under = bus_read(b->bus, m->drawn_at, 2);
	m->shown = (m->under & m->set.text_and) ^ m->set.text_xor;
	bus_write(b->bus, m->drawn_at, m->shown, 2);
	m->drawn = true;
}

void mouse_draw_cursor(struct bios *b)
{
	struct mouse_driver *m = &b->mouse;

	if (m->set.hidden || m->set.off || m->drawn || in_hole(b))
		return;
	bios_draws(b, true);
	m->drawn_sprite = !mouse_text_mode(b);
	if (m->drawn_sprite)
		m->drawn = mouse_draw_sprite(b);
	else if (m->set.hardware_cursor)
		place_hardware_cursor(b);
	else
		draw_cell(b);
	bios_draws(b, false);
}

void mouse_hide_cursor(struct bios *b)
{
	struct mouse_driver *m = &b->mouse;

	if (!m->drawn)
		return;
	m->drawn = false;
	if (m->mode != bda8(b, BDA_MODE))
		return;
	bios_draws(b, true);
	if (m->drawn_sprite)
		mouse_hide_sprite(b);
	else if (bus_read(b->bus, m->drawn_at, 2) == m->shown)
		bus_write(b->bus, m->drawn_at, m->under, 2);
	bios_draws(b, false);
}
