/* dos_kernel.h - a kernel that has been booted, without a CPU: what would be
 * executed is only ever a gate's HLT.  Its drive C: is a table of files; the
 * first program is \ROOT.COM.  The test plays the programs.  */

#ifndef DOS_KERNEL_H
#define DOS_KERNEL_H

#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "bus/bus.h"
#include "cpu/cpu.h"
#include "dos/boot.h"
#include "dos/int21.h"
#include "dos/layout.h"
#include "drive/mem.h"
#include "guest/guest.h"
#include "suite.h"

#define MAX_FILES 8

static struct cpu cpu;
static struct bus bus;
static struct guest guest;
static struct dos dos;
static struct drive drives[DRIVE_LETTERS], no_streams;
static struct mem_file files[MAX_FILES];
static unsigned file_count;
static char screen[4096], crash[512];
static const struct dos_setver *versions;
static unsigned version_count;
static int off_code;			/* -1: still on */
static int off_how;

void cpu_load_real(struct cpu *c, enum cpu_seg seg, uint16_t sel)
{
	c->seg[seg] = (struct cpu_segment){ .sel = sel, .base = sel * 16u };
}

static inline uint16_t reg(enum cpu_reg r) { return cpu_get16(&cpu, r); }
static inline void set(enum cpu_reg r, uint16_t v) { cpu_set16(&cpu, r, v); }
static inline uint16_t seg(enum cpu_seg s) { return cpu.seg[s].sel; }
static inline void load(enum cpu_seg s, uint16_t v) { cpu_load_real(&cpu, s, v); }
static inline uint16_t peek(uint16_t s, uint16_t o) { return guest_r16(&guest, s, o); }
static inline uint8_t peek8(uint16_t s, uint16_t o) { return guest_r8(&guest, s, o); }

/* The keyboard's ring, empty, as the BIOS leaves it.  */
static inline void empty_ring(void)
{
	guest_w16(&guest, 0x40, 0x1a, 0x1e);
	guest_w16(&guest, 0x40, 0x1c, 0x1e);
	guest_w16(&guest, 0x40, 0x80, 0x1e);
	guest_w16(&guest, 0x40, 0x82, 0x3e);
}

static inline void key(uint8_t ascii)
{
	uint16_t tail = peek(0x40, 0x1c);

	guest_w16(&guest, 0x40, tail, ascii);
	guest_w16(&guest, 0x40, 0x1c, tail + 2 == 0x3e ? 0x1e : tail + 2);
}

static void teletype(void *ctx, uint8_t ch)
{
	size_t n = strlen(screen);

	(void)ctx;
	if (n + 1 < sizeof screen)
		screen[n] = ch;
}

static void switched_off(void *ctx, uint8_t code, uint8_t how)
{
	(void)ctx;
	off_code = code;
	off_how = how;
}

static void crashed(void *ctx, const char *why)
{
	(void)ctx;
	snprintf(crash, sizeof crash, "%s", why);
}

/* Execute gates for as long as CS:IP is at one.  False: a service waits.  */
static bool run_gates(void)
{
	while (seg(CPU_CS) == GUEST_ROM_SEG && cpu.ip >= GUEST_GATE_OFF) {
		cpu.ip++;
		if (!guest_serve(&guest))
			return false;
	}
	return true;
}

static bool interrupt(uint8_t n)
{
	struct far to = guest_rfar(&guest, 0, n * 4);
	uint16_t sp = reg(CPU_SP) - 6;

	guest_w16(&guest, seg(CPU_SS), sp, cpu.ip);
	guest_w16(&guest, seg(CPU_SS), sp + 2, seg(CPU_CS));
	guest_w16(&guest, seg(CPU_SS), sp + 4, cpu.flags);
	set(CPU_SP, sp);
	load(CPU_CS, to.seg);
	cpu.ip = to.off;
	return run_gates();
}

/* INT 21h by the current program; true for carry clear.  */
static inline bool int21(uint16_t ax)
{
	cpu.flags &= ~(uint32_t)CPU_CF;
	set(CPU_AX, ax);
	ck_assert(interrupt(0x21));
	return !(cpu.flags & CPU_CF);
}

static inline void add_file(const char *path, const void *data, uint32_t size)
{
	ck_assert_uint_lt(file_count, MAX_FILES);
	files[file_count++] = (struct mem_file){ path, data, size, 0, 0x5000 };
}

static inline void begin_files(void)
{
	static const uint8_t ret = 0xc3;

	file_count = 0;
	add_file("\\ROOT.COM", &ret, 1);
}

static uint16_t low_kb = 640;		/* what the BIOS says there is */

/* Up to the first instruction of the first program.  */
static void boot(void)
{
	struct error err;

	ck_assert(bus_init(&bus, 0x200000, &err));
	ck_assert_msg(mem_mount(&drives[2], "TEST", files, file_count, &err), "%s", err.text);
	cpu = (struct cpu){ .model = CPU_80486 };
	guest_init(&guest, &cpu, &bus);
	dos = (struct dos){
		.config = {
			.version_major = 6, .version_minor = 22, .country = 1, .code_page = 437,
			.setver = versions, .setver_count = version_count,
			.files = 20, .fcbs = 4, .lastdrive = 26, .buffers = 20,
			.config_sys = true, .boot_drive = 'C', .current_drive = 'C', .current_dir = "\\",
			.shell = "C:\\ROOT.COM", .shell_tail = " one two",
			.environment = "PATH=C:\\\0A=1\0", .environment_size = 14,
			.std_is_con = { true, true, true },
		},
		.off = switched_off, .crashed = crashed, .teletype = teletype,
	};
	off_code = -1;
	memset(screen, 0, sizeof screen);
	crash[0] = '\0';
	guest_w16(&guest, 0, 0x413, low_kb);
	for (unsigned n = 0; n < 0x20; n++)
		guest_wfar(&guest, 0, n * 4, guest_gate_far(n));
	dos_init(&dos, &guest, &bus, drives, &no_streams);
	load(CPU_SS, 0);
	set(CPU_SP, 0x7c00);
	load(CPU_CS, GUEST_ROM_SEG);
	cpu.ip = GUEST_GATE_OFF + GATE_DOS_BOOT;
	run_gates();
}

static void shut_down(void)
{
	drive_unmount(&drives[2]);
	bus_fini(&bus);
}

#endif
