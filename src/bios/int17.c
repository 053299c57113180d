/* int17.c - INT 17h, printers through their ports.  */

#include "bios/parts.h"

enum {				/* parallel port, from its base */
	LPT_DATA, LPT_STATUS, LPT_CONTROL,
	STATUS_NOT_BUSY = 0x80, STATUS_INVERT = 0x48, STATUS_BITS = 0xf8,
	CONTROL_READY = 0x0c,	/* selected, not in reset */
	CONTROL_RESET = 0x08, CONTROL_STROBE = 0x01,
};

#define TIMED_OUT	0x01
/* ns between two looks at the printer: first, and at last.  */
#define POLL_FIRST	50000
#define POLL_LAST	10000000
#define PRINTERS	3

static uint16_t base_of(struct bios *b, struct guest *g)
{
	uint16_t n = guest_caller(g)->reg[CPU_DX];

	return n < PRINTERS ? bda16(b, BDA_LPT + 2 * n) : 0;
}

/* As INT 17h shows it: ACK and error the other way round.  */
static uint8_t status(struct bios *b, uint16_t base)
{
	return (port_in(b, base + LPT_STATUS) ^ STATUS_INVERT) & STATUS_BITS;
}

/* No such port answers as one that gives up at once; see INT 14h.  */
static enum svc no_port(struct guest *g)
{
	set_ah(g, TIMED_OUT);
	return SVC_DONE;
}

/* The time-out byte counts seconds here.  */
static bool wait_over(struct bios *b, struct guest *g)
{
	return bios_wait_over(b, bda8(b, BDA_LPT_TIMEOUT + (guest_caller(g)->reg[CPU_DX] & 3)));
}

/* Soon at first, for a printer that only takes its time; then seldom.  */
static enum svc look_again(struct bios *b, struct guest *g)
{
	uint32_t *interval = &guest_frame(g)->note[2];

	*interval = *interval ? *interval * 2 : POLL_FIRST;
	if (*interval > POLL_LAST)
		*interval = POLL_LAST;
	return bios_sleep(b, 0, b->sched->now + *interval);
}

static enum svc print(void *room, struct guest *g)
{
	struct bios *b = room;
	uint16_t base = base_of(b, g);

	if (!base)
		return no_port(g);
	if (port_in(b, base + LPT_STATUS) & STATUS_NOT_BUSY) {
		port_out(b, base + LPT_DATA, reg_al(g));
		port_out(b, base + LPT_CONTROL, CONTROL_READY | CONTROL_STROBE);
		port_out(b, base + LPT_CONTROL, CONTROL_READY);
		set_ah(g, status(b, base));
		return SVC_DONE;
	}
	if (!wait_over(b, g))
		return look_again(b, g);
	set_ah(g, status(b, base) | TIMED_OUT);
	return SVC_DONE;
}

static enum svc initialise(void *room, struct guest *g)
{
	struct bios *b = room;
	uint16_t base = base_of(b, g);

	if (!base)
		return no_port(g);
	port_out(b, base + LPT_CONTROL, CONTROL_RESET);
	port_out(b, base + LPT_CONTROL, CONTROL_READY);
	set_ah(g, status(b, base));
	return SVC_DONE;
}

static enum svc get_status(void *room, struct guest *g)
{
	uint16_t base = base_of(room, g);

	if (!base)
		return no_port(g);
	set_ah(g, status(room, base));
	return SVC_DONE;
}

const struct svc_entry bios_int17_table[BIOS_INT17_FUNCTIONS] = {
	[0x00] = { "print character", print },
	[0x01] = { "initialise printer", initialise },
	[0x02] = { "printer status", get_status },
};

enum svc bios_int17(void *room, struct guest *g)
{
	return bios_dispatch(room, g, bios_int17_table, BIOS_INT17_FUNCTIONS, bios_nothing);
}
