/* dos_exec.c - programs: how they are loaded, started and ended.  */

#include "dos_kernel.h"
#include "dos_net.h"

enum { BLOCK = 0x40, TAIL = 0x60, NAME = 0xc0 };	/* in the first program's own memory */

static uint8_t image[70000];

/* An MZ header in `image', its fields by offset, for an image of n bytes.  */
static void put(unsigned at, uint16_t v)
{
	image[at] = v;
	image[at + 1] = v >> 8;
}

static void make_exe(unsigned size, unsigned relocations)
{
	memset(image, 0, sizeof image);
	put(0, 0x5a4d);
	put(2, size % 512);
	put(4, (size + 511) / 512);
	put(6, relocations);
	put(8, 4);
	put(10, 0x20);
	put(12, 0xffff);
	put(14, 1);		/* SS */
	put(16, 0x180);		/* SP */
	put(20, 0x10);		/* IP */
	put(22, 2);		/* CS */
	put(24, 0x1c);
	for (unsigned i = 0; i < 6; i++)
		memcpy(image + 64 + i * 2, "\x00\x01", 2);
}

/* The first program has 64 KB and runs with DS = ES = SS = its PSP.  */
static void setup_exec(void)
{
	boot();
	set(CPU_BX, 0x1000);
	ck_assert(int21(0x4a00));
	set(CPU_SP, 0xf000);
}

static void text(uint16_t at, const char *s)
{
	guest_copy_out(&guest, seg(CPU_DS), at, s, strlen(s) + 1);
}

static bool exec(uint8_t how, const char *name)
{
	uint16_t psp = seg(CPU_DS);

	text(0x1000 + NAME, name);
	text(0x1000 + TAIL, "\004 abc\r");
	guest_w16(&guest, psp, 0x1000 + BLOCK + EXEC_ENV, 0);
	guest_wfar(&guest, psp, 0x1000 + BLOCK + EXEC_TAIL, (struct far){ 0x1000 + TAIL, psp });
	guest_wfar(&guest, psp, 0x1000 + BLOCK + EXEC_FCB1, (struct far){ 0x5c, psp });
	guest_wfar(&guest, psp, 0x1000 + BLOCK + EXEC_FCB2, (struct far){ 0x6c, psp });
	load(CPU_ES, psp);
	set(CPU_BX, 0x1000 + BLOCK);
	set(CPU_DX, 0x1000 + NAME);
	return int21(0x4b00 | how);
}

static void fails_to_exec(uint16_t error, const char *name)
{
	uint16_t psp = dos_psp(&dos), largest;

	set(CPU_BX, 0xffff);
	ck_assert(!int21(0x4800));
	largest = reg(CPU_BX);
	ck_assert_msg(!exec(0, name), "%s runs", name);
	ck_assert_msg(reg(CPU_AX) == error, "%s: error %u", name, reg(CPU_AX));
	ck_assert_uint_eq(dos_psp(&dos), psp);
	set(CPU_BX, 0xffff);
	ck_assert(!int21(0x4800));
	ck_assert_uint_eq(reg(CPU_BX), largest);	/* nothing stays taken */
}

START_TEST(a_program_of_a_redirector_is_fetched_and_started)
{
	uint16_t parent, psp;

	setup_exec();
	parent = dos_psp(&dos);
	make_exe(64 + 600, 1);
	memcpy(image + 0x1c, "\x05\x00\x01\x00", 4);
	memset(image + 2000, 0x77, 60000);	/* an overlay that nobody asked for */
	connect_net(image, 62000);
	ck_assert(exec(0, "E:\\DIR\\X.EXE"));
	psp = dos_psp(&dos);
	ck_assert_uint_ne(psp, parent);
	ck_assert_uint_eq(peek(psp, PSP_PARENT), parent);
	ck_assert_uint_eq(cpu.ip, 0x10);
	ck_assert_uint_eq(seg(CPU_CS), psp + 0x10 + 2);
	ck_assert_uint_eq(peek(psp + 0x10 + 1, 5), psp + 0x10);
	ck_assert_uint_eq(net.opens, 1);
	ck_assert_uint_eq(net.closes, 1);
	ck_assert_uint_lt(net.most, 40000);
	ck_assert_uint_eq(peek8(parent, PSP_JFT + 5), 0xff);
	ck_assert(int21(0x4c00));
	ck_assert_uint_eq(dos_psp(&dos), parent);
	ck_assert_uint_eq(reg(CPU_SP), 0xf000);
	ck_assert(exec(0, "E:\\DIR\\X.EXE"));	/* and fetched anew */
	ck_assert_uint_eq(net.opens, 2);
}
END_TEST

