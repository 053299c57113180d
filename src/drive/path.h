/* path.h - the names of DOS, as text.
 *
 * Names are bytes of a code page; nothing here knows a disk.  Every
 * function takes any text that ends with NUL, however long and however
 * odd, and writes no more than the size its parameter states.
 *
 * An "8.3 name" is text as DOS shows it, "NAME.EXT".  An "FCB name" is its
 * 11 bytes padded with blanks, "NAME    EXT", as directories, FCBs and
 * search patterns hold it; '?' in one stands for any character.  */

#ifndef DRIVE_PATH_H
#define DRIVE_PATH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "drive/drive.h"

#define PATH_83_MAX	13	/* "NAMENAME.EXT" with NUL */
#define PATH_FCB	11

/* May the byte stand in an 8.3 name?  (MS-DOS's own table: not in
 * . " / \ [ ] : < > | + = ; , * ? blank and control characters.  DOS
 * itself lets blanks pass in some calls; on no disk of ours are they kept.)  */
bool path_char_83(uint8_t ch);

/* May it stand in a long name?  (Not in " / \ : < > | * ? and controls.)  */
bool path_char_long(uint8_t ch);

/* One component that can be an 8.3 name as it is, in any case.  */
bool path_is_83(const char *name);

/* One component that a disk with long names can hold: legal characters,
 * neither "." nor "..", no dot or blank at its end, shorter than
 * DRIVE_NAME_MAX.  */
bool path_is_long(const char *name);

/* A volume's label: at most 11 characters, of those of 8.3 names and blanks.  */
bool path_is_label(const char *label);

/* CON, PRN, AUX, NUL, CLOCK$, COM1-COM4, LPT1-LPT3, with any extension:
 * what DOS takes for a device wherever it stands.  */
bool path_is_device(const char *name);

void path_upper(unsigned code_page, char *name);

/* The 8.3 name that MS-DOS makes of a typed one: upper case, cut to eight
 * and three characters, nothing from a second dot on ("a.b.c" is A.B), no
 * dot at the end.  "." and ".." stay.  Wildcards stay; '*' fills up with
 * '?'.  False: nothing is left, or a character that cannot be.  */
bool path_to_83(unsigned code_page, const char *name, char out[PATH_83_MAX]);

/* The same as an FCB name: reads one name from text, to the first character
 * that cannot be in it.  *wild (may be NULL) says whether there is a '?'.
 * Answers where the reading ended.  */
const char *path_to_fcb(unsigned code_page, const char *text, uint8_t fcb[PATH_FCB],
			bool *wild);
void path_from_fcb(const uint8_t fcb[PATH_FCB], char out[PATH_83_MAX]);

/* What the alias of a long name is made of, as Windows 95 does: blanks and dots
 * go, what an 8.3 name cannot have becomes '_', eight and three characters stay.
 * False: something was lost, so that a number must be put into it.  */
bool path_to_basis(unsigned code_page, const char *name, uint8_t fcb[PATH_FCB]);

/* Does the name fit the pattern?  For long names, as Windows matches them:
 * '*' is any text, dots included; '?' one character that is no dot, or
 * nothing before a dot and at the end; a name without a dot has one at its
 * end if the pattern wants it (so "*.*" is every name, "*." those without
 * extension).  Case does not count.  */
bool path_match_fcb(const uint8_t pattern[PATH_FCB], const uint8_t name[PATH_FCB]);
bool path_match_long(unsigned code_page, const char *pattern, const char *name);

bool path_has_wildcard(const char *name);

/* "\\DIR" and "NAME" to "\\DIR\\NAME".  False: too long.  out may be dir.  */
bool path_join(char out[DRIVE_PATH_MAX], const char *dir, const char *name);

/* Take the next component off *path, which stands at a backslash.  False: there is none,
 * or it is no long name; *path stays.  */
bool path_next(const char **path, char name[DRIVE_NAME_MAX]);

/* How the disk spells the last component of a path.  */
typedef enum dos_error path_name_fn(void *disk, const char *path, bool long_name,
				    char name[DRIVE_NAME_MAX]);

/* The whole path as the disk spells it: the `canon' of drive_ops.  */
enum dos_error path_spell(path_name_fn *spell, void *disk, const char *path, bool long_name,
			  char out[DRIVE_PATH_MAX]);

/* "\\DIR\\NAME" to "\\DIR" and "NAME"; "\\NAME" to "\\" and "NAME".  False:
 * no backslash in front, nothing after the last, or too long.  */
bool path_split(const char *path, char dir[DRIVE_PATH_MAX], char name[DRIVE_NAME_MAX]);

#endif
