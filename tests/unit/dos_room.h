/* dos_room.h - the kernel's calls on a Linux directory, without a CPU: the
 * bus, the doorway and the drives are real, the tables of DOS are the few
 * that the file system needs, and INT 21h is a call of the gate.  */

#ifndef DOS_ROOM_H
#define DOS_ROOM_H

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "bus/bus.h"
#include "cpu/cpu.h"
#include "dos/int21.h"
#include "dos/layout.h"
#include "drive_room.h"
#include "guest/guest.h"
#include "suite.h"

enum {
	ROOM_PSP = 0x2000, ROOM_STACK = 0x3000, ROOM_DATA = 0x4000, ROOM_CDS = 0x5000,
	ROOM_SFT = 0x5200, ROOM_FCB = 0x5400, ROOM_DTA = 0x80,
	ROOM_FILES = 10, ROOM_FCBS = 3,
};

static struct cpu cpu;
static struct bus bus;
static struct guest guest;
static struct dos dos;
static struct drive drives[DRIVE_LETTERS], stdio;
static struct room room_c, room_d;

void cpu_load_real(struct cpu *c, enum cpu_seg seg, uint16_t sel)
{
	c->seg[seg] = (struct cpu_segment){ .sel = sel, .base = sel * 16u };
}

static void dos_device(struct far at, struct far next, uint16_t attr, const char *name)
{
	guest_wfar(&guest, at.seg, at.off + DEV_NEXT, next);
	guest_w16(&guest, at.seg, at.off + DEV_ATTR, attr);
	guest_copy_out(&guest, at.seg, at.off + DEV_NAME, name, 8);
}

static void dos_block(uint16_t seg, unsigned count)
{
	guest_wfar(&guest, seg, SFTB_NEXT, (struct far){ 0xffff, 0xffff });
	guest_w16(&guest, seg, SFTB_COUNT, count);
}

static void dos_drive(unsigned n, const char *text, uint16_t flags, uint16_t root)
{
	guest_copy_out(&guest, ROOM_CDS, n * CDS_SIZE, text, strlen(text) + 1);
	guest_w16(&guest, ROOM_CDS, n * CDS_SIZE + CDS_FLAGS, flags);
	guest_w16(&guest, ROOM_CDS, n * CDS_SIZE + CDS_ROOT, root);
}

static void dos_tables(void)
{
	struct far end = { 0xffff, 0xffff };

	lol_wfar(&dos, LOL_CDS, (struct far){ 0, ROOM_CDS });
	lol_w8(&dos, LOL_LASTDRIVE, 6);
	lol_wfar(&dos, LOL_SFT, (struct far){ 0, ROOM_SFT });
	lol_wfar(&dos, LOL_FCB_SFT, (struct far){ 0, ROOM_FCB });
	dos_block(ROOM_SFT, ROOM_FILES);
	dos_block(ROOM_FCB, ROOM_FCBS);
	dos_drive(2, "C:\\", CDS_PHYSICAL, 2);
	dos_drive(3, "D:\\", CDS_PHYSICAL, 2);
	dos_device((struct far){ AT_NUL, DOS_SEG }, dev_builtin(DEV_CON), 0x8004, "NUL     ");
	dos_device(dev_builtin(DEV_CON), end, 0x8013, "CON     ");
	guest_w16(&guest, ROOM_PSP, PSP_JFT_SIZE, PSP_HANDLES);
	guest_wfar(&guest, ROOM_PSP, PSP_JFT_PTR, (struct far){ PSP_JFT, ROOM_PSP });
	for (unsigned i = 0; i < PSP_HANDLES; i++)
		guest_w8(&guest, ROOM_PSP, PSP_JFT + i, 0xff);
	sda_w16(&dos, SDA_PSP, ROOM_PSP);
	sda_w8(&dos, SDA_DRIVE, 2);
	sda_wfar(&dos, SDA_DTA, (struct far){ ROOM_DTA, ROOM_PSP });
}

