/* keyb.c - KEYB: the keyboard's layout.
 *
 * The tables are dosvm's own; KEYBOARD.SYS and /E (an enhanced keyboard) may be
 * named, as on DOS, and are not needed.  */

#include "tool.h"

#define MULTIPLEX	0x2f
#define KEYB_HERE	0xad80
#define KEYB_SET_PAGE	0xad81
#define KEYB_LOAD	0xadd0		/* dosvm's */
#define NAME_AT		0x16
#define PAGE_AT		0x18

static int enhanced;
static char *id;

static const struct option options[] = {
	{ "E", OPT_FLAG, &enhanced },
	{ "ID", OPT_TEXT, &id },
	{ NULL },
};

static struct regs r;

static int is_here(void)
{
	r.ax = KEYB_HERE;
	intr(MULTIPLEX, &r);
	return (r.ax & 0xff) == 0xff;
}

static void show(void)
{
	if (!is_here()) {
		say("KEYB has not been installed\r\n");
		quit(0);
	}
	say("Current keyboard code: %c%c  code page: %u\r\n", peek(r.es, r.di + NAME_AT),
	    peek(r.es, r.di + NAME_AT + 1), peekw(r.es, r.di + PAGE_AT));
	quit(0);
}

/* The commas between the first word and the second: behind two comes the name of
 * a file, as on DOS, where the page between them may be left out.  */
static int commas(void)
{
	int n, at;

	n = 0;
	for (at = arg_at[0]; at < arg_at[1]; at++)
		n += tail[at] == ',';
	return n;
}

int main(void)
{
	char *name;
	u16 page;

	arguments("Sets the layout of the keyboard.\r\n\r\n"
		  "KEYB [xx[,[yyy][,[path]KEYBOARD.SYS]]] [/E] [/ID:nnn]\r\n\r\n"
		  "  xx       The country's letters, as GR, FR or UK.\r\n"
		  "  yyy      The code page.\r\n"
		  "  /E       An enhanced keyboard: it always is.\r\n"
		  "  /ID:nnn  Which keyboard of the country: the usual one is there.\r\n\r\n"
		  "Ctrl+Alt+F1 goes to the keys of the United States, Ctrl+Alt+F2 back.  With RU\r\n"
		  "and GK, Ctrl and the right Shift key choose their own letters, Ctrl and the\r\n"
		  "left one Latin.\r\n", options, 1);
	if (!argc)
		show();
	name = argv[0];
	page = 0;
	if (argc > 1 && commas() < 2 && !to_number(argv[1], &page))
		die(1, "Invalid code page specified\r\n");
	if (length(name) != 2)
		die(1, "Invalid keyboard code specified\r\n");
	r.ax = KEYB_LOAD;
	r.bx = (name[0] & 0xff) | name[1] << 8;
	r.dx = page;
	if (!intr(MULTIPLEX, &r) && r.ax == 0)
		return 0;
	if (r.ax == 2)
		die(4, "Code page requested is not valid for given keyboard code\r\n");
	if (r.ax == 1)
		die(1, "Invalid keyboard code specified\r\n");
	die(5, "KEYB needs dosvm\r\n");
}
