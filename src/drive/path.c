/* path.c - 8.3 names, FCB names, long names, and what fits what.  */

#include "drive/path.h"

#include <string.h>

#include "base/cp.h"

/* Characters that no name has, and those that only long names have.  */
enum { NEVER = 1, LONG_ONLY = 2 };

static const uint8_t bad[256] = {
	['"'] = NEVER, ['/'] = NEVER, ['\\'] = NEVER, [':'] = NEVER, ['<'] = NEVER,
	['>'] = NEVER, ['|'] = NEVER, ['*'] = NEVER, ['?'] = NEVER,
	['['] = LONG_ONLY, [']'] = LONG_ONLY, ['+'] = LONG_ONLY, ['='] = LONG_ONLY,
	[';'] = LONG_ONLY, [','] = LONG_ONLY, ['.'] = LONG_ONLY, [' '] = LONG_ONLY,
};

bool path_char_long(uint8_t ch)
{
	return ch >= 0x20 && bad[ch] != NEVER;
}

bool path_char_83(uint8_t ch)
{
	return ch >= 0x20 && !bad[ch];
}

static size_t count_83(const char *s)
{
	size_t n = 0;

	while (s[n] && path_char_83(s[n]))
		n++;
	return n;
}

bool path_is_83(const char *name)
{
	size_t base = count_83(name), ext;

	if (base < 1 || base > 8)
		return false;
	if (!name[base])
		return true;
	if (name[base] != '.')
		return false;
	ext = count_83(name + base + 1);
	return ext >= 1 && ext <= 3 && !name[base + 1 + ext];
}

bool path_is_long(const char *name)
{
	size_t n = 0;

	for (; name[n]; n++)
		if (n >= DRIVE_NAME_MAX - 1 || !path_char_long(name[n]))
			return false;
	return n > 0 && name[n - 1] != '.' && name[n - 1] != ' ';
}

bool path_is_label(const char *label)
{
	size_t n = 0;

	for (; label[n]; n++)
		if (n >= PATH_FCB || (label[n] != ' ' && !path_char_83(label[n])))
			return false;
	return true;
}

bool path_is_device(const char *name)
{
	static const char *const device[] = {
		"CON", "PRN", "AUX", "NUL", "CLOCK$", "COM1", "COM2", "COM3",
		"COM4", "LPT1", "LPT2", "LPT3",
	};
	size_t n = strcspn(name, ".");

	while (n && name[n - 1] == ' ')
		n--;
	if (n < 3 || n > 6)
		return false;
	for (size_t i = 0; i < sizeof device / sizeof device[0]; i++) {
		size_t k = 0;

		while (k < n && cp_upper(CP_DEFAULT, name[k]) == (uint8_t)device[i][k])
			k++;
		if (k == n && !device[i][k])
			return true;
	}
	return false;
}

void path_upper(unsigned code_page, char *name)
{
	for (; *name; name++)
		*name = cp_upper(code_page, *name);
}

/* One field of an FCB name.  What is too much is skipped.  */
static const char *fcb_field(unsigned code_page, const char *s, uint8_t *to, size_t size)
{
	size_t n = 0;

	for (; *s && (path_char_83(*s) || *s == '?' || *s == '*'); s++) {
		if (*s == '*')
			while (n < size)
				to[n++] = '?';
		else if (n < size)
			to[n++] = cp_upper(code_page, *s);
	}
	return s;
}

const char *path_to_fcb(unsigned code_page, const char *text, uint8_t fcb[PATH_FCB],
			bool *wild)
{
	memset(fcb, ' ', PATH_FCB);
	if (text[0] == '.') {		/* the entries that every sub-directory has */
		size_t dots = text[1] == '.' ? 2 : 1;

		memset(fcb, '.', dots);
		text += dots;
	} else {
		text = fcb_field(code_page, text, fcb, 8);
		if (*text == '.')
			text = fcb_field(code_page, text + 1, fcb + 8, 3);
	}
	if (wild)
		*wild = memchr(fcb, '?', PATH_FCB) != NULL;
	return text;
}

static size_t trimmed(const uint8_t *field, size_t n)
{
	while (n && field[n - 1] == ' ')
		n--;
	return n;
}

void path_from_fcb(const uint8_t fcb[PATH_FCB], char out[PATH_83_MAX])
{
	size_t base = trimmed(fcb, 8), ext = trimmed(fcb + 8, 3);

	memcpy(out, fcb, base);
	if (ext) {
		out[base++] = '.';
		memcpy(out + base, fcb + 8, ext);
	}
	out[base + ext] = '\0';
}

bool path_to_83(unsigned code_page, const char *name, char out[PATH_83_MAX])
{
	uint8_t fcb[PATH_FCB];
	const char *end = path_to_fcb(code_page, name, fcb, NULL);

	path_from_fcb(fcb, out);
	if (fcb[0] == '.')
		return *end == '\0';
	while (*end == '.' || *end == ' ' || path_char_83(*end))
		end++;			/* from a second dot on, and blanks at the end */
	return *end == '\0' && fcb[0] != ' ';
}

