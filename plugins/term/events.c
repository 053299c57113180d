/* events.c - what a token of the terminal does.  */

#include "term.h"

#include <stdlib.h>

#include "keytable.h"

#define PASTE_MAX	(1u << 20)	/* characters */

/* --- Paste ----------------------------------------------------------------------- */

static void keep_pasted(struct paste *p, uint32_t ch)
{
	bool second = ch == '\n' && p->after_cr;	/* of CR LF */

	p->after_cr = ch == '\r';
	if (second || p->count >= PASTE_MAX)
		return;
	if (p->count == p->room) {
		size_t room = p->room ? 2 * p->room : 1024;
		uint32_t *more = realloc(p->ch, room * sizeof *more);

		if (!more)
			return;
		p->ch = more;
		p->room = room;
	}
	p->ch[p->count++] = ch == '\n' ? '\r' : ch;
}

void term_type_paste(struct term *t)
{
	struct paste *p = &t->paste;

	while (p->typed < p->count && t->host->type(t->host->ctx, p->ch[p->typed]))
		p->typed++;
	if (p->typed == p->count)
		p->typed = p->count = 0;
}

/* --- Mouse ------------------------------------------------------------------------ */

static void take_mouse(struct term *t, const struct token *token)
{
	static const uint8_t bits[] = {
		[MOUSE_LEFT] = 1, [MOUSE_RIGHT] = 2, [MOUSE_MIDDLE] = 4, [MOUSE_NONE] = 0,
		[MOUSE_UP] = 0, [MOUSE_DOWN] = 0,
	};
	uint8_t bit = bits[token->button];
	struct mouse_event ev = { .placed = true };

	if (token->press == PRESS_UP)
		t->buttons &= ~bit;
	else if (!token->moved)
		t->buttons |= bit;
	else if (token->button == MOUSE_NONE)
		t->buttons = 0;
	if (!view_place(&t->view, &t->picture, token->x, token->y, &ev.x, &ev.y))
		return;
	ev.buttons = t->buttons;
	ev.wheel = token->button == MOUSE_UP ? -1 : token->button == MOUSE_DOWN ? 1 : 0;
	t->host->mouse(t->host->ctx, &ev);
}

/* --- Menu ------------------------------------------------------------------------- */

/* OSC 52: the terminal puts it on the clipboard, if its user lets it.  */
static void copy(struct term *t)
{
	const struct picture *p = &t->picture;
	struct out text = { 0 };

	for (unsigned y = 0; picture_is_text(p) && y < p->height; y++) {
		size_t begin = text.size, end = begin;
		bool any = false;

		for (unsigned x = 0; x < p->width; x++) {
			uint32_t ch = p->cell[(size_t)y * p->width + x].ch;

			if (!copying_has(&t->menu.copy, x, y))
				continue;
			any = true;
			out_char(&text, ch < 0x20 ? ' ' : ch);
			if (ch > 0x20)
				end = text.size;
		}
		text.size = end;
		if (any && copying_has(&t->menu.copy, p->width - 1, y))
			out_text(&text, "\n");
	}
	out_text(&t->out, "\033]52;c;");
	out_base64(&t->out, (const uint8_t *)text.text, text.size);
	out_text(&t->out, "\a");
	out_fini(&text);
	t->menu.copy.on = false;
}

static void reset_keys(struct term *t)
{
	static const uint16_t keys[] = { HID_LEFT_CTRL, HID_LEFT_ALT, HID_DELETE };

	keys_release_all(&t->keys);
	for (int i = 0; i < 3; i++)
		t->host->key(t->host->ctx, &(struct key_event){ .key = keys[i], .down = true });
	for (int i = 2; i >= 0; i--)
		t->host->key(t->host->ctx, &(struct key_event){ .key = keys[i] });
}

static void act(struct term *t, enum menu_act what, const struct token *token)
{
	switch (what) {
	case MENU_NOTHING:
		break;
	case MENU_PASS:
		keys_take(&t->keys, token);
		return;
	case MENU_STRIKE:
		keys_strike(&t->keys, t->menu.key, t->menu.key_modifiers);
		break;
	case MENU_RESET:
		reset_keys(t);
		break;
	case MENU_END:
		t->host->quit(t->host->ctx, NULL);
		break;
	case MENU_SUSPEND:
		keys_release_all(&t->keys);
		t->host->suspend(t->host->ctx);
		break;
	case MENU_MOUSE:
		tty_use_mouse(&t->tty, &t->out, !t->tty.mouse);
		break;
	case MENU_FIT:
		t->host->room(t->host->ctx, t->view.width, t->view.height, true);
		break;
	case MENU_REDRAW:
		term_redraw(t);
		break;
	case MENU_COPIED:
		copy(t);
		break;
	}
	t->dirty = true;
}

/* --- Answers ---------------------------------------------------------------------- */

static void take_attributes(struct term *t, const struct token *token)
{
	t->sixel = token->ch;
	if (!t->tty.kitty)
		tty_use_other_keys(&t->tty, &t->caps, &t->out);
	if (t->sixel)
		term_redraw(t);
}

void term_take_token(struct term *t, const struct token *token)
{
	switch (token->kind) {
	case TOKEN_CHAR:
	case TOKEN_KEY:
		act(t, menu_take(&t->menu, token, &t->picture), token);
		break;
	case TOKEN_MOUSE:
		take_mouse(t, token);
		break;
	case TOKEN_PASTE:
		keep_pasted(&t->paste, token->ch);
		break;
	case TOKEN_PASTED:
		t->paste.after_cr = false;
		break;
	case TOKEN_FOCUS:
		if (token->press == PRESS_UP)
			keys_release_all(&t->keys);
		break;
	case TOKEN_IS_KITTY:
		tty_use_kitty(&t->tty, &t->caps, &t->out);
		t->decoder.kitty = t->tty.kitty;
		break;
	case TOKEN_ATTRIBUTES:
		take_attributes(t, token);
		break;
	case TOKEN_HAS_GRAPHICS:
		t->graphics = true;
		term_redraw(t);
		break;
	case TOKEN_HAS_RGB:
		t->caps.depth = DEPTH_RGB;
		term_redraw(t);
		break;
	case TOKEN_PIXELS:
		t->cell_width = token->x;
		t->cell_height = token->y;
		break;
	}
}
