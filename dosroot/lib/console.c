/* console.c - keys, questions, and how large the screen is.  */

#include "tool.h"

static struct regs r;

int get_key(void)
{
	flush();
	r.ax = 0x0800;
	dos(&r);
	return r.ax & 0xff;
}

/* CON is opened and read raw, so that one key is enough, and Enter is one.  */
int console_key(void)
{
	int con, info;
	u8 key = 0;

	flush();
	con = file_open("CON", O_BOTH);
	if (con < 0)
		return get_key();
	info = is_device(con);
	r.ax = 0x4401;
	r.bx = con;
	r.dx = (info & 0xff) | 0x20;
	dos(&r);
	if (file_read(con, &key, 1) != 1)
		key = 3;
	r.ax = 0x4401;
	r.bx = con;
	r.dx = info & 0xff;
	dos(&r);
	file_close(con);
	return key;
}

int answer_key(void)
{
	u8 c;

	flush();
	if (is_device(STDIN))
		return upper(get_key());
	while (file_read(STDIN, &c, 1) == 1)
		if (c > ' ')
			return upper(c);
	return -1;
}

int ask_yes(const char *format, ...)
{
	char line[200];
	int key;

	for (;;) {
		format_text(line, sizeof line, format, (int *)&format + 1);
		say("%s", line);
		key = answer_key();
		say("%c\r\n", key < ' ' ? ' ' : key);
		if (key == 'Y')
			return 1;
		if (key == 'N' || key < 0)
			return 0;
		if (key == 3)
			quit(2);
	}
}

/* The BIOS data area's; without rows there, 25.  */
int screen_rows(void)
{
	int rows = peek(0x40, 0x84);

	return rows ? rows + 1 : 25;
}

int screen_columns(void)
{
	int columns = peek(0x40, 0x4a);

	return columns ? columns : 80;
}
