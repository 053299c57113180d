; vme.asm - the Pentium's virtual interrupt flag, in V86 mode (CR4.VME) and at
; privilege 3 (CR4.PVI): Pentium manual volume 3, chapter 22 and appendix H;
; SDM volume 3, "Software Interrupt Handling Methods While in Virtual-8086
; Mode" and 20.4.

%include "pm.inc"

REDIR	equ TSS + 0x68		; it ends where the I/O map begins
IF	equ 0x200
VIF	equ 0x80000
VIP	equ 0x100000
IOPL3	equ 0x3000

	mov word [TSS+102], 0x68 + 32
	mov word [GDT+TASK], 0x68 + 32 + 0x2000
	mov byte [GDT+TASK+5], 0x89
	mov ax, TASK
	ltr ax
	mov edi, REDIR
	mov al, 0xff
	mov ecx, 32
	rep stosb

	; Without CR4.VME all of it is the monitor's.
	FAULT86 VIF, 13, 0, cli
	FAULT86 0, 13, 0, pushf
	mov eax, 1
	mov cr4, eax

	; CLI and STI are VIF's; IF stays.
	GOOD86 IF | VIF, cli
	BITS_ARE [flags], IF | VIF, IF
	GOOD86 IF, sti
	BITS_ARE [flags], IF | VIF, IF | VIF
	GOOD86 0, sti
	BITS_ARE [flags], IF | VIF, VIF
	GOOD86 IF | VIF | VIP, cli
	BITS_ARE [flags], IF | VIF | VIP, IF | VIP
	; An interrupt waits: the monitor has to know.
	FAULT86 IF | VIP, 13, 0, sti
	BITS_ARE [flags], IF | VIF | VIP, IF | VIP
	; With IOPL 3 it is IF that they mean, and VIP is nobody's business.
	GOOD86 IOPL3 | IF | VIF | VIP, cli
	BITS_ARE [flags], IF | VIF, VIF
	GOOD86 IOPL3 | VIP, sti
	BITS_ARE [flags], IF | VIF, IF
	cli

	; PUSHF shows VIF as IF, and IOPL 3.
	GOOD86 IF | 0x8d5, pushf
	BITS_ARE [V_SS*16+V_SP-2], 0xffff, 0x38d7
	GOOD86 VIF | 0x1000, pushf
	BITS_ARE [V_SS*16+V_SP-2], 0xffff, 0x3202
	FAULT86 VIF, 13, 0, o32 pushf
	GOOD86 IOPL3 | VIF, pushf
	BITS_ARE [V_SS*16+V_SP-2], 0xffff, 0x3002
	; POPF and IRET likewise.
	FAULT86 0, 13, 0, o32 popf
	FAULT86 0, 13, 0, o32 iret
	mov word [V_SS*16+V_SP], 0x3ed5
	GOOD86 IF, popf
	BITS_ARE [flags], 0x1fffff, 0x20ed7 | VIF
	mov word [V_SS*16+V_SP], 0x0000
	GOOD86 IF | VIF | 0x1000, popf
	BITS_ARE [flags], 0x1fffff, 0x21202
	mov word [V_SS*16+V_SP], 0x0100		; TF
	FAULT86 IF, 13, 0, popf
	EQUAL [STACK0-24], V_SP
	mov word [V_SS*16+V_SP], 0x0200
	FAULT86 IF | VIP, 13, 0, popf
	BITS_ARE [flags], IF | VIF | VIP, IF | VIP
	mov word [V_SS*16+V_SP], 0x0000
	GOOD86 IF | VIF | VIP, popf
	BITS_ARE [flags], IF | VIF | VIP, IF | VIP

%macro IRET86 2				; the flags now, those on the stack
	mov word [V_SS*16+V_SP], .there - 0x800
	mov word [V_SS*16+V_SP+2], 0xf080
	mov word [V_SS*16+V_SP+4], %2
	GO86 .iret, %1
%endmacro
	jmp .irets
	bits 16
.iret:	iret
.there:	int3
	bits 32
