/* config.c - CONFIG.SYS: the file as a phase of the boot reads it, and the values of
 * its commands.  Messages are DOS's, with the line's number.  */

#include "dos/configsys.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dos/boot.h"

#define FILE_MAX	65536
#define BDA_KEY_FLAGS	0x417	/* linear; bit 5: NumLock */

/* --- The file ------------------------------------------------------------- */

struct config_text config_read(struct dos *dos)
{
	struct dos_path path = {
		.kind = PATH_FILE, .drive = dos->config.boot_drive - 'A',
		.path = "\\CONFIG.SYS",
	};
	struct config_text t = { NULL, 0 };
	struct drive_info info;
	drive_file f;

	if (!dos->config.config_sys || path.drive >= DRIVE_LETTERS || !dos->drive[path.drive].ops ||
	    dos_file_open(dos, &path, DRIVE_READ, &f, &info))
		return t;
	t.buf = malloc(FILE_MAX);
	while (t.buf && t.size < FILE_MAX) {
		size_t n = FILE_MAX - t.size;

		if (dos_file_read(dos, &path, f, t.size, t.buf + t.size, &n) || !n)
			break;
		t.size += n;
	}
	dos_file_release(dos, &path, f);
	return t;
}

/* The lines that count and were not answered with No.  */
struct pass {
	struct dos *dos;
	config_each *each;
	void *ctx;
	unsigned questions;
};

static bool wanted_line(void *ctx, const struct config_line *l)
{
	struct pass *p = ctx;
	const struct dos_boot *b = &p->dos->boot;

	if (l->ask && p->questions < 64 && !(b->yes >> p->questions++ & 1))
		return true;
	return p->each(p->ctx, l);
}

void config_each_line(struct dos *dos, config_each *each, void *ctx)
{
	struct config_text t = config_read(dos);
	struct pass p = { dos, each, ctx, 0 };

	if (t.buf)
		config_walk(t.buf, t.size, dos->boot.block, wanted_line, &p);
	free(t.buf);
}

void config_say_error(struct dos *dos, const char *what, unsigned line)
{
	boot_say(dos, "%s - Error in CONFIG.SYS line %u", what, line);
}

/* --- Values ----------------------------------------------------------------- */

/* Each answers whether the value makes sense.  */
typedef bool set_fn(struct dos *dos, const char *value);

static bool number(const char *value, int least, int most, uint8_t *out)
{
	int n = atoi(value);

	if (!isdigit((unsigned char)*value) || n < least || n > most)
		return false;
	*out = n;
	return true;
}

static bool set_files(struct dos *dos, const char *value) { return number(value, 8, 255, &dos->boot.files); }
static bool set_fcbs(struct dos *dos, const char *value) { return number(value, 1, 255, &dos->boot.fcbs); }
static bool set_buffers(struct dos *dos, const char *value) { return number(value, 1, 99, &dos->boot.buffers); }

static bool set_lastdrive(struct dos *dos, const char *value)
{
	char letter = toupper((unsigned char)*value);

	if (letter < 'A' || letter > 'Z')
		return false;
	dos->boot.lastdrive = letter - 'A' + 1;
	return true;
}

static bool on_or_off(const char *value, bool *on)
{
	*on = strcasecmp(value, "ON") == 0;
	return *on || strcasecmp(value, "OFF") == 0;
}

static bool set_break(struct dos *dos, const char *value)
{
	return on_or_off(value, &dos->boot.break_on);
}

static bool set_numlock(struct dos *dos, const char *value)
{
	uint8_t flags = dos_r8(dos, 0, BDA_KEY_FLAGS) & ~0x20;
	bool on;

	if (!on_or_off(value, &on))
		return false;
	dos_w8(dos, 0, BDA_KEY_FLAGS, flags | (on ? 0x20 : 0));
	return true;
}

/* COUNTRY=code[,[page][,file]]: the tables are the kernel's own.  */
static bool set_country(struct dos *dos, const char *value)
{
	const char *page = strchr(value, ',');

	if (!isdigit((unsigned char)*value))
		return false;
	dos->boot.country = atoi(value);
	if (page && isdigit((unsigned char)page[1]))
		dos->boot.code_page = atoi(page + 1);
	return true;
}

