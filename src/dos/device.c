/* device.c - requests to character device drivers, and the built-in ones.
 *
 * The built-in drivers' routines are gates, so that a program that walks the
 * device chain, or a driver that calls the one it replaced, can call them.  */

#include "dos/device.h"

#include "bus/bus.h"
#include "dos/layout.h"

/* IBM BIOS data area: the keyboard ring.  */
enum { BDA = 0x40, BDA_HEAD = 0x1a, BDA_TAIL = 0x1c, BDA_START = 0x80, BDA_END = 0x82 };

#define CTRL_C	3

/* --- Sending ----------------------------------------------------------- */

enum svc device_send(struct dos *dos, struct far device, uint16_t request, uint8_t next_step)
{
	struct guest *g = dos->guest;
	struct far strategy = { guest_r16(g, device.seg, device.off + DEV_STRATEGY), device.seg };
	struct far interrupt = { guest_r16(g, device.seg, device.off + DEV_INTERRUPT), device.seg };

	cpu_load_real(g->cpu, CPU_ES, DOS_SEG);
	cpu_load_real(g->cpu, CPU_DS, device.seg);
	cpu_set16(g->cpu, CPU_BX, request);
	return guest_call_two(g, strategy, interrupt, next_step);
}

enum svc device_tell(struct dos *dos, struct far device, uint8_t command, uint8_t next_step)
{
	sda_w8(dos, SDA_IO_REQUEST + REQ_LENGTH, 22);
	sda_w8(dos, SDA_IO_REQUEST + REQ_UNIT, 0);
	sda_w8(dos, SDA_IO_REQUEST + REQ_COMMAND, command);
	sda_w16(dos, SDA_IO_REQUEST + REQ_STATUS, 0);
	return device_send(dos, device, AT_SDA + SDA_IO_REQUEST, next_step);
}

static void answer_io(struct dos *dos, uint16_t moved)
{
	sda_w16(dos, SDA_IO_REQUEST + REQ_STATUS, STATUS_DONE);
	sda_w16(dos, SDA_IO_REQUEST + REQ_COUNT, moved);
}

/* Console input that must wait goes the long way, by the driver.  */
static bool direct_io(struct dos *dos, bool writing, uint16_t seg, uint16_t off, uint16_t n)
{
	uint8_t ch;

	if (!con_direct(dos))
		return false;
	if (!writing) {
		if (n != 1 || !con_get(dos, &ch))
			return false;
		dos_w8(dos, seg, off, ch);
		answer_io(dos, 1);
		return true;
	}
	for (uint16_t i = 0; i < n; i++)
		con_put(dos, dos_r8(dos, seg, off + i));
	answer_io(dos, n);
	return true;
}

enum svc dos_device_io(struct dos *dos, struct far device, bool writing,
		       uint16_t seg, uint16_t off, uint16_t n, uint8_t next_step)
{
	sda_w8(dos, SDA_IO_REQUEST + REQ_LENGTH, 22);
	sda_w8(dos, SDA_IO_REQUEST + REQ_UNIT, 0);
	sda_w8(dos, SDA_IO_REQUEST + REQ_COMMAND, writing ? CMD_WRITE : CMD_READ);
	sda_w16(dos, SDA_IO_REQUEST + REQ_STATUS, 0);
	sda_w8(dos, SDA_IO_REQUEST + REQ_MEDIA, 0);
	sda_wfar(dos, SDA_IO_REQUEST + REQ_BUFFER, (struct far){ off, seg });
	sda_w16(dos, SDA_IO_REQUEST + REQ_COUNT, n);
	sda_w16(dos, SDA_IO_REQUEST + REQ_SECTOR, 0);
	if (far_is(device, dev_builtin(DEV_CON)) && direct_io(dos, writing, seg, off, n))
		return guest_next(dos->guest, next_step);
	return device_send(dos, device, AT_SDA + SDA_IO_REQUEST, next_step);
}