/* One half.  */
static bool keep(unsigned code_page, const char *s, const char *end, uint8_t *to, size_t most)
{
	bool exact = true;
	size_t n = 0;

	for (; s < end; s++) {
		uint8_t ch = *s;

		if (ch == ' ' || ch == '.') {
			exact = false;
			continue;
		}
		if (n == most)
			return false;
		exact = exact && path_char_83(ch);
		to[n++] = path_char_83(ch) ? cp_upper(code_page, ch) : '_';
	}
	return exact;
}

bool path_to_basis(unsigned code_page, const char *name, uint8_t fcb[PATH_FCB])
{
	const char *s = name + strspn(name, ". "), *dot = strrchr(s, '.'), *end = s + strlen(s);
	bool exact = s == name;

	memset(fcb, ' ', PATH_FCB);
	exact = keep(code_page, s, dot ? dot : end, fcb, 8) && exact;
	if (dot)
		exact = keep(code_page, dot + 1, end, fcb + 8, 3) && exact;
	if (fcb[0] == ' ')
		fcb[0] = '_';
	return exact;
}

bool path_match_fcb(const uint8_t pattern[PATH_FCB], const uint8_t name[PATH_FCB])
{
	for (unsigned i = 0; i < PATH_FCB; i++)
		if (pattern[i] != '?' && pattern[i] != name[i])
			return false;
	return true;
}

/* name[at], where a name without a dot has one at its end.  */
static uint8_t name_at(const char *name, size_t len, bool dot, size_t at)
{
	if (at < len)
		return name[at];
	return dot && at == len ? '.' : '\0';
}

/* The classic matcher: remember the last '*', and give it one character
 * more whenever the rest does not fit.  */
static bool match(unsigned code_page, const char *pattern, const char *name, bool dot)
{
	size_t len = strlen(name), p = 0, n = 0, star = 0, star_n = 0;
	bool starred = false;

	for (;;) {
		uint8_t ch = name_at(name, len, dot, n);

		if (pattern[p] == '*') {
			starred = true;
			star = ++p;
			star_n = n;
		} else if (pattern[p] == '?') {
			p++;
			if (ch && ch != '.')
				n++;
		} else if (!pattern[p] && !ch) {
			return true;
		} else if (ch && cp_upper(code_page, pattern[p]) == cp_upper(code_page, ch)) {
			p++;
			n++;
		} else if (starred && name_at(name, len, dot, star_n)) {
			p = star;
			n = ++star_n;
		} else {
			return false;
		}
	}
}

bool path_match_long(unsigned code_page, const char *pattern, const char *name)
{
	if (match(code_page, pattern, name, false))
		return true;
	return !strchr(name, '.') && match(code_page, pattern, name, true);
}

bool path_has_wildcard(const char *name)
{
	return strpbrk(name, "*?") != NULL;
}

bool path_join(char out[DRIVE_PATH_MAX], const char *dir, const char *name)
{
	size_t d = strnlen(dir, DRIVE_PATH_MAX), n = strnlen(name, DRIVE_PATH_MAX);

	if (d && d < DRIVE_PATH_MAX && dir[d - 1] == '\\')
		d--;
	if (d + 1 + n >= DRIVE_PATH_MAX)
		return false;
	memmove(out, dir, d);
	out[d] = '\\';
	memcpy(out + d + 1, name, n);
	out[d + 1 + n] = '\0';
	return true;
}

bool path_next(const char **path, char name[DRIVE_NAME_MAX])
{
	const char *s = *path;
	size_t n;

	if (*s != '\\')
		return false;
	n = strcspn(++s, "\\");
	if (n >= DRIVE_NAME_MAX)
		return false;
	memcpy(name, s, n);
	name[n] = '\0';
	if (!path_is_long(name))
		return false;
	*path = s + n;
	return true;
}

enum dos_error path_spell(path_name_fn *spell, void *disk, const char *path, bool long_name,
			  char out[DRIVE_PATH_MAX])
{
	char upto[DRIVE_PATH_MAX], name[DRIVE_NAME_MAX];
	enum dos_error e = DOS_OK;
	size_t end = 0;

	if (path[0] != '\\' || strlen(path) >= DRIVE_PATH_MAX)
		return DOS_NO_PATH;
	strcpy(out, "\\");
	while (!e && path[end] && path[end + 1]) {
		end += 1 + strcspn(path + end + 1, "\\");
		memcpy(upto, path, end);
		upto[end] = '\0';
		e = spell(disk, upto, long_name, name);
		if (e == DOS_NO_FILE && path[end])
			e = DOS_NO_PATH;
		if (!e && !path_join(out, out, name))
			e = DOS_NO_PATH;
	}
	return e;
}

bool path_split(const char *path, char dir[DRIVE_PATH_MAX], char name[DRIVE_NAME_MAX])
{
	const char *last = strrchr(path, '\\');
	size_t d, n;

	if (path[0] != '\\')
		return false;
	d = last == path ? 1 : (size_t)(last - path);
	n = strlen(last + 1);
	if (!n || n >= DRIVE_NAME_MAX || d >= DRIVE_PATH_MAX)
		return false;
	memmove(name, last + 1, n + 1);
	memmove(dir, path, d);
	dir[d] = '\0';
	return true;
}
