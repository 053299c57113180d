/* kernel.c - the kernel's tables in guest memory, as they are after a boot:
 * list of lists, swappable data area, memory chain, file tables, current
 * directories, drive parameters, device chain, interrupt vectors.  */

#include <string.h>

#include "dos/boot.h"
#include "dos/layout.h"
#include "dos/memory.h"
#include "dos/nls.h"
#include "dos/process.h"
#include "xmem/xms.h"

#define BDA_MEMORY_KB	0x413	/* linear: conventional memory, set by the BIOS */
#define FIRST_MCB	(DOS_SEG + AT_END / 16)
#define END_OF_LIST	((struct far){ 0xffff, 0xffff })
#define DISKETTE_TABLE	((struct far){ 0x22, 0x50 })
#define DISKETTE_TABLE_SIZE	11

/* --- Memory --------------------------------------------------------------- */

static void put_block(struct dos *dos, uint16_t mcb, char type, uint16_t owner, uint16_t end)
{
	dos_w8(dos, mcb, MCB_TYPE, type);
	dos_w16(dos, mcb, MCB_OWNER, owner);
	dos_w16(dos, mcb, MCB_PARAS, end - mcb - 1);
}

/* DOS=UMB: all upper memory becomes a chain of DOS's own.  It begins with a block
 * that covers all from the end of conventional memory on, video memory and the
 * card's ROM, and whose place is taken from there.  Answers that place, or `top'.  */
static uint16_t build_upper(struct dos *dos, uint16_t top)
{
	uint16_t head = top - 1, seg, size = 0;

	if (!dos->boot.umb || !dos->xms ||
	    umb_alloc(&dos->xms->umb, 0xffff, &seg, &size) != XMS_SMALLER_UMB ||
	    umb_alloc(&dos->xms->umb, size, &seg, &size) != XMS_OK)
		return top;
	put_block(dos, head, 'M', MCB_OWNER_DOS, seg);
	dos_name_block(dos, head, "SC");
	put_block(dos, seg, 'Z', MCB_OWNER_FREE, seg + size);
	dos_w16(dos, DOS_SEG, AT_UMB_HEAD, head);
	return head;
}

static void build_memory(struct dos *dos)
{
	uint16_t top = dos_r16(dos, 0, BDA_MEMORY_KB) * 64;
	uint16_t lowest = dos->config.lowest, mcb = FIRST_MCB;

	dos_w16(dos, DOS_SEG, AT_UMB_HEAD, 0xffff);
	if (lowest > mcb + 1 && lowest < top) {		/* what is below is DOS's */
		put_block(dos, mcb, 'M', MCB_OWNER_DOS, lowest);
		mcb = lowest;
	}
	put_block(dos, mcb, 'Z', MCB_OWNER_FREE, build_upper(dos, top));
	lol_w16(dos, LOL_FIRST_MCB, FIRST_MCB);
	sda_w16(dos, SDA_END_MEMORY, top);
	dos_w16(dos, DOS_SEG, AT_SCAN_FROM, FIRST_MCB);
}

enum dos_error boot_system_block(struct dos *dos, char use, const char *name,
				 uint16_t paras, uint16_t *seg)
{
	uint16_t block;
	enum dos_error error = dos_alloc(dos, MCB_OWNER_DOS, paras + 1, &block, NULL);

	if (error)
		return error;
	*seg = block + 1;
	dos_name_block(dos, block, "SD");
	dos_w8(dos, block, MCB_TYPE, use);
	dos_w16(dos, block, MCB_OWNER, *seg);
	dos_w16(dos, block, MCB_PARAS, paras);
	dos_name_block(dos, *seg, name);
	return DOS_OK;
}

/* Zeroed memory for a table of `size' bytes.  A machine too small for its
 * tables has no use for them: they end up empty.  */
static struct far table(struct dos *dos, char use, uint16_t size)
{
	uint16_t seg;

	if (boot_system_block(dos, use, "", (size + 15) / 16, &seg))
		return END_OF_LIST;
	for (uint16_t i = 0; i < size; i++)
		dos_w8(dos, seg, i, 0);
	return (struct far){ 0, seg };
}

