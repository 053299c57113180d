/* kbc.c - the PS/2's 8042 keyboard controller.
 *
 * There is one output buffer.  Our own answers go into it at once, or wait
 * in a queue; a device's byte is fetched, one byte time later, only when
 * the buffer is free, as the chip holds the clock line low until then.  */

#include "dev/kbc.h"

#include <stddef.h>

#include "dev/event.h"
#include "state/state.h"

#define PORT_DATA	0x60
#define PORT_COMMAND	0x64

/* How long the chip's firmware takes to look at what was written.  */
#define BUSY_TIME	10000

enum {				/* command byte */
	CB_IRQ1 = 0x01, CB_IRQ12 = 0x02, CB_SYSTEM = 0x04,
	CB_KEYBOARD_OFF = 0x10, CB_AUX_OFF = 0x20, CB_TRANSLATE = 0x40,
};

enum {				/* status */
	ST_OUT_FULL = 0x01, ST_IN_FULL = 0x02, ST_SYSTEM = 0x04,
	ST_COMMAND = 0x08, ST_NOT_LOCKED = 0x10, ST_AUX = 0x20,
	ST_TIMEOUT = 0x40,
};

enum {				/* output port */
	OP_RESET = 0x01, OP_A20 = 0x02, OP_IRQ1 = 0x10, OP_IRQ12 = 0x20,
	OP_QUIET = 0xcc,	/* the keyboard's lines and unused bits: high */
};

static void update_irqs(struct kbc *k)
{
	wire_set(&k->to.irq1, k->out_full && !k->out_aux && k->ram[0] & CB_IRQ1);
	wire_set(&k->to.irq12, k->out_full && k->out_aux && k->ram[0] & CB_IRQ12);
}

static bool line_on(const struct kbc *k, unsigned line)
{
	return !(k->ram[0] & (line == KBC_AUX ? CB_AUX_OFF : CB_KEYBOARD_OFF));
}

static bool line_waits(const struct kbc *k, unsigned line)
{
	return k->ready[line] && line_on(k, line);
}

/* A byte sets out on its way as soon as there is room for it.  */
static void arm(struct kbc *k)
{
	bool wanted = !k->out_full &&
		(line_waits(k, KBC_KEYBOARD) || line_waits(k, KBC_AUX));

	if (!wanted)
		sched_cancel(k->sched, &k->transfer);
	else if (!sched_pending(k->sched, &k->transfer))
		sched_at(k->sched, &k->transfer, k->sched->now + PS2_BYTE_TIME);
}

static void put(struct kbc *k, uint8_t byte, bool aux)
{
	k->out = byte;
	k->out_full = true;
	k->out_aux = aux;
	update_irqs(k);
	arm(k);
}

static void reply(struct kbc *k, uint8_t byte)
{
	if (k->out_full)
		ring_put(&k->reply, &byte);
	else
		put(k, byte, false);
}

/* False: it was the prefix of a break code, which translation swallows.  */
static bool translate(struct kbc *k, uint8_t *byte)
{
	if (!(k->ram[0] & CB_TRANSLATE)) {
		k->break_seen = false;
		return true;
	}
	if (*byte == 0xf0) {
		k->break_seen = true;
		return false;
	}
	*byte = ps2_set1(*byte) | (k->break_seen ? 0x80 : 0);
	k->break_seen = false;
	return true;
}

static void kbc_fire(void *ctx, vtime late)
{
	struct kbc *k = ctx;
	unsigned line = k->aux_turn ? KBC_AUX : KBC_KEYBOARD;
	const struct ps2_device *d;
	uint8_t byte;

	(void)late;
	if (!line_waits(k, line))
		line = !line;
	d = &k->to.line[line];
	if (!line_waits(k, line) || !d->take || !d->take(d->dev, &byte)) {
		k->ready[line] = false;
		arm(k);
		return;
	}
	k->aux_turn = line != KBC_AUX;
	if (line == KBC_AUX || translate(k, &byte))
		put(k, byte, line == KBC_AUX);
	else
		arm(k);
}

static void set_ready(void *ctx, unsigned line, bool level)
{
	struct kbc *k = ctx;

	k->ready[line] = level;
	arm(k);
}

static void send(struct kbc *k, enum kbc_line line, uint8_t byte)
{
	const struct ps2_device *d = &k->to.line[line];

	k->timed_out = !d->command;
	if (d->command)
		d->command(d->dev, byte);
	else
		put(k, 0xfe, line == KBC_AUX);	/* "FEh and the time-out bit" */
	arm(k);
}

static void pulse_reset(struct kbc *k)
{
	wire_set(&k->to.reset, true);
	wire_set(&k->to.reset, false);
}

static void write_output_port(struct kbc *k, uint8_t val)
{
	k->output_port = val;
	wire_set(&k->to.a20, val & OP_A20);
	if (!(val & OP_RESET))
		pulse_reset(k);
}

