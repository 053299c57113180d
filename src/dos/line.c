/* line.c - the line editor of 0Ah, and of 3Fh on the console.
 *
 * The line grows in INBUF; the template is what the buffer held before.
 * Keys are those of MS-DOS 6 (User's Guide, "Editing keys").  What is under
 * way (echo still to be put, a copy from the template) is kept in the
 * frame's notes, a character at a time, so that echo may go through any
 * driver.  */

#include "dos/console.h"
#include "dos/device.h"
#include "dos/layout.h"

enum note {
	NOTE_LINE = 0,		/* b0 characters so far, b1 place in the template,
				 * b2 the template's length, b3 enum mode */
	NOTE_ECHO = 1,		/* up to four characters to be put, low byte first */
	NOTE_ACTION = 2,	/* b0 enum action, b1 its argument */
	NOTE_BUFFER = 3,	/* segment, offset */
};

enum mode {
	MODE_INSERT = 1,
	MODE_SCAN = 2,		/* 0 has come: the next one is a scan code */
	MODE_COPY_TO = 4,	/* F2: the next one is the character to stop at */
	MODE_SKIP_TO = 8,	/* F4 */
	MODE_LINE_FEED = 16,	/* Enter echoes LF too (3Fh) */
};

enum action { ACT_NONE, ACT_COPY, ACT_COPY_TO, ACT_ERASE, ACT_CANCEL, ACT_DONE };

enum step { LINE_GO = LINE_FIRST, LINE_KEY };

enum { KEY_F1 = 0x3b, KEY_F2, KEY_F3, KEY_F4, KEY_F5, KEY_F6, KEY_F7,
       KEY_LEFT = 0x4b, KEY_RIGHT = 0x4d, KEY_INSERT = 0x52, KEY_DELETE = 0x53 };

struct line {
	struct dos *dos;
	uint32_t *note;
};

static uint8_t byte_of(const struct line *l, enum note n, unsigned i)
{
	return l->note[n] >> (8 * i);
}

static void set_byte(struct line *l, enum note n, unsigned i, uint8_t v)
{
	l->note[n] = (l->note[n] & ~(0xffu << 8 * i)) | (uint32_t)v << 8 * i;
}

static uint8_t count(const struct line *l) { return byte_of(l, NOTE_LINE, 0); }
static uint8_t place(const struct line *l) { return byte_of(l, NOTE_LINE, 1); }
static uint8_t length(const struct line *l) { return byte_of(l, NOTE_LINE, 2); }
static bool mode(const struct line *l, enum mode m) { return byte_of(l, NOTE_LINE, 3) & m; }
static void set_count(struct line *l, uint8_t v) { set_byte(l, NOTE_LINE, 0, v); }
static void set_place(struct line *l, uint8_t v) { set_byte(l, NOTE_LINE, 1, v); }
static void set_length(struct line *l, uint8_t v) { set_byte(l, NOTE_LINE, 2, v); }

static void set_mode(struct line *l, enum mode m, bool on)
{
	uint8_t now = byte_of(l, NOTE_LINE, 3);

	set_byte(l, NOTE_LINE, 3, on ? now | m : now & ~m);
}

static void act(struct line *l, enum action a, uint8_t argument)
{
	l->note[NOTE_ACTION] = a | (uint32_t)argument << 8;
}

static struct far buffer(const struct line *l)
{
	return (struct far){ l->note[NOTE_BUFFER], l->note[NOTE_BUFFER] >> 16 };
}

static uint8_t template_char(const struct line *l, uint8_t i)
{
	struct far b = buffer(l);

	return dos_r8(l->dos, b.seg, b.off + 2 + i);
}

static uint8_t room(const struct line *l)
{
	struct far b = buffer(l);

	return dos_r8(l->dos, b.seg, b.off) - 1;
}

static void echo(struct line *l, uint8_t a, uint8_t b, uint8_t c)
{
	l->note[NOTE_ECHO] = a | (uint32_t)b << 8 | (uint32_t)c << 16;
}

static void echo_char(struct line *l, uint8_t ch)
{
	if (ch < ' ' && ch != '\t')
		echo(l, '^', ch + '@', 0);
	else
		echo(l, ch, 0, 0);
}

/* --- One change at a time -------------------------------------------------- */

