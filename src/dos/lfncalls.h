/* lfncalls.h - INT 21h/71xxh, between lfn.c and lfnfind.c.  */

#ifndef DOS_LFNCALLS_H
#define DOS_LFNCALLS_H

#include "dos/files.h"

enum svc lfn_find_first(struct dos *dos);
enum svc lfn_find_next(struct dos *dos);
enum svc lfn_find_close(struct dos *dos);
enum svc lfn_handle_info(struct dos *dos);
enum svc lfn_convert_time(struct dos *dos);

/* attr and must of s are set; the rest is filled.  */
enum dos_error lfn_search_first(struct dos *dos, const struct dos_path *p, struct lfn_search *s,
				struct drive_info *found);
enum dos_error lfn_search_next(struct dos *dos, struct lfn_search *s, struct drive_info *found);

uint64_t lfn_filetime(uint16_t time, uint16_t date, uint8_t hundredths);
bool lfn_dos_time(uint64_t filetime, uint16_t *time, uint16_t *date, uint8_t *hundredths);

#endif
