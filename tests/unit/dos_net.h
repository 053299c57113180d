/* dos_net.h - a network redirector for tests with dos_kernel.h.  */

#ifndef DOS_NET_H
#define DOS_NET_H

#include "dos_kernel.h"

/* Drive E: belongs to a redirector that has one file, whatever its name.  */
static struct { const uint8_t *file; uint32_t size, most; unsigned opens, closes; uint16_t error; } net;

static enum svc redirector(void *room, struct guest *g)
{
	uint16_t es = seg(CPU_ES), di = reg(CPU_DI), n = reg(CPU_CX);
	struct far dta = sda_rfar(&dos, SDA_DTA);
	uint32_t pos;

	(void)room;
	switch (reg(CPU_AX)) {
	case 0x1116:
		if (net.error)
			return guest_fail(g, net.error);
		net.opens++;
		guest_w16(g, es, di + SFT_INFO, INFO_NETWORK | 4);
		guest_w32(g, es, di + SFT_POS, 0);
		return guest_done(g);
	case 0x1108:
		pos = guest_r32(g, es, di + SFT_POS);
		n = pos >= net.size ? 0 : net.size - pos < n ? net.size - pos : n;
		guest_copy_out(g, dta.seg, dta.off, net.file + pos, n);
		guest_w32(g, es, di + SFT_POS, pos + n);
		net.most = pos + n > net.most ? pos + n : net.most;
		set(CPU_CX, n);
		return guest_done(g);
	case 0x1106:
		net.closes++;
		guest_w16(g, es, di + SFT_REFS, 0);
		return guest_done(g);
	}
	return guest_fail(g, 1);
}

static void connect_net(const uint8_t *file, uint32_t size)
{
	struct far cds = dos_cds(&dos, 4);
	char path[] = "\\\\SRV\\DISK\\";

	net.file = file;
	net.size = size;
	net.error = net.opens = net.closes = net.most = 0;
	guest_copy_out(&guest, cds.seg, cds.off, path, sizeof path);
	guest_w16(&guest, cds.seg, cds.off + CDS_FLAGS, CDS_NETWORK);
	guest_w16(&guest, cds.seg, cds.off + CDS_ROOT, 10);
	guest_offer(&guest, 0x2f, redirector, NULL);
	guest_wfar(&guest, 0, 0x2f * 4, guest_gate_far(0x2f));
}

#endif
