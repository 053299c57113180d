/* fat32.c - what Windows 95 OSR2 has for large disks (INT 21h/73xxh).  */

#include "dos/disk.h"
#include "dos/services.h"
#include "dos/volume.h"

enum { SECTOR = DISK_SECTOR, MAX_SECTORS = DISK_MAX_CLUSTER };

/* Any number of clusters, which are made larger, up to 32 KB, where 32 bits could
 * not count them; what is more stops there.  */
struct large_geometry {
	uint32_t sectors, clusters, free;
};

static uint32_t clip32(uint64_t v)
{
	return v > UINT32_MAX ? UINT32_MAX : v;
}

static enum dos_error large_geometry(struct drive *drive, struct large_geometry *geo)
{
	struct drive_space space;
	enum dos_error e = drive->ops->space(drive->disk, &space);

	if (e)
		return e;
	if (space.cluster < SECTOR)
		space.cluster = SECTOR;
	while (space.total / space.cluster > UINT32_MAX && space.cluster < SECTOR * MAX_SECTORS)
		space.cluster *= 2;
	geo->sectors = space.cluster / SECTOR;
	geo->clusters = clip32(space.total / space.cluster);
	geo->free = clip32(space.free / space.cluster);
	return DOS_OK;
}

/* 7303h: RBIL, table 01789.  */
static enum svc extended_free(struct dos *dos)
{
	struct far to = caller_es(dos, CPU_DI);
	struct large_geometry geo;
	struct dos_path p;
	struct drive *drive;
	enum dos_error e = dos_path(dos, caller_ds(dos, CPU_DX), true, &p);
	enum { SIZE = 0x2c };

	drive = e ? NULL : dos_path_drive(dos, &p);
	if (!drive)
		return dos_fail(dos, DOS_BAD_DRIVE);
	if (caller16(dos, CPU_CX) < SIZE)
		return dos_fail(dos, DOS_BAD_LENGTH);
	e = large_geometry(drive, &geo);
	if (e)
		return dos_refuse(dos, e, p.drive, false);
	dos_w16(dos, to.seg, to.off, SIZE);
	dos_w16(dos, to.seg, to.off + 0x02, 0);
	dos_w32(dos, to.seg, to.off + 0x04, geo.sectors);
	dos_w32(dos, to.seg, to.off + 0x08, SECTOR);
	dos_w32(dos, to.seg, to.off + 0x0c, geo.free);
	dos_w32(dos, to.seg, to.off + 0x10, geo.clusters);
	dos_w32(dos, to.seg, to.off + 0x14, clip32((uint64_t)geo.free * geo.sectors));
	dos_w32(dos, to.seg, to.off + 0x18, clip32((uint64_t)geo.clusters * geo.sectors));
	dos_w32(dos, to.seg, to.off + 0x1c, geo.free);
	dos_w32(dos, to.seg, to.off + 0x20, geo.clusters);
	dos_w32(dos, to.seg, to.off + 0x24, 0);
	dos_w32(dos, to.seg, to.off + 0x28, 0);
	return guest_ok(dos->guest, 0);
}

/* 7302h: the length and an extended DPB (RBIL, table 01787): a plain one up
 * to its 1Fh, then fields of 32 bits.  */
enum edpb {
	EDPB_LENGTH = 0x3d, EDPB_FREE = 0x1f, EDPB_FLAGS = 0x23, EDPB_INFO = 0x25,
	EDPB_BACKUP = 0x27, EDPB_FIRST_DATA = 0x29, EDPB_MAX_CLUSTER = 0x2d, EDPB_FAT = 0x31,
	EDPB_ROOT = 0x35, EDPB_SEARCH = 0x39,
};

