/* tool.h - the run-time library of the programs on drive C:.
 *
 * They are written in the C that Debian's bcc takes behind unproto: K&R with
 * prototypes, without enum, const (which tool.h defines away) and mixed
 * declarations; int is 16 bits.  They are COM files in the tiny model, so that
 * a pointer is an offset in the program's only segment, which is `psp`.
 * bcc's own C library is not used: it brings stdio and UNIX's error numbers,
 * but neither far memory nor INT 21h's.  Only what its code generator calls
 * (long arithmetic) is taken from there.
 *
 * Nothing here and in the programs asks DOS for more than is documented, so
 * they run under other DOSes too.  */

#define const
#define NULL	0

typedef unsigned char u8;
typedef unsigned int u16;
typedef unsigned long u32;

/* --- crt0.asm, intr.asm ---------------------------------------------------- */

struct regs {
	u16 ax, bx, cx, dx, si, di, ds, es, flags;
};

extern u16 psp;

extern int intr(int number, struct regs *r);	/* answers the carry flag */
extern int dos(struct regs *r);			/* INT 21h */
extern int far_call(u16 offset, u16 segment, struct regs *r);
extern int peek(u16 segment, u16 offset);
extern u16 peekw(u16 segment, u16 offset);
extern void poke(u16 segment, u16 offset, int byte);
extern void pokew(u16 segment, u16 offset, u16 word);
extern void far_copy(u16 to_seg, u16 to, u16 from_seg, u16 from, u16 bytes);
extern int port_in(u16 port);
extern void port_out(u16 port, int byte);
extern void leave(int code);
extern int far_compare(u16 seg_a, u16 seg_b, u16 skip, const u8 *weights);	/* compare.asm */

extern void stay(u8 *from, u16 bytes, u16 *vectors);	/* stay.asm; does not return */

/* --- output.c: through handles 1 and 2 --------------------------------------- */

/* %c, %s, %d, %u, %x with width, '-' and '0'; l for long; ' for thousands.  */
extern void say(const char *format, ...);
extern void warn(const char *format, ...);	/* standard error */
extern void put(int c);
extern void put_bytes(const u8 *bytes, u16 count);
extern void flush(void);
extern char *format_text(char *to, u16 size, const char *format, int *args);

/* Ends the program with an ERRORLEVEL; everything said is written before.  */
extern void quit(int code);
extern void die(int code, const char *format, ...);	/* warn and quit */

/* --- args.c: the command's tail ----------------------------------------------- */

#define OPT_FLAG	0	/* int: 1 if it was there */
#define OPT_COUNT	1	/* u16: decimal, :n or n */
#define OPT_TEXT	2	/* char *: what follows, without ":"; "" if nothing */

struct option {
	const char *name;	/* in capitals, without the slash; "" any digits */
	int kind;
	void *value;
};

#define MAX_ARGS	40
extern int argc;		/* arguments that are not switches */
extern char *argv[MAX_ARGS + 1];	/* quotation marks are still there */
extern u8 arg_at[MAX_ARGS];	/* where in `tail` each begins */
extern char tail[130];		/* as typed, ending in 0 */

/* Separates switches from the rest, and ends the program if it asks for /?
 * or with `invalid` if there is a switch that is not in the table.  */
extern void arguments(const char *usage, const struct option *options, int invalid);
extern void take_tail(void);	/* only `tail`, for programs that read it themselves */
extern int to_number(const char *text, u16 *number);	/* 1 if it is one */

/* --- text.c ---------------------------------------------------------------------- */

extern int length(const char *s);
extern void copy(char *to, const char *from);
extern void append(char *to, const char *from);
extern int same(const char *a, const char *b);
extern int same_bytes(const u8 *a, const u8 *b, u16 count);
extern void fill(void *to, int byte, u16 count);
extern void copy_bytes(void *to, const void *from, u16 count);
extern int upper(int c);	/* by the country's table */
extern void upper_text(char *s);
extern char *find_char(const char *s, int c);
extern int is_digit(int c);

/* --- files.c: answers -1 (or another value, where named) and sets dos_error ------ */

#define STDIN	0
#define STDOUT	1
#define STDERR	2

#define O_READ	0
#define O_WRITE	1
#define O_BOTH	2

extern u16 dos_error;		/* of the last call that failed: 59h */

