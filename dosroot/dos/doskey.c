/* DOSKEY - macros.  The line editor is COMMAND.COM's; what stays in memory is
 * dosroot/lib/doskey.asm.  */

#include "tool.h"

static const char usage[] =
"Edits command lines, recalls commands, and creates macros.\r\n"
"\r\n"
"DOSKEY [/REINSTALL] [/BUFSIZE=size] [/MACROS] [/HISTORY] [macroname=[text]]\r\n"
"\r\n"
"  /REINSTALL     Installs a new copy of Doskey.\r\n"
"  /BUFSIZE=size  Sets size of command history and macro buffer.\r\n"
"  /MACROS        Displays all Doskey macros.\r\n"
"  /HISTORY       Displays all commands stored in memory.\r\n"
"  macroname      Specifies a name for a macro you create.\r\n"
"  text           Specifies commands you want to record.\r\n"
"\r\n"
"UP and DOWN ARROWS recall commands; ESC clears command line; F7 displays\r\n"
"command history; ALT+F7 clears command history; F8 searches command history;\r\n"
"F9 selects a command by number.\r\n"
"\r\n"
"The following are some special codes in Doskey macro definitions:\r\n"
"$T     Command separator.  Allows multiple commands in a macro.\r\n"
"$1-$9  Batch parameters.  Equivalent to %1-%9 in batch programs.\r\n"
"$*     Symbol replaced by everything following macro name on command line.\r\n";

extern u8 doskey_begin[], doskey_end[];

/* doskey.asm's beginning, which lies at PSP:100h.  */
#define AT_OLD		0x108
#define AT_MACROS	0x10c
#define AT_MACROS_END	0x10e
#define AT_LINES	0x110
#define AT_LINES_END	0x112
#define AT_ENTRY	0x114

#define ROOM		4096	/* of our image; the most /BUFSIZE can be */
static u8 resident[ROOM + 1600];

static struct regs r;
static int reinstall, show_macros, show_history;
static u16 size = 512;

/* The segment of what stays, 0 if nothing does.  */
static u16 installed(void)
{
	r.ax = 0x4800;
	r.es = 0;
	intr(0x2f, &r);
	if (!(r.ax & 0xff) || !r.es || peek(r.es, 0x100) != 'D' || peek(r.es, 0x107) != 'V')
		return 0;
	return r.es;
}

static void show(u16 seg, u16 at, int pairs)
{
	int c;

	while (peek(seg, at)) {
		while ((c = peek(seg, at++)))
			put(c);
		if (pairs) {
			put('=');
			while ((c = peek(seg, at++)))
				put(c);
		}
		say("\r\n");
	}
}

static u16 past(u16 seg, u16 at)
{
	while (peek(seg, at++))
		;
	return at;
}

static int is_named(u16 seg, u16 at, const char *name)
{
	while (*name && peek(seg, at) == (u8)*name) {
		name++;
		at++;
	}
	return !*name && !peek(seg, at);
}

/* Takes away what has the name; answers where the last ends.  */
static u16 remove_macro(u16 seg, const char *name)
{
	u16 at = peekw(seg, AT_MACROS), next, from, to;

	while (peek(seg, at)) {
		next = past(seg, past(seg, at));
		if (is_named(seg, at, name)) {
			to = at;
			for (from = next; from <= peekw(seg, AT_MACROS_END); from++)
				poke(seg, to++, peek(seg, from));
		} else {
			at = next;
		}
	}
	return at;
}

static void set_macro(u16 seg, char *name, const char *text)
{
	u16 at, n = length(name) + length(text) + 3;

	upper_text(name);
	at = remove_macro(seg, name);
	if (!*text)
		return;
	if (at + n > peekw(seg, AT_MACROS_END))
		die(1, "Insufficient memory to store macro.  "
		    "Use the DOSKEY command with the /BUFSIZE switch.\r\n");
	far_copy(seg, at, psp, (u16)name, length(name) + 1);
	at += length(name) + 1;
	far_copy(seg, at, psp, (u16)text, length(text) + 1);
	poke(seg, at + length(text) + 1, 0);
}

