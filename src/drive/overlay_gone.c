/* overlay_gone.c - what of the lower drive has been deleted.
 *
 * Lines are only ever added to \DELETED.TXT, each with its end in one write; one that
 * is not whole, because a run was killed or its disk full, says nothing.  */

#include "drive/overlay.h"

#include <stdlib.h>
#include <string.h>

#include "base/cp.h"

#define FILE_MAX	(64u << 20)	/* of which as much is believed */
#define LINE_MAX_UTF8	(OV_KEY * UTF8_MAX)

static uint32_t hash_of(const char *key)
{
	uint32_t h = 0x811c9dc5;

	for (; *key; key++)
		h = (h ^ (uint8_t)*key) * 0x01000193;
	return h ^ h >> 15;
}

/* Its slot, or the free one where it belongs.  */
static uint32_t slot_of(const struct overlay *ov, const char *upper)
{
	uint32_t i = hash_of(upper) & (ov->gone_slots - 1);

	while (ov->gone[i] && strcmp(ov->gone[i], upper) != 0)
		i = (i + 1) & (ov->gone_slots - 1);
	return i;
}

static bool grow(struct overlay *ov)
{
	char **old = ov->gone;
	uint32_t slots = ov->gone_slots;

	ov->gone_slots = slots ? slots * 2 : 64;
	ov->gone = calloc(ov->gone_slots, sizeof *ov->gone);
	if (!ov->gone) {
		ov->gone = old;
		ov->gone_slots = slots;
		return false;
	}
	for (uint32_t i = 0; i < slots; i++)
		if (old[i])
			ov->gone[slot_of(ov, old[i])] = old[i];
	free(old);
	return true;
}

static void capitals(const struct overlay *ov, const char *key, char out[OV_KEY])
{
	size_t n = 0;

	for (; key[n] && n < OV_KEY - 1; n++)
		out[n] = cp_upper(ov->code_page, key[n]);
	out[n] = '\0';
}

static bool remember(struct overlay *ov, const char *upper)
{
	uint32_t at;

	if (ov->gone_count * 2 >= ov->gone_slots && !grow(ov))
		return false;
	at = slot_of(ov, upper);
	if (ov->gone[at])
		return true;
	ov->gone[at] = strdup(upper);
	ov->gone_count += ov->gone[at] != NULL;
	return ov->gone[at] != NULL;
}

bool ov_gone(const struct overlay *ov, const char *key)
{
	char upper[OV_KEY];

	if (!ov->gone_count)
		return false;
	capitals(ov, key, upper);
	return ov->gone[slot_of(ov, upper)] != NULL;
}

static enum dos_error append(struct overlay *ov, const char *key)
{
	const struct drive_ops *ops = ov->upper.ops;
	struct drive_info info;
	char line[LINE_MAX_UTF8 + 2];
	size_t size, n;
	enum dos_error e;

	if (!cp_string_to_utf8(ov->code_page, line, LINE_MAX_UTF8, key))
		return DOS_NO_PATH;
	size = strlen(line);
	line[size++] = '\n';
	e = ops->file_info(ov->upper.disk, ov->deleted, &info);
	if (e)
		return e;
	if (info.size > FILE_MAX - size)
		return DOS_DISK_FULL;
	n = size;
	e = ops->write(ov->upper.disk, ov->deleted, info.size, line, &n);
	if (e || n == size)
		return e;
	n = 0;				/* the end of a full disk: take the beginning back */
	ops->write(ov->upper.disk, ov->deleted, info.size, line, &n);
	return DOS_DISK_FULL;
}

enum dos_error ov_gone_add(struct overlay *ov, const char *key)
{
	char upper[OV_KEY];
	enum dos_error e;

	if (ov_gone(ov, key))
		return DOS_OK;
	e = append(ov, key);
	if (e)
		return e;
	capitals(ov, key, upper);
	return remember(ov, upper) ? DOS_OK : DOS_NO_MEMORY;
}

/* A line of the file; what cannot be a key is of another code page, or not ours.  */
static bool load_line(struct overlay *ov, const char *line)
{
	char key[OV_KEY], upper[OV_KEY];

	if (line[0] != '\\' || !cp_string_from_utf8(ov->code_page, key, sizeof key, line))
		return true;
	capitals(ov, key, upper);
	return remember(ov, upper);
}

static enum dos_error load_text(struct overlay *ov, char *text)
{
	for (char *line = text, *end; (end = strchr(line, '\n')) != NULL; line = end + 1) {
		*end = '\0';
		if (!load_line(ov, line))
			return DOS_NO_MEMORY;
	}
	return DOS_OK;
}

enum dos_error ov_gone_load(struct overlay *ov)
{
	const struct drive_ops *ops = ov->upper.ops;
	struct drive_info info;
	enum drive_did did;
	enum dos_error e;
	char *text;
	size_t n;

	e = ops->open(ov->upper.disk, OV_DELETED, DRIVE_RDWR | 0x10 | DRIVE_CREATE, 0,
		      &ov->deleted, &did);
	if (!e)
		e = ops->file_info(ov->upper.disk, ov->deleted, &info);
	if (e)
		return e;
	n = info.size < FILE_MAX ? info.size : FILE_MAX;
	text = malloc(n + 1);
	if (!text || !grow(ov)) {
		free(text);
		return DOS_NO_MEMORY;
	}
	e = ops->read(ov->upper.disk, ov->deleted, 0, text, &n);
	text[e ? 0 : n] = '\0';
	if (!e)
		e = load_text(ov, text);
	/* Behind a line that was not finished a new one begins.  */
	if (!e && n && text[n - 1] && text[n - 1] != '\n') {
		size_t one = 1;

		e = ops->write(ov->upper.disk, ov->deleted, n, "\n", &one);
	}
	free(text);
	return e;
}

void ov_gone_free(struct overlay *ov)
{
	for (uint32_t i = 0; i < ov->gone_slots; i++)
		free(ov->gone[i]);
	free(ov->gone);
	ov->gone = NULL;
	ov->gone_slots = ov->gone_count = 0;
}
