/* fat_format.c - a new, empty volume.
 *
 * Floppies get the layouts that DOS's FORMAT gives them, hard disks its sizes
 * of clusters (MS-DOS 6 up to 2 GB, Windows 98 above).  The numbers of clusters
 * at which a table gets more bits are kept clear of, as fatgen103 advises.  The
 * boot sector comes last, so that what was begun and not finished is none.  */

#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/le.h"
#include "drive/fat_volume.h"

#define WIDE_RESERVED	32
#define WIDE_ROOT	2
#define BACKUP		6
#define CHUNK		64

/* What a volume is going to be.  */
struct plan {
	const struct fat_medium *m;
	const struct fat_format *f;
	unsigned bits, fats, root;
	uint32_t cluster;		/* sectors */
	uint32_t reserved, table, root_sectors, clusters;
	uint16_t heads, track;
	uint8_t media;
};

static const struct floppy {
	uint16_t sectors;
	uint8_t media, heads, track, cluster;
	uint16_t root;
} floppies[] = {
	{ 320, 0xfe, 1, 8, 1, 64 }, { 360, 0xfc, 1, 9, 1, 64 },
	{ 640, 0xff, 2, 8, 2, 112 }, { 720, 0xfd, 2, 9, 2, 112 },
	{ 1440, 0xf9, 2, 9, 2, 112 }, { 2400, 0xf9, 2, 15, 1, 224 },
	{ 2880, 0xf0, 2, 18, 1, 224 }, { 3360, 0xf0, 2, 21, 4, 16 },
	{ 5760, 0xf0, 2, 36, 2, 240 },
};

/* Hard disks: up to so many sectors, the table's bits and a cluster's sectors.  */
static const struct size {
	uint64_t sectors;
	uint8_t bits, cluster;
} sizes[] = {
	{ 32680, 12, 8 }, { 262144, 16, 4 }, { 524288, 16, 8 }, { 1048576, 16, 16 },
	{ 2097152, 16, 32 }, { 4193000, 16, 64 }, { 16777216, 32, 8 }, { 33554432, 32, 16 },
	{ 67108864, 32, 32 }, { UINT64_MAX, 32, 64 },
};

/* Where the numbers of clusters of each kind end, with room to both sides.  */
static bool count_fits(unsigned bits, uint64_t clusters)
{
	switch (bits) {
	case 12: return clusters >= 1 && clusters <= 4085 - 16;
	case 16: return clusters >= 4085 + 16 && clusters <= 65525 - 16;
	default: return clusters >= 65525 + 16 && clusters <= 0x0ffffff0;
	}
}

/* The smallest table that has a number for every cluster there is room for.  */
static bool measure(struct plan *p)
{
	uint64_t fixed = p->reserved + p->root_sectors;

	p->table = 1;
	for (;;) {
		uint64_t tables = (uint64_t)p->table * p->fats, clusters, need;

		if (fixed + tables >= p->m->sectors)
			return false;
		clusters = (p->m->sectors - fixed - tables) / p->cluster;
		if (clusters > 0x0ffffff0)
			return false;
		need = ((clusters + 2) * p->bits + 8 * FAT_SECTOR - 1) / (8 * FAT_SECTOR);
		p->clusters = clusters;
		if (need <= p->table)
			return count_fits(p->bits, clusters);
		p->table = need;
	}
}

/* From the usual size of clusters on up, then down.  64 KB, which DOS before 7.10
 * does not know, must be asked for.  */
static bool choose_cluster(struct plan *p, uint32_t usual)
{
	if (p->f->cluster) {
		p->cluster = p->f->cluster / FAT_SECTOR;
		return measure(p);
	}
	for (p->cluster = usual; p->cluster <= 64; p->cluster *= 2)
		if (measure(p))
			return true;
	for (p->cluster = usual / 2; p->cluster; p->cluster /= 2)
		if (measure(p))
			return true;
	return false;
}

