/* pc.h - the machine from inside: every room's struct, by value.  */

#ifndef MACHINE_PC_H
#define MACHINE_PC_H

#include "av/screen.h"
#include "bios/bios.h"
#include "bus/bus.h"
#include "cpu/cpu.h"
#include "dev/dma.h"
#include "dev/gameport.h"
#include "dev/kbc.h"
#include "dev/keyboard.h"
#include "dev/lpt.h"
#include "dev/mouse.h"
#include "dev/pic.h"
#include "dev/pit.h"
#include "dev/port61.h"
#include "dev/port92.h"
#include "dev/post.h"
#include "dev/rtc.h"
#include "dev/serial.h"
#include "dev/sermouse.h"
#include "dev/video.h"
#include "dos/dos.h"
#include "dos/time.h"
#include "drive/drive.h"
#include "drive/volume.h"
#include "guest/guest.h"
#include "machine/inspect.h"
#include "machine/machine.h"
#include "sched/sched.h"
#include "shell/shell.h"
#include "xmem/a20.h"
#include "xmem/xms.h"

#define POINTER_ROOM	64		/* a power of two */

struct pointer {
	struct mouse_event queue[POINTER_ROOM];
	unsigned head, tail;		/* free-running */
	uint16_t x, y;			/* the last place */
	bool creeps;			/* to where the last event taken has put it: */
	int left_x, left_y;		/* mickeys to go, */
	int wheel;			/* and then this, */
	uint8_t wanted, buttons;	/* and these buttons; those that are down now */
	struct sched_event next;
};

/* See spin.c.  */
struct spin {
	struct sched_event look;	/* when to look at what runs */
	uint32_t fails;			/* looks in vain, one after the other */
	bool due;			/* to be done now */
	bool rests;			/* nothing will happen before an event fires */
};

struct machine {
	struct sched sched;
	struct bus bus;
	struct screen screen;
	struct cpu cpu;
	struct pic pic;
	struct pit pit;
	struct kbc kbc;
	struct keyboard keyboard;
	struct mouse mouse;
	struct gameport gameport;
	struct rtc rtc;
	struct dma dma;
	struct port61 port61;
	struct port92 port92;
	struct post post;
	struct serial com[MACHINE_COMS];	/* com_count of them */
	struct sermouse com_mouse[MACHINE_COMS];
	struct lpt lpt[MACHINE_LPTS];
	struct video video;
	struct a20 a20;
	struct xms xms;
	struct guest guest;
	struct bios bios;
	struct dos dos;
	struct shell shell;
	struct drive drive[DRIVE_LETTERS];
	struct drive stdio;

	/* Disk images: INT 13h's disks 00h and 80h on; the letter (0 = A) at which those of a
	 * hard disk's partitions begin; what lies behind a letter of theirs.  */
	struct image floppy[BIOS_FLOPPIES], hard[BIOS_HARD_DISKS];
	uint8_t hard_letter[BIOS_HARD_DISKS];
	struct volume volume[DRIVE_LETTERS];
	struct drive_config disk_config;

	struct pointer pointer;
	struct pad_event pad[PADS];	/* the host's: no part of a snapshot */
	enum joystick_kind joystick;
	struct spin spin;
	bool has_mouse;
	unsigned com_count, lpt_count;
	uint8_t irq_asked[16];		/* by which ports that share an input, a bit each */

	struct machine_host host;
	struct machine_result result;
	vtime idle;			/* since machine_idle() was asked */
	bool rests;			/* the CPU had nothing to do, last */
	bool nmi_on;			/* port 70h bit 7 is clear */
	bool reset_asked;		/* a chip pulled the RESET pin */
	bool screen_used;		/* INT 10h was, as by a full-screen program */
	bool stops_at_pictures;		/* for a session; no part of a snapshot */
	bool own_clock;			/* the guest has set its clock */

	/* For a debugger, no part of a snapshot.  */
	struct machine_stop stop;
	bool debugged, stops_at_start;
	bool stepping;
	uint8_t stepped_into;		/* depth of the service that is being waited for */
};

void machine_crash(void *ctx, const char *why);
void machine_wire(struct machine *m, const struct machine_config *config);
/* Stop for a debugger, as soon as the instruction or service is done.  */
void machine_stop_now(struct machine *m, enum machine_why why);
/* guest_serve(), with an eye on what the debugger watches.  */
bool machine_serve_watched(struct machine *m);
void machine_spin_init(struct machine *m);
void machine_spin_reset(struct machine *m);
/* Instead of cpu_run(), when spin.due.  */
enum cpu_exit machine_spin_look(struct machine *m);
/* Something came from outside, or an event has fired.  */
void machine_spin_wake(struct machine *m);
void machine_spin_state(struct machine *m, struct state *st);
void machine_reset(struct machine *m);
void machine_pointer_init(struct machine *m);
void machine_pointer_forget(struct machine *m);
/* Plug in what the host has.  */
void machine_joystick_init(struct machine *m, enum joystick_kind kind);
void machine_reset_pin(struct machine *m);
/* disks.c: before anything else; once the BIOS and DOS are there; and the end: before drives
 * are unmounted, those that a snapshot knows (image_state()), afterwards the others.  */
void machine_disks_init(struct machine *m);
void machine_disks_wire(struct machine *m);
void machine_disks_close(struct machine *m, bool saved_only);
void machine_disks_state(struct machine *m, struct state *st);
/* Listen to what the host wants to be told (--trace).  */
void machine_trace(struct machine *m);

#endif
