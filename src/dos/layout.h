/* layout.h - what DOS shows to programs: where it lies in guest memory and
 * how it is laid out.  The only truth about it; nothing of this is kept in
 * host structures.
 *
 * Sources: Ralf Brown's Interrupt List, release 61 (RBIL): INT 21h/52h (list
 * of lists, SFT, CDS, DPB, MCB, device header, buffers), INT 21h/26h (PSP),
 * INT 21h/5D06h (swappable data area of DOS 4.0-6.0), INT 21h/0Fh (FCB),
 * INT 21h/4Eh (search area), INT 21h/4Bh (EXEC blocks), INT 21h/38h (country
 * information), INT 2Fh/0802h (driver requests); and the MS-DOS 4.0 sources
 * that Microsoft published (INC/CONST2.ASM, INC/MS_DATA.ASM, DOS/MSCONST.ASM),
 * which agree with it byte for byte.
 *
 * Names: ROOM_FIELD is the offset of a field inside its structure, in bytes;
 * the comment gives its width: b byte, w word, d dword or far pointer.  */

#ifndef DOS_LAYOUT_H
#define DOS_LAYOUT_H

#include <stdint.h>

#include "dos/dos.h"

/* --- Where things lie -------------------------------------------------- */

#define DRIVER_SEG	0x0070u	/* built-in device drivers, as IO.SYS's */
#define DOS_SEG		0x00a0u	/* DOS's data segment, what INT 2Fh/1203h answers */

/* Fixed places in DOS_SEG.  Those below AT_PRIVATE are DOS 5's and 6's own.  */
enum dos_at {
	AT_NET_NUMBER = 0x000e,	/* w: list of lists - 24 */
	AT_LOL = 0x0026,	/* list of lists */
	AT_NUL = 0x0048,	/* NUL's device header, LOL_NUL */
	AT_UMB_LINKED = 0x0089,	/* b: bit 0, upper memory is in the chain (LOL+63h) */
	AT_EXEC_MIN = 0x008a,	/* w: paragraphs needed by the program being loaded */
	AT_UMB_HEAD = 0x008c,	/* w: first upper MCB, FFFFh none (LOL+66h) */
	AT_SCAN_FROM = 0x008e,	/* w: where allocation begins to look (LOL+68h) */
	AT_SFT = 0x00cc,	/* the first SFT block, SFT_FIRST_COUNT entries */
	AT_CARPOS = 0x01f9,	/* b: CON's column */
	AT_STARTPOS = 0x01fa,	/* b: CON's column when line input began */
	AT_INBUF = 0x01fb,	/* 128 bytes: line input for functions 0Ah and 3Fh */
	AT_CONBUF = 0x027b,	/* 131 bytes: the template */
	AT_PRINT_ECHO = 0x02fe,	/* b: Ctrl-P */
	AT_VERIFY = 0x02ff,	/* b: 2Eh, 54h */
	AT_SWITCHAR = 0x0301,	/* b: 37h */
	AT_ALLOC_STRATEGY = 0x0302,	/* b: 58h */
	AT_SHARING = 0x0303,	/* b: SHARE installed */
	AT_NAME_CHANGED = 0x0304,	/* b: 5Eh: machine name valid */
	AT_MACHINE_NAME = 0x0305,	/* 16 bytes: 5E00h */
	AT_SDA = 0x0320,	/* swappable data area */
	AT_PRIVATE = 0x0ab0,	/* from here on our own arrangement: */
	AT_DPB = 0x0ab0,	/* 26 DPBs, number n belongs to drive n */
	AT_BUFFER_INFO = 0x0e10,	/* BUFINFO_SIZE */
	AT_BUFFER = 0x0e40,	/* one sector buffer: header and 512 bytes */
	AT_FAST = 0x1054,	/* 2 dwords: entries of FASTOPEN and FASTSEEK, 0:0 none */
	AT_NLS = 0x1060,	/* nls.c: country, case, collating tables */
	AT_SETVER = 0x1400,	/* version table, SETVER_SIZE bytes */
	AT_CODE = 0x1500,	/* bits of guest code of ours: init.c */
	AT_SHARED = 0x1580,	/* 140h bytes of scratch: enum dos_shared */
	AT_BOOT_PSP = 0x1700,	/* the PSP that starts the first program */
	AT_BOOT_STACK = 0x1800,	/* top of its stack: where that program comes back to */
	AT_END = 0x1800,	/* a multiple of 16 */
};

#define BOOT_PSP	(DOS_SEG + AT_BOOT_PSP / 16)
#define NLS_SIZE	(AT_SETVER - AT_NLS)
#define SETVER_SIZE	(AT_CODE - AT_SETVER)

