/* output.c - what programs say.  Standard output is gathered, and written when
 * the buffer is full, before a key is read, and at the end; to a device, after
 * every `say`.  */

#include "tool.h"

#define OUT_SIZE 512
static u8 out[OUT_SIZE];
static u16 waiting;
static int device = -1;

void flush(void)
{
	u16 count = waiting;

	waiting = 0;
	if (count && file_write(STDOUT, out, count) != count) {
		file_write(STDERR, "Insufficient disk space\r\n", 25);
		leave(1);
	}
}

void put(int c)
{
	if (waiting == OUT_SIZE)
		flush();
	out[waiting++] = c;
}

void put_bytes(const u8 *bytes, u16 count)
{
	while (count--)
		put(*bytes++);
}

static void flush_device(void)
{
	if (device < 0)
		device = is_device(STDOUT) != 0;
	if (device)
		flush();
}

/* --- The format --------------------------------------------------------------- */

struct spec {
	int left, zero, wide, commas;
	u16 width;
};

/* Writes the number so that it ends at `end`; answers its beginning.  */
static char *digits(char *end, u32 n, u16 base, struct spec *s)
{
	char *p = end;
	int count = 0;

	*p = 0;
	do {
		if (s->commas && count && count % 3 == 0)
			*--p = country()->thousands[0];
		*--p = "0123456789ABCDEF"[(u16)(n % base)];
		n /= base;
		count++;
	} while (n);
	return p;
}

static const char *parse_spec(const char *f, struct spec *s)
{
	fill(s, 0, sizeof *s);
	for (;; f++)
		if (*f == '-')
			s->left = 1;
		else if (*f == '\'')
			s->commas = 1;
		else if (*f == '0')
			s->zero = 1;
		else
			break;
	while (is_digit(*f))
		s->width = s->width * 10 + (*f++ - '0');
	if (*f == 'l') {
		s->wide = 1;
		f++;
	}
	return f;
}

static char *pad(char *to, char *end, const char *text, struct spec *s)
{
	u16 n = length(text);
	u16 blanks = s->width > n ? s->width - n : 0;

	if (!s->left)
		while (blanks && to < end) {
			*to++ = s->zero ? '0' : ' ';
			blanks--;
		}
	while (*text && to < end)
		*to++ = *text++;
	while (blanks && to < end) {
		*to++ = ' ';
		blanks--;
	}
	return to;
}

/* Formats to `to`; answers where it ended, at a 0.  */
char *format_text(char *to, u16 size, const char *format, int *args)
{
	char *end = to + size - 1, room[20], *text;
	struct spec s;
	u32 n;

	for (; *format && to < end; format++) {
		if (*format != '%') {
			*to++ = *format;
			continue;
		}
		format = parse_spec(format + 1, &s);
		text = room;
		switch (*format) {
		case 's':
			text = (char *)*args++;
			break;
		case 'c':
			room[0] = *args++;
			room[1] = 0;
			break;
		case 'd': case 'u': case 'x':
			n = s.wide ? *(u32 *)args : (u32)(u16)*args;
			if (*format == 'd' && !s.wide && *args < 0)
				n = (u32)(u16)-*args;
			text = digits(room + 18, n, *format == 'x' ? 16 : 10, &s);
			if (*format == 'd' && !s.wide && *args < 0)
				*--text = '-';
			args += s.wide ? 2 : 1;
			break;
		default:
			room[0] = *format;
			room[1] = 0;
		}
		to = pad(to, end, text, &s);
	}
	*to = 0;
	return to;
}

#define TEXT_SIZE 600
static char text[TEXT_SIZE];

void say(const char *format, ...)
{
	char *end = format_text(text, TEXT_SIZE, format, (int *)&format + 1);

	put_bytes((u8 *)text, end - text);
	flush_device();
}

void warn(const char *format, ...)
{
	char *end;

	flush();
	end = format_text(text, TEXT_SIZE, format, (int *)&format + 1);
	file_write(STDERR, text, end - text);
}

void quit(int code)
{
	flush();
	leave(code);
}

void die(int code, const char *format, ...)
{
	char *end;

	flush();
	end = format_text(text, TEXT_SIZE, format, (int *)&format + 1);
	file_write(STDERR, text, end - text);
	leave(code);
}
