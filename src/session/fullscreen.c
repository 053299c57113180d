/* fullscreen.c - from lines to the whole screen, and what is left of it.  */

#include "session/parts.h"

#include <stdint.h>
#include <string.h>

#include "base/error.h"
#include "conf/conf.h"
#include "debug/debug.h"
#include "machine/machine.h"

static bool no_front(const struct session *s)
{
	return strcmp(conf_get_text(s->conf, "front"), "none") == 0;
}

bool fullscreen_unseen(const struct session *s)
{
	return conf_get_int(s->conf, "screen") == SCREEN_FULL && no_front(s);
}

bool fullscreen_begin(struct session *s, struct error *err)
{
	const char *name = conf_get_text(s->conf, "front");

	streams_flush(&s->streams);
	if (no_front(s)) {
		s->streams.silent = true;
		return true;
	}
	terminal_restore(&s->terminal);
	if (!front_open(&s->front, strcmp(name, "auto") == 0 ? "term" : name, err)) {
		terminal_raw(&s->terminal);
		return false;
	}
	s->streams.silent = true;
	s->pace_ms = pace_elapsed_ms(s) - (int64_t)(machine_now(s->machine) / MILLISECOND);
	return true;
}

/* Where that fails, lines are what there is.  */
void fullscreen_look(struct session *s)
{
	struct error err = { "" };

	if (s->screen_used || !machine_screen_used(s->machine))
		return;
	s->screen_used = true;
	machine_screen_known(s->machine);
	if (s->debug && debug_uses_terminal(s->debug))
		return;
	if (s->screen == SCREEN_AUTO && s->terminal.in >= 0 && s->terminal.out >= 0 &&
	    !no_front(s))
		fullscreen_begin(s, &err);
}

/* The last screen of a program that has nothing else to say.
 * Characters that would move the cursor have only glyphs; they are blanks here.  */
void fullscreen_print_last(struct session *s)
{
	char text[16384];
	size_t n;

	if (s->screen != SCREEN_AUTO || !s->screen_used || s->front.shown || s->streams.printed ||
	    machine_end(s->machine)->end != MACHINE_EXITED)
		return;
	n = machine_screen_text(s->machine, text, sizeof text);
	for (size_t i = 0; i < n; i++) {
		if (text[i] == '\n')
			streams_console(&s->streams, '\r');
		streams_console(&s->streams, text[i] == '\n' || (uint8_t)text[i] >= ' ' ? text[i] : ' ');
	}
}
