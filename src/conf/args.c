/* args.c - options.  Everything from the DOS program's name on is not ours.  */

#include "conf/conf.h"

#include <string.h>

#include "base/error.h"
#include "conf/schema.h"

/* The arguments, and how far we are.  */
struct args {
	struct conf *conf;
	int argc, at;
	char *const *argv;
	struct error *err;
};

static bool set(struct args *a, const struct conf_key *key, const char *text)
{
	return conf_set(a->conf, key->name, text, CONF_ARGS, a->err);
}

/* The value of an option that has none of its own is the next argument.  */
static bool set_next(struct args *a, const struct conf_key *key, const char *option)
{
	if (a->at == a->argc) {
		error_set(a->err, "%s: %s is missing", option, key->argument);
		return false;
	}
	return set(a, key, a->argv[a->at++]);
}

static bool unknown(struct args *a, const char *option)
{
	error_set(a->err, "unknown option %.60s (dosvm --help lists them)", option);
	return false;
}

/* --name, --name=value, --name value, --no-name.  */
static bool long_option(struct args *a, const char *option)
{
	const char *equals = strchrnul(option, '=');
	const struct conf_key *key;
	char name[32];
	int row;

	if ((size_t)(equals - option - 2) >= sizeof name)
		return unknown(a, option);
	memcpy(name, option + 2, equals - option - 2);
	name[equals - option - 2] = '\0';
	row = conf_key_named(name);
	if (row < 0 && strncmp(name, "no-", 3) == 0 && !*equals) {
		row = conf_key_named(name + 3);
		if (row < 0 || conf_schema[row].type != CONF_BOOL)
			return unknown(a, option);
		return set(a, &conf_schema[row], "no");
	}
	if (row < 0)
		return unknown(a, option);
	key = &conf_schema[row];
	if (*equals)
		return set(a, key, equals + 1);
	if (key->alone)
		return set(a, key, key->alone);
	return key->type == CONF_BOOL ? set(a, key, "yes") : set_next(a, key, option);
}

static const struct conf_key *key_of_letter(char letter)
{
	for (unsigned i = 0; i < conf_schema_rows; i++)
		if (conf_schema[i].letter == letter)
			return &conf_schema[i];
	return NULL;
}

/* -h, -fFILE, -f FILE; letters without a value may stand together.  */
static bool short_options(struct args *a, const char *option)
{
	for (const char *s = option + 1; *s; s++) {
		const struct conf_key *key = key_of_letter(*s);

		if (!key)
			return unknown(a, option);
		if (key->type != CONF_BOOL)
			return s[1] ? set(a, key, s + 1) : set_next(a, key, option);
		if (!set(a, key, "yes"))
			return false;
	}
	return true;
}

int conf_args(struct conf *c, int argc, char *const *argv, struct error *err)
{
	struct args a = { .conf = c, .argc = argc, .at = 1, .argv = argv, .err = err };

	while (a.at < argc && argv[a.at][0] == '-' && argv[a.at][1]) {
		const char *option = argv[a.at++];

		if (strcmp(option, "--") == 0)
			break;
		if (option[1] == '-' ? !long_option(&a, option) : !short_options(&a, option))
			return -1;
	}
	return a.at < argc ? a.at : argc;
}
