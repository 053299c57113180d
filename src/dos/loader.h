/* loader.h - programs as they lie in files: COM and MZ.  */

#ifndef DOS_LOADER_H
#define DOS_LOADER_H

#include "dos/dos.h"

/* A program file, open for reading.  */
struct program {
	struct dos_path path;
	drive_file file;
	bool fetched;			/* from a redirector's drive: no file (fetch.h) */
	uint32_t size;
};

/* What the file's first bytes say.  */
struct program_header {
	bool exe;			/* MZ or ZM; else a plain image */
	bool load_high;			/* e_maxalloc is 0 */
	uint32_t image_at;		/* the image's place in the file */
	uint16_t image_paras;		/* 512-byte pages less the header */
	uint16_t min_paras, max_paras;	/* wanted beyond the image */
	uint16_t relocations, relocations_at;
	uint16_t ss, sp, cs, ip;	/* relative to the image */
};

/* Where a program was put and how it starts.  */
struct loaded {
	uint16_t block, paras;		/* its memory; not for overlays */
	struct far entry, stack;	/* CS:IP, SS:SP */
	bool exe, packed;		/* packed: by EXEPACK */
};

#define LOADER_HEADER		0x1au		/* what DOS reads of an MZ header */
#define LOADER_EXTENT_MAX	0x200000u

/* How much of a file that begins with this header will be read; at most
 * LOADER_EXTENT_MAX.  */
uint32_t program_extent(const uint8_t header[LOADER_HEADER]);

/* name: DOS_NO_FILE for a device, as EXEC has it.  */
enum dos_error program_open(struct dos *dos, const struct dos_path *path, struct program *p);
void program_close(struct dos *dos, struct program *p);

/* The header as DOS believes it.  DOS_BAD_FORMAT: an empty file.  */
enum dos_error program_header(struct dos *dos, const struct program *p,
			      struct program_header *h);

/* Take memory for a program and its PSP (to be the block's first 256
 * bytes), read and relocate it.  On error no memory stays taken.  */
enum dos_error program_load(struct dos *dos, const struct program *p,
			    const struct program_header *h, struct loaded *out);

/* Read it to seg:0 and relocate it by factor (4B03h).  The memory is the
 * caller's affair.  */
enum dos_error program_overlay(struct dos *dos, const struct program *p,
			       const struct program_header *h,
			       uint16_t seg, uint16_t factor);

#endif
