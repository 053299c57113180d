/* dos_volume.c - drives with sectors as DOS shows them: E: is a partition of a hard disk
 * that is a file.  */

#include "dos_room.h"

#include "dos/device.h"
#include "dos/volume.h"
#include "drive/fat.h"
#include "image_room.h"

#define START	63
#define ANSWER	0x800
#define BUFFER	0x1000

static struct volume volume;

static bool medium_read(void *ctx, uint64_t sector, void *buf, size_t count)
{
	size_t done;

	return volume_read(ctx, sector, buf, count, &done) == IMAGE_OK;
}

static bool medium_write(void *ctx, uint64_t sector, const void *buf, size_t count)
{
	size_t done;

	return volume_write(ctx, sector, buf, count, &done) == IMAGE_OK;
}

static void note_write(void *ctx, struct image *im, uint64_t first, uint64_t count)
{
	(void)ctx, (void)im;
	fat_written(&drives[4], first - START, count);
}

static void fixed_date(void *ctx, uint16_t *time, uint16_t *date)
{
	(void)ctx;
	*time = 0;
	*date = 0x2345;
}

/* An empty file system on so many megabytes; 0 bits: none.  */
static void insert(unsigned mb, unsigned bits)
{
	const struct drive_config config = { .code_page = 437, .clock = fixed_date };
	struct fat_medium medium = {
		.ctx = &volume, .read = medium_read, .write = medium_write, .blank = true,
	};
	struct fat_format format = { .bits = bits, .hidden = START, .heads = 16, .track = 63,
				     .media = 0xf8, .serial = 0x12345678 };

	file_size(((uint64_t)mb << 20) + START * 512);
	image_opens(false);
	image.wrote = note_write;
	volume = (struct volume){
		.image = &image, .start = START, .sectors = mb * 2048, .unit = 0x80,
		.type = bits == 32 ? 0x0b : 0x06,
	};
	medium.sectors = volume.sectors;
	if (bits)
		ck_assert_msg(fat_format(&medium, &format, &why), "%s", why.text);
	ck_assert_msg(fat_open(&drives[4], &medium, &config, &why), "%s", why.text);
	drives[4].volume = &volume;
	dos_drive(4, "E:\\", CDS_PHYSICAL, 2);
}

static void open_rooms(void)
{
	new_file();
	dos_open_room();
	absolute_offer(&dos);
	device_offer(&dos);
}

static void close_rooms(void)
{
	drive_unmount(&drives[4]);
	dos_close_room();
	no_file();
}

static uint8_t at8(uint16_t at)
{
	return guest_r8(&guest, ROOM_DATA, at);
}

static uint16_t at16(uint16_t at)
{
	return guest_r16(&guest, ROOM_DATA, at);
}

static uint32_t at32(uint16_t at)
{
	return guest_r32(&guest, ROOM_DATA, at);
}

/* A gate that is called far, as from 2000:1234 with the flags pushed before.  */
static bool far_call(uint8_t gate)
{
	uint16_t frame[3] = { 0x1234, 0x2000, CPU_IF };

	cpu_load_real(&cpu, CPU_DS, ROOM_DATA);
	cpu_load_real(&cpu, CPU_SS, ROOM_STACK);
	cpu_set16(&cpu, CPU_SP, 0x800 - sizeof frame);
	guest_copy_out(&guest, ROOM_STACK, 0x800 - sizeof frame, frame, sizeof frame);
	cpu_load_real(&cpu, CPU_CS, GUEST_ROM_SEG);
	cpu.ip = GUEST_GATE_OFF + gate + 1;
	ck_assert(guest_serve(&guest));
	ck_assert_uint_eq(cpu.seg[CPU_CS].sel, 0x2000);
	ck_assert_uint_eq(cpu_get16(&cpu, CPU_SP), 0x7fe);	/* the flags are still there */
	return !(cpu.flags & CPU_CF);
}

/* INT 25h or 26h; sector FFFFFFFFh in a packet only.  */
static bool absolute(uint8_t n, uint8_t drive, uint32_t sector, uint16_t count, bool large)
{
	guest_w32(&guest, ROOM_DATA, 0x700, sector);
	guest_w16(&guest, ROOM_DATA, 0x704, count);
	guest_wfar(&guest, ROOM_DATA, 0x706, (struct far){ BUFFER, ROOM_DATA });
	cpu_set16(&cpu, CPU_AX, drive);
	cpu_set16(&cpu, CPU_CX, large ? 0xffff : count);
	cpu_set16(&cpu, CPU_DX, sector);
	cpu_set16(&cpu, CPU_BX, large ? 0x700 : BUFFER);
	return far_call(n);
}

