/* registers.c - the ports of the MDA, the Hercules card and the CGA.  The 6845's two
 * are decoded by address bit 0 alone, four times.  */

#include "dev/crt/parts.h"

enum {					/* the same in both places, 3B0h and 3D0h */
	PORT_CRTC_END = 7, PORT_MODE = 8, PORT_COLOR = 9, PORT_STATUS = 0xa, PORT_PEN_CLEAR = 0xb,
	PORT_PEN_SET = 0xc, PORT_ARRAY = 0xe, PORT_PAGE = 0xf,
	/* Hercules has its pen's other port here */
	PORT_HERCULES_PEN_SET = 9,
};

enum {					/* status, CGA */
	STATUS_NOT_SHOWN = 0x01, STATUS_PEN = 0x02, STATUS_PEN_OPEN = 0x04, STATUS_V_SYNC = 0x08,
	STATUS_LIT = 0x10,		/* PCjr */
	STATUS_NOTHING = 0xf0,		/* no line drives these bits */
};

enum {					/* status, MDA and Hercules */
	STATUS_H_SYNC = 0x01, STATUS_DOT = 0x08, STATUS_NOT_V_SYNC = 0x80,
};

#define NOTHING		0xff

uint8_t crt_character_dots(const struct crt *c)
{
	if (c->model->mono)
		return crt_is_graphics(c) ? 16 : c->model->character;
	return c->mode & MODE_FAST ? 8 : 16;
}

/* --- Status ------------------------------------------------------------------------ */

static uint8_t color_status(struct crt *c)
{
	uint64_t dot = crt_dot(c);
	uint8_t nothing = STATUS_NOTHING;
	bool shown;

	crt_run(c);
	shown = c->beam.shown && dot - c->beam.at < m6845_shown(&c->crtc);
	if (c->model->array == ARRAY_PCJR) {
		c->array_data = false;
		nothing = crt_dot_at(c, dot - c->beam.at) ? STATUS_LIT : 0;
	}
	return nothing | STATUS_PEN_OPEN | (shown ? 0 : STATUS_NOT_SHOWN) |
		(c->pen ? STATUS_PEN : 0) | (crt_is_sync(c) ? STATUS_V_SYNC : 0);
}

/* The MDA has no bit for the vertical sync: programs count lines.  */
static uint8_t mono_status(struct crt *c)
{
	uint32_t dot, character, width;
	uint8_t status = c->model->hercules ? 0 : STATUS_NOTHING;

	crt_run(c);
	dot = crt_dot(c) - c->beam.at;
	character = dot / c->crtc.dots - c->crtc.reg[M6845_H_SYNC];
	width = c->crtc.reg[M6845_SYNC_WIDTH];
	if (character < (width ? width : 16))
		status |= STATUS_H_SYNC;
	if (crt_dot_at(c, dot) != MONO_OFF)
		status |= STATUS_DOT;
	if (c->model->hercules && !crt_is_sync(c))
		status |= STATUS_NOT_V_SYNC;
	return status | (c->pen && c->model->hercules ? STATUS_PEN : 0);
}

/* --- The light pen ------------------------------------------------------------------ */

/* No pen is connected, but a program can set its flip-flop, which stores the address.  */
static void set_pen(struct crt *c)
{
	uint32_t dot;
	uint16_t at;

	if (c->pen)
		return;
	crt_run(c);
	dot = crt_dot(c) - c->beam.at;
	at = (c->beam.address + dot / c->crtc.dots) & M6845_ADDRESS;
	c->crtc.reg[M6845_PEN_HIGH] = at >> 8;
	c->crtc.reg[M6845_PEN_LOW] = at & 0xff;
	c->pen = true;
}

/* Any access to these ports does it.  */
static bool touches_pen(struct crt *c, unsigned port)
{
	if (c->model->mono && !c->model->hercules)
		return false;
	if (port == PORT_PEN_CLEAR)
		c->pen = false;
	else if (port == (c->model->mono ? PORT_HERCULES_PEN_SET : PORT_PEN_SET))
		set_pen(c);
	else
		return false;
	return true;
}

/* --- Ports -------------------------------------------------------------------------- */

static uint32_t ports_read(void *dev, uint32_t port, unsigned size)
{
	struct crt *c = dev;
	unsigned n = port & 15;

	(void)size;
	if (n <= PORT_CRTC_END)
		return n & 1 ? m6845_read(&c->crtc) : NOTHING;
	if (n == PORT_STATUS)
		return c->model->mono ? mono_status(c) : color_status(c);
	touches_pen(c, n);
	return NOTHING;
}

static bool is_cursor(unsigned reg)
{
	return reg == M6845_CURSOR_START || reg == M6845_CURSOR_END ||
		reg == M6845_CURSOR_HIGH || reg == M6845_CURSOR_LOW;
}

/* The cursor does not touch lines that are drawn, and moves often.  */
static void write_crtc(struct crt *c, uint8_t val)
{
	unsigned reg = m6845_written(&c->crtc, &val);

	if (reg == M6845_REGISTERS || c->crtc.reg[reg] == val)
		return;
	if (is_cursor(reg)) {
		c->draw.redraw = 2;
		c->crtc.reg[reg] = val;
		return;
	}
	crt_catch_up(c);
	c->crtc.reg[reg] = val;
	if (reg <= M6845_MAX_SCAN)
		crt_schedule(c);
}

