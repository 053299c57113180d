/* fuzz_term.c - what a terminal sends: to tokens, to keys of the guest and acts of the
 * menu.  The first byte says what its Backspace key sends, and in pieces of which size
 * the rest comes; between pieces nothing comes for a while, if its highest bit is
 * set.  */

#include "fuzz.h"

#include <stdbool.h>
#include <stdlib.h>

#include "../../plugins/term/caps.h"
#include "../../plugins/term/decode.h"
#include "../../plugins/term/keys.h"
#include "../../plugins/term/menu.h"
#include "plugin.h"

struct bench {
	struct caps caps;
	struct decoder decoder;
	struct keys keys;
	struct menu menu;
	struct picture picture;
	struct frame_cell cell[25 * 80];
	bool down[256];
};

static void promise(bool kept)
{
	if (!kept)
		abort();
}

/* Each key goes down and up in turn, but may go down again by repetition.  */
static void on_key(void *ctx, const struct key_event *ev)
{
	struct bench *b = ctx;

	promise(ev->key && ev->key < 256);
	promise(ev->down || b->down[ev->key]);
	b->down[ev->key] = ev->down;
}

static bool on_stroke(void *ctx, uint16_t key, unsigned modifiers)
{
	(void)ctx;
	promise(key && key < 256 && modifiers < 8);
	return true;
}

static bool on_type(void *ctx, uint32_t ch)
{
	(void)ctx;
	promise(ch && ch <= 0x10ffff);
	return true;
}

static bool on_chord(void *ctx, uint32_t ch, unsigned modifiers)
{
	promise(modifiers < 8);
	return on_type(ctx, ch);
}

static bool on_types(void *ctx, uint16_t key, bool shift, uint8_t locks, uint32_t ch)
{
	(void)ctx;
	promise(key && key < 256 && locks < 8 && ch && ch <= 0x10ffff);
	return shift != (ch & 1);
}

static void take_key(struct bench *b, const struct token *t)
{
	unsigned count;

	switch (menu_take(&b->menu, t, &b->picture)) {
	case MENU_PASS:
		keys_take(&b->keys, t);
		break;
	case MENU_STRIKE:
		keys_strike(&b->keys, b->menu.key, b->menu.key_modifiers);
		break;
	default:
		break;
	}
	menu_lines(&b->menu, &count);
	promise(!b->menu.copy.on || (b->menu.copy.x < 80 && b->menu.copy.y < 25));
}

static void take(struct bench *b, const struct token *t)
{
	promise(t->kind <= TOKEN_PIXELS && t->press <= PRESS_UP && t->key < 256 && t->modifiers < 8);
	switch (t->kind) {
	case TOKEN_CHAR:
	case TOKEN_KEY:
		promise(t->key || t->ch || t->kind == TOKEN_CHAR);
		take_key(b, t);
		break;
	case TOKEN_PASTE:
		promise(t->ch >= 0x20 || t->ch == '\t' || t->ch == '\r' || t->ch == '\n');
		break;
	case TOKEN_MOUSE:
		promise(t->button <= MOUSE_DOWN);
		break;
	case TOKEN_FOCUS:
		keys_release_all(&b->keys);
		break;
	case TOKEN_PIXELS:
		promise(t->x && t->y && t->x < 256 && t->y < 256);
		break;
	default:
		break;
	}
}

static void take_all(struct bench *b, bool idle)
{
	size_t before = b->decoder.size + 1;
	struct token t;

	while (decode_next(&b->decoder, idle, &t)) {
		promise(b->decoder.size < before);	/* each takes something away */
		before = b->decoder.size;
		take(b, &t);
		before++;
	}
}

static void feed(struct bench *b, const uint8_t *p, size_t n, bool pauses)
{
	while (n) {
		size_t took = decode_feed(&b->decoder, p, n);

		promise(took > 0 && took <= n);
		promise(b->decoder.size <= sizeof b->decoder.pending);
		p += took;
		n -= took;
		take_all(b, false);
	}
	if (pauses)
		take_all(b, true);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const uint8_t end[] = "\033\\\a\033[201~";
	struct plugin_host host = { .key = on_key, .stroke = on_stroke, .type = on_type, .chord = on_chord,
		.types = on_types };
	struct bench *b = calloc(1, sizeof *b);
	size_t piece = size ? (data[0] & 0x3f) + 1 : 1;

	if (!b || size == 0) {
		free(b);
		return 0;
	}
	host.ctx = b;
	b->caps = (struct caps){
		.name = "fuzz", .backspace = data[0] & 0x40 ? '\b' : 0x7f, .keys = 3,
		.key = { { "\033[11^", 0x3a, STROKE_CTRL }, { "\033[[A", 0x3a, 0 }, { "\033OP", 0x3a, 0 } },
	};
	b->decoder.caps = &b->caps;
	b->keys.host = &host;
	b->picture = (struct picture){ .kind = FRAME_TEXT, .width = 80, .height = 25, .cursor_x = 79, .cursor_y = 24 };
	for (size_t at = 1; at < size; at += piece)
		feed(b, data + at, size - at < piece ? size - at : piece, data[0] & 0x80);
	feed(b, end, sizeof end - 1, true);
	take_all(b, true);
	promise(!decode_waits(&b->decoder));
	keys_release_all(&b->keys);
	for (unsigned i = 0; i < 256; i++)
		promise(!b->down[i]);
	free(b);
	return 0;
}
