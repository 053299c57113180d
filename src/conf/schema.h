/* schema.h - one row a setting; private to conf.  */

#ifndef CONF_SCHEMA_H
#define CONF_SCHEMA_H

#include <stdbool.h>
#include <stdint.h>

enum conf_type {
	CONF_BOOL,		/* yes or no */
	CONF_INT,		/* min to max */
	CONF_SIZE,		/* bytes, min to max; "640K", "16M" */
	CONF_TIME,		/* milliseconds, min to max; "1.5s", "2m" */
	CONF_DATE,		/* "2015-04-25 22:13:20", "@SECONDS" or "now" */
	CONF_VERSION,		/* "6.22" */
	CONF_ENUM,		/* one of choices */
	CONF_SPEED,		/* instructions a millisecond; "486-66", "auto", "max" */
	CONF_CODE_PAGE,		/* one that base/cp.h knows */
	CONF_STRING,
	CONF_TRACE,		/* channels of the log, and a file */
	CONF_MOUNTS,		/* list of X:=DIR[:ro] */
	CONF_VARIABLES,		/* list of NAME=VALUE */
};

struct conf_key {
	const char *section;	/* NULL: on the command line only */
	const char *name;
	char letter;		/* its short option, or 0 */
	enum conf_type type;
	const char *value;	/* the default; NULL for lists */
	int64_t min, max;
	const char *choices;	/* "one|two", for CONF_ENUM */
	const char *argument;	/* what the manual calls the value */
	const char *alone;	/* the value of the option without one; NULL: it needs one */
	const char *help;	/* full sentences */
};

struct conf_section {
	const char *name;	/* NULL: command line only */
	const char *title;
};

extern const struct conf_key conf_schema[];
extern const unsigned conf_schema_rows;
extern const struct conf_section conf_sections[];	/* title NULL: the end */

static inline bool conf_type_is_list(enum conf_type type)
{
	return type == CONF_MOUNTS || type == CONF_VARIABLES;
}

/* The row of a name, or -1.  */
int conf_key_named(const char *name);

#endif
