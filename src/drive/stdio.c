/* stdio.c - the host's standard streams as files.  */

#include "drive/stdio.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/error.h"
#include "drive/path.h"
#include "drive/refuse.h"
#include "state/state.h"

#define KEPT		(1u << 20)	/* more than one call moves */
#define PAST		(1u << 16)	/* of what was given: how far a guest can seek back */
#define OPENS		64
#define DATE_1980	(1 << 5 | 1)

/* byte[0] to byte[at - 1] have been given to the guest, those up to n not.  */
struct kept {
	uint32_t at, n;
	uint8_t byte[KEPT + 2 * PAST];
};

struct stream {
	struct kept *in;		/* read, but not all that was asked for yet */
	struct kept *out;		/* taken, but not gone yet */
	enum dos_error late;		/* of a write that was answered already */
};

/* An open of a stream.  */
struct open_stream {
	bool used, seekable;
	uint8_t stream, access;
	uint32_t next;			/* the position where the guest would go on */
};

struct stdio {
	const struct stdio_ops *ops;
	void *ctx;
	struct stream stream[STDIO_STREAMS];
	struct open_stream open[OPENS];
};

static struct open_stream *open_of(struct stdio *io, drive_file f)
{
	return f && f <= OPENS && io->open[f - 1].used ? &io->open[f - 1] : NULL;
}

static const char names[STDIO_STREAMS][PATH_83_MAX] = { "STDIN", "STDOUT", "STDERR" };

static int stream_of(const char *path)
{
	for (int i = 0; i < STDIO_STREAMS; i++)
		if (path[0] == '\\' && strcasecmp(path + 1, names[i]) == 0)
			return i;
	return -1;
}

static enum dos_error missing(const char *path)
{
	char dir[DRIVE_PATH_MAX], name[DRIVE_NAME_MAX];

	return path_split(path, dir, name) && strcmp(dir, "\\") == 0 ? DOS_NO_FILE : DOS_NO_PATH;
}

static bool seekable(struct stdio *io, unsigned stream)
{
	uint64_t now, size;

	return io->ops->seek(io->ctx, stream, 0, &now, &size);
}

static enum dos_error io_open(void *disk, const char *path, unsigned mode, uint8_t attr,
			      drive_file *f, enum drive_did *did)
{
	struct stdio *io = disk;
	int stream = stream_of(path);

	(void)attr;
	if (stream < 0)
		return missing(path);
	if ((mode & DRIVE_ACCESS) > DRIVE_RDWR)
		return DOS_BAD_ACCESS;
	if (mode & DRIVE_EXCLUSIVE)
		return DOS_FILE_EXISTS;
	for (unsigned i = 0; i < OPENS; i++) {
		if (io->open[i].used)
			continue;
		io->open[i] = (struct open_stream){ .used = true, .stream = stream,
						    .access = mode & DRIVE_ACCESS,
						    .seekable = seekable(io, stream) };
		*f = i + 1;
		*did = DRIVE_OPENED;
		return DOS_OK;
	}
	return DOS_TOO_MANY;
}

/* Bring the host's position to the guest's.  */
static void go_to(struct stdio *io, struct open_stream *o, uint32_t pos)
{
	uint64_t now, size;

	if (o->seekable && pos != o->next)
		io->ops->seek(io->ctx, o->stream, (int64_t)pos - o->next, &now, &size);
	o->next = pos;
}

static bool keep_room(struct kept **k)
{
	if (!*k)
		*k = calloc(1, sizeof **k);
	return *k != NULL;
}

/* From a file, as much as there is.  */
static enum dos_error read_file(struct stdio *io, struct open_stream *o, void *buf, size_t *n)
{
	size_t done = 0, want = *n;
	enum dos_error e = DOS_OK;

	while (done < want) {
		size_t k = want - done;

		e = io->ops->read(io->ctx, o->stream, (char *)buf + done, &k);
		if (e || !k)
			break;
		done += k;
	}
	o->next += done;
	*n = done;
	return done && e != DOS_OK ? DOS_OK : e;
}

/* Programs that read a block, take a line of it and seek back behind the line
 * do so from pipes too.  */
static void seek_kept(struct kept *in, struct open_stream *o, uint32_t pos)
{
	int64_t by = (int64_t)pos - o->next;

	if (by < -(int64_t)in->at)
		by = -(int64_t)in->at;
	if (by > in->n - in->at)
		by = in->n - in->at;
	in->at += by;
	o->next = pos;
}

