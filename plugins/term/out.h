/* out.h - bytes on their way to the terminal.  They gather here and leave when
 * the terminal takes them; nothing waits.  */

#ifndef TERM_OUT_H
#define TERM_OUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct out {
	char *text;
	size_t size, room, sent;
	uint64_t total;			/* bytes ever sent */
	bool failed;			/* no memory, or the terminal is gone */
};

void out_fini(struct out *o);
void out_bytes(struct out *o, const char *p, size_t n);
void out_text(struct out *o, const char *text);	/* NULL: nothing */
void out_format(struct out *o, const char *format, ...) __attribute__((format(printf, 2, 3)));
void out_char(struct out *o, uint32_t ch);	/* as UTF-8 */
void out_base64(struct out *o, const uint8_t *p, size_t n);
/* What fd takes now.  False: it is gone.  */
bool out_send(struct out *o, int fd);
/* The same, waiting for it at most so long without any progress.  */
bool out_drain(struct out *o, int fd, int timeout_ms);

static inline bool out_empty(const struct out *o)
{
	return o->sent == o->size;
}

#endif
