/* main.c - `bare' runs a program on a machine without DOS or BIOS: a ROM
 * image from the reset vector on, or a Multiboot kernel.  For test programs
 * of processors, ours and public ones.  --help says the rest.  */

#include <getopt.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "board.h"

/* The exit port's values make odd statuses, these are the others.  */
enum status { STATUS_HALTED = 0, STATUS_REFUSED = 2, STATUS_LIMIT = 4, STATUS_SHUTDOWN = 6 };

#define FILE_MOST	(64u << 20)
#define RAM_MOST_MIB	2048u

static const char help[] =
	"usage: bare [OPTION]... FILE\n"
	"Runs FILE on a bare machine: memory from 0 on, A20 open, a processor.\n"
	"A file with a Multiboot header is a kernel and begins in flat 32-bit\n"
	"protected mode; any other file is a ROM: its end is the end of the first\n"
	"megabyte and of the address space, and the processor begins at reset.\n"
	"\n"
	"  --cpu=MODEL        8086, 80186, 80286, 80386, 80486 (default), pentium\n"
	"  --no-fpu           without a coprocessor\n"
	"  --engine=NAME      what executes; --engines lists what this host can use\n"
	"  --step             one instruction at a time\n"
	"  --start=SEG:OFF    a ROM begins there, not at reset; hexadecimal\n"
	"  --ram=MIB          memory, 1 to 2048, default 64\n"
	"  --append=TEXT      a kernel's command line\n"
	"  --pic              with interrupt controllers and timer (IRQ 0)\n"
	"  --test-device      a rising edge of bit 0 of port 2000h+n is an interrupt, n = 0-15,\n"
	"                     vectors 08h-0Fh and 70h-77h, as with QEMU's pc-testdev; V written\n"
	"                     to port 2100h is an interrupt of vector V, to 2101h an NMI\n"
	"  --post=PORT[,PORT] ports for POST codes, shown on stderr; default 190h,80h\n"
	"  --debug-port=PORT[,FILE]  bytes written there go to FILE, or stdout; default E9h\n"
	"  --exit-port=PORT   a write of V ends the run with status V * 2 + 1, as QEMU's\n"
	"                     isa-debug-exit; default F4h\n"
	"  --limit=N          at most N instructions, default 10000000000\n"
	"  --dump=FILE[,ADDRESS,LENGTH]  write memory there at the end\n"
	"  --trace            instructions and interrupts on stderr\n"
	"  --help             this\n"
	"\n"
	"PORT is hexadecimal, or \"none\"; ADDRESS and LENGTH as in C.  What a program\n"
	"sends to the serial port 3F8h goes to stdout.\n"
	"\n"
	"Status: of the exit port; 0 HLT with nothing to wake it, 2 refused, 4 --limit\n"
	"reached, 6 shut down.  How it ended is said on stderr.\n";

static const struct cpu_engine *const engine[] = { &cpu_interp };
static const char *const model_name[] = {
	"8086", "80186", "80286", "80386", "80486", "pentium",
};

struct request {
	struct board_options o;
	const char *file, *command_line, *start;
	char *dump;
};

_Noreturn static void refuse(const char *what, const char *why)
{
	fprintf(stderr, "bare: %s: %s\n", what, why);
	exit(STATUS_REFUSED);
}

static uint64_t number(const char *text, int base, uint64_t least, uint64_t most)
{
	char *end;
	uint64_t v = strtoull(text, &end, base);

	if (end == text || *end || v < least || v > most)
		refuse(text, "no such number");
	return v;
}

static uint32_t port(const char *text)
{
	return !strcmp(text, "none") ? BOARD_NO_PORT : number(text, 16, 0, 0xffff);
}

static enum cpu_model model(const char *name)
{
	for (unsigned i = 0; i < sizeof model_name / sizeof *model_name; i++)
		if (!strcmp(name, model_name[i]))
			return i;
	refuse(name, "no such processor");
}

static const struct cpu_engine *find_engine(const char *name)
{
	for (unsigned i = 0; i < sizeof engine / sizeof *engine; i++)
		if (!strcmp(name, engine[i]->name))
			return engine[i];
	refuse(name, "no such engine");
}

static void list_engines(void)
{
	for (unsigned i = 0; i < sizeof engine / sizeof *engine; i++)
		if (engine[i]->usable())
			puts(engine[i]->name);
	exit(0);
}

static void set_posts(struct board_options *o, char *text)
{
	char *second = strchr(text, ',');

	if (second)
		*second++ = '\0';
	o->post_port[0] = port(text);
	o->post_port[1] = second ? port(second) : BOARD_NO_PORT;
}

static void set_debug(struct board_options *o, char *text)
{
	char *name = strchr(text, ',');

	if (name)
		*name++ = '\0';
	o->debug_port = port(text);
	o->debug = name ? fopen(name, "wb") : stdout;
	if (!o->debug)
		refuse(name, "cannot be written");
}

enum {
	O_CPU = 256, O_NO_FPU, O_ENGINE, O_ENGINES, O_STEP, O_START, O_RAM, O_APPEND, O_PIC, O_TEST_DEVICE, O_POST,
	O_DEBUG, O_EXIT, O_LIMIT, O_DUMP, O_TRACE, O_HELP,
};

