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

/* Modes 04h-06h and 0Dh-13h; of others it is 640x200, as a driver assumes that
 * does not know them.  */
struct mouse_screen mouse_screen(const struct bios *b)
{
	static const struct mouse_screen modes[] = {
		[0x04] = { 640, 200, 320, 200, 2, 1 }, [0x05] = { 640, 200, 320, 200, 2, 1 },
		[0x06] = { 640, 200, 640, 200, 1, 1 }, [0x0d] = { 640, 200, 320, 200, 2, 1 },
		[0x0e] = { 640, 200, 640, 200, 1, 1 }, [0x0f] = { 640, 350, 640, 350, 1, 1 },
		[0x10] = { 640, 350, 640, 350, 1, 1 }, [0x11] = { 640, 480, 640, 480, 1, 1 },
		[0x12] = { 640, 480, 640, 480, 1, 1 }, [0x13] = { 640, 200, 320, 200, 2, 1 },
	};
	uint8_t mode = bda8(b, BDA_MODE);

	if (mouse_text_mode(b))
		return text_screen(b);
	return modes[mode < sizeof modes / sizeof *modes && modes[mode].width ? mode : 0x06];
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

uint16_t mouse_told_x(const struct bios *b)
{
	return b->mouse.set.x & ~(mouse_screen(b).step_x - 1);
}

uint16_t mouse_told_y(const struct bios *b)
{
	return b->mouse.set.y & ~(mouse_screen(b).step_y - 1);
}
