/* lfn.c - the long name functions of Windows 95 (INT 21h/71xxh).
 *
 * Most are the old functions with other rules for names.  A drive that has
 * no long names answers 7100h, upon which a program uses the old ones.  */

#include "dos/lfncalls.h"

#include <string.h>

#include "dos/disk.h"
#include "dos/names.h"
#include "dos/services.h"

enum { NO_LONG_NAMES = 0x7100 };

static enum svc not_supported(struct dos *dos)
{
	return guest_fail(dos->guest, NO_LONG_NAMES);
}

static enum svc reset_drive(struct dos *dos)
{
	int21_disk_reset(dos, dos->guest);
	return guest_done(dos->guest);
}

static enum svc make_dir(struct dos *dos)
{
	return dos_mkdir(dos, true);
}

static enum svc remove_dir(struct dos *dos)
{
	return dos_rmdir(dos, true);
}

static enum svc change_dir(struct dos *dos)
{
	return dos_chdir(dos, true);
}

/* --- 7141h: delete ----------------------------------------------------------- */

static enum dos_error remove_matching(struct dos *dos, const struct dos_path *p)
{
	struct lfn_search s = {
		.attr = caller8(dos, CALLER_CL) & ~(ATTR_DIR | ATTR_LABEL), .must = caller8(dos, CALLER_CH),
	};
	struct dos_path one = *p;
	struct drive_info found;
	char dir[DRIVE_PATH_MAX];
	unsigned gone = 0, seen = 0;
	enum dos_error e = lfn_search_first(dos, p, &s, &found);

	one.wild = false;
	dos_path_parent(p, dir);
	for (; !e; e = lfn_search_next(dos, &s, &found)) {
		seen++;
		if (path_join(one.path, dir, found.name) && !dos_remove(dos, &one))
			gone++;
	}
	return dos_removed(e, seen, gone);
}

static enum svc delete(struct dos *dos)
{
	bool wild = caller16(dos, CPU_SI) == 1;
	struct dos_path p;
	enum dos_error e;

	if (wild)
		e = dos_path(dos, caller_ds(dos, CPU_DX), true, &p);
	else
		e = dos_path_plain(dos, caller_ds(dos, CPU_DX), WALK_LONG | WALK_ENTRY, &p);
	if (!e && !dos_path_drive(dos, &p))
		e = DOS_NO_PATH;
	if (!e)
		e = p.wild ? remove_matching(dos, &p) : dos_remove(dos, &p);
	return e ? dos_refuse(dos, e, p.drive, true) : guest_done(dos->guest);
}

/* --- 7143h: attributes and dates ------------------------------------------------ */

typedef enum dos_error about_fn(struct dos *dos, const struct dos_path *p, const struct drive_info *f);

static enum dos_error get_attr(struct dos *dos, const struct dos_path *p, const struct drive_info *f)
{
	(void)p;
	cpu_set16(dos->guest->cpu, CPU_CX, f->attr);
	cpu_set16(dos->guest->cpu, CPU_AX, f->attr);
	return DOS_OK;
}

/* The directory's own bit may be given here; it stays as it is.  */
static enum dos_error set_attr(struct dos *dos, const struct dos_path *p, const struct drive_info *f)
{
	return dos_set_attr(dos, p, caller16(dos, CPU_CX) & ~(f->attr & ATTR_DIR));
}

static enum dos_error compressed_size(struct dos *dos, const struct dos_path *p, const struct drive_info *f)
{
	(void)p;
	cpu_set16(dos->guest->cpu, CPU_AX, f->size);
	cpu_set16(dos->guest->cpu, CPU_DX, f->size >> 16);
	return DOS_OK;
}

static enum dos_error set_time(struct dos *dos, const struct dos_path *p, unsigned which)
{
	struct drive *drive = dos_path_drive(dos, p);

	return drive->ops->set_path_time(drive->disk, p->path, which, which == 1 ? 0 : caller16(dos, CPU_CX),
					 caller16(dos, CPU_DI));
}