START_TEST(a_redirectors_refusal_is_the_answer_of_exec)
{
	setup_exec();
	make_exe(64 + 600, 0);
	connect_net(image, 664);
	net.error = DOS_DENIED;
	fails_to_exec(DOS_DENIED, "E:\\X.EXE");
	net.error = 0;
	net.size = 0;
	fails_to_exec(DOS_BAD_FORMAT, "E:\\X.EXE");
	ck_assert_uint_eq(net.opens, net.closes);
	ck_assert_ptr_null(dos.fetch.data);
}
END_TEST

START_TEST(an_overlay_of_a_redirector_is_read_where_it_is_wanted)
{
	uint16_t psp;

	setup_exec();
	psp = dos_psp(&dos);
	memset(image, 0, 100);
	strcpy((char *)image, "plain image");
	connect_net(image, 100);
	guest_w16(&guest, psp, 0x1000 + BLOCK, psp + 0x200);
	guest_w16(&guest, psp, 0x1000 + BLOCK + 2, 0);
	text(0x1000 + NAME, "e:over.bin");
	load(CPU_ES, psp);
	set(CPU_BX, 0x1000 + BLOCK);
	set(CPU_DX, 0x1000 + NAME);
	ck_assert(int21(0x4b03));
	ck_assert_uint_eq(peek8(psp + 0x200, 0), 'p');
	ck_assert_uint_eq(peek8(psp + 0x200, 10), 'e');
}
END_TEST

START_TEST(the_first_program_gets_its_tail_and_environment)
{
	uint16_t psp, env;
	char strings[64];

	boot();
	psp = seg(CPU_DS);
	ck_assert_uint_eq(psp, dos_psp(&dos));
	ck_assert_uint_eq(peek8(psp, PSP_TAIL), 8);
	guest_string(&guest, (struct far){ PSP_TAIL + 1, psp }, strings, sizeof strings);
	ck_assert(strncmp(strings, " one two\r", 9) == 0);
	env = peek(psp, PSP_ENV);
	guest_copy_in(&guest, strings, env, 0, 32);
	ck_assert(memcmp(strings, "PATH=C:\\\0A=1\0\0\001\0C:\\ROOT.COM", 28) == 0);
	ck_assert_uint_eq(peek(psp, PSP_VERSION), 6 | 22 << 8);
	guest_copy_in(&guest, strings, psp, PSP_FCB1, 32);
	ck_assert(memcmp(strings, "\0ONE        ", 12) == 0);
	ck_assert(memcmp(strings + 16, "\0TWO        ", 12) == 0);
}
END_TEST

START_TEST(a_com_program_starts_as_dos_starts_it)
{
	uint16_t psp;

	boot();
	psp = dos_psp(&dos);
	ck_assert_uint_eq(seg(CPU_CS), psp);
	ck_assert_uint_eq(cpu.ip, 0x100);
	ck_assert_uint_eq(seg(CPU_DS), psp);
	ck_assert_uint_eq(seg(CPU_ES), psp);
	ck_assert_uint_eq(seg(CPU_SS), psp);
	ck_assert_uint_eq(reg(CPU_SP), 0xfffe);
	ck_assert_uint_eq(peek(psp, 0xfffe), 0);
	ck_assert_uint_eq(reg(CPU_AX), 0);
	ck_assert_uint_eq(reg(CPU_CX), 0xff);
	ck_assert_uint_eq(reg(CPU_DX), psp);
	ck_assert_uint_eq(peek8(psp, 0x100), 0xc3);
	ck_assert_uint_eq(peek(psp, PSP_TOP), 0xa000);
	ck_assert_uint_eq(peek(psp, PSP_INT20), 0x20cd);
	ck_assert_uint_eq(peek(psp, PSP_CPM_SIZE), 0xfef0);
	ck_assert_uint_eq(peek(psp, PSP_CPM_SIZE + 2), 0xf01d);
	ck_assert(cpu.flags & CPU_IF);
}
END_TEST

