/* time.h - the calendar of DOS: 1980-01-01 to 2099-12-31, local time.  */

#ifndef DOS_TIME_H
#define DOS_TIME_H

#include <stdint.h>

struct dos;

struct dos_time {
	uint16_t days;		/* since 1980-01-01 */
	uint16_t year;		/* 1980... */
	uint8_t month, day;	/* 1... */
	uint8_t weekday;	/* 0 Sunday */
	uint8_t hour, minute, second, hundredth;
};

/* The machine's clock now.  */
struct dos_time dos_now(const struct dos *dos);

/* Year, month, day, weekday of a day; and back.  */
void time_from_days(struct dos_time *t, uint16_t days);
uint16_t time_days(unsigned year, unsigned month, unsigned day);

/* As directory entries have them (INT 21h/5700h).  */
uint16_t time_packed_time(const struct dos_time *t);
uint16_t time_packed_date(const struct dos_time *t);

#endif
