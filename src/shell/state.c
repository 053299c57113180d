/* state.c - the shells in a snapshot.  Loaded numbers are not believed: a
 * job whose kind or step does not exist is dropped when its turn comes, and
 * texts end in any case.  */

#include "shell/sh.h"

#include "state/state.h"

static void regs_state(struct sh_regs *r, struct state *st)
{
	uint16_t *v[] = { &r->ax, &r->bx, &r->cx, &r->dx, &r->si, &r->di, &r->ds, &r->es };

	for (unsigned i = 0; i < sizeof v / sizeof *v; i++)
		state_u16(st, v[i]);
}

static void job_state(struct job *j, struct state *st)
{
	state_u8(st, &j->kind);
	state_u8(st, &j->step);
	state_bool(st, &j->dropping);
	state_u32(st, &j->find);
	state_bytes(st, j->dta, sizeof j->dta);
	for (unsigned i = 0; i < JOB_NUMBERS; i++)
		state_u32(st, &j->number[i]);
	state_bytes(st, j->text, sizeof j->text);
	j->text[sizeof j->text - 1] = 0;
}

static void output_state(struct sh_output *o, struct state *st)
{
	state_u16(st, &o->n);
	if (o->n > sizeof o->text)
		o->n = 0;
	state_bytes(st, o->text, o->n);
}

static void found_state(struct sh_found *f, struct state *st)
{
	state_u8(st, &f->attr);
	state_u16(st, &f->date);
	state_u16(st, &f->time);
	state_u32(st, &f->size);
	state_bytes(st, f->name, sizeof f->name);
	state_bytes(st, f->long_name, sizeof f->long_name);
	f->name[sizeof f->name - 1] = f->long_name[sizeof f->long_name - 1] = 0;
}

static void settings_state(struct instance *in, struct state *st)
{
	bool *v[] = {
		&in->failed, &in->dta_ours, &in->closing, &in->dropping, &in->permanent,
		&in->one_line, &in->fail_critical, &in->single_step, &in->root, &in->echo,
		&in->lfn_for, &in->ending, &in->want_break, &in->own_int2e, &in->eof,
	};

	for (unsigned i = 0; i < sizeof v / sizeof *v; i++)
		state_bool(st, v[i]);
}

static void instance_state(struct instance *in, struct state *st)
{
	state_bool(st, &in->used);
	if (!in->used)
		return;
	state_u32(st, &in->cookie);
	state_u16(st, &in->psp);
	state_u8(st, &in->phase);
	state_u8(st, &in->held_int);
	regs_state(&in->held, st);
	regs_state(&in->r, st);
	state_u16(st, &in->flushing);
	state_u8(st, &in->depth);
	state_u8(st, &in->base);
	state_u8(st, &in->drop_to);
	if (in->depth > SHELL_JOBS)
		in->depth = 0;
	if (in->base > in->depth)
		in->base = in->depth;
	for (unsigned i = 0; i < in->depth; i++)
		job_state(&in->job[i], st);
	settings_state(in, st);
	state_u8(st, &in->errorlevel);
	state_u8(st, &in->answer);
	state_u16(st, &in->old_int2e.off);
	state_u16(st, &in->old_int2e.seg);
	found_state(&in->found, st);
	output_state(&in->out, st);
	output_state(&in->err, st);
	state_bytes(st, in->line, sizeof in->line);
	in->line[sizeof in->line - 1] = 0;
	state_u16(st, &in->line_n);
	if (in->line_n >= sizeof in->line)
		in->line_n = 0;
	state_u16(st, &in->history_n);
	if (in->history_n > sizeof in->history)
		in->history_n = 0;
	state_bytes(st, in->history, in->history_n);
	if (in->history_n)
		in->history[in->history_n - 1] = 0;
}

void shell_state(struct shell *shell, struct state *st)
{
	state_section(st, "shell", 1);
	state_u32(st, &shell->cookies);
	state_u8(st, &shell->refused);
	for (unsigned i = 0; i < SHELL_SHELLS; i++)
		instance_state(&shell->instance[i], st);
}
