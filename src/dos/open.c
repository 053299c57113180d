/* open.c - opening and making files (INT 21h/3Ch, 3Dh, 5Ah, 5Bh, 6Ch).  */

#include "dos/files.h"

#include <string.h>

#include "dos/device.h"
#include "dos/names.h"
#include "dos/redirect.h"
#include "dos/services.h"

/* A file with other hidden or system bits than asked for, or a directory,
 * or one that cannot be written to, is not replaced (MS-DOS 4.0 MKNODE.ASM).  */
static enum dos_error may_replace(struct dos *dos, const struct opening *o)
{
	struct drive_info info;
	enum dos_error e = dos_entry_info(dos, &o->path, &info);

	if (e)
		return e == DOS_NO_FILE ? DOS_OK : e;
	if (o->mode & DRIVE_EXCLUSIVE)
		return DOS_FILE_EXISTS;
	if (!(o->mode & DRIVE_TRUNCATE))
		return DOS_OK;
	if (info.attr & (ATTR_READ_ONLY | ATTR_DIR | ATTR_LABEL))
		return DOS_DENIED;
	return info.attr & ~o->attr & (ATTR_HIDDEN | ATTR_SYSTEM) ? DOS_DENIED : DOS_OK;
}

/* A volume label is made by creating a file with that attribute.  The
 * handle is good for nothing.  */
static enum dos_error open_label(struct dos *dos, struct opening *o, struct far sft)
{
	struct drive *drive = dos_path_drive(dos, &o->path);
	struct far nul = { AT_NUL, DOS_SEG };
	uint8_t fcb[PATH_FCB];
	bool wild = false;
	char label[PATH_FCB + 1] = "";
	enum dos_error e;

	name_scan(dos, dos_path_leaf(&o->path), fcb, &wild);
	memcpy(label, fcb, PATH_FCB);
	e = drive->ops->set_label(drive->disk, label);
	if (!e)
		dos_sft_set_device(dos, sft, nul);
	return e;
}

static enum dos_error open_file(struct dos *dos, struct opening *o, struct far sft)
{
	struct drive *drive = dos_path_drive(dos, &o->path);
	struct drive_info info = { 0 };
	drive_file f;
	enum dos_error e;

	e = o->mode & DRIVE_CREATE ? may_replace(dos, o) : DOS_OK;
	if (!e)
		e = drive->ops->open(drive->disk, o->path.path, o->mode, o->attr, &f, &o->did);
	dos_trace_file(dos, o->mode & DRIVE_CREATE ? "create" : "open", &o->path, e);
	if (e)
		return e;
	e = drive->ops->file_info(drive->disk, f, &info);
	if (e) {
		drive->ops->release(drive->disk, f);
		return e;
	}
	dos_sft_set_file(dos, sft, o->path.drive, f, &info);
	return DOS_OK;
}

enum dos_error dos_open_into(struct dos *dos, struct opening *o, struct far sft)
{
	dos_w16(dos, sft.seg, sft.off + SFT_MODE, o->sft_mode & ~0x80u);
	if (o->path.kind == PATH_REDIRECTED)
		return DOS_NO_PATH;
	if (o->path.kind == PATH_DEVICE) {
		if (o->mode & DRIVE_EXCLUSIVE)
			return DOS_FILE_EXISTS;
		o->did = DRIVE_OPENED;
		dos_sft_set_device(dos, sft, o->path.device);
		return DOS_OK;
	}
	if (!dos_path_drive(dos, &o->path))
		return DOS_NO_PATH;
	if (o->mode & DRIVE_CREATE && o->attr & ATTR_LABEL)
		return open_label(dos, o, sft);
	return open_file(dos, o, sft);
}

static enum dos_error open_handle(struct dos *dos, struct opening *o)
{
	struct far sft;
	uint8_t number;
	enum dos_error e = dos_sft_new(dos, &sft, &number);
	uint16_t info;

	if (e)
		return e;
	e = dos_handle_new(dos, &o->handle);
	if (!e)
		e = dos_open_into(dos, o, sft);
	if (e) {
		dos_w16(dos, sft.seg, sft.off + SFT_REFS, 0);
		return e;
	}
	if (o->sft_mode & 0x80) {
		info = dos_r16(dos, sft.seg, sft.off + SFT_INFO);
		dos_w16(dos, sft.seg, sft.off + SFT_INFO, info | INFO_NO_INHERIT);
	}
	dos_handle_set(dos, dos_psp(dos), o->handle, number);
	return DOS_OK;
}

/* A loaded driver may want to know that it is opened and closed.  */
static bool wants_open(struct dos *dos, const struct dos_path *p)
{
	return p->kind == PATH_DEVICE && p->device.seg != DRIVER_SEG &&
		dos_r16(dos, p->device.seg, p->device.off + DEV_ATTR) & DEV_OPEN_CLOSE;
}

