/* array.c - the gate array that in the Tandy 1000 and in the PCjr makes the CGA more:
 * 16 colours in graphics, each behind a palette register, and memory of 128 KiB in
 * pages of 16 (Tandy 1000 Technical Reference, "Video controller"; IBM PCjr Technical
 * Reference, "Video subsystem").
 *
 * The PCjr's pages are the lowest 128 KiB of its memory.  The Tandy is one with 768 KiB,
 * whose pages are apart.  The PCjr has its mode in the array; it is kept as the same
 * mode of a CGA.  */

#include "dev/crt/parts.h"

enum {
	ARRAY_MODE = 0, ARRAY_MASK = 1, ARRAY_BORDER = 2, ARRAY_MODE_2 = 3, ARRAY_PALETTE = 0x10,
	/* Tandy's mode */
	TANDY_BORDER = 0x04, TANDY_PAIRS = 0x08, TANDY_16 = 0x10,
	/* the PCjr's first and second */
	PCJR_16 = 0x10, PCJR_BLINK = 0x02, PCJR_TWO = 0x08,
};

#define PAGE		0x4000u
#define PAGE_MODE(page)	((page) >> 6)		/* 1: two banks; 3: four, and 32 KiB */
#define PAGE_DOUBLE	0x80

/* In graphics there are two at least, for programs that know a CGA only.  */
unsigned crt_banks(const struct crt *c)
{
	unsigned graphics = crt_is_graphics(c);

	if (c->model->array == ARRAY_NONE)
		return graphics;
	return PAGE_MODE(c->page) | graphics;
}

uint32_t crt_page_size(const struct crt *c)
{
	return c->page & PAGE_DOUBLE ? 2 * PAGE : PAGE;
}

uint32_t crt_page_at(const struct crt *c, unsigned page)
{
	if (c->page & PAGE_DOUBLE)
		page &= 6;
	return c->model->pages_at + (page & 7) * PAGE;
}

static bool is_16(const struct crt *c)
{
	return c->model->array == ARRAY_TANDY ? c->array[ARRAY_MODE_2] & TANDY_16 :
		c->model->array == ARRAY_PCJR && c->array[ARRAY_MODE] & PCJR_16;
}

unsigned crt_depth(const struct crt *c)
{
	if (is_16(c))
		return 4;
	return c->mode & MODE_640 && !crt_pairs(c) ? 1 : 2;
}

/* 640 dots of four colours: of two bytes each has a bit.  */
bool crt_pairs(const struct crt *c)
{
	if (is_16(c) || c->model->array == ARRAY_NONE)
		return false;
	return c->model->array == ARRAY_TANDY ? c->array[ARRAY_MODE_2] & TANDY_PAIRS :
		(c->mode & (MODE_FAST | MODE_640)) == MODE_FAST;
}

bool crt_dots_blink(const struct crt *c)
{
	return c->model->array == ARRAY_PCJR && crt_is_graphics(c) && c->mode & MODE_BLINK;
}

uint8_t crt_array_color(const struct crt *c, uint8_t color)
{
	if (crt_dots_blink(c))
		color = (color & 7) | (c->draw.pictures / (2 * BLINK_PICTURES) % 2 ? 8 : 0);
	return c->array[ARRAY_PALETTE + (color & c->array[ARRAY_MASK] & 15)];
}

/* The PCjr's mode bits are the CGA's, but for these.  */
void crt_array_derive(struct crt *c)
{
	uint8_t first = c->array[ARRAY_MODE], second = c->array[ARRAY_MODE_2];

	if (c->model->array != ARRAY_PCJR)
		return;
	c->mode = (first & (MODE_FAST | MODE_GRAPHICS | MODE_GREY | MODE_VIDEO)) |
		(second & PCJR_BLINK ? MODE_BLINK : 0) | (second & PCJR_TWO ? MODE_640 : 0);
}

void crt_array_write(struct crt *c, uint8_t val)
{
	unsigned n = c->array_index;

	if (n >= ARRAY_PALETTE || n == ARRAY_MASK || n == ARRAY_BORDER)
		val &= 15;
	if (c->array[n] == val)
		return;
	crt_catch_up(c);
	c->array[n] = val;
	crt_array_derive(c);
	crt_new_dots(c);
}

void crt_page_write(struct crt *c, uint8_t val)
{
	if (c->page == val)
		return;
	crt_catch_up(c);
	c->page = val;
	crt_remap(c);
}
