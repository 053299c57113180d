/* datetime.c - DATE and TIME, in the form of the country set.  */

#include "shell/sh.h"

#include <string.h>

#include "shell/rows.h"

static enum go end(struct sh *sh, struct job *j)
{
	(void)sh, (void)j;
	return GO_END;
}

enum { ASK_BEGIN, ASK_COUNTRY, ASK_SHOW, ASK_PROMPT, ASK_READ, ASK_SET, ASK_END };

static enum go begin(struct sh *sh, struct job *j)
{
	return DOS(sh, j, ASK_COUNTRY, .ax = 0x3800, .dx = D_COUNTRY);
}

/* Three numbers with anything of `between' between them.  */
static bool numbers(const char *s, const char *between, unsigned v[4], unsigned *n)
{
	for (*n = 0; *n < 4; ) {
		if (!parse_number(&s, &v[*n]))
			return false;
		++*n;
		if (!*s || !strchr(between, *s))
			break;
		s++;
	}
	while (*s == ' ')
		s++;
	return !*s;
}

/* --- DATE ---------------------------------------------------------------------- */

/* In the order of the country: which of three numbers is month, day, year.  */
static const struct { const char *form; uint8_t month, day, year; } orders[] = {
	{ "mm-dd-yy", 0, 1, 2 }, { "dd-mm-yy", 1, 0, 2 }, { "yy-mm-dd", 1, 2, 0 },
};

static unsigned order(struct sh *sh)
{
	uint16_t form = sh_r16(sh, COUNTRY_DATE);

	return form < 3 ? form : 0;
}

static enum go set_date(struct sh *sh, struct job *j, const char *text)
{
	unsigned v[4], n, o = order(sh);
	unsigned month, day, year;

	if (!numbers(text, "-/.", v, &n) || n != 3) {
		sh_say(sh, "\nInvalid date\n");
		return sh_goto(j, ASK_PROMPT);
	}
	month = v[orders[o].month];
	day = v[orders[o].day];
	year = v[orders[o].year];
	if (year < 100)
		year += year < 80 ? 2000 : 1900;
	return DOS(sh, j, ASK_SET, .ax = 0x2b00, .cx = year,
		   .dx = (month & 0xff) << 8 | (day & 0xff));
}

static enum go date_country(struct sh *sh, struct job *j)
{
	if (*parse_skip(j->text))
		return set_date(sh, j, parse_skip(j->text));
	return DOS(sh, j, ASK_SHOW, .ax = 0x2a00);
}

static enum go date_show(struct sh *sh, struct job *j)
{
	static const char days[] = "SunMonTueWedThuFriSat";
	const struct sh_regs *r = &sh->in->r;
	unsigned v[3], o = order(sh);
	char sep = sh_r8(sh, COUNTRY_DATE_SEP);

	v[orders[o].month] = r->dx >> 8;
	v[orders[o].day] = r->dx & 0xff;
	v[orders[o].year] = r->cx;
	sep = sep ? sep : '-';
	sh_say(sh, "Current date is %.3s ", days + (r->ax & 0xff) % 7 * 3);
	sh_say(sh, o == 2 ? "%04u%c%02u%c%02u\n" : "%02u%c%02u%c%04u\n", v[0], sep, v[1], sep,
	       v[2]);
	return sh_goto(j, ASK_PROMPT);
}

static enum go date_prompt(struct sh *sh, struct job *j)
{
	sh_say(sh, "Enter new date (%s): ", orders[order(sh)].form);
	j->step = ASK_READ;
	sh_read_line(sh);
	return GO_ON;
}

static enum go date_read(struct sh *sh, struct job *j)
{
	const char *s = parse_skip(sh->in->line);

	return *s ? set_date(sh, j, s) : GO_END;
}

static enum go date_set(struct sh *sh, struct job *j)
{
	if ((sh_ax(sh) & 0xff) == 0)
		return GO_END;
	sh_say(sh, "\nInvalid date\n");
	return sh_goto(j, ASK_PROMPT);
}

