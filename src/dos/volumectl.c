/* volumectl.c - generic requests to drives with sectors: their parameters and tracks
 * (INT 21h/440Dh; RBIL, tables 01560 to 01567; MS-DOS 4.0, MSIOCTL.INC).
 *
 * Cylinders and heads are those of the whole disk, and reach this volume only.  */

#include "dos/volumectl.h"

#include "dos/disk.h"
#include "dos/volume.h"

enum { FILL = 0xf6, CATEGORY_FAT32 = 0x48 };

static uint16_t word(struct dos *dos, struct far p, uint16_t at)
{
	return dos_r16(dos, p.seg, p.off + at);
}

/* --- Parameters --------------------------------------------------------------- */

enum parameters {
	PAR_SPECIAL = 0x00, PAR_TYPE = 0x01, PAR_ATTRIBUTES = 0x02, PAR_CYLINDERS = 0x04,
	PAR_MEDIA = 0x06, PAR_BPB = 0x07,
	SPECIAL_CURRENT = 0x01,		/* 60h: what is in the drive, not what the drive is for */
	SPECIAL_TRACK_ONLY = 0x02,	/* 40h: only the layout of a track */
	FIXED = 0x01, CHANGE_LINE = 0x02,
};

enum dos_error volume_get_parameters(struct dos *dos, struct drive *drive, struct far p)
{
	struct volume *v = drive->volume;
	const struct image *im = v->image;
	bool current = dos_r8(dos, p.seg, p.off + PAR_SPECIAL) & SPECIAL_CURRENT;
	struct far to = { p.off + PAR_BPB, p.seg };
	struct bpb b;

	if (current && !volume_bpb(v, &b))
		return DOS_NOT_DOS_DISK;
	if (!current)
		volume_default_bpb(v, &b);
	dos_w8(dos, p.seg, p.off + PAR_TYPE, volume_device_type(v));
	dos_w16(dos, p.seg, p.off + PAR_ATTRIBUTES, !im->floppy ? FIXED : im->drive == 1 ? 0 : CHANGE_LINE);
	dos_w16(dos, p.seg, p.off + PAR_CYLINDERS, im->chs.cylinders > 0xffff ? 0xffff : im->chs.cylinders);
	dos_w8(dos, p.seg, p.off + PAR_MEDIA, im->drive == 2 && im->chs.cylinders == 40);
	volume_put_bpb(dos, to, &b, caller8(dos, CALLER_CH) == CATEGORY_FAT32);
	return DOS_OK;
}

/* The format that comes when the first track is formatted.  */
static enum dos_error choose_format(struct image *im, uint32_t total, uint16_t heads, uint16_t track)
{
	uint32_t cylinder = (uint32_t)heads * track;
	const struct floppy_format *f = cylinder && heads <= 2 && track <= 40 ?
		floppy_format(total / cylinder, heads, track) : NULL;

	if (!image_can_have(im, f))
		return DOS_BAD_DATA;
	im->wanted = f->chs;
	return DOS_OK;
}

/* A boot sector is what counts later, so that of a BPB only what the disk would have
 * to do otherwise is of interest: its sectors and tracks.  */
enum dos_error volume_set_parameters(struct dos *dos, struct drive *drive, struct far p)
{
	struct image *im = drive->volume->image;
	uint16_t heads = word(dos, p, PAR_BPB + BPB_AT_HEADS), track = word(dos, p, PAR_BPB + BPB_AT_TRACK);
	uint32_t total = word(dos, p, PAR_BPB + BPB_AT_TOTAL16);

	if (dos_r8(dos, p.seg, p.off + PAR_SPECIAL) & SPECIAL_TRACK_ONLY)
		return DOS_OK;
	if (word(dos, p, PAR_BPB) != SECTOR_SIZE)
		return DOS_BAD_DATA;
	if (!total)
		total = dos_r32(dos, p.seg, p.off + PAR_BPB + BPB_AT_TOTAL32);
	if (im->floppy)
		return choose_format(im, total, heads, track);
	return heads == im->chs.heads && track == im->chs.sectors ? DOS_OK : DOS_BAD_DATA;
}

/* --- Tracks --------------------------------------------------------------------- */

enum track { TRACK_SPECIAL = 0, TRACK_HEAD = 1, TRACK_CYLINDER = 3, TRACK_COUNT = 5 };
enum sectors { SECT_FIRST = 5, SECT_COUNT = 7, SECT_BUFFER = 9 };

