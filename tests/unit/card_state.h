/* card_state.h - a video card in snapshots: what the tests of all families need.  */

#ifndef TESTS_CARD_STATE_H
#define TESTS_CARD_STATE_H

#include <check.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "state/state.h"

static uint8_t good[0x180000], bad[0x180000], again[0x180000];
static uint32_t seed = 3;

static inline uint32_t dice(void)
{
	seed = seed * 1664525 + 1013904223;
	return seed >> 8;
}

/* As in a machine: RAM first, with what of the card is there.  */
static void all(struct state *st);

static inline size_t save(uint8_t *to)
{
	struct state st;

	state_init(&st, STATE_SAVE, to, sizeof good);
	all(&st);
	ck_assert_msg(state_ok(&st), "%s", st.error);
	return st.pos;
}

static inline bool load(uint8_t *from, size_t size)
{
	struct state st;

	state_init(&st, STATE_LOAD, from, size);
	all(&st);
	return state_ok(&st);
}

#endif