START_TEST(an_exe_program_is_relocated_and_gets_its_own_stack)
{
	uint16_t parent, psp;

	make_exe(64 + 1000, 1);
	put(0x1c, 0x0006);	/* the word at 0000:0006 of the image */
	put(64 + 6, 0x0003);
	add_file("\\A.EXE", image, 64 + 1000);
	setup_exec();
	parent = dos_psp(&dos);
	ck_assert(exec(0, "C:\\A.EXE"));
	psp = dos_psp(&dos);
	ck_assert_uint_ne(psp, parent);
	ck_assert_uint_eq(seg(CPU_CS), psp + 0x10 + 2);
	ck_assert_uint_eq(cpu.ip, 0x10);
	ck_assert_uint_eq(seg(CPU_SS), psp + 0x10 + 1);
	ck_assert_uint_eq(reg(CPU_SP), 0x180);
	ck_assert_uint_eq(seg(CPU_DS), psp);
	ck_assert_uint_eq(peek(psp + 0x10, 6), 3 + psp + 0x10);
	ck_assert_uint_eq(peek(psp, PSP_PARENT), parent);
	ck_assert_uint_eq(peek8(psp, PSP_TAIL), 4);
	ck_assert_uint_eq(peek8(psp - 1, MCB_NAME), 'A');
	ck_assert_uint_eq(peek8(psp - 1, MCB_NAME + 1), 0);
}
END_TEST

START_TEST(what_a_file_is_called_does_not_say_what_it_is)
{
	static const uint8_t ret = 0xc3;

	make_exe(64 + 100, 0);
	add_file("\\EXE.COM", image, 64 + 100);
	add_file("\\COM.EXE", &ret, 1);
	setup_exec();
	ck_assert(exec(0, "C:\\EXE.COM"));
	ck_assert_uint_eq(seg(CPU_CS), dos_psp(&dos) + 0x12);
	int21(0x4c00);
	ck_assert(exec(0, "C:\\COM.EXE"));
	ck_assert_uint_eq(seg(CPU_CS), dos_psp(&dos));
}
END_TEST

START_TEST(zm_is_a_signature_as_well)
{
	make_exe(64 + 100, 0);
	put(0, 0x4d5a);
	add_file("\\A.EXE", image, 64 + 100);
	setup_exec();
	ck_assert(exec(0, "C:\\A.EXE"));
	ck_assert_uint_eq(cpu.ip, 0x10);
}
END_TEST

START_TEST(no_maximum_means_the_end_of_memory)
{
	make_exe(64 + 160, 0);
	put(4, 1);		/* one page: 512 bytes, 28 paragraphs of image */
	put(10, 0);
	put(12, 0);
	add_file("\\HIGH.EXE", image, 64 + 160);
	setup_exec();
	ck_assert(exec(0, "C:\\HIGH.EXE"));
	ck_assert_uint_eq(seg(CPU_CS), 0xa000 - 28 + 2);
}
END_TEST

START_TEST(a_program_gets_no_more_than_it_asks_for)
{
	make_exe(64 + 448, 0);
	put(10, 0x10);
	put(12, 0x20);
	add_file("\\SMALL.EXE", image, 64 + 448);
	setup_exec();
	ck_assert(exec(0, "C:\\SMALL.EXE"));
	ck_assert_uint_eq(peek(dos_psp(&dos) - 1, MCB_PARAS), 0x10 + 28 + 0x20);
}
END_TEST

