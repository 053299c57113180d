/* unzip.c - what is in a zip, by libzip.  */

#include "session/unzip.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zip.h>

#include "base/error.h"
#include "session/explode.h"

#define CHUNK		65536
#define OLD_MOST	(UINT64_C(64) << 20)	/* bytes of a file that PKZIP 1 has packed */
#define DEPTH		32		/* directories on the way: more than a DOS path has */

struct unzip {
	zip_t *zip;
	char path[PATH_MAX];		/* as the user gave it */
	uint64_t files;
};

/* One of its files.  */
struct member {
	char name[PATH_MAX];		/* with slashes, none at its end */
	bool is_dir;
	uint64_t size, packed;
	time_t time;
	uint32_t crc;
	uint16_t method;
};

static bool refuse(const struct unzip *u, const char *name, const char *why, struct error *err)
{
	char plain[200];
	size_t n = 0;

	/* It goes to a terminal, which C2h 80h to C2h 9Fh are commands to as well.  */
	for (; name[n] && n < sizeof plain - 1; n++) {
		unsigned char c = name[n];

		plain[n] = c < ' ' || c == 127 || (n && c < 0xa0 && name[n - 1] == '\xc2') ? '?' : c;
	}
	plain[n] = 0;
	error_set(err, "%s: %s: %s", u->path, plain, why);
	return false;
}

/* Each part of it can be the name of a file, and none leads up.  */
static const char *bad_name(const char *name)
{
	unsigned depth = 0;

	if (name[0] == '/' || (name[0] && name[1] == ':'))
		return "an absolute name";
	for (const char *s = name; *s; depth++) {
		size_t n = strcspn(s, "/");

		if (n == 2 && s[0] == '.' && s[1] == '.')
			return "its name leads out of the archive";
		if (n == 0 || (n == 1 && s[0] == '.'))
			return "a name with an empty part";
		if (n > NAME_MAX)
			return "its name is too long";
		s += n;
		s += *s == '/';
	}
	return depth == 0 ? "an empty name" : depth > DEPTH ? "too many directories" : NULL;
}

/* Archives of Unix say what a file is.  */
static bool is_special(struct unzip *u, uint64_t i)
{
	zip_uint8_t system;
	zip_uint32_t attributes;
	mode_t mode;

	if (zip_file_get_external_attributes(u->zip, i, 0, &system, &attributes) != 0 ||
	    system != ZIP_OPSYS_UNIX)
		return false;
	mode = attributes >> 16 & S_IFMT;
	return mode && mode != S_IFREG && mode != S_IFDIR;
}

static bool look_at(struct unzip *u, uint64_t i, struct member *m, struct error *err)
{
	zip_stat_t st;
	const char *why;
	size_t n;

	if (zip_stat_index(u->zip, i, 0, &st) != 0 || !(st.valid & ZIP_STAT_NAME) ||
	    !(st.valid & ZIP_STAT_SIZE))
		return refuse(u, "(a file)", zip_strerror(u->zip), err);
	n = strlen(st.name);
	if (n >= sizeof m->name)
		return refuse(u, st.name, "its name is too long", err);
	memcpy(m->name, st.name, n + 1);
	for (char *p = m->name; (p = strchr(p, '\\')) != NULL; )
		*p = '/';		/* some were made so, by Windows */
	m->is_dir = n && m->name[n - 1] == '/';
	why = bad_name(m->name);
	if (!why && (st.valid & ZIP_STAT_ENCRYPTION_METHOD) && st.encryption_method != ZIP_EM_NONE)
		why = "it is encrypted";
	if (!why && is_special(u, i))
		why = "a symbolic link, or another thing that is no file";
	if (why)
		return refuse(u, m->name, why, err);
	if (m->is_dir)
		m->name[n - 1] = 0;
	m->size = m->is_dir ? 0 : st.size;
	m->packed = st.valid & ZIP_STAT_COMP_SIZE ? st.comp_size : 0;
	m->method = st.valid & ZIP_STAT_COMP_METHOD ? st.comp_method : ZIP_CM_STORE;
	m->time = st.valid & ZIP_STAT_MTIME ? st.mtime : 0;
	m->crc = st.valid & ZIP_STAT_CRC ? st.crc : 0;
	return true;
}

