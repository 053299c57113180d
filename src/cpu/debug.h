/* debug.h - the guest's own debug registers (Intel 386 PRM 12, Pentium
 * manual volume 3, 17).  For the CPU room only.
 *
 * A trap is noted in cpu->debug_due as bits of DR6, and taken behind the
 * instruction; a fault is raised.  */

#ifndef CPU_DEBUG_H
#define CPU_DEBUG_H

#include <stdint.h>

struct cpu;

enum { DR6_B = 15, DR6_BD = 1 << 13, DR6_BS = 1 << 14, DR6_BT = 1 << 15 };
enum { DR7_LOCAL = 0x155, DR7_GD = 1 << 13 };

/* MOV from and to DRn.  Raise #UD or #DB (General Detect).  */
uint32_t cpu_debug_read(struct cpu *cpu, unsigned n);
void cpu_debug_write(struct cpu *cpu, unsigned n, uint32_t v);

/* A task switch clears the local enable bits.  */
void cpu_debug_switch(struct cpu *cpu);

/* #DB is being delivered: DR6 tells why, DR7.GD is cleared.  */
void cpu_debug_enter(struct cpu *cpu, uint32_t why);

#endif
