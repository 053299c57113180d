/* int14.c - INT 14h, serial lines through an 8250's ports.  */

#include "bios/parts.h"

enum {				/* 8250, from its base */
	UART_DATA, UART_IER, UART_IIR, UART_LCR, UART_MCR, UART_LSR, UART_MSR,
	LCR_DLAB = 0x80, LCR_BREAK = 0x40, MCR_DTR_RTS = 0x03,
	LSR_READY = 0x01, LSR_ERRORS = 0x1e, LSR_EMPTY = 0x20,
	MSR_CTS = 0x10, MSR_DSR = 0x20,
};

#define TIMED_OUT	0x80
#define POLL		1000000		/* ns between two looks at the line */
#define LINES		4

/* 0 if there is no such line.  */
static uint16_t base_of(struct bios *b, struct guest *g)
{
	uint16_t line = guest_caller(g)->reg[CPU_DX];

	return line < LINES ? bda16(b, BDA_COM + 2 * line) : 0;
}

/* No such line answers as one that gives up at once.  (IBM's BIOS leaves AX as
 * it is, and callers would take the function number for a status.)  */
static enum svc no_line(struct guest *g)
{
	set_ah(g, TIMED_OUT);
	return SVC_DONE;
}

/* Until the time is over; the time-out byte counts seconds here.  */
static enum svc try_again(struct bios *b, struct guest *g, uint8_t lsr)
{
	uint8_t seconds = bda8(b, BDA_COM_TIMEOUT + (guest_caller(g)->reg[CPU_DX] & 3));

	if (!bios_wait_over(b, seconds))
		return bios_sleep(b, 0, b->sched->now + POLL);
	set_ah(g, lsr | TIMED_OUT);
	return SVC_DONE;
}

static void line_parameters(struct bios *b, uint16_t base, uint16_t divisor, uint8_t lcr)
{
	port_out(b, base + UART_LCR, LCR_DLAB);
	port_out(b, base + UART_DATA, divisor);
	port_out(b, base + UART_IER, divisor >> 8);
	port_out(b, base + UART_LCR, lcr);
	port_out(b, base + UART_IER, 0);
}

static enum svc status(struct bios *b, struct guest *g, uint16_t base)
{
	set_ah(g, port_in(b, base + UART_LSR));
	set_al(g, port_in(b, base + UART_MSR));
	return SVC_DONE;
}

/* AL: bits 7-5 speed, 4-3 parity, 2 stop bits, 1-0 length.  */
static enum svc initialise(void *room, struct guest *g)
{
	struct bios *b = room;
	uint16_t base = base_of(b, g);
	uint8_t how = reg_al(g);

	if (!base)
		return no_line(g);
	line_parameters(b, base, guest_r16(g, GUEST_ROM_SEG, ROM_BAUD + 2 * (how >> 5)),
			how & 0x1f);
	return status(b, g, base);
}

static enum svc send(void *room, struct guest *g)
{
	struct bios *b = room;
	uint16_t base = base_of(b, g);
	uint8_t lsr;

	if (!base)
		return no_line(g);
	port_out(b, base + UART_MCR, MCR_DTR_RTS);
	lsr = port_in(b, base + UART_LSR);
	if (lsr & LSR_EMPTY &&
	    (port_in(b, base + UART_MSR) & (MSR_CTS | MSR_DSR)) == (MSR_CTS | MSR_DSR)) {
		port_out(b, base + UART_DATA, reg_al(g));
		set_ah(g, lsr);
		return SVC_DONE;
	}
	return try_again(b, g, lsr);
}

static enum svc receive(void *room, struct guest *g)
{
	struct bios *b = room;
	uint16_t base = base_of(b, g);
	uint8_t lsr;

	if (!base)
		return no_line(g);
	port_out(b, base + UART_MCR, MCR_DTR_RTS & 1);
	lsr = port_in(b, base + UART_LSR);
	if (lsr & LSR_READY) {
		set_al(g, port_in(b, base + UART_DATA));
		set_ah(g, lsr & LSR_ERRORS);
		return SVC_DONE;
	}
	return try_again(b, g, lsr);
}

static enum svc get_status(void *room, struct guest *g)
{
	uint16_t base = base_of(room, g);

	return base ? status(room, g, base) : no_line(g);
}

/* PS/2: AL break, BH parity (none odd even mark space), BL stop bits, CH
 * length, CL speed up to 19200.  */
static enum svc extended_initialise(void *room, struct guest *g)
{
	static const uint8_t parity[] = { 0x00, 0x08, 0x18, 0x28, 0x38 };
	struct bios *b = room;
	uint16_t base = base_of(b, g), divisor = 6;
	uint8_t speed = reg_cl(g);

	if (!base)
		return no_line(g);
	if (reg_bh(g) > 4 || reg_bl(g) > 1 || reg_ch(g) > 3 || speed > 8)
		return SVC_DONE;
	if (speed < 8)
		divisor = guest_r16(g, GUEST_ROM_SEG, ROM_BAUD + 2 * speed);
	line_parameters(b, base, divisor, (reg_al(g) ? LCR_BREAK : 0) | parity[reg_bh(g)] |
			reg_bl(g) << 2 | reg_ch(g));
	return status(b, g, base);
}

/* PS/2: AL 0 reads the modem control register into BL, 1 writes it.  */
static enum svc modem_control(void *room, struct guest *g)
{
	struct bios *b = room;
	uint16_t base = base_of(b, g);

	if (!base)
		return no_line(g);
	if (reg_al(g) > 1)
		return SVC_DONE;
	if (reg_al(g) == 0)
		set_bl(g, port_in(b, base + UART_MCR));
	else
		port_out(b, base + UART_MCR, reg_bl(g));
	return status(b, g, base);
}

const struct svc_entry bios_int14_table[BIOS_INT14_FUNCTIONS] = {
	[0x00] = { "initialise line", initialise },
	[0x01] = { "send character", send },
	[0x02] = { "receive character", receive },
	[0x03] = { "line status", get_status },
	[0x04] = { "extended initialise", extended_initialise },
	[0x05] = { "modem control", modem_control },
};

enum svc bios_int14(void *room, struct guest *g)
{
	return bios_dispatch(room, g, bios_int14_table, BIOS_INT14_FUNCTIONS, bios_nothing);
}
