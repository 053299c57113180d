/* console.c - the pieces: a character in, a character out, Ctrl-C.  */

#include "dos/console.h"

#include "dos/device.h"
#include "dos/layout.h"

#define CTRL_C	0x03
#define CTRL_P	0x10
#define CTRL_S	0x13

enum note { NOTE_CHAR = 4, NOTE_NEXT = 5, NOTE_ANSWER = 7 };

/* NOTE_NEXT: the step to go on with, and what was asked for.  */
#define NEXT_COOKED	0x100u

enum piece {
	PIECE_GET = PIECE_FIRST,	/* look for a character */
	PIECE_GET_PEEKED,		/* the driver said whether there is one */
	PIECE_GET_READ,			/* the driver gave it */
	PIECE_GET_IDLE,			/* INT 28h has run */
	PIECE_BREAK_PEEKED,		/* CON said what comes next */
	PIECE_BREAK_READ,		/* and gave it: Ctrl-C or Ctrl-S */
	PIECE_PAUSED,			/* Ctrl-S: until a key */
	PIECE_NEXT,			/* on to NOTE_NEXT */
};

static uint32_t *note(struct dos *dos, enum note n)
{
	return &guest_frame(dos->guest)->note[n];
}

static void set_next(struct dos *dos, uint32_t next)
{
	*note(dos, NOTE_NEXT) = next;
}

static enum svc go_on(struct dos *dos)
{
	return guest_next(dos->guest, *note(dos, NOTE_NEXT) & 0xff);
}

uint8_t console_char(const struct dos *dos)
{
	return guest_frame(dos->guest)->note[NOTE_CHAR];
}

static bool is_device(const struct dos *dos, struct far sft)
{
	return dos_r16(dos, sft.seg, sft.off + SFT_INFO) & INFO_DEVICE;
}

static struct far device_of(const struct dos *dos, struct far sft)
{
	return guest_rfar(dos->guest, sft.seg, sft.off + SFT_DEVICE);
}

static bool is_direct(const struct dos *dos, struct far device)
{
	return far_is(device, dev_builtin(DEV_CON)) && con_direct(dos);
}

/* --- Output --------------------------------------------------------------- */

/* Where the cursor of CON is after ch (CARPOS, for tabs).  */
static void move_column(struct dos *dos, uint8_t ch)
{
	uint8_t column = dos_r8(dos, DOS_SEG, AT_CARPOS);

	if (ch == '\r')
		column = 0;
	else if (ch == '\b')
		column -= column > 0;
	else if (ch >= ' ')
		column++;
	dos_w8(dos, DOS_SEG, AT_CARPOS, column);
}

/* ch, or the spaces a tab stands for, into SHARED_BYTES; how many.  */
static uint16_t expand(struct dos *dos, uint8_t ch)
{
	uint16_t n = ch == '\t' ? 8 - (dos_r8(dos, DOS_SEG, AT_CARPOS) & 7) : 1;

	for (uint16_t i = 0; i < n; i++) {
		dos_w8(dos, DOS_SEG, SHARED_BYTES + i, ch == '\t' ? ' ' : ch);
		move_column(dos, ch == '\t' ? ' ' : ch);
	}
	return n;
}

bool console_put_device_now(struct dos *dos, struct far device, uint8_t ch)
{
	uint16_t n;

	if (!is_direct(dos, device))
		return false;
	n = expand(dos, ch);
	for (uint16_t i = 0; i < n; i++)
		con_put(dos, ch == '\t' ? ' ' : ch);
	return true;
}

/* Errors of single characters are not told to anybody, as in DOS.  */
enum svc console_put_device(struct dos *dos, struct far device, uint8_t ch, uint8_t next_step)
{
	uint16_t n;

	if (console_put_device_now(dos, device, ch))
		return guest_next(dos->guest, next_step);
	n = expand(dos, ch);
	return dos_device_io(dos, device, true, DOS_SEG, SHARED_BYTES, n, next_step);
}

