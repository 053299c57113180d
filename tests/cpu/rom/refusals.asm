; refusals.asm - what every way to load a selector or to go through a gate
; refuses, with which vector and error code: a table.  Intel 386 PRM and SDM
; volume 2, the instructions' pages (CALL, JMP, RET, INT, IRET, MOV, LLDT,
; LTR); for the stack of an inner level the SDM's error codes.

%include "pm.inc"

G1	equ FREE		; two descriptors of each row
G2	equ FREE + 8
DATA1	equ FREE + 16		; for the stack of privilege 1
ABSENT	equ FREE + 24		; ... not present
FIXED	equ FREE + 32		; ... not writable
SMALL1	equ FREE + 40		; ... of 64 KiB
VECTOR	equ 0x50
IDT_50	equ VECTOR * 8 + 2
CONF	equ 0x0040000f		; upper half of a code segment at F0000h
PLAIN	equ 0x0000ffff		; its lower half
BRIEF	equ 0x00000010		; ... for 16 bytes
NOTHING	equ DONE		; it is good

op_at	equ 0x680
op_ptr	equ 0x684		; m16:32
new_ss	equ 0x68c
op_row	equ 0x690

	DESC DATA1, 0x0000ffff, 0x00cfb200
	DESC ABSENT, 0x0000ffff, 0x00cf3200
	DESC FIXED, 0x0000ffff, 0x00cfb000
	DESC SMALL1, 0x0000ffff, 0x0040b200
	mov dword [op_row], 0
	mov esi, rows
next_row:
	inc dword [op_row]
	mov eax, [cs:esi+8]		; G1, also the IDT's gate
	mov [GDT+G1], eax
	mov [IDT+8*VECTOR], eax
	mov eax, [cs:esi+12]
	mov [GDT+G1+4], eax
	mov [IDT+8*VECTOR+4], eax
	mov eax, [cs:esi+16]
	mov [GDT+G2], eax
	mov eax, [cs:esi+20]
	mov [GDT+G2+4], eax
	mov eax, [cs:esi+24]
	mov [TSS+16], eax
	mov [new_ss], eax
	mov eax, [cs:esi+36]
	mov [TSS+12], eax
	mov dword [op_ptr], landing
	mov eax, [cs:esi+4]
	mov [op_ptr+4], eax
	mov dword [vector], -1
	mov dword [goon], .back
	mov [home], esp
	mov dword [op_at], 0
	mov edi, [cs:esi]
	call edi
	int DONE
.back:	mov eax, [cs:esi+28]
	cmp [vector], eax
	jne .bad
	cmp eax, NOTHING
	je .good
	mov eax, [cs:esi+32]
	cmp [error], eax
	jne .bad
	mov eax, [op_at]
	test eax, eax
	jz .good
	cmp [where], eax
	jne .bad
.good:	add esi, 40
	cmp esi, rows_end
	jb next_row
	PASS
.bad:	push dword [op_row]
	jmp wrong

landing: int DONE

%macro OP 2+			; name, instruction: at privilege 0
op_%1:	mov dword [op_at], %%at
%%at:	%2
	int DONE
%endmacro
%macro OP3 2+			; ... at privilege 3
op_%1:	mov dword [op_at], %%at
	push dword FLAT3
	push dword STACK3
	push dword 0x202
	push dword CODE3
	push dword %%at
	iret
%%at:	%2
	int DONE
%endmacro
	OP call, call far [op_ptr]
	OP jmp, jmp far [op_ptr]
	OP3 call3, call far [op_ptr]
	OP3 jmp3, jmp far [op_ptr]
	OP ds, mov ds, [op_ptr+4]
	OP fs, mov fs, [op_ptr+4]
	OP3 ds3, mov ds, [op_ptr+4]
	OP ss, mov ss, [op_ptr+4]
	OP3 ss3, mov ss, [op_ptr+4]
	OP lldt, lldt [op_ptr+4]
	OP ltr, ltr [op_ptr+4]
	OP int, int VECTOR
	OP3 int3, int VECTOR
