/* crtmodes.c - how a mode is set on a card with a 6845, as the AT's BIOS does it: by
 * the table at INT 1Dh, which programs may have replaced (IBM AT Technical Reference,
 * "BIOS", SET_MODE).  */

#include "bios/parts.h"

#define MODE_MONO	7
#define LAST_ARRAY	0x0a
#define SCREEN_ON	0x08
#define ROW_BYTES	16

enum { PORT_MODE = 4, PORT_COLOR = 5 };		/* from the CRTC's */
enum { TABLE_SIZES = 0x40, TABLE_COLUMNS = 0x48, TABLE_MODES = 0x50 };

bool bios_has_crt_mode(const struct bios *b, uint8_t mode)
{
	if (bios_card(b)->mono)
		return mode <= MODE_MONO;
	return mode < MODE_MONO || (bios_card(b)->array && mode > MODE_MONO && mode <= LAST_ARRAY);
}

/* Rows of the table: 40 and 80 columns, graphics; monochrome or, with an array, graphics
 * of 32 KiB.  */
static unsigned row_of(uint8_t mode)
{
	static const uint8_t row[LAST_ARRAY + 1] = { 0, 0, 1, 1, 2, 2, 2, 3, 2, 3, 3 };

	return row[mode];
}

static uint8_t from_table(struct bios *b, unsigned at)
{
	struct far table = guest_rfar(b->guest, 0, 0x1d * 4);

	return guest_r8(b->guest, table.seg, table.off + at);
}

void bios_set_crt_color(struct bios *b, uint8_t val)
{
	set_bda8(b, BDA_PALETTE, val);
	port_out(b, bda16(b, BDA_CRTC) + PORT_COLOR, val);
}

static void fill_data_area(struct bios *b, uint8_t mode)
{
	static const uint8_t array_columns[] = { 20, 40, 80 };
	unsigned row = row_of(mode), sizes = TABLE_SIZES + 2 * row;
	bool mono = bios_card(b)->mono, more = mode > MODE_MONO;

	set_bda8(b, BDA_MODE, mode);
	set_bda16(b, BDA_COLUMNS, more ? array_columns[mode - 8] : from_table(b, TABLE_COLUMNS + mode));
	set_bda16(b, BDA_PAGE_SIZE, from_table(b, sizes) | from_table(b, sizes + 1) << 8);
	set_bda16(b, BDA_CRTC, mono ? PORT_CRTC - MONO : PORT_CRTC);
	set_bda8(b, BDA_MODE_REGISTER, bios_card(b)->array ? bios_array_mode(b, mode) :
		 from_table(b, TABLE_MODES + mode));
	set_bda8(b, BDA_ROWS, 24);
	set_bda16(b, BDA_CHAR_HEIGHT, mono ? 14 : 8);
	set_bda16(b, BDA_CURSOR_SHAPE, from_table(b, row * ROW_BYTES + 10) << 8 |
		  from_table(b, row * ROW_BYTES + 11));
}

static void put_mode(struct bios *b, uint16_t crtc, uint8_t val)
{
	if (bios_card(b)->array == PCJR_ARRAY)
		bios_array_put(b, 0, val);
	else
		port_out(b, crtc + PORT_MODE, val);
}

/* A monochrome card has one mode, whichever is asked for.  The screen is off meanwhile. */
void bios_set_crt_mode(struct bios *b, uint8_t mode, bool clear)
{
	uint16_t crtc;
	uint8_t val;

	if (bios_card(b)->mono)
		mode = MODE_MONO;
	fill_data_area(b, mode);
	crtc = bda16(b, BDA_CRTC);
	val = bda8(b, BDA_MODE_REGISTER);
	put_mode(b, crtc, val & ~SCREEN_ON);
	for (unsigned i = 0; i < ROW_BYTES; i++)
		bios_crtc(b, i, from_table(b, row_of(mode) * ROW_BYTES + i));
	if (bios_card(b)->array)
		bios_array_pages_of(b, mode);
	for (unsigned page = 0; page < 8; page++)
		bios_set_cursor(b, page, 0, 0);
	bios_set_page(b, 0);
	if (clear)
		bios_clear_memory(b);
	put_mode(b, crtc, val);
	bios_set_crt_color(b, mode == 6 ? 0x3f : 0x30);
	if (bios_card(b)->array)
		bios_array_palette_of(b, mode);
}
