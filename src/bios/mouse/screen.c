/* screen.c - the virtual screen of the mouse driver, whose size goes by the video
 * mode.  */

#include "bios/mouse/parts.h"

bool mouse_text_mode(const struct bios *b)
{
	uint8_t mode = bda8(b, BDA_MODE);

	return mode < 4 || mode == 7;
}

static struct mouse_screen text_screen(const struct bios *b)
{
	uint16_t columns = bda16(b, BDA_COLUMNS), rows = bda8(b, BDA_ROWS) + 1;
	uint16_t cell = columns <= 40 ? 16 : 8;

	return (struct mouse_screen){ columns * cell, rows * 8, columns, rows, cell, 8 };
}

/* A mode that drivers do not know: the points are the dots.  */
static struct mouse_screen other_screen(const struct bios *b)
{
	struct video_dots d;

	if (!b->dots || !b->dots(b->ctx, &d))
		return (struct mouse_screen){ 640, 200, 640, 200, 1, 1 };
	return (struct mouse_screen){ d.width, d.height, d.width, d.height, 1, 1 };
}

/* On a Hercules card the mode in the data area is a program's message to the driver: 6
 * for its graphics, 5 for their second page (RBIL, INT 33h/0000h).  */
static bool is_hercules(const struct bios *b)
{
	uint8_t mode = bda8(b, BDA_MODE);

	return b->video == VIDEO_HERCULES && (mode == 5 || mode == 6);
}

/* Modes 04h-06h, 08h-0Ah and 0Dh-13h have the sizes of Microsoft's drivers, whatever a program has
 * made of the card's registers since.  */
struct mouse_screen mouse_screen(const struct bios *b)
{
	static const struct mouse_screen modes[] = {
		[0x04] = { 640, 200, 320, 200, 2, 1 }, [0x05] = { 640, 200, 320, 200, 2, 1 },
		[0x06] = { 640, 200, 640, 200, 1, 1 }, [0x08] = { 640, 200, 160, 200, 4, 1 },
		[0x09] = { 640, 200, 320, 200, 2, 1 }, [0x0a] = { 640, 200, 640, 200, 1, 1 },
		[0x0d] = { 640, 200, 320, 200, 2, 1 },
		[0x0e] = { 640, 200, 640, 200, 1, 1 }, [0x0f] = { 640, 350, 640, 350, 1, 1 },
		[0x10] = { 640, 350, 640, 350, 1, 1 }, [0x11] = { 640, 480, 640, 480, 1, 1 },
		[0x12] = { 640, 480, 640, 480, 1, 1 }, [0x13] = { 640, 200, 320, 200, 2, 1 },
	};
	uint8_t mode = bda8(b, BDA_MODE);

	if (mouse_text_mode(b))
		return text_screen(b);
	if (mode >= sizeof modes / sizeof *modes || !modes[mode].width ||
	    ebda16(b, EBDA_VESA_MODE) >= 0x100 || is_hercules(b))
		return other_screen(b);
	return modes[mode];
}

void mouse_whole_screen(struct bios *b)
{
	struct mouse_driver *m = &b->mouse;
	struct mouse_screen screen = mouse_screen(b);

	m->set.min_x = m->set.min_y = 0;
	m->set.max_x = screen.width - screen.step_x;
	m->set.max_y = screen.height - screen.step_y;
	if (!mouse_text_mode(b)) {
		m->set.max_x = screen.width - 1;
		m->set.max_y = screen.height - 1;
	}
	m->mode = bda8(b, BDA_MODE);
	m->columns = bda16(b, BDA_COLUMNS);
	m->rows = bda8(b, BDA_ROWS);
}

/* A new video mode hides the cursor, and gives it its whole screen.  */
void mouse_follow_mode(struct bios *b)
{
	struct mouse_driver *m = &b->mouse;

	if (m->mode == bda8(b, BDA_MODE) && m->columns == bda16(b, BDA_COLUMNS) &&
	    m->rows == bda8(b, BDA_ROWS))
		return;
	mouse_hide_cursor(b);
	mouse_whole_screen(b);
	m->set.hidden = -1;
	mouse_clamp(&m->set);
}

void mouse_centre(struct bios *b)
{
	struct mouse_settings *s = &b->mouse.set;
	struct mouse_screen screen = mouse_screen(b);

	s->x = screen.width / 2 & ~(screen.step_x - 1);
	s->y = screen.height / 2 & ~(screen.step_y - 1);
}

/* As drivers do that hook INT 10h: the cursor is taken away while the mode is the old
 * one, and is hidden in the new one, in the middle of its whole screen.  */
void bios_mouse_new_mode(struct bios *b, bool begins)
{
	struct mouse_driver *m = &b->mouse;

	if (!m->ready || m->set.off)
		return;
	if (begins) {
		mouse_hide_cursor(b);
		return;
	}
	mouse_whole_screen(b);
	mouse_centre(b);
	m->set.hidden = -1;
	m->set.page = bda8(b, BDA_PAGE);
}

uint16_t mouse_told_x(const struct bios *b)
{
	return b->mouse.set.x & ~(mouse_screen(b).step_x - 1);
}

uint16_t mouse_told_y(const struct bios *b)
{
	return b->mouse.set.y & ~(mouse_screen(b).step_y - 1);
}