/* AT_CODE: stubs.  */
enum dos_code {
	CODE_RETF = AT_CODE,		/* RETF */
	CODE_IRET = AT_CODE + 1,	/* IRET */
	CODE_INT21_RETF = AT_CODE + 2,	/* INT 21h, RETF (3 bytes) */
	CODE_NUL_STRATEGY = AT_CODE + 0x10,	/* JMP FAR to its gate, 5 bytes */
	CODE_NUL_INTERRUPT = AT_CODE + 0x15,
	CODE_CASEMAP = AT_CODE + 0x1a,	/* JMP FAR to GATE_DOS_CASEMAP */
	CODE_XMS = AT_CODE + 0x20,	/* JMP over three NOPs, JMP FAR to GATE_XMS */
	CODE_END = AT_CODE + 0x2a,
};

/* AT_SHARED: what kernel files may use while they own the current call and
 * nothing waits.  */
enum dos_shared {
	SHARED_PATH = AT_SHARED,		/* 128 bytes: a name for a guest driver or redirector */
	SHARED_PATH2 = AT_SHARED + 0x80,	/* 128 bytes: the second one (rename) */
	SHARED_REQUEST = AT_SHARED + 0x100,	/* 32 bytes: request to a loaded device driver */
	SHARED_BYTES = AT_SHARED + 0x120,	/* 16 bytes: its data, one character */
};

/* --- List of lists (DOS_SEG:AT_LOL) -------------------------------------- */

enum lol {
	LOL_NET_NUMBER = -24,	/* w: CX of 5E01h */
	LOL_FCB_LRU = -22,	/* w */
	LOL_OPEN_LRU = -20,	/* w */
	LOL_OEM_HANDLER = -18,	/* d: FFFFFFFFh */
	LOL_LEAVE = -14,	/* w */
	LOL_SHARE_RETRIES = -12,	/* w: 440Bh */
	LOL_SHARE_DELAY = -10,	/* w */
	LOL_LAST_BUFFER = -8,	/* d */
	LOL_CON_UNREAD = -4,	/* w: offset of unread CON line input, 0 none */
	LOL_FIRST_MCB = -2,	/* w: segment */
	LOL_DPB = 0x00,		/* d: first, FFFFh offset if none */
	LOL_SFT = 0x04,		/* d */
	LOL_CLOCK = 0x08,	/* d: header of CLOCK$ */
	LOL_CON = 0x0c,		/* d: header of CON */
	LOL_MAX_SECTOR = 0x10,	/* w: 512 */
	LOL_BUFFERS = 0x12,	/* d: buffer information record */
	LOL_CDS = 0x16,		/* d: array of CDS */
	LOL_FCB_SFT = 0x1a,	/* d */
	LOL_FCB_KEEP = 0x1e,	/* w: FCBS=x,y: y */
	LOL_BLOCK_DEVICES = 0x20,	/* b */
	LOL_LASTDRIVE = 0x21,	/* b: entries in the CDS array */
	LOL_NUL = 0x22,		/* device header, 18 bytes, linked to the chain */
	LOL_JOINED = 0x34,	/* b: drives JOINed */
	LOL_SPECIAL = 0x35,	/* w */
	LOL_SETVER = 0x37,	/* d: version table, 0:0 none */
	LOL_A20_FIX = 0x3b,	/* w */
	LOL_HMA_PSP = 0x3d,	/* w: the last program run with DOS in the HMA */
	LOL_BUFFERS_X = 0x3f,	/* w: BUFFERS=x,y */
	LOL_BUFFERS_Y = 0x41,	/* w */
	LOL_BOOT_DRIVE = 0x43,	/* b: 1 = A */
	LOL_386 = 0x44,		/* b: 1: 32-bit moves */
	LOL_EXTENDED_KB = 0x45,	/* w */
};

/* --- Swappable data area (DOS_SEG:AT_SDA) ---------------------------------- */

