/* dos_device.c - device control, drivers that are told, and drives that
 * leave it to the user.  */

#include "dos_room.h"

/* --- drives that are not ready ----------------------------------------------- */

static struct drive_ops bad_ops;
static unsigned refusals;		/* still to come */
static uint8_t answer;			/* of INT 24h: AL */
static unsigned asked;

static enum dos_error not_ready(void *disk, const char *path, unsigned mode, uint8_t attr,
				drive_file *f, enum drive_did *did)
{
	if (refusals) {
		refusals--;
		return DOS_NOT_READY;
	}
	return room_c.d.ops->open(disk, path, mode, attr, f, did);
}

static enum svc int24(void *room, struct guest *g)
{
	(void)room;
	asked++;
	cpu_set8(g->cpu, 0, answer);
	return SVC_DONE;
}

static void spoil_drive_c(void)
{
	host_file(&room_c, "f", "text");
	bad_ops = *room_c.d.ops;
	bad_ops.open = not_ready;
	drives[2].ops = &bad_ops;
	asked = 0;
	guest_offer(&guest, 0x24, int24, NULL);
	guest_wfar(&guest, 0, 0x24 * 4, guest_gate_far(0x24));
}

START_TEST(a_drive_that_is_not_ready_is_tried_again_if_the_user_says_so)
{
	spoil_drive_c();
	refusals = 2;
	answer = 1;
	succeeds(0x3d00, 0, "f");
	ck_assert_uint_eq(asked, 2);
	ck_assert_uint_eq(ax(), 0);
}
END_TEST

START_TEST(a_call_that_the_user_fails_ends_with_an_error_and_no_handle)
{
	spoil_drive_c();
	refusals = 1;
	answer = 3;
	fails_with(5, 0x3d00, 0, "f");
	ck_assert_uint_eq(asked, 1);
	ck_assert_uint_eq(guest_r16(&guest, ROOM_SFT, SFTB_ENTRIES + SFT_REFS), 0);
}
END_TEST

START_TEST(an_extended_open_may_ask_for_the_error_instead)
{
	spoil_drive_c();
	refusals = 1;
	cpu_set16(&cpu, CPU_SI, name("f"));
	ck_assert(!int21_bx(0x6c00, 0x2000, 0, 1));
	ck_assert_uint_eq(asked, 0);
}
END_TEST

/* --- a driver ------------------------------------------------------------------ */

/* Its header lies beside the gates, so that its routines can be two.  */
enum { HEADER = 0x100, GATE_STRATEGY = 0xb0, GATE_INTERRUPT = 0xb1 };

static uint8_t rom[0x10000];
static uint8_t commands[20];
static unsigned command_count;
static struct far request;

static enum svc strategy(void *room, struct guest *g)
{
	(void)room;
	request = (struct far){ cpu_get16(g->cpu, CPU_BX), g->cpu->seg[CPU_ES].sel };
	return SVC_DONE;
}

static enum svc interrupt(void *room, struct guest *g)
{
	uint8_t command = guest_r8(g, request.seg, request.off + REQ_COMMAND);
	struct far buffer = guest_rfar(g, request.seg, request.off + REQ_BUFFER);
	uint16_t status = STATUS_DONE;

	(void)room;
	ck_assert_uint_lt(command_count, sizeof commands);
	commands[command_count++] = command;
	if (command == CMD_IOCTL_READ) {
		guest_copy_out(g, buffer.seg, buffer.off, "state", 5);
		guest_w16(g, request.seg, request.off + REQ_COUNT, 5);
	}
	if (command == CMD_IN_STATUS)
		status |= STATUS_BUSY;
	if (command == CMD_IOCTL_WRITE)
		status |= STATUS_ERROR | 3;
	guest_w16(g, request.seg, request.off + REQ_STATUS, status);
	return SVC_DONE;
}

static void install_driver(uint16_t attr)
{
	command_count = 0;
	bus_map_ram(&bus, GUEST_ROM_SEG * 16, sizeof rom, rom, PAGE_WRITABLE);
	guest_offer_far(&guest, GATE_STRATEGY, strategy, NULL);
	guest_offer_far(&guest, GATE_INTERRUPT, interrupt, NULL);
	dos_device((struct far){ HEADER, GUEST_ROM_SEG }, dev_builtin(DEV_CON), DEV_CHARACTER | attr,
		   "MYDEV   ");
	guest_w16(&guest, GUEST_ROM_SEG, HEADER + DEV_STRATEGY, GUEST_GATE_OFF + GATE_STRATEGY);
	guest_w16(&guest, GUEST_ROM_SEG, HEADER + DEV_INTERRUPT, GUEST_GATE_OFF + GATE_INTERRUPT);
	guest_wfar(&guest, DOS_SEG, AT_NUL, (struct far){ HEADER, GUEST_ROM_SEG });
}

