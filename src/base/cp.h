/* cp.h - the characters of DOS: code pages, their case and sorting order,
 * and UTF-8.
 *
 * Bytes 00h-7Fh are ASCII in every page.  Every byte of every page has a
 * Unicode of its own and comes back from it: a byte that the page leaves
 * unassigned travels as U+F800 + byte (private use).  A code_page that is
 * not known here is taken for 437.  */

#ifndef BASE_CP_H
#define BASE_CP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define CP_DEFAULT	437

bool cp_known(unsigned code_page);

/* The nth known page, for lists: its number, 0 past the last.  *name, if
 * name is not NULL, says whose it is.  */
unsigned cp_nth(unsigned n, const char **name);

/* Text.  Control characters stay control characters.  */
uint32_t cp_to_unicode(unsigned code_page, uint8_t ch);

/* The byte for a character, or -1 if the page has none.  */
int cp_from_unicode(unsigned code_page, uint32_t ch);

/* What a video card's character generator shows for a byte: 01h is a white
 * smiling face.  00h is a blank.  */
uint32_t cp_glyph(unsigned code_page, uint8_t ch);

/* Case as DOS maps it (INT 21h/6502h and 6504h): accents are lost where the
 * page has no such capital.  */
uint8_t cp_upper(unsigned code_page, uint8_t ch);
uint8_t cp_lower(unsigned code_page, uint8_t ch);

/* The weight by which DOS sorts (INT 21h/6506h); case does not count.  */
uint8_t cp_collate(unsigned code_page, uint8_t ch);

/* Strings, both ending with NUL.  False: `to' is too small, or (to bytes)
 * a character is malformed or not in the page; `to' is then cut at that
 * place, and ends with NUL if size > 0.  Never half a character.  */
bool cp_string_to_utf8(unsigned code_page, char *to, size_t size, const char *from);
bool cp_string_from_utf8(unsigned code_page, char *to, size_t size, const char *from);

#define UTF8_MAX	4		/* bytes of the longest character */
#define UTF8_BAD	UINT32_MAX

/* Encode; answers how many bytes were put, 1 to UTF8_MAX.  What is no
 * character (a surrogate, above 10FFFFh) is put as U+FFFD.  */
size_t utf8_put(char to[UTF8_MAX], uint32_t ch);

/* Decode the first of n bytes.  Answers how many bytes it took: at least 1,
 * or 0 if the n bytes are the beginning of a character (or n is 0) and more
 * must be read to know.  *ch is UTF8_BAD for a byte that cannot stand there;
 * it is taken alone.  Overlong forms and surrogates are bad (RFC 3629).  */
size_t utf8_get(const char *from, size_t n, uint32_t *ch);

#endif