static void put_32(struct dos *dos, struct far to, uint32_t free, const struct bpb *b)
{
	if (bpb_is_fat32(b)) {
		dos_w16(dos, to.seg, to.off + DPB_ROOT_ENTRIES, 0);
		dos_w16(dos, to.seg, to.off + DPB_FAT_SECTORS, 0);
	}
	dos_w32(dos, to.seg, to.off + EDPB_FREE, free);
	dos_w16(dos, to.seg, to.off + EDPB_FLAGS, b->flags);
	dos_w16(dos, to.seg, to.off + EDPB_INFO, bpb_is_fat32(b) ? b->info_sector : 0xffff);
	dos_w16(dos, to.seg, to.off + EDPB_BACKUP, bpb_is_fat32(b) ? b->backup_sector : 0xffff);
	dos_w32(dos, to.seg, to.off + EDPB_FIRST_DATA, bpb_first_data(b));
	dos_w32(dos, to.seg, to.off + EDPB_MAX_CLUSTER, clip32((uint64_t)bpb_clusters(b) + 1));
	dos_w32(dos, to.seg, to.off + EDPB_FAT, b->fat_sectors);
	dos_w32(dos, to.seg, to.off + EDPB_ROOT, b->root_cluster);
	dos_w32(dos, to.seg, to.off + EDPB_SEARCH, 2);
}

/* The FAT32 volume that a directory pretends to be.  */
static struct bpb made_up(const struct large_geometry *geo)
{
	struct bpb b = {
		.cluster = geo->sectors, .reserved = 32, .fats = 2, .info_sector = 1, .backup_sector = 6,
		.root_cluster = 2, .fat_sectors = clip32(((uint64_t)geo->clusters + 2) * 4 / SECTOR + 1),
	};

	b.total = clip32(bpb_first_data(&b) + (uint64_t)geo->clusters * geo->sectors);
	return b;
}

static enum svc extended_dpb(struct dos *dos)
{
	struct far to = caller_es(dos, CPU_DI), dpb;
	struct large_geometry geo = { 0 };
	struct geometry small;
	uint8_t dl = caller8(dos, CALLER_DL), plain[DPB_SIZE];
	struct drive *drive = disk_of(dos, dl);
	struct bpb b;

	if (!drive || !disk_look(dos, dl, &small, &dpb) || large_geometry(drive, &geo))
		return dos_fail(dos, DOS_BAD_DRIVE);
	if (caller16(dos, CPU_CX) < EDPB_LENGTH + 2)
		return dos_fail(dos, DOS_BAD_LENGTH);
	if (!disk_has_bpb(drive, &b))
		b = made_up(&geo);
	guest_copy_in(dos->guest, plain, dpb.seg, dpb.off, sizeof plain);
	dos_w16(dos, to.seg, to.off, EDPB_LENGTH);
	to.off += 2;
	guest_copy_out(dos->guest, to.seg, to.off, plain, sizeof plain);
	if (drive->volume)
		volume_put_dpb(dos, to, &b, clip32(geo.free));
	else
		dos_w8(dos, to.seg, to.off + DPB_CLUSTER_MASK, geo.sectors - 1);
	put_32(dos, to, geo.free, &b);
	return guest_ok(dos->guest, 0);
}

/* 7304h: what FORMAT says when it is done (RBIL, table 01790).  Our file system has nothing
 * to be counted or built anew that it does not look at by itself; where FATs and the
 * root are is the boot sector's to say.  */
static enum svc set_dpb(struct dos *dos)
{
	enum { FUNCTION = 4, REBUILD = 1, CHANGED = 2, LEAST = 0x18 };
	struct far p = caller_es(dos, CPU_DI);
	struct drive *drive = disk_of(dos, caller8(dos, CALLER_DL));
	uint32_t function = dos_r32(dos, p.seg, p.off + FUNCTION);
	struct geometry geo;
	struct far dpb;

	if (!drive)
		return dos_fail(dos, DOS_BAD_DRIVE);
	if (!drive->volume || function > CHANGED)
		return dos_fail(dos, DOS_BAD_FUNCTION);
	if (caller16(dos, CPU_CX) < LEAST)
		return dos_fail(dos, DOS_BAD_LENGTH);
	if (function == REBUILD && !disk_look(dos, caller8(dos, CALLER_DL), &geo, &dpb))
		return dos_fail(dos, DOS_NOT_DOS_DISK);
	return guest_ok(dos->guest, 0);
}

enum svc int21_fat32(void *room, struct guest *g)
{
	struct dos *dos = room;

	(void)g;
	if (dos_given_up(dos))
		return dos_fail(dos, DOS_FAIL_24);
	switch (caller8(dos, CALLER_AL)) {
	case 0x02:
		return extended_dpb(dos);
	case 0x03:
		return extended_free(dos);
	case 0x04:
		return set_dpb(dos);
	case 0x05:
		return absolute_fat32(dos);
	default:
		return dos_fail(dos, DOS_BAD_FUNCTION);
	}
}
