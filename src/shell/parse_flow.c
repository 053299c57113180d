/* parse_flow.c - FOR, IF, labels, and what wildcards do to names.  */

#include "shell/parse.h"

#include <string.h>


/* The keyword at s, followed by a delimiter or `also'.  */
static const char *keyword(const char *s, const char *word, char also)
{
	size_t n = strlen(word);

	for (size_t i = 0; i < n; i++)
		if (parse_upper(s[i]) != word[i])
			return NULL;
	return parse_delim(s[n]) || (also && s[n] == also) ? s + n : NULL;
}

bool parse_for(const char *tail, struct parse_for *f)
{
	const char *s = parse_skip(tail), *end;

	if (*s != '%' || !s[1] || !parse_delim(s[2]))
		return false;
	f->variable = s[1];
	s = keyword(parse_skip(s + 2), "IN", '(');
	if (!s)
		return false;
	s = parse_skip(s);
	if (*s != '(' || !(end = strchr(s, ')')))
		return false;
	f->list = s + 1 - tail;
	f->list_end = end - tail;
	s = keyword(parse_skip(end + 1), "DO", 0);
	if (!s)
		return false;
	s = parse_skip(s);
	f->body = s - tail;
	return *s;
}

bool parse_for_item(const char *tail, size_t *at, size_t end, char *buf, size_t size)
{
	size_t i = *at, n = 0;
	bool quoted = false;

	while (i < end && parse_delim(tail[i]))
		i++;
	for (; i < end && (quoted || !parse_delim(tail[i])); i++) {
		quoted ^= tail[i] == '"';
		if (n + 1 < size)
			buf[n++] = tail[i];
	}
	buf[n] = 0;
	*at = i;
	return n > 0;
}

void parse_for_body(const char *body, char variable, const char *item, char *out, size_t size)
{
	size_t n = 0;

	while (*body) {
		if (body[0] == '%' && body[1] == variable) {
			for (const char *p = item; *p; p++)
				if (n + 1 < size)
					out[n++] = *p;
			body += 2;
		} else {
			if (n + 1 < size)
				out[n++] = *body;
			body++;
		}
	}
	out[n] = 0;
}

/* --- IF --------------------------------------------------------------- */

static const char *if_level(const char *s, struct parse_if *f)
{
	f->kind = IF_ERRORLEVEL;
	s = parse_skip(s);
	if (!parse_number(&s, &f->level))
		return NULL;
	return parse_delim(*s) ? s : NULL;
}

static const char *if_exist(const char *s, struct parse_if *f)
{
	size_t n = 0;
	bool quoted = false;

	f->kind = IF_EXIST;
	for (s = parse_skip(s); *s && (quoted || !parse_delim(*s)); s++) {
		if (*s == '"')
			quoted = !quoted;
		else if (n + 1 < sizeof f->name)
			f->name[n++] = *s;
	}
	f->name[n] = 0;
	return n ? s : NULL;
}

/* The second string may be followed by nothing but a delimiter.  */
static const char *if_equal(const char *s, struct parse_if *f)
{
	const char *a = s, *b;
	size_t na = 0, nb = 0;

	f->kind = IF_EQUAL;
	while (a[na] && !parse_delim(a[na]))
		na++;
	b = a + na;
	while (*b && *b != '=')
		b++;
	if (b[0] != '=' || b[1] != '=')
		return NULL;
	b = parse_skip(b + 2);
	while (b[nb] && !parse_delim(b[nb]))
		nb++;
	if (!na || !nb)
		return NULL;
	f->equal = na == nb && !memcmp(a, b, na);
	return b + nb;
}

bool parse_if(const char *tail, struct parse_if *f)
{
	const char *s = parse_skip(tail), *after;

	f->negated = false;
	while ((after = keyword(s, "NOT", 0))) {
		f->negated = !f->negated;
		s = parse_skip(after);
	}
	if ((after = keyword(s, "ERRORLEVEL", 0)))
		s = if_level(after, f);
	else if ((after = keyword(s, "EXIST", 0)))
		s = if_exist(after, f);
	else
		s = if_equal(s, f);
	if (!s)
		return false;
	s = parse_skip(s);
	f->command = s - tail;
	return *s;
}

/* --- labels ----------------------------------------------------------- */

void parse_label(const char *tail, char label[9])
{
	size_t n = 0;

	tail = parse_skip(tail);
	if (*tail == ':')
		tail = parse_skip(tail + 1);
	for (; *tail && !parse_delim(*tail) && !strchr("./\\[]:|<>+\"", *tail) && n < 8; tail++)
		label[n++] = parse_upper(*tail);
	label[n] = 0;
}

