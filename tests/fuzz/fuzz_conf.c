/* fuzz_conf.c - configuration files and option texts that anybody wrote.
 * The first line of the input is one option; the rest is a file.  */

#include "fuzz.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "conf/conf.h"

static void load(struct conf *c, const uint8_t *data, size_t size)
{
	FILE *f = size ? fmemopen((void *)data, size, "r") : NULL;
	struct error err;

	if (!f)
		return;
	if (!conf_load_file(c, f, "fuzz", CONF_USER, &err) && strchr(err.text, '\n'))
		abort();		/* errors are one line */
	fclose(f);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const uint8_t *end = memchr(data, '\n', size);
	size_t n = end ? (size_t)(end - data) : size;
	char *option = strndup((const char *)data, n);
	struct error err = { "" };
	struct conf c;
	const char *text, *program;

	if (!option || !conf_init(&c, &err))
		abort();
	conf_args(&c, 2, (char *const *)(const char *[]){ "dosvm", option, NULL }, &err);
	if (end)
		load(&c, end + 1, size - n - 1);
	conf_use_program(&c, "C:\\BIN\\PROG.EXE", &err);
	for (unsigned i = 0; (text = conf_override(&c, "memory", i, &program)) != NULL; i++)
		if (!*program)
			abort();
	if (conf_get_int(&c, "memory") < 1 << 20 || conf_get_int(&c, "memory") > 1 << 30)
		abort();
	conf_fini(&c);
	free(option);
	return 0;
}