enum sda {
	SDA_ERROR_MODE = 0x00,	/* b: INT 24h in progress */
	SDA_INDOS = 0x01,	/* b */
	SDA_CRIT_DRIVE = 0x02,	/* b: drive of a write-protect error, FFh */
	SDA_LOCUS = 0x03,	/* b: the last error, as 59h answers */
	SDA_ERROR = 0x04,	/* w */
	SDA_ACTION = 0x06,	/* b */
	SDA_CLASS = 0x07,	/* b */
	SDA_ERROR_PTR = 0x08,	/* d: ES:DI of 59h */
	SDA_DTA = 0x0c,		/* d */
	SDA_PSP = 0x10,		/* w: the current process */
	SDA_INT23_SP = 0x12,	/* w */
	SDA_EXIT_CODE = 0x14,	/* w: 4Dh: code, how */
	SDA_DRIVE = 0x16,	/* b: the default drive, 0 = A */
	SDA_BREAK = 0x17,	/* b: 3301h */
	SDA_SWAP_ALWAYS_END = 0x1a,	/* to be saved always up to here; below, if InDOS */
	SDA_USER_AX = 0x1a,	/* w: AX of the call */
	SDA_SHARE_PSP = 0x1c,	/* w */
	SDA_SHARE_MACHINE = 0x1e,	/* w */
	SDA_FIRST_FIT = 0x20,	/* w: blocks found by the last allocation */
	SDA_BEST_FIT = 0x22,	/* w */
	SDA_LAST_FIT = 0x24,	/* w */
	SDA_END_MEMORY = 0x26,	/* w: paragraph past memory, at boot */
	SDA_FAILED24 = 0x2a,	/* b: INT 24h answered FAIL */
	SDA_ALLOWED24 = 0x2b,	/* b: answers allowed, as in AH of INT 24h */
	SDA_CTRL_C_EXIT = 0x2d,	/* b: the process ends by Ctrl-C */
	SDA_DAY = 0x30,		/* b */
	SDA_MONTH = 0x31,	/* b */
	SDA_YEAR = 0x32,	/* w: since 1980 */
	SDA_DAYS = 0x34,	/* w: since 1980-01-01 */
	SDA_WEEKDAY = 0x36,	/* b: 0 Sunday */
	SDA_IDLE_OK = 0x38,	/* b: INT 28h may be issued */
	SDA_ABORTING = 0x39,	/* b: a process is being ended: Abort means Fail */
	SDA_REQUEST = 0x3a,	/* 30 bytes: request to a block device */
	SDA_DRIVER_ENTRY = 0x58,	/* d */
	SDA_IO_REQUEST = 0x5c,	/* 22 bytes: request to a character device */
	SDA_STATUS_REQUEST = 0x72,	/* 14 bytes: the Ctrl-C check's request to CON */
	SDA_CHILD_PSP = 0x88,	/* b: 00h: 26h copies; FFh: 55h makes a child */
	SDA_LOCK_POS = 0x89,	/* d */
	SDA_LOCK_SIZE = 0x8d,	/* d */
	SDA_USER_NUMBER = 0x92,	/* 3 bytes: 30h's BL:CX */
	SDA_OEM = 0x95,		/* b: 30h's BH */
	SDA_CLOCK = 0x96,	/* 6 bytes: CLOCK$ transfer */
	SDA_DEVICE_BYTE = 0x9c,	/* 2 bytes */
	SDA_PATH = 0x9e,	/* 128 bytes: canonical name, 1st argument */
	SDA_PATH2 = 0x11e,	/* 128 bytes: 2nd argument of rename */
	SDA_SEARCH = 0x19e,	/* 21 bytes: search state (as at DTA) */
	SDA_FOUND = 0x1b3,	/* 32 bytes: the directory entry found */
	SDA_CDS_COPY = 0x1d3,	/* 88 bytes */
	SDA_FCB_NAME = 0x22b,	/* 11 bytes */
	SDA_FCB_NAME2 = 0x237,	/* 11 bytes */
	SDA_ATTR = 0x24b,	/* b: extended FCB's attribute */
	SDA_FCB_EXTENDED = 0x24c,	/* b */
	SDA_SEARCH_ATTR = 0x24d,	/* b */
	SDA_OPEN_MODE = 0x24e,	/* b */
	SDA_SERVER_CALL = 0x252,	/* b: FFh during 5D00h */
	SDA_INSERT_MODE = 0x259,	/* b: line input */
	SDA_EXIT_TYPE = 0x25c,	/* b: enum dos_how */
	SDA_EXIT_HOLD = 0x260,	/* d */
	SDA_USER_STACK = 0x264,	/* d: SS:SP with the caller's registers */
	SDA_INT24_SP = 0x268,	/* w */
	SDA_DPB = 0x26a,	/* d */
	SDA_DEVICE = 0x27a,	/* d */
	SDA_THIS_SFT = 0x27e,	/* d */
	SDA_THIS_CDS = 0x282,	/* d */
	SDA_THIS_FCB = 0x286,	/* d */
	SDA_SFN = 0x28a,	/* w */
	SDA_JFN = 0x28c,	/* w */
	SDA_JFN_PTR = 0x28e,	/* d */
	SDA_WFP_START = 0x292,	/* w: offset in DOS_SEG of the 1st name */
	SDA_REN_WFP = 0x294,	/* w: of the 2nd */
	SDA_CURRENT_END = 0x296,	/* w: FFFFh, or end of the current directory */
	SDA_WORK_SFT = 0x2c6,	/* d */
	SDA_SAVE_BX = 0x2ca,	/* w */
	SDA_SAVE_DS = 0x2cc,	/* w */
	SDA_PREV_STACK = 0x2d0,	/* w SS, w SP: SDA_USER_STACK of the call below */
	SDA_EXT_ACTION = 0x2d4,	/* w: 6C00h: DX */
	SDA_EXT_FLAG = 0x2d6,	/* b */
	SDA_EXT_MODE = 0x2d7,	/* w: BX */
	SDA_EXT_ATTR = 0x2df,	/* w: CX */
	SDA_STACK_ERROR = 0x480,	/* tops of the stacks, 384 bytes each */
	SDA_STACK_DISK = 0x600,
	SDA_STACK_IO = 0x780,
	SDA_PRINT_FLAG = 0x780,	/* b: 64h */
	SDA_SIZE = 0x78c,
	SDA_STACK_SIZE = 0x180,
};