START_TEST(the_last_page_is_read_whole_whatever_the_header_says)
{
	make_exe(64 + 448 + 300, 0);
	put(2, 4);
	memset(image + 512, 0x77, 300);
	add_file("\\A.EXE", image, 64 + 448 + 300);
	setup_exec();
	ck_assert(exec(0, "C:\\A.EXE"));
	ck_assert_uint_eq(peek8(dos_psp(&dos) + 0x10, 448 + 299), 0x77);
}
END_TEST

START_TEST(files_that_are_no_programs_are_refused)
{
	static const uint8_t nothing;

	make_exe(64 + 2000, 0);
	add_file("\\SHORT.EXE", image, 64 + 1000);
	add_file("\\EMPTY.COM", &nothing, 0);
	setup_exec();
	fails_to_exec(DOS_BAD_FORMAT, "C:\\SHORT.EXE");
	fails_to_exec(DOS_BAD_FORMAT, "C:\\EMPTY.COM");
	fails_to_exec(DOS_NO_FILE, "C:\\NONE.EXE");
	fails_to_exec(DOS_NO_PATH, "C:\\NONE\\NONE.EXE");
	fails_to_exec(DOS_NO_FILE, "CON");
}
END_TEST

START_TEST(headers_that_lie_are_refused)
{
	static uint8_t table[600], header[600], large[600], wrap[600];

	make_exe(600, 1);
	put(0x18, 598);		/* a table that is not in the file */
	memcpy(table, image, 600);
	make_exe(600, 0);
	put(8, 0x1000);		/* a header larger than the file */
	memcpy(header, image, 600);
	make_exe(600, 0);
	put(4, 0x600);		/* 768 KB */
	memcpy(large, image, 600);
	make_exe(600, 0);
	put(10, 0xffff);	/* 1 MB behind the image */
	memcpy(wrap, image, 600);
	add_file("\\TABLE.EXE", table, 600);
	add_file("\\HEADER.EXE", header, 600);
	add_file("\\LARGE.EXE", large, 600);
	add_file("\\WRAP.EXE", wrap, 600);
	setup_exec();
	fails_to_exec(DOS_BAD_FORMAT, "C:\\TABLE.EXE");
	fails_to_exec(DOS_NO_MEMORY, "C:\\HEADER.EXE");
	fails_to_exec(DOS_NO_MEMORY, "C:\\LARGE.EXE");
	fails_to_exec(DOS_NO_MEMORY, "C:\\WRAP.EXE");
}
END_TEST

START_TEST(a_com_file_must_leave_room_for_its_stack)
{
	memset(image, 0x90, sizeof image);
	add_file("\\FITS.COM", image, 0xfeff);
	add_file("\\FULL.COM", image, 0xff00);
	setup_exec();
	fails_to_exec(DOS_NO_MEMORY, "C:\\FULL.COM");
	ck_assert(exec(0, "C:\\FITS.COM"));
}
END_TEST

START_TEST(an_ended_program_leaves_its_parent_as_it_was)
{
	uint16_t psp, sp, ip, largest;

	setup_exec();
	psp = dos_psp(&dos);
	set(CPU_BX, 0xffff);
	int21(0x4800);
	largest = reg(CPU_BX);
	set(CPU_SI, 0x1111);
	set(CPU_BP, 0x2222);
	sp = reg(CPU_SP);
	ip = cpu.ip;
	ck_assert(exec(0, "C:\\ROOT.COM"));
	set(CPU_SI, 0);
	set(CPU_BP, 0);
	load(CPU_DS, 0);
	guest_wfar(&guest, 0, 0x24 * 4, (struct far){ 1, 2 });
	int21(0x4c2a);
	ck_assert_uint_eq(dos_psp(&dos), psp);
	ck_assert_uint_eq(seg(CPU_SS), psp);
	ck_assert_uint_eq(reg(CPU_SP), sp);
	ck_assert_uint_eq(cpu.ip, ip);
	ck_assert_uint_eq(reg(CPU_SI), 0x1111);
	ck_assert_uint_eq(reg(CPU_BP), 0x2222);
	ck_assert_uint_eq(seg(CPU_DS), psp);
	ck_assert_uint_eq(peek(0, 0x24 * 4), guest_gate_far(0x24).off);
	ck_assert(int21(0x4d00));
	ck_assert_uint_eq(reg(CPU_AX), 0x2a);
	set(CPU_BX, 0xffff);
	int21(0x4800);
	ck_assert_uint_eq(reg(CPU_BX), largest);
	ck_assert_uint_eq(guest.depth, 0);
}
END_TEST

