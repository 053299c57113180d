/* bda.h - the BIOS data area at segment 40h (IBM BIOS Interface Technical
 * Reference, "Data areas").  */

#ifndef BIOS_BDA_H
#define BIOS_BDA_H

#define BDA		0x40
#define EBDA_KIB	1
#define EBDA_SEG	(0xa000 - EBDA_KIB * 64)

enum bda {
	BDA_COM = 0x00,			/* four port addresses */
	BDA_LPT = 0x08,			/* three, */
	BDA_EBDA = 0x0e,		/* and the extended area's segment */
	BDA_EQUIPMENT = 0x10,
	BDA_MEMORY = 0x13,		/* KiB below 640 */
	BDA_SHIFT = 0x17,		/* keyboard flags */
	BDA_SHIFT2 = 0x18,
	BDA_ALT_NUMBER = 0x19,
	BDA_KEY_HEAD = 0x1a,
	BDA_KEY_TAIL = 0x1c,
	BDA_KEY_BUFFER = 0x1e,
	BDA_SEEK = 0x3e,		/* diskette drives that are calibrated; bit 7: interrupt */
	BDA_MOTOR = 0x3f,
	BDA_MOTOR_COUNT = 0x40,
	BDA_FLOPPY_STATUS = 0x41,
	BDA_MODE = 0x49,
	BDA_COLUMNS = 0x4a,
	BDA_PAGE_SIZE = 0x4c,
	BDA_PAGE_START = 0x4e,
	BDA_CURSOR = 0x50,		/* column, row; for eight pages */
	BDA_CURSOR_SHAPE = 0x60,	/* end line, start line */
	BDA_PAGE = 0x62,
	BDA_CRTC = 0x63,
	BDA_MODE_REGISTER = 0x65,
	BDA_PALETTE = 0x66,
	BDA_RESET_AT = 0x67,		/* where a reset by CMOS 0Fh goes on */
	BDA_STRAY_IRQ = 0x6b,
	BDA_TICKS = 0x6c,
	BDA_MIDNIGHT = 0x70,
	BDA_BREAK = 0x71,
	BDA_RESET_FLAG = 0x72,
	BDA_DISK_STATUS = 0x74,
	BDA_DISKS = 0x75,
	BDA_LPT_TIMEOUT = 0x78,
	BDA_COM_TIMEOUT = 0x7c,
	BDA_KEY_START = 0x80,
	BDA_KEY_END = 0x82,
	BDA_ROWS = 0x84,		/* less one */
	BDA_CHAR_HEIGHT = 0x85,
	BDA_VIDEO_CONTROL = 0x87,
	BDA_VIDEO_SWITCHES = 0x88,
	BDA_VGA_CONTROL = 0x89,
	BDA_DISPLAY_CODE = 0x8a,
	BDA_PAGE_REGISTER = 0x8a,	/* Tandy's and PCjr's, port 3DFh */
	BDA_MEDIA = 0x90,		/* of diskette drives 0 and 1 */
	BDA_TRACK = 0x94,		/* where their heads are */
	BDA_KEY_STATE = 0x96,
	BDA_KEY_LEDS = 0x97,
	BDA_WAIT_FLAG_AT = 0x98,	/* far pointer */
	BDA_WAIT_COUNT = 0x9c,		/* microseconds */
	BDA_WAIT_ACTIVE = 0xa0,
	BDA_VIDEO_SAVE = 0xa8,
	BDA_PRINT_SCREEN = 0x100,	/* 50:00 */
};

/* In the extended area; from 100h on it is ours (IBM BIOS Interface Technical
 * Reference, "Extended BIOS data area").  */
enum ebda {
	EBDA_POINTER_HANDLER = 0x22,	/* far pointer, of INT 15h/C207h */
	EBDA_POINTER_COUNT = 0x26,	/* bytes of a packet that have come */
	EBDA_POINTER_FLAGS = 0x27,	/* bit 7 a handler; 2-0 a packet's bytes, less one */
	EBDA_POINTER_PACKET = 0x28,
	EBDA_TYPEMATIC = 0x100,		/* as the keyboard was sent it */
	EBDA_VESA_MODE = 0x102,		/* what INT 10h/4F03h answers */
	EBDA_POINTER_READ = 0x104,	/* the device's answer to INT 15h/C208h, 3 bytes */
	EBDA_POINTER_READ_COUNT = 0x107,
	EBDA_BOOTS = 0x108,		/* since RESET nothing but POST has run */
	EBDA_KEYB = 0x110,		/* what INT 2Fh/AD80h points at */
	EBDA_KEYB_DEAD = EBDA_KEYB + 0x10,	/* the accent that waits, Unicode */
	EBDA_KEYB_STATE = EBDA_KEYB + 0x12,	/* 0 US keys, FFh the layout's */
	EBDA_KEYB_SECOND = EBDA_KEYB + 0x13,	/* the layout's other alphabet */
	EBDA_KEYB_NAME = EBDA_KEYB + 0x16,	/* two letters; 0: no KEYB */
	EBDA_KEYB_PAGE = EBDA_KEYB + 0x18,
};

#define NO_CURSOR_EMULATION	0x01	/* BDA_VIDEO_CONTROL */
#define MONO_MONITOR	0x02

enum {					/* BDA_VGA_CONTROL */
	VGA_SUMS_GREYS = 0x02, VGA_KEEP_PALETTE = 0x08, VGA_LINES = 0x90,
	VGA_200 = 0x80, VGA_350 = 0x00, VGA_400 = 0x10,
};

enum {					/* BDA_EQUIPMENT */
	EQUIPMENT_POINTER = 0x0004, EQUIPMENT_GAME = 0x1000,
};

#define TYPEMATIC_DEFAULT	0x2b	/* 500 ms, 10.9 a second */

enum {					/* BDA_SHIFT */
	SHIFT_RIGHT = 0x01, SHIFT_LEFT = 0x02, SHIFT_CTRL = 0x04, SHIFT_ALT = 0x08,
	SHIFT_SCROLL = 0x10, SHIFT_NUM = 0x20, SHIFT_CAPS = 0x40, SHIFT_INSERT = 0x80,
};

enum {					/* BDA_SHIFT2 */
	SHIFT2_LCTRL = 0x01, SHIFT2_LALT = 0x02, SHIFT2_SYSREQ = 0x04,
	SHIFT2_PAUSE = 0x08, SHIFT2_SCROLL = 0x10, SHIFT2_NUM = 0x20,
	SHIFT2_CAPS = 0x40, SHIFT2_INSERT = 0x80,
};

enum {					/* BDA_KEY_STATE */
	KEY_LAST_E1 = 0x01, KEY_LAST_E0 = 0x02, KEY_RCTRL = 0x04, KEY_RALT = 0x08,
	KEY_101 = 0x10,
};

enum {					/* BDA_KEY_LEDS */
	LEDS_SHOWN = 0x07, LEDS_SENT = 0x10, LEDS_UPDATE = 0x40,
};

#endif
