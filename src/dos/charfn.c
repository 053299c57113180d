/* charfn.c - INT 21h/01h-0Ch, and 3Fh and 40h on character devices.  */

#include "dos/console.h"
#include "dos/device.h"
#include "dos/int21.h"
#include "dos/layout.h"
#include "dos/services.h"

static enum svc answer_al(struct dos *dos, uint8_t al)
{
	guest_restore(dos->guest);
	cpu_set8(dos->guest->cpu, 0, al);
	return SVC_DONE;
}

static uint8_t caller_dl(struct dos *dos)
{
	return caller16(dos, CPU_DX);
}

static struct far caller_ds_dx(struct dos *dos)
{
	return (struct far){ caller16(dos, CPU_DX), guest_caller(dos->guest)->ds };
}

/* --- Single characters ------------------------------------------------------- */

static enum svc read_echo(struct dos *dos, uint8_t step)
{
	switch (step) {
	case 1:
		return console_get(dos, true, 2);
	case 2:
		return console_put(dos, console_char(dos), 3);
	default:
		return answer_al(dos, console_char(dos));
	}
}

static enum svc putchar_(struct dos *dos, uint8_t step)
{
	switch (step) {
	case 1:
		return console_check_break(dos, 2);
	case 2:
		return console_put(dos, caller_dl(dos), 3);
	default:
		return answer_al(dos, caller_dl(dos) == '\t' ? ' ' : caller_dl(dos));
	}
}

/* Handles 3 and 4: AUX and PRN, or what they have been redirected to.  */
static enum svc put_handle(struct dos *dos, uint16_t handle, uint8_t next_step)
{
	struct far sft = dos_handle_sft(dos, handle);
	uint16_t n = 1;

	if (far_null(sft))
		return guest_next(dos->guest, next_step);
	if (dos_r16(dos, sft.seg, sft.off + SFT_INFO) & INFO_DEVICE)
		return console_put_device(dos, guest_rfar(dos->guest, sft.seg, sft.off + SFT_DEVICE),
					  caller_dl(dos), next_step);
	dos_w8(dos, DOS_SEG, SHARED_BYTES, caller_dl(dos));
	dos_sft_write(dos, sft, DOS_SEG, SHARED_BYTES, &n);
	return guest_next(dos->guest, next_step);
}

static enum svc aux_write(struct dos *dos, uint8_t step)
{
	return step == 1 ? put_handle(dos, 3, 2) : answer_al(dos, caller16(dos, CPU_AX));
}

static enum svc print(struct dos *dos, uint8_t step)
{
	return step == 1 ? put_handle(dos, 4, 2) : answer_al(dos, caller16(dos, CPU_AX));
}

static enum svc aux_read(struct dos *dos, uint8_t step)
{
	struct far sft = dos_handle_sft(dos, 3);
	uint16_t n = 1;

	if (far_null(sft))
		return answer_al(dos, 0x1a);
	if (step > 1 || !(dos_r16(dos, sft.seg, sft.off + SFT_INFO) & INFO_DEVICE)) {
		if (step == 1 && dos_sft_read(dos, sft, DOS_SEG, SHARED_BYTES, &n) == DRIVE_WAIT)
			return guest_again(dos->guest, 1, GUEST_WAIT_STREAM);
		return answer_al(dos, n ? dos_r8(dos, DOS_SEG, SHARED_BYTES) : 0x1a);
	}
	return dos_device_io(dos, guest_rfar(dos->guest, sft.seg, sft.off + SFT_DEVICE), false,
			     DOS_SEG, SHARED_BYTES, 1, 2);
}

/* A character from handle 0 if there is one; for 06h and 0Bh.  */
enum ready { READY_NO, READY_YES, READY_ASK };

static enum ready ready_now(struct dos *dos, bool take, uint8_t *ch)
{
	struct far sft = dos_handle_sft(dos, 0);
	uint16_t n = 1;

	if (far_null(sft))
		return READY_NO;
	if (!(dos_r16(dos, sft.seg, sft.off + SFT_INFO) & INFO_DEVICE)) {
		if (!take)
			return dos_sft_ready(dos, sft) == DOS_OK ? READY_YES : READY_NO;
		if (dos_sft_read(dos, sft, DOS_SEG, SHARED_BYTES, &n) != DOS_OK || !n)
			return READY_NO;
		*ch = dos_r8(dos, DOS_SEG, SHARED_BYTES);
		return READY_YES;
	}
	if (!far_is(guest_rfar(dos->guest, sft.seg, sft.off + SFT_DEVICE), dev_builtin(DEV_CON)) ||
	    !con_direct(dos))
		return READY_ASK;
	return (take ? con_get(dos, ch) : con_peek(dos, ch)) ? READY_YES : READY_NO;
}

