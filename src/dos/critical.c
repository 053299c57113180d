/* critical.c - INT 23h (Ctrl-C) and INT 24h (critical error).
 *
 * Both run with the caller's stack, as handlers expect (MS-DOS 4.0 sources,
 * DOS/CTRLC.ASM).  INT 24h finds the caller's registers on it and answers
 * in AL.  INT 23h runs with the caller's registers, DOS being left behind:
 * nothing of the call is kept, for it begins anew if the handler returns.
 * How it returned is seen by the stack: RETF leaves a word more on it than
 * IRET or RETF 2 do, and then carry means that the process is to end.  */

#include "dos/critical.h"

#include "dos/int21.h"
#include "dos/layout.h"

enum answer { IGNORE, RETRY, ABORT, FAIL };

/* AH of INT 24h (RBIL, table 02543).  */
enum {
	AH_WRITE = 0x01, AH_DIRECTORY = 2 << 1, AH_DATA_AREA = 3 << 1, AH_FAIL_OK = 0x08,
	AH_RETRY_OK = 0x10, AH_IGNORE_OK = 0x20, AH_CHARACTER = 0x80,
};

#define NOTE_ANSWER	7

/* --- INT 24h -------------------------------------------------------------- */

/* Device error codes are those of DOS less 19.  Others are general failures.  */
static uint16_t device_code(enum dos_error error)
{
	if (error < DOS_WRITE_PROTECTED || error > DOS_WRONG_DISK)
		return DOS_GENERAL_FAILURE - DOS_WRITE_PROTECTED;
	return error - DOS_WRITE_PROTECTED;
}

static void set_registers(struct dos *dos, enum dos_error error, uint8_t drive,
			  struct far device, uint8_t ah)
{
	struct cpu *cpu = dos->guest->cpu;

	cpu_set16(cpu, CPU_AX, ah << 8 | drive);
	cpu_set16(cpu, CPU_DI, device_code(error));
	cpu_set16(cpu, CPU_SI, device.off);
	cpu_set16(cpu, CPU_BP, device.seg);
	cpu_load_real(cpu, CPU_ES, DOS_SEG);
	cpu_load_real(cpu, CPU_DS, DOS_SEG);
}

enum svc dos_critical(struct dos *dos, enum dos_error error, uint8_t drive,
		      struct far device, bool writing, uint8_t next_step)
{
	struct guest *g = dos->guest;
	struct guest_frame *f = guest_frame(g);
	struct far user = sda_rfar(dos, SDA_USER_STACK), dpb = dos_dpb(drive);
	bool shared = error == DOS_SHARING || error == DOS_LOCK;
	uint8_t ah = AH_FAIL_OK | AH_RETRY_OK | (shared ? 0 : AH_IGNORE_OK) |
		     (writing && error != DOS_SHARING ? AH_WRITE : 0);

	dos_note_error(dos, error);
	if (sda_r8(dos, SDA_ERROR_MODE)) {	/* one at a time */
		f->note[NOTE_ANSWER] = FAIL;
		return guest_next(g, next_step);
	}
	if (far_null(device)) {
		/* Sharing is asked about when the directory is read (SHARE.ASM).  */
		ah |= error == DOS_SHARING ? AH_DIRECTORY : AH_DATA_AREA;
		device = guest_rfar(g, dpb.seg, dpb.off + DPB_DRIVER);
		sda_wfar(dos, SDA_DPB, dpb);
		if (error == DOS_WRITE_PROTECTED)
			sda_w8(dos, SDA_CRIT_DRIVE, drive);
	} else {
		ah |= AH_CHARACTER;
	}
	sda_w8(dos, SDA_ALLOWED24, ah);
	sda_w8(dos, SDA_ERROR_MODE, sda_r8(dos, SDA_ERROR_MODE) + 1);
	sda_w8(dos, SDA_INDOS, sda_r8(dos, SDA_INDOS) - 1);
	sda_w16(dos, SDA_INT24_SP, cpu_get16(g->cpu, CPU_SP));
	f->stage = STAGE_CRITICAL;
	set_registers(dos, error, drive, device, ah);
	guest_use_stack(g, user.seg, user.off);
	return guest_int(g, 0x24, next_step);
}

/* An answer that was not offered means Fail; Fail that was not, Abort.  */
static enum answer allowed_answer(struct dos *dos, uint8_t al)
{
	uint8_t allowed = sda_r8(dos, SDA_ALLOWED24);
	enum answer answer = al > FAIL ? ABORT : al;

