/* refuse.c - "access denied", in every shape.  */

#include "drive/refuse.h"

enum dos_error refuse_path(void *disk, const char *path)
{
	(void)disk, (void)path;
	return DOS_DENIED;
}

enum dos_error refuse_rename(void *disk, const char *from, const char *to, bool long_name)
{
	(void)disk, (void)from, (void)to, (void)long_name;
	return DOS_DENIED;
}

enum dos_error refuse_mkdir(void *disk, const char *path, bool long_name)
{
	(void)disk, (void)path, (void)long_name;
	return DOS_DENIED;
}

enum dos_error refuse_attr(void *disk, const char *path, uint8_t attr)
{
	(void)disk, (void)path, (void)attr;
	return DOS_DENIED;
}

enum dos_error refuse_path_time(void *disk, const char *path, unsigned which,
				uint16_t time, uint16_t date)
{
	(void)disk, (void)path, (void)which, (void)time, (void)date;
	return DOS_DENIED;
}

enum dos_error refuse_time(void *disk, drive_file f, uint16_t time, uint16_t date)
{
	(void)disk, (void)f, (void)time, (void)date;
	return DOS_DENIED;
}

enum dos_error refuse_write(void *disk, drive_file f, uint32_t pos, const void *buf, size_t *n)
{
	(void)disk, (void)f, (void)pos, (void)buf;
	*n = 0;
	return DOS_DENIED;
}

enum dos_error refuse_lock(void *disk, drive_file f, uint16_t owner, bool on,
			   uint32_t pos, uint32_t size)
{
	(void)disk, (void)f, (void)owner, (void)on, (void)pos, (void)size;
	return DOS_BAD_FUNCTION;
}
