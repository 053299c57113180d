/* shell_room.h - the shell on the real kernel, drives in Linux directories,
 * standard streams in memory; no chips and no BIOS.  shell_run() boots DOS
 * with COMMAND.COM and a command tail, and answers when that has ended.  */

#ifndef SHELL_ROOM_H
#define SHELL_ROOM_H

#include "drive_room.h"

#include "sched/sched.h"
#include "shell_cpu.h"

#include "dos/dos.h"
#include "drive/stdio.h"
#include "shell/shell.h"
#include "state/state.h"

static struct cpu cpu;
static struct sched sched;
static struct bus bus;
static struct guest guest;
static struct dos dos;
static struct shell shell;
static struct drive drives[DRIVE_LETTERS], stdio;
static struct room room_c, room_d;

static struct {
	char tail[128];			/* what COMMAND.COM was started with */
	const char *in;			/* what handle 0 reads */
	char out[65536], err[4096];	/* what was written, CR taken out */
	size_t out_n, err_n;
	int code;			/* ERRORLEVEL; -1: still running */
	const char *environment;
	size_t environment_size;
	unsigned snapshot_every;	/* steps between saving, forgetting and loading; 0 never */
	size_t out_limit;		/* the disk is full after this; 0 never */
	const char *keys;		/* what is typed at the console; NULL: standard input */
	bool stopped;			/* no more keys */
} run;

static svc_fn *on_boot;			/* served at gate 79h, for TSRs of the tests */

static enum dos_error io_read(void *ctx, unsigned stream, void *buf, size_t *n)
{
	size_t there = strlen(run.in);

	(void)ctx, (void)stream;
	*n = *n < there ? *n : there;
	memcpy(buf, run.in, *n);
	run.in += *n;
	return DOS_OK;
}

static enum dos_error io_write(void *ctx, unsigned stream, const void *buf, size_t *n)
{
	char *to = stream == 2 ? run.err : run.out;
	size_t *have = stream == 2 ? &run.err_n : &run.out_n;
	size_t size = stream == 2 ? sizeof run.err : sizeof run.out;
	const char *from = buf;

	(void)ctx;
	if (run.out_limit && stream == 1 && *have + *n > run.out_limit)
		*n = run.out_limit > *have ? run.out_limit - *have : 0;
	for (size_t i = 0; i < *n; i++)
		if (from[i] != '\r' && *have + 1 < size)
			to[(*have)++] = from[i];
	to[*have] = 0;
	return DOS_OK;
}

static bool io_seek(void *ctx, unsigned stream, int64_t by, uint64_t *now, uint64_t *size)
{
	(void)ctx, (void)stream, (void)by, (void)now, (void)size;
	return false;
}

static const struct stdio_ops io_ops = { io_read, io_write, io_seek };

static void machine_off(void *ctx, uint8_t code, uint8_t how)
{
	(void)ctx, (void)how;
	run.code = code;
}

static void machine_crashed(void *ctx, const char *why)
{
	(void)ctx;
	ck_abort_msg("crashed: %s", why);
}

static void machine_teletype(void *ctx, uint8_t ch)
{
	char c = ch;
	size_t n = 1;

	io_write(ctx, 1, &c, &n);
}

static int64_t machine_clock(void *ctx, uint32_t *nanoseconds)
{
	(void)ctx;
	*nanoseconds = 0;
	return 770365320;		/* 1994-05-31 06:22:00 */
}

static void copy_command_com(void)
{
	char command[200];

	snprintf(command, sizeof command, "cp dosroot/c/command.com %s/command.com", room_c.path);
	ck_assert_int_eq(system(command), 0);
}

static void shell_open(void)
{
	memset(&run, 0, sizeof run);
	run.in = "";
	room_open(&room_c);
	room_open(&room_d);
	copy_command_com();
}

static void shell_close(void)
{
	room_close(&room_c);
	room_close(&room_d);
}

/* A program: what it is called, and its code.  */
static inline void program(const struct room *r, const char *name, const void *code, size_t n)
{
	FILE *f = fopen(host(r, name), "w");

	ck_assert(f != NULL);
	fwrite(code, 1, n, f);
	fclose(f);
}

/* A batch file; \n becomes CR LF.  */
static void batch(const struct room *r, const char *name, const char *text)
{
	FILE *f = fopen(host(r, name), "w");

	ck_assert(f != NULL);
	for (; *text; text++) {
		if (*text == '\n')
			fputc('\r', f);
		fputc(*text, f);
	}
	fclose(f);
}

static void through_a_snapshot(void)
{
	struct state st, in;

	state_init_save(&st);
	shell_state(&shell, &st);
	ck_assert_msg(state_ok(&st), "%s", st.error);
	memset(shell.instance, 1, sizeof shell.instance);
	for (unsigned i = 0; i < SHELL_SHELLS; i++)
		shell.instance[i].used = false;
	state_init(&in, STATE_LOAD, st.buf, st.pos);
	shell_state(&shell, &in);
	ck_assert_msg(state_ok(&in), "%s", in.error);
	state_free(&st);
}

