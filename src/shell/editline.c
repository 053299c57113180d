/* editline.c - the line being edited, and the part of it on the screen.
 *
 * What is on the screen is remembered, and after each key only the difference
 * is written, with backspaces to go left; so it works on anything that shows
 * characters.  A line longer than the screen is wide moves sideways under its
 * window.  */

#include "shell/edit.h"

#include <string.h>

/* --- the screen ------------------------------------------------------------------- */

static void back(struct sh *sh, uint32_t n)
{
	while (n--)
		sh_say_bytes(sh, "\b", 1);
}

static void move_cursor(struct sh *sh, struct job *j, uint32_t to)
{
	struct edit *e = edit_num(j);

	if (to < e->cursor)
		back(sh, e->cursor - to);
	else
		sh_say_bytes(sh, edit_txt(j)->screen + e->cursor, to - e->cursor);
	e->cursor = to;
}

void edit_refresh(struct sh *sh, struct job *j)
{
	struct edit *e = edit_num(j);
	struct edit_text *t = edit_txt(j);
	uint32_t n, same = 0;
	char *want;

	if (e->pos < e->window)
		e->window = e->pos;
	if (e->pos - e->window >= e->width)
		e->window = e->pos - e->width + 1;
	want = t->line + e->window;
	n = e->n - e->window < e->width ? e->n - e->window : e->width;
	while (same < n && same < e->shown && want[same] == t->screen[same])
		same++;
	if (same < n || n < e->shown) {
		uint32_t old = e->shown;

		move_cursor(sh, j, same);
		memcpy(t->screen, want, n);
		sh_say_bytes(sh, want + same, n - same);
		for (uint32_t i = n; i < old; i++)
			sh_say_bytes(sh, " ", 1);
		e->cursor = old > n ? old : n;
		back(sh, e->cursor - n);
		e->cursor = e->shown = n;
	}
	move_cursor(sh, j, e->pos - e->window);
}

void edit_measure(struct sh *sh, struct job *j)
{
	struct edit *e = edit_num(j);
	uint8_t columns = guest_r8(sh->g, 0x40, 0x4a), page = guest_r8(sh->g, 0x40, 0x62) & 7;
	uint8_t column = guest_r8(sh->g, 0x40, 0x50 + page * 2);

	columns = columns >= 20 && columns < 160 ? columns : 80;
	column = column + 20 < columns ? column : columns - 20;
	e->width = columns - 1 - column;
	e->window = e->shown = e->cursor = 0;
}

/* --- changing the line ---------------------------------------------------------------- */

void edit_delete(struct job *j, uint32_t from, uint32_t to)
{
	struct edit *e = edit_num(j);
	char *line = edit_txt(j)->line;

	memmove(line + from, line + to, e->n - to);
	e->n -= to - from;
	line[e->n] = 0;
	if (e->pos > to)
		e->pos -= to - from;
	else if (e->pos > from)
		e->pos = from;
}

void edit_insert(struct job *j, const char *s, size_t n)
{
	struct edit *e = edit_num(j);
	char *line = edit_txt(j)->line;

	if (e->n + n >= SHELL_LINE)
		return;
	memmove(line + e->pos + n, line + e->pos, e->n - e->pos);
	memcpy(line + e->pos, s, n);
	e->n += n;
	e->pos += n;
	line[e->n] = 0;
}

void edit_type(struct job *j, char c)
{
	struct edit *e = edit_num(j);

	if (e->overwrite && e->pos < e->n)
		edit_delete(j, e->pos, e->pos + 1);
	edit_insert(j, &c, 1);
}

void edit_replace(struct job *j, const char *text)
{
	struct edit *e = edit_num(j);

	parse_copy(edit_txt(j)->line, SHELL_LINE, text);
	e->n = e->pos = strlen(edit_txt(j)->line);
}
