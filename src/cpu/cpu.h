/* cpu.h - the x86 as a programmer sees it, and the contract of whatever
 * engine makes it go.
 *
 * Between two runs the whole truth is in struct cpu.  An engine may keep
 * what it likes (decoded instructions, translated blocks, a KVM vCPU) as
 * long as it can be thrown away at any moment; so engines are
 * interchangeable, even in the middle of a program.
 *
 * Time: an engine counts the instructions it retires and moves sched.now
 * by cpu.cost nanoseconds for each (a REP iteration counts as one more), by
 * cpu.port_cost for an access to a port, cpu.card for one to memory on a card, and
 * cpu.longer for some instructions.
 * sched.now is exact whenever a chip is spoken to (port or memory) and on
 * every exit.
 *
 * Event points: interrupts are taken, and a slice ends, only at targets
 * of taken branches (calls, returns, INT included), after I/O
 * instructions, after the instruction that follows an STI which set IF,
 * after POPF and IRET, at HLT, between iterations of a REP, and where the
 * 8086's IP wraps.  (MOV SS
 * and POP SS need no rule: what follows them is no event point before it
 * has been executed.)  Under single step (TF) every instruction is one.
 * All engines hold to this.  */

#ifndef CPU_H
#define CPU_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "cpu/fpu.h"
#include "cpu/hot.h"
#include "cpu/watch.h"

struct bus;
struct sched;
struct state;
struct cpu_engine;

/* In the order of the instruction encoding.  */
enum cpu_reg { CPU_AX, CPU_CX, CPU_DX, CPU_BX, CPU_SP, CPU_BP, CPU_SI, CPU_DI };
enum cpu_seg { CPU_ES, CPU_CS, CPU_SS, CPU_DS, CPU_FS, CPU_GS };

enum cpu_flag {
	CPU_CF = 1 << 0, CPU_PF = 1 << 2, CPU_AF = 1 << 4, CPU_ZF = 1 << 6,
	CPU_SF = 1 << 7, CPU_TF = 1 << 8, CPU_IF = 1 << 9, CPU_DF = 1 << 10,
	CPU_OF = 1 << 11, CPU_IOPL = 3 << 12, CPU_NT = 1 << 14,
	CPU_RF = 1 << 16, CPU_VM = 1 << 17, CPU_AC = 1 << 18,
	CPU_VIF = 1 << 19, CPU_VIP = 1 << 20, CPU_ID = 1 << 21,
};

enum cpu_cr0 {
	CR0_PE = 1 << 0, CR0_MP = 1 << 1, CR0_EM = 1 << 2, CR0_TS = 1 << 3,
	CR0_ET = 1 << 4, CR0_NE = 1 << 5, CR0_WP = 1 << 16, CR0_AM = 1 << 18,
	CR0_NW = 1 << 29, CR0_CD = 1 << 30,
};
#define CR0_PG	(1u << 31)

enum cpu_cr4 {
	CR4_VME = 1 << 0, CR4_PVI = 1 << 1, CR4_TSD = 1 << 2, CR4_DE = 1 << 3,
	CR4_PSE = 1 << 4, CR4_MCE = 1 << 6,
};

/* struct cpu_segment.attr */
enum cpu_attr {
	ATTR_ACCESSED = 1 << 0, ATTR_WRITE = 1 << 1,	/* for code: readable */
	ATTR_DOWN = 1 << 2,				/* for code: conforming */
	ATTR_CODE = 1 << 3, ATTR_S = 1 << 4, ATTR_DPL = 3 << 5,
	ATTR_P = 1 << 7, ATTR_B = 1 << 14, ATTR_G = 1 << 15,
};

/* The 80486 is one without CPUID, as all were before 1993; the Pentium is
 * the one with MMX.  */
enum cpu_model {
	CPU_8086, CPU_80186, CPU_80286, CPU_80386, CPU_80486, CPU_PENTIUM,
};

/* A segment register with its descriptor cache.  attr is the descriptor's
 * access byte in bits 0-7 and its G, D/B, L, AVL nibble in bits 12-15
 * (Intel 386 PRM, fig. 5-3); limit is in bytes, granularity applied.  */
struct cpu_segment {
	uint16_t sel, attr;
	uint32_t base, limit;
};

struct cpu_table {
	uint32_t base;
	uint16_t limit;
};

/* What may take longer than other instructions.  The string instructions: each iteration;
 * with REP, the beginning too.  The coprocessor's: FADD is all that is none of the others,
 * FDIV remainders and roots too, FUNC what has arcs and logarithms.  */
enum cpu_longer {
	LONGER_MUL, LONGER_DIV, LONGER_FAR, LONGER_INT, LONGER_IRET,
	LONGER_MOVS, LONGER_STOS, LONGER_LODS, LONGER_SCAS, LONGER_CMPS, LONGER_REP,
	LONGER_FLOAD, LONGER_FSTORE, LONGER_FADD, LONGER_FMUL, LONGER_FDIV, LONGER_FUNC,
	CPU_LONGERS
};

/* Nanoseconds that an access to memory on a card takes longer, each `width' bytes of it.  */
struct cpu_card {
	unsigned read, write, width;
};

