/* int13.c - INT 13h, disks by sector.
 *
 * The machine has no disk with sectors yet: its drives are folders of the
 * host.  So every function answers what a BIOS answers for a drive that is
 * not there.  */

#include "bios/parts.h"

enum { DISK_OK = 0x00, DISK_BAD_COMMAND = 0x01, DISK_TIMEOUT = 0x80 };

static bool is_hard_disk(struct guest *g)
{
	return reg_dl(g) >= 0x80;
}

static enum svc answer(struct bios *b, struct guest *g, uint8_t status)
{
	set_bda8(b, is_hard_disk(g) ? BDA_DISK_STATUS : BDA_FLOPPY_STATUS, status);
	set_ah(g, status);
	guest_set_flag(g, CPU_CF, status != DISK_OK);
	return SVC_DONE;
}

static enum svc not_there(void *room, struct guest *g)
{
	return answer(room, g, is_hard_disk(g) ? DISK_BAD_COMMAND : DISK_TIMEOUT);
}

/* No sector was moved.  */
static enum svc move_sectors(void *room, struct guest *g)
{
	set_al(g, 0);
	return not_there(room, g);
}

static enum svc last_status(void *room, struct guest *g)
{
	struct bios *b = room;
	uint8_t status = bda8(b, is_hard_disk(g) ? BDA_DISK_STATUS : BDA_FLOPPY_STATUS);

	set_ah(g, status);
	guest_set_flag(g, CPU_CF, status != DISK_OK);
	return SVC_DONE;
}

/* Diskettes: "registers 0 and DL the number of drives" for one not there.  */
static enum svc parameters(void *room, struct guest *g)
{
	struct bios *b = room;

	if (is_hard_disk(g)) {
		set_dl(g, bda8(b, BDA_DISKS));
		return answer(b, g, DISK_BAD_COMMAND);
	}
	cpu_set16(g->cpu, CPU_BX, 0);
	cpu_set16(g->cpu, CPU_CX, 0);
	cpu_set16(g->cpu, CPU_DX, 0);
	cpu_set16(g->cpu, CPU_DI, 0);
	cpu_load_real(g->cpu, CPU_ES, 0);
	set_al(g, 0);
	return answer(b, g, DISK_OK);
}

/* AH 0: there is no such drive, and that is no error.  */
static enum svc drive_type(void *room, struct guest *g)
{
	(void)room;
	cpu_set16(g->cpu, CPU_AX, 0);
	guest_set_flag(g, CPU_CF, false);
	return SVC_DONE;
}

const struct svc_entry bios_int13_table[BIOS_INT13_FUNCTIONS] = {
	[0x00] = { "reset disk", not_there },
	[0x01] = { "last status", last_status },
	[0x02] = { "read sectors", move_sectors },
	[0x03] = { "write sectors", move_sectors },
	[0x04] = { "verify sectors", move_sectors },
	[0x05] = { "format track", not_there },
	[0x08] = { "drive parameters", parameters },
	[0x0c] = { "seek", not_there },
	[0x0d] = { "reset hard disk", not_there },
	[0x10] = { "drive ready", not_there },
	[0x11] = { "recalibrate", not_there },
	[0x15] = { "drive type", drive_type },
	[0x16] = { "disk changed", not_there },
	[0x17] = { "set disk type", not_there },
	[0x18] = { "set media type", not_there },
};

static enum svc bad_command(void *room, struct guest *g)
{
	return answer(room, g, DISK_BAD_COMMAND);
}

enum svc bios_int13(void *room, struct guest *g)
{
	return bios_dispatch(room, g, bios_int13_table, BIOS_INT13_FUNCTIONS, bad_command);
}
