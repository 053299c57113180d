/* fuzz_exe.c - program files, as EXEC and overlays load them.  The input is
 * the file, on a drive in memory; the kernel has its memory chain and
 * nothing else.  */

#include "fuzz.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "bus/bus.h"
#include "cpu/cpu.h"
#include "dos/layout.h"
#include "dos/loader.h"
#include "dos/memory.h"
#include "drive/mem.h"
#include "guest/guest.h"

enum { FIRST_MCB = 0x800, LAST_PARA = 0x9fff, PSP = 0x0700 };

/* The doorway refers to it; nothing runs here.  */
void cpu_load_real(struct cpu *c, enum cpu_seg seg, uint16_t sel)
{
	c->seg[seg] = (struct cpu_segment){ .sel = sel, .base = sel * 16u };
}

static void must(bool kept)
{
	if (!kept)
		abort();
}

/* All conventional memory is one free block.  */
static void free_memory(struct dos *dos)
{
	lol_w16(dos, LOL_FIRST_MCB, FIRST_MCB);
	guest_w16(dos->guest, DOS_SEG, AT_UMB_HEAD, 0xffff);
	guest_w8(dos->guest, FIRST_MCB, MCB_TYPE, 'Z');
	guest_w16(dos->guest, FIRST_MCB, MCB_OWNER, MCB_OWNER_FREE);
	guest_w16(dos->guest, FIRST_MCB, MCB_PARAS, LAST_PARA - FIRST_MCB);
	sda_w16(dos, SDA_PSP, PSP);
}

static void load(struct dos *dos)
{
	struct dos_path path = { .kind = PATH_FILE, .drive = 2, .path = "\\P.EXE" };
	struct program p;
	struct program_header h;
	struct loaded out;

	must(program_open(dos, &path, &p) == DOS_OK);
	if (program_header(dos, &p, &h) == DOS_OK) {
		if (program_load(dos, &p, &h, &out) == DOS_OK)
			must(out.block > FIRST_MCB && out.block + out.paras <= LAST_PARA + 1u);
		/* Relocations may hit the chain itself, as they may under DOS.  */
		if (!h.exe || !h.relocations)
			must(dos_memory_intact(dos));
		program_overlay(dos, &p, &h, 0x2000, 0x3000);
		program_overlay(dos, &p, &h, 0xff00, 0xffff);
	}
	program_close(dos, &p);
}

/* Made once: what a run leaves behind is cleared by the next.  */
static struct bus bus;
static struct guest guest;
static struct cpu cpu;

static void ready(void)
{
	struct error err;

	if (!bus.ram)
		must(bus_init(&bus, 2 << 20, &err));
	memset(bus.ram, 0, bus.ram_size);
	guest_init(&guest, &cpu, &bus);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct mem_file table[] = { { "\\P.EXE", data, size, 0, 0 } };
	struct drive drive[DRIVE_LETTERS] = { { 0 } };
	struct dos *dos = calloc(1, sizeof *dos);
	struct error err;

	ready();
	must(dos != NULL);
	dos->guest = &guest;
	dos->bus = &bus;
	dos->drive = drive;
	dos->config.code_page = 437;
	must(mem_mount(&drive[2], "FUZZ", table, 1, &err));
	free_memory(dos);
	load(dos);
	drive_unmount(&drive[2]);
	free(dos);
	return 0;
}
