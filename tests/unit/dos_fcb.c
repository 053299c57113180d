/* dos_fcb.c - file control blocks.  */

#include "dos/fcb.h"

#include "dos_room.h"

enum { FCB = 0x900, FCB2 = 0x940, DTA = 0x1000 };

static uint8_t call(uint16_t function, uint16_t at)
{
	int21(function, 0, at);
	return ax();
}

static uint8_t block(uint16_t function, uint16_t at, uint16_t records)
{
	int21(function, records, at);
	return ax();
}

/* An FCB with this name, 11 characters, and zeros.  */
static uint16_t make(uint16_t at, uint8_t drive, const char *name)
{
	static const uint8_t zero[FCB_SIZE + FCB_EXTENDED_PREFIX];

	guest_copy_out(&guest, ROOM_DATA, at, zero, sizeof zero);
	guest_w8(&guest, ROOM_DATA, at, drive);
	guest_copy_out(&guest, ROOM_DATA, at + FCB_NAME, name, 11);
	return at;
}

static uint16_t make_extended(uint16_t at, uint8_t attr, const char *name)
{
	make(at + FCB_EXTENDED_PREFIX, 0, name);
	guest_w8(&guest, ROOM_DATA, at, 0xff);
	guest_w8(&guest, ROOM_DATA, at + FCB_EXTENDED_ATTR, attr);
	return at;
}

static uint16_t field(uint16_t at, unsigned offset)
{
	return guest_r16(&guest, ROOM_DATA, at + offset);
}

static void set_field(uint16_t at, unsigned offset, uint16_t v)
{
	guest_w16(&guest, ROOM_DATA, at + offset, v);
}

static const char *dta(size_t n)
{
	static char text[200];

	guest_copy_in(&guest, text, ROOM_DATA, DTA, n);
	text[n] = '\0';
	return text;
}

static void set_dta(uint16_t off)
{
	sda_wfar(&dos, SDA_DTA, (struct far){ off, ROOM_DATA });
}

static void open_with_files(void)
{
	dos_open_room();
	host_file(&room_c, "a.txt", "0123456789abcdefghij");
	host_file(&room_c, "b.txt", "other");
	host_file(&room_c, "c.dat", "");
	set_dta(DTA);
}

START_TEST(an_open_fills_the_block)
{
	ck_assert_uint_eq(call(0x0f00, make(FCB, 0, "A       TXT")), 0);
	ck_assert_uint_eq(field(FCB, FCB_DRIVE) & 0xff, 3);
	ck_assert_uint_eq(field(FCB, FCB_RECORD_SIZE), 128);
	ck_assert_uint_eq(field(FCB, FCB_FILE_SIZE), 20);
	ck_assert_uint_ne(field(FCB, FCB_DATE), 0);
	ck_assert_uint_eq(call(0x1000, FCB), 0);
	ck_assert_uint_eq(call(0x1000, FCB), 0);
	ck_assert_uint_eq(call(0x0f00, make(FCB, 0, "NONE    TXT")), 0xff);
	ck_assert_uint_eq(call(0x0f00, make(FCB, 9, "A       TXT")), 0xff);
	ck_assert_uint_eq(call(0x0f00, make(FCB, 0, "           ")), 0xff);
	ck_assert_uint_eq(call(0x0f00, make(FCB, 0, "?       TXT")), 0xff);
}
END_TEST

START_TEST(records_are_read_one_after_the_other)
{
	call(0x0f00, make(FCB, 0, "A       TXT"));
	set_field(FCB, FCB_RECORD_SIZE, 8);
	ck_assert_uint_eq(call(0x1400, FCB), 0);
	ck_assert_str_eq(dta(8), "01234567");
	ck_assert_uint_eq(call(0x1400, FCB), 0);
	ck_assert_str_eq(dta(8), "89abcdef");
	ck_assert_uint_eq(call(0x1400, FCB), 3);
	ck_assert_int_eq(memcmp(dta(8), "ghij\0\0\0\0", 8), 0);
	ck_assert_uint_eq(guest_r8(&guest, ROOM_DATA, FCB + FCB_RECORD), 3);
	ck_assert_uint_eq(call(0x1400, FCB), 1);
}
END_TEST

