/* kernel.c - loads kernels as the Multiboot Specification (version 0.6.96)
 * has them, and gives them what it promises: flat 32-bit protected mode, no
 * paging, the command line, the size of memory and its map.
 *
 * Everything in the file is measured before it is believed.  */

#include "board.h"

#include <elf.h>
#include <string.h>

#include "base/error.h"

#define HEADER_MAGIC	0x1badb002u
#define ENTRY_MAGIC	0x2badb002u
#define SEARCHED	8192u		/* bytes in which the header must be */
#define WANTS_ADDRESSES	(1u << 16)
#define WANTS_UNKNOWN	0xfff8u		/* required features beyond 0-2 */
#define WANTS_VIDEO	4u

#define INFO_MEMORY	1u
#define INFO_COMMAND	4u
#define INFO_MAP	0x40u
#define INFO_LOADER	0x200u

#define INFO_SIZE	88u
#define MAP_ENTRIES	2u
#define LOW_END		0xa0000u
#define HIGH_BEGIN	0x100000u
#define LOADER_NAME	"bare"

#define FLAT_CODE	(ATTR_P | ATTR_S | ATTR_CODE | ATTR_WRITE | ATTR_ACCESSED | ATTR_B | ATTR_G)
#define FLAT_DATA	(ATTR_P | ATTR_S | ATTR_WRITE | ATTR_ACCESSED | ATTR_B | ATTR_G)

struct kernel {
	struct board *b;
	const uint8_t *image;
	size_t size;
	uint32_t entry;
	uint32_t low_end;		/* where in low memory it ends */
};

static uint32_t get32(const uint8_t *p)
{
	return p[0] | p[1] << 8 | p[2] << 16 | (uint32_t)p[3] << 24;
}

static void put32(uint8_t *p, uint32_t v)
{
	for (unsigned i = 0; i < 4; i++)
		p[i] = v >> 8 * i;
}

/* `length' bytes of the file at memory address `to', zeros behind them.  */
static bool place(struct kernel *k, uint32_t to, size_t from, size_t length, size_t total,
		  struct error *err)
{
	size_t ram = k->b->bus.ram_size;

	if (from > k->size || length > k->size - from) {
		error_set(err, "the kernel's file is too short");
		return false;
	}
	if (length > total)
		total = length;
	if (to > ram || total > ram - to) {
		error_set(err, "the kernel does not fit into memory");
		return false;
	}
	memcpy(k->b->bus.ram + to, k->image + from, length);
	memset(k->b->bus.ram + to + length, 0, total - length);
	if (to < LOW_END && to + total > k->low_end)
		k->low_end = to + total;
	return true;
}

static bool load_elf(struct kernel *k, struct error *err)
{
	Elf32_Ehdr e;
	Elf32_Phdr p;

	if (k->size < sizeof e)
		goto bad;
	memcpy(&e, k->image, sizeof e);
	if (memcmp(e.e_ident, ELFMAG, SELFMAG) || e.e_ident[EI_CLASS] != ELFCLASS32 ||
	    e.e_machine != EM_386 || e.e_phentsize != sizeof p)
		goto bad;
	for (unsigned i = 0; i < e.e_phnum; i++) {
		size_t at = e.e_phoff + (size_t)i * sizeof p;

		if (at > k->size || sizeof p > k->size - at)
			goto bad;
		memcpy(&p, k->image + at, sizeof p);
		if (p.p_type == PT_LOAD &&
		    !place(k, p.p_paddr, p.p_offset, p.p_filesz, p.p_memsz, err))
			return false;
	}
	k->entry = e.e_entry;
	return true;
bad:
	error_set(err, "the kernel is no ELF file for the i386");
	return false;
}

/* "a.out kludge": the addresses stand in the header.  */
static bool load_by_header(struct kernel *k, size_t header, struct error *err)
{
	const uint8_t *h = k->image + header;
	uint32_t header_addr = get32(h + 12), load = get32(h + 16);
	uint32_t load_end = get32(h + 20), bss_end = get32(h + 24);
	size_t from;

	if (load > header_addr || header_addr - load > header ||
	    (load_end && load_end < load) || (bss_end && bss_end < load)) {
		error_set(err, "the addresses in the kernel's Multiboot header make no sense");
		return false;
	}
	from = header - (header_addr - load);
	k->entry = get32(h + 28);
	return place(k, load, from, load_end ? load_end - load : k->size - from,
		     bss_end ? bss_end - load : 0, err);
}

