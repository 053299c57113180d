/* fat_boot.c - how a volume is laid out, from its boot sector.
 *
 * Every version of DOS is read: no BPB at all (DOS 1.x: the media byte in the
 * table says which of the floppies of that time it is), DOS 2.0's with 16 bits
 * of sectors, 3.31's with 32, 4.0's with a serial number, FAT32's.  Whether the
 * table has 12 or 16 bits is decided by the number of clusters and by nothing
 * else; FAT32 is what has no 16-bit size of the table: its boot sector is
 * another one, and Windows, Linux and dosfstools go by that, too.  */

#include "drive/fat_volume.h"

#include <string.h>

#include "base/le.h"

enum {
	BPB_SECTOR = 11, BPB_CLUSTER = 13, BPB_RESERVED = 14, BPB_FATS = 16, BPB_ROOT = 17,
	BPB_TOTAL16 = 19, BPB_MEDIA = 21, BPB_TABLE16 = 22, BPB_TOTAL32 = 32,
	BPB_EXTENDED = 38,
	BPB32_TABLE = 36, BPB32_FLAGS = 40, BPB32_ROOT = 44, BPB32_INFO = 48, BPB32_BACKUP = 50,
	BPB32_EXTENDED = 66,
	/* From the signature: the byte before it, the serial number, the label.  */
	EXT_STATE = -1, EXT_SERIAL = 1, EXT_LABEL = 5,
	STATE_DIRTY = 1,
	LARGEST_CLUSTER = 512,		/* sectors: 256 KB */
	USUAL_BACKUP = 6,
};

/* DOS 1.x, and what was formatted for it (MS-DOS 2.0 and later, BPBs by media
 * byte).  */
static const struct old_floppy {
	uint16_t sectors;
	uint8_t media, cluster, table;
	uint16_t root;
} old_floppies[] = {
	{ 320, 0xfe, 1, 1, 64 },
	{ 360, 0xfc, 1, 2, 64 },
	{ 640, 0xff, 2, 1, 112 },
	{ 720, 0xfd, 2, 2, 112 },
	{ 1440, 0xf9, 2, 3, 112 },
	{ 2400, 0xf9, 1, 7, 224 },
	{ 2880, 0xf0, 1, 9, 224 },
};

/* Where things are; in sectors of the BPB until it is known how large they
 * are.  */
struct layout {
	uint32_t unit;			/* sectors of ours in one */
	uint32_t cluster, reserved, fats, root, table, root_cluster, active;
	uint64_t total;
	bool mirrored, wide;		/* wide: FAT32 */
};

static bool is_power(uint32_t n)
{
	return n && !(n & (n - 1));
}

static bool parse(const uint8_t *b, struct layout *l)
{
	uint32_t bytes = le_get16(b + BPB_SECTOR);

	*l = (struct layout){
		.unit = bytes / FAT_SECTOR, .cluster = b[BPB_CLUSTER],
		.reserved = le_get16(b + BPB_RESERVED), .fats = b[BPB_FATS],
		.root = le_get16(b + BPB_ROOT), .table = le_get16(b + BPB_TABLE16),
		.total = le_get16(b + BPB_TOTAL16), .mirrored = true,
	};
	if (!is_power(bytes) || bytes < FAT_SECTOR || bytes > 4096 || !is_power(l->cluster) ||
	    l->cluster * l->unit > LARGEST_CLUSTER || !l->fats || b[BPB_MEDIA] < 0xf0)
		return false;
	if (!l->total)
		l->total = le_get32(b + BPB_TOTAL32);
	if (!l->table) {
		uint16_t flags = le_get16(b + BPB32_FLAGS);

		l->wide = true;
		l->table = le_get32(b + BPB32_TABLE);
		l->root_cluster = le_get32(b + BPB32_ROOT);
		l->mirrored = !(flags & 0x80);
		l->active = l->mirrored ? 0 : flags & 15;
		l->root = 0;
	} else if (!l->root) {
		return false;
	}
	if (!l->reserved)
		l->reserved = 1;
	return l->table && l->total && l->active < l->fats;
}

/* Fill in the geometry.  The volume ends where the medium does, and clusters
 * end where the table does.  */
static bool lay_out(struct fat *v, const struct layout *l)
{
	struct fat_geometry *g = &v->g;
	uint64_t table = (uint64_t)l->table * l->unit, first = (uint64_t)l->reserved * l->unit;
	uint64_t root = first + table * l->fats;
	uint64_t root_sectors = ((uint64_t)l->root * FAT_SLOT + FAT_SECTOR * l->unit - 1) /
				(FAT_SECTOR * l->unit) * l->unit;
	uint64_t data = root + root_sectors, total = l->total * l->unit, clusters, room;

	if (data >= total || data >= v->medium.sectors || table > UINT32_MAX)
		return false;
	g->cluster_sectors = l->cluster * l->unit;
	g->cluster_bytes = g->cluster_sectors * FAT_SECTOR;
	clusters = (total - data) / g->cluster_sectors;
	g->bits = l->wide ? 32 : clusters < 4085 ? 12 : 16;
	room = (table * FAT_SECTOR * 8) / g->bits;
	if (clusters > (g->bits == 32 ? 0x0ffffff5 : g->bits == 16 ? 65524 : 4084))
		clusters = g->bits == 32 ? 0x0ffffff5 : 65524;
	if (total > v->medium.sectors)
		total = v->medium.sectors;
	if (clusters > (total - data) / g->cluster_sectors)
		clusters = (total - data) / g->cluster_sectors;
	if (room < 3 || !clusters)
		return false;
	g->end = clusters + 2 < room ? clusters + 2 : room;
	g->sectors = total;
	g->table = first + l->active * table;
	g->table_sectors = table;
	g->copies = l->mirrored ? l->fats - 1 : 0;
	g->root = root;
	g->root_slots = l->wide ? 0 : l->root;
	g->root_cluster = l->root_cluster;
	g->data = data;
	return true;
}

