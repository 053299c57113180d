; v86.asm - virtual-8086 mode (Intel 386 PRM chapter 15): how it is entered
; and left, and what it forbids.

%include "pm.inc"

TASK2	equ FREE		; a task in V86 mode
TSS2	equ 0x20000
IOPL3	equ 0x3000
RF	equ 0x10000
LIFT	equ 0x2100		; --test-device: an interrupt of this vector

	; In by IRET, out by an exception: nine dwords, and null selectors.
	mov esp, TOP
	mov eax, 0x12345678
	FAULT86 0x40d5, 6, 0, ud2
	EQUAL eax, 0x12345678
	EQUAL [frame], STACK0 - 40
	mov edx, [where]
	EQUAL [STACK0-36], edx
	EQUAL [STACK0-32], 0xf000
	BITS_ARE [STACK0-28], 0xfffff, 0x340d7 | RF
	EQUAL [STACK0-24], V_SP
	EQUAL [STACK0-20], V_SS
	EQUAL [STACK0-16], V_ES
	EQUAL [STACK0-12], V_DS
	EQUAL [STACK0-8], V_FS
	EQUAL [STACK0-4], V_GS
	EQUAL [in_ds], 0
	EQUAL [in_es], 0
	EQUAL [in_fs], 0
	EQUAL [in_gs], 0
	BITS_ARE [in_fl], 0x34300, 0		; VM, RF, NT, TF and IF

	; A trap gate leaves IF as it is, and an interrupt gate clears it.
	GOOD86 IOPL3 | 0x200, nop
	BITS_ARE [in_fl], 0x200, 0
	BITS_ARE [flags], 0x23200, 0x23200
	mov byte [IDT+8*3+5], 0xef
	GOOD86 IOPL3 | 0x200, nop
	BITS_ARE [in_fl], 0x23200, 0x3200
	mov byte [IDT+8*3+5], 0xee
	cli

	; INT n with IOPL 3: by the gate, whose DPL counts.
	GO86 .int, IOPL3
	jmp .int_seen
	bits 16
.int:	int DONE
	bits 32
.int_seen:
	EQUAL [vector], DONE
	EQUAL [where], .int + 2
	EQUAL [frame], STACK0 - 40
	FAULT86 IOPL3, 13, 0x31 * 8 + 2, int 0x31
	; With less: #GP(0).
	FAULT86 0, 13, 0, int DONE
	FAULT86 0x2000, 13, 0, int 0x31

	; INT3 and INTO do not ask for IOPL.
	mov byte [IDT+8*4+5], 0xee
	GO86 .into, 0x800
	jmp .into_seen
	bits 16
.into:	into
	bits 32
.into_seen:
	EQUAL [vector], 4
	EQUAL [where], .into + 1
	mov byte [IDT+8*4+5], 0x8e
	FAULT86 0x800, 13, 4 * 8 + 2, into
	GOOD86 0, into
	mov byte [IDT+8*3+5], 0x8e
	FAULT86 0, 13, 3 * 8 + 2, int3
	mov byte [IDT+8*3+5], 0xee

	; A handler at another level than 0, or conforming code, will not do.
	DESC FREE+8, 0x0000ffff, 0x0040ba0f	; CODE of privilege 1
	DESC FREE+16, 0x0000ffff, 0x00409e0f	; conforming
	mov byte [IDT+8*DONE+2], (FREE+8) | 1
	FAULT86 IOPL3, 13, FREE+8, int DONE
	mov byte [IDT+8*DONE+2], FREE+16
	FAULT86 IOPL3, 13, FREE+16, int DONE
	mov byte [IDT+8*DONE+2], CODE

	; What depends on IOPL.
%assign level 0
%rep 3
	FAULT86 level << 12, 13, 0, cli
	FAULT86 level << 12, 13, 0, sti
	FAULT86 level << 12, 13, 0, pushf
	FAULT86 level << 12, 13, 0, popf
	FAULT86 level << 12, 13, 0, iret
	FAULT86 level << 12, 13, 0, o32 pushf
	FAULT86 level << 12, 13, 0, o32 popf
	FAULT86 level << 12, 13, 0, o32 iret