op_hard:				; an interrupt request
	mov dx, 0x2100
	mov al, VECTOR
	out dx, al
	sti
	nop
.here:	jmp .here
op_hard3:
	mov dx, 0x2100
	mov al, VECTOR
	out dx, al
	push dword FLAT3
	push dword STACK3
	push dword 0x202
	push dword CODE3
	push dword op_hard.here
	iret
op_retf:
	mov dword [op_at], .at
	push dword [new_ss]
	push dword STACK3
	push dword [op_ptr+4]
	push dword landing
.at:	retf
op_iret:
	mov dword [op_at], .at
	push dword [new_ss]
	push dword STACK3
	push dword 2
	push dword [op_ptr+4]
	push dword landing
.at:	iret
	OP3 retf3, retf			; to what is at STACK3
op_retf_to3:				; privilege 3 has its words there
	mov dword [STACK3], landing
	mov eax, [op_ptr+4]
	mov [STACK3+4], eax
	jmp op_retf3

; Rows: op, selector, G1, G2, SS1 or SS, vector, error code, ESP1.
%define TO(sel) landing + ((sel) << 16)	; a gate's low half

; JMP and CALL: what they have in common.
%macro FAR_ROWS 1
	dd op_%1, 0, 0, 0, 0, 0, FLAT, 13, 0, STACK1
	dd op_%1, 3, 0, 0, 0, 0, FLAT, 13, 0, STACK1
	dd op_%1, GDT_SIZE, 0, 0, 0, 0, FLAT, 13, GDT_SIZE, STACK1
	dd op_%1, GDT_SIZE+3, 0, 0, 0, 0, FLAT, 13, GDT_SIZE, STACK1
	dd op_%1, G1+4, 0, 0, 0, 0, FLAT, 13, G1+4, STACK1
	dd op_%1, 65535, 0, 0, 0, 0, FLAT, 13, 65532, STACK1
	dd op_%1, G1, PLAIN, CONF | 0x9a00, 0, 0, FLAT, NOTHING, 0, STACK1
	dd op_%1, G1+3, PLAIN, CONF | 0x9a00, 0, 0, FLAT, 13, G1, STACK1
	dd op_%1, G1, PLAIN, CONF | 0x1a00, 0, 0, FLAT, 11, G1, STACK1
	dd op_%1, G1, PLAIN, CONF | 0xfa00, 0, 0, FLAT, 13, G1, STACK1
	dd op_%1, G1, PLAIN, CONF | 0x7a00, 0, 0, FLAT, 13, G1, STACK1
	dd op_%1, G1, PLAIN, CONF | 0xfe00, 0, 0, FLAT, 13, G1, STACK1
	dd op_%1, G1+3, PLAIN, CONF | 0x9e00, 0, 0, FLAT, NOTHING, 0, STACK1
	dd op_%1, G1, PLAIN, CONF | 0x1e00, 0, 0, FLAT, 11, G1, STACK1
	dd op_%1, G1, BRIEF, CONF | 0x9a00, 0, 0, FLAT, 13, 0, STACK1
	dd op_%1, G1, 0x0000ffff, 0x00cf9200, 0, 0, FLAT, 13, G1, STACK1
	dd op_%1, G1, TO(G2), 0x8000, 0, 0, FLAT, 13, G1, STACK1
	dd op_%1, G1, TO(G2), 0x8200, 0, 0, FLAT, 13, G1, STACK1
	dd op_%1, G1, TO(G2), 0x8600, 0, 0, FLAT, 13, G1, STACK1
	dd op_%1, G1, TO(G2), 0x8700, 0, 0, FLAT, 13, G1, STACK1
	dd op_%1, G1, TO(G2), 0x8800, 0, 0, FLAT, 13, G1, STACK1
	dd op_%1, G1, TO(G2), 0x8a00, 0, 0, FLAT, 13, G1, STACK1
	dd op_%1, G1, TO(G2), 0x8d00, 0, 0, FLAT, 13, G1, STACK1
	dd op_%1, G1, TO(G2), 0x8e00, 0, 0, FLAT, 13, G1, STACK1
	dd op_%1, G1, TO(G2), 0x8f00, 0, 0, FLAT, 13, G1, STACK1
	dd op_%1, G1, 0x00000067, 0x0902, 0, 0, FLAT, 11, G1, STACK1
	dd op_%1, G1, 0x00000067, 0x8b02, 0, 0, FLAT, 13, G1, STACK1
	dd op_%1, G1, 0x00000067, 0x8302, 0, 0, FLAT, 13, G1, STACK1
	dd op_%1, G1, 0x00000066, 0x8902, 0, 0, FLAT, 10, G1, STACK1
	dd op_%1, G1, 0x0000002a, 0x8102, 0, 0, FLAT, 10, G1, STACK1
	dd op_%1, G1+3, 0x00000067, 0x8902, 0, 0, FLAT, 13, G1, STACK1
	; ... at privilege 3
	dd op_%{1}3, G1, PLAIN, CONF | 0x9a00, 0, 0, FLAT, 13, G1, STACK1
	dd op_%{1}3, G1, PLAIN, CONF | 0xfa00, 0, 0, FLAT, NOTHING, 0, STACK1
	dd op_%{1}3, G1+3, PLAIN, CONF | 0xfa00, 0, 0, FLAT, NOTHING, 0, STACK1
	dd op_%{1}3, G1, PLAIN, CONF | 0x9e00, 0, 0, FLAT, NOTHING, 0, STACK1
	dd op_%{1}3, G1, PLAIN, CONF | 0xfe00, 0, 0, FLAT, NOTHING, 0, STACK1
	dd op_%{1}3, G1, PLAIN, CONF | 0xba00, 0, 0, FLAT, 13, G1, STACK1
	dd op_%{1}3, G1, PLAIN, CONF | 0x7a00, 0, 0, FLAT, 11, G1, STACK1
	dd op_%{1}3, G1, 0x00000067, 0x8902, 0, 0, FLAT, 13, G1, STACK1
	dd op_%{1}3, G1, 0x00000067, 0x6902, 0, 0, FLAT, 11, G1, STACK1
	; ... by call gates
	dd op_%1, G1, TO(G2), 0x8c00, PLAIN, CONF | 0x9a00, FLAT, NOTHING, 0, STACK1
	dd op_%1, G1, TO(G2), 0x0c00, PLAIN, CONF | 0x9a00, FLAT, 11, G1, STACK1
	dd op_%1, G1+3, TO(G2), 0x8c00, PLAIN, CONF | 0x9a00, FLAT, 13, G1, STACK1
	dd op_%1, G1, TO(0), 0x8c00, 0, 0, FLAT, 13, 0, STACK1
	dd op_%1, G1, TO(3), 0x8c00, 0, 0, FLAT, 13, 0, STACK1
	dd op_%1, G1, TO(GDT_SIZE), 0x8c00, 0, 0, FLAT, 13, GDT_SIZE, STACK1
	dd op_%1, G1, TO(G2), 0x8c00, 0x0000ffff, 0x00cf9200, FLAT, 13, G2, STACK1
	dd op_%1, G1, TO(G2), 0x8c00, PLAIN, CONF | 0xfa00, FLAT, 13, G2, STACK1
	dd op_%1, G1, TO(G2), 0x8c00, TO(G2), 0x8c00, FLAT, 13, G2, STACK1
	dd op_%1, G1, TO(G2), 0x8c00, PLAIN, CONF | 0x1a00, FLAT, 11, G2, STACK1
	dd op_%1, G1, TO(G2), 0x8c00, BRIEF, CONF | 0x9a00, FLAT, 13, 0, STACK1
	dd op_%1, G1, TO(G2+3), 0x8c00, PLAIN, CONF | 0x9a00, FLAT, NOTHING, 0, STACK1
	dd op_%1, G1, TO(G2), 0x8c00, PLAIN, CONF | 0xfe00, FLAT, 13, G2, STACK1
	dd op_%{1}3, G1, TO(G2), 0x8c00, PLAIN, CONF | 0x9a00, FLAT, 13, G1, STACK1
	dd op_%{1}3, G1+3, TO(G2), 0xcc00, PLAIN, CONF | 0xfa00, FLAT, 13, G1, STACK1
	dd op_%{1}3, G1, TO(G2), 0x6c00, PLAIN, CONF | 0xfa00, FLAT, 11, G1, STACK1
	dd op_%{1}3, G1, TO(G2), 0xec00, PLAIN, CONF | 0xfa00, FLAT, NOTHING, 0, STACK1
	dd op_%{1}3, G1, TO(G2), 0xec00, PLAIN, CONF | 0x9e00, FLAT, NOTHING, 0, STACK1
	dd op_%{1}3, G1, TO(G2), 0xec00, PLAIN, CONF | 0x1e00, FLAT, 11, G2, STACK1
	; ... and task gates
	dd op_%1, G1, TO(G2), 0x0500, 0x00000067, 0x8902, FLAT, 11, G1, STACK1
	dd op_%1, G1+1, TO(G2), 0x8500, 0x00000067, 0x8902, FLAT, 13, G1, STACK1
	dd op_%1, G1, TO(G2), 0x8500, 0x00000067, 0x0902, FLAT, 11, G2, STACK1
	dd op_%1, G1, TO(G2), 0x8500, 0x00000050, 0x8902, FLAT, 10, G2, STACK1
	dd op_%{1}3, G1, TO(G2), 0x8500, 0x00000067, 0x8902, FLAT, 13, G1, STACK1