enum dos_error device_result(const struct dos *dos, uint16_t *moved)
{
	uint16_t status = sda_r16(dos, SDA_IO_REQUEST + REQ_STATUS);

	*moved = sda_r16(dos, SDA_IO_REQUEST + REQ_COUNT);
	return status & STATUS_ERROR ? (status & STATUS_CODE) + DOS_WRITE_PROTECTED : DOS_OK;
}

/* --- The console, directly --------------------------------------------- */

bool con_direct(const struct dos *dos)
{
	return far_is(lol_rfar(dos, LOL_CON), dev_builtin(DEV_CON)) &&
	       guest_unhooked(dos->guest, 0x29) && guest_unhooked(dos->guest, 0x16) &&
	       guest_unhooked(dos->guest, 0x10);
}

void con_put(struct dos *dos, uint8_t ch)
{
	dos->teletype(dos->ctx, ch);
}

static bool pending(const struct dos *dos, uint8_t *ch)
{
	*ch = dos_r8(dos, DRIVER_SEG, CON_PENDING);
	return dos_r8(dos, DRIVER_SEG, CON_IS_PENDING);
}

static void set_pending(struct dos *dos, bool is, uint8_t ch)
{
	dos_w8(dos, DRIVER_SEG, CON_PENDING, ch);
	dos_w8(dos, DRIVER_SEG, CON_IS_PENDING, is);
}

/* What INT 16h/00h would answer: the grey keys' E0h is not for DOS.  */
static uint16_t plain_key(uint16_t key)
{
	return (key & 0xff) == 0xe0 && key >> 8 ? key & 0xff00 : key;
}

static void ring_drop(struct dos *dos)
{
	uint16_t head = dos_r16(dos, BDA, BDA_HEAD) + 2;

	if (head >= dos_r16(dos, BDA, BDA_END))
		head = dos_r16(dos, BDA, BDA_START);
	dos_w16(dos, BDA, BDA_HEAD, head);
}

/* The 0000h that Ctrl-Break leaves in the ring is no key and is dropped:
 * what it means has been said by INT 1Bh (MS-DOS 4.0, MSCON.ASM, chr_read).
 * A spoilt ring has an end, too.  */
static bool ring_key(struct dos *dos, uint16_t *key)
{
	for (unsigned n = 0; n < 0x8000; n++) {
		uint16_t head = dos_r16(dos, BDA, BDA_HEAD);

		if (head == dos_r16(dos, BDA, BDA_TAIL))
			return false;
		*key = plain_key(dos_r16(dos, BDA, head));
		if (*key)
			return true;
		ring_drop(dos);
	}
	return false;
}

bool con_peek(struct dos *dos, uint8_t *ch)
{
	uint16_t key;

	if (pending(dos, ch))
		return true;
	if (!ring_key(dos, &key))
		return false;
	*ch = key;
	return true;
}

bool con_get(struct dos *dos, uint8_t *ch)
{
	uint16_t key;

	if (pending(dos, ch)) {
		set_pending(dos, false, 0);
		return true;
	}
	if (!ring_key(dos, &key))
		return false;
	ring_drop(dos);
	*ch = key;
	if (!*ch)
		set_pending(dos, true, key >> 8);
	return true;
}

/* --- The built-in drivers ------------------------------------------------ */

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

static uint16_t count(struct dos *dos)
{
	struct far r = device_request(dos);

	return dos_r16(dos, r.seg, r.off + REQ_COUNT);
}

/* The address of the next byte to move.  */
static struct far at_byte(struct dos *dos)
{
	struct far r = device_request(dos);
	struct far p = guest_rfar(dos->guest, r.seg, r.off + REQ_BUFFER);

	p.off += guest_frame(dos->guest)->note[2];
	return p;
}

static enum svc finish_count(struct dos *dos, uint16_t status)
{
	struct far r = device_request(dos);

	dos_w16(dos, r.seg, r.off + REQ_COUNT, guest_frame(dos->guest)->note[2]);
	return device_finish(dos, status);
}

