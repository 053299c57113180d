/* file.c - files by handle: close, read, write, seek, dates, locks (INT
 * 21h/3Eh-40h, 42h, 57h, 5Ch).
 *
 * Bytes go between the drive and guest memory without a copy wherever the
 * memory is plain RAM.  The position is kept in the SFT only.  */

#include "dos/files.h"

#include <string.h>

#include "bus/bus.h"
#include "dos/device.h"
#include "dos/redirect.h"
#include "dos/services.h"


/* The last user of a loaded driver that wants to know.  */
static bool wants_close(struct dos *dos, struct far sft)
{
	struct far device = guest_rfar(dos->guest, sft.seg, sft.off + SFT_DEVICE);

	return dos_sft_is_device(dos, sft) && device.seg != DRIVER_SEG &&
		dos_r16(dos, sft.seg, sft.off + SFT_REFS) == 1 &&
		dos_r16(dos, device.seg, device.off + DEV_ATTR) & DEV_OPEN_CLOSE;
}

enum svc int21_close(void *room, struct guest *g)
{
	struct dos *dos = room;
	struct far sft = dos_handle_sft(dos, caller16(dos, CPU_BX));
	enum dos_error e;

	if (!far_null(sft) && dos_sft_is_redirected(dos, sft))
		return redirect_close(dos, caller16(dos, CPU_BX), sft);
	if (!far_null(sft) && wants_close(dos, sft) && guest_step(g) != STEP_DEVICE_TOLD)
		return device_tell(dos, guest_rfar(g, sft.seg, sft.off + SFT_DEVICE), CMD_CLOSE,
				   STEP_DEVICE_TOLD);
	guest_restore(g);
	e = dos_handle_close(dos, caller16(dos, CPU_BX));
	return e ? dos_fail(dos, e) : guest_done(g);
}

/* --- read, write, seek ---------------------------------------------------------- */

/* One transfer at a position, into or out of guest memory.  */
static enum dos_error transfer(struct dos *dos, struct drive *drive, drive_file f, uint32_t pos,
			       uint32_t at, size_t *n, bool writing)
{
	uint8_t *span = bus_span(dos->bus, at, *n, !writing), buf[4096];
	size_t want = *n, moved;
	enum dos_error e = DOS_OK;

	if (span && writing)
		return drive->ops->write(drive->disk, f, pos, span, n);
	if (span) {
		e = drive->ops->read(drive->disk, f, pos, span, n);
		if (!e)
			bus_wrote(dos->bus, at, *n);
		return e;
	}
	for (*n = 0; *n < want; *n += moved) {
		size_t part = want - *n < sizeof buf ? want - *n : sizeof buf;

		moved = part;
		if (writing)
			bus_copy_in(dos->bus, buf, at + *n, part);
		e = writing ? drive->ops->write(drive->disk, f, pos + *n, buf, &moved) :
			drive->ops->read(drive->disk, f, pos + *n, buf, &moved);
		if (e)
			break;
		if (!writing)
			bus_copy_out(dos->bus, at + *n, buf, moved);
		if (moved < part) {
			*n += moved;
			break;
		}
	}
	return *n ? DOS_OK : e;
}

static enum dos_error sft_transfer(struct dos *dos, struct far sft, uint32_t at, uint16_t *n, bool writing)
{
	drive_file f;
	struct drive *drive = dos_sft_drive(dos, sft, &f);
	uint32_t pos = dos_r32(dos, sft.seg, sft.off + SFT_POS);
	bool large = dos_r16(dos, sft.seg, sft.off + SFT_MODE) & MODE_LARGE;
	uint32_t limit = large || !writing ? UINT32_MAX : SIZE_LIMIT;
	size_t moved = *n;
	enum dos_error e;

	if (!drive)
		return DOS_BAD_HANDLE;
	if (pos >= limit)
		moved = 0;
	else if (moved > limit - pos)
		moved = limit - pos;
	if (!moved && *n) {
		*n = 0;
		return DOS_OK;
	}
	e = transfer(dos, drive, f, pos, at, &moved, writing);
	if (e)
		return e;
	*n = moved;
	dos_w32(dos, sft.seg, sft.off + SFT_POS, pos + moved);
	return DOS_OK;
}

