/* config.c - CONFIG.SYS.  */

#include <stdio.h>

#include "dos/boot.h"

void config_defaults(struct dos *dos)
{
	const struct dos_config *c = &dos->config;
	struct dos_boot *b = &dos->boot;

	b->files = c->files < 8 ? 8 : c->files;
	b->fcbs = c->fcbs ? c->fcbs : 1;
	b->lastdrive = c->lastdrive > DRIVE_LETTERS ? DRIVE_LETTERS : c->lastdrive;
	b->buffers = c->buffers;
	b->country = c->country;
	b->code_page = c->code_page;
}

enum svc config_choose(struct dos *dos)
{
	dos->boot.phase = BOOT_BUILD;
	return guest_next(dos->guest, 0);
}

enum svc config_devices(struct dos *dos)
{
	dos->boot.phase = BOOT_INSTALL;
	return guest_next(dos->guest, 0);
}

enum svc config_install(struct dos *dos)
{
	dos->boot.phase = BOOT_FIRST;
	return guest_next(dos->guest, 0);
}