/* A character from the keyboard or the template at the end of the line.  */
static void append(struct line *l, uint8_t ch)
{
	if (count(l) >= room(l)) {
		echo(l, '\a', 0, 0);
		act(l, ACT_NONE, 0);
		return;
	}
	dos_w8(l->dos, DOS_SEG, AT_INBUF + count(l), ch);
	set_count(l, count(l) + 1);
	if (!mode(l, MODE_INSERT) && place(l) < length(l))
		set_place(l, place(l) + 1);
	echo_char(l, ch);
}

/* Columns that character i of the line takes on the screen.  */
static uint8_t width(const struct line *l, uint8_t i)
{
	uint8_t column = dos_r8(l->dos, DOS_SEG, AT_STARTPOS), ch = 0, wide = 0;

	for (unsigned n = 0; n <= i; n++) {
		ch = dos_r8(l->dos, DOS_SEG, AT_INBUF + n);
		wide = ch == '\t' ? 8 - (column & 7) : ch < ' ' ? 2 : 1;
		column += wide;
	}
	return wide;
}

static void rub_out(struct line *l)
{
	if (!count(l))
		return;
	act(l, ACT_ERASE, width(l, count(l) - 1));
	set_count(l, count(l) - 1);
	if (place(l) && !mode(l, MODE_INSERT))
		set_place(l, place(l) - 1);
}

/* F5: what has been typed becomes the template.  */
static void keep_as_template(struct line *l)
{
	struct far b = buffer(l);

	for (unsigned i = 0; i < count(l); i++)
		dos_w8(l->dos, b.seg, b.off + 2 + i, dos_r8(l->dos, DOS_SEG, AT_INBUF + i));
	set_length(l, count(l));
}

static void start_again(struct line *l, uint8_t sign)
{
	echo(l, sign, '\r', '\n');
	act(l, ACT_CANCEL, 0);
	set_count(l, 0);
	set_place(l, 0);
	set_mode(l, MODE_INSERT, false);
}

/* The next ch in the template behind the current place, or 0.  */
static uint8_t find(const struct line *l, uint8_t ch)
{
	for (unsigned i = place(l) + 1u; i < length(l); i++)
		if (template_char(l, i) == ch)
			return i;
	return 0;
}

static void finish(struct line *l)
{
	struct far b = buffer(l);

	for (unsigned i = 0; i < count(l); i++)
		dos_w8(l->dos, b.seg, b.off + 2 + i, dos_r8(l->dos, DOS_SEG, AT_INBUF + i));
	dos_w8(l->dos, b.seg, b.off + 2 + count(l), '\r');
	dos_w8(l->dos, b.seg, b.off + 1, count(l));
	echo(l, '\r', mode(l, MODE_LINE_FEED) ? '\n' : 0, 0);
	act(l, ACT_DONE, 0);
}

/* --- Keys -------------------------------------------------------------------- */

static void scan_key(struct line *l, uint8_t scan)
{
	switch (scan) {
	case KEY_F1:
	case KEY_RIGHT:
		if (place(l) < length(l))
			append(l, template_char(l, place(l)));
		break;
	case KEY_F2:
		set_mode(l, MODE_COPY_TO, true);
		break;
	case KEY_F3:
		act(l, ACT_COPY, length(l));
		break;
	case KEY_F4:
		set_mode(l, MODE_SKIP_TO, true);
		break;
	case KEY_F5:
		keep_as_template(l);
		start_again(l, '@');
		break;
	case KEY_F6:
		append(l, 0x1a);
		break;
	case KEY_F7:
		append(l, 0x00);
		break;
	case KEY_LEFT:
		rub_out(l);
		break;
	case KEY_INSERT:
		set_mode(l, MODE_INSERT, !mode(l, MODE_INSERT));
		break;
	case KEY_DELETE:
		if (place(l) < length(l))
			set_place(l, place(l) + 1);
		break;
	}
}

static void char_key(struct line *l, uint8_t ch)
{
	switch (ch) {
	case 0:
		set_mode(l, MODE_SCAN, true);
		break;
	case '\r':
		finish(l);
		break;
	case '\n':
		echo(l, '\r', '\n', 0);
		break;
	case '\b':
	case 0x7f:
		rub_out(l);
		break;
	case 0x1b:
		start_again(l, '\\');
		break;
	default:
		append(l, ch);
		break;
	}
}

