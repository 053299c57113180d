/* lfnfind.c - searches for long names, and what else Windows 95 tells of
 * files (INT 21h/714Eh, 714Fh, 71A1h, 71A6h, 71A7h).  */

#include "dos/lfncalls.h"

#include <string.h>

#include "state/state.h"

/* FILETIME: 100 ns since 1601-01-01.  Days from there to 1980-01-01, and
 * what a day has of them.  There are no time zones in DOS: UTC is local
 * time.  */
enum { DAYS_TO_1980 = 138426 };
#define UNITS_PER_SECOND 10000000ull
#define UNITS_PER_DAY (86400 * UNITS_PER_SECOND)

static bool leap(unsigned year)
{
	return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static unsigned month_days(unsigned year, unsigned month)
{
	static const uint8_t days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

	return days[month] + (month == 1 && leap(year));
}

uint64_t lfn_filetime(uint16_t time, uint16_t date, uint8_t hundredths)
{
	unsigned year = 1980 + (date >> 9), month = (date >> 5 & 15) - 1u;
	uint64_t days = DAYS_TO_1980, seconds;

	for (unsigned y = 1980; y < year; y++)
		days += 365 + leap(y);
	for (unsigned m = 0; m < month && m < 12; m++)
		days += month_days(year, m);
	if (date & 31)
		days += (date & 31) - 1;
	seconds = (time >> 11) * 3600u + (time >> 5 & 63) * 60u + (time & 31) * 2u;
	return days * UNITS_PER_DAY + seconds * UNITS_PER_SECOND + hundredths * (UNITS_PER_SECOND / 100);
}

/* False: before 1980 or after 2107, which DOS cannot say.  */
bool lfn_dos_time(uint64_t filetime, uint16_t *time, uint16_t *date, uint8_t *hundredths)
{
	uint64_t days = filetime / UNITS_PER_DAY, left = filetime % UNITS_PER_DAY;
	unsigned year = 1980, month = 0, seconds = left / UNITS_PER_SECOND;

	if (days < DAYS_TO_1980)
		return false;
	for (days -= DAYS_TO_1980; days >= 365u + leap(year); year++) {
		days -= 365 + leap(year);
		if (year == 2107)
			return false;
	}
	while (days >= month_days(year, month))
		days -= month_days(year, month++);
	*date = (year - 1980) << 9 | (month + 1) << 5 | (days + 1);
	*time = seconds / 3600 << 11 | seconds / 60 % 60 << 5 | seconds % 60 / 2;
	*hundredths = seconds % 2 * 100 + left % UNITS_PER_SECOND / (UNITS_PER_SECOND / 100);
	return true;
}

static void put64(struct dos *dos, struct far at, uint64_t v)
{
	dos_w32(dos, at.seg, at.off, v);
	dos_w32(dos, at.seg, at.off + 4, v >> 32);
}

/* A date in a record: a FILETIME, or with dos_form date and time as words
 * in its low half.  */
static void put_date(struct dos *dos, struct far at, uint16_t time, uint16_t date, bool dos_form)
{
	put64(dos, at, dos_form ? (uint32_t)date << 16 | time : lfn_filetime(time, date, 0));
}

/* RBIL, table 01769.  The short name is only told where it is another.  */
static void put_found(struct dos *dos, const struct drive_info *f)
{
	struct far at = caller_es(dos, CPU_DI);
	bool dos_form = caller16(dos, CPU_SI) == 1;
	const char *alias = strcmp(f->name, f->long_name) ? f->name : "";

	dos_w32(dos, at.seg, at.off, f->attr);
	put_date(dos, (struct far){ at.off + 0x04, at.seg }, f->ctime, f->cdate, dos_form);
	put_date(dos, (struct far){ at.off + 0x0c, at.seg }, 0, f->adate, dos_form);
	put_date(dos, (struct far){ at.off + 0x14, at.seg }, f->time, f->date, dos_form);
	dos_w32(dos, at.seg, at.off + 0x1c, 0);
	dos_w32(dos, at.seg, at.off + 0x20, f->attr & ATTR_DIR ? 0 : f->size);
	put64(dos, (struct far){ at.off + 0x24, at.seg }, 0);
	guest_copy_out(dos->guest, at.seg, at.off + 0x2c, f->long_name, strlen(f->long_name) + 1);
	guest_copy_out(dos->guest, at.seg, at.off + 0x130, alias, strlen(alias) + 1);
}

/* --- searches -------------------------------------------------------------- */

static bool fits(struct dos *dos, const struct lfn_search *s, const char *name, const char *long_name)
{
	unsigned cp = dos->config.code_page;

	return path_match_long(cp, s->pattern, long_name) || path_match_long(cp, s->pattern, name);
}

static bool shows(const struct lfn_search *s, const struct drive_info *f)
{
	return dos_search_shows(s->attr, f->attr) && (f->attr & s->must) == s->must;
}

enum dos_error lfn_search_next(struct dos *dos, struct lfn_search *s, struct drive_info *found)
{
	struct drive *drive = s->drive < DRIVE_LETTERS && dos->drive[s->drive].ops ?
		&dos->drive[s->drive] : NULL;

	while (drive && s->entry != SEARCH_OVER) {
		unsigned nth = s->entry;
		char name[PATH_83_MAX], long_name[DRIVE_NAME_MAX];
		enum dos_error e = drive->ops->entry_name(drive->disk, s->listing, nth, name, long_name);

		if (e && e != DOS_NO_FILE)
			break;
		s->entry++;
		if (!e && fits(dos, s, name, long_name) &&
		    !drive->ops->entry(drive->disk, s->listing, nth, found) && shows(s, found))
			return DOS_OK;
	}
	s->entry = SEARCH_OVER;
	return DOS_NO_MORE;
}

static bool find_label(struct dos *dos, struct drive *drive, struct drive_info *found)
{
	char label[12];

	if (drive->ops->label(drive->disk, label) || !label[0])
		return false;
	*found = (struct drive_info){ .attr = ATTR_LABEL };
	memcpy(found->long_name, label, sizeof label);
	path_to_83(dos->config.code_page, label, found->name);
	return true;
}

enum dos_error lfn_search_first(struct dos *dos, const struct dos_path *p, struct lfn_search *s,
				struct drive_info *found)
{
	struct drive *drive = dos_path_drive(dos, p);
	char dir[DRIVE_PATH_MAX];
	enum dos_error e;

	s->drive = p->drive;
	s->entry = SEARCH_OVER;
	strcpy(s->pattern, dos_path_leaf(p));
	if (!drive || p->kind != PATH_FILE)
		return drive ? DOS_NO_FILE : DOS_NO_PATH;
	if (!s->pattern[0] || p->slash)
		return DOS_NO_FILE;
	dos_path_parent(p, dir);
	if (!dos_search_shows(s->attr, 0))
		return !dir[1] && find_label(dos, drive, found) ? DOS_OK : DOS_NO_MORE;
	if (!p->wild) {
		e = drive->ops->info(drive->disk, p->path, found);
		return e ? e : shows(s, found) ? DOS_OK : DOS_NO_FILE;
	}
	e = drive->ops->list(drive->disk, dir, &s->listing);
	if (e)
		return e == DOS_NO_FILE ? DOS_NO_PATH : e;
	s->entry = 0;
	return lfn_search_next(dos, s, found);
}

static struct lfn_search *of_handle(struct dos *dos, uint16_t handle)
{
	unsigned n = handle - LFN_HANDLE;

	if (handle < LFN_HANDLE || n >= LFN_SEARCHES || !dos->lfn.search[n].owner)
		return NULL;
	return &dos->lfn.search[n];
}

/* A program that never closes its searches loses the first of them.  */
static unsigned free_search(struct lfn *lfn)
{
	for (unsigned n = 0; n < LFN_SEARCHES; n++)
		if (!lfn->search[n].owner)
			return n;
	for (unsigned n = 0; n + 1 < LFN_SEARCHES; n++)
		if (lfn->search[n].entry == SEARCH_OVER)
			return n;
	return LFN_SEARCHES;
}

enum svc lfn_find_first(struct dos *dos)
{
	struct guest *g = dos->guest;
	struct lfn_search s = {
		.owner = dos_psp(dos), .attr = caller8(dos, CALLER_CL), .must = caller8(dos, CALLER_CH),
	};
	unsigned n = free_search(&dos->lfn);
	struct drive_info found;
	struct dos_path p;
	enum dos_error e = dos_path(dos, caller_ds(dos, CPU_DX), true, &p);

	if (!e && n == LFN_SEARCHES)
		e = DOS_TOO_MANY;
	if (!e)
		e = lfn_search_first(dos, &p, &s, &found);
	if (e == DOS_NO_MORE)
		e = DOS_NO_FILE;
	if (e)
		return dos_refuse(dos, e, p.drive, false);
	dos->lfn.search[n] = s;
	put_found(dos, &found);
	cpu_set16(g->cpu, CPU_CX, 0);	/* every character could be converted */
	return guest_ok(g, LFN_HANDLE + n);
}

enum svc lfn_find_next(struct dos *dos)
{
	struct lfn_search *s = of_handle(dos, caller16(dos, CPU_BX));
	struct drive_info found;

	if (!s)
		return dos_fail(dos, DOS_BAD_HANDLE);
	if (lfn_search_next(dos, s, &found))
		return dos_fail(dos, DOS_NO_MORE);
	put_found(dos, &found);
	cpu_set16(dos->guest->cpu, CPU_CX, 0);
	return guest_done(dos->guest);
}

enum svc lfn_find_close(struct dos *dos)
{
	struct lfn_search *s = of_handle(dos, caller16(dos, CPU_BX));

	if (!s)
		return dos_fail(dos, DOS_BAD_HANDLE);
	s->owner = 0;
	return guest_done(dos->guest);
}

void lfn_close_all(struct dos *dos, uint16_t psp)
{
	for (unsigned n = 0; n < LFN_SEARCHES; n++)
		if (dos->lfn.search[n].owner == psp)
			dos->lfn.search[n].owner = 0;
}

void lfn_reset(struct lfn *lfn)
{
	*lfn = (struct lfn){ 0 };
}

void lfn_state(struct lfn *lfn, struct state *st)
{
	for (unsigned n = 0; n < LFN_SEARCHES; n++) {
		struct lfn_search *s = &lfn->search[n];

		state_u16(st, &s->owner);
		state_u8(st, &s->drive);
		state_u8(st, &s->attr);
		state_u8(st, &s->must);
		state_u16(st, &s->listing);
		state_u16(st, &s->entry);
		state_bytes(st, s->pattern, sizeof s->pattern);
		s->pattern[sizeof s->pattern - 1] = '\0';
	}
}

/* --- about one file, and dates ------------------------------------------------- */

static void put_high_first(struct dos *dos, uint16_t seg, uint16_t off, uint64_t v)
{
	dos_w32(dos, seg, off, v >> 32);
	dos_w32(dos, seg, off + 4, v);
}

/* 71A6h: RBIL, table 01784.  */
enum svc lfn_handle_info(struct dos *dos)
{
	struct far sft = dos_handle_sft(dos, caller16(dos, CPU_BX)), at = caller_ds(dos, CPU_DX);
	struct drive_info f;
	struct drive *drive;
	drive_file file;
	enum dos_error e;

	if (far_null(sft))
		return dos_fail(dos, DOS_BAD_HANDLE);
	drive = dos_sft_drive(dos, sft, &file);
	if (!drive)
		return dos_fail(dos, DOS_BAD_FUNCTION);
	e = drive->ops->file_info(drive->disk, file, &f);
	if (e)
		return dos_fail(dos, e);
	dos_w32(dos, at.seg, at.off, f.attr);
	put_date(dos, (struct far){ at.off + 0x04, at.seg }, f.ctime, f.cdate, false);
	put_date(dos, (struct far){ at.off + 0x0c, at.seg }, 0, f.adate, false);
	put_date(dos, (struct far){ at.off + 0x14, at.seg }, f.time, f.date, false);
	dos_w32(dos, at.seg, at.off + 0x1c, drive->ops->serial(drive->disk));
	put_high_first(dos, at.seg, at.off + 0x20, f.whole_size ? f.whole_size : f.size);
	dos_w32(dos, at.seg, at.off + 0x28, f.links ? f.links : 1);
	put_high_first(dos, at.seg, at.off + 0x2c, f.id ? f.id : file);
	return guest_done(dos->guest);
}

/* 71A7h.  */
enum svc lfn_convert_time(struct dos *dos)
{
	struct guest *g = dos->guest;
	struct far from = caller_ds(dos, CPU_SI), to = caller_es(dos, CPU_DI);
	uint16_t time, date;
	uint8_t hundredths;
	uint64_t v;

	if (caller8(dos, CALLER_BL) == 1) {
		put64(dos, to, lfn_filetime(caller16(dos, CPU_CX), caller16(dos, CPU_DX),
					    caller8(dos, CALLER_BH)));
		return guest_done(g);
	}
	if (caller8(dos, CALLER_BL))
		return dos_fail(dos, DOS_BAD_FUNCTION);
	v = dos_r32(dos, from.seg, from.off) | (uint64_t)dos_r32(dos, from.seg, from.off + 4) << 32;
	if (!lfn_dos_time(v, &time, &date, &hundredths))
		return dos_fail(dos, DOS_BAD_PARAMETER);
	cpu_set16(g->cpu, CPU_CX, time);
	cpu_set16(g->cpu, CPU_DX, date);
	cpu_set8(g->cpu, 7, hundredths);
	return guest_done(g);
}
