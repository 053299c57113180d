/* rooms.c - every room that is reset and saved, in one order.
 *
 * Saving: each room describes itself (x_state); memory comes first, because
 * what DOS knows is there.  Loading ends with everybody forgetting what was
 * derived from what has been replaced.  */

#include "machine/pc.h"

#include <stdlib.h>

#include "base/error.h"
#include "state/state.h"

/* Programs for the 286 leave protected mode by the processor's RESET pin
 * alone, with a byte in CMOS that tells the BIOS where to go on (IBM AT
 * Technical Reference, "shutdown byte").  Without one it is a restart.  */
void machine_reset_pin(struct machine *m)
{
	if (!m->rtc.byte[RTC_SHUTDOWN]) {
		machine_reset(m);
		return;
	}
	m->reset_asked = false;
	cpu_reset(&m->cpu);
}

void machine_reset(struct machine *m)
{
	m->reset_asked = false;
	pic_reset(&m->pic);
	pit_reset(&m->pit);
	port61_reset(&m->port61);
	port92_reset(&m->port92);
	kbc_reset(&m->kbc);
	keyboard_reset(&m->keyboard);
	mouse_reset(&m->mouse);
	gameport_reset(&m->gameport);
	machine_pointer_forget(m);
	machine_spin_reset(m);
	rtc_reset(&m->rtc);
	dma_reset(&m->dma);
	post_reset(&m->post);
	for (unsigned i = 0; i < m->com_count; i++) {
		sermouse_reset(&m->com_mouse[i]);
		serial_reset(&m->com[i]);
	}
	for (unsigned i = 0; i < m->lpt_count; i++)
		lpt_reset(&m->lpt[i]);
	video_reset(&m->video);
	m->screen_used = false;
	a20_reset(&m->a20);
	xms_reset(&m->xms);
	cpu_reset(&m->cpu);
	guest_reset(&m->guest);
	bios_reset(&m->bios);
	dos_reset(&m->dos);
	shell_reset(&m->shell);
}

static void board_state(struct machine *m, struct state *st)
{
	unsigned version = state_section(st, "board", 2);

	state_u64(st, &m->sched.now);
	state_bool(st, &m->nmi_on);
	state_bool(st, &m->own_clock);
	state_bool(st, &m->reset_asked);
	if (version >= 2)
		state_bool(st, &m->screen_used);
}

/* A mouse that is not there is not in a snapshot.  */
static void com_mice_state(struct machine *m, struct state *st)
{
	for (unsigned i = 0; i < m->com_count; i++) {
		uint8_t kind = m->com_mouse[i].kind;

		state_u8(st, &kind);
		if (kind != m->com_mouse[i].kind)
			state_fail(st, "another mouse at a serial line");
		else if (kind != SERMOUSE_NONE)
			sermouse_state(&m->com_mouse[i], st);
	}
}

/* A snapshot belongs to a machine with as many ports.  */
static void ports_state(struct machine *m, struct state *st)
{
	uint8_t coms = m->com_count, lpts = m->lpt_count;
	unsigned version = state_section(st, "ports", 3);

	state_u8(st, &coms);
	state_u8(st, &lpts);
	state_bytes(st, m->irq_asked, sizeof m->irq_asked);
	if (coms != m->com_count || lpts != m->lpt_count) {
		state_fail(st, "another number of ports");
		return;
	}
	for (unsigned i = 0; i < m->com_count; i++)
		serial_state(&m->com[i], st);
	for (unsigned i = 0; i < m->lpt_count; i++)
		lpt_state(&m->lpt[i], st);
	if (version >= 2)
		com_mice_state(m, st);
	if (version >= 3)
		gameport_state(&m->gameport, st);
}

static void drives_state(struct machine *m, struct state *st)
{
	for (unsigned i = 0; i < DRIVE_LETTERS; i++)
		if (m->drive[i].ops)
			m->drive[i].ops->state(m->drive[i].disk, st);
	if (m->stdio.ops)
		m->stdio.ops->state(m->stdio.disk, st);
}

static void machine_state(struct machine *m, struct state *st)
{
	board_state(m, st);
	bus_state(&m->bus, st);
	cpu_state(&m->cpu, st);
	pic_state(&m->pic, st);
	pit_state(&m->pit, st);
	port61_state(&m->port61, st);
	port92_state(&m->port92, st);
	kbc_state(&m->kbc, st);
	keyboard_state(&m->keyboard, st);
	mouse_state(&m->mouse, st);
	rtc_state(&m->rtc, st);
	dma_state(&m->dma, st);
	post_state(&m->post, st);
	ports_state(m, st);
	video_state(&m->video, st);
	a20_state(&m->a20, st);
	xms_state(&m->xms, st);
	guest_state(&m->guest, st);
	bios_state(&m->bios, st);
	dos_state(&m->dos, st);
	shell_state(&m->shell, st);
	machine_disks_state(m, st);
	drives_state(m, st);
	machine_spin_state(m, st);
}

bool machine_save(struct machine *m, uint8_t **data, size_t *size, struct error *err)
{
	struct state st;

	state_init_save(&st);
	state_header(&st);
	machine_state(m, &st);
	state_finish(&st);
	if (!state_result(&st, err)) {
		state_free(&st);
		return false;
	}
	*data = st.buf;
	*size = st.pos;
	return true;
}

bool machine_load(struct machine *m, const uint8_t *data, size_t size, struct error *err)
{
	struct state st;

	state_init(&st, STATE_LOAD, (void *)data, size);
	state_header(&st);
	machine_state(m, &st);
	state_finish(&st);
	if (m->cpu.engine && m->cpu.engine->forget)
		m->cpu.engine->forget(m->cpu.engine_data);
	machine_pointer_forget(m);
	m->result = (struct machine_result){ 0 };
	return state_result(&st, err);
}
