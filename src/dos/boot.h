/* boot.h - between init.c, which builds the kernel, and config.c, which
 * reads CONFIG.SYS.
 *
 * The boot is one service behind two gates: GATE_DOS_BOOT, where the BIOS
 * jumps to, and INT 22h's, where programs that INSTALL= started, and the first
 * program itself, come back to.  All it knows is struct dos_boot.  */

#ifndef DOS_BOOT_H
#define DOS_BOOT_H

#include "dos/dos.h"

enum boot_phase {
	BOOT_START,
	BOOT_CHOOSE,	/* CONFIG.SYS: menu and questions */
	BOOT_BUILD,	/* tables by its values */
	BOOT_DEVICES,	/* DEVICE= lines, one after the other */
	BOOT_INSTALL,	/* INSTALL= lines */
	BOOT_FIRST,	/* the first program is to be started */
	BOOT_RUNNING,	/* it runs, or has ended */
	BOOT_PHASES
};

/* --- config.c --------------------------------------------------------------- */

/* Values before CONFIG.SYS: those of the settings.  */
void config_defaults(struct dos *dos);

/* --- configmenu.c, configload.c ----------------------------------------------- */

/* Menu and questions, then the values.  A service that goes on at its next
 * phase when it is through (SVC_STEP, boot.phase changed).  */
enum svc config_choose(struct dos *dos);

/* Drivers, programs: the next line that has one.  The same.  */
enum svc config_devices(struct dos *dos);
enum svc config_install(struct dos *dos);

/* --- init.c ------------------------------------------------------------------- */

/* A line to the console, at once.  */
void boot_say(struct dos *dos, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* Start a program from the boot: "C:\\X.EXE", " tail".  SVC_JUMP, or the error.  */
enum dos_error boot_exec(struct dos *dos, const char *name, const char *tail, enum svc *answer);

/* The tables in guest memory, by the values in dos->boot.  */
void kernel_build(struct dos *dos);

/* Memory of the system's own: a block with one sub-block of `paras'
 * paragraphs; use: enum sub_block.  */
enum dos_error boot_system_block(struct dos *dos, char use, const char *name,
				 uint16_t paras, uint16_t *seg);

#endif
