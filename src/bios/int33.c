/* int33.c - INT 33h: the functions of Microsoft's mouse driver, version 8.
 *
 * The driver is there from power-on.  It takes the hardware with the first call
 * of any of its functions, through INT 15h/C2h, so that programs which bring
 * their own driver, or none, never hear of it.  Source: RBIL, INT 33h.  */

#include "bios/mouseparts.h"

#include <string.h>

#define NONE		0xffff
#define VERSION		0x0814		/* 8.20 */
#define TYPE_PS2	4
#define MAX_LANGUAGE	8

/* Steps of taking the hardware; the function itself runs behind them.  */
enum { STEP_START, STEP_HANDLER, STEP_TYPE, STEP_SIZE, STEP_RESOLUTION, STEP_RATE,
	STEP_ENABLED, STEP_READY };

static struct mouse_settings *settings(void *room)
{
	struct bios *b = room;

	return &b->mouse.set;
}

static uint16_t get(struct guest *g, enum cpu_reg r) { return cpu_get16(g->cpu, r); }
static void set(struct guest *g, enum cpu_reg r, uint16_t v) { cpu_set16(g->cpu, r, v); }
static uint16_t es(struct guest *g) { return g->cpu->seg[CPU_ES].sel; }

/* The arrow of Microsoft's driver: outline and body.  */
static const uint16_t arrow_and[MOUSE_SHAPE] = {
	0x3fff, 0x1fff, 0x0fff, 0x07ff, 0x03ff, 0x01ff, 0x00ff, 0x007f,
	0x003f, 0x001f, 0x01ff, 0x10ff, 0x30ff, 0xf87f, 0xf87f, 0xfc3f,
};
static const uint16_t arrow_xor[MOUSE_SHAPE] = {
	0x0000, 0x4000, 0x6000, 0x7000, 0x7800, 0x7c00, 0x7e00, 0x7f00,
	0x7f80, 0x7c00, 0x6c00, 0x4600, 0x0600, 0x0300, 0x0300, 0x0180,
};

static void reset(struct bios *b)
{
	struct mouse_driver *m = &b->mouse;
	struct mouse_settings *s = &m->set;
	struct mouse_screen screen = mouse_screen(b);

	mouse_hide_cursor(b);
	*s = (struct mouse_settings){
		.ratio_x = 8, .ratio_y = 16, .speed_x = 50, .speed_y = 50, .threshold = 64,
		.hidden = -1, .text_and = 0x77ff, .text_xor = 0x7700, .light_pen = 1,
		.language = s->language, .rate = 4, .curve = s->curve ? s->curve : 1,
	};
	memcpy(s->shape_and, arrow_and, sizeof arrow_and);
	memcpy(s->shape_xor, arrow_xor, sizeof arrow_xor);
	m->events = 0;
	mouse_whole_screen(b);
	s->x = screen.width / 2 & ~(screen.step_x - 1);
	s->y = screen.height / 2 & ~(screen.step_y - 1);
	s->page = bda8(b, BDA_PAGE);
}

static enum svc installed(struct guest *g)
{
	set(g, CPU_AX, 0xffff);
	set(g, CPU_BX, MOUSE_BUTTONS);
	return SVC_DONE;
}

static enum svc fn_reset(void *room, struct guest *g)
{
	reset(room);
	return installed(g);
}

static enum svc fn_show(void *room, struct guest *g)
{
	struct mouse_settings *s = settings(room);

	(void)g;
	s->hole = 0;
	if (s->hidden)
		s->hidden++;
	if (!s->hidden)
		bios_is_full_screen(room);
	return SVC_DONE;
}

static enum svc fn_hide(void *room, struct guest *g)
{
	struct mouse_settings *s = settings(room);

	(void)g;
	if (s->hidden != 0x8000)
		s->hidden--;
	return SVC_DONE;
}

static enum svc fn_position(void *room, struct guest *g)
{
	struct bios *b = room;

	set(g, CPU_BX, b->mouse.buttons);
	set(g, CPU_CX, mouse_told_x(b));
	set(g, CPU_DX, mouse_told_y(b));
	return SVC_DONE;
}

