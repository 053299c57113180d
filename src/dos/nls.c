/* nls.c - countries and code pages (38h, 63h, 65h, 66h).
 *
 * The tables that programs are given pointers to lie in DOS's data segment
 * and are written there from the tables of base/cp.h and country.c; the
 * answers are read back from there, so a program that changes them (as
 * some national TSRs do) is heard.  */

#include "dos/nls.h"

#include <string.h>

#include "base/cp.h"
#include "dos/int21.h"
#include "dos/layout.h"
#include "dos/services.h"

/* In DOS_SEG from AT_NLS.  Each table is preceded by its length.  */
enum nls_at {
	NLS_COUNTRY = AT_NLS,			/* w country, w code page */
	NLS_CODE_PAGE = AT_NLS + 2,
	NLS_INFO = AT_NLS + 4,			/* COUNTRY_SIZE bytes, as 38h gives them */
	NLS_SYSTEM_PAGE = AT_NLS + 0x28,	/* w */
	NLS_YES_NO = AT_NLS + 0x2a,		/* 2 bytes */
	NLS_UPPER = AT_NLS + 0x30,		/* w 128, and the bytes for 80h-FFh */
	NLS_FILE_UPPER = NLS_UPPER + 130,	/* the same, for file names */
	NLS_TERMINATORS = NLS_FILE_UPPER + 130,	/* w length, see below */
	NLS_COLLATE = NLS_TERMINATORS + 32,	/* w 256, weights */
	NLS_DBCS = NLS_COLLATE + 258,		/* w 0: no lead bytes; w 0 */
	NLS_END = NLS_DBCS + 4,
};

_Static_assert(NLS_END <= AT_NLS + NLS_SIZE, "the country tables fit");

/* What may not stand in a file name (RBIL table 01759): lowest and highest
 * permitted character, excluded range, and the terminators.  */
static const uint8_t terminators[] = {
	22, 0, 1, 0x00, 0xff, 0, 0x00, 0x20, 2, 14,
	'.', '"', '/', '\\', '[', ']', ':', '|', '<', '>', '+', '=', ';', ',',
};

uint16_t nls_code_page(const struct dos *dos)
{
	return dos_r16(dos, DOS_SEG, NLS_CODE_PAGE);
}

static void write_info(struct dos *dos, const struct nls_country *c, uint16_t page,
		       uint8_t to[COUNTRY_SIZE])
{
	struct far casemap = { CODE_CASEMAP, DOS_SEG };

	(void)dos;
	memset(to, 0, COUNTRY_SIZE);
	to[COUNTRY_DATE_FORMAT] = c->date_format;
	for (unsigned i = 0; i < 4 && c->currency[i]; i++) {
		int ch = cp_from_unicode(page, c->currency[i]);

		to[COUNTRY_CURRENCY + i] = ch < 0 ? '?' : ch;
	}
	to[COUNTRY_THOUSANDS] = c->thousands;
	to[COUNTRY_DECIMAL] = c->decimal;
	to[COUNTRY_DATE_SEP] = c->date;
	to[COUNTRY_TIME_SEP] = c->time;
	to[COUNTRY_CURRENCY_FORMAT] = c->currency_format;
	to[COUNTRY_CURRENCY_DIGITS] = c->currency_digits;
	to[COUNTRY_TIME_FORMAT] = c->clock;
	to[COUNTRY_CASEMAP] = casemap.off;
	to[COUNTRY_CASEMAP + 1] = casemap.off >> 8;
	to[COUNTRY_CASEMAP + 2] = casemap.seg;
	to[COUNTRY_CASEMAP + 3] = casemap.seg >> 8;
	to[COUNTRY_LIST_SEP] = c->list;
}

static void write_country(struct dos *dos, const struct nls_country *c)
{
	uint8_t info[COUNTRY_SIZE];

	write_info(dos, c, nls_code_page(dos), info);
	dos_w16(dos, DOS_SEG, NLS_COUNTRY, c->code);
	guest_copy_out(dos->guest, DOS_SEG, NLS_INFO, info, sizeof info);
	guest_copy_out(dos->guest, DOS_SEG, NLS_YES_NO, c->yes_no, 2);
}