/* --- Registers as DOS leaves them at SDA_USER_STACK ------------------------ */

enum user_regs {
	USER_AX = 0x00, USER_BX = 0x02, USER_CX = 0x04, USER_DX = 0x06,
	USER_SI = 0x08, USER_DI = 0x0a, USER_BP = 0x0c, USER_DS = 0x0e,
	USER_ES = 0x10, USER_IP = 0x12, USER_CS = 0x14, USER_FLAGS = 0x16,
	USER_REGS_SIZE = 0x12,	/* what DOS pushes: up to USER_IP */
};

/* --- Program segment prefix ------------------------------------------------ */

enum psp {
	PSP_INT20 = 0x00,	/* CD 20 */
	PSP_TOP = 0x02,		/* w: segment past the program's block */
	PSP_CPM_CALL = 0x05,	/* 5 bytes: CALL FAR */
	PSP_CPM_SIZE = 0x06,	/* w: bytes in the segment, as CP/M has it */
	PSP_INT22 = 0x0a,	/* d */
	PSP_INT23 = 0x0e,	/* d */
	PSP_INT24 = 0x12,	/* d */
	PSP_PARENT = 0x16,	/* w */
	PSP_JFT = 0x18,		/* PSP_HANDLES bytes */
	PSP_ENV = 0x2c,		/* w */
	PSP_STACK = 0x2e,	/* d: SS:SP at the last INT 21h */
	PSP_JFT_SIZE = 0x32,	/* w */
	PSP_JFT_PTR = 0x34,	/* d */
	PSP_PREVIOUS = 0x38,	/* d: SHARE's; FFFF:FFFF */
	PSP_INTERIM = 0x3c,	/* b */
	PSP_APPEND = 0x3d,	/* b: APPEND's */
	PSP_VERSION = 0x40,	/* b major, b minor: what 30h answers */
	PSP_INT21_RETF = 0x50,	/* CD 21 CB */
	PSP_FCB1 = 0x5c, PSP_FCB2 = 0x6c,
	PSP_TAIL = 0x80,	/* b length, the tail, CR; also the first DTA */
	PSP_SIZE = 0x100,
	PSP_HANDLES = 20,
};

/* --- Memory control block (the paragraph before its block) ------------------- */

enum mcb {
	MCB_TYPE = 0,		/* b: 'M', or 'Z' for the last */
	MCB_OWNER = 1,		/* w: PSP, 0 free, MCB_OWNER_* */
	MCB_PARAS = 3,		/* w: without this paragraph */
	MCB_NAME = 8,		/* 8 bytes; "SC" or "SD" if MCB_OWNER_DOS */
	MCB_OWNER_FREE = 0,
	MCB_OWNER_DOS = 8,
};

/* Inside an "SD" block: paragraphs of the same form, MCB_TYPE the letter of
 * their use, MCB_OWNER the segment that follows them, MCB_PARAS and MCB_NAME.  */
enum sub_block {
	SUB_DRIVER = 'D', SUB_IFS = 'I', SUB_FILES = 'F', SUB_FCBS = 'X',
	SUB_BUFFERS = 'B', SUB_CDS = 'L', SUB_STACKS = 'S', SUB_PSP = 'T',
};

/* --- System file table ------------------------------------------------------- */

