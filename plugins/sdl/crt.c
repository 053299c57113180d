/* crt.c - a monitor's tube.  All that is not a sum of two table entries for each colour
 * of a pixel is computed when the window or the mode gets another size.  */

#include "crt.h"

#include <math.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#define TUBE_GAMMA	2.4		/* ITU-R BT.1886 */
#define SHOWN_GAMMA	2.2
#define WHITE		8192		/* light */
#define GAIN		1.06		/* what the gaps and the grille cost */
#define SPOT_DARK	0.22		/* half a spot's width, in lines: its standard deviation */
#define SPOT_BRIGHT	0.40
#define SPOT_WIDE	0.45		/* sideways, in dots */
#define STRIPE		3		/* pixels from one red stripe to the next */
#define GRILLE		0.13		/* how much darker what a stripe hides is */
#define NO_GAPS		2.2		/* rows of pixels a line */
#define ALL_GAPS	3.4

/* ---- Light ---- */

static void make_lights(struct crt *c)
{
	for (int i = 0; i < CRT_LEVELS; i++)
		c->light[i] = pow(i / 255.0, TUBE_GAMMA) * 65535 + 0.5;
	for (int i = 0; i < 4096; i++)
		c->level[i] = pow(i / 4095.0, 1 / TUBE_GAMMA) * 255 + 0.5;
	for (int i = 0; i < CRT_LIGHTS; i++)
		c->shown[i] = pow(fmin((double)i / WHITE, 1), 1 / SHOWN_GAMMA) * 255 + 0.5;
}

/* Of a spot's light that falls between two places, in its standard deviations.  */
static double between(double a, double b)
{
	return (erf(b / M_SQRT2) - erf(a / M_SQRT2)) / 2;
}

/* A row of pixels so far from a line, of this height, in lines.  */
static double beam_light(double far, double high, double light)
{
	double spot = SPOT_DARK + (SPOT_BRIGHT - SPOT_DARK) * sqrt(light);

	return light * between((far - high / 2) / spot, (far + high / 2) / spot) / high;
}

static void make_beams(struct crt *c)
{
	double high = (double)c->dots_y / c->height;
	double gaps = fmin(fmax((1 / high - NO_GAPS) / (ALL_GAPS - NO_GAPS), 0), 1);

	for (int phase = 0; phase < CRT_PHASES; phase++)
		for (int below = 0; below < 2; below++) {
			double at = (phase + 0.5) / CRT_PHASES, far = below ? 1 - at : at;

			for (int i = 0; i < CRT_LEVELS; i++) {
				double light = c->light[i] / 65535.0;
				double spread = light * (1 - far);

				c->beam[phase][below][i] = WHITE * GAIN *
					(gaps * beam_light(far, high, light) + (1 - gaps) * spread);
			}
		}
}

/* ---- Places ---- */

static int limited(int v, int end)
{
	return v < 0 ? 0 : v >= end ? end - 1 : v;
}

static void make_columns(struct crt *c)
{
	double wide = (double)c->dots_x / c->width;

	for (int x = 0; x < c->width; x++) {
		double at = (x + 0.5) * wide - 0.5, sum = 0, part[CRT_TAPS];
		int first = (int)floor(at) - 1, left = 4096;

		for (int i = 0; i < CRT_TAPS; i++) {
			double far = first + i - at;

			part[i] = between((far - wide / 2) / SPOT_WIDE, (far + wide / 2) / SPOT_WIDE);
			sum += part[i];
		}
		for (int i = 0; i < CRT_TAPS; i++) {
			int n = part[i] / sum * 4096;

			c->column[x].at[i] = limited(first + i, c->dots_x);
			c->column[x].part[i] = n;
			left -= n;
		}
		c->column[x].part[1] += left;
		for (int i = 0; i < 3; i++)
			c->grille[3 * x + i] = 256 * (x % STRIPE == i ? 1 + 2 * GRILLE : 1 - GRILLE);
	}
}

