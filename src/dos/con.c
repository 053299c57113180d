/* con.c - CON: its driver, the short way past it, INT 29h, and Ctrl-Break.  */

#include "dos/builtin.h"

#include "dos/layout.h"

/* IBM BIOS data area: the keyboard ring.  */
enum { BDA = 0x40, BDA_HEAD = 0x1a, BDA_TAIL = 0x1c, BDA_START = 0x80, BDA_END = 0x82 };

#define CTRL_C	3

/* --- The short way ------------------------------------------------------ */

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

/* --- The driver --------------------------------------------------------- */

static enum svc con_read(struct dos *dos, uint8_t step)
{
	struct guest_frame *f = guest_frame(dos->guest);
	struct far to = driver_at(dos);
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
	if (f->note[2] == driver_count(dos))
		return driver_finish_count(dos, 0);
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
	struct far from = driver_at(dos);

	(void)step;
	if (f->note[2] == driver_count(dos))
		return driver_finish_count(dos, 0);
	f->note[2]++;
	cpu_set16(dos->guest->cpu, CPU_AX, dos_r8(dos, from.seg, from.off));
	return guest_int(dos->guest, 0x29, 1);
}

static driver_fn *const con_commands[CMD_UNTIL_BUSY + 1] = {
	[CMD_INIT] = driver_nothing, [CMD_READ] = con_read, [CMD_PEEK] = con_peek_command,
	[CMD_IN_STATUS] = con_peek_command, [CMD_IN_FLUSH] = con_flush,
	[CMD_WRITE] = con_write, [CMD_WRITE_VERIFY] = con_write,
	[CMD_OUT_STATUS] = driver_nothing, [CMD_OUT_FLUSH] = driver_nothing,
	[CMD_OPEN] = driver_nothing, [CMD_CLOSE] = driver_nothing,
};

enum svc con_serve(void *room, struct guest *g)
{
	(void)g;
	return driver_serve(room, con_commands);
}

/* INT 28h: the caller has nothing to do.  If that is all it says, again and again, it
 * is so.  */
static enum svc int28(void *room, struct guest *g)
{
	(void)room;
	return guest_poll(g, false) ? guest_again(g, 0, GUEST_WAIT_TIME) : SVC_DONE;
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

void con_offer(struct dos *dos)
{
	guest_offer(dos->guest, 0x28, int28, dos);
	guest_offer(dos->guest, 0x29, int29, dos);
	guest_offer(dos->guest, 0x1b, int1b, dos);
}
