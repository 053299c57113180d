/* cp.c - a table of 128 entries a page; back from Unicode by bisection.  */

#include "base/cp.h"

#include "base/cp_tables.h"

#define HIGH	0x80
#define REPLACEMENT	0xfffd

/* The IBM PC's glyphs 00h-1Fh.  */
static const uint16_t control_glyph[32] = {
	0x0020, 0x263a, 0x263b, 0x2665, 0x2666, 0x2663, 0x2660, 0x2022,
	0x25d8, 0x25cb, 0x25d9, 0x2642, 0x2640, 0x266a, 0x266b, 0x263c,
	0x25ba, 0x25c4, 0x2195, 0x203c, 0x00b6, 0x00a7, 0x25ac, 0x21a8,
	0x2191, 0x2193, 0x2192, 0x2190, 0x221f, 0x2194, 0x25b2, 0x25bc,
};
#define DELETE_GLYPH	0x2302

static const struct cp_page *find(unsigned code_page)
{
	for (unsigned i = 0; cp_pages[i]; i++)
		if (cp_pages[i]->number == code_page)
			return cp_pages[i];
	return NULL;
}

static const struct cp_page *page_of(unsigned code_page)
{
	const struct cp_page *p = find(code_page);

	return p ? p : cp_pages[0];
}

bool cp_known(unsigned code_page)
{
	return find(code_page) != NULL;
}

unsigned cp_nth(unsigned n, const char **name)
{
	for (unsigned i = 0; cp_pages[i]; i++) {
		if (i != n)
			continue;
		if (name)
			*name = cp_pages[i]->name;
		return cp_pages[i]->number;
	}
	return 0;
}

uint32_t cp_to_unicode(unsigned code_page, uint8_t ch)
{
	return ch < HIGH ? ch : page_of(code_page)->unicode[ch - HIGH];
}

int cp_from_unicode(unsigned code_page, uint32_t ch)
{
	const struct cp_page *p;
	unsigned low = 0, high = 128;

	if (ch < HIGH)
		return ch;
	p = page_of(code_page);
	while (low < high) {
		unsigned mid = (low + high) / 2;
		uint32_t there = p->unicode[p->order[mid] - HIGH];

		if (there == ch)
			return p->order[mid];
		if (there < ch)
			low = mid + 1;
		else
			high = mid;
	}
	return -1;
}

uint32_t cp_glyph(unsigned code_page, uint8_t ch)
{
	if (ch < 32)
		return control_glyph[ch];
	return ch == 0x7f ? DELETE_GLYPH : cp_to_unicode(code_page, ch);
}

uint8_t cp_upper(unsigned code_page, uint8_t ch)
{
	if (ch < HIGH)
		return ch >= 'a' && ch <= 'z' ? ch - 'a' + 'A' : ch;
	return page_of(code_page)->upper[ch - HIGH];
}

uint8_t cp_lower(unsigned code_page, uint8_t ch)
{
	if (ch < HIGH)
		return ch >= 'A' && ch <= 'Z' ? ch - 'A' + 'a' : ch;
	return page_of(code_page)->lower[ch - HIGH];
}

uint8_t cp_collate(unsigned code_page, uint8_t ch)
{
	return ch < HIGH ? cp_upper(code_page, ch)
			 : page_of(code_page)->collate[ch - HIGH];
}

size_t utf8_put(char to[UTF8_MAX], uint32_t ch)
{
	if (ch > 0x10ffff || (ch >= 0xd800 && ch <= 0xdfff))
		ch = REPLACEMENT;
	if (ch < 0x80) {
		to[0] = ch;
		return 1;
	}
	if (ch < 0x800) {
		to[0] = 0xc0 | ch >> 6;
		to[1] = 0x80 | (ch & 0x3f);
		return 2;
	}
	if (ch < 0x10000) {
		to[0] = 0xe0 | ch >> 12;
		to[1] = 0x80 | (ch >> 6 & 0x3f);
		to[2] = 0x80 | (ch & 0x3f);
		return 3;
	}
	to[0] = 0xf0 | ch >> 18;
	to[1] = 0x80 | (ch >> 12 & 0x3f);
	to[2] = 0x80 | (ch >> 6 & 0x3f);
	to[3] = 0x80 | (ch & 0x3f);
	return 4;
}

/* How many bytes follow a first byte, and the range of the second one
 * (Unicode standard, table 3-7).  */
static size_t utf8_tail(uint8_t first, uint8_t *low, uint8_t *high)
{
	*low = first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80;
	*high = first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf;
	if (first >= 0xc2 && first <= 0xdf)
		return 1;
	if (first >= 0xe0 && first <= 0xef)
		return 2;
	return first >= 0xf0 && first <= 0xf4 ? 3 : 0;
}

size_t utf8_get(const char *from, size_t n, uint32_t *ch)
{
	const uint8_t *s = (const uint8_t *)from;
	uint8_t low, high;
	size_t tail;

	*ch = UTF8_BAD;
	if (n == 0)
		return 0;
	if (s[0] < 0x80) {
		*ch = s[0];
		return 1;
	}
	tail = utf8_tail(s[0], &low, &high);
	if (tail == 0)
		return 1;
	uint32_t v = s[0] & (0x3f >> tail);

	for (size_t i = 1; i <= tail; i++) {
		if (i == n)
			return 0;
		if (s[i] < low || s[i] > high)
			return 1;
		low = 0x80, high = 0xbf;
		v = v << 6 | (s[i] & 0x3f);
	}
	*ch = v;
	return tail + 1;
}

bool cp_string_to_utf8(unsigned code_page, char *to, size_t size, const char *from)
{
	size_t at = 0;

	if (size == 0)
		return false;
	for (; *from; from++) {
		char c[UTF8_MAX];
		size_t n = utf8_put(c, cp_to_unicode(code_page, *from));

		if (n >= size - at)
			break;
		for (size_t i = 0; i < n; i++)
			to[at++] = c[i];
	}
	to[at] = '\0';
	return !*from;
}

/* Bytes of the string that utf8_get may look at.  */
static size_t within(const char *s)
{
	size_t n = 0;

	while (n < UTF8_MAX && s[n])
		n++;
	return n;
}

bool cp_string_from_utf8(unsigned code_page, char *to, size_t size, const char *from)
{
	size_t at = 0;

	if (size == 0)
		return false;
	while (*from && at + 1 < size) {
		uint32_t ch;
		size_t n = utf8_get(from, within(from), &ch);
		int byte = n && ch != UTF8_BAD ? cp_from_unicode(code_page, ch) : -1;

		if (byte < 0)
			break;
		to[at++] = byte;
		from += n;
	}
	to[at] = '\0';
	return !*from;
}
