/* sft.c - open files: the system file table, and the job file tables that
 * point into it (INT 21h/45h, 46h, 67h, 68h, 6Ah).
 *
 * Both tables are the documented ones in guest memory, so a program may
 * have moved or enlarged its job file table, or closed a handle behind our
 * back, and we only ever see the result.  */

#include "dos/files.h"

#include <string.h>

#include "dos/boot.h"
#include "dos/names.h"
#include "dos/redirect.h"
#include "dos/services.h"
#include "dos/time.h"

enum { JFT_CLOSED = 0xff };

/* --- the system file table ---------------------------------------------- */

/* The chain of blocks is the guest's, and may be a ring.  */
enum { MAX_BLOCKS = 256, MAX_ENTRIES = 0x10000 / SFT_SIZE };

struct far dos_sft(const struct dos *dos, uint8_t number)
{
	struct far block = lol_rfar(dos, LOL_SFT);
	unsigned n = number;

	for (unsigned i = 0; i < MAX_BLOCKS && block.off != 0xffff; i++) {
		uint16_t count = dos_r16(dos, block.seg, block.off + SFTB_COUNT);

		if (n < count) {
			block.off += SFTB_ENTRIES + n * SFT_SIZE;
			return block;
		}
		n -= count;
		block = guest_rfar(dos->guest, block.seg, block.off + SFTB_NEXT);
	}
	return (struct far){ 0, 0 };
}

/* Of a table: no file is number 0 of its drive.  */
static void lose_files(struct dos *dos, struct far block, uint8_t drive)
{
	for (unsigned i = 0; i < MAX_BLOCKS && block.off != 0xffff; i++) {
		uint16_t count = dos_r16(dos, block.seg, block.off + SFTB_COUNT);

		for (unsigned n = 0; n < count && n < MAX_ENTRIES; n++) {
			struct far sft = { block.off + SFTB_ENTRIES + n * SFT_SIZE, block.seg };
			uint16_t info = dos_r16(dos, sft.seg, sft.off + SFT_INFO);

			if (dos_r16(dos, sft.seg, sft.off + SFT_REFS) &&
			    !(info & (INFO_DEVICE | INFO_NETWORK)) &&
			    dos_r8(dos, sft.seg, sft.off + SFT_HOME) == drive)
				dos_w32(dos, sft.seg, sft.off + SFT_DRIVE_FILE, 0);
		}
		block = guest_rfar(dos->guest, block.seg, block.off + SFTB_NEXT);
	}
}

void dos_disk_gone(struct dos *dos, uint8_t drive)
{
	if (dos->boot.phase <= BOOT_BUILD)
		return;
	lose_files(dos, lol_rfar(dos, LOL_SFT), drive);
	lose_files(dos, lol_rfar(dos, LOL_FCB_SFT), drive);
}

static void clear(struct dos *dos, struct far sft)
{
	static const uint8_t zero[SFT_SIZE];

	guest_copy_out(dos->guest, sft.seg, sft.off, zero, sizeof zero);
}

enum dos_error dos_sft_new(struct dos *dos, struct far *sft, uint8_t *number)
{
	for (unsigned n = 0; n < JFT_CLOSED; n++) {
		*sft = dos_sft(dos, n);
		if (far_null(*sft))
			break;
		if (dos_r16(dos, sft->seg, sft->off + SFT_REFS))
			continue;
		clear(dos, *sft);
		dos_w16(dos, sft->seg, sft->off + SFT_REFS, 1);
		dos_w16(dos, sft->seg, sft->off + SFT_OWNER, dos_psp(dos));
		*number = n;
		return DOS_OK;
	}
	return DOS_TOO_MANY;
}

bool dos_sft_is_device(const struct dos *dos, struct far sft)
{
	return dos_r16(dos, sft.seg, sft.off + SFT_INFO) & INFO_DEVICE;
}


bool dos_sft_is_redirected(const struct dos *dos, struct far sft)
{
	return (dos_r16(dos, sft.seg, sft.off + SFT_INFO) & (INFO_NETWORK | INFO_DEVICE)) == INFO_NETWORK;
}

struct drive *dos_sft_drive(struct dos *dos, struct far sft, drive_file *f)
{
	uint8_t home = dos_r8(dos, sft.seg, sft.off + SFT_HOME);

	*f = dos_r32(dos, sft.seg, sft.off + SFT_DRIVE_FILE);
	if (dos_r16(dos, sft.seg, sft.off + SFT_INFO) & (INFO_DEVICE | INFO_NETWORK))
		return NULL;
	if (home == SFT_HOME_STDIO)
		return dos->stdio->ops ? dos->stdio : NULL;
	return home < DRIVE_LETTERS && dos->drive[home].ops ? &dos->drive[home] : NULL;
}