%assign level level + 1
%endrep
	EQUAL [STACK0-24], V_SP
	GOOD86 IOPL3 | 0x200, cli
	BITS_ARE [flags], 0x200, 0
	GOOD86 IOPL3, sti
	BITS_ARE [flags], 0x200, 0x200
	; PUSHF shows IOPL 3, PUSHFD neither VM nor RF; POPF may change IF, but
	; not IOPL; POPFD not VM.
	GOOD86 IOPL3 | 0x200 | RF, pushf
	BITS_ARE [V_SS*16+V_SP-2], 0xffff, 0x3202
	GOOD86 IOPL3, o32 pushf
	EQUAL [V_SS*16+V_SP-4], 0x3002
	GO86 .popf, IOPL3
	jmp .popf_seen
	bits 16
.popf:	push word 0x4ed5
	popf
	int3
	bits 32
.popf_seen:
	BITS_ARE [flags], 0x3ffff, 0x27ed7
	GO86 .popfd, IOPL3
	jmp .popfd_seen
	bits 16
.popfd:	push dword 0x10202
	o32 popf
	int3
	bits 32
.popfd_seen:
	BITS_ARE [flags], 0x3ffff, 0x23202
	EQUAL [STACK0-24], V_SP

	; IRET within the mode, 16 and 32 bits.
	GO86 .iret, IOPL3
	jmp .iret_seen
	bits 16
.iret:	push word 0x0ad5
	push word 0xf100
	push word .there - 0x1000
	iret
.there:	int3
	bits 32
.iret_seen:
	EQUAL [vector], 3
	EQUAL [where], .there + 1 - 0x1000
	EQUAL [cs_was], 0xf100
	BITS_ARE [flags], 0x3ffff, 0x23ad7
	GO86 .iretd, IOPL3
	jmp .iretd_seen
	bits 16
.iretd:	push dword 0x200
	push dword 0xf100
	push dword .there2 - 0x1000
	o32 iret
.there2: int3
	bits 32
.iretd_seen:
	EQUAL [vector], 3
	EQUAL [cs_was], 0xf100
	BITS_ARE [flags], 0x3ffff, 0x23202

	; What is privileged, whatever IOPL.
	FAULT86 IOPL3, 13, 0, hlt
	FAULT86 IOPL3, 13, 0, clts
	FAULT86 IOPL3, 13, 0, lmsw ax
	FAULT86 IOPL3, 13, 0, lgdt [0x700]
	FAULT86 IOPL3, 13, 0, lidt [0x700]
	FAULT86 IOPL3, 13, 0, mov eax, cr0
	FAULT86 IOPL3, 13, 0, mov cr0, eax
	FAULT86 IOPL3, 13, 0, mov eax, cr3
	FAULT86 IOPL3, 13, 0, mov dr7, eax
	FAULT86 IOPL3, 13, 0, mov eax, dr6
%if MODEL >= 4
	FAULT86 IOPL3, 13, 0, invd
	FAULT86 IOPL3, 13, 0, wbinvd
	FAULT86 IOPL3, 13, 0, invlpg [bx]
%endif
%if MODEL >= 5
	FAULT86 IOPL3, 13, 0, rdmsr
	FAULT86 IOPL3, 13, 0, wrmsr
	FAULT86 IOPL3, 13, 0, mov eax, cr4
%endif
	GOOD86 0, smsw ax
	GOOD86 0, sgdt [0x700]
	GOOD86 0, sidt [0x706]
	; And what the mode does not know.
	FAULT86 0, 6, 0, lar ax, bx
	FAULT86 0, 6, 0, lsl ax, bx
	FAULT86 0, 6, 0, verr ax
	FAULT86 0, 6, 0, verw ax
	FAULT86 0, 6, 0, arpl ax, bx
	FAULT86 0, 6, 0, sldt ax
	FAULT86 0, 6, 0, str ax
	FAULT86 IOPL3, 6, 0, lldt ax
	FAULT86 IOPL3, 6, 0, ltr ax
	FAULT86 IOPL3, 6, 0, lar ax, [0xffff]

	; Segments: base 16 times the selector, 64 KiB.
	mov ebx, 0xffff
	GOOD86 0, mov al, [bx]
	FAULT86 0, 13, 0, mov ax, [bx]
	FAULT86 0, 13, 0, mov [bx], ax
	mov ebp, 0xffff
	FAULT86 0, 12, 0, mov ax, [bp]
	mov ebx, 0xfffd
	FAULT86 0, 13, 0, mov eax, [bx]
	mov ebx, 0x10000
	FAULT86 0, 13, 0, mov al, [ebx]
	FAULT86 0, 13, 0, mov al, [es:ebx]
	FAULT86 0, 12, 0, mov al, [ss:ebx]
	mov dword [0x10ffec], 0x55667788
	mov ebx, 0xfffc
	GO86 .high, 0
	jmp .high_seen
	bits 16
