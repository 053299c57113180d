/* trace.c - what the machine tells of itself for --trace: interrupts,
 * instructions, accesses to ports.  (The kernel tells of itself.)  */

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>

#include "base/log.h"
#include "cpu/disasm.h"
#include "machine/pc.h"

#define LINE	512

static void say(struct machine *m, const char *channel, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

static void say(struct machine *m, const char *channel, const char *fmt, ...)
{
	char line[LINE];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(line, sizeof line, fmt, ap);
	va_end(ap);
	m->host.trace(m->host.ctx, channel, line);
}

static const char *service(const struct machine *m, uint8_t vector)
{
	const char *name = bios_service_name(vector, m->cpu.reg[CPU_AX]);

	return name ? name : "";
}

static void on_int(void *ctx, uint8_t vector)
{
	struct machine *m = ctx;
	const struct cpu *c = &m->cpu;

	say(m, "int", "%04X:%04X INT %02X AX=%04X BX=%04X CX=%04X DX=%04X DS=%04X ES=%04X %s",
	    c->seg[CPU_CS].sel, c->ip & 0xffff, vector, cpu_get16(c, CPU_AX), cpu_get16(c, CPU_BX),
	    cpu_get16(c, CPU_CX), cpu_get16(c, CPU_DX), c->seg[CPU_DS].sel, c->seg[CPU_ES].sel,
	    service(m, vector));
}

static void on_insn(void *ctx)
{
	struct machine *m = ctx;
	const struct cpu *c = &m->cpu;
	const char *format = cpu_code_big(c) ?
		"%04X:%08X %-32s EAX=%08X EBX=%08X ECX=%08X EDX=%08X ESI=%08X EDI=%08X EBP=%08X "
		"ESP=%08X DS=%04X ES=%04X SS=%04X FL=%08X" :
		"%04X:%04X %-32s AX=%04X BX=%04X CX=%04X DX=%04X SI=%04X DI=%04X BP=%04X "
		"SP=%04X DS=%04X ES=%04X SS=%04X FL=%04X";
	uint32_t mask = cpu_code_big(c) ? 0xffffffff : 0xffff;
	char text[80];

	cpu_disasm_next(c, text, sizeof text);
	say(m, "cpu", format, c->seg[CPU_CS].sel, c->ip & mask, text, c->reg[CPU_AX] & mask,
	    c->reg[CPU_BX] & mask, c->reg[CPU_CX] & mask, c->reg[CPU_DX] & mask,
	    c->reg[CPU_SI] & mask, c->reg[CPU_DI] & mask, c->reg[CPU_BP] & mask,
	    c->reg[CPU_SP] & mask, c->seg[CPU_DS].sel, c->seg[CPU_ES].sel, c->seg[CPU_SS].sel,
	    c->flags & mask);
}

static void on_port(void *ctx, const char *chip, uint16_t port, unsigned size, bool out,
		    uint32_t val)
{
	struct machine *m = ctx;
	vtime now = m->sched.now;

	say(m, "port", "%" PRIu64 ".%06u s: %s %04X %s %0*X, %s", now / VTIME_SECOND,
	    (unsigned)(now % VTIME_SECOND / 1000), out ? "out" : "in", port, out ? "<-" : "->",
	    (int)(2 * size), val, chip ? chip : "nobody is there");
}

void machine_trace(struct machine *m)
{
	unsigned channels = m->host.trace ? m->host.trace_channels : 0;

	m->cpu.trace_ctx = m->bus.port_ctx = m;
	m->cpu.on_int = channels & LOG_INT ? on_int : NULL;
	m->cpu.on_insn = channels & LOG_CPU ? on_insn : NULL;
	m->bus.on_port = channels & LOG_PORT ? on_port : NULL;
}
