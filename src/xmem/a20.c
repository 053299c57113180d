/* a20.c - address line 20, and the high memory area.  */

#include "xmem/a20.h"

#include "state/state.h"

#define PORT92		0x92
#define PORT92_A20	0x02
#define HMA_END		0x10fff0u

static void move_line(struct a20 *a)
{
	bus_set_a20(a->bus, a->wanted[A20_KBC] || a->wanted[A20_PORT92]);
}

static void set_input(void *ctx, unsigned source, bool level)
{
	struct a20 *a = ctx;

	a->wanted[source] = level;
	move_line(a);
}

struct wire a20_input(struct a20 *a, enum a20_source source)
{
	return (struct wire){ set_input, a, source };
}

bool a20_is_on(const struct a20 *a)
{
	return a->bus->addr_mask & 1u << 20;
}

/* By way of the port, so that who reads it sees the truth.  */
static void move_port(struct a20 *a, bool on)
{
	uint8_t old = bus_in(a->bus, PORT92, 1) & ~PORT92_A20;

	bus_out(a->bus, PORT92, old | (on ? PORT92_A20 : 0), 1);
}

static enum xms_error enable(struct a20 *a)
{
	if (!a20_is_on(a))
		move_port(a, true);
	return a20_is_on(a) ? XMS_OK : XMS_A20_ERROR;
}

/* The last who wanted it has gone; the keyboard controller may want it
 * still.  */
static enum xms_error disable(struct a20 *a)
{
	if (a->global || a->local)
		return XMS_A20_STILL_ON;
	move_port(a, false);
	return a20_is_on(a) ? XMS_A20_STILL_ON : XMS_OK;
}

enum xms_error a20_global(struct a20 *a, bool on)
{
	a->global = on;
	return on ? enable(a) : disable(a);
}

enum xms_error a20_local(struct a20 *a, bool on)
{
	if (on) {
		if (a->local == UINT16_MAX)
			return XMS_A20_ERROR;
		a->local++;
		return enable(a);
	}
	if (a->local == 0)
		return XMS_A20_ERROR;
	a->local--;
	return disable(a);
}

void a20_close_for_program(struct a20 *a)
{
	if (a20_is_on(a))
		move_port(a, false);
}

enum xms_error hma_take(struct a20 *a, uint16_t size)
{
	if (a->bus->ram_size < HMA_END)
		return XMS_NO_HMA;
	if (a->hma_taken)
		return XMS_HMA_IN_USE;
	if (size < a->hma_min)
		return XMS_HMA_TOO_SMALL;
	a->hma_taken = true;
	return XMS_OK;
}

enum xms_error hma_give_back(struct a20 *a)
{
	if (a->bus->ram_size < HMA_END)
		return XMS_NO_HMA;
	if (!a->hma_taken)
		return XMS_HMA_NOT_ALLOCATED;
	a->hma_taken = false;
	return XMS_OK;
}

void a20_init(struct a20 *a, struct bus *bus, uint16_t hma_min)
{
	*a = (struct a20){ .bus = bus, .hma_min = hma_min };
	move_line(a);
}

/* The chips reset their outputs themselves.  */
void a20_reset(struct a20 *a)
{
	a->global = a->hma_taken = false;
	a->local = 0;
	move_line(a);
}

void a20_state(struct a20 *a, struct state *st)
{
	state_section(st, "a20", 1);
	state_bool(st, &a->wanted[A20_KBC]);
	state_bool(st, &a->wanted[A20_PORT92]);
	state_bool(st, &a->global);
	state_u16(st, &a->local);
	state_bool(st, &a->hma_taken);
	if (st->mode == STATE_LOAD)
		move_line(a);
}