bool console_put_now(struct dos *dos, uint8_t ch)
{
	struct far sft = dos_handle_sft(dos, 1);
	uint16_t n = 1;

	if (far_null(sft))
		return true;
	if (is_device(dos, sft))
		return console_put_device_now(dos, device_of(dos, sft), ch);
	dos_w8(dos, DOS_SEG, SHARED_BYTES, ch);
	return dos_sft_write(dos, sft, DOS_SEG, SHARED_BYTES, &n) != DRIVE_WAIT;
}

enum svc console_put(struct dos *dos, uint8_t ch, uint8_t next_step)
{
	struct far sft = dos_handle_sft(dos, 1);

	if (console_put_now(dos, ch))
		return guest_next(dos->guest, next_step);
	if (!is_device(dos, sft))
		return guest_again(dos->guest, guest_step(dos->guest), GUEST_WAIT_STREAM);
	return console_put_device(dos, device_of(dos, sft), ch, next_step);
}

/* --- Ctrl-C ----------------------------------------------------------------- */

static enum svc broken(struct dos *dos)
{
	static const char text[] = "^C\r\n";

	for (const char *p = text; *p; p++)
		console_put_now(dos, *p);
	return dos_break(dos);
}

/* A key that means something while a program prints.  */
static enum svc control_key(struct dos *dos, uint8_t ch)
{
	if (ch == CTRL_C)
		return broken(dos);
	if (ch == CTRL_S)
		return guest_again(dos->guest, PIECE_PAUSED, GUEST_WAIT_KEY);
	return go_on(dos);
}

static enum svc peek_request(struct dos *dos, struct far device, uint8_t next_step)
{
	sda_w8(dos, SDA_STATUS_REQUEST + REQ_LENGTH, 14);
	sda_w8(dos, SDA_STATUS_REQUEST + REQ_UNIT, 0);
	sda_w8(dos, SDA_STATUS_REQUEST + REQ_COMMAND, CMD_PEEK);
	sda_w16(dos, SDA_STATUS_REQUEST + REQ_STATUS, 0);
	return device_send(dos, device, AT_SDA + SDA_STATUS_REQUEST, next_step);
}

/* The answer to peek_request: false, nothing there.  */
static bool peeked(struct dos *dos, uint8_t *ch)
{
	*ch = sda_r8(dos, SDA_STATUS_REQUEST + REQ_CHAR);
	return !(sda_r16(dos, SDA_STATUS_REQUEST + REQ_STATUS) & (STATUS_BUSY | STATUS_ERROR));
}

enum svc console_check_break(struct dos *dos, uint8_t next_step)
{
	uint8_t ch;

	if (!con_direct(dos)) {
		set_next(dos, next_step);
		return peek_request(dos, lol_rfar(dos, LOL_CON), PIECE_BREAK_PEEKED);
	}
	if (!con_peek(dos, &ch) || (ch != CTRL_C && ch != CTRL_S))
		return guest_next(dos->guest, next_step);
	con_get(dos, &ch);
	set_next(dos, next_step);
	return control_key(dos, ch);
}

static enum svc break_peeked(struct dos *dos)
{
	uint8_t ch;

	if (!peeked(dos, &ch) || (ch != CTRL_C && ch != CTRL_S))
		return go_on(dos);
	return dos_device_io(dos, lol_rfar(dos, LOL_CON), false, DOS_SEG, SHARED_BYTES, 1,
			     PIECE_BREAK_READ);
}

/* Any key ends the pause; Ctrl-C does more.  */
static enum svc paused(struct dos *dos)
{
	uint8_t ch;

	if (!con_direct(dos))
		return go_on(dos);
	if (!con_get(dos, &ch))
		return guest_again(dos->guest, PIECE_PAUSED, GUEST_WAIT_KEY);
	return ch == CTRL_C ? broken(dos) : go_on(dos);
}

/* --- Input ------------------------------------------------------------------ */

static enum svc got(struct dos *dos, uint8_t ch)
{
	bool cooked = *note(dos, NOTE_NEXT) & NEXT_COOKED;

