/* parse.c - words, switches, redirections and %-expansion.  */

#include "shell/parse.h"

#include <string.h>

char parse_upper(char c)
{
	return c >= 'a' && c <= 'z' ? c - 32 : c;
}

void parse_upper_text(char *s)
{
	for (; *s; s++)
		*s = parse_upper(*s);
}

bool parse_same(const char *a, const char *b)
{
	while (*a && parse_upper(*a) == parse_upper(*b))
		a++, b++;
	return *a == *b;
}

bool parse_delim(char c)
{
	return c && strchr(" ,;=\t", c);
}

const char *parse_skip(const char *s)
{
	while (parse_delim(*s))
		s++;
	return s;
}

void parse_trim(char *s)
{
	size_t n = strlen(s);

	while (n && (s[n - 1] == ' ' || s[n - 1] == '\t'))
		s[--n] = 0;
}

bool parse_copy(char *to, size_t size, const char *from)
{
	size_t n = strlen(from);
	bool fits = n < size;

	if (!fits)
		n = size - 1;
	memmove(to, from, n);
	to[n] = 0;
	return fits;
}

bool parse_append(char *to, size_t size, const char *more)
{
	size_t n = strlen(to);

	return parse_copy(to + n, size - n, more);
}

bool parse_number(const char **s, unsigned *v)
{
	const char *p = *s;

	for (*v = 0; *p >= '0' && *p <= '9'; p++)
		if (*v < 100000000)
			*v = *v * 10 + (*p - '0');
	if (p == *s)
		return false;
	*s = p;
	return true;
}

/* A buffer being filled; what does not fit is dropped.  */
struct text {
	char *p;
	size_t n, size;
};

static void put(struct text *t, char c)
{
	if (t->n + 1 < t->size)
		t->p[t->n++] = c;
}

static void put_text(struct text *t, const char *s)
{
	while (*s)
		put(t, *s++);
}

static void finish(struct text *t)
{
	t->p[t->n] = 0;
}

/* --- words ------------------------------------------------------------ */

/* One word, from s to a delimiter or the next switch.  */
static const char *word(struct text *t, const char *s, bool plus)
{
	bool quoted = false, first = true;

	for (; *s; s++, first = false) {
		if (*s == '"') {
			quoted = !quoted;
			continue;
		}
		if (!quoted && (parse_delim(*s) || (!first && *s == '/') || (plus && *s == '+')))
			break;
		put(t, *s);
	}
	return s;
}

void parse_words(struct parse_words *w, const char *tail, bool plus)
{
	struct text t = { w->text, 0, sizeof w->text };
	const char *s = parse_skip(tail);

	w->n = 0;
	w->too_many = false;
	for (; *s; s = parse_skip(s)) {
		if (w->n == PARSE_WORDS) {
			w->too_many = true;
			break;
		}
		w->word[w->n++] = t.p + t.n;
		if (plus && *s == '+')
			put(&t, *s++);
		else
			s = word(&t, s, plus);
		put(&t, 0);
	}
	finish(&t);
}

bool parse_parameter(const char *tail, unsigned n, char *buf, size_t size)
{
	const char *s = parse_skip(tail);
	struct text t = { buf, 0, size };
	bool quoted = false;

	for (; n && *s; n--) {
		for (quoted = false; *s && (quoted || !parse_delim(*s)); s++)
			quoted ^= *s == '"';
		s = parse_skip(s);
	}
	for (quoted = false; *s && (quoted || !parse_delim(*s)); s++) {
		quoted ^= *s == '"';
		put(&t, *s);
	}
	finish(&t);
	return t.n > 0;
}

size_t parse_internal_name(const char *command)
{
	return strcspn(command, " ,;=\t./\\[]:<>|+\"(*?");
}

size_t parse_program_name(const char *command)
{
	bool quoted = false;
	size_t n = 0;

	for (; command[n]; n++) {
		if (command[n] == '"')
			quoted = !quoted;
		else if (!quoted && (parse_delim(command[n]) || command[n] == '/'))
			break;
	}
	return n;
}

/* --- redirections and pipes ------------------------------------------- */

/* The name after < or >.  */
static const char *redirected_name(const char *s, char *name)
{
	struct text t = { name, 0, SHELL_PATH };
	bool quoted = false;

	for (s = parse_skip(s); *s; s++) {
		if (*s == '"')
			quoted = !quoted;
		else if (!quoted && (parse_delim(*s) || strchr("<>|", *s)))
			break;
		else
			put(&t, *s);
	}
	finish(&t);
	return t.n ? s : NULL;
}

bool parse_stage(const char *text, struct parse_stage *stage, size_t *next)
{
	struct text t = { stage->command, 0, sizeof stage->command };
	const char *s = parse_skip(text);
	bool quoted = false;

	stage->in[0] = stage->out[0] = 0;
	stage->append = stage->piped = false;
	while (s && *s && (quoted || *s != '|')) {
		quoted ^= *s == '"';
		if (!quoted && *s == '<') {
			s = redirected_name(s + 1, stage->in);
		} else if (!quoted && *s == '>') {
			stage->append = s[1] == '>';
			s = redirected_name(s + 1 + stage->append, stage->out);
		} else {
			put(&t, *s++);
		}
	}
	finish(&t);
	if (!s)
		return false;
	if (*s == '|') {
		stage->piped = true;
		s++;
		/* Something has to stand on both sides.  */
		if (!*parse_skip(stage->command) || !*parse_skip(s) || *parse_skip(s) == '|')
			return false;
	}
	*next = s - text;
	return true;
}

/* --- % ---------------------------------------------------------------- */

#define VALUE_MAX	SHELL_LINE

/* s stands after a %.  Answers where to go on.  */
static const char *expand_one(const char *s, bool batch, parse_value_fn *value, void *ctx,
			      struct text *t)
{
	char name[SHELL_LINE], buf[VALUE_MAX];
	const char *end = strchr(s, '%');
	size_t n = end ? (size_t)(end - s) : 0;

	if (batch && *s == '%') {
		put(t, '%');
		return s + 1;
	}
	if (batch && *s >= '0' && *s <= '9') {
		name[0] = *s;
		name[1] = 0;
		if (value(ctx, name, buf, sizeof buf))
			put_text(t, buf);
		return s + 1;
	}
	if (end && n < sizeof name) {
		memcpy(name, s, n);
		name[n] = 0;
		if (value(ctx, name, buf, sizeof buf)) {
			put_text(t, buf);
			return end + 1;
		}
		if (batch)
			return end + 1;	/* a variable that is not there is empty */
	}
	if (!batch)
		put(t, '%');
	return s;			/* a lonely % vanishes from a batch line */
}

void parse_expand(const char *line, bool batch, parse_value_fn *value, void *ctx,
		  char *out, size_t size)
{
	struct text t = { out, 0, size };

	while (*line) {
		if (*line == '%')
			line = expand_one(line + 1, batch, value, ctx, &t);
		else
			put(&t, *line++);
	}
	finish(&t);
}

/* --- lines of a batch file -------------------------------------------- */

size_t parse_line(const char *buf, size_t n, bool last, char *line, size_t size)
{
	struct text t = { line, 0, size };
	size_t i = 0;

	for (; i < n && buf[i] != '\n' && buf[i] != 0x1a; i++)
		if (buf[i] != '\r' && buf[i])
			put(&t, buf[i]);
	finish(&t);
	if (i < n && buf[i] == '\n')
		return i + 1;
	return i == n && !last ? 0 : i;
}
