/* loader.c - COM and MZ programs, from file to memory.
 *
 * What the header says is believed exactly as far as DOS believes it (MS-DOS
 * 4.0 sources, DOS/EXEC.ASM): the image ends with its last 512-byte page
 * whatever the bytes-in-last-page field says; a file may lack less than 512
 * bytes of it; e_maxalloc = 0 means load high; arithmetic is in 16 bits.
 * Whether a file is MZ or COM is told by its first two bytes, never by its
 * name.  DOS relocates with what its buffer happens to hold if the table
 * is not in the file; we call that a bad format.  */

#include "dos/loader.h"

#include <string.h>

#include "base/le.h"
#include "bus/bus.h"
#include "dos/fetch.h"
#include "dos/layout.h"
#include "dos/memory.h"

#define CHUNK		4096
#define PARA		16u
#define PSP_PARAS	0x10

enum dos_error program_open(struct dos *dos, const struct dos_path *path, struct program *p)
{
	struct drive_info info = { .size = 0 };
	enum dos_error error;

	*p = (struct program){ .path = *path, .fetched = path->kind == PATH_REDIRECTED };
	if (p->fetched) {
		error = fetch_size(dos, &p->size);
		if (error)
			fetch_drop(dos);
		return error;
	}
	if (path->kind != PATH_FILE || path->wild)
		return DOS_NO_FILE;
	error = dos_file_open(dos, path, DRIVE_READ, &p->file, &info);
	p->size = info.size;
	return error;
}

void program_close(struct dos *dos, struct program *p)
{
	if (p->fetched)
		fetch_drop(dos);
	else
		dos_file_release(dos, &p->path, p->file);
}

/* *got bytes, fewer than n only at the file's end.  */
static enum dos_error read_at(struct dos *dos, const struct program *p, uint32_t pos,
			      void *buf, size_t n, size_t *got)
{
	*got = p->fetched ? fetch_read(dos, pos, buf, n) : 0;
	while (*got < n && !p->fetched) {
		size_t part = n - *got;
		enum dos_error error;

		error = dos_file_read(dos, &p->path, p->file, pos + *got,
				      (uint8_t *)buf + *got, &part);
		if (error)
			return error;
		if (!part)
			break;
		*got += part;
	}
	return DOS_OK;
}

/* The same into guest memory, in pieces; addresses go on past 64 KB.  */
static enum dos_error read_to(struct dos *dos, const struct program *p, uint32_t pos,
			      uint16_t seg, uint32_t n, uint32_t *got)
{
	uint8_t buf[CHUNK];

	for (*got = 0; *got < n; ) {
		size_t want = n - *got < CHUNK ? n - *got : CHUNK, part;
		enum dos_error error = read_at(dos, p, pos + *got, buf, want, &part);

		if (error)
			return error;
		bus_copy_out(dos->bus, seg * PARA + *got, buf, part);
		*got += part;
		if (part < want)
			break;
	}
	return DOS_OK;
}

static void parse(struct program_header *h, const uint8_t *b)
{
	uint16_t header_paras = le_get16(b + 8);

	*h = (struct program_header){
		.exe = true,
		.image_at = header_paras * PARA,
		.image_paras = (uint16_t)(le_get16(b + 4) << 5) - header_paras,
		.min_paras = le_get16(b + 10),
		.max_paras = le_get16(b + 12),
		.load_high = le_get16(b + 12) == 0,
		.relocations = le_get16(b + 6),
		.relocations_at = le_get16(b + 24),
		.ss = le_get16(b + 14), .sp = le_get16(b + 16),
		.ip = le_get16(b + 20), .cs = le_get16(b + 22),
	};
}

static bool is_exe(const uint8_t *b)
{
	return memcmp(b, "MZ", 2) == 0 || memcmp(b, "ZM", 2) == 0;
}

uint32_t program_extent(const uint8_t header[LOADER_HEADER])
{
	uint32_t image = le_get16(header + 4) * 512u;
	uint32_t table = le_get16(header + 24) + le_get16(header + 6) * 4u;

	if (!is_exe(header))
		return 0x10000;
	image = image > table ? image : table;
	return image < LOADER_EXTENT_MAX ? image : LOADER_EXTENT_MAX;
}

enum dos_error program_header(struct dos *dos, const struct program *p,
			      struct program_header *h)
{
	uint8_t b[LOADER_HEADER] = { 0 };
	size_t got;
	enum dos_error error = read_at(dos, p, 0, b, sizeof b, &got);

	*h = (struct program_header){ .exe = false };
	if (error)
		return error;
	if (!got)
		return DOS_BAD_FORMAT;
	if (got == sizeof b && is_exe(b))
		parse(h, b);
	return DOS_OK;
}

/* The factor is added to the table's own segments as well: for an overlay it
 * need not be the segment that the image is loaded at.  */
static enum dos_error relocate(struct dos *dos, const struct program *p,
			       const struct program_header *h, uint16_t factor)
{
	uint8_t table[CHUNK];
	uint32_t pos = h->relocations_at;
	unsigned left = h->relocations;

	while (left) {
		size_t n = left < CHUNK / 4 ? left : CHUNK / 4, got;
		enum dos_error error = read_at(dos, p, pos, table, n * 4, &got);

		if (error)
			return error;
		if (got < n * 4)
			return DOS_BAD_FORMAT;
		for (size_t i = 0; i < n; i++) {
			uint16_t off = le_get16(table + i * 4);
			uint16_t seg = le_get16(table + i * 4 + 2) + factor;

			dos_w16(dos, seg, off, dos_r16(dos, seg, off) + factor);
		}
		pos += n * 4;
		left -= n;
	}
	return DOS_OK;
}

