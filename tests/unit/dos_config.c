/* dos_config.c - CONFIG.SYS.  */

#include "dos_kernel.h"
#include "dos_net.h"
#include "dos/config.h"

static uint8_t driver[64];

static void with_config(const char *text)
{
	begin_files();
	add_file("\\CONFIG.SYS", text, strlen(text));
}

static bool list(void *ctx, const struct config_line *l)
{
	char *out = ctx;
	size_t n = strlen(out);

	snprintf(out + n, 512 - n, "%u:%s=%s%s;", l->number, l->command, l->value, l->ask ? "?" : "");
	return true;
}

static void lines_are(const char *text, const char *block, const char *wanted)
{
	char is[512] = "";

	config_walk(text, strlen(text), block, list, is);
	ck_assert_str_eq(is, wanted);
}

START_TEST(a_line_is_a_command_and_its_value)
{
	lines_are("files=30\r\n  Buffers = 20,0\r\nSHELL c:\\x.com /p\r\nSET A=b c\r\n", "",
		  "1:FILES=30;2:BUFFERS=20,0;3:SHELL=c:\\x.com /p;4:SET=A=b c;");
	lines_are("REM files=1\n;files=2\nREMOVE=1\n\nrem\nDEVICE?=x\n?BREAK=ON", "",
		  "3:REMOVE=1;6:DEVICE=x?;7:BREAK=ON?;");
	lines_are("FILES=1\n\x1a" "FILES=2\n", "", "1:FILES=1;");
}
END_TEST

START_TEST(only_the_chosen_block_counts)
{
	static const char text[] =
		"FILES=1\n[menu]\nMENUITEM=a\n[a]\nFILES=2\nINCLUDE=b\n[COMMON]\nFILES=3\n"
		"[b]\nFILES=4\n[c]\nINCLUDE=c\n";

	lines_are(text, "", "1:FILES=1;8:FILES=3;");
	lines_are(text, "A", "1:FILES=1;5:FILES=2;10:FILES=4;8:FILES=3;");
	lines_are(text, "C", "1:FILES=1;8:FILES=3;");
}
END_TEST

START_TEST(a_menu_has_items_and_a_default)
{
	static const char text[] =
		"[MENU]\nMENUITEM=one\nMENUITEM=TWO, The second\nSUBMENU=Three,More\n"
		"MENUDEFAULT=two,5\nMENUCOLOR=7,0\n";
	struct config_menu m;

	ck_assert(config_menu(text, sizeof text - 1, "MENU", &m));
	ck_assert_uint_eq(m.count, 3);
	ck_assert_str_eq(m.item[0].block, "ONE");
	ck_assert_str_eq(m.item[1].text, "The second");
	ck_assert(m.item[2].submenu);
	ck_assert_uint_eq(m.chosen, 1);
	ck_assert_int_eq(m.timeout, 5);
	ck_assert(!config_menu(text, sizeof text - 1, "ONE", &m));
}
END_TEST

static unsigned count_files(void)
{
	struct far block = lol_rfar(&dos, LOL_SFT);
	unsigned n = 0;

	for (; block.off != 0xffff; block = guest_rfar(&guest, block.seg, block.off + SFTB_NEXT))
		n += peek(block.seg, block.off + SFTB_COUNT);
	return n;
}

START_TEST(values_make_the_tables)
{
	with_config("FILES=50\nLASTDRIVE=K\nBREAK=ON\nSET FOO=Bar\nSET foo2=x\nCOUNTRY=49,,\n");
	boot();
	ck_assert_str_eq(screen, "");
	ck_assert_uint_eq(count_files(), 50);
	ck_assert_uint_eq(lol_r8(&dos, LOL_LASTDRIVE), 11);
	ck_assert_uint_eq(sda_r8(&dos, SDA_BREAK), 1);
	ck_assert_uint_eq(dos.boot.country, 49);
	{
		char env[64];

		guest_copy_in(&guest, env, peek(dos_psp(&dos), PSP_ENV), 0, sizeof env);
		ck_assert(memcmp(env, "FOO=Bar\0FOO2=x\0PATH=C:\\\0", 24) == 0);
	}
	shut_down();
}
END_TEST

