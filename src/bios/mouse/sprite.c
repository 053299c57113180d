/* sprite.c - the mouse's cursor in graphics modes: 16 by 16 dots through two masks.
 *
 * Source: Microsoft Mouse Programmer's Reference, "Graphics cursor": where a bit of the
 * screen mask is 0 the dot becomes black, and where one of the cursor mask is 1
 * it is turned over.  With a CGA's two bits a dot, two bits of the masks are
 * one.  Hot spots and places are of the virtual screen.  Drivers know the modes by their
 * numbers, and in VESA's graphics modes they draw nothing: programs have a pointer of
 * their own there, and some leave the driver's on beneath.
 *
 * It is drawn from interrupts, whatever a program is doing to the card at the
 * moment: dots are reached from behind its registers.  Those that the program has
 * drawn over since stay as they are.  */

#include "bios/mouse/parts.h"

#include "state/state.h"

struct place {
	int x, y;			/* of the first dot; it may be outside */
	unsigned across;		/* dots of a row */
	struct video_dots dots;
};

/* A wide dot of the virtual screen belongs to the cursor as a whole.  */
static int floor_div(int a, int by)
{
	return a >= 0 ? a / by : -((by - 1 - a) / by);
}

static bool find_place(const struct bios *b, struct place *p)
{
	const struct mouse_settings *s = &b->mouse.set;
	struct mouse_screen screen = mouse_screen(b);

	if (!b->dots || !b->dots(b->ctx, &p->dots))
		return false;
	p->x = floor_div((int16_t)mouse_told_x(b) - (int16_t)s->hot_x, screen.step_x);
	p->y = (int16_t)mouse_told_y(b) - (int16_t)s->hot_y;
	p->across = p->dots.pairs ? MOUSE_SHAPE / 2 : MOUSE_SHAPE;
	if (s->page != bda8(b, BDA_PAGE))
		p->dots.start = s->page * bda16(b, BDA_PAGE_SIZE);
	return true;
}

/* What the masks make of the n-th dot of a row.  */
static uint32_t seen_through(const struct bios *b, const struct place *p, unsigned row, unsigned n,
			     uint32_t dot)
{
	const struct mouse_settings *s = &b->mouse.set;
	unsigned bits = MOUSE_SHAPE / p->across, from = MOUSE_SHAPE - bits * (n + 1);
	uint16_t and = s->shape_and[row] >> from, xor = s->shape_xor[row] >> from;

	if (p->dots.pairs)
		return (dot & and & 3) ^ (xor & 3);
	return (and & 1 ? dot : 0) ^ (xor & 1 ? p->dots.white : 0);
}

static void draw_row(struct bios *b, const struct place *p, unsigned row)
{
	struct mouse_sprite *m = &b->mouse.sprite;
	unsigned y = p->y + row;

	for (unsigned n = 0; n < p->across; n++) {
		struct mouse_dot *d = &m->dot[row * MOUSE_SHAPE + n];
		unsigned x = p->x + n;

		*d = (struct mouse_dot){ 0 };
		if (x >= p->dots.width || y >= p->dots.height)
			continue;
		d->under = b->get_dot(b->ctx, m->start, x, y);
		d->shown = seen_through(b, p, row, n, d->under);
		if (d->under != d->shown)
			b->put_dot(b->ctx, m->start, x, y, d->shown);
	}
}

bool mouse_draw_sprite(struct bios *b)
{
	struct mouse_sprite *m = &b->mouse.sprite;
	struct place p;

	if (bda8(b, BDA_MODE) == BIOS_VBE_MODE || !find_place(b, &p))
		return false;
	*m = (struct mouse_sprite){ .x = p.x, .y = p.y, .start = p.dots.start };
	for (unsigned row = 0; row < MOUSE_SHAPE; row++)
		draw_row(b, &p, row);
	return true;
}

void mouse_hide_sprite(struct bios *b)
{
	const struct mouse_sprite *m = &b->mouse.sprite;
	struct video_dots dots;

	if (!b->dots || !b->dots(b->ctx, &dots))
		return;
	for (unsigned i = 0; i < MOUSE_SHAPE * MOUSE_SHAPE; i++) {
		const struct mouse_dot *d = &m->dot[i];
		unsigned x = (int16_t)m->x + (int)(i % MOUSE_SHAPE);
		unsigned y = (int16_t)m->y + (int)(i / MOUSE_SHAPE);

		if (d->under != d->shown && x < dots.width && y < dots.height &&
		    b->get_dot(b->ctx, m->start, x, y) == d->shown)
			b->put_dot(b->ctx, m->start, x, y, d->under);
	}
}

void mouse_sprite_state(struct mouse_sprite *m, struct state *st)
{
	state_u16(st, &m->x);
	state_u16(st, &m->y);
	state_u32(st, &m->start);
	for (unsigned i = 0; i < MOUSE_SHAPE * MOUSE_SHAPE; i++) {
		state_u32(st, &m->dot[i].under);
		state_u32(st, &m->dot[i].shown);
	}
}
