; tasks.asm - task switches (Intel 386 PRM chapter 7): by CALL, JMP, IRET,
; gates and exceptions; what is marked busy, what is linked, and in which
; task a fault in the middle is seen.

%include "rom.inc"
	cpu 386

CODE	equ 0x08		; base F0000h, 32 bits
FLAT	equ 0x10
CODE16	equ 0x18
T0	equ 0x28		; the main task
T1	equ 0x30
T2	equ 0x38		; a 16-bit TSS
TINY	equ 0x40		; a TSS that is too short
ABSENT	equ 0x48
GATE	equ 0x50		; to T1
LDT	equ 0x58
NODATA	equ 0x60		; a data segment that is not present
T3	equ 0x68		; for #TS
NTSS	equ 0x70		; bytes of the GDT

GDT	equ 0x1000
IDT	equ 0x1800
TSS0	equ 0x2000
TSS1	equ 0x2100
TSS2	equ 0x2200
TSS3	equ 0x2280

vector	equ 0x600
error	equ 0x604
where	equ 0x608
task	equ 0x60c		; TR in the handler
goon	equ 0x610
count	equ 0x614
trapped	equ 0x618

	mov esi, gdt
	mov di, GDT
	mov cx, NTSS
	cs rep movsb
	lgdt [cs:gdtr]
	lidt [cs:idtr]
	mov eax, cr0
	or al, 1
	mov cr0, eax
	jmp dword CODE:main

	bits 32
%include "pm_kit.inc"
%macro FAULTS 3+		; vector, error code, instruction
	mov dword [vector], -1
	mov dword [goon], %%after
%%at:	%3
%%after:
	EQUAL [vector], %1
	EQUAL [error], %2
	EQUAL [where], %%at
%endmacro

	STUBS 20
record:	push eax
	mov eax, FLAT			; of all tasks
	mov ds, ax
	mov eax, [esp+4]
	mov [vector], eax
	mov eax, [esp+8]
	mov [error], eax
	mov eax, [esp+12]
	mov [where], eax
	xor eax, eax
	str ax
	mov [task], eax
	mov eax, dr6
	mov [trapped], eax
	mov eax, [goon]
	mov [esp+12], eax
	pop eax
	add esp, 8
	iret

main:	mov ax, FLAT
	mov ds, ax
	mov es, ax
	mov ss, ax
	mov esp, TOP
	STUB_GATES 20
	mov dword [count], 0
	mov ax, T0
	ltr ax
	BYTE_IS [GDT+T0+5], 0x8b

	; CALL nests: the new one is linked, both are busy, NT and TS are set.
	call new_task1
	mov dword [TSS1+32], task1
	mov ebx, 0x11111111
	clts
	call T1:0
	EQUAL ebx, 0x11111111
	EQUAL [count], 1
	BYTE_IS [GDT+T1+5], 0x89	; IRET has freed it
	BYTE_IS [GDT+T0+5], 0x8b
	mov eax, cr0
	and eax, 8
	EQUAL eax, 8
	pushfd
	pop eax
	and eax, 0x4000
	EQUAL eax, 0
	; Its state was kept: the second call goes on behind its IRET.
	call T1:0
	EQUAL [count], 2
	; By a gate.
	call GATE:0
	EQUAL [count], 3

	; JMP does not nest: the old one is free, NT clear, no link.
	mov word [TSS1], 0x7777
	mov dword [TSS1+32], task1_jumped
	mov dword [TSS1+36], 2
	jmp T1:0
	EQUAL [count], 4
	EQUAL [TSS1], 0x7777
	BYTE_IS [GDT+T0+5], 0x8b
	BYTE_IS [GDT+T1+5], 0x89

	; Faults found before the switch are the old task's.
	FAULTS 10, TINY, call TINY:0
	EQUAL [task], T0
	FAULTS 11, ABSENT, call ABSENT:0
	FAULTS 13, T0, call T0:0
	FAULTS 13, T0, jmp T0:0
	FAULTS 13, 0x200, call 0x200:0
	FAULTS 13, 0, call 0:0
	BYTE_IS [GDT+TINY+5], 0x89
	pushfd
	or dword [esp], 0x4000
	popfd
	mov word [TSS0], T1		; not busy
	FAULTS 10, T1, iret
	mov word [TSS0], 0
	FAULTS 10, 0, iret
	pushfd
	and dword [esp], ~0x4000
	popfd

	; Those found afterwards are the new one's, before its first instruction.
	; Its stack may not be there yet: #TS comes by a task gate.
	call new_task1
	mov dword [TSS1+96], FLAT	; as LDT
	mov edx, FLAT
	call bad_task1
	call new_task1
	mov dword [TSS1+80], CODE	; as SS
	mov edx, CODE
	call bad_task1
	call new_task1
	mov dword [TSS1+76], FLAT	; as CS
	mov edx, FLAT
	call bad_task1
	call new_task1
	mov dword [TSS1+84], NODATA	; as DS
	mov edx, NODATA
	call in_task1
	EQUAL [vector], 11

	; The T bit is a trap in the new task.
	call new_task1
	mov word [TSS1+100], 1
	xor eax, eax
	mov dr6, eax
	xor edx, edx
	call in_task1
	EQUAL [vector], 1
	test byte [trapped+1], 0x80
	jnz .bt
	push dword check_no
	jmp wrong
