/* entry.c - the plugin's one name.  */

#include "term.h"

const struct plugin *plugin_entry(void)
{
	return &term_plugin;
}
