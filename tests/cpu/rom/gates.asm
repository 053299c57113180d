; gates.asm - what goes through gates when nothing is wrong: stacks, copied
; parameters, flags, error codes, and what is done about an event that cannot
; be delivered (Intel 386 PRM chapters 6, 7 and 9).

%include "pm.inc"

G32	equ FREE		; call gates to privilege 0
G16	equ FREE + 8
TO1	equ FREE + 16		; to privilege 1
CODE1	equ FREE + 24
DATA1	equ FREE + 32
CONF	equ FREE + 40		; conforming code of privilege 0
GCONF	equ FREE + 48		; a call gate to it
DATA2	equ FREE + 56		; data of privilege 2
TASK2	equ FREE + 64
TASK16	equ FREE + 72
LOW16	equ FREE + 80		; 16-bit code at F0000h
LOW16_3	equ FREE + 88
STACK16	equ FREE + 96		; a 16-bit stack
STACK16_3 equ FREE + 104
TSS2	equ 0x20000
TSS16	equ 0x20200
NEW_SP	equ 0x6400
IF	equ 0x200
NT	equ 0x4000
RF	equ 0x10000

	DESC G32, (CODE << 16) + inner, 0x0000ec03
	DESC G16, (LOW16 << 16) + inner16, 0x0000e403
	DESC CODE1, 0x0000ffff, 0x0040ba0f
	DESC DATA1, 0x0000ffff, 0x00cfb200
	DESC TO1, (CODE1 << 16) + inner1, 0x0000ec00
	DESC CONF, 0x0000ffff, 0x00409e0f
	DESC GCONF, (CONF << 16) + conforming, 0x0000ec1f
	DESC DATA2, 0x0000ffff, 0x00cfd200
	DESC LOW16, 0x0000ffff, 0x00009a0f
	DESC LOW16_3, 0x0000ffff, 0x0000fa0f
	DESC STACK16, 0x0000ffff, 0x00009200
	mov dword [TSS+12], STACK1
	mov dword [TSS+16], DATA1 | 1

	; A 32-bit gate: parameters in the order they had, then the way back;
	; RETF 12 drops them from both stacks.
	GO3 .call32, 0x202
	jmp .called32
.call32: push dword 0x33333333
	push dword 0x22222222
	push dword 0x11111111
	call G32:0x12345678
.back32: mov ecx, ds			; of privilege 0: gone
	mov edx, fs			; of 2
	mov esi, gs			; of 3: kept
	mov edi, es
	push dword FLAT3
	pop ds
	int DONE
.called32:
	EQUAL [vector], DONE
	EQUAL [cs_was], CODE3
	EQUAL [STACK0-4], FLAT3
	EQUAL [STACK0-8], STACK3		; ESP: all parameters dropped
	EQUAL eax, STACK0 - 7 * 4
	EQUAL ebx, CODE | FLAT << 16
	EQUAL ecx, 0
	EQUAL edx, 0
	EQUAL esi, FLAT3
	EQUAL edi, FLAT3
	EQUAL [copies], FLAT3
	EQUAL [copies+4], STACK3 - 12
	EQUAL [copies+8], 0x33333333
	EQUAL [copies+12], 0x22222222
	EQUAL [copies+16], 0x11111111
	EQUAL [copies+20], CODE3
	EQUAL [copies+24], .back32

	; A 16-bit gate: words.
	GO3 .call16, 0x202
	jmp .called16
.call16: push word 0x3333
	push word 0x2222
	push word 0x1111
	call G16:0
	nop
.called16:
	EQUAL [vector], DONE
	EQUAL [copies], FLAT3 << 16 | (STACK3 - 6)	; SS, SP
	EQUAL [copies-4], 0x33332222
	EQUAL [copies-8], 0x1111 << 16 | CODE3
	mov eax, .called16 - 1
	cmp [copies-12+2], ax
	setne al
	movzx eax, al
	EQUAL eax, 0
	EQUAL ebx, LOW16

	; To privilege 1, whose stack is another one.
	GO3 .call1, 0x202
	jmp .called1
.call1:	call TO1:0
	int DONE
.called1:
	EQUAL [vector], DONE
	EQUAL [cs_was], CODE3
	EQUAL ebx, CODE1 | 1
	EQUAL ecx, DATA1 | 1
	EQUAL edx, STACK1 - 16

	; Conforming code: by CALL, by JMP, by gates, the privilege stays, so do
	; the stack and the parameters.
	GO3 .conf, 0x202
	jmp .conf_done
.conf:	mov ebp, esp
	call CONF:conforming
	cmp esp, ebp
	jne .conf_bad
	call GCONF:0
	cmp esp, ebp
	jne .conf_bad
	int DONE
.conf_bad: ud2
.conf_done:
	EQUAL [vector], DONE
	EQUAL ebx, CONF | 3
	EQUAL ecx, FLAT3
	EQUAL edx, STACK3 - 8
	FAULT3 0x202, 13, 0, call far [cs:.far0]
	jmp .far1
