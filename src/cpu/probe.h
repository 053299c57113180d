/* probe.h - memory as the guest sees it, for somebody who only looks: no
 * faults, no accessed bits, no chips.  */

#ifndef CPU_PROBE_H
#define CPU_PROBE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "cpu/cpu.h"

/* Linear to physical, A20 applied; false: the page is not there.  */
bool cpu_probe(const struct cpu *cpu, uint32_t lin, uint32_t *phys);

/* Plain memory at a linear address.  Answer how many of the n bytes there are
 * before a page that is not there, floats or belongs to a chip (and, for
 * changing, is a ROM).  What is changed reaches decoded code.  */
size_t cpu_peek(const struct cpu *cpu, uint32_t lin, void *to, size_t n);
size_t cpu_poke(struct cpu *cpu, uint32_t lin, const void *from, size_t n);

/* What a segment register would become with this selector: real mode's shift,
 * or the descriptor.  False: there is no such descriptor of memory.  */
bool cpu_probe_segment(const struct cpu *cpu, uint16_t sel, struct cpu_segment *s);

#endif