void dos_sft_set_file(struct dos *dos, struct far sft, uint8_t home, drive_file f,
		      const struct drive_info *info)
{
	uint16_t number = home < DRIVE_LETTERS ? home : sda_r8(dos, SDA_DRIVE);
	uint8_t fcb[PATH_FCB];

	dos_w8(dos, sft.seg, sft.off + SFT_ATTR, info->attr);
	dos_w16(dos, sft.seg, sft.off + SFT_INFO, number | INFO_NOT_EOF);
	guest_wfar(dos->guest, sft.seg, sft.off + SFT_DEVICE, dos_dpb(number));
	dos_w16(dos, sft.seg, sft.off + SFT_TIME, info->time);
	dos_w16(dos, sft.seg, sft.off + SFT_DATE, info->date);
	dos_w32(dos, sft.seg, sft.off + SFT_FILE_SIZE, info->size);
	dos_w32(dos, sft.seg, sft.off + SFT_POS, 0);
	dos_w32(dos, sft.seg, sft.off + SFT_DRIVE_FILE, f);
	dos_w8(dos, sft.seg, sft.off + SFT_HOME, home);
	path_to_fcb(dos->config.code_page, info->name, fcb, NULL);
	guest_copy_out(dos->guest, sft.seg, sft.off + SFT_NAME, fcb, sizeof fcb);
}

/* What 4400h answers in DL comes from the driver's attribute word.  */
void dos_sft_set_device(struct dos *dos, struct far sft, struct far device)
{
	uint16_t attr = dos_r16(dos, device.seg, device.off + DEV_ATTR);
	struct dos_time now = dos_now(dos);
	char name[PATH_FCB];

	memset(name, ' ', sizeof name);
	guest_copy_in(dos->guest, name, device.seg, device.off + DEV_NAME, 8);
	dos_w16(dos, sft.seg, sft.off + SFT_INFO, (attr & 0x1f) | INFO_NOT_EOF | INFO_DEVICE);
	guest_wfar(dos->guest, sft.seg, sft.off + SFT_DEVICE, device);
	/* A device is as old as its opening: COPY CON gives that date on.  */
	dos_w16(dos, sft.seg, sft.off + SFT_TIME, time_packed_time(&now));
	dos_w16(dos, sft.seg, sft.off + SFT_DATE, time_packed_date(&now));
	guest_copy_out(dos->guest, sft.seg, sft.off + SFT_NAME, name, sizeof name);
}

enum dos_error dos_sft_close(struct dos *dos, struct far sft)
{
	uint16_t refs = dos_r16(dos, sft.seg, sft.off + SFT_REFS);
	struct drive *drive;
	drive_file f;

	if (!refs)
		return DOS_BAD_HANDLE;
	dos_w16(dos, sft.seg, sft.off + SFT_REFS, refs - 1);
	drive = dos_sft_drive(dos, sft, &f);
	if (refs > 1)
		return drive ? drive->ops->flush(drive->disk, f) : DOS_OK;
	return drive ? drive->ops->release(drive->disk, f) : DOS_OK;
}

/* --- job file tables ------------------------------------------------------ */

/* Where the SFT number of a handle stands; 0:0 if the table is shorter.  */
static struct far jft_slot(const struct dos *dos, uint16_t psp, uint16_t handle)
{
	struct far slot = guest_rfar(dos->guest, psp, PSP_JFT_PTR);

	if (handle >= dos_r16(dos, psp, PSP_JFT_SIZE))
		return (struct far){ 0, 0 };
	slot.off += handle;
	return slot;
}

static uint8_t jft_get(const struct dos *dos, uint16_t psp, uint16_t handle)
{
	struct far slot = jft_slot(dos, psp, handle);

	return far_null(slot) ? JFT_CLOSED : dos_r8(dos, slot.seg, slot.off);
}

void dos_handle_set(struct dos *dos, uint16_t psp, uint16_t handle, uint8_t number)
{
	struct far slot = jft_slot(dos, psp, handle);

	if (!far_null(slot))
		dos_w8(dos, slot.seg, slot.off, number);
}

static struct far sft_in_use(const struct dos *dos, uint8_t number)
{
	struct far sft = { 0, 0 };

	if (number != JFT_CLOSED)
		sft = dos_sft(dos, number);
	if (!far_null(sft) && !dos_r16(dos, sft.seg, sft.off + SFT_REFS))
		sft = (struct far){ 0, 0 };
	return sft;
}

