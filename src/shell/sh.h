/* sh.h - the kit that jobs are made of.
 *
 * A step looks at what the last interrupt left (sh->in->r, ->failed), does
 * a little, and answers:
 *
 *	GO_ON	take the next step at once (of this job, whose j->step it has
 *		set with sh_goto(), or of one it has put on top)
 *	GO_INT	the interrupt that it asked for comes first
 *	GO_END	the job is over
 *
 * What a step prints is collected and written by INT 21h/40h before the
 * next interrupt.  */

#ifndef SHELL_SH_H
#define SHELL_SH_H

#include "shell/data.h"
#include "shell/shell.h"

struct sh {
	struct shell *shell;
	struct guest *g;
	struct instance *in;
};

enum go { GO_ON, GO_INT, GO_END };

typedef enum go sh_step(struct sh *sh, struct job *j);

enum job_flag {
	JOB_COMMAND = 1,		/* an internal command, found by name */
	JOB_DOT = 2,			/* "NAME.rest" is the command with ".rest" */
	JOB_RAW = 4,			/* gets its tail with < > | in it */
	JOB_BATCH_LIKE = 8,		/* Ctrl-C asks whether to end it */
	JOB_LOOP = 16,			/* Ctrl-C and errors drop what is above */
};

struct job_row {
	const char *name;
	sh_step *const *steps;
	uint8_t n_steps;
	uint8_t flags;
	uint8_t tidy;			/* the step to take when called off; 0: none */
	const char *help;
};

/* In job.c.  Commands have no numbers of their own: they are found by name.  */
enum job_kind {
	J_START, J_PROMPT, J_READ, J_EDIT, J_KEY, J_LINE, J_BATCH, J_RUN, J_SHOW_PROMPT,
	J_COPY_FILE, J_INT2E, J_BREAK, J_COMMANDS
};

extern const struct job_row *const sh_jobs[];
extern const unsigned sh_jobs_count;
/* The row of an internal command; 0 if there is none.  */
uint8_t sh_find_command(const char *name, size_t n);

#define STEPS(...)	(sh_step *const[]){ __VA_ARGS__ }, \
			sizeof((sh_step *const[]){ __VA_ARGS__ }) / sizeof(sh_step *)

/* --- jobs ------------------------------------------------------------- */

static inline enum go sh_goto(struct job *j, uint8_t step)
{
	j->step = step;
	return GO_ON;
}

/* The last step of many.  */
sh_step sh_over;

/* A new job on top, at step 0, zeroed, with `text' copied into its own.
 * When it is over, the one below goes on where sh_goto() has set it.
 * NULL: too many; everything above the next loop is being called off.  */
struct job *sh_push(struct sh *sh, uint8_t kind, const char *text);
/* The job becomes another one.  text may be its own.  */
enum go sh_become(struct sh *sh, struct job *j, uint8_t kind, const char *text);
/* Call off all jobs above the first n; each may tidy up.  */
void sh_drop_to(struct sh *sh, unsigned n);
/* The job number below j of the given kind; -1 if none.  */
int sh_below(const struct sh *sh, const struct job *j, uint8_t kind);
/* Everything above the innermost loop (prompt or batch file).  */
void sh_abort(struct sh *sh);

/* --- interrupts ------------------------------------------------------- */

enum go sh_int(struct sh *sh, struct job *j, uint8_t next, uint8_t n, struct sh_regs r);

#define DOS(sh, j, next, ...) \
	sh_int(sh, j, next, 0x21, (struct sh_regs){ __VA_ARGS__ })

static inline bool sh_failed(const struct sh *sh)
{
	return sh->in->failed;
}

static inline uint16_t sh_ax(const struct sh *sh)
{
	return sh->in->r.ax;
}

/* Bytes into the data area; answers the offset for DX.  */
uint16_t sh_put(struct sh *sh, uint16_t at, const char *text);
uint16_t sh_put_bytes(struct sh *sh, uint16_t at, const void *p, size_t n);
void sh_get(struct sh *sh, void *p, uint16_t at, size_t n);
uint8_t sh_r8(struct sh *sh, uint16_t at);
uint16_t sh_r16(struct sh *sh, uint16_t at);
uint32_t sh_r32(struct sh *sh, uint16_t at);
void sh_w8(struct sh *sh, uint16_t at, uint8_t v);
void sh_w16(struct sh *sh, uint16_t at, uint16_t v);
void sh_get_text(struct sh *sh, uint16_t at, char *buf, size_t size);