.bt:	mov word [TSS1+100], 0

	; A 16-bit TSS: upper halves are lost, FS and GS null.
	mov edi, TSS2
	xor eax, eax
	mov ecx, 11
	rep stosd
	TSS_286 TSS2, task2, 0x4800, CODE16, FLAT, FLAT
	mov word [TSS2+24], 0x3333
	mov ax, FLAT
	mov fs, ax
	mov gs, ax
	call T2:0
	EQUAL [count], 5
	BYTE_IS [GDT+T2+5], 0x81

	; An exception by a task gate: its error code is on the new stack.
	call new_task1
	mov dword [TSS1+32], handler_task
	TASK_GATE 13, T1
	mov dword [error], -1
.fault:	mov ax, 0x1234
	mov fs, ax			; beyond the GDT
.next:	EQUAL [error], 0x1234
	EQUAL [where], .fault + 4
	EQUAL [count], 6

	PASS

; T1's TSS as for a new task, which is not busy.
new_task1:
	NEW_TSS TSS1, task1_returns, 0x6000
	mov word [TSS1+102], 104
	mov dword [TSS1+52], 0x22222222
	mov byte [GDT+T1+5], 0x89
	ret

; Calls T1, which ends in a fault with error code EDX at its first instruction.
; The recorder goes on at task1_returns, in T1.
in_task1:
	mov dword [vector], -1
	mov dword [goon], task1_returns
	call T1:0
	EQUAL [error], edx
	EQUAL [task], T1
	EQUAL [where], task1_returns
	ret

; Calls T1, which cannot be entered: #TS with error code EDX.
bad_task1:
	NEW_TSS TSS3, ts_handler, 0x5000
	push dword [IDT+10*8]
	push dword [IDT+10*8+4]
	TASK_GATE 10, T3
	mov dword [vector], -1
	call T1:0
	pop dword [IDT+10*8+4]
	pop dword [IDT+10*8]
	EQUAL [vector], 10
	EQUAL [error], edx
	EQUAL [task], T1
	EQUAL [where], task1_returns
	BYTE_IS [GDT+T3+5], 0x89
	BYTE_IS [GDT+T1+5], 0x89
	ret

; Mends what was wrong and lets T1 begin.
ts_handler:
	pop eax
	mov [error], eax
	mov dword [vector], 10
	movzx eax, word [TSS3]		; who was interrupted
	mov [task], eax
	mov eax, [TSS1+32]
	mov [where], eax
	BYTE_IS [GDT+T1+5], 0x8b
	mov dword [TSS1+76], CODE
	mov dword [TSS1+80], FLAT
	mov dword [TSS1+84], FLAT
	mov dword [TSS1+96], 0
	iret

task1_returns:
	iret
	jmp task1_returns

task1:	EQUAL ebp, 0
	EQUAL ebx, 0x22222222
	xor eax, eax
	str ax
	EQUAL eax, T1
	BYTE_IS [GDT+T1+5], 0x8b
	BYTE_IS [GDT+T0+5], 0x8b
	cmp word [TSS1], T0
	jne .bad
	pushfd
	pop eax
	test eax, 0x4000
	jz .bad
	mov eax, cr0
	test al, 8
	jz .bad
	EQUAL [TSS0+52], 0x11111111	; EBX of the caller
.again:	inc dword [count]
	iret
	jmp .again
.bad:	push dword check_no
	jmp wrong

task1_jumped:
	BYTE_IS [GDT+T0+5], 0x89
	BYTE_IS [GDT+T1+5], 0x8b
	pushfd
	pop eax
	and eax, 0x4000
	EQUAL eax, 0
	inc dword [count]
	jmp T0:0

handler_task:
	pop eax
	mov [error], eax
	mov eax, [TSS0+32]
	mov [where], eax
	inc dword [count]
	; The culprit loads another selector.
	mov dword [TSS0+40], FLAT
	mov dword [IDT+13*8], 0
	iret

	bits 16
task2:	mov ax, fs
	test ax, ax
	jnz .bad
	cmp bx, 0x3333
	jne .bad
	inc dword [count]
	iret
.bad:	mov al, 2
	out EXIT, al
	hlt

gdtr:	dw NTSS - 1
	dd GDT
idtr:	dw 20 * 8 - 1
	dd IDT
gdt:	dq 0
	dq 0x00409a0f0000ffff		; CODE
	dq 0x00cf92000000ffff		; FLAT
	dq 0x00009a0f0000ffff		; CODE16
	dq 0
	dq 0x0000890020000067		; T0
	dq 0x0000890021000067		; T1
	dq 0x000081002200002b		; T2
	dq 0x0000890023000066		; TINY
	dq 0x0000090023000067		; ABSENT
	dq 0x0000850000300000		; GATE
	dq 0x0000820024000007		; LDT
	dq 0x0000120000000fff		; NODATA
	dq 0x0000890022800067		; T3
	ROM_END
