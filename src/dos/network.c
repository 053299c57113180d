/* network.c - what DOS has for network servers and redirectors (5Dh-5Fh).
 *
 * Redirected devices are the redirector's: INT 2Fh/111Dh-111Fh, 1125h with
 * the function's AX on the stack (RBIL, INT 2Fh/111Eh).  Without one, the
 * last handler of INT 2Fh answers error 1.  */

#include "dos/int21.h"
#include "dos/layout.h"
#include "dos/services.h"

enum { STEP_REDIRECTOR = 1 };

/* --- 5Dh ----------------------------------------------------------------- */

static struct far ds_dx(struct dos *dos)
{
	return (struct far){ caller16(dos, CPU_DX), guest_caller(dos->guest)->ds };
}

/* 5D00h: the call that the parameter list describes, made in place of this
 * one.  Nested lists are a caller's mistake without end.  */
static enum svc server_call(struct dos *dos)
{
	static const struct { uint8_t from, to; } words[] = {
		{ DPL_AX, USER_AX }, { DPL_BX, USER_BX }, { DPL_CX, USER_CX },
		{ DPL_DX, USER_DX }, { DPL_SI, USER_SI }, { DPL_DI, USER_DI },
		{ DPL_DS, USER_DS }, { DPL_ES, USER_ES },
	};
	struct far list = ds_dx(dos), user = sda_rfar(dos, SDA_USER_STACK);
	uint16_t ax = dos_r16(dos, list.seg, list.off + DPL_AX);

	if (ax == 0x5d00)
		return dos_fail(dos, DOS_BAD_FUNCTION);
	for (unsigned i = 0; i < sizeof words / sizeof words[0]; i++)
		dos_w16(dos, user.seg, user.off + words[i].to,
			dos_r16(dos, list.seg, list.off + words[i].from));
	sda_w8(dos, SDA_SERVER_CALL, 0xff);
	sda_w16(dos, SDA_SHARE_MACHINE, dos_r16(dos, list.seg, list.off + DPL_MACHINE));
	sda_w16(dos, SDA_SHARE_PSP, dos_r16(dos, list.seg, list.off + DPL_PSP));
	int21_reload(dos);
	guest_restore(dos->guest);
	return guest_next(dos->guest, 0);
}

static enum svc swappable_area(struct dos *dos)
{
	struct cpu *cpu = dos->guest->cpu;

	cpu_load_real(cpu, CPU_DS, DOS_SEG);
	cpu_set16(cpu, CPU_SI, AT_SDA);
	cpu_set16(cpu, CPU_CX, SDA_SIZE);
	cpu_set16(cpu, CPU_DX, SDA_SWAP_ALWAYS_END);
	return guest_done(dos->guest);
}

static enum svc set_error(struct dos *dos)
{
	struct far list = ds_dx(dos);
	uint16_t bx = dos_r16(dos, list.seg, list.off + DPL_BX);

	sda_w16(dos, SDA_ERROR, dos_r16(dos, list.seg, list.off + DPL_AX));
	sda_w8(dos, SDA_ACTION, bx);
	sda_w8(dos, SDA_CLASS, bx >> 8);
	sda_w8(dos, SDA_LOCUS, dos_r16(dos, list.seg, list.off + DPL_CX) >> 8);
	sda_wfar(dos, SDA_ERROR_PTR, (struct far){
		dos_r16(dos, list.seg, list.off + DPL_DI),
		dos_r16(dos, list.seg, list.off + DPL_ES) });
	return guest_done(dos->guest);
}

/* The redirector's function with our caller's AX on the stack.  */
static enum svc ask_redirector(struct dos *dos, uint16_t function)
{
	struct guest *g = dos->guest;
	uint16_t ss = g->cpu->seg[CPU_SS].sel, sp = cpu_get16(g->cpu, CPU_SP) - 2;

	if (guest_step(g) == 0) {
		dos_w16(dos, ss, sp, caller16(dos, CPU_AX));
		guest_use_stack(g, ss, sp);
		cpu_set16(g->cpu, CPU_AX, function);
		return guest_int(g, 0x2f, STEP_REDIRECTOR);
	}
	if (g->cpu->flags & CPU_CF)
		return dos_fail(dos, cpu_get16(g->cpu, CPU_AX));
	return guest_done(g);
}

/* 01h commit all and 02h-05h are SHARE's affair; files here are never
 * behind (nothing is buffered) and 01h has nothing to do.  */
enum svc int21_server(void *room, struct guest *g)
{
	struct dos *dos = room;

	switch (caller16(dos, CPU_AX) & 0xff) {
	case 0x00: return server_call(dos);
	case 0x01: return guest_done(g);
	case 0x06: return swappable_area(dos);
	case 0x07: case 0x08: case 0x09: return ask_redirector(dos, 0x1125);
	case 0x0a: return set_error(dos);
	}
	return dos_fail(dos, DOS_BAD_FUNCTION);
}

/* --- 5Eh ----------------------------------------------------------------- */

#define NAME_SIZE	16	/* blank-padded, with NUL */

static enum svc get_name(struct dos *dos)
{
	struct far to = ds_dx(dos);
	char name[NAME_SIZE];

	guest_copy_in(dos->guest, name, DOS_SEG, AT_MACHINE_NAME, sizeof name);
	guest_copy_out(dos->guest, to.seg, to.off, name, sizeof name);
	cpu_set16(dos->guest->cpu, CPU_CX, lol_r16(dos, LOL_NET_NUMBER));
	return guest_done(dos->guest);
}

static enum svc set_name(struct dos *dos)
{
	struct far from = ds_dx(dos);
	char name[NAME_SIZE];

	guest_copy_in(dos->guest, name, from.seg, from.off, sizeof name);
	guest_copy_out(dos->guest, DOS_SEG, AT_MACHINE_NAME, name, sizeof name);
	lol_w16(dos, LOL_NET_NUMBER, caller16(dos, CPU_CX));
	return guest_done(dos->guest);
}

enum svc int21_machine(void *room, struct guest *g)
{
	struct dos *dos = room;

	(void)g;
	switch (caller16(dos, CPU_AX) & 0xff) {
	case 0x00: return get_name(dos);
	case 0x01: return set_name(dos);
	}
	return ask_redirector(dos, 0x111f);
}

/* --- 5Fh ----------------------------------------------------------------- */

/* 5F07h, 5F08h: a drive that is there is shown, or hidden.  */
static enum svc show_drive(struct dos *dos, bool on)
{
	uint8_t drive = caller16(dos, CPU_DX);
	struct far cds = dos_cds(dos, drive);
	uint16_t flags;

	if (far_null(cds) || (on && !dos->drive[drive].ops))
		return dos_fail(dos, DOS_BAD_DRIVE);
	flags = dos_r16(dos, cds.seg, cds.off + CDS_FLAGS);
	dos_w16(dos, cds.seg, cds.off + CDS_FLAGS, on ? flags | CDS_PHYSICAL : 0);
	return guest_done(dos->guest);
}

enum svc int21_redirection(void *room, struct guest *g)
{
	struct dos *dos = room;

	(void)g;
	switch (caller16(dos, CPU_AX) & 0xff) {
	case 0x00: case 0x01: return ask_redirector(dos, 0x111d);
	case 0x07: return show_drive(dos, true);
	case 0x08: return show_drive(dos, false);
	}
	return ask_redirector(dos, 0x111e);
}
