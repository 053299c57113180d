/* choice.c - --front=auto: a window for graphics, where there is a display; the
 * terminal for text, where there is one.  Nobody is shown anything who is not there:
 * a program of a pipeline or of a batch run has no front end.  */

#include "session/parts.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "base/home.h"
#include "conf/conf.h"
#include "plug/plug.h"

static bool is_set(const char *variable)
{
	const char *value = getenv(variable);

	return value && *value;
}

static bool can_open_window(const struct session *s)
{
	struct home home;

	if (s->no_window || !(is_set("DISPLAY") || is_set("WAYLAND_DISPLAY")))
		return false;
	home_find(&home);
	return plug_has(home.plugins, FRONT_WINDOW);
}

static bool has_controlling_terminal(void)
{
	int fd = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);

	if (fd >= 0)
		close(fd);
	return fd >= 0;
}

/* What a desktop gives those whom it starts: nothing to read, and the journal or
 * nobody to write to.  */
static bool leads_nowhere(int fd, bool journal)
{
	struct stat st;

	if (fstat(fd, &st) != 0)
		return false;
	return (S_ISCHR(st.st_mode) && st.st_rdev == makedev(1, 3)) ||
	       (journal && S_ISSOCK(st.st_mode));
}

static bool is_from_desktop(const struct session *s)
{
	return !*conf_get_text(s->conf, "control") && leads_nowhere(STDIN_FILENO, false) &&
	       leads_nowhere(STDOUT_FILENO, true) && leads_nowhere(STDERR_FILENO, true) &&
	       !has_controlling_terminal();
}

bool choice_is_unheard(const struct conf *conf)
{
	const char *name = conf_get_text(conf, "front");

	if (*conf_get_text(conf, "control") || !leads_nowhere(STDERR_FILENO, true) ||
	    has_controlling_terminal())
		return false;
	return strcmp(name, FRONT_WINDOW) == 0 ||
	       (strcmp(name, "auto") == 0 && conf_get_int(conf, "screen") != SCREEN_LINE &&
		leads_nowhere(STDIN_FILENO, false) && leads_nowhere(STDOUT_FILENO, true));
}

static bool has_whole_terminal(const struct session *s)
{
	return s->terminal.in >= 0 && s->terminal.out >= 0;
}

/* A window is asked for by name to be seen from the beginning.  */
const char *choice_first(const struct session *s)
{
	const char *name = conf_get_text(s->conf, "front");

	if (strcmp(name, "auto") != 0)
		return s->screen == SCREEN_FULL || (s->screen == SCREEN_AUTO &&
			strcmp(name, FRONT_WINDOW) == 0) ? name : NULL;
	if (s->screen == SCREEN_FULL)
		return has_whole_terminal(s) || !can_open_window(s) ? FRONT_TERMINAL : FRONT_WINDOW;
	return s->screen == SCREEN_AUTO && can_open_window(s) && is_from_desktop(s) ? FRONT_WINDOW : NULL;
}

const char *choice_fitting(const struct session *s, bool graphics)
{
	const char *name = conf_get_text(s->conf, "front");

	if (strcmp(name, FRONT_NOBODY) == 0)
		return NULL;
	if (strcmp(name, "auto") != 0)
		return has_whole_terminal(s) ? name : NULL;
	if (graphics && s->terminal.in >= 0 && can_open_window(s))
		return FRONT_WINDOW;
	return has_whole_terminal(s) ? FRONT_TERMINAL : NULL;
}

bool choice_is_console(const struct session *s, int fd)
{
	const char *first;

	if (isatty(fd))
		return true;
	first = choice_first(s);
	return first && (strcmp(first, FRONT_WINDOW) == 0 || strcmp(first, FRONT_NOBODY) == 0) &&
	       leads_nowhere(fd, fd != STDIN_FILENO);
}
