/* find.c - searches (INT 21h/4Eh, 4Fh).
 *
 * The state of a search is where DOS keeps it, in the first bytes at the
 * DTA, so a program may run many at once, copy them, or drop them.  Instead
 * of a cluster and an entry number it names one of the drive's listings
 * and a number in it; a listing does not change when files come and go.
 *
 * Which entries are shown, and which error says what, is DOS's own (MS-DOS
 * 4.0 ISEARCH.ASM).  */

#include "dos/files.h"

#include <string.h>

#include "dos/names.h"
#include "dos/redirect.h"
#include "dos/services.h"

/* Asking for the label alone finds nothing else; asking for anything finds
 * plain files.  */
bool dos_search_shows(uint8_t wanted, uint8_t attr)
{
	const uint8_t special = ATTR_HIDDEN | ATTR_SYSTEM | ATTR_DIR | ATTR_LABEL;

	if ((wanted & special) == ATTR_LABEL)
		return attr & ATTR_LABEL;
	return !(attr & special & ~wanted);
}

static struct drive *search_drive(struct dos *dos, const struct search *s)
{
	return s->drive < DRIVE_LETTERS && dos->drive[s->drive].ops ? &dos->drive[s->drive] : NULL;
}

static bool fits(struct dos *dos, const struct search *s, const char *name)
{
	uint8_t fcb[PATH_FCB];

	path_to_fcb(dos->config.code_page, name, fcb, NULL);
	return path_match_fcb(s->pattern, fcb);
}

enum dos_error dos_search_next(struct dos *dos, struct search *s, struct drive_info *found)
{
	struct drive *drive = search_drive(dos, s);

	while (drive && s->entry != SEARCH_OVER) {
		unsigned nth = s->entry;
		char name[PATH_83_MAX];
		enum dos_error e = drive->ops->entry_name(drive->disk, s->listing, nth, name, NULL);

		if (e && e != DOS_NO_FILE)
			break;
		s->entry++;
		if (!e && fits(dos, s, name) && !drive->ops->entry(drive->disk, s->listing, nth, found) &&
		    dos_search_shows(s->attr, found->attr))
			return DOS_OK;
	}
	s->entry = SEARCH_OVER;
	return DOS_NO_MORE;
}

void dos_found_fcb(struct dos *dos, const struct drive_info *found, uint8_t fcb[PATH_FCB])
{
	bool wild = false;

	/* A label may have blanks in it.  */
	if (found->attr & ATTR_LABEL)
		name_scan(dos, found->name, fcb, &wild);
	else
		path_to_fcb(dos->config.code_page, found->name, fcb, NULL);
}

/* The label is an entry of the root, and comes first.  It is as old as the
 * root; a root without a date (nobody knows) leaves 0, which is no date.  */
static bool find_label(struct dos *dos, const char *dir, struct search *s,
		       struct drive_info *found)
{
	struct drive *drive = search_drive(dos, s);
	struct drive_info root;
	char label[12];
	uint8_t fcb[PATH_FCB];
	size_t n;

	if (drive->ops->label(drive->disk, label) || !label[0])
		return false;
	n = strnlen(label, PATH_FCB);
	memset(fcb, ' ', sizeof fcb);
	memcpy(fcb, label, n);
	if (!path_match_fcb(s->pattern, fcb))
		return false;
	*found = (struct drive_info){ .attr = ATTR_LABEL };
	if (!drive->ops->info(drive->disk, dir, &root)) {
		found->time = root.time;
		found->date = root.date;
	}
	path_from_fcb(fcb, found->name);
	strcpy(found->long_name, found->name);
	return true;
}

static enum dos_error find_one(struct dos *dos, const struct dos_path *p, struct search *s,
			       struct drive_info *found)
{
	struct drive *drive = search_drive(dos, s);
	enum dos_error e = drive->ops->info(drive->disk, p->path, found);

	s->entry = SEARCH_OVER;
	if (e)
		return e == DOS_NO_FILE ? DOS_NO_MORE : e;
	return dos_search_shows(s->attr, found->attr) ? DOS_OK : DOS_NO_MORE;
}