START_TEST(random_records_leave_the_random_field_alone)
{
	call(0x0f00, make(FCB, 0, "A       TXT"));
	set_field(FCB, FCB_RECORD_SIZE, 4);
	set_field(FCB, FCB_RANDOM, 3);
	ck_assert_uint_eq(call(0x2100, FCB), 0);
	ck_assert_str_eq(dta(4), "cdef");
	ck_assert_uint_eq(field(FCB, FCB_RANDOM), 3);
	ck_assert_uint_eq(guest_r8(&guest, ROOM_DATA, FCB + FCB_RECORD), 3);
	set_field(FCB, FCB_RANDOM, 5);
	ck_assert_uint_eq(call(0x2100, FCB), 1);
	set_field(FCB, FCB_RANDOM, 130);
	call(0x2100, FCB);
	ck_assert_uint_eq(field(FCB, FCB_BLOCK), 1);
	ck_assert_uint_eq(guest_r8(&guest, ROOM_DATA, FCB + FCB_RECORD), 2);
	set_field(FCB, FCB_RANDOM, 0);
	call(0x2400, FCB);
	ck_assert_uint_eq(field(FCB, FCB_RANDOM), 130);
}
END_TEST

START_TEST(blocks_of_records_move_the_random_field)
{
	call(0x0f00, make(FCB, 0, "A       TXT"));
	set_field(FCB, FCB_RECORD_SIZE, 1);
	ck_assert_uint_eq(block(0x2700, FCB, 5), 0);
	ck_assert_uint_eq(cpu_get16(&cpu, CPU_CX), 5);
	ck_assert_uint_eq(field(FCB, FCB_RANDOM), 5);
	ck_assert_uint_eq(block(0x2700, FCB, 100), 1);
	ck_assert_uint_eq(cpu_get16(&cpu, CPU_CX), 15);
	ck_assert_str_eq(dta(15), "56789abcdefghij");
	set_field(FCB, FCB_RECORD_SIZE, 16);
	set_field(FCB, FCB_RANDOM, 0);
	ck_assert_uint_eq(block(0x2700, FCB, 2), 3);
	ck_assert_uint_eq(cpu_get16(&cpu, CPU_CX), 2);
	ck_assert_uint_eq(field(FCB, FCB_RANDOM), 2);
}
END_TEST

START_TEST(records_do_not_go_over_the_end_of_the_segment)
{
	call(0x0f00, make(FCB, 0, "A       TXT"));
	set_field(FCB, FCB_RECORD_SIZE, 4);
	set_dta(0xfff6);
	ck_assert_uint_eq(block(0x2700, FCB, 3), 2);
	ck_assert_uint_eq(cpu_get16(&cpu, CPU_CX), 2);
	set_dta(0xfffe);
	ck_assert_uint_eq(call(0x1400, FCB), 2);
}
END_TEST

START_TEST(records_are_written_and_the_file_ends_where_a_block_of_none_says)
{
	struct drive_info info;

	ck_assert_uint_eq(call(0x1600, make(FCB, 0, "NEW     TXT")), 0);
	set_field(FCB, FCB_RECORD_SIZE, 4);
	guest_copy_out(&guest, ROOM_DATA, DTA, "abcdefgh", 8);
	ck_assert_uint_eq(call(0x1500, FCB), 0);
	ck_assert_uint_eq(block(0x2800, FCB, 2), 0);
	ck_assert_uint_eq(field(FCB, FCB_FILE_SIZE), 8);
	set_field(FCB, FCB_RANDOM, 4);
	ck_assert_uint_eq(call(0x2200, FCB), 0);
	ck_assert_uint_eq(field(FCB, FCB_FILE_SIZE), 20);
	set_field(FCB, FCB_RANDOM, 3);
	ck_assert_uint_eq(block(0x2800, FCB, 0), 0);
	ck_assert_uint_eq(field(FCB, FCB_FILE_SIZE), 12);
	ck_assert_uint_eq(call(0x1000, FCB), 0);
	ck_assert_int_eq(drives[2].ops->info(drives[2].disk, "\\NEW.TXT", &info), DOS_OK);
	ck_assert_uint_eq(info.size, 12);
}
END_TEST

START_TEST(a_date_put_into_the_block_is_the_files_after_a_write)
{
	struct drive_info info;

	call(0x0f00, make(FCB, 0, "A       TXT"));
	call(0x1500, FCB);
	set_field(FCB, FCB_DATE, 0x1921);
	set_field(FCB, FCB_TIME, 0x6000);
	call(0x1000, FCB);
	ck_assert_int_eq(drives[2].ops->info(drives[2].disk, "\\A.TXT", &info), DOS_OK);
	ck_assert_uint_eq(info.date, 0x1921);
	ck_assert_uint_eq(info.time, 0x6000);
}
END_TEST

