/* path.c - names looked through (INT 21h/60h and every call with a path).
 *
 * A path becomes the text of a physical one in two moves.  The logical
 * drive's CDS holds the text of its current directory, which for a SUBST
 * drive lies on another letter; the name is appended to it, "." and ".."
 * are taken out, never past the CDS's own end.  Then a JOIN, if one covers
 * the text, replaces that directory by its drive's letter.  The order of
 * the checks, and which error they give, is that of the kernel's TransPath
 * (MS-DOS 4.0 MACRO2.ASM).  */

#include "dos/files.h"

#include <string.h>

#include "dos/names.h"
#include "dos/services.h"

/* The kernel's own buffers hold 128 bytes, and so 8.3 paths are at most
 * this long.  */
#define SHORT_MAX 128

/* A path being built: "C:\DIR\SUB", "C:" for a root.  */
struct walk {
	struct dos *dos;
	char text[DRIVE_PATH_MAX + 2];
	size_t len, back, max;
	bool long_names, wild, slash;
};

bool dos_cds_usable(const struct dos *dos, uint8_t drive)
{
	struct far cds = dos_cds(dos, drive);
	uint16_t flags;

	if (!cds.seg)
		return false;
	flags = dos_r16(dos, cds.seg, cds.off + CDS_FLAGS);
	return flags & (CDS_PHYSICAL | CDS_NETWORK) && !(flags & CDS_JOIN);
}

/* The device whose name these first eight characters are; 0:0 if none.  */
struct far dos_find_device(const struct dos *dos, const void *name)
{
	struct far dev = { AT_NUL, DOS_SEG };

	/* A driver chain in guest memory may be bent into a ring.  */
	for (unsigned i = 0; i < 256 && dev.off != 0xffff; i++) {
		char found[8];

		guest_copy_in(dos->guest, found, dev.seg, dev.off + DEV_NAME, sizeof found);
		if (!memcmp(found, name, sizeof found) &&
		    dos_r16(dos, dev.seg, dev.off + DEV_ATTR) & DEV_CHARACTER)
			return dev;
		dev = guest_rfar(dos->guest, dev.seg, dev.off + DEV_NEXT);
	}
	return (struct far){ 0, 0 };
}

/* A component that the scanner does not take is a bad path if more
 * directories follow, else a bad name.  */
static enum dos_error bad_component(const char *rest)
{
	return strpbrk(rest, "\\/") ? DOS_NO_PATH : DOS_NO_FILE;
}

static enum dos_error go_up(struct walk *w)
{
	if (w->len <= w->back)
		return DOS_NO_PATH;
	do
		w->len--;
	while (w->len > w->back && w->text[w->len] != '\\');
	w->text[w->len] = '\0';
	return DOS_OK;
}

static enum dos_error append(struct walk *w, const char *name, size_t n)
{
	if (w->len + 1 + n >= w->max)
		return DOS_NO_PATH;
	w->text[w->len++] = '\\';
	memcpy(w->text + w->len, name, n);
	w->len += n;
	w->text[w->len] = '\0';
	return DOS_OK;
}

/* "." and ".."; in long names also "...", two up, and so on.  */
static enum dos_error dots(struct walk *w, const char **s)
{
	size_t n = strspn(*s, ".");
	enum dos_error e = DOS_OK;

	if ((*s)[n] && !name_is_separator((*s)[n]))
		return bad_component(*s + n);
	if (n > 2 && !w->long_names)
		return bad_component(*s + n);
	for (size_t i = 1; i < n && !e; i++)
		e = go_up(w);
	*s += n;
	return e;
}

/* Only the last component may have wildcards.  */
static enum dos_error note_wild(struct walk *w, bool wild, const char *rest)
{
	if (!w->wild) {
		w->wild = wild;
		return DOS_OK;
	}
	return wild ? bad_component(rest) : DOS_NO_PATH;
}

static enum dos_error short_component(struct walk *w, const char **s)
{
	uint8_t fcb[PATH_FCB];
	char name[PATH_83_MAX];
	bool wild = false;
	size_t used = name_scan(w->dos, *s, fcb, &wild);
	enum dos_error e;

	if (!used)
		return bad_component(*s);
	e = note_wild(w, wild, *s + used);
	if (e)
		return e;
	*s += used;
	path_from_fcb(fcb, name);
	return append(w, name, strlen(name));
}

/* Windows 95: trailing dots and spaces do not count, and these characters
 * cannot be in a name.  */