/* Builds what stays, at `resident`, as if it were at 100h, with half of the
 * buffer for macros and half for lines.  */
static u16 build(void)
{
	u16 code = doskey_end - doskey_begin;

	if (size < 256 || size > ROOM)
		die(1, "Invalid parameter - %u\r\n", size);
	copy_bytes(resident, doskey_begin, code);
	fill(resident + code, 0, size);
	*(u16 *)(resident + AT_MACROS - 0x100) = 0x100 + code;
	*(u16 *)(resident + AT_MACROS_END - 0x100) = 0x100 + code + size / 2 - 1;
	*(u16 *)(resident + AT_LINES - 0x100) = 0x100 + code + size / 2;
	*(u16 *)(resident + AT_LINES_END - 0x100) = 0x100 + code + size - 2;
	r.ax = 0x352f;
	dos(&r);
	*(u16 *)(resident + AT_OLD - 0x100) = r.bx;
	*(u16 *)(resident + AT_OLD - 0xfe) = r.es;
	return code + size;
}

/* A macro that is defined on the same line is put in before, as afterwards
 * nothing of the program is left.  */
static void install(char *name, const char *text)
{
	static u16 vectors[3];
	u16 bytes = build(), at;

	if (name && *text) {
		at = (u16)resident + *(u16 *)(resident + AT_MACROS - 0x100) - 0x100;
		upper_text(name);
		if (length(name) + length(text) + 3 > size / 2)
			die(1, "Insufficient memory to store macro.\r\n");
		copy((char *)at, name);
		copy((char *)at + length(name) + 1, text);
	}
	say("DOSKEY installed.\r\n");
	flush();
	memory_give(peekw(psp, 0x2c));
	vectors[0] = 0x2f;
	vectors[1] = *(u16 *)(resident + AT_ENTRY - 0x100);
	stay(resident, bytes, vectors);
}

/* --- The command line: a macro's text may contain anything ------------------------ */

static char *skip_blanks(char *p)
{
	while (*p == ' ' || *p == '\t')
		p++;
	return p;
}

static void take_switch(char *word)
{
	upper_text(word);
	if (same(word, "?")) {
		put_bytes((u8 *)usage, length(usage));
		quit(0);
	} else if (same(word, "REINSTALL")) {
		reinstall = 1;
	} else if (same(word, "MACROS") || same(word, "M")) {
		show_macros = 1;
	} else if (same(word, "HISTORY") || same(word, "H")) {
		show_history = 1;
	} else if (!same_bytes((u8 *)word, (u8 *)"BUFSIZE", 7) ||
		   (word[7] != '=' && word[7] != ':') || !to_number(word + 8, &size)) {
		/* COMMAND.COM's editor inserts.  */
		if (!same(word, "INSERT"))
			die(1, "Invalid switch - /%s\r\n", word);
	}
}

/* Answers what follows the switches.  */
static char *take_switches(char *p)
{
	char *word, end;

	for (p = skip_blanks(p); *p == '/'; p = skip_blanks(p)) {
		word = ++p;
		while (*p && *p != ' ' && *p != '\t' && *p != '/')
			p++;
		end = *p;
		*p = 0;
		take_switch(word);
		*p = end;
	}
	return p;
}

int main(void)
{
	char *name, *text = NULL;
	u16 seg;

	take_tail();
	name = take_switches(tail);
	if (*name) {
		text = find_char(name, '=');
		if (!text || text == name)
			die(1, "Invalid macro definition.\r\n");
		*text = 0;
		text = skip_blanks(text + 1);
		if (find_char(name, ' '))
			*find_char(name, ' ') = 0;
	}
	seg = reinstall ? 0 : installed();
	if (!seg)
		install(*name ? name : NULL, text);
	if (*name)
		set_macro(seg, name, text);
	if (show_macros)
		show(seg, peekw(seg, AT_MACROS), 1);
	if (show_history)
		show(seg, peekw(seg, AT_LINES), 0);
	return 0;
}
