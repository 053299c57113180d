/* fcb.c - file control blocks: opening and closing, names (INT 21h/0Fh-13h,
 * 16h, 17h, 23h).
 *
 * An FCB lies in the program's memory, where it may be copied, forgotten,
 * opened again without a close, or used after one.  So the kernel keeps the
 * open files of FCBs in a table of their own (LOL_FCB_SFT), whose entries it
 * takes back, least recently used first, when it needs one.  An FCB whose
 * entry has gone is opened again by its name, if the name still means the
 * same path.  What links the two is in the FCB's reserved bytes.  */

#include "dos/fcb.h"

#include <string.h>

#include "dos/names.h"
#include "dos/services.h"

/* FCB_RESERVED: ours.  */
enum {
	FCB_HOME = FCB_RESERVED,	/* b: SFT_HOME or FCB_IS_DEVICE */
	FCB_FILE = FCB_RESERVED + 1,	/* d: drive_file, or the device's header */
	FCB_PATH = FCB_RESERVED + 5,	/* w: a sum over the whole path */
	FCB_IS_DEVICE = 0x80,
};

struct fcb_place fcb_at(struct dos *dos, struct far p)
{
	struct fcb_place f = { .at = p };

	if (dos_r8(dos, p.seg, p.off) == 0xff) {
		f.extended = true;
		f.attr = dos_r8(dos, p.seg, p.off + FCB_EXTENDED_ATTR);
		f.at.off += FCB_EXTENDED_PREFIX;
	}
	return f;
}

struct fcb_place fcb_of_caller(struct dos *dos)
{
	return fcb_at(dos, caller_ds(dos, CPU_DX));
}

enum svc fcb_answer(struct dos *dos, enum dos_error e)
{
	if (e)				/* Fail is the reason for all that follows */
		dos_note_error(dos, sda_r8(dos, SDA_FAILED24) ? DOS_FAIL_24 : e);
	cpu_set8(dos->guest->cpu, CPU_AX, e ? 0xff : 0);
	return SVC_DONE;
}

enum svc fcb_refuse(struct dos *dos, enum dos_error e, uint8_t drive, bool writing)
{
	if (!e || !dos_asks(e, true) || drive >= DRIVE_LETTERS)
		return fcb_answer(dos, e);
	return dos_critical(dos, e, drive, (struct far){ 0, 0 }, writing, STEP_CRITICAL);
}

/* --- names ---------------------------------------------------------------- */

/* The path of the name at offset name_at in the FCB, on the FCB's drive.  */
static enum dos_error fcb_path(struct dos *dos, const struct fcb_place *f, unsigned name_at,
			       struct dos_path *out)
{
	uint8_t drive = dos_r8(dos, f->at.seg, f->at.off + FCB_DRIVE), name[PATH_FCB];
	char text[3 + PATH_83_MAX];

	guest_copy_in(dos->guest, name, f->at.seg, f->at.off + name_at, sizeof name);
	for (unsigned i = 0; i < PATH_FCB; i++)
		if (!name_fcb_char(name[i]))
			return DOS_NO_PATH;
	text[0] = 'A' + (drive ? drive - 1 : sda_r8(dos, SDA_DRIVE));
	text[1] = ':';
	path_from_fcb(name, text + 2);
	if (!text[2])
		return DOS_NO_PATH;
	return dos_path_walk(dos, text, WALK_ENTRY, out) ? DOS_NO_PATH : DOS_OK;
}

static uint16_t path_sum(const struct dos_path *p)
{
	uint16_t sum = p->drive;

	for (const char *s = p->path; *s; s++)
		sum = sum * 31 + (uint8_t)*s;
	return sum;
}

/* --- the table ------------------------------------------------------------- */

struct far fcb_entry(struct dos *dos, unsigned n)
{
	struct far block = lol_rfar(dos, LOL_FCB_SFT);

	if (far_null(block) || n >= dos_r16(dos, block.seg, block.off + SFTB_COUNT))
		return (struct far){ 0, 0 };
	block.off += SFTB_ENTRIES + n * SFT_SIZE;
	return block;
}

static void release(struct dos *dos, struct far sft)
{
	drive_file f;
	struct drive *drive;

	if (!dos_r16(dos, sft.seg, sft.off + SFT_REFS))
		return;
	drive = dos_sft_drive(dos, sft, &f);
	if (drive)
		drive->ops->release(drive->disk, f);
	dos_w16(dos, sft.seg, sft.off + SFT_REFS, 0);
}

