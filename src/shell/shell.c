/* shell.c - the shells that are alive, and the loop that takes their jobs
 * from interrupt to interrupt.  */

#include "shell/shell.h"

#include <string.h>

#include "bus/bus.h"
#include "shell/rows.h"
#include "shell/sh.h"

/* --- which shell is calling --------------------------------------------- */

static uint32_t cookie_at(struct guest *g, uint16_t psp)
{
	return guest_r32(g, psp, D_COOKIE);
}

/* Our COMMAND.COM runs at psp: its data area says so.  */
static bool is_ours(struct guest *g, uint16_t psp)
{
	char magic[8];

	guest_copy_in(g, magic, psp, D_MAGIC, sizeof magic);
	return !memcmp(magic, D_MAGIC_TEXT, sizeof magic);
}

/* The process has gone when its memory block is another's, or nobody's.  */
static bool alive(struct guest *g, const struct instance *in)
{
	uint16_t mcb = in->psp - 1;
	uint8_t mark = guest_r8(g, mcb, 0);

	return (mark == 'M' || mark == 'Z') && guest_r16(g, mcb, 1) == in->psp &&
	       is_ours(g, in->psp) && cookie_at(g, in->psp) == in->cookie;
}

static struct instance *find(struct shell *shell, struct guest *g, uint16_t psp)
{
	uint32_t cookie = cookie_at(g, psp);

	if (!is_ours(g, psp) || !cookie)
		return NULL;
	for (unsigned i = 0; i < SHELL_SHELLS; i++) {
		struct instance *in = &shell->instance[i];

		if (in->used && in->psp == psp && in->cookie == cookie)
			return in;
	}
	return NULL;
}

bool shell_is_asked(const struct shell *shell, uint16_t psp)
{
	for (unsigned i = 0; i < SHELL_SHELLS; i++) {
		const struct instance *in = &shell->instance[i];

		if (in->used && in->psp == psp && in->depth && in->phase == SH_CALL &&
		    alive(shell->guest, in))
			return sh_jobs[in->job[in->depth - 1].kind] == &sh_row_edit;
	}
	return false;
}

static struct instance *begin(struct shell *shell, struct guest *g, uint16_t psp)
{
	struct instance *in = NULL;

	for (unsigned i = 0; i < SHELL_SHELLS; i++) {
		struct instance *old = &shell->instance[i];

		if (old->used && (old->psp == psp || !alive(g, old)))
			old->used = false;
		if (!old->used && !in)
			in = old;
	}
	if (!in)
		return NULL;
	in->used = true;
	in->psp = psp;
	in->cookie = ++shell->cookies;
	in->phase = SH_STEP;
	in->held_int = in->depth = in->base = in->drop_to = in->errorlevel = 0;
	in->closing = false;
	in->dropping = in->want_break = in->dta_ours = in->ending = in->eof = false;
	in->permanent = in->one_line = in->fail_critical = in->single_step = false;
	in->root = in->own_int2e = in->lfn_for = in->failed = false;
	in->echo = true;
	in->out.n = in->err.n = in->history_n = in->line_n = 0;
	guest_w32(g, psp, D_COOKIE, in->cookie);
	guest_w8(g, psp, D_BROKEN, 0);
	return in;
}

/* --- jobs ------------------------------------------------------------- */

static const struct job_row *row(const struct job *j)
{
	return j->kind < sh_jobs_count ? sh_jobs[j->kind] : NULL;
}

static void set_up(struct job *j, uint8_t kind, const char *text)
{
	char copy[JOB_TEXT];

	parse_copy(copy, sizeof copy, text ? text : "");
	j->kind = kind;
	j->step = 0;
	j->dropping = false;
	j->find = SHELL_NO_FIND;
	memset(j->number, 0, sizeof j->number);
	memset(j->text, 0, sizeof j->text);
	parse_copy(j->text, sizeof j->text, copy);
}

enum go sh_over(struct sh *sh, struct job *j)
{
	(void)sh, (void)j;
	return GO_END;
}

struct job *sh_push(struct sh *sh, uint8_t kind, const char *text)
{
	struct instance *in = sh->in;

