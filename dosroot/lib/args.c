/* args.c - the command's tail, as COMMAND.COM leaves it at PSP:80h.  Switches
 * may stand anywhere, also right after a word (SORT/R); between words stand
 * blanks, tabs, commas, semicolons and equals signs; what is between quotation
 * marks is one word.  */

#include "tool.h"

int argc;
char *argv[MAX_ARGS + 1];
u8 arg_at[MAX_ARGS];
char tail[130];

static char words[260];

static int is_blank(int c)
{
	return c == ' ' || c == '\t';
}

static int is_gap(int c)
{
	return is_blank(c) || c == ',' || c == ';' || c == '=';
}

int to_number(const char *s, u16 *number)
{
	u32 n = 0;

	if (!*s)
		return 0;
	for (; *s; s++) {
		if (!is_digit(*s))
			return 0;
		n = n * 10 + (*s - '0');
		if (n > 0xffffL)
			return 0;
	}
	*number = n;
	return 1;
}

/* Does the switch's text begin with this name?  */
static int begins(const char *name, const char *text)
{
	while (*name)
		if (*name++ != upper(*text++))
			return 0;
	return 1;
}

/* A switch that has no value must end here, one with a name of letters only
 * may be followed by its value.  */
static int take(const struct option *o, char *text)
{
	char *value = text + length(o->name);

	if (!begins(o->name, text))
		return 0;
	if (o->kind == OPT_FLAG) {
		if (*value)
			return 0;
		*(int *)o->value = 1;
		return 1;
	}
	if (*value == ':')
		value++;
	if (o->kind == OPT_COUNT)
		return to_number(value, (u16 *)o->value);
	*(char **)o->value = value;
	return 1;
}

static void take_switch(const char *usage, const struct option *options, int invalid,
			char *text)
{
	if (same(text, "?")) {
		say("%s", "");
		put_bytes((u8 *)usage, length(usage));
		quit(0);
	}
	for (; options->name; options++)
		if (take(options, text))
			return;
	die(invalid, "Invalid switch - /%s\r\n", text);
}

void take_tail(void)
{
	far_copy(psp, (u16)tail, psp, 0x81, 127);
	tail[peek(psp, 0x80) & 0x7f] = 0;
}

void arguments(const char *usage, const struct option *options, int invalid)
{
	char *from = tail, *to = words, *word;
	int quoted;

	take_tail();
	for (;;) {
		while (is_gap(*from))
			from++;
		if (!*from)
			break;
		word = to;
		if (*from == '/') {
			from++;
			while (*from && !is_blank(*from) && (*from != '/' || to == word))
				*to++ = *from++;
			*to++ = 0;
			take_switch(usage, options, invalid, word);
			continue;
		}
		if (argc == MAX_ARGS)
			die(invalid, "Too many parameters\r\n");
		arg_at[argc] = from - tail;
		argv[argc++] = word;
		for (quoted = 0; *from; ) {
			if (*from == '"')
				quoted = !quoted;
			else if (!quoted && (is_gap(*from) || *from == '/'))
				break;
			*to++ = *from++;
		}
		*to++ = 0;
	}
}
