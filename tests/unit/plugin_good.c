/* plugin_good.c - a plugin for tests: it tells the host what it is asked.  */

#include "plugin.h"

static void *good_open(const struct plugin_host *host)
{
	if (host->setting(host->ctx, "refuse"))
		return NULL;
	host->log(host->ctx, "open");
	return (void *)host;
}

static void good_close(void *self)
{
	const struct plugin_host *host = self;

	host->log(host->ctx, "close");
}

static const struct plugin good = {
	.abi = PLUGIN_ABI, .name = "good", .open = good_open, .close = good_close,
};

const struct plugin *plugin_entry(void)
{
	return &good;
}