START_TEST(mistakes_are_told_with_their_line)
{
	with_config("FILES=3\nNONSENSE=1\nDEVICE=C:\\NONE.SYS\n");
	boot();
	ck_assert_str_eq(screen,
		"Bad command or parameters - Error in CONFIG.SYS line 1\r\n"
		"Unrecognized command in CONFIG.SYS - Error in CONFIG.SYS line 2\r\n"
		"Bad or missing C:\\NONE.SYS - Error in CONFIG.SYS line 3\r\n");
	ck_assert_uint_eq(cpu.ip, 0x100);
	shut_down();
}
END_TEST

START_TEST(shell_is_the_first_program)
{
	static const uint8_t code = 0x90;

	with_config("SHELL=C:\\SH.COM C:\\ /E:512 /P\n");
	add_file("\\SH.COM", &code, 1);
	boot();
	ck_assert_uint_eq(peek8(dos_psp(&dos), 0x100), 0x90);
	ck_assert_uint_eq(peek8(dos_psp(&dos), PSP_TAIL), 14);
	ck_assert_uint_eq(peek8(dos_psp(&dos), PSP_TAIL + 1), ' ');
	shut_down();
}
END_TEST

/* The routine that is being called returns.  */
static void far_return(void)
{
	uint16_t sp = reg(CPU_SP);

	cpu.ip = peek(seg(CPU_SS), sp);
	load(CPU_CS, peek(seg(CPU_SS), sp + 2));
	set(CPU_SP, sp + 4);
	run_gates();
}

static void make_driver(const char *name, uint16_t next)
{
	memset(driver, 0, sizeof driver);
	memcpy(driver, &next, 2);
	memcpy(driver + 2, "\xff\xff\x00\x80\x20\x00\x21\x00", 8);
	memcpy(driver + 10, name, 8);
}

/* Plays the driver's two routines: it keeps `keep' bytes.  */
static void play_driver(uint16_t keep)
{
	uint16_t base = seg(CPU_CS);

	ck_assert_uint_eq(cpu.ip, 0x20);
	ck_assert_uint_eq(peek8(seg(CPU_ES), reg(CPU_BX) + REQ_COMMAND), CMD_INIT);
	far_return();
	ck_assert_uint_eq(cpu.ip, 0x21);
	guest_w16(&guest, seg(CPU_ES), reg(CPU_BX) + REQ_STATUS, STATUS_DONE);
	guest_wfar(&guest, seg(CPU_ES), reg(CPU_BX) + REQ_INIT_END, (struct far){ keep, base });
	far_return();
}

START_TEST(a_driver_is_asked_and_linked_and_keeps_its_memory)
{
	struct far at;
	char arguments[32];

	with_config("DEVICE=x.sys /a b\n");
	make_driver("MYDEV$  ", 0xffff);
	add_file("\\X.SYS", driver, sizeof driver);
	boot();
	at = (struct far){ 0, seg(CPU_CS) };
	guest_string(&guest, guest_rfar(&guest, seg(CPU_ES), reg(CPU_BX) + REQ_INIT_ARGS),
		     arguments, sizeof arguments);
	ck_assert_str_eq(arguments, "X.SYS /A B\r\n");
	play_driver(0x30);
	ck_assert_str_eq(screen, "");
	ck_assert(far_is(guest_rfar(&guest, DOS_SEG, AT_NUL + DEV_NEXT), at));
	ck_assert(far_is(guest_rfar(&guest, at.seg, DEV_NEXT), dev_builtin(DEV_CON)));
	ck_assert_uint_eq(peek(at.seg - 1, MCB_PARAS), 3);
	ck_assert_uint_eq(peek8(at.seg - 1, MCB_TYPE), 'D');
	ck_assert_uint_eq(peek8(at.seg - 1, MCB_NAME), 'X');
	ck_assert_uint_eq(peek(at.seg - 2, MCB_PARAS), 4);
	ck_assert_uint_eq(peek(at.seg - 2, MCB_OWNER), MCB_OWNER_DOS);
	ck_assert_uint_eq(cpu.ip, 0x100);	/* and the first program runs */
	ck_assert_uint_eq(peek(dos_psp(&dos), PSP_TOP), 0xa000);
	shut_down();
}
END_TEST

/* Above 639 KB, upper memory of 1 KB at D000h and of 4 KB at D100h, as a driver of an earlier
 * line may have brought it.  */