static bool generic(uint8_t category, uint8_t minor, uint8_t drive)
{
	return int21_bx(0x440d, drive, category << 8 | minor, ANSWER);
}

/* --- Layout --------------------------------------------------------------------- */

/* What FORMAT is to make: clusters fit the kind of FAT, and the FAT has room for
 * them.  */
START_TEST(default_layouts_are_sound)
{
	static const struct { uint32_t sectors; uint8_t type; unsigned bits; } rows[] = {
		{ 2000, 0x01, 12 }, { 20000, 0x01, 12 }, { 32680, 0x01, 12 },
		{ 32681, 0x04, 16 }, { 65535, 0x04, 16 }, { 200000, 0x06, 16 },
		{ 262144, 0x06, 16 }, { 1048576, 0x06, 16 }, { 4194303, 0x06, 16 }, { 8000000, 0x06, 16 },
		{ 532480, 0x0b, 32 }, { 1200000, 0x0c, 32 }, { 16777217, 0x0c, 32 },
		{ UINT32_MAX, 0x0c, 32 },
	};

	image = (struct image){ .fd = -1, .chs = { 1024, 16, 63 } };
	for (unsigned i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct volume v = { .image = &image, .start = 63, .sectors = rows[i].sectors,
				    .type = rows[i].type };
		struct bpb b;
		uint64_t clusters;

		volume_default_bpb(&v, &b);
		clusters = bpb_clusters(&b);
		ck_assert_uint_eq(b.total, rows[i].sectors);
		ck_assert_uint_eq(b.hidden, 63);
		ck_assert_uint_eq(bpb_is_fat32(&b), rows[i].bits == 32);
		ck_assert(rows[i].bits != 12 || clusters < 4085);
		ck_assert(rows[i].bits != 16 || (clusters >= 4085 && clusters < 65525));
		ck_assert(rows[i].bits != 32 || (clusters >= 65525 && clusters < 0xffffff5));
		ck_assert_uint_ge((uint64_t)b.fat_sectors * 512 * 8, (clusters + 2) * rows[i].bits);
		ck_assert_uint_le((uint64_t)b.fat_sectors * 512 * 8,
				  (clusters + 2) * rows[i].bits * 102 / 100 + 16384);
	}
}
END_TEST

START_TEST(diskettes_have_their_standard_layout)
{
	for (const struct floppy_format *f = floppy_formats; f->sectors; f++) {
		struct volume v = { .image = &image, .sectors = f->sectors };
		struct bpb b;

		image = (struct image){ .fd = -1, .floppy = true, .chs = f->chs, .sectors = f->sectors };
		volume_default_bpb(&v, &b);
		ck_assert_uint_eq(b.media, f->media);
		ck_assert_uint_eq(b.total, f->sectors);
		ck_assert_uint_ge(b.fat_sectors * 512 * 2, (bpb_clusters(&b) + 2) * 3);
		ck_assert_uint_lt(bpb_clusters(&b), 4085);
	}
}
END_TEST

START_TEST(a_fat16_disk_has_a_dpb)
{
	struct bpb b;
	uint16_t bx;

	insert(40, 16);
	ck_assert(volume_bpb(&volume, &b));
	int21(0x3200, 0, 5);
	ck_assert_uint_eq(ax() & 0xff, 0);
	bx = cpu_get16(&cpu, CPU_BX);
	ck_assert_uint_eq(guest_r8(&guest, DOS_SEG, bx + DPB_CLUSTER_MASK), b.cluster - 1);
	ck_assert_uint_eq(guest_r16(&guest, DOS_SEG, bx + DPB_FIRST_DATA), bpb_first_data(&b));
	ck_assert_uint_eq(guest_r16(&guest, DOS_SEG, bx + DPB_MAX_CLUSTER), bpb_clusters(&b) + 1);
	ck_assert_uint_eq(guest_r16(&guest, DOS_SEG, bx + DPB_FAT_SECTORS), b.fat_sectors);
	int21(0x3600, 0, 5);
	ck_assert_uint_eq(ax(), b.cluster);
	ck_assert_uint_eq(cpu_get16(&cpu, CPU_DX), bpb_clusters(&b));
	ck_assert_uint_eq(cpu_get16(&cpu, CPU_BX), bpb_clusters(&b));
}
END_TEST

