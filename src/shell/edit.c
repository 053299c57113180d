/* edit.c - the line editor of the prompt: its keys, read with INT 21h/07h.  */

#include "shell/edit.h"

#include <string.h>

#include "shell/rows.h"

static void go_history(struct sh *sh, struct job *j, int n)
{
	struct edit *e = edit_num(j);
	int count = sh_history_count(sh->in);
	char line[SHELL_LINE] = "";

	if (n < 0 || n > count)
		return;
	e->history = n;
	sh_history_get(sh->in, n, line, sizeof line);
	edit_replace(j, line);
}

/* --- the keys --------------------------------------------------------------------------- */

typedef void key_fn(struct sh *sh, struct job *j);

static void key_left(struct sh *sh, struct job *j)
{
	(void)sh;
	edit_num(j)->pos -= edit_num(j)->pos > 0;
}

/* At the end of the line a character of the last one, as F1.  */
static void key_right(struct sh *sh, struct job *j)
{
	struct edit *e = edit_num(j);

	(void)sh;
	if (e->pos < e->n)
		e->pos++;
	else if (e->pos < strlen(edit_txt(j)->template))
		edit_type(j, edit_txt(j)->template[e->pos]);
}

static void key_home(struct sh *sh, struct job *j)
{
	(void)sh;
	edit_num(j)->pos = 0;
}

static void key_end(struct sh *sh, struct job *j)
{
	(void)sh;
	edit_num(j)->pos = edit_num(j)->n;
}

static void key_word_left(struct sh *sh, struct job *j)
{
	struct edit *e = edit_num(j);

	(void)sh;
	while (e->pos && edit_txt(j)->line[e->pos - 1] == ' ')
		e->pos--;
	while (e->pos && edit_txt(j)->line[e->pos - 1] != ' ')
		e->pos--;
}

static void key_word_right(struct sh *sh, struct job *j)
{
	struct edit *e = edit_num(j);

	(void)sh;
	while (e->pos < e->n && edit_txt(j)->line[e->pos] != ' ')
		e->pos++;
	while (e->pos < e->n && edit_txt(j)->line[e->pos] == ' ')
		e->pos++;
}

static void key_up(struct sh *sh, struct job *j)
{
	go_history(sh, j, (int)edit_num(j)->history - 1);
}

static void key_down(struct sh *sh, struct job *j)
{
	go_history(sh, j, (int)edit_num(j)->history + 1);
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
	edit_num(j)->overwrite = !edit_num(j)->overwrite;
}

static void key_delete(struct sh *sh, struct job *j)
{
	(void)sh;
	if (edit_num(j)->pos < edit_num(j)->n)
		edit_delete(j, edit_num(j)->pos, edit_num(j)->pos + 1);
}

static void key_backspace(struct sh *sh, struct job *j)
{
	(void)sh;
	if (edit_num(j)->pos)
		edit_delete(j, edit_num(j)->pos - 1, edit_num(j)->pos);
}

static void key_delete_end(struct sh *sh, struct job *j)
{
	(void)sh;
	edit_delete(j, edit_num(j)->pos, edit_num(j)->n);
}

static void key_delete_start(struct sh *sh, struct job *j)
{
	(void)sh;
	edit_delete(j, 0, edit_num(j)->pos);
}

static void key_delete_word(struct sh *sh, struct job *j)
{
	uint32_t end = edit_num(j)->pos;

	key_word_left(sh, j);
	edit_delete(j, edit_num(j)->pos, end);
}

static void key_clear(struct sh *sh, struct job *j)
{
	edit_replace(j, "");
	edit_num(j)->history = sh_history_count(sh->in);
}

static void key_f2(struct sh *sh, struct job *j)
{
	(void)sh;
	edit_num(j)->mode = COPY_TO;
}

static void key_f3(struct sh *sh, struct job *j)
{
	const char *t = edit_txt(j)->template;
	size_t n = strlen(t);

	(void)sh;
	while (edit_num(j)->pos < n && edit_num(j)->n + 1 < SHELL_LINE) {
		if (edit_num(j)->pos < edit_num(j)->n)
			edit_delete(j, edit_num(j)->pos, edit_num(j)->pos + 1);
		edit_insert(j, &t[edit_num(j)->pos], 1);
	}
}

static void key_f4(struct sh *sh, struct job *j)
{
	(void)sh;
	edit_num(j)->mode = DELETE_TO;
}

/* The line becomes what F1 to F3 copy from, and a new one begins.  */
static void key_f5(struct sh *sh, struct job *j)
{
	parse_copy(edit_txt(j)->template, sizeof edit_txt(j)->template, edit_txt(j)->line);
	key_clear(sh, j);
}

static void key_f6(struct sh *sh, struct job *j)
{
	(void)sh;
	edit_type(j, 0x1a);
}

static void key_f8(struct sh *sh, struct job *j)
{
	struct edit *e = edit_num(j);
	uint32_t pos = e->pos, count = sh_history_count(sh->in);
	int n = sh_history_search(sh->in, e->history, edit_txt(j)->line, pos);

	if (n < 0)
		n = sh_history_search(sh->in, count, edit_txt(j)->line, pos);
	if (n < 0)
		return;
	go_history(sh, j, n);
	e->pos = pos;
}

static void key_forget(struct sh *sh, struct job *j)
{
	sh->in->history_n = 0;
	edit_num(j)->history = 0;
}

static void key_f7(struct sh *sh, struct job *j)
{
	(void)sh;
	edit_num(j)->listed = 0;
	j->step = EDIT_LIST;
}

static void key_f9(struct sh *sh, struct job *j)
{
	sh_say(sh, "\nLine number: ");
	edit_num(j)->mode = LINE_NUMBER;
	edit_num(j)->number = 0;
}

