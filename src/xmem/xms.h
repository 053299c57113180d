/* xms.h - the XMS manager: what HIMEM.SYS does, with EMM386's upper memory blocks
 * (XMS specification 3.0).  Programs find its entry by INT 2Fh/4310h, which is
 * DOS's.  */

#ifndef XMEM_XMS_H
#define XMEM_XMS_H

#include "guest/guest.h"
#include "xmem/a20.h"
#include "xmem/emb.h"
#include "xmem/umb.h"

#define XMS_FUNCTIONS	0x90

extern const struct svc_entry xms_table[XMS_FUNCTIONS];

struct xms {
	struct guest *guest;
	struct a20 *a20;
	bool there;			/* else nobody answers */
	struct emb emb;
	struct umb umb;
};

/* upper: there is upper memory, too.  */
void xms_init(struct xms *x, struct guest *guest, struct a20 *a20, bool there, bool upper);
void xms_reset(struct xms *x);
void xms_state(struct xms *x, struct state *st);

#endif
