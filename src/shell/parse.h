/* parse.h - the language of COMMAND.COM, as pure functions over text: words,
 * switches, redirections, pipes, %-expansion, FOR and IF, labels.
 *
 * Text is in the guest's code page, ends with NUL and holds no line end.
 * Whatever is passed in may come from a file nobody has looked at: every
 * function takes any bytes, writes at most the size it is given, and always
 * ends its output with NUL.  Rules are those of MS-DOS 6.22, where 6.22 has
 * a rule; double quotes protect < > | and delimiters in names.  */

#ifndef SHELL_PARSE_H
#define SHELL_PARSE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SHELL_LINE	1024	/* a command line, NUL included */
#define SHELL_PATH	264	/* a path, long names included */
#define PARSE_WORDS	64

char parse_upper(char c);		/* A-Z only, as command words need it */
void parse_upper_text(char *s);
bool parse_same(const char *a, const char *b);	/* without regard to case */
bool parse_delim(char c);		/* space , ; = TAB */
const char *parse_skip(const char *s);	/* past delimiters */
/* Cuts trailing blanks.  */
void parse_trim(char *s);
/* strncpy that always terminates; false: it did not fit.  */
bool parse_copy(char *to, size_t size, const char *from);
bool parse_append(char *to, size_t size, const char *more);

/* The words of a command's tail.  A '/' begins a new word, which is a
 * switch; '+' is a word of its own if `plus'.  Quotes are taken off.  */
struct parse_words {
	unsigned n;
	bool too_many;
	const char *word[PARSE_WORDS];
	char text[2 * SHELL_LINE];
};

void parse_words(struct parse_words *w, const char *tail, bool plus);

/* One stage of a pipeline.  */
struct parse_stage {
	char command[SHELL_LINE];	/* redirections and leading blanks taken out */
	char in[SHELL_PATH], out[SHELL_PATH];	/* "" if not redirected */
	bool append;
	bool piped;			/* another stage follows, at *next */
};

/* False: syntax error.  */
bool parse_stage(const char *text, struct parse_stage *stage, size_t *next);

/* The first word of a command: its length, without and with what a file
 * name may hold (so "cd..", "dir/w" and "c:\dos\edit.com" all work).  */
size_t parse_internal_name(const char *command);
size_t parse_program_name(const char *command);

/* %0-%9, %NAME% and %%.  value() puts the text of a variable ("0" to "9"
 * for parameters of the batch file) into buf and answers false if there is
 * none.  With `batch' false (a line typed at the prompt), only %NAME% of
 * variables that exist is replaced, and nothing else touched.  */
typedef bool parse_value_fn(void *ctx, const char *name, char *buf, size_t size);

void parse_expand(const char *line, bool batch, parse_value_fn *value, void *ctx,
		  char *out, size_t size);

/* Parameter n (from 0) of a batch file's tail; false: there are fewer.  */
bool parse_parameter(const char *tail, unsigned n, char *buf, size_t size);

/* FOR %v IN (list) DO body: offsets into tail.  */
struct parse_for {
	char variable;
	size_t list, list_end, body;
};

bool parse_for(const char *tail, struct parse_for *f);
/* The item at *at, before end; moves *at past it.  False: no more.  */
bool parse_for_item(const char *tail, size_t *at, size_t end, char *buf, size_t size);
/* body with %v replaced by item.  */
void parse_for_body(const char *body, char variable, const char *item, char *out, size_t size);

/* IF [NOT] ...: what is asked, and the offset of the command.  */
enum parse_if_kind { IF_ERRORLEVEL, IF_EXIST, IF_EQUAL };

struct parse_if {
	enum parse_if_kind kind;
	bool negated;
	unsigned level;			/* IF_ERRORLEVEL */
	bool equal;			/* IF_EQUAL */
	char name[SHELL_PATH];		/* IF_EXIST */
	size_t command;
};

bool parse_if(const char *tail, struct parse_if *f);

/* The label that GOTO names: at most 8 characters count.  */
void parse_label(const char *tail, char label[9]);
/* Looks for the label in a piece of a batch file that begins at the start
 * of a line.  True: found, *used is where the line after it begins.
 * False: *used is where to go on (the start of the last, unfinished line;
 * n if `last' says that no more follows).  */
bool parse_find_label(const char *buf, size_t n, bool last, const char *label, size_t *used);

/* The first line in buf, without its end, into line (cut if too long).
 * Answers the bytes used, line end included; 0: no end in sight and not
 * `last', or nothing left (a Ctrl-Z ends the file).  */
size_t parse_line(const char *buf, size_t n, bool last, char *line, size_t size);

/* --- names of files --------------------------------------------------- */

bool parse_wild(const char *path);
/* Every component fits 8.3 and has no blank or lower-level oddity, so the
 * old calls do; else long-name calls are needed.  */
bool parse_is_short(const char *path);
/* Where the last component begins (after '\', '/' or the drive's colon).  */
size_t parse_base(const char *path);
/* Nothing but a directory can be meant: ends with '\\', ':' or a component
 * "." or "..".  (DOS has no attributes for the root, so it cannot be asked.)  */
bool parse_is_directory(const char *path);
/* Directory part of path, with its '\' or ':', and `name' after it.  */
bool parse_join(char *to, size_t size, const char *path, const char *name);
/* What a pattern such as "*.BAK" or "A?C.*" makes of a name.  */
void parse_rename(const char *pattern, const char *name, char *out, size_t size);
/* Where a file called `name' goes when it is copied or moved to `target': into
 * it if that is a directory, else to what the pattern in it makes of the
 * name.  False: too long.  */
bool parse_destination(const char *target, bool is_dir, const char *name, char *out, size_t size);
/* Parses a number in decimal; false: there is none.  */
bool parse_number(const char **s, unsigned *v);

#endif