/* The position of an FCB's entry is set anew by every call; between calls
 * its low word says when it was used (MS-DOS 4.0: sf_LRU).  */
static void touch(struct dos *dos, struct far sft)
{
	uint16_t now = lol_r16(dos, LOL_FCB_LRU) + 1;

	lol_w16(dos, LOL_FCB_LRU, now);
	dos_w16(dos, sft.seg, sft.off + SFT_POS, now);
}

/* A free entry, or the one not used for the longest time.  */
static struct far take_entry(struct dos *dos, uint8_t *number)
{
	uint16_t now = lol_r16(dos, LOL_FCB_LRU), oldest = 0;
	struct far best = { 0, 0 }, sft;

	for (unsigned n = 0; n < 255 && !far_null(sft = fcb_entry(dos, n)); n++) {
		uint16_t age = now - dos_r16(dos, sft.seg, sft.off + SFT_POS);
		bool vacant = !dos_r16(dos, sft.seg, sft.off + SFT_REFS);

		if (far_null(best) || vacant || age > oldest) {
			best = sft;
			oldest = age;
			*number = n;
		}
		if (vacant)
			break;
	}
	if (!far_null(best)) {
		static const uint8_t zero[SFT_SIZE];

		release(dos, best);
		guest_copy_out(dos->guest, best.seg, best.off, zero, sizeof zero);
		dos_w16(dos, best.seg, best.off + SFT_REFS, 1);
		dos_w16(dos, best.seg, best.off + SFT_OWNER, dos_psp(dos));
	}
	return best;
}

void dos_fcb_close_all(struct dos *dos, uint16_t psp)
{
	struct far sft;

	for (unsigned n = 0; n < 255 && !far_null(sft = fcb_entry(dos, n)); n++)
		if (dos_r16(dos, sft.seg, sft.off + SFT_OWNER) == psp)
			release(dos, sft);
}

/* --- open ---------------------------------------------------------------------- */

static void link(struct dos *dos, const struct fcb_place *f, struct far sft, uint8_t number,
		 const struct dos_path *p)
{
	bool device = dos_sft_is_device(dos, sft);
	uint32_t file = dos_r32(dos, sft.seg, sft.off + (device ? SFT_DEVICE : SFT_DRIVE_FILE));

	dos_w8(dos, f->at.seg, f->at.off + FCB_SFN, number);
	dos_w8(dos, f->at.seg, f->at.off + FCB_HOME, device ? FCB_IS_DEVICE : p->drive);
	dos_w32(dos, f->at.seg, f->at.off + FCB_FILE, file);
	dos_w16(dos, f->at.seg, f->at.off + FCB_PATH, path_sum(p));
	touch(dos, sft);
}

/* A read-only file is opened for reading; others for both.  */
static enum dos_error open_path(struct dos *dos, const struct fcb_place *f, struct opening *o)
{
	uint8_t number = 0;
	struct far sft = take_entry(dos, &number);
	enum dos_error e;

	if (far_null(sft))
		return DOS_NO_FCB;
	o->mode |= DRIVE_RDWR | DRIVE_COMPAT_FCB;
	o->sft_mode = SFT_MODE_FCB | DRIVE_RDWR;
	e = o->path.wild ? DOS_NO_FILE : dos_open_into(dos, o, sft);
	if ((e == DOS_DENIED || e == DOS_WRITE_PROTECTED) && !(o->mode & DRIVE_CREATE)) {
		o->mode = (o->mode & ~DRIVE_ACCESS) | DRIVE_READ;
		o->sft_mode = SFT_MODE_FCB | DRIVE_READ;
		e = dos_open_into(dos, o, sft);
	}
	if (e) {
		dos_w16(dos, sft.seg, sft.off + SFT_REFS, 0);
		return e;
	}
	link(dos, f, sft, number, &o->path);
	return DOS_OK;
}

/* The entry that the FCB was last linked to, if it is still its own.  */
static struct far linked_entry(struct dos *dos, const struct fcb_place *f)
{
	uint8_t home = dos_r8(dos, f->at.seg, f->at.off + FCB_HOME), a[PATH_FCB], b[PATH_FCB];
	struct far sft = fcb_entry(dos, dos_r8(dos, f->at.seg, f->at.off + FCB_SFN)), none = { 0, 0 };
	uint32_t file = dos_r32(dos, f->at.seg, f->at.off + FCB_FILE);