static void bring_upper_memory(void)
{
	static const struct { uint16_t mcb; char type; uint16_t owner, paras; } blocks[] = {
		{ 0x9fc0, 'M', MCB_OWNER_DOS, 0x303f }, { 0xd000, 'M', 0, 0x40 },
		{ 0xd041, 'M', MCB_OWNER_DOS, 0xbe }, { 0xd100, 'Z', 0, 0x100 },
	};
	uint16_t mcb = lol_r16(&dos, LOL_FIRST_MCB);

	bus_map_ram(&bus, 0xd0000, 0x10000, bus.ram + 0x100000, PAGE_WRITABLE);
	while (peek8(mcb, MCB_TYPE) == 'M')
		mcb += peek(mcb, MCB_PARAS) + 1;
	ck_assert_uint_eq(mcb + 1 + peek(mcb, MCB_PARAS), 0x9fc0);
	for (unsigned i = 0; i < 4; i++) {
		guest_w8(&guest, blocks[i].mcb, MCB_TYPE, blocks[i].type);
		guest_w16(&guest, blocks[i].mcb, MCB_OWNER, blocks[i].owner);
		guest_w16(&guest, blocks[i].mcb, MCB_PARAS, blocks[i].paras);
		guest_copy_out(&guest, blocks[i].mcb, MCB_NAME, i % 2 ? "\0\0" : "SC", 3);
	}
	guest_w16(&guest, DOS_SEG, AT_UMB_HEAD, 0x9fc0);
}

/* The segment that the driver of this line is loaded at.  */
static uint16_t loaded_at(const char *dos_line, const char *line)
{
	char text[128];
	uint16_t at;

	snprintf(text, sizeof text, "%s\nDEVICE=X.SYS\n%s X.SYS\n", dos_line, line);
	with_config(text);
	make_driver("MYDEV$  ", 0xffff);
	add_file("\\X.SYS", driver, sizeof driver);
	low_kb = 639;
	boot();
	bring_upper_memory();
	play_driver(0x30);
	at = seg(CPU_CS);
	guest_string(&guest, guest_rfar(&guest, seg(CPU_ES), reg(CPU_BX) + REQ_INIT_ARGS),
		     text, sizeof text);
	ck_assert_str_eq(text, "X.SYS\r\n");
	play_driver(0x30);
	ck_assert_str_eq(screen, "");
	ck_assert_uint_eq(cpu.ip, 0x100);
	ck_assert_uint_eq(peek8(DOS_SEG, AT_UMB_LINKED) & 1, 0);
	ck_assert_uint_eq(peek8(DOS_SEG, AT_ALLOC_STRATEGY), 0);
	ck_assert_uint_eq(peek(at - 1, MCB_PARAS), 3);
	shut_down();
	return at;
}

START_TEST(devicehigh_loads_into_the_region_with_room)
{
	ck_assert_uint_lt(loaded_at("DOS=UMB", "DEVICE="), 0xa000);
	ck_assert_uint_lt(loaded_at("DOS=NOUMB", "DEVICEHIGH="), 0xa000);
	ck_assert_uint_eq(loaded_at("DOS=UMB", "DEVICEHIGH="), 0xd102);
	ck_assert_uint_eq(loaded_at("DOS=UMB", "DEVICEHIGH=/L:1"), 0xd002);
	ck_assert_uint_eq(loaded_at("DOS=UMB", "DEVICEHIGH=/L:1,1008 /S"), 0xd002);
	ck_assert_uint_lt(loaded_at("DOS=UMB", "DEVICEHIGH=/L:1,1025"), 0xa000);
	ck_assert_uint_eq(loaded_at("DOS=UMB", "DEVICEHIGH SIZE=FE0"), 0xd102);
	ck_assert_uint_lt(loaded_at("DOS=UMB", "DEVICEHIGH SIZE=FE1"), 0xa000);
}
END_TEST

START_TEST(a_driver_of_a_redirector_is_fetched)
{
	static uint8_t second[64];
	uint16_t at;

	with_config("DEVICE=X.SYS\nDEVICE=E:\\NET.SYS /q\nDEVICE=E:\\GONE.SYS\n");
	make_driver("MYDEV$  ", 0xffff);
	add_file("\\X.SYS", driver, sizeof driver);
	memcpy(second, driver, sizeof driver);
	memcpy(second + 10, "NETDEV$ ", 8);
	boot();
	connect_net(second, sizeof second);
	play_driver(0x30);
	at = seg(CPU_CS);
	ck_assert_uint_eq(peek8(at, 10), 'N');
	ck_assert_uint_eq(net.closes, 1);
	net.error = DOS_NO_FILE;
	play_driver(0x30);
	ck_assert(strstr(screen, "Bad or missing E:\\GONE.SYS - Error in CONFIG.SYS line 3"));
	ck_assert_uint_eq(peek(at - 1, MCB_PARAS), 3);
	ck_assert_uint_eq(cpu.ip, 0x100);
	shut_down();
}
END_TEST

