/* refuse.h - the operations of drives on which nothing can be changed.  */

#ifndef DRIVE_REFUSE_H
#define DRIVE_REFUSE_H

#include "drive/drive.h"

/* All answer DOS_DENIED; lock DOS_BAD_FUNCTION, as without SHARE.  */
enum dos_error refuse_path(void *disk, const char *path);
enum dos_error refuse_rename(void *disk, const char *from, const char *to, bool long_name);
enum dos_error refuse_mkdir(void *disk, const char *path, bool long_name);
enum dos_error refuse_attr(void *disk, const char *path, uint8_t attr);
enum dos_error refuse_path_time(void *disk, const char *path, unsigned which,
				uint16_t time, uint16_t date);
enum dos_error refuse_time(void *disk, drive_file f, uint16_t time, uint16_t date);
enum dos_error refuse_write(void *disk, drive_file f, uint32_t pos, const void *buf, size_t *n);
enum dos_error refuse_lock(void *disk, drive_file f, uint16_t owner, bool on,
			   uint32_t pos, uint32_t size);

#endif
