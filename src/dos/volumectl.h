/* volumectl.h - generic requests to drives with sectors, between diskctl.c, whose table
 * names them, and volumectl.c.  p: DS:DX of INT 21h/440Dh.  */

#ifndef DOS_VOLUMECTL_H
#define DOS_VOLUMECTL_H

#include "dos/dos.h"

typedef enum dos_error disk_request_fn(struct dos *dos, struct drive *drive, struct far p);

disk_request_fn volume_set_parameters, volume_write_track, volume_format_track,
	volume_set_access, volume_lock, volume_get_parameters, volume_read_track,
	volume_verify_track, volume_get_access, volume_sense, volume_unlock;

#endif
