/* le.h - numbers in bytes, the low one first, as the PC and its disks have them.  At any
 * address.  */

#ifndef BASE_LE_H
#define BASE_LE_H

#include <stdint.h>

static inline uint16_t le_get16(const uint8_t *p)
{
	return p[0] | p[1] << 8;
}

static inline uint32_t le_get32(const uint8_t *p)
{
	return le_get16(p) | (uint32_t)le_get16(p + 2) << 16;
}

static inline void le_put16(uint8_t *p, uint16_t v)
{
	p[0] = v;
	p[1] = v >> 8;
}

static inline void le_put32(uint8_t *p, uint32_t v)
{
	le_put16(p, v);
	le_put16(p + 2, v >> 16);
}

#endif
