/* error.h - why the host refused, in one line that a user can read.
 *
 * A function that can be refused by the host takes a struct error *, sets
 * it with error_set() and returns false (or NULL).  Only main() prints it
 * and chooses the exit status.  */

#ifndef BASE_ERROR_H
#define BASE_ERROR_H

struct error {
	char text[512];		/* one line, no newline at the end */
};

/* printf into err->text, cut if it is too long.  err may be NULL.  */
void error_set(struct error *err, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

#endif
