/* xms.c - the functions of the XMS manager: AH says which, AX = 1 is success, else
 * BL says why not.  */

#include "xmem/xms.h"

#include "bus/bus.h"
#include "state/state.h"

#define VERSION		0x0300		/* of the specification */
#define DRIVER_VERSION	0x030a		/* as HIMEM.SYS of MS-DOS 6.22 has it */

static uint16_t get(struct guest *g, enum cpu_reg r) { return cpu_get16(g->cpu, r); }
static void set(struct guest *g, enum cpu_reg r, uint16_t v) { cpu_set16(g->cpu, r, v); }
static void set_bl(struct guest *g, uint8_t v) { cpu_set8(g->cpu, 3, v); }

static enum svc answer(struct guest *g, enum xms_error e)
{
	set(g, CPU_AX, e == XMS_OK);
	set_bl(g, e);
	return SVC_DONE;
}

static uint16_t clip(uint32_t kb)
{
	return kb > 0xffff ? 0xffff : kb;
}

/* --- 00h-07h: the high memory area, A20 ----------------------------------------- */

static enum svc version(void *room, struct guest *g)
{
	struct xms *x = room;

	set(g, CPU_AX, VERSION);
	set(g, CPU_BX, DRIVER_VERSION);
	set(g, CPU_DX, x->emb.bus->ram_size >= 0x110000);
	return SVC_DONE;
}

static enum svc request_hma(void *room, struct guest *g)
{
	return answer(g, hma_take(((struct xms *)room)->a20, get(g, CPU_DX)));
}

static enum svc release_hma(void *room, struct guest *g)
{
	return answer(g, hma_give_back(((struct xms *)room)->a20));
}

static enum svc global_enable(void *room, struct guest *g)
{
	return answer(g, a20_global(((struct xms *)room)->a20, true));
}

static enum svc global_disable(void *room, struct guest *g)
{
	return answer(g, a20_global(((struct xms *)room)->a20, false));
}

static enum svc local_enable(void *room, struct guest *g)
{
	return answer(g, a20_local(((struct xms *)room)->a20, true));
}

static enum svc local_disable(void *room, struct guest *g)
{
	return answer(g, a20_local(((struct xms *)room)->a20, false));
}

static enum svc query_a20(void *room, struct guest *g)
{
	set(g, CPU_AX, a20_is_on(((struct xms *)room)->a20));
	set_bl(g, XMS_OK);
	return SVC_DONE;
}

/* --- 08h-0Fh: extended memory ----------------------------------------------------- */

static enum svc query_free(void *room, struct guest *g)
{
	struct xms *x = room;
	uint32_t largest, total;

	emb_space(&x->emb, &largest, &total);
	set(g, CPU_AX, clip(largest));
	set(g, CPU_DX, clip(total));
	set_bl(g, total ? XMS_OK : XMS_NO_MEMORY);
	return SVC_DONE;
}

static enum svc allocate_kb(struct xms *x, struct guest *g, uint32_t kb)
{
	uint16_t handle = 0;
	enum xms_error e = emb_alloc(&x->emb, kb, &handle);

	set(g, CPU_DX, handle);
	return answer(g, e);
}

static enum svc allocate(void *room, struct guest *g)
{
	return allocate_kb(room, g, get(g, CPU_DX));
}

static enum svc release(void *room, struct guest *g)
{
	return answer(g, emb_free(&((struct xms *)room)->emb, get(g, CPU_DX)));
}

/* DS:SI: length, handle and offset of the source, of the target.  */
static enum svc move(void *room, struct guest *g)
{
	struct xms *x = room;
	uint16_t ds = g->cpu->seg[CPU_DS].sel, si = get(g, CPU_SI);
	struct emb_end from = { guest_r16(g, ds, si + 4), guest_r32(g, ds, si + 6) };
	struct emb_end to = { guest_r16(g, ds, si + 10), guest_r32(g, ds, si + 12) };

	return answer(g, emb_move(&x->emb, guest_r32(g, ds, si), from, to));
}

static enum svc lock(void *room, struct guest *g)
{
	struct xms *x = room;
	uint32_t linear;
	enum xms_error e = emb_lock(&x->emb, get(g, CPU_DX), &linear);

	if (e)
		return answer(g, e);
	set(g, CPU_AX, 1);
	set(g, CPU_DX, linear >> 16);
	set(g, CPU_BX, linear);
	return SVC_DONE;
}

static enum svc unlock(void *room, struct guest *g)
{
	return answer(g, emb_unlock(&((struct xms *)room)->emb, get(g, CPU_DX)));
}

static enum svc information(void *room, struct guest *g)
{
	struct xms *x = room;
	const struct emb_block *b = emb_block(&x->emb, get(g, CPU_DX));
	unsigned handles = emb_free_handles(&x->emb);

	if (!b)
		return answer(g, XMS_BAD_HANDLE);
	set(g, CPU_AX, 1);
	set(g, CPU_BX, b->locks << 8 | (handles > 0xff ? 0xff : handles));
	set(g, CPU_DX, clip(b->size));
	return SVC_DONE;
}

