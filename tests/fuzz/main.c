/* main.c - runs a fuzz target without a fuzzer.
 *
 * fuzz_NAME FILE...	runs it once on each file: to repeat a finding, or
 *			under afl-fuzz (fuzz_NAME @@)
 * fuzz_NAME		runs it on the seeds, $srcdir/tests/fuzz/seeds/NAME,
 *			and on some thousand damaged copies of each; always
 *			the same ones, so that make check is repeatable  */

#include "fuzz.h"

#include <dirent.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define COPIES	2000
#define LARGEST	(1 << 20)
#define PATIENCE	300	/* seconds for all seeds: a target that hangs fails */

static bool read_file(const char *path, uint8_t **data, size_t *size)
{
	FILE *f = fopen(path, "rb");

	if (!f)
		return false;
	*data = malloc(LARGEST);
	*size = *data ? fread(*data, 1, LARGEST, f) : 0;
	fclose(f);
	return *data != NULL;
}

/* In a block of exactly its size, so that reading past it shows.  */
static void run(const uint8_t *data, size_t size)
{
	uint8_t *copy = malloc(size ? size : 1);

	if (!copy)
		return;
	memcpy(copy, data, size);
	LLVMFuzzerTestOneInput(copy, size);
	free(copy);
}

static uint32_t next_random(uint32_t *x)
{
	*x ^= *x << 13, *x ^= *x >> 17, *x ^= *x << 5;	/* Marsaglia 2003 */
	return *x;
}

/* One to four changes: a byte, a bit, a cut, a piece doubled.  */
static size_t damage(uint8_t *data, size_t size, size_t room, uint32_t *x)
{
	for (unsigned n = 1 + next_random(x) % 4; n && size; n--) {
		size_t at = next_random(x) % size, len = 1 + next_random(x) % 16;

		switch (next_random(x) % 4) {
		case 0:
			data[at] = next_random(x);
			break;
		case 1:
			data[at] ^= 1 << next_random(x) % 8;
			break;
		case 2:
			len = len < size - at ? len : size - at;
			memmove(data + at, data + at + len, size - at - len);
			size -= len;
			break;
		case 3:
			len = len < size - at ? len : size - at;
			if (len > room - size)
				break;
			memmove(data + at + len, data + at, size - at);
			size += len;
			break;
		}
	}
	return size;
}

static bool run_seed(const char *path)
{
	uint8_t *seed, *copy = malloc(2 * LARGEST);
	uint32_t x = 1;
	size_t size;

	if (!copy || !read_file(path, &seed, &size)) {
		perror(path);
		free(copy);
		return false;
	}
	run(seed, size);
	for (unsigned i = 0; i < COPIES; i++) {
		memcpy(copy, seed, size);
		run(copy, damage(copy, size, 2 * LARGEST, &x));
	}
	free(seed);
	free(copy);
	return true;
}

static int is_visible(const struct dirent *e)
{
	return e->d_name[0] != '.';
}

static int run_seeds(const char *program)
{
	const char *srcdir = getenv("srcdir"), *name = strrchr(program, '_');
	char dir[2048], path[4096];
	struct dirent **e = NULL;
	int n, failed = 0;

	alarm(PATIENCE);
	snprintf(dir, sizeof dir, "%s/tests/fuzz/seeds/%s", srcdir ? srcdir : ".",
		 name ? name + 1 : program);
	n = scandir(dir, &e, is_visible, alphasort);
	if (n <= 0) {
		fprintf(stderr, "%s: no seeds\n", dir);
		return 1;
	}
	for (int i = 0; i < n; i++) {
		snprintf(path, sizeof path, "%s/%s", dir, e[i]->d_name);
		failed |= !run_seed(path);
		free(e[i]);
	}
	free(e);
	return failed;
}

int main(int argc, char **argv)
{
	uint8_t *data;
	size_t size;

	if (argc < 2)
		return run_seeds(argv[0]);
	for (int i = 1; i < argc; i++) {
		if (!read_file(argv[i], &data, &size)) {
			perror(argv[i]);
			return 1;
		}
		run(data, size);
		free(data);
	}
	return 0;
}
