/* text.c - text as cells.  Where a row begins, how many there are and where the
 * cursor stands is as the CRTC counts, whatever the BIOS believes.  */

#include "dev/vga/parts.h"

#include "av/screen.h"

#define UNDERLINED	0x01		/* the foreground's colour without brightness */
#define COLOR		0x07

/* The memory address of each row in turn.  */
struct rows {
	uint32_t address;
	unsigned scan_line;
	bool split;
};

static struct rows first_row(const struct vga *v, uint16_t start)
{
	return (struct rows){ .address = start + vga_byte_pan(v) };
}

/* The split falls between two rows at best; a row that it cuts is shown
 * whole.  */
static void next_row(const struct vga *v, struct rows *r, unsigned scan)
{
	r->scan_line += scan;
	if (!r->split && r->scan_line > vga_line_compare(v)) {
		r->split = true;
		r->address = v->attr[ATTR_MODE] & AMODE_PAN_SPLIT ? 0 : vga_byte_pan(v);
	} else {
		r->address += vga_pitch(v);
	}
}

static uint16_t code_at(const struct vga *v, uint32_t address, unsigned column)
{
	return vga_group(v, vga_offset(v, address + vga_count(v, column), 0));
}

bool vga_two_fonts(const struct vga *v)
{
	uint8_t s = v->seq[SEQ_FONTS];

	return (s & 0x13) != ((s >> 2 & 3) | (s >> 1 & 0x10));
}

bool vga_is_underlined(const struct vga *v, uint8_t attr)
{
	return (v->crtc[CRTC_UNDERLINE] & 31) < v->draw.own.cell_height &&
		(attr & COLOR) == UNDERLINED;
}

static struct frame_cell cell_of(const struct vga *v, uint16_t code)
{
	uint8_t attr = code >> 8, back = attr >> 4;
	bool blinks = v->attr[ATTR_MODE] & AMODE_BLINK;
	unsigned glyph = (code & 0xff) | (vga_two_fonts(v) && attr & 8 ? 256 : 0);

	return (struct frame_cell){
		.ch = v->draw.ch[glyph],
		.glyph = glyph,
		.attr = attr,
		.fg = v->draw.color[attr & 15],
		.bg = v->draw.color[blinks ? back & 7 : back],
		.blink = blinks && attr & 0x80,
		.underline = vga_is_underlined(v, attr),
	};
}

static struct frame_cell blank_cell(const struct vga *v)
{
	uint8_t color = vga_border(v);

	return (struct frame_cell){ .ch = ' ', .glyph = ' ', .fg = color, .bg = color };
}

static bool same_cell(const struct frame_cell *a, const struct frame_cell *b)
{
	return a->ch == b->ch && a->glyph == b->glyph && a->attr == b->attr && a->fg == b->fg &&
		a->bg == b->bg && a->blink == b->blink && a->underline == b->underline;
}

static bool has_code(const struct frame_cell *c, uint16_t code)
{
	return ((c->glyph & 0xff) | c->attr << 8) == code;
}

/* Where only memory has changed, most cells are as they were.  */
static void draw_row(struct vga *v, unsigned y, uint32_t address)
{
	unsigned width = v->draw.shape.width;
	struct frame_cell *to = v->screen->cell + (size_t)y * width;
	bool blanked = vga_blanked(v), changed = false;
	bool by_memory = !blanked && !v->draw.redraw;

	for (unsigned x = 0; x < width; x++) {
		uint16_t code = blanked ? 0 : code_at(v, address, x);
		struct frame_cell c;

		if (by_memory && has_code(&to[x], code))
			continue;
		c = blanked ? blank_cell(v) : cell_of(v, code);
		if (same_cell(&c, &to[x]))
			continue;
		to[x] = c;
		changed = true;
	}
	if (changed)
		screen_dirty(v->screen, y, y + 1);
}

/* --- The cursor ---------------------------------------------------------------- */

struct cursor {
	int x, y;
	unsigned top, bottom;
};

