/* loadall.c - LOADALL of the 80286 and of the 80386: every register and
 * descriptor cache from a block of memory, without checks.  Intel shipped it
 * for testing; HIMEM, RAMDRIVE, OS/2 and others use it to reach extended
 * memory from real mode (Robert Collins, "The LOADALL Instruction", Tech
 * Specialist, October 1991).  */

#include "cpu/interp/control.h"
#include "cpu/interp/interp.h"
#include "cpu/mmu.h"

/* The privilege level is that of the stack's descriptor.  */
static void take_over(struct cpu *cpu, uint32_t flags)
{
	cpu_set_cpl(cpu, (cpu->seg[CPU_SS].attr & ATTR_DPL) >> 5);
	flags_set(cpu, flags_fixed(cpu, flags));
	cpu_segments_changed(cpu);
	cpu_paging_changed(cpu);
}

/* ---- 80286: 102 bytes at physical 800h ---- */

#define BLOCK_286	0x800u

static uint16_t word_286(struct cpu *cpu, unsigned at)
{
	return cpu_read_linear(cpu, BLOCK_286 + at, 2);
}

/* Base, access byte, limit.  */
static struct cpu_segment cache_286(struct cpu *cpu, unsigned sel_at, unsigned at)
{
	uint32_t base = cpu_read_linear(cpu, BLOCK_286 + at, 4);

	return (struct cpu_segment){
		.sel = sel_at ? word_286(cpu, sel_at) : 0, .attr = base >> 24,
		.base = base & 0xffffff, .limit = word_286(cpu, at + 4),
	};
}

static struct cpu_table table_286(struct cpu *cpu, unsigned at)
{
	struct cpu_segment s = cache_286(cpu, 0, at);

	return (struct cpu_table){ s.base, s.limit };
}

/* It cannot leave protected mode either.  */
HANDLER(loadall_286)
{
	uint32_t ip;

	cpu->hot.cur = in;
	cpu_need_cpl0(cpu);
	cpu->cr[0] = (cpu->cr[0] & ~0xeu) | (word_286(cpu, 0x06) & 0xf);
	cpu->tr = cache_286(cpu, 0x16, 0x60);
	ip = word_286(cpu, 0x1a);
	cpu->ldtr = cache_286(cpu, 0x1c, 0x54);
	cpu->seg[CPU_DS] = cache_286(cpu, 0x1e, 0x48);
	cpu->seg[CPU_SS] = cache_286(cpu, 0x20, 0x42);
	cpu->seg[CPU_CS] = cache_286(cpu, 0x22, 0x3c);
	cpu->seg[CPU_ES] = cache_286(cpu, 0x24, 0x36);
	for (unsigned i = 0; i < 8; i++)
		cpu_set16(cpu, CPU_DI - i, word_286(cpu, 0x26 + 2 * i));
	cpu->gdtr = table_286(cpu, 0x4e);
	cpu->idtr = table_286(cpu, 0x5a);
	take_over(cpu, word_286(cpu, 0x18));
	return cpu_leave(cpu, cpu_pos(cpu, in + 1), ip);
}
SET_ONE(h_loadall_286, loadall_286);

/* ---- 80386: 204 bytes at ES:EDI ---- */

#define DWORDS_386	51

/* Access byte and G, D/B nibble where a descriptor's second dword has them;
 * base; limit in bytes.  */
static struct cpu_segment cache_386(const uint32_t *block, uint16_t sel, unsigned at)
{
	const uint32_t *d = block + at / 4;

	return (struct cpu_segment){
		.sel = sel, .attr = d[0] >> 8 & 0xf0ff, .base = d[1], .limit = d[2],
	};
}

static struct cpu_table table_386(const uint32_t *block, unsigned at)
{
	return (struct cpu_table){ block[at / 4 + 1], block[at / 4 + 2] };
}

HANDLER(loadall_386)
{
	/* Caches from 54h on, 12 bytes each.  */
	static const uint8_t order[] = { CPU_GS, CPU_FS, CPU_DS, CPU_SS, CPU_CS, CPU_ES };
	uint32_t block[DWORDS_386], at = cpu->reg[CPU_DI];

	cpu->hot.cur = in;
	cpu_need_cpl0(cpu);
	for (unsigned i = 0; i < DWORDS_386; i++)
		block[i] = cpu_read32(cpu, CPU_ES, at + 4 * i);
	cpu_set_cr0(cpu, block[0]);
	for (unsigned i = 0; i < 8; i++)
		cpu->reg[CPU_DI - i] = block[3 + i];
	cpu->dr[6] = block[0x2c / 4];
	cpu->dr[7] = block[0x30 / 4];
	cpu->tr = cache_386(block, block[0x34 / 4], 0x54);
	cpu->idtr = table_386(block, 0x60);
	cpu->gdtr = table_386(block, 0x6c);
	cpu->ldtr = cache_386(block, block[0x38 / 4], 0x78);
	for (unsigned i = 0; i < 6; i++)
		cpu->seg[order[i]] = cache_386(block, block[0x3c / 4 + i], 0x84 + 12 * i);
	take_over(cpu, block[1]);
	return cpu_leave(cpu, cpu_pos(cpu, in + 1), block[2]);
}
SET_ONE(h_loadall_386, loadall_386);
