/* sharing.c - where programs are in each other's way (SHARE).
 *
 * Drives say what their open files allow (DOS_SHARING, DOS_LOCK).  Here is what
 * only the kernel knows: which process has opened what, and whether the program
 * is told or its user is asked.  MS-DOS 4.0: SHARE.ASM, OPEN.ASM, DELETE.ASM,
 * GSHARE2.ASM.  */

#include "dos/files.h"

#include "dos/fcb.h"
#include "dos/services.h"

/* Programs that open in compatibility mode know nothing of sharing: their user is
 * asked (RBIL, table 01403), as is whoever deletes, renames, or gives attributes.  */
enum svc dos_refuse_shared(struct dos *dos, enum dos_error error, uint8_t drive, bool writing,
			   uint8_t mode)
{
	if (!dos_asks(error, !(mode & DRIVE_SHARE)) || drive >= DRIVE_LETTERS)
		return dos_fail(dos, error);
	return dos_critical(dos, error, drive, (struct far){ 0, 0 }, writing, STEP_CRITICAL);
}

/* Is this entry another process's on the file `id' of the drive, or one with a
 * sharing mode?  */
static bool forbids(struct dos *dos, struct far sft, const struct drive *drive, uint64_t id)
{
	uint16_t mode = dos_r16(dos, sft.seg, sft.off + SFT_MODE);
	bool compatible = mode & SFT_MODE_FCB || !(mode & DRIVE_SHARE) ||
		(mode & DRIVE_SHARE) == DRIVE_SHARE_FCB;
	struct drive_info info;
	drive_file f;

	if (!dos_r16(dos, sft.seg, sft.off + SFT_REFS) || dos_sft_drive(dos, sft, &f) != drive ||
	    drive->ops->file_info(drive->disk, f, &info) || info.id != id)
		return false;
	return !compatible || dos_r16(dos, sft.seg, sft.off + SFT_OWNER) != dos_psp(dos);
}

/* A program may change what it has itself open in compatibility mode, since such
 * programs "will often delete files that they had open", if nobody else has it
 * open (GSHARE2.ASM, ShCloseFile).  */
enum dos_error dos_share_change(struct dos *dos, const struct dos_path *p,
				const struct drive_info *info)
{
	struct drive *drive = dos_path_drive(dos, p);
	struct far sft;

	if (info->attr & (ATTR_DIR | ATTR_LABEL) || !info->id)
		return DOS_OK;
	for (unsigned n = 0; n < 255 && !far_null(sft = dos_sft(dos, n)); n++)
		if (forbids(dos, sft, drive, info->id))
			return DOS_SHARING;
	for (unsigned n = 0; n < 255 && !far_null(sft = fcb_entry(dos, n)); n++)
		if (forbids(dos, sft, drive, info->id))
			return DOS_SHARING;
	return DOS_OK;
}
