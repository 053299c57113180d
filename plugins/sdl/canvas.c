/* canvas.c - the picture drawn by the processor.  */

#include "canvas.h"

#include <stdlib.h>

#include "picture.h"

void canvas_fini(struct canvas *c)
{
	stretch_fini(&c->stretch);
	if (c->crt)
		crt_fini(c->crt);
	free(c->crt);
	c->crt = NULL;
}

static bool draw_tube(struct canvas *c, struct picture *p, bool all, int width, int height,
		      uint32_t *out, int pitch, int *from, int *to)
{
	bool anew;

	if (!c->crt)
		c->crt = calloc(1, sizeof *c->crt);
	if (!c->crt || !crt_fit(c->crt, p->width, p->height, width, height, &anew))
		return false;
	if (!all && !anew)
		crt_reach(c->crt, p->dirty_top, p->dirty_bottom, from, to);
	crt_rows(c->crt, p->dot, *from, *to, out, pitch);
	return true;
}

bool canvas_draw(struct canvas *c, enum scaler scaler, struct picture *p, bool all, int width,
		 int height, uint32_t *out, int pitch, int *from, int *to)
{
	bool anew;

	*from = 0;
	*to = height;
	if (scaler == SCALER_CRT) {
		if (!draw_tube(c, p, all, width, height, out, pitch, from, to))
			return false;
	} else {
		if (!stretch_fit(&c->stretch, scaler, p->width, p->height, width, height, &anew))
			return false;
		if (!all && !anew)
			stretch_reach(&c->stretch, p->dirty_top, p->dirty_bottom, from, to);
		stretch_rows(&c->stretch, p->dot, *from, *to, out, pitch);
	}
	p->dirty_top = p->dirty_bottom = 0;
	return true;
}
