/* rtc.c - MC146818 clock and configuration memory.
 *
 * Nothing ticks.  Time registers are computed from the wall clock when they
 * are read; flags are found by comparing with the last look.  An event is
 * scheduled only for a flag whose interrupt is enabled.  */

#include "dev/rtc.h"

#include "dev/event.h"
#include "state/state.h"

#define PORT_INDEX	0x70
#define NMI_OFF		0x80
#define PERIODIC_HZ	32768
#define DAY		86400
#define LAST_SECOND	INT64_C(253402300799)	/* end of 9999 */

/* "UIP goes high 244 us before the update cycle, which takes 1984 us."  */
#define UPDATE_NANOS	2228000

enum {
	SECONDS, SECONDS_ALARM, MINUTES, MINUTES_ALARM, HOURS, HOURS_ALARM,
	WEEKDAY, DAY_OF_MONTH, MONTH, YEAR, REG_A, REG_B, REG_C, REG_D,
};

#define A_UIP		0x80
#define A_DIVIDER	0x70
#define A_RUNNING	0x20		/* divider for a 32.768 kHz crystal */
#define A_RATE		0x0f
#define B_SET		0x80
#define B_PIE		0x40
#define B_AIE		0x20
#define B_UIE		0x10
#define B_BINARY	0x04
#define B_24H		0x02
#define C_IRQF		0x80
#define C_PF		0x40
#define C_AF		0x20
#define C_UF		0x10
#define D_VRT		0x80		/* the battery is good */
#define HOUR_PM		0x80
#define ANY		0xc0		/* alarm: from here on any value matches */

struct wall {
	int64_t year;
	unsigned month, day, weekday, hour, minute, second;	/* from 1, 1, 1 */
};

/* The Gregorian calendar in days since 1970-01-01, years from March, so
 * that the leap day is the last.  */
static int64_t days_of(int64_t year, unsigned month, unsigned day)
{
	int64_t y = month <= 2 ? year - 1 : year, era = y / 400, of_era = y % 400;
	int64_t of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;

	return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

static struct wall wall_of(int64_t seconds)
{
	int64_t days = seconds / DAY, rest = seconds % DAY;
	int64_t z = days + 719468, era = z / 146097, doe = z % 146097;
	int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100), mp = (5 * doy + 2) / 153;
	unsigned month = mp < 10 ? mp + 3 : mp - 9;

	return (struct wall){
		.year = era * 400 + yoe + (month <= 2),
		.month = month,
		.day = doy - (153 * mp + 2) / 5 + 1,
		.weekday = (days + 4) % 7 + 1,		/* 1 is Sunday */
		.hour = rest / 3600,
		.minute = rest / 60 % 60,
		.second = rest % 60,
	};
}

int64_t rtc_now(const struct rtc *r, uint32_t *nanos)
{
	vtime date = r->held ? r->held_at : r->sched->now;
	uint64_t now = r->origin_nanos + date % VTIME_SECOND;

	if (nanos)
		*nanos = now % VTIME_SECOND;
	return r->origin + (int64_t)(date / VTIME_SECOND + now / VTIME_SECOND);
}

/* The guest date of the beginning of a wall second, 0 if it is past that.  */
static vtime date_of(const struct rtc *r, int64_t second)
{
	int64_t ahead = second - r->origin;

	if (ahead <= 0)
		return 0;
	return (uint64_t)ahead * VTIME_SECOND - r->origin_nanos;
}

static uint8_t encode(const struct rtc *r, unsigned v)
{
	return r->byte[REG_B] & B_BINARY ? v : (v / 10 % 10) << 4 | v % 10;
}

static unsigned decode(const struct rtc *r, uint8_t v)
{
	return r->byte[REG_B] & B_BINARY ? v : (v >> 4) * 10 + (v & 15);
}

static uint8_t encode_hour(const struct rtc *r, unsigned hour)
{
	if (r->byte[REG_B] & B_24H)
		return encode(r, hour);
	return encode(r, (hour + 11) % 12 + 1) | (hour >= 12 ? HOUR_PM : 0);
}

static unsigned decode_hour(const struct rtc *r, uint8_t v)
{
	if (r->byte[REG_B] & B_24H)
		return decode(r, v);
	return decode(r, v & ~HOUR_PM) % 12 + (v & HOUR_PM ? 12 : 0);
}

/* From the wall clock to the time registers.  */
static void fill_registers(struct rtc *r)
{
	struct wall w = wall_of(rtc_now(r, NULL));

	r->byte[SECONDS] = encode(r, w.second);
	r->byte[MINUTES] = encode(r, w.minute);
	r->byte[HOURS] = encode_hour(r, w.hour);
	r->byte[WEEKDAY] = encode(r, w.weekday);
	r->byte[DAY_OF_MONTH] = encode(r, w.day);
	r->byte[MONTH] = encode(r, w.month);
	r->byte[YEAR] = encode(r, w.year % 100);
	r->byte[RTC_CENTURY] = (w.year / 1000 % 10) << 4 | w.year / 100 % 10;
}

