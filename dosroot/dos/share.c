/* SHARE - sharing and locks, which this DOS's files have from the start.  */

#include "tool.h"

static const char usage[] =
"Installs file-sharing and locking capabilities on your hard disk.\r\n"
"\r\n"
"SHARE [/F:space] [/L:locks]\r\n"
"\r\n"
"  /F:space  Allocates file space (in bytes) for file-sharing information.\r\n"
"  /L:locks  Sets the number of files that can be locked at one time.\r\n";

static u16 space, locks;

static const struct option options[] = {
	{ "F", OPT_COUNT, &space }, { "L", OPT_COUNT, &locks }, { NULL },
};

int main(void)
{
	struct regs r;

	arguments(usage, options, 1);
	r.ax = 0x1000;
	intr(0x2f, &r);
	if ((r.ax & 0xff) != 0xff)
		die(1, "SHARE not installed\r\n");
	say("SHARE already installed\r\n");
	return 0;
}
