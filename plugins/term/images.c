/* images.c - the picture as pixels, where the terminal can show them: kitty's
 * graphics protocol (https://sw.kovidgoyal.net/kitty/graphics-protocol/), which
 * scales by itself, or sixels (DEC VT330/340 Programmer Reference Manual, chapter
 * 14), which are made of the size of the cells they cover.  */

#include "term.h"

#include <stdlib.h>
#include <string.h>

#define KITTY_CHUNK	3072		/* bytes before base64, which may be 4096 */
#define COLORS		256
#define BAND		6

bool term_shows_images(const struct term *t)
{
	return t->graphics || (t->sixel && t->cell_width && t->cell_height);
}

/* --- kitty -------------------------------------------------------------------------- */

static void show_kitty(struct term *t)
{
	const struct picture *p = &t->picture;
	uint8_t chunk[KITTY_CHUNK];
	size_t count = (size_t)p->width * p->height;

	out_format(&t->out, "\033_Ga=T,q=2,f=24,i=1,p=1,C=1,s=%u,v=%u,c=%u,r=%u,m=1;\033\\",
		   p->width, p->height, t->view.shown_x, t->view.shown_y);
	for (size_t i = 0; i < count;) {
		size_t n = 0;

		for (; i < count && n < sizeof chunk; i++, n += 3) {
			chunk[n] = p->rgb[i] >> 16;
			chunk[n + 1] = p->rgb[i] >> 8;
			chunk[n + 2] = p->rgb[i];
		}
		out_format(&t->out, "\033_Gm=%d,q=2;", i < count);
		out_base64(&t->out, chunk, n);
		out_text(&t->out, "\033\\");
	}
}

/* --- Sixels ------------------------------------------------------------------------- */

struct sixels {
	uint32_t color[COLORS];
	unsigned colors;
	bool coarse;			/* more colours than registers: 6 * 6 * 6 */
	uint8_t *index;			/* of each pixel of the picture */
};

static unsigned coarse_index(uint32_t rgb)
{
	return (rgb >> 16 & 0xff) * 6 / 256 * 36 + (rgb >> 8 & 0xff) * 6 / 256 * 6 +
	       (rgb & 0xff) * 6 / 256;
}

static void use_coarse(struct sixels *s)
{
	s->coarse = true;
	s->colors = 216;
	for (unsigned i = 0; i < 216; i++)
		s->color[i] = i / 36 * 51 << 16 | i / 6 % 6 * 51 << 8 | i % 6 * 51;
}

/* The register of a colour; the last one found is asked first.  */
static int register_of(struct sixels *s, uint32_t rgb, unsigned *last)
{
	if (*last < s->colors && s->color[*last] == rgb)
		return *last;
	for (unsigned i = 0; i < s->colors; i++)
		if (s->color[i] == rgb)
			return *last = i;
	if (s->colors == COLORS)
		return -1;
	s->color[s->colors] = rgb;
	return *last = s->colors++;
}

static void index_picture(struct sixels *s, const struct picture *p)
{
	size_t count = (size_t)p->width * p->height;
	unsigned last = 0;

	for (size_t i = 0; i < count && !s->coarse; i++) {
		int n = register_of(s, p->rgb[i], &last);

		if (n < 0)
			use_coarse(s);
		else
			s->index[i] = n;
	}
	for (size_t i = 0; i < count && s->coarse; i++)
		s->index[i] = coarse_index(p->rgb[i]);
}

static void put_run(struct out *o, unsigned bits, unsigned n)
{
	if (n > 3)
		out_format(o, "!%u%c", n, '?' + bits);
	else
		while (n--)
			out_format(o, "%c", '?' + bits);
}

/* Up to six rows of indexes.  */
struct band {
	const uint8_t *row[BAND];
	unsigned rows;
};

/* One colour of them; what is not of it is left as it is.  */
static void put_color(struct out *o, const struct band *b, const unsigned *column, unsigned width,
		      unsigned color)
{
	unsigned old = 0, n = 0;

	out_format(o, "#%u", color);
	for (unsigned x = 0; x < width; x++) {
		unsigned bits = 0;

		for (unsigned y = 0; y < b->rows; y++)
			bits |= (b->row[y][column[x]] == color) << y;
		if (n && bits != old) {
			put_run(o, old, n);
			n = 0;
		}
		old = bits;
		n++;
	}
	if (old)
		put_run(o, old, n);
	out_text(o, "$");
}

static void put_band(struct out *o, const struct sixels *s, const struct band *b,
		     const unsigned *column, unsigned width)
{
	bool used[COLORS] = { false };

	for (unsigned y = 0; y < b->rows; y++)
		for (unsigned x = 0; x < width; x++)
			used[b->row[y][column[x]]] = true;
	for (unsigned i = 0; i < s->colors; i++)
		if (used[i])
			put_color(o, b, column, width, i);
	out_text(o, "-");
}

static void put_sixels(struct term *t, const struct sixels *s, unsigned *column, unsigned width,
		       unsigned height)
{
	const struct picture *p = &t->picture;

	for (unsigned x = 0; x < width; x++)
		column[x] = (uint64_t)x * p->width / width;
	out_format(&t->out, "\033P0;1;0q\"1;1;%u;%u", width, height);
	for (unsigned i = 0; i < s->colors; i++)
		out_format(&t->out, "#%u;2;%u;%u;%u", i, (s->color[i] >> 16) * 100 / 255,
			   (s->color[i] >> 8 & 0xff) * 100 / 255, (s->color[i] & 0xff) * 100 / 255);
	for (unsigned y = 0; y < height; y += BAND) {
		struct band b = { .rows = height - y < BAND ? height - y : BAND };

		for (unsigned i = 0; i < b.rows; i++)
			b.row[i] = s->index + (uint64_t)(y + i) * p->height / height * p->width;
		put_band(&t->out, s, &b, column, width);
	}
	out_text(&t->out, "\033\\");
}

static void show_sixels(struct term *t)
{
	const struct picture *p = &t->picture;
	unsigned width = t->view.shown_x * t->cell_width, height = t->view.shown_y * t->cell_height;
	struct sixels s = { .index = malloc((size_t)p->width * p->height) };
	unsigned *column = calloc(width, sizeof *column);

	if (s.index && column) {
		index_picture(&s, p);
		put_sixels(t, &s, column, width, height);
	}
	free(s.index);
	free(column);
}

void term_show_image(struct term *t)
{
	caps_put(&t->out, t->caps.move, t->view.top, t->view.left);
	if (t->graphics)
		show_kitty(t);
	else
		show_sixels(t);
	t->painter.placed = false;
	t->image_shown = true;
}

void term_forget_image(struct term *t)
{
	if (!t->image_shown)
		return;
	t->image_shown = false;
	if (t->graphics)
		out_text(&t->out, "\033_Ga=d,d=I,i=1,q=2\033\\");
	else
		paint_clear(&t->painter, &t->out);
}