/* Vectors of a BIOS that is not there return at once.  */
static void empty_vectors(void)
{
	for (unsigned n = 0; n < 256; n++)
		guest_wfar(&guest, 0, n * 4, guest_gate_far(GATE_IRET));
	/* The console reads the ring itself while nobody has taken these.  */
	guest_wfar(&guest, 0, 0x10 * 4, guest_gate_far(0x10));
	guest_wfar(&guest, 0, 0x16 * 4, guest_gate_far(0x16));
}

/* One key into the BIOS's ring.  In run.keys, \1 and a character is the key
 * with that scan code.  */
static bool press_key(void)
{
	uint16_t at = guest_r16(&guest, 0x40, 0x1c), next = at == 0x3c ? 0x1e : at + 2;
	uint16_t key;

	if (!run.keys || !*run.keys)
		return false;
	key = (uint8_t)*run.keys++;
	if (key == 1)
		key = (uint8_t)*run.keys++ << 8;
	guest_w16(&guest, 0x40, at, key);
	guest_w16(&guest, 0x40, 0x1c, next);
	return true;
}

static bool ring_is_empty(void)
{
	return guest_r16(&guest, 0x40, 0x1a) == guest_r16(&guest, 0x40, 0x1c);
}

static void empty_ring(void)
{
	guest_w16(&guest, 0x40, 0x1a, 0x1e);
	guest_w16(&guest, 0x40, 0x1c, 0x1e);
	guest_w16(&guest, 0x40, 0x80, 0x1e);
	guest_w16(&guest, 0x40, 0x82, 0x3e);
}

static void shell_boot(const char *tail)
{
	struct error err;

	ck_assert(bus_init(&bus, 0x200000, &err));
	cpu = (struct cpu){
		.flags = CPU_IF | 2, .bus = &bus, .model = CPU_80486, .sched = &sched };
	guest_init(&guest, &cpu, &bus);
	ck_assert(stdio_mount(&stdio, &io_ops, NULL, &err));
	memset(drives, 0, sizeof drives);
	drives[2] = room_c.d;
	drives[3] = room_d.d;
	dos = (struct dos){
		.config = {
			.version_major = 6, .version_minor = 22, .country = 1, .code_page = 437,
			.files = 40, .fcbs = 4, .lastdrive = 26, .buffers = 20,
			.boot_drive = 'C', .current_drive = 'D', .current_dir = "\\",
			.shell = "C:\\COMMAND.COM",
			.environment = run.environment ? run.environment : "PATH=C:\\\0",
			.environment_size = run.environment ? run.environment_size : 10,
		},
		.off = machine_off, .crashed = machine_crashed, .teletype = machine_teletype,
		.clock = machine_clock,
	};
	snprintf(dos.config.shell_tail, sizeof dos.config.shell_tail, "%s", tail);
	snprintf(run.tail, sizeof run.tail, "%s", tail);
	guest_w16(&guest, 0x40, 0x13, 640);
	empty_ring();
	for (unsigned i = 0; i < 3 && run.keys; i++)
		dos.config.std_is_con[i] = true;
	empty_vectors();
	dos_init(&dos, &guest, &bus, drives, &stdio);
	shell_init(&shell, &guest);
	if (on_boot)
		guest_offer(&guest, 0x79, on_boot, NULL);
	cpu_load_real(&cpu, CPU_SS, 0x60);
	cpu_set16(&cpu, CPU_SP, 0x100);
	cpu_load_real(&cpu, CPU_CS, GUEST_ROM_SEG);
	cpu.ip = GUEST_GATE_OFF + GATE_DOS_BOOT;
	mini_push(&guest, 0);
	mini_push(&guest, 0);
	run.code = -1;
	run.out_n = run.err_n = 0;
	run.out[0] = run.err[0] = 0;
}

static void shell_run(const char *tail)
{
	unsigned idle = 0;

	shell_boot(tail);
	run.stopped = false;
	for (unsigned long n = 0; run.code < 0 && !run.stopped; n++) {
		ck_assert_msg(n < 4000000, "does not end; so far:\n%s%s", run.out, run.err);
		idle = mini_step(&guest) ? 0 : idle + 1;
		if (idle && guest_waiting(&guest) == GUEST_WAIT_KEY && ring_is_empty())
			run.stopped = !press_key();
		ck_assert_msg(idle < 1000, "waits (%d); so far:\n%s%s", guest_waiting(&guest), run.out,
			      run.err);
		if (run.snapshot_every && n % run.snapshot_every == 0)
			through_a_snapshot();
	}
	drive_unmount(&stdio);
	bus_fini(&bus);
}

static inline void expect_text(const char *what, const char *is, const char *should)
{
	ck_assert_msg(!strcmp(is, should), "COMMAND %s: %s is:\n%s---\nand should be:\n%s---\n(out: %s err: %s)",
		      run.tail, what, is, should, run.out, run.err);
}

static inline void expect_out(const char *text)
{
	expect_text("output", run.out, text);
}

static inline void expect_err(const char *text)
{
	expect_text("standard error", run.err, text);
}

/* COMMAND /C line prints this, and nothing to standard error.  */
static inline void prints(const char *line, const char *text)
{
	char tail[127];

	snprintf(tail, sizeof tail, "/C %s", line);
	shell_run(tail);
	expect_err("");
	expect_out(text);
}

static inline void complains(const char *line, const char *text)
{
	char tail[127];

	snprintf(tail, sizeof tail, "/C %s", line);
	shell_run(tail);
	expect_err(text);
}

#endif