.irets:	IRET86 IF, 0x3ed5
	EQUAL [vector], 3
	EQUAL [cs_was], 0xf080
	EQUAL [STACK0-24], V_SP + 6
	BITS_ARE [flags], 0x1fffff, 0x20ed7 | VIF
	IRET86 IF | VIF, 0
	EQUAL [vector], 3
	BITS_ARE [flags], IF | VIF, IF
	IRET86 IF, 0x100
	EQUAL [vector], 13
	EQUAL [where], .iret
	EQUAL [STACK0-24], V_SP
	IRET86 IF | VIP, 0x200
	EQUAL [vector], 13
	IRET86 IF | VIP, 0
	EQUAL [vector], 3

	; INT n by the redirection map.  Bit set: as ever.
	FAULT86 IF, 13, 0, int 0x40
	mov byte [IDT+8*0x40+5], 0xee
	GO86 .int40, IOPL3
	EQUAL [vector], 0x40
	; Bit clear: by the vector of the program's own table at 0.
	mov dword [4*0x40], .handler - 0x400 + 0xf0400000
	and byte [REDIR+8], ~1
	jmp .ints
	bits 16
.int40:	int 0x40
.int40_end:
.handler: int3
	bits 32
.ints:	GO86 .int40, IF | VIF | 0xd5
	EQUAL [vector], 3
	EQUAL [where], .handler + 1 - 0x400
	EQUAL [cs_was], 0xf040
	EQUAL [STACK0-24], V_SP - 6
	BITS_ARE [flags], IF | VIF | 0xff, IF | 0xd7
	BITS_ARE [V_SS*16+V_SP-2], 0xffff, 0x32d7
	BITS_ARE [V_SS*16+V_SP-4], 0xffff, 0xf000
	BITS_ARE [V_SS*16+V_SP-6], 0xffff, .int40_end
	GO86 .int40, IF				; VIF clear: IF clear in the image
	EQUAL [vector], 3
	BITS_ARE [V_SS*16+V_SP-2], 0xffff, 0x3002
	; With IOPL 3 IF is cleared.
	GO86 .int40, IOPL3 | IF | VIF
	EQUAL [vector], 3
	BITS_ARE [flags], IF | VIF, VIF
	BITS_ARE [V_SS*16+V_SP-2], 0xffff, 0x3202
	; Other vectors have other bits; the exceptions' are not looked at.
	FAULT86 IF, 13, 0, int 0x41
	FAULT86 IF, 13, 0, int 0x38
	mov dword [REDIR], 0
	FAULT86 IF, 6, 0, ud2
	GOOD86 IF, nop				; INT3 comes here still
	EQUAL [STACK0-32], 0xf000
	mov byte [REDIR+31], 0x7f
	mov dword [4*0xff], .handler - 0x400 + 0xf0400000
	GO86 .intff, IF
	EQUAL [vector], 3
	EQUAL [cs_was], 0xf040
	jmp .vme_off
	bits 16
.intff:	int 0xff
	bits 32
.vme_off:
	xor eax, eax
	mov cr4, eax
	FAULT86 IF, 13, 0, int 0x40

	; PVI: CLI and STI at privilege 3.
	FAULT3 IF, 13, 0, cli
	FAULT3 IF, 13, 0, sti
	mov eax, 2
	mov cr4, eax
	GOOD3 IF | VIF, cli
	BITS_ARE [flags], IF | VIF, IF
	GOOD3 IF, sti
	BITS_ARE [flags], IF | VIF, IF | VIF
	FAULT3 IF | VIP, 13, 0, sti
	GOOD3 IF | VIF | VIP, cli
	GOOD3 IF | VIF | 0x2000, cli
	BITS_ARE [flags], IF | VIF, IF
	GOOD3 IOPL3 | IF | VIF, cli
	BITS_ARE [flags], IF | VIF, VIF
	GOOD3 IOPL3 | VIP, sti
	BITS_ARE [flags], IF | VIF, IF
	; POPF and PUSHF know nothing of it.
	mov dword [STACK3], 0
	GOOD3 IF | VIF, popf
	BITS_ARE [flags], IF | VIF, IF | VIF
	mov dword [STACK3], IF | VIF | VIP
	GOOD3 0, popf
	BITS_ARE [flags], IF | VIF | VIP, 0
	GOOD3 VIF, pushf
	BITS_ARE [STACK3-4], IF | VIF, VIF
	FAULT86 IF, 13, 0, cli			; V86 mode is VME's
	xor eax, eax
	mov cr4, eax
	PM_END
