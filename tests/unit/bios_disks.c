/* bios_disks.c - INT 13h on disks that are files: a diskette of 1.44 MB and a hard disk
 * of 100 MB.  */

#include "bios_rig.h"
#include "image_room.h"

#define BUF_SEG		0x4000
#define HARD_SECTORS	204800

static char hard_path[64];
static struct image hard;
static uint64_t wrote_first, wrote_count;

static void note_write(void *ctx, struct image *im, uint64_t first, uint64_t count)
{
	(void)ctx, (void)im;
	wrote_first = first;
	wrote_count = count;
}

static void plug_disks(void)
{
	new_file();
	strcpy(hard_path, image_path);
	file_size((uint64_t)HARD_SECTORS * 512);
	image_opens(false);
	hard = image;
	new_file();
	file_size(2880 * 512);
	image_opens(true);
	hard.wrote = image.wrote = note_write;
	power_on();
	bios.floppy[0] = &image;
	bios.hard[0] = &hard;
	bios_reset(&bios);
	far_jump(0xf000, 0xfff0);
	run_until(sched.now + VTIME_SECOND, true);
	ck_assert(at_home());
	cpu_load_real(&cpu, CPU_SS, 0x3000);
	set_reg(CPU_SP, 0x800);
	cpu_load_real(&cpu, CPU_ES, BUF_SEG);
	cpu_load_real(&cpu, CPU_DS, BUF_SEG);
}

static void unplug_disks(void)
{
	power_off();
	no_file();
	image_close(&hard);
	unlink(hard_path);
}

static uint8_t status(void)
{
	ck_assert_uint_eq(carry(), reg(CPU_AX) >> 8 != 0);
	return reg(CPU_AX) >> 8;
}

/* Answers AH.  */
static uint8_t disk(uint16_t ax, uint16_t cx, uint16_t dx)
{
	set_reg(CPU_AX, ax);
	set_reg(CPU_BX, 0);
	set_reg(CPU_CX, cx);
	set_reg(CPU_DX, dx);
	call(0x13);
	return status();
}

static void fill(uint8_t with, unsigned sectors)
{
	for (unsigned i = 0; i < sectors * 512; i++)
		guest_w8(&guest, BUF_SEG, i, with);
}

static uint8_t file_byte(const struct image *im, uint64_t sector)
{
	uint8_t b = 0;

	ck_assert_int_eq(pread(im->fd, &b, 1, sector * 512), 1);
	return b;
}

START_TEST(power_on_tells_of_them)
{
	struct far t = guest_rfar(&guest, 0, 0x41 * 4), floppy = guest_rfar(&guest, 0, 0x1e * 4);

	ck_assert_uint_eq(bda16(0x10) & 0xc1, 0x01);
	ck_assert_uint_eq(bda8(0x75), 1);
	ck_assert_uint_eq(rtc.byte[0x10], 0x40);
	ck_assert_uint_eq(rtc.byte[0x12], 0xf0);
	ck_assert_uint_eq(guest_r16(&guest, t.seg, t.off), 203);
	ck_assert_uint_eq(guest_r8(&guest, t.seg, t.off + 2), 16);
	ck_assert_uint_eq(guest_r8(&guest, t.seg, t.off + 14), 63);
	ck_assert_uint_eq(guest_rfar(&guest, 0, 0x46 * 4).seg, 0);
	ck_assert_uint_eq(guest_r8(&guest, floppy.seg, floppy.off + 4), 18);
}
END_TEST

START_TEST(parameters_are_the_disks)
{
	ck_assert_uint_eq(disk(0x0800, 0, 0x0000), 0);
	ck_assert_uint_eq(reg(CPU_CX), 79 << 8 | 18);
	ck_assert_uint_eq(reg(CPU_DX), 1 << 8 | 1);
	ck_assert_uint_eq(reg(CPU_BX) & 0xff, 4);
	ck_assert_uint_eq(guest_r8(&guest, cpu.seg[CPU_ES].sel, reg(CPU_DI) + 4), 18);
	ck_assert_uint_eq(disk(0x0800, 0, 0x0080), 0);
	ck_assert_uint_eq(reg(CPU_CX), 202 << 8 | 63);
	ck_assert_uint_eq(reg(CPU_DX), 15 << 8 | 1);
	ck_assert_uint_eq(disk(0x0800, 0, 0x0081), 7);
	ck_assert_uint_eq(reg(CPU_DX), 1);
	set_reg(CPU_AX, 0x1500);
	set_reg(CPU_DX, 0x80);
	call(0x13);
	ck_assert_uint_eq(reg(CPU_AX) >> 8, 3);
	ck_assert_uint_eq((uint32_t)reg(CPU_CX) << 16 | reg(CPU_DX), 203 * 16 * 63);
	set_reg(CPU_AX, 0x1500);
	set_reg(CPU_DX, 0);
	call(0x13);
	ck_assert_uint_eq(reg(CPU_AX) >> 8, 2);
}
END_TEST

