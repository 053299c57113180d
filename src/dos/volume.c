/* volume.c - drives with sectors: their layout, and moving sectors.  */

#include "dos/volume.h"

#include "base/le.h"
#include "bus/bus.h"
#include "dos/layout.h"

#define MEMORY_END	0x10fff0	/* what segment and offset reach */
#define PIECE		16		/* sectors moved at once */
#define FAT16_CLUSTERS	65524
#define FLOPPY_LIMIT	32680		/* sectors: more get a FAT of 16 bits (MS-DOS, MSINIT.ASM) */

enum { TYPE_FAT32 = 0x0b, TYPE_FAT32_LBA = 0x0c };

enum dos_error volume_error(enum image_result r)
{
	static const enum dos_error error[] = {
		[IMAGE_OK] = DOS_OK, [IMAGE_PROTECTED] = DOS_WRITE_PROTECTED,
		[IMAGE_NO_SECTOR] = DOS_SECTOR_NOT_FOUND, [IMAGE_READ_FAULT] = DOS_READ_FAULT,
		[IMAGE_WRITE_FAULT] = DOS_WRITE_FAULT,
	};

	return error[r];
}

static enum image_result move_piece(struct dos *dos, struct volume *v, bool writing, uint64_t first,
				    uint32_t at, size_t count, size_t *done)
{
	uint8_t buf[PIECE * SECTOR_SIZE];
	enum image_result r;

	if (writing) {
		bus_copy_in(dos->bus, buf, at, count * SECTOR_SIZE);
		return volume_write_below(v, first, buf, count, done);
	}
	r = volume_read(v, first, buf, count, done);
	bus_copy_out(dos->bus, at, buf, *done * SECTOR_SIZE);
	return r;
}

enum dos_error volume_move(struct dos *dos, struct volume *v, bool writing, uint64_t first,
			   uint32_t at, uint32_t *count)
{
	enum image_result r = IMAGE_OK;
	uint32_t moved = 0;

	if (v->barred || at + (uint64_t)*count * SECTOR_SIZE > MEMORY_END) {
		*count = 0;
		return v->barred ? DOS_NOT_DOS_DISK : DOS_BAD_LENGTH;
	}
	while (moved < *count && r == IMAGE_OK) {
		size_t piece = *count - moved < PIECE ? *count - moved : PIECE, done;

		r = move_piece(dos, v, writing, first + moved, at + moved * SECTOR_SIZE, piece, &done);
		moved += done;
	}
	*count = moved;
	return volume_error(r);
}

/* --- Layout ------------------------------------------------------------------- */

uint8_t volume_device_type(const struct volume *v)
{
	static const uint8_t type[] = { 7, 0, 1, 2, 7, 9 };

	return v->image->floppy ? type[v->image->drive < sizeof type ? v->image->drive : 0] : 5;
}

static void floppy_bpb(const struct image *im, struct bpb *b)
{
	const struct floppy_format *f = floppy_format(im->chs.cylinders, im->chs.heads, im->chs.sectors);

	b->cluster = f ? f->cluster : 2;
	b->root_entries = f ? f->root_entries : 112;
	b->media = f ? f->media : 0xf0;
	b->fat_sectors = f ? f->fat_sectors : im->sectors / 2 * 3 / 2 / SECTOR_SIZE + 1;
}

/* Sectors of a cluster, by megabytes (MS-DOS 6 and Windows 95, FORMAT).  */
struct cluster_row {
	uint16_t mb;			/* at most; 0: all that is more */
	uint8_t cluster;
};

static uint8_t cluster_for(uint32_t sectors, bool fat32)
{
	static const struct cluster_row wide[] = {
		{ 260, 1 }, { 8192, 8 }, { 16384, 16 }, { 32768, 32 }, { 0, 64 },
	}, narrow[] = {
		{ 128, 4 }, { 256, 8 }, { 512, 16 }, { 1024, 32 }, { 0, 64 },
	};
	const struct cluster_row *row = fat32 ? wide : narrow;

	while (row->mb && sectors > row->mb * 2048u)
		row++;
	return row->cluster;
}

/* What the FAT needs (fatgen103, "FAT volume initialization"); entries of 12 bits are
 * two in three bytes.  */
static uint32_t fat_sectors_for(const struct bpb *b)
{
	uint32_t rest = b->total - b->reserved - b->root_entries / 16;

	if (bpb_is_fat32(b))
		return rest / (128 * b->cluster + 1) + 1;
	if (b->total <= FLOPPY_LIMIT)
		return (rest / b->cluster + 2) * 3 / 2 / SECTOR_SIZE + 1;
	return rest / (256 * b->cluster + 2) + 1;
}

/* A FAT16 volume has no more clusters than that: they are made larger, and what is still
 * too much is left.  */
static void limit_fat16(struct bpb *b)
{
	while (bpb_clusters(b) > FAT16_CLUSTERS && b->cluster < 128) {
		b->cluster *= 2;
		b->fat_sectors = fat_sectors_for(b);
	}
	if (bpb_clusters(b) > FAT16_CLUSTERS) {
		b->total = 1 + 2 * 256 + 32 + FAT16_CLUSTERS * b->cluster;
		b->fat_sectors = 256;
	}
}