const struct job_row sh_row_date = {
	"DATE", STEPS([ASK_BEGIN] = begin, [ASK_COUNTRY] = date_country, [ASK_SHOW] = date_show,
		      [ASK_PROMPT] = date_prompt, [ASK_READ] = date_read, [ASK_SET] = date_set,
		      [ASK_END] = end),
	JOB_COMMAND, .help = "Shows or sets the date."
};

/* --- TIME ---------------------------------------------------------------------- */

/* hh[:mm[:ss[.cc]]] [a|p]  */
static enum go set_time(struct sh *sh, struct job *j, const char *text)
{
	unsigned v[4] = { 0 }, n;
	char buf[SHELL_LINE], half = 0;
	size_t len;

	parse_copy(buf, sizeof buf, text);
	parse_trim(buf);
	len = strlen(buf);
	if (len > 1 && parse_upper(buf[len - 1]) == 'M')
		buf[--len] = 0;
	if (len > 1 && strchr("APap", buf[len - 1])) {
		half = parse_upper(buf[len - 1]);
		buf[--len] = 0;
		parse_trim(buf);
	}
	if (!numbers(buf, ":.,", v, &n) || (half && (v[0] > 12 || !v[0])) || v[0] > 255) {
		sh_say(sh, "\nInvalid time\n");
		return sh_goto(j, ASK_PROMPT);
	}
	for (unsigned i = n; i < 4; i++)
		v[i] = 0;
	if (half)
		v[0] = v[0] % 12 + (half == 'P' ? 12 : 0);
	for (unsigned i = 1; i < 4; i++)
		v[i] = v[i] > 255 ? 255 : v[i];
	return DOS(sh, j, ASK_SET, .ax = 0x2d00, .cx = v[0] << 8 | v[1], .dx = v[2] << 8 | v[3]);
}

static enum go time_country(struct sh *sh, struct job *j)
{
	if (*parse_skip(j->text))
		return set_time(sh, j, parse_skip(j->text));
	return DOS(sh, j, ASK_SHOW, .ax = 0x2c00);
}

static enum go time_show(struct sh *sh, struct job *j)
{
	const struct sh_regs *r = &sh->in->r;
	unsigned hour = r->cx >> 8;
	bool whole_day = sh_r8(sh, COUNTRY_TIME) & 1;
	char sep = sh_r8(sh, COUNTRY_TIME_SEP);
	char decimal = sh_r8(sh, COUNTRY_DECIMAL);

	sep = sep ? sep : ':';
	sh_say(sh, "Current time is %2u%c%02u%c%02u%c%02u%s\n",
	       whole_day ? hour : (hour + 11) % 12 + 1, sep, r->cx & 0xff, sep, r->dx >> 8,
	       decimal ? decimal : '.', r->dx & 0xff, whole_day ? "" : hour < 12 ? "a" : "p");
	return sh_goto(j, ASK_PROMPT);
}

static enum go time_prompt(struct sh *sh, struct job *j)
{
	sh_say(sh, "Enter new time: ");
	j->step = ASK_READ;
	sh_read_line(sh);
	return GO_ON;
}

static enum go time_read(struct sh *sh, struct job *j)
{
	const char *s = parse_skip(sh->in->line);

	return *s ? set_time(sh, j, s) : GO_END;
}

static enum go time_set(struct sh *sh, struct job *j)
{
	if ((sh_ax(sh) & 0xff) == 0)
		return GO_END;
	sh_say(sh, "\nInvalid time\n");
	return sh_goto(j, ASK_PROMPT);
}

const struct job_row sh_row_time = {
	"TIME", STEPS([ASK_BEGIN] = begin, [ASK_COUNTRY] = time_country, [ASK_SHOW] = time_show,
		      [ASK_PROMPT] = time_prompt, [ASK_READ] = time_read, [ASK_SET] = time_set,
		      [ASK_END] = end),
	JOB_COMMAND, .help = "Shows or sets the time."
};
