/* pictures.c - runs a DOS program that shows pictures, and tells what each looks like.
 *
 * usage: pictures [--step] [--engine=NAME] [--to=DIRECTORY] CARD PROGRAM.COM
 *        pictures --engines
 *
 * The program (tests/dos/modes/modes.inc) writes a picture's number to 0040:00F0, the
 * byte that IBM left to applications, and goes on at a key.  Bit 7 says that it blinks:
 * then all that is seen in a while counts.  A line of the output is
 *
 *	CARD PROGRAM NUMBER WIDTHxHEIGHT PICTURES-IN-1000-SECONDS CHECKSUM
 *
 * The checksum is of the colours of the dots, and of the border's.  Of a picture that
 * blinks there is a line for each that differs, in the order of their checksums, with
 * the number of pictures for which it lasts behind it.
 *
 * --to: each is also put into DIRECTORY, as CARD-PROGRAM-NUMBER.ppm, with a border.
 * The program is in the current directory, and its time is the guest's alone.  */

#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "machine/inspect.h"
#include "machine/machine.h"

#define AT		0x4f0		/* where the picture's number is */
#define BLINKS		0x80
#define SETTLE		(VTIME_SECOND / 5)	/* of colours that change within a picture; of a 6845 */
#define BLINKING	(3 * VTIME_SECOND)
#define SLICE		(VTIME_SECOND / 1000)
#define LONGEST		(60 * VTIME_SECOND)	/* from one picture to the next */
#define ENTER		0x28
#define BORDER		8
#define DIFFERENT	8		/* pictures of one that blinks */
#define MOST		99

static const struct { const char *name; enum video_kind kind; } card[] = {
	{ "vga", VIDEO_VGA }, { "svga", VIDEO_SVGA }, { "ega", VIDEO_EGA }, { "cga", VIDEO_CGA }, { "mda", VIDEO_MDA },
	{ "hercules", VIDEO_HERCULES }, { "tandy", VIDEO_TANDY }, { "pcjr", VIDEO_PCJR },
	{ "composite", VIDEO_CGA }, { "ega-mono", VIDEO_EGA_MONO },
};

static const struct cpu_engine *const engine[] = { &cpu_interp };

/* One of those seen.  */
struct picture {
	uint64_t sum;
	unsigned lasts;			/* frames, at most */
	unsigned width, height, rate_mhz;
	uint32_t border;
	uint32_t *rgb;			/* malloc'ed */
};

struct show {
	struct machine *machine;
	const char *card, *to;
	char program[16], name[16];	/* VGA.COM and vga */
	struct picture seen[DIFFERENT];
	unsigned seen_count, last;
	vtime since;			/* the last one is shown; 0: not from its beginning */
};

static void die(const char *what, const char *why)
{
	fprintf(stderr, "pictures: %s: %s\n", what, why);
	exit(125);
}

/* --- What is seen -------------------------------------------------------------------- */

static uint32_t rgb_at(const struct frame *f, size_t i)
{
	return f->kind == FRAME_RGB ? f->rgb[i] : f->palette[f->pixel[i]];
}

/* FNV-1a, with 64 bits.  */
static uint64_t add(uint64_t sum, uint32_t val)
{
	for (unsigned i = 0; i < 4; i++)
		sum = (sum ^ (val >> 8 * i & 0xff)) * UINT64_C(0x100000001b3);
	return sum;
}

static bool is_same(const struct picture *p, const struct frame *f)
{
	if (p->width != f->width || p->height != f->height || p->border != f->palette[f->border])
		return false;
	for (size_t i = 0; i < (size_t)f->width * f->height; i++)
		if (p->rgb[i] != rgb_at(f, i))
			return false;
	return true;
}

static void keep(struct picture *p, const struct frame *f)
{
	size_t n = (size_t)f->width * f->height;
	uint64_t sum = UINT64_C(0xcbf29ce484222325);

	p->rgb = realloc(p->rgb, n * sizeof *p->rgb);
	if (!p->rgb)
		die("a picture", "no memory");
	p->width = f->width;
	p->height = f->height;
	p->rate_mhz = f->rate_mhz;
	p->border = f->palette[f->border];
	sum = add(add(add(sum, p->width), p->height), p->border);
	for (size_t i = 0; i < n; i++)
		sum = add(sum, p->rgb[i] = rgb_at(f, i));
	p->sum = sum;
	p->lasts = 0;
}

