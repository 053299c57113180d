/* data.h - COMMAND.COM's data area in guest memory: offsets in its PSP's
 * segment.  dosroot/command.asm lays out the same.  */

#ifndef SHELL_DATA_H
#define SHELL_DATA_H

#define D_MAGIC_TEXT	"dosvm-sh"

enum shell_data {
	/* Entries of the guest's code.  */
	D_INT23 = 0x103,
	D_INT24 = 0x106,
	D_INT2E = 0x109,
	D_PARSE = 0x10c,	/* a jump, or nothing in a COMMAND.COM of old */

	D_MAGIC = 0x180,	/* 8 bytes */
	D_COOKIE = 0x188,	/* u32: which instance this is */
	D_BROKEN = 0x18c,	/* u8: set by the Ctrl-C handler */

	D_CRITICAL = 0x190,	/* 80: INT 24h's texts */
	D_FCB1 = 0x1e0,		/* 37 each */
	D_FCB2 = 0x210,
	D_EXEC = 0x240,		/* EXEC parameter block, 22 */
	D_TAIL = 0x260,		/* command tail for EXEC, 130 */
	D_DTA = 0x2f0,		/* 44 */
	D_NAME = 0x320,		/* INT 2Fh/AExx: length, 11 characters */
	D_COUNTRY = 0x330,	/* 34 */
	D_SMALL = 0x360,	/* anything small, 128 */
	D_PATH = 0x3e0,		/* 272 each */
	D_PATH2 = 0x4f0,
	D_FIND = 0x600,		/* long-name find data, 318 */
	D_OUT = 0x740,		/* output on its way to 40h, 512 */
	D_LINE = 0x940,		/* line input and INT 2Fh/AExx, 258 */
	D_BUF = 0xa50,		/* what was read from files, 512 */
	D_END = 0xc50,		/* then 1.9 KB of stack */
};

/* What INT 21h/38h puts at D_COUNTRY.  */
enum shell_country {
	COUNTRY_DATE = D_COUNTRY,		/* order: 0 mdy, 1 dmy, 2 ymd */
	COUNTRY_THOUSANDS = D_COUNTRY + 7,
	COUNTRY_DECIMAL = D_COUNTRY + 9,
	COUNTRY_DATE_SEP = D_COUNTRY + 11,
	COUNTRY_TIME_SEP = D_COUNTRY + 13,
	COUNTRY_TIME = D_COUNTRY + 17,		/* bit 0: 24 hours */
};

enum { D_OUT_SIZE = 512, D_BUF_SIZE = 512, D_SMALL_SIZE = 128, D_PATH_SIZE = 272 };

#endif
