/* names.c - how the kernel reads a name out of text.  */

#include "dos/names.h"

#include <string.h>

#include "base/cp.h"
#include "dos/dos.h"

enum class { CLASS_NAME, CLASS_END, CLASS_DOT, CLASS_BLANK };

static enum class class_of(uint8_t c)
{
	if (c < ' ')
		return CLASS_END;
	if (c == ' ')
		return CLASS_BLANK;
	if (c == '.')
		return CLASS_DOT;
	return strchr("\"/\\[]:<|>+=;,", c) ? CLASS_END : CLASS_NAME;
}

bool name_fcb_char(uint8_t c)
{
	return class_of(c) != CLASS_END;
}

uint8_t name_upper(const struct dos *dos, uint8_t c)
{
	return cp_upper(dos->config.code_page, c);
}

size_t name_part(const struct dos *dos, const char *s, uint8_t *out, size_t n, bool blanks, bool *wild)
{
	size_t i, used = 0;

	for (i = 0; s[i]; i++) {
		enum class class = class_of(s[i]);

		if (class == CLASS_END || class == CLASS_DOT || (class == CLASS_BLANK && !blanks))
			break;
		if (used == n)
			continue;
		if (s[i] == '*')
			while (used < n)
				out[used++] = '?';
		else
			out[used++] = name_upper(dos, s[i]);
		*wild |= out[used - 1] == '?';
	}
	memset(out + used, ' ', n - used);
	return i;
}

size_t name_scan(const struct dos *dos, const char *s, uint8_t fcb[PATH_FCB], bool *wild)
{
	size_t i;

	memset(fcb, ' ', PATH_FCB);
	i = name_part(dos, s, fcb, 8, true, wild);
	if (i && s[i] == '.') {
		i++;
		i += name_part(dos, s + i, fcb + 8, 3, true, wild);
	}
	return fcb[0] == ' ' ? 0 : i;
}

void name_fill(const uint8_t pattern[PATH_FCB], const uint8_t name[PATH_FCB], uint8_t out[PATH_FCB])
{
	for (unsigned i = 0; i < PATH_FCB; i++)
		out[i] = pattern[i] == '?' ? name[i] : pattern[i];
}
