/* MODE - the screen, the keyboard's rate, parallel and serial ports.  */

#include "tool.h"

static const char usage[] =
"Configures system devices.\r\n"
"\r\n"
"Printer port:       MODE LPTn[:] [COLS=c] [LINES=l]\r\n"
"Serial port:        MODE COMm[:] [BAUD=b] [PARITY=p] [DATA=d] [STOP=s]\r\n"
"                    MODE COMm[:] b[,p[,d[,s]]]\r\n"
"Device Status:      MODE [device] [/STATUS]\r\n"
"Display mode:       MODE [display-adapter][,n]\r\n"
"                    MODE CON[:] [COLS=c] [LINES=n]\r\n"
"Typematic rate:     MODE CON[:] [RATE=r DELAY=d]\r\n"
"Code page:          MODE CON[:] CP [/STATUS]\r\n";

static int status;

static const struct option options[] = {
	{ "STATUS", OPT_FLAG, &status }, { "STA", OPT_FLAG, &status }, { NULL },
};

static struct regs r;

static void bios(int number, u16 ax, u16 bx)
{
	r.ax = ax;
	r.bx = bx;
	intr(number, &r);
}

static void bad(const char *arg)
{
	die(1, "\r\nInvalid parameter - %s\r\n", arg);
}

/* NAME=n is split at its sign: the words after name i that have a value.  */
static const char *value_of(const char *name)
{
	int i;

	for (i = 1; i + 1 < argc; i++)
		if (same(argv[i], name))
			return argv[i + 1];
	return NULL;
}

/* Its number, or `otherwise` if the word is not there.  */
static u16 number_of(const char *name, u16 otherwise)
{
	const char *text = value_of(name);
	u16 n;

	if (!text)
		return otherwise;
	if (!to_number(text, &n))
		bad(text);
	return n;
}

static void heading(const char *device)
{
	int n;

	say("\r\nStatus for device %s:\r\n", device);
	for (n = length(device) + 19; n; n--)
		put('-');
	say("\r\n");
}

/* --- CON --------------------------------------------------------------------------- */

static void con_status(void)
{
	heading("CON");
	say("Columns=%u\r\nLines=%u\r\n\r\n", screen_columns(), screen_rows());
	say("Code page operation not supported on this device\r\n");
}

/* VESA's mode for what a VGA's own cannot: 132 columns, and 480 scan lines; 0: not
 * needed.  */
static u16 vesa_mode(u16 columns, u16 lines)
{
	if (columns != 132)
		return lines == 30 || lines == 60 ? 0x108 : 0;
	return lines == 43 ? 0x10a : lines == 50 ? 0x10b : lines < 30 ? 0x109 : 0x10c;
}

/* A mode of 400 scan lines (43: of 350) with the font of 16 lines, or VESA's.  */
static void set_mode(u16 columns, u16 lines)
{
	u16 mode, vesa = vesa_mode(columns, lines);

	if (vesa) {
		bios(0x10, 0x4f02, vesa);
		return;
	}
	bios(0x10, 0x0f00, 0);
	mode = r.ax & 0x7f;
	if (mode != 7)
		mode = columns == 40 ? 1 : 3;
	bios(0x10, lines == 43 ? 0x1201 : 0x1202, 0x30);
	bios(0x10, mode, 0);
	bios(0x10, 0x1202, 0x30);
}

static void set_screen(u16 columns, u16 lines)
{
	if ((columns != 40 && columns != 80 && columns != 132) ||
	    (lines != 25 && lines != 28 && lines != 30 && lines != 43 && lines != 50 && lines != 60) ||
	    (columns == 40 && (lines == 30 || lines == 60)))
		die(1, "\r\nFunction not supported on this computer\r\n");
	set_mode(columns, lines);
	if (lines != screen_rows())
		bios(0x10, lines == 28 ? 0x1111 : lines == 30 ? 0x1114 : 0x1112, 0);
	if (screen_rows() != lines || screen_columns() != columns)
		die(1, "\r\nFunction not supported on this computer\r\n");
}

static void set_rate(u16 rate, u16 delay)
{
	if (!rate || !delay)
		die(1, "\r\nRATE and DELAY must be specified together\r\n");
	if (rate > 32)
		bad(value_of("RATE"));
	if (delay > 4)
		bad(value_of("DELAY"));
	bios(0x16, 0x0305, (delay - 1) << 8 | (32 - rate));
}

static void con(void)
{
	u16 rate = number_of("RATE", 0), delay = number_of("DELAY", 0);
	int screen = value_of("COLS") || value_of("COLUMNS") || value_of("LINES");

	if (argc > 1 && (same(argv[1], "CP") || same(argv[1], "CODEPAGE"))) {
		say("\r\nCode page operation not supported on this device\r\n");
		return;
	}
	if (argc == 1 || status) {
		con_status();
		return;
	}
	if (!screen && !rate && !delay) {
		if (argc < 2 || !is_digit(*argv[1]))
			bad(argv[1]);
	}
	if (screen)
		set_screen(number_of("COLS", number_of("COLUMNS", screen_columns())),
			   number_of("LINES", screen_rows()));
	if (rate || delay)
		set_rate(rate, delay);
}

struct display {
	const char *name;
	u16 mode;		/* 0: columns only */
};

static const struct display displays[] = {
	{ "CO80", 3 }, { "CO40", 1 }, { "BW80", 2 }, { "BW40", 0x100 }, { "MONO", 7 },
	{ "80", 3 }, { "40", 1 }, { NULL },
};

