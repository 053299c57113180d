/* explode.c - Shrink and Implode.  */

#include "session/explode.h"

#include <string.h>

/* Bits come from the low end of each byte.  */
struct bits {
	const uint8_t *in;
	size_t size, at;		/* in bits */
};

/* What is beyond the end is zero; at the end of all that shows.  */
static unsigned take(struct bits *b, unsigned n)
{
	unsigned v = 0;

	for (unsigned i = 0; i < n; i++, b->at++)
		if (b->at < b->size && b->in[b->at / 8] >> b->at % 8 & 1)
			v |= 1u << i;
	return v;
}

static bool is_over(const struct bits *b)
{
	return b->at > b->size;
}

/* --- Implode: a Shannon-Fano tree is the lengths of its codes --- */

#define CODE_MAX	16		/* bits */

/* Codes of one length follow each other, first bit on top.  */
struct tree {
	unsigned values;
	uint8_t length[256];
	uint16_t first[CODE_MAX + 1], count[CODE_MAX + 1], place[CODE_MAX + 1];
	uint8_t value[256];		/* by length and code, from place[length] on */
};

/* Lengths, run by run.  */
static bool read_tree(struct bits *b, struct tree *t, unsigned values)
{
	unsigned runs = take(b, 8) + 1, n = 0;

	t->values = values;
	while (runs--) {
		unsigned length = take(b, 4) + 1, times = take(b, 4) + 1;

		if (is_over(b) || n + times > values)
			return false;
		while (times--)
			t->length[n++] = length;
	}
	return n == values;
}

/* The longest have the smallest codes; of equals the last.  */
static bool number_tree(struct tree *t)
{
	uint32_t code = 0;		/* the next one, of CODE_MAX bits */
	unsigned n = 0;

	for (unsigned length = CODE_MAX; length; length--) {
		t->first[length] = code >> (CODE_MAX - length);
		t->place[length] = n;
		for (unsigned i = t->values; i-- > 0;) {
			if (t->length[i] != length)
				continue;
			if (code >> CODE_MAX)
				return false;	/* more than there are of these lengths */
			t->value[n++] = i;
			t->count[length]++;
			code += 1u << (CODE_MAX - length);
		}
	}
	return true;
}

/* The value of the next code, -1: there is none such.  */
static int take_value(struct bits *b, const struct tree *t)
{
	unsigned code = 0;

	for (unsigned length = 1; length <= CODE_MAX && !is_over(b); length++) {
		code = code << 1 | take(b, 1);
		if (code >= t->first[length] && code - t->first[length] < t->count[length])
			return t->value[t->place[length] + code - t->first[length]];
	}
	return -1;
}

struct exploder {
	struct bits bits;
	struct tree literal, length, distance;
	unsigned low;			/* bits of a distance that are not coded */
	bool literals;			/* are coded */
	uint8_t *out;
	size_t at, size;
};

static bool put_literal(struct exploder *e)
{
	int value = e->literals ? take_value(&e->bits, &e->literal) : (int)take(&e->bits, 8);

	if (value < 0)
		return false;
	e->out[e->at++] = value;
	return true;
}

/* What is before the beginning is zero.  */
static bool put_match(struct exploder *e)
{
	size_t back = take(&e->bits, e->low), length;
	int high = take_value(&e->bits, &e->distance), code = take_value(&e->bits, &e->length);

	if (high < 0 || code < 0)
		return false;
	back += ((size_t)high << e->low) + 1;
	length = code + (e->literals ? 3 : 2);
	if (code == 63)
		length += take(&e->bits, 8);
	if (length > e->size - e->at)
		return false;
	for (; length; length--, e->at++)
		e->out[e->at] = back <= e->at ? e->out[e->at - back] : 0;
	return true;
}

