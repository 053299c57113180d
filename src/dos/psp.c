/* psp.c - program segment prefixes: what is in one, and whose it is.
 *
 * Their contents are those of the MS-DOS 4.0 sources (DOS/MISC.ASM).  */

#include "dos/process.h"

#include <string.h>

#include "dos/layout.h"
#include "dos/services.h"
#include "state/state.h"

#define NO_FILE		0xff	/* a free entry of the handle table */

uint16_t dos_psp(const struct dos *dos)
{
	return sda_r16(dos, SDA_PSP);
}

void dos_set_psp(struct dos *dos, uint16_t psp)
{
	sda_w16(dos, SDA_PSP, psp);
}

/* CALL FAR to 0:00C0, written so that its second word is the size of the
 * segment: segment and offset wrap at 1 MB (DOS/MISC.ASM, SETMEM).  */
static void init_cpm_call(struct dos *dos, uint16_t psp, uint16_t top)
{
	uint16_t paras = top - psp;

	paras = (paras > 0xfff ? 0xfff : paras) - 0x10;
	dos_w8(dos, psp, PSP_CPM_CALL, 0x9a);
	dos_w16(dos, psp, PSP_CPM_SIZE, paras << 4);
	dos_w16(dos, psp, PSP_CPM_SIZE + 2, 0x0c - paras);
}

static void init_handles(struct dos *dos, uint16_t psp)
{
	for (unsigned i = 0; i < PSP_HANDLES; i++)
		dos_w8(dos, psp, PSP_JFT + i, NO_FILE);
	dos_w16(dos, psp, PSP_JFT_SIZE, PSP_HANDLES);
	guest_wfar(dos->guest, psp, PSP_JFT_PTR, (struct far){ PSP_JFT, psp });
}

/* --- Where a process began ------------------------------------------------- */

uint8_t process_take_mark(struct dos *dos, uint16_t psp)
{
	struct process_marks *m = &dos->marks;
	uint8_t mark;

	for (unsigned i = 0; i < m->n; i++) {
		if (m->of[i].psp != psp)
			continue;
		mark = m->of[i].mark;
		m->n--;
		memmove(&m->of[i], &m->of[i + 1], (m->n - i) * sizeof m->of[0]);
		return mark;
	}
	return 0xff;
}

/* A PSP made by 55h or 26h may never end.  If there are too many the oldest
 * is forgotten.  */
static void set_mark(struct dos *dos, uint16_t psp)
{
	struct process_marks *m = &dos->marks;

	process_take_mark(dos, psp);
	if (m->n == PROCESS_MARKS)
		process_take_mark(dos, m->of[0].psp);
	m->of[m->n].psp = psp;
	m->of[m->n++].mark = guest_mark(dos->guest);
}

void process_marks_state(struct dos *dos, struct state *st)
{
	struct process_marks *m = &dos->marks;
	uint32_t n = m->n;

	state_below(st, &n, PROCESS_MARKS + 1);
	m->n = n;
	for (unsigned i = 0; i < n; i++) {
		state_u16(st, &m->of[i].psp);
		state_u8(st, &m->of[i].mark);
	}
}

void process_init_psp(struct dos *dos, uint16_t psp, uint16_t top)
{
	dos_w16(dos, psp, PSP_INT20, 0x20cd);
	dos_w16(dos, psp, PSP_TOP, top);
	init_cpm_call(dos, psp, top);
	guest_wfar(dos->guest, psp, PSP_INT22, dos_rvector(dos, 0x22));
	guest_wfar(dos->guest, psp, PSP_INT23, dos_rvector(dos, 0x23));
	guest_wfar(dos->guest, psp, PSP_INT24, dos_rvector(dos, 0x24));
	dos_w32(dos, psp, PSP_PREVIOUS, 0xffffffff);
	dos_w16(dos, psp, PSP_INT21_RETF, 0x21cd);
	dos_w8(dos, psp, PSP_INT21_RETF + 2, 0xcb);
	set_mark(dos, psp);
}

static void copy_psp(struct dos *dos, uint16_t from, uint16_t to)
{
	uint8_t psp[PSP_SIZE];
	struct far jft = guest_rfar(dos->guest, from, PSP_JFT_PTR);

	guest_copy_in(dos->guest, psp, from, 0, sizeof psp);
	guest_copy_out(dos->guest, to, 0, psp, sizeof psp);
	for (unsigned i = 0; i < PSP_HANDLES; i++)
		dos_w8(dos, to, PSP_JFT + i, dos_r8(dos, jft.seg, jft.off + i));
	dos_w16(dos, to, PSP_JFT_SIZE, PSP_HANDLES);
	guest_wfar(dos->guest, to, PSP_JFT_PTR, (struct far){ PSP_JFT, to });
}

void process_make_child(struct dos *dos, uint16_t psp, uint16_t top)
{
	uint16_t parent = dos_psp(dos);

	copy_psp(dos, parent, psp);
	init_handles(dos, psp);
	process_init_psp(dos, psp, top);
	dos_inherit_handles(dos, parent, psp);
	dos_w16(dos, psp, PSP_PARENT, parent);
	dos_set_psp(dos, psp);
}

/* 26h: a copy of the caller's PSP, by which DOS means his code segment.  */
enum svc int21_create_psp(void *room, struct guest *g)
{
	struct dos *dos = room;
	struct far user = sda_rfar(dos, SDA_USER_STACK);
	uint16_t from = dos_r16(dos, user.seg, user.off + USER_CS);
	uint16_t to = cpu_get16(g->cpu, CPU_DX);

	copy_psp(dos, from, to);
	process_init_psp(dos, to, dos_r16(dos, from, PSP_TOP));
	return SVC_DONE;
}

enum svc int21_child_psp(void *room, struct guest *g)
{
	process_make_child(room, cpu_get16(g->cpu, CPU_DX), cpu_get16(g->cpu, CPU_SI));
	return SVC_DONE;
}

enum svc int21_set_psp(void *room, struct guest *g)
{
	dos_set_psp(room, cpu_get16(g->cpu, CPU_BX));
	return SVC_DONE;
}

enum svc int21_get_psp(void *room, struct guest *g)
{
	cpu_set16(g->cpu, CPU_BX, dos_psp(room));
	return SVC_DONE;
}
