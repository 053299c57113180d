/* entry.c - what dlopen finds.  */

#include "record.h"

const struct plugin *plugin_entry(void)
{
	return &record_plugin;
}
