/* fetch.c - programs and drivers on somebody else's drives.  */

#include "dos/fetch.h"

#include <stdlib.h>
#include <string.h>

#include "dos/layout.h"
#include "dos/loader.h"
#include "dos/memory.h"
#include "state/state.h"

#define LEAST_PARAS	0x20
#define MOST_PARAS	0x800		/* of the buffer in guest memory */

enum { STEP_OPENED = STEP_FETCH, STEP_READ, STEP_CLOSED };
enum { NOTE_HANDLE, NOTE_BUFFER, NOTE_PARAS, NOTE_STACK };

static uint32_t *note(struct dos *dos, unsigned n)
{
	return &guest_frame(dos->guest)->note[n];
}

bool fetch_wanted(struct dos *dos, const char *name)
{
	struct dos_path path;

	return strcmp(dos->fetch.name, name) != 0 && strlen(name) < sizeof dos->fetch.name &&
	       !dos_path_text(dos, name, false, &path) && path.kind == PATH_REDIRECTED && !path.wild;
}

void fetch_drop(struct dos *dos)
{
	free(dos->fetch.data);
	dos->fetch = (struct dos_fetch){ .data = NULL };
}

static enum svc call(struct dos *dos, uint16_t ax, uint16_t cx, struct far ds_dx, uint8_t step)
{
	struct cpu *cpu = dos->guest->cpu;

	cpu_set16(cpu, CPU_AX, ax);
	cpu_set16(cpu, CPU_BX, *note(dos, NOTE_HANDLE));
	cpu_set16(cpu, CPU_CX, cx);
	cpu_set16(cpu, CPU_DX, ds_dx.off);
	cpu_load_real(cpu, CPU_DS, ds_dx.seg);
	return guest_int(dos->guest, 0x21, step);
}

enum svc fetch_begin(struct dos *dos, const char *name)
{
	fetch_drop(dos);
	strcpy(dos->fetch.name, name);
	dos->fetch.want = LOADER_HEADER;
	*note(dos, NOTE_STACK) = dos_r32(dos, dos_psp(dos), PSP_STACK);
	guest_copy_out(dos->guest, DOS_SEG, SHARED_PATH, name, strlen(name) + 1);
	return call(dos, 0x3d00, 0, (struct far){ SHARED_PATH, DOS_SEG }, STEP_OPENED);
}

/* The service again, as if it were new.  The calls in between were the
 * process's last ones, which they must not stay: its children come back to
 * where it has called.  */
static enum svc begin_anew(struct dos *dos)
{
	struct guest_frame *f = guest_frame(dos->guest);

	dos_w32(dos, dos_psp(dos), PSP_STACK, *note(dos, NOTE_STACK));
	guest_restore(dos->guest);
	memset(f->note, 0, sizeof f->note);
	return guest_next(dos->guest, 0);
}

static enum svc finish(struct dos *dos, enum dos_error error)
{
	dos->fetch.error = error;
	if (*note(dos, NOTE_BUFFER))
		dos_free(dos, *note(dos, NOTE_BUFFER));
	return call(dos, 0x3e00, 0, (struct far){ 0, DOS_SEG }, STEP_CLOSED);
}

static enum svc read_more(struct dos *dos)
{
	return call(dos, 0x3f00, *note(dos, NOTE_PARAS) * 16,
		    (struct far){ 0, *note(dos, NOTE_BUFFER) }, STEP_READ);
}

/* A buffer, as large as there is, up to 32 KB.  */
static enum dos_error take_buffer(struct dos *dos)
{
	uint16_t largest = 0, seg;
	enum dos_error error = dos_alloc(dos, dos_psp(dos), MOST_PARAS, &seg, &largest);

	*note(dos, NOTE_PARAS) = MOST_PARAS;
	if (error == DOS_NO_MEMORY && largest >= LEAST_PARAS) {
		*note(dos, NOTE_PARAS) = largest;
		error = dos_alloc(dos, dos_psp(dos), largest, &seg, NULL);
	}
	if (!error)
		*note(dos, NOTE_BUFFER) = seg;
	return error;
}

static enum svc opened(struct dos *dos, bool failed, uint16_t ax)
{
	enum dos_error error;

	if (failed) {
		dos->fetch.error = ax;
		return begin_anew(dos);
	}
	*note(dos, NOTE_HANDLE) = ax;
	error = take_buffer(dos);
	return error ? finish(dos, error) : read_more(dos);
}

static bool keep(struct dos *dos, uint16_t n)
{
	struct dos_fetch *f = &dos->fetch;
	uint8_t *more = realloc(f->data, f->size + n);

	if (!more)
		return false;
	guest_copy_in(dos->guest, more + f->size, *note(dos, NOTE_BUFFER), 0, n);
	f->data = more;
	f->size += n;
	if (f->want == LOADER_HEADER && f->size >= LOADER_HEADER)
		f->want = program_extent(f->data);
	return true;
}

static enum svc has_read(struct dos *dos, bool failed, uint16_t ax)
{
	if (failed)
		return finish(dos, ax);
	if (ax > *note(dos, NOTE_PARAS) * 16)
		return finish(dos, DOS_BAD_DATA);
	if (ax && !keep(dos, ax))
		return finish(dos, DOS_NO_MEMORY);
	return ax && dos->fetch.size < dos->fetch.want ? read_more(dos) : finish(dos, DOS_OK);
}

enum svc fetch_go_on(struct dos *dos)
{
	struct cpu *cpu = dos->guest->cpu;
	bool failed = cpu->flags & CPU_CF;
	uint16_t ax = cpu_get16(cpu, CPU_AX);

	switch (guest_step(dos->guest)) {
	case STEP_OPENED:
		return opened(dos, failed, ax);
	case STEP_READ:
		return has_read(dos, failed, ax);
	}
	return begin_anew(dos);
}

enum dos_error fetch_size(const struct dos *dos, uint32_t *size)
{
	*size = dos->fetch.size;
	return !dos->fetch.name[0] ? DOS_NO_FILE : dos->fetch.error;
}

size_t fetch_read(const struct dos *dos, uint32_t pos, void *buf, size_t n)
{
	const struct dos_fetch *f = &dos->fetch;

	if (pos >= f->size)
		return 0;
	n = n < f->size - pos ? n : f->size - pos;
	memcpy(buf, f->data + pos, n);
	return n;
}

void fetch_state(struct dos_fetch *f, struct state *st)
{
	uint32_t error = f->error;

	state_string(st, f->name, sizeof f->name);
	state_below(st, &error, 0x100);
	state_u32(st, &f->want);
	state_below(st, &f->size, LOADER_EXTENT_MAX + MOST_PARAS * 16 + 1);
	f->error = error;
	if (st->mode == STATE_LOAD) {
		free(f->data);
		f->data = f->size ? malloc(f->size) : NULL;
		if (f->size && !f->data) {
			state_fail(st, "no memory");
			f->size = 0;
		}
	}
	if (f->size)
		state_bytes(st, f->data, f->size);
}
