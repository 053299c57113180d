/* pic.c - the AT's pair of Intel 8259A interrupt controllers.
 *
 * Each chip is its three registers and a rule that finds the request to be
 * shown to the CPU (pending).  Whatever changes a register ends in
 * pic_update(), which carries the INT pins on: slave to master's input 2,
 * master to the CPU.  */

#include "dev/pic.h"

#include "state/state.h"

#define MASTER		0
#define SLAVE		1
#define CASCADE_IR	2
#define SPURIOUS_IR	7
#define NONE		8

#define ICW1_IC4	0x01
#define ICW1_SNGL	0x02
#define ICW1_LTIM	0x08
#define ICW1_MARK	0x10
#define ICW4_AEOI	0x02
#define ICW4_SFNM	0x10
#define OCW2_EOI	0x20
#define OCW2_SL		0x40
#define OCW2_R		0x80
#define OCW3_MARK	0x08
#define OCW3_RIS	0x01
#define OCW3_RR		0x02
#define OCW3_P		0x04
#define OCW3_SMM	0x20
#define OCW3_ESMM	0x40

static const uint16_t pic_port[2] = { 0x20, 0xa0 };

/* The input of highest priority in a register, or NONE.  */
static unsigned highest(const struct pic_chip *c, uint8_t bits)
{
	for (unsigned i = 1; i <= 8; i++)
		if (bits >> ((c->lowest + i) & 7) & 1)
			return (c->lowest + i) & 7;
	return NONE;
}

static unsigned rank(const struct pic_chip *c, unsigned ir)
{
	return ir == NONE ? 8 : (ir - c->lowest - 1) & 7;
}

static bool cascaded(const struct pic_chip *c)
{
	return !(c->icw1 & ICW1_SNGL);
}

/* The request that may interrupt now: unmasked, and above all levels in
 * service.  In special mask mode masked levels in service do not count;
 * in special fully nested mode those of a slave do not.  */
static unsigned pending(const struct pic *pic, unsigned n)
{
	const struct pic_chip *c = &pic->chip[n];
	uint8_t in_service = c->isr;
	unsigned ir = highest(c, c->irr & ~c->imr);

	if (c->expect != PIC_READY)
		return NONE;
	if (c->special_mask)
		in_service &= ~c->imr;
	if (c->icw4 & ICW4_SFNM && cascaded(c) && n == MASTER)
		in_service &= ~c->icw3;
	return rank(c, ir) < rank(c, highest(c, in_service)) ? ir : NONE;
}

/* In edge mode only a rise makes a request, and only as long as the line
 * stays up: "the IR inputs must remain high until after the falling edge of
 * the first INTA".  */
static void set_line(struct pic_chip *c, unsigned ir, bool level)
{
	uint8_t bit = 1 << ir;

	if (!level) {
		c->irr &= ~bit;
		c->lines &= ~bit;
	} else if (!(c->lines & bit)) {
		c->irr |= bit;
		c->lines |= bit;
	}
}

static void pic_update(struct pic *pic)
{
	struct pic_chip *master = &pic->chip[MASTER], *slave = &pic->chip[SLAVE];
	bool out;

	slave->out = pending(pic, SLAVE) != NONE;
	set_line(master, CASCADE_IR, slave->out);
	out = pending(pic, MASTER) != NONE;
	if (out == master->out)
		return;
	master->out = out;
	wire_set(&pic->intr, out);
}

static void end_of_interrupt(struct pic_chip *c, unsigned ir, bool rotate)
{
	if (ir == NONE)
		return;
	c->isr &= ~(1 << ir);
	if (rotate)
		c->lowest = ir;
}

/* First INTA: the request becomes an interrupt in service.  A request that
 * has gone away is answered as input 7, not in service.  */
static unsigned acknowledge(struct pic *pic, unsigned n)
{
	struct pic_chip *c = &pic->chip[n];
	unsigned ir = pending(pic, n);

	if (ir == NONE)
		return NONE;
	c->isr |= 1 << ir;
	if (!(c->icw1 & ICW1_LTIM))
		c->irr &= ~(1 << ir);
	if (c->icw4 & ICW4_AEOI)
		end_of_interrupt(c, ir, c->rotate_aeoi);
	return ir;
}

static int vector(const struct pic_chip *c, unsigned ir)
{
	return (c->icw2 & 0xf8) | (ir == NONE ? SPURIOUS_IR : ir);
}

int pic_intack(void *ctx)
{
	struct pic *pic = ctx;
	unsigned ir = acknowledge(pic, MASTER);
	int answer = vector(&pic->chip[MASTER], ir);

	if (ir != NONE && cascaded(&pic->chip[MASTER]) &&
	    pic->chip[MASTER].icw3 >> ir & 1) {
		/* Only the slave with that identity drives the bus.  */
		answer = 0xff;
		if ((pic->chip[SLAVE].icw3 & 7) == ir)
			answer = vector(&pic->chip[SLAVE], acknowledge(pic, SLAVE));
		/* INT drops during INTA, so what else waits makes an edge.  */
		set_line(&pic->chip[MASTER], CASCADE_IR, false);
	}
	pic_update(pic);
	return answer;
}

static void write_icw1(struct pic_chip *c, uint8_t val)
{
	*c = (struct pic_chip){
		.lines = c->lines,
		.out = c->out,
		.icw1 = val,
		.lowest = 7,
		.expect = PIC_ICW2,
	};
	if (val & ICW1_LTIM)
		c->irr = c->lines;
}

