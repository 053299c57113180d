/* parts.h - the control socket from inside.
 *
 *	control.c	the socket, and lines in and out
 *	requests.c	from a line to an answer
 *	members.c	a request's members, measured
 *	view.c		what is on the screen
 *	hands.c		keys, text and mouse
 *	joystick.c	joysticks
 *	wait.c		what takes time
 *	png.c		pictures in files
 *
 * A request is served in the slice in which it comes, or begins something that
 * takes time (struct wait), which control_step() goes on with.  A client has one
 * of these at most: its next request waits in its buffer.  */

#ifndef CONTROL_PARTS_H
#define CONTROL_PARTS_H

#include <locale.h>
#include <regex.h>
#include <stddef.h>
#include <sys/types.h>

#include "base/error.h"
#include "control/control.h"
#include "control/words.h"

struct json_object;

#define CONTROL_LINE	0x10000u	/* bytes of a request */
#define CONTROL_NESTING	8
#define PATTERN_MAX	512u

/* The picture that was shown last.  */
struct view {
	int sink;			/* -1: nobody is there to look */
	enum frame_kind kind;
	unsigned width, height;
	struct frame_cell *cell;	/* FRAME_TEXT */
	size_t cells;			/* room for */
	uint32_t palette[256];
	int cursor_x, cursor_y;
	unsigned cursor_top, cursor_bottom;
	unsigned serial;		/* another number: another picture */
};

struct region {
	unsigned x, y, width, height;	/* cells */
};

/* One thing to be done with the keyboard or the mouse.  */
struct act {
	enum { ACT_STROKE, ACT_CHAR, ACT_KEY, ACT_MOUSE } kind;
	vtime pause;			/* before the next */
	unsigned modifiers;		/* of ACT_STROKE */
	struct key_event key;		/* of ACT_CHAR, ch is all there is */
	struct mouse_event mouse;
};

struct wait {
	enum wait_kind { WAIT_NONE, WAIT_ACTS, WAIT_TEXT, WAIT_IDLE } kind;
	struct json_object *id;
	int64_t left_ms;		/* of the host's time */
	/* WAIT_ACTS */
	struct act *act;
	size_t acts, at;
	vtime due;			/* the next not before this */
	/* WAIT_TEXT */
	bool has_pattern;
	regex_t pattern;
	struct region region;
	unsigned seen;			/* view.serial */
	/* WAIT_IDLE */
	vtime idle, wanted, busy;	/* so far; asked for; since it last had nothing to do */
};

struct client {
	int fd;				/* -1: none */
	bool too_long;			/* the rest of this line is dropped */
	bool ended;			/* it sends nothing any more */
	struct wait wait;
	size_t in_size, out_size;
	char *out;			/* not yet sent; malloc'ed */
	char in[CONTROL_LINE + 1];
};

struct control {
	struct machine *machine;
	const struct plugin_host *host;
	bool (*typed)(void *ctx);
	void (*pace)(void *pace_ctx, struct control_pace *p);
	void *pace_ctx;
	uint16_t code_page;
	char path[108];			/* of the socket, and which file that is */
	dev_t dev;
	ino_t ino;
	int listener;
	locale_t locale;		/* regular expressions are of UTF-8 */
	struct view view;
	int64_t now_ms;			/* of the last step */
	bool paused;
	int exit_status;
	uint8_t buttons;		/* held */
	uint16_t x, y;			/* where the mouse was put last, */
	bool by;			/* unless it was moved by so much since */
	struct client client[CONTROL_CLIENTS];
};

/* A request being served.  */
struct ask {
	struct control *control;
	struct client *client;
	struct json_object *request, *answer;
	struct error error;
	bool waits;			/* it has begun something that takes time */
};

/* control.c.  Takes the answer over.  */
void client_say(struct client *who, struct json_object *answer);

/* requests.c */
void control_line(struct control *c, struct client *who, const char *line, size_t n);
/* An answer with its id and "ok"; with an error if there is one.  */
struct json_object *control_answer(struct json_object *id, const char *error);

/* members.c.  Those that are not there leave *out as it is, if they may.  False: it
 * is of another kind, or out of bounds; or missing.  */
bool member_int(struct ask *a, const char *name, int64_t min, int64_t max, int64_t *out);
bool member_bool(struct ask *a, const char *name, bool *out);
bool member_text(struct ask *a, const char *name, bool must, const char **out);
bool member_region(struct ask *a, struct region *out);
bool member_timeout(struct ask *a, int64_t *out);

/* view.c.  */
bool view_open(struct control *c);
void view_close(struct control *c);
/* Be true to what the machine shows now.  */
void view_refresh(struct control *c);
/* The text of a row, in UTF-8, without trailing blanks; out has room for
 * 4 * width + 1.  */
size_t view_row(const struct view *v, const struct region *r, unsigned row, char *out);
/* A region of all that there is, if width is 0; cut to what there is.  */
struct region view_region(const struct view *v, const struct region *asked);
struct json_object *view_rows(const struct view *v, const struct region *asked);
void view_answer(struct ask *a, const struct region *r, bool attributes, bool colors);
const char *view_mode(const struct view *v);

/* hands.c: begin what the request asks for.  */
bool hands_keys(struct ask *a);
bool hands_type(struct ask *a);
bool hands_mouse(struct ask *a);
/* At once, the guest looks when it wants to.  */
bool hands_joystick(struct ask *a);
/* True: all done.  */
bool hands_go_on(struct control *c, struct wait *w);

/* wait.c */
bool wait_begin(struct ask *a, enum wait_kind kind, int64_t timeout_ms);
bool wait_text(struct ask *a);
bool wait_idle(struct ask *a);
void wait_step(struct control *c, struct client *who, int64_t passed_ms, vtime idle, vtime ran);
/* The run is over, maybe by the very key that was asked for.  */
void wait_over(struct control *c, struct client *who);
void wait_end(struct wait *w);

/* png.c */
bool screenshot(struct ask *a);

#endif
