/* registers.c - the ports.  Of the two places of the CRTC and its neighbours,
 * 3B4h and 3D4h, the one answers that bit 0 of miscellaneous output names.  */

#include "dev/vga/parts.h"

enum {
	PORT_ATTR = 0x3c0, PORT_ATTR_READ = 0x3c1, PORT_MISC = 0x3c2, PORT_ENABLE = 0x3c3,
	PORT_SEQ = 0x3c4, PORT_DAC = 0x3c6, PORT_DAC_END = 0x3c9, PORT_FEATURE_READ = 0x3ca,
	PORT_MISC_READ = 0x3cc, PORT_GC = 0x3ce, PORT_CRTC = 0x3d4, PORT_STATUS = 0x3da,
	MONO = 0x20,			/* these two, less 20h */
};

#define NOTHING		0xff

/* IBM leaves these out of its manual; the VGA has them (FreeVGA, "Undocumented
 * features"): the latch of the map that is read, and which byte 3C0h takes.  */
enum { CRTC_LATCH = 0x22, CRTC_FLIP_FLOP = 0x24 };

/* --- Reading ------------------------------------------------------------------- */

/* Bit 4 is the comparator that tells a monitor's presence: the load of a display
 * keeps a bright colour below its threshold.  */
static uint8_t read_status0(const struct vga *v)
{
	unsigned light = v->dac[0][0] + v->dac[0][1] + v->dac[0][2];

	return v->retraced << 7 | (light < 0x4e) << 4;
}

static uint8_t read_crtc(const struct vga *v)
{
	switch (v->crtc_index) {
	case CRTC_LATCH:
		return v->latch >> 8 * v->access.read_map;
	case CRTC_FLIP_FLOP:
		return v->attr_data << 7;
	default:
		if (vga_is_s3(v, v->crtc_index))
			return vga_s3_read_crtc(v, v->crtc_index);
		return v->crtc_index < VGA_CRTC ? v->crtc[v->crtc_index] : 0;
	}
}

/* Looking at the status makes 3C0h take an index next.  */
static uint8_t read_status1(struct vga *v)
{
	v->attr_data = false;
	return vga_status(v);
}

uint16_t vga_at_place(const struct vga *v, uint16_t port)
{
	bool color_port = port >= PORT_CRTC, color = v->misc & MISC_COLOR;

	if (port >= PORT_ATTR && port < PORT_CRTC)
		return port;
	if (color_port != color)
		return 0;
	return color ? port : port + MONO;
}

static uint8_t read_port(struct vga *v, uint16_t port)
{
	switch (port) {
	case PORT_ATTR:
		return v->attr_index | (v->palette_on ? ATTR_PALETTE_ON : 0);
	case PORT_ATTR_READ:
		return v->attr_index < VGA_ATTR ? v->attr[v->attr_index] : 0;
	case PORT_MISC:
		return read_status0(v);
	case PORT_SEQ:
		return v->seq_index;
	case PORT_SEQ + 1:
		if (v->seq_index >= S3_SEQ)
			return vga_s3_read_seq(v, v->seq_index);
		return v->seq_index < VGA_SEQ ? v->seq[v->seq_index] : 0;
	case PORT_FEATURE_READ:
		return v->feature;
	case PORT_MISC_READ:
		return v->misc;
	case PORT_GC:
		return v->gc_index;
	case PORT_GC + 1:
		return v->gc_index < VGA_GC ? v->gc[v->gc_index] : 0;
	case PORT_CRTC:
		return v->crtc_index;
	case PORT_CRTC + 1:
		return read_crtc(v);
	case PORT_STATUS:
		return read_status1(v);
	default:
		return NOTHING;
	}
}

static uint32_t ports_read(void *dev, uint32_t port, unsigned size)
{
	struct vga *v = dev;

	(void)size;
	if (port == PORT_ENABLE)
		return v->enabled;
	if (!v->enabled)
		return NOTHING;
	if (port >= PORT_DAC && port <= PORT_DAC_END)
		return vga_dac_read(v, port);
	return read_port(v, vga_at_place(v, port));
}

/* --- Writing ------------------------------------------------------------------- */

static void write_misc(struct vga *v, uint8_t val)
{
	if (v->model->ega && (v->misc ^ val) & (MISC_V_SYNC | MISC_DRIVERS_OFF))
		vga_catch_up(v);
	v->misc = val & v->model->misc;
	if (v->model->ega)
		vga_dac_changed(v);
	vga_remap(v);
	vga_retime(v);
}

static void write_seq(struct vga *v, uint8_t val)
{
	unsigned n = v->seq_index;

	if (n >= S3_SEQ)
		vga_s3_write_seq(v, n, val);
	if (n >= VGA_SEQ || v->seq[n] == (val & v->model->seq[n]))
		return;
	if (n == SEQ_CLOCKING || n == SEQ_FONTS)
		vga_catch_up(v);
	v->seq[n] = val & v->model->seq[n];
	if (n == SEQ_FONTS)
		v->draw.font = true;
	else if (n == SEQ_CLOCKING)
		vga_retime(v);
	else if (n == SEQ_MAP_MASK)
		vga_remask(v);
	else
		vga_remap(v);
}

static void write_gc(struct vga *v, uint8_t val)
{
	unsigned n = v->gc_index;
	uint8_t changes;

	if (n >= VGA_GC || v->gc[n] == (val & v->model->gc[n]))
		return;
	changes = (v->gc[n] ^ val) & v->model->gc[n];
	if ((n == GC_MODE && changes & (MODE_INTERLEAVE | MODE_256)) ||
	    (n == GC_MISC && changes & MISC_GRAPHICS))
		vga_catch_up(v);
	v->gc[n] = val & v->model->gc[n];
	vga_remap(v);
}

