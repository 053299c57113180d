/* fpu_port.c - what an AT's board has for the coprocessor: its error as an
 * interrupt request, and two ports (IBM AT Technical Reference,
 * "Coprocessor controls").
 *
 * F0h	write: the error has been seen; the request falls
 * F1h	write: reset the coprocessor (a 287 or 387; the 486's own does
 *	not listen)  */

#include "cpu/fpu_op.h"

enum { PORT_CLEAR = 0xf0, PORT_RESET = 0xf1 };

static void port_write(void *dev, uint32_t port, uint32_t val, unsigned size)
{
	struct cpu *cpu = dev;

	(void)val, (void)size;
	fpu_acknowledge(&cpu->fpu);
	if (port == PORT_RESET && cpu->model < CPU_80486)
		fpu_reset(cpu);
}

static const struct bus_ops ports = {
	.name = "coprocessor",
	.write = port_write,
	.narrow = true,
};

void fpu_attach(struct cpu *cpu, struct wire irq)
{
	cpu->fpu.ferr = irq;
	bus_map_ports(cpu->bus, PORT_CLEAR, 2, &ports, cpu);
}
