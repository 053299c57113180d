/* fcbio.c - records of files opened by FCB (INT 21h/14h, 15h, 21h, 22h,
 * 24h, 27h, 28h), and the parsing of names into FCBs (29h).
 *
 * All six transfers are one, as in the kernel (MS-DOS 4.0 FCBIO2.ASM,
 * FCBIO), with its answers: 0 done, 1 end of file (or disk full), nothing
 * read, 2 the records would go over the end of the DTA's segment, 3 end of
 * file in the middle of a record, the rest of which is zeros.  */

#include "dos/fcb.h"

#include <string.h>

#include "dos/device.h"
#include "dos/names.h"
#include "dos/services.h"

enum { OP_WRITE = 1, OP_RANDOM = 2, OP_BLOCK = 4 };
enum { IO_END = 1, IO_TRIMMED = 2 };
enum { STEP_DEVICE = 1 };		/* back from the driver */

/* --- where in the file ------------------------------------------------------ */

static uint32_t sequential(struct dos *dos, struct far at)
{
	return (uint32_t)dos_r16(dos, at.seg, at.off + FCB_BLOCK) << 7 |
		(dos_r8(dos, at.seg, at.off + FCB_RECORD) & 0x7f);
}

static void set_sequential(struct dos *dos, struct far at, uint32_t record)
{
	dos_w8(dos, at.seg, at.off + FCB_RECORD, record & 0x7f);
	dos_w16(dos, at.seg, at.off + FCB_BLOCK, record >> 7);
}

static uint16_t record_size(struct dos *dos, struct far at)
{
	uint16_t size = dos_r16(dos, at.seg, at.off + FCB_RECORD_SIZE);

	if (!size) {
		size = 128;
		dos_w16(dos, at.seg, at.off + FCB_RECORD_SIZE, size);
	}
	return size;
}

static uint32_t random_record(struct dos *dos, struct far at, uint16_t size)
{
	uint32_t record = dos_r32(dos, at.seg, at.off + FCB_RANDOM);

	return size < 64 ? record : record & 0xffffff;
}

static void set_random(struct dos *dos, struct far at, uint32_t record, uint16_t size)
{
	dos_w16(dos, at.seg, at.off + FCB_RANDOM, record);
	dos_w8(dos, at.seg, at.off + FCB_RANDOM + 2, record >> 16);
	if (size < 64)
		dos_w8(dos, at.seg, at.off + FCB_RANDOM + 3, record >> 24);
}

/* --- the transfer --------------------------------------------------------------- */

struct transfer {
	struct far fcb, sft, dta;
	unsigned op;
	uint32_t record;
	uint16_t size, records, done;	/* records asked for, and moved */
	uint32_t bytes;
	uint8_t answer;
};

/* No more than fits between the DTA and the end of its segment.  */
static void trim(struct transfer *t)
{
	uint32_t room = 0x10000u - t->dta.off;

	t->bytes = (uint32_t)t->records * t->size;
	if (t->bytes + t->dta.off <= 0xffff)
		return;
	t->answer = IO_TRIMMED;
	if (room == 0x10000)
		room = 0xffff;
	t->records = room / t->size;
	t->bytes = (uint32_t)t->records * t->size;
}

/* Bytes moved, or an error.  */
static enum dos_error file_io(struct dos *dos, struct transfer *t, uint16_t *n)
{
	bool writing = t->op & OP_WRITE;
	uint16_t mode = dos_r16(dos, t->sft.seg, t->sft.off + SFT_MODE);
	uint32_t lru = dos_r32(dos, t->sft.seg, t->sft.off + SFT_POS);
	struct drive_info info;
	struct drive *drive;
	drive_file f;
	enum dos_error e;