/* The offset of its Multiboot header in a file; SEARCHED: it has none.  */
static size_t find_header(const uint8_t *image, size_t size)
{
	for (size_t i = 0; i + 12 <= size && i < SEARCHED; i += 4)
		if (get32(image + i) == HEADER_MAGIC &&
		    !(HEADER_MAGIC + get32(image + i + 4) + get32(image + i + 8)))
			return i;
	return SEARCHED;
}

bool board_is_kernel(const uint8_t *image, size_t size)
{
	return find_header(image, size) < SEARCHED;
}

static bool load(struct kernel *k, struct error *err)
{
	size_t header = find_header(k->image, k->size);
	uint32_t flags;

	if (header == SEARCHED) {
		error_set(err, "no Multiboot header");
		return false;
	}
	flags = get32(k->image + header + 4);
	if (flags & (WANTS_UNKNOWN | WANTS_VIDEO)) {
		error_set(err, "the kernel wants more of Multiboot than there is: flags %x", flags);
		return false;
	}
	if (!(flags & WANTS_ADDRESSES))
		return load_elf(k, err);
	if (header + 32 > k->size) {
		error_set(err, "the kernel's Multiboot header is cut");
		return false;
	}
	return load_by_header(k, header, err);
}

static void put_map_entry(uint8_t *p, uint32_t base, uint32_t length)
{
	put32(p, 20);			/* size of what follows */
	put32(p + 4, base);
	put32(p + 8, 0);
	put32(p + 12, length);
	put32(p + 16, 0);
	put32(p + 20, 1);		/* plain memory */
}

/* The information structure, and behind it what it points to.  Answers its
 * address, 0: no room.  */
static uint32_t put_info(struct kernel *k, const char *command_line)
{
	uint32_t at = (k->low_end < 0x1000 ? 0x1000 : k->low_end + 0xfff) & ~0xfffu;
	uint32_t map = at + INFO_SIZE, loader = map + MAP_ENTRIES * 24;
	uint32_t command = loader + sizeof LOADER_NAME;
	size_t ram = k->b->bus.ram_size, n = strlen(command_line) + 1;
	uint8_t *memory = k->b->bus.ram, *info = memory + at;

	if (command > LOW_END || n > LOW_END - command)
		return 0;
	memset(info, 0, INFO_SIZE);
	put32(info, INFO_MEMORY | INFO_COMMAND | INFO_MAP | INFO_LOADER);
	put32(info + 4, LOW_END / 1024);
	put32(info + 8, (ram - HIGH_BEGIN) / 1024);
	put32(info + 16, command);
	put32(info + 44, MAP_ENTRIES * 24);
	put32(info + 48, map);
	put32(info + 64, loader);
	put_map_entry(memory + map, 0, LOW_END);
	put_map_entry(memory + map + 24, HIGH_BEGIN, ram - HIGH_BEGIN);
	memcpy(memory + loader, LOADER_NAME, sizeof LOADER_NAME);
	memcpy(memory + command, command_line, n);
	return at;
}

/* Section 3.2, "Machine state".  */
static void enter(struct board *b, uint32_t entry, uint32_t info)
{
	struct cpu *cpu = &b->cpu;

	cpu_reset(cpu);
	cpu->cr[0] |= CR0_PE;
	for (unsigned i = 0; i < 6; i++)
		cpu->seg[i] = (struct cpu_segment){ 0x18, FLAT_DATA, 0, 0xffffffff };
	cpu->seg[CPU_CS] = (struct cpu_segment){ 0x10, FLAT_CODE, 0, 0xffffffff };
	cpu->reg[CPU_AX] = ENTRY_MAGIC;
	cpu->reg[CPU_BX] = info;
	cpu->ip = entry;
	cpu->engine->forget(cpu->engine_data);
}

bool board_load_kernel(struct board *b, const uint8_t *image, size_t size,
		       const char *command_line, struct error *err)
{
	struct kernel k = { .b = b, .image = image, .size = size };
	uint32_t info;

	if (b->o.model < CPU_80386) {
		error_set(err, "a kernel needs a 386");
		return false;
	}
	if (!load(&k, err))
		return false;
	info = put_info(&k, command_line);
	if (!info) {
		error_set(err, "no room for the command line");
		return false;
	}
	bus_wrote(&b->bus, 0, b->bus.ram_size);
	enter(b, k.entry, info);
	return true;
}
