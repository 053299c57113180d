/* edit.h - what the line editor consists of.  */

#ifndef SHELL_EDIT_H
#define SHELL_EDIT_H

#include "shell/sh.h"

unsigned sh_history_count(const struct instance *in);
/* Line n, the oldest being 0; false: there is none.  */
bool sh_history_get(const struct instance *in, unsigned n, char *buf, size_t size);
/* The newest line before number `before' that begins with the n bytes at
 * start; -1: none.  */
int sh_history_search(const struct instance *in, unsigned before, const char *start, size_t n);

#endif