START_TEST(sectors_are_where_cylinder_head_and_sector_say)
{
	fill(0x5a, 3);
	ck_assert_uint_eq(disk(0x0303, 0x0102, 0x0180), 0);	/* cylinder 1, head 1, sector 2 */
	ck_assert_uint_eq(reg(CPU_AX) & 0xff, 3);
	ck_assert_uint_eq(file_byte(&hard, (1 * 16 + 1) * 63 + 1), 0x5a);
	ck_assert_uint_eq(file_byte(&hard, (1 * 16 + 1) * 63 + 4), 0);
	ck_assert_uint_eq(wrote_first, (1 * 16 + 1) * 63 + 1);
	ck_assert_uint_eq(wrote_count, 3);
	fill(0, 3);
	ck_assert_uint_eq(disk(0x0203, 0x0102, 0x0180), 0);
	ck_assert_uint_eq(guest_r8(&guest, BUF_SEG, 3 * 512 - 1), 0x5a);
	fill(0x33, 1);
	ck_assert_uint_eq(disk(0x0301, 0x4f12, 0x0100), 0);	/* a diskette's last */
	ck_assert_uint_eq(file_byte(&image, 2879), 0x33);
	ck_assert_uint_eq(disk(0x0401, 0x4f12, 0x0100), 0);
}
END_TEST

START_TEST(what_is_not_on_the_disk_is_not_found)
{
	ck_assert_uint_eq(disk(0x0201, 0x0013, 0x0000), 4);	/* sector 19 */
	ck_assert_uint_eq(disk(0x0201, 0x0000, 0x0000), 4);	/* sector 0 */
	ck_assert_uint_eq(disk(0x0201, 0x5001, 0x0000), 4);	/* cylinder 80 */
	ck_assert_uint_eq(disk(0x0201, 0x0001, 0x0200), 4);
	ck_assert_uint_eq(disk(0x0203, 0x0011, 0x0100), 4);	/* over the end of the cylinder */
	ck_assert_uint_eq(reg(CPU_AX) & 0xff, 2);
	ck_assert_uint_eq(disk(0x0201, 0xcb01, 0x0080), 4);	/* cylinder 203 */
	ck_assert_uint_eq(bda8(0x74), 4);
	ck_assert_uint_eq(disk(0x0100, 0, 0x0080), 4);
	ck_assert_uint_eq(disk(0x0200, 0x0001, 0x0080), 1);
	ck_assert_uint_eq(disk(0x0281, 0x0001, 0x0080), 1);
	ck_assert_uint_eq(disk(0x0201, 0x0001, 0x0081), 1);
	ck_assert_uint_eq(disk(0x0201, 0x0001, 0x0001), 0x80);
	ck_assert_uint_eq(bda8(0x41), 0x80);
	ck_assert_uint_eq(disk(0x0600, 0x0001, 0x0080), 1);
	ck_assert_uint_eq(disk(0x0a01, 0x0001, 0x0080), 1);
}
END_TEST

START_TEST(dma_does_not_leave_its_64_kilobytes)
{
	cpu_load_real(&cpu, CPU_ES, 0x4fe1);	/* 1F0h bytes before 50000h */
	ck_assert_uint_eq(disk(0x0201, 0x0001, 0x0000), 9);
	cpu_load_real(&cpu, CPU_ES, 0x4fe0);
	ck_assert_uint_eq(disk(0x0201, 0x0001, 0x0000), 0);
	ck_assert_uint_eq(disk(0x0280, 0x0001, 0x0080), 0);	/* no DMA: 64 KB at once */
	set_reg(CPU_AX, 0x0280);
	set_reg(CPU_BX, 1);
	call(0x13);
	ck_assert_uint_eq(status(), 9);
}
END_TEST