static void write_page(struct dos *dos, uint16_t page)
{
	dos_w16(dos, DOS_SEG, NLS_CODE_PAGE, page);
	dos_w16(dos, DOS_SEG, NLS_UPPER, 128);
	dos_w16(dos, DOS_SEG, NLS_FILE_UPPER, 128);
	dos_w16(dos, DOS_SEG, NLS_COLLATE, 256);
	for (unsigned i = 0; i < 128; i++) {
		dos_w8(dos, DOS_SEG, NLS_UPPER + 2 + i, cp_upper(page, 0x80 + i));
		dos_w8(dos, DOS_SEG, NLS_FILE_UPPER + 2 + i, cp_upper(page, 0x80 + i));
	}
	for (unsigned i = 0; i < 256; i++)
		dos_w8(dos, DOS_SEG, NLS_COLLATE + 2 + i, cp_collate(page, i));
	dos_w32(dos, DOS_SEG, NLS_DBCS, 0);
	guest_copy_out(dos->guest, DOS_SEG, NLS_TERMINATORS, terminators, sizeof terminators);
}

void nls_write_tables(struct dos *dos)
{
	const struct nls_country *c = country_find(dos->boot.country);
	uint16_t page = dos->boot.code_page;

	write_page(dos, cp_known(page) ? page : CP_DEFAULT);
	dos_w16(dos, DOS_SEG, NLS_SYSTEM_PAGE, nls_code_page(dos));
	write_country(dos, c ? c : country_find(1));
}

uint8_t nls_upper(const struct dos *dos, uint8_t ch)
{
	if (ch >= 'a' && ch <= 'z')
		return ch - 'a' + 'A';
	return ch < 0x80 ? ch : dos_r8(dos, DOS_SEG, NLS_UPPER + 2 + ch - 0x80);
}

static uint8_t file_upper(const struct dos *dos, uint8_t ch)
{
	if (ch >= 'a' && ch <= 'z')
		return ch - 'a' + 'A';
	return ch < 0x80 ? ch : dos_r8(dos, DOS_SEG, NLS_FILE_UPPER + 2 + ch - 0x80);
}

/* The case map call of the country information: AL in and out.  */
static enum svc casemap(void *room, struct guest *g)
{
	uint8_t ch = cpu_get8(g->cpu, 0);

	if (ch >= 0x80)
		cpu_set8(g->cpu, 0, nls_upper(room, ch));
	return SVC_DONE;
}

void nls_offer(struct dos *dos)
{
	guest_offer_far(dos->guest, GATE_DOS_CASEMAP, casemap, dos);
}

/* --- 38h -------------------------------------------------------------------- */

static uint16_t country_argument(struct dos *dos)
{
	uint8_t al = caller16(dos, CPU_AX);

	return al == 0xff ? caller16(dos, CPU_BX) : al;
}

enum svc int21_country(void *room, struct guest *g)
{
	struct dos *dos = room;
	uint16_t code = country_argument(dos);
	const struct nls_country *c = country_find(code);
	uint8_t info[COUNTRY_SIZE];

	if (code && !c)
		return dos_fail(dos, DOS_NO_FILE);
	if (caller16(dos, CPU_DX) == 0xffff) {
		if (!c)
			return dos_fail(dos, DOS_NO_FILE);
		write_country(dos, c);
		return guest_done(g);
	}
	if (!code || code == dos_r16(dos, DOS_SEG, NLS_COUNTRY)) {
		guest_copy_in(g, info, DOS_SEG, NLS_INFO, sizeof info);
		code = dos_r16(dos, DOS_SEG, NLS_COUNTRY);
	} else {
		write_info(dos, c, nls_code_page(dos), info);
	}
	guest_copy_out(g, guest_caller(g)->ds, caller16(dos, CPU_DX), info, sizeof info);
	cpu_set16(g->cpu, CPU_BX, code);
	return guest_ok(g, code);
}

/* 6300h: the DBCS table; the others belong to Asian versions.  */
enum svc int21_dbcs(void *room, struct guest *g)
{
	if (cpu_get8(g->cpu, 0) != 0)
		return dos_fail(room, DOS_BAD_FUNCTION);
	cpu_load_real(g->cpu, CPU_DS, DOS_SEG);
	cpu_set16(g->cpu, CPU_SI, NLS_DBCS + 2);
	cpu_set8(g->cpu, 0, 0);
	return guest_done(g);
}

/* --- 65h ---------------------------------------------------------------------- */

static enum svc extended_info(struct dos *dos)
{
	struct guest *g = dos->guest;
	uint8_t out[7 + COUNTRY_SIZE + 2] = { 1, 38, 0 };
	uint16_t room_for = caller16(dos, CPU_CX), n;

	guest_copy_in(g, out + 3, DOS_SEG, NLS_COUNTRY, 4);
	guest_copy_in(g, out + 7, DOS_SEG, NLS_INFO, COUNTRY_SIZE);
	n = 3 + 38 < room_for ? 3 + 38 : room_for;
	out[1] = n - 3;
	guest_copy_out(g, guest_caller(g)->es, caller16(dos, CPU_DI), out, n);
	cpu_set16(g->cpu, CPU_CX, n);
	return guest_ok(g, nls_code_page(dos));
}

