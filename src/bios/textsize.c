/* textsize.c - text screens by their size, as somebody outside the machine asks for
 * them: the modes that programs set, with the ROM's fonts.  What is on the screen
 * stays there, and so does the cursor.  */

#include "bios/parts.h"

#define MODE_MONO	7
#define COLUMNS_MAX	132
#define ROWS_MAX	60
#define LINES_350	43		/* rows that 350 lines are for */

/* A mode, of IBM's or VESA's, and then a font; 0: the mode's own.  */
static const struct size { uint8_t columns, rows; uint16_t mode; uint8_t height; } sizes[] = {
	{ 80, 25, 0x003, 0 }, { 80, 28, 0x003, 14 }, { 80, 30, 0x108, 16 },
	{ 80, 43, 0x003, 8 }, { 80, 50, 0x003, 8 }, { 80, 60, 0x108, 0 },
	{ 132, 25, 0x109, 0 }, { 132, 28, 0x109, 14 }, { 132, 30, 0x10c, 16 },
	{ 132, 43, 0x10a, 0 }, { 132, 50, 0x10b, 0 }, { 132, 60, 0x10c, 0 },
};

/* What was on the active page.  */
struct kept {
	unsigned columns, rows, x, y;
	uint16_t shape;
	uint8_t cell[ROWS_MAX][2 * COLUMNS_MAX];
};

static unsigned at_most(unsigned n, unsigned most)
{
	return n < most ? n : most;
}

static void keep(struct bios *b, struct kept *k)
{
	uint8_t page = bda8(b, BDA_PAGE);

	*k = (struct kept){
		.columns = at_most(bda16(b, BDA_COLUMNS), COLUMNS_MAX),
		.rows = at_most(bda8(b, BDA_ROWS) + 1, ROWS_MAX),
		.x = bda8(b, BDA_CURSOR + 2 * (page & 7)), .y = bda8(b, BDA_CURSOR + 2 * (page & 7) + 1),
		.shape = bda16(b, BDA_CURSOR_SHAPE),
	};
	for (unsigned y = 0; y < k->rows; y++)
		bios_get_row(b, y, k->cell[y], k->columns);
}

/* From the top, or so that the cursor's row is the last.  */
static void put_back(struct bios *b, const struct kept *k, const struct size *s)
{
	unsigned cursor = at_most(k->y, k->rows - 1);
	unsigned first = cursor >= s->rows ? cursor - s->rows + 1 : 0;

	for (unsigned y = 0; y < s->rows && first + y < k->rows; y++)
		bios_put_row(b, y, k->cell[first + y], at_most(k->columns, s->columns));
	bios_set_cursor(b, 0, at_most(k->x, s->columns - 1), cursor - first);
	bios_set_cursor_shape(b, k->shape);
}

static void set_mode(struct bios *b, const struct size *s)
{
	uint8_t control = bda8(b, BDA_VGA_CONTROL);
	uint8_t lines = s->rows == LINES_350 ? VGA_350 : VGA_400;

	if (bios_has_vesa_mode(s->mode)) {
		bios_set_vesa_mode(b, s->mode, true);
	} else {
		set_bda8(b, BDA_VGA_CONTROL, (control & ~VGA_LINES) | lines);
		bios_set_mode(b, s->mode, true);
		set_bda8(b, BDA_VGA_CONTROL, control);
	}
	if (s->height)
		bios_set_rows(b, s->height);
}

bool bios_set_text_size(struct bios *b, unsigned columns, unsigned rows)
{
	const struct size *s = sizes, *end = sizes + sizeof sizes / sizeof *sizes;
	struct kept k;

	while (s < end && (s->columns != columns || s->rows != rows))
		s++;
	if (s == end || !bios_is_vga(b) || !bios_is_text(b) || bda8(b, BDA_MODE) == MODE_MONO)
		return false;
	if (bda16(b, BDA_COLUMNS) == columns && bda8(b, BDA_ROWS) + 1u == rows)
		return true;
	bios_draws(b, true);
	keep(b, &k);
	set_mode(b, s);
	put_back(b, &k, s);
	bios_draws(b, false);
	return true;
}

void bios_fit_text(unsigned *columns, unsigned *rows)
{
	unsigned have_columns = *columns, have_rows = *rows;

	*columns = sizes[0].columns;
	*rows = sizes[0].rows;
	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
		const struct size *s = &sizes[i];

		if (s->columns > have_columns || s->rows > have_rows ||
		    s->columns * s->rows <= *columns * *rows)
			continue;
		*columns = s->columns;
		*rows = s->rows;
	}
}