.far0:	dd 0
	dw 0
.far1:
	; JMP through a gate at one's own level.
	mov dword [goon], .jumped
	mov [home], esp
	DESC GCONF, (CODE << 16) + .landed, 0x00008c00
	jmp GCONF:0
.landed: int DONE
.jumped: EQUAL [where], .landed + 2

	; ---- interrupt gates and trap gates, 16 and 32 bits ----

	; What is pushed is the old flags; NT, TF and, by an interrupt gate, IF
	; are clear in the handler.
	GATE 0x50, .nothing, 0x8e
	GATE 0x51, .nothing, 0x8f
	jmp .flags
.nothing:
	pushf
	pop dword [handler_flags]
	mov eax, [esp+8]
	mov [image], eax
	iret
.flags:	push dword 0x46d7			; NT, DF, IF, arithmetic
	popf
	int 0x50
	pushf
	pop eax
	push dword 2
	popf
	BITS_ARE [handler_flags], 0x4700, 0x0400
	BITS_ARE [image], 0x3ffff, 0x46d7
	BITS_ARE eax, 0x3ffff, 0x46d7
	push dword 0x4602
	popf
	int 0x51
	push dword 2
	popf
	BITS_ARE [handler_flags], 0x4700, 0x0600
	BITS_ARE [image], 0x3ffff, 0x4602
	; A fault has RF in its image, INT n has not, nor has a trap.
	FAULT0 6, 0, ud2
	BITS_ARE [flags], RF, RF
	FAULT3 0x202, 13, 0, hlt
	BITS_ARE [flags], RF, RF
	GOOD3 0x202, nop
	BITS_ARE [flags], RF, 0
	; TF: a trap behind the instruction; the handler runs without it.
	GO3 .tf, 0x302
	jmp .tf_seen
.tf:	nop
.tf_at:	nop
.tf_seen:
	EQUAL [vector], 1
	EQUAL [where], .tf_at
	BITS_ARE [flags], 0x10300, 0x300
	BITS_ARE [in_fl], 0x300, 0
	; Frames of 16-bit gates: words, the error code too.
	mov dword [IDT+8*0x50], (LOW16 << 16) + .word_gate
	mov dword [IDT+8*0x50+4], 0xe600
	GO3 .words, 0x202
	jmp .words_done
.words:	int 0x50
.words_end:
	bits 16
.word_gate:
	mov eax, esp
	mov ecx, [ss:esp]
	mov edx, [ss:esp+4]
	mov ebp, [ss:esp+8]
	int DONE
	bits 32
.words_done:
	EQUAL eax, STACK0 - 10
	sub ecx, .words_end
	EQUAL ecx, CODE3 << 16
	BITS_ARE edx, 0xffff0fff, STACK3 << 16 | 0x202
	BITS_ARE ebp, 0xffff, FLAT3
	mov dword [IDT+8*13], (LOW16 << 16) + .word_gate
	mov dword [IDT+8*13+4], 0x8600
	GO3 .sel, 0x202
	jmp .sel_done
.sel:	mov eax, TASK
	mov fs, ax
.sel_done:
	EQUAL eax, STACK0 - 12
	BITS_ARE ecx, 0xffff, TASK
	GATE 13, stub13, 0x8e

	; A 16-bit stack of privilege 0: the TSS gives SP, ESP's upper half is the
	; caller's, and so it is again after IRET.
	mov dword [TSS+4], 0xabcd0000 | NEW_SP
	mov word [TSS+8], STACK16
	DESC STACK16_3, 0x0000ffff, 0x0000f200
	GATE 0x50, .narrow, 0xee
	GO3 .low, 0x202
	jmp .low_done
.low:	mov ax, STACK16_3 | 3
	mov ss, ax
	mov esp, 0x56780000 | STACK3
	int 0x50
	mov edx, esp
	mov ax, FLAT3
	mov ss, ax
	mov esp, STACK3
	int DONE
.narrow: mov ebx, esp
	movzx ecx, sp
	mov ecx, [ecx+12]
	iret
.low_done:
	mov dword [TSS+4], STACK0
	mov word [TSS+8], FLAT
	EQUAL ebx, 0x56780000 | NEW_SP - 20
	EQUAL ecx, 0x56780000 | STACK3
	EQUAL edx, 0x56780000 | STACK3

	; ---- task gates ----

	call new_task
	TASK_GATE 13, TASK2
	push dword 0x602
	popf
