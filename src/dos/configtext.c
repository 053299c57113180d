/* configtext.c - CONFIG.SYS as text.  */

#include "dos/config.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define INCLUDES	64	/* followed in all; more is a circle */

struct reader {
	const char *text;
	size_t size, at;
	unsigned number;
	char line[CONFIG_LINE];		/* trimmed */
};

/* The file ends with Ctrl-Z, if it has one.  A longer line is cut.  */
static bool read_line(struct reader *r)
{
	size_t n = 0;

	if (r->at >= r->size || r->text[r->at] == 0x1a)
		return false;
	r->number++;
	for (; r->at < r->size; r->at++) {
		char c = r->text[r->at];

		if (c == '\n' || c == 0x1a)
			break;
		if ((n || !isspace((unsigned char)c)) && c && n + 1 < sizeof r->line)
			r->line[n++] = c == '\t' ? ' ' : c;
	}
	if (r->at < r->size && r->text[r->at] == '\n')
		r->at++;
	while (n && isspace((unsigned char)r->line[n - 1]))
		n--;
	r->line[n] = '\0';
	return true;
}

/* "[NAME]": true, with the name in upper case.  */
static bool is_header(const char *line, char name[CONFIG_NAME])
{
	size_t n = 0;

	if (*line != '[')
		return false;
	for (line++; *line && *line != ']'; line++)
		if (n + 1 < CONFIG_NAME)
			name[n++] = toupper((unsigned char)*line);
	name[n] = '\0';
	return true;
}

static void copy(char *to, size_t size, const char *from)
{
	snprintf(to, size, "%s", from);
}

/* Commands end with "=" or a blank; ";" begins a remark.  */
static void parse(struct config_line *l, const char *line, unsigned number)
{
	size_t n = 0;

	memset(l, 0, sizeof *l);
	l->number = number;
	copy(l->text, sizeof l->text, line);
	for (; *line && !strchr("= ,;\t", *line); line++)
		if (*line == '?')
			l->ask = true;
		else if (n + 1 < sizeof l->command)
			l->command[n++] = toupper((unsigned char)*line);
	while (*line == ' ' || *line == '=' || *line == '?') {
		l->ask |= *line == '?';
		line++;
	}
	copy(l->value, sizeof l->value, line);
}

static bool is_remark(const char *line)
{
	return !*line || *line == ';' ||
	       (strncasecmp(line, "REM", 3) == 0 && (!line[3] || line[3] == ' '));
}

struct walk {
	const char *text;
	size_t size;
	config_each *each;
	void *ctx;
	unsigned includes;
};

static bool counts(const char *current, const char *wanted, bool common)
{
	if (common && (!*current || strcmp(current, "COMMON") == 0))
		return true;
	return *wanted && strcmp(current, wanted) == 0;
}

/* False: to be stopped.  */
static bool walk_blocks(struct walk *w, const char *wanted, bool common)
{
	struct reader r = { .text = w->text, .size = w->size };
	char current[CONFIG_NAME] = "";

	while (read_line(&r)) {
		struct config_line l;

		if (is_header(r.line, current) || is_remark(r.line) ||
		    !counts(current, wanted, common))
			continue;
		parse(&l, r.line, r.number);
		if (strcmp(l.command, "INCLUDE") == 0) {
			for (char *c = l.value; *c; c++)
				*c = toupper((unsigned char)*c);
			l.value[CONFIG_NAME - 1] = '\0';
			if (w->includes++ < INCLUDES && !walk_blocks(w, l.value, false))
				return false;
		} else if (!w->each(w->ctx, &l)) {
			return false;
		}
	}
	return true;
}

void config_walk(const char *text, size_t size, const char *block,
		 config_each *each, void *ctx)
{
	struct walk w = { text, size, each, ctx, 0 };

	walk_blocks(&w, block, true);
}

/* "BLOCK[,rest]": the rest, or "".  */
static const char *split(const char *value, char block[CONFIG_NAME])
{
	size_t n = strcspn(value, ",");

	snprintf(block, CONFIG_NAME, "%.*s", (int)n, value);
	for (char *c = block; *c; c++)
		*c = toupper((unsigned char)*c);
	while (*block && block[strlen(block) - 1] == ' ')
		block[strlen(block) - 1] = '\0';
	value += n + (value[n] == ',');
	return value + strspn(value, " ");
}

int config_color(const char *value)
{
	char *end;
	long text, ground = 0;

	if (!isdigit((unsigned char)*value))
		return -1;
	text = strtol(value, &end, 10);
	end += strspn(end, " ");
	if (*end == ',') {
		value = end + 1 + strspn(end + 1, " ");
		if (!isdigit((unsigned char)*value))
			return -1;
		ground = strtol(value, &end, 10);
	}
	return *end || text > 15 || ground > 15 ? -1 : (int)(ground << 4 | text);
}

static bool menu_line(void *ctx, const struct config_line *l)
{
	struct config_menu *m = ctx;
	bool submenu = strcmp(l->command, "SUBMENU") == 0;
	char block[CONFIG_NAME];
	const char *rest = split(l->value, block);

	if ((submenu || strcmp(l->command, "MENUITEM") == 0) && m->count < CONFIG_ITEMS) {
		copy(m->item[m->count].block, CONFIG_NAME, block);
		snprintf(m->item[m->count].text, sizeof m->item[0].text, "%s", *rest ? rest : block);
		m->item[m->count++].submenu = submenu;
	} else if (strcmp(l->command, "MENUCOLOR") == 0) {
		m->color = config_color(l->value);
	} else if (strcmp(l->command, "MENUDEFAULT") == 0) {
		for (unsigned i = 0; i < m->count; i++)
			if (strcmp(m->item[i].block, block) == 0)
				m->chosen = i;
		m->timeout = *rest ? atoi(rest) : -1;
		m->timeout = m->timeout > 90 ? 90 : m->timeout;
	}
	return true;
}

bool config_menu(const char *text, size_t size, const char *block, struct config_menu *menu)
{
	struct walk w = { text, size, menu_line, menu, 0 };

	memset(menu, 0, sizeof *menu);
	menu->timeout = menu->color = -1;
	walk_blocks(&w, block, false);
	return menu->count > 0;
}
