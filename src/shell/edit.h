/* edit.h - what the line editor consists of.  */

#ifndef SHELL_EDIT_H
#define SHELL_EDIT_H

#include "shell/sh.h"

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

static inline struct edit *edit_num(struct job *j)
{
	return (struct edit *)(void *)j->number;
}

static inline struct edit_text *edit_txt(struct job *j)
{
	return (struct edit_text *)(void *)j->text;
}

/* editline.c.  Brings the screen up to date.  */
void edit_refresh(struct sh *sh, struct job *j);
/* The window: from where the prompt ends, as the BIOS says, to one before
 * the screen's edge.  */
void edit_measure(struct sh *sh, struct job *j);
/* The line from one position to another; at the cursor; all of it.  */
void edit_delete(struct job *j, uint32_t from, uint32_t to);
void edit_insert(struct job *j, const char *s, size_t n);
void edit_type(struct job *j, char c);
void edit_replace(struct job *j, const char *text);

/* complete.c.  Tab and Shift-Tab, and the steps that they begin.  */
void edit_tab(struct sh *sh, struct job *j);
void edit_back_tab(struct sh *sh, struct job *j);
sh_step edit_find, edit_found, edit_put;

/* history.c.  */
unsigned sh_history_count(const struct instance *in);
/* Line n, the oldest being 0; false: there is none.  */
bool sh_history_get(const struct instance *in, unsigned n, char *buf, size_t size);
/* The newest line before number `before' that begins with the n bytes at
 * start; -1: none.  */
int sh_history_search(const struct instance *in, unsigned before, const char *start, size_t n);

#endif
