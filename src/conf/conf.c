/* conf.c - the values, where they come from and who wins.  */

#include "conf/conf.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/error.h"
#include "conf/parse.h"
#include "conf/schema.h"

bool conf_init(struct conf *c, struct error *err)
{
	*c = (struct conf){ 0 };
	for (unsigned i = 0; i < conf_schema_rows; i++) {
		const struct conf_key *key = &conf_schema[i];

		if (conf_type_is_list(key->type))
			continue;
		if (!conf_set(c, key->name, key->value, CONF_DEFAULT, err)) {
			conf_fini(c);
			return false;
		}
	}
	return true;
}

void conf_fini(struct conf *c)
{
	for (unsigned i = 0; i < CONF_MAX; i++) {
		struct conf_value *v = c->value[i].next;

		free(c->value[i].text);
		while (v) {
			struct conf_value *next = v->next;

			free(v->text);
			free(v);
			v = next;
		}
	}
	while (c->override) {
		struct conf_override *next = c->override->next;

		free(c->override->program);
		free(c->override->text);
		free(c->override);
		c->override = next;
	}
	*c = (struct conf){ 0 };
}

/* After those of its rank, before those of higher ones.  */
static bool add_item(struct conf_value *list, const char *text, enum conf_rank rank)
{
	struct conf_value *item = calloc(1, sizeof *item);
	struct conf_value *at = list;

	if (!item || !(item->text = strdup(text))) {
		free(item);
		return false;
	}
	while (at->next && at->next->rank <= rank)
		at = at->next;
	item->rank = rank;
	item->next = at->next;
	at->next = item;
	if (rank > list->rank)
		list->rank = rank;
	return true;
}

static bool replace(struct conf_value *v, const char *text, int64_t num, enum conf_rank rank)
{
	char *copy;

	if (v->rank > rank)
		return true;
	copy = strdup(text);
	if (!copy)
		return false;
	free(v->text);
	*v = (struct conf_value){ .rank = rank, .num = num, .text = copy };
	return true;
}

/* False: the text is none for this setting.  */
static bool check(const struct conf_key *key, const char *text, int64_t *num, struct error *err)
{
	char what[200];

	if (conf_parse(key, text, num))
		return true;
	conf_describe(key, what, sizeof what);
	error_set(err, "%s: \"%.100s\" is not %s", key->name, text, what);
	return false;
}

bool conf_set(struct conf *c, const char *name, const char *text,
	      enum conf_rank rank, struct error *err)
{
	int row = conf_key_named(name);
	int64_t num;

	if (row < 0) {
		error_set(err, "there is no setting \"%.60s\"", name);
		return false;
	}
	if (!check(&conf_schema[row], text, &num, err))
		return false;
	if (conf_type_is_list(conf_schema[row].type)
	    ? add_item(&c->value[row], text, rank)
	    : replace(&c->value[row], text, num, rank))
		return true;
	error_set(err, "out of memory");
	return false;
}

/* The part of a path of DOS or of Linux behind the last separator.  */
static const char *base_name(const char *path)
{
	const char *base = path;

	for (; *path; path++)
		if (*path == '\\' || *path == '/' || *path == ':')
			base = path + 1;
	return base;
}

/* Does a path lead to this program?  Its extension may be left out.  */
static bool is_program(const char *path, const char *program)
{
	const char *base = base_name(path), *dot = strrchr(program, '.');
	size_t n = strchr(base, '.') || !dot ? strlen(program) : (size_t)(dot - program);

	return strlen(base) == n && strncasecmp(base, program, n) == 0;
}

bool conf_use_program(struct conf *c, const char *path, struct error *err)
{
	for (const struct conf_override *o = c->override; o; o = o->next)
		if (is_program(path, o->program) &&
		    !conf_set(c, conf_schema[o->key].name, o->text, CONF_PROGRAM, err))
			return false;
	return true;
}

static const struct conf_value *find(const struct conf *c, const char *name)
{
	int row = conf_key_named(name);

	assert(row >= 0);
	return &c->value[row];
}

const char *conf_override(const struct conf *c, const char *name, unsigned n,
			  const char **program)
{
	int row = conf_key_named(name);

	assert(row >= 0);
	for (const struct conf_override *o = c->override; o; o = o->next)
		if (o->key == (unsigned)row && n-- == 0) {
			*program = o->program;
			return o->text;
		}
	return NULL;
}

bool conf_of_program(const struct conf *c, const char *name, const char *program, int64_t *num)
{
	int row = conf_key_named(name);
	bool found = false;

	assert(row >= 0);
	if (c->value[row].rank == CONF_ARGS)
		return false;
	for (const struct conf_override *o = c->override; o; o = o->next)
		if (o->key == (unsigned)row && is_program(program, o->program))
			found = conf_parse(&conf_schema[row], o->text, num);
	return found;
}

bool conf_get_bool(const struct conf *c, const char *name)
{
	return find(c, name)->num != 0;
}

int64_t conf_get_int(const struct conf *c, const char *name)
{
	return find(c, name)->num;
}

const char *conf_get_text(const struct conf *c, const char *name)
{
	return find(c, name)->text;
}

const char *conf_get_list(const struct conf *c, const char *name, unsigned n)
{
	const struct conf_value *item = find(c, name)->next;

	while (item && n--)
		item = item->next;
	return item ? item->text : NULL;
}

enum conf_rank conf_get_rank(const struct conf *c, const char *name)
{
	return find(c, name)->rank;
}

const char *conf_find_text(const struct conf *c, const char *name)
{
	int row = conf_key_named(name);

	return row < 0 ? NULL : c->value[row].text;
}
