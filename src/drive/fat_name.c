/* fat_name.c - names as they are on the disk, and as the guest has them.
 *
 * 8.3 names are in the guest's code page, long ones in UTF-16.  What the code
 * page, or DOS, does not have is shown as '_', and is found by that.  */

#include "drive/fat_volume.h"

#include <string.h>

#include "base/cp.h"
#include "base/le.h"

#define SUBSTITUTE	'_'

enum { LOWER_BASE = 0x08, LOWER_EXT = 0x10 };	/* SLOT_CASE, by Windows NT */

static size_t trimmed(const uint8_t *field, size_t n)
{
	while (n && field[n - 1] == ' ')
		n--;
	return n;
}

static uint8_t visible(uint8_t ch)
{
	return ch == ' ' || path_char_83(ch) ? ch : path_char_long(ch) && ch != '.' ? ch : SUBSTITUTE;
}

/* In lower case where map says so.  */
static void show(const uint8_t raw[FAT_SLOT], const uint8_t *base_map, const uint8_t *ext_map,
		 char out[PATH_83_MAX])
{
	size_t base = trimmed(raw, 8), ext = trimmed(raw + 8, 3), n = 0;

	if (raw[0] == '.' && (base == 1 || (base == 2 && raw[1] == '.')) && !ext &&
	    raw[SLOT_ATTR] & ATTR_DIR) {
		memcpy(out, raw, base);
		out[base] = '\0';
		return;
	}
	for (size_t i = 0; i < base; i++) {
		uint8_t ch = visible(!i && raw[0] == SLOT_E5 ? 0xe5 : raw[i]);

		out[n++] = base_map ? base_map[ch] : ch;
	}
	if (!base)
		out[n++] = SUBSTITUTE;
	if (ext)
		out[n++] = '.';
	for (size_t i = 0; i < ext; i++) {
		uint8_t ch = visible(raw[8 + i]);

		out[n++] = ext_map ? ext_map[ch] : ch;
	}
	out[n] = '\0';
}

void fat_show_83(const uint8_t raw[FAT_SLOT], char out[PATH_83_MAX])
{
	show(raw, NULL, NULL, out);
}

static uint8_t show_unit(const struct fat *v, uint16_t unit)
{
	int ch = cp_from_unicode(v->config.code_page, unit);

	return ch < 0 || !path_char_long(ch) ? SUBSTITUTE : ch;
}

void fat_show_long(const struct fat *v, const struct fat_entry *e, char out[DRIVE_NAME_MAX])
{
	uint8_t lower = e->raw[SLOT_CASE];
	size_t n = 0;

	if (!e->units) {
		show(e->raw, lower & LOWER_BASE ? v->lower : NULL,
		     lower & LOWER_EXT ? v->lower : NULL, out);
		return;
	}
	while (n < e->units) {
		out[n] = show_unit(v, e->unit[n]);
		n++;
	}
	/* Programs drop dots and blanks at the end before they ask.  */
	for (size_t k = n; k && (out[k - 1] == '.' || out[k - 1] == ' '); k--)
		out[k - 1] = SUBSTITUTE;
	out[n] = '\0';
}

bool fat_unit_may_be(const struct fat *v, uint16_t unit, char ch)
{
	return ch == SUBSTITUTE || v->upper[show_unit(v, unit)] == v->upper[(uint8_t)ch];
}

bool fat_same(const struct fat *v, const char *a, const char *b)
{
	while (*a && v->upper[(uint8_t)*a] == v->upper[(uint8_t)*b])
		a++, b++;
	return !*a && !*b;
}

uint8_t fat_sum(const uint8_t name[PATH_FCB])
{
	uint8_t sum = 0;

	for (unsigned i = 0; i < PATH_FCB; i++)
		sum = (sum >> 1 | sum << 7) + name[i];
	return sum;
}

/* What an old DOS left 0 is the last write's.  */
void fat_info(const struct fat *v, const struct fat_entry *e, struct drive_info *out)
{
	const uint8_t *raw = e->raw;
	bool dir = raw[SLOT_ATTR] & ATTR_DIR;

	*out = (struct drive_info){
		.attr = raw[SLOT_ATTR] & 0x3f,
		.time = le_get16(raw + SLOT_TIME), .date = le_get16(raw + SLOT_DATE),
		.ctime = le_get16(raw + SLOT_CTIME), .cdate = le_get16(raw + SLOT_CDATE),
		.adate = le_get16(raw + SLOT_ADATE),
		.size = dir ? 0 : le_get32(raw + SLOT_SIZE), .id = e->id, .links = 1,
	};
	if (!out->cdate) {
		out->ctime = out->time;
		out->cdate = out->date;
	}
	if (!out->adate)
		out->adate = out->date;
	fat_show_83(raw, out->name);
	fat_show_long(v, e, out->long_name);
}

bool fat_new_83(const struct fat *v, const char *name, uint8_t fcb[PATH_FCB])
{
	if (!path_is_83(name))
		return false;
	path_to_fcb(v->config.code_page, name, fcb, NULL);
	if (fcb[0] == SLOT_DELETED)
		fcb[0] = SLOT_E5;
	return true;
}

bool fat_new_long(const struct fat *v, const char *name, uint8_t fcb[PATH_FCB], bool *tail)
{
	if (!path_is_long(name))
		return false;
	*tail = !path_to_basis(v->config.code_page, name, fcb);
	if (fcb[0] == SLOT_DELETED)
		fcb[0] = SLOT_E5;
	return true;
}

void fat_put_tail(uint8_t fcb[PATH_FCB], const uint8_t basis[PATH_FCB], uint32_t n)
{
	uint8_t digit[8];
	size_t digits = 0, base = trimmed(basis, 8);

	do
		digit[digits++] = '0' + n % 10;
	while (n /= 10);
	if (base > 7 - digits)
		base = 7 - digits;
	memcpy(fcb, basis, PATH_FCB);
	memset(fcb + base, ' ', 8 - base);
	fcb[base++] = '~';
	while (digits)
		fcb[base++] = digit[--digits];
}
