/* serial.c - 16550A UART.  */

#include "dev/serial.h"

#include <stdio.h>

#include "dev/event.h"
#include "state/state.h"

#define CLOCK_HZ	115200		/* 1.8432 MHz / 16: of divisor 1 */

enum { REG_DATA, REG_IER, REG_IIR, REG_LCR, REG_MCR, REG_LSR, REG_MSR, REG_SCRATCH };

enum { IER_RECEIVED = 0x01, IER_EMPTY = 0x02, IER_LINE = 0x04, IER_MODEM = 0x08 };

enum {					/* IIR, in falling priority */
	IIR_LINE = 0x06, IIR_RECEIVED = 0x04, IIR_TIMEOUT = 0x0c,
	IIR_EMPTY = 0x02, IIR_MODEM = 0x00, IIR_NONE = 0x01, IIR_FIFO = 0xc0,
};

enum { FCR_ENABLE = 0x01, FCR_CLEAR_IN = 0x02, FCR_CLEAR_OUT = 0x04, FCR_TRIGGER = 0xc0 };

enum { LCR_LENGTH = 0x03, LCR_STOP = 0x04, LCR_PARITY = 0x08, LCR_BREAK = 0x40, LCR_DLAB = 0x80 };

enum {
	MCR_DTR = 0x01, MCR_RTS = 0x02, MCR_OUT1 = 0x04, MCR_OUT2 = 0x08,
	MCR_LOOP = 0x10, MCR_BITS = 0x1f,
};

enum {
	LSR_READY = 0x01, LSR_OVERRUN = 0x02, LSR_ERRORS = 0x1e, LSR_THR_EMPTY = 0x20,
	LSR_EMPTY = 0x40,
};

enum { MSR_RI_FELL = 0x04, MSR_DELTAS = 0x0f };

static bool fifo_on(const struct serial *s)
{
	return s->fcr & FCR_ENABLE;
}

static unsigned depth(const struct serial *s)
{
	return fifo_on(s) ? 16 : 1;
}

static unsigned trigger(const struct serial *s)
{
	static const uint8_t level[4] = { 1, 4, 8, 14 };

	return fifo_on(s) ? level[s->fcr >> 6] : 1;
}

/* Start, data, parity and stop bits at the divisor's rate.  */
static vtime byte_time(const struct serial *s)
{
	unsigned bits = 1 + 5 + (s->lcr & LCR_LENGTH) + (s->lcr & LCR_PARITY ? 1 : 0) +
		(s->lcr & LCR_STOP ? 2 : 1);

	return bits * (s->divisor ? s->divisor : 1) * (VTIME_SECOND / CLOCK_HZ);
}

/* What the IIR shows: the highest cause that is enabled.  */
static uint8_t cause(const struct serial *s)
{
	if (s->ier & IER_LINE && s->lsr & LSR_ERRORS)
		return IIR_LINE;
	if (s->ier & IER_RECEIVED && ring_used(&s->in) >= trigger(s))
		return IIR_RECEIVED;
	if (s->ier & IER_RECEIVED && s->timed_out)
		return IIR_TIMEOUT;
	if (s->ier & IER_EMPTY && s->lsr & LSR_THR_EMPTY && !s->thr_empty_told)
		return IIR_EMPTY;
	if (s->ier & IER_MODEM && s->msr & MSR_DELTAS)
		return IIR_MODEM;
	return IIR_NONE;
}

static void update(struct serial *s)
{
	wire_set(&s->irq, cause(s) != IIR_NONE && s->mcr & MCR_OUT2 && !(s->mcr & MCR_LOOP));
}

/* In a loop the outputs come back as inputs.  */
static uint8_t inputs(const struct serial *s)
{
	if (!(s->mcr & MCR_LOOP))
		return s->outside;
	return (s->mcr & MCR_RTS ? SERIAL_CTS : 0) | (s->mcr & MCR_DTR ? SERIAL_DSR : 0) |
		(s->mcr & MCR_OUT1 ? SERIAL_RI : 0) | (s->mcr & MCR_OUT2 ? SERIAL_DCD : 0);
}

/* The low bits tell changes; of RI only its fall.  */
static void look_at_lines(struct serial *s)
{
	uint8_t now = inputs(s), changed = (s->msr ^ now) & 0xf0;
	uint8_t deltas = changed >> 4;

	if (changed & SERIAL_RI && now & SERIAL_RI)
		deltas &= ~MSR_RI_FELL;
	s->msr = now | (s->msr & MSR_DELTAS) | deltas;
	update(s);
}

static void arm_timeout(struct serial *s)
{
	s->timed_out = false;
	if (fifo_on(s) && ring_used(&s->in))
		sched_at(s->sched, &s->timeout, s->sched->now + 4 * byte_time(s));
	else
		sched_cancel(s->sched, &s->timeout);
}

static void timeout_fire(void *ctx, vtime late)
{
	struct serial *s = ctx;

	(void)late;
	s->timed_out = true;
	update(s);
}

