/* dos_rubbish.c - calls with any registers, on tables and names full of
 * anything: the kernel may answer what it likes, but does no harm to the
 * host.  What this finds, sanitizers and the room's own neighbours tell.  */

#include "dos_room.h"
#include "state/state.h"

enum { ROOMS = 20, CALLS = 2000 };

static uint32_t seed = 12345;

static uint32_t any(void)
{
	seed = seed * 1664525 + 1013904223;
	return seed >> 8;
}

/* A function of the file system.  */
static uint16_t any_function(void)
{
	static const uint8_t ah[] = {
		0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x19, 0x1b,
		0x1c, 0x1f, 0x21, 0x22, 0x23, 0x24, 0x27, 0x28, 0x29, 0x32, 0x36, 0x39, 0x3a,
		0x3b, 0x3c, 0x3d, 0x3e, 0x3f, 0x40, 0x41, 0x42, 0x43, 0x44, 0x45, 0x46, 0x47,
		0x4e, 0x4f, 0x56, 0x57, 0x5a, 0x5b, 0x5c, 0x60, 0x67, 0x68, 0x69, 0x6a, 0x6c,
		0x71, 0x73,
	};
	static const uint8_t long_al[] = {
		0x0d, 0x39, 0x3a, 0x3b, 0x41, 0x43, 0x47, 0x4e, 0x4f, 0x56, 0x60, 0x6c, 0xa0,
		0xa1, 0xa6, 0xa7, 0xa8, 0xaa,
	};
	uint8_t n = ah[any() % sizeof ah];

	if (n == 0x71)
		return 0x7100 | long_al[any() % sizeof long_al];
	return n << 8 | (any() & 3 ? any() % 3 : any() & 0xff);
}

/* Text that looks a little like a path.  */
static void any_name(uint16_t at)
{
	static const char piece[][12] = {
		"\\", "/", "..", ".", "a", "b.txt", "dir", "*", "?", "con", "nul", "c:", "d:", "e:",
		"long name.x", "\\\\", ":", "\xff", " ", "<", "averyverylo", "~1",
	};
	static const char good[][6] = { "a", "c:\\a", "b.txt", "dir" };
	char text[200] = "";

	if (any() & 1)
		strcpy(text, good[any() % 4]);
	else for (unsigned n = any() % 8; n; n--)
		strcat(text, piece[any() % (sizeof piece / sizeof piece[0])]);
	text_at(at, text);
}

/* A block, extended or not, that may be open.  */
static void any_fcb(uint16_t at)
{
	static const char name[][12] = { "A          ", "B       TXT", "???????????", "NUL        ", "  <        " };

	if (any() & 1) {
		guest_w8(&guest, ROOM_DATA, at, 0xff);
		guest_w8(&guest, ROOM_DATA, at + FCB_EXTENDED_ATTR, any());
		at += FCB_EXTENDED_PREFIX;
	}
	guest_w8(&guest, ROOM_DATA, at, any() % 6);
	guest_copy_out(&guest, ROOM_DATA, at + FCB_NAME, name[any() % 5], 11);
	guest_w16(&guest, ROOM_DATA, at + FCB_RECORD_SIZE, any() % 300);
}

/* Bytes of a table, or of the caller's memory.  */
static void spoil(void)
{
	static const uint16_t place[] = { ROOM_CDS, ROOM_SFT, ROOM_FCB, ROOM_DATA, ROOM_DATA, ROOM_PSP };
	uint16_t seg = place[any() % (sizeof place / sizeof place[0])];

	for (unsigned n = any() % 6; n; n--)
		guest_w8(&guest, seg, any() % 0x400, any() & 1 ? any() : any() % 4);
}

/* Any registers, most of them in the range where names and handles are.  */
static void any_call(void)
{
	for (unsigned r = 0; r < 8; r++)
		cpu_set16(&cpu, r, any() & 3 ? 0x100 + 0x80 * (any() % 4) : any() % 8);
	if (any() % 8 == 0)
		cpu_set16(&cpu, any() & 7, any());
	cpu_set16(&cpu, CPU_AX, any_function());
	if (any() & 1)
		cpu_set16(&cpu, CPU_BX, any() % 8);
	enter_int21();
	guest_serve(&guest);
	/* Whoever would be called does not come back.  */
	guest_reset(&guest);
}

/* Files that entries of a spoilt table named stay open; a new room closes
 * them.  */
static void some_calls(void)
{
	dos_open_room();
	host_file(&room_c, "a", "text");
	host_dir(&room_c, "dir");
	for (unsigned i = 0; i < CALLS; i++) {
		if (i % 100 == 0)
			dos_tables();
		for (uint16_t at = 0x100; at < 0x300; at += 0x80)
			if (any() % 4 == 0)
				any() & 3 ? any_name(at) : any_fcb(at);
		if (any() % 16 == 0)
			spoil();
		any_call();
	}
	dos_close_room();
}

START_TEST(any_call_on_any_tables_does_no_harm)
{
	for (unsigned i = 0; i < ROOMS; i++)
		some_calls();
}
END_TEST

START_TEST(a_forged_snapshot_of_long_searches_does_no_harm)
{
	enum { SECTION_HEAD = STATE_NAME + 2 + 4 };
	struct state save, load;

	dos_open_room();
	state_init_save(&save);
	state_section(&save, "dos", 1);
	lfn_state(&dos.lfn, &save);
	ck_assert(state_ok(&save));
	for (size_t i = SECTION_HEAD; i < save.pos; i++)
		save.buf[i] = any();
	state_init(&load, STATE_LOAD, save.buf, save.pos);
	state_section(&load, "dos", 1);
	lfn_state(&dos.lfn, &load);
	for (unsigned n = 0; n < LFN_SEARCHES; n++)
		int21_bx(0x714f, LFN_HANDLE + n, 0, 0);
	state_free(&save);
	dos_close_room();
}
END_TEST

int main(void)
{
	return suite_run("dos_rubbish", (const TTest *[]){
		any_call_on_any_tables_does_no_harm,
		a_forged_snapshot_of_long_searches_does_no_harm,
		NULL });
}
