/* parse.c - a row a type: how its text is read, and how it is described.  */

#include "conf/parse.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/cp.h"
#include "base/log.h"
#include "conf/conf.h"
#include "conf/schema.h"

#define FIRST_YEAR	1980	/* of DOS's calendar */
#define LAST_YEAR	2099	/* of its date calls */

/* Decimal digits up to 10^15, which no unit can make overflow.  */
static bool digits(const char **text, int64_t *num)
{
	const char *s = *text;

	for (*num = 0; isdigit((unsigned char)*s); s++) {
		*num = *num * 10 + (*s - '0');
		if (*num > INT64_C(1000000000000000))
			return false;
	}
	if (s == *text)
		return false;
	*text = s;
	return true;
}

static bool in_range(const struct conf_key *key, int64_t num)
{
	return num >= key->min && num <= key->max;
}

static bool parse_bool(const struct conf_key *key, const char *text, int64_t *num)
{
	static const char *const words[] = {
		"no", "yes", "off", "on", "false", "true", "0", "1",
	};

	(void)key;
	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
		*num = i % 2;
		if (strcasecmp(text, words[i]) == 0)
			return true;
	}
	return false;
}

static bool parse_int(const struct conf_key *key, const char *text, int64_t *num)
{
	return digits(&text, num) && !*text && in_range(key, *num);
}

struct unit { const char *name; int64_t factor; };

static bool unit_factor(const struct unit *units, const char *name, int64_t *factor)
{
	for (; units->name; units++) {
		*factor = units->factor;
		if (strcasecmp(units->name, name) == 0)
			return true;
	}
	return false;
}

static const struct unit sizes[] = {
	{ "", 1 }, { "K", 1 << 10 }, { "M", 1 << 20 }, { "G", 1 << 30 },
	{ "KB", 1 << 10 }, { "MB", 1 << 20 }, { "GB", 1 << 30 }, { NULL, 0 }
};

static bool parse_size(const struct conf_key *key, const char *text, int64_t *num)
{
	int64_t factor;

	if (!digits(&text, num) || !unit_factor(sizes, text, &factor))
		return false;
	if (*num > key->max / factor)
		return false;
	*num *= factor;
	return in_range(key, *num);
}

static const struct unit times[] = {
	{ "", 1000 }, { "s", 1000 }, { "ms", 1 }, { "m", 60000 }, { "h", 3600000 },
	{ NULL, 0 }
};

/* A fraction counts to the thousandth of its unit.  */
static bool parse_time(const struct conf_key *key, const char *text, int64_t *num)
{
	int64_t thousandths = 0, factor;

	if (!digits(&text, num))
		return false;
	if (*text == '.') {
		text++;
		if (!isdigit((unsigned char)*text))
			return false;
		for (int64_t weight = 100; isdigit((unsigned char)*text); text++, weight /= 10)
			thousandths += weight * (*text - '0');
	}
	if (!unit_factor(times, text, &factor) || *num > key->max / factor)
		return false;
	*num = *num * factor + thousandths * factor / 1000;
	return in_range(key, *num);
}

/* Days from 1970-01-01 to a date of the Gregorian calendar, from 1970 on.  */
static int64_t days_to(int year, int month, int day)
{
	static const short before[] = {
		0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334,
	};
	int past = month > 2 ? year : year - 1;	/* years whose 29 February is over */

	return (year - 1970) * INT64_C(365) + before[month - 1] + day - 1
		+ past / 4 - past / 100 + past / 400 - (1969 / 4 - 1969 / 100 + 1969 / 400);
}

