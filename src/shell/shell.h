/* shell.h - COMMAND.COM as a step machine.
 *
 * In the guest COMMAND.COM is a small program (dosroot/command.asm) that
 * owns a PSP, a stack and a data area, and stands on GATE_SHELL.  What it
 * does there is decided here.  The shell speaks to DOS only as a program
 * does: it sets registers, asks for INT 21h or 2Fh in the guest, and goes
 * on when that has returned; so TSRs, redirectors and Ctrl-C see it as they
 * would see any shell.
 *
 * Every command is a job: a row of a table (job.c) with a list of steps,
 * and plain data.  Jobs stand on a stack: the prompt runs a line, the line
 * a batch file, that another line, that a FOR, that a COPY.  A step answers
 * whether to go on, to wait for the interrupt it asked for, or that its job
 * is over.  Nothing waits on the host's stack, so a snapshot may be taken
 * at any moment.
 *
 * Several shells may be alive (COMMAND /C inside NMAKE inside COMMAND).
 * They are told apart by their PSP and a cookie in their data area; that of
 * a process that has gone without saying so is found out by its memory
 * block, which no longer belongs to it.
 *
 * The command tail of COMMAND.COM, as 6.22 has it:
 *
 *	[drive:][path] [device] [/E:n] [/P] [/MSG] [/F] [/Y] [/C line | /K line]
 *
 * and some of ours, for the host that starts a machine to run one program:
 *
 *	/D		no AUTOEXEC.BAT, with /P
 *	/RUN "program" tail
 *			run exactly this program with exactly this tail: no
 *			search, no redirection, no %, no installable command.
 *			A .BAT is run as a batch file with tail for its
 *			parameters.  Then end with its ERRORLEVEL.
 *			With nothing after it, program and tail are in the
 *			variables @RUN and @TAIL, which the shell takes out
 *			of its environment.
 *	/LINE		as /C, but the line is in the variable @LINE
 *
 * Where we differ from 6.22, on purpose: EXIT also ends the first shell of
 * the machine (a user of the host wants to get out); redirection of a batch
 * file redirects all its commands; %NAME% works at the prompt too if there
 * is such a variable; COPY copies empty files; DIR shows long names where
 * DOS has them; a lone bad command of /C is ERRORLEVEL 1; and without
 * AUTOEXEC.BAT nobody asks for date and time.  */

#ifndef SHELL_H
#define SHELL_H

#include <stdbool.h>
#include <stdint.h>

#include "guest/guest.h"
#include "shell/parse.h"

struct state;

#define SHELL_JOBS	48		/* nested jobs of a shell */
#define SHELL_SHELLS	16		/* nested shells */
#define SHELL_OUT	4096
#define SHELL_HISTORY	4096
#define JOB_NUMBERS	28
#define JOB_TEXT	1728
#define SHELL_NO_FIND	0xffffffffu

/* Registers for an interrupt, and what it left in them.  ds or es 0 means
 * the shell's own segment.  */
struct sh_regs {
	uint16_t ax, bx, cx, dx, si, di, ds, es;
};

/* A command at work.  A command lays structs of its own, of uint32_t and
 * of char, over `number' and `text'.  */
struct job {
	uint8_t kind;			/* row in the table of jobs */
	uint8_t step;
	bool dropping;			/* called off: only tidies up now */
	uint32_t find;			/* its search: a handle, or 10000h for
					 * `dta', or SHELL_NO_FIND */
	uint8_t dta[44];
	uint32_t number[JOB_NUMBERS];
	char text[JOB_TEXT];
};

/* What the last search found.  */
struct sh_found {
	uint8_t attr;
	uint16_t date, time;
	uint32_t size;
	char name[14];			/* 8.3 */
	char long_name[SHELL_PATH];	/* the same as name if there is no other */
};

/* What a shell waits for while the guest runs.  */
enum sh_phase { SH_STEP, SH_OUT, SH_ERR, SH_DTA, SH_CALL };

struct sh_output {
	uint16_t n;
	char text[SHELL_OUT];
};

struct instance {
	bool used;
	uint32_t cookie;
	uint16_t psp;

	uint8_t phase;			/* enum sh_phase */
	uint8_t held_int;		/* the interrupt asked for */
	struct sh_regs held;
	struct sh_regs r;		/* what the last one left */
	bool failed;			/* with carry set */
	bool dta_ours;
	bool closing;			/* a search is over, its handle not yet closed */
	uint16_t flushing;		/* bytes of output in the guest's hands */

	uint8_t depth;			/* jobs */
	uint8_t base;			/* those below wait for a program that runs INT 2Eh */
	uint8_t drop_to;		/* jobs above are being called off */
	bool dropping;
	struct job job[SHELL_JOBS];

	bool permanent, one_line, fail_critical, single_step, root;
	bool echo, lfn, lfn_for, ending;
	bool want_break;		/* Ctrl-C came: ask, then drop */
	uint8_t errorlevel;
	uint8_t answer;			/* of the last question asked */
	struct far old_int2e;
	bool own_int2e;
	struct sh_found found;
	struct sh_output out, err;
	char line[SHELL_LINE];		/* the line just read */
	uint16_t line_n;
	bool eof;			/* ... and nothing more will come */
	char history[SHELL_HISTORY];	/* lines, each ended by NUL, oldest first */
	uint16_t history_n;
};

struct shell {
	/* What it was wired to.  */
	struct guest *guest;

	/* What it remembers.  */
	uint32_t cookies;		/* given so far */
	uint8_t refused;		/* DOS's error: the program that the first shell was
					 * to run could not be; 0: none */
	struct instance instance[SHELL_SHELLS];
};

/* Offers the shell's gates.  */
void shell_init(struct shell *shell, struct guest *guest);
void shell_reset(struct shell *shell);
void shell_state(struct shell *shell, struct state *st);

/* Our COMMAND.COM at this PSP waits for a key of the line that is typed at its prompt.  */
bool shell_is_asked(const struct shell *shell, uint16_t psp);

/* The services behind the gates, for shell_init() and tests.  */
enum svc shell_serve(void *room, struct guest *g);
enum svc shell_serve_int24(void *room, struct guest *g);
enum svc shell_serve_int2e(void *room, struct guest *g);
enum svc shell_serve_parse(void *room, struct guest *g);	/* sysparse.c */

/* Names and one-line help of the internal commands, in the order of the
 * alphabet, for the manual; NULL past the end.  */
const char *shell_command(unsigned n, const char **help);

#endif
