; pm286.asm - protected mode as the 80286 has it (Intel 286 PRM): gates and
; TSSs of 16 bits, IOPL without a map, and descriptor types that it does not
; know.  The later models do the same, but for those types.

%include "rom.inc"
	cpu 286

CODE	equ 0x08		; base F0000h
FLAT	equ 0x10		; base 0, 64 KiB
CODE3	equ 0x1b
FLAT3	equ 0x23
TASK	equ 0x28
TASK2	equ 0x30
GATE	equ 0x38		; to privilege 0, three words
TRIAL	equ 0x40
GDT_SIZE equ 0x48

GDT	equ 0x1000
IDT	equ 0x1800
TSS	equ 0x2000
TSS2	equ 0x2100
STACK0	equ 0x7000
STACK3	equ 0x6800
DONE	equ 0x30

vector	equ 0x600
error	equ 0x602
where	equ 0x604
frame	equ 0x606
goon	equ 0x608
home	equ 0x60a
flags	equ 0x60c

	mov si, gdt
	mov di, GDT
	mov cx, GDT_SIZE
	cs rep movsb
	lgdt [cs:gdtr]
	lidt [cs:idtr]
	smsw ax
	or al, 1
	lmsw ax
	jmp CODE:main

%macro IS 2			; a word, a value
	cmp word %1, %2
	CHECK e
%endmacro
%macro GOES_ON 1
	mov word [vector], -1
	mov word [goon], %1
	mov [home], sp
%endmacro
%macro FAULT0 3+		; vector, error code, instruction
	GOES_ON %%after
%%at:	%3
%%after:
	IS [vector], %1
	IS [error], %2
	IS [where], %%at
%endmacro
%macro GO3 2			; label, flags
	GOES_ON %%after
	push word FLAT3
	push word STACK3
	push word %2
	push word CODE3
	push word %1
	iret
%%after:
%endmacro
%macro FAULT3 4+
	GO3 %%at, %1
	jmp %%check
%%at:	%4
	int DONE
%%check:
	IS [vector], %2
	IS [error], %3
	IS [where], %%at
%endmacro
%macro GOOD3 2+
	GO3 %%at, %1
	jmp %%check
%%at:	%2
	int DONE
%%check:
	IS [vector], DONE
%endmacro

%assign n 0
%rep DONE + 1
stub%+n:
%if n < 8 || n == 9 || n > 13
	push byte 0
%endif
	push byte n
	jmp record
%assign n n+1
%endrep
record:	push bp
	mov bp, sp
	push ax
	mov ax, FLAT3
	mov ds, ax
	mov es, ax
	mov ax, [bp+2]
	mov [vector], ax
	mov ax, [bp+4]
	mov [error], ax
	mov ax, [bp+6]
	mov [where], ax
	mov ax, [bp+10]
	mov [flags], ax
	lea ax, [bp+4]
	mov [frame], ax
	pop ax
	mov bp, [bp]
	mov sp, [home]
	jmp [goon]

main:	mov ax, FLAT3
	mov ds, ax
	mov es, ax
	mov ax, FLAT
	mov ss, ax
	mov sp, TOP
	mov di, IDT
	mov si, stubs
	mov cx, DONE + 1
