/* system.c - functions of INT 21h that only look at, or set, what lies in
 * DOS's data segment: vectors, DTA, version, flags, pointers.  */

#include "dos/int21.h"
#include "dos/layout.h"
#include "dos/services.h"

#define OEM_MICROSOFT	0xff	/* BH of 30h */

static enum svc answer_pointer(struct guest *g, struct far p)
{
	cpu_set16(g->cpu, CPU_BX, p.off);
	cpu_load_real(g->cpu, CPU_ES, p.seg);
	return SVC_DONE;
}

static struct far ds_dx(struct guest *g)
{
	return (struct far){ cpu_get16(g->cpu, CPU_DX), g->cpu->seg[CPU_DS].sel };
}

/* CP/M functions that DOS does not have: AL = 0.  */
enum svc int21_cpm(void *room, struct guest *g)
{
	(void)room;
	cpu_set8(g->cpu, CPU_AX, 0);
	return SVC_DONE;
}

enum svc int21_set_dta(void *room, struct guest *g)
{
	sda_wfar(room, SDA_DTA, ds_dx(g));
	return SVC_DONE;
}

enum svc int21_get_dta(void *room, struct guest *g)
{
	return answer_pointer(g, sda_rfar(room, SDA_DTA));
}

enum svc int21_set_vector(void *room, struct guest *g)
{
	dos_wvector(room, cpu_get8(g->cpu, CPU_AX), ds_dx(g));
	return SVC_DONE;
}

enum svc int21_get_vector(void *room, struct guest *g)
{
	return answer_pointer(g, dos_rvector(room, cpu_get8(g->cpu, CPU_AX)));
}

enum svc int21_set_verify(void *room, struct guest *g)
{
	dos_w8(room, DOS_SEG, AT_VERIFY, cpu_get8(g->cpu, CPU_AX) & 1);
	return SVC_DONE;
}

enum svc int21_get_verify(void *room, struct guest *g)
{
	cpu_set8(g->cpu, CPU_AX, dos_r8(room, DOS_SEG, AT_VERIFY));
	return SVC_DONE;
}

/* 30h: the version that this program is told (PSP:40h, DOS 5 and later).
 * A PSP that a program has made by itself may have none.  */
enum svc int21_version(void *room, struct guest *g)
{
	struct dos *dos = room;
	uint16_t version = dos_r16(dos, dos_psp(dos), PSP_VERSION);
	bool wants_flags = cpu_get8(g->cpu, CPU_AX) == 1;

	if (!(version & 0xff))
		version = dos->config.version_major | dos->config.version_minor << 8;
	cpu_set16(g->cpu, CPU_AX, version);
	cpu_set16(g->cpu, CPU_BX, wants_flags ? 0 : OEM_MICROSOFT << 8);
	cpu_set16(g->cpu, CPU_CX, 0);
	return SVC_DONE;
}

/* 33h: also while DOS is busy, so only AL, BX and DL, DX change.  */
enum svc int21_break(void *room, struct guest *g)
{
	struct dos *dos = room;
	uint8_t dl = cpu_get8(g->cpu, CPU_DX) & 1;

	switch (cpu_get8(g->cpu, CPU_AX)) {
	case 0:
		cpu_set8(g->cpu, CPU_DX, sda_r8(dos, SDA_BREAK));
		break;
	case 1:
		sda_w8(dos, SDA_BREAK, dl);
		break;
	case 2:
		cpu_set8(g->cpu, CPU_DX, sda_r8(dos, SDA_BREAK));
		sda_w8(dos, SDA_BREAK, dl);
		break;
	case 3: case 4:		/* code page switching: DOS 4 meant to */
		break;
	case 5:
		cpu_set8(g->cpu, CPU_DX, lol_r8(dos, LOL_BOOT_DRIVE));
		break;
	case 6:
		cpu_set16(g->cpu, CPU_BX, dos->config.version_major | dos->config.version_minor << 8);
		cpu_set16(g->cpu, CPU_DX, 0);	/* revision A, low memory */
		break;
	default:
		cpu_set8(g->cpu, CPU_AX, 0xff);
	}
	return SVC_DONE;
}

enum svc int21_indos(void *room, struct guest *g)
{
	(void)room;
	return answer_pointer(g, (struct far){ AT_SDA + SDA_INDOS, DOS_SEG });
}

