/* composite.c - what a television makes of the CGA's composite output.
 *
 * The model.  A dot lasts a quarter of a period of the colour subcarrier.  The card
 * adds up a luminance, which is that of the colour's three parts and of intensity,
 * and, for the six colours that are neither black, grey nor white, a square wave of
 * the subcarrier's frequency in one of six phases, which are multiples of half a dot
 * (IBM's schematic of the adapter: yellow's wave is the burst, blue's the inverse,
 * and so on round the circle).  The television takes the mean over one period for the
 * brightness, and demodulates two for the colour (NTSC: I and Q, from the burst 57
 * degrees away; RGB by the FCC's matrix).  So what is thinner than a period turns into
 * colours: of a dot in four each of the four has its own.  */

#include "dev/crt/parts.h"

#define PERIOD		4		/* dots */
#define HALVES		8		/* half dots of a period */
#define COLOR_OVER	(2 * PERIOD)	/* dots over which colour is looked for */
#define ONE		4096		/* full brightness */
#define WAVE		1150		/* half of the square wave's height */
#define NO_WAVE		8

/* Which half dot of a period the colour's wave rises at.  */
static const uint8_t rises[8] = { NO_WAVE, 3, 6, 5, 1, 2, 7, NO_WAVE };

/* What red, green, blue and intensity add to the luminance.  */
static const uint16_t red = 882, green = 1731, blue = 336, bright = 1147;

/* Cosine, times 0.85 as sets are adjusted, of minus 57 degrees at the middle of dot 0, and half a
 * dot further each; sine is that of two before.  */
static const int16_t carrier[HALVES] = { 634, 2869, 3423, 1972, -634, -2869, -3423, -1972 };

struct part { int32_t y, i, q; };

static int32_t level(unsigned color, unsigned half)
{
	int32_t l = (color & 4 ? red : 0) + (color & 2 ? green : 0) + (color & 1 ? blue : 0) +
		(color & 8 ? bright : 0);

	if (rises[color & 7] == NO_WAVE)
		return l;
	return l + ((half - rises[color & 7]) % HALVES < HALVES / 2 ? WAVE : -WAVE);
}

/* What a dot of this color and phase contributes.  */
static struct part part_of(unsigned color, unsigned phase)
{
	struct part p = { 0, 0, 0 };

	for (unsigned half = 2 * phase; half < 2 * phase + 2; half++) {
		int32_t l = level(color, half);

		p.y += l / 2;
		p.i += l * carrier[half] / ONE;
		p.q += l * carrier[(half + HALVES - 2) % HALVES] / ONE;
	}
	return p;
}

static uint32_t clamped(int32_t v)
{
	return v < 0 ? 0 : v >= ONE ? 255 : v * 255 / ONE;
}

static uint32_t rgb_of(const struct part *sum, bool grey)
{
	int32_t y = sum->y / PERIOD, i = grey ? 0 : sum->i / COLOR_OVER,
		q = grey ? 0 : sum->q / COLOR_OVER;

	return clamped(y + (i * 979 + q * 636) / 1024) << 16 |
		clamped(y - (i * 279 + q * 663) / 1024) << 8 |
		clamped(y + (-i * 1133 + q * 1744) / 1024);
}

static void add(struct part *sum, const struct part *p, int sign, bool brightness)
{
	if (brightness) {
		sum->y += sign * p->y;
		return;
	}
	sum->i += sign * p->i;
	sum->q += sign * p->q;
}

/* Sums over as many dots as are looked at, which lie half before and half behind.
 * Outside the line it is as at its ends.  */
void crt_composite(const uint8_t *dot, unsigned width, bool grey, uint32_t *rgb)
{
	struct part table[CRT_PALETTE][PERIOD], at[CRT_WIDEST + 2 * COLOR_OVER], sum = { 0, 0, 0 };

	for (unsigned color = 0; color < CRT_PALETTE; color++)
		for (unsigned phase = 0; phase < PERIOD; phase++)
			table[color][phase] = part_of(color, phase);
	for (unsigned x = 0; x < width + 2 * COLOR_OVER; x++) {
		unsigned from = x < COLOR_OVER ? 0 : x - COLOR_OVER < width ? x - COLOR_OVER : width - 1;

		at[x] = table[dot[from] & (CRT_PALETTE - 1)][x % PERIOD];
	}
	for (unsigned x = 0; x < COLOR_OVER; x++)
		add(&sum, &at[COLOR_OVER / 2 + x], 1, false);
	for (unsigned x = 0; x < PERIOD; x++)
		add(&sum, &at[COLOR_OVER - PERIOD / 2 + x], 1, true);
	for (unsigned x = 0; x < width; x++) {
		unsigned middle = x + COLOR_OVER;

		rgb[x] = rgb_of(&sum, grey);
		add(&sum, &at[middle - COLOR_OVER / 2], -1, false);
		add(&sum, &at[middle + COLOR_OVER / 2], 1, false);
		add(&sum, &at[middle - PERIOD / 2], -1, true);
		add(&sum, &at[middle + PERIOD / 2], 1, true);
	}
}