START_TEST(more_blocks_than_table_entries_may_be_open)
{
	enum { MANY = ROOM_FCBS + 3 };

	for (unsigned i = 0; i < MANY; i++) {
		ck_assert_uint_eq(call(0x0f00, make(0x2000 + i * 0x40, 0, i & 1 ? "A       TXT" : "B       TXT")), 0);
		set_field(0x2000 + i * 0x40, FCB_RECORD_SIZE, 5);
	}
	for (unsigned i = 0; i < MANY; i++) {
		ck_assert_uint_eq(call(0x1400, 0x2000 + i * 0x40), 0);
		ck_assert_str_eq(dta(5), i & 1 ? "01234" : "other");
	}
}
END_TEST

START_TEST(a_block_that_never_was_open_reads_nothing)
{
	make(FCB, 0, "A       TXT");
	set_field(FCB, FCB_RECORD_SIZE, 4);
	ck_assert_uint_eq(call(0x1400, FCB), 1);
	ck_assert_uint_eq(call(0x1000, FCB), 0);
}
END_TEST

START_TEST(a_search_gives_directory_entries)
{
	make(FCB, 0, "????????TXT");
	ck_assert_uint_eq(call(0x1100, FCB), 0);
	ck_assert_str_eq(dta(12), "\003A       TXT");
	ck_assert_uint_eq(guest_r32(&guest, ROOM_DATA, DTA + 1 + 28), 20);
	ck_assert_uint_eq(call(0x1200, FCB), 0);
	ck_assert_str_eq(dta(12), "\003B       TXT");
	ck_assert_uint_eq(call(0x1200, FCB), 0xff);
	ck_assert_uint_eq(call(0x1100, make(FCB, 0, "NONE       ")), 0xff);
}
END_TEST

START_TEST(an_extended_search_is_answered_with_an_extended_block)
{
	host_dir(&room_c, "dir");
	make_extended(FCB, ATTR_DIR, "D??????????");
	ck_assert_uint_eq(call(0x1100, FCB), 0);
	ck_assert_uint_eq(guest_r8(&guest, ROOM_DATA, DTA), 0xff);
	ck_assert_uint_eq(guest_r8(&guest, ROOM_DATA, DTA + FCB_EXTENDED_ATTR), ATTR_DIR);
	ck_assert_uint_eq(guest_r8(&guest, ROOM_DATA, DTA + 7), 3);
	ck_assert_uint_eq(guest_r8(&guest, ROOM_DATA, DTA + 8 + 11), ATTR_DIR);
	ck_assert_uint_eq(call(0x1100, make(FCB, 0, "D??????????")), 0xff);
}
END_TEST

START_TEST(a_label_is_made_found_renamed_and_deleted)
{
	char label[12];

	ck_assert_uint_eq(call(0x1600, make_extended(FCB, ATTR_LABEL, "MY DISK    ")), 0);
	ck_assert_int_eq(drives[2].ops->label(drives[2].disk, label), DOS_OK);
	ck_assert_int_eq(strncmp(label, "MY DISK", 7), 0);
	ck_assert_uint_eq(call(0x1100, make_extended(FCB, ATTR_LABEL, "???????????")), 0);
	ck_assert_int_eq(memcmp(dta(20) + 8, "MY DISK    ", 11), 0);
	make_extended(FCB, ATTR_LABEL, "MY DISK    ");
	guest_copy_out(&guest, ROOM_DATA, FCB + 7 + 0x11, "OTHER      ", 11);
	ck_assert_uint_eq(call(0x1700, FCB), 0);
	ck_assert_int_eq(drives[2].ops->label(drives[2].disk, label), DOS_OK);
	ck_assert_int_eq(strncmp(label, "OTHER", 5), 0);
	ck_assert_uint_eq(call(0x1300, make_extended(FCB, ATTR_LABEL, "OTHER      ")), 0);
	ck_assert_int_eq(drives[2].ops->label(drives[2].disk, label), DOS_OK);
	ck_assert_str_eq(label, "");
}
END_TEST

START_TEST(wildcards_delete_and_rename_many)
{
	make(FCB, 0, "????????TXT");
	guest_copy_out(&guest, ROOM_DATA, FCB + 0x11, "X???????BAK", 11);
	ck_assert_uint_eq(call(0x1700, FCB), 0xff);	/* both become X.BAK */
	ck_assert(host_has(&room_c, "x.bak"));
	make(FCB, 0, "????????BAK");
	guest_copy_out(&guest, ROOM_DATA, FCB + 0x11, "?Y??????OLD", 11);
	ck_assert_uint_eq(call(0x1700, FCB), 0);
	ck_assert(host_has(&room_c, "xy.old"));
	ck_assert_uint_eq(call(0x1300, make(FCB, 0, "???????????")), 0);
	ck_assert(!host_has(&room_c, "xy.old") && !host_has(&room_c, "c.dat"));
	ck_assert_uint_eq(call(0x1300, make(FCB, 0, "???????????")), 0xff);
}
END_TEST

