/* conf.h - settings: one schema for the configuration file, the command
 * line, --help, the manual and the shell's completion.
 *
 * A setting has a name that is unique in the schema (schema.c).  In a file
 * it stands under its section,
 *
 *	[machine]
 *	memory = 16M
 *
 * or under [program "NAME.EXE"], to hold for that program only; on the
 * command line it is --memory=16M.  Where several places set it, the later
 * in enum conf_rank wins, in whatever order they were read.  Lists gather
 * what all places say, in the order of their ranks.
 *
 * Text that was refused is never kept.  All memory is the conf's own.  */

#ifndef CONF_H
#define CONF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

struct error;

#define CONF_MAX	96		/* settings in the schema, at most */

enum conf_rank {
	CONF_DEFAULT,			/* the schema */
	CONF_SYSTEM,			/* sysconfdir/dosvm.conf */
	CONF_USER,			/* $XDG_CONFIG_HOME/dosvm/dosvm.conf */
	CONF_FILE,			/* --config FILE */
	CONF_PROGRAM,			/* [program ...] of any file */
	CONF_ARGS,			/* the command line */
};

/* One value; text and num say the same, each in its way.  */
struct conf_value {
	enum conf_rank rank;
	int64_t num;
	char *text;
	struct conf_value *next;	/* lists */
};

/* What a [program] section says.  */
struct conf_override {
	char *program;
	unsigned key;
	char *text;
	struct conf_override *next;
};

struct conf {
	struct conf_value value[CONF_MAX];	/* of a list: text NULL, next its items */
	struct conf_override *override;		/* in the order of reading */
};

/* Every setting has its default.  False: out of memory.  */
bool conf_init(struct conf *c, struct error *err);
void conf_fini(struct conf *c);

/* Set one from text; of a list, add to it.  A value of higher rank that is
 * there already stays.  False: no such setting, or a bad value.  */
bool conf_set(struct conf *c, const char *name, const char *text,
	      enum conf_rank rank, struct error *err);

/* The options before the first argument that is none (all options, if "--"
 * comes first).  Answers the index of that argument, which is the DOS
 * program's name, argc if there is none, or -1 with err set.  */
int conf_args(struct conf *c, int argc, char *const *argv, struct error *err);

/* The files: the system's and the user's where they exist, and --config's,
 * which must; after conf_args().  */
bool conf_load(struct conf *c, struct error *err);

/* One file.  Its name stands in error texts.  */
bool conf_load_file(struct conf *c, FILE *f, const char *name,
		    enum conf_rank rank, struct error *err);

/* Let the sections for this program hold: a path of DOS or Linux, of which
 * case and directory do not count, and the extension may be left out.  */
bool conf_use_program(struct conf *c, const char *path, struct error *err);

/* The nth text that a [program] section gives to this setting, and for
 * which program; NULL past the last.  The later of two for the same
 * program is the one that holds.  */
const char *conf_override(const struct conf *c, const char *name, unsigned n,
			  const char **program);

/* The number that holds while this program runs, whoever has started it: of a [program]
 * section, unless the command line says another.  False: none says anything.  */
bool conf_of_program(const struct conf *c, const char *name, const char *program, int64_t *num);

/* Of CONF_SPEED: instructions a millisecond.  Between these two are those that have the
 * names of processors; name NULL ends the list, slowest first.  */
#define CONF_SPEED_AUTO	INT64_C(0)
#define CONF_SPEED_MAX	INT64_C(1000000)
struct conf_speed {
	const char *name;
	int64_t per_ms;
};
extern const struct conf_speed conf_speeds[];
/* The slowest of them that does as many; NULL: none does.  */
const struct conf_speed *conf_speed_for(int64_t per_ms);

/* Values.  The name must be in the schema, and of that type: numbers of
 * CONF_INT, CONF_SIZE (bytes), CONF_TIME (milliseconds), CONF_DATE (seconds
 * since 1970-01-01 00:00, on the guest's clock; -1: the host's), CONF_ENUM
 * (index of the choice), CONF_SPEED, CONF_VERSION (major << 8 | minor), CONF_TRACE (set
 * of LOG_xxx; the file's name stands in the text after the first colon).
 * conf_get_text is what was set, for any type but lists; "" where the
 * schema has no other default.  */
bool conf_get_bool(const struct conf *c, const char *name);
int64_t conf_get_int(const struct conf *c, const char *name);
const char *conf_get_text(const struct conf *c, const char *name);
/* NULL past the last.  */
const char *conf_get_list(const struct conf *c, const char *name, unsigned n);
enum conf_rank conf_get_rank(const struct conf *c, const char *name);
/* For plugins, which ask for whatever they like: NULL if there is no such
 * setting.  */
const char *conf_find_text(const struct conf *c, const char *name);

/* A mount, "X:=DIR" or "X:=DIR:ro", taken apart.  `dir' points into text
 * and is dir_length bytes long.  False: it is none.  */
struct conf_mount {
	char letter;			/* 'A' to 'Z' */
	const char *dir;
	size_t dir_length;
	bool read_only;
};
bool conf_parse_mount(const char *text, struct conf_mount *mount);

/* What the schema tells people: --help; the roff of dosvm.conf(5) and of
 * dosvm(1)'s options; completion for bash.  */
void conf_help(FILE *out);
void conf_man_options(FILE *out);
void conf_man(FILE *out);
void conf_complete(FILE *out);

#endif