	if ((answer == IGNORE && !(allowed & AH_IGNORE_OK)) ||
	    (answer == RETRY && !(allowed & AH_RETRY_OK)))
		answer = FAIL;
	if (answer == FAIL && !(allowed & AH_FAIL_OK))
		answer = ABORT;
	if (answer == ABORT && sda_r8(dos, SDA_ABORTING))
		answer = FAIL;
	return answer;
}

enum svc critical_answered(struct dos *dos)
{
	struct guest *g = dos->guest;
	struct guest_frame *f = guest_frame(g);
	enum answer answer = allowed_answer(dos, cpu_get8(g->cpu, CPU_AX));

	sda_wfar(dos, SDA_USER_STACK, (struct far){
		cpu_get16(g->cpu, CPU_SP), g->cpu->seg[CPU_SS].sel });
	guest_use_stack(g, DOS_SEG, sda_r16(dos, SDA_INT24_SP));
	sda_w8(dos, SDA_INDOS, sda_r8(dos, SDA_INDOS) + 1);
	sda_w8(dos, SDA_ERROR_MODE, 0);
	sda_w8(dos, SDA_CRIT_DRIVE, 0xff);
	f->stage = STAGE_INSIDE;
	f->note[NOTE_ANSWER] = answer;
	if (answer == FAIL)
		sda_w8(dos, SDA_FAILED24, 1);
	if (answer == ABORT)
		return dos_terminate(dos, 0, DOS_HOW_CRITICAL, 0);
	return SVC_STEP;
}

/* No shell has put its Abort, Retry, Ignore, Fail here yet.  */
static enum svc int24(void *room, struct guest *g)
{
	(void)room;
	cpu_set8(g->cpu, CPU_AX, FAIL);
	return SVC_DONE;
}

/* --- INT 23h -------------------------------------------------------------- */

enum svc dos_break(struct dos *dos)
{
	struct guest *g = dos->guest;
	const struct guest_frame *f = guest_frame(g);
	struct far back = guest_gate_far(GATE_DOS_BREAK), handler = dos_rvector(dos, 0x23);
	uint16_t sp = f->home_sp;

	guest_restore(g);
	sda_w8(dos, SDA_INDOS, 0);
	sda_w8(dos, SDA_ERROR_MODE, 0);
	sda_w16(dos, SDA_INT23_SP, sp);
	dos_w16(dos, f->home_ss, sp - 2, (f->caller.flags & ~CPU_CF) | CPU_IF);
	dos_w16(dos, f->home_ss, sp - 4, back.seg);
	dos_w16(dos, f->home_ss, sp - 6, back.off);
	guest_use_stack(g, f->home_ss, sp - 6);
	g->cpu->flags &= ~(uint32_t)(CPU_CF | CPU_IF | CPU_TF);
	cpu_load_real(g->cpu, CPU_CS, handler.seg);
	g->cpu->ip = handler.off;
	return SVC_JUMP;
}

/* The call anew: registers and stack are as the program had them, but for
 * what the handler changed.  */
static enum svc repeat_call(struct dos *dos, uint16_t sp)
{
	struct guest *g = dos->guest;
	struct far gate = guest_gate_far(0x21);

	guest_use_stack(g, g->cpu->seg[CPU_SS].sel, sp);
	cpu_load_real(g->cpu, CPU_CS, gate.seg);
	g->cpu->ip = gate.off;
	return SVC_JUMP;
}

static enum svc break_returned(void *room, struct guest *g)
{
	struct dos *dos = room;
	uint16_t sp = cpu_get16(g->cpu, CPU_SP);

	if (sp == sda_r16(dos, SDA_INT23_SP))
		return repeat_call(dos, sp);
	if (!(g->cpu->flags & CPU_CF))
		return repeat_call(dos, sp + 2);
	return dos_terminate(dos, 0, DOS_HOW_CTRL_C, 0);
}

/* Without a shell, Ctrl-C ends the program.  */
static enum svc int23(void *room, struct guest *g)
{
	(void)g;
	return dos_terminate(room, 0, DOS_HOW_CTRL_C, 0);
}

void critical_offer(struct dos *dos)
{
	guest_offer(dos->guest, 0x23, int23, dos);
	guest_offer(dos->guest, 0x24, int24, dos);
	guest_offer_far(dos->guest, GATE_DOS_BREAK, break_returned, dos);
}
