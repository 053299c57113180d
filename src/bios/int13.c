/* int13.c - INT 13h, disks by sector: what is not about moving sectors.
 *
 * Diskettes go through INT 40h, as on every PC with a hard disk, for programs that
 * hook that.  Source: IBM BIOS Interface Technical Reference, "Interrupt 13h"; RBIL.  */

#include "bios/parts.h"

#include "drive/image.h"

enum { STEP_BUSY = 1, STEP_FLOPPY };
enum { CHANGE_LINE = 2, NO_CHANGE_LINE = 1, HARD_DISK = 3 };
enum { DRIVE_360K = 1 };

static bool is_hard_disk(struct guest *g)
{
	return reg_dl(g) >= 0x80;
}

static enum svc finish(struct guest *g, uint8_t status)
{
	set_ah(g, status);
	guest_set_flag(g, CPU_CF, status != DISK_OK);
	return SVC_DONE;
}

enum svc int13_answer(struct bios *b, struct guest *g, uint8_t status)
{
	set_bda8(b, is_hard_disk(g) ? BDA_DISK_STATUS : BDA_FLOPPY_STATUS, status);
	return finish(g, status);
}

enum svc int13_not_there(struct bios *b, struct guest *g)
{
	return int13_answer(b, g, is_hard_disk(g) ? DISK_BAD_COMMAND : DISK_TIMEOUT);
}

/* Told once, by drives that can.  */
bool int13_changed(struct image *im)
{
	bool changed = im->changed && im->drive != DRIVE_360K;

	im->changed = false;
	return changed;
}

/* What has nothing to do on a disk that is there.  */
static enum svc if_there(void *room, struct guest *g)
{
	return bios_disk(room, reg_dl(g)) ? int13_answer(room, g, DISK_OK) : int13_not_there(room, g);
}

static enum svc if_hard_disk(void *room, struct guest *g)
{
	return is_hard_disk(g) ? if_there(room, g) : int13_answer(room, g, DISK_BAD_COMMAND);
}

static enum svc bad_command(void *room, struct guest *g)
{
	return int13_answer(room, g, DISK_BAD_COMMAND);
}

static enum svc last_status(void *room, struct guest *g)
{
	return finish(g, bda8(room, is_hard_disk(g) ? BDA_DISK_STATUS : BDA_FLOPPY_STATUS));
}

static enum svc seek(void *room, struct guest *g)
{
	const struct image *im = bios_disk(room, reg_dl(g));
	unsigned cylinder = reg_ch(g) | (reg_cl(g) & 0xc0) << 2;

	if (!is_hard_disk(g))
		return int13_answer(room, g, DISK_BAD_COMMAND);
	if (!im)
		return int13_not_there(room, g);
	return int13_answer(room, g, cylinder < im->chs.cylinders && reg_dh(g) < im->chs.heads ?
			    DISK_OK : DISK_SEEK);
}

/* --- Parameters ------------------------------------------------------------- */

static void set_last(struct guest *g, const struct chs *c)
{
	unsigned last = c->cylinders > 1024 ? 1023 : c->cylinders - 1;

	set_ch(g, last);
	set_cl(g, c->sectors | (last >> 2 & 0xc0));
	set_dh(g, c->heads - 1);
}

static enum svc hard_disk_parameters(struct bios *b, struct guest *g)
{
	const struct image *im = bios_disk(b, reg_dl(g));
	uint8_t count = bda8(b, BDA_DISKS);

	if (!im) {
		cpu_set16(g->cpu, CPU_CX, 0);
		cpu_set16(g->cpu, CPU_DX, count);
		return int13_answer(b, g, DISK_PARAMETERS_FAILED);
	}
	set_last(g, &im->chs);
	int13_answer(b, g, DISK_OK);
	set_dl(g, count);
	return SVC_DONE;
}

/* One not there: "registers 0 and DL the number of drives".  */
static enum svc floppy_parameters(struct bios *b, struct guest *g)
{
	const struct image *im = bios_disk(b, reg_dl(g));
	uint8_t count = bios_floppy_drives(b);
	struct far table = { 0, 0 };

	cpu_set16(g->cpu, CPU_BX, im ? im->drive : 0);
	cpu_set16(g->cpu, CPU_CX, 0);
	set_dh(g, 0);
	if (im) {
		set_last(g, &im->chs);
		table = bios_format_parameters(&im->chs);
	}
	cpu_set16(g->cpu, CPU_DI, table.off);
	cpu_load_real(g->cpu, CPU_ES, table.seg);
	set_al(g, 0);
	int13_answer(b, g, DISK_OK);
	set_dl(g, count);
	return SVC_DONE;
}

static enum svc parameters(void *room, struct guest *g)
{
	return is_hard_disk(g) ? hard_disk_parameters(room, g) : floppy_parameters(room, g);
}

/* AH 0: there is no such drive, and that is no error.  */
static enum svc drive_type(void *room, struct guest *g)
{
	const struct image *im = bios_disk(room, reg_dl(g));
	uint64_t sectors;

	guest_set_flag(g, CPU_CF, false);
	if (!im) {
		cpu_set16(g->cpu, CPU_AX, 0);
		return SVC_DONE;
	}
	if (!is_hard_disk(g)) {
		set_ah(g, im->drive == DRIVE_360K ? NO_CHANGE_LINE : CHANGE_LINE);
		return SVC_DONE;
	}
	sectors = (uint64_t)im->chs.cylinders * im->chs.heads * im->chs.sectors;
	sectors = sectors > UINT32_MAX ? UINT32_MAX : sectors;
	set_ah(g, HARD_DISK);
	cpu_set16(g->cpu, CPU_CX, sectors >> 16);
	cpu_set16(g->cpu, CPU_DX, sectors);
	return SVC_DONE;
}

