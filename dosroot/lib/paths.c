/* paths.c - names of files and directories.  */

#include "tool.h"

static struct regs r;

char *base_name(const char *path)
{
	const char *base = path;

	for (; *path; path++)
		if (*path == '\\' || *path == '/' || *path == ':')
			base = path + 1;
	return (char *)base;
}

/* DIR\NAME; "" and "D:" are directories to which no backslash is added.  */
void join(char *to, const char *dir, const char *name)
{
	u16 n = length(dir);
	char last = n ? dir[n - 1] : 0;

	if (n + length(name) + 2 > PATH_SIZE)
		die(4, "Path too long\r\n");
	if (to != dir)
		copy(to, dir);
	if (last && last != '\\' && last != '/' && last != ':')
		append(to, "\\");
	append(to, name);
}

int has_wildcard(const char *path)
{
	return find_char(path, '*') || find_char(path, '?');
}

/* One part of a name: what "*" and "?" of the pattern stand for.  */
static const char *fill_part(char **to, const char *name, const char *pattern, u16 size)
{
	u16 i;
	int star = 0;
	char c;

	for (i = 0; i < size; i++) {
		if (*pattern == '*')
			star = 1;
		if (star || *pattern == '?')
			c = *name && *name != '.' ? *name : 0;
		else
			c = *pattern && *pattern != '.' ? *pattern : 0;
		if (c)
			*(*to)++ = c;
		if (*name && *name != '.')
			name++;
		if (*pattern && *pattern != '.' && !star)
			pattern++;
	}
	while (*pattern && *pattern != '.')
		pattern++;
	return pattern;
}

/* What COPY makes of a name and the pattern of the target.  */
void fill_in(char *to, const char *name, const char *pattern)
{
	char *dot = find_char(name, '.'), *mark;

	pattern = fill_part(&to, name, pattern, 8);
	if (*pattern == '.') {
		mark = to;
		*to++ = '.';
		fill_part(&to, dot ? dot + 1 : "", pattern + 1, 3);
		if (to == mark + 1)
			to--;
	}
	*to = 0;
}

int current_drive(void)
{
	r.ax = 0x1900;
	dos(&r);
	return r.ax & 0xff;
}

/* Can something be asked about it?  */
int drive_valid(int drive)
{
	r.ax = 0x4408;
	r.bx = drive + 1;
	return !dos(&r) || r.ax != 15;
}

/* Of an argument that names files, the directory and the pattern: everything
 * in it, "*.*", if it names a directory; then the answer is 1.  */
int split_dir(const char *path, char *dir, char *pattern)
{
	char *base = base_name(path);
	int attr, is_dir;

	is_dir = !*base || same(base, ".") || same(base, "..");
	if (!is_dir && !has_wildcard(path)) {
		attr = get_attr(path);
		is_dir = attr >= 0 && (attr & A_DIR);
	}
	if (length(path) >= PATH_SIZE - 14)
		die(4, "Path too long\r\n");
	copy(dir, path);
	if (is_dir) {
		copy(pattern, "*.*");
	} else {
		dir[base - path] = 0;
		copy(pattern, base);
	}
	return is_dir;
}

static int get_dir(int drive, char *to)
{
	r.ax = 0x4700;
	r.dx = drive + 1;
	r.ds = psp;
	r.si = (u16)to;
	return dos(&r) ? -1 : 0;
}

/* Drive, root and every directory, without "." and ".."; what it names need
 * not exist.  `to` has 128 bytes.  Unlike TRUENAME, it keeps drives that are
 * another's directory.  -1 if there is no such drive or it goes above the
 * root.  */
int full_path(const char *path, char *to)
{
	int drive = current_drive();
	char *end, *begin = to;

	if (path[0] && path[1] == ':') {
		drive = upper(path[0]) - 'A';
		path += 2;
	}
	*to++ = drive + 'A';
	*to++ = ':';
	*to++ = '\\';
	*to = 0;
	if (*path == '\\' || *path == '/')
		path++;
	else if (get_dir(drive, to))
		return -1;
	end = to + length(to);
	while (*path) {
		char *part = end;

		if (end != to)
			*end++ = '\\';
		while (*path && *path != '\\' && *path != '/') {
			if (end - begin > 120)
				return -1;
			*end++ = upper(*path++);
		}
		*end = 0;
		if (*path)
			path++;
		if (part != to)
			part++;
		if (!same(part, ".") && !same(part, "..") && *part)
			continue;
		end = part;
		if (end != to)
			end--;
		if (part[0] == '.' && part[1] == '.') {
			if (end == to)
				return -1;
			while (end != to && *--end != '\\')
				;
		}
		*end = 0;
	}
	return 0;
}