START_TEST(a_protected_disk_is_not_written)
{
	image.read_only = true;
	ck_assert_uint_eq(disk(0x0301, 0x0001, 0x0000), 3);
	ck_assert_uint_eq(disk(0x0500, 0x0001, 0x0000), 3);
	hard.read_only = true;
	ck_assert_uint_eq(disk(0x0301, 0x0001, 0x0080), 0xcc);
}
END_TEST

START_TEST(a_diskette_is_formatted_as_was_chosen)
{
	for (unsigned i = 0; i < 9; i++) {
		guest_w16(&guest, BUF_SEG, 4 * i, 0);
		guest_w16(&guest, BUF_SEG, 4 * i + 2, 0x0200 | (i + 1));
	}
	ck_assert_uint_eq(disk(0x0500, 0x0001, 0x0000), 1);	/* nine of eighteen sectors */
	ck_assert_uint_eq(disk(0x1800, 0x4f24, 0x0000), 0x0c);	/* 2.88 MB */
	ck_assert_uint_eq(disk(0x1800, 0x4f09, 0x0000), 0);
	cpu_load_real(&cpu, CPU_ES, BUF_SEG);
	ck_assert_uint_eq(disk(0x0500, 0x0001, 0x0000), 0);
	ck_assert_uint_eq(file_byte(&image, 0), 0xf6);
	ck_assert_uint_eq(file_byte(&image, 8), 0xf6);
	ck_assert_uint_eq(file_byte(&image, 9), 0);
	ck_assert_uint_eq(disk(0x0201, 0x000a, 0x0000), 4);
	ck_assert_uint_eq(disk(0x0500, 0x5001, 0x0000), 1);	/* the list is another track's */
}
END_TEST

START_TEST(the_motor_runs_and_stops)
{
	ck_assert_uint_eq(disk(0x0201, 0x0501, 0x0000), 0);
	ck_assert_uint_eq(bda8(0x3f) & 0x0f, 1);
	ck_assert_uint_eq(bda8(0x40), 37);
	ck_assert_uint_eq(bda8(0x90), 0x17);
	ck_assert_uint_eq(bda8(0x94), 5);
	pass(38 * 55);
	ck_assert_uint_eq(bda8(0x3f) & 0x0f, 0);
}
END_TEST

/* A packet at DS:0.  */
static uint8_t packet(uint8_t ah, uint16_t count, uint16_t seg, uint16_t off, uint64_t sector)
{
	guest_w16(&guest, BUF_SEG, 0, 0x10);
	guest_w16(&guest, BUF_SEG, 2, count);
	guest_w16(&guest, BUF_SEG, 4, off);
	guest_w16(&guest, BUF_SEG, 6, seg);
	guest_w32(&guest, BUF_SEG, 8, sector);
	guest_w32(&guest, BUF_SEG, 12, sector >> 32);
	set_reg(CPU_AX, ah << 8);
	set_reg(CPU_DX, 0x80);
	set_reg(CPU_SI, 0);
	call(0x13);
	return status();
}

static uint16_t packet_count(void)
{
	return guest_r16(&guest, BUF_SEG, 2);
}

