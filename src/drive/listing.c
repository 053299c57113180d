/* listing.c - listings of directories, by number.  */

#include "drive/listing.h"

#include <stdlib.h>
#include <string.h>

#include "state/state.h"

bool listings_init(struct listings *ls)
{
	*ls = (struct listings){ .at = calloc(LISTINGS, sizeof *ls->at) };
	return ls->at;
}

/* Number n is in place n; only once they are used up they begin again.  */
void listings_forget(struct listings *ls)
{
	for (unsigned i = 0; ls->at && i <= ls->made && i < LISTINGS; i++) {
		free(ls->at[i].path);
		ls->at[i] = (struct listing){ 0 };
	}
}

void listings_free(struct listings *ls)
{
	listings_forget(ls);
	free(ls->at);
	ls->at = NULL;
}

static struct listing *place_of(struct listings *ls, uint16_t number)
{
	return &ls->at[number & (LISTINGS - 1)];
}

struct listing *listings_find(struct listings *ls, uint16_t number)
{
	struct listing *l = place_of(ls, number);

	return number && l->number == number ? l : NULL;
}

enum dos_error listings_add(struct listings *ls, const char *path, bool dots, uint32_t dir,
			    uint16_t *number)
{
	struct listing *l;

	if (!++ls->next)
		ls->next = 1;
	if (ls->made < LISTINGS)
		ls->made++;
	l = place_of(ls, ls->next);
	free(l->path);
	*l = (struct listing){ .dots = dots, .dir = dir, .path = strdup(path) };
	if (!l->path)
		return DOS_NO_MEMORY;
	l->number = *number = ls->next;
	return DOS_OK;
}

unsigned listing_dots(const struct listing *l)
{
	return l->dots ? 2 : 0;
}

void listing_resume(struct listing *l, uint32_t dir, uint32_t after)
{
	l->dir = dir;
	l->shift = l->next > listing_dots(l) ? after - (l->next - listing_dots(l)) : 0;
}

enum dos_error listing_place(const struct listing *l, unsigned nth, uint32_t count, uint32_t *at)
{
	int64_t place = (int64_t)nth - listing_dots(l) + l->shift;

	if (place < 0)
		return DOS_NO_FILE;
	if (place >= count)
		return DOS_NO_MORE;
	*at = place;
	return DOS_OK;
}

void listing_told(struct listing *l, unsigned nth, const char name[PATH_83_MAX])
{
	l->next = nth + 1;
	memcpy(l->last, name, sizeof l->last);
}

static void listing_state(struct listing *l, struct state *st)
{
	char path[DRIVE_PATH_MAX] = "";
	uint32_t shift = l->shift;

	state_bool(st, &l->dots);
	state_u32(st, &l->next);
	state_u32(st, &shift);
	state_string(st, l->last, sizeof l->last);
	if (st->mode == STATE_SAVE)
		strcpy(path, l->path);
	state_string(st, path, sizeof path);
	if (st->mode == STATE_SAVE)
		return;
	l->shift = shift;
	l->dir = 0;			/* to be read again */
	l->path = state_ok(st) ? strdup(path) : NULL;
	if (!l->path)
		l->number = 0;
}

/* Those that there are, each with its number; 0 ends them.  */
void listings_state(struct listings *ls, struct state *st)
{
	uint16_t end = 0;

	if (st->mode == STATE_LOAD) {
		listings_forget(ls);
		ls->made = LISTINGS;	/* any place may be used */
	}
	state_u16(st, &ls->next);
	for (unsigned i = 0; i < LISTINGS && i <= ls->made && state_ok(st); i++) {
		struct listing *l = &ls->at[i];
		uint16_t number = l->number;

		if (st->mode == STATE_SAVE && !number)
			continue;
		state_u16(st, &number);
		if (st->mode == STATE_LOAD) {
			if (!number)
				return;
			l = place_of(ls, number);
			free(l->path);
			*l = (struct listing){ .number = number };
		}
		listing_state(l, st);
	}
	state_u16(st, &end);
}