static void set_command_byte(struct kbc *k, uint8_t val)
{
	k->ram[0] = val;
	update_irqs(k);
	arm(k);
}

static void cmd_no_password(struct kbc *k) { reply(k, 0xf1); }
static void cmd_aux_off(struct kbc *k) { set_command_byte(k, k->ram[0] | CB_AUX_OFF); }
static void cmd_aux_on(struct kbc *k) { set_command_byte(k, k->ram[0] & ~CB_AUX_OFF); }
static void cmd_aux_test(struct kbc *k) { reply(k, k->to.line[KBC_AUX].command ? 0x00 : 0x02); }
static void cmd_keyboard_test(struct kbc *k) { reply(k, 0x00); }
static void cmd_keyboard_off(struct kbc *k) { set_command_byte(k, k->ram[0] | CB_KEYBOARD_OFF); }
static void cmd_keyboard_on(struct kbc *k) { set_command_byte(k, k->ram[0] & ~CB_KEYBOARD_OFF); }
static void cmd_a20_off(struct kbc *k) { write_output_port(k, k->output_port & ~OP_A20); }
static void cmd_a20_on(struct kbc *k) { write_output_port(k, k->output_port | OP_A20); }
static void cmd_test_inputs(struct kbc *k) { reply(k, line_on(k, KBC_KEYBOARD) ? 0x03 : 0x00); }

static void cmd_self_test(struct kbc *k)
{
	k->ram[0] |= CB_SYSTEM;
	reply(k, 0x55);
}

/* Bit 7 not locked, bit 6 colour, bit 5 no manufacturing jumper, bit 4 the
 * second 256 KiB of RAM are there.  */
static void cmd_input_port(struct kbc *k) { reply(k, 0xb0); }

static void cmd_read_output_port(struct kbc *k)
{
	uint8_t val = k->output_port & ~(OP_IRQ1 | OP_IRQ12);

	if (k->out_full)
		val |= k->out_aux ? OP_IRQ12 : OP_IRQ1;
	reply(k, val);
}

static void data_output_port(struct kbc *k, uint8_t val) { write_output_port(k, val); }
static void data_keyboard_echo(struct kbc *k, uint8_t val) { put(k, val, false); }
static void data_aux_echo(struct kbc *k, uint8_t val) { put(k, val, true); }
static void data_aux(struct kbc *k, uint8_t val) { send(k, KBC_AUX, val); }

/* What is written to port 64h.  A row with `data' takes a byte at port 60h
 * first.  Others than these, and those below, do nothing.  */
static const struct kbc_command {
	uint8_t code;
	const char *name;
	void (*now)(struct kbc *k);
	void (*data)(struct kbc *k, uint8_t val);
} kbc_command[] = {
	{ 0xa4, "test for password", cmd_no_password, NULL },
	{ 0xa7, "disable aux", cmd_aux_off, NULL },
	{ 0xa8, "enable aux", cmd_aux_on, NULL },
	{ 0xa9, "test aux line", cmd_aux_test, NULL },
	{ 0xaa, "self test", cmd_self_test, NULL },
	{ 0xab, "test keyboard line", cmd_keyboard_test, NULL },
	{ 0xad, "disable keyboard", cmd_keyboard_off, NULL },
	{ 0xae, "enable keyboard", cmd_keyboard_on, NULL },
	{ 0xc0, "read input port", cmd_input_port, NULL },
	{ 0xd0, "read output port", cmd_read_output_port, NULL },
	{ 0xd1, "write output port", NULL, data_output_port },
	{ 0xd2, "write keyboard output buffer", NULL, data_keyboard_echo },
	{ 0xd3, "write aux output buffer", NULL, data_aux_echo },
	{ 0xd4, "write to aux", NULL, data_aux },
	{ 0xdd, "A20 off", cmd_a20_off, NULL },
	{ 0xdf, "A20 on", cmd_a20_on, NULL },
	{ 0xe0, "read test inputs", cmd_test_inputs, NULL },
};

static const struct kbc_command *find_command(uint8_t code)
{
	for (size_t i = 0; i < sizeof kbc_command / sizeof *kbc_command; i++)
		if (kbc_command[i].code == code)
			return &kbc_command[i];
	return NULL;
}

static bool is_ram_write(uint8_t code)
{
	return (code & 0xe0) == 0x60;
}

static void write_command(struct kbc *k, uint8_t code)
{
	const struct kbc_command *c = find_command(code);

	k->waiting = 0;
	if ((code & 0xe0) == 0x20)
		reply(k, k->ram[code & 31]);
	else if (code >= 0xf0 && !(code & OP_RESET))
		pulse_reset(k);		/* F0-FF: a 0 pulses that bit low */
	else if (is_ram_write(code) || (c && c->data))
		k->waiting = code;
	else if (c)
		c->now(k);
}

