/* configmenu.c - CONFIG.SYS: the menu that chooses a block, and the questions of lines
 * with "?".  */

#include "dos/configsys.h"

#include <stdio.h>
#include <stdlib.h>

#include "dos/boot.h"
#include "dos/device.h"

#define BDA_TICKS	0x46c
#define TICKS_10	182	/* in ten seconds */

static void show_menu(struct dos *dos, const struct config_menu *m)
{
	boot_say(dos, "MS-DOS Startup Menu");
	boot_say(dos, "===================");
	for (unsigned i = 0; i < m->count; i++)
		boot_say(dos, "  %u. %s", i + 1, m->item[i].text);
	boot_say(dos, "Enter a choice: %u", m->chosen + 1);
}

static uint16_t ticks(struct dos *dos)
{
	return dos_r16(dos, 0, BDA_TICKS);
}

/* The item that is chosen by now, or -1.  */
static int menu_answer(struct dos *dos, const struct config_menu *m)
{
	uint16_t waited = ticks(dos) - dos->boot.menu_ticks;
	uint8_t key;

	while (con_get(dos, &key)) {
		if (key == '\r')
			return m->chosen;
		if (key >= '1' && key < '1' + (int)m->count)
			return key - '1';
	}
	return m->timeout >= 0 && waited * 10 >= m->timeout * TICKS_10 ? (int)m->chosen : -1;
}

enum { CHOOSE_BEGIN, CHOOSE_MENU, CHOOSE_ASK, CHOOSE_ANSWER, CHOOSE_COLORED, CHOOSE_SHOW, CHOOSES };

static enum svc wait_menu(struct dos *dos, const struct config_text *t)
{
	struct dos_boot *b = &dos->boot;
	struct config_menu m;
	int answer;

	if (!config_menu(t->buf, t->size, b->menu, &m))
		return guest_next(dos->guest, CHOOSE_ASK);
	answer = menu_answer(dos, &m);
	if (answer < 0)
		return guest_again(dos->guest, CHOOSE_MENU,
				   m.timeout >= 0 ? GUEST_WAIT_TIME : GUEST_WAIT_KEY);
	if (!m.item[answer].submenu) {
		snprintf(b->block, sizeof b->block, "%s", m.item[answer].block);
		return guest_next(dos->guest, CHOOSE_ASK);
	}
	snprintf(b->menu, sizeof b->menu, "%s", m.item[answer].block);
	return guest_next(dos->guest, CHOOSE_BEGIN);
}

/* The whole screen empty and in these colours; what is written keeps them.  */
static enum svc color_screen(struct dos *dos, uint8_t attr)
{
	cpu_set16(dos->guest->cpu, CPU_AX, 0x0600);
	cpu_set16(dos->guest->cpu, CPU_BX, attr << 8);
	cpu_set16(dos->guest->cpu, CPU_CX, 0);
	cpu_set16(dos->guest->cpu, CPU_DX, 0x184f);
	return guest_int(dos->guest, 0x10, CHOOSE_COLORED);
}

static enum svc begin_menu(struct dos *dos, const struct config_text *t)
{
	struct dos_boot *b = &dos->boot;
	struct config_menu m;

	if (!b->menu[0])
		snprintf(b->menu, sizeof b->menu, "MENU");
	if (!config_menu(t->buf, t->size, b->menu, &m))
		return guest_next(dos->guest, CHOOSE_ASK);
	return m.color >= 0 ? color_screen(dos, m.color) : guest_next(dos->guest, CHOOSE_SHOW);
}

static enum svc screen_colored(struct dos *dos, const struct config_text *t)
{
	(void)t;
	cpu_set16(dos->guest->cpu, CPU_AX, 0x0200);
	cpu_set16(dos->guest->cpu, CPU_BX, 0);
	cpu_set16(dos->guest->cpu, CPU_DX, 0);
	return guest_int(dos->guest, 0x10, CHOOSE_SHOW);
}

static enum svc put_menu(struct dos *dos, const struct config_text *t)
{
	struct config_menu m;

	if (!config_menu(t->buf, t->size, dos->boot.menu, &m))
		return guest_next(dos->guest, CHOOSE_ASK);
	show_menu(dos, &m);
	dos->boot.menu_ticks = ticks(dos);
	return guest_next(dos->guest, CHOOSE_MENU);
}

/* The first line with "?" that has not been answered.  */
struct question {
	struct dos *dos;
	unsigned n;
	char text[CONFIG_LINE];
};

static bool find_question(void *ctx, const struct config_line *l)
{
	struct question *q = ctx;

	if (!l->ask || q->n == 64)
		return true;
	if (q->dos->boot.asked >> q->n & 1) {
		q->n++;
		return true;
	}
	snprintf(q->text, sizeof q->text, "%s", l->text);
	return false;
}

static bool next_question(struct dos *dos, const struct config_text *t, struct question *q)
{
	*q = (struct question){ .dos = dos };
	config_walk(t->buf, t->size, dos->boot.block, find_question, q);
	return q->text[0];
}

static enum svc ask(struct dos *dos, const struct config_text *t)
{
	struct question q;

	if (!next_question(dos, t, &q)) {
		config_finish(dos);
		dos->boot.phase = BOOT_BUILD;
		return guest_next(dos->guest, 0);
	}
	boot_say(dos, "%s [Y,N]?", q.text);
	return guest_next(dos->guest, CHOOSE_ANSWER);
}

static enum svc wait_answer(struct dos *dos, const struct config_text *t)
{
	struct question q;
	uint8_t key;

	while (con_get(dos, &key)) {
		bool yes = key == 'y' || key == 'Y';

		if (!yes && key != 'n' && key != 'N')
			continue;
		if (next_question(dos, t, &q)) {
			dos->boot.asked |= UINT64_C(1) << q.n;
			dos->boot.yes |= (uint64_t)yes << q.n;
		}
		return guest_next(dos->guest, CHOOSE_ASK);
	}
	return guest_again(dos->guest, CHOOSE_ANSWER, GUEST_WAIT_KEY);
}

enum svc config_choose(struct dos *dos)
{
	typedef enum svc choose_fn(struct dos *dos, const struct config_text *t);
	static choose_fn *const steps[CHOOSES] = {
		[CHOOSE_BEGIN] = begin_menu, [CHOOSE_MENU] = wait_menu, [CHOOSE_ASK] = ask,
		[CHOOSE_ANSWER] = wait_answer, [CHOOSE_COLORED] = screen_colored,
		[CHOOSE_SHOW] = put_menu,
	};
	struct config_text t = config_read(dos);
	enum svc answer;

	answer = steps[guest_step(dos->guest) % CHOOSES](dos, &t);
	free(t.buf);
	return answer;
}