static bool set_dos(struct dos *dos, const char *value)
{
	char copy[CONFIG_LINE], *save, *word;

	snprintf(copy, sizeof copy, "%s", value);
	for (word = strtok_r(copy, ", ", &save); word; word = strtok_r(NULL, ", ", &save)) {
		if (strcasecmp(word, "HIGH") == 0)
			dos->boot.high = true;
		else if (strcasecmp(word, "LOW") == 0)
			dos->boot.high = false;
		else if (strcasecmp(word, "UMB") == 0)
			dos->boot.umb = true;
		else if (strcasecmp(word, "NOUMB") == 0)
			dos->boot.umb = false;
		else
			return false;
	}
	return true;
}

const char *config_program(const char *value, char *name, size_t size)
{
	size_t n = strcspn(value, " /");

	snprintf(name, size, "%.*s", (int)n, value);
	return value + n;
}

static bool set_shell(struct dos *dos, const char *value)
{
	struct dos_boot *b = &dos->boot;
	const char *tail;

	if (!*value)
		return false;
	if (dos->config.keep_shell)
		return true;
	tail = config_program(value, b->shell, sizeof b->shell);
	snprintf(b->shell_tail, sizeof b->shell_tail, "%s%.*s", *tail && *tail != ' ' ? " " : "",
		 (int)sizeof b->shell_tail - 2, tail);
	return true;
}

/* SET NAME=VALUE: the name in upper case; without a value, gone.  */
static bool set_variable(struct dos *dos, const char *value)
{
	struct dos_boot *b = &dos->boot;
	size_t n = strlen(value), end = b->environment_size ? b->environment_size : 1;
	char *entry = b->environment + end - 1;

	if (!strchr(value, '=') || *value == '=')
		return false;
	if (end + n + 1 > sizeof b->environment)
		return false;
	memcpy(entry, value, n + 1);
	entry[n + 1] = '\0';
	for (char *c = entry; *c && *c != '='; c++)
		*c = toupper((unsigned char)*c);
	b->environment_size = end + n + 1;
	return true;
}

/* What concerns hardware that this machine does not have, or has no limits
 * that the command could set.  */
static bool accept(struct dos *dos, const char *value)
{
	(void)dos;
	(void)value;
	return true;
}

/* STACKS=n,size: DOS switches to one of n stacks before the handlers of hardware
 * interrupts that were there before it, which are the BIOS's and those of
 * drivers.  Our BIOS serves them outside guest memory and puts no more than
 * the return addresses of INT 08h and 1Ch on the stack of whoever runs
 * (tests/dos/stacks.asm), less than a switch itself would.  So the values are
 * read, and no stacks are made.  */
static bool set_stacks(struct dos *dos, const char *value)
{
	char *end;
	unsigned long n = strtoul(value, &end, 10), size;

	(void)dos;
	end += strspn(end, " ");
	if (!isdigit((unsigned char)*value) || *end != ',' ||
	    !isdigit((unsigned char)end[1 + strspn(end + 1, " ")]))
		return false;
	size = strtoul(end + 1, &end, 10);
	return !*end && (n == 0 ? size == 0 : n >= 8 && n <= 64 && size >= 32 && size <= 512);
}

/* DRIVPARM=/D:drive [/C] [/F:form] [/H:heads] [/I] [/N] [/S:sectors] [/T:tracks]:
 * the parameters of a block device that the BIOS serves.  There is none; what
 * stands behind a letter has no tracks.  */
static bool set_drivparm(struct dos *dos, const char *value)
{
	static const struct { char letter; int least, most; } switches[] = {
		{ 'D', 0, 255 }, { 'F', 0, 9 }, { 'H', 1, 99 }, { 'S', 1, 99 }, { 'T', 1, 999 },
	};
	bool drive = false;

	(void)dos;
	for (value += strspn(value, " "); *value; value += strspn(value, " ")) {
		char letter = value[0] == '/' ? toupper((unsigned char)value[1]) : 0;
		const char *number = value + 3;
		bool good = letter && strchr("CIN", letter);

		value += good ? 2 : 0;
		for (size_t i = 0; !good && i < sizeof switches / sizeof switches[0]; i++)
			if (letter == switches[i].letter && number[-1] == ':' &&
			    isdigit((unsigned char)*number) && atoi(number) >= switches[i].least &&
			    atoi(number) <= switches[i].most) {
				good = true;
				value = number + strspn(number, "0123456789");
			}
		if (!good || (*value && *value != ' ' && *value != '/'))
			return false;
		drive |= letter == 'D';
	}
	return drive;
}

static bool set_menucolor(struct dos *dos, const char *value)
{
	(void)dos;
	return config_color(value) >= 0;
}