static enum svc fn_move_to(void *room, struct guest *g)
{
	struct mouse_settings *s = settings(room);

	s->x = get(g, CPU_CX);
	s->y = get(g, CPU_DX);
	s->rest_x = s->rest_y = 0;
	mouse_clamp(s);
	return SVC_DONE;
}

static enum svc clicks(struct bios *b, struct guest *g, struct mouse_count *count)
{
	uint16_t n = get(g, CPU_BX);
	struct mouse_count none = { 0 }, *c = n < MOUSE_BUTTONS ? &count[n] : &none;

	set(g, CPU_AX, b->mouse.buttons);
	set(g, CPU_BX, c->times);
	set(g, CPU_CX, c->x);
	set(g, CPU_DX, c->y);
	c->times = 0;
	return SVC_DONE;
}

static enum svc fn_presses(void *room, struct guest *g)
{
	return clicks(room, g, settings(room)->press);
}

static enum svc fn_releases(void *room, struct guest *g)
{
	return clicks(room, g, settings(room)->release);
}

/* The smaller one is the minimum, whichever comes first.  */
static void limits(struct guest *g, uint16_t *min, uint16_t *max)
{
	int16_t a = get(g, CPU_CX), b = get(g, CPU_DX);

	*min = a < b ? a : b;
	*max = a < b ? b : a;
}

static enum svc fn_limits_x(void *room, struct guest *g)
{
	limits(g, &settings(room)->min_x, &settings(room)->max_x);
	mouse_clamp(settings(room));
	return SVC_DONE;
}

static enum svc fn_limits_y(void *room, struct guest *g)
{
	limits(g, &settings(room)->min_y, &settings(room)->max_y);
	mouse_clamp(settings(room));
	return SVC_DONE;
}

static enum svc fn_shape(void *room, struct guest *g)
{
	struct mouse_settings *s = settings(room);
	uint16_t at = get(g, CPU_DX);

	s->hot_x = (int8_t)reg_bl(g);
	s->hot_y = (int8_t)reg_cl(g);
	for (unsigned i = 0; i < MOUSE_SHAPE; i++) {
		s->shape_and[i] = guest_r16(g, es(g), at + 2 * i);
		s->shape_xor[i] = guest_r16(g, es(g), at + 2 * (MOUSE_SHAPE + i));
	}
	return SVC_DONE;
}

/* A cursor of other sizes than 16 by 16 is one that no mode here can show.  */
static enum svc fn_large_shape(void *room, struct guest *g)
{
	if (reg_bh(g) != 1 || reg_ch(g) != MOUSE_SHAPE)
		return SVC_DONE;
	set(g, CPU_AX, 0xffff);
	return fn_shape(room, g);
}

static enum svc fn_text_cursor(void *room, struct guest *g)
{
	struct mouse_settings *s = settings(room);

	s->hardware_cursor = get(g, CPU_BX) != 0;
	s->text_and = get(g, CPU_CX);
	s->text_xor = get(g, CPU_DX);
	return SVC_DONE;
}

static enum svc fn_mickeys(void *room, struct guest *g)
{
	struct mouse_settings *s = settings(room);

	set(g, CPU_CX, s->moved_x);
	set(g, CPU_DX, s->moved_y);
	s->moved_x = s->moved_y = 0;
	return SVC_DONE;
}

static struct mouse_handler given(struct guest *g)
{
	return (struct mouse_handler){ get(g, CPU_CX), get(g, CPU_DX), es(g) };
}

static enum svc fn_handler(void *room, struct guest *g)
{
	settings(room)->handler = given(g);
	return SVC_DONE;
}

static enum svc fn_light_pen_on(void *room, struct guest *g)
{
	(void)g;
	settings(room)->light_pen = 1;
	return SVC_DONE;
}

static enum svc fn_light_pen_off(void *room, struct guest *g)
{
	(void)g;
	settings(room)->light_pen = 0;
	return SVC_DONE;
}

static enum svc fn_ratio(void *room, struct guest *g)
{
	struct mouse_settings *s = settings(room);

	s->ratio_x = get(g, CPU_CX);
	s->ratio_y = get(g, CPU_DX);
	mouse_sanitize(s);
	return SVC_DONE;
}