static const struct { uint8_t code; key_fn *fn; } extended_keys[] = {
	{ 0x0f, edit_back_tab }, { 0x3b, key_right }, { 0x3c, key_f2 }, { 0x3d, key_f3 },
	{ 0x3e, key_f4 }, { 0x3f, key_f5 }, { 0x40, key_f6 }, { 0x41, key_f7 },
	{ 0x42, key_f8 }, { 0x43, key_f9 }, { 0x47, key_home }, { 0x48, key_up },
	{ 0x49, key_oldest }, { 0x4b, key_left }, { 0x4d, key_right }, { 0x4f, key_end },
	{ 0x50, key_down }, { 0x51, key_newest }, { 0x52, key_insert }, { 0x53, key_delete },
	{ 0x6e, key_forget }, { 0x73, key_word_left }, { 0x74, key_word_right },
	{ 0x75, key_delete_end }, { 0x77, key_delete_start },
};

static const struct { uint8_t code; key_fn *fn; } plain_keys[] = {
	{ '\b', key_backspace }, { '\t', edit_tab }, { 033, key_clear }, { 0x7f, key_delete_word },
};

/* --- steps --------------------------------------------------------------------------------- */

static enum go edit_begin(struct sh *sh, struct job *j)
{
	unsigned count = sh_history_count(sh->in);

	edit_measure(sh, j);
	edit_num(j)->history = count;
	if (count)
		sh_history_get(sh->in, count - 1, edit_txt(j)->template, sizeof edit_txt(j)->template);
	return sh_goto(j, EDIT_ASK);
}

/* Numbers from a snapshot are put in order first.  */
static enum go edit_ask(struct sh *sh, struct job *j)
{
	struct edit *e = edit_num(j);

	edit_txt(j)->line[SHELL_LINE - 1] = 0;
	e->n = e->n < SHELL_LINE ? e->n : SHELL_LINE - 1;
	e->pos = e->pos < e->n ? e->pos : e->n;
	e->window = e->window < e->n ? e->window : e->n;
	e->width = e->width && e->width < sizeof edit_txt(j)->screen ? e->width : 60;
	e->shown = e->shown < e->width ? e->shown : e->width;
	e->cursor = e->cursor < e->shown ? e->cursor : e->shown;
	return DOS(sh, j, EDIT_KEY, .ax = 0x0700);
}

static enum go done(struct sh *sh, struct job *j)
{
	struct instance *in = sh->in;

	edit_num(j)->pos = edit_num(j)->n;
	edit_refresh(sh, j);
	sh_say(sh, "\n");
	parse_copy(in->line, sizeof in->line, edit_txt(j)->line);
	in->line_n = strlen(in->line);
	sh_remember(in, in->line);
	return GO_END;
}

/* F9: digits, then Enter.  */
static enum go line_number(struct sh *sh, struct job *j, char c)
{
	struct edit *e = edit_num(j);

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
	struct edit *e = edit_num(j);
	const char *t = edit_txt(j)->template, *p;
	size_t n = strlen(t);

	p = c && e->pos + 1 < n ? strchr(t + e->pos + 1, c) : NULL;
	if (p && e->mode == COPY_TO) {
		for (size_t end = p - t; e->pos < end && e->n + 1 < SHELL_LINE; ) {
			if (e->pos < e->n)
				edit_delete(j, e->pos, e->pos + 1);
			edit_insert(j, &t[e->pos], 1);
		}
	} else if (e->mode == DELETE_TO) {
		const char *q = c && e->pos < e->n ? strchr(edit_txt(j)->line + e->pos + 1, c) : NULL;

		if (q)
			edit_delete(j, e->pos, q - edit_txt(j)->line);
	}
	e->mode = PLAIN;
}

static enum go edit_key(struct sh *sh, struct job *j)
{
	struct edit *e = edit_num(j);
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
		edit_refresh(sh, j);
		return GO_ON;
	}
	for (unsigned i = 0; i < sizeof plain_keys / sizeof *plain_keys; i++)
		if ((uint8_t)c == plain_keys[i].code) {
			plain_keys[i].fn(sh, j);
			edit_refresh(sh, j);
			return GO_ON;
		}
	if ((uint8_t)c >= ' ')
		edit_type(j, c);
	edit_refresh(sh, j);
	return GO_ON;
}

static enum go edit_extended(struct sh *sh, struct job *j)
{
	uint8_t code = sh_ax(sh);

	j->step = EDIT_ASK;
	if (edit_num(j)->mode == LINE_NUMBER)
		return GO_ON;
	edit_num(j)->mode = PLAIN;
	if (code != 0x0f)
		edit_num(j)->completing = false;
	for (unsigned i = 0; i < sizeof extended_keys / sizeof *extended_keys; i++)
		if (code == extended_keys[i].code)
			extended_keys[i].fn(sh, j);
	if (j->step != EDIT_LIST && edit_num(j)->mode != LINE_NUMBER)
		edit_refresh(sh, j);
	return GO_ON;
}

/* F7: a line at each step, then the prompt again.  */
static enum go edit_list(struct sh *sh, struct job *j)
{
	char line[SHELL_LINE];

	if (!edit_num(j)->listed)
		sh_say(sh, "\n");
	if (sh_history_get(sh->in, edit_num(j)->listed, line, sizeof line)) {
		sh_say(sh, "%u: %s\n", (unsigned)++edit_num(j)->listed, line);
		return GO_ON;
	}
	j->step = EDIT_AGAIN;
	sh_push(sh, J_SHOW_PROMPT, NULL);
	return GO_ON;
}

/* The prompt has been shown anew, and nothing of the line.  */
static enum go edit_again(struct sh *sh, struct job *j)
{
	edit_num(j)->shown = edit_num(j)->cursor = 0;
	edit_refresh(sh, j);
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
