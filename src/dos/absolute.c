/* absolute.c - sectors of a drive: INT 25h, 26h, INT 21h/7305h, and the requests of the
 * disk driver (MS-DOS Programmer's Reference; RBIL, INT 25h, INT 2Fh/0802h).
 *
 * A drive that is a directory has none, and says so as a network's does.  */

#include "dos/builtin.h"
#include "dos/disk.h"
#include "dos/services.h"
#include "dos/volume.h"

#define LARGE		0xffff		/* CX: DS:BX is a packet */
#define SMALL_SECTORS	0x10000		/* of a drive that the first form of the call can have */
#define NOT_A_DISK	0x0207		/* bad sector address, unknown media */

enum packet { PACKET_SECTOR = 0, PACKET_COUNT = 4, PACKET_BUFFER = 6 };

struct transfer {
	uint64_t first;
	uint32_t count;
	uint32_t at;			/* linear */
};

static struct transfer large(struct guest *g, struct far p)
{
	return (struct transfer){
		guest_r32(g, p.seg, p.off + PACKET_SECTOR), guest_r16(g, p.seg, p.off + PACKET_COUNT),
		far_linear(guest_rfar(g, p.seg, p.off + PACKET_BUFFER)),
	};
}

/* AH as INT 13h has it, AL as a device driver.  */
static uint16_t absolute_status(enum dos_error e)
{
	uint8_t ah = 0x02, al = e >= DOS_WRITE_PROTECTED ? e - DOS_WRITE_PROTECTED : 0x0c;

	if (e == DOS_WRITE_PROTECTED)
		ah = 0x03;
	else if (e == DOS_SECTOR_NOT_FOUND)
		ah = 0x04;
	return ah << 8 | al;
}

/* SUBST and JOIN are for names, not for sectors.  */
static struct drive *sector_drive(struct dos *dos, uint8_t n)
{
	return n < DRIVE_LETTERS && dos->drive[n].ops ? &dos->drive[n] : NULL;
}

/* The small form fails on what is too large for it, and both on FAT32, where 7305h
 * is for that (RBIL).  */
static bool form_fits(struct volume *v, bool is_large)
{
	struct bpb b;

	return !(volume_bpb(v, &b) && bpb_is_fat32(&b)) && (is_large || v->sectors <= SMALL_SECTORS);
}

static enum svc absolute(struct dos *dos, struct guest *g, bool writing)
{
	struct drive *drive = sector_drive(dos, cpu_get8(g->cpu, CPU_AX));
	struct far at = { cpu_get16(g->cpu, CPU_BX), g->cpu->seg[CPU_DS].sel };
	bool is_large = cpu_get16(g->cpu, CPU_CX) == LARGE;
	struct transfer t = { cpu_get16(g->cpu, CPU_DX), cpu_get16(g->cpu, CPU_CX), far_linear(at) };
	enum dos_error e;

	if (!drive || !drive->volume) {
		dos_note_error(dos, drive ? DOS_UNSUPPORTED : DOS_BAD_DRIVE);
		return guest_fail(g, drive ? NOT_A_DISK : absolute_status(DOS_UNKNOWN_UNIT));
	}
	if (!form_fits(drive->volume, is_large)) {
		dos_note_error(dos, DOS_NOT_DOS_DISK);
		return guest_fail(g, NOT_A_DISK);
	}
	if (is_large)
		t = large(g, at);
	e = volume_move(dos, drive->volume, writing, t.first, t.at, &t.count);
	dos_trace(dos, "dos", "INT %s %c: sector %llu, %u moved%s", writing ? "26h" : "25h",
		  (int)('A' + (drive - dos->drive)), (unsigned long long)t.first, (unsigned)t.count,
		  e ? ", failed" : "");
	if (!e)
		return guest_ok(g, 0);
	dos_note_error(dos, e);
	return guest_fail(g, absolute_status(e));
}

/* The flags stay on the stack, which is RETF's doing.  */
static enum svc int25(void *room, struct guest *g)
{
	return absolute(room, g, false);
}

static enum svc int26(void *room, struct guest *g)
{
	return absolute(room, g, true);
}

void absolute_offer(struct dos *dos)
{
	guest_offer_far(dos->guest, 0x25, int25, dos);
	guest_offer_far(dos->guest, 0x26, int26, dos);
}

/* 7305h: DL drive (1 = A), SI bit 0 writing, DS:BX the packet.  */
enum svc absolute_fat32(struct dos *dos)
{
	uint8_t dl = caller8(dos, CALLER_DL);
	struct drive *drive = dl ? sector_drive(dos, dl - 1) : disk_of(dos, 0);
	struct transfer t = large(dos->guest, caller_ds(dos, CPU_BX));
	bool writing = caller16(dos, CPU_SI) & 1;
	enum dos_error e;