static enum svc unknown_command(struct dos *dos)
{
	return device_finish(dos, STATUS_ERROR | (DOS_BAD_COMMAND - DOS_WRITE_PROTECTED));
}

/* A table of what a driver does with each command; each entry is called
 * with step 0 first, and with the steps it asked for.  */
typedef enum svc driver_fn(struct dos *dos, uint8_t step);

static enum svc serve_driver(struct dos *dos, driver_fn *const table[CMD_UNTIL_BUSY + 1])
{
	uint8_t step = guest_step(dos->guest);

	if (command(dos) > CMD_UNTIL_BUSY || !table[command(dos)])
		return unknown_command(dos);
	return table[command(dos)](dos, step);
}

static enum svc nothing_to_do(struct dos *dos, uint8_t step)
{
	(void)step;
	return device_finish(dos, 0);
}

static enum svc busy(struct dos *dos, uint8_t step)
{
	(void)step;
	return device_finish(dos, STATUS_BUSY);
}

/* CON */

static enum svc con_read(struct dos *dos, uint8_t step)
{
	struct guest_frame *f = guest_frame(dos->guest);
	struct far to = at_byte(dos);
	uint16_t key;
	uint8_t ch;

	if (step == 1) {
		key = plain_key(cpu_get16(dos->guest->cpu, CPU_AX));
		if (!key)	/* Ctrl-Break's mark */
			return guest_next(dos->guest, 2);
		ch = key;
		dos_w8(dos, to.seg, to.off, ch);
		if (!ch)
			set_pending(dos, true, key >> 8);
		f->note[2]++;
		return guest_next(dos->guest, 2);
	}
	if (f->note[2] == count(dos))
		return finish_count(dos, 0);
	if (pending(dos, &ch)) {
		set_pending(dos, false, 0);
		dos_w8(dos, to.seg, to.off, ch);
		f->note[2]++;
		return guest_next(dos->guest, 2);
	}
	cpu_set16(dos->guest->cpu, CPU_AX, 0);
	return guest_int(dos->guest, 0x16, 1);
}

/* Answers the character in REQ_CHAR, or busy if there is none.  */
static enum svc con_peek_command(struct dos *dos, uint8_t step)
{
	struct far r = device_request(dos);
	uint16_t key;
	uint8_t ch = 0;

	if (step != 1 && !pending(dos, &ch)) {
		cpu_set16(dos->guest->cpu, CPU_AX, 0x0100);
		return guest_int(dos->guest, 0x16, 1);
	}
	if (step == 1) {
		if (dos->guest->cpu->flags & CPU_ZF)
			return device_finish(dos, STATUS_BUSY);
		key = plain_key(cpu_get16(dos->guest->cpu, CPU_AX));
		if (!key) {	/* Ctrl-Break's mark: fetch it, look again */
			cpu_set16(dos->guest->cpu, CPU_AX, 0);
			return guest_int(dos->guest, 0x16, 2);
		}
		ch = key;
	}
	dos_w8(dos, r.seg, r.off + REQ_CHAR, ch);
	return device_finish(dos, 0);
}

static enum svc con_flush(struct dos *dos, uint8_t step)
{
	if (step == 1 && !(dos->guest->cpu->flags & CPU_ZF)) {
		cpu_set16(dos->guest->cpu, CPU_AX, 0);
		return guest_int(dos->guest, 0x16, 2);
	}
	if (step == 1)
		return device_finish(dos, 0);
	set_pending(dos, false, 0);
	cpu_set16(dos->guest->cpu, CPU_AX, 0x0100);
	return guest_int(dos->guest, 0x16, 1);
}

static enum svc con_write(struct dos *dos, uint8_t step)
{
	struct guest_frame *f = guest_frame(dos->guest);
	struct far from = at_byte(dos);

