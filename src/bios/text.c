/* text.c - text on the screen: cells, cursor, pages, scrolling, teletype.
 * In graphics modes cells are drawn (graphics.c).
 *
 * A cell is two bytes, character and attribute, in the video memory of the
 * mode; where a page begins, how wide it is and where its cursor stands is
 * in the BIOS data area and only there.  */

#include "bios/parts.h"
#include "bios/vbe.h"

#define COLOR_TEXT	0xb8000u
#define MONO_TEXT	0xb0000u
#define TEXT_SIZE	0x8000u
#define GRAPHICS	0xa0000u
#define GRAPHICS_SIZE	0x10000u
#define BLANK		0x0720		/* a space, light grey on black */
#define MODE_MONO	7
#define PAGES		8
#define CURSOR_OFF	0x20		/* in the first line's byte */
#define NO_LINE		0x1e
#define TTY_COLOR	7		/* in graphics modes */

enum { CRTC_CURSOR_START = 0x0a, CRTC_START = 0x0c, CRTC_CURSOR = 0x0e };

enum { BEL = 7, BS = 8, LF = 10, CR = 13 };

void bios_is_full_screen(struct bios *b)
{
	if (b->full_screen)
		b->full_screen(b->ctx);
}

void bios_draws(struct bios *b, bool begins)
{
	if (b->draws)
		b->draws(b->ctx, begins);
}

bool bios_is_text(const struct bios *b)
{
	uint8_t mode = bda8(b, BDA_MODE);

	return mode <= 3 || mode == MODE_MONO;
}

static unsigned columns(const struct bios *b)
{
	uint16_t n = bda16(b, BDA_COLUMNS);

	return n ? n : 80;
}

static unsigned rows(const struct bios *b)
{
	return bda8(b, BDA_ROWS) + 1;
}

static uint32_t text_base(const struct bios *b)
{
	return bda8(b, BDA_MODE) == MODE_MONO ? MONO_TEXT : COLOR_TEXT;
}

/* Stays in text memory, whatever the data area says.  */
static uint32_t cell_at(const struct bios *b, uint8_t page, unsigned column, unsigned row)
{
	uint32_t offset = (page & (PAGES - 1)) * bda16(b, BDA_PAGE_SIZE) +
		2 * (row * columns(b) + column);

	return text_base(b) + (offset & (TEXT_SIZE - 1) & ~1u);
}

static uint16_t get(struct bios *b, uint8_t page, unsigned column, unsigned row)
{
	if (!bios_is_text(b))
		return bios_find_character(b, page, column, row);
	return bus_read(b->bus, cell_at(b, page, column, row), 2);
}

static uint16_t cursor_place(uint8_t page)
{
	return BDA_CURSOR + 2 * (page & (PAGES - 1));
}

/* A pair of CRTC registers, the high byte first.  */
static void put_crtc_address(struct bios *b, uint8_t index, uint16_t val)
{
	uint16_t crtc = bda16(b, BDA_CRTC);

	port_out(b, crtc, index);
	port_out(b, crtc + 1, val >> 8);
	port_out(b, crtc, index + 1);
	port_out(b, crtc + 1, val & 0xff);
}

/* The CRTC counts characters from the start of the memory.  */
static void show_cursor(struct bios *b)
{
	uint16_t at = bda16(b, cursor_place(bda8(b, BDA_PAGE)));

	put_crtc_address(b, CRTC_CURSOR,
			 bda16(b, BDA_PAGE_START) / 2 + (at >> 8) * columns(b) + (at & 0xff));
}

void bios_set_cursor(struct bios *b, uint8_t page, uint8_t column, uint8_t row)
{
	set_bda16(b, cursor_place(page), row << 8 | column);
	if (bios_is_text(b) && page == bda8(b, BDA_PAGE))
		show_cursor(b);
}

/* Lines are given as for a character of eight, and stand for as much of a higher
 * one unless the program has switched that off (BDA_VIDEO_CONTROL bit 0).  */
static bool is_emulated(const struct bios *b, unsigned top, unsigned bottom)
{
	return bios_card(b)->planar && !(bda8(b, BDA_VIDEO_CONTROL) & NO_CURSOR_EMULATION) &&
		bda8(b, BDA_CHAR_HEIGHT) > 8 && top < 8 && bottom < 8;
}

struct lines { unsigned top, bottom; };

