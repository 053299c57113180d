/* beneath.h - open what lies beneath a directory, and nothing else.
 *
 * The path is relative to the directory.  ".." and symbolic links are
 * followed as long as they stay inside; an absolute link, a link that leads
 * out, and /proc's magic links are refused with EXDEV or ELOOP, whatever
 * other processes do to the tree meanwhile.
 *
 * Linux 5.6 has a system call for this (openat2, RESOLVE_BENEATH).  Where
 * it is missing or forbidden the path is walked here, one component at a
 * time, and links are read and resolved by hand.  */

#ifndef DRIVE_BENEATH_H
#define DRIVE_BENEATH_H

#include <stdbool.h>

struct beneath {
	int root;		/* an O_PATH descriptor, the caller's */
	bool walk;		/* openat2 cannot be had */
};

void beneath_init(struct beneath *b, int root);

/* open(2): the descriptor (close-on-exec), or -1 and errno.  The path ""
 * is the directory itself.  */
int beneath_open(const struct beneath *b, const char *path, int flags);

#endif