%endmacro

; The stack of an inner level, for op; the gate's kind.
%macro INNER_ROWS 2
	dd op_%1, G1, TO(G2), %2, PLAIN, CONF | 0xba00, 0, 10, 0, STACK1
	dd op_%1, G1, TO(G2), %2, PLAIN, CONF | 0xba00, FLAT3, 10, FLAT3 & ~3, STACK1
	dd op_%1, G1, TO(G2), %2, PLAIN, CONF | 0xba00, DATA1, 10, DATA1, STACK1
	dd op_%1, G1, TO(G2), %2, PLAIN, CONF | 0xba00, CODE+1, 10, CODE, STACK1
	dd op_%1, G1, TO(G2), %2, PLAIN, CONF | 0xba00, TASK+1, 10, TASK, STACK1
	dd op_%1, G1, TO(G2), %2, PLAIN, CONF | 0xba00, FIXED+1, 10, FIXED, STACK1
	dd op_%1, G1, TO(G2), %2, PLAIN, CONF | 0xba00, GDT_SIZE+1, 10, GDT_SIZE, STACK1
	dd op_%1, G1, TO(G2), %2, PLAIN, CONF | 0xba00, G1+5, 10, G1+4, STACK1
	dd op_%1, G1, TO(G2), %2, PLAIN, CONF | 0xba00, ABSENT+1, 12, ABSENT, STACK1
	dd op_%1, G1, TO(G2), %2, PLAIN, CONF | 0xba00, FLAT+1, 10, FLAT, STACK1
	dd op_%1, G1, TO(G2), %2, PLAIN, CONF | 0xba00, SMALL1+1, 12, SMALL1, 15
	dd op_%1, G1, TO(G2), %2, PLAIN, CONF | 0xba00, SMALL1+1, 12, SMALL1, 65540
	dd op_%1, G1, TO(G2), %2, BRIEF, CONF | 0xba00, DATA1+1, 13, 0, STACK1