static bool is_label(const char *s, size_t n, const char *label)
{
	size_t i = 0, l = strlen(label);

	while (i < n && (parse_delim(s[i]) || s[i] == '\r'))
		i++;
	if (i == n || s[i] != ':')
		return false;
	for (i++; i < n && parse_delim(s[i]); i++)
		;
	if (!l || n - i < l)
		return false;
	for (size_t k = 0; k < l; k++)
		if (parse_upper(s[i + k]) != label[k])
			return false;
	i += l;
	return l >= 8 || i == n || (unsigned char)s[i] <= ' ';
}

bool parse_find_label(const char *buf, size_t n, bool last, const char *label, size_t *used)
{
	const char *stop = memchr(buf, 0x1a, n);
	size_t at = 0;

	if (stop) {
		n = stop - buf;
		last = true;
	}
	while (at < n) {
		const char *lf = memchr(buf + at, '\n', n - at);
		size_t len = lf ? (size_t)(lf - buf) - at : n - at;

		if (!lf && !last)
			break;
		if (is_label(buf + at, len, label)) {
			*used = at + len + (lf != NULL);
			return true;
		}
		at += len + (lf != NULL);
	}
	*used = at;
	return false;
}

/* --- names of files --------------------------------------------------- */

bool parse_wild(const char *path)
{
	return strpbrk(path, "*?");
}

static bool short_component(const char *s, size_t n)
{
	size_t dot = 0;

	if (n == 1 && s[0] == '.')
		return true;
	if (n == 2 && s[0] == '.' && s[1] == '.')
		return true;
	while (dot < n && s[dot] != '.')
		dot++;
	if (dot > 8 || (n && !dot))
		return false;
	if (dot < n && (n - dot - 1 > 3 || memchr(s + dot + 1, '.', n - dot - 1)))
		return false;
	for (size_t i = 0; i < n; i++)
		if (strchr(" +,;=[]", s[i]))
			return false;
	return true;
}

bool parse_is_short(const char *path)
{
	if (path[0] && path[1] == ':')
		path += 2;
	while (*path) {
		size_t n = strcspn(path, "\\/");

		if (!short_component(path, n))
			return false;
		path += n + (path[n] != 0);
	}
	return true;
}

size_t parse_base(const char *path)
{
	size_t base = path[0] && path[1] == ':' ? 2 : 0;

	for (size_t i = base; path[i]; i++)
		if (path[i] == '\\' || path[i] == '/')
			base = i + 1;
	return base;
}

bool parse_is_directory(const char *path)
{
	const char *base = path + parse_base(path);

	return *path && (!*base || !strcmp(base, ".") || !strcmp(base, ".."));
}

bool parse_join(char *to, size_t size, const char *path, const char *name)
{
	size_t base = parse_base(path);

	if (base >= size)
		return false;
	memmove(to, path, base);
	to[base] = 0;
	return parse_append(to, size, name);
}

/* One half of a name, name or extension.  */
static size_t rename_part(const char *pat, size_t np, const char *name, size_t nn,
			  char *out, size_t n, size_t size)
{
	for (size_t i = 0; i < np; i++) {
		if (pat[i] == '*') {
			for (; i < nn; i++)
				if (n + 1 < size)
					out[n++] = name[i];
			break;
		}
		if (pat[i] == '?' && i >= nn)
			continue;
		if (n + 1 < size)
			out[n++] = pat[i] == '?' ? name[i] : pat[i];
	}
	return n;
}

void parse_rename(const char *pattern, const char *name, char *out, size_t size)
{
	const char *pdot = strrchr(pattern, '.'), *ndot = strrchr(name, '.');
	size_t pn = pdot ? (size_t)(pdot - pattern) : strlen(pattern);
	size_t nn = ndot ? (size_t)(ndot - name) : strlen(name);
	size_t n;

	if (!pdot && !strcmp(pattern, "*")) {
		parse_copy(out, size, name);
		return;
	}
	n = rename_part(pattern, pn, name, nn, out, 0, size);
	if (pdot && pdot[1]) {
		size_t dot = n;

		if (n + 1 < size)
			out[n++] = '.';
		n = rename_part(pdot + 1, strlen(pdot + 1), ndot ? ndot + 1 : "",
				ndot ? strlen(ndot + 1) : 0, out, n, size);
		if (n == dot + 1)
			n = dot;	/* no extension came out */
	}
	out[n] = 0;
}

bool parse_destination(const char *target, bool is_dir, const char *name, char *out, size_t size)
{
	char made[SHELL_PATH];
	size_t n = strlen(target);

	parse_copy(out, size, target);
	if (is_dir) {
		if (n && out[n - 1] != '\\' && out[n - 1] != ':')
			parse_append(out, size, "\\");
		return parse_append(out, size, name);
	}
	if (!parse_wild(out))
		return true;
	parse_rename(target + parse_base(target), name, made, sizeof made);
	return parse_join(out, size, target, made);
}
