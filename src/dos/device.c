/* device.c - requests to character device drivers.  */

#include "dos/device.h"

#include "bus/bus.h"
#include "dos/layout.h"

enum svc device_send(struct dos *dos, struct far device, uint16_t request, uint8_t next_step)
{
	struct guest *g = dos->guest;
	struct far strategy = { guest_r16(g, device.seg, device.off + DEV_STRATEGY), device.seg };
	struct far interrupt = { guest_r16(g, device.seg, device.off + DEV_INTERRUPT), device.seg };

	cpu_load_real(g->cpu, CPU_ES, DOS_SEG);
	cpu_load_real(g->cpu, CPU_DS, device.seg);
	cpu_set16(g->cpu, CPU_BX, request);
	return guest_call_two(g, strategy, interrupt, next_step);
}

enum svc device_tell(struct dos *dos, struct far device, uint8_t command, uint8_t next_step)
{
	sda_w8(dos, SDA_IO_REQUEST + REQ_LENGTH, 22);
	sda_w8(dos, SDA_IO_REQUEST + REQ_UNIT, 0);
	sda_w8(dos, SDA_IO_REQUEST + REQ_COMMAND, command);
	sda_w16(dos, SDA_IO_REQUEST + REQ_STATUS, 0);
	return device_send(dos, device, AT_SDA + SDA_IO_REQUEST, next_step);
}

static void answer_io(struct dos *dos, uint16_t moved)
{
	sda_w16(dos, SDA_IO_REQUEST + REQ_STATUS, STATUS_DONE);
	sda_w16(dos, SDA_IO_REQUEST + REQ_COUNT, moved);
}

/* Console input that must wait goes the long way, by the driver.  */
static bool direct_io(struct dos *dos, bool writing, uint16_t seg, uint16_t off, uint16_t n)
{
	uint8_t ch;

	if (!con_direct(dos))
		return false;
	if (!writing) {
		if (n != 1 || !con_get(dos, &ch))
			return false;
		dos_w8(dos, seg, off, ch);
		answer_io(dos, 1);
		return true;
	}
	for (uint16_t i = 0; i < n; i++)
		con_put(dos, dos_r8(dos, seg, off + i));
	answer_io(dos, n);
	return true;
}

enum svc dos_device_io(struct dos *dos, struct far device, bool writing,
		       uint16_t seg, uint16_t off, uint16_t n, uint8_t next_step)
{
	sda_w8(dos, SDA_IO_REQUEST + REQ_LENGTH, 22);
	sda_w8(dos, SDA_IO_REQUEST + REQ_UNIT, 0);
	sda_w8(dos, SDA_IO_REQUEST + REQ_COMMAND, writing ? CMD_WRITE : CMD_READ);
	sda_w16(dos, SDA_IO_REQUEST + REQ_STATUS, 0);
	sda_w8(dos, SDA_IO_REQUEST + REQ_MEDIA, 0);
	sda_wfar(dos, SDA_IO_REQUEST + REQ_BUFFER, (struct far){ off, seg });
	sda_w16(dos, SDA_IO_REQUEST + REQ_COUNT, n);
	sda_w16(dos, SDA_IO_REQUEST + REQ_SECTOR, 0);
	if (far_is(device, dev_builtin(DEV_CON)) && direct_io(dos, writing, seg, off, n))
		return guest_next(dos->guest, next_step);
	return device_send(dos, device, AT_SDA + SDA_IO_REQUEST, next_step);
}

enum dos_error device_result(const struct dos *dos, uint16_t *moved)
{
	uint16_t status = sda_r16(dos, SDA_IO_REQUEST + REQ_STATUS);

	*moved = sda_r16(dos, SDA_IO_REQUEST + REQ_COUNT);
	return status & STATUS_ERROR ? (status & STATUS_CODE) + DOS_WRITE_PROTECTED : DOS_OK;
}