static bool choose(struct plan *p)
{
	const struct floppy *floppy = NULL;
	const struct size *size = sizes;
	uint32_t usual;

	for (unsigned i = 0; i < sizeof floppies / sizeof floppies[0]; i++)
		if (floppies[i].sectors == p->m->sectors && !p->f->hidden)
			floppy = &floppies[i];
	while (p->m->sectors > size->sectors)
		size++;
	usual = floppy ? floppy->cluster : size->cluster;
	p->bits = p->f->bits ? p->f->bits : floppy ? 12 : size->bits;
	if (p->bits == 32 && size->bits != 32)
		usual = p->m->sectors <= 532480 ? 1 : 8;	/* to 260 MB */
	p->fats = p->f->fats ? p->f->fats : 2;
	p->root = p->bits == 32 ? 0 : p->f->root ? p->f->root : floppy ? floppy->root : 512;
	p->root_sectors = (p->root + FAT_SLOTS - 1) / FAT_SLOTS;
	p->root = p->root_sectors * FAT_SLOTS;
	p->reserved = p->bits == 32 ? WIDE_RESERVED : 1;
	p->media = p->f->media ? p->f->media : floppy ? floppy->media : 0xf8;
	p->heads = p->f->heads ? p->f->heads : floppy ? floppy->heads : 255;
	p->track = p->f->track ? p->f->track : floppy ? floppy->track : 63;
	return choose_cluster(p, usual);
}

/* "Not a system disk", for who starts from it.  */
static void put_code(uint8_t *b, unsigned at)
{
	static const uint8_t code[] = {
		0x31, 0xc0,		/* xor ax,ax */
		0x8e, 0xd8,		/* mov ds,ax */
		0xbe, 0, 0,		/* mov si,text */
		0xfc,			/* cld */
		0xac,			/* next: lodsb */
		0x84, 0xc0,		/* test al,al */
		0x74, 0x09,		/* jz key */
		0xb4, 0x0e,		/* mov ah,0eh */
		0xbb, 0x07, 0x00,	/* mov bx,7 */
		0xcd, 0x10,		/* int 10h */
		0xeb, 0xf2,		/* jmp next */
		0x31, 0xc0,		/* key: xor ax,ax */
		0xcd, 0x16,		/* int 16h */
		0xcd, 0x19,		/* int 19h */
	};
	static const char text[] = "\r\nThis disk has no system on it.\r\n"
				   "Take another one, and press a key.\r\n";

	memcpy(b + at, code, sizeof code);
	le_put16(b + at + 5, 0x7c00 + at + sizeof code);
	memcpy(b + at + sizeof code, text, sizeof text);
}

static void put_name(uint8_t fcb[PATH_FCB], const char *label)
{
	memset(fcb, ' ', PATH_FCB);
	memcpy(fcb, label, strnlen(label, PATH_FCB));
}

static void put_boot(const struct plan *p, uint8_t b[FAT_SECTOR])
{
	bool wide = p->bits == 32, small = p->m->sectors < 65536 && !wide;
	unsigned at = wide ? 64 : 36;	/* of the extended part */

	memset(b, 0, FAT_SECTOR);
	b[0] = 0xeb;
	b[1] = at + 26 - 2;
	b[2] = 0x90;
	memcpy(b + 3, "MSDOS5.0", 8);
	le_put16(b + 11, FAT_SECTOR);
	b[13] = p->cluster;
	le_put16(b + 14, p->reserved);
	b[16] = p->fats;
	le_put16(b + 17, p->root);
	le_put16(b + 19, small ? p->m->sectors : 0);
	b[21] = p->media;
	le_put16(b + 22, wide ? 0 : p->table);
	le_put16(b + 24, p->track);
	le_put16(b + 26, p->heads);
	le_put32(b + 28, p->f->hidden);
	le_put32(b + 32, small ? 0 : p->m->sectors);
	if (wide) {
		le_put32(b + 36, p->table);
		le_put32(b + 44, WIDE_ROOT);
		le_put16(b + 48, 1);
		le_put16(b + 50, BACKUP);
	}
	b[at] = p->f->drive ? p->f->drive : p->media == 0xf8 ? 0x80 : 0;
	b[at + 2] = 0x29;
	le_put32(b + at + 3, p->f->serial);
	put_name(b + at + 7, p->f->label[0] ? p->f->label : "NO NAME");
	memcpy(b + at + 18, wide ? "FAT32   " : p->bits == 16 ? "FAT16   " : "FAT12   ", 8);
	put_code(b, at + 26);
	le_put16(b + 510, 0xaa55);
}

static bool put(const struct plan *p, uint64_t sector, const uint8_t *b)
{
	return p->m->write(p->m->ctx, sector, b, 1);
}

