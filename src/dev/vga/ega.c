/* ega.c - the card as IBM's Enhanced Graphics Adapter (IBM Personal Computer Seminar
 * Proceedings and Options and Adapters Technical Reference, "Enhanced Graphics Adapter").
 * Its registers are the VGA's without what that has more, cannot be read but for a few of
 * the CRTC's, and it has no DAC: six bits of a palette register are the monitor's lines.
 *
 * The monitor is the Enhanced Color Display, or a monochrome one.  By the polarity of the
 * vertical sync the first has 350 lines and two bits a colour, or 200 lines as a CGA's, and
 * then one line of the six means brightness.  */

#include "dev/vga/parts.h"

enum {
	PORT_ATTR = 0x3c0, PORT_ATTR_TOO = 0x3c1, PORT_STATUS0 = 0x3c2, PORT_SEQ = 0x3c4,
	PORT_GC = 0x3ce, PORT_CRTC = 0x3d4, PORT_STATUS = 0x3da, PORT_PEN_CLEAR = 0x3db,
	PORT_PEN_SET = 0x3dc,
	CRTC_PEN_HIGH = 0x10, CRTC_PEN_LOW = 0x11,
	STATUS_PEN = 0x02, STATUS_PEN_OPEN = 0x04,
};

#define NOTHING		0xff

/* A monochrome monitor's lines are those of an MDA's, video and intensity.  */
static uint32_t mono_rgb(unsigned n)
{
	return n & 8 ? n & 0x10 ? 0xffffff : 0xaaaaaa : 0;
}

/* Red, green and blue each have a bright bit above.  With 200 lines green's is that of
 * all; dark yellow is brown.  */
uint32_t vga_ega_rgb(const struct vga *v, unsigned n)
{
	bool cga = !(v->misc & MISC_V_SYNC);
	unsigned bright = cga ? (n >> 4 & 1) * 7 : n >> 3 & 7;
	uint32_t rgb = 0;

	if (v->model->mono)
		return mono_rgb(n);
	if (cga && (n & 0x17) == 0x06)
		return 0xaa5500;
	for (unsigned bit = 4; bit; bit >>= 1)
		rgb = rgb << 8 | ((n & bit ? 0xaa : 0) + (bright & bit ? 0x55 : 0));
	return rgb;
}

/* Bit 7 is 0 while the retrace goes on ("Input status register zero").  The clock's two
 * bits choose which of the switches is seen.  */
static uint8_t read_status0(const struct vga *v)
{
	unsigned which = 3 - (v->misc >> 2 & 3);

	return !vga_is_retrace(v) << 7 | (v->model->switches >> which & 1) << 4;
}

static uint8_t read_crtc(const struct vga *v)
{
	switch (v->crtc_index) {
	case CRTC_START_HIGH:
	case CRTC_START_LOW:
	case CRTC_CURSOR_HIGH:
	case CRTC_CURSOR_LOW:
		return v->crtc[v->crtc_index];
	case CRTC_PEN_HIGH:
		return v->pen_at >> 8;
	case CRTC_PEN_LOW:
		return v->pen_at;
	default:
		return NOTHING;
	}
}

/* No pen is connected, but a program can set its flip-flop.  */
static void touch_pen(struct vga *v, uint16_t port)
{
	struct vga_beam beam;

	if (port == PORT_PEN_CLEAR) {
		v->pen = false;
	} else if (port == PORT_PEN_SET && !v->pen) {
		beam = vga_beam(v);
		v->pen = true;
		v->pen_at = v->draw.start + beam.line / ((v->crtc[CRTC_MAX_SCAN] & 31) + 1) *
			vga_pitch(v) + beam.dot / 8;
	}
}

static uint32_t ports_read(void *dev, uint32_t port, unsigned size)
{
	struct vga *v = dev;

	(void)size;
	port = vga_at_place(v, port);
	switch (port) {
	case PORT_STATUS0:
		return read_status0(v);
	case PORT_CRTC + 1:
		return read_crtc(v);
	case PORT_STATUS:
		v->attr_data = false;
		return vga_status(v) | STATUS_PEN_OPEN | (v->pen ? STATUS_PEN : 0);
	default:
		touch_pen(v, port);
		return NOTHING;
	}
}

/* Above C1h there are ports of the VGA's that the EGA does not have.  */
static void ports_write(void *dev, uint32_t port, uint32_t val, unsigned size)
{
	struct vga *v = dev;

	(void)size;
	port = vga_at_place(v, port);
	switch (port) {
	case PORT_ATTR_TOO:
		port = PORT_ATTR;
		break;
	case PORT_ATTR:
	case PORT_STATUS0:
	case PORT_SEQ:
	case PORT_SEQ + 1:
	case PORT_GC:
	case PORT_GC + 1:
	case PORT_CRTC:
	case PORT_CRTC + 1:
	case PORT_STATUS:
		break;
	default:
		touch_pen(v, port);
		return;
	}
	vga_write_port(v, port, val);
}

static const struct bus_ops ports = {
	.name = "ega", .read = ports_read, .write = ports_write, .narrow = true,
};

/* Nothing is at the input for an outer clock; the card's slower one stands for it, so
 * that time goes on.  */
#define EGA \
	.ports = &ports, \
	.clock_hz = { 14318180, 16257000, 14318180, 14318180 }, \
	.more_characters = 2, .more_lines = 1, \
	.ega = true, \
	.misc = 0xff, \
	.feature = 0x03, \
	.seq_index = 0x07, .crtc_index = 0x1f, \
	.seq = { 0x03, 0x0f, 0x0f, 0x0f, 0x07 }, \
	.crtc = { \
		0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x3f, 0x1f, 0x1f, 0x1f, 0x7f, 0xff, \
		0xff, 0xff, 0xff, 0xff, 0x3f, 0xff, 0xff, 0x1f, 0xff, 0xff, 0xff, 0xff, \
	}, \
	.gc = { 0x0f, 0x0f, 0x0f, 0x1f, 0x07, 0x3f, 0x0f, 0x0f, 0xff }, \
	.attr = { \
		0x3f, 0x3f, 0x3f, 0x3f, 0x3f, 0x3f, 0x3f, 0x3f, 0x3f, 0x3f, 0x3f, 0x3f, 0x3f, \
		0x3f, 0x3f, 0x3f, 0x0f, 0x3f, 0x3f, 0x0f, 0x00, \
	}

/* The switches say which monitor it is, and that there is no other card.  */
const struct vga_model vga_ega = { .name = "ega", .switches = 0x9, EGA };
const struct vga_model vga_ega_mono = { .name = "ega", .switches = 0xb, .mono = true, EGA };