enum dos_error dos_sft_read(struct dos *dos, struct far sft, uint16_t seg, uint16_t off, uint16_t *n)
{
	return *n ? sft_transfer(dos, sft, seg * 16u + off, n, false) : DOS_OK;
}

enum dos_error dos_sft_ready(struct dos *dos, struct far sft)
{
	uint32_t pos = dos_r32(dos, sft.seg, sft.off + SFT_POS);
	struct drive_info info;
	drive_file f;
	struct drive *drive = dos_sft_drive(dos, sft, &f);

	if (!drive)
		return DOS_OK;		/* a redirector's: nobody can say */
	if (drive->ops->ready)
		return drive->ops->ready(drive->disk, f, pos);
	if (drive->ops->file_info(drive->disk, f, &info))
		return DOS_OK;
	return pos < info.size ? DOS_OK : DOS_NO_MORE;
}

/* What the SFT says of a file just written to.  Writing nothing cuts the
 * file (or makes it longer) at the position.  */
static void wrote(struct dos *dos, struct far sft, bool cut)
{
	uint32_t pos = dos_r32(dos, sft.seg, sft.off + SFT_POS);
	uint32_t size = dos_r32(dos, sft.seg, sft.off + SFT_FILE_SIZE);
	uint16_t info = dos_r16(dos, sft.seg, sft.off + SFT_INFO);

	if (cut || pos > size)
		dos_w32(dos, sft.seg, sft.off + SFT_FILE_SIZE, pos);
	dos_w16(dos, sft.seg, sft.off + SFT_INFO, info & ~(INFO_NOT_EOF | INFO_KEEP_DATE));
}

enum dos_error dos_sft_write(struct dos *dos, struct far sft, uint16_t seg, uint16_t off, uint16_t *n)
{
	bool cut = !*n;
	drive_file f;
	struct drive *drive = dos_sft_drive(dos, sft, &f);
	size_t none = 0;
	enum dos_error e;

	if (!drive)
		return DOS_BAD_HANDLE;
	if (cut)
		e = drive->ops->write(drive->disk, f, dos_r32(dos, sft.seg, sft.off + SFT_POS), "", &none);
	else
		e = sft_transfer(dos, sft, seg * 16u + off, n, true);
	if (!e)
		wrote(dos, sft, cut);
	return e;
}

/* 3Fh and 40h on a file, until all has been moved, or the file or the disk
 * is at its end.  Bytes moved so far are in note[0]; a stream may have to be
 * waited for.  */
static enum svc move(struct dos *dos, struct far sft, bool writing)
{
	struct guest *g = dos->guest;
	uint32_t *done = &guest_frame(g)->note[0];
	uint16_t want = caller16(dos, CPU_CX);
	uint32_t to = far_linear(caller_ds(dos, CPU_DX));
	bool stream = dos_r8(dos, sft.seg, sft.off + SFT_HOME) == SFT_HOME_STDIO;
	uint16_t n;
	enum dos_error e;

	if (writing && !want) {
		e = dos_sft_write(dos, sft, 0, 0, &want);
		return e ? dos_refuse_shared(dos, e, dos_r8(dos, sft.seg, sft.off + SFT_HOME), true,
					     dos_r16(dos, sft.seg, sft.off + SFT_MODE)) : guest_ok(g, 0);
	}
	while (*done < want) {
		n = want - *done;
		e = sft_transfer(dos, sft, to + *done, &n, writing);
		if (e == DRIVE_WAIT)
			return guest_again(g, 1, GUEST_WAIT_STREAM);
		if (e && !*done)
			return dos_refuse_shared(dos, e, dos_r8(dos, sft.seg, sft.off + SFT_HOME),
						 writing, dos_r16(dos, sft.seg, sft.off + SFT_MODE));
		if (e)
			break;
		*done += n;
		if (!n || !stream)
			break;
	}
	if (writing)
		wrote(dos, sft, false);
	if (writing && dos_r16(dos, sft.seg, sft.off + SFT_MODE) & MODE_COMMIT) {
		drive_file f;
		struct drive *drive = dos_sft_drive(dos, sft, &f);

		drive->ops->flush(drive->disk, f);
	}
	return guest_ok(g, *done);
}

