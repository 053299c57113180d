/* log.c - lines, made safe and written.  */

#include "base/log.h"

#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include "base/cp.h"

#define LINE_MAX_BYTES	1024

static const struct {
	const char *name, *help;
	unsigned set;
} channels[] = {
	{ "dos", "calls of DOS, decoded", LOG_DOS },
	{ "int", "calls of the BIOS and other interrupts", LOG_INT },
	{ "exec", "programs that start and end", LOG_EXEC },
	{ "file", "files and directories of Linux that are touched", LOG_FILE },
	{ "cpu", "every instruction", LOG_CPU },
	{ "port", "every access to a port", LOG_PORT },
	{ "pace", "at the end, how evenly pictures came and how well the clock went", LOG_PACE },
	{ "all", "dos, int, exec and file", LOG_DOS | LOG_INT | LOG_EXEC | LOG_FILE },
};
#define CHANNELS	(sizeof channels / sizeof channels[0])

void log_init(struct log *log, FILE *out, unsigned set)
{
	*log = (struct log){ .out = out, .channels = set | LOG_WARN };
}

/* Each byte of the text may become four.  */
static void put_safe(char *to, const char *from)
{
	static const char hex[] = "0123456789abcdef";
	size_t left = strlen(from);

	while (left) {
		uint32_t ch;
		size_t n = utf8_get(from, left, &ch);

		if (n && ch != UTF8_BAD && ch >= 0x20 && (ch < 0x7f || ch > 0x9f)) {
			memcpy(to, from, n);
			to += n;
		} else {
			uint8_t byte = *from;

			n = 1;
			*to++ = '\\';
			*to++ = 'x';
			*to++ = hex[byte >> 4];
			*to++ = hex[byte & 15];
		}
		from += n;
		left -= n;
	}
	*to++ = '\n';
	*to = '\0';
}

void log_say(const struct log *log, enum log_channel channel, const char *fmt, ...)
{
	static const char warning[] = "dosvm: ";
	size_t begin = channel == LOG_WARN ? sizeof warning - 1 : 0;
	char raw[LINE_MAX_BYTES], line[sizeof warning + 4 * LINE_MAX_BYTES + 1];
	va_list ap;

	if (!log_on(log, channel))
		return;
	va_start(ap, fmt);
	vsnprintf(raw, sizeof raw, fmt, ap);
	va_end(ap);
	memcpy(line, warning, begin);
	put_safe(line + begin, raw);
	fputs(line, log->out);
}

unsigned log_channel_named(const char *name, size_t n)
{
	for (size_t i = 0; i < CHANNELS; i++)
		if (strlen(channels[i].name) == n && memcmp(channels[i].name, name, n) == 0)
			return channels[i].set;
	return 0;
}

const char *log_channel_nth(unsigned n, const char **help)
{
	if (n >= CHANNELS)
		return NULL;
	if (help)
		*help = channels[n].help;
	return channels[n].name;
}