	if (far_null(sft) || !dos_r16(dos, sft.seg, sft.off + SFT_REFS))
		return none;
	if (home == FCB_IS_DEVICE)
		return dos_sft_is_device(dos, sft) &&
			dos_r32(dos, sft.seg, sft.off + SFT_DEVICE) == file ? sft : none;
	guest_copy_in(dos->guest, a, sft.seg, sft.off + SFT_NAME, sizeof a);
	guest_copy_in(dos->guest, b, f->at.seg, f->at.off + FCB_NAME, sizeof b);
	for (unsigned i = 0; i < sizeof b; i++)
		b[i] = name_upper(dos, b[i]);
	if (dos_sft_is_device(dos, sft) || dos_r8(dos, sft.seg, sft.off + SFT_HOME) != home ||
	    dos_r32(dos, sft.seg, sft.off + SFT_DRIVE_FILE) != file || memcmp(a, b, sizeof a))
		return none;
	return sft;
}

struct far fcb_sft(struct dos *dos, const struct fcb_place *f)
{
	struct far sft = linked_entry(dos, f);
	struct opening o = { .attr = 0 };

	if (far_null(sft) && !fcb_path(dos, f, FCB_NAME, &o.path) &&
	    path_sum(&o.path) == dos_r16(dos, f->at.seg, f->at.off + FCB_PATH) &&
	    !open_path(dos, f, &o))
		sft = linked_entry(dos, f);
	if (!far_null(sft))
		touch(dos, sft);
	return sft;
}

/* What an open tells the program.  */
static void fill(struct dos *dos, const struct fcb_place *f, const struct opening *o)
{
	struct far sft = linked_entry(dos, f);
	struct far at = f->at;

	if (o->path.kind != PATH_DEVICE)
		dos_w8(dos, at.seg, at.off + FCB_DRIVE, o->path.logical + 1);
	dos_w16(dos, at.seg, at.off + FCB_BLOCK, 0);
	dos_w16(dos, at.seg, at.off + FCB_RECORD_SIZE, 128);
	dos_w32(dos, at.seg, at.off + FCB_FILE_SIZE, dos_r32(dos, sft.seg, sft.off + SFT_FILE_SIZE));
	dos_w16(dos, at.seg, at.off + FCB_DATE, dos_r16(dos, sft.seg, sft.off + SFT_DATE));
	dos_w16(dos, at.seg, at.off + FCB_TIME, dos_r16(dos, sft.seg, sft.off + SFT_TIME));
}

/* A label is made like a file, but nothing is open then.  */
static enum svc make_label(struct dos *dos, const struct fcb_place *f, const struct dos_path *p)
{
	struct drive *drive = dos_path_drive(dos, p);
	char label[PATH_FCB + 1] = "";

	guest_copy_in(dos->guest, label, f->at.seg, f->at.off + FCB_NAME, PATH_FCB);
	return fcb_answer(dos, drive ? drive->ops->set_label(drive->disk, label) : DOS_NO_PATH);
}

static enum svc open_or_create(struct dos *dos, unsigned mode)
{
	struct fcb_place f = fcb_of_caller(dos);
	struct opening o = { .mode = mode, .attr = f.attr };
	enum dos_error e;

	if (dos_given_up(dos))
		return fcb_answer(dos, DOS_FAIL_24);
	e = fcb_path(dos, &f, FCB_NAME, &o.path);
	if (!e && mode && f.attr & ATTR_LABEL)
		return make_label(dos, &f, &o.path);
	if (!e && mode && f.attr & ATTR_DIR)
		e = DOS_DENIED;
	if (!e)
		e = open_path(dos, &f, &o);
	if (!e)
		fill(dos, &f, &o);
	return fcb_refuse(dos, e, o.path.drive, mode);
}

enum svc int21_fcb_open(void *room, struct guest *g)
{
	(void)g;
	return open_or_create(room, 0);
}

enum svc int21_fcb_create(void *room, struct guest *g)
{
	(void)g;
	return open_or_create(room, DRIVE_CREATE | DRIVE_TRUNCATE);
}

/* The date that a file gets is the one in the FCB, where a program may
 * have put its own.  An FCB that is not open closes well.  */
enum svc int21_fcb_close(void *room, struct guest *g)
{
	struct dos *dos = room;
	struct fcb_place f = fcb_of_caller(dos);
	struct far sft = linked_entry(dos, &f);
	struct drive_info info;
	struct drive *drive;
	drive_file file;
	uint16_t time, date;

