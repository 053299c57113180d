/* explode.h - what PKZIP 1 (1989 to 1993) packed with, and libzip does not unpack any more:
 * Shrink and Implode (PKWARE's APPNOTE.TXT, 5.1 and 5.3).
 *
 * Pure functions on memory; what goes in may be anything.  False: it is damaged, or
 * does not fill out exactly.  */

#ifndef SESSION_EXPLODE_H
#define SESSION_EXPLODE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Bits 1 and 2 of an archive's general purpose flags.  */
enum { EXPLODE_8K = 2, EXPLODE_LITERALS = 4 };

bool explode(const uint8_t *in, size_t size, unsigned flags, uint8_t *out, size_t out_size);
bool unshrink(const uint8_t *in, size_t size, uint8_t *out, size_t out_size);

#endif
