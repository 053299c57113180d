/* env.c - environment blocks.  */

#include "dos/env.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "dos/layout.h"

#define ENV_MAX	0x7fffu		/* DOS looks no further for the end */

/* Bytes of the strings with the empty one that ends them; 0: no end.  An
 * environment that begins with its end is two NULs long.  */
static uint16_t strings_size(const struct dos *dos, uint16_t seg)
{
	uint8_t before = 1;

	for (uint16_t n = 0; n < ENV_MAX; n++) {
		uint8_t c = dos_r8(dos, seg, n);

		if (n && !c && !before)
			return n + 1;
		before = c;
	}
	return 0;
}

enum dos_error dos_env_copy(struct dos *dos, uint16_t from, const char *name, uint16_t *seg)
{
	size_t name_size = strlen(name) + 1;
	uint16_t size;
	enum dos_error error;

	*seg = 0;
	if (!from)
		return DOS_OK;
	size = strings_size(dos, from);
	if (!size)
		return DOS_BAD_ENVIRONMENT;
	error = dos_alloc(dos, dos_psp(dos), (size + 2 + name_size + 15) / 16, seg, NULL);
	if (error)
		return error;
	for (uint16_t i = 0; i < size; i++)
		dos_w8(dos, *seg, i, dos_r8(dos, from, i));
	dos_w16(dos, *seg, size, 1);
	guest_copy_out(dos->guest, *seg, size + 2, name, name_size);
	return DOS_OK;
}

enum dos_error dos_env_make(struct dos *dos, const char *strings, size_t size, uint16_t *seg)
{
	enum dos_error error;

	if (size > ENV_MAX - 2)
		return DOS_BAD_ENVIRONMENT;
	error = dos_alloc(dos, dos_psp(dos), (size + 2 + 15) / 16, seg, NULL);
	if (error)
		return error;
	guest_copy_out(dos->guest, *seg, 0, strings, size);
	dos_w16(dos, *seg, size, 0);
	return DOS_OK;
}

bool dos_env_get(const struct dos *dos, uint16_t seg, const char *name, char *buf, size_t size)
{
	char entry[512];
	size_t length = strlen(name);

	for (uint32_t at = 0; seg && at < ENV_MAX; at += strlen(entry) + 1) {
		bool whole = guest_string(dos->guest, (struct far){ at, seg }, entry, sizeof entry);

		if (!entry[0])
			return false;
		if (strncasecmp(entry, name, length) == 0 && entry[length] == '=') {
			snprintf(buf, size, "%s", entry + length + 1);
			return true;
		}
		while (!whole && at < ENV_MAX && dos_r8(dos, seg, at))
			at++;	/* too long for us: to its end */
		if (!whole)
			entry[0] = '\0';
	}
	return false;
}