/* What only some boot sectors have.  */
static void take_extras(struct fat *v, const uint8_t *b, const struct layout *l)
{
	struct fat_geometry *g = &v->g;
	unsigned at = l->wide ? BPB32_EXTENDED : BPB_EXTENDED;

	if (b[at] == 0x29 || b[at] == 0x28) {
		g->extended = at;
		g->serial = le_get32(b + at + EXT_SERIAL);
	}
	if (!l->wide)
		return;
	g->info = le_get16(b + BPB32_INFO);
	g->backup = le_get16(b + BPB32_BACKUP);
	if (!g->info || g->info >= l->reserved)
		g->info = 0;
	if (!g->backup || g->backup >= l->reserved || g->backup == g->info)
		g->backup = 0;
	g->info *= l->unit;
	g->backup *= l->unit;
}

static bool read_bpb(struct fat *v, uint64_t sector)
{
	uint8_t b[FAT_SECTOR];
	struct layout l;

	if (sector >= v->medium.sectors || !v->medium.read(v->medium.ctx, sector, b, 1) ||
	    !parse(b, &l) || (sector && !l.wide) || !lay_out(v, &l))
		return false;
	v->g.boot = sector;
	take_extras(v, b, &l);
	return true;
}

static bool read_old(struct fat *v)
{
	uint8_t b[FAT_SECTOR];

	if (v->medium.sectors < 320 || !v->medium.read(v->medium.ctx, 1, b, 1) ||
	    b[1] != 0xff || b[2] != 0xff)
		return false;
	for (unsigned i = 0; i < sizeof old_floppies / sizeof old_floppies[0]; i++) {
		const struct old_floppy *o = &old_floppies[i];
		struct layout l = { .unit = 1, .cluster = o->cluster, .reserved = 1, .fats = 2,
				    .root = o->root, .table = o->table, .total = o->sectors,
				    .mirrored = true };

		if (o->media == b[0] && o->sectors == v->medium.sectors)
			return lay_out(v, &l);
	}
	return false;
}

bool fat_boot_read(struct fat *v)
{
	v->g = (struct fat_geometry){ 0 };
	if (read_bpb(v, 0) || read_bpb(v, USUAL_BACKUP) || read_old(v))
		return true;
	v->g = (struct fat_geometry){ 0 };
	return false;
}

/* The bit of the second number of the table that says so; 0: it has none.  */
static uint32_t clean_bit(const struct fat *v)
{
	return v->g.bits == 32 ? 0x08000000 : v->g.bits == 16 ? 0x8000 : 0;
}

static bool has_state(const struct fat *v)
{
	return v->g.extended && v->g.bits != 12;
}

bool fat_boot_clean(struct fat *v)
{
	const uint8_t *b;
	uint32_t one;

	if (has_state(v) && (fat_get(v, v->g.boot, &b) || b[v->g.extended + EXT_STATE] & STATE_DIRTY))
		return false;
	return !clean_bit(v) || (fat_raw(v, 1, &one) == DOS_OK && one & clean_bit(v));
}

/* Floppies, and what else has 12 bits, DOS leaves alone.  */
enum dos_error fat_boot_mark(struct fat *v, bool clean)
{
	uint32_t one;
	enum dos_error e;
	uint8_t *b;

	if (!clean_bit(v))
		return DOS_OK;
	e = fat_raw(v, 1, &one);
	if (!e)
		e = fat_put(v, 1, clean ? one | clean_bit(v) : one & ~clean_bit(v));
	if (e || !has_state(v))
		return e;
	e = fat_touch(v, v->g.boot, &b);
	if (e)
		return e;
	b += v->g.extended + EXT_STATE;
	*b = clean ? *b & ~STATE_DIRTY : *b | STATE_DIRTY;
	return DOS_OK;
}

static enum dos_error put_label(struct fat *v, uint64_t sector, const uint8_t label[PATH_FCB])
{
	uint8_t *b;
	enum dos_error e = fat_touch(v, sector, &b);

	if (!e && b[v->g.extended] == 0x29)
		memcpy(b + v->g.extended + EXT_LABEL, label, PATH_FCB);
	return e;
}

enum dos_error fat_boot_label(struct fat *v, const uint8_t label[PATH_FCB])
{
	enum dos_error e = DOS_OK;

	if (v->g.extended)
		e = put_label(v, v->g.boot, label);
	if (!e && v->g.extended && !v->g.boot && v->g.backup)
		e = put_label(v, v->g.backup, label);
	return e;
}