	if (!drive)
		return dos_fail(dos, DOS_BAD_DRIVE);
	if (!drive->volume)
		return dos_fail(dos, DOS_BAD_FUNCTION);
	if (caller16(dos, CPU_CX) != LARGE)
		return dos_fail(dos, DOS_BAD_PARAMETER);
	e = volume_move(dos, drive->volume, writing, t.first, t.at, &t.count);
	if (!e)
		return guest_ok(dos->guest, 0);
	dos_note_error(dos, e);
	return guest_fail(dos->guest, absolute_status(e));
}

/* --- The driver ------------------------------------------------------------------- */

#define AT_BPB	((struct far){ DISK_BPB, DRIVER_SEG })

static struct drive *unit_drive(struct dos *dos)
{
	struct far r = device_request(dos);
	uint8_t unit = dos_r8(dos, r.seg, r.off + REQ_UNIT);

	for (unsigned i = 0; i < DRIVE_LETTERS; i++)
		if (dos->drive[i].ops && !unit--)
			return &dos->drive[i];
	return NULL;
}

static enum svc finish_error(struct dos *dos, enum dos_error e)
{
	return device_finish(dos, e ? STATUS_ERROR | (e - DOS_WRITE_PROTECTED) : 0);
}

static enum svc media_check(struct dos *dos, struct volume *v)
{
	struct far r = device_request(dos);

	dos_w8(dos, r.seg, r.off + REQ_CHANGED, v->changed ? 0xff : 1);
	v->changed = false;
	return finish_error(dos, DOS_OK);
}

static enum svc build_bpb(struct dos *dos, struct volume *v)
{
	struct far r = device_request(dos);
	struct bpb b;

	if (!volume_bpb(v, &b))
		return finish_error(dos, DOS_NOT_DOS_DISK);
	volume_put_bpb(dos, AT_BPB, &b, true);
	guest_wfar(dos->guest, r.seg, r.off + REQ_BPB, AT_BPB);
	return finish_error(dos, DOS_OK);
}

static enum svc transfer(struct dos *dos, struct volume *v, bool writing)
{
	struct far r = device_request(dos);
	uint32_t first = dos_r16(dos, r.seg, r.off + REQ_SECTOR);
	uint32_t count = dos_r16(dos, r.seg, r.off + REQ_COUNT);
	struct far at = guest_rfar(dos->guest, r.seg, r.off + REQ_BUFFER);
	enum dos_error e;

	if (first == LARGE && dos_r8(dos, r.seg, r.off + REQ_LENGTH) >= REQ_SECTOR32 + 4)
		first = dos_r32(dos, r.seg, r.off + REQ_SECTOR32);
	e = volume_move(dos, v, writing, first, far_linear(at), &count);
	dos_w16(dos, r.seg, r.off + REQ_COUNT, count);
	return finish_error(dos, e);
}

static enum svc read_sectors(struct dos *dos, struct volume *v)
{
	return transfer(dos, v, false);
}

static enum svc write_sectors(struct dos *dos, struct volume *v)
{
	return transfer(dos, v, true);
}

static enum svc removable(struct dos *dos, struct volume *v)
{
	return device_finish(dos, v->image->floppy ? 0 : STATUS_BUSY);
}

/* Files are served by the kernel itself.  */
enum svc disk_serve(void *room, struct guest *g)
{
	static enum svc (*const command[CMD_UNTIL_BUSY + 1])(struct dos *, struct volume *) = {
		[CMD_MEDIA_CHECK] = media_check, [CMD_BUILD_BPB] = build_bpb,
		[CMD_READ] = read_sectors, [CMD_WRITE] = write_sectors,
		[CMD_WRITE_VERIFY] = write_sectors, [CMD_REMOVABLE] = removable,
	};
	struct dos *dos = room;
	struct far r = device_request(dos);
	uint8_t n = dos_r8(dos, r.seg, r.off + REQ_COMMAND);
	struct drive *drive = unit_drive(dos);

	(void)g;
	if (n == CMD_INIT || n == CMD_OPEN || n == CMD_CLOSE)
		return finish_error(dos, DOS_OK);
	if (!drive)
		return finish_error(dos, DOS_UNKNOWN_UNIT);
	if (n > CMD_UNTIL_BUSY || !command[n] || !drive->volume)
		return finish_error(dos, DOS_BAD_COMMAND);
	return command[n](dos, drive->volume);
}
