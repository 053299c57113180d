/* schema.c - every setting there is.  */

#include "conf/schema.h"

#include <stddef.h>
#include <string.h>

#include "conf/conf.h"

#define KIB	INT64_C(1024)
#define MIB	(1024 * KIB)
#define DAY_MS	INT64_C(86400000)

const struct conf_section conf_sections[] = {
	{ NULL, "Running" },
	{ "machine", "The machine" },
	{ "dos", "DOS" },
	{ "drives", "Drives" },
	{ "shell", "The command interpreter" },
	{ "screen", "Picture and keyboard" },
	{ "ports", "Printers and serial lines" },
	{ "log", "Seeing what happens" },
	{ NULL, NULL }
};

const struct conf_key conf_schema[] = {
	{ .name = "help", .letter = 'h', .type = CONF_BOOL, .value = "no",
	  .help = "Print this list and exit." },
	{ .name = "version", .letter = 'V', .type = CONF_BOOL, .value = "no",
	  .help = "Print the version and exit." },
	{ .name = "config", .letter = 'f', .type = CONF_STRING, .value = "", .argument = "FILE",
	  .help = "Read this configuration file after the system's and the user's." },
	{ .name = "no-config", .type = CONF_BOOL, .value = "no",
	  .help = "Read neither the system's nor the user's configuration file." },
	{ .name = "command", .letter = 'c', .type = CONF_STRING, .value = "", .argument = "COMMAND",
	  .help = "Run a command line of the DOS prompt and exit with its ERRORLEVEL." },
	{ .name = "timeout", .letter = 't', .type = CONF_TIME, .value = "0", .max = 366 * DAY_MS,
	  .argument = "TIME",
	  .help = "End the program after so much time of the host, with exit status 124. "
		  "0 lets it run for ever." },
	{ .name = "debug", .type = CONF_STRING, .value = "", .argument = "FILE",
	  .alone = "/dev/tty",
	  .help = "Stop at the first instruction of the program and take commands of the debugger "
		  "from the terminal, or from a file (- is standard input). See dosvm-debug(7)." },
	{ .name = "gdb", .type = CONF_STRING, .value = "", .argument = "PORT|ADDRESS:PORT|unix:PATH",
	  .help = "Stop at the first instruction of the program and wait there for gdb's "
		  "`target remote' at this port of the loopback interface, or where it says. "
		  "See dosvm-debug(7)." },

	{ .name = "control", .type = CONF_STRING, .value = "", .argument = "FILE",
	  .help = "Let scripts see the screen, strike keys and more, by a Unix socket of this name: "
		  "see dosvm-ctl(1), which does it, and dosvm-control(7)." },
	{ .name = "state", .type = CONF_STRING, .value = "", .argument = "FILE",
	  .help = "Go on where `dosvm-ctl state-save' has written this file, instead of starting "
		  "a program. Machine, drives and current directory must be the same." },
	{ .name = "make-image", .type = CONF_STRING, .value = "", .argument = "FILE,SIZE[,KIND]",
	  .help = "Make a new disk image and exit. SIZE is that of a diskette (160K, 180K, 320K, "
		  "360K, 720K, 1.2M, 1.44M, 1.68M, 2.88M) or of a hard disk (100M, 2G). KIND is "
		  "fat: formatted, and with one partition; or blank: not. Without it, a diskette is "
		  "formatted and a hard disk blank." },
	{ .name = "screen-dump", .type = CONF_STRING, .value = "", .argument = "FILE",
	  .help = "At the end, write the text screen to this file, in UTF-8." },

	{ .section = "machine", .name = "cpu", .type = CONF_ENUM, .value = "486",
	  .choices = "8086|186|286|386|486|pentium", .argument = "MODEL",
	  .help = "The processor that programs find: 486 is one without CPUID, pentium has MMX." },
	{ .section = "machine", .name = "fpu", .type = CONF_BOOL, .value = "yes",
	  .help = "Whether there is a floating-point unit. A pentium without it has no MMX either." },
	{ .section = "machine", .name = "memory", .type = CONF_SIZE, .value = "16M",
	  .min = 1 * MIB, .max = 1024 * MIB, .argument = "SIZE",
	  .help = "The memory of the machine, the first megabyte included." },
	{ .section = "machine", .name = "xms", .type = CONF_BOOL, .value = "yes",
	  .help = "Whether programs find an XMS manager, as that of HIMEM.SYS, which has all "
		  "extended memory then. A cpu of 8086 or 186 never has one." },
	{ .section = "machine", .name = "umb", .type = CONF_BOOL, .value = "yes",
	  .help = "Whether the XMS manager has upper memory, C8000h to EFFFFh. DOS takes it for "
		  "LOADHIGH and DEVICEHIGH, unless CONFIG.SYS says DOS=NOUMB." },
	{ .section = "machine", .name = "speed", .type = CONF_SPEED, .value = "auto",
	  .argument = "SPEED",
	  .help = "How many instructions the processor does in a millisecond of the guest's clock, "
		  "or the name of a processor that did about so many: 8088-4.77 (330), 286-12 "
		  "(2000), 386-33 (7000), 486-66 (33000), pentium (80000). Multiplications and other "
		  "long instructions and the video card's memory take their time beside, as they did "
		  "there; with a number, as beside the next faster of these. max: as many as the host "
		  "can. auto: 386-33 for graphics and in a window, 25000 for text elsewhere, max from "
		  "when a program has entered protected mode. "
		  "With nobody to wait for, a millisecond passes as fast as the host can make it." },
	{ .section = "machine", .name = "video", .type = CONF_ENUM, .value = "svga",
	  .choices = "svga|vga|ega|mda|cga|hercules|tandy|pcjr|ega-mono", .argument = "CARD",
	  .help = "The video card: an SVGA card with VESA's modes, IBM's VGA, Enhanced Graphics Adapter, Monochrome Display Adapter "
		  "or Color/Graphics Adapter, the Hercules Graphics Card, or what is on the board of a "
		  "Tandy 1000 or of IBM's PCjr, by whose name the machine goes then. ega-mono: an EGA "
		  "with a monochrome monitor." },
	{ .section = "machine", .name = "video-memory", .type = CONF_ENUM, .value = "4M",
	  .choices = "1M|2M|4M|8M", .argument = "SIZE",
	  .help = "The memory of the SVGA card. With 4M its largest modes are 1600x1200 with 65536 "
		  "colours and 1280x1024 with 16 million." },
	{ .section = "machine", .name = "cga", .type = CONF_ENUM, .value = "auto",
	  .choices = "auto|rgb|composite", .argument = "MONITOR",
	  .help = "What shows a CGA's picture: a colour monitor, or a television at the composite "
		  "output, whose colours run into each other. auto: a television when a program "
		  "chooses 640x200 and leaves the colour burst on, which only there makes a "
		  "difference; else a monitor." },

	{ .section = "dos", .name = "dos-version", .type = CONF_VERSION, .value = "6.22",
	  .argument = "VERSION",
	  .help = "The version of DOS that programs are told. In a [program] section it is "
		  "what SETVER would set." },
	{ .section = "dos", .name = "code-page", .type = CONF_CODE_PAGE, .value = "437",
	  .argument = "NUMBER",
	  .help = "The characters of DOS: how bytes above 127 translate from and to UTF-8, in "
		  "file names and on the terminal." },
	{ .section = "dos", .name = "country", .type = CONF_INT, .value = "1", .min = 1, .max = 999,
	  .argument = "NUMBER",
	  .help = "Whose formats of date, time and numbers DOS reports, by telephone code." },
	{ .section = "dos", .name = "long-names", .type = CONF_BOOL, .value = "yes",
	  .help = "Whether programs find the calls for long file names, INT 21h/71xxh, which DOS "
		  "6.22 does not have. Some know them, and use them wrongly." },
	{ .section = "dos", .name = "date", .letter = 'd', .type = CONF_DATE, .value = "now",
	  .argument = "DATE",
	  .help = "The date at which the guest's clock starts: \"2015-04-25 22:13:20\", "
		  "\"@SECONDS\" since 1970 (UTC), or \"now\". With a fixed date, the files that "
		  "programs write get dates of the guest's clock." },
	{ .section = "dos", .name = "env", .letter = 'e', .type = CONF_VARIABLES,
	  .argument = "NAME=VALUE",
	  .help = "Set a variable in DOS's environment. May be given many times." },

	{ .section = "drives", .name = "mount", .letter = 'm', .type = CONF_MOUNTS,
	  .argument = "X:=DIR[:ro]",
	  .help = "Let drive X: be a directory of Linux, with :ro for reading only. A file "
		  "instead of a directory is the image of a disk (dosvm(1), DISK IMAGES): for A: "
		  "and B: of a diskette, else of a hard disk, whose partitions are X: and the next "
		  "free letters. May be given many times." },
	{ .section = "drives", .name = "drive-a", .type = CONF_STRING, .value = "",
	  .argument = "FILE[:ro]",
	  .help = "The image of the diskette that is A:, or a directory." },
	{ .section = "drives", .name = "drive-b", .type = CONF_STRING, .value = "",
	  .argument = "FILE[:ro]", .help = "The same for B:." },
	{ .section = "drives", .name = "drive-d", .type = CONF_STRING, .value = "",
	  .argument = "FILE[:ro]",
	  .help = "The image of a hard disk whose first partition is D:, or a directory, instead "
		  "of the current directory. dosvm then begins on C:." },
	{ .section = "drives", .name = "root", .type = CONF_STRING, .value = "", .argument = "DIR",
	  .help = "The directory of Linux that is the root of D:, the current directory or one "
		  "above it. Without it, D:\\ is the current directory itself." },
	{ .section = "drives", .name = "overlay", .type = CONF_STRING, .value = "", .argument = "DIR",
	  .help = "Keep what programs change on D: in this directory, and leave D:'s own as it is. "
		  "An archive has one in any case, $XDG_DATA_HOME/dosvm/overlay/NAME-HASH." },
	{ .section = "drives", .name = "own-folder", .type = CONF_BOOL, .value = "no",
	  .help = "Whether D: is the directory in which the program lies, instead of the current "
		  "one. For file managers." },
	{ .section = "drives", .name = "dosroot", .type = CONF_STRING, .value = "", .argument = "DIR",
	  .help = "Where the contents of a new C: are taken from, instead of the installed ones." },
	{ .section = "drives", .name = "drive-c", .type = CONF_STRING, .value = "", .argument = "DIR",
	  .help = "The directory that is C:, instead of $XDG_DATA_HOME/dosvm/c." },
	{ .section = "drives", .name = "boot", .type = CONF_ENUM, .value = "dos",
	  .choices = "dos|floppy|disk", .argument = "WHAT",
	  .help = "What the machine starts: dosvm's DOS; or what is on the diskette in A:, or on the "
		  "first hard disk, an operating system of its own or a game. Such a run has "
		  "no C: and D:, and can have no program." },
	{ .section = "drives", .name = "new-names", .type = CONF_ENUM, .value = "lower",
	  .choices = "lower|upper", .argument = "CASE",
	  .help = "How names of 8.3 are written on Linux when a program makes a file." },

	{ .section = "shell", .name = "shell", .type = CONF_STRING, .value = "", .argument = "PROGRAM",
	  .help = "The command interpreter that gives the prompt and is COMSPEC, by its DOS path, "
		  "instead of the built-in one, which starts it after AUTOEXEC.BAT. Programs and "
		  "--command are still started by ours." },
	{ .section = "shell", .name = "autoexec", .type = CONF_BOOL, .value = "yes",
	  .help = "Whether C:\\AUTOEXEC.BAT is run before the prompt." },
	{ .section = "shell", .name = "config-sys", .type = CONF_BOOL, .value = "yes",
	  .help = "Whether C:\\CONFIG.SYS is obeyed." },

	{ .section = "screen", .name = "screen", .letter = 's', .type = CONF_ENUM, .value = "auto",
	  .choices = "auto|line|full", .argument = "MODE",
	  .help = "line: what programs print goes to standard output, and nothing else is shown. "
		  "full: the whole screen is shown by a front end from the beginning. auto: line, "
		  "until a program uses the whole screen and there is a terminal (dosvm(1), THE "
		  "SCREEN)." },
	{ .section = "screen", .name = "text-size", .type = CONF_ENUM, .value = "80x25",
	  .choices = "80x25|80x28|80x30|80x43|80x50|80x60|132x25|132x28|132x30|132x43|132x50|132x60|"
		     "auto", .argument = "SIZE",
	  .help = "The text screen at the start, columns by rows. auto: as large as the terminal has "
		  "room for, also whenever that changes while the prompt waits. Programs that set a "
		  "mode themselves get that, as ever." },

	{ .section = "screen", .name = "front", .type = CONF_STRING, .value = "auto", .argument = "PLUGIN",
	  .help = "The plugin that shows the full screen and has the keyboard then: \"term\", the "
		  "terminal; \"sdl\", a window; \"auto\" for the one that fits (dosvm(1), THE "
		  "SCREEN); \"none\" for none." },
	{ .section = "screen", .name = "scaler", .type = CONF_ENUM, .value = "sharp",
	  .choices = "sharp|integer|linear|nearest|crt", .argument = "KIND",
	  .help = "How a window enlarges the picture. sharp: to the 4:3 of a monitor, with dots of "
		  "one size and sharp edges. integer: each dot is as many whole pixels wide, and as "
		  "many high, as come nearest to 4:3. linear: to 4:3, smooth. nearest: to 4:3, "
		  "with dots of unequal sizes. crt: to 4:3, as a colour monitor's tube shows it, with "
		  "gaps between its lines where the window has three rows of pixels or more for a line." },
	{ .section = "screen", .name = "fullscreen", .type = CONF_BOOL, .value = "no",
	  .help = "Whether a window begins as large as the screen." },
	{ .section = "screen", .name = "window-size", .type = CONF_STRING, .value = "",
	  .argument = "WIDTHxHEIGHT",
	  .help = "The size of a new window in pixels, instead of a multiple of 320x240 that suits "
		  "the screen." },
	{ .section = "screen", .name = "vsync", .type = CONF_BOOL, .value = "no",
	  .help = "Whether a window waits for the monitor with each picture, so that none is torn. "
		  "Without, pictures come when the guest's card has drawn them." },
	{ .section = "screen", .name = "captures", .type = CONF_STRING, .value = "",
	  .argument = "DIR",
	  .help = "The directory where a window puts screenshots, PROGRAM-0001.png and so on, "
		  "instead of the current one." },
	{ .name = "record-video", .type = CONF_STRING, .value = "", .argument = "FILE",
	  .help = "Write video to this file (.mkv, .nut): what the video card shows from the beginning "
		  "to the end, without loss, at the guest's time (dosvm(1), VIDEO IN FILES)." },
	{ .section = "screen", .name = "ask-close", .type = CONF_BOOL, .value = "yes",
	  .help = "Whether closing a window while a program runs asks first." },

	{ .section = "screen", .name = "keyboard", .type = CONF_ENUM, .value = "auto",
	  .choices = "auto|us|uk|de|fr|es|it|ru|be|br|cf|cz|dk|gk|gr|hu|la|nl|no|pl|po|sf|sg|sp|su|"
		     "sv|tr",
	  .argument = "LAYOUT",
	  .help = "The layout of the keyboard that DOS has without a KEYB command, by the names of "
		  "KEYB, and de, es for its gr, sp. auto: that of the host, if we have it; in a window "
		  "that which the window system has, also when it changes." },
	{ .section = "screen", .name = "mouse", .type = CONF_ENUM, .value = "auto",
	  .choices = "auto|ps2|none", .argument = "KIND",
	  .help = "The mouse that programs find. ps2: a PS/2 mouse, with a driver (INT 33h) that "
		  "need not be loaded. auto: ps2, unless there is a mouse at a serial line (com1)." },
	{ .section = "screen", .name = "mouse-driver", .type = CONF_BOOL, .value = "yes",
	  .help = "Whether the PS/2 mouse has a driver (INT 33h) from the beginning. no: one is to be "
		  "loaded, such as CTMOUSE. A mouse at a serial line always needs one." },
	{ .section = "screen", .name = "joystick", .type = CONF_ENUM, .value = "auto",
	  .choices = "auto|none|2axis|4axis|fcs|ch", .argument = "KIND",
	  .help = "What is at the game port. auto: the joysticks and game pads of the host, one of "
		  "them as a stick of as many axes as it has and four buttons, two as two sticks "
		  "of two axes and two buttons; nothing while there are none. 2axis: two such sticks, "
		  "4axis: one of four axes and four buttons, whether the host has some or not. "
		  "fcs: Thrustmaster's FCS, whose hat is its fourth axis. ch: CH's Flightstick Pro, "
		  "whose fourth axis is the throttle, and whose hat is several buttons at once. none: "
		  "there is no game port." },
	{ .section = "screen", .name = "joystick-dead", .type = CONF_INT, .value = "10", .max = 90,
	  .argument = "PERCENT",
	  .help = "How far from its middle a stick of the host is still at rest." },

	{ .section = "ports", .name = "lpt1", .type = CONF_STRING, .value = "none", .argument = "PRINTER",
	  .help = "The printer at LPT1, which is PRN. none: there is no printer. null: it takes "
		  "everything and keeps nothing. file:NAME: what is printed is appended to this file. "
		  "command:LINE: each job is the standard input of a command line of the Linux shell, "
		  "for example command:lpr. spool:DIR: each job is a new file in this directory, "
		  "job-0001.prn and so on. Relative names are those of the directory in which dosvm "
		  "was started." },
	{ .section = "ports", .name = "lpt2", .type = CONF_STRING, .value = "none", .argument = "PRINTER",
	  .help = "The same for LPT2." },
	{ .section = "ports", .name = "lpt3", .type = CONF_STRING, .value = "none", .argument = "PRINTER",
	  .help = "The same for LPT3." },
	{ .section = "ports", .name = "print-idle", .type = CONF_TIME, .value = "5s", .max = DAY_MS,
	  .argument = "TIME",
	  .help = "A print job ends when the program does, or when it has printed nothing for so "
		  "long. 0: only when the program ends." },
	{ .section = "ports", .name = "com1", .type = CONF_STRING, .value = "none", .argument = "LINE",
	  .help = "What is at the other end of COM1, which is AUX. none: nothing. null: it takes "
		  "everything and says nothing. file:NAME: what is sent is appended to this file. "
		  "fifo:NAME: what is sent is written to NAME.out, and what comes is read from "
		  "NAME.in, both named pipes. pty: a new pseudo-terminal, whose name is printed on "
		  "standard error; pty:NAME: to which NAME is made a symbolic link. unix:NAME: a "
		  "Unix socket that somebody listens on. listen:NAME: a Unix socket that dosvm makes, "
		  "for one peer at a time. stdio: standard input and output of dosvm; the program's "
		  "own are then empty input, and standard error. tty:NAME: a serial line of the host, "
		  "such as tty:/dev/ttyS0, with the speed and format that the program sets. mouse: "
		  "Microsoft's mouse with two buttons; mouse:logitech: one with three; mouse:wheel: "
		  "Microsoft's with a wheel; mouse:systems: that of Mouse Systems." },
	{ .section = "ports", .name = "com2", .type = CONF_STRING, .value = "none", .argument = "LINE",
	  .help = "The same for COM2." },
	{ .section = "ports", .name = "com3", .type = CONF_STRING, .value = "none", .argument = "LINE",
	  .help = "The same for COM3." },
	{ .section = "ports", .name = "com4", .type = CONF_STRING, .value = "none", .argument = "LINE",
	  .help = "The same for COM4." },

	{ .section = "log", .name = "trace", .type = CONF_TRACE, .value = "",
	  .argument = "CHANNEL,...[:FILE]",
	  .help = "Print a line for each event of these channels (dos, int, exec, file, cpu, port, pace; "
		  "all but the last three: all) to standard error, or to a file." },
};

const unsigned conf_schema_rows = sizeof conf_schema / sizeof conf_schema[0];

_Static_assert(sizeof conf_schema / sizeof conf_schema[0] <= CONF_MAX, "CONF_MAX is too small");

int conf_key_named(const char *name)
{
	for (unsigned i = 0; i < conf_schema_rows; i++)
		if (strcmp(conf_schema[i].name, name) == 0)
			return i;
	return -1;
}
