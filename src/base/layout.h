/* layout.h - keyboard layouts: which character is on which key.
 *
 * Keys are named by their scan codes of set 1, characters by Unicode; what the
 * code page lacks, the caller leaves out.  A layout has up to two alphabets: its
 * second (Cyrillic, Greek) is beside the Latin one of the United States.  */

#ifndef BASE_LAYOUT_H
#define BASE_LAYOUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct layout;

enum layout_level { LAYOUT_PLAIN, LAYOUT_SHIFT, LAYOUT_ALTGR, LAYOUT_ALTGR_SHIFT, LAYOUT_LEVELS };

/* By the name that KEYB knows it by ("GR"), in either case; NULL: none.  And the
 * nth, for lists, NULL past the last.  */
const struct layout *layout_named(const char *name);
const struct layout *layout_nth(unsigned n);
const char *layout_name(const struct layout *l);
const char *layout_title(const struct layout *l);
/* The one of the United States, which is what a PC has without KEYB.  */
const struct layout *layout_us(void);

/* Every letter on its keys is in the code page.  */
bool layout_fits(const struct layout *l, unsigned code_page);
bool layout_has_second(const struct layout *l);

/* The character, 0 if there is none; *dead: it waits for the next one.  */
uint32_t layout_char(const struct layout *l, bool second, uint8_t scan, enum layout_level level,
		     bool *dead);
/* Caps Lock exchanges this key's small and capital characters.  */
bool layout_caps(const struct layout *l, bool second, uint8_t scan);

/* An accent and a letter, 0 if that is no character; and an accent alone: 0, or what
 * is typed for it in pages that have none (' for an acute).  */
uint32_t layout_compose(uint32_t accent, uint32_t letter);
uint32_t layout_accent(uint32_t accent, unsigned code_page);

/* How a character is typed: one key, or a dead one and another.  Answers how many, 0
 * if it is not on this keyboard.  */
struct layout_stroke { uint8_t scan; enum layout_level level; };
unsigned layout_find(const struct layout *l, bool second, uint32_t ch,
		     struct layout_stroke stroke[2]);

/* What is printed on the key in the United States: 'a' for 1Eh; 0: no key of ours.  */
char layout_us_key(uint8_t scan);
uint8_t layout_us_scan(char ch);

#endif
