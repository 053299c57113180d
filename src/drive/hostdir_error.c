/* hostdir_error.c - errno as DOS says it.
 *
 * A read-only file system answers "access denied", as a CD-ROM and a network
 * drive do, and not "write protected": that one is a critical error (INT
 * 24h) and would stop a script with a question.  */

#include "drive/hostdir.h"

#include <errno.h>

static const struct { int host; enum dos_error dos; } table[] = {
	{ ENOENT, DOS_NO_FILE },
	{ ENOTDIR, DOS_NO_PATH },
	{ ENAMETOOLONG, DOS_NO_PATH },
	{ ELOOP, DOS_NO_FILE },		/* links in a circle, or out of the drive */
	{ EXDEV, DOS_NO_FILE },
	{ ENXIO, DOS_NO_FILE },		/* a pipe or device without its other end */
	{ ENODEV, DOS_NO_FILE },
	{ ESTALE, DOS_NO_FILE },
	{ EACCES, DOS_DENIED },
	{ EPERM, DOS_DENIED },
	{ EROFS, DOS_DENIED },
	{ EISDIR, DOS_DENIED },
	{ ENOTEMPTY, DOS_DENIED },
	{ EBUSY, DOS_DENIED },
	{ ETXTBSY, DOS_SHARING },
	{ EEXIST, DOS_FILE_EXISTS },
	{ EMFILE, DOS_TOO_MANY },
	{ ENFILE, DOS_TOO_MANY },
	{ ENOMEM, DOS_NO_MEMORY },
	{ ENOSPC, DOS_DISK_FULL },
	{ EDQUOT, DOS_DISK_FULL },
	{ EFBIG, DOS_DISK_FULL },
	{ EBADF, DOS_BAD_HANDLE },
	{ EAGAIN, DOS_LOCK },
	{ ENOLCK, DOS_SHARE_BUFFER },
	{ EINVAL, DOS_BAD_PARAMETER },
	{ EOPNOTSUPP, DOS_UNSUPPORTED },
	{ ENOSYS, DOS_UNSUPPORTED },
	{ EILSEQ, DOS_NO_PATH },	/* the file system's own rules for names */
};

enum dos_error hd_error(int err)
{
	for (unsigned i = 0; i < sizeof table / sizeof table[0]; i++)
		if (table[i].host == err)
			return table[i].dos;
	return DOS_GENERAL_FAILURE;
}

enum dos_error hd_path_error(int err)
{
	enum dos_error e = hd_error(err);

	return e == DOS_NO_FILE ? DOS_NO_PATH : e;
}
