/* fullscreen.c - from lines to the whole screen, and what is left of it.  */

#include "session/parts.h"

#include <stdint.h>
#include <string.h>

#include "base/error.h"
#include "debug/debug.h"
#include "machine/machine.h"

bool fullscreen_begin(struct session *s, const char *front, struct error *err)
{
	streams_flush(&s->streams);
	if (strcmp(front, FRONT_NOBODY) == 0) {
		s->streams.silent = true;
		return true;
	}
	terminal_restore(&s->terminal);
	if (!front_open(&s->front, front, err)) {
		terminal_raw(&s->terminal);
		return false;
	}
	s->streams.silent = true;
	pace_begin(s);
	machine_stop_at_pictures(s->machine, true);
	return true;
}

/* Where a window cannot be had, the terminal is what there is; where that fails,
 * lines are.  */
static void change_front(struct session *s, const char *front)
{
	struct error err = { "" };

	front_close(&s->front);
	if (fullscreen_begin(s, front, &err))
		return;
	s->streams.silent = false;
	s->no_window = true;
	front = choice_fitting(s, s->graphics);
	if (front)
		fullscreen_begin(s, front, &err);
}

/* A front end that has been chosen stays, but for a terminal's when graphics begin.  */
void fullscreen_look(struct session *s)
{
	bool graphics = machine_shows_graphics(s->machine), began;
	const char *front;

	if (!s->screen_used && !machine_screen_used(s->machine))
		return;
	began = !s->screen_used || (graphics && !s->graphics);
	s->screen_used = true;
	s->graphics = graphics;
	machine_screen_known(s->machine);
	if (!began || s->screen == SCREEN_LINE || (s->debug && debug_uses_terminal(s->debug)))
		return;
	front = choice_fitting(s, graphics);
	if (front && !front_is(&s->front, front) && !front_is(&s->front, FRONT_WINDOW))
		change_front(s, front);
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