/* The EGA's ROM moves lines below the fifth by five, and names the line behind the last,
 * as the CRTC wants it; but not the one that it takes for another (J. Parsons, "Emulating
 * IBM PC Cursors").  That has no bit which hides the cursor: it is put where no line is.  */
static struct lines ega_lines(const struct bios *b, struct lines l, bool off)
{
	unsigned height = bda8(b, BDA_CHAR_HEIGHT);

	if (off)
		return (struct lines){ NO_LINE, 0 };
	if (bda8(b, BDA_VIDEO_CONTROL) & NO_CURSOR_EMULATION)
		return l;
	if (bda8(b, BDA_MODE) < 4 && height > 8) {
		l.top += l.top > 4 ? 5 : 0;
		l.bottom += l.bottom > 4 ? 5 : 0;
	}
	l.bottom++;
	if (l.top && l.bottom >= height)
		l.bottom = 0;
	if (l.bottom == l.top + 16)
		l.bottom++;
	return l;
}

/* An underline stays off the last line, as IBM's does.  */
static struct lines vga_lines(const struct bios *b, struct lines l)
{
	unsigned height = bda8(b, BDA_CHAR_HEIGHT);
	bool underline = l.bottom == l.top + 1;

	if (!is_emulated(b, l.top, l.bottom))
		return l;
	return (struct lines){ l.top ? (l.top + 1) * height / 8 - 1 : 0,
			       (l.bottom + 1) * height / 8 - 1 - underline };
}

void bios_set_cursor_shape(struct bios *b, uint16_t shape)
{
	struct lines l = { shape >> 8 & 0x3f, shape & 0x1f };

	set_bda16(b, BDA_CURSOR_SHAPE, shape);
	if (!bios_is_text(b))
		return;
	if (bios_card(b)->write_only)
		l = ega_lines(b, l, shape >> 8 & CURSOR_OFF);
	else
		l = vga_lines(b, l);
	bios_crtc(b, CRTC_CURSOR_START, l.top);
	bios_crtc(b, CRTC_CURSOR_START + 1, l.bottom);
}

void bios_set_page(struct bios *b, uint8_t page)
{
	page &= PAGES - 1;
	set_bda8(b, BDA_PAGE, page);
	set_bda16(b, BDA_PAGE_START, page * bda16(b, BDA_PAGE_SIZE));
	put_crtc_address(b, CRTC_START, bda16(b, BDA_PAGE_START) / (bda8(b, BDA_MODE) <= MODE_MONO ? 2 : 1));
	if (bios_is_text(b))
		show_cursor(b);
}

/* Text is blank, graphics all zero.  */
void bios_clear_memory(struct bios *b)
{
	uint16_t cell = bios_is_text(b) ? BLANK : 0;
	uint8_t mode = bda8(b, BDA_MODE), cells[BUS_PAGE_SIZE];
	bool planes = mode > MODE_MONO && bios_card(b)->planar;
	uint32_t at = planes ? GRAPHICS : text_base(b);
	uint32_t end = at + (planes ? GRAPHICS_SIZE : mode > MODE_MONO ? TEXT_SIZE : bios_card(b)->clears);
	struct vbe_mode m;

	if (vbe_mode_now(b, &m)) {
		vbe_clear(b, &m);
		return;
	}
	for (size_t i = 0; i < sizeof cells; i += 2) {
		cells[i] = cell & 0xff;
		cells[i + 1] = cell >> 8;
	}
	for (; at < end; at += sizeof cells)
		bus_copy_out(b->bus, at, cells, sizeof cells);
}

static void blank_row(struct bios *b, unsigned row, unsigned left, unsigned right, uint8_t attr)
{
	uint8_t cells[2 * 256];

	if (!bios_is_text(b)) {
		bios_graphics_fill_row(b, row, left, right, attr);
		return;
	}
	for (unsigned i = 0; i <= right - left; i++) {
		cells[2 * i] = ' ';
		cells[2 * i + 1] = attr;
	}
	bus_copy_out(b->bus, cell_at(b, bda8(b, BDA_PAGE), left, row), cells,
		     2 * (right - left + 1));
}

