/* dirargs.c - the switches of DIR.  */

#include "shell/dir.h"

#include <string.h>

static uint8_t attribute(char c)
{
	switch (parse_upper(c)) {
	case 'D': return ATTR_DIRECTORY;
	case 'R': return ATTR_READ_ONLY;
	case 'H': return ATTR_HIDDEN;
	case 'S': return ATTR_SYSTEM;
	case 'A': return ATTR_ARCHIVE;
	}
	return 0;
}

/* /A[:]DRHSA, each perhaps after a '-'.  */
static bool take_attributes(struct dir *d, const char *s)
{
	d->must = d->must_not = 0;
	for (s += *s == ':'; *s; s++) {
		bool minus = *s == '-';

		s += minus;
		if (!attribute(*s))
			return false;
		if (minus)
			d->must_not |= attribute(*s);
		else
			d->must |= attribute(*s);
	}
	return true;
}

static const char order_keys[] = DIR_ORDER_KEYS;

/* /O[:]NEDSG, each perhaps after a '-'; alone, directories first, then by
 * name.  */
static bool take_order(struct dir *d, const char *s)
{
	unsigned n = 0;

	s += *s == ':';
	if (!*s)
		s = "GN";
	d->flags |= DIR_SORT;
	d->order = 0;
	for (; *s; s++) {
		bool minus = *s == '-';
		const char *key;

		s += minus;
		key = *s ? strchr(order_keys, parse_upper(*s)) : NULL;
		if (!key || n == 8)
			return false;
		d->order |= (uint32_t)(key - order_keys + 1 + (minus ? 8 : 0)) << 4 * n++;
	}
	return true;
}

static const struct { char letter; uint8_t flag; } simple[] = {
	{ 'P', DIR_PAGE }, { 'W', DIR_WIDE }, { 'B', DIR_BARE }, { 'S', DIR_SUB },
	{ 'L', DIR_LOWER }, { 'V', DIR_VERBOSE },
};

static bool take_switch(struct dir *d, const char *s)
{
	bool minus = s[1] == '-';
	char c = parse_upper(s[1 + minus]);
	const char *rest = s + 2 + minus;

	if (c == 'A') {
		if (!minus)
			return take_attributes(d, rest);
		d->must = 0;
		d->must_not = ATTR_HIDDEN | ATTR_SYSTEM;
		return !*rest;
	}
	if (c == 'O') {
		if (!minus)
			return take_order(d, rest);
		d->flags &= ~(uint32_t)DIR_SORT;
		return !*rest;
	}
	for (unsigned i = 0; i < sizeof simple / sizeof *simple; i++)
		if (c == simple[i].letter && !*rest) {
			d->flags = minus ? d->flags & ~(uint32_t)simple[i].flag :
				   d->flags | simple[i].flag;
			return true;
		}
	return false;
}

bool dir_take_tail(struct sh *sh, struct job *j, const char *tail)
{
	struct parse_words w;
	bool named = false;

	parse_words(&w, tail, false);
	for (unsigned i = 0; i < w.n; i++) {
		if (w.word[i][0] == '/') {
			if (take_switch(dir_of(j), w.word[i]))
				continue;
			sh_complain(sh, "Invalid switch - %s\n", w.word[i]);
			return false;
		}
		if (named) {
			sh_complain(sh, "Too many parameters - %s\n", w.word[i]);
			return false;
		}
		named = true;
		parse_copy(dir_text(j)->path, SHELL_PATH - 5, w.word[i]);
	}
	return true;
}