	(void)g;
	if (far_null(sft))
		return fcb_answer(dos, DOS_OK);
	drive = dos_sft_drive(dos, sft, &file);
	time = dos_r16(dos, f.at.seg, f.at.off + FCB_TIME);
	date = dos_r16(dos, f.at.seg, f.at.off + FCB_DATE);
	if (drive && !(dos_r16(dos, sft.seg, sft.off + SFT_INFO) & INFO_NOT_EOF) &&
	    !drive->ops->file_info(drive->disk, file, &info) &&
	    (info.time != time || info.date != date))
		drive->ops->set_time(drive->disk, file, time, date);
	release(dos, sft);
	return fcb_answer(dos, DOS_OK);
}

/* --- searches --------------------------------------------------------------------- */

/* The state is kept in the FCB, in the same order as 4Eh keeps it at the
 * DTA; the drive comes last, because its own place is the program's.  */
enum { FCB_SEARCH_DRIVE = 0x15 };

static void write_state(struct dos *dos, const struct fcb_place *f, const struct search *s)
{
	struct far at = f->at;

	guest_copy_out(dos->guest, at.seg, at.off + FIND_TEMPLATE, s->pattern, PATH_FCB);
	dos_w8(dos, at.seg, at.off + FIND_ATTR, s->attr);
	dos_w16(dos, at.seg, at.off + FIND_ENTRY, s->entry);
	dos_w16(dos, at.seg, at.off + FIND_LISTING, s->listing);
	dos_w8(dos, at.seg, at.off + FCB_SEARCH_DRIVE, s->drive + 1);
}

static void read_state(struct dos *dos, const struct fcb_place *f, struct search *s)
{
	struct far at = f->at;

	guest_copy_in(dos->guest, s->pattern, at.seg, at.off + FIND_TEMPLATE, PATH_FCB);
	s->attr = dos_r8(dos, at.seg, at.off + FIND_ATTR);
	s->entry = dos_r16(dos, at.seg, at.off + FIND_ENTRY);
	s->listing = dos_r16(dos, at.seg, at.off + FIND_LISTING);
	s->drive = dos_r8(dos, at.seg, at.off + FCB_SEARCH_DRIVE) - 1;
}

/* A directory entry (32 bytes) behind an FCB's drive byte, and before it
 * the prefix if the search had one.  */
static void write_found(struct dos *dos, const struct fcb_place *f, const struct drive_info *found)
{
	struct far to = sda_rfar(dos, SDA_DTA);
	uint8_t prefix[FCB_EXTENDED_PREFIX] = { 0xff, 0, 0, 0, 0, 0, f->attr }, entry[32] = { 0 };
	uint8_t drive = dos_r8(dos, f->at.seg, f->at.off + FCB_DRIVE);
	uint32_t size = found->attr & ATTR_DIR ? 0 : found->size;

	if (f->extended) {
		guest_copy_out(dos->guest, to.seg, to.off, prefix, sizeof prefix);
		to.off += sizeof prefix;
	}
	dos_found_fcb(dos, found, entry);
	entry[11] = found->attr;
	entry[22] = found->time;
	entry[23] = found->time >> 8;
	entry[24] = found->date;
	entry[25] = found->date >> 8;
	for (unsigned i = 0; i < 4; i++)
		entry[28 + i] = size >> 8 * i;
	dos_w8(dos, to.seg, to.off, drive ? drive : sda_r8(dos, SDA_DRIVE) + 1);
	guest_copy_out(dos->guest, to.seg, to.off + 1, entry, sizeof entry);
}

static enum svc found_or_not(struct dos *dos, const struct fcb_place *f, const struct search *s,
			     const struct drive_info *found, enum dos_error e)
{
	if (!e) {
		write_state(dos, f, s);
		write_found(dos, f, found);
	}
	return fcb_answer(dos, e);
}

enum svc int21_fcb_find_first(void *room, struct guest *g)
{
	struct dos *dos = room;
	struct fcb_place f = fcb_of_caller(dos);
	struct drive_info found;
	struct search s;
	struct dos_path p;
	enum dos_error e = fcb_path(dos, &f, FCB_NAME, &p);

	(void)g;
	if (!e)
		e = dos_search_first(dos, &p, f.attr, &s, &found);
	return found_or_not(dos, &f, &s, &found, e);
}

enum svc int21_fcb_find_next(void *room, struct guest *g)
{
	struct dos *dos = room;
	struct fcb_place f = fcb_of_caller(dos);
	struct drive_info found;
	struct search s;
	enum dos_error e;

	(void)g;
	read_state(dos, &f, &s);
	e = dos_search_next(dos, &s, &found);
	return found_or_not(dos, &f, &s, &found, e);
}

/* --- delete, rename, size -------------------------------------------------------------- */

