/* parts.h - one run and its parts, for those parts alone.  */

#ifndef SESSION_PARTS_H
#define SESSION_PARTS_H

#include "session/session.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <time.h>

#include "base/log.h"
#include "dos/dos.h"
#include "machine/machine.h"
#include "sched/sched.h"
#include "session/capacity.h"
#include "session/front.h"
#include "session/gauge.h"
#include "session/mounts.h"
#include "session/ports.h"
#include "session/program.h"
#include "session/record.h"
#include "session/streams.h"
#include "session/terminal.h"
#include "session/typist.h"

struct conf;
struct control;
struct control_pace;
struct debug;
struct error;
struct machine_config;
struct place;

#define MILLISECOND	UINT64_C(1000000)
#define SLICE		(10 * MILLISECOND)
#define ENV_MAX		4096
#define SETVER_MAX	64		/* programs that are told another version */

/* --screen, in the order of its choices.  */
enum screen_mode { SCREEN_AUTO, SCREEN_LINE, SCREEN_FULL };

/* Guest time beside the host's.  */
struct pace {
	int64_t host_ns;		/* since the run began: at this date ... */
	vtime guest;			/* ... the guest's was this, and from then on both go ... */
	unsigned rate;			/* ... as this row of pace.c's table says */
	bool paused;			/* by the user */
	bool rests;			/* guest time stands still, and its date is rest_ns */
	int64_t rest_ns;
	int64_t polled_ns, poll_ns;	/* the front end, last; and how long that took */
	uint64_t pictures;		/* of the machine's, which it has seen or not */
	struct gauge gauge;
	/* speed.c: instructions a millisecond.  */
	int64_t speed;			/* as is wished, CONF_SPEED_AUTO and _MAX too */
	int64_t ruled;			/* as the configuration says, for this program: */
	char program[MACHINE_PROGRAM];
	struct capacity capacity;	/* what the host can */
	bool is_protected;		/* the program has been in protected mode */
};

struct session {
	const struct conf *conf;
	const struct place *place;
	struct machine *machine;
	struct mounts mounts;
	struct ports ports;
	unsigned coms, lpts;
	struct program program;
	struct terminal terminal;
	struct streams streams;
	struct typist typist;
	struct debug *debug;		/* NULL: nobody looks inside */
	struct control *control;	/* NULL: no script has the machine */
	struct front front;
	struct recorder recorder;
	enum screen_mode screen;
	bool screen_used;		/* by the program, as more than lines */
	bool graphics;			/* ... and for graphics, at this moment */
	bool no_window;			/* it has been tried */
	vtime looks_since;		/* for keys, with standard input at its end; 0: it does not */
	uint64_t looks_printed;		/* what had been printed then */
	struct pace pace;
	bool resumed;			/* after a stop of our own: SIGCONT is no news */
	struct log log;
	FILE *log_file;
	char environment[ENV_MAX];
	struct dos_setver setver[SETVER_MAX];
	int signals;			/* signalfd */
	bool fixed_date;
	struct timespec began;
	int64_t timeout_ms;		/* 0: none */
	unsigned interrupts;		/* SIGINTs the program has been told of */
	int status;			/* exit status once it is over, -1 before */
};

/* --- pace.c --- */

int64_t pace_elapsed_ms(const struct session *s);	/* since the run began */
int64_t pace_elapsed_ns(const struct session *s);
/* The guest's calendar shows what the wall clock of the user does.  */
void pace_follow_clock(struct session *s);
/* From now on guest time goes with the host's.  */
void pace_begin(struct session *s);
/* How long the host may sleep, in nanoseconds: as long as the guest has
 * been idle, if it waits for something that comes from outside.  */
int64_t pace_sleep_ns(struct session *s, vtime idle);
/* The host has slept: guest time is what it should be, before anything is done.  */
void pace_wake(struct session *s);
/* The guest is behind its time, and the front end has just been polled: pictures
 * are left out.  */
bool pace_is_late(struct session *s);
/* The front end has just been polled; a slice is over and its time slept.  */
void pace_saw_pictures(struct session *s);
void pace_gauge_clock(struct session *s);
/* The process, or the machine in it, has stood still: that is no time of the guest's.  */
void pace_stood_still(struct session *s);
/* For scripts, and for --trace=pace at the end.  */
void pace_tell(void *session, struct control_pace *p);
void pace_report(struct session *s);
int pace_until_timeout_ms(const struct session *s);	/* -1: there is none */
/* A key of the front end's user (plugin.h); and how it is, "" for as usual.  */
void pace_key(void *session, enum pace_key what, char *text, size_t size);
const char *pace_state(const struct session *s);

/* --- speed.c --- */

/* Before a slice: the processor gets the speed that it should have.  After it: the
 * host has taken so long for so many instructions, in so much guest time that was not idle.  */
void speed_set(struct session *s);
void speed_measure(struct session *s, int64_t host_ns, uint64_t instructions, vtime busy);
/* The next named speed up or down; what it is called.  */
void speed_step(struct session *s, bool up);
void speed_name(const struct session *s, char *text, size_t size);
/* Without anybody who waits.  */
unsigned speed_cost(int64_t speed);

/* --- signals.c --- */

bool signals_catch(struct session *s, struct error *err);
void signals_take(struct session *s);
void signals_suspend(void *session);

/* --- input.c --- */

bool input_has_keyboard(const struct session *s);
bool input_wanted(const struct session *s);	/* the program waits for keys or looks for them */
vtime input_type(struct session *s);		/* what is due; answers when it is called again */
/* The program wants a key and there is no keyboard: standard input types.  */
void input_feed(struct session *s);

/* --- wait.c --- */

/* Sleeps so long, or until something comes, and takes it.  */
void wait_outside(struct session *s, int64_t ns);
/* The same while the machine's clock stands; those who may start it again are served.  */
void wait_standing(struct session *s);
void wait_poll_front(struct session *s);

/* --- choice.c --- */

/* The front end to be opened before anything runs, NULL: none; and the one for a
 * program that uses the screen for text, or for graphics.  */
const char *choice_first(const struct session *s);
const char *choice_fitting(const struct session *s, bool graphics);
/* This descriptor is DOS's console: a terminal, or nothing that a window were not better
 * than.  */
bool choice_is_console(const struct session *s, int fd);
/* Nobody reads standard error; but there would be a window.  */
bool choice_is_unheard(const struct conf *conf);

/* --- fullscreen.c --- */

/* The terminal is the front end's now, and the console is on the screen.  */
bool fullscreen_begin(struct session *s, const char *front, struct error *err);
/* A program uses the screen as more than lines: show it, if there is somebody.  */
void fullscreen_look(struct session *s);
void fullscreen_print_last(struct session *s);	/* dosvm(1), THE SCREEN */

/* --- textsize.c --- */

/* --text-size; 0: as always.  */
void textsize_at_start(const struct session *s, unsigned *columns, unsigned *rows);
/* The front end has room for so much text; wanted: its user wants all of that.  */
void textsize_room(void *session, unsigned columns, unsigned rows, bool wanted);
/* The terminal's size has changed, while it shows lines.  */
void textsize_changed(struct session *s);

/* --- snapshot.c --- */

/* The machine becomes that of --state, if there is one.  */
bool snapshot_load(struct session *s, char *const *args, struct error *err);

/* --- boot.c --- */

bool boot_configure(struct session *s, struct machine_config *c, struct error *err);

/* --- commandline.c --- */

/* The tail of the first shell's command line.  */
bool commandline_tell(struct session *s, char *const *args, struct error *err);

#endif
