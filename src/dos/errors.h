/* errors.h - what DOS knows about each error, and its name for people.  */

#ifndef DOS_ERRORS_H
#define DOS_ERRORS_H

#include <stdint.h>

#include "drive/drive.h"

/* As INT 21h/59h answers (RBIL, tables 01681-01683).  */
enum error_class {
	CLASS_OUT_OF_RESOURCE = 1, CLASS_TEMPORARY, CLASS_AUTHORIZATION,
	CLASS_INTERNAL, CLASS_HARDWARE, CLASS_SYSTEM, CLASS_APPLICATION,
	CLASS_NOT_FOUND, CLASS_BAD_FORMAT, CLASS_LOCKED, CLASS_MEDIA,
	CLASS_ALREADY, CLASS_UNKNOWN,
};

enum error_action {
	ACTION_RETRY = 1, ACTION_DELAY_RETRY, ACTION_ASK_USER, ACTION_ABORT,
	ACTION_PANIC, ACTION_IGNORE, ACTION_INTERVENE,
};

enum error_locus {
	LOCUS_UNKNOWN = 1, LOCUS_DISK, LOCUS_NETWORK, LOCUS_SERIAL, LOCUS_MEMORY,
	LOCUS_KEEP = 0xff,	/* whatever the function has noted */
};

struct error_fact {
	uint16_t error;
	uint8_t class, action, locus;
	const char *name;
};

/* NULL: an error that DOS does not know.  */
const struct error_fact *dos_error_fact(enum dos_error error);

/* "file not found"; "error 200" never: an unknown one is "unknown error".  */
const char *dos_error_name(uint16_t error);

#endif