static void mix(uint64_t *id, const void *data, size_t size)
{
	const uint8_t *byte = data;

	while (size--)
		*id = (*id ^ *byte++) * 0x100000001b3;	/* FNV-1a */
}

static bool look_at_all(struct unzip *u, uint64_t *id, struct error *err)
{
	struct member *m = malloc(sizeof *m);
	uint64_t total = 0, i = 0;
	bool ok = m != NULL;

	if (!ok)
		error_set(err, "out of memory");
	*id = 0xcbf29ce484222325;
	for (; ok && i < u->files; i++) {
		ok = look_at(u, i, m, err);
		if (!ok)
			break;
		if (m->size > UNZIP_BYTES - total) {
			error_set(err, "%s: more than %llu MB in it", u->path,
				  (unsigned long long)(UNZIP_BYTES >> 20));
			ok = false;
		}
		total += m->size;
		mix(id, m->name, strlen(m->name) + 1);
		mix(id, &m->size, sizeof m->size);
		mix(id, &m->time, sizeof m->time);
		mix(id, &m->crc, sizeof m->crc);
	}
	free(m);
	return ok;
}

struct unzip *unzip_open(const char *path, uint64_t *id, struct error *err)
{
	struct unzip *u = calloc(1, sizeof *u);
	zip_error_t why;
	int code;

	if (!u || (size_t)snprintf(u->path, sizeof u->path, "%s", path) >= sizeof u->path) {
		error_set(err, "%s: %s", path, strerror(u ? ENAMETOOLONG : ENOMEM));
		free(u);
		return NULL;
	}
	u->zip = zip_open(path, ZIP_RDONLY, &code);
	if (!u->zip) {
		zip_error_init_with_code(&why, code);
		error_set(err, "%s: %s", path, zip_error_strerror(&why));
		zip_error_fini(&why);
		free(u);
		return NULL;
	}
	u->files = zip_get_num_entries(u->zip, 0);
	if (u->files == 0 || u->files > UNZIP_FILES)
		error_set(err, "%s: %s", path, u->files ? "too many files in it" : "it is empty");
	else if (look_at_all(u, id, err))
		return u;
	unzip_close(u);
	return NULL;
}

void unzip_close(struct unzip *u)
{
	if (u)
		zip_discard(u->zip);
	free(u);
}

/* --- writing --- */

/* All directories on the way to name.  */
static bool make_way(int dir, const char *name)
{
	char way[PATH_MAX];

	strcpy(way, name);
	for (char *p = way; (p = strchr(p, '/')) != NULL; *p++ = '/') {
		*p = 0;
		if (mkdirat(dir, way, 0777) != 0 && errno != EEXIST)
			return false;
	}
	return true;
}

static bool write_all(int fd, const char *data, size_t size)
{
	for (ssize_t n; size; data += n, size -= n) {
		n = write(fd, data, size);
		if (n < 0 && errno == EINTR)
			n = 0;
		else if (n < 0)
			return false;
	}
	return true;
}

/* As archives have it (polynomial EDB88320h).  */
static uint32_t crc_of(const uint8_t *data, size_t size)
{
	uint32_t crc = UINT32_MAX;

	while (size--) {
		crc ^= *data++;
		for (unsigned i = 0; i < 8; i++)
			crc = crc >> 1 ^ (crc & 1 ? 0xedb88320 : 0);
	}
	return ~crc;
}

/* libzip does not tell an archive's flags; of the four ways to read it one has the right
 * sum.  */
static bool unpack_old(const struct member *m, const uint8_t *in, uint8_t *out)
{
	if (m->method == ZIP_CM_SHRINK)
		return unshrink(in, m->packed, out, m->size) && crc_of(out, m->size) == m->crc;
	for (unsigned flags = 0; flags <= (EXPLODE_8K | EXPLODE_LITERALS); flags += EXPLODE_8K)
		if (explode(in, m->packed, flags, out, m->size) && crc_of(out, m->size) == m->crc)
			return true;
	return false;
}

