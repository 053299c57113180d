/* machine.c - one PC: its birth, its inputs, what it tells.  */

#include "machine/machine.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/cp.h"
#include "base/error.h"
#include "dos/layout.h"
#include "drive/stdio.h"
#include "machine/pc.h"

/* The ROM's fonts, and what they show, are those of the code page.  */
static void show_code_page(struct machine *m)
{
	static const uint8_t height[] = { 8, 14, 16 };
	uint32_t unicode[256];

	for (unsigned i = 0; i < 256; i++)
		unicode[i] = cp_glyph(m->dos.config.code_page, i);
	video_set_characters(&m->video, unicode);
	bios_set_characters(&m->bios, unicode);
	for (unsigned i = 0; i < sizeof height; i++)
		video_set_rom_font(&m->video, height[i], bios_rom_font(&m->bios, height[i]));
}

struct machine *machine_new(const struct machine_config *config,
			    const struct machine_host *host, struct error *err)
{
	struct machine *m = calloc(1, sizeof *m);

	if (!m) {
		error_set(err, "out of memory");
		return NULL;
	}
	machine_disks_init(m);
	m->host = *host;
	sched_init(&m->sched);
	if (!bus_init(&m->bus, config->ram_size, err)) {
		free(m);
		return NULL;
	}
	screen_init(&m->screen);
	machine_wire(m, config);
	show_code_page(m);
	if (!cpu_use(&m->cpu, &cpu_interp)) {
		error_set(err, "out of memory");
		machine_free(m);
		return NULL;
	}
	machine_reset(m);
	return m;
}

void machine_free(struct machine *m)
{
	if (!m)
		return;
	machine_disks_close(m, true);
	for (unsigned i = 0; i < DRIVE_LETTERS; i++)
		drive_unmount(&m->drive[i]);
	machine_disks_close(m, false);
	drive_unmount(&m->stdio);
	dos_fini(&m->dos);
	cpu_fini(&m->cpu);
	screen_fini(&m->screen);
	bus_fini(&m->bus);
	free(m);
}

bool machine_mount(struct machine *m, char letter, const char *kind, const char *source,
		   const struct drive_config *config, struct error *err)
{
	return drive_mount(&m->drive[letter - 'A'], kind, source, config, err);
}

bool machine_mount_stdio(struct machine *m, const struct stdio_ops *ops, void *ctx,
			 struct error *err)
{
	return stdio_mount(&m->stdio, ops, ctx, err);
}

bool machine_drain(struct machine *m)
{
	for (unsigned i = 0; i < m->com_count; i++)
		serial_drain(&m->com[i]);
	return !m->stdio.ops || stdio_drain(m->stdio.disk) != DRIVE_WAIT;
}

struct dos_config *machine_dos_config(struct machine *m)
{
	return &m->dos.config;
}

uint16_t machine_code_page(const struct machine *m)
{
	return m->dos.config.code_page;
}

bool machine_short_path(const struct machine *m, char letter, const char *path,
			char out[DRIVE_PATH_MAX])
{
	const struct drive *d = &m->drive[letter - 'A'];

	return d->ops && d->ops->canon(d->disk, path, false, out) == DOS_OK;
}

vtime machine_now(const struct machine *m)
{
	return m->sched.now;
}

uint64_t machine_instructions(const struct machine *m)
{
	return m->cpu.retired;
}

const struct machine_result *machine_end(const struct machine *m)
{
	return &m->result;
}

void machine_stop_at_pictures(struct machine *m, bool stop)
{
	m->stops_at_pictures = stop;
}

uint64_t machine_pictures(const struct machine *m)
{
	return m->screen.pictures;
}

void machine_set_cost(struct machine *m, unsigned cost)
{
	m->cpu.cost = cost ? cost : 1;
}

void machine_set_longer(struct machine *m, const struct cpu_card *card,
			const uint32_t longer[CPU_LONGERS])
{
	cpu_set_card(&m->cpu, card);
	memcpy(m->cpu.longer, longer, sizeof m->cpu.longer);
}

bool machine_is_protected(const struct machine *m)
{
	return m->cpu.cr[0] & CR0_PE && !(m->cpu.flags & CPU_VM);
}

void machine_set_haste(struct machine *m, unsigned haste)
{
	m->keyboard.haste = haste;
}

vtime machine_idle(struct machine *m)
{
	vtime idle = m->idle;

	m->idle = 0;
	return idle;
}

enum guest_wait machine_waits(const struct machine *m)
{
	return guest_waiting(&m->guest);
}

bool machine_at_prompt(const struct machine *m)
{
	return guest_waiting(&m->guest) == GUEST_WAIT_KEY && shell_is_asked(&m->shell, dos_psp(&m->dos));
}

bool machine_set_text_size(struct machine *m, unsigned columns, unsigned rows)
{
	machine_spin_wake(m);
	return bios_set_text_size(&m->bios, columns, rows);
}

void machine_fit_text(unsigned *columns, unsigned *rows)
{
	bios_fit_text(columns, rows);
}

void machine_key(struct machine *m, const struct key_event *ev)
{
	machine_spin_wake(m);
	keyboard_key(&m->keyboard, ev);
}

void machine_plug_com(struct machine *m, unsigned n, const struct serial_backend *backend)
{
	machine_spin_wake(m);
	serial_plug(&m->com[n], backend);
}

void machine_plug_lpt(struct machine *m, unsigned n, const struct lpt_backend *backend)
{
	machine_spin_wake(m);
	lpt_plug(&m->lpt[n], backend);
}