void crt_new_dots(struct crt *c)
{
	if (c->crtc.dots == crt_character_dots(c))
		return;
	c->crtc.dots = crt_character_dots(c);
	crt_schedule(c);
}

static void write_mode(struct crt *c, uint8_t val)
{
	if (c->mode == (val & c->model->mode))
		return;
	crt_catch_up(c);
	c->mode = val & c->model->mode;
	crt_new_dots(c);
}

static void write_color(struct crt *c, uint8_t val)
{
	if (c->color == (val & 0x3f))
		return;
	crt_catch_up(c);
	c->color = val & 0x3f;
}

static void write_config(struct crt *c, uint8_t val)
{
	uint8_t changes = (c->config ^ val) & (CONFIG_GRAPHICS | CONFIG_FULL);

	if (!changes)
		return;
	crt_catch_up(c);
	c->config ^= changes;
	c->crtc.dots = crt_character_dots(c);
	if (changes & CONFIG_FULL)
		crt_remap(c);
	crt_schedule(c);
}

/* Tandy's array has two ports, and the PCjr's one for both.  */
static void write_array(struct crt *c, unsigned n, uint8_t val)
{
	bool pcjr = c->model->array == ARRAY_PCJR;

	if (n == PORT_PAGE) {
		crt_page_write(c, val);
	} else if (n == PORT_ARRAY ? !pcjr : pcjr && c->array_data) {
		crt_array_write(c, val);
		c->array_data = false;
	} else if (n == PORT_STATUS) {
		c->array_index = val & 0x1f;
		c->array_data = true;
	}
}

static void ports_write(void *dev, uint32_t port, uint32_t val, unsigned size)
{
	struct crt *c = dev;
	unsigned n = port & 15;

	(void)size;
	if (n <= PORT_CRTC_END && !(n & 1))
		c->crtc.index = val & 0x1f;
	else if (n <= PORT_CRTC_END)
		write_crtc(c, val);
	else if (c->model->array != ARRAY_NONE &&
		 (n == PORT_STATUS || n == PORT_ARRAY || n == PORT_PAGE))
		write_array(c, n, val);
	else if (n == PORT_MODE && c->model->array != ARRAY_PCJR)
		write_mode(c, val);
	else if (!touches_pen(c, n) && n == PORT_COLOR && !c->model->mono &&
		 c->model->array != ARRAY_PCJR)
		write_color(c, val);
}

static const struct bus_ops ports = {
	.name = "crt", .read = ports_read, .write = ports_write, .narrow = true,
};

static uint32_t config_read(void *dev, uint32_t port, unsigned size)
{
	(void)dev, (void)port, (void)size;
	return NOTHING;
}

static void config_write(void *dev, uint32_t port, uint32_t val, unsigned size)
{
	(void)port, (void)size;
	write_config(dev, val);
}

const struct bus_ops crt_config_port = {
	.name = "hercules", .read = config_read, .write = config_write, .narrow = true,
};

#define MONO_MODE	(MODE_FAST | MODE_VIDEO | MODE_BLINK)

/* The printer port at 3BCh, which they have too, is not theirs here.  */
const struct crt_model crt_mda = {
	.name = "mda", .ports = &ports, .first_port = 0x3b0, .ports_count = 12,
	.hz = 16257000, .at = 0xb0000, .size = 0x1000, .mode = MONO_MODE,
	.character = 9, .font_height = 14, .font_rows = 16, .mono = true,
};

const struct crt_model crt_hercules = {
	.name = "hercules", .ports = &ports, .first_port = 0x3b0, .ports_count = 12,
	.hz = 16257000, .at = 0xb0000, .size = 0x10000,
	.mode = MONO_MODE | MODE_GRAPHICS | MODE_PAGE,
	.character = 9, .font_height = 14, .font_rows = 16, .mono = true, .hercules = true,
};

const struct crt_model crt_cga = {
	.name = "cga", .ports = &ports, .first_port = 0x3d0, .ports_count = 13,
	.hz = 14318180, .at = 0xb8000, .size = 0x4000, .mode = 0x3f,
	.character = 8, .font_height = 8, .font_rows = 8,
};

const struct crt_model crt_tandy = {
	.name = "tandy", .ports = &ports, .first_port = 0x3d0, .ports_count = 16,
	.hz = 14318180, .at = 0xb8000, .size = 0x4000, .mode = 0x3f,
	.character = 8, .font_height = 8, .font_rows = 8,
	.array = ARRAY_TANDY, .pages_at = 0xa0000,
};

const struct crt_model crt_pcjr = {
	.name = "pcjr", .ports = &ports, .first_port = 0x3d0, .ports_count = 16,
	.hz = 14318180, .at = 0xb8000, .size = 0x4000, .mode = 0x3f,
	.character = 8, .font_height = 8, .font_rows = 8,
	.array = ARRAY_PCJR,
};
