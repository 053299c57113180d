/* open.c - a run is put together, and taken apart.  */

#include "session/parts.h"

#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "conf/conf.h"
#include "control/control.h"
#include "debug/debug.h"
#include "machine/machine.h"
#include "session/place.h"

static void on_console(void *ctx, uint8_t ch)
{
	struct session *s = ctx;

	streams_console(&s->streams, ch);
}

static void on_trace(void *ctx, const char *channel, const char *text)
{
	struct session *s = ctx;
	unsigned bit = log_channel_named(channel, strlen(channel));

	if (!log_on(&s->log, bit))
		return;
	streams_flush(&s->streams);	/* in order, when both go to one terminal */
	log_say(&s->log, bit, "%s", text);
}

static bool open_log(struct session *s, struct error *err)
{
	const char *text = conf_get_text(s->conf, "trace"), *file = strchr(text, ':');
	unsigned channels = conf_get_int(s->conf, "trace");

	if (file && channels) {
		s->log_file = fopen(file + 1, "we");
		if (!s->log_file) {
			error_set(err, "%s: %s", file + 1, strerror(errno));
			return false;
		}
		setvbuf(s->log_file, NULL, _IOLBF, 0);
	}
	log_init(&s->log, s->log_file ? s->log_file : stderr, channels);
	return true;
}

/* Where the run begins, on D:.  Where that is a disk, there is no such place.  */
static bool enter_directory(struct session *s, struct error *err)
{
	struct dos_config *dos = machine_dos_config(s->machine);
	char path[DRIVE_PATH_MAX + 2] = "D:";

	strcpy(path + 2, s->place->start);
	if (!s->place->opened && !mounts_dos_path(&s->mounts, s->machine, s->place->here, path)) {
		if (!s->mounts.letter['D' - 'A'].image) {
			error_set(err, "%s: no DOS path leads there", s->place->here);
			return false;
		}
		strcpy(path, "C:\\");
	}
	dos->current_drive = path[0];
	snprintf(dos->current_dir, sizeof dos->current_dir, "%s", path + 2);
	return true;
}

static bool on_record(void *ctx, const char *path, char *text, size_t size)
{
	struct session *s = ctx;

	return record_ask(&s->recorder, path, text, size);
}

static bool build(struct session *s, char *const *args, struct error *err)
{
	struct machine_config config;
	struct machine_host host = {
		.ctx = s, .console = on_console,
		.trace = conf_get_int(s->conf, "trace") ? on_trace : NULL,
		.trace_channels = conf_get_int(s->conf, "trace"),
	};
	struct drive_config drives = {
		.code_page = conf_get_int(s->conf, "code-page"),
		.upper = conf_get_int(s->conf, "new-names") == 1,
	};
	int64_t date = conf_get_int(s->conf, "date");

	s->screen = conf_get_int(s->conf, "screen");
	if (!boot_configure(s, &config, err))
		return false;
	s->machine = machine_new(&config, &host, err);
	if (!s->machine)
		return false;
	pace_begin(s);
	s->fixed_date = date >= 0;
	if (s->fixed_date) {
		machine_set_clock(s->machine, date, 0);
		drives.clock = machine_dos_time;
		drives.clock_ctx = s->machine;
	}
	pace_follow_clock(s);
	s->pace.speed = s->pace.ruled = conf_get_int(s->conf, "speed");
	front_init(&s->front, s->machine, &s->typist, s->conf,
		   &(struct front_asks){ .suspend = signals_suspend, .room = textsize_room,
					  .pace = pace_key, .record = on_record }, s);
	record_init(&s->recorder, s->machine, s->conf);
	ports_plug(&s->ports, s->machine);
	return machine_mount_stdio(s->machine, &streams_ops, &s->streams, err) &&
	       mounts_make(&s->mounts, s->machine, &drives, err) &&
	       enter_directory(s, err) && commandline_tell(s, args, err);
}

static bool open_debug(struct session *s, char *const *args, struct error *err)
{
	const char *commands = conf_get_text(s->conf, "debug"), *gdb = conf_get_text(s->conf, "gdb");
	struct debug_config config = {
		.commands = commands, .gdb = *gdb ? gdb : NULL,
		.waits = *args || *conf_get_text(s->conf, "command"),
	};

	if (!*commands && !*gdb)
		return true;
	if (*commands && *gdb) {
		error_set(err, "--debug and --gdb: one of them can have the machine");
		return false;
	}
	s->debug = debug_open(s->machine, &config, err);
	return s->debug != NULL;
}

static bool all_typed(void *ctx)
{
	struct front *f = ctx;

	return typist_empty(f->typist);
}

static bool open_control(struct session *s, struct error *err)
{
	struct control_config config = {
		.path = conf_get_text(s->conf, "control"), .host = &s->front.host,
		.typed = all_typed, .pace = pace_tell, .pace_ctx = s,
		.code_page = conf_get_int(s->conf, "code-page"),
	};

	if (!*config.path)
		return true;
	s->control = control_open(s->machine, &config, err);
	return s->control != NULL;
}

static void open_terminal(struct session *s)
{
	terminal_init(&s->terminal, isatty(0) ? 0 : -1, isatty(1) ? 1 : -1,
		      conf_get_int(s->conf, "code-page"));
	streams_init(&s->streams, &s->terminal);
	typist_init(&s->typist);
}

/* What args begins with.  */
static bool find_program(struct session *s, char *const *args, int *status, struct error *err)
{
	if (!*args)
		return true;
	if (!s->place->opened)
		return program_find(&s->program, *args, status, err);
	s->program.kind = *s->place->program ? PROGRAM_PLACE : PROGRAM_DOS;
	snprintf(s->program.path, sizeof s->program.path, "%s",
		 *s->place->program ? s->place->program : *args);
	return true;
}

struct session *session_open(const struct conf *conf, const struct place *place,
			     char *const *args, int *status, struct error *err)
{
	struct session *s = calloc(1, sizeof *s);

	*status = STATUS_REFUSED;
	if (!s) {
		error_set(err, "out of memory");
		return NULL;
	}
	s->conf = conf;
	s->place = place;
	s->signals = -1;
	s->status = -1;
	s->timeout_ms = conf_get_int(conf, "timeout");
	signal(SIGPIPE, SIG_IGN);	/* both are errors of write(2) and its like */
	signal(SIGXFSZ, SIG_IGN);
	clock_gettime(CLOCK_MONOTONIC, &s->began);
	ports_count(conf, &s->coms, &s->lpts);
	if (!ports_open(&s->ports, conf, err)) {
		session_close(s);
		return NULL;
	}
	open_terminal(s);
	if (find_program(s, args, status, err) && open_log(s, err) &&
	    mounts_plan(&s->mounts, conf, place, *args ? &s->program : NULL, err) &&
	    build(s, args, err) && snapshot_load(s, args, err) && open_debug(s, args, err) && open_control(s, err) &&
	    signals_catch(s, err))
		return s;
	session_close(s);
	return NULL;
}

void session_close(struct session *s)
{
	if (!s)
		return;
	front_close(&s->front);
	record_end(&s->recorder, &(struct error){ "" });
	terminal_restore(&s->terminal);
	debug_close(s->debug);
	control_close(s->control);
	ports_close(&s->ports, NULL);
	machine_free(s->machine);
	if (s->signals >= 0)
		close(s->signals);
	if (s->log_file)
		fclose(s->log_file);
	free(s);
}
