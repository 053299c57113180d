/* nls.h - countries and code pages (INT 21h/38h, 65h, 66h).  */

#ifndef DOS_NLS_H
#define DOS_NLS_H

#include <stdint.h>

struct dos;

/* As INT 21h/38h gives it; text is Unicode, 0 ends it.  */
struct nls_country {
	uint16_t code;			/* the telephone prefix, mostly */
	uint8_t date_format;		/* 0 month-day-year, 1 day-month-year, 2 year first */
	uint16_t currency[4];
	char thousands, decimal, date, time, list;
	uint8_t currency_format, currency_digits, clock;
	char yes_no[3];
};

/* NULL: no such country.  */
const struct nls_country *country_find(uint16_t code);

/* At boot, and when the code page or the country changes: write the case,
 * file-name, collating and DBCS tables and the country information into
 * DOS's data segment.  */
void nls_write_tables(struct dos *dos);

/* The case map gate; at dos_init.  */
void nls_offer(struct dos *dos);

/* A character's capital, by the table that programs see.  */
uint8_t nls_upper(const struct dos *dos, uint8_t ch);

/* The code page in use (66h).  */
uint16_t nls_code_page(const struct dos *dos);

#endif
