/* costs.c - clocks of instructions and wait states of cards.
 *
 * Clocks are what Intel's manuals say of 16-bit operands in registers and of real mode (8088:
 * "8086 Family User's Manual" and "iAPX 86/88, 186/188 User's Manual", instruction timings with
 * four clocks more for each word transferred; "80286 and 80287 Programmer's Reference Manual",
 * appendix B; "80386 Programmer's Reference Manual", chapter 17; "i486 Processor Programmer's
 * Reference Manual", chapter 26; "Pentium Processor User's Manual", volume 3, chapter 25):
 *
 *		8088		286	386	486	Pentium
 *	MUL	118-133		21	9-22	13-26	11
 *	IMUL	128-154		21	9-22	13-26	11
 *	DIV	144-162		22	22	24	25
 *	IDIV	165-184		25	27	27	30
 *	CALL FAR 36		13+m	17+m	18	4
 *	RETF	34		15+m	18+m	13	4
 *	INT n	71		23+m	37	30	16
 *	IRET	44		17+m	22	15	8
 *	REP MOVS 9+25n		5+4n	7+4n	12+3n	13+n
 *	REP STOS 9+14n		4+3n	5+5n	7+4n	9+n
 *	LODS	16		5	5	5	2
 *	REP SCAS 9+19n		5+8n	5+8n	7+5n	9+4n
 *	REP CMPS 9+30n		5+9n	5+9n	7+7n	9+4n
 *	FLD m32	38-56		38-56	20	3	1
 *	FST m64	96-104		96-104	45	8	2
 *	FADD	70-100		70-100	23-34	8-20	3
 *	FMUL	130-145		130-145	29-57	16	3
 *	FDIV	193-203		193-203	88-91	73	39
 *	FPTAN	30-540		30-540	191-497	200-273	17-173
 *	FPATAN	250-800		250-800	314-487	218-303	17-173
 *	F2XM1	310-630		310-630	211-476	140-279	13-57
 *
 * A range counts as its middle, some instructions of one row of enum cpu_longer as their mean
 * (so does what REP begins with, MOVS's and STOS's), and m, the parts of the instruction that
 * is jumped to, as one.  The cards' times are no measurements of cards: they are chosen so
 * that TOPBENCH's scores come near those of such machines (dosvm(1), SPEED).  */

#include "session/costs.h"

#include "conf/conf.h"

#define NS_PER_MS	1000000

/* In the order of conf_speeds.  */
static const struct processor {
	unsigned clock_ps;
	uint16_t clocks[CPU_LONGERS];
	struct cpu_card card;
} processors[] = {
	{ 209524, { [LONGER_MUL] = 133, [LONGER_DIV] = 164, [LONGER_FAR] = 35, [LONGER_INT] = 71,
		    [LONGER_IRET] = 44, [LONGER_MOVS] = 25, [LONGER_STOS] = 14, [LONGER_LODS] = 16,
		    [LONGER_SCAS] = 19, [LONGER_CMPS] = 30, [LONGER_REP] = 9,
		    [LONGER_FLOAD] = 47, [LONGER_FSTORE] = 100, [LONGER_FADD] = 85, [LONGER_FMUL] = 138,
		    [LONGER_FDIV] = 198, [LONGER_FUNC] = 427 }, { 800, 800, 1 } },
	{ 83333, { [LONGER_MUL] = 21, [LONGER_DIV] = 24, [LONGER_FAR] = 15, [LONGER_INT] = 24,
		   [LONGER_IRET] = 18, [LONGER_MOVS] = 4, [LONGER_STOS] = 3, [LONGER_LODS] = 5,
		   [LONGER_SCAS] = 8, [LONGER_CMPS] = 9, [LONGER_REP] = 5,
		   [LONGER_FLOAD] = 47, [LONGER_FSTORE] = 100, [LONGER_FADD] = 85, [LONGER_FMUL] = 138,
		   [LONGER_FDIV] = 198, [LONGER_FUNC] = 427 }, { 1000, 1000, 2 } },
	{ 30303, { [LONGER_MUL] = 16, [LONGER_DIV] = 25, [LONGER_FAR] = 19, [LONGER_INT] = 37,
		   [LONGER_IRET] = 22, [LONGER_MOVS] = 4, [LONGER_STOS] = 5, [LONGER_LODS] = 5,
		   [LONGER_SCAS] = 8, [LONGER_CMPS] = 9, [LONGER_REP] = 6,
		   [LONGER_FLOAD] = 20, [LONGER_FSTORE] = 45, [LONGER_FADD] = 28, [LONGER_FMUL] = 43,
		   [LONGER_FDIV] = 90, [LONGER_FUNC] = 363 }, { 500, 200, 2 } },
	{ 15152, { [LONGER_MUL] = 20, [LONGER_DIV] = 26, [LONGER_FAR] = 16, [LONGER_INT] = 30,
		   [LONGER_IRET] = 15, [LONGER_MOVS] = 3, [LONGER_STOS] = 4, [LONGER_LODS] = 5,
		   [LONGER_SCAS] = 5, [LONGER_CMPS] = 7, [LONGER_REP] = 10,
		   [LONGER_FLOAD] = 3, [LONGER_FSTORE] = 8, [LONGER_FADD] = 14, [LONGER_FMUL] = 16,
		   [LONGER_FDIV] = 73, [LONGER_FUNC] = 236 }, { 680, 60, 4 } },
	{ 10000, { [LONGER_MUL] = 11, [LONGER_DIV] = 28, [LONGER_FAR] = 4, [LONGER_INT] = 16,
		   [LONGER_IRET] = 8, [LONGER_MOVS] = 1, [LONGER_STOS] = 1, [LONGER_LODS] = 2,
		   [LONGER_SCAS] = 4, [LONGER_CMPS] = 4, [LONGER_REP] = 11,
		   [LONGER_FLOAD] = 1, [LONGER_FSTORE] = 2, [LONGER_FADD] = 3, [LONGER_FMUL] = 3,
		   [LONGER_FDIV] = 39, [LONGER_FUNC] = 75 }, { 800, 100, 4 } },
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