static enum svc disk_changed(void *room, struct guest *g)
{
	struct image *im = bios_disk(room, reg_dl(g));

	if (is_hard_disk(g))
		return int13_answer(room, g, DISK_BAD_COMMAND);
	return im && int13_changed(im) ? int13_answer(room, g, DISK_CHANGED) : if_there(room, g);
}

/* --- The format to come -------------------------------------------------------- */

/* 17h: 360K, 360K in a drive of 1.2M, 1.2M, 720K.  */
static enum svc set_disk_type(void *room, struct guest *g)
{
	static const struct chs type[] = {
		[1] = { 40, 2, 9 }, [2] = { 40, 2, 9 }, [3] = { 80, 2, 15 }, [4] = { 80, 2, 9 },
	};
	struct image *im = bios_disk(room, reg_dl(g));
	uint8_t al = reg_al(g);
	const struct chs *c = &type[al <= 4 ? al : 0];

	if (is_hard_disk(g) || !al || al > 4)
		return int13_answer(room, g, DISK_BAD_COMMAND);
	if (!im)
		return int13_not_there(room, g);
	if (!image_can_have(im, floppy_format(c->cylinders, c->heads, c->sectors)))
		return int13_answer(room, g, DISK_BAD_MEDIA);
	im->wanted = *c;
	return int13_answer(room, g, DISK_OK);
}

/* 18h: CH the last track, CL sectors of a track.  */
static enum svc set_media_type(void *room, struct guest *g)
{
	struct image *im = bios_disk(room, reg_dl(g));
	uint32_t cylinders = (reg_ch(g) | (reg_cl(g) & 0xc0) << 2) + 1;
	uint8_t sectors = reg_cl(g) & 0x3f;
	const struct floppy_format *f = floppy_format(cylinders, 2, sectors);
	struct far table;

	if (is_hard_disk(g))
		return int13_answer(room, g, DISK_BAD_COMMAND);
	if (!im)
		return int13_not_there(room, g);
	if (!f)
		f = floppy_format(cylinders, 1, sectors);
	if (!image_can_have(im, f))
		return int13_answer(room, g, DISK_BAD_MEDIA);
	im->wanted = f->chs;
	table = bios_format_parameters(&f->chs);
	cpu_set16(g->cpu, CPU_DI, table.off);
	cpu_load_real(g->cpu, CPU_ES, table.seg);
	return int13_answer(room, g, DISK_OK);
}

const struct svc_entry bios_int13_table[BIOS_INT13_FUNCTIONS] = {
	[0x00] = { "reset disk", if_there },
	[0x01] = { "last status", last_status },
	[0x02] = { "read sectors", int13_read },
	[0x03] = { "write sectors", int13_write },
	[0x04] = { "verify sectors", int13_verify },
	[0x05] = { "format track", int13_format },
	[0x08] = { "drive parameters", parameters },
	[0x09] = { "set up hard disk", if_hard_disk },
	[0x0c] = { "seek", seek },
	[0x0d] = { "reset hard disk", if_hard_disk },
	[0x10] = { "drive ready", if_hard_disk },
	[0x11] = { "recalibrate", if_hard_disk },
	[0x14] = { "controller diagnostic", if_hard_disk },
	[0x15] = { "drive type", drive_type },
	[0x16] = { "disk changed", disk_changed },
	[0x17] = { "set disk type", set_disk_type },
	[0x18] = { "set media type", set_media_type },
	[0x41] = { "extensions check", int13_ext_check },
	[0x42] = { "extended read", int13_ext_read },
	[0x43] = { "extended write", int13_ext_write },
	[0x44] = { "extended verify", int13_ext_verify },
	[0x45] = { "lock drive", int13_ext_lock },
	[0x46] = { "eject", int13_ext_eject },
	[0x47] = { "extended seek", int13_ext_seek },
	[0x48] = { "extended parameters", int13_ext_parameters },
};

static enum svc dispatch(struct bios *b, struct guest *g)
{
	return bios_dispatch(b, g, bios_int13_table, BIOS_INT13_FUNCTIONS, bad_command);
}

/* Does the controller work for this?  A multitasker is then told by INT 15h/90h.  */
static bool takes_time(struct guest *g)
{
	uint8_t ah = guest_caller(g)->reg[CPU_AX] >> 8;

	return (ah >= 0x02 && ah <= 0x05) || (ah >= 0x42 && ah <= 0x44);
}

static enum svc tell_busy(struct bios *b, struct guest *g)
{
	cpu_set16(g->cpu, CPU_AX, is_hard_disk(g) ? 0x9000 : 0x9001);
	(void)b;
	return guest_int(g, 0x15, STEP_BUSY);
}

static enum svc serve(struct bios *b, struct guest *g)
{
	if (guest_step(g) == STEP_BUSY)
		guest_restore(g);
	else if (!guest_unhooked(g, 0x15) && takes_time(g) && bios_disk(b, reg_dl(g)))
		return tell_busy(b, g);
	return dispatch(b, g);
}

enum svc bios_int40(void *room, struct guest *g)
{
	struct bios *b = room;

	return is_hard_disk(g) ? int13_answer(b, g, DISK_BAD_COMMAND) : serve(b, g);
}

enum svc bios_int13(void *room, struct guest *g)
{
	if (guest_step(g) == STEP_FLOPPY) {
		guest_set_flag(g, CPU_CF, g->cpu->flags & CPU_CF);
		return SVC_DONE;
	}
	if (!guest_step(g) && !is_hard_disk(g) && !guest_unhooked(g, 0x40))
		return guest_int(g, 0x40, STEP_FLOPPY);
	return serve(room, g);
}
