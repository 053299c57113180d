/* entry.c - what is done to a name without opening it (INT 21h/41h, 43h,
 * 56h), and what all calls with names and drives share.  */

#include "dos/files.h"

#include <string.h>

#include "dos/errors.h"
#include "dos/names.h"
#include "dos/redirect.h"
#include "dos/services.h"

struct drive *dos_path_drive(struct dos *dos, const struct dos_path *p)
{
	if (p->kind == PATH_REDIRECTED || p->drive >= DRIVE_LETTERS || !dos->drive[p->drive].ops)
		return NULL;
	return &dos->drive[p->drive];
}

enum dos_error dos_path_plain(struct dos *dos, struct far name, unsigned how, struct dos_path *out)
{
	char text[DRIVE_PATH_MAX];
	enum dos_error e;

	*out = (struct dos_path){ .drive = sda_r8(dos, SDA_DRIVE) };
	if (!guest_string(dos->guest, name, text, sizeof text))
		return DOS_NO_PATH;
	e = dos_path_walk(dos, text, how, out);
	if (e)
		return e;
	if (out->slash && !(how & WALK_LONG))
		return DOS_NO_PATH;
	if (out->wild)
		return DOS_NO_FILE;
	return out->kind == PATH_FILE && !dos_path_drive(dos, out) ? DOS_NO_PATH : DOS_OK;
}

enum dos_error dos_entry_info(struct dos *dos, const struct dos_path *p, struct drive_info *info)
{
	struct drive *drive = dos_path_drive(dos, p);

	if (p->kind != PATH_FILE || !drive || !p->path[1])
		return DOS_NO_FILE;
	return drive->ops->info(drive->disk, p->path, info);
}

/* What is shown is the name on the drive, and what the drive is.  */
void dos_trace_file(const struct dos *dos, const char *verb, const struct dos_path *p, enum dos_error e)
{
	if (dos->trace && p->drive < DRIVE_LETTERS)
		dos_trace(dos, "file", "%s %c:%s in %s: %s", verb, 'A' + p->drive, p->path,
			  dos->drive[p->drive].source, e ? dos_error_name(e) : "ok");
}

/* --- errors ------------------------------------------------------------------------------ */

bool dos_asks(enum dos_error error, bool compatible)
{
	if (error == DOS_SHARING || error == DOS_LOCK)
		return compatible;
	return (error >= DOS_WRITE_PROTECTED && error <= DOS_GENERAL_FAILURE) ||
		error == DOS_WRONG_DISK;
}

enum svc dos_refuse(struct dos *dos, enum dos_error error, uint8_t drive, bool writing)
{
	if (!dos_asks(error, false) || drive >= DRIVE_LETTERS)
		return dos_fail(dos, error);
	return dos_critical(dos, error, drive, (struct far){ 0, 0 }, writing, STEP_CRITICAL);
}

bool dos_given_up(struct dos *dos)
{
	struct guest *g = dos->guest;

	if (guest_step(g) != STEP_CRITICAL)
		return false;
	guest_restore(g);
	return guest_frame(g)->note[7] != 1;	/* not Retry */
}

/* --- what is done to names ------------------------------------------------------- */

enum dos_error dos_remove(struct dos *dos, const struct dos_path *p)
{
	struct drive *drive = dos_path_drive(dos, p);
	struct drive_info info;
	enum dos_error e;

	if (p->kind == PATH_DEVICE)
		return DOS_DENIED;
	e = dos_entry_info(dos, p, &info);
	if (e)
		return e;
	if (info.attr & (ATTR_DIR | ATTR_READ_ONLY | ATTR_LABEL))
		return DOS_DENIED;
	e = dos_share_change(dos, p, &info);
	if (!e)
		e = drive->ops->remove(drive->disk, p->path);
	dos_trace_file(dos, "delete", p, e);
	return e;
}

enum svc int21_delete(void *room, struct guest *g)
{
	struct dos *dos = room;
	bool given_up = dos_given_up(dos);
	struct dos_path p;
	enum dos_error e;

	if (given_up && !dos_sweeping(dos))
		return dos_fail(dos, DOS_FAIL_24);
	/* A program may use wildcards only by way of 5D00h.  */
	if (sda_r8(dos, SDA_SERVER_CALL)) {
		e = dos_path(dos, caller_ds(dos, CPU_DX), false, &p);
		if (!e && p.kind == PATH_REDIRECTED)
			return redirect_delete(dos, &p);
		if (!e && p.wild)
			e = dos_remove_matching(dos, &p, caller8(dos, CALLER_CL), given_up);
		else if (!e)
			e = dos_remove(dos, &p);
	} else {
		e = dos_path_plain(dos, caller_ds(dos, CPU_DX), WALK_ENTRY, &p);
		if (!e && p.kind == PATH_REDIRECTED)
			return redirect_delete(dos, &p);
		if (!e)
			e = dos_remove(dos, &p);
	}
	return e ? dos_refuse_shared(dos, e, p.drive, true, 0) : guest_done(g);
}

static enum svc get_attr(struct dos *dos, const struct dos_path *p)
{
	struct drive_info info = { .attr = ATTR_DIR };
	enum dos_error e = DOS_OK;