START_TEST(a_driver_that_keeps_nothing_is_gone)
{
	with_config("DEVICE=X.SYS\n");
	make_driver("MYDEV$  ", 0xffff);
	add_file("\\X.SYS", driver, sizeof driver);
	boot();
	play_driver(0);
	ck_assert(far_is(guest_rfar(&guest, DOS_SEG, AT_NUL + DEV_NEXT), dev_builtin(DEV_CON)));
	ck_assert_uint_eq(cpu.ip, 0x100);
	shut_down();
}
END_TEST

START_TEST(a_chain_of_headers_in_a_circle_ends)
{
	with_config("DEVICE=X.SYS\n");
	make_driver("MYDEV$  ", 0);
	add_file("\\X.SYS", driver, sizeof driver);
	boot();
	for (unsigned i = 0; i < 40 && cpu.ip == 0x20; i++)
		play_driver(0);
	ck_assert_uint_eq(cpu.ip, 0x100);
	shut_down();
}
END_TEST

START_TEST(install_runs_programs_before_the_first)
{
	static const uint8_t code = 0x91;
	uint16_t psp;

	with_config("INSTALL=C:\\T.COM one\nINSTALL=T.COM two\n");
	add_file("\\T.COM", &code, 1);
	boot();
	ck_assert_uint_eq(peek8(dos_psp(&dos), 0x100), 0x91);
	ck_assert_uint_eq(peek8(dos_psp(&dos), PSP_TAIL + 2), 'o');
	psp = dos_psp(&dos);
	set(CPU_DX, 0x20);
	int21(0x3100);
	ck_assert_uint_eq(peek8(dos_psp(&dos), PSP_TAIL + 2), 't');
	ck_assert_uint_gt(dos_psp(&dos), psp);
	int21(0x4c00);
	ck_assert_uint_eq(peek8(dos_psp(&dos), 0x100), 0xc3);	/* ROOT.COM */
	ck_assert_int_eq(off_code, -1);
	ck_assert_uint_eq(peek(psp - 1, MCB_PARAS), 0x20);
	shut_down();
}
END_TEST

START_TEST(a_menu_waits_for_its_digit)
{
	with_config("[MENU]\nMENUITEM=A,First\nMENUITEM=B,Second\n[A]\nFILES=30\n[B]\nFILES=40\n");
	boot();
	ck_assert_uint_eq(guest_waiting(&guest), GUEST_WAIT_KEY);
	ck_assert(strstr(screen, "2. Second"));
	empty_ring();
	key('2');
	ck_assert(run_gates());
	ck_assert_uint_eq(cpu.ip, 0x100);
	ck_assert_uint_eq(count_files(), 40);
	shut_down();
}
END_TEST

START_TEST(a_question_decides_about_its_line)
{
	with_config("FILES?=30\nBREAK?=ON\n");
	boot();
	ck_assert(strstr(screen, "FILES?=30 [Y,N]?"));
	empty_ring();
	key('n');
	key('y');
	ck_assert(run_gates());
	ck_assert_uint_eq(count_files(), 20);
	ck_assert_uint_eq(sda_r8(&dos, SDA_BREAK), 1);
	shut_down();
}
END_TEST

int main(void)
{
	return suite_run("dos config", (const TTest *[]){
		a_line_is_a_command_and_its_value,
		only_the_chosen_block_counts,
		a_menu_has_items_and_a_default,
		values_make_the_tables,
		mistakes_are_told_with_their_line,
		shell_is_the_first_program,
		a_driver_is_asked_and_linked_and_keeps_its_memory,
		devicehigh_loads_into_the_region_with_room,
		a_driver_of_a_redirector_is_fetched,
		a_driver_that_keeps_nothing_is_gone,
		a_chain_of_headers_in_a_circle_ends,
		install_runs_programs_before_the_first,
		a_menu_waits_for_its_digit,
		a_question_decides_about_its_line,
		NULL });
}