static int display(void)
{
	const struct display *d;
	u16 lines = screen_rows();

	for (d = displays; d->name; d++)
		if (same(argv[0], d->name)) {
			bios(0x10, d->mode & 0xff, 0);
			if (argc > 1 && to_number(argv[1], &lines) && lines != 25)
				set_screen(screen_columns(), lines);
			return 1;
		}
	return 0;
}

/* --- LPTn ---------------------------------------------------------------------------- */

static void print(int port, int c)
{
	r.ax = c;
	r.dx = port;
	intr(0x17, &r);
	if (r.ax & 0x0100)
		die(1, "\r\nPrinter error\r\n");
}

/* As Epson's and IBM's printers are told: SI condensed, DC2 normal; ESC 0 for
 * 8 lines an inch, ESC 2 for 6.  */
static void lpt(int port)
{
	u16 columns = 0, lines = 0;

	if (argc == 1 || status) {
		char name[5];

		copy(name, "LPT1");
		name[3] += port;
		heading(name);
		say("LPT%u: not rerouted\r\nRetry=NONE\r\n\r\n"
		    "Code page operation not supported on this device\r\n", port + 1);
		return;
	}
	if (is_digit(*argv[1])) {
		to_number(argv[1], &columns);
		if (argc > 2)
			to_number(argv[2], &lines);
	}
	columns = number_of("COLS", columns);
	lines = number_of("LINES", lines);
	if ((columns && columns != 80 && columns != 132) || (lines && lines != 6 && lines != 8) ||
	    (!columns && !lines))
		bad(argv[1]);
	if (columns) {
		print(port, columns == 80 ? 0x12 : 0x0f);
		say("\r\nLPT%u: set for %u\r\n", port + 1, columns);
	}
	if (lines) {
		print(port, 27);
		print(port, lines == 8 ? '0' : '2');
		say("\r\nPrinter lines per inch set\r\n");
	}
}

/* --- COMn ------------------------------------------------------------------------------ */

struct baud {
	u16 number, code;		/* code: INT 14h/04h's */
};

static const struct baud bauds[] = {
	{ 110, 0 }, { 150, 1 }, { 300, 2 }, { 600, 3 }, { 1200, 4 }, { 2400, 5 },
	{ 4800, 6 }, { 9600, 7 }, { 19200, 8 }, { 0, 0 },
};

static const struct baud *find_baud(u16 n)
{
	const struct baud *b;

	for (b = bauds; b->number; b++)
		if (b->number == n || (n >= 11 && n < 100 && b->number / 100 == n) ||
		    (n == 11 && b->number == 110) || (n == 15 && b->number == 150) ||
		    (n == 30 && b->number == 300) || (n == 60 && b->number == 600) ||
		    (n == 19 && b->number == 19200))
			return b;
	die(1, "\r\nInvalid baud rate specified\r\n");
}

static void com(int port)
{
	static const char parities[] = "NOE";
	const struct baud *b;
	const char *parity;
	u16 baud = 0, data = 7, stop = 1, names;
	int p = 'E';

	if (argc == 1 || status) {
		char name[5];

		copy(name, "COM1");
		name[3] += port;
		heading(name);
		say("Retry=NONE\r\n");
		return;
	}
	names = value_of("BAUD") != NULL;
	if (!names) {
		if (!to_number(argv[1], &baud))
			die(1, "\r\nBaud rate required\r\n");
		if (argc > 2)
			p = *argv[2];
		if ((argc > 3 && !to_number(argv[3], &data)) ||
		    (argc > 4 && !to_number(argv[4], &stop)))
			bad(tail);
	}
	baud = number_of("BAUD", baud);
	data = number_of("DATA", data);
	stop = number_of("STOP", baud == 110 || baud == 11 ? 2 : stop);
	if (value_of("PARITY"))
		p = *value_of("PARITY");
	b = find_baud(baud);
	parity = find_char(parities, p);
	if (!parity || data < 5 || data > 8 || stop < 1 || stop > 2)
		bad(tail);
	r.ax = 0x0400;
	r.bx = (parity - parities) << 8 | (stop - 1);
	r.cx = (data - 5) << 8 | b->code;
	r.dx = port;
	intr(0x14, &r);
	say("\r\nCOM%u: %u,%c,%u,%u,-\r\n", port + 1, b->number, p + 32, data, stop);
}

/* LPT1, LPT1: and the like.  */
static int port_of(const char *kind)
{
	const char *arg = argv[0];

	if (!same_bytes((u8 *)arg, (u8 *)kind, 3) || arg[3] < '1' || arg[3] > '4' ||
	    (arg[4] && (arg[4] != ':')))
		return -1;
	return arg[3] - '1';
}

/* COM1:9600,n,8,1: what follows the colon is a word of its own.  */
static void split_colon(void)
{
	char *colon = find_char(argv[0], ':');
	int i;

	if (!colon || !colon[1] || argc == MAX_ARGS)
		return;
	for (i = argc++; i > 1; i--)
		argv[i] = argv[i - 1];
	argv[1] = colon + 1;
	if (*argv[1])
		*colon = 0;
}

int main(void)
{
	int i;

	arguments(usage, options, 1);
	for (i = 0; i < argc; i++)
		upper_text(argv[i]);
	if (!argc) {
		argv[0] = "LPT1";
		argc = 1;
		lpt(0);
		con_status();
		com(0);
		com(1);
		return 0;
	}
	split_colon();
	if (same(argv[0], "CON") || same(argv[0], "CON:"))
		con();
	else if (port_of("LPT") >= 0)
		lpt(port_of("LPT"));
	else if (port_of("COM") >= 0)
		com(port_of("COM"));
	else if (!display())
		bad(argv[0]);
	return 0;
}