static void make_rows(struct crt *c)
{
	for (int y = 0; y < c->height; y++) {
		double at = (y + 0.5) * c->dots_y / c->height - 0.5;

		c->row[y].at = floor(at);
		c->row[y].phase = (at - floor(at)) * CRT_PHASES;
	}
}

void crt_fini(struct crt *c)
{
	free(c->column);
	free(c->row);
	free(c->grille);
	free(c->line[0]);
	free(c->line[1]);
	c->column = NULL;
	c->row = NULL;
	c->grille = NULL;
	c->line[0] = c->line[1] = NULL;
	c->dots_x = c->dots_y = 0;
}

bool crt_fit(struct crt *c, unsigned dots_x, unsigned dots_y, int width, int height, bool *anew)
{
	*anew = c->dots_x != dots_x || c->dots_y != dots_y || c->width != width ||
		c->height != height;
	if (!*anew)
		return true;
	crt_fini(c);
	c->column = calloc(width, sizeof *c->column);
	c->row = calloc(height, sizeof *c->row);
	c->grille = calloc(width, 3 * sizeof *c->grille);
	c->line[0] = calloc(width, 3);
	c->line[1] = calloc(width, 3);
	if (!c->column || !c->row || !c->grille || !c->line[0] || !c->line[1]) {
		crt_fini(c);
		return false;
	}
	c->dots_x = dots_x;
	c->dots_y = dots_y;
	c->width = width;
	c->height = height;
	make_lights(c);
	make_beams(c);
	make_columns(c);
	make_rows(c);
	return true;
}

void crt_reach(const struct crt *c, unsigned top, unsigned bottom, int *from, int *to)
{
	int a = 0, b = top < bottom ? c->height : 0;

	while (a < b && c->row[a].at + 1 < (int)top)
		a++;
	while (b > a && c->row[b - 1].at >= (int)bottom)
		b--;
	*from = a;
	*to = b;
}

/* ---- Drawing ---- */

static void widen(const struct crt *c, const uint32_t *dot, uint8_t *out)
{
	for (int x = 0; x < c->width; x++, out += 3) {
		const struct crt_column *col = &c->column[x];
		uint32_t r = 0, g = 0, b = 0;

		for (int i = 0; i < CRT_TAPS; i++) {
			uint32_t d = dot[col->at[i]], part = col->part[i];

			r += c->light[d >> 16 & 255] * part;
			g += c->light[d >> 8 & 255] * part;
			b += c->light[d & 255] * part;
		}
		out[0] = c->level[r >> 16];
		out[1] = c->level[g >> 16];
		out[2] = c->level[b >> 16];
	}
}

/* Beyond the first and the last are the same again.  */
static const uint8_t *line(struct crt *c, const uint32_t *dot, int n, int have[2])
{
	n = limited(n, c->dots_y);
	if (have[n & 1] != n) {
		widen(c, dot + (size_t)n * c->dots_x, c->line[n & 1]);
		have[n & 1] = n;
	}
	return c->line[n & 1];
}

void crt_rows(struct crt *c, const uint32_t *dot, int from, int to, uint32_t *out, int pitch)
{
	int have[2] = { -1, -1 };

	for (int y = from; y < to; y++) {
		const uint16_t *above = c->beam[c->row[y].phase][0], *below = c->beam[c->row[y].phase][1];
		const uint8_t *a = line(c, dot, c->row[y].at, have);
		const uint8_t *b = line(c, dot, c->row[y].at + 1, have);
		const uint16_t *through = c->grille;
		uint32_t *row = out + (ptrdiff_t)y * pitch;

		for (int x = 0; x < c->width; x++, a += 3, b += 3, through += 3) {
			uint32_t red = (above[a[0]] + below[b[0]]) * through[0] >> 8;
			uint32_t green = (above[a[1]] + below[b[1]]) * through[1] >> 8;
			uint32_t blue = (above[a[2]] + below[b[2]]) * through[2] >> 8;

			row[x] = c->shown[red & (CRT_LIGHTS - 1)] << 16 |
				 c->shown[green & (CRT_LIGHTS - 1)] << 8 |
				 c->shown[blue & (CRT_LIGHTS - 1)];
		}
	}
}