static bool clear(const struct plan *p, uint64_t sector, uint64_t count)
{
	static const uint8_t zeros[CHUNK * FAT_SECTOR];

	while (count) {
		size_t n = count < CHUNK ? count : CHUNK;

		if (!p->m->write(p->m->ctx, sector, zeros, n))
			return false;
		sector += n;
		count -= n;
	}
	return true;
}

/* The numbers 0 and 1, and FAT32's root.  */
static bool put_tables(const struct plan *p)
{
	uint8_t b[FAT_SECTOR] = { p->media, 0xff, 0xff };
	bool ok = true;

	if (p->bits == 16)
		b[3] = 0xff;
	if (p->bits == 32) {
		le_put32(b, 0x0fffff00 | p->media);
		le_put32(b + 4, 0x0fffffff);
		le_put32(b + 8, 0x0fffffff);
	}
	for (unsigned i = 0; ok && i < p->fats; i++)
		ok = put(p, p->reserved + (uint64_t)i * p->table, b);
	return ok;
}

static bool put_label(const struct plan *p)
{
	uint8_t b[FAT_SECTOR] = { 0 };

	if (!p->f->label[0])
		return true;
	put_name(b, p->f->label);
	if (b[0] == SLOT_DELETED)
		b[0] = SLOT_E5;
	b[SLOT_ATTR] = ATTR_LABEL;
	le_put16(b + SLOT_TIME, p->f->time);
	le_put16(b + SLOT_DATE, p->f->date ? p->f->date : 1 << 5 | 1);
	return put(p, p->reserved + (uint64_t)p->fats * p->table, b);
}

static bool put_wide(const struct plan *p, const uint8_t boot[FAT_SECTOR])
{
	uint8_t info[FAT_SECTOR] = { 0 }, last[FAT_SECTOR] = { 0 };

	le_put32(info, 0x41615252);
	le_put32(info + 484, 0x61417272);
	le_put32(info + 488, p->clusters - 1);
	le_put32(info + 492, WIDE_ROOT + 1);
	le_put32(info + 508, 0xaa550000);
	le_put16(last + 510, 0xaa55);
	return put(p, 1, info) && put(p, 2, last) && put(p, BACKUP, boot) &&
	       put(p, BACKUP + 1, info) && put(p, BACKUP + 2, last);
}

static bool lay_down(const struct plan *p)
{
	uint64_t root = p->reserved + (uint64_t)p->fats * p->table;
	uint8_t boot[FAT_SECTOR];

	put_boot(p, boot);
	return clear(p, 0, root + (p->bits == 32 ? p->cluster : p->root_sectors)) &&
	       put_tables(p) && put_label(p) && (p->bits != 32 || put_wide(p, boot)) &&
	       put(p, 0, boot) && (!p->m->flush || p->m->flush(p->m->ctx));
}

static bool is_sane(const struct fat_format *f)
{
	uint32_t cluster = f->cluster;

	return (!f->bits || f->bits == 12 || f->bits == 16 || f->bits == 32) &&
	       (!cluster || (cluster >= FAT_SECTOR && cluster <= 65536 && !(cluster & (cluster - 1)))) &&
	       f->fats <= 4 && f->root <= 4096 && path_is_label(f->label);
}

static bool make_plan(struct plan *p, const struct fat_medium *m, const struct fat_format *f)
{
	*p = (struct plan){ .m = m, .f = f };
	return is_sane(f) && m->sectors >= 16 && m->sectors <= UINT32_MAX && choose(p);
}

unsigned fat_format_bits(uint64_t sectors, const struct fat_format *f)
{
	struct fat_medium m = { .sectors = sectors };
	struct plan p;

	return make_plan(&p, &m, f) ? p.bits : 0;
}

bool fat_format(const struct fat_medium *m, const struct fat_format *f, struct error *err)
{
	struct plan p;

	if (m->read_only) {
		error_set(err, "write-protected");
		return false;
	}
	if (!make_plan(&p, m, f)) {
		error_set(err, "no such FAT volume can be made of %llu sectors",
			  (unsigned long long)m->sectors);
		return false;
	}
	if (!lay_down(&p)) {
		error_set(err, "cannot write to it");
		return false;
	}
	return true;
}
