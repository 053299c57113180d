/* int13move.c - INT 13h/02h to 05h: sectors by cylinder, head and sector.
 *
 * The numbers are the guest's: they are held to the disk, to what the
 * function may move at once, and to 64 KB of memory.  */

#include "bios/parts.h"

#include "drive/image.h"

#define PIECE		16		/* sectors moved at once */
#define MOST_OF_DISK	0x80		/* sectors of a hard disk */
#define FORMAT_ENTRY	4		/* bytes: cylinder, head, sector, size */
#define SIZE_512	2
#define FILL_AT		8		/* in INT 1Eh's table */

struct place {
	unsigned cylinder, head, sector;
};

static struct place asked(struct guest *g)
{
	return (struct place){
		reg_ch(g) | (reg_cl(g) & 0xc0) << 2, reg_dh(g), reg_cl(g) & 0x3f,
	};
}

static bool is_on(const struct chs *c, const struct place *p)
{
	return p->cylinder < c->cylinders && p->head < c->heads && p->sector >= 1 &&
	       p->sector <= c->sectors;
}

static uint64_t sector_number(const struct chs *c, const struct place *p)
{
	return ((uint64_t)p->cylinder * c->heads + p->head) * c->sectors + p->sector - 1;
}

static uint8_t status_of(enum image_result r, const struct image *im)
{
	switch (r) {
	case IMAGE_OK:
		return DISK_OK;
	case IMAGE_PROTECTED:
		return im->floppy ? DISK_PROTECTED : DISK_WRITE_FAULT;
	case IMAGE_NO_SECTOR:
		return DISK_NO_SECTOR;
	case IMAGE_READ_FAULT:
		return DISK_BAD_CRC;
	case IMAGE_WRITE_FAULT:
		break;
	}
	return im->floppy ? DISK_CONTROLLER : DISK_WRITE_FAULT;
}

static enum image_result move_piece(struct bios *b, struct image *im, enum disk_move how,
				    uint64_t first, uint32_t at, size_t count, size_t *done)
{
	uint8_t buf[PIECE * SECTOR_SIZE];
	enum image_result r;

	if (how == DISK_WRITE) {
		bus_copy_in(b->bus, buf, at, count * SECTOR_SIZE);
		return image_write_below(im, first, buf, count, done);
	}
	r = image_read(im, first, buf, count, done);
	if (how == DISK_READ)
		bus_copy_out(b->bus, at, buf, *done * SECTOR_SIZE);
	return r;
}

uint8_t int13_move(struct bios *b, uint8_t dl, enum disk_move how, uint64_t first, uint32_t at,
		   unsigned *count)
{
	struct image *im = bios_disk(b, dl);
	enum image_result r = IMAGE_OK;
	unsigned moved = 0;

	while (moved < *count && r == IMAGE_OK) {
		size_t piece = *count - moved < PIECE ? *count - moved : PIECE, done;

		r = move_piece(b, im, how, first + moved, at + moved * SECTOR_SIZE, piece, &done);
		moved += done;
	}
	*count = moved;
	return status_of(r, im);
}

static uint32_t buffer_at(struct guest *g)
{
	return g->cpu->seg[CPU_ES].sel * 16u + cpu_get16(g->cpu, CPU_BX);
}

/* Diskettes move by a DMA channel, which cannot leave its 64 KB; hard disks by the
 * processor, whose offset, made as small as can be, cannot pass FFFFh.  */
static bool fits_memory(bool floppy, uint32_t at, unsigned sectors)
{
	uint32_t first = floppy ? at & 0xffff : at & 0x0f;

	return first + sectors * SECTOR_SIZE <= 0x10000;
}

/* A diskette's controller goes on with the second head, and then it is at the end of
 * the cylinder.  */
static unsigned within_cylinder(const struct chs *c, const struct place *p, unsigned count)
{
	unsigned left = (c->heads - p->head) * c->sectors - (p->sector - 1);

	return count < left ? count : left;
}

static enum svc move(struct bios *b, struct guest *g, enum disk_move how)
{
	struct image *im = bios_disk(b, reg_dl(g));
	struct place p = asked(g);
	unsigned wanted = reg_al(g), count = wanted;
	uint8_t status;

	set_al(g, 0);
	if (!im)
		return int13_not_there(b, g);
	if (im->floppy)
		bios_note_floppy(b, reg_dl(g), p.cylinder);
	if (int13_changed(im))
		return int13_answer(b, g, DISK_CHANGED);
	if (!count || (!im->floppy && count > MOST_OF_DISK))
		return int13_answer(b, g, DISK_BAD_COMMAND);
	if (how != DISK_VERIFY && !fits_memory(im->floppy, buffer_at(g), count))
		return int13_answer(b, g, DISK_DMA_BOUNDARY);
	if (!is_on(&im->chs, &p))
		return int13_answer(b, g, DISK_NO_SECTOR);
	if (im->floppy)
		count = within_cylinder(&im->chs, &p, count);
	status = int13_move(b, reg_dl(g), how, sector_number(&im->chs, &p), buffer_at(g), &count);
	if (!status && count < wanted)
		status = DISK_NO_SECTOR;
	set_al(g, count);
	return int13_answer(b, g, status);
}

enum svc int13_read(void *room, struct guest *g)
{
	return move(room, g, DISK_READ);
}

enum svc int13_write(void *room, struct guest *g)
{
	return move(room, g, DISK_WRITE);
}

enum svc int13_verify(void *room, struct guest *g)
{
	return move(room, g, DISK_VERIFY);
}

/* --- 05h --------------------------------------------------------------------- */

/* ES:BX: an entry for each sector of the track, which are this track's and have 512
 * bytes.  */
static bool good_list(struct guest *g, const struct chs *c, const struct place *p)
{
	for (unsigned i = 0; i < c->sectors; i++) {
		uint8_t e[FORMAT_ENTRY];

		guest_copy_in(g, e, g->cpu->seg[CPU_ES].sel,
			      cpu_get16(g->cpu, CPU_BX) + i * FORMAT_ENTRY, sizeof e);
		if (e[0] != (p->cylinder & 0xff) || e[1] != p->head || !e[2] ||
		    e[2] > c->sectors || e[3] != SIZE_512)
			return false;
	}
	return true;
}

/* On a hard disk the list is of no use: there the sectors are as they are.  */
enum svc int13_format(void *room, struct guest *g)
{
	struct bios *b = room;
	struct image *im = bios_disk(b, reg_dl(g));
	struct far table = guest_rfar(g, 0, 0x1e * 4);
	struct place p = asked(g);
	enum image_result r;
	uint8_t fill = 0;

	if (!im)
		return int13_not_there(b, g);
	if (im->read_only)
		return int13_answer(b, g, status_of(IMAGE_PROTECTED, im));
	if (im->floppy) {
		bios_note_floppy(b, reg_dl(g), reg_ch(g));
		p.cylinder = reg_ch(g);
		fill = guest_r8(g, table.seg, table.off + FILL_AT);
		if (!good_list(g, im->wanted.sectors ? &im->wanted : &im->chs, &p))
			return int13_answer(b, g, DISK_BAD_COMMAND);
	}
	if (!image_format_track(im, p.cylinder, p.head, fill, &r))
		return int13_answer(b, g, im->floppy ? DISK_SEEK : DISK_NO_SECTOR);
	return int13_answer(b, g, status_of(r, im));
}