struct cpu {
	uint32_t reg[9];		/* reg[8] is always 0: an address without base or index */
	uint32_t ip, flags;		/* flags: always materialised between runs */
	struct cpu_segment seg[6], ldtr, tr;
	struct cpu_table gdtr, idtr;
	uint32_t cr[5], dr[8], tr_test[8];
	uint64_t tsc_ahead;		/* what WRMSR has put the time stamp counter forward by */
	struct fpu fpu;
	enum cpu_model model;
	bool has_fpu;
	uint8_t cpl;
	bool intr;			/* the INTR pin, driven by the PIC */
	bool nmi;			/* edge remembered until taken */
	bool in_nmi;			/* from an NMI to the next IRET: another one waits */
	bool halted;			/* HLT executed, no interrupt since */
	bool shadow;			/* interrupts held off for one instruction */
	uint32_t debug_due;		/* DR6 bits of a debug trap to be taken next */
	uint64_t retired;		/* instructions since power-on */
	uint32_t outside;		/* of them those that spoke to a port or read the TSC */

	/* Not part of a snapshot.  */
	unsigned cost;			/* nanoseconds an instruction, */
	unsigned port_cost;		/* and how much longer an access to a port takes, */
	struct cpu_card card;		/* and a program's one to PAGE_CARD or a chip, */
	uint32_t longer[CPU_LONGERS];	/* and these instructions */
	int (*intack)(void *ctx);	/* asks the PIC for the vector */
	void *intack_ctx;
	struct bus *bus;
	struct sched *sched;
	/* HLT at linear gate_base .. gate_base + gate_count - 1 is a gate.  */
	uint32_t gate_base, gate_count;
	/* --trace=int and =cpu; NULL when nobody looks.  */
	void (*on_int)(void *ctx, uint8_t vector);
	void (*on_insn)(void *ctx);	/* before each */
	void *trace_ctx;
	const struct cpu_engine *engine;
	void *engine_data;
	struct cpu_hot hot;
	struct cpu_watch watch;
};

enum cpu_exit {
	CPU_EXIT_DEADLINE,	/* sched.deadline reached */
	CPU_EXIT_HALT,		/* HLT: nothing to do before an interrupt */
	CPU_EXIT_GATE,		/* HLT in the gate page: the host must serve; ip is past it */
	CPU_EXIT_RESET,		/* triple fault or shutdown */
	CPU_EXIT_BREAK,		/* a debugger's point: cpu.watch.stop says which */
};

struct cpu_engine {
	const char *name;			/* "interp", "jit", "kvm" */
	bool (*usable)(void);
	void *(*open)(struct cpu *cpu);		/* NULL: out of memory */
	void (*close)(void *data);
	/* Runs until sched.deadline, which a chip may move nearer meanwhile.  */
	enum cpu_exit (*run)(struct cpu *cpu, void *data);
	/* Runs one instruction (of a REP, one iteration), whatever is due;
	 * interrupts are taken before it as usual.  For debuggers and tests.  */
	enum cpu_exit (*step)(struct cpu *cpu, void *data);
	/* Forget everything derived from memory or from struct cpu, which
	 * somebody has replaced (snapshot, reset).  */
	void (*forget)(void *data);
	/* Linear addresses may mean other pages than before.  */
	void (*remap)(void *data);
};

extern const struct cpu_engine cpu_interp;

void cpu_init(struct cpu *cpu, struct bus *bus, struct sched *sched);
void cpu_fini(struct cpu *cpu);
/* Family, model and stepping: what DX has after a reset, and CPUID gives.  */
uint32_t cpu_signature(enum cpu_model model);
/* The RESET pin: registers as the model has them at FFFF:0000 / F000:FFF0.  */
void cpu_reset(struct cpu *cpu);
void cpu_state(struct cpu *cpu, struct state *st);
bool cpu_use(struct cpu *cpu, const struct cpu_engine *engine);
enum cpu_exit cpu_run(struct cpu *cpu);
enum cpu_exit cpu_step(struct cpu *cpu);

/* Between two runs.  */
void cpu_set_card(struct cpu *cpu, const struct cpu_card *card);

/* Load a segment register as real mode does: base = sel * 16; limit and
 * attributes stay what they are (Intel 386 PRM 14.2).  */
void cpu_load_real(struct cpu *cpu, enum cpu_seg seg, uint16_t sel);

/* An interrupt will be taken before the next instruction.  */
static inline bool cpu_due_interrupt(const struct cpu *cpu)
{
	return (cpu->nmi && !cpu->in_nmi) || (cpu->intr && (cpu->flags & CPU_IF));
}

static inline uint16_t cpu_get16(const struct cpu *cpu, enum cpu_reg r)
{
	return cpu->reg[r];
}

static inline void cpu_set16(struct cpu *cpu, enum cpu_reg r, uint16_t v)
{
	cpu->reg[r] = (cpu->reg[r] & 0xffff0000u) | v;
}

/* CS holds 32-bit code.  */
static inline bool cpu_code_big(const struct cpu *cpu)
{
	return cpu->seg[CPU_CS].attr & ATTR_B && cpu->model >= CPU_80386;
}

/* 8-bit registers by encoding: AL CL DL BL AH CH DH BH.  */
static inline uint8_t cpu_get8(const struct cpu *cpu, unsigned r)
{
	return cpu->reg[r & 3] >> (r & 4 ? 8 : 0);
}

static inline void cpu_set8(struct cpu *cpu, unsigned r, uint8_t v)
{
	unsigned shift = r & 4 ? 8 : 0;

	cpu->reg[r & 3] = (cpu->reg[r & 3] & ~(0xffu << shift)) | (uint32_t)v << shift;
}

#endif