/* The volume's number of a track's first sector; false: it is not on it.  */
static bool track_on(struct dos *dos, const struct volume *v, struct far p, uint64_t *first)
{
	const struct chs *c = &v->image->chs;
	uint16_t head = word(dos, p, TRACK_HEAD), cylinder = word(dos, p, TRACK_CYLINDER);
	uint64_t at = ((uint64_t)cylinder * c->heads + head) * c->sectors;

	*first = at - v->start;
	return head < c->heads && cylinder < c->cylinders && at >= v->start &&
	       *first < v->sectors;
}

static enum dos_error move_track(struct dos *dos, struct volume *v, struct far p, bool writing)
{
	uint16_t sector = word(dos, p, SECT_FIRST);
	uint32_t count = word(dos, p, SECT_COUNT);
	uint64_t first;

	if (!track_on(dos, v, p, &first) || sector + count > v->image->chs.sectors)
		return DOS_SECTOR_NOT_FOUND;
	return volume_move(dos, v, writing, first + sector,
			   far_linear(guest_rfar(dos->guest, p.seg, p.off + SECT_BUFFER)), &count);
}

enum dos_error volume_write_track(struct dos *dos, struct drive *drive, struct far p)
{
	return move_track(dos, drive->volume, p, true);
}

enum dos_error volume_read_track(struct dos *dos, struct drive *drive, struct far p)
{
	return move_track(dos, drive->volume, p, false);
}

enum dos_error volume_verify_track(struct dos *dos, struct drive *drive, struct far p)
{
	struct volume *v = drive->volume;
	uint8_t sector[SECTOR_SIZE];
	enum image_result r = IMAGE_OK;
	uint64_t first;
	size_t done;

	if (!track_on(dos, v, p, &first))
		return DOS_SECTOR_NOT_FOUND;
	for (unsigned i = 0; i < v->image->chs.sectors && r == IMAGE_OK && first + i < v->sectors; i++)
		r = volume_read(v, first + i, sector, 1, &done);
	return volume_error(r);
}

/* Bit 0 only asks whether it could be done: 0 yes, 2 not with such a disk.  A hard disk's
 * tracks are looked at, as by MS-DOS.  */
enum dos_error volume_format_track(struct dos *dos, struct drive *drive, struct far p)
{
	struct volume *v = drive->volume;
	struct image *im = v->image;
	enum image_result r;

	if (dos_r8(dos, p.seg, p.off + TRACK_SPECIAL) & 1) {
		dos_w8(dos, p.seg, p.off + TRACK_SPECIAL, 0);
		return DOS_OK;
	}
	if (!im->floppy)
		return volume_verify_track(dos, drive, p);
	if (!image_format_track(im, word(dos, p, TRACK_CYLINDER), word(dos, p, TRACK_HEAD), FILL, &r))
		return DOS_SECTOR_NOT_FOUND;
	v->sectors = im->sectors;
	return volume_error(r);
}

/* --- The rest --------------------------------------------------------------------- */

enum dos_error volume_set_access(struct dos *dos, struct drive *drive, struct far p)
{
	drive->volume->barred = !dos_r8(dos, p.seg, p.off + 1);
	return DOS_OK;
}

enum dos_error volume_get_access(struct dos *dos, struct drive *drive, struct far p)
{
	dos_w8(dos, p.seg, p.off + 1, !drive->volume->barred);
	return DOS_OK;
}

enum dos_error volume_sense(struct dos *dos, struct drive *drive, struct far p)
{
	const struct image *im = drive->volume->image;

	if (!im->floppy)
		return DOS_BAD_FUNCTION;
	dos_w8(dos, p.seg, p.off, im->length == im->sectors * SECTOR_SIZE);
	dos_w8(dos, p.seg, p.off + 1, im->chs.sectors == 9 && im->chs.cylinders == 80 ? 2 :
	       volume_device_type(drive->volume));
	return DOS_OK;
}

/* Nobody else can have this disk: the file is locked, and DOS runs one program.  What
 * is asked for is so already.  */
enum dos_error volume_lock(struct dos *dos, struct drive *drive, struct far p)
{
	(void)dos, (void)p;
	if (drive->volume->locks == 0xff)
		return DOS_LOCK;
	drive->volume->locks++;
	return DOS_OK;
}

enum dos_error volume_unlock(struct dos *dos, struct drive *drive, struct far p)
{
	(void)dos, (void)p;
	if (!drive->volume->locks)
		return DOS_LOCK;
	drive->volume->locks--;
	return DOS_OK;
}