static enum dos_error set_written(struct dos *dos, const struct dos_path *p, const struct drive_info *f)
{
	(void)f;
	return set_time(dos, p, 0);
}

static enum dos_error get_written(struct dos *dos, const struct dos_path *p, const struct drive_info *f)
{
	(void)p;
	cpu_set16(dos->guest->cpu, CPU_CX, f->time);
	cpu_set16(dos->guest->cpu, CPU_DI, f->date);
	return DOS_OK;
}

static enum dos_error set_accessed(struct dos *dos, const struct dos_path *p, const struct drive_info *f)
{
	(void)f;
	return set_time(dos, p, 1);
}

static enum dos_error get_accessed(struct dos *dos, const struct dos_path *p, const struct drive_info *f)
{
	(void)p;
	cpu_set16(dos->guest->cpu, CPU_DI, f->adate);
	return DOS_OK;
}

static enum dos_error set_created(struct dos *dos, const struct dos_path *p, const struct drive_info *f)
{
	(void)f;
	return set_time(dos, p, 2);
}

static enum dos_error get_created(struct dos *dos, const struct dos_path *p, const struct drive_info *f)
{
	(void)p;
	cpu_set16(dos->guest->cpu, CPU_CX, f->ctime);
	cpu_set16(dos->guest->cpu, CPU_DI, f->cdate);
	cpu_set16(dos->guest->cpu, CPU_SI, 0);
	return DOS_OK;
}

static enum svc attributes(struct dos *dos)
{
	static about_fn *const table[] = {
		get_attr, set_attr, compressed_size, set_written, get_written,
		set_accessed, get_accessed, set_created, get_created,
	};
	uint8_t bl = caller8(dos, CALLER_BL);
	struct drive_info info = { .attr = ATTR_DIR };
	struct dos_path p;
	enum dos_error e;

	if (bl >= sizeof table / sizeof *table)
		return dos_fail(dos, DOS_BAD_FUNCTION);
	e = dos_path_plain(dos, caller_ds(dos, CPU_DX), WALK_LONG | WALK_ENTRY, &p);
	if (!e && !(bl == 0 && p.kind == PATH_FILE && !p.path[1]))	/* the root has no entry */
		e = dos_entry_info(dos, &p, &info);
	if (!e)
		e = table[bl](dos, &p, &info);
	return e ? dos_refuse(dos, e, p.drive, false) : guest_done(dos->guest);
}

/* --- 7147h, 7160h: names in full --------------------------------------------------- */

static enum svc current_dir(struct dos *dos)
{
	uint8_t dl = caller8(dos, CALLER_DL);
	struct far to = caller_ds(dos, CPU_SI);
	char text[CDS_PATH_SIZE + 1], out[DRIVE_PATH_MAX];
	char path[CDS_PATH_SIZE + 4] = "A:\\";
	struct dos_path p;
	struct drive *drive;
	enum dos_error e = dos_current_dir(dos, dl, text);
	size_t skip;

	if (e)
		return dos_fail(dos, e);
	path[0] += disk_number(dos, dl);
	strcpy(path + 3, text);
	/* On a SUBST drive what was substituted is not shown.  */
	e = dos_path_text(dos, path, true, &p);
	drive = e ? NULL : dos_path_drive(dos, &p);
	if (drive && drive->ops->canon && !drive->ops->canon(drive->disk, p.path, true, out)) {
		const char *s = out + strlen(out);

		/* As many components from the end as the short text has.  */
		skip = text[0] ? 1 : 0;
		for (const char *t = text; *t; t++)
			skip += *t == '\\';
		while (skip && s > out)
			skip -= *--s == '\\';
		if (*s == '\\')
			s++;
		guest_copy_out(dos->guest, to.seg, to.off, s, strlen(s) + 1);
		return guest_done(dos->guest);
	}
	guest_copy_out(dos->guest, to.seg, to.off, text, strlen(text) + 1);
	return guest_done(dos->guest);
}