struct far dos_handle_sft(const struct dos *dos, uint16_t handle)
{
	return sft_in_use(dos, jft_get(dos, dos_psp(dos), handle));
}

enum dos_error dos_handle_new(struct dos *dos, uint16_t *handle)
{
	uint16_t psp = dos_psp(dos), count = dos_r16(dos, psp, PSP_JFT_SIZE);

	for (*handle = 0; *handle < count; ++*handle)
		if (jft_get(dos, psp, *handle) == JFT_CLOSED)
			return DOS_OK;
	return DOS_TOO_MANY;
}

enum dos_error dos_handle_close(struct dos *dos, uint16_t handle)
{
	struct far sft = dos_handle_sft(dos, handle);

	if (far_null(sft))
		return DOS_BAD_HANDLE;
	dos_handle_set(dos, dos_psp(dos), handle, JFT_CLOSED);
	return dos_sft_close(dos, sft);
}

static void add_reference(struct dos *dos, struct far sft)
{
	dos_w16(dos, sft.seg, sft.off + SFT_REFS, dos_r16(dos, sft.seg, sft.off + SFT_REFS) + 1);
}

/* --- for processes ---------------------------------------------------------- */

/* An entry for a device by name, opened for both; false if there is none.  */
static bool open_device(struct dos *dos, const char name[8], uint8_t *number)
{
	struct far device = dos_find_device(dos, name), sft;

	if (far_null(device) || dos_sft_new(dos, &sft, number))
		return false;
	dos_w16(dos, sft.seg, sft.off + SFT_MODE, DRIVE_RDWR);
	dos_sft_set_device(dos, sft, device);
	return true;
}

static void now_into(const struct dos *dos, struct drive_info *info)
{
	struct dos_time now = dos_now(dos);

	info->time = time_packed_time(&now);
	info->date = time_packed_date(&now);
}

/* One of the host's streams (drive/stdio.h).  */
static bool open_stream(struct dos *dos, unsigned n, uint8_t *number)
{
	static const char *const name[] = { "\\STDIN", "\\STDOUT", "\\STDERR" };
	struct drive *stdio = dos->stdio;
	unsigned mode = n ? DRIVE_WRITE : DRIVE_READ;
	struct drive_info info = { 0 };
	enum drive_did did;
	struct far sft;
	drive_file f;

	if (!stdio->ops || stdio->ops->open(stdio->disk, name[n], mode, 0, &f, &did))
		return false;
	if (stdio->ops->file_info(stdio->disk, f, &info) || dos_sft_new(dos, &sft, number)) {
		stdio->ops->release(stdio->disk, f);
		return false;
	}
	dos_w16(dos, sft.seg, sft.off + SFT_MODE, mode);
	if (!info.date)		/* a pipe: of today, as a device is */
		now_into(dos, &info);
	dos_sft_set_file(dos, sft, SFT_HOME_STDIO, f, &info);
	return true;
}

void dos_std_handles(struct dos *dos, uint16_t psp)
{
	uint8_t con = JFT_CLOSED, number;

	for (unsigned i = 0; i < 3; i++) {
		if (!dos->config.std_is_con[i] && open_stream(dos, i, &number)) {
			dos_handle_set(dos, psp, i, number);
			continue;
		}
		if (con != JFT_CLOSED)
			add_reference(dos, dos_sft(dos, con));
		else if (!open_device(dos, "CON     ", &con))
			continue;
		dos_handle_set(dos, psp, i, con);
	}
	if (open_device(dos, "AUX     ", &number))
		dos_handle_set(dos, psp, 3, number);
	if (open_device(dos, "PRN     ", &number))
		dos_handle_set(dos, psp, 4, number);
}

static void share(struct dos *dos, uint16_t psp, uint16_t handle, struct far sft, uint8_t number)
{
	dos_handle_set(dos, psp, handle, number);
	add_reference(dos, sft);
}

void dos_inherit_handles(struct dos *dos, uint16_t parent, uint16_t child)
{
	for (uint16_t i = 0; i < PSP_HANDLES; i++) {
		uint8_t number = jft_get(dos, parent, i);
		struct far sft = sft_in_use(dos, number);

		dos_handle_set(dos, child, i, JFT_CLOSED);
		if (!far_null(sft) && !(dos_r16(dos, sft.seg, sft.off + SFT_INFO) & INFO_NO_INHERIT))
			share(dos, child, i, sft, number);
	}
}