/* --- Devices -------------------------------------------------------------- */

static const struct builtin {
	char name[9];
	uint16_t attr;
	uint8_t gate;
} builtins[DEV_SLOTS] = {
	[DEV_CON] = { "CON     ", DEV_CHARACTER | DEV_SPECIAL | DEV_IS_STDIN | DEV_IS_STDOUT,
		GATE_DEV_CON },
	[DEV_AUX] = { "AUX     ", DEV_CHARACTER, GATE_DEV_AUX },
	[DEV_PRN] = { "PRN     ", 0xa0c0, GATE_DEV_PRN },
	[DEV_CLOCK] = { "CLOCK$  ", DEV_CHARACTER | DEV_IS_CLOCK, GATE_DEV_CLOCK },
	[DEV_DISK] = { "\0\0\0\0\0\0\0", 0x08c2, GATE_DEV_DISK },
	[DEV_COM1] = { "COM1    ", DEV_CHARACTER, GATE_DEV_AUX },
	[DEV_LPT1] = { "LPT1    ", 0xa0c0, GATE_DEV_PRN },
	[DEV_LPT2] = { "LPT2    ", 0xa0c0, GATE_DEV_LPT2 },
	[DEV_LPT3] = { "LPT3    ", 0xa0c0, GATE_DEV_LPT3 },
	[DEV_COM2] = { "COM2    ", DEV_CHARACTER, GATE_DEV_COM2 },
	[DEV_COM3] = { "COM3    ", DEV_CHARACTER, GATE_DEV_COM3 },
	[DEV_COM4] = { "COM4    ", DEV_CHARACTER, GATE_DEV_COM4 },
};

static void write_jump(struct dos *dos, uint16_t seg, uint16_t off, uint8_t gate)
{
	dos_w8(dos, seg, off, 0xea);
	guest_wfar(dos->guest, seg, off + 1, guest_gate_far(gate));
}

static void write_header(struct dos *dos, struct far at, struct far next, uint16_t attr,
			 uint16_t strategy, uint16_t interrupt, const char name[8])
{
	guest_wfar(dos->guest, at.seg, at.off + DEV_NEXT, next);
	dos_w16(dos, at.seg, at.off + DEV_ATTR, attr);
	dos_w16(dos, at.seg, at.off + DEV_STRATEGY, strategy);
	dos_w16(dos, at.seg, at.off + DEV_INTERRUPT, interrupt);
	guest_copy_out(dos->guest, at.seg, at.off + DEV_NAME, name, 8);
}

static void build_devices(struct dos *dos)
{
	struct far nul = { AT_NUL, DOS_SEG };

	write_jump(dos, DRIVER_SEG, DRIVER_JUMPS, GATE_DEV_STRATEGY);
	for (unsigned i = 0; i < DEV_SLOTS; i++) {
		struct far next = i + 1 < DEV_SLOTS ? dev_builtin(i + 1) : END_OF_LIST;
		uint16_t jump = DRIVER_JUMPS + 5 * (i + 1);

		write_jump(dos, DRIVER_SEG, jump, builtins[i].gate);
		write_header(dos, dev_builtin(i), next, builtins[i].attr, DRIVER_JUMPS,
			     jump, builtins[i].name);
	}
	write_jump(dos, DOS_SEG, CODE_NUL_STRATEGY, GATE_DEV_STRATEGY);
	write_jump(dos, DOS_SEG, CODE_NUL_INTERRUPT, GATE_DEV_NUL);
	write_header(dos, nul, dev_builtin(0), DEV_CHARACTER | DEV_IS_NUL,
		     CODE_NUL_STRATEGY, CODE_NUL_INTERRUPT, "NUL     ");
	lol_wfar(dos, LOL_CLOCK, dev_builtin(DEV_CLOCK));
	lol_wfar(dos, LOL_CON, dev_builtin(DEV_CON));
}

/* --- Vectors and bits of code ----------------------------------------------- */

/* MS-DOS keeps INT 1Eh's table of diskettes in its own memory, where FORMAT can change
 * it (RBIL, memory 0050h:0022h).  */
