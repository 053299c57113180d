/* builtin.h - between the built-in character device drivers.  */

#ifndef DOS_BUILTIN_H
#define DOS_BUILTIN_H

#include "dos/device.h"
#include "dos/layout.h"

/* What a driver does with each command; each entry is called with step 0
 * first, and with the steps it asked for.  NULL: an unknown command.  */
typedef enum svc driver_fn(struct dos *dos, uint8_t step);
enum svc driver_serve(struct dos *dos, driver_fn *const table[CMD_UNTIL_BUSY + 1]);

/* For tables: done; busy; nothing to read.  */
driver_fn driver_nothing, driver_busy, driver_no_data;

/* The request being served (its far address), and its end.  */
struct far device_request(struct dos *dos);
enum svc device_finish(struct dos *dos, uint16_t status);

/* Of reading and writing: how many bytes are asked for; the address of the next
 * one, by the frame's note[2], which counts those that are done; the end.  */
uint16_t driver_count(struct dos *dos);
struct far driver_at(struct dos *dos);
enum svc driver_finish_count(struct dos *dos, uint16_t status);

/* Interrupt routines: con.c, charports.c, time.c.  */
svc_fn con_serve, aux_serve, prn_serve, clock_serve;

/* INT 29h and 1Bh.  */
void con_offer(struct dos *dos);

#endif
