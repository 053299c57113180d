/* int13ext.c - INT 13h/41h to 48h: hard disks by the number of a sector (Phoenix,
 * "BIOS enhanced disk drive specification", 1.1).  */

#include "bios/parts.h"

#include "drive/image.h"

#define MOST		0x7f		/* sectors at once */
#define VERSION_1_1	0x21
#define FIXED_DISKS	0x01		/* 42h to 44h, 47h, 48h */

enum packet { PACKET_SIZE = 0x00, PACKET_COUNT = 0x02, PACKET_BUFFER = 0x04, PACKET_SECTOR = 0x08 };
enum result {
	RESULT_SIZE = 0x00, RESULT_FLAGS = 0x02, RESULT_CYLINDERS = 0x04, RESULT_HEADS = 0x08,
	RESULT_TRACK = 0x0c, RESULT_SECTORS = 0x10, RESULT_BYTES = 0x18, RESULT_LENGTH = 0x1a,
};
enum { GEOMETRY_VALID = 0x02 };

static struct image *hard_disk(struct bios *b, struct guest *g)
{
	return reg_dl(g) < 0x80 ? NULL : bios_disk(b, reg_dl(g));
}

static struct far packet(struct guest *g)
{
	return (struct far){ cpu_get16(g->cpu, CPU_SI), g->cpu->seg[CPU_DS].sel };
}

static uint64_t packet_sector(struct guest *g, struct far p)
{
	return guest_r32(g, p.seg, p.off + PACKET_SECTOR) |
	       (uint64_t)guest_r32(g, p.seg, p.off + PACKET_SECTOR + 4) << 32;
}

enum svc int13_ext_check(void *room, struct guest *g)
{
	if (cpu_get16(g->cpu, CPU_BX) != 0x55aa || !hard_disk(room, g))
		return int13_answer(room, g, DISK_BAD_COMMAND);
	int13_answer(room, g, DISK_OK);
	set_ah(g, VERSION_1_1);
	cpu_set16(g->cpu, CPU_BX, 0xaa55);
	cpu_set16(g->cpu, CPU_CX, FIXED_DISKS);
	return SVC_DONE;
}

/* "The count is set to the number of blocks moved successfully."  */
static enum svc move(struct bios *b, struct guest *g, enum disk_move how)
{
	const struct image *im = hard_disk(b, g);
	struct far p = packet(g), buffer = guest_rfar(g, p.seg, p.off + PACKET_BUFFER);
	unsigned count = guest_r16(g, p.seg, p.off + PACKET_COUNT);
	uint64_t first = packet_sector(g, p);
	uint32_t at = buffer.seg * 16u + buffer.off;
	uint8_t status;

	if (!im || guest_r8(g, p.seg, p.off + PACKET_SIZE) < 0x10 || count > MOST)
		return int13_answer(b, g, DISK_BAD_COMMAND);
	if (first >= im->sectors || count > im->sectors - first)
		status = DISK_NO_SECTOR, count = 0;
	else if (how != DISK_VERIFY && (at & 15) + count * SECTOR_SIZE > 0x10000)
		status = DISK_DMA_BOUNDARY, count = 0;
	else
		status = int13_move(b, reg_dl(g), how, first, at, &count);
	guest_w16(g, p.seg, p.off + PACKET_COUNT, count);
	return int13_answer(b, g, status);
}

enum svc int13_ext_read(void *room, struct guest *g)
{
	return move(room, g, DISK_READ);
}

enum svc int13_ext_write(void *room, struct guest *g)
{
	return move(room, g, DISK_WRITE);
}

enum svc int13_ext_verify(void *room, struct guest *g)
{
	return move(room, g, DISK_VERIFY);
}

/* 45h: only what can be taken out can be locked.  */
enum svc int13_ext_lock(void *room, struct guest *g)
{
	return int13_answer(room, g, hard_disk(room, g) ? DISK_NOT_REMOVABLE : DISK_BAD_COMMAND);
}

enum svc int13_ext_eject(void *room, struct guest *g)
{
	return int13_answer(room, g, hard_disk(room, g) ? DISK_NOT_REMOVABLE : DISK_BAD_COMMAND);
}

enum svc int13_ext_seek(void *room, struct guest *g)
{
	const struct image *im = hard_disk(room, g);
	struct far p = packet(g);

	if (!im || guest_r8(g, p.seg, p.off + PACKET_SIZE) < 0x10)
		return int13_answer(room, g, DISK_BAD_COMMAND);
	return int13_answer(room, g, packet_sector(g, p) < im->sectors ? DISK_OK : DISK_SEEK);
}

/* 48h.  The geometry is that of 08h, which programs compare.  */
enum svc int13_ext_parameters(void *room, struct guest *g)
{
	const struct image *im = hard_disk(room, g);
	struct far p = packet(g);

	if (!im || guest_r16(g, p.seg, p.off + RESULT_SIZE) < RESULT_LENGTH)
		return int13_answer(room, g, DISK_BAD_COMMAND);
	guest_w16(g, p.seg, p.off + RESULT_SIZE, RESULT_LENGTH);
	guest_w16(g, p.seg, p.off + RESULT_FLAGS, GEOMETRY_VALID);
	guest_w32(g, p.seg, p.off + RESULT_CYLINDERS, im->chs.cylinders);
	guest_w32(g, p.seg, p.off + RESULT_HEADS, im->chs.heads);
	guest_w32(g, p.seg, p.off + RESULT_TRACK, im->chs.sectors);
	guest_w32(g, p.seg, p.off + RESULT_SECTORS, im->sectors);
	guest_w32(g, p.seg, p.off + RESULT_SECTORS + 4, im->sectors >> 32);
	guest_w16(g, p.seg, p.off + RESULT_BYTES, SECTOR_SIZE);
	return int13_answer(room, g, DISK_OK);
}
