/* names.h - how the kernel reads a name out of text.
 *
 * drive/path.h knows what names are; this is the kernel's own scanner
 * (MS-DOS 4.0 FCB.ASM: NAMETRANS, GETWORD, table CharType), which is more
 * generous than disks are: a blank may be in a name, and what is too long
 * is cut.  */

#ifndef DOS_NAMES_H
#define DOS_NAMES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "drive/path.h"

struct dos;

static inline bool name_is_separator(char c)
{
	return c == '\\' || c == '/';
}

/* May this character stand in an FCB's name?  (A dot and a blank may.)  */
bool name_fcb_char(uint8_t c);

/* Read one part of a name, upper case, into out[n], which is padded with
 * blanks; more than n characters are read and dropped.  "*" fills up with
 * "?".  Answers how many characters of s were read; *wild is set if there
 * was a "?".  With `blanks' a blank is part of the name.  */
size_t name_part(const struct dos *dos, const char *s, uint8_t *out, size_t n, bool blanks, bool *wild);

/* One path component into an FCB name; answers the characters read, 0 if
 * s does not begin with a name.  */
size_t name_scan(const struct dos *dos, const char *s, uint8_t fcb[PATH_FCB], bool *wild);

/* The pattern with its "?" taken from name (REN *.A *.B).  */
void name_fill(const uint8_t pattern[PATH_FCB], const uint8_t name[PATH_FCB], uint8_t out[PATH_FCB]);

uint8_t name_upper(const struct dos *dos, uint8_t c);

#endif
