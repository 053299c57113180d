/* layout.c - keyboard layouts, looked up.  */

#include "base/layout.h"

#include <string.h>
#include <strings.h>

#include "base/cp.h"
#include "base/layouts.h"

static const uint8_t row_scan[LAYOUT_ROWS][13] = {
	{ 0x29, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c, 0x0d },
	{ 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18, 0x19, 0x1a, 0x1b },
	{ 0x1e, 0x1f, 0x20, 0x21, 0x22, 0x23, 0x24, 0x25, 0x26, 0x27, 0x28, 0x2b },
	{ 0x56, 0x2c, 0x2d, 0x2e, 0x2f, 0x30, 0x31, 0x32, 0x33, 0x34, 0x35 },
};

const struct layout *layout_us(void)
{
	return &layouts[0];
}

const struct layout *layout_named(const char *name)
{
	for (const struct layout *l = layouts; l->name; l++)
		if (strcasecmp(l->name, name) == 0)
			return l;
	return NULL;
}

const struct layout *layout_nth(unsigned n)
{
	unsigned count = 0;

	while (layouts[count].name)
		count++;
	return n < count ? &layouts[n] : NULL;
}

const char *layout_name(const struct layout *l) { return l->name; }
const char *layout_title(const struct layout *l) { return l->title; }
bool layout_has_second(const struct layout *l) { return l->second[0] != NULL; }

static uint32_t next(const char **s)
{
	uint32_t ch;

	if (!**s)
		return 0;
	*s += utf8_get(*s, strlen(*s), &ch);
	return ch;
}

static uint32_t nth(const char *s, unsigned n)
{
	uint32_t ch;

	do
		ch = next(&s);
	while (ch && n--);
	return ch == ' ' ? 0 : ch;
}

static bool contains(const char *s, uint32_t ch)
{
	uint32_t c;

	while (s && (c = next(&s)) != 0)
		if (c == ch)
			return true;
	return false;
}

/* In pairs, the second of the one whose first is `ch'.  */
static uint32_t paired(const char *s, uint32_t ch)
{
	uint32_t first, second;

	while (s && (first = next(&s)) != 0) {
		second = next(&s);
		if (first == ch)
			return second;
	}
	return 0;
}

static bool find_key(uint8_t scan, unsigned *row, unsigned *column)
{
	for (*row = 0; *row < LAYOUT_ROWS; ++*row)
		for (*column = 0; *column < 13; ++*column)
			if (scan && row_scan[*row][*column] == scan)
				return true;
	return false;
}

/* Small letters and their capitals, of the alphabets in the tables.  */
static uint32_t capital(uint32_t ch)
{
	static const char others[] = "ßßÿÿıIiİςςόΌύΎώΏέΈάΆήΉίΊёЁ";
	uint32_t up;

	if (ch >= 'a' && ch <= 'z')
		return ch - 32;
	up = paired(others, ch);
	if (up)
		return up;
	if ((ch >= 0xe0 && ch <= 0xfe && ch != 0xf7) || (ch >= 0x3b1 && ch <= 0x3cb) ||
	    (ch >= 0x430 && ch <= 0x44f))
		return ch - 32;
	if ((ch >= 0x139 && ch <= 0x148) || (ch >= 0x179 && ch <= 0x17e))
		return ch & 1 ? ch : ch - 1;
	if (ch >= 0x100 && ch <= 0x17f)
		return ch & 1 ? ch - 1 : ch;
	return ch;
}

uint32_t layout_char(const struct layout *l, bool second, uint8_t scan, enum layout_level level,
		     bool *dead)
{
	unsigned row, column;
	uint32_t ch;

	*dead = false;
	if (!find_key(scan, &row, &column))
		return 0;
	second = second && l->second[0];
	if (level == LAYOUT_PLAIN || level == LAYOUT_SHIFT) {
		const char *const *rows = level == LAYOUT_SHIFT ?
			(second ? l->second_shift : l->shift) : second ? l->second : l->plain;

		ch = nth(rows[row], column);
		*dead = ch && contains(l->dead, ch);
		return ch;
	}
	ch = paired(l->altgr, nth(l->plain[row], column));
	if (level == LAYOUT_ALTGR_SHIFT)
		return capital(ch) != ch ? capital(ch) : 0;
	*dead = ch && contains(l->dead_altgr, ch);
	return ch;
}

