/* userdir.h - the user's directories, by the XDG base directory specification.  */

#ifndef SESSION_USERDIR_H
#define SESSION_USERDIR_H

#include <stdbool.h>
#include <stddef.h>

enum userdir { USERDIR_DATA, USERDIR_CACHE };

/* "$XDG_DATA_HOME/dosvm/NAME" or the like.  False: the user has no such directory, or it
 * is too long.  */
bool userdir_path(char *out, size_t size, enum userdir kind, const char *name);

/* All directories above path.  */
bool userdir_make_parents(const char *path);

/* A directory with all that is in it; links are not followed.  */
void userdir_remove(const char *path);

#endif
