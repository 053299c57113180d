/* gdbserve.c - what gdb asks.  A table of packets by their beginning; what is
 * not in it gets the empty answer, which means "not supported".  */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cpu/probe.h"
#include "debug/commands.h"
#include "debug/gdb.h"
#include "machine/machine.h"

enum { SIGNAL_INT = 2, SIGNAL_TRAP = 5, SIGNAL_SEGV = 11 };	/* gdb's numbers */

/* ---- numbers and bytes as text ---- */

/* A hexadecimal number of at most eight digits; *s moves behind it.  */
static bool number(const char **s, uint32_t *v)
{
	const char *at = *s;
	unsigned n = strspn(at, "0123456789abcdefABCDEF");
	char digits[9];

	if (!n || n > 8)
		return false;
	memcpy(digits, at, n);
	digits[n] = '\0';
	*v = strtoul(digits, NULL, 16);
	*s = at + n;
	return true;
}

/* "NUMBER,NUMBER" and then `end'.  */
static bool two(const char **s, uint32_t *a, uint32_t *b, char end)
{
	if (!number(s, a) || **s != ',')
		return false;
	++*s;
	if (!number(s, b) || **s != end)
		return false;
	return true;
}

static void to_hex(char *out, const uint8_t *in, size_t n)
{
	for (size_t i = 0; i < n; i++)
		sprintf(out + 2 * i, "%02x", in[i]);
}

/* n bytes of two digits each; false if it is not exactly those.  */
static bool from_hex(uint8_t *out, const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		char digits[3] = { s[2 * i], s[2 * i] ? s[2 * i + 1] : 0, 0 };

		if (strspn(digits, "0123456789abcdefABCDEF") != 2)
			return false;
		out[i] = strtoul(digits, NULL, 16);
	}
	return true;
}

static void answer_ok(struct gdb *g, bool ok)
{
	gdb_answer(g, ok ? "OK" : "E01");
}

/* ---- stops ---- */

static void console(struct gdb *g, const char *text, size_t n)
{
	char hex[2 + 2 * 512];

	while (n) {
		size_t part = n < 512 ? n : 512;

		hex[0] = 'O';
		to_hex(hex + 1, (const uint8_t *)text, part);
		gdb_answer_bytes(g, hex, 1 + 2 * part);
		text += part;
		n -= part;
	}
}

/* What a monitor's point has to say.  */
static void tell_point(struct gdb *g, struct point *p)
{
	char *text = NULL;
	size_t size;

	g->monitor.out = open_memstream(&text, &size);
	if (!g->monitor.out)
		return;
	point_tell(&g->monitor, p);
	if (fclose(g->monitor.out) == 0)
		console(g, text, size);
	g->monitor.out = NULL;
	free(text);
}

static const char *watch_name(const struct gdb *g, uint32_t point, bool write)
{
	const struct cpu_watch *w = &g->cpu->watch;

	for (unsigned i = 0; i < w->count; i++)
		if (w->point[i].dr < 0 && w->point[i].at == point && w->point[i].kind == WATCH_ACCESS)
			return "awatch";
	return write ? "watch" : "rwatch";
}

static void tell_where(struct gdb *g, unsigned signal)
{
	const struct machine_stop *m = machine_stopped(g->machine);
	const struct cpu_stop *s = &g->cpu->watch.stop;

	if (m->why == STOPPED_SERVICE)
		gdb_answer(g, "T%02x%s:%x;thread:1;", signal, watch_name(g, m->point, true), m->point);
	else if (m->why == STOPPED_POINT && s->kind == STOP_DATA)
		gdb_answer(g, "T%02x%s:%x;thread:1;", signal, watch_name(g, s->point, s->write),
			   s->at > s->point ? s->at : s->point);
	else if (m->why == STOPPED_POINT && s->kind == STOP_EXEC)
		gdb_answer(g, "T%02xswbreak:;thread:1;", signal);
	else
		gdb_answer(g, "T%02xthread:1;", signal);
}