/* Room for `want' bytes from in->at on.  */
static void make_room(struct kept *in, size_t want)
{
	uint32_t drop = in->at > PAST ? in->at - PAST : 0;

	if (in->at + want <= sizeof in->byte)
		return;
	in->at -= drop;
	in->n -= drop;
	memmove(in->byte, in->byte + drop, in->n);
}

/* From a pipe: wait until all is there that was asked for, or the end.  */
static enum dos_error read_pipe(struct stdio *io, struct open_stream *o, uint32_t pos,
				void *buf, size_t *n)
{
	struct kept *in;
	size_t want = *n < KEPT ? *n : KEPT;

	*n = 0;
	if (!keep_room(&io->stream[o->stream].in))
		return DOS_NO_MEMORY;
	in = io->stream[o->stream].in;
	seek_kept(in, o, pos);
	make_room(in, want);
	while (in->n - in->at < want) {
		size_t k = want - (in->n - in->at);
		enum dos_error e = io->ops->read(io->ctx, o->stream, in->byte + in->n, &k);

		if (e == DRIVE_WAIT || (e && in->n == in->at))
			return e;
		if (e || !k)
			break;
		in->n += k;
	}
	if (want > in->n - in->at)
		want = in->n - in->at;
	memcpy(buf, in->byte + in->at, want);
	in->at += want;
	o->next += want;
	*n = want;
	return DOS_OK;
}

static enum dos_error io_read(void *disk, drive_file f, uint32_t pos, void *buf, size_t *n)
{
	struct stdio *io = disk;
	struct open_stream *o = open_of(io, f);

	if (!o || o->access == DRIVE_WRITE) {
		*n = 0;
		return o ? DOS_DENIED : DOS_BAD_HANDLE;
	}
	if (*n > UINT32_MAX - pos)
		*n = UINT32_MAX - pos;
	if (!o->seekable)
		return read_pipe(io, o, pos, buf, n);
	go_to(io, o, pos);
	return read_file(io, o, buf, n);
}

/* Without a date, if it has none.  */
static void describe(struct stdio *io, unsigned stream, uint32_t next, struct drive_info *out)
{
	uint64_t now, size;
	int64_t sec;

	*out = (struct drive_info){ 0 };
	if (io->ops->date && io->ops->date(io->ctx, stream, &sec)) {
		drive_dos_time(sec, &out->time, &out->date);
		out->ctime = out->time;
		out->cdate = out->adate = out->date;
	}
	strcpy(out->name, names[stream]);
	strcpy(out->long_name, names[stream]);
	if (!io->ops->seek(io->ctx, stream, 0, &now, &size))
		return;
	/* As the guest counts: its position 0 is the host's now - next.  */
	size = size + next > now ? size + next - now : 0;
	out->size = size > UINT32_MAX ? UINT32_MAX : size;
}

/* A pipe is asked for a byte, which is kept for the next read.  */
static enum dos_error pipe_ready(struct stdio *io, struct open_stream *o, uint32_t pos)
{
	size_t k = 1;
	struct kept *in;
	enum dos_error e;

	if (!keep_room(&io->stream[o->stream].in))
		return DOS_NO_MEMORY;
	in = io->stream[o->stream].in;
	seek_kept(in, o, pos);
	if (in->n > in->at)
		return DOS_OK;
	make_room(in, 1);
	e = io->ops->read(io->ctx, o->stream, in->byte + in->n, &k);
	if (e)
		return e;
	in->n += k;
	return k ? DOS_OK : DOS_NO_MORE;
}

static enum dos_error io_ready(void *disk, drive_file f, uint32_t pos)
{
	struct stdio *io = disk;
	struct open_stream *o = open_of(io, f);
	struct drive_info info;

	if (!o)
		return DOS_BAD_HANDLE;
	if (!o->seekable)
		return pipe_ready(io, o, pos);
	describe(io, o->stream, o->next, &info);
	return pos < info.size ? DOS_OK : DOS_NO_MORE;
}

/* Send what is kept.  A host that takes no more, for good, gets no more.  */
static enum dos_error drain(struct stdio *io, unsigned stream)
{
	struct kept *out = io->stream[stream].out;
	enum dos_error e;
	size_t n;

