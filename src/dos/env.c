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

static enum dos_error allocate(struct dos *dos, size_t size, const char *name, uint16_t *seg)
{
	return dos_alloc(dos, dos_psp(dos), (size + 2 + strlen(name) + 1 + 15) / 16, seg, NULL);
}

static void put_name(struct dos *dos, uint16_t seg, uint16_t at, const char *name)
{
	dos_w16(dos, seg, at, 1);
	guest_copy_out(dos->guest, seg, at + 2, name, strlen(name) + 1);
}

enum dos_error dos_env_copy(struct dos *dos, uint16_t from, const char *name, uint16_t *seg)
{
	uint16_t size;
	enum dos_error error;

	*seg = 0;
	if (!from)
		return DOS_OK;
	size = strings_size(dos, from);
	if (!size)
		return DOS_BAD_ENVIRONMENT;
	error = allocate(dos, size, name, seg);
	if (error)
		return error;
	for (uint16_t i = 0; i < size; i++)
		dos_w8(dos, *seg, i, dos_r8(dos, from, i));
	put_name(dos, *seg, size, name);
	return DOS_OK;
}

enum dos_error dos_env_make(struct dos *dos, const char *strings, size_t size,
			    const char *name, uint16_t *seg)
{
	enum dos_error error;

	if (size > ENV_MAX)
		return DOS_BAD_ENVIRONMENT;
	error = allocate(dos, size, name, seg);
	if (error)
		return error;
	guest_copy_out(dos->guest, *seg, 0, strings, size);
	put_name(dos, *seg, size, name);
	return DOS_OK;
}

/* Is there a string of this name (up to '=') in the list?  */
static bool has_name(const char *strings, size_t size, const char *entry)
{
	size_t length = strcspn(entry, "=");

	for (size_t at = 0; at < size && strings[at]; at += strnlen(strings + at, size - at) + 1)
		if (strncasecmp(strings + at, entry, length) == 0 && strings[at + length] == '=')
			return true;
	return false;
}

static size_t append(char *buf, size_t size, size_t n, const char *strings, size_t count,
		     const char *not_in, size_t not_in_size)
{
	for (size_t at = 0; at < count && strings[at]; ) {
		size_t length = strnlen(strings + at, count - at) + 1;

		if (!has_name(not_in, not_in_size, strings + at) &&
		    at + length <= count && n + length < size) {
			memcpy(buf + n, strings + at, length);
			n += length;
		}
		at += length;
	}
	return n;
}

size_t dos_env_merge(char *buf, size_t size, const char *first, size_t first_size,
		     const char *second, size_t second_size)
{
	size_t n = append(buf, size, 0, first, first_size, second, second_size);

	n = append(buf, size, n, second, second_size, NULL, 0);
	buf[n++] = '\0';
	if (n == 1)
		buf[n++] = '\0';	/* an empty environment has two */
	return n;
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