START_TEST(the_first_program_ends_the_run)
{
	boot();
	set(CPU_AX, 0x4c07);
	ck_assert(!interrupt(0x21));
	ck_assert_int_eq(off_code, 7);
	ck_assert_int_eq(off_how, DOS_HOW_NORMAL);
}
END_TEST

START_TEST(a_return_from_a_com_program_ends_it)
{
	boot();
	cpu.ip = 0;		/* RET to PSP:0: INT 20h */
	set(CPU_SP, 0);
	ck_assert(!interrupt(0x20));
	ck_assert_int_eq(off_code, 0);
}
END_TEST

/* \ROOT.COM once more, as a child; its PSP.  */
static uint16_t start_child(void)
{
	setup_exec();
	ck_assert(exec(0, "C:\\ROOT.COM"));
	return dos_psp(&dos);
}

START_TEST(a_resident_program_keeps_what_it_asked_for)
{
	uint16_t psp = start_child();

	set(CPU_DX, 0x20);
	int21(0x3105);
	ck_assert_uint_eq(peek(psp - 1, MCB_OWNER), psp);
	ck_assert_uint_eq(peek(psp - 1, MCB_PARAS), 0x20);
	ck_assert_uint_ne(dos_psp(&dos), psp);
	int21(0x4d00);
	ck_assert_uint_eq(reg(CPU_AX), 0x0305);
}
END_TEST

START_TEST(int_27h_counts_in_bytes)
{
	uint16_t psp = start_child();

	set(CPU_DX, 0x301);
	ck_assert(interrupt(0x27));
	ck_assert_uint_eq(peek(psp - 1, MCB_PARAS), 0x31);
}
END_TEST

START_TEST(a_debugger_gets_the_program_without_starting_it)
{
	uint16_t parent, psp, block = 0x1000 + BLOCK;

	setup_exec();
	parent = dos_psp(&dos);
	ck_assert(exec(1, "C:\\ROOT.COM"));
	psp = dos_psp(&dos);
	ck_assert_uint_ne(psp, parent);
	ck_assert_uint_eq(seg(CPU_CS), parent);
	ck_assert_uint_eq(peek(parent, block + EXEC_SP), 0xfffc);
	ck_assert_uint_eq(peek(parent, block + EXEC_SP + 2), psp);
	ck_assert_uint_eq(peek(parent, block + EXEC_IP), 0x100);
	ck_assert_uint_eq(peek(parent, block + EXEC_IP + 2), psp);
}
END_TEST

START_TEST(an_overlay_goes_where_the_caller_wants_it)
{
	uint16_t psp, block = 0x1000 + BLOCK;

	make_exe(64 + 100, 1);
	put(0x1c, 0x0006);
	put(64 + 6, 0x0003);
	add_file("\\A.OVL", image, 64 + 100);
	setup_exec();
	psp = dos_psp(&dos);
	text(0x1000 + NAME, "C:\\A.OVL");
	guest_w16(&guest, psp, block, 0x7000);
	guest_w16(&guest, psp, block + 2, 0x7000);
	load(CPU_ES, psp);
	set(CPU_BX, block);
	set(CPU_DX, 0x1000 + NAME);
	ck_assert(int21(0x4b03));
	ck_assert_uint_eq(peek(0x7000, 6), 0x7003);
	ck_assert_uint_eq(dos_psp(&dos), psp);
}
END_TEST

