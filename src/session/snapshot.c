/* snapshot.c - a run that goes on where another one was saved (--state).  */

#include "session/parts.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "conf/conf.h"
#include "machine/machine.h"

#define BESIDE_MEMORY	(64u << 20)	/* that a snapshot may have at most */

static bool read_all(int fd, uint8_t *data, size_t size)
{
	ssize_t n;

	for (size_t at = 0; at < size; at += n) {
		n = read(fd, data + at, size - at);
		if (n < 0 && errno == EINTR) {
			n = 0;
		} else if (n <= 0) {
			errno = n ? errno : EIO;	/* shorter than it was */
			return false;
		}
	}
	return true;
}

/* The whole file, malloc'ed; NULL with errno.  */
static uint8_t *contents(const char *path, size_t most, size_t *size)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK), e;
	uint8_t *data = NULL;
	struct stat st;

	if (fd < 0)
		return NULL;
	if (fstat(fd, &st) != 0) {
		e = errno;
	} else if (!S_ISREG(st.st_mode)) {
		e = S_ISDIR(st.st_mode) ? EISDIR : EINVAL;
	} else if ((uintmax_t)st.st_size > most) {
		e = EFBIG;
	} else {
		*size = st.st_size;
		data = malloc(*size + 1);
		e = data ? 0 : ENOMEM;
		if (data && !read_all(fd, data, *size)) {
			e = errno;
			free(data);
			data = NULL;
		}
	}
	close(fd);
	errno = e;
	return data;
}

bool snapshot_load(struct session *s, char *const *args, struct error *err)
{
	const char *path = conf_get_text(s->conf, "state");
	struct error why = { "" };
	uint8_t *data;
	size_t size = 0;
	bool ok;

	if (!*path)
		return true;
	if (*args || *conf_get_text(s->conf, "command")) {
		error_set(err, "--state goes on with what ran; there can be no other program");
		return false;
	}
	data = contents(path, conf_get_int(s->conf, "memory") + BESIDE_MEMORY, &size);
	if (!data) {
		error_set(err, "%s: %s", path, strerror(errno));
		return false;
	}
	ok = machine_load(s->machine, data, size, &why);
	free(data);
	if (!ok)
		error_set(err, "%s: %s", path, why.text);
	return ok;
}
