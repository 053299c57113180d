/* boot.c - what the machine is told before it is switched on: the
 * configuration as the rooms below understand it, and DOS's environment.  */

#include "session/parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/cp.h"
#include "base/error.h"
#include "conf/conf.h"
#include "machine/machine.h"
#include "session/keyboard.h"

enum { START_DOS, START_FLOPPY, START_DISK };	/* --boot */
enum { MOUSE_AUTO, MOUSE_PS2, MOUSE_NONE };	/* --mouse */

/* What a DOS user expects to find (dosvm(1), ENVIRONMENT).  */
static const char *const usual_environment[] = {
	"COMSPEC=C:\\COMMAND.COM", "PATH=C:\\DOS;C:\\", "PROMPT=$P$G", "TEMP=C:\\TEMP",
	"TMP=C:\\TEMP",
};

static bool same_name(const char *a, const char *b)
{
	size_t n = strcspn(a, "=");

	return n == strcspn(b, "=") && strncmp(a, b, n) == 0;
}

static bool has_variable(const struct session *s, size_t size, const char *entry)
{
	for (size_t at = 0; at < size; at += strlen(s->environment + at) + 1)
		if (same_name(s->environment + at, entry))
			return true;
	return false;
}

/* One NAME=VALUE behind the others, its name in capitals, unless there is one
 * of this name.  */
static bool add_variable(struct session *s, size_t *size, const char *text, struct error *err)
{
	uint16_t page = conf_get_int(s->conf, "code-page");
	char *at = s->environment + *size;

	if (!cp_string_from_utf8(page, at, sizeof s->environment - *size, text)) {
		error_set(err, "--env %s: too long, or not in code page %u", text, page);
		return false;
	}
	for (char *p = at; *p && *p != '='; p++)
		*p = cp_upper(page, *p);
	if (!has_variable(s, *size, at))
		*size += strlen(at) + 1;
	return true;
}

static bool add_comspec(struct session *s, size_t *size, const char *shell, struct error *err)
{
	char text[DRIVE_PATH_MAX + 16];

	snprintf(text, sizeof text, "COMSPEC=%s", shell);
	return add_variable(s, size, text, err);
}

/* The block that DOS wants: --env's variables, the last of a name first, and
 * the usual ones.  */
static bool gather_environment(struct session *s, size_t *size, struct error *err)
{
	const char *shell = conf_get_text(s->conf, "shell");
	unsigned n = 0;

	*size = 0;
	while (conf_get_list(s->conf, "env", n))
		n++;
	while (n--)
		if (!add_variable(s, size, conf_get_list(s->conf, "env", n), err))
			return false;
	if (*shell && !add_comspec(s, size, shell, err))
		return false;
	for (size_t i = 0; i < sizeof usual_environment / sizeof usual_environment[0]; i++)
		if (!add_variable(s, size, usual_environment[i], err))
			return false;
	return true;
}

static void tell_version(struct dos_setver *v, const char *name, const char *extension,
			 const char *version)
{
	const char *minor = strchr(version, '.');

	snprintf(v->name, sizeof v->name, "%.*s%s", *extension ? 8 : 12, name, extension);
	v->major = strtoul(version, NULL, 10);
	v->minor = minor ? strtoul(minor + 1, NULL, 10) : 0;
	if (minor && strlen(minor) == 2)
		v->minor *= 10;		/* 3.3 is 3.30 */
}

/* What [program] sections say of dos-version.  A name without an extension is
 * that of a COM and of an EXE.  */
static size_t told_versions(struct session *s)
{
	const char *program, *version;
	size_t n = 0;

	for (unsigned i = 0; n + 2 <= SETVER_MAX; i++) {
		version = conf_override(s->conf, "dos-version", i, &program);
		if (!version)
			break;
		if (strchr(program, '.')) {
			tell_version(&s->setver[n++], program, "", version);
			continue;
		}
		tell_version(&s->setver[n++], program, ".COM", version);
		tell_version(&s->setver[n++], program, ".EXE", version);
	}
	return n;
}

bool boot_configure(struct session *s, struct machine_config *c, struct error *err)
{
	static const enum cpu_model models[] = {
		CPU_8086, CPU_80186, CPU_80286, CPU_80386, CPU_80486, CPU_PENTIUM,
	};
	static const enum video_kind videos[] = {
		VIDEO_SVGA, VIDEO_VGA, VIDEO_EGA, VIDEO_MDA, VIDEO_CGA, VIDEO_HERCULES,
		VIDEO_TANDY, VIDEO_PCJR, VIDEO_EGA_MONO,
	};
	const struct conf *conf = s->conf;
	int64_t version = conf_get_int(conf, "dos-version");
	/* Older processors have no memory above 1 MB.  */
	int64_t boot = conf_get_int(conf, "boot");
	bool has_xms = boot == START_DOS && conf_get_bool(conf, "xms") && models[conf_get_int(conf, "cpu")] >= CPU_80286;

	*c = (struct machine_config){
		.ram_size = conf_get_int(conf, "memory") & ~INT64_C(4095),
		.model = models[conf_get_int(conf, "cpu")],
		.fpu = conf_get_bool(conf, "fpu"),
		.cost = speed_cost(conf_get_int(conf, "speed")),
		.coms = s->coms, .lpts = s->lpts,
		.mouse = conf_get_int(conf, "mouse") <= MOUSE_PS2,
		.mouse_driver = boot == START_DOS && conf_get_bool(conf, "mouse-driver"),
		.joystick = conf_get_int(conf, "joystick"),
		.boots_disk = boot != START_DOS, .boot_disk = boot == START_DISK ? 0x80 : 0x00,
		.xms = has_xms, .umb = conf_get_bool(conf, "umb"),
		.video = {
			.kind = videos[conf_get_int(conf, "video")],
			.memory = UINT32_C(0x100000) << conf_get_int(conf, "video-memory"),
			.monitor = conf_get_int(conf, "cga"),
		},
		.dos = {
			.version_major = version >> 8, .version_minor = version,
			.setver = s->setver, .setver_count = told_versions(s),
			.country = conf_get_int(conf, "country"),
			.code_page = conf_get_int(conf, "code-page"),
			.short_names = !conf_get_bool(conf, "long-names"),
			.umb = has_xms,
			.files = 60, .fcbs = 16, .lastdrive = 26, .buffers = 20,
			.config_sys = conf_get_bool(conf, "config-sys"),
			.boot_drive = 'C', .current_drive = 'D',
			.shell = "C:\\COMMAND.COM",
			.environment = s->environment,
			.std_is_con = {
				choice_is_console(s, 0), choice_is_console(s, 1),
				choice_is_console(s, 1) && choice_is_console(s, 2),
			},
		},
	};
	textsize_at_start(s, &c->columns, &c->rows);
	snprintf(c->keyboard, sizeof c->keyboard, "%s",
		 keyboard_layout(conf_get_text(conf, "keyboard")));
	for (unsigned i = 0; i < MACHINE_COMS; i++) {
		c->com_mouse[i] = ports_mouse(conf, i);
		if (c->com_mouse[i] && conf_get_int(conf, "mouse") == MOUSE_AUTO)
			c->mouse = false;
	}
	return gather_environment(s, &c->dos.environment_size, err);
}
