/* history.c - the lines that were typed: text after text, each ended by NUL,
 * oldest first.  When there is no more room the oldest go.  */

#include "shell/edit.h"

#include <string.h>

static size_t length_at(const struct instance *in, size_t at)
{
	return strnlen(in->history + at, in->history_n - at);
}

unsigned sh_history_count(const struct instance *in)
{
	unsigned n = 0;

	for (size_t at = 0; at < in->history_n; at += length_at(in, at) + 1)
		n++;
	return n;
}

bool sh_history_get(const struct instance *in, unsigned n, char *buf, size_t size)
{
	size_t at = 0;

	for (; at < in->history_n && n; n--)
		at += length_at(in, at) + 1;
	if (at >= in->history_n)
		return false;
	parse_copy(buf, size, in->history + at);
	return true;
}

void sh_remember(struct instance *in, const char *line)
{
	size_t n = strlen(line) + 1;
	char last[SHELL_LINE];
	unsigned count = sh_history_count(in);

	if (n == 1 || n > sizeof in->history / 2)
		return;
	if (count && sh_history_get(in, count - 1, last, sizeof last) && !strcmp(last, line))
		return;
	while (in->history_n + n > sizeof in->history) {
		size_t oldest = length_at(in, 0) + 1;

		in->history_n -= oldest;
		memmove(in->history, in->history + oldest, in->history_n);
	}
	memcpy(in->history + in->history_n, line, n);
	in->history_n += n;
}

int sh_history_search(const struct instance *in, unsigned before, const char *start, size_t n)
{
	char line[SHELL_LINE];

	for (int i = (int)before - 1; i >= 0; i--)
		if (sh_history_get(in, i, line, sizeof line) && !strncmp(line, start, n))
			return i;
	return -1;
}
