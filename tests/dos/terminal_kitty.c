/* terminal_kitty.c - a keyboard with kitty's protocol.  */

#include "terminal.h"

#include <stdlib.h>
#include <string.h>

static const char shifted[][2] = {
	"1!", "2@", "3#", "4$", "5%", "6^", "7&", "8*", "9(", "0)", "-_", "=+", "[{", "]}", ";:",
	"'\"", "`~", "\\|", ",<", ".>", "/?",
};

static const struct { unsigned bit, code; unsigned char scan; } held[] = {
	{ SHIFT, 57441, 0x2a }, { CTRL, 57442, 0x1d }, { ALT, 57443, 0x38 },
};

static unsigned shift_of(unsigned ch)
{
	for (size_t i = 0; i < sizeof shifted / sizeof *shifted; i++)
		if ((unsigned)shifted[i][0] == ch)
			return shifted[i][1];
	return ch >= 'a' && ch <= 'z' ? ch - 32 : 0;
}

/* As kitty does: parameters that have their usual values are left out.  */
static void send_key(const char *kitty, unsigned modifiers, unsigned kind)
{
	unsigned code = strtoul(kitty, NULL, 10), capital = shift_of(code);
	char final = kitty[strlen(kitty) - 1], text[64], with[16] = "", key[16] = "", typed[16] = "";

	if (kind != 1)
		snprintf(with, sizeof with, "%u:%u", modifiers + 1, kind);
	else if (modifiers)
		snprintf(with, sizeof with, "%u", modifiers + 1);
	if (kind == 1 && !(modifiers & (CTRL | ALT)) && code >= 32 && code < 127)
		snprintf(typed, sizeof typed, "%u", modifiers & SHIFT && capital ? capital : code);
	if (kind == 1 && modifiers & SHIFT && capital)
		snprintf(key, sizeof key, "%u:%u", code, capital);
	else if (code != 1 || *with)
		snprintf(key, sizeof key, "%u", code);
	snprintf(text, sizeof text, "\033[%s%s%s%s%s%c", key, *with || *typed ? ";" : "", with,
		 *typed ? ";" : "", typed, final);
	send_text(text);
}

static void hold(unsigned modifiers, bool down, struct events *e)
{
	unsigned now = down ? 0 : modifiers;

	for (int n = 0; n < 3; n++) {
		int i = down ? n : 2 - n;
		char kitty[16], byte[4];

		if (!(modifiers & held[i].bit))
			continue;
		now ^= held[i].bit;
		snprintf(kitty, sizeof kitty, "%uu", held[i].code);
		send_key(kitty, now, down ? 1 : 3);
		snprintf(byte, sizeof byte, "%02X", held[i].scan | (down ? 0 : 0x80));
		add(e->bytes, sizeof e->bytes, byte);
	}
}

/* One code of set 1: E053 and 53, with the break bit E0D3 and D3.  */
static void code(struct events *e, unsigned code, bool down)
{
	char text[8];

	if (code >> 8)
		add(e->bytes, sizeof e->bytes, "E0");
	snprintf(text, sizeof text, "%02X", (code & 0xff) | (down ? 0 : 0x80));
	add(e->bytes, sizeof e->bytes, text);
}

/* IBM, "Keyboards (101- and 102-key)", the tables of keys 75 to 89, 95, 124 and 126.  */
static void codes(const struct key *k, unsigned modifiers, bool down, struct events *e)
{
	unsigned make = strtoul(k->code, NULL, 16);
	bool print = strcmp(k->name, "PrintScreen") == 0, pause = strcmp(k->name, "Pause") == 0;
	bool disguised = make == 0xe035 || (make >= 0xe047 && make <= 0xe053);

	if (pause) {
		if (down)
			add(e->bytes, sizeof e->bytes,
			    modifiers & CTRL ? "E0 46 E0 C6" : "E1 1D 45 E1 9D C5");
	} else if (print && modifiers & ALT) {
		code(e, 0x54, down);
	} else if (print && modifiers) {
		code(e, 0xe037, down);
	} else if (print) {
		add(e->bytes, sizeof e->bytes, down ? "E0 2A E0 37" : "E0 B7 E0 AA");
	} else {
		if (down && disguised && modifiers & SHIFT)
			code(e, 0xe02a, false);
		code(e, make, down);
		if (!down && disguised && modifiers & SHIFT)
			code(e, 0xe02a, true);
	}
}

