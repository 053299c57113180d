/* card.c - the video cards as their BIOSes differ.  What a card's BIOS does not have
 * does nothing, and that is how programs find out which card there is.  */

#include "bios/parts.h"

/* IBM AT Technical Reference, "BIOS": 00h-0Fh, and strings.  */
#define AT_FUNCTIONS	0x0008ffffu

static const struct bios_card cards[] = {
	[VIDEO_VGA] = { .functions = ~0u, .equipment = 0x20, .planar = true, .clears = 0x8000 },
	[VIDEO_SVGA] = { .functions = ~0u, .equipment = 0x20, .planar = true, .clears = 0x8000 },
	[VIDEO_EGA] = { .functions = 0x000fffff, .equipment = 0x20, .planar = true,
			.write_only = true, .clears = 0x8000 },
	[VIDEO_EGA_MONO] = { .functions = 0x000fffff, .equipment = 0x30, .planar = true,
			     .write_only = true, .mono = true, .clears = 0x8000 },
	[VIDEO_MDA] = { AT_FUNCTIONS, 0x30, .mono = true, .clears = 0x1000 },
	[VIDEO_HERCULES] = { AT_FUNCTIONS, 0x30, .mono = true, .clears = 0x1000 },
	/* The PC's had no strings.  */
	[VIDEO_TANDY] = { 0x0001ffff, 0x20, .array = TANDY_ARRAY, .clears = 0x4000 },
	[VIDEO_PCJR] = { 0x0001ffff, 0x20, .array = PCJR_ARRAY, .clears = 0x4000 },
	[VIDEO_CGA] = { AT_FUNCTIONS, 0x20, .clears = 0x4000 },
};

const struct bios_card *bios_card(const struct bios *b)
{
	return &cards[b->video];
}

bool bios_is_vga(const struct bios *b)
{
	return b->video == VIDEO_VGA || b->video == VIDEO_SVGA;
}