static bool fast(uint16_t which, uint16_t entry)
{
	cpu.flags &= ~(uint32_t)CPU_CF;
	set(CPU_AX, 0x122a);
	set(CPU_BX, which);
	set(CPU_SI, entry);
	ck_assert(interrupt(0x2f));
	return !(cpu.flags & CPU_CF);
}

START_TEST(fastopen_installs_itself_once)
{
	setup_exec();
	ck_assert(fast(1, 0xffff));
	ck_assert(fast(2, 0xffff));
	ck_assert(fast(1, 0xffff));		/* asking is not installing */
	ck_assert(fast(1, 0x1234));
	ck_assert(!fast(1, 0xffff));
	ck_assert(!fast(1, 0x1234));
	ck_assert(fast(2, 0x5678));
	ck_assert(!fast(2, 0xffff));
	ck_assert(!fast(3, 0xffff));
	ck_assert(!fast(0, 0xffff));
}
END_TEST

START_TEST(call_5_makes_the_call_in_cl)
{
	uint16_t psp, sp;

	setup_exec();
	psp = dos_psp(&dos);
	sp = reg(CPU_SP);
	/* CALL 5 from 0x200, whose CALL FAR leads to 0:00C0's jump to the gate */
	guest_w16(&guest, psp, sp - 2, 0x203);
	guest_w16(&guest, psp, sp - 4, psp);
	guest_w16(&guest, psp, sp - 6, 0x0a);
	set(CPU_SP, sp - 6);
	set(CPU_CX, 0x19);
	load(CPU_CS, GUEST_ROM_SEG);
	cpu.ip = GUEST_GATE_OFF + GATE_DOS_CPM;
	ck_assert(run_gates());
	ck_assert_uint_eq(cpu.ip, 0x203);
	ck_assert_uint_eq(seg(CPU_CS), psp);
	ck_assert_uint_eq(reg(CPU_SP), sp);
	ck_assert_uint_eq(reg(CPU_AX) & 0xff, 2);	/* drive C: */
	ck_assert_uint_eq(peek8(0, 0xc0), 0xea);
	ck_assert_uint_eq(peek(0, 0xc1), GUEST_GATE_OFF + GATE_DOS_CPM);
}
END_TEST

START_TEST(the_callers_registers_lie_where_dos_leaves_them)
{
	struct far user;

	boot();
	set(CPU_SI, 0x5151);
	set(CPU_BX, 0x1234);
	int21(0x2500 | 0x60);	/* any */
	user = guest_rfar(&guest, dos_psp(&dos), PSP_STACK);
	ck_assert_uint_eq(user.seg, seg(CPU_SS));
	ck_assert_uint_eq(user.off, (uint16_t)(reg(CPU_SP) - 0x18));
	ck_assert_uint_eq(peek(user.seg, user.off + USER_BX), 0x1234);
	ck_assert_uint_eq(peek(user.seg, user.off + USER_SI), 0x5151);
	ck_assert_uint_eq(peek(user.seg, user.off + USER_AX), 0x2560);
	ck_assert_uint_eq(sda_r8(&dos, SDA_INDOS), 0);
}
END_TEST

START_TEST(a_function_nobody_has_answers_al_0)
{
	boot();
	int21(0xfe55);
	ck_assert_uint_eq(reg(CPU_AX), 0xfe00);
	int21(0x6b55);
	ck_assert_uint_eq(reg(CPU_AX), 0x6b00);
}
END_TEST

START_TEST(a_server_call_makes_the_call_of_its_list)
{
	uint16_t psp;

	setup_exec();
	psp = dos_psp(&dos);
	guest_w16(&guest, psp, 0x1000 + DPL_AX, 0x4800);
	guest_w16(&guest, psp, 0x1000 + DPL_BX, 0x0010);
	set(CPU_DX, 0x1000);
	ck_assert(int21(0x5d00));
	ck_assert_uint_eq(peek(reg(CPU_AX) - 1, MCB_PARAS), 0x10);
}
END_TEST

