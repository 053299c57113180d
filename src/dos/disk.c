/* disk.c - drives and their space (INT 21h/0Dh, 0Eh, 19h, 1Bh, 1Ch, 1Fh,
 * 32h, 36h, 69h).
 *
 * Our disks have no clusters; they are made up for each call.  A program of
 * DOS 6's time multiplies what 36h says in 32 bits, often signed ones, so a
 * disk is never larger than 65,524 clusters of 32 KB there, which is less
 * than 2 GB.  7303h tells the truth.  */

#include "dos/disk.h"

#include <string.h>

#include "dos/redirect.h"
#include "dos/services.h"

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

enum dos_error disk_geometry(struct drive *drive, struct geometry *geo)
{
	struct drive_space space;
	enum dos_error e = drive->ops->space(drive->disk, &space);
	uint32_t bytes = space.cluster;

	if (e)
		return e;
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

static enum svc get_dpb(struct dos *dos, uint8_t dl)
{
	struct geometry geo;
	struct far dpb;

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

/* Information level, serial number, label, file system: 69h and 440Dh/0866h
 * (RBIL, table 01766).  */
enum dos_error disk_media_id(struct dos *dos, struct drive *drive, struct far to)
{
	char label[12] = "", text[19];
	size_t n;
	enum dos_error e = drive->ops->label(drive->disk, label);

	if (e)
		return e;
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

/* Serial numbers are made up from the host's disk and cannot be changed.  */
enum svc int21_media_id(void *room, struct guest *g)
{
	struct dos *dos = room;
	struct drive *drive = disk_of(dos, caller8(dos, CALLER_BL));
	enum dos_error e;

	if (dos_given_up(dos))
		return dos_fail(dos, DOS_FAIL_24);
	if (!drive)
		return dos_fail(dos, DOS_BAD_DRIVE);
	if (caller8(dos, CALLER_AL) > 1)
		return dos_fail(dos, DOS_BAD_FUNCTION);
	if (caller8(dos, CALLER_AL) == 1)
		return dos_fail(dos, DOS_DENIED);
	e = disk_media_id(dos, drive, caller_ds(dos, CPU_DX));
	return e ? dos_refuse(dos, e, drive - dos->drive, false) : guest_done(g);
}
