/* state_snapshot.c - snapshots come back, and hostile ones do no harm.  */

#include "suite.h"

#include <string.h>

#include "base/error.h"
#include "base/ring.h"
#include "state/state.h"

/* A room with one of everything.  */
struct room {
	uint8_t u8;
	uint16_t u16;
	uint32_t u32, index;
	uint64_t u64;
	bool on;
	char name[16];
	uint8_t ram[10 * 4096 + 100];
	uint16_t store[8];
	struct ring ring;
};

static void room_init(struct room *r)
{
	memset(r, 0, sizeof *r);
	ring_init(&r->ring, r->store, sizeof r->store[0], 8);
}

static void room_state(struct room *r, struct state *st)
{
	state_section(st, "room", 2);
	state_u8(st, &r->u8);
	state_u16(st, &r->u16);
	state_u32(st, &r->u32);
	state_u64(st, &r->u64);
	state_bool(st, &r->on);
	state_below(st, &r->index, 10);
	state_string(st, r->name, sizeof r->name);
	state_section(st, "roommem", 1);
	state_memory(st, r->ram, sizeof r->ram);
	state_ring(st, &r->ring);
}

static void whole(struct room *r, struct state *st)
{
	state_header(st);
	room_state(r, st);
	state_finish(st);
}

static struct room one, two;

static void save(struct state *st)
{
	uint16_t w = 0x1234;

	room_init(&one);
	one.u8 = 1, one.u16 = 0x0203, one.u32 = 0x04050607;
	one.u64 = 0x08090a0b0c0d0e0f, one.on = true, one.index = 9;
	strcpy(one.name, "fifteen letters");
	one.ram[5000] = 5, one.ram[sizeof one.ram - 1] = 6;
	one.ring.head = one.ring.tail = 7;
	ring_put(&one.ring, &w);
	ring_put(&one.ring, &w);
	state_init_save(st);
	whole(&one, st);
	ck_assert(state_ok(st));
}

START_TEST(everything_comes_back)
{
	struct state st, ld;
	uint16_t w = 0;

	save(&st);
	ck_assert_uint_lt(st.pos, 3 * 4096);	/* eight zero pages cost nothing */
	room_init(&two);
	memset(&two, 0x55, offsetof(struct room, store));	/* no value of any type */
	state_init(&ld, STATE_LOAD, st.buf, st.pos);
	whole(&two, &ld);
	ck_assert_msg(state_ok(&ld), "%s", ld.error);
	ck_assert_uint_eq(two.u64, one.u64);
	ck_assert_uint_eq(two.u32, one.u32);
	ck_assert_uint_eq(two.u16, one.u16);
	ck_assert_uint_eq(two.u8, one.u8);
	ck_assert_uint_eq(two.index, 9);
	ck_assert(two.on);
	ck_assert_str_eq(two.name, one.name);
	ck_assert_mem_eq(two.ram, one.ram, sizeof one.ram);
	ck_assert_uint_eq(ring_used(&two.ring), 2);
	ck_assert(ring_get(&two.ring, &w) && w == 0x1234);
	state_free(&st);
}
END_TEST

START_TEST(a_snapshot_cut_anywhere_is_an_error)
{
	struct state st, ld;
	struct error err;

	save(&st);
	for (size_t n = 0; n < st.pos; n++) {
		uint8_t *exact = malloc(n ? n : 1);	/* so that reading past it shows */

		memcpy(exact, st.buf, n);
		room_init(&two);
		state_init(&ld, STATE_LOAD, exact, n);
		whole(&two, &ld);
		ck_assert(!state_result(&ld, &err));
		ck_assert_ptr_nonnull(strstr(err.text, "cut short"));
		free(exact);
	}
	state_free(&st);
}
END_TEST

