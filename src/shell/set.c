/* set.c - SET, PATH, PROMPT: the environment.  */

#include "shell/sh.h"

#include <string.h>

#include "shell/rows.h"

static void set_or_complain(struct sh *sh, const char *name, const char *value)
{
	if (!sh_env_set(sh, name, value))
		sh_complain(sh, "Out of environment space\n");
}

/* number[0]: how far the list has been shown.  */
static enum go show_all(struct sh *sh, struct job *j)
{
	char entry[2 * SHELL_LINE];
	uint16_t at = j->number[0];

	if (!sh_env_entry(sh, &at, entry, sizeof entry))
		return GO_END;
	sh_say_bytes(sh, entry, strlen(entry));
	sh_say(sh, "\n");
	j->number[0] = at;
	return GO_ON;
}

static enum go set(struct sh *sh, struct job *j)
{
	char name[SHELL_LINE];
	const char *s = parse_skip(j->text);
	size_t n = strcspn(s, "=");

	if (!*s)
		return sh_goto(j, 1);
	if (!s[n] || !n || n >= sizeof name)
		return sh_error(sh, "Syntax error\n");
	memcpy(name, s, n);
	name[n] = 0;
	parse_upper_text(name);
	set_or_complain(sh, name, s + n + 1);
	return GO_END;
}

const struct job_row sh_row_set = {
	"SET", STEPS(set, show_all), JOB_COMMAND, .help = "Shows or sets variables."
};

static enum go path(struct sh *sh, struct job *j)
{
	char value[2 * SHELL_LINE];
	const char *s = j->text + strspn(j->text, " \t=");

	if (*s) {
		parse_copy(value, sizeof value, s);
		parse_trim(value);
		parse_upper_text(value);
		set_or_complain(sh, "PATH", strcmp(value, ";") ? value : "");
		return GO_END;
	}
	if (sh_env_get(sh, "PATH", value, sizeof value)) {
		sh_say(sh, "PATH=");
		sh_say_bytes(sh, value, strlen(value));
		sh_say(sh, "\n");
	} else {
		sh_say(sh, "No Path\n");
	}
	return GO_END;
}

const struct job_row sh_row_path = {
	"PATH", STEPS(path), JOB_COMMAND, .help = "Shows or sets where programs are looked for."
};

static enum go prompt(struct sh *sh, struct job *j)
{
	set_or_complain(sh, "PROMPT", parse_skip(j->text));
	return GO_END;
}

const struct job_row sh_row_prompt_command = {
	"PROMPT", STEPS(prompt), JOB_COMMAND, .help = "Sets the prompt."
};
