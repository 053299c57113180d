/* costs.c - clocks of instructions and wait states of cards.
 *
 * Clocks are about the means of what Intel's manuals give for 16-bit operands in real mode;
 * not each was compared with them.  The cards' times are no measurements of cards: they are
 * chosen so that TOPBENCH's scores come near those of such machines (dosvm(1), SPEED).  */

#include "session/costs.h"

#include "conf/conf.h"

#define NS_PER_MS	1000000

/* In the order of conf_speeds.  */
static const struct processor {
	unsigned clock_ps;
	uint8_t clocks[CPU_LONGERS];
	struct cpu_card card;
} processors[] = {
	{ 209524, { [LONGER_MUL] = 126, [LONGER_DIV] = 153, [LONGER_FAR] = 36, [LONGER_INT] = 71,
		    [LONGER_IRET] = 44, [LONGER_MOVS] = 25, [LONGER_STOS] = 14, [LONGER_LODS] = 17,
		    [LONGER_SCAS] = 19, [LONGER_CMPS] = 30, [LONGER_REP] = 9 }, { 800, 800, 1 } },
	{ 83333, { [LONGER_MUL] = 21, [LONGER_DIV] = 23, [LONGER_FAR] = 15, [LONGER_INT] = 23,
		   [LONGER_IRET] = 17, [LONGER_MOVS] = 4, [LONGER_STOS] = 3, [LONGER_LODS] = 5,
		   [LONGER_SCAS] = 8, [LONGER_CMPS] = 9, [LONGER_REP] = 5 }, { 1000, 1000, 2 } },
	{ 30303, { [LONGER_MUL] = 16, [LONGER_DIV] = 25, [LONGER_FAR] = 18, [LONGER_INT] = 37,
		   [LONGER_IRET] = 22, [LONGER_MOVS] = 4, [LONGER_STOS] = 5, [LONGER_LODS] = 6,
		   [LONGER_SCAS] = 8, [LONGER_CMPS] = 9, [LONGER_REP] = 6 }, { 500, 200, 2 } },
	{ 15152, { [LONGER_MUL] = 18, [LONGER_DIV] = 25, [LONGER_FAR] = 16, [LONGER_INT] = 26,
		   [LONGER_IRET] = 15, [LONGER_MOVS] = 3, [LONGER_STOS] = 4, [LONGER_LODS] = 4,
		   [LONGER_SCAS] = 5, [LONGER_CMPS] = 7, [LONGER_REP] = 10 }, { 680, 60, 4 } },
	{ 10000, { [LONGER_MUL] = 11, [LONGER_DIV] = 25, [LONGER_FAR] = 4, [LONGER_INT] = 16,
		   [LONGER_IRET] = 8, [LONGER_MOVS] = 1, [LONGER_STOS] = 1, [LONGER_LODS] = 3,
		   [LONGER_SCAS] = 4, [LONGER_CMPS] = 4, [LONGER_REP] = 9 }, { 800, 100, 4 } },
};

void costs_of(struct costs *c, int64_t speed)
{
	const struct conf_speed *named = conf_speed_for(speed);
	const struct processor *p;

	*c = (struct costs){ .card.width = 1 };
	if (!named)
		return;
	p = &processors[named - conf_speeds];
	c->card = p->card;
	for (unsigned i = 0; i < CPU_LONGERS; i++) {
		int64_t ns = (int64_t)p->clocks[i] * p->clock_ps / 1000 - NS_PER_MS / named->per_ms;

		c->longer[i] = ns > 0 ? ns * named->per_ms / speed : 0;
	}
}
