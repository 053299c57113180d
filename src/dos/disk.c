/* disk.c - drives and their space (INT 21h/0Dh, 0Eh, 19h, 1Bh, 1Ch, 1Fh,
 * 32h, 36h, 69h).
 *
 * A drive that is a directory has no clusters; they are made up for each call, and so
 * are those of a FAT32 volume, whose own these calls cannot count.  A program of
 * DOS 6's time multiplies what 36h says in 32 bits, often signed ones, so a
 * disk is never larger than 65,524 clusters of 32 KB there, which is less
 * than 2 GB.  7303h tells the truth.  */

#include "dos/disk.h"

#include <string.h>

#include "dos/redirect.h"
#include "dos/services.h"
#include "dos/volume.h"

enum { SECTOR = DISK_SECTOR, MAX_CLUSTERS = 65524, MAX_SECTORS = DISK_MAX_CLUSTER };

uint8_t disk_number(const struct dos *dos, uint8_t dl)
{
	return dl ? dl - 1 : sda_r8(dos, SDA_DRIVE);
}

/* The drive that a letter means: SUBST and JOIN are seen through.  */
struct drive *disk_of(struct dos *dos, uint8_t dl)
{
	uint8_t n = disk_number(dos, dl);
	struct dos_path p;
	char root[] = "A:\\";

	if (n >= DRIVE_LETTERS)
		return NULL;
	root[0] += n;
	if (dos_path_text(dos, root, false, &p))
		return NULL;
	return dos_path_drive(dos, &p);
}

bool disk_has_bpb(const struct drive *drive, struct bpb *b)
{
	return drive->volume && volume_bpb(drive->volume, b);
}

/* FAT12 and FAT16: its own clusters.  */
static void true_geometry(const struct bpb *b, const struct drive_space *space, struct geometry *geo)
{
	uint64_t free = space->free / (b->cluster * SECTOR);
	uint32_t clusters = bpb_clusters(b);

	geo->sectors = b->cluster;
	geo->clusters = clusters > 0xfff4 ? 0xfff4 : clusters;
	geo->free = free > geo->clusters ? geo->clusters : free;
}

enum dos_error disk_geometry(struct drive *drive, struct geometry *geo)
{
	struct drive_space space;
	enum dos_error e = drive->ops->space(drive->disk, &space);
	uint32_t bytes = space.cluster;
	struct bpb b;

	if (e)
		return e;
	if (disk_has_bpb(drive, &b) && !bpb_is_fat32(&b)) {
		true_geometry(&b, &space, geo);
		return DOS_OK;
	}
	if (bytes < SECTOR)
		bytes = SECTOR;
	while (space.total / bytes > MAX_CLUSTERS && bytes < SECTOR * MAX_SECTORS)
		bytes *= 2;
	geo->sectors = bytes / SECTOR;
	geo->clusters = space.total / bytes > MAX_CLUSTERS ? MAX_CLUSTERS : space.total / bytes;
	geo->free = space.free / bytes > geo->clusters ? geo->clusters : space.free / bytes;
	return DOS_OK;
}

uint16_t disk_fat_sectors(const struct geometry *geo)
{
	return ((geo->clusters + 2u) * 2 + SECTOR - 1) / SECTOR;
}

uint8_t disk_media(const struct drive *drive)
{
	return drive->removable ? 0xf0 : 0xf8;
}

/* The DPB as it is now.  */
static void refresh_dpb(struct dos *dos, uint8_t n, const struct drive *drive, const struct geometry *geo)
{
	struct far dpb = dos_dpb(n);
	uint16_t fat = disk_fat_sectors(geo);
	uint8_t shift = 0;
	struct bpb b;

	if (disk_has_bpb(drive, &b) && !bpb_is_fat32(&b)) {
		volume_put_dpb(dos, dpb, &b, geo->free);
		return;
	}
	while (1u << shift < geo->sectors)
		shift++;
	dos_w16(dos, dpb.seg, dpb.off + DPB_SECTOR, SECTOR);
	dos_w8(dos, dpb.seg, dpb.off + DPB_CLUSTER_MASK, geo->sectors - 1);
	dos_w8(dos, dpb.seg, dpb.off + DPB_CLUSTER_SHIFT, shift);
	dos_w16(dos, dpb.seg, dpb.off + DPB_RESERVED, 1);
	dos_w8(dos, dpb.seg, dpb.off + DPB_FATS, 2);
	dos_w16(dos, dpb.seg, dpb.off + DPB_ROOT_ENTRIES, GEOMETRY_ROOT);
	dos_w16(dos, dpb.seg, dpb.off + DPB_ROOT_SECTOR, 1 + 2 * fat);
	dos_w16(dos, dpb.seg, dpb.off + DPB_FIRST_DATA, 1 + 2 * fat + GEOMETRY_ROOT * 32 / SECTOR);
	dos_w16(dos, dpb.seg, dpb.off + DPB_MAX_CLUSTER, geo->clusters + 1);
	dos_w16(dos, dpb.seg, dpb.off + DPB_FAT_SECTORS, fat);
	dos_w8(dos, dpb.seg, dpb.off + DPB_MEDIA, disk_media(drive));
	dos_w8(dos, dpb.seg, dpb.off + DPB_UNUSED_YET, 0);
	dos_w16(dos, dpb.seg, dpb.off + DPB_FREE, geo->free);
}

