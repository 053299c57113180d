/* textsize.c - how large the text screen is: what --text-size says, and with "auto"
 * what the terminal has room for, at the start and whenever that changes while the
 * prompt waits.  A program that runs is left alone: only its user can ask for another
 * size then, by the front end.  */

#include "session/parts.h"

#include <stdio.h>
#include <sys/ioctl.h>

#include "conf/conf.h"
#include "machine/machine.h"

static bool is_auto(const struct session *s)
{
	return conf_get_text(s->conf, "text-size")[0] == 'a';
}

static bool terminal_size(const struct session *s, unsigned *columns, unsigned *rows)
{
	struct winsize size;

	if (s->terminal.out < 0 || ioctl(s->terminal.out, TIOCGWINSZ, &size) != 0)
		return false;
	*columns = size.ws_col;
	*rows = size.ws_row;
	return true;
}

void textsize_at_start(const struct session *s, unsigned *columns, unsigned *rows)
{
	*columns = *rows = 0;
	if (is_auto(s)) {
		if (terminal_size(s, columns, rows))
			machine_fit_text(columns, rows);
		return;
	}
	sscanf(conf_get_text(s->conf, "text-size"), "%ux%u", columns, rows);
}

void textsize_room(void *ctx, unsigned columns, unsigned rows, bool wanted)
{
	struct session *s = ctx;

	if (!wanted && !(is_auto(s) && machine_at_prompt(s->machine)))
		return;
	machine_fit_text(&columns, &rows);
	machine_set_text_size(s->machine, columns, rows);
}

void textsize_changed(struct session *s)
{
	unsigned columns, rows;

	if (!s->front.open && terminal_size(s, &columns, &rows))
		textsize_room(s, columns, rows, false);
}
