/* gauge.h - how evenly pictures come, and how well guest time goes with the host's.
 *
 * Each picture has a date at which it is due on the host, by the guest's clock, and one
 * at which the front end was given it.  Two that follow each other deviate by what
 * the second is later than the first was.  All in nanoseconds.  */

#ifndef SESSION_GAUGE_H
#define SESSION_GAUGE_H

#include <stdbool.h>
#include <stdint.h>

#define GAUGE_BIN_NS	INT64_C(50000)
#define GAUGE_BINS	4000		/* the last one: all that is more */

struct gauge {
	uint64_t shown, dropped;	/* pictures; dropped: another one took its place */
	bool follows;			/* the next picture follows one that was */
	int64_t late;			/* so much */
	uint64_t counted;		/* deviations: how many, */
	uint64_t bin[GAUGE_BINS];	/* of what size, */
	int64_t sum_ns, max_ns;
	int64_t late_ns;		/* guest time behind the host's: now, */
	int64_t behind_ns, ahead_ns;	/* and at most */
	int64_t lost_ns;		/* and what was given up of it */
};

/* Somebody sees a picture, after so many that nobody saw.  */
void gauge_picture(struct gauge *g, int64_t due_ns, int64_t host_ns, uint64_t dropped);
/* Dates begin anew: the next picture follows none.  */
void gauge_begin_anew(struct gauge *g);
void gauge_clock(struct gauge *g, int64_t late_ns);
/* What so many of a thousand deviations do not exceed.  */
int64_t gauge_most_ns(const struct gauge *g, unsigned per_mille);
int64_t gauge_mean_ns(const struct gauge *g);

#endif