bool machine_com_receive(struct machine *m, unsigned n, uint8_t byte)
{
	machine_spin_wake(m);
	return serial_receive(&m->com[n], byte);
}

void machine_com_lines(struct machine *m, unsigned n, uint8_t lines)
{
	machine_spin_wake(m);
	serial_lines(&m->com[n], lines);
}

int machine_attach_video(struct machine *m, const struct video_ops *ops, void *self)
{
	int sink = screen_attach(&m->screen, ops, self);

	if (sink >= 0)
		video_watch(&m->video);
	return sink;
}

void machine_detach_video(struct machine *m, int sink)
{
	screen_detach(&m->screen, sink);
}

void machine_show(struct machine *m)
{
	video_show(&m->video);
}

bool machine_shows_graphics(const struct machine *m)
{
	unsigned columns, rows;

	return !video_text_size(&m->video, &columns, &rows);
}

/* The first shell is its own parent.  The name is what the guest has made of it.  */
void machine_program(const struct machine *m, char name[MACHINE_PROGRAM])
{
	uint16_t psp = dos_psp(&m->dos);
	unsigned n = 0;

	if (psp && guest_r16(&m->guest, psp, PSP_PARENT) != psp)
		for (; n < MACHINE_PROGRAM - 1; n++) {
			uint8_t ch = guest_r8(&m->guest, psp - 1, MCB_NAME + n);

			if (ch <= ' ' || ch >= 0x7f)
				break;
			name[n] = ch;
		}
	name[n] = 0;
}

const uint8_t *machine_rom_font(const struct machine *m)
{
	return bios_rom_font(&m->bios, 16);
}

bool machine_screen_used(struct machine *m)
{
	bool used = video_used(&m->video) || m->screen_used;

	m->screen_used = false;
	return used;
}

void machine_screen_known(struct machine *m)
{
	m->bios.draws = NULL;
}

const struct layout *machine_layout(const struct machine *m, bool *second)
{
	return bios_layout(&m->bios, second);
}

void machine_follow_layout(struct machine *m, const char *name, bool second)
{
	bios_follow_layout(&m->bios, name, second);
}

uint16_t machine_typed_page(const struct machine *m)
{
	return bios_code_page(&m->bios);
}

/* IBM BIOS data area: keyboard shift flags.  */
uint8_t machine_locks(const struct machine *m)
{
	uint8_t flags = guest_r8(&m->guest, 0x40, 0x17);

	return (flags & 0x40 ? LOCK_CAPS : 0) | (flags & 0x20 ? LOCK_NUM : 0);
}

/* IBM BIOS data area: head and tail of the keyboard ring.  */
bool machine_keys_read(const struct machine *m)
{
	return keyboard_idle(&m->keyboard) && !m->kbc.out_full &&
	       guest_r16(&m->guest, 0x40, 0x1a) == guest_r16(&m->guest, 0x40, 0x1c);
}

void machine_set_clock(struct machine *m, int64_t seconds, uint32_t nanoseconds)
{
	if (!m->own_clock)
		rtc_set_unix(&m->rtc, seconds, nanoseconds);
}

void machine_follow_clock(struct machine *m, int64_t seconds, uint32_t nanoseconds)
{
	if (!m->own_clock)
		rtc_follow(&m->rtc, seconds, nanoseconds);
}

void machine_dos_time(void *ctx, uint16_t *time, uint16_t *date)
{
	struct machine *m = ctx;
	struct dos_time t = dos_now(&m->dos);

	*time = time_packed_time(&t);
	*date = time_packed_date(&t);
}

/* --- For a crash report ------------------------------------------------------ */

static size_t row_text(const struct machine *m, unsigned y, unsigned columns, char *to)
{
	size_t end = 0;

	for (unsigned x = 0; x < columns; x++) {
		to[x] = video_text_cell(&m->video, x, y);
		if (!to[x])
			to[x] = ' ';
		if (to[x] != ' ')
			end = x + 1;
	}
	return end;
}

size_t machine_screen_text(const struct machine *m, char *buf, size_t size)
{
	unsigned columns, rows;
	size_t n = 0, full = 0;
	char row[256];

	if (!video_text_size(&m->video, &columns, &rows))
		return 0;
	for (unsigned y = 0; y < rows; y++) {
		size_t wide = row_text(m, y, columns, row);

		if (n + wide + 2 > size)
			break;
		memcpy(buf + n, row, wide);
		n += wide;
		buf[n++] = '\n';
		if (wide)
			full = n;
	}
	return full;
}

size_t machine_registers(const struct machine *m, char *buf, size_t size)
{
	const struct cpu *c = &m->cpu;
	int n = snprintf(buf, size,
		"EAX=%08X EBX=%08X ECX=%08X EDX=%08X ESI=%08X EDI=%08X EBP=%08X ESP=%08X\n"
		"CS:IP=%04X:%04X SS=%04X DS=%04X ES=%04X FS=%04X GS=%04X FLAGS=%08X\n",
		c->reg[CPU_AX], c->reg[CPU_BX], c->reg[CPU_CX], c->reg[CPU_DX],
		c->reg[CPU_SI], c->reg[CPU_DI], c->reg[CPU_BP], c->reg[CPU_SP],
		c->seg[CPU_CS].sel, c->ip, c->seg[CPU_SS].sel, c->seg[CPU_DS].sel,
		c->seg[CPU_ES].sel, c->seg[CPU_FS].sel, c->seg[CPU_GS].sel, c->flags);

	return n < 0 ? 0 : (size_t)n < size ? (size_t)n : size - 1;
}
