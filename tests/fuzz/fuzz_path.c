/* fuzz_path.c - the names of DOS as text.  The first byte chooses a code
 * page; two texts follow, with a NUL between them.  */

#include "fuzz.h"

#include <stdlib.h>
#include <string.h>

#include "base/cp.h"
#include "drive/path.h"

static void promise(bool kept)
{
	if (!kept)
		abort();
}

static void one_name(unsigned page, const char *name)
{
	char out[PATH_83_MAX], dir[DRIVE_PATH_MAX], last[DRIVE_NAME_MAX], joined[DRIVE_PATH_MAX];
	uint8_t fcb[PATH_FCB];
	const char *end;
	bool wild;

	path_is_device(name);
	path_is_long(name);
	if (path_to_83(page, name, out)) {
		promise(strlen(out) < PATH_83_MAX && *out);
		if (strcmp(out, ".") && strcmp(out, "..") && !path_has_wildcard(out))
			promise(path_is_83(out));
	}
	end = path_to_fcb(page, name, fcb, &wild);
	promise(end >= name && end <= name + strlen(name));
	promise(wild == (memchr(fcb, '?', PATH_FCB) != NULL));
	path_from_fcb(fcb, out);
	promise(strlen(out) < PATH_83_MAX);
	promise(path_match_fcb(fcb, fcb));
	if (path_split(name, dir, last)) {
		promise(*dir == '\\' && *last);
		if (path_join(joined, dir, last) && !strstr(name, "\\\\"))
			promise(strcmp(joined, name) == 0);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text, *second;
	char out[DRIVE_PATH_MAX];
	unsigned page;

	if (size == 0)
		return 0;
	page = cp_nth(data[0] % 16, NULL);
	text = calloc(size + 1, 1);
	if (!text)
		abort();
	memcpy(text, data + 1, size - 1);
	second = text + strlen(text);
	if (second < text + size - 1)
		second++;
	one_name(page, text);
	one_name(page, second);
	path_match_long(page, text, second);
	if (!path_has_wildcard(text))
		promise(path_match_long(page, text, text));
	if (path_join(out, text, second))
		promise(strlen(out) < DRIVE_PATH_MAX);
	path_upper(page, text);
	free(text);
	return 0;
}