/* Until the cursor is shown again, it is not in this rectangle.  */
static enum svc fn_hole(void *room, struct guest *g)
{
	struct mouse_settings *s = settings(room);

	s->hole = 1;
	s->hole_left = get(g, CPU_CX);
	s->hole_top = get(g, CPU_DX);
	s->hole_right = get(g, CPU_SI);
	s->hole_bottom = get(g, CPU_DI);
	return SVC_DONE;
}

static enum svc fn_threshold(void *room, struct guest *g)
{
	settings(room)->threshold = get(g, CPU_DX) ? get(g, CPU_DX) : 64;
	return SVC_DONE;
}

static enum svc fn_exchange(void *room, struct guest *g)
{
	struct mouse_handler old = settings(room)->handler;

	settings(room)->handler = given(g);
	set(g, CPU_CX, old.mask);
	set(g, CPU_DX, old.off);
	cpu_load_real(g->cpu, CPU_ES, old.seg);
	return SVC_DONE;
}

static enum svc fn_state_size(void *room, struct guest *g)
{
	(void)room;
	set(g, CPU_BX, sizeof(struct mouse_settings));
	return SVC_DONE;
}

static enum svc fn_save(void *room, struct guest *g)
{
	const uint16_t *word = &settings(room)->x;

	for (size_t i = 0; i < MOUSE_WORDS; i++)
		guest_w16(g, es(g), get(g, CPU_DX) + 2 * i, word[i]);
	return SVC_DONE;
}

static enum svc fn_restore(void *room, struct guest *g)
{
	uint16_t *word = &settings(room)->x;

	for (size_t i = 0; i < MOUSE_WORDS; i++)
		word[i] = guest_r16(g, es(g), get(g, CPU_DX) + 2 * i);
	mouse_sanitize(settings(room));
	return SVC_DONE;
}

#define MODIFIERS 0xe0

/* Up to three; each for other shifts.  A mask without events takes one away.  */
static enum svc fn_alternate(void *room, struct guest *g)
{
	struct mouse_handler *a = settings(room)->alternate, new = given(g);

	set(g, CPU_AX, NONE);
	if (!(new.mask & MODIFIERS))
		return SVC_DONE;
	for (unsigned i = 0; i < MOUSE_ALTERNATES; i++)
		if (a[i].mask && (a[i].mask & MODIFIERS) == (new.mask & MODIFIERS)) {
			a[i] = new.mask & 0x1f ? new : (struct mouse_handler){ 0 };
			set(g, CPU_AX, 0x18);
			return SVC_DONE;
		}
	for (unsigned i = 0; i < MOUSE_ALTERNATES; i++)
		if (!a[i].mask) {
			a[i] = new;
			set(g, CPU_AX, 0x18);
			break;
		}
	return SVC_DONE;
}

static enum svc fn_get_alternate(void *room, struct guest *g)
{
	struct mouse_handler *a = settings(room)->alternate, found = { 0 };

	for (unsigned i = 0; i < MOUSE_ALTERNATES; i++)
		if (a[i].mask && (a[i].mask & MODIFIERS) == (get(g, CPU_CX) & MODIFIERS))
			found = a[i];
	set(g, CPU_CX, found.mask);
	set(g, CPU_DX, found.off);
	set(g, CPU_BX, found.seg);
	return SVC_DONE;
}

static enum svc fn_sensitivity(void *room, struct guest *g)
{
	struct mouse_settings *s = settings(room);

	s->speed_x = get(g, CPU_BX) > 100 ? 100 : get(g, CPU_BX);
	s->speed_y = get(g, CPU_CX) > 100 ? 100 : get(g, CPU_CX);
	s->threshold = get(g, CPU_DX);
	return SVC_DONE;
}

static enum svc fn_get_sensitivity(void *room, struct guest *g)
{
	struct mouse_settings *s = settings(room);

	set(g, CPU_BX, s->speed_x);
	set(g, CPU_CX, s->speed_y);
	set(g, CPU_DX, s->threshold);
	return SVC_DONE;
}