%endmacro

; INT n and an interrupt request, which is external (1 in the error code);
; what the gate leads to.
%macro TARGET_ROWS 3			; op, external, the gate's kind
	dd op_%1, 0, TO(0), %3, 0, 0, FLAT, 13, 0 | %2, STACK1
	dd op_%1, 0, TO(2), %3, 0, 0, FLAT, 13, 0 | %2, STACK1
	dd op_%1, 0, TO(GDT_SIZE), %3, 0, 0, FLAT, 13, GDT_SIZE | %2, STACK1
	dd op_%1, 0, TO(G2), %3, 0x0000ffff, 0x00cf9200, FLAT, 13, G2 | %2, STACK1
	dd op_%1, 0, TO(G2), %3, TO(G2), 0x8c00, FLAT, 13, G2 | %2, STACK1
	dd op_%1, 0, TO(G2), %3, PLAIN, CONF | 0xfa00, FLAT, 13, G2 | %2, STACK1
	dd op_%1, 0, TO(G2), %3, PLAIN, CONF | 0x1a00, FLAT, 11, G2 | %2, STACK1
	dd op_%1, 0, TO(G2), %3, BRIEF, CONF | 0x9a00, FLAT, 13, 0 | %2, STACK1
	dd op_%1, 0, TO(G2), %3, PLAIN, CONF | 0xfe00, FLAT, 13, G2 | %2, STACK1
