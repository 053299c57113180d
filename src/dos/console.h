/* console.h - the pieces of which the console functions are made.
 *
 * A piece is asked for with the step to go on with; it may wait, run guest
 * code, or be done at once.  Pieces use notes 4 to 7 of the frame and steps
 * from PIECE_FIRST; a function that uses them has notes 0 to 3, steps from 1
 * to PIECE_FIRST - 1, and begins at step 1 (console_run sees to that).  */

#ifndef DOS_CONSOLE_H
#define DOS_CONSOLE_H

#include <stdbool.h>
#include <stdint.h>

#include "dos/dos.h"

#define PIECE_FIRST	0x80

typedef enum svc console_fn(struct dos *dos, uint8_t step);

/* Serve fn, or the piece that it waits for.  */
enum svc console_run(struct dos *dos, console_fn *fn);

/* A character from handle 0.  With `cooked', Ctrl-C, Ctrl-P and Ctrl-S do
 * what they do.  Then console_char() has it.  A file that has ended never
 * gives one: the caller waits, as in DOS.  */
enum svc console_get(struct dos *dos, bool cooked, uint8_t next_step);
uint8_t console_char(const struct dos *dos);

/* A character to handle 1, tabs expanded on devices.  console_put_now does
 * it only if that needs no waiting and no guest code.  */
enum svc console_put(struct dos *dos, uint8_t ch, uint8_t next_step);
bool console_put_now(struct dos *dos, uint8_t ch);
/* The same to any character driver.  */
enum svc console_put_device(struct dos *dos, struct far device, uint8_t ch, uint8_t next_step);
bool console_put_device_now(struct dos *dos, struct far device, uint8_t ch);

/* If Ctrl-C has been typed, INT 23h.  */
enum svc console_check_break(struct dos *dos, uint8_t next_step);

/* Handle 0 is the console and nothing has been typed, or a file with nothing to read. */
bool console_quiet(struct dos *dos);

/* Read a line as 0Ah does, with DOS's editing keys, into the buffer at
 * seg:off (max, count, text; CR is stored, not counted).  Uses notes 0-3
 * and steps 40h-4Fh, which the function's caller passes to line_step().  */
#define LINE_FIRST	0x40
#define LINE_LAST	0x4f
enum svc line_begin(struct dos *dos, struct far buffer, bool line_feed);
enum svc line_step(struct dos *dos, uint8_t step, uint8_t next_step);

#endif
