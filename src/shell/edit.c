/* edit.c - the line editor of the prompt.
 *
 * Keys are read with INT 21h/07h.  What is on the screen is remembered, and
 * after each key only the difference is written, with backspaces to go
 * left; so it works on anything that shows characters.  A line longer than
 * the screen is wide moves sideways under its window.  */

#include "shell/edit.h"

#include <string.h>

#include "shell/rows.h"

struct edit {
	uint32_t n, pos;		/* the line's length, the cursor */
	uint32_t window;		/* the first character shown */
	uint32_t width;			/* of the window */
	uint32_t shown, cursor;		/* what is on the screen */
	uint32_t overwrite;
	uint32_t history;		/* the line looked at; the count: a new one */
	uint32_t mode;			/* enum edit_mode */
	uint32_t number;		/* being typed, after F9 */
	uint32_t word, word_n;		/* the word being completed, and its length in the line */
	uint32_t wanted, seen;		/* which completion, how many were passed */
	uint32_t completing;		/* the last key was Tab */
	uint32_t base_n;		/* length of what was typed, in `stem' */
	uint32_t listed;
};

enum edit_mode { PLAIN, COPY_TO, DELETE_TO, LINE_NUMBER };

struct edit_text {
	char line[SHELL_LINE];
	char screen[160];
	char template[256];		/* for F1 to F5 */
	char stem[160];			/* the word as it was when Tab was first hit */
};

_Static_assert(sizeof(struct edit) <= sizeof((struct job *)0)->number, "edit");
_Static_assert(sizeof(struct edit_text) <= JOB_TEXT, "edit");

enum {
	EDIT_BEGIN, EDIT_ASK, EDIT_KEY, EDIT_EXTENDED, EDIT_FIND, EDIT_FOUND, EDIT_PUT,
	EDIT_LIST, EDIT_AGAIN
};

static struct edit *num(struct job *j)
{
	return (struct edit *)(void *)j->number;
}

static struct edit_text *txt(struct job *j)
{
	return (struct edit_text *)(void *)j->text;
}

/* --- the screen ------------------------------------------------------------------- */

static void back(struct sh *sh, uint32_t n)
{
	while (n--)
		sh_say_bytes(sh, "\b", 1);
}

static void move_cursor(struct sh *sh, struct job *j, uint32_t to)
{
	struct edit *e = num(j);

	if (to < e->cursor)
		back(sh, e->cursor - to);
	else
		sh_say_bytes(sh, txt(j)->screen + e->cursor, to - e->cursor);
	e->cursor = to;
}

