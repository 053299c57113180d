/* gates.h - who stands behind which gate.
 *
 * Gate n is the byte at F000:E000+n, a HLT.  Gates below 80h serve the
 * interrupt of the same number; an IVT entry points straight at its gate.
 * The others are reached by far calls from guest code of ours, or by
 * pointers that DOS and the BIOS hand out.  */

#ifndef GUEST_GATES_H
#define GUEST_GATES_H

enum gate {
	GATE_INT_FIRST = 0x00,
	GATE_INT_LAST = 0x7f,

	/* Far-call gates (leave with RETF).  */
	GATE_DOS_BOOT = 0x80,	/* INT 19h jumps here once the BIOS is up */
	GATE_DOS_CPM = 0x81,	/* what PSP:0005 calls: INT 21h with the function in CL */
	GATE_DEV_STRATEGY = 0x82,	/* built-in device drivers */
	GATE_DEV_CON = 0x83,	/* their interrupt routines, one each */
	GATE_DEV_AUX = 0x84,
	GATE_DEV_PRN = 0x85,
	GATE_DEV_CLOCK = 0x86,
	GATE_DEV_DISK = 0x87,
	GATE_DEV_NUL = 0x88,
	GATE_DEV_COM2 = 0x89,
	GATE_DEV_COM3 = 0x8a,
	GATE_DEV_COM4 = 0x8b,
	GATE_DEV_LPT2 = 0x8c,
	GATE_DEV_LPT3 = 0x8d,
	GATE_DOS_CASEMAP = 0x8e,	/* country information's case map call */
	GATE_DOS_BREAK = 0x8f,	/* where INT 23h handlers return to */
	GATE_SHELL = 0x90,	/* COMMAND.COM's code */
	GATE_SHELL_INT24 = 0x93,
	GATE_SHELL_INT2E = 0x94,
	GATE_SHELL_PARSE = 0x95,
	GATE_XMS = 0xa0,
	GATE_A20 = 0xa1,
	GATE_EMS_DEV = 0xa2,
	GATE_MOUSE_CALL = 0xa3,

	GATE_BIOS_POST = 0xb0,	/* where the CPU's reset vector leads */

	GATE_IRET = 0xfd,	/* nobody: returns at once (unused vectors) */
	GATE_RESUME = 0xff,	/* where unfinished services wait and are returned to */
};

#endif
