/* scale.c - geometry.  */

#include "scale.h"

#include <stdlib.h>
#include <string.h>

static const char *const names[SCALERS] = {
	[SCALER_SHARP] = "sharp", [SCALER_INTEGER] = "integer", [SCALER_LINEAR] = "linear",
	[SCALER_NEAREST] = "nearest", [SCALER_CRT] = "crt",
};

enum scaler scale_named(const char *name)
{
	unsigned i = 0;

	while (i < SCALERS && strcmp(names[i], name) != 0)
		i++;
	return i;
}

const char *scale_name(enum scaler s)
{
	return names[s];
}

static int at_least_1(int n)
{
	return n > 1 ? n : 1;
}

/* How far a picture of this form is from 4:3, by cross multiplication.  */
static long stretched(long width, long height)
{
	return labs(width * 3 - height * 4);
}

/* The largest multiples that fit; then the one that is too large for its
 * form gets smaller, as long as that helps.  */
static void whole_multiples(struct place *p, int dots_x, int dots_y, int width, int height)
{
	int nx = at_least_1(width / dots_x), ny = at_least_1(height / dots_y);

	while (nx > 1 && stretched((nx - 1) * dots_x, ny * dots_y) < stretched(nx * dots_x, ny * dots_y))
		nx--;
	while (ny > 1 && stretched(nx * dots_x, (ny - 1) * dots_y) < stretched(nx * dots_x, ny * dots_y))
		ny--;
	p->width = nx * dots_x;
	p->height = ny * dots_y;
}

static void four_to_three(struct place *p, int width, int height)
{
	p->width = width;
	p->height = at_least_1(width * 3 / 4);
	if (p->height > height) {
		p->height = height;
		p->width = at_least_1(height * 4 / 3);
	}
}

static unsigned times(int size, int dots)
{
	return (size + dots - 1) / dots;
}

struct place scale_place(enum scaler s, unsigned dots_x, unsigned dots_y, int width, int height)
{
	struct place p = { .times_x = 1, .times_y = 1 };
	bool whole;

	width = at_least_1(width);
	height = at_least_1(height);
	if (s == SCALER_INTEGER && dots_x <= (unsigned)width && dots_y <= (unsigned)height)
		whole_multiples(&p, dots_x, dots_y, width, height);
	else
		four_to_three(&p, width, height);
	p.x = (width - p.width) / 2;
	p.y = (height - p.height) / 2;
	whole = p.width % dots_x == 0 && p.height % dots_y == 0;
	p.smooth = s != SCALER_NEAREST && s != SCALER_CRT && !whole;
	if (p.smooth && s != SCALER_LINEAR) {
		p.times_x = times(p.width, dots_x);
		p.times_y = times(p.height, dots_y);
	}
	if (s == SCALER_LINEAR)
		p.smooth = true;
	return p;
}

static uint16_t part(int at, int size)
{
	if (at <= 0 || size <= 1)
		return 0;
	return at >= size - 1 ? 65535 : (int64_t)at * 65535 / (size - 1);
}

void scale_point(const struct place *p, int x, int y, uint16_t *at_x, uint16_t *at_y)
{
	*at_x = part(x - p->x, p->width);
	*at_y = part(y - p->y, p->height);
}
