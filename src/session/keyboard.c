/* keyboard.c - --keyboard=auto: which layout the user's own keyboard has: as the window
 * system shows it, as settings of the host and the locale say.  */

#include "session/keyboard.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/layout.h"
#include "session/typist.h"

/* XKB's names of layouts, and countries of locales, that DOS calls otherwise.  */
static const struct { const char *host, *dos; } names[] = {
	{ "at", "gr" }, { "ca", "cf" }, { "ch", "sg" }, { "cs", "cz" }, { "da", "dk" },
	{ "de", "gr" }, { "el", "gk" }, { "es", "sp" }, { "fi", "su" }, { "gb", "uk" },
	{ "gr", "gk" }, { "latam", "la" }, { "mx", "la" }, { "pt", "po" }, { "se", "sv" },
};

static const char *dos_name(const char *host, size_t n)
{
	char name[8] = "";

	if (n >= sizeof name)
		return NULL;
	for (size_t i = 0; i < n; i++)
		name[i] = tolower((unsigned char)host[i]);
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
		if (strcmp(names[i].host, name) == 0)
			return names[i].dos;
	return layout_named(name) ? layout_name(layout_named(name)) : NULL;
}

/* The first of a list: "de,us".  */
static const char *by_xkb(const char *list)
{
	return list && *list ? dos_name(list, strcspn(list, ",(")) : NULL;
}

/* /etc/default/keyboard (keyboard-configuration): XKBLAYOUT="de".  */
static const char *by_file(const char *path)
{
	static const char key[] = "XKBLAYOUT=";
	const char *found = NULL;
	char line[256];
	FILE *f = fopen(path, "re");

	while (f && !found && fgets(line, sizeof line, f))
		if (strncmp(line, key, sizeof key - 1) == 0) {
			char *p = line + sizeof key - 1;

			p += *p == '"' || *p == '\'';
			p[strcspn(p, "\"'\n")] = 0;
			found = by_xkb(p);
		}
	if (f)
		fclose(f);
	return found;
}

/* de_AT.UTF-8: the country's, else the language's.  */
static const char *by_locale(void)
{
	static const char *const variable[] = { "LC_ALL", "LC_CTYPE", "LANG" };
	const char *value = NULL, *country, *name = NULL;

	for (size_t i = 0; i < 3 && (!value || !*value); i++)
		value = getenv(variable[i]);
	if (!value || strlen(value) < 2)
		return NULL;
	country = strchr(value, '_');
	if (country)
		name = dos_name(country + 1, strcspn(country + 1, ".@"));
	return name ? name : dos_name(value, strcspn(value, "_.@"));
}

const char *keyboard_layout(const char *setting)
{
	const char *name;

	if (layout_named(setting))
		return layout_name(layout_named(setting));
	if (strcmp(setting, "auto") != 0)
		return dos_name(setting, strlen(setting));
	name = by_xkb(getenv("XKB_DEFAULT_LAYOUT"));
	if (!name)
		name = by_file("/etc/default/keyboard");
	if (!name)
		name = by_locale();
	return name ? name : "us";
}

/* ---- As it is shown ---- */

#define LEAST		20		/* keys to judge by */

/* So many keys have the same, of so many that are known.  */
static unsigned alike(const struct layout *l, bool second, const uint32_t ch[PLUGIN_KEYS],
		      unsigned *known)
{
	unsigned same = 0;
	bool dead;

	*known = 0;
	for (unsigned key = 0; key < PLUGIN_KEYS; key++) {
		uint8_t scan = typist_scan(key);

		if (!scan || !ch[key])
			continue;
		++*known;
		same += layout_char(l, second, scan, LAYOUT_PLAIN, &dead) == ch[key];
	}
	return same;
}

const struct layout *keyboard_like(const uint32_t ch[PLUGIN_KEYS], const struct layout *now,
				   unsigned code_page, bool *second)
{
	const struct layout *best = now, *l;
	unsigned known, most = alike(now, false, ch, &known);

	*second = false;
	for (unsigned i = 0; (l = layout_nth(i)) != NULL; i++) {
		unsigned same = alike(l, false, ch, &known);
		bool other = layout_has_second(l) && layout_fits(l, code_page) &&
			     alike(l, true, ch, &known) > same;

		if (other)
			same = alike(l, true, ch, &known);
		if (same > most || (same == most && l == now)) {
			best = l;
			most = same;
			*second = other;
		}
	}
	return known >= LEAST && most * 4 >= known * 3 ? best : NULL;
}