static enum dos_error long_component(struct walk *w, const char **s)
{
	size_t used = strcspn(*s, "\\/"), n = used;
	bool wild = false;
	enum dos_error e;

	for (size_t i = 0; i < n; i++) {
		uint8_t c = (*s)[i];

		if (c < ' ' || strchr("\":<>|", c))
			return bad_component(*s + used);
		wild |= c == '*' || c == '?';
	}
	while (n && ((*s)[n - 1] == ' ' || ((*s)[n - 1] == '.' && !wild)))
		n--;
	if (!n || n >= DRIVE_NAME_MAX)
		return bad_component(*s + used);
	e = note_wild(w, wild, *s + used);
	if (!e)
		e = append(w, *s, n);
	*s += used;
	return e;
}

static enum dos_error walk_components(struct walk *w, const char *s)
{
	enum dos_error e = DOS_OK;

	while (name_is_separator(*s))
		s++;
	while (*s && !e) {
		w->slash = false;
		if (*s == '.' && (!w->long_names || !s[strspn(s, ".")] ||
				  name_is_separator(s[strspn(s, ".")])))
			e = dots(w, &s);
		else if (w->long_names)
			e = long_component(w, &s);
		else
			e = short_component(w, &s);
		if (e)
			break;
		if (*s && !name_is_separator(*s))
			return bad_component(s);
		w->slash = name_is_separator(*s);
		while (name_is_separator(*s))
			s++;
	}
	return e;
}

/* "\\MACHINE\SHARE\PATH": nobody's drive; ".." stops at the machine.  */
static enum dos_error walk_unc(struct walk *w, const char *s)
{
	size_t n = strcspn(s + 2, "\\/");

	w->text[0] = w->text[1] = '\\';
	if (n + 3 >= w->max)
		return DOS_NO_PATH;
	for (size_t i = 0; i < n; i++)
		w->text[2 + i] = name_upper(w->dos, s[2 + i]);
	w->len = w->back = n + 2;
	w->text[w->len] = '\0';
	return walk_components(w, s + 2 + n);
}

/* Start at the drive's current directory, or at its root.  */
static void start_at_cds(struct walk *w, struct far cds, bool root)
{
	uint16_t end = dos_r16(w->dos, cds.seg, cds.off + CDS_ROOT);

	guest_copy_in(w->dos->guest, w->text, cds.seg, cds.off, CDS_PATH_SIZE);
	w->text[CDS_PATH_SIZE] = '\0';
	w->len = strlen(w->text);
	w->back = end < w->len ? end : w->len;
	if (root)
		w->len = w->back;
	while (w->len > 2 && w->text[w->len - 1] == '\\')
		w->len--;
	if (w->back > w->len)
		w->back = w->len;
	w->text[w->len] = '\0';
}

/* A JOIN replaces the text of its directory by its drive's letter.  With
 * whole false a name that is the joined directory itself stays.  */
static void splice(struct walk *w, bool whole)
{
	uint8_t last = lol_r8(w->dos, LOL_LASTDRIVE);

	if (!lol_r8(w->dos, LOL_JOINED))
		return;
	for (uint8_t i = 0; i < last; i++) {
		struct far cds = dos_cds(w->dos, i);
		char at[CDS_PATH_SIZE + 1];
		size_t n;

		if (!(dos_r16(w->dos, cds.seg, cds.off + CDS_FLAGS) & CDS_JOIN))
			continue;
		guest_copy_in(w->dos->guest, at, cds.seg, cds.off, CDS_PATH_SIZE);
		at[CDS_PATH_SIZE] = '\0';
		n = strlen(at);
		if (n < 3 || n > w->len || memcmp(at, w->text, n) ||
		    (w->text[n] && w->text[n] != '\\') || (!w->text[n] && !whole))
			continue;
		memmove(w->text + 2, w->text + n, w->len - n + 1);
		w->text[0] = 'A' + i;
		w->text[1] = ':';
		w->len -= n - 2;
		return;
	}
}

/* The kernel looks for a device before anything else when there is no
 * directory in the name, or "\DEV\".  */
static struct far bare_device(struct walk *w, const char *s, char name[PATH_83_MAX])
{
	uint8_t fcb[PATH_FCB];
	bool wild = false;
	size_t used;
	struct far dev;

