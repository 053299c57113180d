/* drivers.c - device drivers in files (DEVICE=).
 *
 * A driver file is an image, or an MZ program whose image it is, that
 * begins with a device header; more headers may be chained to it.  Each is
 * sent an INIT request and says where its memory ends (MS-DOS Programmer's
 * Reference, "Device drivers"; RBIL, INT 2Fh/0802h).  One that ends where it
 * begins does not want to stay.
 *
 * Drivers of disks are turned away: the kernel has no file system to put on
 * them.  */

#include "dos/drivers.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "dos/boot.h"
#include "dos/layout.h"
#include "dos/loader.h"
#include "dos/memory.h"

#define INIT_LENGTH	0x1a
#define NO_MORE		0xffff
#define MAX_HEADERS	32	/* in a file; more is a chain in a circle */

enum { STEP_BACK = 1 };

/* --- Into memory -------------------------------------------------------- */

/* A block with its sub-block's header, as large as there is.  */
static enum dos_error take_all(struct dos *dos, const char *name)
{
	uint16_t seg, largest = 0;
	enum dos_error error = dos_alloc(dos, MCB_OWNER_DOS, 0xffff, &seg, &largest);

	if (error != DOS_NO_MEMORY || largest < 2)
		return error ? error : DOS_NO_MEMORY;
	return boot_system_block(dos, SUB_DRIVER, name, largest - 1, &dos->boot.driver);
}

/* The same in upper memory, if its largest block has room for so much.  */
static enum dos_error take_high(struct dos *dos, const char *name, uint32_t bytes)
{
	uint16_t seg, largest = 0, paras = bytes > 0xfffff ? 0xffff : (bytes + 15) / 16;
	enum dos_error error = dos_alloc(dos, MCB_OWNER_DOS, 0xffff, &seg, &largest);

	if (error != DOS_NO_MEMORY || largest < paras + 2u)
		return error ? error : DOS_NO_MEMORY;
	return boot_system_block(dos, SUB_DRIVER, name, largest - 1, &dos->boot.driver);
}

static enum dos_error take_room(struct dos *dos, const char *name, uint32_t bytes,
				const struct driver_place *place)
{
	enum dos_error error = DOS_NO_MEMORY;
	bool linked = dos_r8(dos, DOS_SEG, AT_UMB_LINKED) & 1;

	if (place->high && dos->boot.umb && !dos_link_umb(dos, true)) {
		regions_hide(dos->guest, &place->regions);
		dos_w8(dos, DOS_SEG, AT_ALLOC_STRATEGY, STRATEGY_UPPER_ONLY);
		error = take_high(dos, name, bytes > place->least ? bytes : place->least);
		dos_w8(dos, DOS_SEG, AT_ALLOC_STRATEGY, 0);
		regions_show(dos->guest);
		dos_link_umb(dos, linked);
	}
	return error == DOS_NO_MEMORY ? take_all(dos, name) : error;
}

static uint16_t block_paras(const struct dos *dos)
{
	return dos_r16(dos, dos->boot.driver - 1, MCB_PARAS);
}

static void free_all(struct dos *dos)
{
	dos_free(dos, dos->boot.driver - 1);
	dos->boot.driver = 0;
}

static enum dos_error read_driver(struct dos *dos, const struct program *p, const char *name,
				  const struct driver_place *place)
{
	struct program_header h;
	enum dos_error error = program_header(dos, p, &h);
	uint32_t size = h.exe ? h.image_paras * 16u : p->size;

	if (error)
		return error;
	if (size < DEV_HEADER_SIZE)
		return DOS_BAD_FORMAT;
	error = take_room(dos, name, size, place);
	if (error)
		return error;
	error = size > block_paras(dos) * 16u ? DOS_NO_MEMORY :
		program_overlay(dos, p, &h, dos->boot.driver, dos->boot.driver);
	if (error)
		free_all(dos);
	return error;
}

/* What stands after "DEVICE=", in capitals, with CR LF (DOS 5 and later).  */
static void put_arguments(struct dos *dos, const char *arguments)
{
	uint16_t at = SHARED_PATH;

	for (; *arguments && at < SHARED_PATH2 + 120; arguments++)
		dos_w8(dos, DOS_SEG, at++, toupper((unsigned char)*arguments));
	dos_w8(dos, DOS_SEG, at++, '\r');
	dos_w8(dos, DOS_SEG, at++, '\n');
	dos_w8(dos, DOS_SEG, at, 0);
}

static const char *last_part(const char *name)
{
	const char *slash = strrchr(name, '\\');

	return slash ? slash + 1 : name;
}

enum dos_error driver_load(struct dos *dos, const char *name, const char *arguments,
			   const struct driver_place *place)
{
	struct dos_path path;
	struct program program;
	enum dos_error error = dos_path_text(dos, name, false, &path);

	if (!error)
		error = program_open(dos, &path, &program);
	if (error)
		return error;
	error = read_driver(dos, &program, last_part(path.path), place);
	program_close(dos, &program);
	if (error)
		return error;
	dos->boot.header = (struct far){ 0, dos->boot.driver };
	dos->boot.driver_end = 0;
	dos->boot.headers = 0;
	put_arguments(dos, arguments);
	return DOS_OK;
}

