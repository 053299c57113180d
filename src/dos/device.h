/* device.h - requests to character device drivers, ours and loaded ones.
 *
 * Every driver is spoken to as DOS speaks to it: a request header in the
 * swappable data area, its strategy routine, its interrupt routine.  Only
 * when nobody can tell the difference (the console's driver is ours, and
 * the interrupts it would use are not hooked) are the calls left out.  */

#ifndef DOS_DEVICE_H
#define DOS_DEVICE_H

#include <stdbool.h>
#include <stdint.h>

#include "dos/dos.h"

/* Private bytes of our drivers, behind the jumps in DRIVER_SEG.  */
enum driver_data {
	DRIVER_REQUEST = 0x0180,	/* d: what strategy was told */
	CON_PENDING = 0x0184,		/* b: the second byte of an extended key */
	CON_IS_PENDING = 0x0185,	/* b */
	DISK_BPB = 0x0190,		/* 53 bytes: what BUILD BPB answered */
	LINE_ENDED_CR = 0x0186,		/* b: line input from a file ended with CR */
};

/* Gates of the built-in drivers; at dos_init.  */
void device_offer(struct dos *dos);

/* Send the request header at DOS_SEG:request to a driver; back at next_step,
 * the answer in the header.  */
enum svc device_send(struct dos *dos, struct far device, uint16_t request, uint8_t next_step);

/* The same with the header at SDA_IO_REQUEST, of which only what the command
 * wants to be told must have been filled.  */
enum svc device_tell(struct dos *dos, struct far device, uint8_t command, uint8_t next_step);

/* After dos_device_io: the DOS error, 0 if there is none; *moved bytes.  */
enum dos_error device_result(const struct dos *dos, uint16_t *moved);

/* The console is our own driver and INT 10h, 16h and 29h go to our BIOS.  */
bool con_direct(const struct dos *dos);

/* For con_direct() consoles only: a character out; a character in or just
 * looked at (false: none).  Extended keys come as 0, then their scan code.  */
void con_put(struct dos *dos, uint8_t ch);
bool con_peek(struct dos *dos, uint8_t *ch);
bool con_get(struct dos *dos, uint8_t *ch);

#endif
