/* fuzz_batch.c - the language of COMMAND.COM: the input is a batch file,
 * each of whose lines is also taken as a line typed, a FOR, an IF, a label
 * and a list of names.  */

#include "fuzz.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "shell/parse.h"

static void promise(bool kept)
{
	if (!kept)
		abort();
}

static bool value(void *ctx, const char *name, char *buf, size_t size)
{
	promise(strlen(name) < SHELL_LINE);
	parse_copy(buf, size, ctx);
	return name[0] & 1;
}

static void one_for(const char *line)
{
	struct parse_for f;
	char item[32], body[SHELL_LINE];
	size_t at;

	if (!parse_for(line, &f))
		return;
	promise(f.list <= f.list_end && f.list_end < f.body && f.body < strlen(line));
	for (at = f.list; parse_for_item(line, &at, f.list_end, item, sizeof item); )
		promise(at <= f.list_end && *item);
	parse_for_body(line + f.body, f.variable, line, body, sizeof body);
	promise(strlen(body) < sizeof body);
}

static void stages(const char *line)
{
	struct parse_stage s;
	size_t at = 0, next;

	while (parse_stage(line + at, &s, &next) && s.piped) {
		promise(next > 0 && at + next <= strlen(line));
		at += next;
	}
	promise(parse_internal_name(s.command) <= strlen(s.command));
	promise(parse_program_name(s.command) <= strlen(s.command));
}

static void names(const char *line)
{
	struct parse_words w;
	char out[40];

	parse_words(&w, line, line[0] & 1);
	promise(w.n <= PARSE_WORDS);
	for (unsigned i = 0; i < w.n; i++) {
		promise(strlen(w.word[i]) < SHELL_LINE);
		promise(parse_base(w.word[i]) <= strlen(w.word[i]));
		parse_is_short(w.word[i]);
		parse_is_directory(w.word[i]);
		parse_rename(w.word[i], w.word[0], out, sizeof out);
		parse_join(out, sizeof out, w.word[i], w.word[0]);
		promise(strlen(out) < sizeof out);
	}
	for (unsigned i = 0; i < 12; i++)
		parse_parameter(line, i, out, sizeof out);
}

static void one_line(const char *line)
{
	char text[SHELL_LINE], label[9];
	struct parse_if f;

	parse_label(line, label);
	promise(strlen(label) <= 8);
	if (parse_if(line, &f))
		promise(f.command < strlen(line));
	one_for(line);
	stages(line);
	names(line);
	for (unsigned batch = 0; batch < 2; batch++) {
		parse_expand(line, batch, value, (void *)(uintptr_t)line, text, sizeof text);
		promise(strlen(text) < sizeof text);
		stages(text);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *buf = (const char *)data;
	char line[SHELL_LINE], label[9];
	size_t at = 0, used;

	while ((used = parse_line(buf + at, size - at, true, line, sizeof line)) > 0) {
		promise(used <= size - at);
		at += used;
		one_line(line);
	}
	parse_label(line, label);
	for (at = 0; at < size; at += used)
		if (parse_find_label(buf + at, size - at, at & 1, label, &used) || !used)
			break;
	promise(at <= size);
	return 0;
}
