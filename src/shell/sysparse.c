/* sysparse.c - the parser that COMMAND.COM lends to installed commands.
 *
 * With INT 2Fh/AE01h, ES:DI is its entry; APPEND of DOS 4 and later has no
 * parser of its own once it is resident.  A call takes one operand of the line
 * at DS:SI and compares it with the caller's description at ES:DI (MS-DOS 4.0,
 * INC/PARSE.ASM and PSDATA.INC, which define the blocks):
 *
 *	parms	w parmsx, b extra strings (0 to 2), each b length, its characters:
 *		delimiters beside blank, tab and comma; ends of line beside CR
 *		and NUL
 *	parmsx	b least and b most positionals, w control each; b switches,
 *		w control each; b keywords, w control each
 *	control	w what matches, w functions, w result, w values, b names, and
 *		the names as ASCIZ ("/X", "KEY=")
 *	values	b kinds (1 to 3); b ranges, each b tag, d from, d to; b numbers,
 *		each b tag, d value; b strings, each b tag, w ASCIZ
 *	result	b type, b tag, w the name found, d value
 *
 * Dates, times and complex lists are not parsed: they do not match (syntax
 * error).  The caller's blocks are his own affair; walks through them end,
 * since the counts are bytes.  */

#include "shell/sh.h"

#include <ctype.h>
#include <string.h>

enum { BLOCK_EXTRA = 2, BLOCK_LIST = 3 };
enum { CONTROL_MATCH = 0, CONTROL_FUNCTION = 2, CONTROL_RESULT = 4, CONTROL_VALUES = 6,
       CONTROL_NAMES = 8, CONTROL_NAME = 9 };

enum {
	MATCH_NUMBER = 0x8000, MATCH_SIGNED = 0x4000, MATCH_STRING = 0x2000, MATCH_FILE = 0x0200,
	MATCH_DRIVE = 0x0100, MATCH_QUOTED = 0x0080, MATCH_COLON = 0x0010, MATCH_REPEAT = 0x0002,
	MATCH_OPTIONAL = 0x0001,
};

enum { FUNCTION_CAPITALS = 0x0003, FUNCTION_NO_COLON = 0x0010, FUNCTION_COLON_OPTIONAL = 0x0020 };

enum type {
	TYPE_NUMBER = 1, TYPE_INDEX = 2, TYPE_STRING = 3, TYPE_FILE = 5, TYPE_DRIVE = 6,
	TYPE_QUOTED = 9,
};

enum code {
	CODE_OK = 0, CODE_TOO_MANY = 1, CODE_MISSING = 2, CODE_NO_SWITCH = 3, CODE_NO_KEYWORD = 4,
	CODE_RANGE = 6, CODE_NOT_IN_VALUES = 7, CODE_NOT_IN_STRINGS = 8, CODE_SYNTAX = 9,
	CODE_END = 0xffff,
};

#define NO_TAG	0xff
#define TEXT	128

struct parse {
	struct guest *g;
	struct far line;		/* its next character */
	uint16_t es, block;
	uint16_t shell;			/* whose D_FIND holds strings of results */
	uint16_t ordinal, result, name;
	uint16_t control;
	uint8_t delimiter;
	bool extra, is_switch, has_equals;
	char text[TEXT];		/* the operand */
	enum code code;
};

static uint8_t byte(const struct parse *p, uint16_t off) { return guest_r8(p->g, p->es, off); }
static uint16_t word(const struct parse *p, uint16_t off) { return guest_r16(p->g, p->es, off); }
static uint32_t dword(const struct parse *p, uint16_t off) { return word(p, off) | (uint32_t)word(p, off + 2) << 16; }

static uint8_t peek(const struct parse *p)
{
	return guest_r8(p->g, p->line.seg, p->line.off);
}

/* --- the line -------------------------------------------------------------------- */

static bool is_in(const struct parse *p, uint16_t list, uint8_t c)
{
	for (unsigned n = byte(p, list), i = 1; i <= n; i++)
		if (byte(p, list + i) == c)
			return true;
	return false;
}

static bool is_end(const struct parse *p, uint8_t c)
{
	uint16_t ends = p->block + BLOCK_LIST + 1 + byte(p, p->block + BLOCK_LIST);

	return c == '\r' || c == 0 ||
	       (byte(p, p->block + BLOCK_EXTRA) >= 2 && is_in(p, ends, c));
}

