/* critical.c - INT 24h: the critical error handler of COMMAND.COM.
 *
 * Inside it only INT 21h/01h-0Ch, 30h and 59h may be called.  What it was
 * given is in the caller's registers: AH bit 7 clear for a disk, bit 0 set
 * for writing, bits 3-5 what may be answered; AL the drive; DI the error;
 * BP:SI the device's header.  The answer goes to AL: 0 ignore, 1 retry, 2
 * abort, 3 fail.  */

#include "shell/sh.h"

#include <stdio.h>
#include <string.h>

enum { CRITICAL_BEGIN, CRITICAL_PROCESS, CRITICAL_SAID, CRITICAL_ASKED, CRITICAL_KEY, CRITICAL_EXTENDED };
enum { ALLOW_FAIL = 0x08, ALLOW_RETRY = 0x10, ALLOW_IGNORE = 0x20 };
enum { NOTE_SHELL, NOTE_ANSWER, NOTE_PROCESS, NOTE_OUTPUT };
enum { PSP_JFT_SIZE = 0x32, PSP_JFT = 0x34 };

static uint8_t ah_of(struct guest *g)
{
	return guest_caller(g)->reg[CPU_AX] >> 8;
}

/* A process's handle n as a byte of its table; false: it has not so many.  */
static bool handle_at(struct guest *g, uint16_t psp, uint16_t n, struct far *at)
{
	*at = guest_rfar(g, psp, PSP_JFT);
	at->off += n;
	return guest_r16(g, psp, PSP_JFT_SIZE) > n;
}

/* What is said and asked goes where the shell's errors go, while the output of
 * whoever has met the error may be the device that refuses (MS-DOS 4.0,
 * COMMAND's SAVHAND and RESTHAND).  */
static void talk_on_stderr(struct guest *g, uint16_t process)
{
	struct guest_frame *f = guest_frame(g);
	struct far out, err;

	if (!handle_at(g, process, 1, &out) || !handle_at(g, f->note[NOTE_SHELL], 2, &err) ||
	    guest_r8(g, err.seg, err.off) == 0xff)
		return;
	f->note[NOTE_PROCESS] = process;
	f->note[NOTE_OUTPUT] = guest_r8(g, out.seg, out.off);
	guest_w8(g, out.seg, out.off, guest_r8(g, err.seg, err.off));
}

static void talk_no_more(struct guest *g)
{
	struct guest_frame *f = guest_frame(g);
	struct far out;

	if (f->note[NOTE_PROCESS] && handle_at(g, f->note[NOTE_PROCESS], 1, &out))
		guest_w8(g, out.seg, out.off, f->note[NOTE_OUTPUT]);
}

static enum svc answer(struct guest *g, uint8_t al)
{
	talk_no_more(g);
	guest_restore(g);
	cpu_set8(g->cpu, CPU_AX, al);
	return SVC_DONE;
}

static enum svc call(struct guest *g, uint16_t ax, uint16_t dx, uint8_t next)
{
	cpu_set16(g->cpu, CPU_AX, ax);
	cpu_set16(g->cpu, CPU_DX, dx);
	cpu_load_real(g->cpu, CPU_DS, guest_frame(g)->note[NOTE_SHELL]);
	return guest_int(g, 0x21, next);
}

/* A text that ends with '$' for function 09h, or is one already shown.  */
static enum svc say(struct guest *g, const char *text, uint8_t next)
{
	char buf[79];
	size_t n;

	parse_copy(buf, sizeof buf - 1, text);
	n = strlen(buf);
	buf[n] = '$';
	guest_copy_out(g, guest_frame(g)->note[NOTE_SHELL], D_CRITICAL, buf, n + 1);
	return call(g, 0x0900, D_CRITICAL, next);
}

/* Error codes in DI are those of device drivers: 13h less than DOS's.  */
static enum svc say_what(struct guest *g)
{
	const struct guest_regs *c = guest_caller(g);
	const char *verb = ah_of(g) & 1 ? "writing" : "reading";
	const char *what = sh_dos_error(0x13 + (c->reg[CPU_DI] & 0xff));
	char text[80];

	if (ah_of(g) & 0x80) {
		char name[9];

		guest_copy_in(g, name, c->reg[CPU_BP], c->reg[CPU_SI] + 10, 8);
		name[8] = 0;
		name[strcspn(name, " $")] = 0;
		snprintf(text, sizeof text, "\r\n%s %s device %s\r\n", what, verb, name);
	} else {
		snprintf(text, sizeof text, "\r\n%s %s drive %c\r\n", what, verb,
			 'A' + (int)(c->reg[CPU_AX] & 31));
	}
	return say(g, text, CRITICAL_SAID);
}

static enum svc ask(struct guest *g)
{
	uint8_t ah = ah_of(g);
	char text[48];

	snprintf(text, sizeof text, "Abort%s%s%s?", ah & ALLOW_RETRY ? ", Retry" : "",
		 ah & ALLOW_IGNORE ? ", Ignore" : "", ah & ALLOW_FAIL ? ", Fail" : "");
	return say(g, text, CRITICAL_ASKED);
}

static const struct { char key; uint8_t needs, al; } answers[] = {
	{ 'A', 0, 2 }, { 'R', ALLOW_RETRY, 1 }, { 'I', ALLOW_IGNORE, 0 }, { 'F', ALLOW_FAIL, 3 },
};

static enum svc key(struct guest *g)
{
	char c = parse_upper(cpu_get8(g->cpu, CPU_AX));

	for (unsigned i = 0; i < sizeof answers / sizeof *answers; i++)
		if (c == answers[i].key && (ah_of(g) & answers[i].needs) == answers[i].needs) {
			guest_frame(g)->note[NOTE_ANSWER] = answers[i].al;
			return say(g, "\r\n", CRITICAL_EXTENDED);
		}
	if (!c)			/* an extended key: its second byte */
		return call(g, 0x0800, 0, CRITICAL_ASKED);
	return say(g, "\r\n", CRITICAL_SAID);
}

static struct instance *owner(struct shell *shell, uint16_t psp)
{
	for (unsigned i = 0; i < SHELL_SHELLS; i++)
		if (shell->instance[i].used && shell->instance[i].psp == psp)
			return &shell->instance[i];
	return NULL;
}

enum svc shell_serve_int24(void *room, struct guest *g)
{
	struct guest_frame *f = guest_frame(g);
	struct instance *in;

	switch (guest_step(g)) {
	case CRITICAL_BEGIN:
		/* The stub's far call tells whose handler this is.  */
		f->note[NOTE_SHELL] = guest_r16(g, f->home_ss, f->home_sp + 2);
		in = owner(room, f->note[NOTE_SHELL]);
		if (!in)
			return answer(g, ah_of(g) & ALLOW_FAIL ? 3 : 2);
		if (in->fail_critical && ah_of(g) & ALLOW_FAIL)
			return answer(g, 3);
		return call(g, 0x5100, 0, CRITICAL_PROCESS);
	case CRITICAL_PROCESS:
		talk_on_stderr(g, cpu_get16(g->cpu, CPU_BX));
		return say_what(g);
	case CRITICAL_SAID:
		return ask(g);
	case CRITICAL_ASKED:
		return call(g, 0x0c01, 0, CRITICAL_KEY);
	case CRITICAL_KEY:
		return key(g);
	}
	return answer(g, f->note[NOTE_ANSWER]);
}
