/* dos_sharing.c - who may change what is open, and what the user is asked.  */

#include "dos/fcb.h"

#include "dos_room.h"

enum { FCB = 0x900, FCB2 = 0x940, PSP2 = 0x2800, IGNORE = 0, RETRY = 1, FAIL = 3 };

/* INT 24h: what it was told the last time, and what it does.  */
static struct {
	unsigned times;
	uint8_t ah, al;
	uint16_t error;			/* as 59h has it */
	uint8_t answer;
	int close;			/* a handle that it closes first; -1: none */
	uint16_t psp;			/* ... of this process */
} asked;

static enum svc int24(void *room, struct guest *g)
{
	uint16_t psp = dos_psp(&dos);

	(void)room;
	asked.times++;
	asked.ah = cpu_get16(g->cpu, CPU_AX) >> 8;
	asked.al = cpu_get16(g->cpu, CPU_AX);
	asked.error = sda_r16(&dos, SDA_ERROR);
	if (asked.close >= 0) {
		sda_w16(&dos, SDA_PSP, asked.psp);
		ck_assert_int_eq(dos_handle_close(&dos, asked.close), DOS_OK);
		sda_w16(&dos, SDA_PSP, psp);
		asked.close = -1;
	}
	cpu_set8(g->cpu, 0, asked.answer);
	return SVC_DONE;
}

static void make_psp(uint16_t psp)
{
	guest_w16(&guest, psp, PSP_JFT_SIZE, PSP_HANDLES);
	guest_wfar(&guest, psp, PSP_JFT_PTR, (struct far){ PSP_JFT, psp });
	for (unsigned i = 0; i < PSP_HANDLES; i++)
		guest_w8(&guest, psp, PSP_JFT + i, 0xff);
}

static void begin(void)
{
	dos_open_room();
	make_psp(PSP2);
	guest_offer(&guest, 0x78, int24, NULL);
	guest_wfar(&guest, 0, 0x24 * 4, guest_gate_far(0x78));
	sda_wfar(&dos, SDA_DTA, (struct far){ 0x1000, ROOM_DATA });
	sda_w8(&dos, SDA_CRIT_DRIVE, 0xff);
}

static void answer(uint8_t al)
{
	memset(&asked, 0, sizeof asked);
	asked.answer = al;
	asked.close = -1;
}

/* When it is asked, handle h of the first process is closed, and it is to be
 * tried again.  */
static void answer_retry_closing(uint16_t h)
{
	answer(RETRY);
	asked.close = h;
	asked.psp = ROOM_PSP;
}

static void be(uint16_t psp)
{
	sda_w16(&dos, SDA_PSP, psp);
}

static uint16_t opened(uint8_t mode, const char *path)
{
	succeeds(0x3d00 | mode, 0, path);
	return ax();
}

static uint16_t make_fcb(uint16_t at, const char *from, const char *to)
{
	static const uint8_t zero[FCB_SIZE];

	guest_copy_out(&guest, ROOM_DATA, at, zero, sizeof zero);
	guest_copy_out(&guest, ROOM_DATA, at + FCB_NAME, from, 11);
	if (to)
		guest_copy_out(&guest, ROOM_DATA, at + FCB_NAME + 0x10, to, 11);
	return at;
}

static bool fcb_call(uint8_t function, uint16_t at)
{
	int21(function << 8, 0, at);
	return (ax() & 0xff) == 0;
}

/* --- what an open file allows ----------------------------------------------------- */

static bool delete_by_fcb(void)
{
	return fcb_call(0x13, make_fcb(FCB, "FOO     OLD", NULL));
}

static bool rename_by_fcb(void)
{
	return fcb_call(0x17, make_fcb(FCB, "FOO     OLD", "BAR     NEW"));
}

static bool delete_by_path(void)
{
	return int21(0x4100, 0, name("FOO.OLD"));
}

static bool rename_by_path(void)
{
	cpu_set16(&cpu, CPU_DI, text_at(0x200, "BAR.NEW"));
	return int21(0x5600, 0, name("FOO.OLD"));
}

static bool set_attributes(void)
{
	return int21(0x4301, 0x22, name("FOO.OLD"));
}

/* Only what is open in compatibility mode, and by the process itself, may be
 * changed (MS-DOS 4.0 DELETE.ASM, REN_DEL_Check).  Else the user is asked.  */
