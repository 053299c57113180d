/* configload.c - CONFIG.SYS: DEVICE= and INSTALL=, a line at a time.  */

#include "dos/configsys.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "dos/boot.h"
#include "dos/drivers.h"
#include "dos/fetch.h"

/* The first line from boot.line on with one of two commands.  */
struct wanted {
	struct dos *dos;
	const char *command, *high;
	unsigned seen;
	bool found;
	struct config_line line;
};

static bool find_command(void *ctx, const struct config_line *l)
{
	struct wanted *w = ctx;

	/* INCLUDE can go back in the file: lines are counted as they come.  */
	if (strcmp(l->command, w->command) != 0 && strcmp(l->command, w->high) != 0)
		return true;
	if (w->seen++ < w->dos->boot.line)
		return true;
	w->found = true;
	w->line = *l;
	return false;
}

static bool next_command(struct dos *dos, const char *command, const char *high,
			 struct config_line *line)
{
	struct wanted w = { .dos = dos, .command = command, .high = high };

	config_each_line(dos, find_command, &w);
	dos->boot.line++;
	*line = w.line;
	return w.found;
}

/* The switches of DEVICEHIGH: "/L:1,4096 /S", or DOS 5's "SIZE=hex".  Answers the
 * rest, NULL if they make no sense.  */
static const char *split_place(const char *value, struct driver_place *place)
{
	char *end;

	*place = (struct driver_place){ .high = true };
	if (strncasecmp(value, "SIZE", 4) == 0 && (value[4] == '=' || value[4] == ' ')) {
		place->least = strtoul(value + 5, &end, 16);
		return end > value + 5 && *end == ' ' ? end + strspn(end, " ") : NULL;
	}
	value = regions_parse(value, &place->regions);
	return value && *value ? value : NULL;
}

/* A name in CONFIG.SYS is relative to the root of the boot drive.  */
static const char *split_program(struct dos *dos, const char *value,
				 char *name, size_t size)
{
	char word[DRIVE_PATH_MAX];
	const char *rest;

	rest = config_program(value, word, sizeof word);
	if (word[0] && word[1] == ':')
		snprintf(name, size, "%s", word);
	else
		snprintf(name, size, "%c:%s%s", dos->config.boot_drive,
			 word[0] == '\\' ? "" : "\\", word);
	return rest;
}

static enum svc end_devices(struct dos *dos)
{
	dos->boot.line = 0;
	dos->boot.phase = BOOT_INSTALL;
	drivers_reopen(dos);
	return guest_next(dos->guest, 0);
}

static void say_missing(struct dos *dos, const char *name, enum dos_error error, unsigned line)
{
	char text[DRIVE_PATH_MAX + 32];

	if (error == DOS_NO_MEMORY)
		snprintf(text, sizeof text, "Not enough memory for %s", name);
	else
		snprintf(text, sizeof text, "Bad or missing %s", name);
	config_say_error(dos, text, line);
}

/* The line comes again when its file is here.  */
static enum svc fetch_for_line(struct dos *dos, const char *name)
{
	dos->boot.line--;
	return fetch_begin(dos, name);
}

enum svc config_devices(struct dos *dos)
{
	struct config_line line;
	char name[DRIVE_PATH_MAX + 3];
	struct driver_place place = { .high = false };
	const char *value = line.value;
	enum dos_error error;

	if (fetch_going_on(dos))
		return fetch_go_on(dos);
	if (guest_step(dos->guest) != 0)
		return driver_started(dos);
	if (!next_command(dos, "DEVICE", "DEVICEHIGH", &line))
		return end_devices(dos);
	dos->boot.error_line = line.number;
	if (strcmp(line.command, "DEVICEHIGH") == 0)
		value = split_place(value, &place);
	if (!value) {
		config_say_error(dos, "Bad command or parameters", line.number);
		return guest_next(dos->guest, 0);
	}
	split_program(dos, value, name, sizeof name);
	if (fetch_wanted(dos, name))
		return fetch_for_line(dos, name);
	error = driver_load(dos, name, value, &place);
	if (!error)
		return driver_start(dos);
	say_missing(dos, name, error, line.number);
	return guest_next(dos->guest, 0);
}

enum svc config_install(struct dos *dos)
{
	struct config_line line;
	char name[DRIVE_PATH_MAX + 3];
	enum svc answer = SVC_DONE;
	enum dos_error error;
	const char *tail;

	if (fetch_going_on(dos))
		return fetch_go_on(dos);
	if (!next_command(dos, "INSTALL", "INSTALLHIGH", &line)) {
		dos->boot.phase = BOOT_FIRST;
		return guest_next(dos->guest, 0);
	}
	tail = split_program(dos, line.value, name, sizeof name);
	if (fetch_wanted(dos, name))
		return fetch_for_line(dos, name);
	error = boot_exec(dos, name, tail, &answer);
	if (!error)
		return answer;
	say_missing(dos, name, error, line.number);
	return guest_next(dos->guest, 0);
}