static void build_diskette_table(struct dos *dos)
{
	struct far from = dos_rvector(dos, 0x1e);
	uint8_t table[DISKETTE_TABLE_SIZE];

	guest_copy_in(dos->guest, table, from.seg, from.off, sizeof table);
	guest_copy_out(dos->guest, DISKETTE_TABLE.seg, DISKETTE_TABLE.off, table, sizeof table);
	dos_wvector(dos, 0x1e, DISKETTE_TABLE);
}

static void build_vectors(struct dos *dos)
{
	static const uint8_t served[] = {
		0x00, 0x1b, 0x20, 0x21, 0x22, 0x23, 0x24, 0x25, 0x26, 0x27, 0x28, 0x29, 0x2f,
	};
	static const uint8_t empty[] = { 0x2a, 0x2b, 0x2c, 0x2d, 0x2e };

	for (unsigned i = 0; i < sizeof served; i++)
		dos_wvector(dos, served[i], guest_gate_far(served[i]));
	for (unsigned i = 0; i < sizeof empty; i++)
		dos_wvector(dos, empty[i], guest_gate_far(GATE_IRET));
	for (unsigned n = 0x32; n < 0x40; n++)
		if (n != 0x33)		/* the mouse driver's, in our BIOS */
			dos_wvector(dos, n, guest_gate_far(GATE_IRET));
	build_diskette_table(dos);
	write_jump(dos, 0, 0x30 * 4, GATE_DOS_CPM);
	dos_w8(dos, DOS_SEG, CODE_RETF, 0xcb);
	dos_w8(dos, DOS_SEG, CODE_IRET, 0xcf);
	dos_w16(dos, DOS_SEG, CODE_INT21_RETF, 0x21cd);
	dos_w8(dos, DOS_SEG, CODE_INT21_RETF + 2, 0xcb);
	write_jump(dos, DOS_SEG, CODE_CASEMAP, GATE_DOS_CASEMAP);
	/* Who hooks it writes a far jump over the first five bytes.  */
	guest_copy_out(dos->guest, DOS_SEG, CODE_XMS, "\xeb\x03\x90\x90\x90", 5);
	write_jump(dos, DOS_SEG, CODE_XMS + 5, GATE_XMS);
}

/* --- Files ------------------------------------------------------------------- */

static void sft_block(struct dos *dos, struct far at, struct far next, uint16_t count)
{
	guest_wfar(dos->guest, at.seg, at.off + SFTB_NEXT, next);
	dos_w16(dos, at.seg, at.off + SFTB_COUNT, count);
}

static void build_files(struct dos *dos)
{
	struct far first = { AT_SFT, DOS_SEG }, rest = END_OF_LIST, fcbs;
	uint8_t more = dos->boot.files > SFT_FIRST_COUNT ? dos->boot.files - SFT_FIRST_COUNT : 0;

	if (more)
		rest = table(dos, SUB_FILES, SFTB_ENTRIES + more * SFT_SIZE);
	sft_block(dos, first, rest, SFT_FIRST_COUNT);
	if (rest.off != 0xffff)
		sft_block(dos, rest, END_OF_LIST, more);
	lol_wfar(dos, LOL_SFT, first);
	fcbs = table(dos, SUB_FCBS, SFTB_ENTRIES + dos->boot.fcbs * SFT_SIZE);
	lol_wfar(dos, LOL_FCB_SFT, fcbs);
	if (fcbs.off != 0xffff)
		sft_block(dos, fcbs, END_OF_LIST, dos->boot.fcbs);
}

static void build_buffers(struct dos *dos)
{
	struct far info = { AT_BUFFER_INFO, DOS_SEG }, buffer = { AT_BUFFER, DOS_SEG };

	guest_wfar(dos->guest, DOS_SEG, AT_BUFFER_INFO + BUFINFO_FIRST, buffer);
	dos_w16(dos, DOS_SEG, AT_BUFFER + BUF_NEXT, AT_BUFFER);
	dos_w16(dos, DOS_SEG, AT_BUFFER + BUF_PREV, AT_BUFFER);
	dos_w8(dos, DOS_SEG, AT_BUFFER + BUF_DRIVE, 0xff);
	lol_wfar(dos, LOL_BUFFERS, info);
	lol_wfar(dos, LOL_LAST_BUFFER, END_OF_LIST);
	lol_w16(dos, LOL_BUFFERS_X, dos->boot.buffers);
	lol_w16(dos, LOL_MAX_SECTOR, 512);
}

