/* reader.c - a stream, by characters and by lines.  A Ctrl-Z is its end.  */

#include "tool.h"

#define CTRL_Z	26

void reader_on(struct reader *r, int handle)
{
	r->handle = handle;
	r->at = r->count = 0;
	r->ended = 0;
}

int reader_byte(struct reader *r)
{
	if (r->at == r->count) {
		if (r->ended)
			return -1;
		r->at = 0;
		r->count = file_read(r->handle, r->bytes, READER_SIZE);
		if (r->count == 0 || r->count == 0xffff) {
			r->count = 0;
			r->ended = 1;
			return -1;
		}
	}
	return r->bytes[r->at++];
}

int reader_get(struct reader *r)
{
	int c = reader_byte(r);

	if (c != CTRL_Z)
		return c;
	r->at--;
	r->count = r->at;
	r->ended = 1;
	return -1;
}

/* A line without its CR LF, and its length.  What is longer than `size` is
 * the next line's beginning.  */
int reader_line(struct reader *r, u8 *line, u16 size)
{
	u16 n = 0;
	int c;

	for (;;) {
		c = reader_get(r);
		if (c < 0 && n == 0)
			return -1;
		if (c < 0 || c == '\n')
			break;
		line[n++] = c;
		if (n == size)
			return n;
	}
	if (n && c == '\n' && line[n - 1] == '\r')
		n--;
	return n;
}
