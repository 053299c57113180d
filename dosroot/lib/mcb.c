/* mcb.c - the chain of memory control blocks, which begins where the list of
 * lists says (RBIL, INT 21h/52h), upper memory included.  */

#include "tool.h"

struct block blocks[MAX_BLOCKS];
u16 block_count, upper_from;

static struct regs r;

static void take_name(char *to, u16 seg)
{
	int i, c;

	for (i = 0; i < 8; i++) {
		c = peek(seg, 8 + i);
		if (c < ' ')
			break;
		to[i] = c;
	}
	to[i] = 0;
}

static void add(u16 seg, u16 paras, u16 owner, const char *name, const char *type)
{
	struct block *b = &blocks[block_count];

	if (block_count == MAX_BLOCKS)
		return;
	block_count++;
	b->seg = seg;
	b->paras = paras;
	b->owner = owner;
	b->type = type;
	copy(b->name, name);
}

static const char *sub_type(int letter)
{
	static const char letters[] = "DIFXCBLST";
	static const char *const types[] = {
		"Installed Device", "Installed File System", "FILES", "FCBS", "BUFFERS",
		"BUFFERS", "LASTDRIVE", "STACKS", "System Program"
	};
	char *at = find_char(letters, letter);

	return at ? types[at - letters] : "System Data";
}

/* A block of DOS's with smaller ones in it.  */
static void walk_system(u16 seg, u16 paras)
{
	u16 at = seg + 1, end = seg + 1 + paras;
	char name[9];

	while (at < end) {
		int letter = peek(at, 0);
		u16 n = peekw(at, 3);

		if (!find_char("DIFXCBLST", letter) || at + 1 + n > end)
			break;
		name[0] = 0;
		if (letter == 'D' || letter == 'I')
			take_name(name, at);
		add(at, n + 1, SYSTEM, name, sub_type(letter));
		at += n + 1;
	}
	if (at < end)
		add(at, end - at, SYSTEM, "", "System Data");
}

static void walk_block(u16 seg)
{
	u16 owner = peekw(seg, 1), paras = peekw(seg, 3);
	char name[9];

	if (owner == psp)
		owner = FREE;
	if (owner == FREE) {
		struct block *last = &blocks[block_count - 1];

		if (block_count && last->owner == FREE && last->seg + last->paras == seg)
			last->paras += paras + 1;
		else
			add(seg, paras + 1, FREE, "", "Free");
	} else if (owner <= SYSTEM) {
		take_name(name, seg);
		if (same(name, "SD"))
			walk_system(seg, paras);
		else
			add(seg, paras + 1, SYSTEM, "", "System Program");
	} else {
		take_name(name, owner - 1);
		add(seg, paras + 1, owner, name, owner == seg + 1 ? "Program" :
		    peekw(owner, 0x2c) == seg + 1 ? "Environment" : "Data");
	}
}

void walk_memory(void)
{
	u16 seg, linked, next;
	int type;

	r.ax = 0x5802;
	linked = dos(&r) ? 0 : r.ax & 0xff;
	r.ax = 0x5803;
	r.bx = 1;
	dos(&r);
	r.ax = 0x5200;
	dos(&r);
	seg = peekw(r.es, r.bx - 2);
	intr(0x12, &r);
	upper_from = r.ax * 64 - 1;
	add(0, 0x40, SYSTEM, "", "Interrupt Vector");
	add(0x40, 0x10, SYSTEM, "", "ROM Communication Area");
	add(0x50, 0x20, SYSTEM, "", "DOS Communication Area");
	add(0x70, seg - 0x70, SYSTEM, "MSDOS", "System Data");
	for (;;) {
		type = peek(seg, 0);
		if (type != 'M' && type != 'Z')
			die(1, "Memory control blocks destroyed\r\n");
		walk_block(seg);
		next = seg + peekw(seg, 3) + 1;
		if (type == 'Z' || next <= seg)
			break;
		seg = next;
	}
	r.ax = 0x5803;
	r.bx = linked;
	dos(&r);
}
