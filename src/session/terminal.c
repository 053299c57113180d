/* terminal.c - the user's terminal in line mode.  */

#include "session/terminal.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/cp.h"
#include "session/typist.h"

#define ESC 0x1b

/* CSI final letters (ECMA-48, xterm's "PC-style function keys").  */
static const struct { char final; uint16_t key; } csi_letters[] = {
	{ 'A', HID_UP }, { 'B', HID_DOWN }, { 'C', HID_RIGHT }, { 'D', HID_LEFT },
	{ 'H', HID_HOME }, { 'F', HID_END }, { 'P', HID_F1 }, { 'Q', HID_F1 + 1 },
	{ 'R', HID_F1 + 2 }, { 'S', HID_F1 + 3 },
};

/* CSI n ~ (DEC VT220 and xterm).  */
static const struct { uint8_t n; uint16_t key; } csi_numbers[] = {
	{ 1, HID_HOME }, { 2, HID_INSERT }, { 3, HID_DELETE }, { 4, HID_END },
	{ 5, HID_PAGE_UP }, { 6, HID_PAGE_DOWN }, { 7, HID_HOME }, { 8, HID_END },
	{ 11, HID_F1 }, { 12, HID_F1 + 1 }, { 13, HID_F1 + 2 }, { 14, HID_F1 + 3 },
	{ 15, HID_F1 + 4 }, { 17, HID_F1 + 5 }, { 18, HID_F1 + 6 }, { 19, HID_F1 + 7 },
	{ 20, HID_F1 + 8 }, { 21, HID_F1 + 9 }, { 23, HID_F11 }, { 24, HID_F12 },
};

void terminal_init(struct terminal *t, int in, int out, uint16_t code_page)
{
	*t = (struct terminal){ .in = in, .out = out, .code_page = code_page };
}

void terminal_raw(struct terminal *t)
{
	struct termios now;

	if (t->in < 0 || t->raw || tcgetpgrp(t->in) != getpgrp())
		return;
	if (tcgetattr(t->in, &t->saved) != 0)
		return;
	now = t->saved;
	now.c_iflag &= ~(tcflag_t)(ICRNL | INLCR | IGNCR | ISTRIP | IXON);
	now.c_lflag &= ~(tcflag_t)(ICANON | ECHO | ECHONL | IEXTEN);
	now.c_cc[VMIN] = 1;
	now.c_cc[VTIME] = 0;
	now.c_cc[VSUSP] = _POSIX_VDISABLE;	/* Ctrl-Z ends a file in DOS */
	t->raw = tcsetattr(t->in, TCSADRAIN, &now) == 0;
}

void terminal_restore(struct terminal *t)
{
	if (t->raw)
		tcsetattr(t->in, TCSADRAIN, &t->saved);
	t->raw = false;
}

void terminal_resume(struct terminal *t)
{
	if (!t->raw)
		return;
	t->raw = false;
	terminal_raw(t);
}

/* xterm's modifier parameter is 1 + bits: 1 Shift, 2 Alt, 4 Ctrl.  */
static uint8_t csi_modifiers(unsigned parameter)
{
	unsigned bits = parameter ? parameter - 1 : 0;

	return (bits & 1 ? TYPE_SHIFT : 0) | (bits & 2 ? TYPE_ALT : 0) |
	       (bits & 4 ? TYPE_CTRL : 0);
}

static uint16_t csi_key(char final, unsigned number)
{
	if (final == '~') {
		for (size_t i = 0; i < sizeof csi_numbers / sizeof csi_numbers[0]; i++)
			if (csi_numbers[i].n == number)
				return csi_numbers[i].key;
		return 0;
	}
	for (size_t i = 0; i < sizeof csi_letters / sizeof csi_letters[0]; i++)
		if (csi_letters[i].final == final)
			return csi_letters[i].key;
	return 0;
}

/* ESC [ n ; m letter.  Answers the bytes it took, 0 if more must come.  */
static size_t take_csi(const uint8_t *p, size_t n, struct typist *typist)
{
	unsigned parameter[2] = { 0, 0 }, which = 0;
	size_t i = 2;

	for (; i < n && (p[i] < 0x40 || p[i] > 0x7e); i++) {
		if (p[i] == ';')
			which = 1;
		else if (p[i] >= '0' && p[i] <= '9' && parameter[which] < 1000)
			parameter[which] = parameter[which] * 10 + p[i] - '0';
	}
	if (i == n)
		return 0;
	if (p[i] == 'Z') {
		typist_key(typist, HID_TAB, TYPE_SHIFT);
	} else {
		uint16_t key = csi_key(p[i], parameter[0]);

		if (key)
			typist_key(typist, key, csi_modifiers(parameter[1]));
	}
	return i + 1;
}