static uint16_t open_driver(uint16_t attr)
{
	install_driver(attr);
	succeeds(0x3d02, 0, "mydev");
	return ax();
}

START_TEST(a_driver_is_told_of_the_open_and_of_the_last_close)
{
	uint16_t h = open_driver(DEV_OPEN_CLOSE);

	ck_assert(int21_bx(0x4500, h, 0, 0));
	ck_assert(int21_bx(0x3e00, ax(), 0, 0));
	ck_assert_uint_eq(command_count, 1);
	ck_assert(int21_bx(0x3e00, h, 0, 0));
	ck_assert_uint_eq(command_count, 2);
	ck_assert_uint_eq(commands[0], CMD_OPEN);
	ck_assert_uint_eq(commands[1], CMD_CLOSE);
}
END_TEST

START_TEST(control_strings_go_to_the_driver_and_back)
{
	uint16_t h = open_driver(DEV_IOCTL);

	ck_assert(int21_bx(0x4400, h, 0, 0));
	ck_assert_uint_eq(cpu_get16(&cpu, CPU_DX), 0xc0c0);
	text_at(0x900, "xxxxxxx");
	ck_assert(int21_bx(0x4402, h, 7, 0x900));
	ck_assert_uint_eq(ax(), 5);
	ck_assert_str_eq(string_at(ROOM_DATA, 0x900), "statexx");
	ck_assert(!int21_bx(0x4403, h, 7, 0x900));
	ck_assert_uint_eq(ax(), 1);
	ck_assert(int21_bx(0x4406, h, 0, 0));
	ck_assert_uint_eq(ax() & 0xff, 0);
	ck_assert(int21_bx(0x4407, h, 0, 0));
	ck_assert_uint_eq(ax() & 0xff, 0xff);
}
END_TEST

START_TEST(a_driver_without_control_is_not_asked)
{
	uint16_t h = open_driver(0);

	ck_assert(!int21_bx(0x4402, h, 7, 0x900) && ax() == 1);
	ck_assert(!int21_bx(0x440c, h, 0x0345, 0x900) && ax() == 1);
	ck_assert_uint_eq(command_count, 0);
}
END_TEST

START_TEST(raw_mode_is_set_for_devices_only)
{
	uint16_t h = open_driver(0);

	ck_assert(int21_bx(0x4401, h, 0, 0xe0));
	ck_assert(int21_bx(0x4400, h, 0, 0));
	ck_assert_uint_eq(cpu_get16(&cpu, CPU_DX) & 0xff, 0xe0);
	ck_assert(!int21_bx(0x4401, h, 0, 0x1e0) && ax() == 13);
}
END_TEST

START_TEST(drives_tell_what_they_are)
{
	ck_assert(int21_bx(0x4408, 3, 0, 0));
	ck_assert_uint_eq(ax(), 1);
	ck_assert(!int21_bx(0x4408, 9, 0, 0) && ax() == 15);
	ck_assert(int21_bx(0x4409, 3, 0, 0));
	ck_assert_uint_eq(cpu_get16(&cpu, CPU_DX) & 0x9000, 0);
	dos_drive(4, "D:\\", CDS_PHYSICAL | CDS_SUBST, 2);
	ck_assert(int21_bx(0x4409, 5, 0, 0));
	ck_assert_uint_eq(cpu_get16(&cpu, CPU_DX) & 0x8000, 0x8000);
	ck_assert(int21_bx(0x440d, 3, 0x0866, 0x900));
	ck_assert_int_eq(strncmp(string_at(ROOM_DATA, 0x906) + 11, "FAT16   ", 8), 0);
	ck_assert(int21_bx(0x440d, 3, 0x0860, 0x900));
	ck_assert_uint_eq(guest_r16(&guest, ROOM_DATA, 0x907), 512);
	ck_assert(!int21_bx(0x440d, 3, 0x0842, 0x900) && ax() == 1);
	ck_assert(int21_bx(0x4411, 3, 0x0860, 0));
	ck_assert(!int21_bx(0x4411, 3, 0x0842, 0) && ax() == 1);
	ck_assert(int21_bx(0x6900, 3, 0, 0x900));
	ck_assert(!int21_bx(0x4412, 3, 0, 0) && ax() == 1);
}
END_TEST

int main(void)
{
	return suite_run_each("dos_device", dos_open_room, dos_close_room, (const TTest *[]){
		a_drive_that_is_not_ready_is_tried_again_if_the_user_says_so,
		a_call_that_the_user_fails_ends_with_an_error_and_no_handle,
		an_extended_open_may_ask_for_the_error_instead,
		a_driver_is_told_of_the_open_and_of_the_last_close,
		control_strings_go_to_the_driver_and_back,
		a_driver_without_control_is_not_asked,
		raw_mode_is_set_for_devices_only,
		drives_tell_what_they_are,
		NULL });
}