	if (in->depth == SHELL_JOBS) {
		sh_complain(sh, "Commands nested too deeply\n");
		sh_drop_to(sh, 1);
		return NULL;
	}
	set_up(&in->job[in->depth], kind, text);
	return &in->job[in->depth++];
}

enum go sh_become(struct sh *sh, struct job *j, uint8_t kind, const char *text)
{
	(void)sh;
	set_up(j, kind, text);
	return GO_ON;
}

void sh_drop_to(struct sh *sh, unsigned n)
{
	struct instance *in = sh->in;

	if (n < in->base)
		n = in->base;
	if (n >= in->depth)
		return;
	in->drop_to = in->dropping && in->drop_to < n ? in->drop_to : n;
	in->dropping = true;
}

int sh_below(const struct sh *sh, const struct job *j, uint8_t kind)
{
	for (int n = j - sh->in->job - 1; n >= 0; n--)
		if (sh->in->job[n].kind == kind)
			return n;
	return -1;
}

/* The place of the innermost loop among the first n jobs.  */
static unsigned innermost_loop(const struct sh *sh, unsigned n)
{
	const struct instance *in = sh->in;

	while (n && !(row(&in->job[n - 1]) && row(&in->job[n - 1])->flags & JOB_LOOP))
		n--;
	return n;
}

void sh_abort(struct sh *sh)
{
	sh_drop_to(sh, innermost_loop(sh, sh->in->depth));
}

static void pop(struct sh *sh)
{
	struct instance *in = sh->in;
	struct job *j = &in->job[--in->depth];

	if (j->find < 0x10000)
		(void)sh_find_end(sh, j, 0);
}

/* True: the job on top may take a step.  */
static bool drop_one(struct sh *sh)
{
	struct instance *in = sh->in;
	struct job *j = &in->job[in->depth - 1];

	if (in->depth <= in->drop_to) {
		in->dropping = false;
		return false;
	}
	if (j->dropping)
		return true;
	j->dropping = true;
	if (!row(j) || !row(j)->tidy) {
		pop(sh);
		return false;
	}
	j->step = row(j)->tidy;
	return true;
}

static void step(struct sh *sh)
{
	struct instance *in = sh->in;
	struct job *j;

	if (in->dropping && !drop_one(sh))
		return;
	j = &in->job[in->depth - 1];
	if (in->want_break && !in->dropping) {
		in->want_break = false;
		if (row(j) && row(j)->flags & JOB_BATCH_LIKE) {
			sh_push(sh, J_BREAK, NULL);
			return;
		}
	}
	if (!row(j) || j->step >= row(j)->n_steps || !row(j)->steps[j->step] ||
	    row(j)->steps[j->step](sh, j) == GO_END)
		pop(sh);
}

/* --- the guest's turn --------------------------------------------------- */

static void load(struct sh *sh, const struct sh_regs *r)
{
	struct cpu *cpu = sh->g->cpu;

	cpu_set16(cpu, CPU_AX, r->ax);
	cpu_set16(cpu, CPU_BX, r->bx);
	cpu_set16(cpu, CPU_CX, r->cx);
	cpu_set16(cpu, CPU_DX, r->dx);
	cpu_set16(cpu, CPU_SI, r->si);
	cpu_set16(cpu, CPU_DI, r->di);
	cpu_load_real(cpu, CPU_DS, r->ds ? r->ds : sh->in->psp);
	cpu_load_real(cpu, CPU_ES, r->es ? r->es : sh->in->psp);
	cpu->flags &= ~(uint32_t)(CPU_CF | CPU_DF);
}

static void store(struct sh *sh)
{
	const struct cpu *cpu = sh->g->cpu;

	sh->in->r = (struct sh_regs){
		.ax = cpu_get16(cpu, CPU_AX), .bx = cpu_get16(cpu, CPU_BX),
		.cx = cpu_get16(cpu, CPU_CX), .dx = cpu_get16(cpu, CPU_DX),
		.si = cpu_get16(cpu, CPU_SI), .di = cpu_get16(cpu, CPU_DI),
		.ds = cpu->seg[CPU_DS].sel, .es = cpu->seg[CPU_ES].sel,
	};
	sh->in->failed = cpu->flags & CPU_CF;
}

