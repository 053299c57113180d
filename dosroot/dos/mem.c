/* MEM - what is in memory: the chain of memory control blocks, and the XMS and
 * EMS managers' answers.  */

#include "tool.h"

static const char usage[] =
"Displays the amount of used and free memory in your system.\r\n"
"\r\n"
"MEM [/CLASSIFY | /DEBUG | /FREE | /MODULE modulename] [/PAGE]\r\n"
"\r\n"
"  /CLASSIFY or /C  Classifies programs by memory usage. Lists the size of\r\n"
"                   programs, provides a summary of memory in use, and lists\r\n"
"                   largest memory block available.\r\n"
"  /DEBUG or /D     Displays status of all modules in memory, internal drivers,\r\n"
"                   and other information.\r\n"
"  /FREE or /F      Displays information about the amount of free memory left\r\n"
"                   in both conventional and upper memory.\r\n"
"  /MODULE or /M    Displays a detailed listing of a module's memory use.\r\n"
"                   This option must be followed by the name of a module,\r\n"
"                   optionally separated from /M by a colon.\r\n"
"  /PAGE or /P      Pauses after each full screen of information.\r\n";

static int classify, debug, list_free, page;
static char *module;

static const struct option options[] = {
	{ "C", OPT_FLAG, &classify }, { "CLASSIFY", OPT_FLAG, &classify },
	{ "D", OPT_FLAG, &debug }, { "DEBUG", OPT_FLAG, &debug },
	{ "F", OPT_FLAG, &list_free }, { "FREE", OPT_FLAG, &list_free },
	{ "P", OPT_FLAG, &page }, { "PAGE", OPT_FLAG, &page },
	{ "MODULE", OPT_TEXT, &module }, { "M", OPT_TEXT, &module }, { NULL },
};

static struct regs r;

static u32 bytes(u16 paras)
{
	return (u32)paras * 16;
}

/* Bytes that are free, or used by one owner, or (owner 1) there at all.  The
 * blocks by which DOS goes around reserved addresses count as reserved.  */
#define ALL 1
static u32 sum(u16 owner, int upper_memory)
{
	u32 n = 0;
	u16 i;

	for (i = 0; i < block_count; i++)
		if ((blocks[i].seg >= upper_from) == upper_memory &&
		    (owner == ALL || blocks[i].owner == owner))
			n += bytes(blocks[i].paras);
	return n;
}

static u32 largest(int upper_memory)
{
	u16 i, most = 0;

	for (i = 0; i < block_count; i++)
		if (blocks[i].owner == FREE && (blocks[i].seg >= upper_from) == upper_memory &&
		    blocks[i].paras > most)
			most = blocks[i].paras;
	return most ? bytes(most - 1) : 0;
}

/* --- Pages ------------------------------------------------------------------------ */

static int rows;

static void line(const char *format, ...)
{
	char text[200];

	format_text(text, sizeof text, format, (int *)&format + 1);
	say("%s\r\n", text);
	if (page && ++rows == screen_rows() - 1) {
		say("Press any key to continue . . .");
		console_key();
		say("\r\n");
		rows = 0;
	}
}

/* --- XMS, EMS, the summary ----------------------------------------------------------- */

static u32 xms_total, xms_free;

static void ask_xms(void)
{
	u16 free_k = 0, kilobytes;

	port_out(0x70, 0x17);		/* the AT's CMOS: kilobytes above 1 MB */
	kilobytes = port_in(0x71);
	port_out(0x70, 0x18);
	kilobytes |= port_in(0x71) << 8;
	r.ax = 0x4300;
	intr(0x2f, &r);
	if ((r.ax & 0xff) == 0x80) {
		r.ax = 0x4310;
		intr(0x2f, &r);
		r.flags = r.bx;
		r.ax = 0x0800;
		far_call(r.flags, r.es, &r);
		free_k = r.dx;
	} else {
		r.ax = 0x8800;
		intr(0x15, &r);
		free_k = r.ax;
	}
	xms_free = (u32)free_k * 1024;
	xms_total = (u32)kilobytes * 1024;
	if (xms_total < xms_free)
		xms_total = xms_free;
}

static int ask_ems(u16 *total, u16 *left)
{
	int handle = file_open("EMMXXXX0", O_READ);

	if (handle < 0)
		return 0;
	file_close(handle);
	r.ax = 0x4200;
	intr(0x67, &r);
	*total = r.dx;
	*left = r.bx;
	return (r.ax & 0xff00) == 0;
}

struct kind {
	const char *name;
	u32 total, left;
};

static void show_kind(struct kind *k)
{
	if (classify)
		line("%-16s  %'10lu   %'10lu   %'10lu", k->name, k->total,
		     k->total - k->left, k->left);
	else
		line("%-16s  %'6luK   %'6luK   %'6luK", k->name, (k->total + 512) / 1024,
		     (k->total - k->left + 512) / 1024, (k->left + 512) / 1024);
}