void gdb_tell_stop(struct gdb *g)
{
	const struct machine_stop *m = machine_stopped(g->machine);
	const char *why = machine_end(g->machine)->why;

	if (g->monitor.hit)
		tell_point(g, g->monitor.hit);
	if (m->why == STOPPED_CRASH) {
		console(g, "the program crashed: ", 21);
		console(g, why, strlen(why));
		console(g, "\n", 1);
		tell_where(g, SIGNAL_SEGV);
	} else {
		tell_where(g, g->asked ? SIGNAL_INT : SIGNAL_TRAP);
	}
}

static void why(struct gdb *g, const char *s, size_t n)
{
	(void)s, (void)n;
	tell_where(g, SIGNAL_TRAP);
}

/* ---- going on ---- */

static void go(struct gdb *g, bool step)
{
	g->told = false;
	if (step)
		machine_step(g->machine);
	else
		machine_continue(g->machine);
}

/* c, s [ADDRESS]; C, S SIGNAL[;ADDRESS]: signals mean nothing to a PC.  */
static void resume(struct gdb *g, const char *s, size_t n)
{
	bool step = s[0] == 's' || s[0] == 'S';
	const char *at = s + 1;
	uint32_t v, ip;

	(void)n;
	if (s[0] == 'C' || s[0] == 'S')
		at = strchrnul(s, ';') + (strchr(s, ';') != NULL);
	if (number(&at, &v)) {
		ip = v - g->cpu->seg[CPU_CS].base;
		if (ip > g->cpu->seg[CPU_CS].limit) {
			answer_ok(g, false);
			return;
		}
		g->cpu->ip = ip;
	}
	go(g, step);
}

/* There is one thread: its is the first action.  */
static void vcont(struct gdb *g, const char *s, size_t n)
{
	char action = n > 6 ? s[6] : 0;

	if (strchr("cCsS", action) && action)
		go(g, action == 's' || action == 'S');
	else
		answer_ok(g, false);
}

static void detach(struct gdb *g, const char *s, size_t n)
{
	(void)s, (void)n;
	gdb_answer(g, "OK");
	g->leaving = true;
}

static void kill_it(struct gdb *g, const char *s, size_t n)
{
	(void)n;
	if (*s == 'v')
		gdb_answer(g, "OK");
	g->killed = true;
}

/* ---- registers and memory ---- */

static void read_all(struct gdb *g, const char *s, size_t n)
{
	char text[GDB_CORE * GDB_REG_MAX * 2 + 1];
	uint8_t v[GDB_REG_MAX];
	size_t at = 0;

	(void)s, (void)n;
	for (unsigned i = 0; i < GDB_CORE; i++) {
		size_t size = gdb_reg_read(g, i, v);

		to_hex(text + at, v, size);
		at += 2 * size;
	}
	gdb_answer_bytes(g, text, at);
}

/* What cannot be set stays; gdb reads it again.  */
static void write_all(struct gdb *g, const char *s, size_t n)
{
	uint8_t v[GDB_REG_MAX], old[GDB_REG_MAX];
	size_t at = 1;

	for (unsigned i = 0; i < GDB_CORE && at < n; i++) {
		size_t size = gdb_reg_read(g, i, old);

		if (!from_hex(v, s + at, size)) {
			answer_ok(g, false);
			return;
		}
		if (memcmp(v, old, size) != 0)
			gdb_reg_write(g, i, v, size);
		at += 2 * size;
	}
	answer_ok(g, true);
}

static void read_one(struct gdb *g, const char *s, size_t n)
{
	uint8_t v[GDB_REG_MAX];
	char text[2 * GDB_REG_MAX + 1];
	uint32_t reg;
	size_t size = 0;

	(void)n;
	s++;
	if (number(&s, &reg))
		size = gdb_reg_read(g, reg, v);
	to_hex(text, v, size);
	if (size)
		gdb_answer_bytes(g, text, 2 * size);
	else
		answer_ok(g, false);
}