/* A call with a path in DS:DX (39h, 3Ah, 3Bh, 3Dh, 41h ...), by its long-name
 * twin (71xxh) where the path needs it.  al is AL of the old call.  */
enum go sh_path_call(struct sh *sh, struct job *j, uint8_t next, uint8_t ah, uint8_t al,
		     uint16_t cx, const char *path);
enum go sh_open(struct sh *sh, struct job *j, uint8_t next, const char *path, uint8_t mode);
enum go sh_create(struct sh *sh, struct job *j, uint8_t next, const char *path, uint16_t attr);
enum go sh_close(struct sh *sh, struct job *j, uint8_t next, uint16_t handle);
/* Attributes in CX.  */
enum go sh_attributes(struct sh *sh, struct job *j, uint8_t next, const char *path);

/* Searches.  A job has one at a time; in->found tells.  It ends by itself
 * when there is no more, or with the job.  */
enum go sh_find(struct sh *sh, struct job *j, uint8_t next, const char *pattern, uint8_t attr);
enum go sh_find_on(struct sh *sh, struct job *j, uint8_t next);
enum go sh_find_end(struct sh *sh, struct job *j, uint8_t next);
/* For the loop: a call has returned; true: another has to follow first.  */
bool sh_find_returned(struct sh *sh);

/* --- talking ---------------------------------------------------------- */

/* To handle 1 and to handle 2; \n becomes CR LF.  */
void sh_say(struct sh *sh, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void sh_complain(struct sh *sh, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void sh_say_bytes(struct sh *sh, const char *p, size_t n);
/* Complains and ends the job: return sh_error(...).  */
enum go sh_error(struct sh *sh, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* The text for an error of DOS ("Access denied"); never NULL.  */
const char *sh_dos_error(uint16_t error);

/* Asks for one key: the character (upper case) in in->answer afterwards;
 * echoed, with a line end.  */
void sh_ask_key(struct sh *sh, const char *accepted);
/* Reads a line into in->line.  */
void sh_read_line(struct sh *sh);

/* --- switches --------------------------------------------------------- */

/* Checks the switches among the words against `allowed' (letters, each
 * switch one letter with nothing after it) and takes them out.  False after
 * complaining.  */
bool sh_switches(struct sh *sh, struct parse_words *w, const char *allowed, uint32_t *set);
static inline bool sh_has(uint32_t set, char letter)
{
	return set >> (letter - 'A') & 1;
}
/* Between min and max words remain; false after complaining.  */
bool sh_count(struct sh *sh, const struct parse_words *w, unsigned min, unsigned max);

/* --- environment (env.c) ---------------------------------------------- */

bool sh_env_get(struct sh *sh, const char *name, char *buf, size_t size);
/* value NULL or "": the variable goes.  False: out of environment space.  */
bool sh_env_set(struct sh *sh, const char *name, const char *value);
/* Entry n, "NAME=VALUE"; false past the last.  *at is its offset, 0 for the
 * first.  */
bool sh_env_entry(struct sh *sh, uint16_t *at, char *buf, size_t size);
/* Bytes used, with the final NUL; and the size of its block.  */
uint16_t sh_env_used(struct sh *sh, uint16_t seg);
uint16_t sh_env_size(struct sh *sh, uint16_t seg);
/* The program's full name that EXEC puts after the environment.  */
void sh_env_program(struct sh *sh, char *buf, size_t size);

/* --- lines, batch files, programs -------------------------------------- */

/* Runs a line of commands.  */
struct job *sh_push_line(struct sh *sh, const char *text, bool called);
enum go sh_become_line(struct sh *sh, struct job *j, const char *text, bool called);
/* Starts the batch file `path'; name is what it was called, for %0.  */
enum go sh_start_batch(struct sh *sh, struct job *j, const char *path, const char *name,
		       const char *tail, bool called);
/* The innermost batch file; -1 if none.  */
int sh_batch(const struct sh *sh);
bool sh_batch_value(void *ctx, const char *name, char *buf, size_t size);
/* Looks for a label in the innermost batch file.  */
bool sh_batch_goto(struct sh *sh, const char *label);
void sh_batch_shift(struct sh *sh);
/* The file to run with J_RUN, in its text: see run.c.  */
struct job *sh_push_run(struct sh *sh, const char *name, const char *tail, bool exact, bool called,
			bool high);
/* The program is to be loaded above the first 64 KB.  */
void sh_run_fixed(struct job *j);
/* History of lines typed.  */
void sh_remember(struct instance *in, const char *line);

/* A number as DIR prints it: with thousands separated.  */
const char *sh_thousands(char buf[32], uint64_t v, char separator);

#endif