static void key(struct line *l, uint8_t ch)
{
	if (mode(l, MODE_SCAN)) {
		set_mode(l, MODE_SCAN, false);
		scan_key(l, ch);
	} else if (mode(l, MODE_COPY_TO)) {
		set_mode(l, MODE_COPY_TO, false);
		if (find(l, ch))
			act(l, ACT_COPY, find(l, ch));
	} else if (mode(l, MODE_SKIP_TO)) {
		set_mode(l, MODE_SKIP_TO, false);
		if (find(l, ch))
			set_place(l, find(l, ch));
	} else {
		char_key(l, ch);
	}
}

/* --- Steps --------------------------------------------------------------------- */

/* One character of what is under way; false if nothing is.  */
static bool work(struct line *l)
{
	uint8_t argument = byte_of(l, NOTE_ACTION, 1);

	switch (byte_of(l, NOTE_ACTION, 0)) {
	case ACT_COPY:
		/* In insert mode the place stands still: move it here.  */
		if (place(l) >= argument) {
			act(l, ACT_NONE, 0);
			return true;
		}
		append(l, template_char(l, place(l)));
		if (mode(l, MODE_INSERT))
			set_place(l, place(l) + 1);
		return true;
	case ACT_ERASE:
		act(l, argument > 1 ? ACT_ERASE : ACT_NONE, argument - 1);
		echo(l, '\b', ' ', '\b');
		return true;
	case ACT_CANCEL:
		dos_w8(l->dos, DOS_SEG, AT_STARTPOS, dos_r8(l->dos, DOS_SEG, AT_CARPOS));
		act(l, ACT_NONE, 0);
		return true;
	default:
		return false;
	}
}

/* Linux text has no CR before its LF.  On a file or pipe a bare LF ends the
 * line; the LF of a CR LF has been left over from the line before.  Answers
 * false for that one.  */
static bool text_char(struct line *l, uint8_t *ch)
{
	struct far sft = dos_handle_sft(l->dos, 0);
	bool after_cr = dos_r8(l->dos, DRIVER_SEG, LINE_ENDED_CR);

	if (far_null(sft) || dos_r16(l->dos, sft.seg, sft.off + SFT_INFO) & INFO_DEVICE)
		return true;
	dos_w8(l->dos, DRIVER_SEG, LINE_ENDED_CR, *ch == '\r');
	if (*ch != '\n')
		return true;
	*ch = '\r';
	return !after_cr || count(l);
}

enum svc line_begin(struct dos *dos, struct far b, bool line_feed)
{
	struct line l = { dos, guest_frame(dos->guest)->note };
	uint8_t max = dos_r8(dos, b.seg, b.off), old = dos_r8(dos, b.seg, b.off + 1);

	l.note[NOTE_LINE] = l.note[NOTE_ECHO] = l.note[NOTE_ACTION] = 0;
	l.note[NOTE_BUFFER] = (uint32_t)b.seg << 16 | b.off;
	if (old < max && dos_r8(dos, b.seg, b.off + 2 + old) == '\r')
		set_length(&l, old);
	set_mode(&l, MODE_LINE_FEED, line_feed);
	dos_w8(dos, DOS_SEG, AT_STARTPOS, dos_r8(dos, DOS_SEG, AT_CARPOS));
	return guest_next(dos->guest, LINE_GO);
}

static enum svc go(struct line *l, uint8_t next_step)
{
	do {
		while (l->note[NOTE_ECHO]) {
			uint8_t ch = l->note[NOTE_ECHO];

			l->note[NOTE_ECHO] >>= 8;
			if (!console_put_now(l->dos, ch))
				return console_put(l->dos, ch, LINE_GO);
		}
		if (byte_of(l, NOTE_ACTION, 0) == ACT_DONE)
			return guest_next(l->dos->guest, next_step);
	} while (work(l));
	return console_get(l->dos, true, LINE_KEY);
}

enum svc line_step(struct dos *dos, uint8_t step, uint8_t next_step)
{
	struct line l = { dos, guest_frame(dos->guest)->note };
	uint8_t ch = console_char(dos);

	if (step == LINE_KEY && text_char(&l, &ch))
		key(&l, ch);
	return go(&l, next_step);
}