/* The last one is shown no more.  */
static void is_over(struct show *s)
{
	struct picture *p = &s->seen[s->last];
	vtime now = machine_now(s->machine);
	unsigned frames = ((now - s->since) / 1000 * p->rate_mhz + 500000000) / 1000000000;

	if (s->since && frames > p->lasts)
		p->lasts = frames;
	s->since = s->seen_count ? now : 0;
}

static bool on_picture(void *ctx, const struct frame *f)
{
	struct show *s = ctx;
	unsigned i = 0;

	if (f->kind == FRAME_TEXT)
		die(s->name, "text came in cells");
	if (s->seen_count && is_same(&s->seen[s->last], f))
		return true;
	is_over(s);
	while (i < s->seen_count && !is_same(&s->seen[i], f))
		i++;
	if (i == s->seen_count) {
		s->seen_count += s->seen_count < DIFFERENT;
		i = i < DIFFERENT ? i : DIFFERENT - 1;
		keep(&s->seen[i], f);
	}
	s->last = i;
	return true;
}

static const struct video_ops sink = { .show = on_picture, .pixels = true };

/* --- What is told -------------------------------------------------------------------- */

static void put_dot(FILE *f, uint32_t rgb)
{
	fputc(rgb >> 16 & 0xff, f);
	fputc(rgb >> 8 & 0xff, f);
	fputc(rgb & 0xff, f);
}

static void put_file(const struct show *s, const struct picture *p, const char *number)
{
	unsigned width = p->width + 2 * BORDER, height = p->height + 2 * BORDER;
	char path[1024];
	FILE *f;

	snprintf(path, sizeof path, "%s/%s-%s-%s.ppm", s->to, s->card, s->name, number);
	f = fopen(path, "wb");
	if (!f)
		die(path, "cannot be written");
	fprintf(f, "P6\n%u %u\n255\n", width, height);
	for (unsigned y = 0; y < height; y++)
		for (unsigned x = 0; x < width; x++) {
			unsigned px = x - BORDER, py = y - BORDER;

			put_dot(f, px < p->width && py < p->height ?
				p->rgb[(size_t)py * p->width + px] : p->border);
		}
	fclose(f);
}

static int by_sum(const void *a, const void *b)
{
	const struct picture *x = a, *y = b;

	return (x->sum > y->sum) - (x->sum < y->sum);
}

static void tell(struct show *s, const struct picture *p, const char *number)
{
	printf("%s %s %s %ux%u %u %016" PRIx64, s->card, s->name, number, p->width, p->height,
	       p->rate_mhz, p->sum);
	if (p->lasts)
		printf(" %u", p->lasts);
	putchar('\n');
	if (s->to)
		put_file(s, p, number);
}

/* --- The run ------------------------------------------------------------------------- */

static bool run_for(struct show *s, vtime time)
{
	return machine_run(s->machine, machine_now(s->machine) + time);
}

static void press(struct show *s)
{
	const struct key_event down = { .key = ENTER, .down = true, .ch = '\r' };
	const struct key_event up = { .key = ENTER };

	machine_key(s->machine, &down);
	run_for(s, VTIME_SECOND / 50);
	machine_key(s->machine, &up);
	run_for(s, VTIME_SECOND / 100);
}

static void look(struct show *s, uint8_t number)
{
	char text[8];
	int n;

	s->seen_count = s->last = 0;
	s->since = 0;
	n = machine_attach_video(s->machine, &sink, s);
	run_for(s, number & BLINKS ? BLINKING : SETTLE);
	machine_detach_video(s->machine, n);
	if (!s->seen_count)
		die(s->name, "nothing is shown");
	if (!(number & BLINKS)) {
		s->seen[s->last].lasts = 0;
		snprintf(text, sizeof text, "%02u", number);
		tell(s, &s->seen[s->last], text);
		return;
	}
	qsort(s->seen, s->seen_count, sizeof *s->seen, by_sum);
	for (unsigned i = 0; i < s->seen_count; i++) {
		snprintf(text, sizeof text, "%02u%c", number & ~BLINKS & 0xff, 'a' + i);
		tell(s, &s->seen[i], text);
	}
}

