/* commandline.c - dosvm's arguments as the command line of the first shell.  */

#include "session/parts.h"

#include <stdio.h>
#include <string.h>

#include "base/cp.h"
#include "base/error.h"
#include "conf/conf.h"
#include "machine/machine.h"
#include "session/place.h"

#define TAIL_MAX	126	/* characters of a command tail, by the PSP */

/* A variable for the shell alone, which takes it out (shell.h).  */
static bool whisper(struct session *s, const char *name, const char *value, struct error *err)
{
	struct dos_config *dos = machine_dos_config(s->machine);
	size_t room = sizeof s->environment - dos->environment_size;
	int n = snprintf(s->environment + dos->environment_size, room, "%s=%s", name, value);

	if ((size_t)n >= room) {
		error_set(err, "the command line is too long");
		return false;
	}
	dos->environment_size += n + 1;
	return true;
}

/* The arguments as a DOS program gets them, each after a blank.  */
static bool join_arguments(struct session *s, char *const *args, char *text, size_t size,
			   struct error *err)
{
	uint16_t page = conf_get_int(s->conf, "code-page");
	size_t n = 0;

	for (text[0] = 0; *args; args++) {
		if (n + 2 >= size || !cp_string_from_utf8(page, text + n + 1, size - n - 1, *args)) {
			error_set(err, "%s: too long, or not in code page %u", *args, page);
			return false;
		}
		text[n] = ' ';
		n += strlen(text + n);
	}
	return true;
}

/* A line for the shell: in its command tail if it fits.  */
static bool run_line(struct session *s, const char *line, struct error *err)
{
	struct dos_config *dos = machine_dos_config(s->machine);
	int n = snprintf(dos->shell_tail, sizeof dos->shell_tail, "/C %s", line);

	if (n <= TAIL_MAX)
		return true;
	strcpy(dos->shell_tail, "/LINE");
	return whisper(s, "@LINE", line, err);
}

/* One program, with exactly this tail.  */
static bool run_program(struct session *s, const char *path, const char *tail, struct error *err)
{
	struct dos_config *dos = machine_dos_config(s->machine);
	int n = snprintf(dos->shell_tail, sizeof dos->shell_tail, "/RUN \"%s\"%s", path, tail);

	if (strlen(tail) > TAIL_MAX) {
		error_set(err, "%s: the arguments are longer than the %d characters DOS has", path,
			  TAIL_MAX);
		return false;
	}
	if (n <= TAIL_MAX)
		return true;
	strcpy(dos->shell_tail, "/RUN");
	return whisper(s, "@RUN", path, err) && whisper(s, "@TAIL", tail, err);
}

static bool run_arguments(struct session *s, char *const *args, struct error *err)
{
	char path[DRIVE_PATH_MAX + 2], tail[1024], line[1024];

	if (!join_arguments(s, args + 1, tail, sizeof tail, err))
		return false;
	if (s->program.kind == PROGRAM_HOST) {
		if (mounts_dos_path(&s->mounts, s->machine, s->program.path, path))
			return run_program(s, path, tail, err);
		error_set(err, "%s: no DOS path leads there", s->program.path);
		return false;
	}
	if (s->program.kind == PROGRAM_PLACE)
		return run_program(s, s->program.path, tail, err);
	if ((size_t)snprintf(line, sizeof line, "%s%s", s->program.path, tail) < sizeof line)
		return run_line(s, line, err);
	error_set(err, "%s: the command line is too long", s->program.path);
	return false;
}

/* --shell: somebody else's prompt, started by ours, which has run AUTOEXEC.BAT
 * and waits: an interpreter that is the first process can on DOS never end,
 * and some do not even try (4DOS, whose main() would return into nothing).  */
static bool foreign_shell(struct session *s, const char *shell, struct error *err)
{
	struct dos_config *dos = machine_dos_config(s->machine);
	uint16_t page = conf_get_int(s->conf, "code-page");
	char path[DRIVE_PATH_MAX];
	int n;

	if (!cp_string_from_utf8(page, path, sizeof path, shell)) {
		error_set(err, "--shell %s: too long, or not in code page %u", shell, page);
		return false;
	}
	n = snprintf(dos->shell_tail, sizeof dos->shell_tail, "%s/RUN \"%s\"",
		     conf_get_bool(s->conf, "autoexec") ? "/P " : "", path);
	if (n <= TAIL_MAX)
		return true;
	strcpy(dos->shell_tail, conf_get_bool(s->conf, "autoexec") ? "/P /RUN" : "/RUN");
	return whisper(s, "@RUN", path, err) && whisper(s, "@TAIL", "", err);
}

/* A prompt; in a folder that was opened, with a line of what there is.  */
static void tell_prompt(struct session *s)
{
	struct dos_config *dos = machine_dos_config(s->machine);
	const char *autoexec = conf_get_bool(s->conf, "autoexec") ? "/P" : "/P /D";

	snprintf(dos->shell_tail, TAIL_MAX + 1, *s->place->note ? "%s /K @ECHO %s" : "%s", autoexec,
		 s->place->note);
}

bool commandline_tell(struct session *s, char *const *args, struct error *err)
{
	struct dos_config *dos = machine_dos_config(s->machine);
	const char *command = conf_get_text(s->conf, "command");
	const char *shell = conf_get_text(s->conf, "shell");
	uint16_t page = conf_get_int(s->conf, "code-page");
	char line[1024];

	if (conf_get_int(s->conf, "boot") && (*args || *command)) {
		error_set(err, "--boot starts what is on a disk; there can be no program");
		return false;
	}
	dos->keep_shell = *args || *command || *shell;
	if (*args)
		return run_arguments(s, args, err);
	if (!*command && *shell)
		return foreign_shell(s, shell, err);
	if (!*command) {
		tell_prompt(s);
		return true;
	}
	if (cp_string_from_utf8(page, line, sizeof line, command))
		return run_line(s, line, err);
	error_set(err, "%s: too long, or not in code page %u", command, page);
	return false;
}