/* --- INIT --------------------------------------------------------------------- */

static void put_request(struct dos *dos)
{
	struct far end = { 0, dos->boot.driver + block_paras(dos) };

	for (unsigned i = 0; i < INIT_LENGTH; i++)
		dos_w8(dos, DOS_SEG, SHARED_REQUEST + i, 0);
	dos_w8(dos, DOS_SEG, SHARED_REQUEST + REQ_LENGTH, INIT_LENGTH);
	dos_w8(dos, DOS_SEG, SHARED_REQUEST + REQ_COMMAND, CMD_INIT);
	guest_wfar(dos->guest, DOS_SEG, SHARED_REQUEST + REQ_INIT_END, end);
	guest_wfar(dos->guest, DOS_SEG, SHARED_REQUEST + REQ_INIT_ARGS,
		   (struct far){ SHARED_PATH, DOS_SEG });
	dos_w8(dos, DOS_SEG, SHARED_REQUEST + REQ_INIT_DRIVE, lol_r8(dos, LOL_BLOCK_DEVICES));
}

enum svc driver_start(struct dos *dos)
{
	struct guest *g = dos->guest;
	struct far at = dos->boot.header;
	struct far strategy = { dos_r16(dos, at.seg, at.off + DEV_STRATEGY), at.seg };
	struct far interrupt = { dos_r16(dos, at.seg, at.off + DEV_INTERRUPT), at.seg };

	put_request(dos);
	cpu_load_real(g->cpu, CPU_ES, DOS_SEG);
	cpu_load_real(g->cpu, CPU_DS, at.seg);
	cpu_set16(g->cpu, CPU_BX, SHARED_REQUEST);
	return guest_call_two(g, strategy, interrupt, STEP_BACK);
}

/* Paragraphs of the block up to where the driver says it ends.  */
static uint16_t paras_used(struct dos *dos)
{
	struct far end = guest_rfar(dos->guest, DOS_SEG, SHARED_REQUEST + REQ_INIT_END);
	uint32_t linear = end.seg * 16u + end.off, base = dos->boot.driver * 16u;

	if (linear <= base)
		return 0;
	linear = (linear - base + 15) / 16;
	return linear > block_paras(dos) ? block_paras(dos) : linear;
}

static void link_header(struct dos *dos, struct far at)
{
	uint16_t attr = dos_r16(dos, at.seg, at.off + DEV_ATTR);
	struct far first = guest_rfar(dos->guest, DOS_SEG, AT_NUL + DEV_NEXT);

	guest_wfar(dos->guest, at.seg, at.off + DEV_NEXT, first);
	guest_wfar(dos->guest, DOS_SEG, AT_NUL + DEV_NEXT, at);
	if (attr & DEV_IS_STDIN)
		lol_wfar(dos, LOL_CON, at);
	if (attr & DEV_IS_CLOCK)
		lol_wfar(dos, LOL_CLOCK, at);
}

static void cut(struct dos *dos)
{
	uint16_t block = dos->boot.driver - 1, paras = dos->boot.driver_end;

	if (!paras) {
		free_all(dos);
		return;
	}
	dos_w16(dos, block, MCB_PARAS, paras);
	dos_resize(dos, block, paras + 1, NULL);
	dos_set_owner(dos, block, MCB_OWNER_DOS);
}

static void take_in(struct dos *dos, struct far at)
{
	uint16_t attr = dos_r16(dos, at.seg, at.off + DEV_ATTR), paras = paras_used(dos);

	if (!(attr & DEV_CHARACTER)) {
		if (dos_r8(dos, DOS_SEG, SHARED_REQUEST + REQ_INIT_UNITS))
			boot_say(dos, "Disk drivers cannot be loaded - Error in CONFIG.SYS line %u",
				 dos->boot.error_line);
		return;
	}
	if (!paras)
		return;
	if (paras > dos->boot.driver_end)
		dos->boot.driver_end = paras;
	link_header(dos, at);
}

enum svc driver_started(struct dos *dos)
{
	struct far at = dos->boot.header;
	uint16_t next = dos_r16(dos, at.seg, at.off + DEV_NEXT);

	if (dos_r16(dos, DOS_SEG, SHARED_REQUEST + REQ_INIT_ERROR))
		boot_say(dos, "Error in CONFIG.SYS line %u", dos->boot.error_line);
	take_in(dos, at);
	if (next != NO_MORE && ++dos->boot.headers < MAX_HEADERS) {
		dos->boot.header.off = next;
		return driver_start(dos);
	}
	cut(dos);
	return guest_next(dos->guest, 0);
}

void drivers_reopen(struct dos *dos)
{
	if (far_is(lol_rfar(dos, LOL_CON), dev_builtin(DEV_CON)) &&
	    far_is(guest_rfar(dos->guest, DOS_SEG, AT_NUL + DEV_NEXT), dev_builtin(DEV_CON)))
		return;
	dos_close_all(dos, BOOT_PSP);
	dos_std_handles(dos, BOOT_PSP);
}
