/* ioctl.c - device control (INT 21h/44xxh).
 *
 * For character devices the kernel hands requests to the driver, ours or a
 * loaded one.  Our drives are no disks: what describes a disk is answered
 * from the geometry that disk.c makes up, and what would read, write or
 * format its tracks is a function they do not have.  */

#include "dos/device.h"
#include "dos/disk.h"
#include "dos/services.h"

enum { STEP_SENT = 1 };

typedef enum svc ioctl_fn(struct dos *dos);

/* --- handles ---------------------------------------------------------------- */

static struct far handle(struct dos *dos)
{
	return dos_handle_sft(dos, caller16(dos, CPU_BX));
}

static struct far device_of(struct dos *dos, struct far sft)
{
	return guest_rfar(dos->guest, sft.seg, sft.off + SFT_DEVICE);
}

static uint16_t device_attr(struct dos *dos, struct far sft)
{
	struct far device = device_of(dos, sft);

	return dos_r16(dos, device.seg, device.off + DEV_ATTR);
}

/* 4400h: the low byte as in the SFT; above it the driver's attributes, or
 * for a file what the SFT knows.  */
static enum svc get_info(struct dos *dos)
{
	struct far sft = handle(dos);
	uint16_t info;

	if (far_null(sft))
		return dos_fail(dos, DOS_BAD_HANDLE);
	info = dos_r16(dos, sft.seg, sft.off + SFT_INFO);
	if (info & INFO_DEVICE)
		info = (info & 0xff) | (device_attr(dos, sft) & 0xff00);
	else
		info &= INFO_NETWORK | INFO_KEEP_DATE | 0xff;
	cpu_set16(dos->guest->cpu, CPU_DX, info);
	return guest_ok(dos->guest, info);
}

static enum svc set_info(struct dos *dos)
{
	struct far sft = handle(dos);
	uint16_t dx = caller16(dos, CPU_DX), info;

	if (far_null(sft))
		return dos_fail(dos, DOS_BAD_HANDLE);
	if (dx & 0xff00)
		return dos_fail(dos, DOS_BAD_DATA);
	info = dos_r16(dos, sft.seg, sft.off + SFT_INFO);
	if (!(info & INFO_DEVICE))
		return dos_fail(dos, DOS_BAD_FUNCTION);
	dos_w16(dos, sft.seg, sft.off + SFT_INFO, (info & 0xff00) | dx | INFO_DEVICE);
	return guest_done(dos->guest);
}

/* --- requests to a driver ------------------------------------------------------ */

static enum svc send(struct dos *dos, struct far device, uint8_t command)
{
	return device_tell(dos, device, command, STEP_SENT);
}

/* What the driver said; *answer is what to answer if it is an error.  */
static bool refused(struct dos *dos, enum svc *answer, uint16_t *n)
{
	enum dos_error e = device_result(dos, n);

	guest_restore(dos->guest);
	if (!e)
		return false;
	*answer = dos_fail(dos, e == DOS_BAD_COMMAND ? DOS_BAD_FUNCTION : e);
	return true;
}

/* Is there a driver behind the handle that has this ability?  */
static enum dos_error device_can(struct dos *dos, struct far sft, uint16_t ability)
{
	if (far_null(sft))
		return DOS_BAD_HANDLE;
	return dos_sft_is_device(dos, sft) && device_attr(dos, sft) & ability ? DOS_OK :
		DOS_BAD_FUNCTION;
}

/* 4402h, 4403h: control strings, AX bytes of them.  */
static enum svc control(struct dos *dos, uint8_t command)
{
	struct far sft = handle(dos);
	enum dos_error e = device_can(dos, sft, DEV_IOCTL);
	enum svc answer;
	uint16_t n;

	if (e)
		return dos_fail(dos, e);
	if (guest_step(dos->guest) == STEP_SENT)
		return refused(dos, &answer, &n) ? answer : guest_ok(dos->guest, n);
	sda_w8(dos, SDA_IO_REQUEST + REQ_MEDIA, 0);
	sda_wfar(dos, SDA_IO_REQUEST + REQ_BUFFER, caller_ds(dos, CPU_DX));
	sda_w16(dos, SDA_IO_REQUEST + REQ_COUNT, caller16(dos, CPU_CX));
	return send(dos, device_of(dos, sft), command);
}

static enum svc read_control(struct dos *dos)
{
	return control(dos, CMD_IOCTL_READ);
}

static enum svc write_control(struct dos *dos)
{
	return control(dos, CMD_IOCTL_WRITE);
}

static enum svc ready(struct dos *dos, bool is)
{
	return guest_ok(dos->guest, is ? 0xff : 0);
}

/* 4406h on a file: is it not at its end?  An empty pipe is not.  */
static enum svc file_ready(struct dos *dos, struct far sft)
{
	return ready(dos, dos_sft_ready(dos, sft) != DOS_NO_MORE);
}

static enum svc status(struct dos *dos, uint8_t command)
{
	struct far sft = handle(dos);
	enum svc answer;
	uint16_t n;

	if (far_null(sft))
		return dos_fail(dos, DOS_BAD_HANDLE);
	if (!dos_sft_is_device(dos, sft))
		return command == CMD_IN_STATUS ? file_ready(dos, sft) : ready(dos, true);
	if (guest_step(dos->guest) != STEP_SENT)
		return send(dos, device_of(dos, sft), command);
	if (refused(dos, &answer, &n))
		return answer;
	return ready(dos, !(sda_r16(dos, SDA_IO_REQUEST + REQ_STATUS) & STATUS_BUSY));
}

