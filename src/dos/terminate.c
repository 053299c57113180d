/* terminate.c - the end of a process, or its staying (4Ch, 31h, 00h, 4Dh).
 *
 * A parent that waits for its child is not a frame of the doorway.  As in
 * DOS, all that is known of it is in its PSP: where its registers lie
 * (PSP:2Eh), and in the child's, where to go on (INT 22h).  So it does not
 * matter what the child did to the stacks, the vectors or the chain of
 * PSPs; what it left unfinished is dropped when it ends.
 *
 * The order of things is that of the MS-DOS 4.0 sources (DOS/CTRLC.ASM,
 * DOS/PROC.ASM).  */

#include "dos/process.h"

#include <string.h>

#include "bus/bus.h"
#include "dos/int21.h"
#include "dos/layout.h"
#include "dos/memory.h"
#include "dos/services.h"

static void restore_vectors(struct dos *dos, uint16_t psp)
{
	dos_wvector(dos, 0x22, guest_rfar(dos->guest, psp, PSP_INT22));
	dos_wvector(dos, 0x23, guest_rfar(dos->guest, psp, PSP_INT23));
	dos_wvector(dos, 0x24, guest_rfar(dos->guest, psp, PSP_INT24));
}

/* To the terminate address, with the registers and the stack of the last
 * call of whoever is the current process now.  */
static enum svc back_to_parent(struct dos *dos)
{
	struct guest *g = dos->guest;
	struct cpu *cpu = g->cpu;
	struct far user = guest_rfar(g, dos_psp(dos), PSP_STACK);
	static const struct { uint8_t reg, at; } saved[] = {
		{ CPU_AX, USER_AX }, { CPU_BX, USER_BX }, { CPU_CX, USER_CX },
		{ CPU_DX, USER_DX }, { CPU_SI, USER_SI }, { CPU_DI, USER_DI },
		{ CPU_BP, USER_BP },
	};

	for (unsigned i = 0; i < sizeof saved / sizeof saved[0]; i++)
		cpu->reg[saved[i].reg] = dos_r16(dos, user.seg, user.off + saved[i].at);
	cpu_load_real(cpu, CPU_DS, dos_r16(dos, user.seg, user.off + USER_DS));
	cpu_load_real(cpu, CPU_ES, dos_r16(dos, user.seg, user.off + USER_ES));
	cpu->flags = (cpu->flags & 0xffff0000u) | CPU_IF | 2;
	user.off += USER_FLAGS + 2;
	process_jump(dos, dos_rvector(dos, 0x22), user);
	return SVC_JUMP;
}

static enum svc destroyed(struct dos *dos)
{
	dos->crashed(dos->ctx, "Memory allocation error: the chain of memory blocks is destroyed");
	return guest_again(dos->guest, guest_step(dos->guest), GUEST_WAIT_TIME);
}

static void keep_memory(struct dos *dos, uint16_t psp, uint16_t keep)
{
	if (keep < 6)
		keep = 6;
	if (!dos_resize(dos, psp, keep, NULL))
		dos_w16(dos, psp, PSP_TOP, psp + keep);
}

/* A process that is its own parent, as permanent shells make themselves,
 * comes back at its own terminate address.  One that ends because its
 * redirected input has ended would do so for ever, or lose its way (4DOS);
 * with a keyboard, which DOS gives its first shell, that cannot be.  */
static bool input_is_over(struct dos *dos)
{
	struct far in = dos_handle_sft(dos, 0);

	return !far_null(in) && !(dos_r16(dos, in.seg, in.off + SFT_INFO) & INFO_DEVICE) &&
	       dos_sft_ready(dos, in) == DOS_NO_MORE;
}

static enum svc no_end_of_shell(struct dos *dos, uint8_t code, enum dos_how how)
{
	dos->off(dos->ctx, code, how);
	return guest_again(dos->guest, guest_step(dos->guest), GUEST_WAIT_TIME);
}

enum svc dos_terminate(struct dos *dos, uint8_t code, enum dos_how how, uint16_t keep)
{
	uint16_t psp = dos_psp(dos), parent = dos_r16(dos, psp, PSP_PARENT);
	uint8_t mark;

	process_a20_back(dos);
	if (how == DOS_HOW_NORMAL && sda_r8(dos, SDA_CTRL_C_EXIT))
		how = DOS_HOW_CTRL_C;
	sda_w8(dos, SDA_CTRL_C_EXIT, 0);
	sda_w8(dos, SDA_EXIT_TYPE, how);
	sda_w16(dos, SDA_EXIT_CODE, code | how << 8);
	dos_trace(dos, "exec", "%04X ends with %u%s", psp, code,
		  how == DOS_HOW_CTRL_C ? " (Ctrl-C)" : how == DOS_HOW_CRITICAL ?
		  " (critical error)" : how == DOS_HOW_RESIDENT ? ", resident" : "");
	if (parent == psp && input_is_over(dos))
		return no_end_of_shell(dos, code, how);
	mark = process_take_mark(dos, psp);
	if (how == DOS_HOW_RESIDENT)
		keep_memory(dos, psp, keep);
	restore_vectors(dos, psp);
	if (parent != psp) {
		sda_w8(dos, SDA_ABORTING, 0xff);
		if (how != DOS_HOW_RESIDENT) {
			dos_close_all(dos, psp);
			if (!dos_free_owned(dos, psp))
				return destroyed(dos);
		}
		sda_w8(dos, SDA_ABORTING, 0);
		dos_set_psp(dos, parent);
		guest_drop_above(dos->guest, mark);
	}
	sda_w8(dos, SDA_INDOS, 0);
	sda_w8(dos, SDA_ERROR_MODE, 0);
	sda_w8(dos, SDA_CRIT_DRIVE, 0xff);
	return back_to_parent(dos);
}

/* 00h, INT 20h: the caller's code segment should be the PSP.  Where it is
 * another one, DOS takes the terminate addresses from there and the process
 * goes on existing; we do that only if it is a PSP.  */
enum svc int21_abort(void *room, struct guest *g)
{
	struct dos *dos = room;
	struct far user = sda_rfar(dos, SDA_USER_STACK);
	uint16_t cs = dos_r16(dos, user.seg, user.off + USER_CS);

	(void)g;
	if (cs != dos_psp(dos) && dos_r16(dos, cs, PSP_INT20) == 0x20cd) {
		restore_vectors(dos, cs);
		sda_w8(dos, SDA_INDOS, 0);
		return back_to_parent(dos);
	}
	return dos_terminate(dos, 0, DOS_HOW_NORMAL, 0);
}

enum svc int21_exit(void *room, struct guest *g)
{
	return dos_terminate(room, cpu_get8(g->cpu, CPU_AX), DOS_HOW_NORMAL, 0);
}

enum svc int21_keep(void *room, struct guest *g)
{
	return dos_terminate(room, cpu_get8(g->cpu, CPU_AX), DOS_HOW_RESIDENT,
			     cpu_get16(g->cpu, CPU_DX));
}

/* 4Dh: once; the second time it is 0.  */
enum svc int21_wait(void *room, struct guest *g)
{
	struct dos *dos = room;
	uint16_t code = sda_r16(dos, SDA_EXIT_CODE);

	sda_w16(dos, SDA_EXIT_CODE, 0);
	return guest_ok(g, code);
}