	if (writing && (mode & DRIVE_ACCESS) == DRIVE_READ)
		return DOS_DENIED;
	dos_w32(dos, t->sft.seg, t->sft.off + SFT_POS, t->record * t->size);
	e = writing ? dos_sft_write(dos, t->sft, t->dta.seg, t->dta.off, n) :
		dos_sft_read(dos, t->sft, t->dta.seg, t->dta.off, n);
	dos_w32(dos, t->sft.seg, t->sft.off + SFT_POS, lru);
	drive = dos_sft_drive(dos, t->sft, &f);
	if (e || !drive || drive->ops->file_info(drive->disk, f, &info))
		return e;
	dos_w32(dos, t->fcb.seg, t->fcb.off + FCB_FILE_SIZE, info.size);
	if (writing) {
		dos_w16(dos, t->fcb.seg, t->fcb.off + FCB_DATE, info.date);
		dos_w16(dos, t->fcb.seg, t->fcb.off + FCB_TIME, info.time);
	}
	return DOS_OK;
}

static void zero_rest(struct dos *dos, const struct transfer *t, uint16_t n)
{
	for (uint32_t i = n; i % t->size; i++)
		dos_w8(dos, t->dta.seg, t->dta.off + i, 0);
}

/* n bytes have been moved: what does that make of the records?  */
static void account(struct dos *dos, struct transfer *t, uint16_t n)
{
	bool reading = !(t->op & OP_WRITE);
	bool device = !far_null(t->sft) && dos_sft_is_device(dos, t->sft);

	t->done = n / t->size;
	t->record += t->done;
	if (t->done != t->records && (reading || !device))
		t->answer = IO_END;
	if (n % t->size) {
		t->record++;
		if (reading) {
			t->done++;
			t->answer = IO_END | IO_TRIMMED;
			zero_rest(dos, t, n);
		}
	}
	if (!(t->op & OP_RANDOM) || t->op & OP_BLOCK)
		set_sequential(dos, t->fcb, t->record);
	if (t->op & OP_BLOCK)
		set_random(dos, t->fcb, t->record, t->size);
}

static enum svc finish(struct dos *dos, const struct transfer *t)
{
	if (t->op & OP_BLOCK)
		cpu_set16(dos->guest->cpu, CPU_CX, t->done);
	cpu_set8(dos->guest->cpu, CPU_AX, t->answer);
	return SVC_DONE;
}

static enum svc failed(struct dos *dos, struct transfer *t, enum dos_error e)
{
	dos_note_error(dos, e);
	t->answer = IO_END;
	t->done = 0;
	return finish(dos, t);
}

static enum svc after_device(struct dos *dos, struct transfer *t)
{
	uint16_t moved;
	enum dos_error e = device_result(dos, &moved);

	guest_restore(dos->guest);
	if (e)
		return failed(dos, t, e);
	account(dos, t, moved);
	return finish(dos, t);
}

static enum svc io(struct dos *dos, unsigned op)
{
	struct fcb_place f = fcb_of_caller(dos);
	struct transfer t = {
		.fcb = f.at, .dta = sda_rfar(dos, SDA_DTA), .op = op,
		.records = op & OP_BLOCK ? caller16(dos, CPU_CX) : 1,
	};
	uint8_t drive;
	uint16_t n;
	enum dos_error e;

	t.size = record_size(dos, t.fcb);
	if (dos_given_up(dos))
		return failed(dos, &t, DOS_FAIL_24);
	t.record = op & OP_RANDOM ? random_record(dos, t.fcb, t.size) : sequential(dos, t.fcb);
	set_sequential(dos, t.fcb, t.record);
	trim(&t);
	if (!t.bytes && t.answer) {
		account(dos, &t, 0);
		return finish(dos, &t);
	}
	t.sft = fcb_sft(dos, &f);
	if (far_null(t.sft))
		return failed(dos, &t, DOS_NO_FCB);
	if (guest_step(dos->guest) == STEP_DEVICE)
		return after_device(dos, &t);
	if (dos_sft_is_device(dos, t.sft))
		return dos_device_io(dos, guest_rfar(dos->guest, t.sft.seg, t.sft.off + SFT_DEVICE),
				     op & OP_WRITE, t.dta.seg, t.dta.off, t.bytes, STEP_DEVICE);
	n = t.bytes;
	e = file_io(dos, &t, &n);
	drive = dos_r8(dos, t.sft.seg, t.sft.off + SFT_HOME);
	if (e && dos_asks(e, true) && drive < DRIVE_LETTERS)
		return dos_critical(dos, e, drive, (struct far){ 0, 0 }, op & OP_WRITE, STEP_CRITICAL);
	if (e)
		return failed(dos, &t, e);
	account(dos, &t, n);
	return finish(dos, &t);
}

