/* pointer.c - the host's pointer moves the guest's mouse.
 *
 * A mouse tells where it is a hundred times a second at most.  A front end may
 * say more at once - a click is a press and a release - so events queue up,
 * and the next goes to the chip when that has told of the one before.
 * Movements that only go on from the last one in the queue become one with it.  */

#include "machine/pc.h"

#define RETRY	(VTIME_SECOND / 1000)
#define PUSH_X	1280			/* mickeys, across any screen */
#define PUSH_Y	1920
#define SLOW	4			/* mickeys a report: CuteMouse, "skip [-4..4]" */

static struct mouse_event *at(struct pointer *p, unsigned n)
{
	return &p->queue[n % POINTER_ROOM];
}

static bool goes_on(const struct mouse_event *last, const struct mouse_event *ev)
{
	return last->buttons == ev->buttons && last->placed == ev->placed && !last->wheel &&
	       !ev->wheel;
}

/* A movement in the queue must not become one with an earlier change of buttons
 * that the chip has not told.  */
static bool merge(struct pointer *p, const struct mouse_event *ev)
{
	struct mouse_event *last = at(p, p->tail - 1);

	if (p->head == p->tail || !goes_on(last, ev))
		return false;
	if (p->tail - p->head > 1 && at(p, p->tail - 2)->buttons != last->buttons)
		return false;
	last->dx += ev->dx;
	last->dy += ev->dy;
	last->x = ev->x;
	last->y = ev->y;
	return true;
}

/* A driver of the program's own, or a program that counts movement, moves a pointer
 * whose place is not known, and which stops at the ends of its screen.  A hand that pushes ours against the end of the
 * picture takes that one along, and from then on both go together.  */
static int push(uint16_t at, uint16_t before, int end)
{
	return at == before ? 0 : at == 0 ? -end : at == UINT16_MAX ? end : 0;
}

static void move_all(struct machine *m, int dx, int dy, int wheel, uint8_t buttons)
{
	if (m->has_mouse)
		mouse_move(&m->mouse, dx, dy, wheel, buttons);
	for (unsigned i = 0; i < m->com_count; i++)
		sermouse_move(&m->com_mouse[i], dx, dy, wheel, buttons);
}

/* Such drivers make more of quick movements, so ours is as slow as none of them minds,
 * and what the buttons do is done where it comes to rest.  */
static void creep(struct machine *m)
{
	struct pointer *p = &m->pointer;
	int dx = p->left_x > SLOW ? SLOW : p->left_x < -SLOW ? -SLOW : p->left_x;
	int dy = p->left_y > SLOW ? SLOW : p->left_y < -SLOW ? -SLOW : p->left_y;

	p->left_x -= dx;
	p->left_y -= dy;
	if (p->left_x || p->left_y)
		move_all(m, dx, dy, 0, p->buttons);
	else
		move_all(m, dx, dy, p->wheel, p->buttons = p->wanted);
}

static void deliver(struct machine *m, const struct mouse_event *ev)
{
	struct pointer *p = &m->pointer;
	int dx = ev->dx, dy = ev->dy, push_x, push_y;
	bool ours = m->has_mouse && bios_mouse_is_ours(&m->bios);

	if (!ev->placed) {
		bios_mouse_let_go(&m->bios);
		move_all(m, dx, dy, ev->wheel, p->buttons = ev->buttons);
		return;
	}
	bios_mouse_place(&m->bios, ev->x, ev->y, &dx, &dy);
	push_x = push(ev->x, p->x, PUSH_X);
	push_y = push(ev->y, p->y, PUSH_Y);
	p->x = ev->x;
	p->y = ev->y;
	if (ours) {
		if (bios_mouse_use(&m->bios) == MOUSE_MOVED) {
			dx += push_x / 2;
			dy += push_y / 2;
		}
		move_all(m, dx, dy, ev->wheel, p->buttons = ev->buttons);
		return;
	}
	p->left_x = push_x ? 0 : dx;
	p->left_y = push_y ? 0 : dy;
	p->wheel = ev->wheel;
	p->wanted = ev->buttons;
	if (push_x || push_y)
		move_all(m, push_x, push_y, 0, p->buttons);
	p->creeps = true;
}

/* The same hand moves all that are plugged in.  */
static bool idle(const struct machine *m)
{
	for (unsigned i = 0; i < m->com_count; i++)
		if (!sermouse_idle(&m->com_mouse[i]))
			return false;
	return mouse_idle(&m->mouse);
}

static bool any_reports(const struct machine *m)
{
	for (unsigned i = 0; i < m->com_count; i++)
		if (sermouse_reports(&m->com_mouse[i]))
			return true;
	return m->has_mouse && mouse_reports(&m->mouse);
}

static bool any_there(const struct machine *m)
{
	for (unsigned i = 0; i < m->com_count; i++)
		if (m->com_mouse[i].kind != SERMOUSE_NONE)
			return true;
	return m->has_mouse;
}

enum mouse_use machine_mouse_use(const struct machine *m)
{
	if (m->has_mouse && bios_mouse_is_ours(&m->bios))
		return bios_mouse_use(&m->bios);
	return any_reports(m) ? MOUSE_MOVED : MOUSE_UNUSED;
}

static void go_on(struct machine *m)
{
	struct pointer *p = &m->pointer;

	if (p->creeps && idle(m)) {
		creep(m);
		p->creeps = p->left_x || p->left_y;
	} else if (p->head != p->tail && idle(m)) {
		deliver(m, at(p, p->head++));
	}
	if ((p->creeps || p->head != p->tail) && !sched_pending(&m->sched, &p->next))
		sched_at(&m->sched, &p->next, m->sched.now + RETRY);
}

static void pointer_fire(void *ctx, vtime late)
{
	(void)late;
	go_on(ctx);
}

void machine_mouse(struct machine *m, const struct mouse_event *ev)
{
	struct pointer *p = &m->pointer;

	if (!any_there(m))
		return;
	machine_spin_wake(m);
	if (!merge(p, ev) && p->tail - p->head < POINTER_ROOM)
		*at(p, p->tail++) = *ev;
	go_on(m);
}

bool machine_mouse_told(const struct machine *m)
{
	const struct pointer *p = &m->pointer;

	return p->head == p->tail && !p->creeps && idle(m);
}

void machine_pointer_init(struct machine *m)
{
	m->pointer.next = (struct sched_event){ .name = "pointer", .fire = pointer_fire, .ctx = m };
}

/* What the host's hand has done and the guest has not seen is not part of the
 * guest.  */
void machine_pointer_forget(struct machine *m)
{
	m->pointer.head = m->pointer.tail = 0;
	m->pointer.left_x = m->pointer.left_y = 0;
	m->pointer.creeps = false;
	sched_cancel(&m->sched, &m->pointer.next);
}
