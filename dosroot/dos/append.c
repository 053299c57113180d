/* APPEND - directories where programs find data files as if they were in the
 * current one.  What stays in memory is dosroot/lib/append.asm.  */

#include "tool.h"

static const char usage[] =
"Allows programs to open data files in specified directories as if they were in\r\n"
"the current directory.\r\n"
"\r\n"
"APPEND [[drive:]path[;...]] [/X[:ON | :OFF]] [/PATH:ON | /PATH:OFF]\r\n"
"APPEND ;\r\n"
"\r\n"
"  [drive:]path  Specifies a drive and directory to append.\r\n"
"  /X:ON         Applies appended directories to file searches and\r\n"
"                application execution.\r\n"
"  /X:OFF        Applies appended directories only to requests to open files.\r\n"
"                /X:OFF is the default setting.\r\n"
"  /PATH:ON      Applies appended directories to file requests that already\r\n"
"                specify a path.  /PATH:ON is the default setting.\r\n"
"  /PATH:OFF     Turns off the effect of /PATH:ON.\r\n"
"\r\n"
"Type APPEND ; to clear the appended directory list.\r\n"
"Type APPEND without parameters to display the appended directory list.\r\n";

static char *search, *path;

static const struct option options[] = {
	{ "X", OPT_TEXT, &search }, { "PATH", OPT_TEXT, &path }, { NULL },
};

extern u8 append_begin[], append_end[];

/* append.asm's beginning, which lies at PSP:100h.  */
#define AT_OLD_21	0x100
#define AT_OLD_2F	0x104
#define AT_ENTRY_21	0x108
#define AT_ENTRY_2F	0x10a
#define AT_STATE	0x10c
#define AT_LIST		0x10e
#define LIST_SIZE	130

#define STATE_ON	0x0001
#define STATE_PATH	0x2000
#define STATE_X		0x8000

static struct regs r;
static char list[LIST_SIZE];

static int installed(void)
{
	r.ax = 0xb700;
	intr(0x2f, &r);
	return (r.ax & 0xff) == 0xff;
}

/* ON or OFF; "" is ON.  */
static u16 switched(const char *value, u16 bit, u16 state)
{
	if (!value)
		return state;
	upper_text((char *)value);
	if (!*value || same(value, "ON"))
		return state | bit;
	if (!same(value, "OFF"))
		die(1, "Invalid parameter - %s\r\n", value);
	return state & ~bit;
}

/* The directories as they were typed; they need not exist yet.  */
static int take_list(void)
{
	int i;

	for (i = 0; i < argc; i++) {
		if (length(list) + length(argv[i]) + 2 > LIST_SIZE)
			die(1, "Invalid path\r\n");
		if (*list)
			append(list, ";");
		append(list, argv[i]);
	}
	upper_text(list);
	return argc || find_char(tail, ';');
}

static void show(void)
{
	u16 at;

	r.ax = 0xb704;
	intr(0x2f, &r);
	if (!peek(r.es, r.di)) {
		say("No Append\r\n");
		return;
	}
	say("APPEND=");
	for (at = r.di; peek(r.es, at); at++)
		put(peek(r.es, at));
	say("\r\n");
}

static void old_vector(int number, u16 at)
{
	r.ax = 0x3500 | number;
	dos(&r);
	*(u16 *)(append_begin + at - 0x100) = r.bx;
	*(u16 *)(append_begin + at - 0xfe) = r.es;
}

static void install(void)
{
	static u16 vectors[5];
	u16 state = STATE_ON | STATE_PATH;

	old_vector(0x21, AT_OLD_21);
	old_vector(0x2f, AT_OLD_2F);
	state = switched(search, STATE_X, state);
	state = switched(path, STATE_PATH, state);
	*(u16 *)(append_begin + AT_STATE - 0x100) = state;
	copy((char *)append_begin + AT_LIST - 0x100, list);
	vectors[0] = 0x21;
	vectors[1] = *(u16 *)(append_begin + AT_ENTRY_21 - 0x100);
	vectors[2] = 0x2f;
	vectors[3] = *(u16 *)(append_begin + AT_ENTRY_2F - 0x100);
	flush();
	memory_give(peekw(psp, 0x2c));
	stay(append_begin, (u16)(append_end - append_begin), vectors);
}

int main(void)
{
	int changed;

	arguments(usage, options, 1);
	changed = take_list();
	if (!installed()) {
		if (!changed && !search && !path) {
			say("No Append\r\n");
			return 0;
		}
		install();
	}
	if (changed) {
		r.ax = 0xb704;
		intr(0x2f, &r);
		far_copy(r.es, r.di, psp, (u16)list, length(list) + 1);
	}
	if (search || path) {
		r.ax = 0xb706;
		intr(0x2f, &r);
		r.bx = switched(path, STATE_PATH, switched(search, STATE_X, r.bx));
		r.ax = 0xb707;
		intr(0x2f, &r);
	}
	if (!changed && !search && !path)
		show();
	return 0;
}
