/* country.c - what differs from country to country: one table.
 *
 * Facts: MS-DOS 6 COUNTRY.TXT and the "MS-DOS Programmer's Reference",
 * appendix on country-dependent information; currency symbols of code page
 * 437/850 are written as Unicode and go through the code page in use.  */

#include "dos/nls.h"

#include <stddef.h>

enum { MDY = 0, DMY = 1, YMD = 2 };
/* Currency format: bit 0 symbol behind the value, bit 1 a space between.  */
enum { BEFORE = 0, BEHIND = 1, BEFORE_SPACE = 2, BEHIND_SPACE = 3 };
enum { H12 = 0, H24 = 1 };

const struct nls_country countries[] = {
	/* code  date currency        thousands decimal date time list  where        digits clock yes/no */
	{ 1,   MDY, { '$' },            ',', '.', '-', ':', ',', BEFORE,       2, H12, "YN" },
	{ 2,   YMD, { '$' },            ' ', ',', '-', ':', ';', BEHIND_SPACE, 2, H24, "ON" },
	{ 3,   DMY, { '$' },            '.', ',', '/', ':', ';', BEFORE,       2, H12, "SN" },
	{ 7,   DMY, { 0x440, '.' },     ' ', ',', '.', ':', ';', BEHIND_SPACE, 2, H24, "YN" },
	{ 27,  YMD, { 'R' },            ' ', '.', '/', ':', ';', BEFORE,       2, H24, "YN" },
	{ 30,  DMY, { 0x394, 0x3c1 },   '.', ',', '/', ':', ';', BEHIND_SPACE, 2, H12, "YN" },
	{ 31,  DMY, { 0x192 },          '.', ',', '-', ':', ';', BEFORE_SPACE, 2, H24, "JN" },
	{ 32,  DMY, { 'B', 'F' },       '.', ',', '/', ':', ';', BEHIND_SPACE, 2, H24, "JN" },
	{ 33,  DMY, { 'F' },            ' ', ',', '/', ':', ';', BEHIND_SPACE, 2, H24, "ON" },
	{ 34,  DMY, { 0x20a7 },         '.', ',', '/', ':', ';', BEHIND_SPACE, 0, H24, "SN" },
	{ 36,  YMD, { 'F', 't' },       ' ', ',', '-', ':', ';', BEHIND_SPACE, 2, H24, "IN" },
	{ 38,  YMD, { 'D', 'i', 'n' },  '.', ',', '-', ':', ';', BEHIND_SPACE, 2, H24, "DN" },
	{ 39,  DMY, { 'L', '.' },       '.', ',', '/', '.', ';', BEFORE_SPACE, 0, H24, "SN" },
	{ 41,  DMY, { 'F', 'r', '.' },  '\'', '.', '.', ',', ';', BEFORE_SPACE, 2, H24, "JN" },
	{ 42,  YMD, { 'K', 0x10d, 's' }, '.', ',', '-', ':', ';', BEHIND_SPACE, 2, H24, "AN" },
	{ 43,  DMY, { 'S' },            '.', ',', '.', ':', ';', BEFORE_SPACE, 2, H24, "JN" },
	{ 44,  DMY, { 0xa3 },           ',', '.', '/', ':', ',', BEFORE,       2, H24, "YN" },
	{ 45,  DMY, { 'k', 'r' },       '.', ',', '-', '.', ';', BEHIND_SPACE, 2, H24, "JN" },
	{ 46,  YMD, { 'K', 'r' },       ' ', ',', '-', '.', ';', BEHIND_SPACE, 2, H24, "JN" },
	{ 47,  DMY, { 'k', 'r' },       '.', ',', '.', ':', ';', BEHIND_SPACE, 2, H24, "JN" },
	{ 48,  YMD, { 'Z', 0x142 },     '.', ',', '-', ':', ';', BEHIND_SPACE, 2, H24, "TN" },
	{ 49,  DMY, { 'D', 'M' },       '.', ',', '.', ':', ';', BEHIND_SPACE, 2, H24, "JN" },
	{ 55,  DMY, { 'R', '$' },       '.', ',', '/', ':', ';', BEFORE,       2, H24, "SN" },
	{ 61,  DMY, { '$' },            ',', '.', '-', ':', ',', BEFORE,       2, H24, "YN" },
	{ 81,  YMD, { 0xa5 },           ',', '.', '-', ':', ',', BEFORE,       0, H24, "YN" },
	{ 351, DMY, { 'E', 's', 'c' },  '.', ',', '-', ':', ';', BEHIND_SPACE, 2, H24, "SN" },
	{ 354, DMY, { 'K', 'r' },       '.', ',', '.', ':', ';', BEHIND_SPACE, 2, H24, "JN" },
	{ 358, DMY, { 'm', 'k' },       ' ', ',', '.', '.', ';', BEHIND_SPACE, 2, H24, "KE" },
	{ 359, YMD, { 0x43b, 0x432 },   '.', ',', '.', ':', ';', BEHIND_SPACE, 2, H24, "YN" },
	{ 380, DMY, { 0x433, 0x440, 0x43d }, ' ', ',', '.', ':', ';', BEHIND_SPACE, 2, H24, "YN" },
	{ 972, DMY, { 0x20aa },         ',', '.', ' ', ':', ',', BEFORE_SPACE, 2, H24, "YN" },
};

const struct nls_country *country_find(uint16_t code)
{
	for (size_t i = 0; i < sizeof countries / sizeof countries[0]; i++)
		if (countries[i].code == code)
			return &countries[i];
	return NULL;
}