%endmacro
%macro INT_ROWS 2		; op, external
	dd op_%1, 0, TO(G2), 0x8000, PLAIN, CONF | 0x9a00, FLAT, 13, IDT_50 | %2, STACK1
	dd op_%1, 0, TO(G2), 0x8100, PLAIN, CONF | 0x9a00, FLAT, 13, IDT_50 | %2, STACK1
	dd op_%1, 0, TO(G2), 0x8200, PLAIN, CONF | 0x9a00, FLAT, 13, IDT_50 | %2, STACK1
	dd op_%1, 0, TO(G2), 0x8400, PLAIN, CONF | 0x9a00, FLAT, 13, IDT_50 | %2, STACK1
	dd op_%1, 0, TO(G2), 0x8900, PLAIN, CONF | 0x9a00, FLAT, 13, IDT_50 | %2, STACK1
	dd op_%1, 0, TO(G2), 0x8b00, PLAIN, CONF | 0x9a00, FLAT, 13, IDT_50 | %2, STACK1
	dd op_%1, 0, TO(G2), 0x8c00, PLAIN, CONF | 0x9a00, FLAT, 13, IDT_50 | %2, STACK1
	dd op_%1, 0, TO(G2), 0x9e00, PLAIN, CONF | 0x9a00, FLAT, 13, IDT_50 | %2, STACK1
	dd op_%1, 0, TO(G2), 0x0e00, PLAIN, CONF | 0x9a00, FLAT, 11, IDT_50 | %2, STACK1
	dd op_%1, 0, TO(G2), 0x0500, PLAIN, CONF | 0x9a00, FLAT, 11, IDT_50 | %2, STACK1
	dd op_%1, 0, TO(G2), 0x8e00, PLAIN, CONF | 0x9a00, FLAT, NOTHING, 0, STACK1
	dd op_%1, 0, TO(G2), 0x8f00, PLAIN, CONF | 0x9e00, FLAT, NOTHING, 0, STACK1
	TARGET_ROWS %1, %2, 0x8e00
	TARGET_ROWS %1, %2, 0x8f00
	dd op_%1, 0, TO(G2), 0x8500, 0x00000067, 0x0902, FLAT, 11, G2 | %2, STACK1
	dd op_%1, 0, TO(G2), 0x8500, 0x00000066, 0x8902, FLAT, 10, G2 | %2, STACK1
%endmacro