static enum svc peek_input(struct dos *dos, uint8_t next_step)
{
	struct far sft = dos_handle_sft(dos, 0);

	sda_w8(dos, SDA_STATUS_REQUEST + REQ_LENGTH, 14);
	sda_w8(dos, SDA_STATUS_REQUEST + REQ_COMMAND, CMD_PEEK);
	sda_w16(dos, SDA_STATUS_REQUEST + REQ_STATUS, 0);
	return device_send(dos, guest_rfar(dos->guest, sft.seg, sft.off + SFT_DEVICE),
			   AT_SDA + SDA_STATUS_REQUEST, next_step);
}

static bool input_ready(struct dos *dos)
{
	return !(sda_r16(dos, SDA_STATUS_REQUEST + REQ_STATUS) & (STATUS_BUSY | STATUS_ERROR));
}

/* 06h, DL = FFh: the zero flag says that there was none.  */
static enum svc direct_answer(struct dos *dos, bool is, uint8_t ch)
{
	guest_set_flag(dos->guest, CPU_ZF, !is);
	return answer_al(dos, is ? ch : 0);
}

static enum svc direct(struct dos *dos, uint8_t step)
{
	uint8_t ch = 0;
	enum ready ready;

	if (caller_dl(dos) != 0xff)
		return step == 1 ? console_put(dos, caller_dl(dos), 2) :
				   answer_al(dos, caller_dl(dos));
	switch (step) {
	case 1:
		ready = ready_now(dos, true, &ch);
		if (ready == READY_ASK)
			return peek_input(dos, 2);
		return direct_answer(dos, ready == READY_YES, ch);
	case 2:
		return input_ready(dos) ? console_get(dos, false, 3) : direct_answer(dos, false, 0);
	default:
		return direct_answer(dos, true, console_char(dos));
	}
}

static enum svc read_direct(struct dos *dos, uint8_t step)
{
	return step == 1 ? console_get(dos, false, 2) : answer_al(dos, console_char(dos));
}

static enum svc read_quiet(struct dos *dos, uint8_t step)
{
	return step == 1 ? console_get(dos, true, 2) : answer_al(dos, console_char(dos));
}

static enum svc key_waiting(struct dos *dos, uint8_t step)
{
	uint8_t ch;
	enum ready ready;

	switch (step) {
	case 1:
		return console_check_break(dos, 2);
	case 2:
		ready = ready_now(dos, false, &ch);
		if (ready == READY_ASK)
			return peek_input(dos, 3);
		return answer_al(dos, ready == READY_YES ? 0xff : 0);
	default:
		return answer_al(dos, input_ready(dos) ? 0xff : 0);
	}
}

/* --- Strings and lines ----------------------------------------------------------- */

/* note[0]: how far.  */
static enum svc puts_(struct dos *dos, uint8_t step)
{
	struct far s = caller_ds_dx(dos);
	uint32_t *at = &guest_frame(dos->guest)->note[0];

	if (step == 1)
		return console_check_break(dos, 2);
	for (; *at <= 0xffff; ++*at) {
		uint8_t ch = dos_r8(dos, s.seg, s.off + *at);

		if (ch == '$')
			break;
		if (!console_put_now(dos, ch)) {
			++*at;
			return console_put(dos, ch, 2);
		}
	}
	return answer_al(dos, '$');
}

static enum svc read_line(struct dos *dos, uint8_t step)
{
	struct far b = caller_ds_dx(dos);

	if (step == 1) {
		if (dos_r8(dos, b.seg, b.off) == 0)
			return answer_al(dos, caller16(dos, CPU_AX));
		return line_begin(dos, b, false);
	}
	if (step >= LINE_FIRST && step <= LINE_LAST)
		return line_step(dos, step, 2);
	return answer_al(dos, caller16(dos, CPU_AX));
}

enum svc int21_read_echo(void *room, struct guest *g) { (void)g; return console_run(room, read_echo); }
enum svc int21_putchar(void *room, struct guest *g) { (void)g; return console_run(room, putchar_); }
enum svc int21_aux_read(void *room, struct guest *g) { (void)g; return console_run(room, aux_read); }
enum svc int21_aux_write(void *room, struct guest *g) { (void)g; return console_run(room, aux_write); }
enum svc int21_print(void *room, struct guest *g) { (void)g; return console_run(room, print); }
enum svc int21_direct(void *room, struct guest *g) { (void)g; return console_run(room, direct); }
enum svc int21_read_direct(void *room, struct guest *g) { (void)g; return console_run(room, read_direct); }
enum svc int21_read_quiet(void *room, struct guest *g) { (void)g; return console_run(room, read_quiet); }
enum svc int21_puts(void *room, struct guest *g) { (void)g; return console_run(room, puts_); }
enum svc int21_read_line(void *room, struct guest *g) { (void)g; return console_run(room, read_line); }
enum svc int21_key_waiting(void *room, struct guest *g) { (void)g; return console_run(room, key_waiting); }

