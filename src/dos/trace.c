/* trace.c - one line a call for --trace=dos, as strace has it:
 *
 *	3D open "D:\A.TXT" r -> 5
 *
 * The table's format is copied; %code stands for a value.  Codes of
 * arguments look at the registers of the call, those that begin with r at
 * the answer's.  After "-> ", the first code that knows errors and finds
 * the carry flag set ends the line with the error's name.  */

#include "dos/int21.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "dos/errors.h"
#include "dos/layout.h"

#define LINE	200
#define DATA	32		/* bytes of data shown */

struct line {
	char text[LINE];
	size_t n;
};

/* What a code looks at.  */
enum source { AX, BX, CX, DX, SI, DI, DS, ES };

enum show {
	HEX16, HEX8, DEC, CHARACTER, DRIVE, DRIVE_OR_DEFAULT, TEXT, DOLLARS,
	POINTER, FCB, MODE, DATA_OUT, DATA_IN, OFFSET, WHENCE, OK_OR_ERROR,
	DEC_OR_ERROR, HEX_OR_ERROR, OFFSET_OR_ERROR, FOUND,
};

struct code {
	const char *name;
	enum show show;
	enum source a, b;	/* a pointer: segment, offset */
};

static const struct code arguments[] = {
	{ "al", HEX8, AX, 0 }, { "bl", HEX8, BX, 0 }, { "dl", HEX8, DX, 0 },
	{ "bx", HEX16, BX, 0 }, { "cx", HEX16, CX, 0 }, { "dx", HEX16, DX, 0 },
	{ "si", HEX16, SI, 0 }, { "di", HEX16, DI, 0 }, { "es", HEX16, ES, 0 },
	{ "bd", DEC, BX, 0 }, { "cd", DEC, CX, 0 }, { "dd", DEC, DX, 0 },
	{ "dc", CHARACTER, DX, 0 }, { "dv", DRIVE, DX, 0 },
	{ "d1", DRIVE_OR_DEFAULT, DX, 0 },
	{ "n", TEXT, DS, DX }, { "N", TEXT, ES, DI }, { "i", TEXT, DS, SI },
	{ "$", DOLLARS, DS, DX }, { "p", POINTER, DS, DX }, { "f", FCB, DS, DX },
	{ "m", MODE, AX, 0 }, { "w", DATA_OUT, DS, DX }, { "o", OFFSET, CX, DX },
	{ "s", WHENCE, AX, 0 },
	{ NULL, 0, 0, 0 },
};

static const struct code results[] = {
	{ "rbx", HEX16, BX, 0 }, { "rcx", HEX16, CX, 0 }, { "rdx", HEX16, DX, 0 },
	{ "rbd", DEC, BX, 0 }, { "rcd", DEC, CX, 0 }, { "rdd", DEC, DX, 0 },
	{ "rc", CHARACTER, AX, 0 }, { "rl", HEX8, AX, 0 }, { "rv", DRIVE, AX, 0 },
	{ "rx", HEX16, AX, 0 }, { "rp", POINTER, ES, BX },
	{ "ri", TEXT, DS, SI }, { "rN", TEXT, ES, DI },
	{ "r0", OK_OR_ERROR, AX, 0 }, { "ra", DEC_OR_ERROR, AX, 0 },
	{ "rA", HEX_OR_ERROR, AX, 0 }, { "ro", OFFSET_OR_ERROR, DX, AX },
	{ "rb", DATA_IN, DS, DX }, { "rf", FOUND, AX, 0 },
	{ NULL, 0, 0, 0 },
};

