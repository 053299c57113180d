/* region.c - parts of upper memory.  */

#include "dos/region.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "dos/layout.h"
#include "guest/guest.h"

#define NO_UMB	0xffffu
#define NAME	8

static const char hole[] = "SC", hidden[] = "HIDDEN";

/* --- The switches ------------------------------------------------------------ */

/* A decimal number; false: there is none, or it is too large.  */
static bool number(const char **s, uint32_t most, uint32_t *n)
{
	char *end;
	unsigned long v;

	if (!isdigit((unsigned char)**s))
		return false;
	v = strtoul(*s, &end, 10);
	*s = end;
	*n = v;
	return v <= most;
}

/* "region[,least][;region[,least]]...", after "/L:".  */
static const char *parse_list(const char *s, struct regions *r)
{
	do {
		uint32_t region, least = 0;

		if (!number(&s, REGIONS - 1, &region))
			return NULL;
		if (*s == ',') {
			s++;
			if (!number(&s, 0xfffff, &least))
				return NULL;
		}
		r->named |= 1u << region;
		r->least[region] = least;
	} while (*s == ';' && *++s);
	return s;
}

const char *regions_parse(const char *s, struct regions *r)
{
	*r = (struct regions){ .named = 0 };
	for (;;) {
		s += strspn(s, " \t");
		if (*s != '/')
			break;
		if (toupper((unsigned char)s[1]) == 'S')
			r->shrink = true, s += 2;
		else if (toupper((unsigned char)s[1]) == 'L' && (s[2] == ':' || s[2] == '='))
			s = parse_list(s + 3, r);
		else
			return NULL;
		if (!s || (*s && !strchr(" \t/", *s)))
			return NULL;
	}
	/* What is to be left free must have been said.  */
	return r->shrink && !r->named ? NULL : s;
}

/* --- The chain --------------------------------------------------------------- */

struct upper {
	struct guest *g;
	uint16_t mcb, owner, paras;
	bool last;
	unsigned region;
	char name[NAME];
};

static bool look(struct upper *u)
{
	uint8_t type = guest_r8(u->g, u->mcb, MCB_TYPE);

	u->owner = guest_r16(u->g, u->mcb, MCB_OWNER);
	u->paras = guest_r16(u->g, u->mcb, MCB_PARAS);
	u->last = type == 'Z';
	guest_copy_in(u->g, u->name, u->mcb, MCB_NAME, NAME);
	return (type == 'M' || u->last) && u->mcb + u->paras + 1u <= 0xffff;
}

static bool is_named(const struct upper *u, const char *name)
{
	return u->owner == MCB_OWNER_DOS && strncmp(u->name, name, NAME) == 0;
}

static bool first(struct upper *u, struct guest *g)
{
	*u = (struct upper){ .g = g, .mcb = guest_r16(g, DOS_SEG, AT_UMB_HEAD), .region = 1 };
	if (u->mcb == NO_UMB || !look(u))
		return false;
	u->region = !is_named(u, hole);
	return true;
}

/* A region begins behind each hole.  */
static bool next(struct upper *u)
{
	bool after_hole = is_named(u, hole);

	if (u->last)
		return false;
	u->mcb += u->paras + 1;
	if (!look(u))
		return false;
	u->region += after_hole && !is_named(u, hole);
	return true;
}

/* Free neighbours become one block, as when DOS looks for room.  */
static void join(struct upper *u)
{
	while (!u->last) {
		struct upper n = *u;

		if (!next(&n) || n.owner != MCB_OWNER_FREE)
			return;
		u->paras += n.paras + 1;
		u->last = n.last;
		guest_w8(u->g, u->mcb, MCB_TYPE, u->last ? 'Z' : 'M');
		guest_w16(u->g, u->mcb, MCB_PARAS, u->paras);
	}
}

static void hide(struct upper *u)
{
	char name[NAME] = "";

	strcpy(name, hidden);
	guest_w16(u->g, u->mcb, MCB_OWNER, MCB_OWNER_DOS);
	guest_copy_out(u->g, u->mcb, MCB_NAME, name, NAME);
}

/* Cut a free block to `paras'; the rest is hidden.  */
static void shrink(struct upper *u, uint16_t paras)
{
	uint16_t rest = u->mcb + paras + 1;

	if (paras + 1 >= u->paras)
		return;
	guest_w8(u->g, rest, MCB_TYPE, u->last ? 'Z' : 'M');
	guest_w16(u->g, rest, MCB_PARAS, u->paras - paras - 1);
	guest_w8(u->g, u->mcb, MCB_TYPE, 'M');
	guest_w16(u->g, u->mcb, MCB_PARAS, paras);
	u->paras = paras;
	u->last = false;
	next(u);
	hide(u);
}

/* The largest free block of each region, in paragraphs.  */
static void measure(struct guest *g, uint16_t largest[REGIONS])
{
	struct upper u;

	memset(largest, 0, REGIONS * sizeof *largest);
	for (bool more = first(&u, g); more; more = next(&u)) {
		if (u.owner != MCB_OWNER_FREE)
			continue;
		join(&u);
		if (u.region < REGIONS && u.paras > largest[u.region])
			largest[u.region] = u.paras;
	}
}

void regions_hide(struct guest *g, const struct regions *r)
{
	uint16_t largest[REGIONS];
	struct upper u;

	if (!r->named)
		return;
	measure(g, largest);
	for (bool more = first(&u, g); more; more = next(&u)) {
		uint32_t least = u.region < REGIONS ? (r->least[u.region] + 15) / 16 : 0;

		if (u.owner != MCB_OWNER_FREE)
			continue;
		if (u.region >= REGIONS || !(r->named >> u.region & 1) || largest[u.region] < least)
			hide(&u);
		else if (r->shrink && least)
			shrink(&u, least);
	}
}

void regions_show(struct guest *g)
{
	struct upper u;

	for (bool more = first(&u, g); more; more = next(&u))
		if (is_named(&u, hidden))
			guest_w16(g, u.mcb, MCB_OWNER, MCB_OWNER_FREE);
}
