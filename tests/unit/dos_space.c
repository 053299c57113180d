/* dos_space.c - how large a disk is, and how much of it is free, for those who
 * know 2 GB (36h), and 4 thousand million clusters (7302h, 7303h).  */

#include "dos_room.h"

#include <sys/statvfs.h>

enum { ANSWER = 0x800 };

static struct drive_space has;

static enum dos_error space(void *disk, struct drive_space *out)
{
	(void)disk;
	*out = has;
	return DOS_OK;
}

static const uint64_t KB = 1024, MB = KB * 1024, GB = MB * 1024, TB = GB * 1024;

static void disk_of(uint64_t total, uint64_t available, uint32_t cluster)
{
	static struct drive_ops ops;

	ops = *room_c.d.ops;
	ops.space = space;
	drives[2].ops = &ops;
	has = (struct drive_space){ .total = total, .free = available, .cluster = cluster };
}

static uint64_t times(uint64_t sectors, uint32_t n)
{
	return sectors * guest_r32(&guest, ROOM_DATA, ANSWER + 0x08) * n;
}

static uint32_t field(unsigned at)
{
	return guest_r32(&guest, ROOM_DATA, ANSWER + at);
}

static bool ask(const char *path, uint16_t size)
{
	for (unsigned i = 0; i < 0x40; i++)
		guest_w8(&guest, ROOM_DATA, ANSWER + i, 0xee);
	cpu_set16(&cpu, CPU_DI, ANSWER);
	return int21(0x7303, size, name(path));
}

/* RBIL, table 01789: sizes are told three times.  */
static void expect_space(uint64_t total, uint64_t available)
{
	ck_assert(ask("C:\\", 0x2c));
	ck_assert_uint_eq(guest_r16(&guest, ROOM_DATA, ANSWER), 0x2c);
	ck_assert_uint_eq(guest_r16(&guest, ROOM_DATA, ANSWER + 2), 0);
	ck_assert_uint_eq(field(0x08), 512);
	ck_assert_uint_eq(times(field(0x04), field(0x10)), total);
	ck_assert_uint_eq(times(field(0x04), field(0x0c)), available);
	ck_assert_uint_eq(field(0x1c), field(0x0c));
	ck_assert_uint_eq(field(0x20), field(0x10));
	ck_assert_uint_eq(field(0x14), total > 2 * TB && available > 2 * TB - 512 ? UINT32_MAX :
			  available / 512);
	ck_assert_uint_eq(guest_r8(&guest, ROOM_DATA, ANSWER + 0x2c), 0xee);
}

START_TEST(every_size_is_told_as_it_is)
{
	disk_of(1440 * KB, 100 * KB, 512);
	expect_space(1440 * KB, 100 * KB);
	disk_of(0, 0, 4096);
	expect_space(0, 0);
	disk_of(3 * GB, 2 * GB + 8192, 4096);
	expect_space(3 * GB, 2 * GB + 8192);
	disk_of(1000 * GB, 999 * GB, 4096);
	expect_space(1000 * GB, 999 * GB);
	disk_of(15 * TB, 14 * TB, 4096);
	expect_space(15 * TB, 14 * TB);
	disk_of(100 * TB, 64 * TB, 4096);	/* in larger clusters */
	expect_space(100 * TB, 64 * TB);
}
END_TEST

START_TEST(what_is_too_large_for_numbers_stops_there)
{
	disk_of(1000 * TB, 999 * TB, 4096);
	ck_assert(ask("C:\\", 0x2c));
	ck_assert_uint_eq(field(0x04), 64);
	ck_assert_uint_eq(field(0x10), UINT32_MAX);
	ck_assert_uint_eq(field(0x0c), UINT32_MAX);
}
END_TEST

/* 36h: no more than 2 GB less a cluster, as DOS 6 knows disks.  */
START_TEST(old_programs_see_two_gigabytes_at_most)
{
	static const struct { uint64_t total, available, told_total, told_free; } rows[] = {
		{ 1440 * 1024, 100 * 1024, 1440 * 1024, 100 * 1024 },
		{ 3000000000, 10 * 1024 * 1024, 65524u * 32768ull, 10 * 1024 * 1024 },
		{ 1ull << 50, 1ull << 49, 65524u * 32768ull, 65524u * 32768ull },
	};

	for (unsigned i = 0; i < sizeof rows / sizeof *rows; i++) {
		uint64_t cluster;

		disk_of(rows[i].total, rows[i].available, 512);
		int21(0x3600, 0, 3);
		cluster = (uint64_t)ax() * cpu_get16(&cpu, CPU_CX);
		ck_assert_uint_eq(cpu_get16(&cpu, CPU_CX), 512);
		ck_assert_uint_eq(cluster * cpu_get16(&cpu, CPU_DX), rows[i].told_total);
		ck_assert_uint_eq(cluster * cpu_get16(&cpu, CPU_BX), rows[i].told_free);
	}
}
END_TEST

START_TEST(the_hosts_file_system_is_what_is_told)
{
	struct statvfs host_fs;
	uint64_t total;

	ck_assert_int_eq(statvfs(room_c.path, &host_fs), 0);
	total = (uint64_t)host_fs.f_blocks * host_fs.f_frsize;
	ck_assert(ask("C:\\", 0x40));
	ck_assert_uint_ge(times(field(0x04), field(0x10)), total / 100 * 95);
	ck_assert_uint_le(times(field(0x04), field(0x10)), total);
}
END_TEST

START_TEST(errors_are_the_documented_ones)
{
	disk_of(3 * GB, 2 * GB, 4096);
	ck_assert(!ask("C:\\", 0x2b) && ax() == DOS_BAD_LENGTH);
	ck_assert(!ask("Q:\\", 0x2c) && ax() == DOS_BAD_DRIVE);
}
END_TEST

/* Windows 95 has no 7142h; some kernels seek by 64 bits with it.  7100h says "use
 * the old function".  */
START_TEST(seeking_beyond_4_gb_is_not_there)
{
	cpu.flags &= ~CPU_CF;
	ck_assert(!int21(0x7142, 0, ANSWER));
	ck_assert_uint_eq(ax(), 0x7100);
}
END_TEST

int main(void)
{
	return suite_run_each("dos_space", dos_open_room, dos_close_room, (const TTest *[]){
		every_size_is_told_as_it_is,
		what_is_too_large_for_numbers_stops_there,
		old_programs_see_two_gigabytes_at_most,
		the_hosts_file_system_is_what_is_told,
		errors_are_the_documented_ones,
		seeking_beyond_4_gb_is_not_there,
		NULL });
}
