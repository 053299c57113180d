/* video.c - which verbs are whose.  */

#include "dev/video.h"

#include "dev/crt/card.h"
#include "dev/vga/card.h"
#include "state/state.h"

static const struct video_verbs *const verbs[] = {
	[VIDEO_VGA] = &vga_verbs, [VIDEO_SVGA] = &vga_verbs,
	[VIDEO_EGA] = &vga_verbs, [VIDEO_EGA_MONO] = &vga_verbs, [VIDEO_MDA] = &crt_verbs, [VIDEO_CGA] = &crt_verbs,
	[VIDEO_HERCULES] = &crt_verbs, [VIDEO_TANDY] = &crt_verbs, [VIDEO_PCJR] = &crt_verbs,
};

/* Whichever of the union it is, it begins where they all do.  */
static void *card(const struct video *v)
{
	return (void *)&v->vga;
}

void video_init(struct video *v, const struct video_config *config, struct bus *bus,
		struct sched *sched, struct screen *screen, struct wire irq)
{
	v->kind = config->kind;
	v->verbs = verbs[config->kind];
	v->verbs->init(card(v), config, bus, sched, screen, irq);
}

/* The PCjr: IBM PCjr Technical Reference, "Video subsystem".  */
uint32_t video_shares(enum video_kind kind)
{
	return kind == VIDEO_PCJR ? 0x20000 : 0;
}

/* IBM's cards have IRQ 2 of the PC, which is 9 since the AT.  */
unsigned video_irq(enum video_kind kind)
{
	return kind == VIDEO_TANDY || kind == VIDEO_PCJR ? 5 : 9;
}

void video_state(struct video *v, struct state *st)
{
	uint8_t kind = v->kind;

	state_section(st, "video", 1);
	state_u8(st, &kind);
	if (kind != v->kind)
		state_fail(st, "another video card");
	else
		v->verbs->state(card(v), st);
}

void video_reset(struct video *v)
{
	v->verbs->reset(card(v));
}

void video_set_characters(struct video *v, const uint32_t unicode[256])
{
	v->verbs->set_characters(card(v), unicode);
}

void video_set_rom_font(struct video *v, uint8_t height, const uint8_t *glyphs)
{
	v->verbs->set_rom_font(card(v), height, glyphs);
}

void video_watch(struct video *v)
{
	v->verbs->watch(card(v));
}

void video_show(struct video *v)
{
	v->verbs->show(card(v));
}

const struct sched_event *video_still(const struct video *v)
{
	return v->verbs->still(card(v));
}

void video_bios_writes(struct video *v, bool begins)
{
	v->verbs->bios_writes(card(v), begins);
}

bool video_used(struct video *v)
{
	return v->verbs->used(card(v));
}

bool video_text_size(const struct video *v, unsigned *columns, unsigned *rows)
{
	return v->verbs->text_size(card(v), columns, rows);
}

uint16_t video_text_cell(const struct video *v, unsigned column, unsigned row)
{
	return v->verbs->text_cell(card(v), column, row);
}

bool video_dots(const struct video *v, struct video_dots *d)
{
	return v->verbs->dots && v->verbs->dots(card(v), d);
}

uint32_t video_get_dot(const struct video *v, unsigned start, unsigned x, unsigned y)
{
	return v->verbs->get_dot(card(v), start, x, y);
}

void video_put_dot(struct video *v, unsigned start, unsigned x, unsigned y, uint32_t val)
{
	v->verbs->put_dot(card(v), start, x, y, val);
}