/* A table's identity and its far address.  */
static enum svc table_address(struct dos *dos, uint8_t id, uint16_t at)
{
	struct guest *g = dos->guest;
	uint8_t out[5] = { id, at, at >> 8, DOS_SEG & 0xff, DOS_SEG >> 8 };

	guest_copy_out(g, guest_caller(g)->es, caller16(dos, CPU_DI), out, sizeof out);
	cpu_set16(g->cpu, CPU_CX, sizeof out);
	return guest_ok(g, nls_code_page(dos));
}

/* 6501h-6507h for a country and code page (FFFFh: the ones in use).  */
static enum svc extended(struct dos *dos, uint8_t al)
{
	static const struct { uint8_t id; uint16_t at; } tables[] = {
		{ 2, NLS_UPPER }, { 4, NLS_FILE_UPPER }, { 5, NLS_TERMINATORS },
		{ 6, NLS_COLLATE }, { 7, NLS_DBCS },
	};
	uint16_t page = caller16(dos, CPU_BX), code = caller16(dos, CPU_DX);

	if ((page != 0xffff && page != nls_code_page(dos)) ||
	    (code != 0xffff && code != dos_r16(dos, DOS_SEG, NLS_COUNTRY)))
		return dos_fail(dos, DOS_NO_FILE);
	if (caller16(dos, CPU_CX) < 5)
		return dos_fail(dos, DOS_BAD_FUNCTION);
	if (al == 1)
		return extended_info(dos);
	for (unsigned i = 0; i < sizeof tables / sizeof tables[0]; i++)
		if (tables[i].id == al)
			return table_address(dos, al, tables[i].at);
	return dos_fail(dos, DOS_BAD_FUNCTION);
}

typedef uint8_t upper_fn(const struct dos *dos, uint8_t ch);

static upper_fn *upper_of(uint8_t al)
{
	return al & 0x80 ? file_upper : nls_upper;
}

/* 6520h-6522h, 65A0h-65A2h: a character, a string of CX, an ASCIZ string.  */
static enum svc capitalise(struct dos *dos, uint8_t al)
{
	struct guest *g = dos->guest;
	upper_fn *upper = upper_of(al);
	uint16_t seg = guest_caller(g)->ds, at = caller16(dos, CPU_DX);
	uint32_t n = (al & 3) == 1 ? caller16(dos, CPU_CX) : 0x10000;

	if ((al & 3) == 0) {
		cpu_set8(g->cpu, CPU_DX, upper(dos, caller16(dos, CPU_DX)));
		return guest_done(g);
	}
	for (; n; n--, at++) {
		uint8_t ch = dos_r8(dos, seg, at);

		if ((al & 3) == 2 && !ch)
			break;
		dos_w8(dos, seg, at, upper(dos, ch));
	}
	return guest_done(g);
}

/* 6523h: is DL the country's letter for yes (1), no (0) or neither (2)?  */
static enum svc yes_or_no(struct dos *dos)
{
	uint8_t ch = nls_upper(dos, caller16(dos, CPU_DX));

	if (ch == dos_r8(dos, DOS_SEG, NLS_YES_NO))
		return guest_ok(dos->guest, 1);
	return guest_ok(dos->guest, ch == dos_r8(dos, DOS_SEG, NLS_YES_NO + 1) ? 0 : 2);
}

enum svc int21_country_ext(void *room, struct guest *g)
{
	struct dos *dos = room;
	uint8_t al = cpu_get8(g->cpu, 0);

	if ((al & 0x7f) >= 0x20 && (al & 0x7f) <= 0x22)
		return capitalise(dos, al);
	if (al == 0x23)
		return yes_or_no(dos);
	return extended(dos, al);
}

/* --- 66h ------------------------------------------------------------------------ */

enum svc int21_code_page(void *room, struct guest *g)
{
	struct dos *dos = room;

	switch (cpu_get8(g->cpu, 0)) {
	case 1:
		cpu_set16(g->cpu, CPU_BX, nls_code_page(dos));
		cpu_set16(g->cpu, CPU_DX, dos_r16(dos, DOS_SEG, NLS_SYSTEM_PAGE));
		return guest_done(g);
	case 2:
		if (!cp_known(caller16(dos, CPU_BX)))
			return dos_fail(dos, DOS_NO_FILE);
		write_page(dos, caller16(dos, CPU_BX));
		return guest_done(g);
	default:
		return dos_fail(dos, DOS_BAD_FUNCTION);
	}
}
