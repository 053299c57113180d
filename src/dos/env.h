/* env.h - environment blocks: "NAME=VALUE" strings, an empty one, a count
 * word of 1, and the program's name (RBIL, INT 21h/26h, PSP:2Ch).  */

#ifndef DOS_ENV_H
#define DOS_ENV_H

#include "dos/dos.h"

/* Copy the environment at `from' (0: none) into a new block of the current
 * process, with the program's name behind it.  *seg is 0 if there is none.
 * DOS_BAD_ENVIRONMENT: more than 32 KB.  */
enum dos_error dos_env_copy(struct dos *dos, uint16_t from, const char *name, uint16_t *seg);

/* Both lists of strings in one, the second's overriding the first's.  The
 * size of what is in buf, with the NUL that ends the list; what does not fit
 * is left out.  */
size_t dos_env_merge(char *buf, size_t size, const char *first, size_t first_size,
		     const char *second, size_t second_size);

/* A new block with these strings ("NAME=VALUE\0...\0", size bytes, the end
 * included) and the program's name.  */
enum dos_error dos_env_make(struct dos *dos, const char *strings, size_t size,
			    const char *name, uint16_t *seg);

#endif