static bool is_delimiter(struct parse *p, uint8_t c)
{
	p->delimiter = ' ';
	p->extra = false;
	if (c == ' ' || c == '\t')
		return true;
	if (c != ',' && !(byte(p, p->block + BLOCK_EXTRA) >= 1 && is_in(p, p->block + BLOCK_LIST, c)))
		return false;
	p->delimiter = c;
	p->extra = !p->has_equals;
	return true;
}

/* A comma counts once.  False: nothing follows.  */
static bool skip_delimiters(struct parse *p)
{
	for (unsigned n = 0; n < 0x10000; n++) {
		uint8_t c = peek(p);

		if (is_end(p, c))
			return false;
		if (!is_delimiter(p, c))
			return true;
		if (p->extra && (p->is_switch || p->has_equals))
			return true;
		p->line.off++;
		if (p->extra)
			return true;
	}
	return false;
}

/* "10/12": not where a switch begins.  */
static bool begins_switch(const struct parse *p, size_t n)
{
	uint8_t next = guest_r8(p->g, p->line.seg, p->line.off + 1);

	return peek(p) == '/' && n && !(isdigit((unsigned char)p->text[n - 1]) && isdigit(next));
}

static void take_operand(struct parse *p)
{
	size_t n = 0;

	while (!p->extra) {
		uint8_t c = peek(p);

		if (begins_switch(p, n) || is_end(p, c) || n + 1 == TEXT)
			break;
		if (is_delimiter(p, c)) {
			if (p->extra && (p->is_switch || p->has_equals))
				break;
			p->line.off++;
			if (!p->extra)
				skip_delimiters(p);
			break;
		}
		p->is_switch |= !n && c == '/';
		p->has_equals |= c == '=';
		p->text[n++] = c;
		p->line.off++;
	}
	p->text[n] = 0;
}

/* --- results --------------------------------------------------------------------- */

static bool wants(const struct parse *p, unsigned bits)
{
	return word(p, p->control + CONTROL_MATCH) & bits;
}

static bool does(const struct parse *p, unsigned bits)
{
	return word(p, p->control + CONTROL_FUNCTION) & bits;
}

static void fill(struct parse *p, enum type type, uint8_t tag, uint32_t value)
{
	uint16_t at = word(p, p->control + CONTROL_RESULT);

	p->result = at;
	guest_w8(p->g, p->es, at, type);
	guest_w8(p->g, p->es, at + 1, tag);
	guest_w16(p->g, p->es, at + 2, p->name);
	if (type == TYPE_DRIVE) {
		guest_w8(p->g, p->es, at + 4, value);
		return;
	}
	guest_w16(p->g, p->es, at + 4, value);
	if (type != TYPE_INDEX)
		guest_w16(p->g, p->es, at + 6, value >> 16);
}

static void fill_text(struct parse *p, enum type type, const char *s)
{
	char text[TEXT];
	size_t n;

	parse_copy(text, sizeof text, s);
	if (does(p, FUNCTION_CAPITALS))
		parse_upper_text(text);
	n = strlen(text);
	if (does(p, FUNCTION_NO_COLON) && n && text[n - 1] == ':')
		text[n - 1] = 0;
	guest_copy_out(p->g, p->shell, D_FIND, text, strlen(text) + 1);
	fill(p, type, NO_TAG, (uint32_t)p->shell << 16 | D_FIND);
}

/* --- values ---------------------------------------------------------------------- */

/* The operand's s and a name or string of the caller's, which ends where a colon
 * (of a switch) or an equals sign (of a keyword) does.  What follows; NULL:
 * they differ.  */
static const char *same(const struct parse *p, const char *s, uint16_t name, char end)
{
	for (;; s++, name++) {
		uint8_t c = byte(p, name), up = parse_upper(*s);

		if (end && up == end && (end == ':' ? !c : c == end && !byte(p, name + 1)))
			return s + 1;
		if (up == c && !c)
			return s;
		if (up == c)
			continue;
		if (!c && end == ':' && p->is_switch && does(p, FUNCTION_COLON_OPTIONAL))
			return s;
		if (wants(p, MATCH_COLON) && ((!c && up == ':' && !s[1]) || (!up && c == ':')))
			return up ? s + 1 : s;
		return NULL;
	}
}