.gate:	mov ax, [cs:si]
	add si, 2
	mov [di], ax
	mov word [di+2], CODE
	mov word [di+4], 0x8600
	mov word [di+6], 0
	add di, 8
	loop .gate
	mov byte [IDT+8*DONE+5], 0xe6
	mov word [TSS+2], STACK0
	mov word [TSS+4], FLAT
	mov word [TSS+42], 0
	mov ax, TASK
	ltr ax
	xor ax, ax
	lldt ax

	; IOPL alone decides about ports.
	mov dx, 0x107
	FAULT3 0x0002, 13, 0, in al, dx
	FAULT3 0x2002, 13, 0, out dx, ax
	FAULT3 0x2002, 13, 0, in al, 0x80
	FAULT3 0x2002, 13, 0, insb
	FAULT3 0x2002, 13, 0, cli
	FAULT3 0x2002, 13, 0, sti
	FAULT3 0x3002, 13, 0, hlt
	FAULT3 0x3002, 13, 0, lmsw ax
	FAULT3 0x3002, 13, 0, lgdt [0x700]
	GOOD3 0x3002, in al, dx
	GOOD3 0x3002, in ax, dx
	GOOD3 0x3002, cli
	GOOD3 0x0002, smsw ax

	; The frame from an outer level: words.
	IS [frame], STACK0 - 12
	mov ax, [STACK0-2]
	IS ax, FLAT3
	IS [STACK0-4], STACK3
	IS [STACK0-8], CODE3

	; POPF at privilege 3 leaves IOPL and, with less IOPL, IF.
	mov word [STACK3], 0x0ed5
	GOOD3 0x2002, popf
	mov ax, [flags]
	and ax, 0x7fd7
	IS ax, 0x2cd7

	; A call gate copies words; RETF drops them on both sides.
	GO3 .call, 0x202
	jmp .called
.call:	push 0x3333
	push 0x2222
	push 0x1111
	call GATE:0
	mov dx, ds
	push FLAT3
	pop ds
	int DONE
.called:
	IS [vector], DONE
	IS ax, 0x1111
	IS bx, 0x3333
	IS cx, STACK0 - 14
	IS dx, 0
	IS [STACK0-4], STACK3

	; A task switch, there and back.
	TSS_286 TSS2, task2, 0x6000, CODE, FLAT, FLAT
	mov word [TSS2+18], 0x4455
	xor bx, bx
	call TASK2:0
.back:	IS [0x700], 0x4455
	IS [TSS2], TASK
	IS [TSS+14], .back
	smsw ax
	test al, 8
	CHECK nz

	; Types.  Those of the 80386 are none.
	mov word [GDT+TRIAL], 0x2b
	mov word [GDT+TRIAL+2], TSS2
	mov word [GDT+TRIAL+4], 0x8100
	mov word [GDT+TRIAL+6], 0
	mov ax, TRIAL
	lar bx, ax
	CHECK z
	IS bx, 0x8100
	lsl bx, ax
	CHECK z
	IS bx, 0x2b
	mov byte [GDT+TRIAL+5], 0x83
	FAULT0 13, TRIAL, ltr ax
%if MODEL == 2
%assign type 8
%rep 8
	mov byte [GDT+TRIAL+5], 0x80 | type
	mov ax, TRIAL
	FAULT0 13, TRIAL, ltr ax
	FAULT0 13, TRIAL, lldt ax
	FAULT0 13, TRIAL, call TRIAL:0
	FAULT0 13, TRIAL, jmp TRIAL:0
	lar bx, ax
	CHECK nz
	lsl bx, ax
	CHECK nz
	mov byte [IDT+8*5+5], 0x80 | type
	FAULT0 13, 5 * 8 + 2, int 5
%assign type type + 1
%endrep
%endif
	PASS

inner:	mov bp, sp
	mov ax, [ss:bp+4]
	mov bx, [ss:bp+8]
	mov cx, sp
	mov dx, FLAT
	mov ds, dx
	retf 6

task2:	mov [0x700], ax
	iret

stubs:
%assign n 0
%rep DONE + 1
	dw stub%+n
%assign n n+1
%endrep
gdtr:	dw GDT_SIZE - 1
	dd GDT
idtr:	dw (DONE + 1) * 8 - 1
	dd IDT
gdt:	dq 0
	dq 0x00009a0f0000ffff
	dq 0x000092000000ffff
	dq 0x0000fa0f0000ffff
	dq 0x0000f2000000ffff
	dq 0x000081002000002b		; TASK
	dq 0x000081002100002b		; TASK2
	dw inner, CODE, 0xe403, 0	; GATE
	dq 0
	ROM_END
