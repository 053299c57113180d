/* diskctl.c - generic requests to drives (INT 21h/440Dh, 4411h).  */

#include "dos/disk.h"
#include "dos/services.h"
#include "dos/volume.h"
#include "dos/volumectl.h"

/* 0860h, device parameters (RBIL, table 01560).  */
static enum dos_error get_parameters(struct dos *dos, struct drive *drive, struct far p)
{
	enum { TRACK = 63, HEADS = 255 };
	struct geometry geo;
	enum dos_error e = disk_geometry(drive, &geo);
	uint16_t fat;
	uint32_t total;

	if (e)
		return e;
	fat = disk_fat_sectors(&geo);
	total = 1 + 2u * fat + GEOMETRY_ROOT / 16 + (uint32_t)geo.clusters * geo.sectors;
	dos_w8(dos, p.seg, p.off + 0x01, drive->removable ? 7 : 5);
	dos_w16(dos, p.seg, p.off + 0x02, !drive->removable);
	dos_w16(dos, p.seg, p.off + 0x04, total / (TRACK * HEADS) + 1);
	dos_w8(dos, p.seg, p.off + 0x06, 0);
	dos_w16(dos, p.seg, p.off + 0x07, 512);
	dos_w8(dos, p.seg, p.off + 0x09, geo.sectors);
	dos_w16(dos, p.seg, p.off + 0x0a, 1);
	dos_w8(dos, p.seg, p.off + 0x0c, 2);
	dos_w16(dos, p.seg, p.off + 0x0d, GEOMETRY_ROOT);
	dos_w16(dos, p.seg, p.off + 0x0f, total > 0xffff ? 0 : total);
	dos_w8(dos, p.seg, p.off + 0x11, disk_media(drive));
	dos_w16(dos, p.seg, p.off + 0x12, fat);
	dos_w16(dos, p.seg, p.off + 0x14, TRACK);
	dos_w16(dos, p.seg, p.off + 0x16, HEADS);
	dos_w32(dos, p.seg, p.off + 0x18, drive->removable ? 0 : TRACK);
	dos_w32(dos, p.seg, p.off + 0x1c, total > 0xffff ? total : 0);
	return DOS_OK;
}

/* 0867h: may the disk be accessed?  */
static enum dos_error get_access(struct dos *dos, struct drive *drive, struct far p)
{
	(void)drive;
	dos_w8(dos, p.seg, p.off + 1, 1);
	return DOS_OK;
}

/* 0868h: a 1.44 MB disk, the drive's default; hard disks cannot say.  */
static enum dos_error sense_media(struct dos *dos, struct drive *drive, struct far p)
{
	if (!drive->removable)
		return DOS_BAD_FUNCTION;
	dos_w8(dos, p.seg, p.off, 1);
	dos_w8(dos, p.seg, p.off + 1, 7);
	return DOS_OK;
}

/* by_name: of a drive that is a directory; NULL: only one with sectors has it.  */
static const struct disk_request {
	uint8_t minor;
	disk_request_fn *by_name, *by_sector;
} disk_requests[] = {
	{ 0x40, NULL, volume_set_parameters },
	{ 0x41, NULL, volume_write_track },
	{ 0x42, NULL, volume_format_track },
	{ 0x46, NULL, disk_set_media_id },
	{ 0x47, NULL, volume_set_access },
	{ 0x4a, NULL, volume_lock },
	{ 0x4b, NULL, volume_lock },
	{ 0x60, get_parameters, volume_get_parameters },
	{ 0x61, NULL, volume_read_track },
	{ 0x62, NULL, volume_verify_track },
	{ 0x66, disk_media_id, disk_media_id },
	{ 0x67, get_access, volume_get_access },
	{ 0x68, sense_media, volume_sense },
	{ 0x6a, NULL, volume_unlock },
	{ 0x6b, NULL, volume_unlock },
};

/* The request of category 08h (or 48h, FAT32); NULL: the drive has no such one.  */
static disk_request_fn *request(const struct drive *drive, uint8_t category, uint8_t minor)
{
	if (category != 0x08 && category != 0x48)
		return NULL;
	for (size_t i = 0; i < sizeof disk_requests / sizeof *disk_requests; i++)
		if (disk_requests[i].minor == minor)
			return drive->volume ? disk_requests[i].by_sector : disk_requests[i].by_name;
	return NULL;
}

/* AX is 0 in the end (FORMAT looks).  What a disk's driver refuses is no matter of INT 24h (MS-DOS 4.0, IOCTL.ASM).  */
enum svc disk_generic(struct dos *dos)
{
	struct drive *drive = disk_of(dos, caller8(dos, CALLER_BL));
	disk_request_fn *serve;
	enum dos_error e;

	if (dos_given_up(dos))
		return dos_fail(dos, DOS_FAIL_24);
	if (!drive)
		return dos_fail(dos, DOS_BAD_DRIVE);
	serve = request(drive, caller8(dos, CALLER_CH), caller8(dos, CALLER_CL));
	if (!serve)
		return dos_fail(dos, DOS_BAD_FUNCTION);
	e = serve(dos, drive, caller_ds(dos, CPU_DX));
	if (e && drive->volume)
		return dos_fail(dos, e);
	return e ? dos_refuse(dos, e, drive - dos->drive, false) : guest_ok(dos->guest, 0);
}

enum svc disk_query(struct dos *dos)
{
	struct drive *drive = disk_of(dos, caller8(dos, CALLER_BL));

	if (!drive)
		return dos_fail(dos, DOS_BAD_DRIVE);
	if (!request(drive, caller8(dos, CALLER_CH), caller8(dos, CALLER_CL)))
		return dos_fail(dos, DOS_BAD_FUNCTION);
	return guest_ok(dos->guest, 0);
}
