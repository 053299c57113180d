/* cpu_disasm.c - instructions as text.  */

#include <string.h>

#include "cpu/disasm.h"
#include "suite.h"

#define READS(big, text, ...)	READS_ON(CPU_80486, big, text, __VA_ARGS__)
#define READS_ON(model, big, text, ...) do { \
	static const uint8_t code[] = { __VA_ARGS__ }; \
	char buf[80]; \
	size_t n = cpu_disasm(model, big, code, sizeof code, 0x100, buf, sizeof buf); \
	ck_assert_str_eq(buf, text); \
	ck_assert_uint_eq(n, sizeof code); \
} while (0)

START_TEST(sixteen_bit_code_reads_well)
{
	READS(false, "mov ax,4c00", 0xb8, 0x00, 0x4c);
	READS(false, "int 21", 0xcd, 0x21);
	READS(false, "add [bx+si-8],al", 0x00, 0x40, 0xf8);
	READS(false, "cmp byte [es:0080],ff", 0x26, 0x80, 0x3e, 0x80, 0x00, 0xff);
	READS(false, "jz 0104", 0x74, 0x02);
	READS(false, "call 1234:5678", 0x9a, 0x78, 0x56, 0x34, 0x12);
	READS(false, "rep movsw", 0xf3, 0xa5);
	READS(false, "rep ds:movsb", 0xf3, 0x3e, 0xa4);
	READS(false, "mov ds,ax", 0x8e, 0xd8);
	READS(false, "mov ax,[cs:1234]", 0x2e, 0xa1, 0x34, 0x12);
	READS(false, "shl word [bp+2],cl", 0xd3, 0x66, 0x02);
	READS(false, "sub sp,fffe", 0x83, 0xec, 0xfe);
	READS(false, "enter 10,2", 0xc8, 0x10, 0x00, 0x02);
	READS(false, "out dx,al", 0xee);
	READS(false, "lock inc word [si]", 0xf0, 0xff, 0x04);
}
END_TEST

START_TEST(thirty_two_bit_code_reads_well)
{
	READS(true, "mov eax,[ebx+ecx*4+8]", 0x8b, 0x44, 0x8b, 0x08);
	READS(true, "movzx eax,byte [esi]", 0x0f, 0xb6, 0x06);
	READS(true, "movsd", 0xa5);
	READS(false, "movsd", 0x66, 0xa5);
	READS(true, "mov cr0,eax", 0x0f, 0x22, 0xc0);
	READS(true, "shld edx,eax,4", 0x0f, 0xa4, 0xc2, 0x04);
	READS(true, "jmp 00000100", 0xe9, 0xfb, 0xff, 0xff, 0xff);
	READS(true, "cdq", 0x99);
}
END_TEST

START_TEST(the_coprocessor_has_names_too)
{
	READS(false, "fadd dword [bx]", 0xd8, 0x07);
	READS(false, "fnstsw ax", 0xdf, 0xe0);
}
END_TEST

START_TEST(mmx_reads_well)
{
	READS_ON(CPU_PENTIUM, false, "movd mm3,eax", 0x0f, 0x6e, 0xd8);
	READS_ON(CPU_PENTIUM, false, "movd dword [bx],mm1", 0x0f, 0x7e, 0x0f);
	READS_ON(CPU_PENTIUM, false, "movq [bx],mm1", 0x0f, 0x7f, 0x0f);
	READS_ON(CPU_PENTIUM, true, "paddw mm0,[esi]", 0x0f, 0xfd, 0x06);
	READS_ON(CPU_PENTIUM, true, "punpcklbw mm0,dword [esi]", 0x0f, 0x60, 0x06);
	READS_ON(CPU_PENTIUM, true, "psraw mm7,4", 0x0f, 0x71, 0xe7, 0x04);
	READS_ON(CPU_PENTIUM, true, "cmpxchg8b [esi]", 0x0f, 0xc7, 0x0e);
}
END_TEST

START_TEST(unknown_bytes_and_short_buffers_are_no_trouble)
{
	char buf[8];

	ck_assert_uint_eq(cpu_disasm(CPU_80486, false, (const uint8_t *)"\x0f\xff", 2, 0,
				     buf, sizeof buf), 1);
	ck_assert_str_eq(buf, "db 0f");
	ck_assert_uint_eq(cpu_disasm(CPU_80486, false, (const uint8_t *)"\xb8\x00", 2, 0,
				     buf, sizeof buf), 0);
	ck_assert_uint_eq(cpu_disasm(CPU_80486, false, (const uint8_t *)"\xb8\x00\x4c", 3, 0,
				     buf, sizeof buf), 3);
	ck_assert_str_eq(buf, "mov ax,");
}
END_TEST

int main(void)
{
	return suite_run("cpu/disasm", (const TTest *[]){
		sixteen_bit_code_reads_well,
		thirty_two_bit_code_reads_well,
		the_coprocessor_has_names_too,
		mmx_reads_well,
		unknown_bytes_and_short_buffers_are_no_trouble,
		NULL });
}
