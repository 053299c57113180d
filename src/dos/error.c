/* error.c - what went wrong: extended errors (INT 21h/59h).
 *
 * Every error is noted in the swappable data area with its class, the action
 * suggested and the place.  AX of the call itself only gets errors that
 * DOS 2 programs know for that call; another one becomes the last of its
 * list (MS-DOS 4.0 sources, DOS/MS_TABLE.ASM: I21_MAP_E_TAB, ERR_TABLE_21,
 * ERR_TABLE_24).  */

#include "dos/errors.h"

#include <stddef.h>

#include "dos/int21.h"
#include "dos/layout.h"
#include "dos/services.h"

static const struct error_fact facts[] = {
	{ 1, CLASS_APPLICATION, ACTION_ABORT, LOCUS_KEEP, "invalid function" },
	{ 2, CLASS_NOT_FOUND, ACTION_ASK_USER, LOCUS_DISK, "file not found" },
	{ 3, CLASS_NOT_FOUND, ACTION_ASK_USER, LOCUS_DISK, "path not found" },
	{ 4, CLASS_OUT_OF_RESOURCE, ACTION_ABORT, LOCUS_UNKNOWN, "too many open files" },
	{ 5, CLASS_AUTHORIZATION, ACTION_ASK_USER, LOCUS_KEEP, "access denied" },
	{ 6, CLASS_APPLICATION, ACTION_ABORT, LOCUS_UNKNOWN, "invalid handle" },
	{ 7, CLASS_APPLICATION, ACTION_PANIC, LOCUS_MEMORY, "memory chain destroyed" },
	{ 8, CLASS_OUT_OF_RESOURCE, ACTION_ABORT, LOCUS_MEMORY, "insufficient memory" },
	{ 9, CLASS_APPLICATION, ACTION_ABORT, LOCUS_MEMORY, "invalid memory block" },
	{ 10, CLASS_APPLICATION, ACTION_ABORT, LOCUS_MEMORY, "invalid environment" },
	{ 11, CLASS_BAD_FORMAT, ACTION_ASK_USER, LOCUS_UNKNOWN, "invalid format" },
	{ 12, CLASS_APPLICATION, ACTION_ABORT, LOCUS_UNKNOWN, "invalid access code" },
	{ 13, CLASS_BAD_FORMAT, ACTION_ABORT, LOCUS_UNKNOWN, "invalid data" },
	{ 15, CLASS_NOT_FOUND, ACTION_ASK_USER, LOCUS_DISK, "invalid drive" },
	{ 16, CLASS_AUTHORIZATION, ACTION_ASK_USER, LOCUS_DISK, "current directory" },
	{ 17, CLASS_UNKNOWN, ACTION_ASK_USER, LOCUS_DISK, "not same device" },
	{ 18, CLASS_NOT_FOUND, ACTION_ASK_USER, LOCUS_DISK, "no more files" },
	{ 19, CLASS_MEDIA, ACTION_INTERVENE, LOCUS_DISK, "write protected" },
	{ 20, CLASS_INTERNAL, ACTION_PANIC, LOCUS_UNKNOWN, "unknown unit" },
	{ 21, CLASS_HARDWARE, ACTION_INTERVENE, LOCUS_KEEP, "not ready" },
	{ 22, CLASS_INTERNAL, ACTION_PANIC, LOCUS_UNKNOWN, "unknown command" },
	{ 23, CLASS_MEDIA, ACTION_ABORT, LOCUS_DISK, "data error" },
	{ 24, CLASS_INTERNAL, ACTION_PANIC, LOCUS_UNKNOWN, "bad request length" },
	{ 25, CLASS_HARDWARE, ACTION_RETRY, LOCUS_DISK, "seek error" },
	{ 26, CLASS_MEDIA, ACTION_INTERVENE, LOCUS_DISK, "not a DOS disk" },
	{ 27, CLASS_MEDIA, ACTION_ABORT, LOCUS_DISK, "sector not found" },
	{ 28, CLASS_TEMPORARY, ACTION_INTERVENE, LOCUS_SERIAL, "out of paper" },
	{ 29, CLASS_HARDWARE, ACTION_ABORT, LOCUS_KEEP, "write fault" },
	{ 30, CLASS_HARDWARE, ACTION_ABORT, LOCUS_KEEP, "read fault" },
	{ 31, CLASS_UNKNOWN, ACTION_ABORT, LOCUS_KEEP, "general failure" },
	{ 32, CLASS_LOCKED, ACTION_DELAY_RETRY, LOCUS_DISK, "sharing violation" },
	{ 33, CLASS_LOCKED, ACTION_DELAY_RETRY, LOCUS_DISK, "lock violation" },
	{ 34, CLASS_MEDIA, ACTION_INTERVENE, LOCUS_DISK, "wrong disk" },
	{ 35, CLASS_APPLICATION, ACTION_ABORT, LOCUS_UNKNOWN, "FCB unavailable" },
	{ 36, CLASS_OUT_OF_RESOURCE, ACTION_ABORT, LOCUS_MEMORY, "sharing buffer full" },
	{ 37, CLASS_UNKNOWN, ACTION_ABORT, LOCUS_DISK, "code page mismatch" },
	{ 38, CLASS_OUT_OF_RESOURCE, ACTION_ABORT, LOCUS_UNKNOWN, "end of file" },
	{ 39, CLASS_OUT_OF_RESOURCE, ACTION_ABORT, LOCUS_UNKNOWN, "disk full" },
	{ 50, CLASS_BAD_FORMAT, ACTION_ASK_USER, LOCUS_NETWORK, "not supported" },
	{ 80, CLASS_ALREADY, ACTION_ASK_USER, LOCUS_DISK, "file exists" },
	{ 82, CLASS_OUT_OF_RESOURCE, ACTION_ABORT, LOCUS_DISK, "cannot make" },
	{ 83, CLASS_UNKNOWN, ACTION_ABORT, LOCUS_UNKNOWN, "fail on INT 24h" },
	{ 84, CLASS_OUT_OF_RESOURCE, ACTION_ABORT, LOCUS_KEEP, "out of structures" },
	{ 85, CLASS_ALREADY, ACTION_ASK_USER, LOCUS_NETWORK, "already assigned" },
	{ 86, CLASS_AUTHORIZATION, ACTION_ASK_USER, LOCUS_UNKNOWN, "invalid password" },
	{ 87, CLASS_BAD_FORMAT, ACTION_ASK_USER, LOCUS_UNKNOWN, "invalid parameter" },
	{ 88, CLASS_HARDWARE, ACTION_ABORT, LOCUS_NETWORK, "network write fault" },
	{ 90, CLASS_UNKNOWN, ACTION_ABORT, LOCUS_DISK, "component not loaded" },
};

