/* unzip.h - what is in a zip, as a directory.
 *
 * An archive is what somebody has downloaded.  Before anything is written all of it is
 * looked at: names that lead out, links, passwords, two files of one name, and more than
 * fits the limits below, are refused with a line that says so.  */

#ifndef SESSION_UNZIP_H
#define SESSION_UNZIP_H

#include <stdbool.h>
#include <stdint.h>

#define UNZIP_FILES	UINT64_C(65535)
#define UNZIP_BYTES	(UINT64_C(2) << 30)	/* of all files together */

struct error;
struct unzip;

/* Does a file of this name look like one?  */
bool unzip_is_zip(const char *path);

/* NULL: it cannot be read, or is not wanted.  *id: the same for the same contents
 * wherever it lies, from its directory (names, sizes, dates, checksums).  */
struct unzip *unzip_open(const char *path, uint64_t *id, struct error *err);
/* Everything into an empty directory.  */
bool unzip_to(struct unzip *u, const char *dir, struct error *err);
void unzip_close(struct unzip *u);

#endif