enum sft_block {
	SFTB_NEXT = 0,		/* d: offset FFFFh: the last */
	SFTB_COUNT = 4,		/* w */
	SFTB_ENTRIES = 6,
	SFT_SIZE = 0x3b,
	SFT_FIRST_COUNT = 5,	/* in the block at AT_SFT */
};

enum sft {
	SFT_REFS = 0x00,	/* w: handles that refer to it; 0 free */
	SFT_MODE = 0x02,	/* w: 3Dh's AL; bit 15: by FCB */
	SFT_ATTR = 0x04,	/* b */
	SFT_INFO = 0x05,	/* w: enum sft_info; bits 0-5: the drive */
	SFT_DEVICE = 0x07,	/* d: device header, or DPB */
	SFT_CLUSTER = 0x0b,	/* w */
	SFT_TIME = 0x0d,	/* w */
	SFT_DATE = 0x0f,	/* w */
	SFT_FILE_SIZE = 0x11,	/* d */
	SFT_POS = 0x15,		/* d */
	SFT_REL_CLUSTER = 0x19,	/* w */
	SFT_DRIVE_FILE = 0x1b,	/* d: DOS: sector of the directory entry.  Ours:
				 * the drive_file of a file on one of our drives */
	SFT_HOME = 0x1f,	/* b: DOS: entry in that sector.  Ours: which drive it
				 * is, 0 = A, or SFT_HOME_STDIO */
	SFT_NAME = 0x20,	/* 11 bytes, as in an FCB */
	SFT_SHARE_PREV = 0x2b,	/* d */
	SFT_MACHINE = 0x2f,	/* w */
	SFT_OWNER = 0x31,	/* w: PSP */
	SFT_SHARE_REC = 0x33,	/* w */
	SFT_ABS_CLUSTER = 0x35,	/* w */
	SFT_IFS = 0x37,		/* d */
};

/* SFT_INFO; for devices the low byte is what 4400h answers in DL.  */
enum sft_info {
	INFO_STDIN = 0x01, INFO_STDOUT = 0x02, INFO_NUL = 0x04,
	INFO_CLOCK = 0x08, INFO_SPECIAL = 0x10, INFO_RAW = 0x20,
	INFO_NOT_EOF = 0x40,	/* device: not at its end; file: not written to */
	INFO_DEVICE = 0x80,
	INFO_DRIVE_MASK = 0x3f,
	INFO_NO_INHERIT = 0x1000, INFO_SPOOL = 0x800,
	INFO_KEEP_DATE = 0x4000, INFO_NETWORK = 0x8000,
};

#define SFT_MODE_FCB	0x8000u
#define SFT_HOME_STDIO	0xfe	/* the host's streams */

/* --- Current directory structure ---------------------------------------------- */

enum cds {
	CDS_PATH = 0x00,	/* 67 bytes: "D:\\DIR", ASCIZ */
	CDS_FLAGS = 0x43,	/* w: enum cds_flag */
	CDS_DPB = 0x45,		/* d */
	CDS_CLUSTER = 0x49,	/* w: FFFFh never looked at; network: */
	CDS_REDIRECTOR = 0x49,	/* d */
	CDS_USER = 0x4d,	/* w: user data of 5F03h */
	CDS_ROOT = 0x4f,	/* w: offset in CDS_PATH of the root's backslash */
	CDS_TYPE = 0x51,	/* b */
	CDS_IFS = 0x52,		/* d */
	CDS_IFS_DATA = 0x56,	/* w */
	CDS_SIZE = 0x58,
	CDS_PATH_SIZE = 0x43,
};

enum cds_flag {
	CDS_SUBST = 0x1000, CDS_JOIN = 0x2000, CDS_PHYSICAL = 0x4000,
	CDS_NETWORK = 0x8000, CDS_HIDDEN = 0x0080,
};

/* --- Drive parameter block ------------------------------------------------------ */

enum dpb {
	DPB_DRIVE = 0x00,	/* b */
	DPB_UNIT = 0x01,	/* b */
	DPB_SECTOR = 0x02,	/* w: bytes */
	DPB_CLUSTER_MASK = 0x04,	/* b: sectors in a cluster - 1 */
	DPB_CLUSTER_SHIFT = 0x05,	/* b */
	DPB_RESERVED = 0x06,	/* w: sectors */
	DPB_FATS = 0x08,	/* b */
	DPB_ROOT_ENTRIES = 0x09,	/* w */
	DPB_FIRST_DATA = 0x0b,	/* w */
	DPB_MAX_CLUSTER = 0x0d,	/* w: the last one's number */
	DPB_FAT_SECTORS = 0x0f,	/* w */
	DPB_ROOT_SECTOR = 0x11,	/* w */
	DPB_DRIVER = 0x13,	/* d */
	DPB_MEDIA = 0x17,	/* b */
	DPB_UNUSED_YET = 0x18,	/* b: FFh until the disk has been looked at */
	DPB_NEXT = 0x19,	/* d: offset FFFFh: the last */
	DPB_SEARCH_FROM = 0x1d,	/* w */
	DPB_FREE = 0x1f,	/* w: FFFFh not known */
	DPB_SIZE = 0x21,
};

