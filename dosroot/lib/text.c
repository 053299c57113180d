/* text.c - characters and strings.  */

#include "tool.h"

int length(const char *s)
{
	const char *p = s;

	while (*p)
		p++;
	return p - s;
}

void copy(char *to, const char *from)
{
	while (*to++ = *from++)
		;
}

void append(char *to, const char *from)
{
	copy(to + length(to), from);
}

int same(const char *a, const char *b)
{
	while (*a && *a == *b) {
		a++;
		b++;
	}
	return *a == *b;
}

int same_bytes(const u8 *a, const u8 *b, u16 count)
{
	while (count--)
		if (*a++ != *b++)
			return 0;
	return 1;
}

void fill(void *to, int byte, u16 count)
{
	u8 *p = (u8 *)to;

	while (count--)
		*p++ = byte;
}

void copy_bytes(void *to, const void *from, u16 count)
{
	far_copy(psp, (u16)to, psp, (u16)from, count);
}

int is_digit(int c)
{
	return c >= '0' && c <= '9';
}

char *find_char(const char *s, int c)
{
	for (; *s; s++)
		if (*s == c)
			return (char *)s;
	return NULL;
}

/* Capitals of the upper half, 6502h; asked for once.  */
static u8 high[128];
static int high_known;

static void learn_high(void)
{
	u16 i;

	high_known = 1;
	for (i = 0; i < 128; i++)
		high[i] = i + 128;
	country_table(2, high, 128);
}

int upper(int c)
{
	c &= 0xff;
	if (c >= 'a' && c <= 'z')
		return c - 32;
	if (c < 128)
		return c;
	if (!high_known)
		learn_high();
	return high[c - 128];
}

void upper_text(char *s)
{
	for (; *s; s++)
		*s = upper(*s);
}
