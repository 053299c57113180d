/* refresh.h - a C: of an older dosvm gets what the installed dosroot has now.
 *
 * A hidden file in C: (".dosroot") says of each file that came from dosroot what
 * was in it.  One that is still the same is replaced when dosroot has
 * another; one that the user has changed or removed stays as he wants it;
 * one that is new comes.  Nothing else in C: is looked at.
 *
 * Its first line says which dosroot that was: names, sizes and times of all
 * files as one number.  As long as it is right, a start costs a look at
 * those and no more.  */

#ifndef SESSION_REFRESH_H
#define SESSION_REFRESH_H

#include <stdbool.h>

/* C: has just been copied from dosroot.  */
bool refresh_note(const char *c, const char *dosroot);

/* Before C: is used.  ours: it is where dosvm makes it, so that one without notes
 * was made by a dosvm that made none.  What cannot be done is left as it was.
 * Whoever does it at the same time is waited for.  */
void refresh(const char *c, const char *dosroot, bool ours);

/* A file by way of a neighbour, with its time; what was there is replaced at
 * once and whole.  */
bool refresh_copy(const char *from, const char *to);

#endif
