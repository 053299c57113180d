/* complain.c - what goes wrong, to a user without a terminal.  */

#include "session/parts.h"

#include <stdlib.h>

#include "base/home.h"

static bool is_set(const char *variable)
{
	const char *value = getenv(variable);

	return value && *value;
}

bool session_complain(const struct conf *conf, const char *text)
{
	struct home home;

	if (!choice_is_unheard(conf) || !(is_set("DISPLAY") || is_set("WAYLAND_DISPLAY")))
		return false;
	home_find(&home);
	return plug_tell(home.plugins, FRONT_WINDOW, text);
}