/* Only an InPort mouse obeys; what was wished is reported by 25h.  */
static enum svc fn_rate(void *room, struct guest *g)
{
	settings(room)->rate = get(g, CPU_BX) & 0x0f;
	return SVC_DONE;
}

static enum svc fn_page(void *room, struct guest *g)
{
	settings(room)->page = get(g, CPU_BX) & 7;
	return SVC_DONE;
}

static enum svc fn_get_page(void *room, struct guest *g)
{
	set(g, CPU_BX, settings(room)->page);
	return SVC_DONE;
}

/* ES:BX: who had INT 33h before; that was nobody.  */
static enum svc fn_disable(void *room, struct guest *g)
{
	settings(room)->off = 1;
	cpu_load_real(g->cpu, CPU_ES, GUEST_ROM_SEG);
	set(g, CPU_BX, ROM_IRET);
	return SVC_DONE;
}

static enum svc fn_enable(void *room, struct guest *g)
{
	(void)g;
	settings(room)->off = 0;
	return SVC_DONE;
}

/* Languages of messages that this driver does not have: it speaks English.  */
static enum svc fn_language(void *room, struct guest *g)
{
	if (get(g, CPU_BX) <= MAX_LANGUAGE)
		settings(room)->language = get(g, CPU_BX);
	return SVC_DONE;
}

static enum svc fn_get_language(void *room, struct guest *g)
{
	set(g, CPU_BX, settings(room)->language);
	return SVC_DONE;
}

static enum svc fn_version(void *room, struct guest *g)
{
	(void)room;
	set(g, CPU_BX, VERSION);
	set(g, CPU_CX, TYPE_PS2 << 8);		/* CL 0: IRQ of a PS/2 */
	return SVC_DONE;
}

/* AX: 15 loaded as a program; 13-12 cursor: 0 text, 1 hardware text, 2
 * graphics; 11-8 interrupt rate.  BX, CX, DX: not busy.  */
static enum svc fn_information(void *room, struct guest *g)
{
	struct mouse_settings *s = settings(room);
	uint16_t cursor = !mouse_text_mode(room) ? 2 : s->hardware_cursor ? 1 : 0;

	set(g, CPU_AX, 0x8000 | cursor << 12 | s->rate << 8);
	set(g, CPU_BX, 0);
	set(g, CPU_CX, 0);
	set(g, CPU_DX, 0);
	return SVC_DONE;
}

static enum svc fn_maximum(void *room, struct guest *g)
{
	struct mouse_screen screen = mouse_screen(room);

	set(g, CPU_BX, settings(room)->off);
	set(g, CPU_CX, screen.width - 1);
	set(g, CPU_DX, screen.height - 1);
	return SVC_DONE;
}

static enum svc fn_masks(void *room, struct guest *g)
{
	struct mouse_settings *s = settings(room);

	set(g, CPU_AX, s->text_and);
	set(g, CPU_BX, s->text_xor);
	set(g, CPU_CX, s->seen_x);
	set(g, CPU_DX, s->seen_y);
	s->seen_x = s->seen_y = 0;
	return SVC_DONE;
}

static enum svc fn_video_mode(void *room, struct guest *g)
{
	(void)room;
	if (guest_step(g) > STEP_READY) {
		guest_restore(g);
		set_cl(g, 0);
		return SVC_DONE;
	}
	if (get(g, CPU_CX) > 0x13) {
		set_cl(g, 0xff);		/* "unsuccessful" */
		return SVC_DONE;
	}
	set(g, CPU_AX, get(g, CPU_CX) & 0x7f);
	return guest_int(g, 0x10, STEP_READY + 1);
}

/* CX 0: the first; else the one after CX; 0 when there is no other.  */
static enum svc fn_next_mode(void *room, struct guest *g)
{
	static const uint8_t modes[] = { 0, 1, 2, 3, 4, 5, 6, 7, 0x0d, 0x0e, 0x0f, 0x10, 0x11,
		0x12, 0x13 };
	uint16_t last = get(g, CPU_CX), next = 0;

	(void)room;
	for (size_t i = sizeof modes; i-- > 1;)
		if (modes[i] > last)
			next = modes[i];
	set(g, CPU_CX, next);
	cpu_load_real(g->cpu, CPU_DS, 0);	/* no description */
	set(g, CPU_DX, 0);
	return SVC_DONE;
}

