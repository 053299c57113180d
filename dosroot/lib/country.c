/* country.c - how the user's country writes and sorts.  */

#include "tool.h"

static struct regs r;
static struct country here;
static int known;

struct country *country(void)
{
	if (!known) {
		known = 1;
		here.thousands[0] = ',';
		here.date_sep[0] = '-';
		here.time_sep[0] = ':';
		r.ax = 0x3800;
		r.ds = psp;
		r.dx = (u16)&here;
		dos(&r);
	}
	return &here;
}

/* For each of the three numbers: 0 year, 1 month, 2 day.  */
static const u8 means[3][3] = { { 1, 2, 0 }, { 2, 1, 0 }, { 0, 1, 2 } };

int parse_date(const char *text, u16 *date)
{
	u16 part[3], i, format = country()->date_format;

	if (format > 2)
		format = 0;
	for (i = 0; i < 3; i++) {
		u16 n = 0;

		if (!is_digit(*text))
			return 0;
		while (is_digit(*text) && n < 3000)
			n = n * 10 + (*text++ - '0');
		part[means[format][i]] = n;
		if (i < 2) {
			if (*text != '-' && *text != '/' && *text != '.')
				return 0;
			text++;
		}
	}
	if (*text)
		return 0;
	if (part[0] < 80)
		part[0] += 2000;
	else if (part[0] < 100)
		part[0] += 1900;
	if (part[0] < 1980 || part[0] > 2107 || part[1] < 1 || part[1] > 12 ||
	    part[2] < 1 || part[2] > 31)
		return 0;
	*date = (part[0] - 1980) << 9 | part[1] << 5 | part[2];
	return 1;
}

void country_table(int which, u8 *table, u16 size)
{
	u8 answer[5];

	r.ax = 0x6500 | which;
	r.bx = r.dx = 0xffff;
	r.cx = 5;
	r.ds = r.es = psp;
	r.di = (u16)answer;
	if (!dos(&r) && answer[0] == which)
		far_copy(psp, (u16)table, *(u16 *)(answer + 3), *(u16 *)(answer + 1) + 2, size);
}

void collating(u8 *table)
{
	u16 i;

	for (i = 0; i < 256; i++)
		table[i] = upper(i);
	country_table(6, table, 256);
}