.high:	mov ax, 0xffff
	mov ds, ax
	mov ecx, [ebx]
	mov ax, 0x5566
	mov es, ax
	lss sp, [cs:.far]
	mov dx, ss
	push dword 0x01020304
	pop esi
	int3
.far:	dw 0x4000, 0x0500
	bits 32
.high_seen:
	EQUAL ecx, 0x55667788
	EQUAL [STACK0-12], 0xffff
	EQUAL [STACK0-16], 0x5566
	EQUAL [STACK0-20], 0x0500
	EQUAL [STACK0-24], 0x4000
	EQUAL [0x8ffc], 0x01020304
	EQUAL esi, 0x01020304
	; Beyond the end of the code.
	FAULT86 0, 13, 0, jmp dword 0x10000
	mov byte [0x1fff], 0
	GO86 .end, 0
	jmp .end_seen
	bits 16
.end:	mov word [ss:0xfffe], 0xb890	; NOP, MOV AX,imm16
	jmp V_SS:0xfffe
	bits 32
.end_seen:
	EQUAL [vector], 13
	EQUAL [error], 0
	EQUAL [where], 0xffff
	EQUAL [cs_was], V_SS
	; A frame that leads nowhere: raised before the mode is entered.
	mov dword [vector], -1
	mov dword [goon], .entry_seen
	mov [home], esp
	jmp .bad_entry
.entry_seen:
	EQUAL [vector], 13
	EQUAL [error], 0
	EQUAL [where], .bad_iret
	EQUAL [cs_was], CODE
	BITS_ARE [flags], 0x20000, 0

	; An interrupt request, between two instructions of a program.
	cli
	mov byte [IDT+8*0x50+5], 0x8e
	mov edx, LIFT
	mov al, 0x50
	out dx, al
	GO86 .loop, IOPL3 | 0x200
	jmp .irq_seen
	bits 16
.loop:	jmp .loop
	bits 32
.irq_seen:
	EQUAL [vector], 0x50
	EQUAL [where], .loop
	EQUAL [frame], STACK0 - 40
	EQUAL [in_fs], 0

	; By a task switch, and back; the outgoing TSS keeps selectors and VM.
	mov edi, TSS2
	xor eax, eax
	mov ecx, 26
	rep stosd
	DESC TASK2, 0x00000067, 0x00008902
	mov dword [TSS2+4], 0x6400
	mov dword [TSS2+8], FLAT
	mov dword [TSS2+32], .task
	mov dword [TSS2+36], 0x23000
	mov dword [TSS2+56], V_SP
	mov dword [TSS2+76], 0xf000
	mov dword [TSS2+80], V_SS
	mov dword [TSS2+84], V_DS
	mov dword [TSS2+88], 0x1234
	mov dword [TSS2+72], V_ES
	DESC FREE+24, TASK << 16, 0x0000e500	; a task gate for INT 55h
	mov dword [IDT+8*0x55], TASK << 16
	mov dword [IDT+8*0x55+4], 0x0000e500
	mov dword [vector], -1
	jmp TASK2:0
	EQUAL [vector], -1
	pushfd
	pop eax
	BITS_ARE eax, 0x24000, 0x4000		; the gate has nested it
	EQUAL [TSS], TASK2
	EQUAL [TSS2+32], .task_out
	BITS_ARE [TSS2+36], 0x23000, 0x23000
	EQUAL [TSS2+88], 0x1234
	EQUAL [TSS2+76], 0xf000
	EQUAL [TSS2+40], 0x9abc
	jmp .done

	bits 16
.task:	mov ax, fs
	cmp ax, 0x1234
	jne .lost
	mov eax, 0x9abc
	int 0x55
.task_out:
.lost:	int3

	bits 32
.bad_entry:
	push dword 0
	push dword 0
	push dword 0
	push dword 0
	push dword V_SS
	push dword V_SP
	push dword 0x20000
	push dword 0xf000
	push dword 0x10000
.bad_iret:
	iret
.done:
	PM_END