enum svc int21_fcb_delete(void *room, struct guest *g)
{
	struct dos *dos = room;
	struct fcb_place f = fcb_of_caller(dos);
	bool given_up = dos_given_up(dos);
	struct dos_path p;
	enum dos_error e;

	(void)g;
	if (given_up && !dos_sweeping(dos))
		return fcb_answer(dos, DOS_FAIL_24);
	e = fcb_path(dos, &f, FCB_NAME, &p);
	if (e)
		return fcb_answer(dos, e);
	e = p.kind == PATH_DEVICE ? DOS_DENIED : dos_remove_matching(dos, &p, f.attr, given_up);
	return fcb_refuse(dos, e, p.drive, true);
}

static enum dos_error rename_one(struct dos *dos, const struct dos_path *from, const struct dos_path *to,
				 const uint8_t pattern[PATH_FCB], const struct drive_info *found)
{
	struct dos_path a = *from, b = *to;
	char dir[DRIVE_PATH_MAX], name[PATH_83_MAX];
	uint8_t old[PATH_FCB], new[PATH_FCB];
	struct drive *drive = dos_path_drive(dos, from);

	dos_found_fcb(dos, found, old);
	name_fill(pattern, old, new);
	path_from_fcb(new, name);
	if (found->attr & ATTR_LABEL) {
		char label[PATH_FCB + 1] = "";

		memcpy(label, new, PATH_FCB);
		return drive->ops->set_label(drive->disk, label);
	}
	if (!far_null(dos_find_device(dos, new)))
		return DOS_DENIED;
	dos_path_parent(from, dir);
	if (!path_join(a.path, dir, found->name) || !path_join(b.path, dir, name))
		return DOS_DENIED;
	return dos_rename(dos, &a, &b, 0);
}

enum svc int21_fcb_rename(void *room, struct guest *g)
{
	struct dos *dos = room;
	struct fcb_place f = fcb_of_caller(dos);
	uint8_t pattern[PATH_FCB];
	bool wild = false;
	struct drive_info found;
	struct dos_path from, to;
	struct search s;
	enum dos_error e;

	(void)g;
	if (dos_given_up(dos))
		return fcb_answer(dos, DOS_FAIL_24);
	e = fcb_path(dos, &f, FCB_NAME, &from);
	if (!e)
		e = fcb_path(dos, &f, FCB_NAME + 0x10, &to);
	if (!e && (from.kind == PATH_DEVICE || to.kind == PATH_DEVICE))
		e = DOS_DENIED;
	if (e)
		return fcb_answer(dos, e);
	name_scan(dos, dos_path_leaf(&to), pattern, &wild);
	e = dos_sweep_first(dos, &from, f.attr, false, &s, &found);
	if (e && !dos_sweeping(dos))
		return fcb_answer(dos, e == DOS_NO_MORE ? DOS_NO_FILE : e);
	while (!e) {
		e = rename_one(dos, &from, &to, pattern, &found);
		if (e == DOS_SHARING)
			dos_sweep_stop(dos, &s);
		if (e)
			return fcb_refuse(dos, e, from.drive, true);
		e = dos_search_next(dos, &s, &found);
	}
	return fcb_answer(dos, DOS_OK);
}

/* 23h: the size in records, rounded up, into the random record field, whose
 * fourth byte is only written if it is not 0.  */
enum svc int21_fcb_size(void *room, struct guest *g)
{
	struct dos *dos = room;
	struct fcb_place f = fcb_of_caller(dos);
	uint16_t size = dos_r16(dos, f.at.seg, f.at.off + FCB_RECORD_SIZE);
	struct drive_info found;
	struct search s;
	struct dos_path p;
	enum dos_error e = fcb_path(dos, &f, FCB_NAME, &p);
	uint32_t records;

	(void)g;
	if (!e && p.kind == PATH_DEVICE)
		e = DOS_NO_FILE;
	if (!e)
		e = dos_search_first(dos, &p, f.attr | ATTR_HIDDEN | ATTR_SYSTEM, &s, &found);
	if (e)
		return fcb_answer(dos, e);
	if (!size)
		size = 128;
	records = found.size / size + (found.size % size != 0);
	dos_w16(dos, f.at.seg, f.at.off + FCB_RANDOM, records);
	dos_w8(dos, f.at.seg, f.at.off + FCB_RANDOM + 2, records >> 16);
	if (records >> 24)
		dos_w8(dos, f.at.seg, f.at.off + FCB_RANDOM + 3, records >> 24);
	return fcb_answer(dos, DOS_OK);
}