static void look_at_all(struct show *s)
{
	const uint8_t *at = machine_cpu(s->machine)->bus->ram + AT;
	vtime since = machine_now(s->machine);
	uint8_t number = 0;

	while (run_for(s, SLICE)) {
		if (machine_now(s->machine) - since > LONGEST)
			die(s->name, "no picture comes");
		if (*at == number)
			continue;
		number = *at;
		if ((number & ~BLINKS) > MOST)
			die(s->name, "too many pictures");
		look(s, number);
		press(s);
		since = machine_now(s->machine);
	}
	if (machine_end(s->machine)->end != MACHINE_EXITED || machine_end(s->machine)->code)
		die(s->name, machine_end(s->machine)->end == MACHINE_EXITED ? "failed" :
		    machine_end(s->machine)->why);
}

static void make(struct show *s, enum video_kind kind, const struct cpu_engine *on)
{
	struct error err = { "" };
	struct machine_config config = {
		.ram_size = 1 << 20, .model = CPU_80486, .fpu = true, .cost = 100,
		.coms = 2, .lpts = 1, .video = { .kind = kind, .memory = 4 << 20 },
		.dos = {
			.version_major = 6, .version_minor = 22, .country = 1, .code_page = 437,
			.files = 20, .fcbs = 4, .lastdrive = 26, .buffers = 20,
			.boot_drive = 'D', .current_drive = 'D', .current_dir = "\\",
			.keep_shell = true, .environment = "\0", .environment_size = 2,
		},
	};
	struct drive_config drives = { .code_page = 437, .clock = machine_dos_time };
	struct machine_host host = { .ctx = s };

	config.video.monitor = strcmp(s->card, "composite") ? CRT_RGB : CRT_COMPOSITE;
	snprintf(config.dos.shell, sizeof config.dos.shell, "D:\\%s", s->program);
	s->machine = machine_new(&config, &host, &err);
	if (!s->machine)
		die("machine_new", err.text);
	drives.clock_ctx = s->machine;
	if (!machine_mount(s->machine, 'D', "hostdir", ".", &drives, &err))
		die("mount", err.text);
	if (!cpu_use(machine_cpu(s->machine), on))
		die(on->name, "cannot be used");
}

/* --- Engines ------------------------------------------------------------------------- */

static enum cpu_exit step(struct cpu *cpu, void *data)
{
	enum cpu_exit exit = CPU_EXIT_DEADLINE;

	do
		exit = cpu->engine->step(cpu, data);
	while (exit == CPU_EXIT_DEADLINE && cpu->sched->now < cpu->sched->deadline);
	return exit;
}

static const struct cpu_engine *find_engine(const char *name)
{
	for (unsigned i = 0; i < sizeof engine / sizeof *engine; i++)
		if (!strcmp(name, engine[i]->name))
			return engine[i];
	die(name, "no such engine");
	return NULL;
}

static enum video_kind find_card(const char *name)
{
	for (unsigned i = 0; i < sizeof card / sizeof *card; i++)
		if (!strcmp(name, card[i].name))
			return card[i].kind;
	die(name, "no such card");
	return VIDEO_VGA;
}

static void list_engines(void)
{
	for (unsigned i = 0; i < sizeof engine / sizeof *engine; i++)
		if (engine[i]->usable())
			puts(engine[i]->name);
	exit(0);
}

static void set_names(struct show *s, const char *file)
{
	size_t n = 0;

	snprintf(s->program, sizeof s->program, "%s", file);
	for (; s->program[n] && s->program[n] != '.'; n++)
		s->name[n] = tolower((unsigned char)s->program[n]);
}

int main(int argc, char **argv)
{
	const struct cpu_engine *on = &cpu_interp;
	struct cpu_engine stepped;
	struct show s = { 0 };
	int i = 1;

	for (; i < argc && argv[i][0] == '-'; i++) {
		if (!strcmp(argv[i], "--engines"))
			list_engines();
		else if (!strncmp(argv[i], "--engine=", 9))
			on = find_engine(argv[i] + 9);
		else if (!strncmp(argv[i], "--to=", 5))
			s.to = argv[i] + 5;
		else if (!strcmp(argv[i], "--step")) {
			stepped = *on;
			stepped.run = step;
			on = &stepped;
		}
	}
	if (argc - i != 2)
		die("usage", "pictures [--step] [--engine=NAME] [--to=DIRECTORY] CARD PROGRAM.COM");
	s.card = argv[i];
	set_names(&s, argv[i + 1]);
	make(&s, find_card(s.card), on);
	look_at_all(&s);
	machine_free(s.machine);
	for (i = 0; i < DIFFERENT; i++)
		free(s.seen[i].rgb);
	return 0;
}
