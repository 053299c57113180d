/* stretch.c - larger pictures.  Each row of dots is made wide once; a row of pixels is
 * one of them, or a mixture of two.  */

#include "stretch.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#define WHOLE	256

/* ---- Which dots a pixel shows ---- */

/* A pixel over the edge of two dots has of each as much as it covers.  */
static struct tap sharp(int i, int dots, int size)
{
	int64_t at = (int64_t)i * dots / size, over = (int64_t)(i + 1) * dots - (at + 1) * size;

	return (struct tap){ at, over > 0 ? over * WHOLE / dots : 0 };
}

static struct tap smooth(int i, int dots, int size)
{
	int64_t middle = ((2 * (int64_t)i + 1) * dots - size) * WHOLE / (2 * (int64_t)size);

	return middle < 0 ? (struct tap){ 0 } : (struct tap){ middle / WHOLE, middle % WHOLE };
}

static struct tap tap_of(enum scaler scaler, int i, int dots, int size)
{
	struct tap t;

	switch (scaler) {
	case SCALER_LINEAR:
		t = smooth(i, dots, size);
		break;
	case SCALER_SHARP:
		t = size < dots ? smooth(i, dots, size) : sharp(i, dots, size);
		break;
	default:
		t = (struct tap){ (int64_t)i * dots / size, 0 };
		break;
	}
	if (t.at >= dots - 1)
		t = (struct tap){ dots - 1, 0 };
	return t;
}

void stretch_fini(struct stretch *s)
{
	free(s->column);
	free(s->row);
	free(s->line[0]);
	free(s->line[1]);
	*s = (struct stretch){ 0 };
}

static bool make(struct stretch *s)
{
	s->column = calloc(s->width, sizeof *s->column);
	s->row = calloc(s->height, sizeof *s->row);
	s->line[0] = calloc(s->width, sizeof **s->line);
	s->line[1] = calloc(s->width, sizeof **s->line);
	if (!s->column || !s->row || !s->line[0] || !s->line[1])
		return false;
	for (int i = 0; i < s->width; i++)
		s->column[i] = tap_of(s->scaler, i, s->dots_x, s->width);
	for (int i = 0; i < s->height; i++)
		s->row[i] = tap_of(s->scaler, i, s->dots_y, s->height);
	return true;
}

bool stretch_fit(struct stretch *s, enum scaler scaler, unsigned dots_x, unsigned dots_y,
		 int width, int height, bool *anew)
{
	*anew = s->scaler != scaler || s->dots_x != dots_x || s->dots_y != dots_y ||
		s->width != width || s->height != height;
	if (!*anew)
		return true;
	stretch_fini(s);
	*s = (struct stretch){ .scaler = scaler, .dots_x = dots_x, .dots_y = dots_y,
			       .width = width, .height = height };
	if (make(s))
		return true;
	stretch_fini(s);
	return false;
}

void stretch_reach(const struct stretch *s, unsigned top, unsigned bottom, int *from, int *to)
{
	int a = 0, b = top < bottom ? s->height : 0;

	while (a < b && s->row[a].at + (s->row[a].part > 0) < (int)top)
		a++;
	while (b > a && s->row[b - 1].at >= (int)bottom)
		b--;
	*from = a;
	*to = b;
}

/* ---- Drawing ---- */

static uint32_t mix(uint32_t a, uint32_t b, unsigned part)
{
	uint32_t rb = ((a & 0xff00ff) * (WHOLE - part) + (b & 0xff00ff) * part) >> 8;
	uint32_t g = ((a & 0x00ff00) * (WHOLE - part) + (b & 0x00ff00) * part) >> 8;

	return (rb & 0xff00ff) | (g & 0x00ff00);
}

static void widen(const struct stretch *s, const uint32_t *dot, uint32_t *out)
{
	for (int i = 0; i < s->width; i++) {
		const struct tap *t = &s->column[i];

		out[i] = t->part ? mix(dot[t->at], dot[t->at + 1], t->part) : dot[t->at];
	}
}

/* have: which rows of dots the lines are.  */
static const uint32_t *line(struct stretch *s, const uint32_t *dot, int n, int have[2])
{
	if (have[n & 1] != n) {
		widen(s, dot + (size_t)n * s->dots_x, s->line[n & 1]);
		have[n & 1] = n;
	}
	return s->line[n & 1];
}

void stretch_rows(struct stretch *s, const uint32_t *dot, int from, int to, uint32_t *out,
		  int pitch)
{
	int have[2] = { -1, -1 };

	for (int y = from; y < to; y++) {
		const struct tap *t = &s->row[y];
		const uint32_t *a = line(s, dot, t->at, have), *b;
		uint32_t *row = out + (ptrdiff_t)y * pitch;

		if (!t->part) {
			memcpy(row, a, s->width * sizeof *row);
			continue;
		}
		b = line(s, dot, t->at + 1, have);
		for (int i = 0; i < s->width; i++)
			row[i] = mix(a[i], b[i], t->part);
	}
}