; MOV to a segment register that is not SS.
%macro DATA_ROWS 1
	dd op_%1, 0, 0, 0, 0, 0, FLAT, NOTHING, 0, STACK1
	dd op_%1, 3, 0, 0, 0, 0, FLAT, NOTHING, 0, STACK1
	dd op_%1, GDT_SIZE, 0, 0, 0, 0, FLAT, 13, GDT_SIZE, STACK1
	dd op_%1, G1+4, 0, 0, 0, 0, FLAT, 13, G1+4, STACK1
	dd op_%1, G1, PLAIN, CONF | 0x9800, 0, 0, FLAT, 13, G1, STACK1
	dd op_%1, G1, 0x00000067, 0x8902, 0, 0, FLAT, 13, G1, STACK1
	dd op_%1, G1, TO(G2), 0x8c00, 0, 0, FLAT, 13, G1, STACK1
	dd op_%1, G1, 0x0000ffff, 0x00cf1200, 0, 0, FLAT, 11, G1, STACK1
	dd op_%1, G1, PLAIN, CONF | 0x1a00, 0, 0, FLAT, 11, G1, STACK1
	dd op_%1, G1, PLAIN, CONF | 0x1800, 0, 0, FLAT, 13, G1, STACK1
	dd op_%1, G1+3, 0x0000ffff, 0x00cf9200, 0, 0, FLAT, 13, G1, STACK1
	dd op_%1, G1+3, PLAIN, CONF | 0x9a00, 0, 0, FLAT, 13, G1, STACK1
	dd op_%1, G1+3, PLAIN, CONF | 0x9e00, 0, 0, FLAT, NOTHING, 0, STACK1
	dd op_%1, G1+3, 0x0000ffff, 0x00cff000, 0, 0, FLAT, NOTHING, 0, STACK1
%endmacro

; RET and IRET; SS where they go outwards.
%macro RETURN_ROWS 1
	dd op_%1, 0, 0, 0, 0, 0, FLAT, 13, 0, STACK1
	dd op_%1, 3, 0, 0, 0, 0, FLAT, 13, 0, STACK1
	dd op_%1, GDT_SIZE+1, 0, 0, 0, 0, FLAT, 13, GDT_SIZE, STACK1
	dd op_%1, G1, 0x0000ffff, 0x00cf9200, 0, 0, FLAT, 13, G1, STACK1
	dd op_%1, G1, TO(G2), 0x8c00, 0, 0, FLAT, 13, G1, STACK1
	dd op_%1, G1, PLAIN, CONF | 0xfa00, 0, 0, FLAT, 13, G1, STACK1
	dd op_%1, G1+3, PLAIN, CONF | 0x9a00, 0, 0, FLAT, 13, G1, STACK1
	dd op_%1, G1, PLAIN, CONF | 0x1a00, 0, 0, FLAT, 11, G1, STACK1
	dd op_%1, G1, BRIEF, CONF | 0x9a00, 0, 0, FLAT, 13, 0, STACK1
	dd op_%1, G1, PLAIN, CONF | 0x9a00, 0, 0, FLAT, NOTHING, 0, STACK1
	dd op_%1, G1, PLAIN, CONF | 0xfe00, 0, 0, FLAT, 13, G1, STACK1
	dd op_%1, G1+3, PLAIN, CONF | 0x9e00, 0, 0, FLAT3, NOTHING, 0, STACK1
	dd op_%1, G1+3, PLAIN, CONF | 0xfa00, 0, 0, FLAT3, NOTHING, 0, STACK1
	dd op_%1, G1+3, PLAIN, CONF | 0x7a00, 0, 0, FLAT3, 11, G1, STACK1
	dd op_%1, G1+3, PLAIN, CONF | 0xfa00, 0x0000ffff, 0x00cff000, 0, 13, 0, STACK1
	dd op_%1, G1+3, PLAIN, CONF | 0xfa00, 0x0000ffff, 0x00cff000, 3, 13, 0, STACK1
	dd op_%1, G1+3, PLAIN, CONF | 0xfa00, 0x0000ffff, 0x00cff000, FLAT, 13, FLAT, STACK1
	dd op_%1, G1+3, PLAIN, CONF | 0xfa00, 0x0000ffff, 0x00cff000, FLAT+3, 13, FLAT, STACK1
	dd op_%1, G1+3, PLAIN, CONF | 0xfa00, 0x0000ffff, 0x00cff000, FLAT3 & ~3, 13, FLAT3 & ~3, STACK1
	dd op_%1, G1+3, PLAIN, CONF | 0xfa00, 0x0000ffff, 0x00cff000, CODE3, 13, CODE3 & ~3, STACK1
	dd op_%1, G1+3, PLAIN, CONF | 0xfa00, 0x0000ffff, 0x00cff000, GDT_SIZE+3, 13, GDT_SIZE, STACK1
	dd op_%1, G1+3, PLAIN, CONF | 0xfa00, 0x0000ffff, 0x00cf7200, G2+3, 12, G2, STACK1
	dd op_%1, G1+3, PLAIN, CONF | 0xfa00, 0x0000ffff, 0x00cff000, G2+3, 13, G2, STACK1
	dd op_%1, G1+3, BRIEF, CONF | 0xfa00, 0, 0, FLAT3, 13, 0, STACK1