	if (!out || !out->n)
		return DOS_OK;
	n = out->n;
	e = io->ops->write(io->ctx, stream, out->byte, &n);
	if (e == DRIVE_WAIT) {
		out->n -= n;
		memmove(out->byte, out->byte + n, out->n);
		return out->n ? DRIVE_WAIT : DOS_OK;
	}
	if (!e && n < out->n)
		e = DOS_DISK_FULL;
	out->n = 0;
	return e;
}

/* The part of a write that the host took.  The rest is kept if it will take
 * more later.  */
static enum dos_error send(struct stdio *io, unsigned stream, const void *buf, size_t *n)
{
	struct stream *s = &io->stream[stream];
	size_t want = *n, rest;
	enum dos_error e = io->ops->write(io->ctx, stream, buf, n);

	if (e != DRIVE_WAIT)
		return e;
	rest = want - *n;
	if (!rest) {
		*n = want;
		return DOS_OK;
	}
	if (rest > KEPT || !keep_room(&s->out))
		return *n ? DOS_OK : DOS_NO_MEMORY;
	memcpy(s->out->byte, (const char *)buf + *n, rest);
	s->out->n = rest;
	*n = want;
	return DOS_OK;
}

/* A write of nothing sets a file's size; the streams keep theirs.  */
static enum dos_error io_write(void *disk, drive_file f, uint32_t pos, const void *buf, size_t *n)
{
	struct stdio *io = disk;
	struct open_stream *o = open_of(io, f);
	size_t want = *n;
	enum dos_error e;

	*n = 0;
	if (!o)
		return DOS_BAD_HANDLE;
	if (o->access == DRIVE_READ)
		return DOS_DENIED;
	if (!want)
		return DOS_OK;
	e = drain(io, o->stream);
	if (!e && io->stream[o->stream].late) {
		e = io->stream[o->stream].late;
		io->stream[o->stream].late = DOS_OK;
	}
	if (e)
		return e;
	if (want > UINT32_MAX - pos)
		want = UINT32_MAX - pos;
	go_to(io, o, pos);
	*n = want;
	e = send(io, o->stream, buf, n);
	o->next = pos + *n;
	return e;
}

static enum dos_error io_flush(void *disk, drive_file f)
{
	struct stdio *io = disk;
	struct open_stream *o = open_of(io, f);

	return o ? drain(io, o->stream) : DOS_BAD_HANDLE;
}

/* What is still kept goes out with the next call, or stdio_drain().  */
static enum dos_error io_release(void *disk, drive_file f)
{
	struct stdio *io = disk;
	struct open_stream *o = open_of(io, f);
	enum dos_error e;

	if (!o)
		return DOS_BAD_HANDLE;
	e = drain(io, o->stream);
	if (e && e != DRIVE_WAIT)
		io->stream[o->stream].late = e;
	o->used = false;
	return DOS_OK;
}

enum dos_error stdio_drain(void *disk)
{
	struct stdio *io = disk;
	enum dos_error worst = DOS_OK;

	for (unsigned i = 0; i < STDIO_STREAMS; i++) {
		enum dos_error e = drain(io, i);

		if (e && worst != DRIVE_WAIT)
			worst = e;
	}
	return worst;
}

static enum dos_error io_file_info(void *disk, drive_file f, struct drive_info *out)
{
	struct stdio *io = disk;
	struct open_stream *o = open_of(io, f);

	if (!o)
		return DOS_BAD_HANDLE;
	describe(io, o->stream, o->next, out);
	return DOS_OK;
}

static enum dos_error io_info(void *disk, const char *path, struct drive_info *out)
{
	struct stdio *io = disk;
	int stream = stream_of(path);

	if (strcmp(path, "\\") == 0) {
		*out = (struct drive_info){ .attr = ATTR_DIR, .date = DATE_1980,
					    .cdate = DATE_1980, .adate = DATE_1980 };
		return DOS_OK;
	}
	if (stream < 0)
		return missing(path);
	describe(io, stream, 0, out);
	return DOS_OK;
}

static enum dos_error io_canon(void *disk, const char *path, bool long_name,
			       char out[DRIVE_PATH_MAX])
{
	struct drive_info i;
	enum dos_error e = io_info(disk, path, &i);

	(void)long_name;
	if (!e)
		strcpy(out, path);
	return e;
}

static enum dos_error io_list(void *disk, const char *dir, uint16_t *listing)
{
	(void)disk;
	*listing = 1;
	return strcmp(dir, "\\") == 0 ? DOS_OK : DOS_NO_PATH;
}