static bool write_old(struct unzip *u, uint64_t i, const struct member *m, int fd, struct error *err)
{
	zip_file_t *file = zip_fopen_index(u->zip, i, ZIP_FL_COMPRESSED);
	uint8_t *in = NULL, *out = NULL;
	const char *why = "it is too large for PKZIP 1";

	if (m->size <= OLD_MOST && m->packed <= OLD_MOST) {
		in = malloc(m->packed + 1);
		out = malloc(m->size + 1);
		why = !file || !in || !out ? "no memory" :
		      zip_fread(file, in, m->packed) != (zip_int64_t)m->packed ||
		      !unpack_old(m, in, out) ? "it is damaged" :
		      !write_all(fd, (const char *)out, m->size) ? strerror(errno) : NULL;
	}
	if (file)
		zip_fclose(file);
	free(in);
	free(out);
	return !why || refuse(u, m->name, why, err);
}

/* Neither more than was said, which the limits were for, nor less.  */
static bool write_new(struct unzip *u, uint64_t i, const struct member *m, int fd,
		      struct error *err)
{
	zip_file_t *file = zip_fopen_index(u->zip, i, 0);
	char buf[CHUNK];
	uint64_t done = 0;
	zip_int64_t n;
	bool ok = true;

	if (!file)
		return refuse(u, m->name, zip_strerror(u->zip), err);
	while ((n = zip_fread(file, buf, sizeof buf)) > 0) {
		done += n;
		if (done > m->size)
			break;
		if (!write_all(fd, buf, n)) {
			ok = refuse(u, m->name, strerror(errno), err);
			break;
		}
	}
	if (ok && n < 0)
		ok = refuse(u, m->name, zip_file_strerror(file), err);
	if (ok && done != m->size)
		ok = refuse(u, m->name, "its size is not what it says", err);
	zip_fclose(file);
	return ok;
}

/* Why a name could not be made.  */
static const char *why_not(const char *exists)
{
	return errno == EEXIST ? exists : errno == ENOTDIR ? "a file and a directory of one name" :
	       strerror(errno);
}

static bool write_file(struct unzip *u, uint64_t i, const struct member *m, int dir,
		       struct error *err)
{
	struct timespec times[2] = { { .tv_sec = m->time }, { .tv_sec = m->time } };
	bool ok;
	int fd;

	fd = openat(dir, m->name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
	if (fd < 0)
		return refuse(u, m->name, why_not("it is there twice"), err);
	if (m->method == ZIP_CM_SHRINK || m->method == ZIP_CM_IMPLODE)
		ok = write_old(u, i, m, fd, err);
	else
		ok = write_new(u, i, m, fd, err);
	if (ok && m->time)
		futimens(fd, times);
	if (close(fd) != 0 && ok)
		ok = refuse(u, m->name, strerror(errno), err);
	return ok;
}

static bool write_member(struct unzip *u, uint64_t i, struct member *m, int dir, struct error *err)
{
	struct stat st;

	if (!look_at(u, i, m, err))
		return false;
	if (!make_way(dir, m->name))
		return refuse(u, m->name, why_not(NULL), err);
	if (!m->is_dir)
		return write_file(u, i, m, dir, err);
	if (mkdirat(dir, m->name, 0777) == 0)
		return true;
	if (errno == EEXIST && fstatat(dir, m->name, &st, AT_SYMLINK_NOFOLLOW) == 0 &&
	    S_ISDIR(st.st_mode))
		return true;
	return refuse(u, m->name, why_not("a file and a directory of one name"), err);
}

bool unzip_to(struct unzip *u, const char *path, struct error *err)
{
	struct member *m = malloc(sizeof *m);
	int dir = open(path, O_PATH | O_DIRECTORY | O_CLOEXEC);
	bool ok = m && dir >= 0;

	if (!ok)
		error_set(err, "%s: %s", path, strerror(errno));
	for (uint64_t i = 0; ok && i < u->files; i++)
		ok = write_member(u, i, m, dir, err);
	if (dir >= 0)
		close(dir);
	free(m);
	return ok;
}