/* A byte is in; with no room the newest is lost, or without FIFO the old.  */
static void take_in(struct serial *s, uint8_t byte)
{
	if (ring_used(&s->in) >= depth(s)) {
		s->lsr |= LSR_OVERRUN;
		if (!fifo_on(s)) {
			ring_clear(&s->in);
			ring_put(&s->in, &byte);
		}
	} else {
		ring_put(&s->in, &byte);
	}
	s->lsr |= LSR_READY;
	arm_timeout(s);
	update(s);
}

static void arm_line(struct serial *s)
{
	if (ring_used(&s->line) && !sched_pending(s->sched, &s->arrives))
		sched_at(s->sched, &s->arrives, s->sched->now + byte_time(s));
}

static void arrives_fire(void *ctx, vtime late)
{
	struct serial *s = ctx;
	uint8_t byte;

	(void)late;
	if (ring_get(&s->line, &byte) && !(s->mcr & MCR_LOOP))
		take_in(s, byte);
	arm_line(s);
}

/* The next byte goes into the shift register.  */
static void send_next(struct serial *s)
{
	if (s->sending || !ring_get(&s->out, &s->shift))
		return;
	s->sending = true;
	if (ring_used(&s->out) == 0) {
		s->lsr |= LSR_THR_EMPTY;
		s->thr_empty_told = false;
	}
	sched_at(s->sched, &s->sent, s->sched->now + byte_time(s));
}

static void sent_fire(void *ctx, vtime late)
{
	struct serial *s = ctx;

	(void)late;
	s->sending = false;
	if (s->mcr & MCR_LOOP)
		take_in(s, s->shift);
	else if (s->backend.write)
		s->backend.write(s->backend.ctx, s->shift);
	send_next(s);
	if (!s->sending)
		s->lsr |= LSR_EMPTY;
	update(s);
}

static void write_data(struct serial *s, uint8_t val)
{
	if (ring_used(&s->out) >= depth(s))
		ring_clear(&s->out);		/* overwritten */
	ring_put(&s->out, &val);
	s->lsr &= ~(LSR_THR_EMPTY | LSR_EMPTY);
	s->thr_empty_told = false;
	send_next(s);
	update(s);
}

static uint8_t read_data(struct serial *s)
{
	uint8_t byte = 0;

	ring_get(&s->in, &byte);
	if (ring_used(&s->in) == 0)
		s->lsr &= ~LSR_READY;
	arm_timeout(s);
	update(s);
	return byte;
}

static void clear_in(struct serial *s)
{
	ring_clear(&s->in);
	s->lsr &= ~LSR_READY;
	arm_timeout(s);
}

static void clear_out(struct serial *s)
{
	ring_clear(&s->out);
	s->lsr |= LSR_THR_EMPTY | (s->sending ? 0 : LSR_EMPTY);
	s->thr_empty_told = false;
}

/* Turning the FIFOs on or off empties them.  */
static void write_fcr(struct serial *s, uint8_t val)
{
	bool turns = (val ^ s->fcr) & FCR_ENABLE;

	s->fcr = val & FCR_ENABLE ? val & (FCR_ENABLE | FCR_TRIGGER) : 0;
	if (turns || val & FCR_CLEAR_IN)
		clear_in(s);
	if (turns || val & FCR_CLEAR_OUT)
		clear_out(s);
	update(s);
}

static void tell_lines(struct serial *s)
{
	bool loop = s->mcr & MCR_LOOP;

	if (s->backend.lines)
		s->backend.lines(s->backend.ctx, !loop && s->mcr & MCR_DTR,
				 !loop && s->mcr & MCR_RTS, !loop && s->lcr & LCR_BREAK);
}

static void tell_format(struct serial *s)
{
	if (s->backend.format)
		s->backend.format(s->backend.ctx, CLOCK_HZ / (s->divisor ? s->divisor : 1),
				  5 + (s->lcr & LCR_LENGTH), s->lcr & LCR_STOP ? 2 : 1,
				  s->lcr & (LCR_PARITY | 0x30));
}

static void write_ier(struct serial *s, uint8_t val)
{
	if (val & ~s->ier & IER_EMPTY)		/* it asks anew when it is enabled */
		s->thr_empty_told = false;
	s->ier = val & 0x0f;
	update(s);
}

static void write_divisor(struct serial *s, uint8_t val, unsigned shift)
{
	s->divisor = (s->divisor & ~(0xff << shift)) | val << shift;
}

static void serial_write(void *dev, uint32_t port, uint32_t val, unsigned size)
{
	struct serial *s = dev;
	unsigned reg = port - s->base;

	(void)size;
	if (s->lcr & LCR_DLAB && reg <= REG_IER) {
		write_divisor(s, val, reg * 8);
		return;
	}
	switch (reg) {
	case REG_DATA:
		write_data(s, val);
		break;
	case REG_IER:
		write_ier(s, val);
		break;
	case REG_IIR:
		write_fcr(s, val);
		break;
	case REG_LCR:
		s->lcr = val;
		tell_lines(s);
		if (!(val & LCR_DLAB))
			tell_format(s);
		break;
	case REG_MCR:
		s->mcr = val & MCR_BITS;
		tell_lines(s);
		look_at_lines(s);
		break;
	case REG_SCRATCH:
		s->scratch = val;
		break;
	}
}