/* 37h: 0 get and 1 set the switch character; 2 and 3, whether devices need
 * "\DEV\", which they have not done since DOS 3.  */
enum svc int21_switchar(void *room, struct guest *g)
{
	switch (cpu_get8(g->cpu, CPU_AX)) {
	case 0:
		cpu_set8(g->cpu, CPU_AX, 0);
		cpu_set8(g->cpu, CPU_DX, dos_r8(room, DOS_SEG, AT_SWITCHAR));
		break;
	case 1:
		cpu_set8(g->cpu, CPU_AX, 0);
		dos_w8(room, DOS_SEG, AT_SWITCHAR, cpu_get8(g->cpu, CPU_DX));
		break;
	case 2:
		cpu_set8(g->cpu, CPU_DX, 0xff);
		break;
	case 3:
		break;
	default:
		cpu_set8(g->cpu, CPU_AX, 0xff);
	}
	return SVC_DONE;
}

enum svc int21_list_of_lists(void *room, struct guest *g)
{
	(void)room;
	return answer_pointer(g, (struct far){ AT_LOL, DOS_SEG });
}

/* 53h: the DPB at ES:BP from the BPB at DS:SI (DOS/MISC.ASM, SETDPB).  A
 * sector or record size of zero would divide by zero there.  */
enum bpb {
	BPB_SECTOR = 0, BPB_CLUSTER = 2, BPB_RESERVED = 3, BPB_FATS = 5,
	BPB_ROOT_ENTRIES = 6, BPB_SECTORS = 8, BPB_MEDIA = 10,
	BPB_FAT_SECTORS = 11, BPB_SECTORS32 = 21,
};

enum svc int21_bpb_to_dpb(void *room, struct guest *g)
{
	struct dos *dos = room;
	uint16_t from = g->cpu->seg[CPU_DS].sel, to = g->cpu->seg[CPU_ES].sel;
	uint16_t bpb = cpu_get16(g->cpu, CPU_SI), dpb = cpu_get16(g->cpu, CPU_BP);
	uint16_t sector = dos_r16(dos, from, bpb + BPB_SECTOR);
	uint16_t entries = dos_r16(dos, from, bpb + BPB_ROOT_ENTRIES);
	uint16_t fat = dos_r16(dos, from, bpb + BPB_FAT_SECTORS);
	uint8_t cluster = dos_r8(dos, from, bpb + BPB_CLUSTER), shift = 0;
	uint8_t fats = dos_r8(dos, from, bpb + BPB_FATS);
	uint32_t sectors = dos_r16(dos, from, bpb + BPB_SECTORS);
	uint16_t root, first;

	while (cluster >> shift > 1)
		shift++;
	if (!sectors)
		sectors = dos_r32(dos, from, bpb + BPB_SECTORS32);
	root = dos_r16(dos, from, bpb + BPB_RESERVED) + fats * fat;
	first = root + (sector >= 32 ? (entries + sector / 32 - 1) / (sector / 32) : 0);
	dos_w16(dos, to, dpb + DPB_SECTOR, sector);
	dos_w8(dos, to, dpb + DPB_CLUSTER_MASK, cluster - 1);
	dos_w8(dos, to, dpb + DPB_CLUSTER_SHIFT, shift);
	dos_w16(dos, to, dpb + DPB_RESERVED, dos_r16(dos, from, bpb + BPB_RESERVED));
	dos_w8(dos, to, dpb + DPB_FATS, fats);
	dos_w16(dos, to, dpb + DPB_ROOT_ENTRIES, entries);
	dos_w16(dos, to, dpb + DPB_FIRST_DATA, first);
	dos_w16(dos, to, dpb + DPB_MAX_CLUSTER, ((sectors - first) >> shift) + 1);
	dos_w16(dos, to, dpb + DPB_FAT_SECTORS, fat);
	dos_w16(dos, to, dpb + DPB_ROOT_SECTOR, root);
	dos_w8(dos, to, dpb + DPB_MEDIA, dos_r8(dos, from, bpb + BPB_MEDIA));
	dos_w16(dos, to, dpb + DPB_SEARCH_FROM, 0);
	dos_w16(dos, to, dpb + DPB_FREE, 0xffff);
	return SVC_DONE;
}

enum svc int21_printer_flag(void *room, struct guest *g)
{
	sda_w8(room, SDA_PRINT_FLAG, cpu_get8(g->cpu, CPU_AX));
	return SVC_DONE;
}
