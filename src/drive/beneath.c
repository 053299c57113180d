/* beneath.c - openat2, or the same by hand.  */

#include "drive/beneath.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/openat2.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define WALK_DEPTH	128	/* directories deep; guest paths have under 130 */
#define WALK_LINKS	40	/* as the kernel */
#define RETRIES		64

static int open_kernel(int root, const char *path, int flags)
{
	struct open_how how = {
		.flags = (unsigned)flags | O_CLOEXEC,
		.resolve = RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS,
	};
	int fd = -1;

	/* EAGAIN: somebody renames directories while ".." is resolved.  */
	for (unsigned i = 0; i < RETRIES; i++) {
		fd = (int)syscall(SYS_openat2, root, path, &how, sizeof how);
		if (fd >= 0 || (errno != EAGAIN && errno != EINTR))
			break;
	}
	return fd;
}

/* A walk by hand.  open[0] is the root (not ours to close), open[depth] is
 * where we are; ".." goes back along it and so can never pass the root.  */
struct walk {
	int open[WALK_DEPTH];
	unsigned depth, links;
	char rest[PATH_MAX];	/* what is still to be walked */
};

static void walk_up(struct walk *w)
{
	close(w->open[w->depth--]);
}

/* Put the target of a link in front of the rest.  */
static bool walk_link(struct walk *w, const char *name, const char *rest)
{
	char to[PATH_MAX];
	size_t after = strlen(rest);
	ssize_t n = readlinkat(w->open[w->depth], name, to, sizeof to);

	if (n < 0)
		return false;
	if (++w->links > WALK_LINKS) {
		errno = ELOOP;
		return false;
	}
	if (n == 0 || to[0] == '/') {
		errno = EXDEV;
		return false;
	}
	if ((size_t)n + 1 + after >= sizeof w->rest) {
		errno = ENAMETOOLONG;
		return false;
	}
	memmove(w->rest + n + 1, rest, after + 1);
	memcpy(w->rest, to, n);
	w->rest[n] = '/';
	return true;
}

static bool walk_enter(struct walk *w, const char *name)
{
	int fd;

	if (w->depth + 1 >= WALK_DEPTH) {
		errno = ENAMETOOLONG;
		return false;
	}
	fd = openat(w->open[w->depth], name, O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (fd < 0)
		return false;
	w->open[++w->depth] = fd;
	return true;
}

static bool is_link(int dir, const char *name)
{
	struct stat st;

	return fstatat(dir, name, &st, AT_SYMLINK_NOFOLLOW) == 0 && S_ISLNK(st.st_mode);
}

/* Take the first component off the rest.  False: there is none.  */
static bool walk_next(struct walk *w, char name[NAME_MAX + 1])
{
	const char *s = w->rest + strspn(w->rest, "/");
	size_t n = strcspn(s, "/");

	if (!n || n > NAME_MAX)
		return false;
	memcpy(name, s, n);
	name[n] = '\0';
	s += n;
	s += strspn(s, "/");
	memmove(w->rest, s, strlen(s) + 1);
	return true;
}

static int walk_open(struct walk *w, int flags)
{
	char name[NAME_MAX + 1];

	while (walk_next(w, name)) {
		char rest[PATH_MAX];
		int here = w->open[w->depth];

		if (strcmp(name, ".") == 0)
			continue;
		if (strcmp(name, "..") == 0) {
			if (w->depth == 0) {
				errno = EXDEV;
				return -1;
			}
			walk_up(w);
			continue;
		}
		if (is_link(here, name) && (w->rest[0] || !(flags & O_NOFOLLOW))) {
			memcpy(rest, w->rest, sizeof rest);
			if (!walk_link(w, name, rest))
				return -1;
		} else if (w->rest[0] == '\0') {
			/* A link put here since then: O_PATH would open the link
			 * itself, which is harmless and not a file.  */
			return openat(here, name, flags | O_NOFOLLOW | O_CLOEXEC);
		} else if (!walk_enter(w, name)) {
			return -1;
		}
	}
	if (w->rest[0]) {
		errno = ENAMETOOLONG;
		return -1;
	}
	return openat(w->open[w->depth], ".", flags | O_CLOEXEC);
}

static int open_by_hand(int root, const char *path, int flags)
{
	struct walk w;
	int fd, saved;

	if (path[0] == '/') {
		errno = EXDEV;
		return -1;
	}
	if (strlen(path) >= sizeof w.rest) {
		errno = ENAMETOOLONG;
		return -1;
	}
	w.open[0] = root;
	w.depth = w.links = 0;
	strcpy(w.rest, path);
	fd = walk_open(&w, flags);
	saved = errno;
	while (w.depth)
		walk_up(&w);
	errno = saved;
	return fd;
}

void beneath_init(struct beneath *b, int root)
{
	int fd = open_kernel(root, ".", O_PATH);

	*b = (struct beneath){ .root = root, .walk = fd < 0 };
	if (fd >= 0)
		close(fd);
}

int beneath_open(const struct beneath *b, const char *path, int flags)
{
	if (!path[0])
		path = ".";
	return b->walk ? open_by_hand(b->root, path, flags) : open_kernel(b->root, path, flags);
}