static void write_data(struct kbc *k, uint8_t val)
{
	const struct kbc_command *c = find_command(k->waiting);
	uint8_t code = k->waiting;

	k->waiting = 0;
	if (code == 0x60) {
		set_command_byte(k, val);
	} else if (is_ram_write(code)) {
		k->ram[code & 31] = val;
	} else if (c && c->data) {
		c->data(k, val);
	} else {		/* "a write to the keyboard enables it" */
		k->ram[0] &= ~CB_KEYBOARD_OFF;
		send(k, KBC_KEYBOARD, val);
	}
}

static void kbc_write(void *dev, uint32_t port, uint32_t val, unsigned size)
{
	struct kbc *k = dev;

	(void)size;
	k->busy_until = k->sched->now + BUSY_TIME;
	k->wrote_command = port == PORT_COMMAND;
	if (k->wrote_command)
		write_command(k, val);
	else
		write_data(k, val);
}

static uint8_t read_data(struct kbc *k)
{
	uint8_t byte = k->out, next;

	if (!k->out_full)
		return byte;
	k->out_full = false;
	k->timed_out = false;
	update_irqs(k);
	if (ring_get(&k->reply, &next))
		put(k, next, false);
	arm(k);
	return byte;
}

static uint8_t read_status(const struct kbc *k)
{
	return ST_NOT_LOCKED |
		(k->out_full ? ST_OUT_FULL : 0) |
		(k->out_full && k->out_aux ? ST_AUX : 0) |
		(k->sched->now < k->busy_until ? ST_IN_FULL : 0) |
		(k->ram[0] & CB_SYSTEM ? ST_SYSTEM : 0) |
		(k->wrote_command ? ST_COMMAND : 0) |
		(k->timed_out ? ST_TIMEOUT : 0);
}

static uint32_t kbc_read(void *dev, uint32_t port, unsigned size)
{
	struct kbc *k = dev;

	(void)size;
	return port == PORT_COMMAND ? read_status(k) : read_data(k);
}

static vtime kbc_steady(void *dev, uint32_t port)
{
	const struct kbc *k = dev;

	if (port == PORT_COMMAND)
		return k->sched->now < k->busy_until ? k->busy_until : VTIME_NEVER;
	return k->out_full ? 0 : VTIME_NEVER;
}

static const struct bus_ops kbc_ports = {
	.name = "kbc", .read = kbc_read, .write = kbc_write, .narrow = true,
	.steady = kbc_steady,
};

struct wire kbc_ready(struct kbc *k, enum kbc_line line)
{
	return (struct wire){ set_ready, k, line };
}

void kbc_init(struct kbc *k, struct bus *bus, struct sched *sched,
	      const struct kbc_wiring *to)
{
	*k = (struct kbc){
		.sched = sched,
		.to = *to,
		.transfer = { .name = "kbc", .fire = kbc_fire, .ctx = k },
	};
	ring_init(&k->reply, k->reply_store, 1, sizeof k->reply_store);
	bus_map_ports(bus, PORT_DATA, 1, &kbc_ports, k);
	bus_map_ports(bus, PORT_COMMAND, 1, &kbc_ports, k);
	kbc_reset(k);
}

/* The chip wakes up with its lines off and interrupts disabled; the BIOS
 * writes the command byte.  A20 is as a BIOS leaves it: off.  */
void kbc_reset(struct kbc *k)
{
	for (unsigned i = 0; i < sizeof k->ram; i++)
		k->ram[i] = 0;
	k->ram[0] = CB_KEYBOARD_OFF | CB_AUX_OFF | CB_TRANSLATE;
	k->output_port = OP_QUIET | OP_RESET;
	k->waiting = k->out = 0;
	k->wrote_command = k->timed_out = k->break_seen = k->aux_turn = false;
	k->out_full = k->out_aux = false;
	k->busy_until = 0;
	ring_clear(&k->reply);
	wire_set(&k->to.a20, false);
	update_irqs(k);
	arm(k);
}

/* The lines, interrupt and A20, are remembered where they end.  */
void kbc_state(struct kbc *k, struct state *st)
{
	state_section(st, "kbc", 1);
	state_bytes(st, k->ram, sizeof k->ram);
	state_u8(st, &k->output_port);
	state_u8(st, &k->waiting);
	state_bool(st, &k->wrote_command);
	state_bool(st, &k->timed_out);
	state_bool(st, &k->break_seen);
	state_bool(st, &k->aux_turn);
	state_u64(st, &k->busy_until);
	state_u8(st, &k->out);
	state_bool(st, &k->out_full);
	state_bool(st, &k->out_aux);
	state_bool(st, &k->ready[KBC_KEYBOARD]);
	state_bool(st, &k->ready[KBC_AUX]);
	state_ring(st, &k->reply);
	event_state(k->sched, &k->transfer, st);
}
