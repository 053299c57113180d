/* share.h - which opens of a file go together.
 *
 * A class is 3 * sharing mode + access (0 compatibility, 1 deny all, 2 deny
 * write, 3 deny read, 4 deny none; 0 read, 1 write, 2 both).  What goes with
 * what is SHARE's own table (Ralf Brown, table 01403; MS-DOS 4.0, SHARE):
 * compatibility opens go with each other and with nothing else, except that a
 * compatibility read of a read-only file is a deny-write read; otherwise
 * neither may deny what the other does.  */

#ifndef DRIVE_SHARE_H
#define DRIVE_SHARE_H

#include <stdbool.h>
#include <stdint.h>

#define SHARE_CLASSES	15
#define SHARE_COMPAT	3		/* classes below it are compatibility */

/* False: not a mode of INT 21h/3Dh.  */
bool share_mode_ok(unsigned mode);
uint8_t share_class(unsigned mode, bool read_only);
bool share_conflict(unsigned a, unsigned b);

#endif
