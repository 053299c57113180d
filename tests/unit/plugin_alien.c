/* plugin_alien.c - a plugin of some other version of dosvm.  */

#include "plugin.h"

static const struct plugin alien = { .abi = PLUGIN_ABI + 1, .name = "alien" };

const struct plugin *plugin_entry(void)
{
	return &alien;
}