START_TEST(what_is_open_is_changed_only_by_who_has_it_in_compatibility_mode)
{
	static bool (*const change[])(void) = {
		delete_by_fcb, rename_by_fcb, delete_by_path, rename_by_path, set_attributes };

	for (unsigned i = 0; i < sizeof change / sizeof *change * 2 * 15; i++) {
		unsigned mode = i % 15 / 3 << 4 | i % 3, which = i / 30;
		bool other = i / 15 % 2, allowed = !(mode & 0x70) && !other, done;
		uint16_t h;

		unlink(host(&room_c, "foo.old"));
		unlink(host(&room_c, "bar.new"));
		host_file(&room_c, "foo.old", "text");
		be(ROOM_PSP);
		h = opened(mode, "FOO.OLD");
		answer(FAIL);
		be(other ? PSP2 : ROOM_PSP);
		done = change[which]();
		ck_assert_msg(done == allowed, "change %u, mode %02x, other %d", which, mode, other);
		ck_assert_uint_eq(asked.times, !allowed);
		if (!allowed) {
			ck_assert_uint_eq(asked.ah, 0x1c);	/* directory, read; retry, fail */
			ck_assert_uint_eq(asked.al, 2);
			ck_assert_uint_eq(asked.error, DOS_SHARING);
			ck_assert_uint_eq(sda_r16(&dos, SDA_ERROR), DOS_FAIL_24);
			ck_assert(host_has(&room_c, "foo.old"));
		}
		be(ROOM_PSP);
		dos_handle_close(&dos, h);
		ck_assert(allowed || change[which]());
	}
}
END_TEST

START_TEST(one_that_has_it_too_forbids_it)
{
	host_file(&room_c, "foo.old", "text");
	opened(0x02, "FOO.OLD");
	be(PSP2);
	opened(0x02, "FOO.OLD");
	answer(IGNORE);			/* which was not offered: it fails */
	ck_assert(!delete_by_path());
	ck_assert_uint_eq(asked.times, 1);
	ck_assert(host_has(&room_c, "foo.old"));
}
END_TEST

START_TEST(an_fcb_is_compatibility_mode)
{
	host_file(&room_c, "foo.old", "text");
	ck_assert(fcb_call(0x0f, make_fcb(FCB2, "FOO     OLD", NULL)));
	answer(FAIL);
	be(PSP2);
	ck_assert(!delete_by_path());
	ck_assert_uint_eq(asked.times, 1);
	be(ROOM_PSP);
	ck_assert(delete_by_path());
	ck_assert_uint_eq(asked.times, 1);
}
END_TEST

START_TEST(retry_tries_until_it_may_be)
{
	uint16_t h;

	host_file(&room_c, "foo.old", "text");
	h = opened(0x02, "FOO.OLD");
	be(PSP2);
	answer_retry_closing(h);
	ck_assert(rename_by_path());
	ck_assert_uint_eq(asked.times, 1);
	ck_assert(host_has(&room_c, "bar.new"));
}
END_TEST

/* --- of many files ------------------------------------------------------------------ */

static uint16_t three_files_second_open(void)
{
	host_file(&room_c, "a.txt", "");
	host_file(&room_c, "b.txt", "");
	host_file(&room_c, "c.txt", "");
	return opened(0x42, "B.TXT");
}

START_TEST(a_delete_of_many_leaves_out_the_one_in_use)
{
	three_files_second_open();
	answer(FAIL);
	ck_assert(fcb_call(0x13, make_fcb(FCB, "????????TXT", NULL)));
	ck_assert_uint_eq(asked.times, 1);
	ck_assert(!host_has(&room_c, "a.txt") && !host_has(&room_c, "c.txt"));
	ck_assert(host_has(&room_c, "b.txt"));
	ck_assert(!fcb_call(0x13, make_fcb(FCB, "????????TXT", NULL)));
	ck_assert_uint_eq(sda_r16(&dos, SDA_ERROR), DOS_FAIL_24);
}
END_TEST

START_TEST(a_delete_of_many_may_be_tried_again_where_it_stood)
{
	uint16_t h = three_files_second_open();

	answer_retry_closing(h);
	ck_assert(fcb_call(0x13, make_fcb(FCB, "????????TXT", NULL)));
	ck_assert_uint_eq(asked.times, 1);
	ck_assert(!host_has(&room_c, "a.txt") && !host_has(&room_c, "b.txt") &&
		  !host_has(&room_c, "c.txt"));
}
END_TEST

START_TEST(a_rename_of_many_stops_at_the_one_in_use)
{
	three_files_second_open();
	answer(FAIL);
	ck_assert(!fcb_call(0x17, make_fcb(FCB, "????????TXT", "X???????TXT")));
	ck_assert_uint_eq(asked.times, 1);
	ck_assert(host_has(&room_c, "x.txt") && host_has(&room_c, "b.txt") &&
		  host_has(&room_c, "c.txt"));
}
END_TEST

