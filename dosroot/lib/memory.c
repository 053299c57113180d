/* memory.c - memory of DOS's, outside the program's segment.  */

#include "tool.h"

static struct regs r;

u16 memory_largest(void)
{
	r.ax = 0x4800;
	r.bx = 0xffff;
	dos(&r);
	return r.bx;
}

u16 memory_take(u16 paragraphs)
{
	r.ax = 0x4800;
	r.bx = paragraphs;
	return dos(&r) ? 0 : r.ax;
}

void memory_give(u16 segment)
{
	r.ax = 0x4900;
	r.es = segment;
	dos(&r);
}