START_TEST(a_program_may_be_told_another_version)
{
	static const uint8_t ret = 0xc3;
	static const struct dos_setver table[] = { { "OTHER.EXE", 4, 1 }, { "OLD.COM", 3, 30 } };

	add_file("\\OLD.COM", &ret, 1);
	versions = table;
	version_count = 2;
	setup_exec();
	ck_assert(int21(0x3000));
	ck_assert_uint_eq(reg(CPU_AX), 6 | 22 << 8);
	ck_assert(exec(0, "c:\\old.com"));
	ck_assert(int21(0x3000));
	ck_assert_uint_eq(reg(CPU_AX), 3 | 30 << 8);
	ck_assert(int21(0x3306));
	ck_assert_uint_eq(reg(CPU_BX), 6 | 22 << 8);
}
END_TEST

static uint8_t port_92;

static uint32_t read_92(void *dev, uint32_t port, unsigned size)
{
	(void)dev;
	(void)port;
	(void)size;
	return port_92;
}

static void write_92(void *dev, uint32_t port, uint32_t v, unsigned size)
{
	(void)dev;
	(void)port;
	(void)size;
	port_92 = v;
	bus_set_a20(&bus, v & 2);
}

/* It lies below 64 KB: the first program is small.  */
START_TEST(a_program_packed_by_exepack_starts_with_a20_off)
{
	static const struct bus_ops ops = { .read = read_92, .write = write_92 };

	make_exe(64 + 100, 0);
	put(20, 0x12);		/* CS:IP just behind the packer's variables */
	memcpy(image + 64 + 0x30, "RB", 2);
	add_file("\\PACKED.EXE", image, 64 + 100);
	boot();
	set(CPU_SP, 0x1f00);
	set(CPU_BX, 0x200);
	ck_assert(int21(0x4a00));
	bus_map_ports(&bus, 0x92, 1, &ops, NULL);
	write_92(NULL, 0x92, 2, 1);
	ck_assert(exec(0, "C:\\PACKED.EXE"));
	ck_assert_uint_lt(seg(CPU_CS), 0x1000);
	ck_assert_uint_eq(port_92, 0);
	ck_assert(int21(0x3000));
	ck_assert_uint_eq(port_92, 2);
}
END_TEST

int main(void)
{
	return suite_run_each("dos exec", begin_files, shut_down, (const TTest *[]){
		the_first_program_gets_its_tail_and_environment,
		a_com_program_starts_as_dos_starts_it,
		an_exe_program_is_relocated_and_gets_its_own_stack,
		what_a_file_is_called_does_not_say_what_it_is,
		zm_is_a_signature_as_well,
		no_maximum_means_the_end_of_memory,
		a_program_gets_no_more_than_it_asks_for,
		the_last_page_is_read_whole_whatever_the_header_says,
		files_that_are_no_programs_are_refused,
		headers_that_lie_are_refused,
		a_com_file_must_leave_room_for_its_stack,
		an_ended_program_leaves_its_parent_as_it_was,
		the_first_program_ends_the_run,
		a_return_from_a_com_program_ends_it,
		a_resident_program_keeps_what_it_asked_for,
		int_27h_counts_in_bytes,
		a_debugger_gets_the_program_without_starting_it,
		an_overlay_goes_where_the_caller_wants_it,
		a_program_of_a_redirector_is_fetched_and_started,
		a_redirectors_refusal_is_the_answer_of_exec,
		an_overlay_of_a_redirector_is_read_where_it_is_wanted,
		fastopen_installs_itself_once,
		call_5_makes_the_call_in_cl,
		the_callers_registers_lie_where_dos_leaves_them,
		a_function_nobody_has_answers_al_0,
		a_server_call_makes_the_call_of_its_list,
		a_program_may_be_told_another_version,
		a_program_packed_by_exepack_starts_with_a20_off,
		NULL });
}