void dos_close_all(struct dos *dos, uint16_t psp)
{
	uint16_t count = dos_r16(dos, psp, PSP_JFT_SIZE);

	for (uint16_t i = 0; i < count; i++) {
		struct far sft = sft_in_use(dos, jft_get(dos, psp, i));

		dos_handle_set(dos, psp, i, JFT_CLOSED);
		if (!far_null(sft))
			dos_sft_close(dos, sft);
	}
	dos_fcb_close_all(dos, psp);
	lfn_close_all(dos, psp);
}

/* --- services ------------------------------------------------------------------ */

enum svc int21_dup(void *room, struct guest *g)
{
	struct dos *dos = room;
	struct far sft = dos_handle_sft(dos, caller16(dos, CPU_BX));
	enum dos_error e;
	uint16_t handle;

	if (far_null(sft))
		return dos_fail(dos, DOS_BAD_HANDLE);
	e = dos_handle_new(dos, &handle);
	if (e)
		return dos_fail(dos, e);
	dos_handle_set(dos, dos_psp(dos), handle, jft_get(dos, dos_psp(dos), caller16(dos, CPU_BX)));
	add_reference(dos, sft);
	return guest_ok(g, handle);
}

enum svc int21_dup2(void *room, struct guest *g)
{
	struct dos *dos = room;
	uint16_t from = caller16(dos, CPU_BX), to = caller16(dos, CPU_CX);
	struct far sft = dos_handle_sft(dos, from);

	if (far_null(sft) || far_null(jft_slot(dos, dos_psp(dos), to)))
		return dos_fail(dos, DOS_BAD_HANDLE);
	if (from == to)
		return guest_done(g);
	dos_handle_close(dos, to);
	dos_handle_set(dos, dos_psp(dos), to, jft_get(dos, dos_psp(dos), from));
	add_reference(dos, sft);
	return guest_done(g);
}

/* The table at `to' gets the old handles, and closed ones after them.  */
static void move_table(struct dos *dos, uint16_t psp, struct far to, uint16_t count)
{
	uint16_t old = dos_r16(dos, psp, PSP_JFT_SIZE);
	struct far from = guest_rfar(dos->guest, psp, PSP_JFT_PTR);

	for (uint16_t i = 0; i < count; i++)
		dos_w8(dos, to.seg, to.off + i, i < old ? dos_r8(dos, from.seg, from.off + i) : JFT_CLOSED);
	dos_w16(dos, psp, PSP_JFT_SIZE, count);
	guest_wfar(dos->guest, psp, PSP_JFT_PTR, to);
	/* A table of our making has its own block, at offset 0.  */
	if (from.seg != psp && from.off == 0)
		dos_free(dos, from.seg);
}

/* 67h.  The kernel never shrinks below 20, and a table that shrinks must
 * not lose open handles.  */
enum svc int21_handle_count(void *room, struct guest *g)
{
	struct dos *dos = room;
	uint16_t psp = dos_psp(dos), count = caller16(dos, CPU_BX), largest;
	uint16_t old = dos_r16(dos, psp, PSP_JFT_SIZE);
	struct far to = { PSP_JFT, psp };
	enum dos_error e;

	if (count < PSP_HANDLES)
		count = PSP_HANDLES;
	for (uint16_t i = count; i < old; i++)
		if (jft_get(dos, psp, i) != JFT_CLOSED)
			return dos_fail(dos, DOS_TOO_MANY);
	if (count == old)
		return guest_done(g);
	if (count > PSP_HANDLES) {
		e = dos_alloc(dos, psp, (count + 15u) / 16, &to.seg, &largest);
		if (e)
			return dos_fail(dos, e);
		to.off = 0;
	}
	move_table(dos, psp, to, count);
	return guest_done(g);
}

/* 68h and 6Ah.  */
enum svc int21_commit(void *room, struct guest *g)
{
	struct dos *dos = room;
	struct far sft = dos_handle_sft(dos, caller16(dos, CPU_BX));
	struct drive *drive;
	enum dos_error e = DOS_OK;
	drive_file f;

	if (dos_given_up(dos))
		return dos_fail(dos, DOS_FAIL_24);
	if (far_null(sft))
		return dos_fail(dos, DOS_BAD_HANDLE);
	if (dos_sft_is_redirected(dos, sft))
		return redirect_commit(dos, sft);
	drive = dos_sft_drive(dos, sft, &f);
	if (drive)
		e = drive->ops->flush(drive->disk, f);
	return e ? dos_refuse(dos, e, dos_r8(dos, sft.seg, sft.off + SFT_HOME), true) : guest_done(g);
}