/* --- Drives ------------------------------------------------------------------- */

static void build_cds(struct dos *dos)
{
	uint8_t count = dos->boot.lastdrive;

	lol_wfar(dos, LOL_CDS, table(dos, SUB_CDS, count * CDS_SIZE));
	lol_w8(dos, LOL_LASTDRIVE, count);
	for (uint8_t i = 0; i < count; i++) {
		struct far cds = dos_cds(dos, i);
		char root[] = { 'A' + i, ':', '\\' };

		guest_copy_out(dos->guest, cds.seg, cds.off + CDS_PATH, root, sizeof root);
		dos_w16(dos, cds.seg, cds.off + CDS_ROOT, 2);
	}
}

/* The fields that do not depend on what is in the drive.  */
static void write_dpb(struct dos *dos, uint8_t drive, uint8_t unit, struct far next)
{
	struct far dpb = dos_dpb(drive);

	dos_w8(dos, dpb.seg, dpb.off + DPB_DRIVE, drive);
	dos_w8(dos, dpb.seg, dpb.off + DPB_UNIT, unit);
	dos_w16(dos, dpb.seg, dpb.off + DPB_SECTOR, 512);
	guest_wfar(dos->guest, dpb.seg, dpb.off + DPB_DRIVER, dev_builtin(DEV_DISK));
	guest_wfar(dos->guest, dpb.seg, dpb.off + DPB_NEXT, next);
	dos_w8(dos, dpb.seg, dpb.off + DPB_UNUSED_YET, 0xff);
	dos_w16(dos, dpb.seg, dpb.off + DPB_FREE, 0xffff);
}

/* A letter that SUBST, JOIN or a redirector has taken stays theirs.  */
static void show_drive(struct dos *dos, uint8_t drive, bool mounted)
{
	struct far cds = dos_cds(dos, drive);
	uint16_t flags;

	if (far_null(cds))
		return;
	flags = dos_r16(dos, cds.seg, cds.off + CDS_FLAGS);
	if (flags & (CDS_SUBST | CDS_NETWORK))
		return;
	flags = mounted ? flags | CDS_PHYSICAL : 0;
	dos_w16(dos, cds.seg, cds.off + CDS_FLAGS, flags);
	guest_wfar(dos->guest, cds.seg, cds.off + CDS_DPB,
		   mounted ? dos_dpb(drive) : (struct far){ 0, 0 });
}

void dos_drives_changed(struct dos *dos)
{
	struct far next = END_OF_LIST;
	uint8_t units = 0;

	if (dos->boot.phase <= BOOT_BUILD)
		return;
	for (uint8_t i = 0; i < DRIVE_LETTERS; i++)
		units += dos->drive[i].ops != NULL;
	lol_w8(dos, LOL_BLOCK_DEVICES, units);
	dos_w8(dos, DRIVER_SEG, dev_builtin(DEV_DISK).off + DEV_UNITS, units);
	for (int i = DRIVE_LETTERS - 1; i >= 0; i--) {
		bool mounted = dos->drive[i].ops != NULL;

		show_drive(dos, i, mounted);
		if (!mounted)
			continue;
		write_dpb(dos, i, --units, next);
		next = dos_dpb(i);
	}
	lol_wfar(dos, LOL_DPB, next);
}

static void build_current(struct dos *dos)
{
	const struct dos_config *c = &dos->config;
	uint8_t drive = c->current_drive - 'A';
	struct far cds = dos_cds(dos, drive);
	size_t n = strlen(c->current_dir);

	lol_w8(dos, LOL_BOOT_DRIVE, c->boot_drive - 'A' + 1);
	if (far_null(cds) || !dos->drive[drive].ops)
		return;
	sda_w8(dos, SDA_DRIVE, drive);
	if (n > 1 && n < CDS_PATH_SIZE - 2u)
		guest_copy_out(dos->guest, cds.seg, cds.off + CDS_PATH + 2, c->current_dir, n + 1);
}