START_TEST(extensions_know_every_sector)
{
	call_with(0x13, 0x4100, 0x55aa, 0, 0x80);
	ck_assert(!carry());
	ck_assert_uint_eq(reg(CPU_BX), 0xaa55);
	ck_assert(reg(CPU_CX) & 1);
	guest_w8(&guest, 0x6000, 0, 0x77);
	ck_assert_uint_eq(packet(0x43, 1, 0x6000, 0, HARD_SECTORS - 1), 0);
	ck_assert_uint_eq(file_byte(&hard, HARD_SECTORS - 1), 0x77);
	ck_assert_uint_eq(packet(0x42, 1, 0x7000, 0, HARD_SECTORS - 1), 0);
	ck_assert_uint_eq(guest_r8(&guest, 0x7000, 0), 0x77);
	ck_assert_uint_eq(packet(0x44, 5, 0, 0, 0), 0);
	ck_assert_uint_eq(packet_count(), 5);
	ck_assert_uint_eq(packet(0x42, 2, 0x7000, 0, HARD_SECTORS - 1), 4);
	ck_assert_uint_eq(packet_count(), 0);
	ck_assert_uint_eq(packet(0x42, 1, 0x7000, 0, UINT64_MAX), 4);
	ck_assert_uint_eq(packet(0x42, 0x80, 0x7000, 0, 0), 1);
	ck_assert_uint_eq(packet(0x42, 0x7f, 0x7000, 0x0f, 0), 0);
	ck_assert_uint_eq(packet(0x47, 1, 0, 0, HARD_SECTORS), 0x40);
	ck_assert_uint_eq(packet(0x46, 1, 0, 0, 0), 0xb2);
	guest_w16(&guest, BUF_SEG, 0, 0x1a);
	ck_assert_uint_eq(disk(0x4800, 0, 0x0080), 0);
	ck_assert_uint_eq(guest_r32(&guest, BUF_SEG, 0x10), HARD_SECTORS);
	ck_assert_uint_eq(guest_r16(&guest, BUF_SEG, 0x18), 512);
	call_with(0x13, 0x4100, 0x55aa, 0, 0);
	ck_assert(carry());
}
END_TEST

START_TEST(another_diskette_is_told_once)
{
	ck_assert_uint_eq(disk(0x1600, 0, 0x0000), 0);
	image.changed = true;
	ck_assert_uint_eq(disk(0x1600, 0, 0x0000), 6);
	ck_assert_uint_eq(disk(0x1600, 0, 0x0000), 0);
	image.changed = true;
	ck_assert_uint_eq(disk(0x0201, 0x0001, 0x0000), 6);
	ck_assert_uint_eq(disk(0x0201, 0x0001, 0x0000), 0);
	image.changed = true;
	image.drive = 1;		/* has no change line */
	ck_assert_uint_eq(disk(0x0201, 0x0001, 0x0000), 0);
}
END_TEST

static unsigned hooked;

static enum svc hook(void *room, struct guest *g)
{
	(void)room;
	hooked = cpu_get16(g->cpu, CPU_AX);
	guest_set_flag(g, CPU_CF, true);
	cpu_set16(g->cpu, CPU_AX, 0x7700);
	return SVC_DONE;
}

static void hook_vector(uint8_t n)
{
	hooked = 0;
	guest_offer(&guest, 0x7e, hook, NULL);
	guest_wfar(&guest, 0, n * 4, guest_gate_far(0x7e));
}

START_TEST(diskettes_go_through_int_40h)
{
	hook_vector(0x40);
	ck_assert_uint_eq(disk(0x0201, 0x0001, 0x0000), 0x77);
	ck_assert_uint_eq(hooked, 0x0201);
	ck_assert_uint_eq(disk(0x0201, 0x0001, 0x0080), 0);
}
END_TEST

START_TEST(a_multitasker_hears_of_it)
{
	hook_vector(0x15);
	ck_assert_uint_eq(disk(0x0201, 0x0001, 0x0000), 0);
	ck_assert_uint_eq(hooked, 0x9001);
	ck_assert_uint_eq(disk(0x0201, 0x0001, 0x0080), 0);
	ck_assert_uint_eq(hooked, 0x9000);
}
END_TEST

START_TEST(int_19h_and_a_jump_to_post_are_restarts)
{
	unsigned before = resets;

	interrupt(0x19);
	step();
	ck_assert_uint_eq(resets, before + 1);
	far_jump(0xf000, 0xfff0);
	step(), step();
	ck_assert_uint_eq(resets, before + 2);
}
END_TEST

int main(void)
{
	return suite_run_each("disks", plug_disks, unplug_disks, (const TTest *[]){
		power_on_tells_of_them, parameters_are_the_disks,
		sectors_are_where_cylinder_head_and_sector_say, what_is_not_on_the_disk_is_not_found,
		dma_does_not_leave_its_64_kilobytes, a_protected_disk_is_not_written,
		a_diskette_is_formatted_as_was_chosen, the_motor_runs_and_stops,
		extensions_know_every_sector, another_diskette_is_told_once, diskettes_go_through_int_40h,
		a_multitasker_hears_of_it, int_19h_and_a_jump_to_post_are_restarts,
		NULL });
}