	(void)step;
	if (f->note[2] == count(dos))
		return finish_count(dos, 0);
	f->note[2]++;
	cpu_set16(dos->guest->cpu, CPU_AX, dos_r8(dos, from.seg, from.off));
	return guest_int(dos->guest, 0x29, 1);
}

static driver_fn *const con_commands[CMD_UNTIL_BUSY + 1] = {
	[CMD_INIT] = nothing_to_do, [CMD_READ] = con_read, [CMD_PEEK] = con_peek_command,
	[CMD_IN_STATUS] = con_peek_command, [CMD_IN_FLUSH] = con_flush,
	[CMD_WRITE] = con_write, [CMD_WRITE_VERIFY] = con_write,
	[CMD_OUT_STATUS] = nothing_to_do, [CMD_OUT_FLUSH] = nothing_to_do,
	[CMD_OPEN] = nothing_to_do, [CMD_CLOSE] = nothing_to_do,
};

static enum svc con_serve(void *room, struct guest *g)
{
	(void)g;
	return serve_driver(room, con_commands);
}

/* NUL: nothing to read, everything is taken.  */

static enum svc nul_read(struct dos *dos, uint8_t step)
{
	(void)step;
	return finish_count(dos, 0);
}

static enum svc nul_write(struct dos *dos, uint8_t step)
{
	(void)step;
	guest_frame(dos->guest)->note[2] = count(dos);
	return finish_count(dos, 0);
}

static driver_fn *const nul_commands[CMD_UNTIL_BUSY + 1] = {
	[CMD_INIT] = nothing_to_do, [CMD_READ] = nul_read, [CMD_PEEK] = busy,
	[CMD_IN_STATUS] = nothing_to_do, [CMD_IN_FLUSH] = nothing_to_do,
	[CMD_WRITE] = nul_write, [CMD_WRITE_VERIFY] = nul_write,
	[CMD_OUT_STATUS] = nothing_to_do, [CMD_OUT_FLUSH] = nothing_to_do,
	[CMD_OPEN] = nothing_to_do, [CMD_CLOSE] = nothing_to_do,
};

static enum svc nul_serve(void *room, struct guest *g)
{
	(void)g;
	return serve_driver(room, nul_commands);
}

/* AUX and COMn by INT 14h, PRN and LPTn by INT 17h.  The gate says which.  */

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
	return finish_count(dos, STATUS_ERROR | (error - DOS_WRITE_PROTECTED));
}

static uint8_t answer_high(struct dos *dos)
{
	return cpu_get16(dos->guest->cpu, CPU_AX) >> 8;
}

/* INT 14h/02h and 01h answer bit 7 of AH set when the line gives up.  */
static enum svc aux_read(struct dos *dos, uint8_t step)
{
	struct guest_frame *f = guest_frame(dos->guest);
	struct far to = at_byte(dos);

	if (step) {
		if (answer_high(dos) & 0x80)
			return fault(dos, DOS_READ_FAULT);
		dos_w8(dos, to.seg, to.off, cpu_get16(dos->guest->cpu, CPU_AX));
		f->note[2]++;
	}
	if (f->note[2] == count(dos))
		return finish_count(dos, 0);
	return call_port(dos, 0x14, 0x0200, 1);
}

static enum svc aux_write(struct dos *dos, uint8_t step)
{
	struct guest_frame *f = guest_frame(dos->guest);
	struct far from;

	if (step) {
		if (answer_high(dos) & 0x80)
			return fault(dos, DOS_WRITE_FAULT);
		f->note[2]++;
	}
	if (f->note[2] == count(dos))
		return finish_count(dos, 0);
	from = at_byte(dos);
	return call_port(dos, 0x14, 0x0100 | dos_r8(dos, from.seg, from.off), 1);
}

/* Line status: bit 0 of AH, data ready.  What it is cannot be looked at.  */
static enum svc aux_status(struct dos *dos, uint8_t step)
{
	if (!step)
		return call_port(dos, 0x14, 0x0300, 1);
	return device_finish(dos, answer_high(dos) & 0x01 ? 0 : STATUS_BUSY);
}