	*note(dos, NOTE_CHAR) = ch;
	if (!cooked)
		return go_on(dos);
	if (ch == CTRL_C) {
		/* If the program goes on after INT 23h, it still wants a key.  */
		return broken(dos);
	}
	if (ch == CTRL_P) {
		dos_w8(dos, DOS_SEG, AT_PRINT_ECHO, !dos_r8(dos, DOS_SEG, AT_PRINT_ECHO));
		return guest_next(dos->guest, PIECE_GET);
	}
	return go_on(dos);
}

static enum svc get_from_file(struct dos *dos, struct far sft)
{
	uint16_t n = 1;
	enum dos_error e = dos_sft_read(dos, sft, DOS_SEG, SHARED_BYTES, &n);

	if (e == DRIVE_WAIT)
		return guest_again(dos->guest, PIECE_GET, GUEST_WAIT_STREAM);
	if (e != DOS_OK || n == 0)
		return guest_again(dos->guest, PIECE_GET, GUEST_WAIT_KEY);
	return got(dos, dos_r8(dos, DOS_SEG, SHARED_BYTES));
}

/* Nothing typed yet: let TSRs work, then wait.  */
static enum svc idle(struct dos *dos)
{
	if (guest_unhooked(dos->guest, 0x28) || !sda_r8(dos, SDA_IDLE_OK))
		return guest_again(dos->guest, PIECE_GET, GUEST_WAIT_KEY);
	return guest_int(dos->guest, 0x28, PIECE_GET_IDLE);
}

static enum svc get(struct dos *dos)
{
	struct far sft = dos_handle_sft(dos, 0);
	uint8_t ch;

	if (far_null(sft))
		return guest_again(dos->guest, PIECE_GET, GUEST_WAIT_KEY);
	if (!is_device(dos, sft))
		return get_from_file(dos, sft);
	if (!is_direct(dos, device_of(dos, sft)))
		return peek_request(dos, device_of(dos, sft), PIECE_GET_PEEKED);
	return con_get(dos, &ch) ? got(dos, ch) : idle(dos);
}

static enum svc get_peeked(struct dos *dos)
{
	uint8_t ch;

	if (!peeked(dos, &ch))
		return idle(dos);
	return dos_device_io(dos, device_of(dos, dos_handle_sft(dos, 0)), false,
			     DOS_SEG, SHARED_BYTES, 1, PIECE_GET_READ);
}

enum svc console_get(struct dos *dos, bool cooked, uint8_t next_step)
{
	set_next(dos, next_step | (cooked ? NEXT_COOKED : 0));
	return guest_next(dos->guest, PIECE_GET);
}

bool console_quiet(struct dos *dos)
{
	struct far sft = dos_handle_sft(dos, 0);
	uint8_t ch;

	if (far_null(sft))
		return false;
	if (!is_device(dos, sft))
		return dos_sft_ready(dos, sft) != DOS_OK;
	return far_is(device_of(dos, sft), dev_builtin(DEV_CON)) && !con_peek(dos, &ch);
}

/* --- Running ------------------------------------------------------------------ */

static enum svc piece(struct dos *dos, enum piece step)
{
	switch (step) {
	case PIECE_GET:
		return get(dos);
	case PIECE_GET_PEEKED:
		return get_peeked(dos);
	case PIECE_GET_READ:
		return got(dos, dos_r8(dos, DOS_SEG, SHARED_BYTES));
	case PIECE_GET_IDLE:
		return guest_again(dos->guest, PIECE_GET, GUEST_WAIT_KEY);
	case PIECE_BREAK_PEEKED:
		return break_peeked(dos);
	case PIECE_BREAK_READ:
		return control_key(dos, dos_r8(dos, DOS_SEG, SHARED_BYTES));
	case PIECE_PAUSED:
		return paused(dos);
	case PIECE_NEXT:
		break;
	}
	return *note(dos, NOTE_NEXT) & NEXT_COOKED ? guest_next(dos->guest, PIECE_GET) : go_on(dos);
}

enum svc console_run(struct dos *dos, console_fn *fn)
{
	uint8_t step = guest_step(dos->guest);

	if (step >= PIECE_FIRST)
		return piece(dos, step);
	return fn(dos, step ? step : 1);
}