static size_t take_escape(const uint8_t *p, size_t n, struct typist *typist)
{
	if (n < 2)
		return 0;
	if (p[1] == '[')
		return take_csi(p, n, typist);
	if (p[1] == 'O') {		/* SS3: keypad and F1-F4 in application mode */
		if (n < 3)
			return 0;
		typist_key(typist, csi_key(p[2], 0), 0);
		return 3;
	}
	if (p[1] == ESC) {
		typist_key(typist, HID_ESC, 0);
		return 1;
	}
	if (p[1] < 0x80)
		typist_chord(typist, p[1], TYPE_ALT);
	return 2;
}

/* One UTF-8 character; those the code page lacks are not typed, and heard.  */
static size_t take_char(struct terminal *t, const uint8_t *p, size_t n, struct typist *typist)
{
	uint32_t unicode;
	size_t used;
	int ch;

	if (p[0] < 0x80) {
		typist_char(typist, p[0] == 0x7f ? '\b' : p[0]);
		return 1;
	}
	used = utf8_get((const char *)p, n, &unicode);
	if (!used || unicode == UTF8_BAD)
		return used;
	ch = cp_from_unicode(t->code_page, unicode);
	if (ch > 0) {
		typist_char(typist, ch);
	} else if (t->out >= 0) {
		terminal_put(t, '\a');
		terminal_flush(t);
	}
	return used;
}

static void take(struct terminal *t, struct typist *typist)
{
	size_t at = 0;

	while (at < t->pending_size) {
		const uint8_t *p = t->pending + at;
		size_t n = t->pending_size - at;
		size_t used = *p == ESC ? take_escape(p, n, typist) : take_char(t, p, n, typist);

		if (!used)
			break;
		at += used;
	}
	/* No terminal sends such a sequence: pass over it up to its end.  */
	if (at == 0 && t->pending_size == sizeof t->pending) {
		t->pending_size = 2;
		return;
	}
	t->pending_size -= at;
	memmove(t->pending, t->pending + at, t->pending_size);
}

void terminal_read(struct terminal *t, struct typist *typist)
{
	struct pollfd p = { .fd = t->in, .events = POLLIN };
	ssize_t n;

	if (t->in < 0 || t->ended || poll(&p, 1, 0) <= 0)
		return;
	n = read(t->in, t->pending + t->pending_size, sizeof t->pending - t->pending_size);
	if (n > 0) {
		t->pending_size += n;
		take(t, typist);
	} else if (n == 0 || (errno != EINTR && errno != EAGAIN)) {
		t->ended = true;
	}
}

void terminal_idle(struct terminal *t, struct typist *typist)
{
	if (t->pending_size == 0 || t->pending[0] != ESC)
		return;
	typist_key(typist, HID_ESC, 0);
	t->pending_size--;
	memmove(t->pending, t->pending + 1, t->pending_size);
	take(t, typist);
}

/* Control characters go as they are: the terminal knows CR, LF, BEL, BS,
 * TAB and ANSI sequences as well as a DOS console with ANSI.SYS.  */
void terminal_put(struct terminal *t, uint8_t ch)
{
	if (t->output_size + 4 > sizeof t->output)
		terminal_flush(t);
	if (ch < 0x80)
		t->output[t->output_size++] = ch;
	else
		t->output_size += utf8_put(t->output + t->output_size,
					   cp_to_unicode(t->code_page, ch));
}

bool terminal_flush(struct terminal *t)
{
	size_t at = 0;

	while (at < t->output_size) {
		ssize_t n = write(t->out, t->output + at, t->output_size - at);

		if (n < 0 && errno == EAGAIN) {
			struct pollfd p = { .fd = t->out, .events = POLLOUT };

			poll(&p, 1, -1);
			continue;
		}
		if (n < 0 && errno != EINTR) {
			t->output_size = 0;
			return false;
		}
		if (n > 0)
			at += n;
	}
	t->output_size = 0;
	return true;
}
