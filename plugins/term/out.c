/* out.c - bytes on their way to the terminal.  */

#include "out.h"

#include <errno.h>
#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define OUT_MAX	(16u << 20)	/* more than any picture needs */

void out_fini(struct out *o)
{
	free(o->text);
	*o = (struct out){ 0 };
}

static bool grow(struct out *o, size_t need)
{
	size_t room = o->room ? o->room : 4096;
	char *text;

	while (room < need)
		room *= 2;
	text = room <= OUT_MAX ? realloc(o->text, room) : NULL;
	if (!text) {
		o->failed = true;
		return false;
	}
	o->text = text;
	o->room = room;
	return true;
}

void out_bytes(struct out *o, const char *p, size_t n)
{
	if (o->failed || (o->size + n > o->room && !grow(o, o->size + n)))
		return;
	memcpy(o->text + o->size, p, n);
	o->size += n;
}

void out_text(struct out *o, const char *text)
{
	if (text)
		out_bytes(o, text, strlen(text));
}

void out_format(struct out *o, const char *format, ...)
{
	char text[128];
	va_list args;
	int n;

	va_start(args, format);
	n = vsnprintf(text, sizeof text, format, args);
	va_end(args);
	if (n > 0)
		out_bytes(o, text, (size_t)n < sizeof text ? (size_t)n : sizeof text - 1);
}

void out_char(struct out *o, uint32_t ch)
{
	char utf8[4];

	if (ch < 0x80) {
		utf8[0] = ch;
		out_bytes(o, utf8, 1);
	} else if (ch < 0x800) {
		utf8[0] = 0xc0 | ch >> 6;
		utf8[1] = 0x80 | (ch & 0x3f);
		out_bytes(o, utf8, 2);
	} else if (ch < 0x10000) {
		utf8[0] = 0xe0 | ch >> 12;
		utf8[1] = 0x80 | (ch >> 6 & 0x3f);
		utf8[2] = 0x80 | (ch & 0x3f);
		out_bytes(o, utf8, 3);
	} else {
		utf8[0] = 0xf0 | (ch >> 18 & 7);
		utf8[1] = 0x80 | (ch >> 12 & 0x3f);
		utf8[2] = 0x80 | (ch >> 6 & 0x3f);
		utf8[3] = 0x80 | (ch & 0x3f);
		out_bytes(o, utf8, 4);
	}
}

void out_base64(struct out *o, const uint8_t *p, size_t n)
{
	static const char digit[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

	for (; n; p += n < 3 ? n : 3, n -= n < 3 ? n : 3) {
		uint32_t v = p[0] << 16 | (n > 1 ? p[1] << 8 : 0) | (n > 2 ? p[2] : 0);
		char four[4] = {
			digit[v >> 18], digit[v >> 12 & 63],
			n > 1 ? digit[v >> 6 & 63] : '=', n > 2 ? digit[v & 63] : '=',
		};

		out_bytes(o, four, 4);
	}
}

bool out_send(struct out *o, int fd)
{
	while (!out_empty(o)) {
		ssize_t n = write(fd, o->text + o->sent, o->size - o->sent);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0 && errno == EAGAIN)
			return true;
		if (n <= 0) {
			o->failed = true;
			o->size = o->sent = 0;
			return false;
		}
		o->sent += n;
		o->total += n;
	}
	o->size = o->sent = 0;
	return !o->failed;
}

bool out_drain(struct out *o, int fd, int timeout_ms)
{
	struct pollfd p = { .fd = fd, .events = POLLOUT };

	while (out_send(o, fd) && !out_empty(o))
		if (poll(&p, 1, timeout_ms) <= 0)
			return false;
	return !o->failed;
}