static driver_fn *const aux_commands[CMD_UNTIL_BUSY + 1] = {
	[CMD_INIT] = nothing_to_do, [CMD_READ] = aux_read, [CMD_PEEK] = aux_status,
	[CMD_IN_STATUS] = aux_status, [CMD_IN_FLUSH] = nothing_to_do,
	[CMD_WRITE] = aux_write, [CMD_WRITE_VERIFY] = aux_write,
	[CMD_OUT_STATUS] = nothing_to_do, [CMD_OUT_FLUSH] = nothing_to_do,
	[CMD_OPEN] = nothing_to_do, [CMD_CLOSE] = nothing_to_do,
};

static enum svc aux_serve(void *room, struct guest *g)
{
	(void)g;
	return serve_driver(room, aux_commands);
}

/* INT 17h's AH: bit 5 out of paper, 3 I/O error, 0 timed out.  */
static enum svc prn_write(struct dos *dos, uint8_t step)
{
	struct guest_frame *f = guest_frame(dos->guest);
	struct far from;

	if (step) {
		if (answer_high(dos) & 0x20)
			return fault(dos, DOS_PAPER_OUT);
		if (answer_high(dos) & 0x09)
			return fault(dos, DOS_NOT_READY);
		f->note[2]++;
	}
	if (f->note[2] == count(dos))
		return finish_count(dos, 0);
	from = at_byte(dos);
	return call_port(dos, 0x17, dos_r8(dos, from.seg, from.off), 1);
}

static enum svc prn_status(struct dos *dos, uint8_t step)
{
	if (!step)
		return call_port(dos, 0x17, 0x0200, 1);
	return device_finish(dos, answer_high(dos) & 0x80 ? 0 : STATUS_BUSY);
}

static driver_fn *const prn_commands[CMD_UNTIL_BUSY + 1] = {
	[CMD_INIT] = nothing_to_do, [CMD_READ] = nul_read, [CMD_PEEK] = busy,
	[CMD_WRITE] = prn_write, [CMD_WRITE_VERIFY] = prn_write,
	[CMD_OUT_STATUS] = prn_status, [CMD_OUT_FLUSH] = nothing_to_do,
	[CMD_OPEN] = nothing_to_do, [CMD_CLOSE] = nothing_to_do,
};

static enum svc prn_serve(void *room, struct guest *g)
{
	(void)g;
	return serve_driver(room, prn_commands);
}

/* Drives are served by the kernel itself; there are no sectors behind
 * them, and nobody but a disk tool asks.  */
static driver_fn *const disk_commands[CMD_UNTIL_BUSY + 1] = {
	[CMD_INIT] = nothing_to_do, [CMD_OPEN] = nothing_to_do, [CMD_CLOSE] = nothing_to_do,
};

static enum svc disk_serve(void *room, struct guest *g)
{
	(void)g;
	return serve_driver(room, disk_commands);
}

/* INT 29h: a character to the screen.  */
static enum svc int29(void *room, struct guest *g)
{
	struct dos *dos = room;

	if (guest_step(g)) {
		guest_restore(g);
		return SVC_DONE;
	}
	if (guest_unhooked(g, 0x10)) {
		con_put(dos, cpu_get16(g->cpu, CPU_AX));
		return SVC_DONE;
	}
	cpu_set16(g->cpu, CPU_AX, 0x0e00 | (cpu_get16(g->cpu, CPU_AX) & 0xff));
	cpu_set16(g->cpu, CPU_BX, 0x0007);
	return guest_int(g, 0x10, 1);
}

/* INT 1Bh, Ctrl-Break: CON's next character is Ctrl-C (IO.SYS does so).  */
static enum svc int1b(void *room, struct guest *g)
{
	(void)g;
	set_pending(room, true, CTRL_C);
	return SVC_DONE;
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
	guest_offer(dos->guest, 0x29, int29, dos);
	guest_offer(dos->guest, 0x1b, int1b, dos);
}
