/* disks.c - which disks there are, and where the BIOS says so: CMOS, data area,
 * the tables of INT 1Eh, 41h, 46h (IBM AT Technical Reference, "Diskette", "Hard
 * disk"; IBM BIOS Interface Technical Reference).  */

#include "bios/parts.h"

#include "base/le.h"
#include "dev/rtc.h"
#include "drive/image.h"

#define TABLE_SIZE	11		/* INT 1Eh's */
#define DISK_TABLE_SIZE	16		/* INT 41h's */
#define MOTOR_WAIT	2		/* in INT 1Eh's table: ticks */
#define DOR		0x3f2
#define DISK_TYPE_USER	47
#define BOOT_AT		0x7c00

enum { EQUIPMENT_FLOPPY = 0x01, EQUIPMENT_SECOND = 0x40, EQUIPMENT_FLOPPIES = 0xc1 };
enum { EQUIPMENT_FPU = 0x02 };		/* in CMOS as in the BIOS's data area */

/* As INT 1Eh's table, which is the one for 1.44 MB: sectors of a track, gaps.  */
static const struct { uint8_t sectors, gap, format_gap; } floppy_row[] = {
	{ 8, 0x2a, 0x50 }, { 9, 0x2a, 0x50 }, { 15, 0x1b, 0x54 }, { 18, 0x1b, 0x6c },
	{ 21, 0x0c, 0x1c }, { 36, 0x1b, 0x53 },
};

enum { FLOPPY_ROWS = sizeof floppy_row / sizeof *floppy_row };

struct image *bios_disk(struct bios *b, uint8_t dl)
{
	struct image *im = NULL;

	if (dl < BIOS_FLOPPIES)
		im = b->floppy[dl];
	else if (dl >= 0x80 && dl - 0x80 < BIOS_HARD_DISKS)
		im = b->hard[dl - 0x80];
	return image_there(im) ? im : NULL;
}

uint8_t bios_hard_disks(const struct bios *b)
{
	uint8_t n = 0;

	while (n < BIOS_HARD_DISKS && image_there(b->hard[n]))
		n++;
	return n;
}

/* One that is there alone as the second has a first one beside it.  */
uint8_t bios_floppy_drives(const struct bios *b)
{
	return image_there(b->floppy[1]) ? 2 : image_there(b->floppy[0]);
}

/* --- Tables in ROM -------------------------------------------------------------- */

struct far bios_format_parameters(const struct chs *c)
{
	for (unsigned i = 0; i < FLOPPY_ROWS; i++)
		if (floppy_row[i].sectors == c->sectors)
			return (struct far){ ROM_FORMAT_PARAMETERS + i * TABLE_SIZE, GUEST_ROM_SEG };
	return (struct far){ ROM_FLOPPY_PARAMETERS, GUEST_ROM_SEG };
}

/* Cylinders, heads, write precompensation (none), control byte (bit 3: more than eight
 * heads), landing zone, sectors.  */
static void put_disk_table(uint8_t *p, const struct image *im)
{
	uint16_t cylinders = im->chs.cylinders > 1024 ? 1024 : im->chs.cylinders;

	le_put16(p, cylinders);
	p[2] = im->chs.heads;
	le_put16(p + 5, 0xffff);
	p[8] = im->chs.heads > 8 ? 0x08 : 0;
	le_put16(p + 12, cylinders);
	p[14] = im->chs.sectors;
}

void bios_put_disk_parameters(const struct bios *b, uint8_t *rom)
{
	for (unsigned i = 0; i < FLOPPY_ROWS; i++) {
		uint8_t *p = rom + ROM_FORMAT_PARAMETERS + i * TABLE_SIZE;

		for (unsigned n = 0; n < TABLE_SIZE; n++)
			p[n] = rom[ROM_FLOPPY_PARAMETERS + n];
		p[4] = floppy_row[i].sectors;
		p[5] = floppy_row[i].gap;
		p[7] = floppy_row[i].format_gap;
	}
	for (unsigned i = 0; i < 2 && i < bios_hard_disks(b); i++)
		put_disk_table(rom + ROM_DISK_PARAMETERS + i * DISK_TABLE_SIZE, b->hard[i]);
}

/* --- POST ------------------------------------------------------------------------ */

static uint8_t drive_kind(struct bios *b, unsigned n)
{
	return image_there(b->floppy[n]) ? b->floppy[n]->drive : 0;
}

