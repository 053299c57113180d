/* dev_vga_state.c - the card in snapshots, good ones and spoilt ones.  */

#include "card_state.h"
#include "vga_rig.h"

static void all(struct state *st)
{
	bus_state(&bus, st);
	vga_state(&vga, st);
}

static void use(void)
{
	static const struct rig_mode *const mode[] = { &rig_text, &rig_256, &rig_16, &rig_cga };

	if (dice() % 8 == 0)
		set_mode(mode[dice() & 3]);
	for (unsigned i = 0; i < 20; i++) {
		uint16_t port = 0x3c0 + dice() % 0x1b;

		if (dice() & 1)
			out(port, dice());
		else
			in(port);
	}
	for (unsigned i = 0; i < 20; i++)
		bus_write(&bus, 0xa0000 + dice() % 0x20000, dice(), 1 << dice() % 3);
	bus_read(&bus, 0xa0000 + dice() % 0x20000, 4);
}

/* In the middle of a DAC colour, of an attribute register, of a picture; with
 * text in its window and something else in the planes.  */
START_TEST(a_snapshot_can_be_taken_in_the_middle_of_everything)
{
	size_t size;
	vtime now;

	watch();
	set_mode(&rig_text);
	bus_write(&bus, TEXT + 160, 0x1f41, 2);
	seq(2, 4);
	gc(8, 0x3c);
	poke(TEXT, 0xff);
	gc(8, 0xff);
	seq(2, 3);
	out(0x3c8, 20);
	out(0x3c9, 1);
	out(0x3c9, 2);
	in(0x3da);
	out(0x3c0, 0x31);
	pass(&sched, 5000000);
	now = sched.now;
	size = save(good);

	set_mode(&rig_256);
	for (unsigned i = 0; i < 0x10000; i++)
		poke(GRAPHICS + i, 0xaa);
	pass(&sched, VTIME_SECOND / 100);
	sched.now = now;			/* as the machine's own state does */
	ck_assert(load(good, size));
	ck_assert_uint_eq(save(again), size);
	ck_assert_mem_eq(good, again, size);
	ck_assert_uint_eq(bus_read(&bus, TEXT + 160, 2), 0x1f41);
	out(0x3c9, 3);
	out(0x3c0, 0x3a);
	out(0x3c7, 20);
	ck_assert_uint_eq(in(0x3c9), 1);
	ck_assert_uint_eq(in(0x3c9), 2);
	ck_assert_uint_eq(in(0x3c9), 3);
	ck_assert_uint_eq(in(0x3c1), 0x3a);
	two_pictures();
	ck_assert_uint_eq(screen.cell[80].ch, 'A');
}
END_TEST

START_TEST(the_retrace_goes_on_where_it_was)
{
	size_t size;
	vtime now, one, two;

	set_mode(&rig_16);
	pass(&sched, 123456789);
	now = sched.now;
	size = save(good);
	while (!(in(0x3da) & 8))
		pass(&sched, 500);
	one = sched.now;
	set_mode(&rig_text);
	pass(&sched, 7777777);
	sched.now = now;
	ck_assert(load(good, size));
	while (!(in(0x3da) & 8))
		pass(&sched, 500);
	two = sched.now;
	ck_assert_uint_eq(one, two);
}
END_TEST

START_TEST(spoilt_snapshots_do_no_harm)
{
	watch();
	for (unsigned round = 0; round < 150; round++) {
		size_t size, card;

		use();
		pass(&sched, dice() % 30000000);
		size = save(good);
		memcpy(bad, good, size);
		/* Where the registers are, behind the RAM; and anywhere.  */
		for (card = 0; card < size && memcmp(bad + card, "vga\0", 4) != 0; card++)
			;
		ck_assert_uint_lt(card + 800, size);
		for (unsigned n = dice() % 8; n; n--)
			bad[card + 14 + dice() % (size - card - 14) % 1000] = dice();
		if (round % 4 == 0)
			bad[dice() % size] = dice();
		load(bad, size);
		use();
		pass(&sched, dice() % 30000000);
	}
}
END_TEST

int main(void)
{
	return suite_run_each("dev/vga_state", setup, teardown, (const TTest *[]){
		a_snapshot_can_be_taken_in_the_middle_of_everything,
		the_retrace_goes_on_where_it_was,
		spoilt_snapshots_do_no_harm,
		NULL });
}
