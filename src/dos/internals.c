/* internals.c - INT 2Fh/12xxh: DOS's internal services, by AL.  Source: RBIL.  */

#include "dos/multiplex.h"

#include <string.h>

#include "dos/device.h"
#include "dos/layout.h"
#include "dos/nls.h"
#include "dos/time.h"

/* Some internal services take a word pushed before the INT.  */
static uint16_t pushed(struct guest *g)
{
	const struct guest_frame *f = guest_frame(g);

	return guest_r16(g, f->home_ss, f->home_sp + 6);
}

static uint16_t get(struct guest *g, enum cpu_reg r) { return cpu_get16(g->cpu, r); }
static void set(struct guest *g, enum cpu_reg r, uint16_t v) { cpu_set16(g->cpu, r, v); }
static void set_al(struct guest *g, uint8_t v) { cpu_set8(g->cpu, 0, v); }
static uint16_t ds(struct guest *g) { return g->cpu->seg[CPU_DS].sel; }
static uint16_t es(struct guest *g) { return g->cpu->seg[CPU_ES].sel; }

static enum svc answer_zf(struct guest *g, bool equal)
{
	guest_set_flag(g, CPU_ZF, equal);
	return SVC_DONE;
}

static enum svc answer_es_di(struct guest *g, struct far p)
{
	cpu_load_real(g->cpu, CPU_ES, p.seg);
	set(g, CPU_DI, p.off);
	return guest_done(g);
}

static enum svc installed(void *room, struct guest *g)
{
	(void)room;
	set_al(g, 0xff);
	return SVC_DONE;
}

static enum svc vector_address(void *room, struct guest *g)
{
	(void)room;
	cpu_load_real(g->cpu, CPU_ES, 0);
	set(g, CPU_BX, (pushed(g) & 0xff) * 4);
	return SVC_DONE;
}

static enum svc dos_segment(void *room, struct guest *g)
{
	(void)room;
	cpu_load_real(g->cpu, CPU_DS, DOS_SEG);
	return SVC_DONE;
}

static enum svc separator(void *room, struct guest *g)
{
	uint8_t ch = pushed(g);

	(void)room;
	set_al(g, ch == '/' ? '\\' : ch);
	return answer_zf(g, ch == '/' || ch == '\\');
}

static enum svc put_char(void *room, struct guest *g)
{
	(void)room;
	if (guest_step(g)) {
		guest_restore(g);
		return SVC_DONE;
	}
	set_al(g, pushed(g));
	return guest_int(g, 0x29, 1);
}

static enum svc release_sft(void *room, struct guest *g)
{
	uint16_t refs = guest_r16(g, es(g), get(g, CPU_DI) + SFT_REFS);

	(void)room;
	guest_w16(g, es(g), get(g, CPU_DI) + SFT_REFS, refs > 1 ? refs - 1 : 0xffff);
	set(g, CPU_AX, refs);
	return SVC_DONE;
}

static enum svc own_sft(void *room, struct guest *g)
{
	struct far sft = sda_rfar(room, SDA_THIS_SFT);

	guest_w16(g, sft.seg, sft.off + SFT_OWNER, dos_psp(room));
	return SVC_DONE;
}

static enum svc packed_now(void *room, struct guest *g)
{
	struct dos_time t = dos_now(room);

	set(g, CPU_AX, time_packed_date(&t));
	set(g, CPU_DX, time_packed_time(&t));
	return SVC_DONE;
}

static enum svc nothing_to_do(void *room, struct guest *g)
{
	(void)room;
	return guest_done(g);
}

static enum svc normalise(void *room, struct guest *g)
{
	uint16_t from = get(g, CPU_SI), to = get(g, CPU_DI);

	for (unsigned i = 0; i < 0x10000; i++) {
		uint8_t ch = nls_upper(room, guest_r8(g, ds(g), from + i));

		guest_w8(g, es(g), to + i, ch == '/' ? '\\' : ch);
		if (!ch)
			break;
	}
	return SVC_DONE;
}

/* Length of an ASCIZ string, its NUL counted.  */
static uint16_t length(struct guest *g, uint16_t seg, uint16_t off)
{
	for (unsigned i = 0; i < 0x10000; i++)
		if (!guest_r8(g, seg, off + i))
			return i + 1;
	return 0xffff;
}

static enum svc length_es_di(void *room, struct guest *g)
{
	(void)room;
	set(g, CPU_CX, length(g, es(g), get(g, CPU_DI)));
	return SVC_DONE;
}

static enum svc length_ds_si(void *room, struct guest *g)
{
	(void)room;
	set(g, CPU_CX, length(g, ds(g), get(g, CPU_SI)));
	return SVC_DONE;
}