const struct error_fact *dos_error_fact(enum dos_error error)
{
	for (size_t i = 0; i < sizeof facts / sizeof facts[0]; i++)
		if (facts[i].error == error)
			return &facts[i];
	return NULL;
}

const char *dos_error_name(uint16_t error)
{
	const struct error_fact *fact = dos_error_fact(error);

	return fact ? fact->name : "unknown error";
}

/* Errors that AX may show, by function; the last one stands for the others.
 * A function that is not here shows them all.  */
static const struct { uint8_t function; uint8_t error[11]; } shown[] = {
	{ 0x38, { 1, 2 } },
	{ 0x39, { 3, 2, 5 } },
	{ 0x3a, { 16, 3, 2, 5 } },
	{ 0x3b, { 2, 3 } },
	{ 0x3c, { 3, 2, 4, 5 } },
	{ 0x3d, { 3, 2, 12, 4, 26, 5 } },
	{ 0x3e, { 6 } },
	{ 0x3f, { 6, 5 } },
	{ 0x40, { 6, 5 } },
	{ 0x41, { 3, 2, 5 } },
	{ 0x42, { 6, 1 } },
	{ 0x43, { 3, 2, 1, 5 } },
	{ 0x44, { 15, 13, 1, 6, 5 } },
	{ 0x45, { 6, 4 } },
	{ 0x46, { 6, 4 } },
	{ 0x47, { 26, 15 } },
	{ 0x48, { 7, 8 } },
	{ 0x49, { 7, 9 } },
	{ 0x4a, { 7, 9, 8 } },
	{ 0x4b, { 3, 1, 2, 4, 11, 10, 8, 5 } },
	{ 0x4e, { 3, 2, 18 } },
	{ 0x4f, { 18 } },
	{ 0x56, { 17, 3, 2, 16, 5 } },
	{ 0x57, { 6, 8, 13, 1 } },
	{ 0x58, { 1 } },
	{ 0x5a, { 3, 2, 4, 5 } },
	{ 0x5b, { 80, 3, 2, 4, 5 } },
	{ 0x5c, { 6, 1, 36, 33 } },
	{ 0x65, { 1, 2 } },
	{ 0x66, { 1, 2 } },
	{ 0x67, { 4, 8, 1 } },
	{ 0x68, { 6 } },
	{ 0x69, { 15, 13, 1, 5 } },
	{ 0x6a, { 6 } },
	{ 0x6c, { 3, 2, 12, 4, 80, 8, 26, 13, 1, 5 } },
};

static uint16_t shown_error(uint8_t function, uint16_t error)
{
	for (size_t i = 0; i < sizeof shown / sizeof shown[0]; i++) {
		const uint8_t *e = shown[i].error;

		if (shown[i].function != function)
			continue;
		for (; *e != error && e[1]; e++)
			;
		return *e;
	}
	return error;
}

void dos_note_error(struct dos *dos, enum dos_error error)
{
	const struct error_fact *fact = dos_error_fact(error);

	sda_w16(dos, SDA_ERROR, error);
	if (!fact)
		return;
	sda_w8(dos, SDA_CLASS, fact->class);
	sda_w8(dos, SDA_ACTION, fact->action);
	if (fact->locus != LOCUS_KEEP)
		sda_w8(dos, SDA_LOCUS, fact->locus);
}

enum svc dos_fail(struct dos *dos, enum dos_error error)
{
	dos_note_error(dos, error);
	return guest_fail(dos->guest, shown_error(caller16(dos, CPU_AX) >> 8, error));
}

/* 59h: AX error, BH class, BL action, CH locus, ES:DI (a disk's label for
 * error 34).  Destroys CL, DX, SI, BP, DS in DOS; we leave those alone.  */
enum svc int21_extended_error(void *room, struct guest *g)
{
	struct dos *dos = room;
	struct far p = sda_rfar(dos, SDA_ERROR_PTR);

	cpu_set16(g->cpu, CPU_BX, sda_r8(dos, SDA_CLASS) << 8 | sda_r8(dos, SDA_ACTION));
	cpu_set8(g->cpu, 5, sda_r8(dos, SDA_LOCUS));
	cpu_set16(g->cpu, CPU_DI, p.off);
	cpu_load_real(g->cpu, CPU_ES, p.seg);
	return guest_ok(g, sda_r16(dos, SDA_ERROR));
}