bool layout_caps(const struct layout *l, bool second, uint8_t scan)
{
	bool dead;
	uint32_t low = layout_char(l, second, scan, LAYOUT_PLAIN, &dead);
	uint32_t up = layout_char(l, second, scan, LAYOUT_SHIFT, &dead);

	if (!low || !up)
		return false;
	return l->shift_lock || capital(low) == up || (low == 'i' && up == 'I') ||
	       (low == 0x69 && up == 0x130);
}

static bool all_there(const char *const *rows, unsigned code_page)
{
	for (unsigned r = 0; r < LAYOUT_ROWS && rows[r]; r++) {
		const char *s = rows[r];
		uint32_t ch;

		while ((ch = next(&s)) != 0)
			if (capital(ch) != ch && cp_from_unicode(code_page, ch) < 0)
				return false;
	}
	return true;
}

bool layout_fits(const struct layout *l, unsigned code_page)
{
	return cp_known(code_page) && all_there(l->plain, code_page) &&
	       all_there(l->second, code_page);
}

uint32_t layout_compose(uint32_t accent, uint32_t letter)
{
	for (unsigned i = 0; layout_accents[i]; i++) {
		const char *s = layout_accents[i];

		if (next(&s) == accent)
			return paired(s, letter);
	}
	return 0;
}

uint32_t layout_accent(uint32_t accent, unsigned code_page)
{
	static const char instead[] = "´'¨\"¸,΄'ˇ^";

	if (cp_from_unicode(code_page, accent) >= 0)
		return accent;
	return paired(instead, accent);
}

/* A key for ch; dead: one that waits.  */
static bool find_stroke(const struct layout *l, bool second, uint32_t ch, bool dead,
			struct layout_stroke *stroke)
{
	for (unsigned level = 0; level < LAYOUT_LEVELS; level++)
		for (unsigned r = 0; r < LAYOUT_ROWS; r++)
			for (unsigned c = 0; c < 13 && row_scan[r][c]; c++) {
				bool is_dead;
				uint8_t scan = row_scan[r][c];

				if (layout_char(l, second, scan, level, &is_dead) == ch &&
				    is_dead == dead) {
					*stroke = (struct layout_stroke){ scan, level };
					return true;
				}
			}
	return false;
}

unsigned layout_find(const struct layout *l, bool second, uint32_t ch,
		     struct layout_stroke stroke[2])
{
	if (!ch)
		return 0;
	if (find_stroke(l, second, ch, false, &stroke[0]))
		return 1;
	for (unsigned i = 0; layout_accents[i]; i++) {
		const char *s = layout_accents[i];
		uint32_t accent = next(&s), letter, made;

		while ((letter = next(&s)) != 0) {
			made = next(&s);
			if (made == ch && find_stroke(l, second, accent, true, &stroke[0]) &&
			    find_stroke(l, second, letter, false, &stroke[1]))
				return 2;
		}
	}
	return 0;
}

char layout_us_key(uint8_t scan)
{
	unsigned row, column;

	return find_key(scan, &row, &column) && scan != 0x56 ? layouts[0].plain[row][column] : 0;
}

uint8_t layout_us_scan(char ch)
{
	for (unsigned r = 0; r < LAYOUT_ROWS; r++)
		for (unsigned c = 0; c < 13; c++)
			if (row_scan[r][c] && row_scan[r][c] != 0x56 && layouts[0].plain[r][c] == ch)
				return row_scan[r][c];
	return 0;
}