static enum svc fn_hot_spot(void *room, struct guest *g)
{
	struct mouse_settings *s = settings(room);

	set(g, CPU_AX, s->hidden);
	set(g, CPU_BX, s->hot_x);
	set(g, CPU_CX, s->hot_y);
	set(g, CPU_DX, TYPE_PS2);
	return SVC_DONE;
}

/* Acceleration is the threshold's: there are no curves to load or choose, and
 * no ball to point with.  */
static enum svc fn_no_curves(void *room, struct guest *g)
{
	(void)room;
	set(g, CPU_AX, NONE);
	return SVC_DONE;
}

static enum svc fn_hardware_reset(void *room, struct guest *g)
{
	struct bios *b = room;

	b->mouse.ready = false;		/* taken anew with the next call */
	set(g, CPU_AX, 0xffff);
	return SVC_DONE;
}

static enum svc fn_get_limits(void *room, struct guest *g)
{
	struct mouse_settings *s = settings(room);

	set(g, CPU_AX, s->min_x);
	set(g, CPU_BX, s->min_y);
	set(g, CPU_CX, s->max_x);
	set(g, CPU_DX, s->max_y);
	return SVC_DONE;
}

/* AX: bit 15 is function 25h, bit 0 34h.  */
static enum svc fn_abilities(void *room, struct guest *g)
{
	uint16_t bits = 0;

	(void)room;
	for (unsigned n = 0x25; n <= 0x34; n++)
		bits = bits << 1 | (bios_int33_table[n].serve &&
				    bios_int33_table[n].serve != fn_no_curves);
	set(g, CPU_AX, bits);
	set(g, CPU_BX, 0);
	set(g, CPU_CX, 0);
	set(g, CPU_DX, 0);
	return SVC_DONE;
}

const struct svc_entry bios_int33_table[BIOS_INT33_FUNCTIONS] = {
	[0x00] = { "reset", fn_reset },
	[0x01] = { "show cursor", fn_show },
	[0x02] = { "hide cursor", fn_hide },
	[0x03] = { "position and buttons", fn_position },
	[0x04] = { "set position", fn_move_to },
	[0x05] = { "presses of a button", fn_presses },
	[0x06] = { "releases of a button", fn_releases },
	[0x07] = { "set horizontal limits", fn_limits_x },
	[0x08] = { "set vertical limits", fn_limits_y },
	[0x09] = { "set graphics cursor", fn_shape },
	[0x0a] = { "set text cursor", fn_text_cursor },
	[0x0b] = { "motion", fn_mickeys },
	[0x0c] = { "set handler", fn_handler },
	[0x0d] = { "light pen on", fn_light_pen_on },
	[0x0e] = { "light pen off", fn_light_pen_off },
	[0x0f] = { "set mickeys for 8 points", fn_ratio },
	[0x10] = { "keep out of a region", fn_hole },
	[0x12] = { "set large graphics cursor", fn_large_shape },
	[0x13] = { "set double-speed threshold", fn_threshold },
	[0x14] = { "exchange handler", fn_exchange },
	[0x15] = { "size of state", fn_state_size },
	[0x16] = { "save state", fn_save },
	[0x17] = { "restore state", fn_restore },
	[0x18] = { "set alternate handler", fn_alternate },
	[0x19] = { "get alternate handler", fn_get_alternate },
	[0x1a] = { "set sensitivity", fn_sensitivity },
	[0x1b] = { "get sensitivity", fn_get_sensitivity },
	[0x1c] = { "set interrupt rate", fn_rate },
	[0x1d] = { "set display page", fn_page },
	[0x1e] = { "get display page", fn_get_page },
	[0x1f] = { "disable driver", fn_disable },
	[0x20] = { "enable driver", fn_enable },
	[0x21] = { "reset software", fn_reset },
	[0x22] = { "set language", fn_language },
	[0x23] = { "get language", fn_get_language },
	[0x24] = { "version and type", fn_version },
	[0x25] = { "general information", fn_information },
	[0x26] = { "maximum coordinates", fn_maximum },
	[0x27] = { "masks and motion", fn_masks },
	[0x28] = { "set video mode", fn_video_mode },
	[0x29] = { "list video modes", fn_next_mode },
	[0x2a] = { "hot spot", fn_hot_spot },
	[0x2b] = { "load acceleration (none)", fn_no_curves },
	[0x2c] = { "get acceleration (none)", fn_no_curves },
	[0x2d] = { "select acceleration (none)", fn_no_curves },
	[0x2e] = { "name acceleration (none)", fn_no_curves },
	[0x2f] = { "reset hardware", fn_hardware_reset },
	[0x30] = { "BallPoint (none)", fn_no_curves },
	[0x31] = { "get limits", fn_get_limits },
	[0x32] = { "supported functions", fn_abilities },
};