static enum dos_error io_entry(void *disk, uint16_t listing, unsigned nth,
			       struct drive_info *out)
{
	if (listing != 1 || nth >= STDIO_STREAMS)
		return DOS_NO_MORE;
	describe(disk, nth, 0, out);
	return DOS_OK;
}

static enum dos_error io_entry_name(void *disk, uint16_t listing, unsigned nth,
				    char name[13], char long_name[DRIVE_NAME_MAX])
{
	(void)disk;
	if (listing != 1 || nth >= STDIO_STREAMS)
		return DOS_NO_MORE;
	strcpy(name, names[nth]);
	if (long_name)
		strcpy(long_name, name);
	return DOS_OK;
}

static enum dos_error io_space(void *disk, struct drive_space *out)
{
	(void)disk;
	*out = (struct drive_space){ .cluster = 512 };
	return DOS_OK;
}

static enum dos_error io_label(void *disk, char out[12])
{
	(void)disk;
	out[0] = '\0';
	return DOS_OK;
}

static uint32_t io_serial(void *disk)
{
	(void)disk;
	return 0;
}

static void kept_state(struct kept **k, struct state *st)
{
	uint32_t n = *k ? (*k)->n : 0, at = *k ? (*k)->at : 0;

	state_below(st, &n, sizeof (*k)->byte + 1);
	state_below(st, &at, n + 1);
	if (!n) {
		if (*k)
			(*k)->n = (*k)->at = 0;
		return;
	}
	if (!keep_room(k)) {
		state_fail(st, "no memory");
		return;
	}
	state_bytes(st, (*k)->byte, n);
	(*k)->n = state_ok(st) ? n : 0;
	(*k)->at = state_ok(st) ? at : 0;
}

/* The host's streams themselves are those of the run that loads.  */
static void io_state(void *disk, struct state *st)
{
	struct stdio *io = disk;

	state_section(st, "stdio", 2);
	for (unsigned i = 0; i < STDIO_STREAMS; i++) {
		uint32_t late = io->stream[i].late;

		kept_state(&io->stream[i].in, st);
		kept_state(&io->stream[i].out, st);
		state_below(st, &late, DOS_BAD_PARAMETER + 1);
		io->stream[i].late = late;
	}
	for (unsigned i = 0; i < OPENS; i++) {
		struct open_stream *o = &io->open[i];
		uint32_t stream = o->stream, access = o->access;

		state_bool(st, &o->used);
		state_below(st, &stream, STDIO_STREAMS);
		state_below(st, &access, DRIVE_RDWR + 1);
		state_u32(st, &o->next);
		o->stream = stream;
		o->access = access;
		if (st->mode == STATE_LOAD)
			o->seekable = seekable(io, stream);
	}
}

static void io_close(void *disk)
{
	struct stdio *io = disk;

	stdio_drain(io);
	for (unsigned i = 0; i < STDIO_STREAMS; i++) {
		free(io->stream[i].in);
		free(io->stream[i].out);
	}
	free(io);
}

static const struct drive_ops stdio_drive_ops = {
	.name = "stdio",
	.close = io_close,
	.open = io_open,
	.release = io_release,
	.read = io_read,
	.write = io_write,
	.file_info = io_file_info,
	.ready = io_ready,
	.set_time = refuse_time,
	.flush = io_flush,
	.lock = refuse_lock,
	.info = io_info,
	.remove = refuse_path,
	.rename = refuse_rename,
	.mkdir = refuse_mkdir,
	.rmdir = refuse_path,
	.set_attr = refuse_attr,
	.set_path_time = refuse_path_time,
	.canon = io_canon,
	.list = io_list,
	.entry = io_entry,
	.entry_name = io_entry_name,
	.space = io_space,
	.label = io_label,
	.set_label = refuse_path,
	.serial = io_serial,
	.state = io_state,
};

bool stdio_mount(struct drive *d, const struct stdio_ops *ops, void *ctx, struct error *err)
{
	struct stdio *io = calloc(1, sizeof *io);

	if (!io) {
		error_set(err, "standard streams: no memory");
		return false;
	}
	io->ops = ops;
	io->ctx = ctx;
	*d = (struct drive){ .ops = &stdio_drive_ops, .disk = io,
			     .source = "standard streams" };
	return true;
}