.culprit: mov ax, 0x1234
	mov gs, ax
	nop
	cld
	cli
	EQUAL [error], 0x1234			; on the new task's stack, a dword
	EQUAL [frame], NEW_SP - 4
	EQUAL [in_tr], TASK2
	EQUAL [TSS2], TASK
	EQUAL [TSS+32], .culprit + 6		; the handler has skipped it
	BITS_ARE [TSS+36], 0x10602, 0x10602	; RF too
	BITS_ARE [in_fl], 0x4600, 0x4000
	; One without an error code, by a TSS of the 286.
	TSS_286 TSS16, handler16, NEW_SP, LOW16, STACK16, FLAT
	DESC TASK16, (TSS16 & 0xffff) << 16 | 0x2b, 0x00008100 | TSS16 >> 16
	TASK_GATE 13, TASK16
	mov dword [error], 0
.again:	mov ax, 0x4320
	mov gs, ax
	EQUAL [error], 0x4320			; a word
	EQUAL [frame], NEW_SP - 2
	mov ax, FLAT3
	mov gs, ax
	GATE 13, stub13, 0x8e

	; ---- what cannot be delivered ----

	; A contributory one in the delivery of a contributory one is a double
	; fault, with error code 0.
	mov byte [IDT+8*13+5], 0x0e
	FAULT3 0x202, 8, 0, hlt
	FAULT0 8, 0, mov gs, [cs:.beyond]
	jmp .df
.beyond: dw 0x1234
.df:	mov byte [IDT+8*0+5], 0x0e
	xor edx, edx
	xor ecx, ecx
	FAULT0 8, 0, div ecx
	mov byte [IDT+8*0+5], 0x8e
	; A benign one is replaced by what came of it, which is external.
	mov byte [IDT+8*13+5], 0x8e
	mov byte [IDT+8*6+5], 0x0e
	FAULT0 11, 6 * 8 + 3, ud2
	mov byte [IDT+8*6+5], 0x8e
	; INT n is none of either, nor external.
	mov byte [IDT+8*0x50+5], 0x0e
	FAULT0 11, 0x50 * 8 + 2, int 0x50
	mov byte [IDT+8*13+5], 0x0e
	mov byte [IDT+8*0x50+5], 0x80
	FAULT0 8, 0, int 0x50			; #GP, and then #NP
	mov byte [IDT+8*13+5], 0x8e
	mov byte [IDT+8*0x50+5], 0x8e
	; A table that ends within the gate.
	lidt [cs:.short_idt]
	FAULT0 13, 0x50 * 8 + 2, int 0x50
	FAULT0 13, 0xff * 8 + 2, int 0xff
	lidt [cs:.whole_idt]
	; A TSS that ends within the stack's selector, of privilege 1.
	mov word [GDT+TASK], 0x10
	mov byte [GDT+TASK+5], 0x89
	mov ax, TASK
	ltr ax
	FAULT3 0x202, 10, TASK, call TO1:0
	mov word [GDT+TASK], 0x11
	mov byte [GDT+TASK+5], 0x89
	ltr ax
	GOOD3 0x202, call TO1:0
	PASS
.short_idt: dw 0x50 * 8 + 6
	dd IDT
.whole_idt: dw 256 * 8 - 1
	dd IDT

copies	equ 0x700
handler_flags equ 0x740
image	equ 0x744

; CALL32's end: registers show what it has found.
inner:	mov eax, esp
	push ds
	mov ebx, cs
	mov ecx, ss
	shl ecx, 16
	or ebx, ecx
	mov ecx, [esp+4]
	mov [copies+24], ecx
	mov ecx, [esp+8]
	mov [copies+20], ecx
	mov ecx, [esp+12]
	mov [copies+16], ecx
	mov ecx, [esp+16]
	mov [copies+12], ecx
	mov ecx, [esp+20]
	mov [copies+8], ecx
	mov ecx, [esp+24]
	mov [copies+4], ecx
	mov ecx, [esp+28]
	mov [copies], ecx
	pop ecx
	mov dx, FLAT
	mov ds, dx
	mov dx, DATA2
	mov fs, dx
	mov dx, FLAT3
	mov gs, dx
	retf 12

	bits 16
inner16: mov ecx, [ss:STACK0-4]
	mov [copies], ecx
	mov ecx, [ss:STACK0-8]
	mov [copies-4], ecx
	mov ecx, [ss:STACK0-12]
	mov [copies-8], ecx
	mov ecx, [ss:STACK0-16]
	mov [copies-12], ecx
	xor ebx, ebx
	mov bx, cs
	int DONE
	bits 32

inner1:	mov ebx, cs
	mov ecx, ss
	mov edx, esp
	retf

conforming:
	mov ebx, cs
	mov ecx, ss
	mov edx, esp
	retf

; A task that notes its error code.
new_task:
	NEW_TSS TSS2, handler, NEW_SP
	DESC TASK2, 0x00000067, 0x00008902
	ret
handler: mov [frame], esp
	pushf
	pop dword [in_fl]
	pop dword [error]
	str [in_tr]
	mov dword [TSS+92], FLAT3		; what the culprit loads
	add dword [TSS+32], 2
	iret

	bits 16
handler16:
	mov [frame], sp
	pop word [error]
	add dword [dword TSS+32], 2
	iret
	bits 32
	PM_END