static int month_length(int year, int month)
{
	if (month == 2)
		return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
	return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

/* "YYYY-MM-DD", then perhaps " HH:MM" and ":SS".  */
static bool parse_calendar(const char *text, int64_t *num)
{
	int y, mo, d, h = 0, mi = 0, s = 0, at = 0;

	if (sscanf(text, "%4d-%2d-%2d%n", &y, &mo, &d, &at) != 3 || at == 0)
		return false;
	text += at;
	if (*text == ' ' || *text == 'T') {
		at = 0;
		if (sscanf(text + 1, "%2d:%2d%n", &h, &mi, &at) != 2 || at == 0)
			return false;
		text += 1 + at;
		at = 0;
		if (*text == ':' && (sscanf(text + 1, "%2d%n", &s, &at) != 1 || at == 0))
			return false;
		text += at ? 1 + at : 0;
	}
	if (*text || y < FIRST_YEAR || y > LAST_YEAR || mo < 1 || mo > 12 || d < 1 ||
	    d > month_length(y, mo) || h < 0 || h > 23 || mi < 0 || mi > 59 || s < 0 || s > 59)
		return false;
	*num = days_to(y, mo, d) * 86400 + h * 3600 + mi * 60 + s;
	return true;
}

static bool parse_date(const struct conf_key *key, const char *text, int64_t *num)
{
	(void)key;
	if (strcmp(text, "now") == 0) {
		*num = -1;
		return true;
	}
	if (*text != '@')
		return parse_calendar(text, num);
	text++;
	return digits(&text, num) && !*text &&
		*num >= days_to(FIRST_YEAR, 1, 1) * 86400 &&
		*num < days_to(LAST_YEAR + 1, 1, 1) * 86400;
}

static bool parse_version(const struct conf_key *key, const char *text, int64_t *num)
{
	int64_t major, minor;

	(void)key;
	if (!digits(&text, &major) || *text++ != '.' || strlen(text) > 2)
		return false;
	size_t places = strlen(text);

	if (!digits(&text, &minor) || *text || major < 1 || major > 99)
		return false;
	*num = major << 8 | (places == 1 ? minor * 10 : minor);	/* 3.3 is 3.30 */
	return true;
}

static bool parse_enum(const struct conf_key *key, const char *text, int64_t *num)
{
	const char *at = key->choices;

	for (*num = 0; ; ++*num) {
		size_t n = strcspn(at, "|");

		if (strlen(text) == n && strncasecmp(at, text, n) == 0)
			return true;
		if (!at[n])
			return false;
		at += n + 1;
	}
}

/* What such processors did on the mixture of instructions that programs are made of,
 * by their manuals' clocks: 4.77 MHz / 14.5, 12 / 6, 33 / 4.7, 66 / 2, 100 / 1.25.  What
 * compilers made of Dhrystone and Doom took a 486DX2-66 28 to 30 ns an instruction,
 * beside what takes longer.  */
const struct conf_speed conf_speeds[] = {
	{ "8088-4.77", 330 }, { "286-12", 2000 }, { "386-33", 7000 }, { "486-66", 33000 },
	{ "pentium", 80000 }, { NULL, 0 },
};

const struct conf_speed *conf_speed_for(int64_t per_ms)
{
	for (const struct conf_speed *s = conf_speeds; s->name; s++)
		if (per_ms != CONF_SPEED_AUTO && s->per_ms >= per_ms)
			return s;
	return NULL;
}

static bool parse_speed(const struct conf_key *key, const char *text, int64_t *num)
{
	(void)key;
	*num = CONF_SPEED_AUTO;
	if (strcasecmp(text, "auto") == 0)
		return true;
	*num = CONF_SPEED_MAX;
	if (strcasecmp(text, "max") == 0)
		return true;
	for (const struct conf_speed *s = conf_speeds; s->name; s++) {
		*num = s->per_ms;
		if (strcasecmp(text, s->name) == 0)
			return true;
	}
	return digits(&text, num) && !*text && *num >= 1 && *num <= CONF_SPEED_MAX;
}

static bool parse_code_page(const struct conf_key *key, const char *text, int64_t *num)
{
	(void)key;
	return digits(&text, num) && !*text && *num <= UINT16_MAX && cp_known(*num);
}

static bool parse_string(const struct conf_key *key, const char *text, int64_t *num)
{
	(void)key, (void)text;
	*num = 0;
	return true;
}

/* The number is the set of channels.  */
static bool parse_trace(const struct conf_key *key, const char *text, int64_t *num)
{
	(void)key;
	*num = 0;
	while (*text && *text != ':') {
		size_t n = strcspn(text, ",:");
		unsigned channel = log_channel_named(text, n);

		if (!channel)
			return false;
		*num |= channel;
		text += n;
		if (*text == ',' && !*++text)
			return false;
	}
	return !*text || (*num && text[1]);
}

bool conf_parse_mount(const char *text, struct conf_mount *mount)
{
	size_t n;

	if (!isalpha((unsigned char)text[0]) || text[1] != ':' || text[2] != '=')
		return false;
	*mount = (struct conf_mount){
		.letter = toupper((unsigned char)text[0]), .dir = text + 3,
	};
	n = strlen(mount->dir);
	if (n >= 3 && (strcmp(mount->dir + n - 3, ":ro") == 0 ||
		       strcmp(mount->dir + n - 3, ":rw") == 0)) {
		mount->read_only = mount->dir[n - 1] == 'o';
		n -= 3;
	}
	mount->dir_length = n;
	return n > 0;
}

static bool parse_mount(const struct conf_key *key, const char *text, int64_t *num)
{
	struct conf_mount mount;

	(void)key;
	*num = 0;
	return conf_parse_mount(text, &mount);
}

static bool parse_variable(const struct conf_key *key, const char *text, int64_t *num)
{
	(void)key;
	*num = 0;
	return *text != '=' && strchr(text, '=');
}

static const struct {
	bool (*parse)(const struct conf_key *key, const char *text, int64_t *num);
	const char *what;
} types[] = {
	[CONF_BOOL] = { parse_bool, "yes or no" },
	[CONF_INT] = { parse_int, "a number" },
	[CONF_SIZE] = { parse_size, "a size" },
	[CONF_TIME] = { parse_time, "a time such as 10, 1.5s, 500ms, 2m or 1h" },
	[CONF_DATE] = { parse_date, "\"YYYY-MM-DD HH:MM:SS\" from 1980 to 2099, @SECONDS, or now" },
	[CONF_VERSION] = { parse_version, "a version such as 6.22" },
	[CONF_ENUM] = { parse_enum, "one of" },
	[CONF_SPEED] = { parse_speed, "auto, max, 8088-4.77, 286-12, 386-33, 486-66, pentium, or "
			 "instructions a millisecond from 1 to 1000000" },
	[CONF_CODE_PAGE] = { parse_code_page, "one of" },
	[CONF_STRING] = { parse_string, "text" },
	[CONF_TRACE] = { parse_trace, "dos,int,exec,file,cpu,port,pace or all, and perhaps :FILE" },
	[CONF_MOUNTS] = { parse_mount, "X:=DIR or X:=DIR:ro" },
	[CONF_VARIABLES] = { parse_variable, "NAME=VALUE" },
};

bool conf_parse(const struct conf_key *key, const char *text, int64_t *num)
{
	return types[key->type].parse(key, text, num);
}

/* A size in the largest unit that divides it.  */
static void size_text(int64_t n, char *buf, size_t size)
{
	static const char units[] = { ' ', 'K', 'M', 'G' };
	unsigned u = 0;

	while (u < 3 && n && n % 1024 == 0)
		n /= 1024, u++;
	snprintf(buf, size, "%" PRId64 "%.*s", n, u != 0, &units[u]);
}

static void list_choices(const struct conf_key *key, char *buf, size_t size)
{
	size_t at = snprintf(buf, size, "one of ");

	for (const char *s = key->choices; *s && at + 2 < size; s++) {
		if (*s == '|')
			buf[at++] = ',';
		buf[at++] = *s == '|' ? ' ' : *s;
	}
	buf[at] = '\0';
}

static void list_code_pages(char *buf, size_t size)
{
	size_t at = snprintf(buf, size, "one of");
	unsigned page;

	for (unsigned n = 0; (page = cp_nth(n, NULL)) != 0 && at < size; n++)
		at += snprintf(buf + at, size - at, "%s %u", n ? "," : "", page);
}

void conf_describe(const struct conf_key *key, char *buf, size_t size)
{
	char min[32], max[32];

	switch (key->type) {
	case CONF_INT:
		snprintf(buf, size, "a number from %" PRId64 " to %" PRId64, key->min, key->max);
		break;
	case CONF_SIZE:
		size_text(key->min, min, sizeof min);
		size_text(key->max, max, sizeof max);
		snprintf(buf, size, "a size from %s to %s", min, max);
		break;
	case CONF_ENUM:
		list_choices(key, buf, size);
		break;
	case CONF_CODE_PAGE:
		list_code_pages(buf, size);
		break;
	default:
		snprintf(buf, size, "%s", types[key->type].what);
		break;
	}
}