/* What has been renamed still fits the name, and is not renamed again.  */
START_TEST(a_rename_of_many_may_be_tried_again_where_it_stood)
{
	uint16_t h = three_files_second_open();

	answer_retry_closing(h);
	ck_assert(fcb_call(0x17, make_fcb(FCB, "????????TXT", "?X??????TXT")));
	ck_assert_uint_eq(asked.times, 1);
	ck_assert(host_has(&room_c, "ax.txt") && host_has(&room_c, "bx.txt") &&
		  host_has(&room_c, "cx.txt"));
}
END_TEST

/* --- FCBs: opens and records --------------------------------------------------------- */

START_TEST(an_fcb_open_that_a_sharing_mode_forbids_asks_the_user)
{
	for (uint8_t function = 0x0f; function <= 0x16; function += 7) {
		uint16_t h;

		host_file(&room_c, "foo.old", "text");
		h = opened(0x12, "FOO.OLD");
		answer(FAIL);
		ck_assert(!fcb_call(function, make_fcb(FCB, "FOO     OLD", NULL)));
		ck_assert_uint_eq(asked.times, 1);
		ck_assert_uint_eq(asked.ah, 0x1c);
		ck_assert_uint_eq(asked.error, DOS_SHARING);
		ck_assert_uint_eq(sda_r16(&dos, SDA_ERROR), DOS_FAIL_24);
		answer_retry_closing(h);
		ck_assert(fcb_call(function, make_fcb(FCB, "FOO     OLD", NULL)));
		ck_assert_uint_eq(asked.times, 1);
		ck_assert(fcb_call(0x10, FCB));
	}
}
END_TEST

START_TEST(records_that_are_locked_ask_the_user)
{
	uint16_t h;

	host_file(&room_c, "foo.old", "0123456789");
	h = opened(0x02, "FOO.OLD");
	ck_assert(fcb_call(0x0f, make_fcb(FCB, "FOO     OLD", NULL)));
	guest_w16(&guest, ROOM_DATA, FCB + FCB_RECORD_SIZE, 5);
	cpu_set16(&cpu, CPU_SI, 0);
	cpu_set16(&cpu, CPU_DI, 5);
	ck_assert(int21_bx(0x5c00, h, 0, 0));
	answer(FAIL);
	ck_assert(!fcb_call(0x14, FCB) && (ax() & 0xff) == 1);
	ck_assert_uint_eq(asked.times, 1);
	ck_assert_uint_eq(asked.ah, 0x1e);		/* data, read */
	ck_assert_uint_eq(asked.error, DOS_LOCK);
	ck_assert(!fcb_call(0x15, FCB));
	ck_assert_uint_eq(asked.ah, 0x1f);		/* data, write */
	answer_retry_closing(h);
	ck_assert(fcb_call(0x14, FCB));
	ck_assert_uint_eq(asked.times, 1);
	ck_assert_uint_eq(guest_r8(&guest, ROOM_DATA, 0x1000), '0');
	ck_assert(fcb_call(0x14, FCB));
	ck_assert_uint_eq(guest_r8(&guest, ROOM_DATA, 0x1000), '5');
}
END_TEST

/* 6Ch: opened in a sharing mode, it is told; replaced, the user is asked, unless he
 * is not to be.  */
START_TEST(a_file_in_use_is_replaced_only_if_the_user_frees_it)
{
	static const struct { uint16_t mode, action; unsigned times; } rows[] = {
		{ 0x0012, 0x01, 0 }, { 0x0012, 0x11, 0 }, { 0x0012, 0x02, 1 }, { 0x0012, 0x12, 1 },
		{ 0x0002, 0x01, 1 }, { 0x2012, 0x12, 0 }, { 0x2002, 0x01, 0 },
	};

	host_file(&room_c, "foo.old", "text");
	opened(0x12, "FOO.OLD");
	for (unsigned i = 0; i < sizeof rows / sizeof *rows; i++) {
		answer(FAIL);
		cpu_set16(&cpu, CPU_SI, name("FOO.OLD"));
		ck_assert(!int21_bx(0x6c00, rows[i].mode, 0, rows[i].action));
		ck_assert_msg(asked.times == rows[i].times, "row %u: %u questions", i, asked.times);
	}
}
END_TEST

int main(void)
{
	return suite_run_each("dos_sharing", begin, dos_close_room, (const TTest *[]){
		what_is_open_is_changed_only_by_who_has_it_in_compatibility_mode,
		one_that_has_it_too_forbids_it,
		an_fcb_is_compatibility_mode,
		retry_tries_until_it_may_be,
		a_delete_of_many_leaves_out_the_one_in_use,
		a_delete_of_many_may_be_tried_again_where_it_stood,
		a_rename_of_many_stops_at_the_one_in_use,
		a_rename_of_many_may_be_tried_again_where_it_stood,
		an_fcb_open_that_a_sharing_mode_forbids_asks_the_user,
		records_that_are_locked_ask_the_user,
		a_file_in_use_is_replaced_only_if_the_user_frees_it,
		NULL });
}