enum dos_error dos_search_first(struct dos *dos, const struct dos_path *p, uint8_t attr,
				struct search *s, struct drive_info *found)
{
	struct drive *drive = dos_path_drive(dos, p);
	const char *leaf = dos_path_leaf(p);
	char dir[DRIVE_PATH_MAX];
	bool wild = false;
	enum dos_error e;

	*s = (struct search){ .drive = p->drive, .attr = attr, .entry = SEARCH_OVER };
	name_scan(dos, leaf, s->pattern, &wild);
	if (p->kind == PATH_DEVICE) {
		*found = (struct drive_info){ .attr = 0x40 };
		path_from_fcb(s->pattern, found->name);
		return DOS_OK;
	}
	if (!drive || p->slash)
		return DOS_NO_PATH;
	if (!leaf[0])			/* the root itself cannot be found */
		return DOS_NO_MORE;
	dos_path_parent(p, dir);
	if (attr & ATTR_LABEL && !dir[1] && find_label(dos, dir, s, found)) {
		/* The rest of the root follows if more than the label is wanted.  */
		if (dos_search_shows(attr, 0) && p->wild && !drive->ops->list(drive->disk, dir, &s->listing))
			s->entry = 0;
		return DOS_OK;
	}
	if (!dos_search_shows(attr, 0))
		return DOS_NO_MORE;
	if (!p->wild)
		return find_one(dos, p, s, found);
	e = drive->ops->list(drive->disk, dir, &s->listing);
	if (e)
		return e == DOS_NO_FILE ? DOS_NO_PATH : e;
	s->entry = 0;
	return dos_search_next(dos, s, found);
}

/* --- the area at the DTA --------------------------------------------------------- */

static void write_area(struct dos *dos, const struct search *s, const struct drive_info *found)
{
	struct far dta = sda_rfar(dos, SDA_DTA);

	dos_w8(dos, dta.seg, dta.off + FIND_DRIVE, s->drive + 1);
	guest_copy_out(dos->guest, dta.seg, dta.off + FIND_TEMPLATE, s->pattern, PATH_FCB);
	dos_w8(dos, dta.seg, dta.off + FIND_ATTR, s->attr);
	dos_w16(dos, dta.seg, dta.off + FIND_ENTRY, s->entry);
	dos_w16(dos, dta.seg, dta.off + FIND_LISTING, s->listing);
	dos_w8(dos, dta.seg, dta.off + FIND_FOUND_ATTR, found->attr);
	dos_w16(dos, dta.seg, dta.off + FIND_TIME, found->time);
	dos_w16(dos, dta.seg, dta.off + FIND_DATE, found->date);
	dos_w32(dos, dta.seg, dta.off + FIND_SIZE, found->attr & ATTR_DIR ? 0 : found->size);
	guest_copy_out(dos->guest, dta.seg, dta.off + FIND_NAME, found->name, strlen(found->name) + 1);
}

static void read_area(struct dos *dos, struct search *s)
{
	struct far dta = sda_rfar(dos, SDA_DTA);

	s->drive = dos_r8(dos, dta.seg, dta.off + FIND_DRIVE) - 1;
	guest_copy_in(dos->guest, s->pattern, dta.seg, dta.off + FIND_TEMPLATE, PATH_FCB);
	s->attr = dos_r8(dos, dta.seg, dta.off + FIND_ATTR);
	s->entry = dos_r16(dos, dta.seg, dta.off + FIND_ENTRY);
	s->listing = dos_r16(dos, dta.seg, dta.off + FIND_LISTING);
}

enum svc int21_find_first(void *room, struct guest *g)
{
	struct dos *dos = room;
	struct drive_info found;
	struct dos_path p;
	struct search s;
	enum dos_error e;

	if (dos_given_up(dos))
		return dos_fail(dos, DOS_FAIL_24);
	/* Whatever is wrong with the name, DOS calls it the path.  */
	if (dos_path(dos, caller_ds(dos, CPU_DX), false, &p))
		return dos_fail(dos, DOS_NO_PATH);
	if (p.kind == PATH_REDIRECTED)
		return redirect_find(dos, &p, caller8(dos, CALLER_CL));
	e = dos_search_first(dos, &p, caller8(dos, CALLER_CL), &s, &found);
	if (e)
		return dos_refuse(dos, e, p.drive, false);
	write_area(dos, &s, &found);
	return guest_ok(g, 0);
}