/* What a user would set up.  Type Fh of a hard disk: see the byte further up, where
 * 47 is one with parameters of its own.  */
static void set_cmos(struct bios *b)
{
	uint8_t floppies = bios_floppy_drives(b), disks = bios_hard_disks(b);
	uint8_t equipment = bios_cmos(b, RTC_EQUIPMENT) & ~(EQUIPMENT_FLOPPIES | EQUIPMENT_FPU);
	uint16_t sum = 0;

	if (floppies)
		equipment |= EQUIPMENT_FLOPPY | (floppies > 1 ? EQUIPMENT_SECOND : 0);
	if (b->guest->cpu->has_fpu)
		equipment |= EQUIPMENT_FPU;
	bios_set_cmos(b, RTC_FLOPPIES, drive_kind(b, 0) << 4 | drive_kind(b, 1));
	bios_set_cmos(b, RTC_DISKS, (disks ? 0xf0 : 0) | (disks > 1 ? 0x0f : 0));
	bios_set_cmos(b, RTC_EQUIPMENT, equipment);
	bios_set_cmos(b, RTC_DISK_TYPE, disks ? DISK_TYPE_USER : 0);
	bios_set_cmos(b, RTC_DISK_TYPE + 1, disks > 1 ? DISK_TYPE_USER : 0);
	for (uint8_t at = RTC_FLOPPIES; at < RTC_CHECKSUM; at++)
		sum += bios_cmos(b, at);
	bios_set_cmos(b, RTC_CHECKSUM, sum >> 8);
	bios_set_cmos(b, RTC_CHECKSUM + 1, sum);
}

void bios_find_disks(struct bios *b)
{
	uint8_t disks = bios_hard_disks(b);

	set_cmos(b);
	bios_put_disk_parameters(b, b->bus->ram + ROM_AT);
	bus_wrote(b->bus, ROM_AT, ROM_SIZE);
	set_bda8(b, BDA_DISKS, disks);
	for (unsigned i = 0; i < 2; i++) {
		struct far table = { ROM_DISK_PARAMETERS + i * DISK_TABLE_SIZE, GUEST_ROM_SEG };

		guest_wfar(b->guest, 0, (i ? 0x46 : 0x41) * 4, i < disks ? table : (struct far){ 0, 0 });
	}
}

/* --- The data area of diskettes ----------------------------------------------------- */

/* Media state: established; data rate in bits 7-6, double step in bit 5, what is in which
 * drive in bits 2-0 (7: neither of the first ones).  */
static uint8_t media_state(const struct image *im)
{
	if (im->chs.sectors > 10)
		return im->drive == 2 ? 0x15 : im->drive == 5 && im->chs.sectors > 24 ? 0xd7 : 0x17;
	if (im->drive == 2)
		return 0x74;
	return im->drive == 1 ? 0x93 : 0x97;
}

void bios_note_floppy(struct bios *b, uint8_t dl, uint8_t cylinder)
{
	struct far table = guest_rfar(b->guest, 0, 0x1e * 4);

	set_bda8(b, BDA_SEEK, bda8(b, BDA_SEEK) | 1 << dl);
	set_bda8(b, BDA_MOTOR, (bda8(b, BDA_MOTOR) & 0xc0) | dl << 4 | 1 << dl);
	set_bda8(b, BDA_MOTOR_COUNT, guest_r8(b->guest, table.seg, table.off + MOTOR_WAIT));
	port_out(b, DOR, 0x0c | dl | 0x10 << dl);
	set_bda8(b, BDA_MEDIA + dl, media_state(bios_disk(b, dl)));
	set_bda8(b, BDA_TRACK + dl, cylinder);
}

/* The first sector, at 0000:7C00, which is told by DL where it comes from.  A hard disk's
 * ends with AA55h (IBM AT Technical Reference, "Bootstrap loader").  */
bool bios_boot_disk(struct bios *b, struct guest *g)
{
	struct image *im = bios_disk(b, b->boot_disk);
	uint8_t sector[SECTOR_SIZE];
	size_t done;

	if (!im || image_read(im, 0, sector, 1, &done) != IMAGE_OK ||
	    (!im->floppy && le_get16(sector + SECTOR_SIZE - 2) != 0xaa55))
		return false;
	guest_copy_out(g, 0, BOOT_AT, sector, sizeof sector);
	set_dl(g, b->boot_disk);
	cpu_load_real(g->cpu, CPU_CS, 0);
	g->cpu->ip = BOOT_AT;
	return true;
}