static unsigned within(unsigned v, unsigned low, unsigned high)
{
	return v < low ? low : v > high ? high : v;
}

static void move_origin(struct rtc *r, int64_t seconds, uint32_t nanos)
{
	int64_t total = seconds < 0 ? 0 : seconds > LAST_SECOND ? LAST_SECOND : seconds;
	uint64_t now_nanos = r->sched->now % VTIME_SECOND;

	total -= (int64_t)(r->sched->now / VTIME_SECOND);
	if (nanos < now_nanos) {
		total--;
		nanos += VTIME_SECOND;
	}
	r->origin = total;
	r->origin_nanos = nanos - now_nanos;
	r->held = false;
}

/* From the time registers to the wall clock.  What no calendar has is
 * brought to the nearest that it has.  */
static void take_registers(struct rtc *r, uint32_t nanos)
{
	unsigned century = (r->byte[RTC_CENTURY] >> 4) * 10 + (r->byte[RTC_CENTURY] & 15);
	int64_t year = century * 100 + within(decode(r, r->byte[YEAR]), 0, 99);
	unsigned month = within(decode(r, r->byte[MONTH]), 1, 12);
	unsigned day = within(decode(r, r->byte[DAY_OF_MONTH]), 1, 31);
	unsigned hour = within(decode_hour(r, r->byte[HOURS]), 0, 23);
	unsigned minute = within(decode(r, r->byte[MINUTES]), 0, 59);
	unsigned second = within(decode(r, r->byte[SECONDS]), 0, 59);

	move_origin(r, days_of(year, month, day) * DAY + hour * 3600 + minute * 60 + second,
		    nanos);
}

static bool alarm_matches(uint8_t alarm, unsigned want, unsigned have)
{
	return alarm >= ANY || want == have;
}

/* The first wall second after `from' at which the alarm goes off, or never.  */
static int64_t next_alarm(const struct rtc *r, int64_t from)
{
	const uint8_t *b = r->byte;
	unsigned hour = decode_hour(r, b[HOURS_ALARM]);
	unsigned minute = decode(r, b[MINUTES_ALARM]), second = decode(r, b[SECONDS_ALARM]);

	for (int64_t t = from + 1; t <= from + DAY;) {
		if (!alarm_matches(b[HOURS_ALARM], hour, t / 3600 % 24))
			t = (t / 3600 + 1) * 3600;
		else if (!alarm_matches(b[MINUTES_ALARM], minute, t / 60 % 60))
			t = (t / 60 + 1) * 60;
		else if (!alarm_matches(b[SECONDS_ALARM], second, t % 60))
			t++;
		else
			return t;
	}
	return INT64_MAX;
}

/* How many 32.768 kHz cycles make a periodic tick; 0: none.  Rates 1 and 2
 * are those of 8 and 9 with this crystal (data sheet, table 5).  */
static unsigned period(const struct rtc *r)
{
	unsigned rate = r->byte[REG_A] & A_RATE;

	if (rate == 0 || (r->byte[REG_A] & A_DIVIDER) != A_RUNNING)
		return 0;
	return 1u << ((rate <= 2 ? rate + 7 : rate) - 1);
}

static uint64_t periods_now(const struct rtc *r)
{
	return period(r) ? ticks_of_vtime(r->sched->now, PERIODIC_HZ) / period(r) : 0;
}

/* The flags of register C, brought up to now, and the interrupt line.  */
static void look(struct rtc *r)
{
	uint8_t *c = &r->byte[REG_C];
	uint64_t periods = periods_now(r);
	int64_t second = rtc_now(r, NULL);

	if (periods != r->periods_seen)
		*c |= C_PF;
	r->periods_seen = periods;
	if (!r->stopped && second != r->second_seen)
		*c |= C_UF;
	r->second_seen = second;
	if (!r->stopped && second >= r->alarm_at) {
		*c |= C_AF;
		r->alarm_at = next_alarm(r, second);
	}
	*c &= ~C_IRQF;
	if (*c & r->byte[REG_B] & (C_PF | C_AF | C_UF))
		*c |= C_IRQF;
	wire_set(&r->irq8, *c & C_IRQF);
}

static vtime periodic_date(const struct rtc *r)
{
	uint64_t cycles = (r->periods_seen + 1) * period(r);
	vtime t = vtime_of_ticks(cycles, PERIODIC_HZ);

	return ticks_of_vtime(t, PERIODIC_HZ) < cycles ? t + 1 : t;
}

/* The date of the next flag that would raise the line.  While it is up,
 * none.  */
