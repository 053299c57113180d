/* dos_redirect.c - a redirector on INT 2Fh sees what it is promised.  */

#include "dos_room.h"

/* What the last call of the redirector was, and what it is to answer.  */
static struct {
	unsigned calls;
	uint8_t function;
	uint16_t word, es, di, cx, dx;
	char path[130], path2[130];
	struct far dta;
	uint16_t error;			/* 0: success */
} net;

/* On the stack: IP, CS, flags, and then what the kernel pushed before.  */
static void remember(struct guest *g)
{
	net.calls++;
	net.function = cpu_get8(g->cpu, 0);
	net.word = guest_r16(g, g->cpu->seg[CPU_SS].sel, cpu_get16(g->cpu, CPU_SP) + 6);
	net.es = g->cpu->seg[CPU_ES].sel;
	net.di = cpu_get16(g->cpu, CPU_DI);
	net.cx = cpu_get16(g->cpu, CPU_CX);
	net.dx = cpu_get16(g->cpu, CPU_DX);
	net.dta = sda_rfar(&dos, SDA_DTA);
	strcpy(net.path, string_at(DOS_SEG, sda_r16(&dos, SDA_WFP_START)));
	strcpy(net.path2, string_at(DOS_SEG, sda_r16(&dos, SDA_REN_WFP)));
}

static void answer_find(struct guest *g)
{
	uint8_t entry[32] = "FOUND   TXT\x20";

	entry[28] = 99;
	guest_w8(g, net.dta.seg, net.dta.off, 0x80 | 5);
	guest_w16(g, net.dta.seg, net.dta.off + FIND_ENTRY, 7);
	guest_copy_out(g, net.dta.seg, net.dta.off + 21, entry, sizeof entry);
}

static enum svc redirector(void *room, struct guest *g)
{
	(void)room;
	remember(g);
	if (net.error)
		return guest_fail(g, net.error);
	switch (net.function) {
	case 0x06:
		guest_w16(g, net.es, net.di + SFT_REFS, 0);
		break;
	case 0x08:
		guest_copy_out(g, net.dta.seg, net.dta.off, "data", 4);
		cpu_set16(g->cpu, CPU_CX, 4);
		break;
	case 0x0c:
		cpu_set16(g->cpu, CPU_BX, 1000);
		cpu_set16(g->cpu, CPU_CX, 512);
		cpu_set16(g->cpu, CPU_DX, 400);
		return guest_ok(g, 0xf808);
	case 0x0f:
		return guest_ok(g, ATTR_ARCHIVE);
	case 0x16:
		guest_w16(g, net.es, net.di + SFT_INFO, INFO_NETWORK | 4);
		break;
	case 0x1b: case 0x1c:
		answer_find(g);
		break;
	case 0x21:
		cpu_set16(g->cpu, CPU_DX, 1);
		return guest_ok(g, 2);
	}
	return guest_done(g);
}

/* Drive E: is the redirector's.  */
static void open_with_redirector(void)
{
	dos_open_room();
	memset(&net, 0, sizeof net);
	dos_drive(4, "\\\\SRV\\DISK\\CUR", CDS_NETWORK, 10);
	guest_offer(&guest, 0x2f, redirector, NULL);
	guest_wfar(&guest, 0, 0x2f * 4, guest_gate_far(0x2f));
}

START_TEST(a_file_is_opened_read_and_closed_by_the_redirector)
{
	uint16_t h;

	succeeds(0x3d42, 0, "e:file.txt");
	h = ax();
	ck_assert_uint_eq(net.function, 0x16);
	ck_assert_str_eq(net.path, "\\\\SRV\\DISK\\CUR\\FILE.TXT");
	ck_assert_uint_eq(net.word, 0x42);
	ck_assert_uint_eq(net.es, ROOM_SFT);
	ck_assert(int21_bx(0x4400, h, 0, 0));
	ck_assert_uint_eq(cpu_get16(&cpu, CPU_DX), 0x8004);
	ck_assert(int21_bx(0x3f00, h, 100, 0x900));
	ck_assert_uint_eq(ax(), 4);
	ck_assert_uint_eq(net.cx, 100);
	ck_assert_uint_eq(sda_rfar(&dos, SDA_DTA).seg, ROOM_PSP);
	ck_assert_int_eq(strncmp(string_at(ROOM_DATA, 0x900), "data", 4), 0);
	ck_assert(int21_bx(0x4202, h, 0xffff, 0xfffe));
	ck_assert_uint_eq(cpu_get16(&cpu, CPU_DX), 1);
	ck_assert_uint_eq(net.dx, 0xfffe);
	ck_assert(int21_bx(0x3e00, h, 0, 0));
	ck_assert_uint_eq(net.function, 0x06);
	ck_assert(!int21_bx(0x3e00, h, 0, 0));
}
END_TEST