static enum svc read_or_write(struct dos *dos, bool writing)
{
	struct far sft = dos_handle_sft(dos, caller16(dos, CPU_BX));
	unsigned access;

	if (dos_given_up(dos))
		return dos_fail(dos, DOS_FAIL_24);
	if (far_null(sft))
		return dos_fail(dos, DOS_BAD_HANDLE);
	access = dos_r16(dos, sft.seg, sft.off + SFT_MODE) & 3;
	if (access == (writing ? DRIVE_READ : DRIVE_WRITE))
		return dos_fail(dos, DOS_DENIED);
	if (dos_sft_is_device(dos, sft))
		return writing ? dos_device_write(dos, sft) : dos_device_read(dos, sft);
	if (dos_sft_is_redirected(dos, sft))
		return redirect_move(dos, sft, writing);
	return move(dos, sft, writing);
}

enum svc int21_read(void *room, struct guest *g)
{
	(void)g;
	return read_or_write(room, false);
}

enum svc int21_write(void *room, struct guest *g)
{
	(void)g;
	return read_or_write(room, true);
}

/* The size as it is now: somebody else may have written.  */
static uint32_t fresh_size(struct dos *dos, struct far sft)
{
	drive_file f;
	struct drive *drive = dos_sft_drive(dos, sft, &f);
	struct drive_info info;

	if (drive && !drive->ops->file_info(drive->disk, f, &info))
		dos_w32(dos, sft.seg, sft.off + SFT_FILE_SIZE, info.size);
	return dos_r32(dos, sft.seg, sft.off + SFT_FILE_SIZE);
}

enum svc int21_seek(void *room, struct guest *g)
{
	struct dos *dos = room;
	struct far sft = dos_handle_sft(dos, caller16(dos, CPU_BX));
	uint32_t pos = (uint32_t)caller16(dos, CPU_CX) << 16 | caller16(dos, CPU_DX);

	if (far_null(sft))
		return dos_fail(dos, DOS_BAD_HANDLE);
	switch (caller8(dos, CALLER_AL)) {
	case 0:
		break;
	case 1:
		pos += dos_r32(dos, sft.seg, sft.off + SFT_POS);
		break;
	case 2:
		/* With SHARE's modes in force, somebody else may have written.  */
		if (dos_sft_is_redirected(dos, sft) && dos_r16(dos, sft.seg, sft.off + SFT_MODE) & DRIVE_SHARE)
			return redirect_seek_end(dos, sft, pos);
		pos += fresh_size(dos, sft);
		break;
	default:
		return dos_fail(dos, DOS_BAD_FUNCTION);
	}
	dos_w32(dos, sft.seg, sft.off + SFT_POS, pos);
	cpu_set16(g->cpu, CPU_DX, pos >> 16);
	return guest_ok(g, pos);
}

/* --- dates, locks ------------------------------------------------------------------- */

static enum svc get_times(struct dos *dos, struct far sft, unsigned which)
{
	struct guest *g = dos->guest;
	drive_file f;
	struct drive *drive = dos_sft_drive(dos, sft, &f);
	struct drive_info info = { 0 };

	if (drive && drive->ops->file_info(drive->disk, f, &info))
		return dos_fail(dos, DOS_BAD_HANDLE);
	if (!info.date) {	/* a device, or a pipe: as old as its opening */
		info.time = info.ctime = dos_r16(dos, sft.seg, sft.off + SFT_TIME);
		info.date = info.cdate = info.adate = dos_r16(dos, sft.seg, sft.off + SFT_DATE);
	}
	cpu_set16(g->cpu, CPU_CX, which == 0 ? info.time : which == 2 ? info.ctime : 0);
	cpu_set16(g->cpu, CPU_DX, which == 0 ? info.date : which == 2 ? info.cdate : info.adate);
	if (which == 2)
		cpu_set16(g->cpu, CPU_SI, 0);	/* hundredths */
	return guest_done(g);
}