bool disk_look(struct dos *dos, uint8_t dl, struct geometry *geo, struct far *dpb)
{
	struct drive *drive = disk_of(dos, dl);
	enum dos_error e = drive ? disk_geometry(drive, geo) : DOS_BAD_DRIVE;

	if (e) {
		dos_note_error(dos, e);
		return false;
	}
	refresh_dpb(dos, drive - dos->drive, drive, geo);
	*dpb = dos_dpb(drive - dos->drive);
	return true;
}

static enum svc answer_al(struct dos *dos, uint8_t al)
{
	cpu_set8(dos->guest->cpu, CPU_AX, al);
	return SVC_DONE;
}

/* --- services ------------------------------------------------------------ */

enum svc int21_disk_reset(void *room, struct guest *g)
{
	struct dos *dos = room;
	struct far sft;
	drive_file f;

	(void)g;
	for (unsigned n = 0; n < 255 && !far_null(sft = dos_sft(dos, n)); n++) {
		struct drive *drive = NULL;

		if (dos_r16(dos, sft.seg, sft.off + SFT_REFS))
			drive = dos_sft_drive(dos, sft, &f);
		if (drive)
			drive->ops->flush(drive->disk, f);
	}
	return SVC_DONE;
}

enum svc int21_select_drive(void *room, struct guest *g)
{
	struct dos *dos = room;
	uint8_t n = caller8(dos, CALLER_DL);

	(void)g;
	if (dos_cds_usable(dos, n))
		sda_w8(dos, SDA_DRIVE, n);
	return answer_al(dos, lol_r8(dos, LOL_LASTDRIVE));
}

enum svc int21_current_drive(void *room, struct guest *g)
{
	(void)g;
	return answer_al(room, sda_r8(room, SDA_DRIVE));
}

static enum svc fat_info(struct dos *dos, uint8_t dl)
{
	struct cpu *cpu = dos->guest->cpu;
	struct geometry geo;
	struct far dpb;

	if (!disk_look(dos, dl, &geo, &dpb))
		return answer_al(dos, 0xff);
	cpu_set16(cpu, CPU_CX, SECTOR);
	cpu_set16(cpu, CPU_DX, geo.clusters);
	cpu_set16(cpu, CPU_BX, dpb.off + DPB_MEDIA);
	cpu_load_real(cpu, CPU_DS, dpb.seg);
	return answer_al(dos, geo.sectors);
}

enum svc int21_fat_info(void *room, struct guest *g)
{
	(void)g;
	return fat_info(room, 0);
}

enum svc int21_fat_info_of(void *room, struct guest *g)
{
	struct dos *dos = room;

	(void)g;
	return fat_info(dos, caller8(dos, CALLER_DL));
}

/* A FAT32 volume has no DPB of this form: 7302h (RBIL).  */
static enum svc get_dpb(struct dos *dos, uint8_t dl)
{
	struct drive *drive = disk_of(dos, dl);
	struct geometry geo;
	struct far dpb;
	struct bpb b;

	if (drive && disk_has_bpb(drive, &b) && bpb_is_fat32(&b)) {
		dos_note_error(dos, DOS_BAD_DRIVE);
		return answer_al(dos, 0xff);
	}
	if (!disk_look(dos, dl, &geo, &dpb))
		return answer_al(dos, 0xff);
	cpu_set16(dos->guest->cpu, CPU_BX, dpb.off);
	cpu_load_real(dos->guest->cpu, CPU_DS, dpb.seg);
	return answer_al(dos, 0);
}

enum svc int21_dpb(void *room, struct guest *g)
{
	(void)g;
	return get_dpb(room, 0);
}

enum svc int21_dpb_of(void *room, struct guest *g)
{
	struct dos *dos = room;