START_TEST(a_fat32_disk_has_an_extended_one_only)
{
	struct bpb b;

	insert(300, 32);
	ck_assert(volume_bpb(&volume, &b));
	int21(0x3200, 0, 5);
	ck_assert_uint_eq(ax() & 0xff, 0xff);
	cpu_set16(&cpu, CPU_DI, ANSWER);
	ck_assert(int21(0x7302, 0x3f, 5));
	ck_assert_uint_eq(at16(ANSWER), 0x3d);
	ck_assert_uint_eq(at16(ANSWER + 2 + 0x25), b.info_sector);
	ck_assert_uint_eq(at32(ANSWER + 2 + 0x29), bpb_first_data(&b));
	ck_assert_uint_eq(at32(ANSWER + 2 + 0x2d), bpb_clusters(&b) + 1);
	ck_assert_uint_eq(at32(ANSWER + 2 + 0x31), b.fat_sectors);
	ck_assert_uint_eq(at32(ANSWER + 2 + 0x35), 2);
	ck_assert(!int21(0x7302, 0x3e, 5));
	ck_assert(generic(0x48, 0x60, 5));
	ck_assert_uint_eq(at32(ANSWER + 0x20), b.fat_sectors);
	ck_assert_uint_eq(at32(ANSWER + 0x28), 2);
}
END_TEST

/* --- Sectors ----------------------------------------------------------------------- */

START_TEST(the_small_form_is_for_small_disks)
{
	insert(20, 16);
	ck_assert(absolute(0x25, 4, 0, 1, false));
	ck_assert_uint_eq(at16(BUFFER + 510), 0xaa55);
	ck_assert(absolute(0x25, 4, 20 * 2048 - 1, 1, true));
	ck_assert(!absolute(0x25, 4, 20 * 2048 - 1, 2, true));
	ck_assert_uint_eq(ax(), 0x0408);
	ck_assert(!absolute(0x25, 4, UINT32_MAX, 1, true));
	ck_assert(!absolute(0x25, 4, 0, 0xfff0, true));		/* more than memory */
	ck_assert_uint_eq(ax() & 0xff, DOS_BAD_LENGTH - DOS_WRITE_PROTECTED);
	ck_assert(!absolute(0x25, 2, 0, 1, false));		/* a directory */
	ck_assert_uint_eq(ax(), 0x0207);
	ck_assert(!absolute(0x25, 25, 0, 1, false));
	ck_assert(!absolute(0x25, 200, 0, 1, false));
	ck_assert_uint_eq(ax(), 0x0201);
	drive_unmount(&drives[4]);
	insert(40, 16);
	ck_assert(!absolute(0x25, 4, 0, 1, false));
	ck_assert_uint_eq(ax(), 0x0207);
	ck_assert(absolute(0x25, 4, 0, 1, true));
	drive_unmount(&drives[4]);
	insert(300, 32);
	ck_assert(!absolute(0x25, 4, 0, 1, true));
}
END_TEST

START_TEST(call_7305h_is_for_all_of_them)
{
	static const uint16_t kinds[][2] = { { 20, 16 }, { 300, 32 } };

	for (unsigned i = 0; i < 2; i++) {
		insert(kinds[i][0], kinds[i][1]);
		absolute(0x25, 2, 1, 1, true);			/* the packet */
		guest_w32(&guest, ROOM_DATA, BUFFER, 0xfeedface);
		cpu_set16(&cpu, CPU_SI, 0x6001);
		ck_assert(int21_bx(0x7305, 0x700, 0xffff, 5));
		guest_w32(&guest, ROOM_DATA, BUFFER, 0);
		cpu_set16(&cpu, CPU_SI, 0);
		ck_assert(int21_bx(0x7305, 0x700, 0xffff, 5));
		ck_assert_uint_eq(at32(BUFFER), 0xfeedface);
		ck_assert(!int21_bx(0x7305, 0x700, 1, 5));
		ck_assert(!int21_bx(0x7305, 0x700, 0xffff, 3));
		drive_unmount(&drives[4]);
	}
}
END_TEST

START_TEST(what_is_written_below_is_seen_above)
{
	uint32_t data;
	struct bpb b;

	insert(20, 16);
	host_file(&room_c, "f", "text");
	succeeds(0x3c00, 0, "E:\\FILE");
	cpu_set16(&cpu, CPU_BX, ax());
	text_at(BUFFER, "some words");
	ck_assert(int21(0x4000, 10, BUFFER));
	ck_assert(volume_bpb(&volume, &b));
	data = bpb_first_data(&b);
	ck_assert(absolute(0x25, 4, data, 1, false));
	ck_assert_str_eq(string_at(ROOM_DATA, BUFFER), "some words");
	text_at(BUFFER, "same");
	ck_assert(absolute(0x26, 4, data, 1, false));
	succeeds(0x3d00, 0, "E:\\FILE");
	cpu_set16(&cpu, CPU_BX, ax());
	ck_assert(int21(0x3f00, 4, ANSWER));
	ck_assert_str_eq(string_at(ROOM_DATA, BUFFER), "same");
}
END_TEST