	/* The root has no entry, and yet it is a directory to those who ask.  */
	if (p->kind != PATH_FILE || p->path[1])
		e = dos_entry_info(dos, p, &info);
	if (e)
		return dos_refuse(dos, e, p->drive, false);
	cpu_set16(dos->guest->cpu, CPU_CX, info.attr);
	return guest_ok(dos->guest, info.attr);
}

/* A directory's own bit may not be given; it stays.  */
enum dos_error dos_set_attr(struct dos *dos, const struct dos_path *p, uint16_t attr)
{
	struct drive *drive = dos_path_drive(dos, p);
	struct drive_info info;
	enum dos_error e;

	if (p->kind == PATH_DEVICE || attr & ~ATTR_CHANGEABLE)
		return DOS_DENIED;
	e = dos_entry_info(dos, p, &info);
	if (!e)
		e = dos_share_change(dos, p, &info);
	return e ? e : drive->ops->set_attr(drive->disk, p->path, attr | (info.attr & ATTR_DIR));
}

enum svc int21_attributes(void *room, struct guest *g)
{
	struct dos *dos = room;
	struct dos_path p;
	enum dos_error e;

	if (dos_given_up(dos))
		return dos_fail(dos, DOS_FAIL_24);
	if (caller8(dos, CALLER_AL) > 1)
		return dos_fail(dos, DOS_BAD_FUNCTION);
	e = dos_path_plain(dos, caller_ds(dos, CPU_DX), WALK_ENTRY, &p);
	if (!e && p.kind == PATH_REDIRECTED)
		return caller8(dos, CALLER_AL) ? redirect_set_attr(dos, &p, caller16(dos, CPU_CX)) :
			redirect_get_attr(dos, &p);
	if (!e && !caller8(dos, CALLER_AL))
		return get_attr(dos, &p);
	if (!e)
		e = dos_set_attr(dos, &p, caller16(dos, CPU_CX));
	return e ? dos_refuse_shared(dos, e, p.drive, caller8(dos, CALLER_AL), 0) : guest_done(g);
}

/* Is this the current directory of some drive, or above it?  */
bool dos_is_current_dir(struct dos *dos, const struct dos_path *p)
{
	char text[DRIVE_PATH_MAX + 3], cds_text[CDS_PATH_SIZE + 1];
	struct far cds;
	size_t n;

	dos_path_full(p, text);
	n = strlen(text);
	for (unsigned i = 0; !far_null(cds = dos_cds(dos, i)); i++) {
		guest_copy_in(dos->guest, cds_text, cds.seg, cds.off, CDS_PATH_SIZE);
		cds_text[CDS_PATH_SIZE] = '\0';
		if (!strncmp(cds_text, text, n) && (!cds_text[n] || cds_text[n] == '\\'))
			return true;
	}
	return false;
}

/* Both names are good.  A directory is only renamed where it is: DOS 6 has
 * no way to move one.  */
enum dos_error dos_rename(struct dos *dos, const struct dos_path *from, const struct dos_path *to,
			  unsigned how)
{
	struct drive *drive = dos_path_drive(dos, from);
	char a[DRIVE_PATH_MAX], b[DRIVE_PATH_MAX];
	struct drive_info info;
	enum dos_error e;

	if (from->drive != to->drive)
		return DOS_NOT_SAME_DEVICE;
	if (from->kind == PATH_DEVICE || to->kind == PATH_DEVICE)
		return DOS_DENIED;
	e = dos_entry_info(dos, from, &info);
	if (e)
		return e;
	if (info.attr & ATTR_LABEL)
		return DOS_DENIED;
	dos_path_parent(from, a);
	dos_path_parent(to, b);
	if (info.attr & ATTR_DIR && !(how & WALK_LONG) && strcmp(a, b))
		return DOS_DENIED;
	if (info.attr & ATTR_DIR && dos_is_current_dir(dos, from))
		return DOS_CURRENT_DIR;
	e = dos_share_change(dos, from, &info);
	if (!e)
		e = drive->ops->rename(drive->disk, from->path, to->path, how & WALK_LONG);
	dos_trace_file(dos, "rename", from, e);
	dos_trace_file(dos, "to", to, e);
	return e;
}

enum svc dos_rename_names(struct dos *dos, unsigned how)
{
	struct guest *g = dos->guest;
	struct dos_path from, to;
	enum dos_error e;

	if (dos_given_up(dos))
		return dos_fail(dos, DOS_FAIL_24);
	e = dos_path_plain(dos, caller_ds(dos, CPU_DX), how | WALK_ENTRY, &from);
	if (!e)
		e = dos_path_plain(dos, caller_es(dos, CPU_DI), how | WALK_ENTRY, &to);
	if (!e && from.kind == PATH_REDIRECTED && from.drive == to.drive)
		return redirect_rename(dos, &from, &to);
	if (!e)
		e = dos_rename(dos, &from, &to, how);
	if (how & WALK_LONG)			/* Windows 95 asks nobody */
		return e ? dos_refuse(dos, e, from.drive, true) : guest_done(g);
	return e ? dos_refuse_shared(dos, e, from.drive, true, 0) : guest_done(g);
}

enum svc int21_rename(void *room, struct guest *g)
{
	(void)g;
	return dos_rename_names(room, 0);
}