static void copy_row(struct bios *b, unsigned to, unsigned from, unsigned left, unsigned right)
{
	uint8_t cells[2 * 256], page = bda8(b, BDA_PAGE);
	size_t n = 2 * (right - left + 1);

	if (!bios_is_text(b)) {
		bios_graphics_copy_row(b, to, from, left, right);
		return;
	}
	bus_copy_in(b->bus, cells, cell_at(b, page, left, from), n);
	bus_copy_out(b->bus, cell_at(b, page, left, to), cells, n);
}

void bios_get_row(struct bios *b, unsigned row, uint8_t *cells, unsigned count)
{
	bus_copy_in(b->bus, cells, cell_at(b, bda8(b, BDA_PAGE), 0, row), 2 * count);
}

void bios_put_row(struct bios *b, unsigned row, const uint8_t *cells, unsigned count)
{
	bus_copy_out(b->bus, cell_at(b, bda8(b, BDA_PAGE), 0, row), cells, 2 * count);
}

/* lines > 0 moves up, < 0 down; 0, or more than there are, blanks.  */
void bios_scroll(struct bios *b, int lines, uint8_t attr, uint8_t top, uint8_t left,
		 uint8_t bottom, uint8_t right)
{
	int height, step = lines < 0 ? -1 : 1, first, n = lines < 0 ? -lines : lines;

	if (right >= columns(b))
		right = columns(b) - 1;
	if (bottom >= rows(b))
		bottom = rows(b) - 1;
	if (top > bottom || left > right)
		return;
	height = bottom - top + 1;
	if (n == 0 || n > height)
		n = height;
	first = step > 0 ? top : bottom;
	for (int i = 0; i < height; i++) {
		int row = first + step * i;

		if (i + n < height)
			copy_row(b, row, row + step * n, left, right);
		else
			blank_row(b, row, left, right, attr);
	}
}

/* No more than the screen has room for.  */
static void draw_cells(struct bios *b, uint8_t page, uint8_t ch, uint8_t color, unsigned count)
{
	uint16_t at = bda16(b, cursor_place(page));
	unsigned wide = columns(b), place = (at >> 8) * wide + (at & 0xff);

	for (unsigned i = 0; i < count && i < wide * rows(b); i++, place++)
		bios_draw_character(b, page, place % wide, place / wide, ch, color);
}

/* attr < 0: the attribute stays.  The run goes on in the next row, and the
 * cursor does not move.  */
void bios_put_cells(struct bios *b, uint8_t page, uint8_t ch, int attr, uint16_t count)
{
	uint16_t at = bda16(b, cursor_place(page));
	unsigned column = at & 0xff, row = at >> 8;

	if (!bios_is_text(b)) {
		draw_cells(b, page, ch, attr < 0 ? TTY_COLOR : attr, count);
		return;
	}
	for (unsigned i = 0; i < count; i++) {
		uint32_t to = cell_at(b, page, column + i, row);
		uint16_t old = attr < 0 ? bus_read(b->bus, to, 2) & 0xff00 : (uint32_t)attr << 8;

		bus_write(b->bus, to, old | ch, 2);
	}
}

uint16_t bios_get_cell(struct bios *b, uint8_t page)
{
	uint16_t at = bda16(b, cursor_place(page));

	return get(b, page, at & 0xff, at >> 8);
}

/* One character as a teletype prints it.  attr < 0: the attribute stays,
 * and a new last row gets that of the character above the cursor.  */
void bios_tty(struct bios *b, uint8_t page, uint8_t ch, int attr)
{
	uint16_t at = bda16(b, cursor_place(page));
	unsigned column = at & 0xff, row = at >> 8;

	if (ch == BEL)
		return;
	if (ch == BS)
		column -= column > 0;
	else if (ch == CR)
		column = 0;
	else if (ch == LF)
		row++;
	else
		bios_put_cells(b, page, ch, attr, 1), column++;
	if (column >= columns(b)) {
		column = 0;
		row++;
	}
	if (row >= rows(b)) {
		row = rows(b) - 1;
		bios_scroll(b, 1, bios_is_text(b) ? get(b, page, column, row) >> 8 : 0, 0, 0, row,
			    columns(b) - 1);
	}
	bios_set_cursor(b, page, column, row);
}

void bios_teletype(struct bios *b, uint8_t ch, uint8_t color)
{
	bios_draws(b, true);
	bios_tty(b, bda8(b, BDA_PAGE), ch, bios_is_text(b) ? -1 : color);
	bios_draws(b, false);
	if (b->tty_out)
		b->tty_out(b->ctx, ch);
}