static void write_one(struct gdb *g, const char *s, size_t n)
{
	uint8_t v[GDB_REG_MAX];
	uint32_t reg;
	size_t size;

	(void)n;
	s++;
	if (!number(&s, &reg) || *s++ != '=') {
		answer_ok(g, false);
		return;
	}
	size = gdb_reg_read(g, reg, v);
	answer_ok(g, size && from_hex(v, s, size) && gdb_reg_write(g, reg, v, size));
}

static void read_memory(struct gdb *g, const char *s, size_t n)
{
	uint8_t b[GDB_PACKET / 2];
	char text[GDB_PACKET + 1];
	uint32_t at, size;

	(void)n;
	s++;
	if (!two(&s, &at, &size, '\0')) {
		answer_ok(g, false);
		return;
	}
	if (size > sizeof b)
		size = sizeof b;
	size = cpu_peek(g->cpu, at, b, size);
	to_hex(text, b, size);
	if (size)
		gdb_answer_bytes(g, text, 2 * size);
	else
		gdb_answer(g, "E14");
}

static void write_hex(struct gdb *g, const char *s, size_t n)
{
	uint8_t b[GDB_PACKET / 2];
	uint32_t at, size;

	(void)n;
	s++;
	answer_ok(g, two(&s, &at, &size, ':') && size <= sizeof b && from_hex(b, s + 1, size) &&
		     cpu_poke(g->cpu, at, b, size) == size);
}

/* Binary: "}" escapes the byte behind it, which comes with bit 5 flipped.  */
static void write_binary(struct gdb *g, const char *s, size_t n)
{
	const char *end = s + n, *from = s + 1;
	uint8_t b[GDB_PACKET];
	uint32_t at, size, i = 0;

	if (!two(&from, &at, &size, ':') || size > sizeof b) {
		answer_ok(g, false);
		return;
	}
	for (from++; from < end && i < size; from++) {
		if (*from == '}' && ++from == end)
			break;
		b[i++] = from[-1] == '}' ? *from ^ 0x20 : *from;
	}
	answer_ok(g, i == size && from == end && cpu_poke(g->cpu, at, b, size) == size);
}

/* Z and z: 0 and 1 are code, 2 to 4 data.  */
static void point(struct gdb *g, const char *s, size_t n)
{
	static const uint8_t kinds[] = { WATCH_EXEC, WATCH_EXEC, WATCH_WRITE, WATCH_READ, WATCH_ACCESS };
	bool insert = *s == 'Z';
	unsigned type = n > 2 && s[2] == ',' ? (unsigned)s[1] - '0' : 9;
	uint32_t at, len;

	if (type > 4) {
		gdb_answer(g, "%s", "");
		return;
	}
	s += 3;
	len = 0;
	if (!two(&s, &at, &len, '\0') && (!len || *s != ';')) {
		answer_ok(g, false);
		return;
	}
	if (kinds[type] == WATCH_EXEC)
		len = 1;
	/* Inserting twice is inserting once; removing what is not there is none. */
	cpu_watch_remove(g->cpu, kinds[type], at, len);
	answer_ok(g, !insert || cpu_watch_add(g->cpu, kinds[type], at, len));
}

/* ---- questions ---- */

static void supported(struct gdb *g, const char *s, size_t n)
{
	(void)s, (void)n;
	gdb_answer(g, "PacketSize=%x;QStartNoAckMode+;qXfer:features:read+;swbreak+;hwbreak+;"
		      "vContSupported+", GDB_PACKET);
}

static void no_ack(struct gdb *g, const char *s, size_t n)
{
	(void)s, (void)n;
	gdb_answer(g, "OK");
	g->no_ack = true;
}