static enum svc set_times(struct dos *dos, struct far sft, unsigned which)
{
	struct guest *g = dos->guest;
	drive_file f;
	struct drive *drive = dos_sft_drive(dos, sft, &f);
	uint16_t info, time = caller16(dos, CPU_CX), date = caller16(dos, CPU_DX);
	enum dos_error e = DOS_OK;

	/* Which file a handle is, the kernel knows; its name it does not, and
	 * the drives set these two by name only.  */
	if (which)
		return dos_fail(dos, DOS_BAD_FUNCTION);
	if (drive)
		e = drive->ops->set_time(drive->disk, f, time, date);
	if (e)
		return dos_refuse(dos, e, dos_r8(dos, sft.seg, sft.off + SFT_HOME), true);
	dos_w16(dos, sft.seg, sft.off + SFT_TIME, time);
	dos_w16(dos, sft.seg, sft.off + SFT_DATE, date);
	info = dos_r16(dos, sft.seg, sft.off + SFT_INFO);
	if (drive)
		dos_w16(dos, sft.seg, sft.off + SFT_INFO, info | INFO_KEEP_DATE);
	return guest_done(g);
}

/* 5702h, 5703h (DOS 4): no file has extended attributes.  */
static enum svc no_attributes(struct dos *dos, struct far sft, unsigned which)
{
	struct guest *g = dos->guest;
	struct far list = caller_es(dos, CPU_DI);

	(void)sft;
	(void)which;
	if (caller16(dos, CPU_CX) >= 2)
		dos_w16(dos, list.seg, list.off, 0);
	cpu_set16(g->cpu, CPU_CX, 2);
	return guest_done(g);
}

enum svc int21_file_time(void *room, struct guest *g)
{
	static const struct {
		enum svc (*serve)(struct dos *dos, struct far sft, unsigned which);
		unsigned which;			/* as in drive.h's set_path_time */
	} row[] = {
		{ get_times, 0 }, { set_times, 0 },
		{ no_attributes, 0 }, { no_attributes, 0 },
		{ get_times, 1 }, { set_times, 1 },
		{ get_times, 2 }, { set_times, 2 },
	};
	struct dos *dos = room;
	uint8_t al = caller8(dos, CALLER_AL);
	struct far sft = dos_handle_sft(dos, caller16(dos, CPU_BX));

	(void)g;
	if (dos_given_up(dos))
		return dos_fail(dos, DOS_FAIL_24);
	if (al >= sizeof row / sizeof *row)
		return dos_fail(dos, DOS_BAD_FUNCTION);
	if (far_null(sft))
		return dos_fail(dos, DOS_BAD_HANDLE);
	return row[al].serve(dos, sft, row[al].which);
}

enum svc int21_lock(void *room, struct guest *g)
{
	struct dos *dos = room;
	struct far sft = dos_handle_sft(dos, caller16(dos, CPU_BX));
	uint32_t pos = (uint32_t)caller16(dos, CPU_CX) << 16 | caller16(dos, CPU_DX);
	uint32_t size = (uint32_t)caller16(dos, CPU_SI) << 16 | caller16(dos, CPU_DI);
	struct drive *drive;
	drive_file f;
	enum dos_error e;

	if (caller8(dos, CALLER_AL) > 1)
		return dos_fail(dos, DOS_BAD_FUNCTION);
	if (far_null(sft))
		return dos_fail(dos, DOS_BAD_HANDLE);
	if (dos_sft_is_redirected(dos, sft))
		return redirect_lock(dos, sft, caller8(dos, CALLER_AL) == 0, pos, size);
	drive = dos_sft_drive(dos, sft, &f);
	if (!drive)
		return dos_fail(dos, DOS_BAD_FUNCTION);
	e = drive->ops->lock(drive->disk, f, dos_psp(dos), caller8(dos, CALLER_AL) == 0, pos, size);
	return e ? dos_fail(dos, e) : guest_done(g);
}
