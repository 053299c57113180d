/* share.c - which opens of a file go together.  */

#include "drive/share.h"

#include "drive/drive.h"

enum { COMPATIBLE, DENY_ALL, DENY_WRITE, DENY_READ, DENY_NONE, NET_FCB = 7 };

bool share_mode_ok(unsigned mode)
{
	unsigned share = (mode & DRIVE_SHARE) >> 4;

	return (mode & DRIVE_ACCESS) <= DRIVE_RDWR && (share <= DENY_NONE || share == NET_FCB);
}

uint8_t share_class(unsigned mode, bool read_only)
{
	unsigned share = (mode & DRIVE_SHARE) >> 4, access = mode & DRIVE_ACCESS;

	if (share == NET_FCB || (mode & DRIVE_COMPAT_FCB))
		share = COMPATIBLE;
	if (share == COMPATIBLE && read_only && access == DRIVE_READ)
		share = DENY_WRITE;
	return 3 * share + access;
}

/* Bit 0 read, bit 1 write.  */
static unsigned does(unsigned class)
{
	return class % 3 + 1;
}

static unsigned denies(unsigned class)
{
	static const uint8_t deny[] = { 3, 3, 2, 1, 0 };

	return deny[class / 3];
}

bool share_conflict(unsigned a, unsigned b)
{
	if (a < SHARE_COMPAT || b < SHARE_COMPAT)
		return a >= SHARE_COMPAT || b >= SHARE_COMPAT;
	return (does(a) & denies(b)) || (does(b) & denies(a));
}