/* 0Ch: throw away what has been typed, then the input function in AL; any
 * other number just answers.  */
static enum svc flush_request(struct dos *dos)
{
	struct far sft = dos_handle_sft(dos, 0);
	uint8_t ch;

	if (far_null(sft) || !(dos_r16(dos, sft.seg, sft.off + SFT_INFO) & INFO_DEVICE))
		return guest_next(dos->guest, 1);
	if (far_is(guest_rfar(dos->guest, sft.seg, sft.off + SFT_DEVICE), dev_builtin(DEV_CON)) &&
	    con_direct(dos)) {
		while (con_get(dos, &ch))
			;
		return guest_next(dos->guest, 1);
	}
	sda_w8(dos, SDA_STATUS_REQUEST + REQ_LENGTH, 13);
	sda_w8(dos, SDA_STATUS_REQUEST + REQ_COMMAND, CMD_IN_FLUSH);
	sda_w16(dos, SDA_STATUS_REQUEST + REQ_STATUS, 0);
	return device_send(dos, guest_rfar(dos->guest, sft.seg, sft.off + SFT_DEVICE),
			   AT_SDA + SDA_STATUS_REQUEST, 1);
}

static enum svc nothing(struct dos *dos, uint8_t step)
{
	(void)step;
	return answer_al(dos, 0);
}

enum svc int21_flush_read(void *room, struct guest *g)
{
	static const struct { uint8_t al; console_fn *fn; } functions[] = {
		{ 0x01, read_echo }, { 0x06, direct }, { 0x07, read_direct },
		{ 0x08, read_quiet }, { 0x0a, read_line },
	};
	struct dos *dos = room;
	uint8_t al = caller16(dos, CPU_AX);

	if (guest_step(g) == 0)
		return flush_request(dos);
	for (unsigned i = 0; i < sizeof functions / sizeof functions[0]; i++)
		if (functions[i].al == al)
			return console_run(dos, functions[i].fn);
	return console_run(dos, nothing);
}

/* --- 3Fh and 40h on devices --------------------------------------------------------- */

enum { NOTE_AT = 0, NOTE_MOVED = 0 };

static struct far this_device(struct dos *dos, struct far *sft)
{
	*sft = dos_handle_sft(dos, caller16(dos, CPU_BX));
	return guest_rfar(dos->guest, sft->seg, sft->off + SFT_DEVICE);
}

static enum svc answer_count(struct dos *dos, uint16_t n)
{
	guest_restore(dos->guest);
	return guest_ok(dos->guest, n);
}

/* The device refused: what INT 24h says decides.  `again' is the step that
 * sends the request once more.  */
static enum svc refused(struct dos *dos, enum dos_error e, bool writing, uint8_t asked)
{
	struct far sft;

	return dos_critical(dos, e, 0, this_device(dos, &sft), writing, asked);
}

enum transfer_step { XFER_SEND = 2, XFER_SENT, XFER_ASKED, XFER_LINE_DONE };

/* INT 24h has answered (note[7]: 0 ignore, 1 retry, 3 fail).  */
static enum svc asked(struct dos *dos, enum dos_error e)
{
	uint8_t answer = guest_frame(dos->guest)->note[7];

	if (answer == 1)
		return guest_next(dos->guest, XFER_SEND);
	guest_restore(dos->guest);
	if (answer == 0)
		return guest_ok(dos->guest, caller16(dos, CPU_CX));
	return dos_fail(dos, e);
}

static enum svc raw_transfer(struct dos *dos, bool writing, uint8_t step)
{
	struct far sft, device = this_device(dos, &sft), at = caller_ds_dx(dos);
	enum dos_error e;
	uint16_t moved;

	switch (step) {
	case XFER_SENT:
		e = device_result(dos, &moved);
		if (e == DOS_OK)
			return answer_count(dos, moved);
		guest_frame(dos->guest)->note[3] = e;
		return refused(dos, e, writing, XFER_ASKED);
	case XFER_ASKED:
		return asked(dos, guest_frame(dos->guest)->note[3]);
	default:
		return dos_device_io(dos, device, writing, at.seg, at.off,
				     caller16(dos, CPU_CX), XFER_SENT);
	}
}

/* Cooked: character by character, Ctrl-C looked for, tabs expanded, the end
 * at Ctrl-Z, which is not written but counts.  */
static enum svc cooked_write(struct dos *dos, uint8_t step)
{
	struct far sft, device = this_device(dos, &sft), from = caller_ds_dx(dos);
	uint32_t *at = &guest_frame(dos->guest)->note[NOTE_AT];
	uint16_t n = caller16(dos, CPU_CX), moved;
	enum dos_error e;