/* --- Taking the hardware --------------------------------------------------------- */

static enum svc pointer_call(struct bios *b, uint8_t al, uint8_t bh, uint8_t next_step)
{
	set(b->guest, CPU_AX, 0xc200 | al);
	set(b->guest, CPU_BX, bh << 8);
	return guest_int(b->guest, 0x15, next_step);
}

static enum svc take_handler(struct bios *b)
{
	struct far here = guest_gate_far(GATE_MOUSE_CALL);

	set(b->guest, CPU_AX, 0xc207);
	cpu_load_real(b->guest->cpu, CPU_ES, here.seg);
	set(b->guest, CPU_BX, here.off);
	return guest_int(b->guest, 0x15, STEP_HANDLER);
}

/* What another driver has left: a wheel's long packets are made short again.  */
static enum svc take_hardware(struct bios *b, struct guest *g)
{
	switch (guest_step(g)) {
	case STEP_START:
		return take_handler(b);
	case STEP_HANDLER:
		return pointer_call(b, 0x04, 0, STEP_TYPE);
	case STEP_TYPE:
		if (reg_bh(g) || (ebda8(b, EBDA_POINTER_FLAGS) & 7) != 2)
			return pointer_call(b, 0x05, 3, STEP_SIZE);
		return guest_next(g, STEP_SIZE);
	case STEP_SIZE:
		return pointer_call(b, 0x03, 3, STEP_RESOLUTION);
	case STEP_RESOLUTION:
		return pointer_call(b, 0x02, 5, STEP_RATE);
	case STEP_RATE:
		return pointer_call(b, 0x00, 1, STEP_ENABLED);
	}
	b->mouse.ready = true;
	reset(b);
	guest_restore(g);
	return guest_next(g, STEP_READY);
}

static bool keeps_cursor(uint8_t n)
{
	return n == 0x03 || n == 0x05 || n == 0x06 || n == 0x0b;
}

static enum svc serve(struct bios *b, struct guest *g, uint16_t n)
{
	enum svc answer;

	if (keeps_cursor(n))
		return bios_int33_table[n].serve(b, g);
	mouse_hide_cursor(b);
	answer = bios_int33_table[n].serve(b, g);
	mouse_draw_cursor(b);
	return answer;
}

/* A program's own driver has had the hardware; the next program begins like this.  */
static bool resets(uint16_t n)
{
	return n == 0x00 || n == 0x20 || n == 0x2f;
}

enum svc bios_int33(void *room, struct guest *g)
{
	struct bios *b = room;
	uint16_t n = guest_caller(g)->reg[CPU_AX];

	if (!(bda16(b, BDA_EQUIPMENT) & EQUIPMENT_POINTER))
		return SVC_DONE;
	if (guest_step(g) == STEP_START && !bios_mouse_is_ours(b) && (!b->mouse.ready || resets(n)))
		return take_hardware(b, g);
	if (guest_step(g) > STEP_START && guest_step(g) < STEP_READY)
		return take_hardware(b, g);
	if (n >= BIOS_INT33_FUNCTIONS || !bios_int33_table[n].serve)
		return SVC_DONE;
	mouse_note_call(b, n);
	if ((n == 0x03 || n == 0x0b) && guest_poll(g, false))
		return guest_again(g, STEP_READY, GUEST_WAIT_TIME);
	mouse_follow_mode(b);
	return serve(b, g, n);
}
