/* replay.c - runs a command line of DOS in a machine that is saved, thrown
 * away, made anew and loaded at random moments.  Whatever the program does must be
 * the same as without.
 *
 * usage: replay MOMENTS LENGTH SEED C-DIRECTORY COMMAND-LINE
 *
 * LENGTH is the guest time of the whole run in nanoseconds, which the
 * uninterrupted run (MOMENTS 0) says on standard error, after what was on the
 * screen.  D: is the current directory, standard input is empty, the date is
 * fixed.  */

#include <inttypes.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/cp.h"
#include "base/error.h"
#include "drive/stdio.h"
#include "machine/machine.h"

#define DATE		INT64_C(1430000000)	/* 2015-04-25 22:13:20 */
#define SLICE		UINT64_C(10000000)
#define LONGEST		UINT64_C(3600000000000)	/* of guest time */

static const char environment[] = "COMSPEC=C:\\COMMAND.COM\0PATH=C:\\DOS;C:\\;D:\\\0PROMPT=$P$G";

struct bench {
	const char *c_dir, *line;
	struct stdio_fds fds;
	struct machine *machine;
	struct screen_seen {
		bool pixels, used;
		unsigned width, height;		/* of the last picture in pixels */
		unsigned columns, rows;
		uint32_t ch[60][132];		/* of the last text */
	} seen;
};

static void die(const char *what, const struct error *err)
{
	fprintf(stderr, "replay: %s: %s\n", what, err->text);
	exit(125);
}

static void on_console(void *ctx, uint8_t ch)
{
	(void)ctx;
	if (write(STDOUT_FILENO, &ch, 1) != 1)
		exit(125);
}

static bool on_picture(void *ctx, const struct frame *f)
{
	struct screen_seen *s = &((struct bench *)ctx)->seen;

	if (f->kind != FRAME_TEXT) {
		s->pixels = true;
		s->width = f->width;
		s->height = f->height;
		return true;
	}
	s->columns = f->width < 132 ? f->width : 132;
	s->rows = f->height < 60 ? f->height : 60;
	for (unsigned y = 0; y < s->rows; y++)
		for (unsigned x = 0; x < s->columns; x++)
			s->ch[y][x] = f->cell[y * f->width + x].ch;
	return true;
}

static void tell_row(const uint32_t *ch, unsigned columns)
{
	char utf8[UTF8_MAX];
	unsigned end = columns;

	while (end && ch[end - 1] == ' ')
		end--;
	for (unsigned x = 0; x < end; x++)
		fwrite(utf8, 1, utf8_put(utf8, ch[x]), stderr);
}

static void tell_screen(const struct screen_seen *s)
{
	if (s->pixels)
		fprintf(stderr, "pixels %ux%u seen\n", s->width, s->height);
	fprintf(stderr, "screen: text %ux%u, %s\n", s->columns, s->rows, s->used ? "used" : "lines only");
	for (unsigned y = 0; y < s->rows; y++) {
		fprintf(stderr, "row %u: ", y + 1);
		tell_row(s->ch[y], s->columns);
		fputc('\n', stderr);
	}
}

static void make(struct bench *b)
{
	struct error err = { "" };
	struct machine_config config = {
		.ram_size = 16 << 20, .model = CPU_80486, .fpu = true, .cost = 40,
		.video = { .kind = VIDEO_SVGA, .memory = 4 << 20 },
		.dos = {
			.version_major = 6, .version_minor = 22, .country = 1, .code_page = 437,
			.files = 60, .fcbs = 16, .lastdrive = 26, .buffers = 20,
			.boot_drive = 'C', .current_drive = 'D', .current_dir = "\\",
			.shell = "C:\\COMMAND.COM", .keep_shell = true,
			.environment = environment, .environment_size = sizeof environment,
		},
	};
	struct machine_host host = { .ctx = b, .console = on_console };
	static const struct video_ops video = { .show = on_picture };
	struct drive_config drives = { .code_page = 437, .clock = machine_dos_time };

	snprintf(config.dos.shell_tail, sizeof config.dos.shell_tail, "/C %.120s", b->line);
	b->machine = machine_new(&config, &host, &err);
	if (!b->machine)
		die("machine_new", &err);
	machine_attach_video(b->machine, &video, b);
	drives.clock_ctx = b->machine;
	machine_set_clock(b->machine, DATE, 0);
	if (!machine_mount_stdio(b->machine, &stdio_fds_ops, &b->fds, &err) ||
	    !machine_mount(b->machine, 'C', "hostdir", b->c_dir, &drives, &err) ||
	    !machine_mount(b->machine, 'D', "hostdir", ".", &drives, &err))
		die("mount", &err);
}

static void renew(struct bench *b)
{
	struct error err = { "" };
	uint8_t *data;
	size_t size;

	if (!machine_save(b->machine, &data, &size, &err))
		die("save", &err);
	machine_free(b->machine);
	make(b);
	if (!machine_load(b->machine, data, size, &err))
		die("load", &err);
	free(data);
}

static int by_time(const void *a, const void *b)
{
	vtime x = *(const vtime *)a, y = *(const vtime *)b;

	return (x > y) - (x < y);
}

static vtime *moments(unsigned n, vtime length)
{
	vtime *at = calloc(n + 1, sizeof *at);

	if (!at)
		exit(125);
	for (unsigned i = 0; i < n; i++)
		at[i] = (vtime)(drand48() * length);
	at[n] = LONGEST;
	qsort(at, n, sizeof *at, by_time);
	return at;
}

int main(int argc, char **argv)
{
	struct bench b;
	unsigned n, done = 0;
	vtime *at, until;

	if (argc != 6) {
		fputs("usage: replay MOMENTS LENGTH SEED C-DIRECTORY COMMAND-LINE\n", stderr);
		return 125;
	}
	signal(SIGPIPE, SIG_IGN);
	n = strtoul(argv[1], NULL, 10);
	srand48(strtol(argv[3], NULL, 10));
	at = moments(n, strtoull(argv[2], NULL, 10));
	b = (struct bench){
		.c_dir = argv[4], .line = argv[5],
		.fds = { { open("/dev/null", O_RDONLY | O_CLOEXEC), 1, 2 } },
	};
	make(&b);
	do {
		b.seen.used |= machine_screen_used(b.machine);
		while (done < n && at[done] <= machine_now(b.machine)) {
			renew(&b);
			done++;
		}
		until = machine_now(b.machine) + SLICE;
	} while (machine_run(b.machine, until < at[done] ? until : at[done]) &&
		 machine_now(b.machine) < LONGEST);
	machine_show(b.machine);
	machine_drain(b.machine);
	b.seen.used |= machine_screen_used(b.machine);
	tell_screen(&b.seen);
	fprintf(stderr, "%" PRIu64 " ns, %u of %u moments, end %d %s\n", machine_now(b.machine), done, n,
		machine_end(b.machine)->end, machine_end(b.machine)->why);
	n = machine_end(b.machine)->end == MACHINE_EXITED ? machine_end(b.machine)->code : 121;
	machine_free(b.machine);
	free(at);
	return n;
}
