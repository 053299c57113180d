/* board.h - a bare machine: memory, a processor, and as many chips as a
 * test program needs to say what it has found.  No DOS, no BIOS.
 *
 * Memory runs from 0 without the PC's hole at A0000h, so that a program
 * may lie anywhere; A20 is open.  */

#ifndef BOARD_H
#define BOARD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "bus/bus.h"
#include "cpu/cpu.h"
#include "dev/pic.h"
#include "dev/pit.h"
#include "sched/sched.h"

#define BOARD_COST	10u		/* ns an instruction */
#define BOARD_LINES	16u		/* of the test device */
#define BOARD_POSTS	2u
#define BOARD_NO_PORT	0x10000u

struct error;

struct board_options {
	enum cpu_model model;
	bool no_fpu;
	const struct cpu_engine *engine;
	size_t ram_size;
	bool pic;			/* PIC and PIT are there, IRQ 0 connected */
	bool test_device;		/* interrupts by ports, not with pic */
	bool step;			/* cpu_step() instead of cpu_run() */
	bool trace;			/* each instruction to stderr */
	uint64_t limit;			/* instructions */
	uint32_t post_port[BOARD_POSTS];	/* or BOARD_NO_PORT, as all of them */
	uint32_t debug_port, exit_port;
	FILE *debug;			/* where the bytes of debug_port go */
};

enum board_end {
	BOARD_EXIT,			/* the exit port was written */
	BOARD_HALTED,			/* HLT, and nothing will wake it */
	BOARD_LIMIT,			/* too many instructions */
	BOARD_SHUTDOWN,
};

struct board {
	struct bus bus;
	struct sched sched;
	struct cpu cpu;
	struct pic pic;
	struct pit pit;
	uint16_t lines;			/* of the test device */
	uint64_t requests[4];		/* ... a bit for each vector */
	struct board_options o;
	uint8_t *rom;
	bool off;
	uint32_t exit_value;
	int post;			/* the last code, -1: none */
	uint8_t line_control;		/* of the serial port */
};

bool board_open(struct board *b, const struct board_options *o, struct error *err);
void board_close(struct board *b);
enum board_end board_run(struct board *b);

/* A ROM image: its end at the end of the first megabyte and, the same
 * bytes, at the end of the address space that the model has.  Resets the
 * processor, which begins there.  size: a multiple of 4096, at most 512 KiB. */
bool board_load_rom(struct board *b, const uint8_t *image, size_t size, struct error *err);

/* A kernel as the Multiboot Specification 0.6.96 has them, ELF32 or with
 * addresses in its header.  The processor stands at its entry, in the state
 * that section 3.2 of the specification promises.  */
bool board_is_kernel(const uint8_t *image, size_t size);
bool board_load_kernel(struct board *b, const uint8_t *image, size_t size,
		       const char *command_line, struct error *err);

#endif