/* --- Requests ------------------------------------------------------------------------ */

START_TEST(directories_have_none_of_what_disks_have)
{
	static const uint8_t disks_only[] = { 0x40, 0x41, 0x42, 0x46, 0x47, 0x4a, 0x61, 0x62, 0x6a };

	insert(20, 16);
	for (unsigned i = 0; i < sizeof disks_only; i++) {
		ck_assert(!generic(8, disks_only[i], 3));
		ck_assert_uint_eq(ax(), 1);
		ck_assert(!int21_bx(0x4411, 3, 0x0800 | disks_only[i], 0));
		ck_assert(int21_bx(0x4411, 5, 0x0800 | disks_only[i], 0));
	}
	ck_assert(!generic(8, 0x43, 5));
	ck_assert(!generic(9, 0x60, 5));
}
END_TEST

/* Head, cylinder, first sector, count, buffer.  */
static bool track(uint8_t minor, uint16_t head, uint16_t cylinder, uint16_t first, uint16_t count)
{
	guest_w8(&guest, ROOM_DATA, ANSWER, 0);
	guest_w16(&guest, ROOM_DATA, ANSWER + 1, head);
	guest_w16(&guest, ROOM_DATA, ANSWER + 3, cylinder);
	guest_w16(&guest, ROOM_DATA, ANSWER + 5, first);
	guest_w16(&guest, ROOM_DATA, ANSWER + 7, count);
	guest_wfar(&guest, ROOM_DATA, ANSWER + 9, (struct far){ BUFFER, ROOM_DATA });
	return generic(8, minor, 5);
}

START_TEST(tracks_of_the_volume_and_no_others)
{
	uint8_t byte = 0;

	insert(20, 16);
	ck_assert(track(0x61, 1, 0, 0, 1));		/* the boot sector */
	ck_assert_uint_eq(at16(BUFFER + 510), 0xaa55);
	ck_assert(!track(0x61, 0, 0, 0, 1));		/* before the partition */
	ck_assert(!track(0x41, 0, 0, 0, 1));
	ck_assert(!track(0x61, 16, 0, 0, 1));
	ck_assert(!track(0x61, 0, 0xffff, 0, 1));
	ck_assert(!track(0x61, 1, 0, 60, 4));
	guest_w8(&guest, ROOM_DATA, BUFFER, 0x42);
	ck_assert(track(0x41, 2, 5, 7, 1));
	ck_assert_int_eq(pread(image.fd, &byte, 1, ((5 * 16 + 2) * 63 + 7) * 512), 1);
	ck_assert_uint_eq(byte, 0x42);
	ck_assert(track(0x62, 2, 5, 0, 0));
	ck_assert(track(0x42, 2, 5, 0, 0));		/* of a hard disk: looks at it */
	ck_assert(track(0x61, 2, 5, 7, 1));
	ck_assert_uint_eq(at8(BUFFER), 0x42);
	image.read_only = true;
	ck_assert(!track(0x41, 2, 5, 7, 1));
	ck_assert_uint_eq(sda_r16(&dos, SDA_ERROR), DOS_WRITE_PROTECTED);
}
END_TEST

START_TEST(access_and_locks_are_as_they_are_set)
{
	insert(20, 16);
	ck_assert(generic(8, 0x67, 5));
	ck_assert_uint_eq(at8(ANSWER + 1), 1);
	guest_w8(&guest, ROOM_DATA, ANSWER + 1, 0);
	ck_assert(generic(8, 0x47, 5));
	ck_assert(!absolute(0x25, 4, 0, 1, false));
	guest_w8(&guest, ROOM_DATA, ANSWER + 1, 1);
	ck_assert(generic(8, 0x47, 5));
	ck_assert(absolute(0x25, 4, 0, 1, false));
	ck_assert(!generic(8, 0x6a, 5));		/* nobody has locked it */
	ck_assert(generic(8, 0x4a, 5));
	ck_assert(generic(8, 0x6a, 5));
	ck_assert(!generic(8, 0x6a, 5));
}
END_TEST

