/* file.c - configuration files: INI, a line at a time.
 *
 *	# comment; also with ;
 *	[section]
 *	key = value		(or "value", which keeps its spaces)
 *	[program "NAME.EXE"]
 *	key = value		(any key that may stand in a file)  */

#include "conf/conf.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "conf/parse.h"
#include "conf/schema.h"

struct reader {
	struct conf *conf;
	const char *name;		/* of the file */
	unsigned line;
	enum conf_rank rank;
	char *section;			/* NULL: none yet */
	char *program;			/* NULL: not in a [program ...] */
	struct error *err;
};

static bool refuse(const struct reader *r, const struct error *why)
{
	error_set(r->err, "%.200s:%u: %.280s", r->name, r->line, why->text);
	return false;
}

/* Without white space at both ends; s is cut in place.  */
static char *trim(char *s)
{
	char *end = s + strlen(s);

	while (end > s && isspace((unsigned char)end[-1]))
		end--;
	*end = '\0';
	while (isspace((unsigned char)*s))
		s++;
	return s;
}

static char *unquote(char *s)
{
	size_t n = strlen(s);

	if (n < 2 || s[0] != '"' || s[n - 1] != '"')
		return s;
	s[n - 1] = '\0';
	return s + 1;
}

static bool known_section(const char *name)
{
	for (const struct conf_section *s = conf_sections; s->title; s++)
		if (s->name && strcmp(s->name, name) == 0)
			return true;
	return false;
}

static bool set_text(struct reader *r, char **where, const char *text)
{
	char *copy = strdup(text);

	if (!copy) {
		error_set(r->err, "out of memory");
		return false;
	}
	free(*where);
	*where = copy;
	return true;
}

/* The text between the brackets.  */
static bool begin_section(struct reader *r, char *text)
{
	static const char word[] = "program";
	size_t n;
	struct error why;

	free(r->program);
	r->program = NULL;
	text = trim(text);
	n = strcspn(text, " \t\"");
	if (n == sizeof word - 1 && memcmp(text, word, n) == 0) {
		text = unquote(trim(text + n));
		if (*text)
			return set_text(r, &r->program, text);
		error_set(&why, "[program \"NAME\"]: the name is missing");
		return refuse(r, &why);
	}
	if (known_section(text))
		return set_text(r, &r->section, text);
	error_set(&why, "there is no section [%.60s]", text);
	return refuse(r, &why);
}

static bool add_override(struct reader *r, unsigned row, const char *text)
{
	struct conf_override *o = calloc(1, sizeof *o), **at = &r->conf->override;

	if (o)
		o->program = strdup(r->program), o->text = strdup(text);
	if (!o || !o->program || !o->text) {
		error_set(r->err, "out of memory");
		if (o)
			free(o->program), free(o->text);
		free(o);
		return false;
	}
	o->key = row;
	while (*at)
		at = &(*at)->next;
	*at = o;
	return true;
}

static bool set_override(struct reader *r, unsigned row, const char *text)
{
	struct error why;
	char what[200];
	int64_t num;

	if (conf_parse(&conf_schema[row], text, &num))
		return add_override(r, row, text);
	conf_describe(&conf_schema[row], what, sizeof what);
	error_set(&why, "%s: \"%.100s\" is not %s", conf_schema[row].name, text, what);
	return refuse(r, &why);
}

static bool set_key(struct reader *r, const char *key, const char *text)
{
	int row = conf_key_named(key);
	struct error why;

	if (row < 0 || !conf_schema[row].section)
		error_set(&why, "there is no setting \"%.60s\"", key);
	else if (r->program)
		return set_override(r, row, text);
	else if (!r->section || strcmp(r->section, conf_schema[row].section) != 0)
		error_set(&why, "%s belongs in section [%s]", key, conf_schema[row].section);
	else if (conf_set(r->conf, key, text, r->rank, &why))
		return true;
	return refuse(r, &why);
}

static bool read_line(struct reader *r, char *line)
{
	struct error why;
	size_t n;
	char *equals;

	line = trim(line);
	n = strlen(line);
	if (n == 0 || line[0] == '#' || line[0] == ';')
		return true;
	if (line[0] == '[' && line[n - 1] == ']') {
		line[n - 1] = '\0';
		return begin_section(r, line + 1);
	}
	equals = strchr(line, '=');
	if (!equals || line[0] == '[') {
		error_set(&why, "\"%.60s\" is neither [section] nor key = value", line);
		return refuse(r, &why);
	}
	*equals = '\0';
	return set_key(r, trim(line), unquote(trim(equals + 1)));
}

bool conf_load_file(struct conf *c, FILE *f, const char *name,
		    enum conf_rank rank, struct error *err)
{
	struct reader r = { .conf = c, .name = name, .rank = rank, .err = err };
	static const char mark[] = "\xef\xbb\xbf";	/* some editors begin with it */
	char *line = NULL;
	size_t size = 0;
	ssize_t n;
	bool ok = true;

	while (ok && (n = getline(&line, &size, f)) >= 0) {
		char *s = line;

		r.line++;
		if (r.line == 1 && strncmp(s, mark, sizeof mark - 1) == 0)
			s += sizeof mark - 1;
		if (memchr(line, '\0', n))
			ok = refuse(&r, &(struct error){ "this is not text" });
		else
			ok = read_line(&r, s);
	}
	if (ok && ferror(f)) {
		error_set(err, "%s: %s", name, strerror(errno));
		ok = false;
	}
	free(line);
	free(r.section);
	free(r.program);
	return ok;
}

/* A file that need not exist, unless it must.  */
static bool load_path(struct conf *c, const char *path, bool must, enum conf_rank rank,
		      struct error *err)
{
	FILE *f = fopen(path, "re");
	bool ok;

	if (!f && !must && (errno == ENOENT || errno == ENOTDIR || errno == EACCES))
		return true;
	if (!f) {
		error_set(err, "%s: %s", path, strerror(errno));
		return false;
	}
	ok = conf_load_file(c, f, path, rank, err);
	fclose(f);
	return ok;
}

static bool load_user(struct conf *c, struct error *err)
{
	const char *dir = getenv("XDG_CONFIG_HOME"), *between = "";
	char path[4096];

	if (!dir || dir[0] != '/')	/* relative ones do not count (XDG base directories) */
		dir = getenv("HOME"), between = "/.config";
	if (!dir || dir[0] != '/')
		return true;
	if ((size_t)snprintf(path, sizeof path, "%s%s/dosvm/dosvm.conf", dir, between) >= sizeof path)
		return true;
	return load_path(c, path, false, CONF_USER, err);
}

bool conf_load(struct conf *c, struct error *err)
{
	const char *file = conf_get_text(c, "config");

	if (!conf_get_bool(c, "no-config") &&
	    (!load_path(c, SYSCONFDIR "/dosvm.conf", false, CONF_SYSTEM, err) ||
	     !load_user(c, err)))
		return false;
	return !*file || load_path(c, file, true, CONF_FILE, err);
}