static enum svc call(struct sh *sh, enum sh_phase phase, uint8_t n, const struct sh_regs *r)
{
	sh->in->phase = phase;
	load(sh, r);
	return guest_int(sh->g, n, 1);
}

static enum svc flush(struct sh *sh, enum sh_phase phase, const struct sh_output *o)
{
	uint16_t n = o->n < D_OUT_SIZE ? o->n : D_OUT_SIZE;
	struct sh_regs r = { .ax = 0x4000, .bx = phase == SH_OUT ? 1 : 2, .cx = n };

	sh->in->flushing = n;
	r.dx = sh_put_bytes(sh, D_OUT, o->text, n);
	return call(sh, phase, 0x21, &r);
}

/* A redirection is in force somewhere on the stack of jobs: see line.c,
 * whose first two numbers say so.  */
static bool redirected(const struct sh *sh)
{
	for (unsigned n = 0; n < sh->in->depth; n++)
		if (sh->in->job[n].kind == J_LINE && sh->in->job[n].number[1])
			return true;
	return false;
}

/* The output cannot be written: full disk, closed pipe.  When it was our
 * own standard output, nothing that runs can tell anybody anything.  */
static void output_lost(struct sh *sh)
{
	struct instance *in = sh->in;

	in->out.n = 0;
	if (in->dropping)
		return;
	if (redirected(sh)) {
		sh_complain(sh, "Insufficient disk space\n");
		sh_abort(sh);
	} else {
		sh_drop_to(sh, in->depth > 1 && in->job[1].kind == J_PROMPT ? 2 : 1);
	}
}

static void flushed(struct sh *sh, struct sh_output *o)
{
	const struct cpu *cpu = sh->g->cpu;
	uint16_t n = cpu_get16(cpu, CPU_AX);
	bool failed = cpu->flags & CPU_CF || n < sh->in->flushing;

	if (n > o->n || failed)
		n = o->n < sh->in->flushing ? o->n : sh->in->flushing;
	o->n -= n;
	memmove(o->text, o->text + n, o->n);
	if (failed && o == &sh->in->err)
		o->n = 0;
	else if (failed)
		output_lost(sh);
}

/* What the guest was asked for has come back.  */
static void returned(struct sh *sh)
{
	struct instance *in = sh->in;
	uint8_t phase = in->phase;

	in->phase = SH_STEP;
	switch (phase) {
	case SH_OUT:
		flushed(sh, &in->out);
		break;
	case SH_ERR:
		flushed(sh, &in->err);
		break;
	case SH_DTA:
		in->dta_ours = true;
		break;
	case SH_CALL:
		store(sh);
		if (!sh_find_returned(sh))
			in->held_int = 0;
		break;
	}
}

/* Calls (AH) that print nothing, ask nobody and change nothing that output
 * goes to: what is to be printed may wait.  */
static const uint8_t quiet_calls[] = {
	0x19, 0x1a, 0x2a, 0x2c, 0x30, 0x36, 0x38, 0x47, 0x4e, 0x4f, 0x69,
};

static bool quiet(const struct instance *in)
{
	uint16_t ax = in->held.ax;

	return in->held_int == 0x21 &&
	       (ax == 0x714e || ax == 0x714f || ax == 0x71a1 ||
		(ax >> 8 < 0x71 && ax >> 8 && memchr(quiet_calls, ax >> 8, sizeof quiet_calls)));
}

static enum svc run(struct sh *sh)
{
	struct instance *in = sh->in;

	for (;;) {
		bool over = in->depth <= in->base && !in->held_int;
		bool full = in->out.n > SHELL_OUT / 4 || in->err.n > SHELL_OUT / 4;

		if (in->out.n && (over || full || (in->held_int && !quiet(in))))
			return flush(sh, SH_OUT, &in->out);
		if (in->err.n && (over || full || (in->held_int && !quiet(in))))
			return flush(sh, SH_ERR, &in->err);
		if (over)
			return SVC_DONE;
		if (!in->held_int) {
			step(sh);
			continue;
		}
		if (!in->dta_ours && in->held_int == 0x21 && in->held.ax >> 8 == 0x4e) {
			struct sh_regs dta = { .ax = 0x1a00, .dx = D_DTA };

			return call(sh, SH_DTA, 0x21, &dta);
		}
		return call(sh, SH_CALL, in->held_int, &in->held);
	}
}

