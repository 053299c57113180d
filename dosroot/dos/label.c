/* LABEL - the volume label of a disk, through extended FCBs as DOS has had
 * them since 2.0.  */

#include "tool.h"

static const char usage[] =
"Creates, changes, or deletes the volume label of a disk.\r\n"
"\r\n"
"LABEL [drive:][label]\r\n";

static const struct option options[] = { { NULL } };

#define LABEL_SIZE 11

struct label_fcb {
	u8 extended, reserved[5], attr;
	u8 drive, name[11], rest[5];
	u8 new_name[11], more[9];
};

static struct label_fcb fcb, found;
static struct regs r;

static int fcb_call(u16 ax, struct label_fcb *f)
{
	r.ax = ax;
	r.ds = psp;
	r.dx = (u16)f;
	dos(&r);
	return (r.ax & 0xff) == 0;
}

static void prepare(int drive)
{
	fill(&fcb, 0, sizeof fcb);
	fcb.extended = 0xff;
	fcb.attr = A_LABEL;
	fcb.drive = drive + 1;
	fill(fcb.name, '?', 11);
}

/* The label there is, as 11 characters in found.name.  */
static int find_label(int drive)
{
	struct regs dta;

	prepare(drive);
	dta.ax = 0x1a00;
	dta.ds = psp;
	dta.dx = (u16)&found;
	dos(&dta);
	return fcb_call(0x1100, &fcb);
}

static void show(int drive)
{
	char name[LABEL_SIZE + 1];
	u8 serial[26];

	if (find_label(drive)) {
		copy_bytes(name, found.name, LABEL_SIZE);
		name[LABEL_SIZE] = 0;
		say("Volume in drive %c is %s\r\n", drive + 'A', name);
	} else {
		say("Volume in drive %c has no label\r\n", drive + 'A');
	}
	r.ax = 0x6900;
	r.bx = drive + 1;
	r.ds = psp;
	r.dx = (u16)serial;
	if (!dos(&r))
		say("Volume Serial Number is %04x-%04x\r\n",
		    *(u16 *)(serial + 4), *(u16 *)(serial + 2));
}

/* "*?/\|.,;:+=[]()&^<>" and control characters are not allowed.  */
static int valid(const char *text)
{
	if (length(text) > LABEL_SIZE)
		return 0;
	for (; *text; text++)
		if ((u8)*text < ' ' || find_char("*?/\\|.,;:+=[]()&^<>\"", *text))
			return 0;
	return 1;
}

static int set_label(int drive, const char *text)
{
	u8 name[LABEL_SIZE];
	u16 i;

	fill(name, ' ', LABEL_SIZE);
	for (i = 0; text[i]; i++)
		name[i] = upper(text[i]);
	if (find_label(drive)) {
		if (same_bytes(found.name, name, LABEL_SIZE))
			return 1;
		prepare(drive);
		copy_bytes(fcb.name, found.name, LABEL_SIZE);
		if (!*text)
			return fcb_call(0x1300, &fcb);
		copy_bytes(fcb.new_name, name, LABEL_SIZE);
		if (fcb_call(0x1700, &fcb))
			return 1;
		fcb_call(0x1300, &fcb);
	}
	if (!*text)
		return 1;
	prepare(drive);
	copy_bytes(fcb.name, name, LABEL_SIZE);
	if (!fcb_call(0x1600, &fcb))
		return 0;
	fcb_call(0x1000, &fcb);
	return 1;
}

static void read_line(char *to, u16 size)
{
	u8 c;
	u16 n = 0;

	flush();
	while (file_read(STDIN, &c, 1) == 1 && c != '\n')
		if (c != '\r' && n + 1 < size)
			to[n++] = c;
	to[n] = 0;
}

static void change(int drive, const char *text)
{
	if (!valid(text))
		die(1, "Invalid characters in volume label\r\n");
	if (!set_label(drive, text))
		die(1, "Cannot make directory entry\r\n");
}

int main(void)
{
	char *text, line[40];
	int drive = current_drive(), n;

	arguments(usage, options, 1);
	text = argc ? tail + arg_at[0] : "";
	n = length(text);
	while (n && text[n - 1] == ' ')
		text[--n] = 0;
	if (n > 1 && text[1] == ':') {
		drive = upper(text[0]) - 'A';
		text += 2;
	}
	while (*text == ' ')
		text++;
	if (!drive_valid(drive))
		die(1, "Invalid drive specification\r\n");
	if (*text) {
		change(drive, text);
		return 0;
	}
	show(drive);
	say("Volume label (11 characters, ENTER for none)? ");
	read_line(line, sizeof line);
	if (*line)
		change(drive, line);
	else if (find_label(drive) && ask_yes("\r\nDelete current volume label (Y/N)? "))
		change(drive, "");
	return 0;
}
