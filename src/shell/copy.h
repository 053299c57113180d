/* copy.h - copying one file: what COPY and MOVE share.  */

#ifndef SHELL_COPY_H
#define SHELL_COPY_H

#include "shell/sh.h"

enum copy_flag {
	COPY_ASCII = 1,			/* the source ends with Ctrl-Z */
	COPY_APPEND = 2,		/* to the end of the target */
	COPY_NOW = 4,			/* with today's date */
	COPY_BINARY = 8,		/* /B said so: not from a device */
};

enum copy_result { COPY_DONE, COPY_FAILED, COPY_FULL };

/* A job that copies; the result is in in->answer.  */
void sh_copy_file(struct sh *sh, const char *from, const char *to, uint32_t flags);

/* Whether to ask before overwriting: at the prompt, unless /Y or COPYCMD
 * says no (MS-DOS 6.2).  yes: /Y was given, 1; /-Y, 2; neither, 0.  */
bool sh_ask_before_overwriting(struct sh *sh, uint32_t yes);
/* Ask; in->answer is Y, N or A for all.  The path is put into capitals.  */
enum go sh_ask_to_overwrite(struct sh *sh, struct job *j, uint8_t next, char *path);

#endif
