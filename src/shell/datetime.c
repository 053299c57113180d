/* datetime.c - DATE and TIME, in the form of the country set.  */

#include "shell/sh.h"

#include <string.h>

#include "shell/rows.h"

enum { ASK_BEGIN, ASK_COUNTRY, ASK_SHOW, ASK_PROMPT, ASK_READ, ASK_SET };

/* What DATE and TIME differ in.  The country's form is at D_COUNTRY.  */
struct part {
	const char *name;
	uint8_t get_ah, set_ah;
	void (*show)(struct sh *sh);	/* what get_ah answered */
	void (*prompt)(struct sh *sh);
	/* The registers for set_ah; false for nonsense.  */
	bool (*read)(struct sh *sh, const char *text, struct sh_regs *r);
};

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

/* --- the date ------------------------------------------------------------------ */

/* In the order of the country: which of three numbers is month, day, year.  */
static const struct { const char *form; uint8_t month, day, year; } orders[] = {
	{ "mm-dd-yy", 0, 1, 2 }, { "dd-mm-yy", 1, 0, 2 }, { "yy-mm-dd", 1, 2, 0 },
};

static unsigned order(struct sh *sh)
{
	uint16_t form = sh_r16(sh, COUNTRY_DATE);

	return form < 3 ? form : 0;
}

static void show_date(struct sh *sh)
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
}

static void prompt_date(struct sh *sh)
{
	sh_say(sh, "Enter new date (%s): ", orders[order(sh)].form);
}

static bool read_date(struct sh *sh, const char *text, struct sh_regs *r)
{
	unsigned v[4], n, o = order(sh);

	if (!numbers(text, "-/.", v, &n) || n != 3)
		return false;
	r->cx = v[orders[o].year];
	if (v[orders[o].year] < 100)
		r->cx += r->cx < 80 ? 2000 : 1900;
	r->dx = (v[orders[o].month] & 0xff) << 8 | (v[orders[o].day] & 0xff);
	return true;
}

static const struct part date = { "date", 0x2a, 0x2b, show_date, prompt_date, read_date };

/* --- the time ------------------------------------------------------------------ */

static void show_time(struct sh *sh)
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
}

static void prompt_time(struct sh *sh)
{
	sh_say(sh, "Enter new time: ");
}

/* hh[:mm[:ss[.cc]]] [a|p]  */
static bool read_time(struct sh *sh, const char *text, struct sh_regs *r)
{
	unsigned v[4] = { 0 }, n;
	char buf[SHELL_LINE], half = 0;
	size_t len;

	(void)sh;
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
	if (!numbers(buf, ":.,", v, &n) || (half && (v[0] > 12 || !v[0])) || v[0] > 255)
		return false;
	for (unsigned i = n; i < 4; i++)
		v[i] = 0;
	if (half)
		v[0] = v[0] % 12 + (half == 'P' ? 12 : 0);
	for (unsigned i = 1; i < 4; i++)
		v[i] = v[i] > 255 ? 255 : v[i];
	r->cx = v[0] << 8 | v[1];
	r->dx = v[2] << 8 | v[3];
	return true;
}

static const struct part time = { "time", 0x2c, 0x2d, show_time, prompt_time, read_time };

/* --- the commands -------------------------------------------------------------- */

static const struct part *part(const struct job *j)
{
	return sh_jobs[j->kind] == &sh_row_date ? &date : &time;
}

static enum go begin(struct sh *sh, struct job *j)
{
	return DOS(sh, j, ASK_COUNTRY, .ax = 0x3800, .dx = D_COUNTRY);
}

static enum go invalid(struct sh *sh, struct job *j)
{
	sh_say(sh, "\nInvalid %s\n", part(j)->name);
	return sh_goto(j, ASK_PROMPT);
}

static enum go set_to(struct sh *sh, struct job *j, const char *text)
{
	struct sh_regs r = { .ax = part(j)->set_ah << 8 };

	return part(j)->read(sh, text, &r) ? sh_int(sh, j, ASK_SET, 0x21, r) : invalid(sh, j);
}

static enum go country_known(struct sh *sh, struct job *j)
{
	const char *s = parse_skip(j->text);

	return *s ? set_to(sh, j, s) : DOS(sh, j, ASK_SHOW, .ax = part(j)->get_ah << 8);
}

static enum go show(struct sh *sh, struct job *j)
{
	part(j)->show(sh);
	return sh_goto(j, ASK_PROMPT);
}

static enum go prompt(struct sh *sh, struct job *j)
{
	part(j)->prompt(sh);
	j->step = ASK_READ;
	sh_read_line(sh);
	return GO_ON;
}

static enum go line_read(struct sh *sh, struct job *j)
{
	const char *s = parse_skip(sh->in->line);

	return *s ? set_to(sh, j, s) : GO_END;
}

static enum go was_set(struct sh *sh, struct job *j)
{
	return (sh_ax(sh) & 0xff) == 0 ? GO_END : invalid(sh, j);
}

static sh_step *const steps[] = {
	[ASK_BEGIN] = begin, [ASK_COUNTRY] = country_known, [ASK_SHOW] = show,
	[ASK_PROMPT] = prompt, [ASK_READ] = line_read, [ASK_SET] = was_set,
};

const struct job_row sh_row_date = {
	"DATE", steps, ASK_SET + 1, JOB_COMMAND, .help = "Shows or sets the date."
};

const struct job_row sh_row_time = {
	"TIME", steps, ASK_SET + 1, JOB_COMMAND, .help = "Shows or sets the time."
};