/* Back from a driver that was told, or from INT 24h without a retry.  */
static bool resumed(struct dos *dos, enum svc *result)
{
	if (guest_step(dos->guest) == STEP_DEVICE_TOLD) {
		guest_restore(dos->guest);
		*result = guest_ok(dos->guest, guest_frame(dos->guest)->note[0]);
		return true;
	}
	if (!dos_given_up(dos))
		return false;
	*result = dos_fail(dos, DOS_FAIL_24);
	return true;
}

/* The end of every opening call.  Tables come before names: with no free
 * entry the name is not looked at.  */
static enum svc open_done(struct dos *dos, struct opening *o, enum dos_error name_error)
{
	enum dos_error e = name_error;

	if (!e && o->path.kind == PATH_REDIRECTED)
		return redirect_open(dos, o, o->extended);
	if (!e)
		e = open_handle(dos, o);
	if (!e && wants_open(dos, &o->path)) {
		guest_frame(dos->guest)->note[0] = o->handle;
		return device_tell(dos, o->path.device, CMD_OPEN, STEP_DEVICE_TOLD);
	}
	if (!e)
		return guest_ok(dos->guest, o->handle);
	if (o->sft_mode & MODE_NO_INT24)
		return dos_fail(dos, e);
	/* Who replaces a file in use is asked in every mode (MS-DOS 4.0 MKNODE.ASM).  */
	return dos_refuse_shared(dos, e, o->path.drive, o->mode & (DRIVE_CREATE | DRIVE_TRUNCATE),
				 o->mode & DRIVE_TRUNCATE && !(o->mode & DRIVE_LONG) ? 0 : o->mode);
}

/* 3Dh's AL: access 0-2, sharing 0-4.  */
static bool good_mode(uint8_t mode)
{
	return (mode & DRIVE_ACCESS) <= DRIVE_RDWR && !(mode & 0x08) && (mode & DRIVE_SHARE) <= 0x40;
}

enum svc int21_open(void *room, struct guest *g)
{
	struct dos *dos = room;
	struct opening o = { .mode = caller8(dos, CALLER_AL), .sft_mode = caller8(dos, CALLER_AL) };
	enum svc result;

	(void)g;
	if (resumed(dos, &result))
		return result;
	if (!good_mode(o.mode))
		return dos_fail(dos, DOS_BAD_ACCESS);
	return open_done(dos, &o, dos_path_plain(dos, caller_ds(dos, CPU_DX), 0, &o.path));
}

static enum svc create(struct dos *dos, unsigned mode)
{
	struct opening o = {
		.mode = DRIVE_RDWR | DRIVE_CREATE | mode, .sft_mode = DRIVE_RDWR,
		.attr = caller8(dos, CALLER_CL),
	};
	enum svc result;

	if (resumed(dos, &result))
		return result;
	if (o.attr & ATTR_DIR)
		return dos_fail(dos, DOS_DENIED);
	return open_done(dos, &o, dos_path_plain(dos, caller_ds(dos, CPU_DX), 0, &o.path));
}

enum svc int21_create(void *room, struct guest *g)
{
	(void)g;
	return create(room, DRIVE_TRUNCATE);
}

enum svc int21_create_new(void *room, struct guest *g)
{
	(void)g;
	return create(room, DRIVE_EXCLUSIVE);
}

/* 6Ch's DH: "do not compare the file's code page", which DOS does not do
 * anyway.  DOS 4's COMMAND.COM, XCOPY, REPLACE and EDLIN always ask for it;
 * the other bits of DH are reserved (MS-DOS 4.0, NO_CODE_PAGE_CHECK).  */
#define ACTION_ANY_CODE_PAGE	0x01

/* 6Ch's DL (716Ch's, too): what to do if the file is there, and if not.  */
static bool action_mode(uint8_t action, unsigned *mode)
{
	static const struct { uint8_t action; unsigned mode; } table[] = {
		{ 0x01, 0 },
		{ 0x02, DRIVE_TRUNCATE },
		{ 0x10, DRIVE_CREATE | DRIVE_EXCLUSIVE },
		{ 0x11, DRIVE_CREATE },
		{ 0x12, DRIVE_CREATE | DRIVE_TRUNCATE },
	};

	for (unsigned i = 0; i < sizeof table / sizeof *table; i++) {
		if (table[i].action == action) {
			*mode |= table[i].mode;
			return true;
		}
	}
	return false;
}

enum svc dos_open_extended(struct dos *dos, bool long_names)
{
	struct guest *g = dos->guest;
	struct opening o = {
		.mode = caller8(dos, CALLER_BL), .sft_mode = caller16(dos, CPU_BX),
		.attr = caller8(dos, CALLER_CL), .extended = true,
	};
	enum dos_error e;
	enum svc result;

