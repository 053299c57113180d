/* clip.c - the clipboard.  */

#include "clip.h"

#include <SDL_clipboard.h>
#include <stdint.h>
#include <stdlib.h>

bool clip_copy(const struct plugin_host *host)
{
	char *text = host->text(host->ctx);
	bool done = text && *text && SDL_SetClipboardText(text) == 0;

	free(text);
	return done;
}

void clip_fini(struct clip *c)
{
	SDL_free(c->text);
	*c = (struct clip){ 0 };
}

bool clip_paste(struct clip *c)
{
	clip_fini(c);
	if (!SDL_HasClipboardText())
		return false;
	c->text = SDL_GetClipboardText();
	return c->text != NULL;
}

bool clip_waits(const struct clip *c)
{
	return c->text;
}

/* The next character, and how long it is.  Damaged UTF-8 is left out.  */
static uint32_t next_char(const char *text, size_t *n)
{
	const uint8_t *p = (const uint8_t *)text;
	unsigned more = *p >= 0xf0 ? 3 : *p >= 0xe0 ? 2 : *p >= 0xc0 ? 1 : 0;
	uint32_t ch = *p < 0x80 ? *p : *p & (0x3f >> more);

	for (*n = 1; more && (p[*n] & 0xc0) == 0x80; more--)
		ch = ch << 6 | (p[(*n)++] & 0x3f);
	return more || (*p >= 0x80 && *p < 0xc0) || *p >= 0xf8 ? 0 : ch;
}

/* Lines end with the Enter key, however they are written.  */
void clip_type(struct clip *c, const struct plugin_host *host)
{
	while (c->text && c->text[c->typed]) {
		const char *at = c->text + c->typed;
		size_t n;
		uint32_t ch = next_char(at, &n);

		if (ch == '\r' && at[1] == '\n')
			n = 2;
		if (ch == '\n')
			ch = '\r';
		if (ch && !host->type(host->ctx, ch))
			return;
		c->typed += n;
	}
	if (c->text)
		clip_fini(c);
}