/* --- Sector buffers --------------------------------------------------------------- */

enum buffer_info {
	BUFINFO_FIRST = 0x00,	/* d: least recently used buffer */
	BUFINFO_DIRTY = 0x04,	/* w */
	BUFINFO_LOOKAHEAD = 0x06,	/* d */
	BUFINFO_LOOKAHEAD_SECTORS = 0x0a,	/* w */
	BUFINFO_WHERE = 0x0c,	/* b: 0 in conventional memory, 1 HMA */
	BUFINFO_SIZE = 0x20,
};

enum buffer {
	BUF_NEXT = 0x00,	/* w: offset of the next in the ring */
	BUF_PREV = 0x02,	/* w */
	BUF_DRIVE = 0x04,	/* b: FFh empty */
	BUF_FLAGS = 0x05,	/* b */
	BUF_SECTOR = 0x06,	/* d */
	BUF_FAT_COPIES = 0x0a,	/* b */
	BUF_FAT_STEP = 0x0b,	/* w */
	BUF_DPB = 0x0d,		/* d */
	BUF_DATA = 0x14,
};

/* --- Device drivers ----------------------------------------------------------------- */

enum devhdr {
	DEV_NEXT = 0x00,	/* d: offset FFFFh: the last */
	DEV_ATTR = 0x04,	/* w: enum dev_attr */
	DEV_STRATEGY = 0x06,	/* w */
	DEV_INTERRUPT = 0x08,	/* w */
	DEV_NAME = 0x0a,	/* 8 bytes, blank-padded; block device: */
	DEV_UNITS = 0x0a,	/* b */
	DEV_HEADER_SIZE = 0x12,
};

enum dev_attr {
	DEV_IS_STDIN = 0x0001, DEV_IS_STDOUT = 0x0002, DEV_IS_NUL = 0x0004,
	DEV_IS_CLOCK = 0x0008, DEV_SPECIAL = 0x0010,	/* answers INT 29h */
	DEV_GENERIC_IOCTL = 0x0040, DEV_IOCTL_QUERY = 0x0080,
	DEV_OPEN_CLOSE = 0x0800, DEV_UNTIL_BUSY = 0x2000,
	DEV_IOCTL = 0x4000, DEV_CHARACTER = 0x8000,
	/* Block devices.  */
	DEV_32BIT = 0x0002, DEV_NON_IBM = 0x2000,
};

/* The built-in drivers, in the order of the chain after NUL.  */
enum dev_slot {
	DEV_CON, DEV_AUX, DEV_PRN, DEV_CLOCK, DEV_DISK, DEV_COM1, DEV_LPT1,
	DEV_LPT2, DEV_LPT3, DEV_COM2, DEV_COM3, DEV_COM4, DEV_SLOTS
};

/* In DRIVER_SEG: the headers, then for each strategy and interrupt a JMP FAR
 * to its gate.  */
#define DRIVER_JUMPS	(DEV_SLOTS * DEV_HEADER_SIZE)

static inline struct far dev_builtin(enum dev_slot slot)
{
	return (struct far){ slot * DEV_HEADER_SIZE, DRIVER_SEG };
}

enum request {
	REQ_LENGTH = 0x00,	/* b */
	REQ_UNIT = 0x01,	/* b */
	REQ_COMMAND = 0x02,	/* b: enum dev_command */
	REQ_STATUS = 0x03,	/* w: enum dev_status */
	/* INIT */
	REQ_INIT_UNITS = 0x0d,	/* b */
	REQ_INIT_END = 0x0e,	/* d: in, end of memory; out, past the driver */
	REQ_INIT_ARGS = 0x12,	/* d: in, text after DEVICE=; out, BPB array */
	REQ_INIT_DRIVE = 0x16,	/* b: number of the first unit's drive */
	REQ_INIT_ERROR = 0x17,	/* w: nonzero: say "Error in CONFIG.SYS" */
	/* READ, WRITE, IOCTL READ and WRITE */
	REQ_MEDIA = 0x0d,	/* b */
	REQ_BUFFER = 0x0e,	/* d */
	REQ_COUNT = 0x12,	/* w */
	REQ_SECTOR = 0x14,	/* w */
	REQ_VOLUME = 0x16,	/* d */
	REQ_SECTOR32 = 0x1a,	/* d, if REQ_SECTOR is FFFFh */
	REQ_CHAR = 0x0d,	/* b: non-destructive read's result */
	/* MEDIA CHECK, BUILD BPB */
	REQ_CHANGED = 0x0e,	/* b: FFh changed, 0 unknown, 1 not changed */
	REQ_BPB = 0x12,		/* d */
	/* GENERIC IOCTL, IOCTL QUERY */
	REQ_CATEGORY = 0x0d,	/* b */
	REQ_MINOR = 0x0e,	/* b */
	REQ_SI = 0x0f, REQ_DI = 0x11,	/* w */
	REQ_PACKET = 0x13,	/* d */
};

