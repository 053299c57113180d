/* entry.c - the plugin's one name.  */

#include "sdl.h"

const struct plugin *plugin_entry(void)
{
	return &sdl_plugin;
}