static void dos_open_room(void)
{
	struct error err;

	ck_assert(bus_init(&bus, 0x200000, &err));
	cpu = (struct cpu){ .flags = CPU_IF };
	guest_init(&guest, &cpu, &bus);
	dos = (struct dos){ .guest = &guest, .bus = &bus, .drive = drives, .stdio = &stdio,
			    .config = { .code_page = 437 } };
	int21_offer(&dos);
	room_open(&room_c);
	room_open(&room_d);
	drives[2] = room_c.d;
	drives[3] = room_d.d;
	dos_tables();
}

static void dos_close_room(void)
{
	room_close(&room_c);
	room_close(&room_d);
	bus_fini(&bus);
}

/* The CPU is at the gate of INT 21h, called from 2000:1234.  DS and ES are
 * ROOM_DATA.  */
static void enter_int21(void)
{
	uint16_t frame[3] = { 0x1234, 0x2000, CPU_IF };

	cpu_load_real(&cpu, CPU_DS, ROOM_DATA);
	cpu_load_real(&cpu, CPU_ES, ROOM_DATA);
	cpu_load_real(&cpu, CPU_SS, ROOM_STACK);
	cpu_set16(&cpu, CPU_SP, 0x800 - sizeof frame);
	guest_copy_out(&guest, ROOM_STACK, 0x800 - sizeof frame, frame, sizeof frame);
	cpu_load_real(&cpu, CPU_CS, GUEST_ROM_SEG);
	cpu.ip = GUEST_GATE_OFF + 0x21 + 1;
}

/* INT 21h with these registers; the others as they are.  Answers true for
 * carry clear.  */
static bool int21_bx(uint16_t ax, uint16_t bx, uint16_t cx, uint16_t dx)
{
	cpu_set16(&cpu, CPU_AX, ax);
	cpu_set16(&cpu, CPU_BX, bx);
	cpu_set16(&cpu, CPU_CX, cx);
	cpu_set16(&cpu, CPU_DX, dx);
	enter_int21();
	ck_assert(guest_serve(&guest));
	while (cpu.seg[CPU_CS].sel == GUEST_ROM_SEG) {	/* gates that it calls */
		cpu.ip++;
		ck_assert(guest_serve(&guest));
	}
	ck_assert_uint_eq(cpu.seg[CPU_CS].sel, 0x2000);	/* it has come back */
	ck_assert_uint_eq(cpu_get16(&cpu, CPU_SP), 0x800);
	return !(cpu.flags & CPU_CF);
}

static inline bool int21(uint16_t ax, uint16_t cx, uint16_t dx)
{
	return int21_bx(ax, cpu_get16(&cpu, CPU_BX), cx, dx);
}

static inline uint16_t ax(void)
{
	return cpu_get16(&cpu, CPU_AX);
}

/* Text at ROOM_DATA:at.  */
static inline uint16_t text_at(uint16_t at, const char *s)
{
	guest_copy_out(&guest, ROOM_DATA, at, s, strlen(s) + 1);
	return at;
}

static inline uint16_t name(const char *s)
{
	return text_at(0x100, s);
}

static inline const char *string_at(uint16_t seg, uint16_t off)
{
	static char buf[300];

	guest_string(&guest, (struct far){ off, seg }, buf, sizeof buf);
	return buf;
}

/* The current directory by 47h or 7147h; 0: of the current drive.  */
static inline const char *current_dir(uint16_t function, uint8_t drive)
{
	cpu_set16(&cpu, CPU_SI, 0x500);
	ck_assert(int21(function, 0, drive));
	return string_at(ROOM_DATA, 0x500);
}

/* A call with a name in DS:DX that must fail with this error.  */
static inline void fails_with(uint16_t error, uint16_t function, uint16_t cx, const char *path)
{
	bool ok = int21(function, cx, name(path));

	ck_assert_msg(!ok, "%04X %s succeeds", function, path);
	ck_assert_msg(ax() == error, "%04X %s: error %u, not %u", function, path, ax(), error);
}

static inline void succeeds(uint16_t function, uint16_t cx, const char *path)
{
	bool ok = int21(function, cx, name(path));

	ck_assert_msg(ok, "%04X %s: error %u", function, path, ax());
}

#endif