static enum svc capital(void *room, struct guest *g)
{
	set_al(g, nls_upper(room, pushed(g)));
	return SVC_DONE;
}

static enum svc same_pointer(void *room, struct guest *g)
{
	bool same = ds(g) == es(g) && get(g, CPU_SI) == get(g, CPU_DI);

	(void)room;
	guest_set_flag(g, CPU_CF, !same);
	return answer_zf(g, same);
}

static enum svc sft_address(void *room, struct guest *g)
{
	struct far sft = dos_sft(room, get(g, CPU_BX));

	if (get(g, CPU_BX) > 0xff || far_null(sft)) {
		guest_set_flag(g, CPU_CF, true);
		return SVC_DONE;
	}
	return answer_es_di(g, sft);
}

static enum svc working_drive(void *room, struct guest *g)
{
	struct far cds = dos_cds(room, pushed(g));

	if (pushed(g) > 0xff || far_null(cds)) {
		guest_set_flag(g, CPU_CF, true);
		return SVC_DONE;
	}
	sda_wfar(room, SDA_THIS_CDS, cds);
	cpu_load_real(g->cpu, CPU_DS, cds.seg);
	set(g, CPU_SI, cds.off);
	return guest_done(g);
}

static enum svc user_registers(void *room, struct guest *g)
{
	struct far user = sda_rfar(room, SDA_USER_STACK);

	cpu_load_real(g->cpu, CPU_DS, user.seg);
	set(g, CPU_SI, user.off);
	return SVC_DONE;
}

/* AL: the drive that a name begins with (1 = A, 0 none, FFh bad), DS:SI behind
 * it.  */
static enum svc name_drive(void *room, struct guest *g)
{
	uint8_t letter = nls_upper(room, guest_r8(g, ds(g), get(g, CPU_SI)));

	if (guest_r8(g, ds(g), get(g, CPU_SI) + 1) != ':') {
		set_al(g, 0);
		return SVC_DONE;
	}
	set(g, CPU_SI, get(g, CPU_SI) + 2);
	set_al(g, letter >= 'A' && letter <= 'Z' ? letter - 'A' + 1 : 0xff);
	return SVC_DONE;
}

static enum svc february(void *room, struct guest *g)
{
	uint8_t year = get(g, CPU_CX);

	(void)room;
	set_al(g, year % 4 ? 28 : 29);	/* 1980 to 2099 */
	return SVC_DONE;
}

/* CX bytes at DS:SI are added to DX.  */
static enum svc checksum(void *room, struct guest *g)
{
	uint16_t sum = get(g, CPU_DX), n = get(g, CPU_CX);

	(void)room;
	for (uint16_t i = 0; i < n; i++)
		sum += guest_r8(g, ds(g), get(g, CPU_SI) + i);
	set(g, CPU_SI, get(g, CPU_SI) + n);
	set(g, CPU_CX, 0);
	set(g, CPU_DX, sum);
	return SVC_DONE;
}

static uint8_t name_char(struct dos *dos, uint8_t ch)
{
	return ch == '/' ? '\\' : nls_upper(dos, ch);
}

static enum svc same_name(void *room, struct guest *g)
{
	for (unsigned i = 0; i < 0x10000; i++) {
		uint8_t a = name_char(room, guest_r8(g, ds(g), get(g, CPU_SI) + i));
		uint8_t b = name_char(room, guest_r8(g, es(g), get(g, CPU_DI) + i));

		if (a != b)
			return answer_zf(g, false);
		if (!a)
			break;
	}
	return answer_zf(g, true);
}

static enum svc drive_cds(void *room, struct guest *g)
{
	uint8_t letter = nls_upper(room, pushed(g));
	struct far cds = letter < 'A' ? (struct far){ 0, 0 } : dos_cds(room, letter - 'A');

	if (far_null(cds)) {
		guest_set_flag(g, CPU_CF, true);
		return SVC_DONE;
	}
	return answer_es_di(g, cds);
}

static enum svc jft_entry(void *room, struct guest *g)
{
	uint16_t psp = dos_psp(room), handle = get(g, CPU_BX);
	struct far jft = guest_rfar(g, psp, PSP_JFT_PTR);

	if (handle >= guest_r16(g, psp, PSP_JFT_SIZE)) {
		set_al(g, DOS_BAD_HANDLE);
		guest_set_flag(g, CPU_CF, true);
		return SVC_DONE;
	}
	jft.off += handle;
	return answer_es_di(g, jft);
}

static uint8_t caller_al(struct guest *g)
{
	return guest_caller(g)->reg[CPU_AX];
}