	if (step == 1)
		return console_check_break(dos, XFER_SEND);
	if (step == XFER_SENT) {
		e = device_result(dos, &moved);
		if (e != DOS_OK) {
			guest_frame(dos->guest)->note[3] = e;
			return refused(dos, e, true, XFER_ASKED);
		}
		++*at;
	}
	if (step == XFER_ASKED)
		return asked(dos, guest_frame(dos->guest)->note[3]);
	for (; *at < n; ++*at) {
		uint8_t ch = dos_r8(dos, from.seg, from.off + *at);

		if (ch == 0x1a)
			break;
		if (!console_put_device_now(dos, device, ch))
			return console_put_device(dos, device, ch, XFER_SENT);
	}
	return answer_count(dos, *at < n ? *at + 1 : n);
}

static enum svc write_device(struct dos *dos, uint8_t step)
{
	struct far sft;
	uint16_t info;

	this_device(dos, &sft);
	info = dos_r16(dos, sft.seg, sft.off + SFT_INFO);
	if (info & INFO_NUL)
		return answer_count(dos, caller16(dos, CPU_CX));
	if (info & INFO_RAW)
		return raw_transfer(dos, true, step);
	return cooked_write(dos, step);
}

enum svc dos_device_write(struct dos *dos, struct far sft)
{
	(void)sft;
	return console_run(dos, write_device);
}

/* What is left of the line read last: CON_UNREAD is where, in CONBUF.  */
static enum svc take_line(struct dos *dos)
{
	struct far to = caller_ds_dx(dos);
	uint16_t at = lol_r16(dos, LOL_CON_UNREAD), n = caller16(dos, CPU_CX), done = 0;
	uint8_t ch = 0;

	while (done < n && ch != '\n') {
		ch = dos_r8(dos, DOS_SEG, at++);
		if (ch == 0x1a)
			break;
		dos_w8(dos, to.seg, to.off + done++, ch);
	}
	lol_w16(dos, LOL_CON_UNREAD, ch == '\n' || ch == 0x1a ? 0 : at);
	return answer_count(dos, done);
}

static enum svc read_console(struct dos *dos, uint8_t step)
{
	const struct far b = { AT_CONBUF, DOS_SEG };
	uint8_t n;

	if (step == 1) {
		if (lol_r16(dos, LOL_CON_UNREAD))
			return take_line(dos);
		dos_w8(dos, b.seg, b.off, 128);
		return line_begin(dos, b, true);
	}
	if (step >= LINE_FIRST && step <= LINE_LAST)
		return line_step(dos, step, XFER_LINE_DONE);
	/* The line, CR; behind it LF, where the buffer has a byte to spare.  */
	n = dos_r8(dos, b.seg, b.off + 1);
	dos_w8(dos, b.seg, b.off + 2 + n + 1, '\n');
	lol_w16(dos, LOL_CON_UNREAD, AT_CONBUF + 2);
	return take_line(dos);
}

/* Other cooked devices: up to CR or Ctrl-Z.  */
static enum svc cooked_read(struct dos *dos, uint8_t step)
{
	struct far sft, device = this_device(dos, &sft), to = caller_ds_dx(dos);
	uint32_t *at = &guest_frame(dos->guest)->note[NOTE_AT];
	uint16_t moved;
	uint8_t ch;
	enum dos_error e;

	if (step == XFER_ASKED)
		return asked(dos, guest_frame(dos->guest)->note[3]);
	if (step == XFER_SENT) {
		e = device_result(dos, &moved);
		if (e != DOS_OK) {
			guest_frame(dos->guest)->note[3] = e;
			return refused(dos, e, false, XFER_ASKED);
		}
		ch = dos_r8(dos, to.seg, to.off + *at);
		if (!moved || ch == 0x1a)
			return answer_count(dos, *at);
		++*at;
		if (ch == '\r')
			return answer_count(dos, *at);
	}
	if (*at == caller16(dos, CPU_CX))
		return answer_count(dos, *at);
	return dos_device_io(dos, device, false, to.seg, to.off + *at, 1, XFER_SENT);
}

static enum svc read_device(struct dos *dos, uint8_t step)
{
	struct far sft;
	uint16_t info;

	this_device(dos, &sft);
	info = dos_r16(dos, sft.seg, sft.off + SFT_INFO);
	if (info & INFO_NUL || !(info & INFO_NOT_EOF) || !caller16(dos, CPU_CX))
		return answer_count(dos, 0);
	if (info & INFO_RAW)
		return raw_transfer(dos, false, step);
	if (info & INFO_STDIN)
		return read_console(dos, step);
	return cooked_read(dos, step);
}

enum svc dos_device_read(struct dos *dos, struct far sft)
{
	(void)sft;
	return console_run(dos, read_device);
}