static enum dos_error read_image(struct dos *dos, const struct program *p,
				 const struct program_header *h, uint16_t seg, uint16_t factor)
{
	uint32_t want = h->image_paras * PARA, got;
	enum dos_error error = read_to(dos, p, h->image_at, seg, want, &got);

	if (error)
		return error;
	if (want - got >= 512)
		return DOS_BAD_FORMAT;
	return relocate(dos, p, h, factor);
}

/* Paragraphs for an MZ program: image, PSP, and between the least and the
 * most it asks for; 0 if there is not enough.  */
static uint16_t exe_paras(const struct program_header *h, uint16_t largest)
{
	uint32_t bare = h->image_paras + PSP_PARAS;

	if (largest <= PSP_PARAS || bare > largest)
		return 0;
	if (h->load_high)
		return largest;
	if (bare + h->min_paras > largest)
		return 0;
	return bare + h->max_paras < largest ? bare + h->max_paras : largest;
}

/* EXEPACK's loader has its signature just before the entry point.  It
 * needs addresses to wrap at 1 MB if the program lies in the first 64 KB
 * ("Packed file is corrupt").  */
static bool is_exepack(struct dos *dos, const struct loaded *l)
{
	return l->entry.off >= 16 &&
		dos_r16(dos, l->entry.seg, l->entry.off - 2) == ('R' | 'B' << 8);
}

static enum dos_error load_exe(struct dos *dos, const struct program *p,
			       const struct program_header *h, struct loaded *out)
{
	uint16_t image = out->block + PSP_PARAS;
	enum dos_error error;

	if (h->load_high)
		image = out->block + out->paras - h->image_paras;
	error = read_image(dos, p, h, image, image);
	out->entry = (struct far){ h->ip, h->cs + image };
	out->stack = (struct far){ h->sp, h->ss + image };
	out->exe = true;
	out->packed = !error && is_exepack(dos, out);
	return error;
}

/* The stack ends with the segment, or with the block, and has a zero on it:
 * a RET goes to PSP:0, INT 20h.  A file that fills the room to the last
 * byte has none for its stack.  */
static enum dos_error load_com(struct dos *dos, const struct program *p, struct loaded *out)
{
	uint32_t room = out->paras < 0x1000 ? out->paras * PARA : 0x10000, got;
	enum dos_error error;

	if (room < PSP_SIZE + 2 * PARA)
		return DOS_NO_MEMORY;
	room -= PSP_SIZE;
	error = read_to(dos, p, 0, out->block + PSP_PARAS, room, &got);
	if (error)
		return error;
	if (got == room)
		return DOS_NO_MEMORY;
	out->entry = (struct far){ PSP_SIZE, out->block };
	out->stack = (struct far){ room + PSP_SIZE - 2, out->block };
	dos_w16(dos, out->stack.seg, out->stack.off, 0);
	return DOS_OK;
}

/* From the largest block in the parts of memory that the strategy names.  least: what
 * there must be, in paragraphs.  */
static enum dos_error take_room(struct dos *dos, const struct program_header *h, uint32_t least,
				struct loaded *out)
{
	uint16_t largest = 0;
	enum dos_error error = dos_alloc(dos, dos_psp(dos), 0xffff, &out->block, &largest);

	if (error != DOS_NO_MEMORY)
		return error ? error : DOS_MCB_DESTROYED;
	out->paras = h->exe ? exe_paras(h, largest) : largest;
	if (!out->paras || out->paras < least)
		return DOS_NO_MEMORY;
	return dos_alloc(dos, dos_psp(dos), out->paras, &out->block, NULL);
}

/* "Upper memory first" (80h) means for a program: there, if the largest block has
 * room for it, though there may be a larger one below.  A COM wants its file, PSP
 * and some stack.  */
static enum dos_error find_room(struct dos *dos, const struct program *p,
				const struct program_header *h, struct loaded *out)
{
	uint8_t strategy = dos_r8(dos, DOS_SEG, AT_ALLOC_STRATEGY), fit = strategy & STRATEGY_FIT;
	enum dos_error error;

	if (!(strategy & STRATEGY_UPPER_FIRST) || !(dos_r8(dos, DOS_SEG, AT_UMB_LINKED) & 1))
		return take_room(dos, h, 0, out);
	dos_w8(dos, DOS_SEG, AT_ALLOC_STRATEGY, fit | STRATEGY_UPPER_ONLY);
	error = take_room(dos, h, h->exe ? 0 : (p->size + 2u * PSP_SIZE + PARA - 1) / PARA, out);
	dos_w8(dos, DOS_SEG, AT_ALLOC_STRATEGY, fit);
	if (error == DOS_NO_MEMORY)
		error = take_room(dos, h, 0, out);
	dos_w8(dos, DOS_SEG, AT_ALLOC_STRATEGY, strategy);
	return error;
}

enum dos_error program_load(struct dos *dos, const struct program *p,
			    const struct program_header *h, struct loaded *out)
{
	enum dos_error error;

	*out = (struct loaded){ .paras = 0 };
	error = find_room(dos, p, h, out);
	if (error)
		return error;
	error = h->exe ? load_exe(dos, p, h, out) : load_com(dos, p, out);
	if (error)
		dos_free(dos, out->block);
	return error;
}

enum dos_error program_overlay(struct dos *dos, const struct program *p,
			       const struct program_header *h,
			       uint16_t seg, uint16_t factor)
{
	uint32_t got;
	enum dos_error error;

	if (!h->exe) {
		error = read_to(dos, p, 0, seg, 0xffff, &got);
		return error ? error : got == 0xffff ? DOS_NO_MEMORY : DOS_OK;
	}
	return read_image(dos, p, h, seg, factor);
}