enum dev_command {
	CMD_INIT, CMD_MEDIA_CHECK, CMD_BUILD_BPB, CMD_IOCTL_READ, CMD_READ,
	CMD_PEEK, CMD_IN_STATUS, CMD_IN_FLUSH, CMD_WRITE, CMD_WRITE_VERIFY,
	CMD_OUT_STATUS, CMD_OUT_FLUSH, CMD_IOCTL_WRITE, CMD_OPEN, CMD_CLOSE,
	CMD_REMOVABLE, CMD_UNTIL_BUSY, CMD_GENERIC_IOCTL = 0x13,
	CMD_GET_LOGICAL = 0x17, CMD_SET_LOGICAL = 0x18, CMD_IOCTL_QUERY = 0x19,
};

enum dev_status {
	STATUS_ERROR = 0x8000, STATUS_BUSY = 0x0200, STATUS_DONE = 0x0100,
	STATUS_CODE = 0x00ff,	/* + 19 is the DOS error */
};

/* --- File control block ------------------------------------------------------------- */

enum fcb {
	FCB_DRIVE = 0x00,	/* b: 0 default, 1 = A; FFh: extended */
	FCB_NAME = 0x01,	/* 8 + 3 bytes */
	FCB_BLOCK = 0x0c,	/* w */
	FCB_RECORD_SIZE = 0x0e,	/* w */
	FCB_FILE_SIZE = 0x10,	/* d */
	FCB_DATE = 0x14,	/* w */
	FCB_TIME = 0x16,	/* w */
	FCB_SFN = 0x18,		/* b: the rest of the 8 reserved bytes is fcb.c's */
	FCB_RESERVED = 0x19,	/* 7 bytes */
	FCB_RECORD = 0x20,	/* b: in the block */
	FCB_RANDOM = 0x21,	/* d; only 3 bytes count if records have 64 bytes or more */
	FCB_SIZE = 0x25,
	FCB_EXTENDED_ATTR = 6,	/* b, in the prefix */
	FCB_EXTENDED_PREFIX = 7,
};

/* --- Search area at the DTA (4Eh, 4Fh) -------------------------------------------------- */

enum find {
	FIND_DRIVE = 0x00,	/* b: 1 = A; bit 7: a redirector's */
	FIND_TEMPLATE = 0x01,	/* 11 bytes */
	FIND_ATTR = 0x0c,	/* b: searched for */
	FIND_ENTRY = 0x0d,	/* w: number of the next entry in the listing */
	FIND_LISTING = 0x0f,	/* w: DOS: cluster of the directory.  Ours: the listing */
	FIND_RESERVED = 0x11,	/* 4 bytes */
	FIND_FOUND_ATTR = 0x15,	/* b */
	FIND_TIME = 0x16,	/* w */
	FIND_DATE = 0x18,	/* w */
	FIND_SIZE = 0x1a,	/* d */
	FIND_NAME = 0x1e,	/* 13 bytes, ASCIZ */
	FIND_AREA_SIZE = 0x2b,
};

/* --- EXEC parameter blocks --------------------------------------------------------------- */

enum exec_block {
	EXEC_ENV = 0x00,	/* w: 0 the parent's */
	EXEC_TAIL = 0x02,	/* d */
	EXEC_FCB1 = 0x06,	/* d */
	EXEC_FCB2 = 0x0a,	/* d */
	EXEC_SP = 0x0e,		/* d: 4B01h answers SS:SP */
	EXEC_IP = 0x12,		/* d: and CS:IP */
	/* 4B03h */
	EXEC_OVERLAY_SEG = 0x00, EXEC_OVERLAY_FACTOR = 0x02,	/* w */
	/* 4B05h */
	EXEC5_FLAGS = 0x02,	/* w: bit 0 EXE, bit 1 overlay */
	EXEC5_NAME = 0x04,	/* d: ASCIZ */
	EXEC5_PSP = 0x08,	/* w */
	EXEC5_ENTRY = 0x0a,	/* d: CS:IP */
	EXEC5_SIZE = 0x0e,	/* d: with PSP */
};