static enum svc reallocate(void *room, struct guest *g)
{
	return answer(g, emb_resize(&((struct xms *)room)->emb, get(g, CPU_DX), get(g, CPU_BX)));
}

/* --- 10h-12h: upper memory ----------------------------------------------------------- */

static enum svc request_umb(void *room, struct guest *g)
{
	struct xms *x = room;
	uint16_t seg = 0, size = 0;
	enum xms_error e = umb_alloc(&x->umb, get(g, CPU_DX), &seg, &size);

	answer(g, e);
	set(g, CPU_DX, size);
	if (!e)
		set(g, CPU_BX, seg);
	return SVC_DONE;
}

static enum svc release_umb(void *room, struct guest *g)
{
	return answer(g, umb_free(&((struct xms *)room)->umb, get(g, CPU_DX)));
}

static enum svc reallocate_umb(void *room, struct guest *g)
{
	struct xms *x = room;
	uint16_t size = get(g, CPU_DX);
	enum xms_error e = umb_resize(&x->umb, get(g, CPU_DX), get(g, CPU_BX), &size);

	set(g, CPU_DX, size);
	return answer(g, e);
}

/* --- 88h-8Fh: the same with 32 bits, for the 386 ---------------------------------------- */

static enum svc query_any_free(void *room, struct guest *g)
{
	struct xms *x = room;
	uint32_t largest, total;

	emb_space(&x->emb, &largest, &total);
	g->cpu->reg[CPU_AX] = largest;
	g->cpu->reg[CPU_CX] = x->emb.bus->ram_size - 1;
	g->cpu->reg[CPU_DX] = total;
	set_bl(g, total ? XMS_OK : XMS_NO_MEMORY);
	return SVC_DONE;
}

static enum svc allocate_any(void *room, struct guest *g)
{
	return allocate_kb(room, g, g->cpu->reg[CPU_DX]);
}

static enum svc any_information(void *room, struct guest *g)
{
	struct xms *x = room;
	const struct emb_block *b = emb_block(&x->emb, get(g, CPU_DX));

	if (!b)
		return answer(g, XMS_BAD_HANDLE);
	set(g, CPU_AX, 1);
	set(g, CPU_BX, b->locks << 8 | (get(g, CPU_BX) & 0xff));
	set(g, CPU_CX, emb_free_handles(&x->emb));
	g->cpu->reg[CPU_DX] = b->size;
	return SVC_DONE;
}

static enum svc reallocate_any(void *room, struct guest *g)
{
	return answer(g, emb_resize(&((struct xms *)room)->emb, get(g, CPU_DX),
				    g->cpu->reg[CPU_BX]));
}

/* --- The room --------------------------------------------------------------------------- */

const struct svc_entry xms_table[XMS_FUNCTIONS] = {
	[0x00] = { "version", version },
	[0x01] = { "request the high memory area", request_hma },
	[0x02] = { "release the high memory area", release_hma },
	[0x03] = { "global enable A20", global_enable },
	[0x04] = { "global disable A20", global_disable },
	[0x05] = { "local enable A20", local_enable },
	[0x06] = { "local disable A20", local_disable },
	[0x07] = { "query A20", query_a20 },
	[0x08] = { "query free extended memory", query_free },
	[0x09] = { "allocate extended memory", allocate },
	[0x0a] = { "free extended memory", release },
	[0x0b] = { "move extended memory", move },
	[0x0c] = { "lock extended memory", lock },
	[0x0d] = { "unlock extended memory", unlock },
	[0x0e] = { "handle information", information },
	[0x0f] = { "reallocate extended memory", reallocate },
	[0x10] = { "request upper memory", request_umb },
	[0x11] = { "release upper memory", release_umb },
	[0x12] = { "reallocate upper memory", reallocate_umb },
	[0x88] = { "query any free extended memory", query_any_free },
	[0x89] = { "allocate any extended memory", allocate_any },
	[0x8e] = { "extended handle information", any_information },
	[0x8f] = { "reallocate any extended memory", reallocate_any },
};

static enum svc serve(void *room, struct guest *g)
{
	uint8_t ah = get(g, CPU_AX) >> 8;

	if (ah >= XMS_FUNCTIONS || !xms_table[ah].serve || (ah >= 0x88 && g->cpu->model < CPU_80386))
		return answer(g, XMS_NOT_IMPLEMENTED);
	return xms_table[ah].serve(room, g);
}

void xms_init(struct xms *x, struct guest *guest, struct a20 *a20, bool there, bool upper)
{
	*x = (struct xms){ .guest = guest, .a20 = a20, .there = there };
	emb_init(&x->emb, guest->bus);
	umb_init(&x->umb, guest->bus, there && upper);
	if (there)
		guest_offer_far(guest, GATE_XMS, serve, x);
}

void xms_reset(struct xms *x)
{
	emb_reset(&x->emb);
	umb_reset(&x->umb);
}

void xms_state(struct xms *x, struct state *st)
{
	emb_state(&x->emb, st);
	umb_state(&x->umb, st);
}
