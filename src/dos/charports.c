/* charports.c - AUX and COMn by INT 14h, PRN and LPTn by INT 17h.  The gate says
 * which.  */

#include "dos/builtin.h"

#include "dos/layout.h"

static uint16_t unit(struct dos *dos)
{
	switch (guest_frame(dos->guest)->gate) {
	case GATE_DEV_COM2: case GATE_DEV_LPT2: return 1;
	case GATE_DEV_COM3: case GATE_DEV_LPT3: return 2;
	case GATE_DEV_COM4: return 3;
	default: return 0;
	}
}

static enum svc call_port(struct dos *dos, uint8_t vector, uint16_t ax, uint8_t next_step)
{
	cpu_set16(dos->guest->cpu, CPU_AX, ax);
	cpu_set16(dos->guest->cpu, CPU_DX, unit(dos));
	return guest_int(dos->guest, vector, next_step);
}

static enum svc fault(struct dos *dos, enum dos_error error)
{
	return driver_finish_count(dos, STATUS_ERROR | (error - DOS_WRITE_PROTECTED));
}

static uint8_t answer_high(struct dos *dos)
{
	return cpu_get16(dos->guest->cpu, CPU_AX) >> 8;
}

/* INT 14h/02h and 01h answer bit 7 of AH set when the line gives up.  */
static enum svc aux_read(struct dos *dos, uint8_t step)
{
	struct guest_frame *f = guest_frame(dos->guest);
	struct far to = driver_at(dos);

	if (step) {
		if (answer_high(dos) & 0x80)
			return fault(dos, DOS_READ_FAULT);
		dos_w8(dos, to.seg, to.off, cpu_get16(dos->guest->cpu, CPU_AX));
		f->note[2]++;
	}
	if (f->note[2] == driver_count(dos))
		return driver_finish_count(dos, 0);
	return call_port(dos, 0x14, 0x0200, 1);
}

/* The last byte, if there was one, has gone; now the next one.  */
static enum svc write_next(struct dos *dos, uint8_t step, uint8_t vector, uint16_t function)
{
	struct guest_frame *f = guest_frame(dos->guest);
	struct far from;

	f->note[2] += step != 0;
	if (f->note[2] == driver_count(dos))
		return driver_finish_count(dos, 0);
	from = driver_at(dos);
	return call_port(dos, vector, function | dos_r8(dos, from.seg, from.off), 1);
}

static enum svc aux_write(struct dos *dos, uint8_t step)
{
	if (step && answer_high(dos) & 0x80)
		return fault(dos, DOS_WRITE_FAULT);
	return write_next(dos, step, 0x14, 0x0100);
}

/* Line status: bit 0 of AH, data ready.  What it is cannot be looked at.  */
static enum svc aux_status(struct dos *dos, uint8_t step)
{
	if (!step)
		return call_port(dos, 0x14, 0x0300, 1);
	return device_finish(dos, answer_high(dos) & 0x01 ? 0 : STATUS_BUSY);
}

static driver_fn *const aux_commands[CMD_UNTIL_BUSY + 1] = {
	[CMD_INIT] = driver_nothing, [CMD_READ] = aux_read, [CMD_PEEK] = aux_status,
	[CMD_IN_STATUS] = aux_status, [CMD_IN_FLUSH] = driver_nothing,
	[CMD_WRITE] = aux_write, [CMD_WRITE_VERIFY] = aux_write,
	[CMD_OUT_STATUS] = driver_nothing, [CMD_OUT_FLUSH] = driver_nothing,
	[CMD_OPEN] = driver_nothing, [CMD_CLOSE] = driver_nothing,
};

enum svc aux_serve(void *room, struct guest *g)
{
	(void)g;
	return driver_serve(room, aux_commands);
}

/* INT 17h's AH: bit 5 out of paper, 3 I/O error, 0 timed out.  */
static enum svc prn_write(struct dos *dos, uint8_t step)
{
	if (step && answer_high(dos) & 0x20)
		return fault(dos, DOS_PAPER_OUT);
	if (step && answer_high(dos) & 0x09)
		return fault(dos, DOS_NOT_READY);
	return write_next(dos, step, 0x17, 0x0000);
}

static enum svc prn_status(struct dos *dos, uint8_t step)
{
	if (!step)
		return call_port(dos, 0x17, 0x0200, 1);
	return device_finish(dos, answer_high(dos) & 0x80 ? 0 : STATUS_BUSY);
}

static driver_fn *const prn_commands[CMD_UNTIL_BUSY + 1] = {
	[CMD_INIT] = driver_nothing, [CMD_READ] = driver_no_data, [CMD_PEEK] = driver_busy,
	[CMD_WRITE] = prn_write, [CMD_WRITE_VERIFY] = prn_write,
	[CMD_OUT_STATUS] = prn_status, [CMD_OUT_FLUSH] = driver_nothing,
	[CMD_OPEN] = driver_nothing, [CMD_CLOSE] = driver_nothing,
};

enum svc prn_serve(void *room, struct guest *g)
{
	(void)g;
	return driver_serve(room, prn_commands);
}