/* help: for dosvm-commands(7), in its language.  */
static const struct command { const char *name; set_fn *set; const char *help; } commands[] = {
	{ "BREAK", set_break, "ON or OFF: whether every call of DOS looks for Ctrl-C." },
	{ "BUFFERS", set_buffers, "1 to 99. Is told to those who ask; there are no buffers, "
	  "since Linux has its own." },
	{ "BUFFERSHIGH", set_buffers, "As BUFFERS." },
	{ "COUNTRY", set_country, "Country, and after a comma the code page. The tables are built "
	  "in, COUNTRY.SYS is not read." },
	{ "DEVICE", accept, "Load a driver, with its arguments." },
	{ "DEVICEHIGH", accept, "The same in upper memory, if there is some with enough room "
	  "(/L:region[,least] /S, SIZE=)." },
	{ "DOS", set_dos, "HIGH or LOW, UMB or NOUMB. DOS takes little of the conventional memory in "
	  "any case. UMB is in force without it; NOUMB leaves the upper memory to programs, by XMS." },
	{ "DRIVPARM", set_drivparm, "Is looked at and changes nothing: no drive letter is a disk with "
	  "heads and tracks." },
	{ "FCBS", set_fcbs, "1 to 255 files open by FCB at once." },
	{ "FCBSHIGH", set_fcbs, "As FCBS." },
	{ "FILES", set_files, "8 to 255 open files in all." },
	{ "FILESHIGH", set_files, "As FILES." },
	{ "INSTALL", accept, "Run a program before the shell." },
	{ "INSTALLHIGH", accept, "The same in upper memory, as with DEVICEHIGH." },
	{ "LASTDRIVE", set_lastdrive, "The last letter of a drive; more if more are mounted." },
	{ "LASTDRIVEHIGH", set_lastdrive, "As LASTDRIVE." },
	{ "MULTITRACK", accept, "Changes nothing." },
	{ "NUMLOCK", set_numlock, "ON or OFF." },
	{ "SET", set_variable, "A variable of the environment." },
	{ "SHELL", set_shell, "The command interpreter and its arguments." },
	{ "STACKS", set_stacks, "Is looked at and changes nothing: what the BIOS and DOS do at a "
	  "hardware interrupt puts no more than 24 bytes on the stack of the program that is "
	  "interrupted." },
	{ "STACKSHIGH", set_stacks, "As STACKS." },
	{ "SWITCHES", accept, "Changes nothing." },
	/* Of menus.  */
	{ "MENUCOLOR", set_menucolor, "In [MENU]: text and background, 0 to 15." },
	{ "MENUDEFAULT", accept, "In [MENU]: the block that is chosen, and after how many seconds." },
	{ "MENUITEM", accept, "In [MENU]: a block, and a text for it." },
	{ "SUBMENU", accept, "In [MENU]: a block with another menu." },
};

const char *dos_config_command(unsigned n, const char **help)
{
	if (n >= sizeof commands / sizeof commands[0])
		return NULL;
	*help = commands[n].help;
	return commands[n].name;
}

static bool value_line(void *ctx, const struct config_line *l)
{
	struct dos *dos = ctx;

	for (size_t i = 0; i < sizeof commands / sizeof commands[0]; i++)
		if (strcmp(l->command, commands[i].name) == 0) {
			if (!commands[i].set(dos, l->value))
				config_say_error(dos, "Bad command or parameters", l->number);
			return true;
		}
	config_say_error(dos, "Unrecognized command in CONFIG.SYS", l->number);
	return true;
}

void config_defaults(struct dos *dos)
{
	const struct dos_config *c = &dos->config;
	struct dos_boot *b = &dos->boot;

	b->files = c->files < 8 ? 8 : c->files;
	b->fcbs = c->fcbs ? c->fcbs : 1;
	b->lastdrive = c->lastdrive > DRIVE_LETTERS ? DRIVE_LETTERS : c->lastdrive;
	b->buffers = c->buffers;
	b->country = c->country;
	b->code_page = c->code_page;
	b->high = c->high;
	b->umb = c->umb;
}

/* Letters up to the last drive that is mounted are needed whatever
 * LASTDRIVE says.  */
void config_finish(struct dos *dos)
{
	struct dos_boot *b = &dos->boot;

	if (b->block[0]) {
		char variable[CONFIG_NAME + 8];

		snprintf(variable, sizeof variable, "CONFIG=%s", b->block);
		set_variable(dos, variable);
	}
	config_each_line(dos, value_line, dos);
	for (unsigned i = b->lastdrive; i < DRIVE_LETTERS; i++)
		if (dos->drive[i].ops)
			b->lastdrive = i + 1;
}