static bool to_number(const char *s, bool *negative, uint32_t *n)
{
	*n = 0;
	if (!*s)
		return false;
	for (; isdigit((unsigned char)*s); s++) {
		if (*n > (UINT32_MAX - (*s - '0')) / 10)
			return false;
		*n = *n * 10 + (*s - '0');
	}
	if (*negative && *n > 0x80000000u)
		return false;
	*n = *negative ? -*n : *n;
	return !*s;
}

static bool in_range(uint32_t n, uint32_t from, uint32_t to, bool is_signed)
{
	if (is_signed)
		return (int32_t)n >= (int32_t)from && (int32_t)n <= (int32_t)to;
	return n >= from && n <= to;
}

static enum code match_number(struct parse *p, const char *s, bool is_signed)
{
	uint16_t at = word(p, p->control + CONTROL_VALUES);
	bool negative = is_signed && *s == '-';
	unsigned kinds, count;
	uint32_t n;

	if (is_signed && (*s == '+' || *s == '-'))
		s++;
	if (!to_number(s, &negative, &n)) {
		fill_text(p, TYPE_STRING, s);
		return CODE_SYNTAX;
	}
	kinds = byte(p, at++);
	fill(p, TYPE_NUMBER, NO_TAG, n);
	if (!kinds)
		return CODE_OK;
	count = byte(p, at++);
	for (unsigned i = 0; i < count; i++, at += 9)
		if (in_range(n, dword(p, at + 1), dword(p, at + 5), is_signed)) {
			fill(p, TYPE_NUMBER, byte(p, at), n);
			return CODE_OK;
		}
	if (count)
		return CODE_RANGE;
	count = kinds >= 2 ? byte(p, at++) : 0;
	for (unsigned i = 0; i < count; i++, at += 5)
		if (n == dword(p, at + 1)) {
			fill(p, TYPE_NUMBER, byte(p, at), n);
			return CODE_OK;
		}
	return CODE_NOT_IN_VALUES;
}

static enum code match_string(struct parse *p, const char *s)
{
	uint16_t at = word(p, p->control + CONTROL_VALUES);
	unsigned kinds = byte(p, at++), count;

	if (kinds != 3) {
		fill_text(p, TYPE_STRING, s);
		return kinds ? CODE_SYNTAX : CODE_OK;
	}
	at += 1 + 9 * byte(p, at);
	at += 1 + 5 * byte(p, at);
	count = byte(p, at++);
	for (unsigned i = 0; i < count; i++, at += 3)
		if (same(p, s, word(p, at + 1), 0)) {
			fill(p, TYPE_INDEX, byte(p, at), word(p, at + 1));
			return CODE_OK;
		}
	fill_text(p, TYPE_STRING, s);
	return CODE_NOT_IN_STRINGS;
}

static enum code match_drive(struct parse *p, const char *s)
{
	char letter = parse_upper(*s);

	if (letter < 'A' || letter > 'Z' || strcmp(s + 1, s[1] || !wants(p, MATCH_COLON) ? ":" : ""))
		return CODE_SYNTAX;
	fill(p, TYPE_DRIVE, NO_TAG, letter - 'A' + 1);
	return CODE_OK;
}

static enum code match_file(struct parse *p, const char *s)
{
	fill_text(p, TYPE_FILE, s);
	return strpbrk(s, "[]|<>+=;\"") ? CODE_SYNTAX : CODE_OK;
}

/* In quotes that close; two are one.  Blanks in it have ended the operand, so
 * there are none.  */
static enum code match_quoted(struct parse *p, const char *s)
{
	char text[TEXT];
	size_t n = 0;

	fill_text(p, TYPE_QUOTED, s);
	if (*s++ != '"')
		return CODE_SYNTAX;
	for (; *s && (*s != '"' || s[1] == '"'); s++)
		text[n++] = *s == '"' ? *s++ : *s;
	text[n] = 0;
	if (strcmp(s, "\"") != 0)
		return CODE_SYNTAX;
	fill_text(p, TYPE_QUOTED, text);
	return CODE_OK;
}

/* The first kind that it can be, in this order.  */
static enum code match(struct parse *p, const char *s)
{
	enum code code = CODE_SYNTAX;