/* Brings the screen up to date.  */
static void refresh(struct sh *sh, struct job *j)
{
	struct edit *e = num(j);
	struct edit_text *t = txt(j);
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

/* The window: from where the prompt ends, as the BIOS says, to one before
 * the screen's edge.  */
static void measure(struct sh *sh, struct job *j)
{
	struct edit *e = num(j);
	uint8_t columns = guest_r8(sh->g, 0x40, 0x4a), page = guest_r8(sh->g, 0x40, 0x62) & 7;
	uint8_t column = guest_r8(sh->g, 0x40, 0x50 + page * 2);

	columns = columns >= 20 && columns < 160 ? columns : 80;
	column = column + 20 < columns ? column : columns - 20;
	e->width = columns - 1 - column;
	e->window = e->shown = e->cursor = 0;
}

/* --- changing the line ---------------------------------------------------------------- */

static void delete(struct job *j, uint32_t from, uint32_t to)
{
	struct edit *e = num(j);
	char *line = txt(j)->line;

	memmove(line + from, line + to, e->n - to);
	e->n -= to - from;
	line[e->n] = 0;
	if (e->pos > to)
		e->pos -= to - from;
	else if (e->pos > from)
		e->pos = from;
}

static void insert(struct job *j, const char *s, size_t n)
{
	struct edit *e = num(j);
	char *line = txt(j)->line;

	if (e->n + n >= SHELL_LINE)
		return;
	memmove(line + e->pos + n, line + e->pos, e->n - e->pos);
	memcpy(line + e->pos, s, n);
	e->n += n;
	e->pos += n;
	line[e->n] = 0;
}

static void type(struct job *j, char c)
{
	struct edit *e = num(j);

	if (e->overwrite && e->pos < e->n)
		delete(j, e->pos, e->pos + 1);
	insert(j, &c, 1);
}

static void replace(struct job *j, const char *text)
{
	struct edit *e = num(j);

	parse_copy(txt(j)->line, SHELL_LINE, text);
	e->n = e->pos = strlen(txt(j)->line);
}

static void go_history(struct sh *sh, struct job *j, int n)
{
	struct edit *e = num(j);
	int count = sh_history_count(sh->in);
	char line[SHELL_LINE] = "";

	if (n < 0 || n > count)
		return;
	e->history = n;
	sh_history_get(sh->in, n, line, sizeof line);
	replace(j, line);
}

/* --- the keys --------------------------------------------------------------------------- */

typedef void key_fn(struct sh *sh, struct job *j);

static void key_left(struct sh *sh, struct job *j)
{
	(void)sh;
	num(j)->pos -= num(j)->pos > 0;
}

/* At the end of the line a character of the last one, as F1.  */
static void key_right(struct sh *sh, struct job *j)
{
	struct edit *e = num(j);

	(void)sh;
	if (e->pos < e->n)
		e->pos++;
	else if (e->pos < strlen(txt(j)->template))
		type(j, txt(j)->template[e->pos]);
}

static void key_home(struct sh *sh, struct job *j)
{
	(void)sh;
	num(j)->pos = 0;
}

static void key_end(struct sh *sh, struct job *j)
{
	(void)sh;
	num(j)->pos = num(j)->n;
}

static void key_word_left(struct sh *sh, struct job *j)
{
	struct edit *e = num(j);

	(void)sh;
	while (e->pos && txt(j)->line[e->pos - 1] == ' ')
		e->pos--;
	while (e->pos && txt(j)->line[e->pos - 1] != ' ')
		e->pos--;
}

static void key_word_right(struct sh *sh, struct job *j)
{
	struct edit *e = num(j);

	(void)sh;
	while (e->pos < e->n && txt(j)->line[e->pos] != ' ')
		e->pos++;
	while (e->pos < e->n && txt(j)->line[e->pos] == ' ')
		e->pos++;
}

static void key_up(struct sh *sh, struct job *j)
{
	go_history(sh, j, (int)num(j)->history - 1);
}

static void key_down(struct sh *sh, struct job *j)
{
	go_history(sh, j, (int)num(j)->history + 1);
}

static void key_oldest(struct sh *sh, struct job *j)
{
	go_history(sh, j, 0);
}

static void key_newest(struct sh *sh, struct job *j)
{
	go_history(sh, j, (int)sh_history_count(sh->in) - 1);
}

static void key_insert(struct sh *sh, struct job *j)
{
	(void)sh;
	num(j)->overwrite = !num(j)->overwrite;
}

static void key_delete(struct sh *sh, struct job *j)
{
	(void)sh;
	if (num(j)->pos < num(j)->n)
		delete(j, num(j)->pos, num(j)->pos + 1);
}

static void key_backspace(struct sh *sh, struct job *j)
{
	(void)sh;
	if (num(j)->pos)
		delete(j, num(j)->pos - 1, num(j)->pos);
}

static void key_delete_end(struct sh *sh, struct job *j)
{
	(void)sh;
	delete(j, num(j)->pos, num(j)->n);
}

static void key_delete_start(struct sh *sh, struct job *j)
{
	(void)sh;
	delete(j, 0, num(j)->pos);
}

static void key_delete_word(struct sh *sh, struct job *j)
{
	uint32_t end = num(j)->pos;

	key_word_left(sh, j);
	delete(j, num(j)->pos, end);
}

static void key_clear(struct sh *sh, struct job *j)
{
	replace(j, "");
	num(j)->history = sh_history_count(sh->in);
}

static void key_f2(struct sh *sh, struct job *j)
{
	(void)sh;
	num(j)->mode = COPY_TO;
}

static void key_f3(struct sh *sh, struct job *j)
{
	const char *t = txt(j)->template;
	size_t n = strlen(t);

	(void)sh;
	while (num(j)->pos < n && num(j)->n + 1 < SHELL_LINE) {
		if (num(j)->pos < num(j)->n)
			delete(j, num(j)->pos, num(j)->pos + 1);
		insert(j, &t[num(j)->pos], 1);
	}
}

static void key_f4(struct sh *sh, struct job *j)
{
	(void)sh;
	num(j)->mode = DELETE_TO;
}

/* The line becomes what F1 to F3 copy from, and a new one begins.  */
static void key_f5(struct sh *sh, struct job *j)
{
	parse_copy(txt(j)->template, sizeof txt(j)->template, txt(j)->line);
	key_clear(sh, j);
}

static void key_f6(struct sh *sh, struct job *j)
{
	(void)sh;
	type(j, 0x1a);
}

static void key_f8(struct sh *sh, struct job *j)
{
	struct edit *e = num(j);
	uint32_t pos = e->pos, count = sh_history_count(sh->in);
	int n = sh_history_search(sh->in, e->history, txt(j)->line, pos);

	if (n < 0)
		n = sh_history_search(sh->in, count, txt(j)->line, pos);
	if (n < 0)
		return;
	go_history(sh, j, n);
	e->pos = pos;
}

static void key_forget(struct sh *sh, struct job *j)
{
	sh->in->history_n = 0;
	num(j)->history = 0;
}

static void key_f7(struct sh *sh, struct job *j)
{
	(void)sh;
	num(j)->listed = 0;
	j->step = EDIT_LIST;
}

static void key_f9(struct sh *sh, struct job *j)
{
	sh_say(sh, "\nLine number: ");
	num(j)->mode = LINE_NUMBER;
	num(j)->number = 0;
}

static void key_back_tab(struct sh *sh, struct job *j);
static void key_tab(struct sh *sh, struct job *j);

static const struct { uint8_t code; key_fn *fn; } extended_keys[] = {
	{ 0x0f, key_back_tab }, { 0x3b, key_right }, { 0x3c, key_f2 }, { 0x3d, key_f3 },
	{ 0x3e, key_f4 }, { 0x3f, key_f5 }, { 0x40, key_f6 }, { 0x41, key_f7 },
	{ 0x42, key_f8 }, { 0x43, key_f9 }, { 0x47, key_home }, { 0x48, key_up },
	{ 0x49, key_oldest }, { 0x4b, key_left }, { 0x4d, key_right }, { 0x4f, key_end },
	{ 0x50, key_down }, { 0x51, key_newest }, { 0x52, key_insert }, { 0x53, key_delete },
	{ 0x6e, key_forget }, { 0x73, key_word_left }, { 0x74, key_word_right },
	{ 0x75, key_delete_end }, { 0x77, key_delete_start },
};

static const struct { uint8_t code; key_fn *fn; } plain_keys[] = {
	{ '\b', key_backspace }, { '\t', key_tab }, { 033, key_clear }, { 0x7f, key_delete_word },
};

/* --- completion -------------------------------------------------------------------------- */

static void start_completing(struct job *j)
{
	struct edit *e = num(j);
	uint32_t at = e->pos;

	while (at && !parse_delim(txt(j)->line[at - 1]) && !strchr("<>|", txt(j)->line[at - 1]))
		at--;
	e->word = at;
	e->word_n = e->pos - at;
	e->wanted = 0;
	e->completing = true;
	parse_copy(txt(j)->stem, sizeof txt(j)->stem, "");
	if (e->word_n < sizeof txt(j)->stem - 4) {
		memcpy(txt(j)->stem, txt(j)->line + at, e->word_n);
		txt(j)->stem[e->word_n] = 0;
	}
}

static void key_tab(struct sh *sh, struct job *j)
{
	(void)sh;
	if (num(j)->completing)
		num(j)->wanted++;
	else
		start_completing(j);
	j->step = EDIT_FIND;
}

static void key_back_tab(struct sh *sh, struct job *j)
{
	(void)sh;
	if (!num(j)->completing)
		start_completing(j);
	else if (num(j)->wanted)
		num(j)->wanted--;
	j->step = EDIT_FIND;
}

static enum go edit_find(struct sh *sh, struct job *j)
{
	char pattern[SHELL_PATH];

	num(j)->seen = 0;
	parse_copy(pattern, sizeof pattern, txt(j)->stem);
	parse_append(pattern, sizeof pattern,
		     strchr(pattern + parse_base(pattern), '.') ? "*" : "*.*");
	return sh_find(sh, j, EDIT_FOUND, pattern, 0x10);
}

/* CD, MD and RD want directories.  */
static bool only_directories(struct job *j)
{
	const char *s = parse_skip(txt(j)->line);
	size_t n = parse_internal_name(s);

	for (const char *const *c = (const char *const[]){ "CD", "CHDIR", "RD", "RMDIR", NULL }; *c; c++)
		if (n == strlen(*c) && sh_find_command(s, n) == sh_find_command(*c, n))
			return true;
	return false;
}

static enum go edit_found(struct sh *sh, struct job *j)
{
	struct edit *e = num(j);
	const struct sh_found *f = &sh->in->found;

	if (sh_failed(sh)) {
		if (!e->seen || !e->wanted)
			return sh_goto(j, EDIT_ASK);
		e->wanted %= e->seen;		/* round again */
		return sh_goto(j, EDIT_FIND);
	}
	if (f->name[0] == '.' || (only_directories(j) && !(f->attr & 0x10)) ||
	    e->seen++ != e->wanted)
		return sh_find_on(sh, j, EDIT_FOUND);
	return sh_find_end(sh, j, EDIT_PUT);
}

static enum go edit_put(struct sh *sh, struct job *j)
{
	struct edit *e = num(j);
	const struct sh_found *f = &sh->in->found;
	char path[SHELL_PATH];

	if (!parse_join(path, sizeof path - 1, txt(j)->stem,
			parse_is_short(f->long_name) ? f->long_name : f->name) ||
	    e->word + e->word_n > e->n)
		return sh_goto(j, EDIT_ASK);
	if (f->attr & 0x10)
		parse_append(path, sizeof path, "\\");
	delete(j, e->word, e->word + e->word_n);
	e->pos = e->word;
	e->word_n = 0;
	if (e->n + strlen(path) < SHELL_LINE) {
		insert(j, path, strlen(path));
		e->word_n = strlen(path);
	}
	refresh(sh, j);
	return sh_goto(j, EDIT_ASK);
}

/* --- steps --------------------------------------------------------------------------------- */

static enum go edit_begin(struct sh *sh, struct job *j)
{
	unsigned count = sh_history_count(sh->in);

	measure(sh, j);
	num(j)->history = count;
	if (count)
		sh_history_get(sh->in, count - 1, txt(j)->template, sizeof txt(j)->template);
	return sh_goto(j, EDIT_ASK);
}

/* Numbers from a snapshot are put in order first.  */
static enum go edit_ask(struct sh *sh, struct job *j)
{
	struct edit *e = num(j);

	txt(j)->line[SHELL_LINE - 1] = 0;
	e->n = e->n < SHELL_LINE ? e->n : SHELL_LINE - 1;
	e->pos = e->pos < e->n ? e->pos : e->n;
	e->window = e->window < e->n ? e->window : e->n;
	e->width = e->width && e->width < sizeof txt(j)->screen ? e->width : 60;
	e->shown = e->shown < e->width ? e->shown : e->width;
	e->cursor = e->cursor < e->shown ? e->cursor : e->shown;
	return DOS(sh, j, EDIT_KEY, .ax = 0x0700);
}

static enum go done(struct sh *sh, struct job *j)
{
	struct instance *in = sh->in;

	num(j)->pos = num(j)->n;
	refresh(sh, j);
	sh_say(sh, "\n");
	parse_copy(in->line, sizeof in->line, txt(j)->line);
	in->line_n = strlen(in->line);
	sh_remember(in, in->line);
	return GO_END;
}

/* F9: digits, then Enter.  */
static enum go line_number(struct sh *sh, struct job *j, char c)
{
	struct edit *e = num(j);

	if (c >= '0' && c <= '9' && e->number < 1000) {
		e->number = e->number * 10 + c - '0';
		sh_say(sh, "%c", c);
		return sh_goto(j, EDIT_ASK);
	}
	if (c != '\r' && c != 033)
		return sh_goto(j, EDIT_ASK);
	e->mode = PLAIN;
	if (c == '\r' && e->number)
		go_history(sh, j, e->number - 1);
	sh_say(sh, "\n");
	j->step = EDIT_AGAIN;
	sh_push(sh, J_SHOW_PROMPT, NULL);
	return GO_ON;
}

/* The character that F2 or F4 waits for.  */
static void up_to(struct job *j, char c)
{
	struct edit *e = num(j);
	const char *t = txt(j)->template, *p;
	size_t n = strlen(t);

	p = c && e->pos + 1 < n ? strchr(t + e->pos + 1, c) : NULL;
	if (p && e->mode == COPY_TO) {
		for (size_t end = p - t; e->pos < end && e->n + 1 < SHELL_LINE; ) {
			if (e->pos < e->n)
				delete(j, e->pos, e->pos + 1);
			insert(j, &t[e->pos], 1);
		}
	} else if (e->mode == DELETE_TO) {
		const char *q = c && e->pos < e->n ? strchr(txt(j)->line + e->pos + 1, c) : NULL;

		if (q)
			delete(j, e->pos, q - txt(j)->line);
	}
	e->mode = PLAIN;
}

static enum go edit_key(struct sh *sh, struct job *j)
{
	struct edit *e = num(j);
	char c = sh_ax(sh);

	j->step = EDIT_ASK;
	if (!c)
		return DOS(sh, j, EDIT_EXTENDED, .ax = 0x0700);
	if (e->mode == LINE_NUMBER)
		return line_number(sh, j, c);
	if (c != '\t')
		e->completing = false;
	if (c == '\r' || c == '\n')
		return done(sh, j);
	if (c == 3) {
		sh_say(sh, "^C\n");
		sh->in->line[0] = 0;
		return GO_END;
	}
	if (e->mode != PLAIN) {
		up_to(j, c);
		refresh(sh, j);
		return GO_ON;
	}
	for (unsigned i = 0; i < sizeof plain_keys / sizeof *plain_keys; i++)
		if ((uint8_t)c == plain_keys[i].code) {
			plain_keys[i].fn(sh, j);
			refresh(sh, j);
			return GO_ON;
		}
	if ((uint8_t)c >= ' ')
		type(j, c);
	refresh(sh, j);
	return GO_ON;
}

static enum go edit_extended(struct sh *sh, struct job *j)
{
	uint8_t code = sh_ax(sh);

	j->step = EDIT_ASK;
	if (num(j)->mode == LINE_NUMBER)
		return GO_ON;
	num(j)->mode = PLAIN;
	if (code != 0x0f)
		num(j)->completing = false;
	for (unsigned i = 0; i < sizeof extended_keys / sizeof *extended_keys; i++)
		if (code == extended_keys[i].code)
			extended_keys[i].fn(sh, j);
	if (j->step != EDIT_LIST && num(j)->mode != LINE_NUMBER)
		refresh(sh, j);
	return GO_ON;
}

/* F7: a line at each step, then the prompt again.  */
static enum go edit_list(struct sh *sh, struct job *j)
{
	char line[SHELL_LINE];

	if (!num(j)->listed)
		sh_say(sh, "\n");
	if (sh_history_get(sh->in, num(j)->listed, line, sizeof line)) {
		sh_say(sh, "%u: %s\n", (unsigned)++num(j)->listed, line);
		return GO_ON;
	}
	j->step = EDIT_AGAIN;
	sh_push(sh, J_SHOW_PROMPT, NULL);
	return GO_ON;
}

/* The prompt has been shown anew, and nothing of the line.  */
static enum go edit_again(struct sh *sh, struct job *j)
{
	num(j)->shown = num(j)->cursor = 0;
	refresh(sh, j);
	return sh_goto(j, EDIT_ASK);
}

const struct job_row sh_row_edit = {
	"edit", STEPS(
		[EDIT_BEGIN] = edit_begin, [EDIT_ASK] = edit_ask, [EDIT_KEY] = edit_key,
		[EDIT_EXTENDED] = edit_extended, [EDIT_FIND] = edit_find,
		[EDIT_FOUND] = edit_found, [EDIT_PUT] = edit_put, [EDIT_LIST] = edit_list,
		[EDIT_AGAIN] = edit_again),
	.flags = 0,
};
