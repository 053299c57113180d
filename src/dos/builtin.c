/* builtin.c - what the built-in drivers have in common, and those of which there is
 * little to say: NUL.
 *
 * Their routines are gates, so that a program that walks the device chain, or a
 * driver that calls the one it replaced, can call them.  */

#include "dos/builtin.h"

#include "dos/layout.h"
#include "dos/volume.h"

/* note[0], note[1]: the request; note[2]: bytes done.  */
struct far device_request(struct dos *dos)
{
	struct guest_frame *f = guest_frame(dos->guest);

	if (guest_step(dos->guest) == 0) {
		struct far at = guest_rfar(dos->guest, DRIVER_SEG, DRIVER_REQUEST);

		f->note[0] = at.seg;
		f->note[1] = at.off;
	}
	return (struct far){ f->note[1], f->note[0] };
}

enum svc device_finish(struct dos *dos, uint16_t status)
{
	struct far r = device_request(dos);

	dos_w16(dos, r.seg, r.off + REQ_STATUS, status | STATUS_DONE);
	guest_restore(dos->guest);
	return SVC_DONE;
}

static enum svc strategy(void *room, struct guest *g)
{
	struct dos *dos = room;

	guest_wfar(g, DRIVER_SEG, DRIVER_REQUEST,
		   (struct far){ cpu_get16(g->cpu, CPU_BX), g->cpu->seg[CPU_ES].sel });
	(void)dos;
	return SVC_DONE;
}

static uint8_t command(struct dos *dos)
{
	struct far r = device_request(dos);

	return dos_r8(dos, r.seg, r.off + REQ_COMMAND);
}

uint16_t driver_count(struct dos *dos)
{
	struct far r = device_request(dos);

	return dos_r16(dos, r.seg, r.off + REQ_COUNT);
}

struct far driver_at(struct dos *dos)
{
	struct far r = device_request(dos);
	struct far p = guest_rfar(dos->guest, r.seg, r.off + REQ_BUFFER);

	p.off += guest_frame(dos->guest)->note[2];
	return p;
}

enum svc driver_finish_count(struct dos *dos, uint16_t status)
{
	struct far r = device_request(dos);

	dos_w16(dos, r.seg, r.off + REQ_COUNT, guest_frame(dos->guest)->note[2]);
	return device_finish(dos, status);
}

static enum svc unknown_command(struct dos *dos)
{
	return device_finish(dos, STATUS_ERROR | (DOS_BAD_COMMAND - DOS_WRITE_PROTECTED));
}

enum svc driver_serve(struct dos *dos, driver_fn *const table[CMD_UNTIL_BUSY + 1])
{
	uint8_t step = guest_step(dos->guest);

	if (command(dos) > CMD_UNTIL_BUSY || !table[command(dos)])
		return unknown_command(dos);
	return table[command(dos)](dos, step);
}

enum svc driver_nothing(struct dos *dos, uint8_t step)
{
	(void)step;
	return device_finish(dos, 0);
}

enum svc driver_busy(struct dos *dos, uint8_t step)
{
	(void)step;
	return device_finish(dos, STATUS_BUSY);
}

/* NUL: nothing to read, everything is taken.  */

enum svc driver_no_data(struct dos *dos, uint8_t step)
{
	(void)step;
	return driver_finish_count(dos, 0);
}

static enum svc nul_write(struct dos *dos, uint8_t step)
{
	(void)step;
	guest_frame(dos->guest)->note[2] = driver_count(dos);
	return driver_finish_count(dos, 0);
}

static driver_fn *const nul_commands[CMD_UNTIL_BUSY + 1] = {
	[CMD_INIT] = driver_nothing, [CMD_READ] = driver_no_data, [CMD_PEEK] = driver_busy,
	[CMD_IN_STATUS] = driver_nothing, [CMD_IN_FLUSH] = driver_nothing,
	[CMD_WRITE] = nul_write, [CMD_WRITE_VERIFY] = nul_write,
	[CMD_OUT_STATUS] = driver_nothing, [CMD_OUT_FLUSH] = driver_nothing,
	[CMD_OPEN] = driver_nothing, [CMD_CLOSE] = driver_nothing,
};

static enum svc nul_serve(void *room, struct guest *g)
{
	(void)g;
	return driver_serve(room, nul_commands);
}

void device_offer(struct dos *dos)
{
	static const struct { uint8_t gate; svc_fn *serve; } drivers[] = {
		{ GATE_DEV_STRATEGY, strategy }, { GATE_DEV_CON, con_serve },
		{ GATE_DEV_NUL, nul_serve }, { GATE_DEV_AUX, aux_serve },
		{ GATE_DEV_COM2, aux_serve }, { GATE_DEV_COM3, aux_serve },
		{ GATE_DEV_COM4, aux_serve }, { GATE_DEV_PRN, prn_serve },
		{ GATE_DEV_LPT2, prn_serve }, { GATE_DEV_LPT3, prn_serve },
		{ GATE_DEV_DISK, disk_serve }, { GATE_DEV_CLOCK, clock_serve },
	};

	for (unsigned i = 0; i < sizeof drivers / sizeof drivers[0]; i++)
		guest_offer_far(dos->guest, drivers[i].gate, drivers[i].serve, dos);
	con_offer(dos);
}
