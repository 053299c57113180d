/* canvas.c - the picture drawn by the processor.  */

#include "canvas.h"

#include "picture.h"

void canvas_fini(struct canvas *c)
{
	stretch_fini(&c->stretch);
}

bool canvas_draw(struct canvas *c, enum scaler scaler, struct picture *p, bool all, int width,
		 int height, uint32_t *out, int pitch, int *from, int *to)
{
	bool anew;

	*from = 0;
	*to = height;
	if (!stretch_fit(&c->stretch, scaler, p->width, p->height, width, height, &anew))
		return false;
	if (!all && !anew)
		stretch_reach(&c->stretch, p->dirty_top, p->dirty_bottom, from, to);
	stretch_rows(&c->stretch, p->dot, *from, *to, out, pitch);
	p->dirty_top = p->dirty_bottom = 0;
	return true;
}
