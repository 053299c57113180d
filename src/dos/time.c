/* time.c - the date and time of DOS (2Ah-2Dh), and CLOCK$.
 *
 * The time comes from the clock device, as in DOS: if it is ours, straight
 * from the machine's real-time clock; if a driver has replaced it, by a
 * request of six bytes (days since 1980, minutes, hours, hundredths,
 * seconds: MS-DOS Programmer's Reference, CLOCK$ device).  */

#include "dos/time.h"

#include "dos/builtin.h"
#include "dos/int21.h"
#include "dos/layout.h"
#include "dos/services.h"

#define SECONDS_A_DAY	86400
#define DAYS_1970_1980	3652
#define FIRST_YEAR	1980
#define LAST_YEAR	2099

enum clock_bytes { CLOCK_DAYS = 0, CLOCK_MINUTES = 2, CLOCK_HOURS = 3,
		   CLOCK_HUNDREDTHS = 4, CLOCK_SECONDS = 5, CLOCK_SIZE = 6 };

static bool leap(unsigned year)
{
	return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static unsigned month_days(unsigned year, unsigned month)
{
	static const uint8_t days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

	return days[month - 1] + (month == 2 && leap(year));
}

void time_from_days(struct dos_time *t, uint16_t days)
{
	t->weekday = (days + 2) % 7;	/* 1980-01-01 was a Tuesday */
	t->year = FIRST_YEAR;
	while (days >= 365u + leap(t->year))
		days -= 365 + leap(t->year++);
	t->month = 1;
	while (days >= month_days(t->year, t->month))
		days -= month_days(t->year, t->month++);
	t->day = days + 1;
}

uint16_t time_days(unsigned year, unsigned month, unsigned day)
{
	uint16_t days = day - 1;

	for (unsigned y = FIRST_YEAR; y < year; y++)
		days += 365 + leap(y);
	for (unsigned m = 1; m < month; m++)
		days += month_days(year, m);
	return days;
}

struct dos_time dos_now(const struct dos *dos)
{
	uint32_t nanoseconds = 0;
	int64_t seconds = dos->clock ? dos->clock(dos->ctx, &nanoseconds) : 0;
	int64_t days = seconds / SECONDS_A_DAY - DAYS_1970_1980;
	uint32_t today = seconds % SECONDS_A_DAY;
	struct dos_time t = { .days = days < 0 ? 0 : days > 0xffff ? 0xffff : days };

	time_from_days(&t, t.days);
	t.hour = today / 3600;
	t.minute = today / 60 % 60;
	t.second = today % 60;
	t.hundredth = nanoseconds / 10000000;
	return t;
}

uint16_t time_packed_time(const struct dos_time *t)
{
	return t->hour << 11 | t->minute << 5 | t->second / 2;
}

uint16_t time_packed_date(const struct dos_time *t)
{
	return (t->year - FIRST_YEAR) << 9 | t->month << 5 | t->day;
}

static void set_now(struct dos *dos, const struct dos_time *t)
{
	int64_t seconds = (int64_t)(t->days + DAYS_1970_1980) * SECONDS_A_DAY +
			  t->hour * 3600 + t->minute * 60 + t->second;

	if (dos->set_clock)
		dos->set_clock(dos->ctx, seconds, t->hundredth * 10000000u);
}

/* --- The six bytes of CLOCK$ -------------------------------------------------- */

static struct dos_time get_bytes(const struct dos *dos, struct far at)
{
	struct dos_time t = { .days = dos_r16(dos, at.seg, at.off + CLOCK_DAYS) };

	time_from_days(&t, t.days);
	t.minute = dos_r8(dos, at.seg, at.off + CLOCK_MINUTES);
	t.hour = dos_r8(dos, at.seg, at.off + CLOCK_HOURS);
	t.hundredth = dos_r8(dos, at.seg, at.off + CLOCK_HUNDREDTHS);
	t.second = dos_r8(dos, at.seg, at.off + CLOCK_SECONDS);
	return t;
}

static void put_bytes(struct dos *dos, struct far at, const struct dos_time *t)
{
	dos_w16(dos, at.seg, at.off + CLOCK_DAYS, t->days);
	dos_w8(dos, at.seg, at.off + CLOCK_MINUTES, t->minute);
	dos_w8(dos, at.seg, at.off + CLOCK_HOURS, t->hour);
	dos_w8(dos, at.seg, at.off + CLOCK_HUNDREDTHS, t->hundredth);
	dos_w8(dos, at.seg, at.off + CLOCK_SECONDS, t->second);
}

enum svc clock_serve(void *room, struct guest *g)
{
	struct dos *dos = room;
	struct far r = device_request(dos), buffer = guest_rfar(g, r.seg, r.off + REQ_BUFFER);
	struct dos_time t;

	switch (dos_r8(dos, r.seg, r.off + REQ_COMMAND)) {
	case CMD_READ:
		t = dos_now(dos);
		put_bytes(dos, buffer, &t);
		break;
	case CMD_WRITE:
	case CMD_WRITE_VERIFY:
		t = get_bytes(dos, buffer);
		set_now(dos, &t);
		break;
	case CMD_INIT: case CMD_IN_STATUS: case CMD_IN_FLUSH: case CMD_OUT_STATUS:
	case CMD_OUT_FLUSH: case CMD_OPEN: case CMD_CLOSE:
		return device_finish(dos, 0);
	case CMD_PEEK:
		return device_finish(dos, STATUS_BUSY);
	default:
		return device_finish(dos, STATUS_ERROR | (DOS_BAD_COMMAND - DOS_WRITE_PROTECTED));
	}
	dos_w16(dos, r.seg, r.off + REQ_COUNT, CLOCK_SIZE);
	return device_finish(dos, 0);
}

/* --- 2Ah-2Dh -------------------------------------------------------------------- */

#define CLOCK_AT	(AT_SDA + SDA_CLOCK)

static bool ours(const struct dos *dos)
{
	return far_is(lol_rfar(dos, LOL_CLOCK), dev_builtin(DEV_CLOCK));
}

/* Read the clock into SDA_CLOCK, then go on.  */
static enum svc read_clock(struct dos *dos, uint8_t next_step)
{
	const struct far at = { CLOCK_AT, DOS_SEG };
	struct dos_time t;

	if (!ours(dos))
		return dos_device_io(dos, lol_rfar(dos, LOL_CLOCK), false, DOS_SEG, CLOCK_AT,
				     CLOCK_SIZE, next_step);
	t = dos_now(dos);
	put_bytes(dos, at, &t);
	return guest_next(dos->guest, next_step);
}

static enum svc write_clock(struct dos *dos, const struct dos_time *t, uint8_t next_step)
{
	put_bytes(dos, (struct far){ CLOCK_AT, DOS_SEG }, t);
	if (!ours(dos))
		return dos_device_io(dos, lol_rfar(dos, LOL_CLOCK), true, DOS_SEG, CLOCK_AT,
				     CLOCK_SIZE, next_step);
	set_now(dos, t);
	return guest_next(dos->guest, next_step);
}

static struct dos_time read_time(const struct dos *dos)
{
	return get_bytes(dos, (struct far){ CLOCK_AT, DOS_SEG });
}

/* 2Ah, 2Ch: CX, DX, AL.  */
static enum svc answer(struct dos *dos, uint16_t cx, uint16_t dx, uint8_t al)
{
	struct guest *g = dos->guest;

	guest_restore(g);
	cpu_set16(g->cpu, CPU_CX, cx);
	cpu_set16(g->cpu, CPU_DX, dx);
	cpu_set8(g->cpu, 0, al);
	return SVC_DONE;
}

enum svc int21_get_date(void *room, struct guest *g)
{
	struct dos_time t;

	if (guest_step(g) == 0)
		return read_clock(room, 1);
	t = read_time(room);
	return answer(room, t.year, t.month << 8 | t.day, t.weekday);
}

enum svc int21_get_time(void *room, struct guest *g)
{
	struct dos_time t;

	if (guest_step(g) == 0)
		return read_clock(room, 1);
	t = read_time(room);
	return answer(room, t.hour << 8 | t.minute, t.second << 8 | t.hundredth, 0);
}

static enum svc answer_al(struct dos *dos, uint8_t al)
{
	guest_restore(dos->guest);
	cpu_set8(dos->guest->cpu, 0, al);
	return SVC_DONE;
}

/* The clock is read, changed and written.  The caller's registers may be
 * wrong: false.  */
static enum svc set_clock(struct dos *dos, bool (*change)(struct dos *, struct dos_time *))
{
	struct dos_time t = { 0 };
	unsigned step = guest_step(dos->guest);

	if (step == 1)
		t = read_time(dos);
	if (!change(dos, &t))
		return answer_al(dos, 0xff);
	switch (step) {
	case 0: return read_clock(dos, 1);
	case 1: return write_clock(dos, &t, 2);
	default: return answer_al(dos, 0);
	}
}

static bool change_date(struct dos *dos, struct dos_time *t)
{
	unsigned year = caller16(dos, CPU_CX);
	uint8_t month = caller16(dos, CPU_DX) >> 8, day = caller16(dos, CPU_DX);

	if (year < FIRST_YEAR || year > LAST_YEAR || month < 1 || month > 12 || day < 1 ||
	    day > month_days(year, month))
		return false;
	t->days = time_days(year, month, day);
	return true;
}

enum svc int21_set_date(void *room, struct guest *g)
{
	(void)g;
	return set_clock(room, change_date);
}

static bool change_time(struct dos *dos, struct dos_time *t)
{
	t->hour = caller16(dos, CPU_CX) >> 8;
	t->minute = caller16(dos, CPU_CX);
	t->second = caller16(dos, CPU_DX) >> 8;
	t->hundredth = caller16(dos, CPU_DX);
	return t->hour < 24 && t->minute < 60 && t->second < 60 && t->hundredth < 100;
}

enum svc int21_set_time(void *room, struct guest *g)
{
	(void)g;
	return set_clock(room, change_time);
}
