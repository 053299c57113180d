/* CHOICE - asks for one of some keys.  ERRORLEVEL is its number, from 1;
 * 0 if Ctrl-C was pressed, 255 after an error.  */

#include "tool.h"

static const char usage[] =
"Waits for the user to choose one of a set of choices.\r\n"
"\r\n"
"CHOICE [/C[:]choices] [/N] [/S] [/T[:]c,nn] [text]\r\n"
"\r\n"
"/C[:]choices Specifies allowable keys. Default is YN\r\n"
"/N           Do not display choices and ? at end of prompt string.\r\n"
"/S           Treat choice keys as case sensitive.\r\n"
"/T[:]c,nn    Default choice to c after nn seconds\r\n"
"text         Prompt string to display\r\n"
"\r\n"
"ERRORLEVEL is set to offset of key user presses in choices.\r\n";

static char *choices = "YN", *timeout;
static int quiet, by_case;

static const struct option options[] = {
	{ "C", OPT_TEXT, &choices }, { "N", OPT_FLAG, &quiet },
	{ "S", OPT_FLAG, &by_case }, { "T", OPT_TEXT, &timeout }, { NULL },
};

#define FAILED	255
#define CTRL_C	3
#define BELL	7

static struct regs r;

static int index_of(int key)
{
	char *at = find_char(choices, by_case ? key : upper(key));

	return key && at ? at - choices + 1 : 0;
}

static void check_choices(void)
{
	char *p;

	if (!by_case)
		upper_text(choices);
	for (p = choices; *p; p++)
		if (find_char(p + 1, *p))
			break;
	if (*p || !*choices)
		die(FAILED, "CHOICE: invalid choice switch syntax. "
		    "Expected form: /C[:]choices\r\n");
}

/* /T:c,nn; answers the seconds, and the choice in *choice.  */
static u16 check_timeout(int *choice)
{
	u16 seconds;

	if (!timeout[0] || timeout[1] != ',' || !to_number(timeout + 2, &seconds) ||
	    seconds > 99)
		die(FAILED, "CHOICE: Incorrect timeout syntax. "
		    "Expected form Tc,nn or T:c,nn\r\n");
	*choice = index_of(timeout[0]);
	if (!*choice)
		die(FAILED, "CHOICE: Timeout default not in specified "
		    "(or default) choices.\r\n");
	return seconds;
}

/* As typed, up to a switch behind it; quotation marks let it contain "/".  */
static void show_prompt(void)
{
	const char *p = tail + arg_at[0], *choice;
	int quoted = 0;

	if (argc)
		for (; *p && (*p != '/' || quoted); p++)
			if (*p == '"')
				quoted = !quoted;
			else
				put(*p);
	if (quiet)
		return;
	for (choice = choices; *choice; choice++) {
		put(choice == choices ? '[' : ',');
		put(*choice);
	}
	say("]?");
}

/* Hundredths of a second since midnight.  */
static u32 now(void)
{
	r.ax = 0x2c00;
	dos(&r);
	return ((u32)(r.cx >> 8) * 60 + (r.cx & 0xff)) * 6000 +
		(u32)(r.dx >> 8) * 100 + (r.dx & 0xff);
}

#define DAY	8640000L

/* 1 if a key comes within this time.  */
static int key_comes(u16 seconds)
{
	u32 begun = now(), passed;

	for (;;) {
		r.ax = 0x0b00;
		dos(&r);
		if (r.ax & 0xff)
			return 1;
		passed = (now() + DAY - begun) % DAY;
		if (passed >= (u32)seconds * 100)
			return 0;
		intr(0x28, &r);
		r.ax = 0x1680;	/* the rest of this time slice is for others */
		intr(0x2f, &r);
	}
}

/* A key from the console as it is, a byte from anything else; -1 at its end.  */
static int read_key(void)
{
	u8 c;

	flush();
	if (!is_device(STDIN))
		return file_read(STDIN, &c, 1) == 1 ? c : -1;
	r.ax = 0x0700;
	dos(&r);
	if (r.ax & 0xff)
		return r.ax & 0xff;
	r.ax = 0x0700;		/* an extended key's second half is no choice */
	dos(&r);
	return 0;
}

int main(void)
{
	u16 seconds = 0;
	int by_default = 0, key, index;

	arguments(usage, options, FAILED);
	check_choices();
	if (timeout)
		seconds = check_timeout(&by_default);
	show_prompt();
	flush();
	for (;;) {
		if (timeout && is_device(STDIN) && !key_comes(seconds)) {
			index = by_default;
			break;
		}
		timeout = NULL;		/* a key, even a wrong one, ends the waiting */
		key = read_key();
		if (key == CTRL_C)
			quit(0);
		if (key < 0 && !by_default)
			quit(FAILED);
		index = key < 0 ? by_default : index_of(key);
		if (index)
			break;
		if (is_device(STDIN))
			put(BELL);
	}
	say("%c\r\n", choices[index - 1]);
	return index;
}