START_TEST(a_snapshot_damaged_anywhere_does_no_harm)
{
	struct state st, ld;

	save(&st);
	for (size_t n = 0; n < st.pos; n++)
		for (unsigned bit = 0; bit < 8; bit++) {
			st.buf[n] ^= 1 << bit;
			room_init(&two);
			state_init(&ld, STATE_LOAD, st.buf, st.pos);
			whole(&two, &ld);
			ck_assert_uint_lt(two.index, 10);
			ck_assert_uint_le(ring_used(&two.ring), 8);
			ck_assert_ptr_nonnull(memchr(two.name, 0, sizeof two.name));
			st.buf[n] ^= 1 << bit;
			if (n > 200)
				bit = 8;	/* one flip a byte is enough in the memory */
		}
	state_free(&st);
}
END_TEST

static void load_error(const char *want, void (*read)(struct state *), struct state *saved)
{
	struct state ld;
	struct error err;

	state_init(&ld, STATE_LOAD, saved->buf, saved->pos);
	read(&ld);
	ck_assert(!state_result(&ld, &err));
	ck_assert_str_eq(err.text, want);
	state_free(saved);
}

static void read_older(struct state *st)
{
	state_section(st, "pit", 1);
}

static void read_other(struct state *st)
{
	state_section(st, "pic", 3);
}

static void read_less(struct state *st)
{
	uint16_t v;

	state_section(st, "pit", 3);
	state_u16(st, &v);
	state_finish(st);
}

static void read_more(struct state *st)
{
	uint64_t v = 4711;

	state_section(st, "pit", 3);
	state_u64(st, &v);
	ck_assert_uint_eq(v, 4711);	/* untouched */
}

static void read_header(struct state *st)
{
	state_header(st);
}

static void save_pit(struct state *st)
{
	uint32_t v = 1;

	state_init_save(st);
	state_section(st, "pit", 2);
	state_u32(st, &v);
	state_finish(st);
}

START_TEST(the_error_says_what_is_wrong)
{
	struct state st;

	save_pit(&st);
	load_error("snapshot: pit: version 2, of which this dosvm knows nothing (it knows 1 to 1)",
		   read_older, &st);
	save_pit(&st);
	load_error("snapshot: \"pic\" expected, \"pit\" found", read_other, &st);
	save_pit(&st);
	load_error("snapshot: pit: 2 bytes too many", read_less, &st);
	save_pit(&st);
	load_error("snapshot: pit: cut short", read_more, &st);
	save_pit(&st);
	load_error("snapshot: this is not a snapshot of dosvm", read_header, &st);
}
END_TEST

START_TEST(an_older_version_is_told_to_the_room)
{
	struct state st, ld;
	uint32_t v = 0;

	save_pit(&st);
	state_init(&ld, STATE_LOAD, st.buf, st.pos);
	ck_assert_uint_eq(state_section(&ld, "pit", 5), 2);
	state_u32(&ld, &v);
	state_finish(&ld);
	ck_assert(state_ok(&ld));
	state_free(&st);
}
END_TEST

START_TEST(a_small_buffer_is_not_overrun)
{
	uint8_t buf[20];
	struct state st;

	room_init(&one);
	state_init(&st, STATE_SAVE, buf, sizeof buf);
	whole(&one, &st);
	ck_assert(!state_ok(&st));
}
END_TEST

START_TEST(a_room_may_refuse_what_it_reads)
{
	struct state st;

	state_init_save(&st);
	state_section(&st, "dos", 1);
	state_fail(&st, "%d handles", 300);
	state_fail(&st, "the second error does not count");
	ck_assert_str_eq(st.error, "dos: 300 handles");
	state_free(&st);
}
END_TEST

int main(void)
{
	return suite_run("state", (const TTest *[]){
		everything_comes_back,
		a_snapshot_cut_anywhere_is_an_error,
		a_snapshot_damaged_anywhere_does_no_harm,
		the_error_says_what_is_wrong,
		an_older_version_is_told_to_the_room,
		a_small_buffer_is_not_overrun,
		a_room_may_refuse_what_it_reads,
		NULL });
}
