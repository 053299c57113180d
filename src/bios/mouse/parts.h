/* parts.h - what the files of the mouse driver offer each other:
 *
 *	int33.c		the table of functions, and taking the hardware
 *	place.c look.c options.c handlers.c about.c	the functions
 *	driver.c	packets become a position, counts and calls
 *	screen.c	the virtual screen
 *	cursor.c sprite.c	the cursor that is seen
 *	use.c		what a program makes of it all  */

#ifndef BIOS_MOUSE_PARTS_H
#define BIOS_MOUSE_PARTS_H

#include "bios/mouse.h"
#include "bios/parts.h"
#include "dev/dots.h"

struct mouse_screen {
	uint16_t width, height;		/* points of the virtual screen */
	uint16_t dots_x, dots_y;	/* dots, or cells, that are really there */
	uint16_t step_x, step_y;	/* points of one of those */
};

#define MOUSE_TYPE_PS2	4
#define MOUSE_VERSION	0x0814		/* 8.20 */

/* INT 33h has the hardware: from this step of a call on.  */
#define MOUSE_READY	12

svc_fn mouse_fn_reset, mouse_fn_hard_reset, mouse_fn_show, mouse_fn_hide, mouse_fn_position, mouse_fn_move_to,
	mouse_fn_presses, mouse_fn_releases, mouse_fn_limits_x, mouse_fn_limits_y,
	mouse_fn_shape, mouse_fn_large_shape, mouse_fn_text_cursor, mouse_fn_mickeys,
	mouse_fn_handler, mouse_fn_light_pen_on, mouse_fn_light_pen_off, mouse_fn_ratio,
	mouse_fn_hole, mouse_fn_threshold, mouse_fn_exchange, mouse_fn_state_size,
	mouse_fn_save, mouse_fn_restore, mouse_fn_alternate, mouse_fn_get_alternate,
	mouse_fn_sensitivity, mouse_fn_get_sensitivity, mouse_fn_rate, mouse_fn_page,
	mouse_fn_get_page, mouse_fn_disable, mouse_fn_enable, mouse_fn_language,
	mouse_fn_get_language, mouse_fn_version, mouse_fn_information, mouse_fn_maximum,
	mouse_fn_masks, mouse_fn_video_mode, mouse_fn_next_mode, mouse_fn_hot_spot,
	mouse_fn_no_curves, mouse_fn_hardware_reset, mouse_fn_get_limits,
	mouse_fn_abilities, mouse_fn_wheel, mouse_fn_switches, mouse_fn_file,
	mouse_fn_copyright, mouse_fn_version_at;

static inline struct mouse_settings *mouse_set(void *room)
{
	struct bios *b = room;

	return &b->mouse.set;
}

static inline uint16_t mouse_get(struct guest *g, enum cpu_reg r)
{
	return cpu_get16(g->cpu, r);
}

static inline void mouse_put(struct guest *g, enum cpu_reg r, uint16_t v)
{
	cpu_set16(g->cpu, r, v);
}

static inline uint16_t mouse_es(struct guest *g)
{
	return g->cpu->seg[CPU_ES].sel;
}

/* options.c: as after power-on.  */
void mouse_reset_driver(struct bios *b);

/* screen.c */
struct mouse_screen mouse_screen(const struct bios *b);
/* The limits of the present mode; the same if it is not that of last time.  */
void mouse_whole_screen(struct bios *b);
void mouse_follow_mode(struct bios *b);
void mouse_centre(struct bios *b);
bool mouse_text_mode(const struct bios *b);
uint16_t mouse_told_x(const struct bios *b);	/* as a program is told it */
uint16_t mouse_told_y(const struct bios *b);

/* driver.c */
void mouse_clamp(struct mouse_settings *s);
void mouse_sanitize(struct mouse_settings *s);
/* It moved by so many mickeys, down and right; these buttons are down; the wheel turned
 * by so many notches towards the user.  */
void mouse_packet(struct bios *b, uint8_t buttons, int dx, int dy, int notches);

/* use.c */
/* A program calls this function: notes how it uses the mouse.  */
void mouse_note_call(struct bios *b, uint16_t n);

/* cursor.c: both do nothing when there is nothing to do.  */
void mouse_draw_cursor(struct bios *b);
void mouse_hide_cursor(struct bios *b);

/* sprite.c: false: there are no dots to draw it with.  */
bool mouse_draw_sprite(struct bios *b);
void mouse_hide_sprite(struct bios *b);
void mouse_sprite_state(struct mouse_sprite *m, struct state *st);

#endif