%endmacro

rows:
	FAR_ROWS call
	FAR_ROWS jmp
	; JMP does not change the privilege, CALL does: and its stack is asked for
	dd op_jmp3, G1, TO(G2), 0xec00, PLAIN, CONF | 0x9a00, FLAT, 13, G2, STACK1
	dd op_call3, G1, TO(G2), 0xec00, PLAIN, CONF | 0xba00, DATA1+1, NOTHING, 0, STACK1
	INNER_ROWS call3, 0xec00
	dd op_call3, G1, TO(G2), 0xec00 | 2, PLAIN, CONF | 0xba00, SMALL1+1, 12, SMALL1, 23
	dd op_call3, G1, TO(G2), 0xec00 | 2, PLAIN, CONF | 0xba00, SMALL1+1, NOTHING, 0, 4096
	INT_ROWS int, 0
	INT_ROWS hard, 1
	dd op_int3, 0, TO(G2), 0x8e00, PLAIN, CONF | 0x9a00, FLAT, 13, IDT_50, STACK1
	dd op_int3, 0, TO(G2), 0xce00, PLAIN, CONF | 0x9a00, FLAT, 13, IDT_50, STACK1
	dd op_int3, 0, TO(G2), 0x8500, 0x00000067, 0x8902, FLAT, 13, IDT_50, STACK1
	dd op_int3, 0, TO(G2), 0x0e00, PLAIN, CONF | 0x9a00, FLAT, 13, IDT_50, STACK1
	dd op_int3, 0, TO(G2), 0x6e00, PLAIN, CONF | 0x9a00, FLAT, 11, IDT_50, STACK1
	dd op_int3, 0, TO(G2), 0xee00, PLAIN, CONF | 0x9a00, FLAT, NOTHING, 0, STACK1
	dd op_hard3, 0, TO(G2), 0x8e00, PLAIN, CONF | 0x9a00, FLAT, NOTHING, 0, STACK1
	dd op_hard3, 0, TO(G2), 0x0e00, PLAIN, CONF | 0x9a00, FLAT, 11, IDT_50 | 1, STACK1
	INNER_ROWS int3, 0xee00
	DATA_ROWS ds
	DATA_ROWS fs
	dd op_ds3, G1, 0x0000ffff, 0x00cf9200, 0, 0, FLAT, 13, G1, STACK1
	dd op_ds3, G1, PLAIN, CONF | 0xba00, 0, 0, FLAT, 13, G1, STACK1
	dd op_ds3, G1, PLAIN, CONF | 0x9e00, 0, 0, FLAT, NOTHING, 0, STACK1
	dd op_ds3, G1, 0x0000ffff, 0x00cff200, 0, 0, FLAT, NOTHING, 0, STACK1
	dd op_ss, 0, 0, 0, 0, 0, FLAT, 13, 0, STACK1
	dd op_ss, 3, 0, 0, 0, 0, FLAT, 13, 0, STACK1
	dd op_ss, G1+3, 0x0000ffff, 0x00cf9200, 0, 0, FLAT, 13, G1, STACK1
	dd op_ss, G1, 0x0000ffff, 0x00cf9000, 0, 0, FLAT, 13, G1, STACK1
	dd op_ss, G1, 0x0000ffff, 0x00cff200, 0, 0, FLAT, 13, G1, STACK1
	dd op_ss, G1, PLAIN, CONF | 0x9a00, 0, 0, FLAT, 13, G1, STACK1
	dd op_ss, G1, 0x00000067, 0x8902, 0, 0, FLAT, 13, G1, STACK1
	dd op_ss, G1, 0x0000ffff, 0x00cf1200, 0, 0, FLAT, 12, G1, STACK1
	dd op_ss, G1, 0x0000ffff, 0x00cf1000, 0, 0, FLAT, 13, G1, STACK1
	dd op_ss, G1, 0x0000ffff, 0x00cf9200, 0, 0, FLAT, NOTHING, 0, STACK1
	dd op_ss, GDT_SIZE, 0, 0, 0, 0, FLAT, 13, GDT_SIZE, STACK1
	dd op_ss3, 3, 0, 0, 0, 0, FLAT, 13, 0, STACK1
	dd op_ss3, G1, 0x0000ffff, 0x00cff200, 0, 0, FLAT, 13, G1, STACK1
	dd op_ss3, G1+3, 0x0000ffff, 0x00cf9200, 0, 0, FLAT, 13, G1, STACK1
	dd op_ss3, G1+3, 0x0000ffff, 0x00cf7200, 0, 0, FLAT, 12, G1, STACK1
	dd op_ss3, G1+3, 0x0000ffff, 0x00cff200, 0, 0, FLAT, NOTHING, 0, STACK1
	; LLDT, LTR
	dd op_lldt, 0, 0, 0, 0, 0, FLAT, NOTHING, 0, STACK1
	dd op_lldt, G1+4, 0x20000007, 0x8200, 0, 0, FLAT, 13, G1+4, STACK1
	dd op_lldt, G1, 0x20000007, 0x0200, 0, 0, FLAT, 11, G1, STACK1
	dd op_lldt, G1, 0x0000ffff, 0x00cf9200, 0, 0, FLAT, 13, G1, STACK1
	dd op_lldt, G1, 0x00000067, 0x8902, 0, 0, FLAT, 13, G1, STACK1
	dd op_lldt, GDT_SIZE, 0, 0, 0, 0, FLAT, 13, GDT_SIZE, STACK1
	dd op_lldt, G1+3, 0x20000007, 0x8200, 0, 0, FLAT, NOTHING, 0, STACK1
	dd op_lldt, 0, 0, 0, 0, 0, FLAT, NOTHING, 0, STACK1
	dd op_ltr, 0, 0, 0, 0, 0, FLAT, 13, 0, STACK1
	dd op_ltr, G1+4, 0x00000067, 0x8902, 0, 0, FLAT, 13, G1+4, STACK1
	dd op_ltr, G1, 0x00000067, 0x0902, 0, 0, FLAT, 11, G1, STACK1
	dd op_ltr, G1, 0x00000067, 0x8b02, 0, 0, FLAT, 13, G1, STACK1
	dd op_ltr, G1, 0x00000067, 0x8302, 0, 0, FLAT, 13, G1, STACK1
	dd op_ltr, G1, 0x20000007, 0x8200, 0, 0, FLAT, 13, G1, STACK1
	dd op_ltr, G1, TO(G2), 0x8500, 0, 0, FLAT, 13, G1, STACK1
	dd op_ltr, GDT_SIZE, 0, 0, 0, 0, FLAT, 13, GDT_SIZE, STACK1
	RETURN_ROWS retf
	RETURN_ROWS iret
	dd op_retf_to3, G1, PLAIN, CONF | 0xfa00, 0, 0, FLAT, 13, G1, STACK1
	dd op_retf_to3, G1+3, PLAIN, CONF | 0xfa00, 0, 0, FLAT, NOTHING, 0, STACK1
	dd op_retf_to3, 0, 0, 0, 0, 0, FLAT, 13, 0, STACK1
	dd op_retf_to3, CODE, 0, 0, 0, 0, FLAT, 13, CODE, STACK1
rows_end:
	PM_END
