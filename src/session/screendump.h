/* screendump.h - --screen-dump: the last screen, for scripts.  */

#ifndef SESSION_SCREENDUMP_H
#define SESSION_SCREENDUMP_H

#include <stdbool.h>

struct error;
struct machine;

/* Write the text screen to a file of this name, "" for none; a row a line, in
 * UTF-8, without trailing blanks and rows.  A screen in graphics is an empty
 * file.  */
bool screen_dump(const struct machine *m, const char *path, struct error *err);

#endif