START_TEST(the_size_is_told_in_records)
{
	make(FCB, 0, "A       TXT");
	set_field(FCB, FCB_RECORD_SIZE, 8);
	ck_assert_uint_eq(call(0x2300, FCB), 0);
	ck_assert_uint_eq(field(FCB, FCB_RANDOM), 3);
	set_field(FCB, FCB_RECORD_SIZE, 0);
	ck_assert_uint_eq(call(0x2300, FCB), 0);
	ck_assert_uint_eq(field(FCB, FCB_RANDOM), 1);
	ck_assert_uint_eq(call(0x2300, make(FCB, 0, "NONE    TXT")), 0xff);
}
END_TEST

/* What 29h makes of text: the block's first 12 bytes, AL, and how much was
 * read.  */
static void parses(const char *text, uint8_t flags, const char *block, uint8_t al, size_t used)
{
	uint8_t fcb[16], answer;
	size_t n;

	memcpy(fcb, "\x07" "OLDNAMEXOLD\1\2\3\4", 16);
	n = fcb_parse(&dos, text, flags, fcb, &answer);
	ck_assert_msg(!memcmp(fcb, block, 12), "\"%s\": %u \"%.11s\"", text, fcb[0], (char *)fcb + 1);
	ck_assert_msg(answer == al && n == used, "\"%s\": AL %u, %zu read", text, answer, n);
	ck_assert_int_eq(memcmp(fcb + 12, "\0\0\0\0", 4), 0);
}

START_TEST(text_is_parsed_into_a_block)
{
	parses("file.txt rest", 0, "\0FILE    TXT", 0, 8);
	parses("d:file", 0, "\4FILE       ", 0, 6);
	parses("b:file", 0, "\2FILE       ", 0xff, 6);
	parses("*.c?", 0, "\0????????C? ", 1, 4);
	parses("  a", 0, "\0A          ", 0, 3);
	parses(" ;a", 0, "\0           ", 0, 1);
	parses(" ; a", 1, "\0A          ", 0, 4);
	parses(";;a", 1, "\0           ", 0, 1);
	parses("", 0, "\0           ", 0, 0);
	parses("", 2, "\7           ", 0, 0);
	parses("", 4, "\0OLDNAMEX   ", 0, 0);
	parses("", 8, "\0        OLD", 0, 0);
	parses(".b", 12, "\0OLDNAMEXB  ", 0, 2);
	parses("a", 14, "\7A       OLD", 0, 1);
	parses("longername.extension/x", 0, "\0LONGERNAEXT", 0, 20);
	parses("a.b.c", 0, "\0A       B  ", 0, 3);
	parses("a,b", 0, "\0A          ", 0, 1);
}
END_TEST

START_TEST(blocks_of_a_process_that_ends_are_closed)
{
	call(0x0f00, make(FCB, 0, "A       TXT"));
	ck_assert_uint_eq(guest_r16(&guest, ROOM_FCB, SFTB_ENTRIES + SFT_REFS), 1);
	dos_close_all(&dos, ROOM_PSP);
	ck_assert_uint_eq(guest_r16(&guest, ROOM_FCB, SFTB_ENTRIES + SFT_REFS), 0);
}
END_TEST

int main(void)
{
	return suite_run_each("dos_fcb", open_with_files, dos_close_room, (const TTest *[]){
		an_open_fills_the_block,
		records_are_read_one_after_the_other,
		random_records_leave_the_random_field_alone,
		blocks_of_records_move_the_random_field,
		records_do_not_go_over_the_end_of_the_segment,
		records_are_written_and_the_file_ends_where_a_block_of_none_says,
		a_date_put_into_the_block_is_the_files_after_a_write,
		more_blocks_than_table_entries_may_be_open,
		a_block_that_never_was_open_reads_nothing,
		a_search_gives_directory_entries,
		an_extended_search_is_answered_with_an_extended_block,
		a_label_is_made_found_renamed_and_deleted,
		wildcards_delete_and_rename_many,
		the_size_is_told_in_records,
		text_is_parsed_into_a_block,
		blocks_of_a_process_that_ends_are_closed,
		NULL });
}