	(void)g;
	return get_dpb(dos, caller8(dos, CALLER_DL));
}

enum svc int21_free_space(void *room, struct guest *g)
{
	struct dos *dos = room;
	struct far cds = dos_cds(dos, disk_number(dos, caller8(dos, CALLER_DL))), dpb;
	struct geometry geo;

	if (!far_null(cds) && dos_r16(dos, cds.seg, cds.off + CDS_FLAGS) & CDS_NETWORK)
		return redirect_space(dos, cds);
	if (!disk_look(dos, caller8(dos, CALLER_DL), &geo, &dpb)) {
		cpu_set16(g->cpu, CPU_AX, 0xffff);
		return SVC_DONE;
	}
	cpu_set16(g->cpu, CPU_AX, geo.sectors);
	cpu_set16(g->cpu, CPU_BX, geo.free);
	cpu_set16(g->cpu, CPU_CX, SECTOR);
	cpu_set16(g->cpu, CPU_DX, geo.clusters);
	return SVC_DONE;
}

/* One formatted before DOS 4 has none.  */
static enum dos_error put_volume_id(struct dos *dos, const struct bpb *b, struct far to)
{
	if (!b->extended)
		return DOS_BAD_FUNCTION;
	dos_w16(dos, to.seg, to.off, 0);
	dos_w32(dos, to.seg, to.off + 2, b->serial);
	guest_copy_out(dos->guest, to.seg, to.off + 6, b->label, sizeof b->label);
	guest_copy_out(dos->guest, to.seg, to.off + 17, b->system, sizeof b->system);
	return DOS_OK;
}

/* Information level, serial number, label, file system: 69h and 440Dh/0866h
 * (RBIL, table 01766).  */
enum dos_error disk_media_id(struct dos *dos, struct drive *drive, struct far to)
{
	char label[12] = "", text[19];
	size_t n;
	enum dos_error e = drive->ops->label(drive->disk, label);
	struct bpb b;

	if (e)
		return e;
	if (disk_has_bpb(drive, &b))
		return put_volume_id(dos, &b, to);
	n = strnlen(label, 11);
	memcpy(text, "NO NAME    FAT16   ", sizeof text);
	if (n) {
		memset(text, ' ', 11);
		memcpy(text, label, n);
	}
	dos_w16(dos, to.seg, to.off, 0);
	dos_w32(dos, to.seg, to.off + 2, drive->ops->serial(drive->disk));
	guest_copy_out(dos->guest, to.seg, to.off + 6, text, sizeof text);
	return DOS_OK;
}

/* The serial number and the label of the boot sector, which is what they are for
 * programs that format disks.  */
enum dos_error disk_set_media_id(struct dos *dos, struct drive *drive, struct far from)
{
	enum { IDENTITY = 23, AT_SMALL = 0x27, AT_FAT32 = 0x43 };	/* from the serial number on */
	uint8_t sector[SECTOR];
	struct bpb b;
	size_t done;
	unsigned at;

	if (!drive->volume)
		return DOS_DENIED;	/* made up from the host's disk */
	if (!volume_bpb(drive->volume, &b))
		return DOS_NOT_DOS_DISK;
	at = bpb_is_fat32(&b) ? AT_FAT32 : AT_SMALL;
	if (!b.extended || volume_read(drive->volume, 0, sector, 1, &done))
		return b.extended ? DOS_READ_FAULT : DOS_BAD_FUNCTION;
	guest_copy_in(dos->guest, sector + at, from.seg, from.off + 2, IDENTITY);
	return volume_error(volume_write_below(drive->volume, 0, sector, 1, &done));
}

enum svc int21_media_id(void *room, struct guest *g)
{
	struct dos *dos = room;
	struct drive *drive = disk_of(dos, caller8(dos, CALLER_BL));
	bool writing = caller8(dos, CALLER_AL) == 1;
	enum dos_error e;

	if (dos_given_up(dos))
		return dos_fail(dos, DOS_FAIL_24);
	if (!drive)
		return dos_fail(dos, DOS_BAD_DRIVE);
	if (caller8(dos, CALLER_AL) > 1)
		return dos_fail(dos, DOS_BAD_FUNCTION);
	e = writing ? disk_set_media_id(dos, drive, caller_ds(dos, CPU_DX)) :
		      disk_media_id(dos, drive, caller_ds(dos, CPU_DX));
	if (e && drive->volume)
		return dos_fail(dos, e);
	return e ? dos_refuse(dos, e, drive - dos->drive, writing) : guest_done(g);
}