START_TEST(a_disk_without_a_file_system_can_be_asked_and_written)
{
	insert(20, 0);
	ck_assert(!int21(0x3600, 0, 5) || ax() == 0xffff);
	guest_w8(&guest, ROOM_DATA, ANSWER, 0);
	ck_assert(generic(8, 0x60, 5));			/* for FORMAT */
	ck_assert_uint_eq(at8(ANSWER + 1), 5);
	ck_assert_uint_eq(at32(ANSWER + 7 + 17), START);
	guest_w8(&guest, ROOM_DATA, ANSWER, 1);
	ck_assert(!generic(8, 0x60, 5));		/* there is no other */
	ck_assert(!int21_bx(0x6900, 5, 0, ANSWER));
	ck_assert(absolute(0x26, 4, 0, 1, false));
}
END_TEST

/* --- The driver -------------------------------------------------------------------------- */

/* Answers the status.  */
static uint16_t driver(uint8_t command, uint8_t unit, uint16_t sector, uint16_t count)
{
	guest_w8(&guest, ROOM_DATA, 0x600, 0x1e);
	guest_w8(&guest, ROOM_DATA, 0x600 + REQ_UNIT, unit);
	guest_w8(&guest, ROOM_DATA, 0x600 + REQ_COMMAND, command);
	guest_w16(&guest, ROOM_DATA, 0x600 + REQ_COUNT, count);
	guest_w16(&guest, ROOM_DATA, 0x600 + REQ_SECTOR, sector);
	guest_wfar(&guest, ROOM_DATA, 0x600 + REQ_BUFFER, (struct far){ BUFFER, ROOM_DATA });
	guest_w32(&guest, ROOM_DATA, 0x600 + REQ_SECTOR32, 20 * 2048);
	cpu_load_real(&cpu, CPU_ES, ROOM_DATA);
	cpu_set16(&cpu, CPU_BX, 0x600);
	far_call(GATE_DEV_STRATEGY);
	far_call(GATE_DEV_DISK);
	return guest_r16(&guest, ROOM_DATA, 0x600 + REQ_STATUS);
}

START_TEST(the_disk_driver_reads_and_writes)
{
	struct far bpb;

	insert(20, 16);					/* units: C, D, E */
	ck_assert_uint_eq(driver(CMD_READ, 2, 0, 1), STATUS_DONE);
	ck_assert_uint_eq(at16(BUFFER + 510), 0xaa55);
	guest_w8(&guest, ROOM_DATA, BUFFER, 9);
	ck_assert_uint_eq(driver(CMD_WRITE, 2, 30000, 1), STATUS_DONE);
	guest_w8(&guest, ROOM_DATA, BUFFER, 0);
	ck_assert_uint_eq(driver(CMD_READ, 2, 30000, 1), STATUS_DONE);
	ck_assert_uint_eq(at8(BUFFER), 9);
	ck_assert_uint_eq(driver(CMD_READ, 2, 0xffff, 1), STATUS_DONE | STATUS_ERROR | 8);
	ck_assert_uint_eq(at16(0x600 + REQ_COUNT), 0);
	ck_assert_uint_eq(driver(CMD_MEDIA_CHECK, 2, 0, 0), STATUS_DONE);
	ck_assert_uint_eq(at8(0x600 + REQ_CHANGED), 1);
	ck_assert_uint_eq(driver(CMD_BUILD_BPB, 2, 0, 0), STATUS_DONE);
	bpb = guest_rfar(&guest, ROOM_DATA, 0x600 + REQ_BPB);
	ck_assert_uint_eq(guest_r16(&guest, bpb.seg, bpb.off), 512);
	ck_assert_uint_eq(driver(CMD_REMOVABLE, 2, 0, 0), STATUS_DONE | STATUS_BUSY);
	ck_assert_uint_eq(driver(CMD_READ, 0, 0, 1), STATUS_DONE | STATUS_ERROR | 3);
	ck_assert_uint_eq(driver(CMD_READ, 3, 0, 1), STATUS_DONE | STATUS_ERROR | 1);
	ck_assert_uint_eq(driver(0x55, 2, 0, 1), STATUS_DONE | STATUS_ERROR | 3);
}
END_TEST

int main(void)
{
	return suite_run_each("dos/volume", open_rooms, close_rooms, (const TTest *[]){
		default_layouts_are_sound, diskettes_have_their_standard_layout,
		a_fat16_disk_has_a_dpb, a_fat32_disk_has_an_extended_one_only,
		the_small_form_is_for_small_disks, call_7305h_is_for_all_of_them,
		what_is_written_below_is_seen_above, directories_have_none_of_what_disks_have,
		tracks_of_the_volume_and_no_others, access_and_locks_are_as_they_are_set,
		a_disk_without_a_file_system_can_be_asked_and_written,
		the_disk_driver_reads_and_writes,
		NULL });
}
