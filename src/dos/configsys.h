/* configsys.h - CONFIG.SYS in the phases of the boot: what they share.
 *
 * The file is read anew in each, which keeps nothing of it but the number of the next
 * line.  */

#ifndef DOS_CONFIGSYS_H
#define DOS_CONFIGSYS_H

#include "dos/config.h"

struct dos;

/* buf NULL: there is none, or it is not wanted.  The caller frees buf.  */
struct config_text {
	char *buf;
	size_t size;
};
struct config_text config_read(struct dos *dos);

/* The lines that count and were not answered with No.  */
void config_each_line(struct dos *dos, config_each *each, void *ctx);

/* "WHAT - Error in CONFIG.SYS line N".  */
void config_say_error(struct dos *dos, const char *what, unsigned line);

/* When all that was asked is answered: the values of all lines, in dos->boot.  */
void config_finish(struct dos *dos);

/* "NAME rest": the name, and the rest with its blank.  */
const char *config_program(const char *value, char *name, size_t size);

#endif
