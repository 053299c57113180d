/* fat_table.c - the file allocation table: a number for every cluster.
 *
 * FAT12 packs two numbers into three bytes, and one of them may lie across
 * two sectors; both are then written together (fat_sync).  */

#include "drive/fat_volume.h"

#include "base/le.h"

static enum dos_error get_byte(struct fat *v, uint64_t at, uint8_t *byte)
{
	const uint8_t *p;
	enum dos_error e = fat_get(v, v->g.table + at / FAT_SECTOR, &p);

	if (!e)
		*byte = p[at % FAT_SECTOR];
	return e;
}

/* Change the bits of mask.  */
static enum dos_error put_byte(struct fat *v, uint64_t at, uint8_t byte, uint8_t mask)
{
	uint8_t *p;
	enum dos_error e = fat_touch(v, v->g.table + at / FAT_SECTOR, &p);

	if (!e)
		p[at % FAT_SECTOR] = (p[at % FAT_SECTOR] & ~mask) | (byte & mask);
	return e;
}

static enum dos_error raw12(struct fat *v, uint32_t n, uint32_t *value)
{
	uint64_t at = n + n / 2;
	uint8_t low, high;
	enum dos_error e = get_byte(v, at, &low);

	if (!e)
		e = get_byte(v, at + 1, &high);
	if (e)
		return e;
	*value = low | high << 8;
	*value = n & 1 ? *value >> 4 : *value & 0xfff;
	return DOS_OK;
}

enum dos_error fat_raw(struct fat *v, uint32_t n, uint32_t *value)
{
	unsigned shift = v->g.bits == 16 ? 1 : 2;
	uint64_t at = (uint64_t)n << shift;
	const uint8_t *p;
	enum dos_error e;

	if (v->g.bits == 12)
		return raw12(v, n, value);
	e = fat_get(v, v->g.table + at / FAT_SECTOR, &p);
	if (e)
		return e;
	p += at % FAT_SECTOR;
	*value = v->g.bits == 16 ? le_get16(p) : le_get32(p) & 0x0fffffff;
	return DOS_OK;
}

/* The last eight numbers end a chain; the one before is a bad cluster.  */
enum dos_error fat_next(struct fat *v, uint32_t n, uint32_t *next)
{
	uint32_t most = v->g.bits == 32 ? 0x0fffffff : (UINT32_C(1) << v->g.bits) - 1;
	enum dos_error e;

	if (!fat_is_cluster(v, n))
		return DOS_GENERAL_FAILURE;
	e = fat_raw(v, n, next);
	if (e)
		return e;
	if (*next >= most - 7)
		*next = FAT_END;
	else if (!fat_is_cluster(v, *next))
		return DOS_GENERAL_FAILURE;
	return DOS_OK;
}

static enum dos_error put12(struct fat *v, uint32_t n, uint32_t value)
{
	uint64_t at = n + n / 2;
	uint16_t mask = n & 1 ? 0xfff0 : 0x0fff;
	enum dos_error e;

	if (n & 1)
		value <<= 4;
	e = put_byte(v, at, value, mask);
	return e ? e : put_byte(v, at + 1, value >> 8, mask >> 8);
}

enum dos_error fat_put(struct fat *v, uint32_t n, uint32_t value)
{
	unsigned shift = v->g.bits == 16 ? 1 : 2;
	uint64_t at = (uint64_t)n << shift;
	enum dos_error e;
	uint8_t *p;

	if (n >= v->g.end)
		return DOS_GENERAL_FAILURE;
	if (v->g.bits == 12)
		return put12(v, n, value & 0xfff);
	e = fat_touch(v, v->g.table + at / FAT_SECTOR, &p);
	if (e)
		return e;
	p += at % FAT_SECTOR;
	if (v->g.bits == 16)
		le_put16(p, value);
	else
		le_put32(p, (le_get32(p) & 0xf0000000) | (value & 0x0fffffff));
	return DOS_OK;
}