static void arm(struct rtc *r)
{
	uint8_t enabled = r->byte[REG_B];
	bool runs = !r->stopped && !r->held;
	vtime when = VTIME_NEVER, t;

	if (enabled & B_PIE && period(r))
		when = periodic_date(r);
	if (enabled & B_UIE && runs &&
	    (t = date_of(r, r->second_seen + 1)) < when)
		when = t;
	if (enabled & B_AIE && runs && r->alarm_at != INT64_MAX &&
	    (t = date_of(r, r->alarm_at)) < when)
		when = t;
	if (when == VTIME_NEVER || r->byte[REG_C] & C_IRQF)
		sched_cancel(r->sched, &r->due);
	else
		sched_at(r->sched, &r->due, when);
}

static void rtc_fire(void *ctx, vtime late)
{
	(void)late;
	look(ctx);
	arm(ctx);
}

/* The clock or the alarm was set: nothing has passed, and the alarm's date
 * is another.  */
static void start_again(struct rtc *r)
{
	r->second_seen = rtc_now(r, NULL);
	r->periods_seen = periods_now(r);
	r->alarm_at = next_alarm(r, r->second_seen);
	look(r);
	arm(r);
}

void rtc_set_unix(struct rtc *r, int64_t seconds, uint32_t nanos)
{
	move_origin(r, seconds, nanos % VTIME_SECOND);
	if (!r->stopped)
		start_again(r);
}

void rtc_follow(struct rtc *r, int64_t seconds, uint32_t nanos)
{
	uint32_t own_nanos;
	int64_t own = rtc_now(r, &own_nanos), ahead;

	if (seconds < own - 1 || seconds > own + 1 || r->stopped) {
		rtc_set_unix(r, seconds, nanos);
		return;
	}
	ahead = (own - seconds) * (int64_t)VTIME_SECOND + own_nanos - nanos % VTIME_SECOND;
	if (ahead <= 0) {
		move_origin(r, seconds, nanos % VTIME_SECOND);
		look(r);
	} else if (!r->held) {
		r->held = true;
		r->held_at = r->sched->now;
	}
	arm(r);
}

/* SET, or the divider: the time registers stand still, or go on from what
 * they say; "the first update is half a second" after the divider starts.  */
static void stop_or_go(struct rtc *r, bool divider_was_held)
{
	bool stop = r->byte[REG_B] & B_SET || (r->byte[REG_A] & A_DIVIDER) != A_RUNNING;
	uint32_t nanos;

	rtc_now(r, &nanos);
	if (stop && !r->stopped)
		fill_registers(r);
	if (!stop && r->stopped)
		take_registers(r, divider_was_held ? VTIME_SECOND / 2 : nanos);
	r->stopped = stop;
	start_again(r);
}

static void write_time(struct rtc *r, uint8_t at, uint8_t val)
{
	uint32_t nanos;

	if (r->stopped) {
		r->byte[at] = val;
		return;
	}
	rtc_now(r, &nanos);
	fill_registers(r);
	r->byte[at] = val;
	take_registers(r, nanos);
	start_again(r);
}

/* Changing the data mode does not change the clock: the registers show it
 * in the new mode.  While stopped they are the programmer's to fill.  */
static void write_b(struct rtc *r, uint8_t val)
{
	if (!r->stopped)
		fill_registers(r);
	r->byte[REG_B] = val & B_SET ? val & ~B_UIE : val;
	stop_or_go(r, false);
}

static void write_a(struct rtc *r, uint8_t val)
{
	bool held = (r->byte[REG_A] & A_DIVIDER) != A_RUNNING;

	r->byte[REG_A] = val & ~A_UIP;
	stop_or_go(r, held);
}

static bool is_time(uint8_t at)
{
	return at == SECONDS || at == MINUTES || at == HOURS ||
		(at >= WEEKDAY && at <= YEAR) || at == RTC_CENTURY;
}

static void write_byte(struct rtc *r, uint8_t at, uint8_t val)
{
	look(r);
	if (at == REG_A) {
		write_a(r, val);
	} else if (at == REG_B) {
		write_b(r, val);
	} else if (is_time(at)) {
		write_time(r, at, val);
	} else if (at != REG_C && at != REG_D) {
		r->byte[at] = val;
		if (at <= HOURS_ALARM)
			start_again(r);
	}
}

static uint8_t read_c(struct rtc *r)
{
	uint8_t val;

	look(r);
	val = r->byte[REG_C];
	r->byte[REG_C] = 0;
	look(r);
	arm(r);
	return val;
}