/* --- The rest ------------------------------------------------------------------- */

/* The table that SETVER.EXE would keep: length, name, major, minor ... 0.  */
static void build_versions(struct dos *dos)
{
	uint16_t at = AT_SETVER;

	for (size_t i = 0; i < dos->config.setver_count; i++) {
		const struct dos_setver *v = &dos->config.setver[i];
		uint8_t n = strnlen(v->name, sizeof v->name - 1);

		if (!n || at + n + 4 > AT_SETVER + SETVER_SIZE)
			continue;
		dos_w8(dos, DOS_SEG, at, n);
		guest_copy_out(dos->guest, DOS_SEG, at + 1, v->name, n);
		dos_w8(dos, DOS_SEG, at + n + 1, v->major);
		dos_w8(dos, DOS_SEG, at + n + 2, v->minor);
		at += n + 3;
	}
	if (at > AT_SETVER)
		lol_wfar(dos, LOL_SETVER, (struct far){ AT_SETVER, DOS_SEG });
}

static void build_lists(struct dos *dos)
{
	lol_wfar(dos, LOL_OEM_HANDLER, END_OF_LIST);
	lol_w16(dos, LOL_SHARE_RETRIES, 3);
	lol_w16(dos, LOL_SHARE_DELAY, 1);
	lol_w8(dos, LOL_386, 1);
	dos_w8(dos, DOS_SEG, AT_SWITCHAR, '/');
	dos_w8(dos, DOS_SEG, AT_SHARING, 1);
	for (unsigned i = 0; i < 15; i++)
		dos_w8(dos, DOS_SEG, AT_MACHINE_NAME + i, ' ');
	sda_w8(dos, SDA_CRIT_DRIVE, 0xff);
	sda_w8(dos, SDA_BREAK, dos->boot.break_on);
	sda_w16(dos, SDA_SFN, 0xffff);
	sda_w8(dos, SDA_OEM, 0xff);
}

/* The process that starts the first program.  Its registers of "the last
 * call" lead nowhere but to INT 22h's gate.  */
static void build_boot_process(struct dos *dos)
{
	struct far stack = { AT_BOOT_STACK - USER_FLAGS - 2, DOS_SEG };

	dos_set_psp(dos, BOOT_PSP);
	process_init_psp(dos, BOOT_PSP, BOOT_PSP + PSP_SIZE / 16);
	for (unsigned i = 0; i < PSP_HANDLES; i++)
		dos_w8(dos, BOOT_PSP, PSP_JFT + i, 0xff);
	dos_w16(dos, BOOT_PSP, PSP_JFT_SIZE, PSP_HANDLES);
	guest_wfar(dos->guest, BOOT_PSP, PSP_JFT_PTR, (struct far){ PSP_JFT, BOOT_PSP });
	dos_w16(dos, BOOT_PSP, PSP_PARENT, BOOT_PSP);
	guest_wfar(dos->guest, BOOT_PSP, PSP_STACK, stack);
	process_set_version(dos, BOOT_PSP, "");
	sda_wfar(dos, SDA_DTA, (struct far){ PSP_TAIL, BOOT_PSP });
	dos_std_handles(dos, BOOT_PSP);
}

void kernel_build(struct dos *dos)
{
	for (uint16_t i = 0; i < AT_END; i++)
		dos_w8(dos, DOS_SEG, i, 0);
	for (uint16_t i = 0; i < (DOS_SEG - DRIVER_SEG) * 16; i++)
		dos_w8(dos, DRIVER_SEG, i, 0);
	build_lists(dos);
	build_versions(dos);
	build_memory(dos);
	build_devices(dos);
	build_vectors(dos);
	build_files(dos);
	build_buffers(dos);
	build_cds(dos);
	dos_drives_changed(dos);
	build_current(dos);
	nls_write_tables(dos);
	build_boot_process(dos);
}