/* The palette is the CPU's only while the screen does not have it (IBM, "Attribute address
 * register": the VGA "disables accesses").  */
static void write_attr(struct vga *v, uint8_t val)
{
	unsigned n = v->attr_index;

	v->attr_data = !v->attr_data;
	if (v->attr_data) {
		if (v->palette_on != !!(val & ATTR_PALETTE_ON))
			vga_catch_up(v);
		v->palette_on = val & ATTR_PALETTE_ON;
		v->attr_index = val & (ATTR_PALETTE_ON - 1);
		return;
	}
	if (n >= VGA_ATTR || v->attr[n] == (val & v->model->attr[n]))
		return;
	if (n < ATTR_MODE && v->palette_on)
		return;
	vga_catch_up(v);
	v->attr[n] = val & v->model->attr[n];
}

/* The retrace interrupt's flip-flop is held clear while bit 4 of register 11h
 * is.  */
static void set_retrace_end(struct vga *v)
{
	if (!(v->crtc[CRTC_RETRACE_END] & RETRACE_RELEASED))
		v->retraced = false;
	wire_set(&v->irq, v->retraced && !(v->crtc[CRTC_RETRACE_END] & RETRACE_NO_IRQ));
	vga_schedule(v);
}

/* Start address and cursor do not touch the lines that are still to come: the
 * first waits for the retrace, the second is for text, which is drawn then.  */
static bool crtc_waits(unsigned n)
{
	return n >= CRTC_CURSOR_START && n <= CRTC_CURSOR_LOW;
}

static void write_crtc(struct vga *v, uint8_t val)
{
	unsigned n = v->crtc_index;

	if (vga_is_s3(v, n))
		vga_s3_write_crtc(v, n, val);
	if (n >= VGA_CRTC)
		return;
	if (n <= CRTC_OVERFLOW && v->crtc[CRTC_RETRACE_END] & RETRACE_PROTECT) {
		if (n != CRTC_OVERFLOW)
			return;
		val = (v->crtc[n] & ~0x10) | (val & 0x10);	/* line compare is free */
	}
	val &= v->model->crtc[n];
	if (v->crtc[n] == val)
		return;
	if (crtc_waits(n)) {
		v->draw.redraw = 2;
		v->crtc[n] = val;
		return;
	}
	vga_catch_up(v);
	v->crtc[n] = val;
	vga_retime(v);
	if (n == CRTC_RETRACE_END)
		set_retrace_end(v);
}

void vga_write_port(struct vga *v, uint16_t port, uint8_t val)
{
	switch (port) {
	case PORT_ATTR:
		write_attr(v, val);
		break;
	case PORT_MISC:
		write_misc(v, val);
		break;
	case PORT_SEQ:
		v->seq_index = val & v->model->seq_index;
		break;
	case PORT_SEQ + 1:
		write_seq(v, val);
		break;
	case PORT_GC:
		v->gc_index = val & 15;
		break;
	case PORT_GC + 1:
		write_gc(v, val);
		break;
	case PORT_CRTC:
		v->crtc_index = val & v->model->crtc_index;
		break;
	case PORT_CRTC + 1:
		write_crtc(v, val);
		break;
	case PORT_STATUS:
		v->feature = val & v->model->feature;
		break;
	}
}

static void ports_write(void *dev, uint32_t port, uint32_t val, unsigned size)
{
	struct vga *v = dev;

	(void)size;
	if (port == PORT_ENABLE) {
		v->enabled = val & ENABLE_VIDEO;
		vga_remap(v);
	} else if (!v->enabled) {
		return;
	} else if (port >= PORT_DAC && port <= PORT_DAC_END) {
		vga_dac_write(v, port, val);
	} else {
		vga_write_port(v, vga_at_place(v, port), val);
	}
}

/* Its other registers do not change by themselves, but some reads count.  */
static vtime ports_steady(void *dev, uint32_t port)
{
	const struct vga *v = dev;

	return vga_at_place(v, port) == PORT_STATUS ? vga_status_until(v) : 0;
}

static const struct bus_ops ports = {
	.name = "vga", .read = ports_read, .write = ports_write, .narrow = true,
	.steady = ports_steady,
};

/* Bits that are not here read as 0.  */
#define IBM_REGISTERS \
	.seq = { 0x03, 0x3d, 0x0f, 0x3f, 0x0e }, \
	.crtc = { \
		0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f, 0xff, 0x3f, 0x7f, 0xff, \
		0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f, 0xff, 0xff, 0xef, 0xff, \
	}, \
	.gc = { 0x0f, 0x0f, 0x0f, 0x1f, 0x03, 0x7b, 0x0f, 0x0f, 0xff }, \
	.attr = { \
		0x3f, 0x3f, 0x3f, 0x3f, 0x3f, 0x3f, 0x3f, 0x3f, 0x3f, 0x3f, 0x3f, 0x3f, 0x3f, \
		0x3f, 0x3f, 0x3f, 0xef, 0xff, 0x3f, 0x0f, 0x0f, \
	}

const struct vga_model vga_ibm = {
	.name = "vga",
	.ports = &ports,
	.more_characters = 5, .more_lines = 2,
	.clock_hz = { 25175000, 28322000, 25175000, 25175000 },
	.misc = 0xef, .feature = 0x0b, .seq_index = 0x07, .crtc_index = 0x3f,
	IBM_REGISTERS,
};

const struct vga_model vga_svga = {
	.name = "svga",
	.ports = &ports,
	.more_characters = 5, .more_lines = 2,
	.clock_hz = { 25175000, 28322000, 25175000, 25175000 },
	.s3 = true,
	.misc = 0xef, .feature = 0x0b, .seq_index = 0x1f, .crtc_index = 0x7f,
	IBM_REGISTERS,
};
