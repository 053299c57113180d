/* int1a.c - INT 1Ah: the tick count, and the clock with the battery.  */

#include "bios/parts.h"

enum {				/* MC146818 */
	RTC_SECONDS = 0, RTC_SECONDS_ALARM = 1, RTC_MINUTES = 2,
	RTC_MINUTES_ALARM = 3, RTC_HOURS = 4, RTC_HOURS_ALARM = 5, RTC_DAY = 7,
	RTC_MONTH = 8, RTC_YEAR = 9, RTC_A = 0x0a, RTC_B = 0x0b, RTC_CENTURY = 0x32,
	A_UPDATING = 0x80, B_SET = 0x80, B_ALARM = 0x20, B_DST = 0x01,
};

static enum svc get_ticks(void *room, struct guest *g)
{
	struct bios *b = room;

	if (guest_poll(g, false))
		return guest_again(g, 0, GUEST_WAIT_TIME);
	set_al(g, bda8(b, BDA_MIDNIGHT));
	set_bda8(b, BDA_MIDNIGHT, 0);
	cpu_set16(g->cpu, CPU_DX, bda16(b, BDA_TICKS));
	cpu_set16(g->cpu, CPU_CX, bda16(b, BDA_TICKS + 2));
	return SVC_DONE;
}

static enum svc set_ticks(void *room, struct guest *g)
{
	struct bios *b = room;

	set_bda16(b, BDA_TICKS, cpu_get16(g->cpu, CPU_DX));
	set_bda16(b, BDA_TICKS + 2, cpu_get16(g->cpu, CPU_CX));
	set_bda8(b, BDA_MIDNIGHT, 0);
	return SVC_DONE;
}

/* The clock changes its registers within 2.2 ms: come back then.  */
static bool updating(struct bios *b)
{
	return bios_cmos(b, RTC_A) & A_UPDATING;
}

static enum svc wait_for_update(struct bios *b)
{
	return bios_sleep(b, 0, b->sched->now + 250000);
}

static enum svc get_time(void *room, struct guest *g)
{
	struct bios *b = room;

	if (updating(b))
		return wait_for_update(b);
	set_ch(g, bios_cmos(b, RTC_HOURS));
	set_cl(g, bios_cmos(b, RTC_MINUTES));
	set_dh(g, bios_cmos(b, RTC_SECONDS));
	set_dl(g, bios_cmos(b, RTC_B) & B_DST);
	return guest_done(g);
}

static void stop_clock(struct bios *b, bool stop)
{
	uint8_t val = bios_cmos(b, RTC_B);

	bios_set_cmos(b, RTC_B, stop ? val | B_SET : val & ~B_SET);
}

static enum svc set_time(void *room, struct guest *g)
{
	struct bios *b = room;

	stop_clock(b, true);
	bios_set_cmos(b, RTC_HOURS, reg_ch(g));
	bios_set_cmos(b, RTC_MINUTES, reg_cl(g));
	bios_set_cmos(b, RTC_SECONDS, reg_dh(g));
	bios_set_cmos(b, RTC_B, (bios_cmos(b, RTC_B) & ~B_DST) | (reg_dl(g) & B_DST));
	stop_clock(b, false);
	return guest_done(g);
}

static enum svc get_date(void *room, struct guest *g)
{
	struct bios *b = room;

	if (updating(b))
		return wait_for_update(b);
	set_ch(g, bios_cmos(b, RTC_CENTURY));
	set_cl(g, bios_cmos(b, RTC_YEAR));
	set_dh(g, bios_cmos(b, RTC_MONTH));
	set_dl(g, bios_cmos(b, RTC_DAY));
	return guest_done(g);
}

static enum svc set_date(void *room, struct guest *g)
{
	struct bios *b = room;

	stop_clock(b, true);
	bios_set_cmos(b, RTC_CENTURY, reg_ch(g));
	bios_set_cmos(b, RTC_YEAR, reg_cl(g));
	bios_set_cmos(b, RTC_MONTH, reg_dh(g));
	bios_set_cmos(b, RTC_DAY, reg_dl(g));
	stop_clock(b, false);
	return guest_done(g);
}

/* INT 4Ah will be called.  An alarm that is set must be reset first.  */
static enum svc set_alarm(void *room, struct guest *g)
{
	struct bios *b = room;
	uint8_t val = bios_cmos(b, RTC_B);

	if (val & B_ALARM) {
		guest_set_flag(g, CPU_CF, true);
		return SVC_DONE;
	}
	bios_set_cmos(b, RTC_HOURS_ALARM, reg_ch(g));
	bios_set_cmos(b, RTC_MINUTES_ALARM, reg_cl(g));
	bios_set_cmos(b, RTC_SECONDS_ALARM, reg_dh(g));
	bios_set_cmos(b, RTC_B, val | B_ALARM);
	port_out(b, 0xa1, port_in(b, 0xa1) & ~0x01);
	return guest_done(g);
}

static enum svc reset_alarm(void *room, struct guest *g)
{
	struct bios *b = room;

	bios_set_cmos(b, RTC_B, bios_cmos(b, RTC_B) & ~B_ALARM);
	return guest_done(g);
}

const struct svc_entry bios_int1a_table[BIOS_INT1A_FUNCTIONS] = {
	[0x00] = { "get tick count", get_ticks },
	[0x01] = { "set tick count", set_ticks },
	[0x02] = { "get clock time", get_time },
	[0x03] = { "set clock time", set_time },
	[0x04] = { "get clock date", get_date },
	[0x05] = { "set clock date", set_date },
	[0x06] = { "set alarm", set_alarm },
	[0x07] = { "reset alarm", reset_alarm },
};

static enum svc unsupported(void *room, struct guest *g)
{
	(void)room;
	guest_set_flag(g, CPU_CF, true);
	return SVC_DONE;
}

enum svc bios_int1a(void *room, struct guest *g)
{
	return bios_dispatch(room, g, bios_int1a_table, BIOS_INT1A_FUNCTIONS, unsupported);
}