extern int file_open(const char *name, int mode);
extern int file_create(const char *name, int attr);
extern int file_create_new(const char *name);
extern int file_close(int handle);
extern u16 file_read(int handle, void *to, u16 bytes);	/* bytes; FFFFh */
extern u16 file_write(int handle, const void *from, u16 bytes);
extern u16 far_read(int handle, u16 seg, u16 off, u16 bytes);
extern u16 far_write(int handle, u16 seg, u16 off, u16 bytes);
extern int file_seek(int handle, u32 where);
extern u32 file_size(int handle);	/* and goes to the beginning */
extern int file_delete(const char *name);
extern int file_rename(const char *from, const char *to);
extern int get_attr(const char *name);
extern int set_attr(const char *name, int attr);
extern int get_stamp(int handle, u16 *date, u16 *time);
extern int set_stamp(int handle, u16 date, u16 time);
extern int is_device(int handle);	/* 4400h's DX if it is one, or 0 */
extern int make_dir(const char *name);
extern int remove_dir(const char *name);
extern int change_dir(const char *name);
extern int true_name(const char *name, char *to);	/* 128 bytes */
extern const char *error_text(u16 error);

#define A_READ_ONLY	0x01
#define A_HIDDEN	0x02
#define A_SYSTEM	0x04
#define A_LABEL		0x08
#define A_DIR		0x10
#define A_ARCHIVE	0x20

struct find {		/* 4Eh's 43 bytes */
	u8 search[21];
	u8 attr;
	u16 time, date;
	u32 size;
	char name[13];
};

extern int find_first(const char *pattern, int attr, struct find *f);
extern int find_next(struct find *f);

/* --- paths.c ----------------------------------------------------------------------- */

#define PATH_SIZE	80

extern char *base_name(const char *path);	/* after the last \ / or : */
extern void join(char *to, const char *dir, const char *name);	/* PATH_SIZE */
extern int has_wildcard(const char *path);
extern void fill_in(char *to, const char *name, const char *pattern);	/* 13 bytes */
extern int current_drive(void);		/* 0 = A */
extern int drive_valid(int drive);
extern int split_dir(const char *path, char *dir, char *pattern);	/* see there */
extern int full_path(const char *path, char *to);	/* 128 bytes */

/* --- pairs.c ----------------------------------------------------------------------- */

/* 0: wildcards that no file fits; the only pair is the names themselves.  Both
 * are put into capitals.  */
extern int pairs_begin(char *first, char *second);
extern void pair_names(char *first, char *second);	/* PATH_SIZE each */
extern int pairs_next(void);		/* 0: there is no other */

/* --- reader.c: a stream, by characters and lines ------------------------------------- */

#define READER_SIZE	1024
struct reader {
	int handle;
	u16 at, count;
	int ended;
	u8 bytes[READER_SIZE];
};

extern void reader_on(struct reader *r, int handle);
extern int reader_get(struct reader *r);	/* a character, or -1 */
extern int reader_byte(struct reader *r);	/* a byte, Ctrl-Z too, or -1 */
extern int reader_line(struct reader *r, u8 *line, u16 size);	/* length, or -1 */

/* --- env.c ------------------------------------------------------------------------------- */

extern int environment(const char *name, char *to, u16 size);

/* --- memory.c -------------------------------------------------------------------------- */

extern u16 memory_largest(void);		/* paragraphs */
extern u16 memory_take(u16 paragraphs);		/* segment, or 0 */
extern void memory_give(u16 segment);

/* --- mcb.c: the chain of memory control blocks --------------------------------------------- */

#define FREE	0		/* owners; others are a PSP's segment */
#define SYSTEM	8

struct block {
	u16 seg, paras, owner;	/* with its control block */
	char name[9];
	const char *type;
};

#define MAX_BLOCKS 250
extern struct block blocks[MAX_BLOCKS];
extern u16 block_count;
extern u16 upper_from;		/* segments from here on are upper memory */
extern void walk_memory(void);	/* the program's own blocks count as free */

/* --- console.c -------------------------------------------------------------------------- */

extern int get_key(void);	/* from standard input, not echoed */
extern int console_key(void);	/* from the keyboard, wherever standard input is from */
/* A key, as a capital, from standard input; from a file, the next that is not
 * blank.  -1: it has ended.  */
extern int answer_key(void);
extern int ask_yes(const char *format, ...);	/* by one key; the end of input is no */
extern int screen_rows(void);
extern int screen_columns(void);

/* --- country.c ------------------------------------------------------------------------- */

struct country {
	u16 date_format;	/* 0 MDY, 1 DMY, 2 YMD */
	char currency[5];
	char thousands[2], decimal[2], date_sep[2], time_sep[2];
	u8 rest[23];
};
extern struct country *country(void);
extern int parse_date(const char *text, u16 *date);	/* DOS's form; 1 if it is one */
extern void collating(u8 *table);	/* 256 weights, 6506h */
/* A table of INT 21h/65xxh without its length; as it was if there is none.  */
extern void country_table(int which, u8 *table, u16 size);
