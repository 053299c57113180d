/* multiplex.h - INT 2Fh.  */

#ifndef DOS_MULTIPLEX_H
#define DOS_MULTIPLEX_H

struct dos;

/* Give INT 2Fh to DOS; at dos_init.  */
void multiplex_offer(struct dos *dos);

#endif