static void show_summary(void)
{
	const char *rule = classify ? "----------------  ----------   ----------   ----------"
				    : "----------------  -------   -------   -------";
	struct kind kinds[6];
	u16 total, left, i;

	ask_xms();
	kinds[0].name = "Conventional";
	kinds[0].total = sum(ALL, 0);
	kinds[0].left = sum(FREE, 0);
	kinds[1].name = "Upper";
	kinds[1].left = sum(FREE, 1);
	kinds[1].total = kinds[1].left;
	for (i = 0; i < block_count; i++)
		if (blocks[i].seg >= upper_from && blocks[i].owner > SYSTEM)
			kinds[1].total += bytes(blocks[i].paras);
	kinds[2].name = "Reserved";
	kinds[2].total = 0x100000L - kinds[0].total - kinds[1].total;
	kinds[2].left = 0;
	kinds[3].name = "Extended (XMS)";
	kinds[3].total = xms_total;
	kinds[3].left = xms_free;
	kinds[4].name = "Total memory";
	kinds[4].total = kinds[4].left = 0;
	for (i = 0; i < 4; i++) {
		kinds[4].total += kinds[i].total;
		kinds[4].left += kinds[i].left;
	}
	kinds[5].name = "Total under 1 MB";
	kinds[5].total = kinds[0].total + kinds[1].total;
	kinds[5].left = kinds[0].left + kinds[1].left;
	if (classify)
		line("Memory Summary:\r\n");
	line(classify ? "Type of Memory         Total    =    Used    +    Free"
		      : "\r\nMemory Type        Total  =   Used  +   Free");
	line(rule);
	for (i = 0; i < 4; i++)
		show_kind(&kinds[i]);
	line(rule);
	show_kind(&kinds[4]);
	line("");
	show_kind(&kinds[5]);
	line("");
	if (ask_ems(&total, &left)) {
		line("Total Expanded (EMS)             %'8uK (%'lu bytes)", total * 16, (u32)total << 14);
		line("Free Expanded (EMS)              %'8uK (%'lu bytes)", left * 16, (u32)left << 14);
	}
	line("Largest executable program size  %'8luK (%'lu bytes)", largest(0) / 1024, largest(0));
	line("Largest free upper memory block  %'8luK (%'lu bytes)", largest(1) / 1024, largest(1));
	r.ax = 0x3306;
	r.dx = 0;
	dos(&r);
	if (r.dx & 0x1000)
		line("MS-DOS is resident in the high memory area.");
}

/* --- The lists ------------------------------------------------------------------------- */

static void show_module(const char *name, u32 conventional, u32 above)
{
	line("%-8s  %'10lu %4luK   %'10lu %4luK   %'10lu %4luK", name, conventional + above,
	     (conventional + above) / 1024, conventional, conventional / 1024,
	     above, above / 1024);
}

static void show_classes(void)
{
	u16 i, j;

	line("Modules using memory below 1 MB:\r\n");
	line("Name            Total        =  Conventional    +   Upper Memory");
	line("--------  ----------------   ----------------   ----------------");
	show_module("MSDOS", sum(SYSTEM, 0), 0L);
	for (i = 0; i < block_count; i++) {
		if (blocks[i].owner <= SYSTEM)
			continue;
		for (j = 0; j < i && blocks[j].owner != blocks[i].owner; j++)
			;
		if (j == i)
			show_module(blocks[i].name, sum(blocks[i].owner, 0),
				    sum(blocks[i].owner, 1));
	}
	show_module("Free", sum(FREE, 0), sum(FREE, 1));
	line("");
}

static void show_block(struct block *b)
{
	line("  %05x  %'10lu %4luK   %-11s  %s", b->seg, bytes(b->paras),
	     bytes(b->paras) / 1024, b->name, b->type);
}

static void show_blocks(int upper_memory)
{
	u16 i, any = 0;

	for (i = 0; i < block_count; i++)
		if ((blocks[i].seg >= upper_from) == upper_memory) {
			if (!any)
				line("%s Memory Detail:\r\n\r\n"
				     "  Segment         Total   Name         Type\r\n"
				     "  -------  ------------   -----------  --------",
				     upper_memory ? "Upper" : "Conventional");
			any = 1;
			show_block(&blocks[i]);
		}
	if (any)
		line("");
}

static void show_free(int upper_memory)
{
	u16 i;

	line("Free %s Memory:\r\n\r\n  Segment         Total\r\n  -------  ------------",
	     upper_memory ? "Upper" : "Conventional");
	for (i = 0; i < block_count; i++)
		if (blocks[i].owner == FREE && (blocks[i].seg >= upper_from) == upper_memory)
			line("  %05x  %'10lu %4luK", blocks[i].seg, bytes(blocks[i].paras),
			     bytes(blocks[i].paras) / 1024);
	line("\r\n  Total Free: %'lu\r\n", sum(FREE, upper_memory));
}

static void show_one(void)
{
	u16 i, any = 0;

	upper_text(module);
	for (i = 0; i < block_count; i++) {
		if (!same(blocks[i].name, module) ||
		    (blocks[i].owner <= SYSTEM && !blocks[i].name[0]))
			continue;
		if (!any)
			line("%s is using the following memory:\r\n\r\n"
			     "  Segment         Total   Name         Type\r\n"
			     "  -------  ------------   -----------  --------", module);
		any = 1;
		show_block(&blocks[i]);
	}
	if (!any)
		die(1, "%s is not currently in memory.\r\n", module);
}

int main(void)
{
	arguments(usage, options, 1);
	walk_memory();
	if (module && !*module && argc)
		module = argv[0];
	if (module) {
		show_one();
		return 0;
	}
	if (list_free) {
		show_free(0);
		if (sum(ALL, 1))
			show_free(1);
		else
			line("No upper memory available");
		return 0;
	}
	if (debug) {
		show_blocks(0);
		show_blocks(1);
	}
	if (classify)
		show_classes();
	show_summary();
	return 0;
}