static enum svc leave(struct sh *sh, uint8_t errorlevel)
{
	guest_restore(sh->g);
	cpu_set16(sh->g->cpu, CPU_AX, errorlevel);
	return SVC_DONE;
}

/* A Ctrl-C has brought COMMAND.COM back to its beginning: whatever was
 * going on is called off.  Programs that wait for their INT 2Eh wait for
 * ever, and so do the jobs that wait for them.  */
static void broken(struct sh *sh)
{
	struct instance *in = sh->in;
	unsigned n = 0;

	sh_w8(sh, D_BROKEN, 0);
	in->phase = SH_STEP;
	in->held_int = 0;
	in->dta_ours = false;
	in->out.n = in->err.n = 0;
	in->want_break = true;
	in->base = 0;
	while (n < in->depth && in->job[n].kind != J_INT2E)
		n++;
	sh_drop_to(sh, innermost_loop(sh, n));
}

enum svc shell_serve(void *room, struct guest *g)
{
	struct sh sh = { .shell = room, .g = g };
	uint16_t psp = guest_caller(g)->ds;
	enum svc answer;

	if (!is_ours(g, psp))
		return leave(&sh, 255);
	sh.in = find(sh.shell, g, psp);
	if (guest_step(g) == 0) {
		if (sh.in) {
			broken(&sh);
		} else {
			sh.in = begin(sh.shell, g, psp);
			if (sh.in)
				sh_push(&sh, J_START, NULL);
		}
	} else if (sh.in) {
		returned(&sh);
	}
	if (!sh.in)
		return leave(&sh, 255);
	answer = run(&sh);
	if (answer == SVC_DONE) {
		sh.in->used = false;
		return leave(&sh, sh.in->errorlevel);
	}
	return answer;
}

/* INT 2Eh: the command at DS:SI (length, text, CR) is run by the shell
 * whose code was entered, on the caller's stack.  That shell waits for the
 * program that asks; if it does not, nothing can be done for it.  */
enum svc shell_serve_int2e(void *room, struct guest *g)
{
	struct sh sh = { .shell = room, .g = g };
	struct guest_frame *f = guest_frame(g);
	uint16_t psp = guest_r16(g, f->home_ss, f->home_sp + 2);
	enum svc answer;

	sh.in = find(sh.shell, g, psp);
	if (!sh.in)
		return leave(&sh, 255);
	if (guest_step(g) == 0) {
		char text[128];
		uint8_t n = guest_r8(g, f->caller.ds, f->caller.reg[CPU_SI]);

		if (sh.in->phase != SH_CALL || n > 126)
			return leave(&sh, 255);
		guest_copy_in(g, text, f->caller.ds, (uint16_t)(f->caller.reg[CPU_SI] + 1), n);
		text[n] = 0;
		text[strcspn(text, "\r")] = 0;
		f->note[0] = sh.in->base;
		sh.in->base = sh.in->depth;
		sh.in->phase = SH_STEP;
		f->note[1] = sh.in->held_int;
		sh.in->held_int = 0;
		sh_push(&sh, J_INT2E, text);
	} else {
		returned(&sh);
	}
	answer = run(&sh);
	if (answer == SVC_DONE) {
		sh.in->base = f->note[0];
		sh.in->phase = SH_CALL;
		sh.in->held_int = f->note[1];
		return leave(&sh, sh.in->errorlevel);
	}
	return answer;
}

void shell_init(struct shell *shell, struct guest *guest)
{
	shell->guest = guest;
	shell_reset(shell);
	guest_offer_far(guest, GATE_SHELL, shell_serve, shell);
	guest_offer_far(guest, GATE_SHELL_INT24, shell_serve_int24, shell);
	guest_offer_far(guest, GATE_SHELL_INT2E, shell_serve_int2e, shell);
	guest_offer_far(guest, GATE_SHELL_PARSE, shell_serve_parse, shell);
}

void shell_reset(struct shell *shell)
{
	shell->cookies = 0;
	for (unsigned i = 0; i < SHELL_SHELLS; i++)
		shell->instance[i].used = false;
}