/* With CH = 80h a SUBST drive keeps its own letter.  */
static void unsubst(struct dos *dos, const struct dos_path *p, char text[DRIVE_PATH_MAX + 3])
{
	struct far cds = dos_cds(dos, p->logical);
	size_t root, n = strlen(text);

	if (far_null(cds) || !(dos_r16(dos, cds.seg, cds.off + CDS_FLAGS) & CDS_SUBST))
		return;
	root = dos_r16(dos, cds.seg, cds.off + CDS_ROOT);
	if (root < 2 || root > n)
		return;
	text[0] = 'A' + p->logical;
	memmove(text + 2, text + root, n + 1 - root);
	if (!text[2])
		strcpy(text + 2, "\\");
}

static enum svc truename(struct dos *dos)
{
	uint8_t form = caller8(dos, CALLER_CL);
	struct far to = caller_es(dos, CPU_DI);
	char text[DRIVE_PATH_MAX + 3], out[DRIVE_PATH_MAX];
	struct drive *drive;
	struct dos_path p;
	enum dos_error e = dos_path(dos, caller_ds(dos, CPU_SI), true, &p);

	if (e)
		return dos_fail(dos, e);
	if (form > 2)
		return dos_fail(dos, DOS_BAD_FUNCTION);
	drive = dos_path_drive(dos, &p);
	if (form && p.kind == PATH_FILE && drive && p.path[1]) {
		e = drive->ops->canon(drive->disk, p.path, form == 2, out);
		if (e)
			return dos_refuse(dos, e, p.drive, false);
		strcpy(p.path, out);
	}
	dos_path_full(&p, text);
	if (caller8(dos, CALLER_CH) & 0x80)
		unsubst(dos, &p, text);
	guest_copy_out(dos->guest, to.seg, to.off, text, strlen(text) + 1);
	return guest_ok(dos->guest, 0);
}

/* --- the rest --------------------------------------------------------------------- */

static enum svc rename_names(struct dos *dos)
{
	return dos_rename_names(dos, WALK_LONG);
}

static enum svc open_file(struct dos *dos)
{
	return dos_open_extended(dos, true);
}

/* 71A0h: DS:DX "C:\", ES:DI room for CX characters of the file system's name.
 * BX: names keep their case, are Unicode on the disk, and these calls work.  */
static enum svc volume(struct dos *dos)
{
	static const char name[] = "FAT";
	struct cpu *cpu = dos->guest->cpu;
	struct far to = caller_es(dos, CPU_DI);
	struct dos_path p;
	struct drive *drive;

	if (dos_path(dos, caller_ds(dos, CPU_DX), true, &p) || p.kind == PATH_DEVICE)
		return dos_fail(dos, DOS_NO_PATH);
	drive = dos_path_drive(dos, &p);
	if (!drive)
		return dos_fail(dos, DOS_BAD_DRIVE);
	if (caller16(dos, CPU_CX) >= sizeof name)
		guest_copy_out(dos->guest, to.seg, to.off, name, sizeof name);
	cpu_set16(cpu, CPU_BX, 0x4006);
	cpu_set16(cpu, CPU_CX, DRIVE_NAME_MAX - 1);
	cpu_set16(cpu, CPU_DX, DRIVE_PATH_MAX);
	return guest_ok(dos->guest, 0);
}

/* 71A8h: the short name that would be made of a long one, without looking
 * at any disk: cut, and what cannot be in it left out.  */
static enum svc short_name(struct dos *dos)
{
	struct far to = caller_es(dos, CPU_DI);
	char text[DRIVE_NAME_MAX], packed[PATH_83_MAX], *dot;
	uint8_t fcb[PATH_FCB];
	size_t n = 0, start = 0;

