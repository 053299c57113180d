/* fpu_live.h - the guest's x87 inside the host's.
 *
 * While a run lasts, on a host that has an x87, the guest's control word,
 * status, tags and registers may be where the host can compute with them:
 * then its instructions are executed as they stand (interp/esc_live.c), and
 * what they do is what silicon does.  Nothing else on x86-64 uses the x87
 * meanwhile: only `long double' would, which nobody below an engine's run
 * may compute with.
 *
 * cpu.hot.fpu_live says where the state is.  Whoever wants struct fpu
 * during a run calls fpu_live_leave() first; the instruction pointers, the
 * control word and `no error is pending' are right without it.  */

#ifndef CPU_FPU_LIVE_H
#define CPU_FPU_LIVE_H

#include <stdbool.h>

#include "cpu/cpu.h"

#if defined __x86_64__ && !defined FPU_SOFT
#define FPU_LIVE	1
#else
#define FPU_LIVE	0
#endif

enum fpu_live {
	FPU_AWAY,		/* the state is in struct fpu */
	FPU_MASKED,		/* in the host; no exception can become an error */
	FPU_WATCHED,		/* in the host; some are unmasked, or some instructions take longer */
};

/* True if the state was away and is in the host now.  It stays away for
 * processors before the 387's time, while an error is pending, and while
 * CR0 keeps the x87 from being used.  */
bool fpu_live_enter(struct cpu *cpu);
void fpu_live_leave(struct cpu *cpu);

/* The control word has been changed.  */
void fpu_live_control(struct cpu *cpu);

/* May the host execute an instruction at once?  */
static inline bool fpu_live(const struct cpu *cpu)
{
	return FPU_LIVE && cpu->hot.fpu_live && !(cpu->cr[0] & (CR0_EM | CR0_TS));
}

#endif