static void add(struct line *l, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

static void add(struct line *l, const char *fmt, ...)
{
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(l->text + l->n, sizeof l->text - l->n, fmt, ap);
	va_end(ap);
	if (n > 0)
		l->n += (size_t)n < sizeof l->text - l->n ? (size_t)n : sizeof l->text - l->n - 1;
}

static void add_char(struct line *l, uint8_t c)
{
	static const char escapes[] = "\\\\\"\"\nn\rr\tt";

	for (const char *e = escapes; *e; e += 2)
		if (c == (uint8_t)*e) {
			add(l, "\\%c", e[1]);
			return;
		}
	add(l, c >= 0x20 && c < 0x7f ? "%c" : "\\x%02X", c);
}

/* Up to `most' bytes, and no further than the byte `end' (-1: none).  */
static void add_data(struct line *l, struct dos *dos, struct far p, unsigned most, int end)
{
	unsigned shown = most < DATA || end >= 0 ? most : DATA;

	add(l, "\"");
	for (unsigned i = 0; i < shown; i++) {
		uint8_t c = dos_r8(dos, p.seg, p.off + i);

		if (c == end)
			break;
		add_char(l, c);
	}
	add(l, shown < most ? "\"..." : "\"");
}

/* A path is shown with single backslashes.  */
static void add_text(struct line *l, struct dos *dos, struct far p)
{
	char text[80];

	guest_string(dos->guest, p, text, sizeof text);
	add(l, "\"");
	for (const char *s = text; *s; s++)
		if (*s == '\\')
			add(l, "\\");
		else
			add_char(l, *s);
	add(l, "\"");
}

static void add_fcb(struct line *l, struct dos *dos, struct far p)
{
	uint8_t drive;

	if (dos_r8(dos, p.seg, p.off) == 0xff)
		p.off += FCB_EXTENDED_PREFIX;
	drive = dos_r8(dos, p.seg, p.off);
	if (drive && drive <= DRIVE_LETTERS)
		add(l, "%c:", 'A' + drive - 1);
	for (unsigned i = 0; i < 11; i++) {
		uint8_t c = dos_r8(dos, p.seg, p.off + FCB_NAME + i);

		if (i == 8)
			add(l, ".");
		if (c != ' ')
			add_char(l, c);
	}
}

static void add_mode(struct line *l, uint8_t mode)
{
	static const char *const access[] = { "r", "w", "rw" };
	static const char *const share[] = {
		"", " deny-all", " deny-write", " deny-read", " deny-none",
	};

	add(l, "%s", (mode & 7) < 3 ? access[mode & 7] : "?");
	if ((mode >> 4 & 7) < 5)
		add(l, "%s", share[mode >> 4 & 7]);
	if (mode & 0x80)
		add(l, " no-inherit");
}

static uint16_t value(struct dos *dos, bool result, enum source s)
{
	static const uint8_t reg[] = { CPU_AX, CPU_BX, CPU_CX, CPU_DX, CPU_SI, CPU_DI };
	const struct guest_regs *r = guest_caller(dos->guest);
	struct cpu *cpu = dos->guest->cpu;

	if (s == DS)
		return result ? cpu->seg[CPU_DS].sel : r->ds;
	if (s == ES)
		return result ? cpu->seg[CPU_ES].sel : r->es;
	return result ? cpu_get16(cpu, reg[s]) : r->reg[reg[s]];
}

static bool knows_errors(enum show show)
{
	return show >= OK_OR_ERROR;
}

static void add_value(struct line *l, struct dos *dos, const struct code *c, bool result)
{
	static const char *const whence[] = { "set", "cur", "end" };
	uint16_t v = value(dos, result, c->a);
	struct far p = { value(dos, result, c->b), v };

	switch (c->show) {
	case HEX16: case HEX_OR_ERROR: add(l, "%04X", v); break;
	case HEX8: add(l, "%02X", v & 0xff); break;
	case DEC: case DEC_OR_ERROR: add(l, "%u", v); break;
	case CHARACTER: add(l, "'"), add_char(l, v), add(l, "'"); break;
	case DRIVE: add(l, "%c:", 'A' + (v & 31)); break;
	case DRIVE_OR_DEFAULT: add(l, "%c:", v & 31 ? '@' + (v & 31) : 'A' + sda_r8(dos, SDA_DRIVE)); break;
	case TEXT: add_text(l, dos, p); break;
	case DOLLARS: add_data(l, dos, p, 60, '$'); break;
	case POINTER: add(l, "%04X:%04X", p.seg, p.off); break;
	case FCB: add_fcb(l, dos, p); break;
	case MODE: add_mode(l, v); break;
	case DATA_OUT: add_data(l, dos, p, value(dos, false, CX), -1); break;
	case DATA_IN: add_data(l, dos, p, value(dos, true, AX), -1); break;
	case OFFSET: case OFFSET_OR_ERROR: add(l, "%d", (int32_t)((uint32_t)v << 16 | p.off)); break;
	case WHENCE: add(l, "%s", (v & 0xff) < 3 ? whence[v & 0xff] : "?"); break;
	case OK_OR_ERROR: add(l, "ok"); break;
	case FOUND:
		p = sda_rfar(dos, SDA_DTA);
		add_text(l, dos, (struct far){ p.off + FIND_NAME, p.seg });
		break;
	}
}

static const struct code *find_code(const char *s, const struct code *table)
{
	for (; table->name; table++)
		if (strncmp(s, table->name, strlen(table->name)) == 0)
			return table;
	return NULL;
}

void int21_trace(struct dos *dos, enum svc answer)
{
	struct guest *g = dos->guest;
	uint8_t ah = caller16(dos, CPU_AX) >> 8;
	const struct int21_row *row = &int21_table[ah];
	struct line l = { .n = 0 };

	add(&l, "%02X %s ", ah, row->name ? row->name : "unknown");
	for (const char *s = row->trace ? row->trace : ""; *s; s++) {
		const struct code *c;
		bool result = s[0] == '%' && s[1] == 'r';

		if (strncmp(s, "-> ", 3) == 0 && answer == SVC_JUMP)
			break;
		if (*s != '%' || !(c = find_code(s + 1, result ? results : arguments))) {
			add(&l, "%c", *s);
			continue;
		}
		if (knows_errors(c->show) && guest_flag(g, CPU_CF)) {
			add(&l, "%s", dos_error_name(cpu_get16(g->cpu, CPU_AX)));
			break;
		}
		add_value(&l, dos, c, result);
		s += strlen(c->name);
	}
	if (!row->serve)
		add(&l, "(not supported)");
	dos_trace(dos, "dos", "%s", l.text);
}

void dos_trace(const struct dos *dos, const char *channel, const char *fmt, ...)
{
	char text[512];
	va_list ap;

	if (!dos->trace)
		return;
	va_start(ap, fmt);
	vsnprintf(text, sizeof text, fmt, ap);
	va_end(ap);
	dos->trace(dos->ctx, channel, text);
}
