/* region.h - parts of upper memory: what the switches /L and /S of LOADHIGH and
 * DEVICEHIGH say (MS-DOS 6.22, HELP LOADHIGH, HELP DEVICEHIGH).
 *
 * Region 1 is the lowest piece of upper memory, region 0 conventional
 * memory.  Between two regions lies a block of the system's called "SC", over
 * what is no memory.  A program or driver is kept out of a region by giving
 * the region's free blocks to the system, under the name "HIDDEN", for as
 * long as it is being loaded or, with LOADHIGH, runs.  All of it is in guest
 * memory, in the chain that everybody sees.  */

#ifndef DOS_REGION_H
#define DOS_REGION_H

#include <stdbool.h>
#include <stdint.h>

struct guest;

#define REGIONS	16

struct regions {
	uint16_t named;			/* bit n: /L names region n */
	uint32_t least[REGIONS];	/* bytes that must be free there; 0 any */
	bool shrink;			/* /S: and no more is left free */
};

/* Read the switches that s begins with.  Answers what follows them, NULL if
 * one makes no sense.  */
const char *regions_parse(const char *s, struct regions *r);

/* Without a region that is named, or without upper memory, nothing is
 * hidden.  */
void regions_hide(struct guest *g, const struct regions *r);
void regions_show(struct guest *g);

#endif
