/* dir.c - directories (INT 21h/39h, 3Ah, 3Bh, 47h).
 *
 * The current directory of a drive is the text in its CDS, of which the
 * part after CDS_ROOT is what programs see.  */

#include "dos/files.h"

#include <string.h>

#include "dos/redirect.h"
#include "dos/services.h"

/* Windows 95 takes a separator at the end; DOS does not.  */
static enum dos_error dir_path(struct dos *dos, unsigned how, struct dos_path *p)
{
	enum dos_error e = dos_path_plain(dos, caller_ds(dos, CPU_DX), how, p);

	return e == DOS_NO_FILE ? DOS_NO_PATH : e;
}

static bool too_long(const struct dos_path *p)
{
	return strlen(p->path) + 2 >= CDS_PATH_SIZE;
}

static enum dos_error make(struct dos *dos, const struct dos_path *p, bool long_name)
{
	struct drive *drive = dos_path_drive(dos, p);
	struct drive_info info;
	enum dos_error e;

	if (p->kind == PATH_DEVICE || !p->path[1] || (!long_name && too_long(p)))
		return DOS_DENIED;
	e = drive->ops->info(drive->disk, p->path, &info);
	if (!e)
		return DOS_DENIED;
	if (e == DOS_NO_FILE)
		e = drive->ops->mkdir(drive->disk, p->path, long_name);
	dos_trace_file(dos, "mkdir", p, e);
	return e;
}

enum svc dos_mkdir(struct dos *dos, bool long_names)
{
	struct dos_path p;
	enum dos_error e;

	if (dos_given_up(dos))
		return dos_fail(dos, DOS_FAIL_24);
	e = dir_path(dos, long_names ? WALK_LONG : 0, &p);
	if (!e && p.kind == PATH_REDIRECTED)
		return redirect_mkdir(dos, &p);
	if (!e)
		e = make(dos, &p, long_names);
	return e ? dos_refuse(dos, e, p.drive, true) : guest_done(dos->guest);
}

static enum dos_error remove_dir(struct dos *dos, const struct dos_path *p)
{
	struct drive *drive = dos_path_drive(dos, p);
	struct drive_info info;
	enum dos_error e;

	if (p->kind == PATH_DEVICE)
		return DOS_NO_PATH;
	if (!p->path[1])
		return DOS_DENIED;
	e = drive->ops->info(drive->disk, p->path, &info);
	if (e)
		return DOS_NO_PATH;
	if (!(info.attr & ATTR_DIR))
		return DOS_NO_PATH;
	e = drive->ops->rmdir(drive->disk, p->path);
	dos_trace_file(dos, "rmdir", p, e);
	return e;
}

enum svc dos_rmdir(struct dos *dos, bool long_names)
{
	unsigned how = long_names ? WALK_LONG : 0;
	struct dos_path p;
	enum dos_error e;

	if (dos_given_up(dos))
		return dos_fail(dos, DOS_FAIL_24);
	/* The joined directory itself, not what is joined there, would be the
	 * current one of that drive.  */
	e = dir_path(dos, how | WALK_NO_SPLICE, &p);
	if (e)
		return dos_refuse(dos, e, p.drive, true);
	if (long_names)
		dos_path_make_short(dos, &p);
	if (dos_is_current_dir(dos, &p) && p.path[1])
		return dos_fail(dos, DOS_CURRENT_DIR);
	e = dir_path(dos, how, &p);
	if (!e && p.kind == PATH_REDIRECTED)
		return redirect_rmdir(dos, &p);
	if (!e)
		e = remove_dir(dos, &p);
	return e ? dos_refuse(dos, e, p.drive, true) : guest_done(dos->guest);
}

/* The CDS gets the text of what was named, before JOINs.  */
static enum dos_error set_current(struct dos *dos, const struct dos_path *named)
{
	struct far cds = dos_cds(dos, named->logical);
	char text[DRIVE_PATH_MAX + 3];

	if (far_null(cds))
		return DOS_NO_PATH;
	dos_path_full(named, text);
	if (strlen(text) >= CDS_PATH_SIZE)
		return DOS_NO_PATH;
	guest_copy_out(dos->guest, cds.seg, cds.off, text, strlen(text) + 1);
	dos_w16(dos, cds.seg, cds.off + CDS_CLUSTER, 0xffff);
	return DOS_OK;
}