/* Reading the cause ends "transmitter empty", and no other.  */
static uint8_t read_iir(struct serial *s)
{
	uint8_t val = cause(s);

	if (val == IIR_EMPTY) {
		s->thr_empty_told = true;
		update(s);
	}
	return val | (fifo_on(s) ? IIR_FIFO : 0);
}

static uint8_t read_lsr(struct serial *s)
{
	uint8_t val = s->lsr;

	s->lsr &= ~LSR_ERRORS;
	update(s);
	return val;
}

static uint8_t read_msr(struct serial *s)
{
	uint8_t val = s->msr;

	s->msr &= ~MSR_DELTAS;
	update(s);
	return val;
}

static uint32_t serial_read(void *dev, uint32_t port, unsigned size)
{
	struct serial *s = dev;
	unsigned reg = port - s->base;

	(void)size;
	if (s->lcr & LCR_DLAB && reg <= REG_IER)
		return s->divisor >> reg * 8 & 0xff;
	switch (reg) {
	case REG_DATA:
		return read_data(s);
	case REG_IER:
		return s->ier;
	case REG_IIR:
		return read_iir(s);
	case REG_LCR:
		return s->lcr;
	case REG_MCR:
		return s->mcr;
	case REG_LSR:
		return read_lsr(s);
	case REG_MSR:
		return read_msr(s);
	default:
		return s->scratch;
	}
}

static const struct bus_ops serial_ports = {
	.name = "serial", .read = serial_read, .write = serial_write, .narrow = true,
};

void serial_plug(struct serial *s, const struct serial_backend *backend)
{
	s->backend = *backend;
	tell_lines(s);
	tell_format(s);
}

bool serial_receive(struct serial *s, uint8_t byte)
{
	if (!ring_put(&s->line, &byte))
		return false;
	arm_line(s);
	return true;
}

void serial_drain(struct serial *s)
{
	while (s->sending) {
		sched_cancel(s->sched, &s->sent);
		sent_fire(s, 0);
	}
}

void serial_lines(struct serial *s, uint8_t lines)
{
	s->outside = lines & 0xf0;
	look_at_lines(s);
}

void serial_init(struct serial *s, struct bus *bus, struct sched *sched, const char *name,
		 uint16_t base, struct wire irq)
{
	*s = (struct serial){
		.sched = sched,
		.irq = irq,
		.base = base,
		.sent = { .name = s->event_name[0], .fire = sent_fire, .ctx = s },
		.arrives = { .name = s->event_name[1], .fire = arrives_fire, .ctx = s },
		.timeout = { .name = s->event_name[2], .fire = timeout_fire, .ctx = s },
	};
	for (unsigned i = 0; i < 3; i++)
		snprintf(s->event_name[i], sizeof s->event_name[i], "%s %u", name, i);
	ring_init(&s->in, s->in_store, 1, sizeof s->in_store);
	ring_init(&s->out, s->out_store, 1, sizeof s->out_store);
	ring_init(&s->line, s->line_store, 1, sizeof s->line_store);
	bus_map_ports(bus, base, 8, &serial_ports, s);
	serial_reset(s);
}

/* Master reset: table 1 of the data sheet.  */
void serial_reset(struct serial *s)
{
	sched_cancel(s->sched, &s->sent);
	sched_cancel(s->sched, &s->arrives);
	sched_cancel(s->sched, &s->timeout);
	ring_clear(&s->in);
	ring_clear(&s->out);
	ring_clear(&s->line);
	s->ier = s->fcr = s->lcr = s->mcr = 0;
	s->lsr = LSR_THR_EMPTY | LSR_EMPTY;
	s->msr = s->outside;
	s->divisor = 12;		/* undefined in the chip; 9600 baud */
	s->sending = s->thr_empty_told = s->timed_out = false;
	tell_lines(s);
	update(s);
}

void serial_state(struct serial *s, struct state *st)
{
	state_section(st, "serial", 1);
	state_u8(st, &s->ier);
	state_u8(st, &s->fcr);
	state_u8(st, &s->lcr);
	state_u8(st, &s->mcr);
	state_u8(st, &s->lsr);
	state_u8(st, &s->msr);
	state_u8(st, &s->scratch);
	state_u16(st, &s->divisor);
	state_u8(st, &s->outside);
	state_u8(st, &s->shift);
	state_bool(st, &s->sending);
	state_bool(st, &s->thr_empty_told);
	state_bool(st, &s->timed_out);
	state_ring(st, &s->in);
	state_ring(st, &s->out);
	state_ring(st, &s->line);
	event_state(s->sched, &s->sent, st);
	event_state(s->sched, &s->arrives, st);
	event_state(s->sched, &s->timeout, st);
}