	if (!guest_string(dos->guest, caller_ds(dos, CPU_SI), text, sizeof text))
		return dos_fail(dos, DOS_NO_FILE);
	memset(fcb, ' ', sizeof fcb);
	while (text[start] == '.')
		start++;
	dot = strrchr(text + start, '.');
	for (const char *s = text + start; *s && s != dot && n < 8; s++)
		if (path_char_83(*s))
			fcb[n++] = name_upper(dos, *s);
	n = 8;
	for (const char *s = dot ? dot + 1 : ""; *s && n < PATH_FCB; s++)
		if (path_char_83(*s))
			fcb[n++] = name_upper(dos, *s);
	if (fcb[0] == ' ')
		return dos_fail(dos, DOS_NO_FILE);
	path_from_fcb(fcb, packed);
	if (caller8(dos, CALLER_DH))
		guest_copy_out(dos->guest, to.seg, to.off, packed, strlen(packed) + 1);
	else
		guest_copy_out(dos->guest, to.seg, to.off, fcb, sizeof fcb);
	return guest_done(dos->guest);
}

/* 71AAh.  */
static enum svc subst(struct dos *dos)
{
	uint8_t n = disk_number(dos, caller8(dos, CALLER_BL));
	struct far at = caller_ds(dos, CPU_DX), cds = dos_cds(dos, n);
	char text[CDS_PATH_SIZE + 1];
	struct dos_path p;
	enum dos_error e = DOS_OK;

	if (far_null(cds))
		return dos_fail(dos, DOS_BAD_DRIVE);
	switch (caller8(dos, CALLER_BH)) {
	case 0:
		e = dos_path_plain(dos, at, WALK_LONG, &p);
		if (!e)
			e = dos_subst(dos, n, &p);
		break;
	case 1:
		e = dos_subst(dos, n, NULL);
		break;
	case 2:
		if (!(dos_r16(dos, cds.seg, cds.off + CDS_FLAGS) & CDS_SUBST))
			return dos_fail(dos, DOS_BAD_DRIVE);
		guest_copy_in(dos->guest, text, cds.seg, cds.off, CDS_PATH_SIZE);
		text[dos_r16(dos, cds.seg, cds.off + CDS_ROOT) % sizeof text] = '\0';
		if (strlen(text) == 2)
			strcat(text, "\\");
		guest_copy_out(dos->guest, at.seg, at.off, text, strlen(text) + 1);
		break;
	default:
		e = DOS_BAD_FUNCTION;
	}
	return e ? dos_fail(dos, e) : guest_done(dos->guest);
}

/* A function's path is on a drive without long names.  */
static bool short_only(struct dos *dos, enum cpu_reg path)
{
	struct drive *drive;
	struct dos_path p;

	if (dos_path(dos, caller_ds(dos, path), true, &p))
		return false;		/* its own error is said later */
	drive = dos_path_drive(dos, &p);
	return drive && !drive->ops->canon;
}

static const struct {
	uint8_t al;
	enum svc (*serve)(struct dos *dos);
	enum cpu_reg path;		/* DS:this; 0 (AX): none */
} functions[] = {
	{ 0x0d, reset_drive, 0 }, { 0x39, make_dir, CPU_DX }, { 0x3a, remove_dir, CPU_DX },
	{ 0x3b, change_dir, CPU_DX }, { 0x41, delete, CPU_DX }, { 0x43, attributes, CPU_DX },
	{ 0x47, current_dir, 0 }, { 0x4e, lfn_find_first, CPU_DX }, { 0x4f, lfn_find_next, 0 },
	{ 0x56, rename_names, CPU_DX }, { 0x60, truename, CPU_SI }, { 0x6c, open_file, CPU_SI },
	{ 0xa0, volume, CPU_DX }, { 0xa1, lfn_find_close, 0 }, { 0xa6, lfn_handle_info, 0 },
	{ 0xa7, lfn_convert_time, 0 }, { 0xa8, short_name, 0 }, { 0xaa, subst, 0 },
};

enum svc int21_lfn(void *room, struct guest *g)
{
	struct dos *dos = room;
	uint8_t al = caller8(dos, CALLER_AL);

	(void)g;
	if (dos->config.short_names)
		return not_supported(dos);
	if (dos_given_up(dos))
		return dos_fail(dos, DOS_FAIL_24);
	for (unsigned i = 0; i < sizeof functions / sizeof *functions; i++)
		if (functions[i].al == al)
			return functions[i].path && short_only(dos, functions[i].path) ?
				not_supported(dos) : functions[i].serve(dos);
	return not_supported(dos);
}
