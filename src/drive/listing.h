/* listing.h - listings of directories, by number, of a drive that reads directories as a
 * whole and keeps some of these readings.
 *
 * A listing keeps to the reading it began with, whatever is made or deleted meanwhile.
 * When that was forgotten, or the listing comes from a snapshot, the drive reads the
 * directory again, and the listing goes on with the first name after the last one that
 * was asked for: the order of names is what makes that possible.  */

#ifndef DRIVE_LISTING_H
#define DRIVE_LISTING_H

#include <stdbool.h>
#include <stdint.h>

#include "drive/drive.h"
#include "drive/path.h"

struct state;

#define LISTINGS	8192		/* a power of two; drive.h promises 4,096 */

struct listing {
	uint16_t number;		/* 0: free */
	bool dots;			/* "." and ".." come first */
	uint32_t dir;			/* the reading, as the drive numbers them; 0: forgotten */
	uint32_t next;			/* the nth after the last one asked for */
	int32_t shift;			/* how far entries have moved since it began */
	char last[PATH_83_MAX];		/* the name of that last one, "" if none */
	char *path;			/* the guest's */
};

struct listings {
	struct listing *at;		/* LISTINGS of them */
	uint16_t next;
	uint32_t made;			/* so far; counted up to LISTINGS */
};

/* False: no memory.  */
bool listings_init(struct listings *ls);
void listings_free(struct listings *ls);
void listings_forget(struct listings *ls);
void listings_state(struct listings *ls, struct state *st);

/* NULL: there is none.  */
struct listing *listings_find(struct listings *ls, uint16_t number);
enum dos_error listings_add(struct listings *ls, const char *path, bool dots, uint32_t dir,
			    uint16_t *number);

/* Entries that come before those of the reading.  */
unsigned listing_dots(const struct listing *l);
/* It goes on in another reading, in which `after' names come before the last one or are it;
 * that is not asked for when nothing was listed yet.  */
void listing_resume(struct listing *l, uint32_t dir, uint32_t after);
/* Which of the reading's `count' entries its nth is, if it is not one of the dots.  */
enum dos_error listing_place(const struct listing *l, unsigned nth, uint32_t count, uint32_t *at);
/* Its nth has this name.  */
void listing_told(struct listing *l, unsigned nth, const char name[PATH_83_MAX]);

#endif
