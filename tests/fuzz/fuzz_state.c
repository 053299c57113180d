/* fuzz_state.c - a snapshot that somebody has made up.
 *
 * The input says what is changed in one of a machine that has begun to boot: four
 * bytes each time, the section, where in it (16 bits), and what is there instead.
 * An odd number of them: the snapshot also ends there.  What can be loaded runs.  */

#include "fuzz.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "machine/machine.h"

#define HEADER		12	/* of the file */
#define SECTION_HEAD	14	/* name, version, length */
#define SECTIONS_MAX	64

static struct machine *fresh(void)
{
	struct error err = { "" };
	struct machine_config config = {
		.ram_size = 1 << 20, .model = CPU_80486, .fpu = true, .cost = 40, .mouse = true,
		.coms = 1, .lpts = 1, .video = { .kind = VIDEO_SVGA, .memory = 1 << 20 },
		.dos = {
			.version_major = 6, .version_minor = 22, .country = 1, .code_page = 437,
			.files = 20, .fcbs = 4, .lastdrive = 5, .buffers = 10, .boot_drive = 'C',
			.current_drive = 'C', .current_dir = "\\", .shell = "C:\\COMMAND.COM",
			.environment = "A=B", .environment_size = 4,
		},
	};
	struct machine_host host = { 0 };
	struct machine *m = machine_new(&config, &host, &err);

	if (!m)
		abort();
	return m;
}

static uint32_t number(const uint8_t *p)
{
	return p[0] | p[1] << 8 | p[2] << 16 | (uint32_t)p[3] << 24;
}

static uint8_t *section(uint8_t *data, size_t size, unsigned n, uint32_t *length)
{
	uint8_t *at[SECTIONS_MAX];
	unsigned count = 0;

	for (size_t i = HEADER; i + SECTION_HEAD <= size && count < SECTIONS_MAX; count++) {
		at[count] = data + i + SECTION_HEAD;
		i += SECTION_HEAD + number(data + i + SECTION_HEAD - 4);
	}
	n %= count;
	*length = number(at[n] - 4);
	return at[n];
}

/* The same each time: made once.  */
static uint8_t *copy_of_saved(size_t *size)
{
	static uint8_t *saved;
	static size_t all;
	struct error err = { "" };
	uint8_t *copy;

	if (!saved) {
		struct machine *m = fresh();

		machine_run(m, 3000000);
		if (!machine_save(m, &saved, &all, &err))
			abort();
		machine_free(m);
	}
	copy = malloc(all);
	if (!copy)
		abort();
	*size = all;
	return memcpy(copy, saved, all);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct machine *m = fresh();
	struct error err = { "" };
	size_t all, n;
	uint8_t *saved = copy_of_saved(&all), *at;
	uint32_t length;

	n = all;
	for (size_t i = 0; i + 4 <= size; i += 4) {
		at = section(saved, all, data[i], &length);
		if (!length)
			continue;
		at += (data[i + 1] | data[i + 2] << 8) % length;
		*at = data[i + 3];
		n = size % 4 ? (size_t)(at - saved) : n;
	}
	if (machine_load(m, saved, n, &err))
		machine_run(m, machine_now(m) + 1000000);
	else if (!*err.text || strchr(err.text, '\n'))
		abort();		/* errors are one line */
	machine_free(m);
	free(saved);
	return 0;
}