static const struct option option[] = {
	{ "cpu", required_argument, NULL, O_CPU },
	{ "no-fpu", no_argument, NULL, O_NO_FPU },
	{ "engine", required_argument, NULL, O_ENGINE },
	{ "engines", no_argument, NULL, O_ENGINES },
	{ "step", no_argument, NULL, O_STEP },
	{ "start", required_argument, NULL, O_START },
	{ "ram", required_argument, NULL, O_RAM },
	{ "append", required_argument, NULL, O_APPEND },
	{ "pic", no_argument, NULL, O_PIC },
	{ "test-device", no_argument, NULL, O_TEST_DEVICE },
	{ "post", required_argument, NULL, O_POST },
	{ "debug-port", required_argument, NULL, O_DEBUG },
	{ "exit-port", required_argument, NULL, O_EXIT },
	{ "limit", required_argument, NULL, O_LIMIT },
	{ "dump", required_argument, NULL, O_DUMP },
	{ "trace", no_argument, NULL, O_TRACE },
	{ "help", no_argument, NULL, O_HELP },
	{ NULL, 0, NULL, 0 },
};

static void take_option(struct request *r, int c)
{
	struct board_options *o = &r->o;

	switch (c) {
	case O_CPU: o->model = model(optarg); break;
	case O_NO_FPU: o->no_fpu = true; break;
	case O_ENGINE: o->engine = find_engine(optarg); break;
	case O_ENGINES: list_engines(); break;
	case O_STEP: o->step = true; break;
	case O_START: r->start = optarg; break;
	case O_RAM: o->ram_size = number(optarg, 10, 1, RAM_MOST_MIB) << 20; break;
	case O_APPEND: r->command_line = optarg; break;
	case O_PIC: o->pic = true; break;
	case O_TEST_DEVICE: o->test_device = true; break;
	case O_POST: set_posts(o, optarg); break;
	case O_DEBUG: set_debug(o, optarg); break;
	case O_EXIT: o->exit_port = port(optarg); break;
	case O_LIMIT: o->limit = number(optarg, 10, 1, UINT64_MAX); break;
	case O_DUMP: r->dump = optarg; break;
	case O_TRACE: o->trace = true; break;
	case O_HELP: fputs(help, stdout); exit(0);
	default: exit(STATUS_REFUSED);
	}
}

static void take_options(struct request *r, int argc, char **argv)
{
	int c;

	while ((c = getopt_long(argc, argv, "", option, NULL)) >= 0)
		take_option(r, c);
	if (optind + 1 != argc)
		refuse("FILE", "one is needed; see --help");
	r->file = argv[optind];
}

static uint8_t *read_file(const char *name, size_t *size)
{
	FILE *f = fopen(name, "rb");
	uint8_t *d = malloc(FILE_MOST);

	if (!f || !d)
		refuse(name, "cannot be read");
	*size = fread(d, 1, FILE_MOST, f);
	if (ferror(f) || !feof(f))
		refuse(name, "cannot be read whole");
	fclose(f);
	return d;
}

static void dump(struct board *b, char *spec)
{
	size_t ram = b->bus.ram_size, at = 0, n = ram;
	char *address = strchr(spec, ','), *length = NULL;
	FILE *f;

	if (address) {
		*address++ = '\0';
		length = strchr(address, ',');
		if (!length)
			refuse(address, "--dump=FILE,ADDRESS,LENGTH");
		*length++ = '\0';
		at = number(address, 0, 0, ram);
		n = number(length, 0, 0, ram - at);
	}
	f = fopen(spec, "wb");
	if (!f || fwrite(b->bus.ram + at, 1, n, f) != n || fclose(f))
		refuse(spec, "cannot be written");
}

static void start_at(struct cpu *cpu, const char *place)
{
	unsigned seg, off;
	char end;

	if (sscanf(place, "%4x:%4x%c", &seg, &off, &end) != 2)
		refuse(place, "no such place");
	cpu_load_real(cpu, CPU_CS, seg);
	cpu->ip = off;
}

static int report(const struct board *b, enum board_end end)
{
	static const char *const how[] = { "exit", "halted", "limit reached", "shut down" };
	static const uint8_t status[] = {
		[BOARD_HALTED] = STATUS_HALTED, [BOARD_LIMIT] = STATUS_LIMIT,
		[BOARD_SHUTDOWN] = STATUS_SHUTDOWN,
	};

	fprintf(stderr, "bare: %s", how[end]);
	if (end == BOARD_EXIT)
		fprintf(stderr, " %u", b->exit_value);
	fprintf(stderr, " at %04x:%08x after %" PRIu64 " instructions", b->cpu.seg[CPU_CS].sel,
		b->cpu.ip, b->cpu.retired);
	if (b->post >= 0)
		fprintf(stderr, ", POST %02X", b->post);
	putc('\n', stderr);
	return end == BOARD_EXIT ? (b->exit_value << 1 | 1) & 0xff : status[end];
}

int main(int argc, char **argv)
{
	struct request r = {
		.o = {
			.model = CPU_80486, .engine = &cpu_interp, .ram_size = 64 << 20,
			.limit = UINT64_C(10000000000), .post_port = { 0x190, 0x80 },
			.debug_port = 0xe9, .exit_port = 0xf4, .debug = stdout,
		},
		.command_line = "",
	};
	struct board *b = malloc(sizeof *b);
	struct error err;
	size_t size;
	uint8_t *image;
	int status;

	take_options(&r, argc, argv);
	image = read_file(r.file, &size);
	if (!b || !board_open(b, &r.o, &err))
		refuse("the machine", b ? err.text : "out of memory");
	if (board_is_kernel(image, size) ? !board_load_kernel(b, image, size, r.command_line, &err) :
	    !board_load_rom(b, image, size, &err))
		refuse(r.file, err.text);
	if (r.start)
		start_at(&b->cpu, r.start);
	status = report(b, board_run(b));
	if (r.dump)
		dump(b, r.dump);
	if (fflush(stdout) || fflush(r.o.debug))
		refuse("output", "cannot be written");
	board_close(b);
	free(b);
	free(image);
	return status;
}
