/* files.c - INT 21h's functions for files and directories.  */

#include "tool.h"

u16 dos_error;

static struct regs r;

static int call(u16 ax)
{
	r.ax = ax;
	if (!dos(&r))
		return 0;
	dos_error = r.ax;
	return -1;
}

static int call_name(u16 ax, const char *name)
{
	r.ds = psp;
	r.dx = (u16)name;
	return call(ax);
}

static int call_handle(u16 ax, int handle)
{
	r.bx = handle;
	return call(ax);
}

int file_open(const char *name, int mode)
{
	return call_name(0x3d00 | mode, name) ? -1 : r.ax;
}

int file_create(const char *name, int attr)
{
	r.cx = attr;
	return call_name(0x3c00, name) ? -1 : r.ax;
}

int file_create_new(const char *name)
{
	r.cx = 0;
	return call_name(0x5b00, name) ? -1 : r.ax;
}

int file_close(int handle)
{
	return call_handle(0x3e00, handle);
}

u16 far_read(int handle, u16 seg, u16 off, u16 bytes)
{
	r.ds = seg;
	r.dx = off;
	r.cx = bytes;
	return call_handle(0x3f00, handle) ? 0xffff : r.ax;
}

u16 far_write(int handle, u16 seg, u16 off, u16 bytes)
{
	r.ds = seg;
	r.dx = off;
	r.cx = bytes;
	return call_handle(0x4000, handle) ? 0xffff : r.ax;
}

u16 file_read(int handle, void *to, u16 bytes)
{
	return far_read(handle, psp, (u16)to, bytes);
}

u16 file_write(int handle, const void *from, u16 bytes)
{
	return far_write(handle, psp, (u16)from, bytes);
}

int file_seek(int handle, u32 where)
{
	r.cx = where >> 16;
	r.dx = where;
	return call_handle(0x4200, handle);
}

u32 file_size(int handle)
{
	u32 size;

	r.cx = r.dx = 0;
	if (call_handle(0x4202, handle))
		return 0;
	size = (u32)r.dx << 16 | r.ax;
	file_seek(handle, 0L);
	return size;
}

int file_delete(const char *name)
{
	return call_name(0x4100, name);
}

int file_rename(const char *from, const char *to)
{
	r.es = psp;
	r.di = (u16)to;
	return call_name(0x5600, from);
}

int get_attr(const char *name)
{
	return call_name(0x4300, name) ? -1 : r.cx;
}

int set_attr(const char *name, int attr)
{
	r.cx = attr;
	return call_name(0x4301, name);
}

int get_stamp(int handle, u16 *date, u16 *time)
{
	if (call_handle(0x5700, handle))
		return -1;
	*date = r.dx;
	*time = r.cx;
	return 0;
}

int set_stamp(int handle, u16 date, u16 time)
{
	r.dx = date;
	r.cx = time;
	return call_handle(0x5701, handle);
}

int is_device(int handle)
{
	return call_handle(0x4400, handle) || !(r.dx & 0x80) ? 0 : r.dx;
}

int make_dir(const char *name)
{
	return call_name(0x3900, name);
}

int remove_dir(const char *name)
{
	return call_name(0x3a00, name);
}

int change_dir(const char *name)
{
	return call_name(0x3b00, name);
}

int true_name(const char *name, char *to)
{
	r.ds = r.es = psp;
	r.si = (u16)name;
	r.di = (u16)to;
	return call(0x6000);
}

/* Each search has its own area, so that searches nest.  */
static void use_area(struct find *f)
{
	call_name(0x1a00, (char *)f);
}

int find_first(const char *pattern, int attr, struct find *f)
{
	use_area(f);
	r.cx = attr;
	return call_name(0x4e00, pattern);
}

int find_next(struct find *f)
{
	use_area(f);
	return call(0x4f00);
}

struct error_name {
	u16 error;
	const char *text;
};

static const struct error_name errors[] = {
	{ 1, "Invalid function" }, { 2, "File not found" }, { 3, "Path not found" },
	{ 4, "Too many open files" }, { 5, "Access denied" }, { 6, "Invalid handle" },
	{ 8, "Insufficient memory" }, { 15, "Invalid drive specification" },
	{ 16, "Attempt to remove current directory" }, { 17, "Not same device" },
	{ 18, "No more files" }, { 19, "Write protect error" }, { 21, "Not ready" },
	{ 31, "General failure" }, { 32, "Sharing violation" }, { 33, "Lock violation" },
	{ 39, "Insufficient disk space" }, { 80, "File exists" }, { 0, "General failure" },
};

const char *error_text(u16 error)
{
	const struct error_name *e;

	for (e = errors; e->error && e->error != error; e++)
		;
	return e->text;
}
