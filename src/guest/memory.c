/* memory.c - guest memory by real-mode address.
 *
 * An offset wraps inside its segment, as the 8086 and DOS programs have it;
 * A20 is the bus's affair.  */

#include "guest/guest.h"

#include "bus/bus.h"

static uint32_t linear(uint16_t seg, uint16_t off)
{
	return seg * 16u + off;
}

uint8_t guest_r8(const struct guest *g, uint16_t seg, uint16_t off)
{
	return bus_read(g->bus, linear(seg, off), 1);
}

uint16_t guest_r16(const struct guest *g, uint16_t seg, uint16_t off)
{
	if (off == 0xffff)
		return guest_r8(g, seg, off) | guest_r8(g, seg, 0) << 8;
	return bus_read(g->bus, linear(seg, off), 2);
}

uint32_t guest_r32(const struct guest *g, uint16_t seg, uint16_t off)
{
	return guest_r16(g, seg, off) | (uint32_t)guest_r16(g, seg, off + 2) << 16;
}

struct far guest_rfar(const struct guest *g, uint16_t seg, uint16_t off)
{
	return (struct far){ guest_r16(g, seg, off), guest_r16(g, seg, off + 2) };
}

void guest_w8(struct guest *g, uint16_t seg, uint16_t off, uint8_t v)
{
	bus_write(g->bus, linear(seg, off), v, 1);
}

void guest_w16(struct guest *g, uint16_t seg, uint16_t off, uint16_t v)
{
	if (off == 0xffff) {
		guest_w8(g, seg, off, v);
		guest_w8(g, seg, 0, v >> 8);
		return;
	}
	bus_write(g->bus, linear(seg, off), v, 2);
}

void guest_w32(struct guest *g, uint16_t seg, uint16_t off, uint32_t v)
{
	guest_w16(g, seg, off, v);
	guest_w16(g, seg, off + 2, v >> 16);
}

void guest_wfar(struct guest *g, uint16_t seg, uint16_t off, struct far v)
{
	guest_w16(g, seg, off, v.off);
	guest_w16(g, seg, off + 2, v.seg);
}

/* The bytes up to the end of the segment, and how many that is.  */
static size_t first_part(uint16_t off, size_t n)
{
	size_t room = 0x10000u - off;

	return n < room ? n : room;
}

void guest_copy_in(const struct guest *g, void *to, uint16_t seg, uint16_t off, size_t n)
{
	uint8_t *at = to;

	while (n) {
		size_t part = first_part(off, n);

		bus_copy_in(g->bus, at, linear(seg, off), part);
		at += part;
		n -= part;
		off = 0;
	}
}

void guest_copy_out(struct guest *g, uint16_t seg, uint16_t off, const void *from, size_t n)
{
	const uint8_t *at = from;

	while (n) {
		size_t part = first_part(off, n);

		bus_copy_out(g->bus, linear(seg, off), at, part);
		at += part;
		n -= part;
		off = 0;
	}
}

bool guest_string(struct guest *g, struct far p, char *buf, size_t size)
{
	for (size_t i = 0; i < size; i++) {
		buf[i] = guest_r8(g, p.seg, p.off + i);
		if (!buf[i])
			return true;
	}
	buf[size - 1] = 0;
	return false;
}
