/* fuzz_configsys.c - CONFIG.SYS as text: its lines for every choice that its
 * menu offers.  */

#include "fuzz.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "dos/config.h"

#define LINES	100000		/* INCLUDEs multiply */

static bool count(void *ctx, const struct config_line *l)
{
	unsigned *n = ctx;

	if (strlen(l->command) >= CONFIG_NAME || strlen(l->value) >= CONFIG_LINE ||
	    strlen(l->text) >= CONFIG_LINE)
		abort();
	return ++*n < LINES;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct config_menu menu;
	unsigned n = 0;

	config_walk((const char *)data, size, "", count, &n);
	if (!config_menu((const char *)data, size, "MENU", &menu))
		return 0;
	if (menu.count > CONFIG_ITEMS || menu.chosen >= menu.count)
		abort();
	for (unsigned i = 0; i < menu.count; i++) {
		n = 0;
		config_walk((const char *)data, size, menu.item[i].block, count, &n);
	}
	return 0;
}