enum svc int21_fcb_read(void *room, struct guest *g)
{
	(void)g;
	return io(room, 0);
}

enum svc int21_fcb_write(void *room, struct guest *g)
{
	(void)g;
	return io(room, OP_WRITE);
}

enum svc int21_fcb_random_read(void *room, struct guest *g)
{
	(void)g;
	return io(room, OP_RANDOM);
}

enum svc int21_fcb_random_write(void *room, struct guest *g)
{
	(void)g;
	return io(room, OP_RANDOM | OP_WRITE);
}

enum svc int21_fcb_block_read(void *room, struct guest *g)
{
	(void)g;
	return io(room, OP_RANDOM | OP_BLOCK);
}

enum svc int21_fcb_block_write(void *room, struct guest *g)
{
	(void)g;
	return io(room, OP_RANDOM | OP_BLOCK | OP_WRITE);
}

/* 24h.  */
enum svc int21_fcb_set_random(void *room, struct guest *g)
{
	struct dos *dos = room;
	struct fcb_place f = fcb_of_caller(dos);

	(void)g;
	set_random(dos, f.at, sequential(dos, f.at),
		   dos_r16(dos, f.at.seg, f.at.off + FCB_RECORD_SIZE));
	return fcb_answer(dos, DOS_OK);
}

/* --- 29h ----------------------------------------------------------------------------- */

enum { PARSE_SKIP = 1, PARSE_KEEP_DRIVE = 2, PARSE_KEEP_NAME = 4, PARSE_KEEP_EXT = 8 };

static const char *skip_blanks(const char *s)
{
	return s + strspn(s, " \t");
}

/* What ends a name for this call.  */
static bool begins_name(const char *s)
{
	return *s && *s != ' ' && *s != '.' && name_fcb_char(*s);
}

/* MS-DOS 4.0 FCB.ASM, MakeFcb.  */
size_t fcb_parse(struct dos *dos, const char *text, uint8_t flags, uint8_t fcb[FCB_RECORD_SIZE + 2],
		 uint8_t *answer)
{
	const char *s = text;
	bool wild = false, bad = false;

	if (!(flags & PARSE_KEEP_DRIVE))
		fcb[FCB_DRIVE] = 0;
	if (!(flags & PARSE_KEEP_NAME))
		memset(fcb + FCB_NAME, ' ', 8);
	if (!(flags & PARSE_KEEP_EXT))
		memset(fcb + FCB_NAME + 8, ' ', 3);
	memset(fcb + FCB_BLOCK, 0, 4);
	s = skip_blanks(s);
	if (flags & PARSE_SKIP && *s && strchr(":<|>+=;,", *s))
		s = skip_blanks(s + 1);
	if (begins_name(s) && s[1] == ':') {
		fcb[FCB_DRIVE] = name_upper(dos, s[0]) - '@';
		bad = fcb[FCB_DRIVE] == 0 || !dos_cds_usable(dos, fcb[FCB_DRIVE] - 1);
		s += 2;
	}
	if (begins_name(s))
		s += name_part(dos, s, fcb + FCB_NAME, 8, false, &wild);
	if (*s == '.') {
		s++;
		s += name_part(dos, s, fcb + FCB_NAME + 8, 3, false, &wild);
	}
	*answer = bad ? 0xff : wild;
	return s - text;
}

enum svc int21_fcb_parse(void *room, struct guest *g)
{
	struct dos *dos = room;
	struct far from = caller_ds(dos, CPU_SI), to = caller_es(dos, CPU_DI);
	uint8_t fcb[FCB_RECORD_SIZE + 2], answer;
	char text[256];
	size_t used;

	guest_string(g, from, text, sizeof text);
	guest_copy_in(g, fcb, to.seg, to.off, sizeof fcb);
	used = fcb_parse(dos, text, caller8(dos, CALLER_AL), fcb, &answer);
	guest_copy_out(g, to.seg, to.off, fcb, sizeof fcb);
	cpu_set16(g->cpu, CPU_SI, from.off + used);
	cpu_set8(g->cpu, CPU_AX, answer);
	return SVC_DONE;
}