	if (name_is_separator(s[0]) && name_upper(w->dos, s[1]) == 'D' &&
	    name_upper(w->dos, s[2]) == 'E' && name_upper(w->dos, s[3]) == 'V' &&
	    name_is_separator(s[4]))
		s += 5;
	used = name_scan(w->dos, s, fcb, &wild);
	if (used && s[used] == ':')	/* "CON:" */
		used++;
	if (!used || s[used] || wild)
		return (struct far){ 0, 0 };
	dev = dos_find_device(w->dos, fcb);
	path_from_fcb(fcb, name);
	return dev;
}

/* A device's name at the end of a path that exists is the device too.  */
static struct far device_at_end(struct walk *w)
{
	struct dos *dos = w->dos;
	char *leaf = strrchr(w->text, '\\');
	uint8_t fcb[PATH_FCB];
	struct drive *drive = &dos->drive[w->text[0] - 'A'];
	struct drive_info info;
	struct far dev = { 0, 0 };
	bool wild = false;

	if (!leaf || w->wild || w->slash || !name_scan(dos, leaf + 1, fcb, &wild))
		return dev;
	dev = dos_find_device(dos, fcb);
	if (!dev.seg)
		return dev;
	*leaf = '\0';
	if (w->text[2] && (!drive->ops || drive->ops->info(drive->disk, w->text + 2, &info) ||
			   !(info.attr & ATTR_DIR)))
		dev = (struct far){ 0, 0 };
	*leaf = '\\';
	return dev;
}

static enum dos_error finish(struct walk *w, struct dos_path *out)
{
	out->wild = w->wild;
	out->slash = w->slash;
	out->drive = w->text[0] - 'A';
	if (w->text[1] != ':' || out->drive >= DRIVE_LETTERS)
		return DOS_NO_PATH;
	memcpy(out->path, w->text + 2, w->len - 1);
	if (!out->path[0])
		strcpy(out->path, "\\");
	out->device = device_at_end(w);
	out->kind = out->device.seg ? PATH_DEVICE : PATH_FILE;
	return DOS_OK;
}

/* The text itself is what the network calls a path.  */
static enum dos_error finish_redirected(struct walk *w, struct dos_path *out)
{
	if (w->len >= sizeof out->path)
		return DOS_NO_PATH;
	memcpy(out->path, w->text, w->len + 1);
	out->wild = w->wild;
	out->slash = w->slash;
	out->kind = PATH_REDIRECTED;
	return DOS_OK;
}

enum dos_error dos_path_walk(struct dos *dos, const char *name, unsigned how, struct dos_path *out)
{
	struct walk w = { .dos = dos, .long_names = how & WALK_LONG };
	struct far cds;
	char device[PATH_83_MAX];
	bool lettered = name[0] && name[1] == ':';
	enum dos_error e;

	*out = (struct dos_path){ .drive = sda_r8(dos, SDA_DRIVE) };
	w.max = w.long_names ? DRIVE_PATH_MAX : SHORT_MAX;
	if (lettered) {
		out->drive = (name[0] | 0x20) - 'a';
		name += 2;
	}
	out->logical = out->drive;
	if (name_is_separator(name[0]) && name_is_separator(name[1])) {
		e = walk_unc(&w, name);
		out->logical = out->drive = PATH_NO_DRIVE;
		return e ? e : finish_redirected(&w, out);
	}
	/* "D:" is no name, but for Windows 95's calls its current directory.  */
	if (!name[0] && !(lettered && w.long_names))
		return DOS_NO_FILE;
	out->device = bare_device(&w, name, device);
	if (out->device.seg) {
		out->kind = PATH_DEVICE;
		out->bare = true;
		out->path[0] = '\\';
		strcpy(out->path + 1, device);
		return DOS_OK;
	}
	if (!dos_cds_usable(dos, out->drive))
		return DOS_NO_PATH;
	cds = dos_cds(dos, out->drive);
	start_at_cds(&w, cds, name_is_separator(name[0]));
	e = walk_components(&w, name);
	if (e)
		return e;
	if (dos_r16(dos, cds.seg, cds.off + CDS_FLAGS) & CDS_NETWORK)
		return finish_redirected(&w, out);
	if (!(how & WALK_NO_SPLICE))
		splice(&w, !(how & WALK_ENTRY));
	return finish(&w, out);
}

enum dos_error dos_path_text(struct dos *dos, const char *name, bool long_names, struct dos_path *out)
{
	return dos_path_walk(dos, name, long_names ? WALK_LONG : 0, out);
}