static enum dos_error change(struct dos *dos, struct dos_path *p, unsigned how)
{
	struct drive *drive = dos_path_drive(dos, p);
	struct drive_info info;
	enum dos_error e;

	if (p->kind != PATH_FILE)
		return DOS_NO_PATH;
	if (p->path[1]) {
		e = drive->ops->info(drive->disk, p->path, &info);
		if (e)
			return e == DOS_NO_FILE ? DOS_NO_PATH : e;
		if (!(info.attr & ATTR_DIR))
			return DOS_NO_PATH;
	}
	e = dir_path(dos, how | WALK_NO_SPLICE, p);
	if (e)
		return e;
	p->slash = false;
	if (how & WALK_LONG)
		dos_path_make_short(dos, p);
	return set_current(dos, p);
}

enum svc dos_chdir(struct dos *dos, bool long_names)
{
	unsigned how = long_names ? WALK_LONG : 0;
	struct dos_path p;
	enum dos_error e;

	if (dos_given_up(dos))
		return dos_fail(dos, DOS_FAIL_24);
	e = dir_path(dos, how, &p);
	if (!e && p.kind == PATH_REDIRECTED)
		return redirect_chdir(dos, &p);
	if (!e)
		e = change(dos, &p, how);
	return e ? dos_refuse(dos, e, p.drive, false) : guest_done(dos->guest);
}

enum svc int21_mkdir(void *room, struct guest *g)
{
	(void)g;
	return dos_mkdir(room, false);
}

enum svc int21_rmdir(void *room, struct guest *g)
{
	(void)g;
	return dos_rmdir(room, false);
}

enum svc int21_chdir(void *room, struct guest *g)
{
	(void)g;
	return dos_chdir(room, false);
}

/* If the directory of a drive has gone, the drive is at its root again
 * (MS-DOS 4.0, ValidateCDS).  */
static void validate(struct dos *dos, struct far cds, char text[CDS_PATH_SIZE + 1])
{
	uint16_t root = dos_r16(dos, cds.seg, cds.off + CDS_ROOT);
	struct drive_info info;
	struct drive *drive;
	uint8_t n;

	guest_copy_in(dos->guest, text, cds.seg, cds.off, CDS_PATH_SIZE);
	text[CDS_PATH_SIZE] = '\0';
	n = text[0] - 'A';
	if (dos_r16(dos, cds.seg, cds.off + CDS_FLAGS) & CDS_NETWORK ||
	    n >= DRIVE_LETTERS || text[1] != ':' || text[2] != '\\' || !text[3] ||
	    root < 2 || root >= CDS_PATH_SIZE)
		return;
	drive = &dos->drive[n];
	if (drive->ops && !drive->ops->info(drive->disk, text + 2, &info) && info.attr & ATTR_DIR)
		return;
	if (!text[root] || !text[root + 1])
		return;
	text[root] = '\\';
	text[root + 1] = '\0';
	guest_copy_out(dos->guest, cds.seg, cds.off, text, CDS_PATH_SIZE);
}

enum dos_error dos_current_dir(struct dos *dos, uint8_t dl, char out[CDS_PATH_SIZE + 1])
{
	uint8_t drive = dl ? dl - 1 : sda_r8(dos, SDA_DRIVE);
	struct far cds = dos_cds(dos, drive);
	char text[CDS_PATH_SIZE + 1];
	size_t root, n;

	if (!dos_cds_usable(dos, drive))
		return DOS_BAD_DRIVE;
	validate(dos, cds, text);
	root = dos_r16(dos, cds.seg, cds.off + CDS_ROOT);
	n = strlen(text);
	if (root > n)
		root = n;
	if (text[root] == '\\')
		root++;
	memcpy(out, text + root, n + 1 - root);
	return DOS_OK;
}

enum svc int21_getcwd(void *room, struct guest *g)
{
	struct dos *dos = room;
	struct far to = caller_ds(dos, CPU_SI);
	char text[CDS_PATH_SIZE + 1];
	enum dos_error e = dos_current_dir(dos, caller8(dos, CALLER_DL), text);

	if (e)
		return dos_fail(dos, e);
	guest_copy_out(g, to.seg, to.off, text, strlen(text) + 1);
	return guest_ok(g, 0x0100);
}