/* qXfer:features:read:target.xml:OFFSET,LENGTH */
static void features(struct gdb *g, const char *s, size_t n)
{
	char *xml = gdb_target(g), *part;
	const char *at = strrchr(s, ':') + 1;
	uint32_t off, len;
	size_t size;

	(void)n;
	if (!xml || !two(&at, &off, &len, '\0')) {
		free(xml);
		gdb_answer(g, "E00");
		return;
	}
	size = strlen(xml);
	if (off > size)
		off = size;
	if (len > GDB_PACKET - 1)
		len = GDB_PACKET - 1;
	if (len > size - off)
		len = size - off;
	/* The marker goes where the byte before the part is.  */
	part = malloc(len + 1);
	if (part) {
		part[0] = off + len < size ? 'm' : 'l';
		memcpy(part + 1, xml + off, len);
		gdb_answer_bytes(g, part, len + 1);
	}
	free(part);
	free(xml);
}

/* "monitor COMMAND": those of the built-in debugger that only look.  */
static void remote_command(struct gdb *g, const char *s, size_t n)
{
	char line[MONITOR_LINE], *text = NULL;
	size_t size, digits = n - 6;

	if (digits / 2 >= sizeof line || !from_hex((uint8_t *)line, s + 6, digits / 2)) {
		answer_ok(g, false);
		return;
	}
	line[digits / 2] = '\0';
	g->monitor.out = open_memstream(&text, &size);
	if (!g->monitor.out) {
		answer_ok(g, false);
		return;
	}
	if (*expr_blank(line))
		command_do(&g->monitor, expr_blank(line));
	if (fclose(g->monitor.out) == 0)
		console(g, text, size < GDB_PACKET / 2 ? size : GDB_PACKET / 2);
	g->monitor.out = NULL;
	free(text);
	answer_ok(g, true);
}

static void say_ok(struct gdb *g, const char *s, size_t n)
{
	(void)s, (void)n;
	answer_ok(g, true);
}

/* ---- the table ---- */

static const struct {
	const char *begin;
	void (*serve)(struct gdb *g, const char *s, size_t n);
	const char *answer;		/* instead of serve */
} packets[] = {
	{ "?", why, NULL },
	{ "c", resume, NULL }, { "C", resume, NULL }, { "s", resume, NULL }, { "S", resume, NULL },
	{ "D", detach, NULL }, { "k", kill_it, NULL }, { "vKill", kill_it, NULL },
	{ "g", read_all, NULL }, { "G", write_all, NULL },
	{ "p", read_one, NULL }, { "P", write_one, NULL },
	{ "m", read_memory, NULL }, { "M", write_hex, NULL }, { "X", write_binary, NULL },
	{ "Z", point, NULL }, { "z", point, NULL },
	{ "H", say_ok, NULL }, { "T", say_ok, NULL },
	{ "vCont?", NULL, "vCont;c;C;s;S" }, { "vCont;", vcont, NULL },
	{ "qSupported", supported, NULL }, { "QStartNoAckMode", no_ack, NULL },
	{ "qXfer:features:read:target.xml:", features, NULL },
	{ "qRcmd,", remote_command, NULL },
	{ "qAttached", NULL, "1" }, { "qCRC", NULL, "" }, { "qC", NULL, "QC1" },
	{ "qfThreadInfo", NULL, "m1" }, { "qsThreadInfo", NULL, "l" },
	{ "qSymbol", NULL, "OK" },
};

void gdb_packet(struct gdb *g, char *s, size_t n)
{
	for (unsigned i = 0; i < sizeof packets / sizeof packets[0]; i++) {
		if (strncmp(s, packets[i].begin, strlen(packets[i].begin)) != 0)
			continue;
		if (packets[i].serve)
			packets[i].serve(g, s, n);
		else
			gdb_answer(g, "%s", packets[i].answer);
		return;
	}
	gdb_answer(g, "%s", "");
}
