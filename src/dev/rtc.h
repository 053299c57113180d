/* rtc.h - the AT's clock and configuration memory: Motorola MC146818 with
 * 128 bytes, ports 70h (index, and the NMI mask in bit 7) and 71h (data).
 *
 * The wall clock is an origin plus guest time, so it runs as evenly as the
 * guest does; the session moves the origin when it wants to follow the
 * host.  Wall time is what the guest's user reads on the wall (local time),
 * counted in seconds since 1970-01-01 00:00 of that wall.
 *
 * Sources: Motorola MC146818A data sheet; IBM AT Technical Reference,
 * "Real-time clock/CMOS RAM".  */

#ifndef DEV_RTC_H
#define DEV_RTC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bus/bus.h"
#include "sched/sched.h"

struct state;

#define RTC_BYTES	128

/* Configuration bytes (IBM AT Technical Reference).  */
enum rtc_byte {
	RTC_DIAGNOSTIC = 0x0e, RTC_SHUTDOWN = 0x0f, RTC_FLOPPIES = 0x10,
	RTC_DISKS = 0x12, RTC_EQUIPMENT = 0x14, RTC_BASE_KIB = 0x15,
	RTC_EXTENDED_KIB = 0x17, RTC_DISK_TYPE = 0x19, RTC_CHECKSUM = 0x2e, RTC_EXTENDED_FOUND = 0x30,
	RTC_CENTURY = 0x32, RTC_ABOVE_16M = 0x34,
};

struct rtc {
	/* What it was wired to.  */
	struct sched *sched;
	struct wire irq8;
	struct wire nmi;		/* high: NMI may reach the CPU */
	struct sched_event due;		/* the next flag that interrupts */
	size_t ram_size;

	/* What it remembers.  */
	uint8_t index;
	uint8_t byte[RTC_BYTES];	/* registers A, B, C live here too */
	int64_t origin;			/* wall clock at guest time 0: seconds, */
	uint32_t origin_nanos;		/* and nanoseconds */
	bool held;			/* it waits for the clock it follows, */
	vtime held_at;			/* since this date */
	bool stopped;			/* SET, or the divider is held: byte[0..9] stand */
	uint64_t periods_seen;		/* periodic ticks until the last look */
	int64_t second_seen;		/* wall second of the last look */
	int64_t alarm_at;		/* wall second of the next alarm */
};

/* ram_size is what the configuration bytes tell.  */
void rtc_init(struct rtc *r, struct bus *bus, struct sched *sched,
	      size_t ram_size, struct wire irq8, struct wire nmi);
/* The battery keeps clock and memory; only what the RESET pin clears goes.  */
void rtc_reset(struct rtc *r);
void rtc_state(struct rtc *r, struct state *st);

/* Set the wall clock.  Years 1970 to 9999; what is outside is clamped.  */
void rtc_set_unix(struct rtc *r, int64_t seconds, uint32_t nanos);

/* Follow another clock, whose time this is.  Guest time does not go as fast
 * as that one: what is behind is brought forward, what is ahead waits, since a
 * clock that went back would tell programs of a span below nothing.  More than
 * a second apart, the other clock was set, and so is this one.  */
void rtc_follow(struct rtc *r, int64_t seconds, uint32_t nanos);

/* The wall clock now; nanos may be NULL.  */
int64_t rtc_now(const struct rtc *r, uint32_t *nanos);

/* Set a configuration byte, and the checksum of 10h-2Dh with it.  */
void rtc_configure(struct rtc *r, enum rtc_byte at, uint8_t val);

#endif