/* --- Country information (38h) -------------------------------------------------------------- */

enum country {
	COUNTRY_DATE_FORMAT = 0x00,	/* w: 0 MDY, 1 DMY, 2 YMD */
	COUNTRY_CURRENCY = 0x02,	/* 5 bytes, ASCIZ */
	COUNTRY_THOUSANDS = 0x07,	/* 2, ASCIZ */
	COUNTRY_DECIMAL = 0x09,	/* 2 */
	COUNTRY_DATE_SEP = 0x0b,	/* 2 */
	COUNTRY_TIME_SEP = 0x0d,	/* 2 */
	COUNTRY_CURRENCY_FORMAT = 0x0f,	/* b */
	COUNTRY_CURRENCY_DIGITS = 0x10,	/* b */
	COUNTRY_TIME_FORMAT = 0x11,	/* b: bit 0: 24 hours */
	COUNTRY_CASEMAP = 0x12,	/* d */
	COUNTRY_LIST_SEP = 0x16,	/* 2 */
	COUNTRY_SIZE = 0x22,
};

/* --- Server call's register block (5D00h, DOS parameter list) --------------------------------- */

enum dpl {
	DPL_AX = 0x00, DPL_BX = 0x02, DPL_CX = 0x04, DPL_DX = 0x06,
	DPL_SI = 0x08, DPL_DI = 0x0a, DPL_DS = 0x0c, DPL_ES = 0x0e,
	DPL_MACHINE = 0x12, DPL_PSP = 0x14,
};

/* --- Accessors ----------------------------------------------------------------------------------- */

static inline uint8_t sda_r8(const struct dos *d, enum sda o) { return dos_r8(d, DOS_SEG, AT_SDA + o); }
static inline uint16_t sda_r16(const struct dos *d, enum sda o) { return dos_r16(d, DOS_SEG, AT_SDA + o); }
static inline struct far sda_rfar(const struct dos *d, enum sda o) { return guest_rfar(d->guest, DOS_SEG, AT_SDA + o); }
static inline void sda_w8(struct dos *d, enum sda o, uint8_t v) { dos_w8(d, DOS_SEG, AT_SDA + o, v); }
static inline void sda_w16(struct dos *d, enum sda o, uint16_t v) { dos_w16(d, DOS_SEG, AT_SDA + o, v); }
static inline void sda_wfar(struct dos *d, enum sda o, struct far v) { guest_wfar(d->guest, DOS_SEG, AT_SDA + o, v); }

static inline uint8_t lol_r8(const struct dos *d, enum lol o) { return dos_r8(d, DOS_SEG, AT_LOL + o); }
static inline uint16_t lol_r16(const struct dos *d, enum lol o) { return dos_r16(d, DOS_SEG, AT_LOL + o); }
static inline struct far lol_rfar(const struct dos *d, enum lol o) { return guest_rfar(d->guest, DOS_SEG, AT_LOL + o); }
static inline void lol_w8(struct dos *d, enum lol o, uint8_t v) { dos_w8(d, DOS_SEG, AT_LOL + o, v); }
static inline void lol_w16(struct dos *d, enum lol o, uint16_t v) { dos_w16(d, DOS_SEG, AT_LOL + o, v); }
static inline void lol_wfar(struct dos *d, enum lol o, struct far v) { guest_wfar(d->guest, DOS_SEG, AT_LOL + o, v); }

/* The CDS of a drive (0 = A); 0:0 past LASTDRIVE.  */
static inline struct far dos_cds(const struct dos *d, uint8_t drive)
{
	struct far cds = lol_rfar(d, LOL_CDS);

	if (drive >= lol_r8(d, LOL_LASTDRIVE))
		return (struct far){ 0, 0 };
	cds.off += drive * CDS_SIZE;
	return cds;
}

static inline struct far dos_dpb(uint8_t drive)
{
	return (struct far){ AT_DPB + drive * DPB_SIZE, DOS_SEG };
}

static inline struct far dos_rvector(const struct dos *d, uint8_t n) { return guest_rfar(d->guest, 0, n * 4u); }
static inline void dos_wvector(struct dos *d, uint8_t n, struct far v) { guest_wfar(d->guest, 0, n * 4u, v); }

static inline bool far_is(struct far a, struct far b) { return a.seg == b.seg && a.off == b.off; }
static inline bool far_null(struct far p) { return !p.seg && !p.off; }

#endif