/* As J. Parsons saw it on IBM's card ("Emulating IBM PC Cursors", PCjs): the end is behind
 * the last row, but there is one at least; an end that does not come goes round to the
 * start.  */
static bool is_in_egas(unsigned start, unsigned end, unsigned height, unsigned row)
{
	if (start == end || (end >= height && start == (end & 15)))
		return row == start;
	if (end >= height)
		return true;
	return start < end ? row >= start && row < end : row >= start || row < end;
}

/* A VGA shows none whose end is above its start.  */
bool vga_cursor_in(const struct vga *v, unsigned row)
{
	unsigned start = v->crtc[CRTC_CURSOR_START] & 31, end = v->crtc[CRTC_CURSOR_END] & 31;
	unsigned height = v->draw.own.cell_height;

	if (v->crtc[CRTC_CURSOR_START] & CURSOR_OFF || start >= height)
		return false;
	return v->model->ega ? is_in_egas(start, end, height, row) : row >= start && row <= end;
}

static struct cursor cursor_shape(const struct vga *v)
{
	unsigned top = 0, bottom = v->draw.own.cell_height;

	while (top < bottom && !vga_cursor_in(v, top))
		top++;
	while (bottom > top && !vga_cursor_in(v, bottom - 1))
		bottom--;
	if (vga_blanked(v) || top == bottom)
		return (struct cursor){ -1, -1, 0, 0 };
	return (struct cursor){ -1, -1, top, bottom };
}

static void find_cursor(const struct vga *v, struct cursor *c, unsigned y, uint32_t address)
{
	uint16_t at = v->crtc[CRTC_CURSOR_HIGH] << 8 | v->crtc[CRTC_CURSOR_LOW];
	uint16_t x = at - address;

	x += v->crtc[CRTC_CURSOR_END] >> 5 & 3;		/* skew */
	if (c->bottom && c->x < 0 && x < v->draw.shape.width) {
		c->x = x;
		c->y = y;
	}
}

static void put_cursor(struct vga *v, const struct cursor *c)
{
	struct frame *f = &v->screen->frame;

	if (c->x == f->cursor_x && c->y == f->cursor_y &&
	    (c->x < 0 || (c->top == f->cursor_top && c->bottom == f->cursor_bottom)))
		return;
	if (f->cursor_y >= 0)
		screen_dirty(v->screen, f->cursor_y, f->cursor_y + 1);
	if (c->y >= 0)
		screen_dirty(v->screen, c->y, c->y + 1);
	f->cursor_x = c->x;
	f->cursor_y = c->y;
	f->cursor_top = c->top;
	f->cursor_bottom = c->bottom;
}

void vga_draw_text(struct vga *v)
{
	struct rows r = first_row(v, v->draw.start);
	struct cursor cursor = cursor_shape(v);

	v->screen->frame.ninth_dot = v->attr[ATTR_MODE] & AMODE_NINTH;
	for (unsigned y = 0; y < v->draw.shape.height; y++) {
		draw_row(v, y, r.address);
		find_cursor(v, &cursor, y, r.address);
		next_row(v, &r, v->draw.shape.scan);
	}
	put_cursor(v, &cursor);
}

/* --- For those who read the screen --------------------------------------------- */

bool vga_text_size(const struct vga *v, unsigned *columns, unsigned *rows)
{
	struct vga_shape s = vga_cells(v);

	*columns = s.width;
	*rows = s.height;
	return s.kind == FRAME_TEXT;
}

/* Rows are counted as those of a picture are, from the registers of this
 * moment.  */
uint16_t vga_text_cell(const struct vga *v, unsigned column, unsigned row)
{
	struct vga_shape s = vga_cells(v);
	struct rows r = first_row(v, v->crtc[CRTC_START_HIGH] << 8 | v->crtc[CRTC_START_LOW]);

	if (s.kind != FRAME_TEXT || column >= s.width || row >= s.height)
		return 0;
	for (unsigned y = 0; y < row; y++)
		next_row(v, &r, s.scan);
	return code_at(v, r.address, column);
}