/* Services that are INT 21h functions, with AL in another register.  */
static enum svc by_int21(void *room, struct guest *g)
{
	static const struct { uint8_t ah; enum cpu_reg al; } function[] = {
		[0x21] = { 0x60, CPU_AX }, [0x26] = { 0x3d, CPU_CX }, [0x27] = { 0x3e, CPU_AX },
		[0x28] = { 0x42, CPU_BP }, [0x29] = { 0x3f, CPU_AX }, [0x2b] = { 0x44, CPU_BP },
	};
	uint8_t n = caller_al(g);

	(void)room;
	if (guest_step(g) == 0) {
		set(g, CPU_AX, function[n].ah << 8 | (get(g, function[n].al) & 0xff));
		return guest_int(g, 0x21, 1);
	}
	guest_set_flag(g, CPU_CF, g->cpu->flags & CPU_CF);
	return SVC_DONE;
}

/* 122Ah: FASTOPEN (BX 1) or FASTSEEK (2) says where it is, DS:SI; SI = FFFFh only asks
 * whether one of them has.  Carry means that it has (MS-DOS 4.0, MISC2.ASM,
 * FastInit).  DOS calls them for its block devices; all our drives are
 * like a network's, so nothing is ever looked up there.  */
static enum svc fast_entry(void *room, struct guest *g)
{
	uint16_t at = AT_FAST + (get(g, CPU_BX) - 1) * 4;
	struct far entry = { get(g, CPU_SI), ds(g) };

	(void)room;
	if (get(g, CPU_BX) < 1 || get(g, CPU_BX) > 2 || guest_r16(g, DOS_SEG, at + 2)) {
		guest_set_flag(g, CPU_CF, true);
		return SVC_DONE;
	}
	if (entry.off != 0xffff)
		guest_wfar(g, DOS_SEG, at, entry);
	return guest_done(g);
}

static enum svc refuse(void *room, struct guest *g)
{
	(void)room;
	guest_set_flag(g, CPU_CF, true);
	return SVC_DONE;
}

static enum svc device_chain(void *room, struct guest *g)
{
	struct far next = guest_rfar(g, DOS_SEG, AT_NUL + DEV_NEXT);

	(void)room;
	set(g, CPU_BX, next.seg);
	set(g, CPU_AX, next.off);
	return SVC_DONE;
}

static enum svc last_error(void *room, struct guest *g)
{
	set(g, CPU_AX, sda_r16(room, SDA_ERROR));
	return SVC_DONE;
}

const struct svc_entry multiplex_internal[] = {
	[0x00] = { "installation check", installed },
	[0x02] = { "get vector address", vector_address },
	[0x03] = { "get DOS segment", dos_segment },
	[0x04] = { "normalise separator", separator },
	[0x05] = { "output character", put_char },
	[0x08] = { "release SFT", release_sft },
	[0x0c] = { "own SFT", own_sft },
	[0x0d] = { "get date and time", packed_now },
	[0x0e] = { "mark buffers", nothing_to_do },
	[0x11] = { "normalise name", normalise },
	[0x12] = { "string length, ES:DI", length_es_di },
	[0x13] = { "capitalise", capital },
	[0x14] = { "compare pointers", same_pointer },
	[0x15] = { "flush buffer", nothing_to_do },
	[0x16] = { "get SFT address", sft_address },
	[0x17] = { "set working drive", working_drive },
	[0x18] = { "get caller's registers", user_registers },
	[0x1a] = { "get name's drive", name_drive },
	[0x1b] = { "days in February", february },
	[0x1c] = { "checksum", checksum },
	[0x1e] = { "compare names", same_name },
	[0x1f] = { "get CDS", drive_cds },
	[0x20] = { "get JFT entry", jft_entry },
	[0x21] = { "canonicalise", by_int21 },
	[0x25] = { "string length, DS:SI", length_ds_si },
	[0x26] = { "open", by_int21 },
	[0x27] = { "close", by_int21 },
	[0x28] = { "seek", by_int21 },
	[0x29] = { "read", by_int21 },
	[0x2a] = { "FASTOPEN", fast_entry },
	[0x2b] = { "ioctl", by_int21 },
	[0x2c] = { "get device chain", device_chain },
	[0x2d] = { "get extended error", last_error },
};

const unsigned multiplex_internals = sizeof multiplex_internal / sizeof multiplex_internal[0];

enum svc multiplex_internal_service(void *room, struct guest *g)
{
	uint8_t al = caller_al(g);

	if (al >= multiplex_internals || !multiplex_internal[al].serve)
		return refuse(room, g);
	return multiplex_internal[al].serve(room, g);
}