static void hard_disk_bpb(const struct volume *v, struct bpb *b)
{
	bool fat32 = v->type == TYPE_FAT32 || v->type == TYPE_FAT32_LBA;

	b->media = 0xf8;
	b->root_entries = fat32 ? 0 : 512;
	b->reserved = fat32 ? 32 : 1;
	b->cluster = !fat32 && b->total <= FLOPPY_LIMIT ? 8 : cluster_for(b->total, fat32);
	b->fat_sectors = fat_sectors_for(b);
	if (!fat32) {
		limit_fat16(b);
		return;
	}
	b->root_cluster = 2;
	b->info_sector = 1;
	b->backup_sector = 6;
}

void volume_default_bpb(const struct volume *v, struct bpb *b)
{
	const struct image *im = v->image;

	*b = (struct bpb){
		.sector_size = SECTOR_SIZE, .reserved = 1, .fats = 2,
		.total = v->sectors > UINT32_MAX ? UINT32_MAX : v->sectors,
		.track_sectors = im->chs.sectors, .heads = im->chs.heads,
		.hidden = v->start > UINT32_MAX ? 0 : v->start,
	};
	if (im->floppy)
		floppy_bpb(im, b);
	else
		hard_disk_bpb(v, b);
}

static void put_old_bpb(uint8_t *p, const struct bpb *b)
{
	le_put16(p, b->sector_size);
	p[BPB_AT_CLUSTER] = b->cluster;
	le_put16(p + BPB_AT_RESERVED, b->reserved);
	p[BPB_AT_FATS] = b->fats;
	le_put16(p + BPB_AT_ROOT, b->root_entries);
	le_put16(p + BPB_AT_TOTAL16, b->total > 0xffff || bpb_is_fat32(b) ? 0 : b->total);
	p[BPB_AT_MEDIA] = b->media;
	le_put16(p + BPB_AT_FAT16, bpb_is_fat32(b) ? 0 : b->fat_sectors);
	le_put16(p + BPB_AT_TRACK, b->track_sectors);
	le_put16(p + BPB_AT_HEADS, b->heads);
	le_put32(p + BPB_AT_HIDDEN, b->hidden);
	le_put32(p + BPB_AT_TOTAL32, b->total > 0xffff || bpb_is_fat32(b) ? b->total : 0);
}

void volume_put_bpb(struct dos *dos, struct far to, const struct bpb *b, bool fat32)
{
	uint8_t p[BPB_FAT32_SIZE] = { 0 };

	put_old_bpb(p, b);
	le_put32(p + BPB_AT_FAT32, b->fat_sectors);
	le_put16(p + BPB_AT_FLAGS, b->flags);
	le_put16(p + BPB_AT_VERSION, b->version);
	le_put32(p + BPB_AT_ROOT_CLUSTER, b->root_cluster);
	le_put16(p + BPB_AT_INFO, b->info_sector);
	le_put16(p + BPB_AT_BACKUP, b->backup_sector);
	guest_copy_out(dos->guest, to.seg, to.off, p, fat32 ? BPB_FAT32_SIZE : BPB_OLD_SIZE);
}

static uint16_t clip16(uint32_t v)
{
	return v > 0xffff ? 0xffff : v;
}

void volume_put_dpb(struct dos *dos, struct far dpb, const struct bpb *b, uint16_t free)
{
	uint8_t shift = 0;

	while (1u << shift < b->cluster)
		shift++;
	dos_w16(dos, dpb.seg, dpb.off + DPB_SECTOR, b->sector_size);
	dos_w8(dos, dpb.seg, dpb.off + DPB_CLUSTER_MASK, b->cluster - 1);
	dos_w8(dos, dpb.seg, dpb.off + DPB_CLUSTER_SHIFT, shift);
	dos_w16(dos, dpb.seg, dpb.off + DPB_RESERVED, b->reserved);
	dos_w8(dos, dpb.seg, dpb.off + DPB_FATS, b->fats);
	dos_w16(dos, dpb.seg, dpb.off + DPB_ROOT_ENTRIES, b->root_entries);
	dos_w16(dos, dpb.seg, dpb.off + DPB_ROOT_SECTOR, clip16(b->reserved + b->fats * b->fat_sectors));
	dos_w16(dos, dpb.seg, dpb.off + DPB_FIRST_DATA, clip16(bpb_first_data(b)));
	dos_w16(dos, dpb.seg, dpb.off + DPB_MAX_CLUSTER, clip16(bpb_clusters(b) + 1));
	dos_w16(dos, dpb.seg, dpb.off + DPB_FAT_SECTORS, bpb_is_fat32(b) ? 0 : b->fat_sectors);
	dos_w8(dos, dpb.seg, dpb.off + DPB_MEDIA, b->media);
	dos_w8(dos, dpb.seg, dpb.off + DPB_UNUSED_YET, 0);
	dos_w16(dos, dpb.seg, dpb.off + DPB_FREE, free);
}