	if (wants(p, MATCH_NUMBER))
		code = match_number(p, s, false);
	if (code == CODE_SYNTAX && wants(p, MATCH_SIGNED))
		code = match_number(p, s, true);
	if (code == CODE_SYNTAX && wants(p, MATCH_DRIVE))
		code = match_drive(p, s);
	if (code == CODE_SYNTAX && wants(p, MATCH_FILE))
		code = match_file(p, s);
	if (code == CODE_SYNTAX && wants(p, MATCH_QUOTED))
		code = match_quoted(p, s);
	if (code == CODE_SYNTAX && wants(p, MATCH_STRING))
		code = match_string(p, s);
	if (code == CODE_SYNTAX && !p->result)
		fill_text(p, TYPE_STRING, s);
	return code;
}

/* --- operands ---------------------------------------------------------------------- */

static enum code positional(struct parse *p, uint16_t parmsx)
{
	if (p->ordinal >= byte(p, parmsx + 1))
		return CODE_TOO_MANY;
	p->control = word(p, parmsx + 2 + 2 * p->ordinal);
	if (!wants(p, MATCH_REPEAT))
		p->ordinal++;
	if (p->text[0])
		return match(p, p->text);
	if (!wants(p, MATCH_OPTIONAL))
		return CODE_MISSING;
	fill_text(p, TYPE_STRING, "");
	return CODE_OK;
}

/* One of the control's names begins the operand: what follows.  */
static const char *find_name(struct parse *p, char end)
{
	uint16_t name = p->control + CONTROL_NAME;

	for (unsigned n = byte(p, p->control + CONTROL_NAMES); n--; name++) {
		const char *rest = same(p, p->text, name, end);

		if (rest) {
			p->name = name;
			return rest;
		}
		while (byte(p, name))
			name++;
	}
	return NULL;
}

static enum code switch_value(struct parse *p, const char *rest)
{
	if (*rest)
		return match(p, rest);
	fill_text(p, TYPE_STRING, "");
	if (rest[-1] == ':')
		return CODE_SYNTAX;
	return !wants(p, 0xffff) || wants(p, MATCH_OPTIONAL) ? CODE_OK : CODE_MISSING;
}

static enum code keyword_value(struct parse *p, const char *rest)
{
	if (*rest)
		return match(p, rest);
	fill_text(p, TYPE_STRING, "");
	return CODE_SYNTAX;
}

static enum code named(struct parse *p, uint16_t list, char end)
{
	unsigned n = byte(p, list);

	for (list++; n--; list += 2) {
		const char *rest;

		p->control = word(p, list);
		rest = find_name(p, end);
		if (rest)
			return end == ':' ? switch_value(p, rest) : keyword_value(p, rest);
	}
	return end == ':' ? CODE_NO_SWITCH : CODE_NO_KEYWORD;
}

static enum code parse_one(struct parse *p)
{
	uint16_t parmsx = word(p, p->block), switches, keywords;

	if (!skip_delimiters(p))
		return p->ordinal < byte(p, parmsx) ? CODE_MISSING : CODE_END;
	take_operand(p);
	switches = parmsx + 2 + 2 * byte(p, parmsx + 1);
	keywords = switches + 1 + 2 * byte(p, switches);
	if (p->text[0] == '/')
		return named(p, switches, ':');
	if (p->has_equals)
		return named(p, keywords, '=');
	return positional(p, parmsx);
}

/* The stub's far call tells whose it is.  */
enum svc shell_serve_parse(void *room, struct guest *g)
{
	const struct guest_frame *f = guest_frame(g);
	struct cpu *cpu = g->cpu;
	struct parse p = {
		.g = g, .line = { cpu_get16(cpu, CPU_SI), cpu->seg[CPU_DS].sel },
		.es = cpu->seg[CPU_ES].sel, .block = cpu_get16(cpu, CPU_DI),
		.shell = guest_r16(g, f->home_ss, f->home_sp + 2),
		.ordinal = cpu_get16(cpu, CPU_CX), .delimiter = ' ',
	};
	enum code code = parse_one(&p);

	(void)room;
	cpu_set16(cpu, CPU_AX, code);
	cpu_set16(cpu, CPU_SI, p.line.off);
	cpu_set16(cpu, CPU_CX, p.ordinal);
	cpu_set16(cpu, CPU_DX, p.result);
	cpu_set8(cpu, CPU_BX, p.delimiter);
	guest_set_flag(g, CPU_CF, false);
	return SVC_DONE;
}
