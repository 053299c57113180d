/* fat_label.c - the volume's label: an entry of the root, and since DOS 4.0 a
 * copy in the boot sector, which DOS writes but does not read.  */

#include "drive/fat_volume.h"

#include <string.h>

#include "base/le.h"

enum dos_error fat_label(void *disk, char out[12])
{
	struct fat *v = disk;
	struct fat_entry entry;
	size_t n = PATH_FCB;
	enum dos_error e = fat_begin(v);

	out[0] = '\0';
	if (!e && v->config.label[0]) {
		memcpy(out, v->config.label, sizeof v->config.label);
		return DOS_OK;
	}
	if (!e)
		e = fat_dir_label(v, &entry);
	if (e)
		return e == DOS_NO_FILE ? DOS_OK : e;
	memcpy(out, entry.raw, PATH_FCB);
	if ((uint8_t)out[0] == SLOT_E5)
		out[0] = (char)0xe5;
	for (size_t i = 0; i < n; i++)
		if (!path_char_long(out[i]))
			out[i] = '_';
	while (n && out[n - 1] == ' ')
		n--;
	out[n] = '\0';
	return DOS_OK;
}

static enum dos_error store(struct fat *v, const uint8_t name[PATH_FCB])
{
	struct fat_entry entry;
	struct fat_dir root;
	uint8_t *raw = entry.raw;
	uint16_t time, date;
	enum dos_error e = fat_dir_label(v, &entry);
	bool new = e == DOS_NO_FILE;

	fat_dir_open(v, &root, 0);
	if (e && !new)
		return e;
	if (name[0] == ' ')
		return new ? DOS_OK : fat_unmake(v, &root, entry.slot, entry.slot + 1);
	if (new)
		memset(raw, 0, FAT_SLOT);
	memcpy(raw, name, PATH_FCB);
	if (raw[0] == SLOT_DELETED)
		raw[0] = SLOT_E5;
	fat_now(v, &time, &date);
	raw[SLOT_ATTR] = ATTR_LABEL;
	le_put16(raw + SLOT_TIME, time);
	le_put16(raw + SLOT_DATE, date);
	return new ? fat_make_raw(v, &root, raw) : fat_slot_set(v, &root, entry.slot, raw);
}

enum dos_error fat_set_label(void *disk, const char *label)
{
	struct fat *v = disk;
	uint8_t name[PATH_FCB];
	enum dos_error e = fat_begin_write(v);

	if (e)
		return e;
	if (!path_is_label(label))
		return DOS_DENIED;
	memset(name, ' ', sizeof name);
	memcpy(name, label, strlen(label));
	e = store(v, name);
	if (!e)
		e = fat_boot_label(v, label[0] ? name : (const uint8_t *)"NO NAME    ");
	if (!e)
		v->config.label[0] = '\0';
	return fat_done(v, e);
}
