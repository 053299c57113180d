/* screendump.c - the last screen, in a file.  */

#include "session/screendump.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/cp.h"
#include "base/error.h"
#include "machine/machine.h"

static void put(FILE *f, uint16_t code_page, char ch)
{
	char utf8[UTF8_MAX];

	if (ch == '\n')
		fputc('\n', f);
	else
		fwrite(utf8, 1, utf8_put(utf8, cp_glyph(code_page, ch)), f);
}

bool screen_dump(const struct machine *m, const char *path, struct error *err)
{
	char text[16384];
	bool ok;
	FILE *f;
	size_t n;

	if (!*path)
		return true;
	f = fopen(path, "we");
	ok = f != NULL;
	if (f) {
		n = machine_screen_text(m, text, sizeof text);
		for (size_t i = 0; i < n; i++)
			put(f, machine_code_page(m), text[i]);
		ok = !ferror(f);
		ok = fclose(f) == 0 && ok;
	}
	if (!ok)
		error_set(err, "--screen-dump=%s: %s", path, strerror(errno));
	return ok;
}