	if (resumed(dos, &result))
		return result;
	if (!action_mode(caller8(dos, CALLER_DL), &o.mode) ||
	    caller8(dos, CALLER_DH) & ~ACTION_ANY_CODE_PAGE)
		return dos_fail(dos, DOS_BAD_FUNCTION);
	if (!good_mode(o.mode))
		return dos_fail(dos, DOS_BAD_ACCESS);
	if (o.mode & DRIVE_CREATE && o.attr & ATTR_DIR)
		return dos_fail(dos, DOS_DENIED);
	if (long_names)
		o.mode |= DRIVE_LONG;
	e = dos_path_plain(dos, caller_ds(dos, CPU_SI), long_names ? WALK_LONG : 0, &o.path);
	/* A file to be replaced that is not there is not to be made.  */
	if (!e && (o.mode & (DRIVE_TRUNCATE | DRIVE_CREATE)) == DRIVE_TRUNCATE) {
		struct drive_info info;

		e = o.path.kind == PATH_FILE ? dos_entry_info(dos, &o.path, &info) : DOS_OK;
	}
	result = open_done(dos, &o, e);
	if (result == SVC_DONE && o.did)
		cpu_set16(g->cpu, CPU_CX, o.did);
	return result;
}

enum svc int21_open_ext(void *room, struct guest *g)
{
	struct dos *dos = room;

	(void)g;
	if (caller8(dos, CALLER_AL))
		return dos_fail(dos, DOS_BAD_FUNCTION);
	return dos_open_extended(dos, false);
}

/* 5Ah: a new name in the directory, made as the kernel makes it: 32 bits
 * of the clock in letters.  DS:DX must have room for it.  */
enum svc int21_create_temp(void *room, struct guest *g)
{
	struct dos *dos = room;
	struct far at = caller_ds(dos, CPU_DX);
	struct opening o = {
		.mode = DRIVE_RDWR | DRIVE_CREATE | DRIVE_EXCLUSIVE, .sft_mode = DRIVE_RDWR,
		.attr = caller8(dos, CALLER_CL),
	};
	char dir[DRIVE_PATH_MAX], name[DRIVE_PATH_MAX + 10];
	uint32_t seed = dos_r32(dos, 0x40, 0x6c);	/* the BIOS's tick count */
	enum dos_error e = DOS_FILE_EXISTS;
	enum svc result;
	size_t n;

	if (resumed(dos, &result))
		return result;
	if (o.attr & ~ATTR_CHANGEABLE)
		return dos_fail(dos, DOS_DENIED);
	if (!guest_string(g, at, dir, sizeof dir))
		return dos_fail(dos, DOS_NO_PATH);
	n = strlen(dir);
	memcpy(name, dir, n);
	if (n && !name_is_separator(dir[n - 1]) && dir[n - 1] != ':')
		name[n++] = '\\';
	for (unsigned tries = 0; tries < 0x10000 && (e == DOS_FILE_EXISTS || e == DOS_DENIED); tries++) {
		uint32_t v = seed * 0x9e3779b1u + tries;

		for (unsigned i = 0; i < 8; i++)
			name[n + i] = 'A' + (v >> 4 * (7 - i) & 15);
		name[n + 8] = '\0';
		e = dos_path_text(dos, name, false, &o.path);
		if (!e && o.path.kind == PATH_FILE && !dos_path_drive(dos, &o.path))
			e = DOS_NO_PATH;
		if (!e)
			e = open_handle(dos, &o);
		/* Denied for good, not for a directory of that name.  */
		if (e == DOS_DENIED && tries > 16)
			break;
	}
	if (e)
		return dos_refuse(dos, e, o.path.drive, true);
	guest_copy_out(g, at.seg, at.off, name, n + 9);
	return guest_ok(g, o.handle);
}

/* --- for the kernel itself: no handle, no waiting -------------------------- */

enum dos_error dos_file_open(struct dos *dos, const struct dos_path *path, unsigned mode,
			     drive_file *f, struct drive_info *info)
{
	struct drive *drive = dos_path_drive(dos, path);
	enum drive_did did;
	enum dos_error e;

	if (path->kind != PATH_FILE || path->wild || path->slash || !drive)
		return DOS_NO_FILE;
	e = drive->ops->open(drive->disk, path->path, mode, 0, f, &did);
	dos_trace_file(dos, "load", path, e);
	if (e)
		return e;
	e = drive->ops->file_info(drive->disk, *f, info);
	if (e)
		drive->ops->release(drive->disk, *f);
	return e;
}

enum dos_error dos_file_read(struct dos *dos, const struct dos_path *path, drive_file f,
			     uint32_t pos, void *buf, size_t *n)
{
	struct drive *drive = dos_path_drive(dos, path);

	return drive ? drive->ops->read(drive->disk, f, pos, buf, n) : DOS_BAD_HANDLE;
}

void dos_file_release(struct dos *dos, const struct dos_path *path, drive_file f)
{
	struct drive *drive = dos_path_drive(dos, path);

	if (drive)
		drive->ops->release(drive->disk, f);
}