static void write_ocw2(struct pic_chip *c, uint8_t val)
{
	bool rotate = val & OCW2_R;

	switch (val & (OCW2_SL | OCW2_EOI)) {
	case 0:
		c->rotate_aeoi = rotate;
		break;
	case OCW2_EOI:		/* in special mask mode masked levels stay */
		end_of_interrupt(c, highest(c, c->special_mask ? c->isr & ~c->imr : c->isr),
				 rotate);
		break;
	case OCW2_SL | OCW2_EOI:
		end_of_interrupt(c, val & 7, rotate);
		break;
	case OCW2_SL:
		if (rotate)
			c->lowest = val & 7;
		break;
	}
}

static void write_ocw3(struct pic_chip *c, uint8_t val)
{
	if (val & OCW3_ESMM)
		c->special_mask = val & OCW3_SMM;
	c->poll = val & OCW3_P;
	if (!c->poll && val & OCW3_RR)
		c->read_isr = val & OCW3_RIS;
}

/* The words after ICW1, in their order; which come is said by ICW1.  */
static void write_odd(struct pic_chip *c, uint8_t val)
{
	switch (c->expect) {
	case PIC_ICW2:
		c->icw2 = val;
		c->expect = cascaded(c) ? PIC_ICW3 :
			c->icw1 & ICW1_IC4 ? PIC_ICW4 : PIC_READY;
		break;
	case PIC_ICW3:
		c->icw3 = val;
		c->expect = c->icw1 & ICW1_IC4 ? PIC_ICW4 : PIC_READY;
		break;
	case PIC_ICW4:
		c->icw4 = val;
		c->expect = PIC_READY;
		break;
	default:
		c->imr = val;
		break;
	}
}

static unsigned chip_of(uint32_t port)
{
	return port & 0x80 ? SLAVE : MASTER;
}

static void pic_write(void *dev, uint32_t port, uint32_t val, unsigned size)
{
	struct pic *pic = dev;
	struct pic_chip *c = &pic->chip[chip_of(port)];

	(void)size;
	if (port & 1)
		write_odd(c, val);
	else if (val & ICW1_MARK)
		write_icw1(c, val);
	else if (val & OCW3_MARK)
		write_ocw3(c, val);
	else
		write_ocw2(c, val);
	pic_update(pic);
}

/* "The 8259A treats the next RD pulse as an interrupt acknowledge."  */
static uint8_t read_poll(struct pic *pic, unsigned n)
{
	unsigned ir = acknowledge(pic, n);

	pic->chip[n].poll = false;
	if (n == SLAVE)
		set_line(&pic->chip[MASTER], CASCADE_IR, false);
	pic_update(pic);
	return ir == NONE ? SPURIOUS_IR : 0x80 | ir;
}

static uint32_t pic_read(void *dev, uint32_t port, unsigned size)
{
	struct pic *pic = dev;
	const struct pic_chip *c = &pic->chip[chip_of(port)];

	(void)size;
	if (c->poll)
		return read_poll(pic, chip_of(port));
	if (port & 1)
		return c->imr;
	return c->read_isr ? c->isr : c->irr;
}

static const struct bus_ops pic_ports = {
	.name = "pic", .read = pic_read, .write = pic_write, .narrow = true,
};

static void pic_set(void *ctx, unsigned irq, bool level)
{
	struct pic *pic = ctx;

	set_line(&pic->chip[irq >> 3], irq & 7, level);
	pic_update(pic);
}

struct wire pic_irq(struct pic *pic, unsigned irq)
{
	return (struct wire){ pic_set, pic, irq == CASCADE_IR ? 9 : irq & 15 };
}

void pic_init(struct pic *pic, struct bus *bus, struct wire intr)
{
	*pic = (struct pic){ .intr = intr };
	for (unsigned n = 0; n < 2; n++)
		bus_map_ports(bus, pic_port[n], 2, &pic_ports, pic);
	pic_reset(pic);
}

/* The chip has no reset pin and wakes up undefined; ours is quiet until
 * the BIOS has sent ICW1.  */
void pic_reset(struct pic *pic)
{
	for (unsigned n = 0; n < 2; n++)
		pic->chip[n] = (struct pic_chip){
			.lines = pic->chip[n].lines,
			.imr = 0xff,
			.lowest = 7,
			.expect = PIC_ICW1,
		};
	set_line(&pic->chip[MASTER], CASCADE_IR, false);
	wire_set(&pic->intr, false);
}

static void chip_state(struct pic_chip *c, struct state *st)
{
	state_u8(st, &c->lines);
	state_u8(st, &c->irr);
	state_u8(st, &c->isr);
	state_u8(st, &c->imr);
	state_u8(st, &c->icw1);
	state_u8(st, &c->icw2);
	state_u8(st, &c->icw3);
	state_u8(st, &c->icw4);
	state_u8(st, &c->expect);
	state_u8(st, &c->lowest);
	state_bool(st, &c->rotate_aeoi);
	state_bool(st, &c->special_mask);
	state_bool(st, &c->read_isr);
	state_bool(st, &c->poll);
	state_bool(st, &c->out);
	c->lowest &= 7;
}

/* The CPU saves its own INTR pin.  */
void pic_state(struct pic *pic, struct state *st)
{
	state_section(st, "pic", 1);
	chip_state(&pic->chip[MASTER], st);
	chip_state(&pic->chip[SLAVE], st);
}