bool explode(const uint8_t *in, size_t size, unsigned flags, uint8_t *out, size_t out_size)
{
	struct exploder e = {
		.bits = { in, size * 8 }, .low = flags & EXPLODE_8K ? 7 : 6,
		.literals = flags & EXPLODE_LITERALS, .out = out, .size = out_size,
	};

	if ((e.literals && !(read_tree(&e.bits, &e.literal, 256) && number_tree(&e.literal))) ||
	    !read_tree(&e.bits, &e.length, 64) || !number_tree(&e.length) ||
	    !read_tree(&e.bits, &e.distance, 64) || !number_tree(&e.distance))
		return false;
	while (e.at < e.size && !is_over(&e.bits))
		if (take(&e.bits, 1) ? !put_literal(&e) : !put_match(&e))
			return false;
	return !is_over(&e.bits);
}

/* --- Shrink: LZW whose leaves can be cut off --- */

#define CODES		8192
#define CONTROL		256		/* the next code says what: */
enum { LONGER = 1, CUT = 2 };
#define FREE		0xffff

struct shrinker {
	struct bits bits;
	unsigned width;			/* of a code */
	uint16_t parent[CODES];		/* CONTROL: of none; FREE */
	uint8_t value[CODES];
	unsigned last_free;		/* the code that was given last */
	unsigned old;			/* code before this one, and the first byte of its string */
	uint8_t first;
	uint8_t stack[CODES];
};

/* Codes that are no other's parent are free again.  */
static void cut_leaves(struct shrinker *s)
{
	bool is_parent[CODES] = { false };

	for (unsigned i = CONTROL + 1; i < CODES; i++)
		if (s->parent[i] != FREE)
			is_parent[s->parent[i]] = true;
	for (unsigned i = CONTROL + 1; i < CODES; i++)
		if (!is_parent[i])
			s->parent[i] = FREE;
	s->last_free = CONTROL;
}

/* The string of a code, backwards; a code that is not known yet is the one before and its
 * own first byte.  Answers how long it is, 0: it is none.  */
static unsigned spell(struct shrinker *s, unsigned code)
{
	unsigned n = 0;

	while (code != CONTROL) {
		if (n == CODES)
			return 0;
		if (s->parent[code] == FREE) {
			s->stack[n++] = s->first;
			code = s->old;
			if (s->parent[code] == FREE)
				return 0;
		} else {
			s->stack[n++] = s->value[code];
			code = s->parent[code];
		}
	}
	return n;
}

static void add_code(struct shrinker *s)
{
	unsigned code = s->last_free + 1;

	while (code < CODES && s->parent[code] != FREE)
		code++;
	s->last_free = code < CODES ? code : CODES - 1;
	if (code == CODES)
		return;
	s->value[code] = s->first;
	s->parent[code] = s->old;
}

/* False: a command that there is not.  */
static bool obey(struct shrinker *s)
{
	switch (take(&s->bits, s->width)) {
	case LONGER:
		return ++s->width <= 13;
	case CUT:
		cut_leaves(s);
		return true;
	}
	return false;
}

bool unshrink(const uint8_t *in, size_t size, uint8_t *out, size_t out_size)
{
	struct shrinker s = { .bits = { in, size * 8 }, .width = 9, .last_free = CONTROL };
	size_t at = 0;

	for (unsigned i = 0; i < CODES; i++) {
		s.parent[i] = i < CONTROL ? CONTROL : FREE;
		s.value[i] = i;
	}
	s.old = CONTROL;
	while (at < out_size) {
		unsigned code = take(&s.bits, s.width), n;

		if (is_over(&s.bits))
			return false;
		if (code == CONTROL) {
			if (!obey(&s))
				return false;
			continue;
		}
		if (s.old == CONTROL && code > CONTROL)
			return false;	/* the first is a byte */
		n = spell(&s, code);
		if (!n || n > out_size - at)
			return false;
		s.first = s.stack[n - 1];
		while (n)
			out[at++] = s.stack[--n];
		if (s.old != CONTROL)
			add_code(&s);
		s.old = code;
	}
	return true;
}
