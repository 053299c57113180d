/* gauge.c - the arithmetic of pictures' dates.  */

#include "session/gauge.h"

void gauge_begin_anew(struct gauge *g)
{
	g->follows = false;
}

static void count(struct gauge *g, int64_t ns)
{
	int64_t bin = ns / GAUGE_BIN_NS;

	g->bin[bin < GAUGE_BINS ? bin : GAUGE_BINS - 1]++;
	g->counted++;
	g->sum_ns += ns;
	if (ns > g->max_ns)
		g->max_ns = ns;
}

void gauge_picture(struct gauge *g, int64_t due_ns, int64_t host_ns, uint64_t dropped)
{
	int64_t late = host_ns - due_ns;

	g->shown++;
	g->dropped += dropped;
	if (g->follows)
		count(g, late > g->late ? late - g->late : g->late - late);
	g->follows = true;
	g->late = late;
}

void gauge_clock(struct gauge *g, int64_t late_ns)
{
	g->late_ns = late_ns;
	if (late_ns > g->behind_ns)
		g->behind_ns = late_ns;
	if (-late_ns > g->ahead_ns)
		g->ahead_ns = -late_ns;
}

/* To the upper end of a bin, but no more than the largest.  */
int64_t gauge_most_ns(const struct gauge *g, unsigned per_mille)
{
	uint64_t wanted = (g->counted * per_mille + 999) / 1000, n = 0;

	for (int64_t i = 0; i < GAUGE_BINS - 1; i++) {
		n += g->bin[i];
		if (n >= wanted && n)
			return (i + 1) * GAUGE_BIN_NS < g->max_ns ? (i + 1) * GAUGE_BIN_NS : g->max_ns;
	}
	return g->max_ns;
}

int64_t gauge_mean_ns(const struct gauge *g)
{
	return g->counted ? g->sum_ns / (int64_t)g->counted : 0;
}