static bool pauses(const struct key *k, unsigned modifiers)
{
	return strcmp(k->name, "Pause") == 0 ? !(modifiers & CTRL) :
		strcmp(k->name, "NumLock") == 0 && modifiers & CTRL;
}

static bool is_prefix(const struct key *k, unsigned modifiers)
{
	return strcmp(k->name, "6") == 0 && (modifiers & (CTRL | ALT)) == CTRL;
}

static void strike(const struct key *k, unsigned modifiers)
{
	struct events e = { "", "" }, ignored = e;
	char name[64];

	hold(modifiers, true, &e);
	if (is_prefix(k, modifiers)) {		/* twice, it is the key itself */
		send_key(k->kitty, modifiers, 1);
		send_key(k->kitty, modifiers, 3);
		add(e.bytes, sizeof e.bytes, modifiers & SHIFT ? "9D AA 1D" : "9D 1D");
	}
	send_key(k->kitty, modifiers, 1);
	codes(k, modifiers, true, &e);
	send_key(k->kitty, modifiers, 3);
	codes(k, modifiers, false, &e);
	hold(modifiers, false, is_prefix(k, modifiers) ? &ignored : &e);
	if (is_prefix(k, modifiers))
		add(e.bytes, sizeof e.bytes, "9D");
	if (pauses(k, modifiers)) {		/* another key goes on, and is swallowed */
		add(e.bytes, sizeof e.bytes, "01 81");
		look(200);
		send_key("27u", 0, 1);
		send_key("27u", 0, 3);
	}
	add_word(k, modifiers, &e);
	snprintf(name, sizeof name, "%s%s%s%s", modifiers & CTRL ? "Ctrl-" : "", modifiers & ALT ? "Alt-" : "",
		 modifiers & SHIFT ? "Shift-" : "", k->name);
	check(name, &e);
}

/* Ctrl-Alt-Del is a reset.  What locks, prints or pauses is defined with one of the
 * three at most, and of these themselves one is enough.  */
static bool is_defined(const struct key *k, unsigned modifiers)
{
	const char *n = k->name;
	bool more = modifiers & (modifiers - 1);

	if (!strcmp(n, "Delete") || !strcmp(n, "PadPeriod"))
		return (modifiers & (CTRL | ALT)) != (CTRL | ALT);
	if (!strcmp(n, "102nd"))
		return modifiers & (CTRL | ALT);
	if (strstr(n, "Shift") || strstr(n, "Ctrl") || strstr(n, "Alt"))
		return !modifiers;
	return !more || !(strchr(k->word[0], '*') || strstr(n, "Lock"));
}

static void all_combinations(const struct key *k)
{
	for (unsigned m = 0; m < COMBINATIONS; m++) {
		if (!is_defined(k, m))
			continue;
		strike(k, m);
		if (strstr(k->name, "Lock") && !pauses(k, m))
			strike(k, m);
	}
}

/* Locks that change out of dosvm's sight are the guest's with the next key; those that
 * it has seen are not turned twice.  */
static void locks(void)
{
	static const struct step steps[] = {
		{ "caps on", "\033[97;65:1;65u\033[97;65:3u", "3A BA 1E 9E", "k1E41" },
		{ "caps is on", "\033[97;65:1;65u\033[97;65:3u", "1E 9E", "k1E41" },
		{ "caps off", "\033[97;1:1;97u\033[97;1:3u", "3A BA 1E 9E", "k1E61" },
		{ "num on", "\033[57406;129:1;55u\033[57406;129:3u", "45 C5 47 C7", "k4737" },
		{ "num off", "\033[57423;1:1u\033[57423;1:3u", "45 C5 47 C7", "k4700" },
		{ "the key", "\033[57358;1:1u\033[57358;65:3u\033[97;65:1;65u\033[97;65:3u", "3A BA 1E 9E", "k1E41" },
		{ "again", "\033[57358;65:1u\033[57358;65:3u\033[97;1:1;97u\033[97;1:3u", "3A BA 1E 9E", "k1E61" },
	};

	take_steps(steps, sizeof steps / sizeof *steps);
}

void kitty(FILE *f)
{
	char line[256];
	struct key k;

	while (fgets(line, sizeof line, f))
		if (*line != '#' && parse_key(line, &k))
			all_combinations(&k);
	locks();
}