static enum svc input_status(struct dos *dos)
{
	return status(dos, CMD_IN_STATUS);
}

static enum svc output_status(struct dos *dos)
{
	return status(dos, CMD_OUT_STATUS);
}

/* 440Ch, 4410h: generic requests to a character device.  */
static enum svc generic(struct dos *dos, uint8_t command, uint16_t needs)
{
	struct far sft = handle(dos);
	enum dos_error e = device_can(dos, sft, needs);
	enum svc answer;
	uint16_t n;

	if (e)
		return dos_fail(dos, e);
	if (guest_step(dos->guest) == STEP_SENT)
		return refused(dos, &answer, &n) ? answer : guest_ok(dos->guest, 0);
	sda_w8(dos, SDA_IO_REQUEST + REQ_CATEGORY, caller8(dos, CALLER_CH));
	sda_w8(dos, SDA_IO_REQUEST + REQ_MINOR, caller8(dos, CALLER_CL));
	sda_w16(dos, SDA_IO_REQUEST + REQ_SI, caller16(dos, CPU_SI));
	sda_w16(dos, SDA_IO_REQUEST + REQ_DI, caller16(dos, CPU_DI));
	sda_wfar(dos, SDA_IO_REQUEST + REQ_PACKET, caller_ds(dos, CPU_DX));
	return send(dos, device_of(dos, sft), command);
}

static enum svc generic_handle(struct dos *dos)
{
	return generic(dos, CMD_GENERIC_IOCTL, DEV_GENERIC_IOCTL);
}

static enum svc query_handle(struct dos *dos)
{
	return generic(dos, CMD_IOCTL_QUERY, DEV_IOCTL_QUERY);
}

/* 440Ah.  */
static enum svc handle_remote(struct dos *dos)
{
	struct far sft = handle(dos);
	uint16_t info;

	if (far_null(sft))
		return dos_fail(dos, DOS_BAD_HANDLE);
	info = dos_r16(dos, sft.seg, sft.off + SFT_INFO);
	cpu_set16(dos->guest->cpu, CPU_DX, info);
	return guest_ok(dos->guest, info);
}

/* --- drives ------------------------------------------------------------------------ */

static uint16_t cds_flags(struct dos *dos, uint8_t dl)
{
	struct far cds = dos_cds(dos, disk_number(dos, dl));

	return far_null(cds) ? 0 : dos_r16(dos, cds.seg, cds.off + CDS_FLAGS);
}

/* 4404h, 4405h: our drives have no driver to control.  */
static enum svc block_control(struct dos *dos)
{
	return dos_fail(dos, disk_of(dos, caller8(dos, CALLER_BL)) ? DOS_BAD_FUNCTION : DOS_BAD_DRIVE);
}

static enum svc removable(struct dos *dos)
{
	uint8_t bl = caller8(dos, CALLER_BL);
	struct drive *drive = disk_of(dos, bl);

	if (cds_flags(dos, bl) & CDS_NETWORK)
		return dos_fail(dos, DOS_BAD_FUNCTION);
	if (!drive)
		return dos_fail(dos, DOS_BAD_DRIVE);
	return guest_ok(dos->guest, !drive->removable);
}

/* 4409h: bit 15 SUBST, bit 12 remote, else the driver's attributes.  */
static enum svc drive_remote(struct dos *dos)
{
	uint8_t bl = caller8(dos, CALLER_BL);
	uint16_t flags = cds_flags(dos, bl), attr;
	struct far driver = dev_builtin(DEV_DISK);

	if (!dos_cds_usable(dos, disk_number(dos, bl)))
		return dos_fail(dos, DOS_BAD_DRIVE);
	attr = flags & CDS_NETWORK ? 0x1000 :
		dos_r16(dos, driver.seg, driver.off + DEV_ATTR) & 0x0fff;
	if (flags & CDS_SUBST)
		attr |= 0x8000;
	cpu_set16(dos->guest->cpu, CPU_DX, attr);
	return guest_done(dos->guest);
}

/* 440Bh.  */
static enum svc set_retries(struct dos *dos)
{
	if (!caller16(dos, CPU_DX))
		return dos_fail(dos, DOS_BAD_FUNCTION);
	lol_w16(dos, LOL_SHARE_DELAY, caller16(dos, CPU_CX));
	lol_w16(dos, LOL_SHARE_RETRIES, caller16(dos, CPU_DX));
	return guest_done(dos->guest);
}

/* 440Eh, 440Fh: no two letters share a disk.  */
static enum svc logical_map(struct dos *dos)
{
	if (!disk_of(dos, caller8(dos, CALLER_BL)))
		return dos_fail(dos, DOS_BAD_DRIVE);
	cpu_set8(dos->guest->cpu, CPU_AX, 0);
	return guest_done(dos->guest);
}

enum svc int21_ioctl(void *room, struct guest *g)
{
	static ioctl_fn *const table[] = {
		get_info, set_info, read_control, write_control, block_control, block_control,
		input_status, output_status, removable, drive_remote, handle_remote, set_retries,
		generic_handle, disk_generic, logical_map, logical_map, query_handle, disk_query,
	};
	struct dos *dos = room;
	uint8_t al = caller8(dos, CALLER_AL);

	(void)g;
	if (al >= sizeof table / sizeof *table)
		return dos_fail(dos, DOS_BAD_FUNCTION);
	return table[al](dos);
}