static uint8_t read_byte(struct rtc *r, uint8_t at)
{
	uint32_t nanos;

	if (at == REG_A) {
		rtc_now(r, &nanos);
		return r->byte[REG_A] |
			(!r->stopped && nanos >= VTIME_SECOND - UPDATE_NANOS ? A_UIP : 0);
	}
	if (at == REG_C)
		return read_c(r);
	if (at == REG_D)
		return D_VRT;
	if (is_time(at) && !r->stopped)
		fill_registers(r);
	return r->byte[at];
}

static void rtc_write(void *dev, uint32_t port, uint32_t val, unsigned size)
{
	struct rtc *r = dev;

	(void)size;
	if (port == PORT_INDEX) {
		r->index = val & (RTC_BYTES - 1);
		wire_set(&r->nmi, !(val & NMI_OFF));
	} else {
		write_byte(r, r->index, val);
	}
}

static uint32_t rtc_read(void *dev, uint32_t port, unsigned size)
{
	struct rtc *r = dev;

	(void)size;
	return port == PORT_INDEX ? 0xff : read_byte(r, r->index);
}

static const struct bus_ops rtc_ports = {
	.name = "rtc", .read = rtc_read, .write = rtc_write, .narrow = true,
};

void rtc_configure(struct rtc *r, enum rtc_byte at, uint8_t val)
{
	uint16_t sum = 0;

	r->byte[at] = val;
	for (unsigned i = RTC_FLOPPIES; i < RTC_CHECKSUM; i++)
		sum += r->byte[i];
	r->byte[RTC_CHECKSUM] = sum >> 8;
	r->byte[RTC_CHECKSUM + 1] = sum;
}

static void configure_word(struct rtc *r, enum rtc_byte at, size_t val)
{
	rtc_configure(r, at, val > 0xffff ? 0xff : val & 0xff);
	rtc_configure(r, at + 1, val > 0xffff ? 0xff : val >> 8);
}

/* 640 KiB below, the rest above 1 MiB in KiB, and above 16 MiB in 64 KiB.  */
static void configure_memory(struct rtc *r)
{
	size_t kib = (r->ram_size >> 10) - 1024;
	size_t below_16m = kib > 15 * 1024 ? 15 * 1024 : kib;

	configure_word(r, RTC_BASE_KIB, 640);
	configure_word(r, RTC_EXTENDED_KIB, kib > 0xffff ? 0xffff : kib);
	configure_word(r, RTC_EXTENDED_FOUND, kib > 0xffff ? 0xffff : kib);
	configure_word(r, RTC_ABOVE_16M, (kib - below_16m) / 64);
}

void rtc_init(struct rtc *r, struct bus *bus, struct sched *sched,
	      size_t ram_size, struct wire irq8, struct wire nmi)
{
	*r = (struct rtc){
		.sched = sched,
		.irq8 = irq8,
		.nmi = nmi,
		.due = { .name = "rtc", .fire = rtc_fire, .ctx = r },
		.ram_size = ram_size,
		.byte = {
			[REG_A] = A_RUNNING | 6,	/* 1024 Hz, as the BIOS sets it */
			[REG_B] = B_24H,
		},
	};
	configure_memory(r);
	bus_map_ports(bus, PORT_INDEX, 2, &rtc_ports, r);
	start_again(r);
	rtc_reset(r);
}

/* RESET clears PIE, AIE, UIE, SQWE and the flags (data sheet, "RESET").  */
void rtc_reset(struct rtc *r)
{
	r->index = REG_D;
	r->byte[REG_B] &= ~(B_PIE | B_AIE | B_UIE | 0x08);
	r->byte[REG_C] = 0;
	start_again(r);
	wire_set(&r->nmi, true);
}

/* To be loaded after sched.now.  */
void rtc_state(struct rtc *r, struct state *st)
{
	state_section(st, "rtc", 2);
	state_u8(st, &r->index);
	state_bytes(st, r->byte, sizeof r->byte);
	state_s64(st, &r->origin);
	state_u32(st, &r->origin_nanos);
	state_bool(st, &r->stopped);
	state_bool(st, &r->held);
	state_u64(st, &r->held_at);
	state_u64(st, &r->periods_seen);
	state_s64(st, &r->second_seen);
	event_state(r->sched, &r->due, st);
	if (st->mode == STATE_SAVE)
		return;
	r->index &= RTC_BYTES - 1;
	if (r->held && r->held_at > r->sched->now) {
		state_fail(st, "the clock waits since a date to come");
		r->held = false;
	}
	if (r->origin < -LAST_SECOND || r->origin > LAST_SECOND ||
	    r->origin_nanos >= VTIME_SECOND || rtc_now(r, NULL) < 0) {
		state_fail(st, "the clock is out of range");
		r->origin = r->origin_nanos = 0;
	}
	if (r->second_seen < 0 || r->second_seen > rtc_now(r, NULL))
		r->second_seen = rtc_now(r, NULL);
	r->alarm_at = next_alarm(r, r->second_seen);
}