enum svc int21_find_next(void *room, struct guest *g)
{
	struct dos *dos = room;
	struct drive_info found;
	struct search s;
	enum dos_error e;

	if (dos_given_up(dos))
		return dos_fail(dos, DOS_FAIL_24);
	read_area(dos, &s);
	if ((s.drive + 1) & 0x80 && s.entry != SEARCH_OVER)
		return redirect_find_next(dos);
	e = dos_search_next(dos, &s, &found);
	if (e)
		return dos_refuse(dos, e, s.drive, false);
	write_area(dos, &s, &found);
	return guest_ok(g, 0);
}

/* --- for calls that change what they find ------------------------------------------- */

/* note: the listing and the next entry in it; how many were seen, and changed.  */
enum { NOTE_AT, NOTE_SWEEPING, NOTE_SEEN, NOTE_CHANGED };

bool dos_sweeping(struct dos *dos)
{
	return guest_frame(dos->guest)->note[NOTE_SWEEPING];
}

void dos_sweep_stop(struct dos *dos, const struct search *s)
{
	uint32_t *note = guest_frame(dos->guest)->note;

	note[NOTE_AT] = (uint32_t)s->listing << 16 | s->entry;
	note[NOTE_SWEEPING] = 1;
}

enum dos_error dos_sweep_first(struct dos *dos, const struct dos_path *p, uint8_t attr,
			       bool given_up, struct search *s, struct drive_info *found)
{
	uint32_t *note = guest_frame(dos->guest)->note;
	uint16_t entry = note[NOTE_AT];
	bool wild = false;

	if (!note[NOTE_SWEEPING] || (entry == SEARCH_OVER && !given_up))
		return dos_search_first(dos, p, attr, s, found);
	*s = (struct search){
		.drive = p->drive, .attr = attr, .listing = note[NOTE_AT] >> 16,
		.entry = given_up ? entry : entry - 1,
	};
	name_scan(dos, dos_path_leaf(p), s->pattern, &wild);
	return dos_search_next(dos, s, found);
}

/* A read-only file goes only if attr has that bit (MS-DOS 4.0 DELETE.ASM).  */
static enum dos_error remove_found(struct dos *dos, const struct dos_path *p,
				   const struct drive_info *found, uint8_t attr)
{
	struct dos_path one = *p;
	struct drive *drive = dos_path_drive(dos, p);
	bool forced = found->attr & attr & ATTR_READ_ONLY;
	char dir[DRIVE_PATH_MAX];
	enum dos_error e = DOS_OK;

	if (found->attr & ATTR_LABEL)
		return drive->ops->set_label(drive->disk, "");
	one.wild = false;
	dos_path_parent(p, dir);
	if (!path_join(one.path, dir, found->name))
		return DOS_NO_PATH;
	if (forced)
		e = dos_set_attr(dos, &one, found->attr & ATTR_CHANGEABLE & ~ATTR_READ_ONLY);
	if (!e)
		e = dos_remove(dos, &one);
	if (e && forced)
		dos_set_attr(dos, &one, found->attr & ATTR_CHANGEABLE);
	return e;
}

enum dos_error dos_remove_matching(struct dos *dos, const struct dos_path *p, uint8_t attr,
				   bool given_up)
{
	uint32_t *note = guest_frame(dos->guest)->note;
	struct drive_info found;
	struct search s;
	enum dos_error e = dos_sweep_first(dos, p, attr & ~ATTR_DIR, given_up, &s, &found), gone;

	for (; !e; e = dos_search_next(dos, &s, &found)) {
		note[NOTE_SEEN] = 1;
		gone = remove_found(dos, p, &found, attr);
		if (!gone)
			note[NOTE_CHANGED] = 1;
		if (gone == DOS_SHARING) {
			dos_sweep_stop(dos, &s);
			return gone;
		}
	}
	return dos_removed(e, note[NOTE_SEEN], note[NOTE_CHANGED]);
}