enum dos_error dos_path(struct dos *dos, struct far name, bool long_names, struct dos_path *out)
{
	char text[DRIVE_PATH_MAX];

	*out = (struct dos_path){ 0 };
	if (!guest_string(dos->guest, name, text, sizeof text))
		return DOS_NO_PATH;
	return dos_path_text(dos, text, long_names, out);
}

const char *dos_path_leaf(const struct dos_path *p)
{
	const char *leaf = strrchr(p->path, '\\');

	return leaf ? leaf + 1 : p->path;
}

void dos_path_parent(const struct dos_path *p, char out[DRIVE_PATH_MAX])
{
	char *leaf;

	strcpy(out, p->path);
	leaf = strrchr(out, '\\');
	if (leaf)
		leaf[leaf == out] = '\0';
}

void dos_path_make_short(struct dos *dos, struct dos_path *p)
{
	struct drive *drive = dos_path_drive(dos, p);
	char text[DRIVE_PATH_MAX];

	if (p->kind == PATH_FILE && drive && drive->ops->canon &&
	    !drive->ops->canon(drive->disk, p->path, false, text))
		strcpy(p->path, text);
}

/* "C:\DIR\FILE", "C:/CON" for a device that was named without its
 * directory, or the network's own form.  */
void dos_path_full(const struct dos_path *p, char out[DRIVE_PATH_MAX + 3])
{
	size_t n = 0;

	if (p->kind != PATH_REDIRECTED) {
		out[n++] = 'A' + p->drive;
		out[n++] = ':';
	}
	strcpy(out + n, p->path);
	if (p->bare)
		out[n] = '/';
	n = strlen(out);
	if (p->slash && out[n - 1] != '\\' && n < DRIVE_PATH_MAX + 2)
		strcpy(out + n, "\\");
}

/* 60h.  The name need not exist.  */
enum svc int21_truename(void *room, struct guest *g)
{
	struct dos *dos = room;
	struct far to = caller_es(dos, CPU_DI);
	char text[DRIVE_PATH_MAX + 3];
	struct dos_path p;
	enum dos_error e = dos_path(dos, caller_ds(dos, CPU_SI), false, &p);

	if (e)
		return dos_fail(dos, e);
	dos_path_full(&p, text);
	guest_copy_out(g, to.seg, to.off, text, strlen(text) + 1);
	return guest_ok(g, 0);
}

/* --- SUBST ----------------------------------------------------------------- */

/* Its text becomes the directory, which is also how far ".." goes; without
 * one the drive is its own again, if there is one, or goes away.  */
enum dos_error dos_subst(struct dos *dos, uint8_t n, struct dos_path *dir)
{
	struct far cds = dos_cds(dos, n);
	char text[DRIVE_PATH_MAX + 3] = "A:\\";
	uint16_t flags, root = 2;
	struct drive_info info;
	struct drive *drive;

	if (far_null(cds) || n >= DRIVE_LETTERS)
		return DOS_BAD_DRIVE;
	flags = dos_r16(dos, cds.seg, cds.off + CDS_FLAGS);
	if (flags & (CDS_NETWORK | CDS_JOIN) || !(flags & CDS_SUBST) != !!dir || n == sda_r8(dos, SDA_DRIVE))
		return DOS_BAD_DRIVE;
	text[0] += n;
	flags = dos->drive[n].ops ? CDS_PHYSICAL : 0;
	if (dir) {
		drive = dos_path_drive(dos, dir);
		if (dir->kind != PATH_FILE || !drive || dir->drive == n)
			return DOS_NO_PATH;
		if (dir->path[1] && (drive->ops->info(drive->disk, dir->path, &info) || !(info.attr & ATTR_DIR)))
			return DOS_NO_PATH;
		dos_path_make_short(dos, dir);
		dos_path_full(dir, text);
		flags = CDS_PHYSICAL | CDS_SUBST;
		root = dir->path[1] ? strlen(text) : 2;
	}
	if (strlen(text) >= CDS_PATH_SIZE)
		return DOS_NO_PATH;
	guest_copy_out(dos->guest, cds.seg, cds.off, text, strlen(text) + 1);
	dos_w16(dos, cds.seg, cds.off + CDS_FLAGS, flags);
	dos_w16(dos, cds.seg, cds.off + CDS_ROOT, root);
	dos_w16(dos, cds.seg, cds.off + CDS_CLUSTER, 0xffff);
	return DOS_OK;
}