START_TEST(a_refused_open_leaves_nothing_behind)
{
	net.error = 5;
	fails_with(5, 0x3d00, 0, "e:file.txt");
	ck_assert_uint_eq(guest_r16(&guest, ROOM_SFT, SFTB_ENTRIES + SFT_REFS), 0);
	ck_assert_uint_eq(guest_r8(&guest, ROOM_PSP, PSP_JFT), 0xff);
}
END_TEST

START_TEST(what_is_done_to_names_goes_to_the_redirector)
{
	succeeds(0x4300, 0, "e:\\a");
	ck_assert_uint_eq(net.function, 0x0f);
	ck_assert_uint_eq(cpu_get16(&cpu, CPU_CX), ATTR_ARCHIVE);
	ck_assert_str_eq(net.path, "\\\\SRV\\DISK\\A");
	succeeds(0x4301, ATTR_HIDDEN, "e:\\a");
	ck_assert_uint_eq(net.function, 0x0e);
	ck_assert_uint_eq(net.word, ATTR_HIDDEN);
	succeeds(0x4100, 0, "e:\\a");
	ck_assert_uint_eq(net.function, 0x13);
	cpu_set16(&cpu, CPU_DI, text_at(0x300, "e:b"));
	succeeds(0x5600, 0, "e:a");
	ck_assert_uint_eq(net.function, 0x11);
	ck_assert_str_eq(net.path2, "\\\\SRV\\DISK\\CUR\\B");
	succeeds(0x3900, 0, "e:dir");
	ck_assert_uint_eq(net.function, 0x03);
	succeeds(0x3a00, 0, "e:dir");
	ck_assert_uint_eq(net.function, 0x01);
	succeeds(0x3b00, 0, "e:\\dir");
	ck_assert_uint_eq(net.function, 0x05);
	ck_assert_str_eq(string_at(ROOM_CDS, 4 * CDS_SIZE), "\\\\SRV\\DISK\\DIR");
	succeeds(0x3c00, 2, "\\\\other\\disk\\file");
	ck_assert_uint_eq(net.function, 0x18);
	ck_assert_str_eq(net.path, "\\\\OTHER\\DISK\\FILE");
	ck_assert_uint_eq(net.word, 2);
}
END_TEST

START_TEST(a_search_goes_on_with_the_redirectors_state)
{
	ck_assert(int21(0x4e00, ATTR_DIR, name("e:*.*")));
	ck_assert_uint_eq(net.function, 0x1b);
	ck_assert_str_eq(net.path, "\\\\SRV\\DISK\\CUR\\????????.???");
	ck_assert_str_eq(string_at(ROOM_PSP, ROOM_DTA + FIND_NAME), "FOUND.TXT");
	ck_assert_uint_eq(guest_r32(&guest, ROOM_PSP, ROOM_DTA + FIND_SIZE), 99);
	ck_assert(int21(0x4f00, 0, 0));
	ck_assert_uint_eq(net.function, 0x1c);
	net.error = 18;
	ck_assert(!int21(0x4f00, 0, 0) && ax() == 18);
	ck_assert_uint_eq(sda_rfar(&dos, SDA_DTA).off, ROOM_DTA);
}
END_TEST

START_TEST(free_space_is_the_redirectors)
{
	int21(0x3600, 0, 5);
	ck_assert_uint_eq(net.function, 0x0c);
	ck_assert_uint_eq(ax(), 8);
	ck_assert_uint_eq(cpu_get16(&cpu, CPU_BX), 400);
	ck_assert_uint_eq(cpu_get16(&cpu, CPU_DX), 1000);
}
END_TEST

int main(void)
{
	return suite_run_each("dos_redirect", open_with_redirector, dos_close_room, (const TTest *[]){
		a_file_is_opened_read_and_closed_by_the_redirector,
		a_refused_open_leaves_nothing_behind,
		what_is_done_to_names_goes_to_the_redirector,
		a_search_goes_on_with_the_redirectors_state,
		free_space_is_the_redirectors,
		NULL });
}
