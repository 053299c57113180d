; queries.asm - LAR, LSL, VERR, VERW and ARPL of every kind of descriptor, at
; privilege 0 and 3 (Intel 386 PRM, the instructions' pages).

%include "pm.inc"

G	equ FREE
ROW_0	equ 0x6a0		; the row's number
SEEN	equ 0x6a4		; bit 0 LAR, 1 LSL, 2 VERR, 3 VERW
LAR_SAYS equ 0x6a8
LSL_SAYS equ 0x6ac

	mov dword [ROW_0], 0
	mov esi, rows
next:	inc dword [ROW_0]
	mov eax, [cs:esi]
	mov [GDT+G], eax
	mov eax, [cs:esi+4]
	mov [GDT+G+4], eax
	mov ebp, [cs:esi+8]		; the selector
	mov eax, [cs:esi+12]		; the privilege
	test eax, eax
	jnz .three
	mov dword [goon], .back
	mov [home], esp
	jmp ask
.three:	GO3 ask, 0x202
.back:
	cmp dword [vector], DONE
	jne .bad
	mov eax, [cs:esi+16]
	cmp [SEEN], eax
	jne .bad
	test al, 1
	jz .lsl
	mov ebx, [cs:esi+4]
	and ebx, 0x00f0ff00		; bits 16 to 19 are undefined
	mov ecx, [LAR_SAYS]
	and ecx, 0xfff0ffff
	cmp ecx, ebx
	jne .bad
.lsl:	mov ebx, 0x5a5a5a5a		; stays when there is no answer
	test al, 2
	jz .limit
	mov ebx, [cs:esi+20]
.limit:	cmp [LSL_SAYS], ebx
	jne .bad
	add esi, 24
	cmp esi, rows_end
	jb next
	jmp arpl_test
.bad:	push dword [ROW_0]
	jmp wrong

ask:	xor edx, edx
	mov dword [LAR_SAYS], 0
	mov edi, 0x5a5a5a5a
	cmp esi, 0			; NZ
	lar eax, ebp
	jnz .lsl
	or dl, 1
	mov [LAR_SAYS], eax
	cmp esi, 0
.lsl:	lsl edi, ebp
	jnz .verr
	or dl, 2
	cmp esi, 0
.verr:	mov [LSL_SAYS], edi
	verr bp
	jnz .verw
	or dl, 4
	cmp esi, 0
.verw:	verw bp
	jnz .end
	or dl, 8
.end:	mov [SEEN], edx
	int DONE

arpl_test:
	mov ax, 0x1230
	mov bx, 3
	arpl ax, bx
	setz cl
	movzx ecx, cl
	EQUAL ecx, 1
	BITS_ARE eax, 0xffff, 0x1233
	mov bx, 2
	arpl ax, bx
	setz cl
	EQUAL ecx, 0
	BITS_ARE eax, 0xffff, 0x1233
	mov bx, 0xf0f3
	arpl ax, bx
	setz cl
	EQUAL ecx, 0
	mov word [0x700], 0x4441
	GOOD3 0x202, arpl [0x700], bx
	BITS_ARE [0x700], 0xffff, 0x4443
	; Not written when there is nothing to write: no fault either.
	DESC G, 0x0000ffff, 0x00cff000
	mov ax, G | 3
	mov fs, ax
	mov bx, 1
	arpl [fs:0x700], bx
	mov word [0x700], 0x4440
	FAULT0 13, 0, arpl [fs:0x700], bx
	xor eax, eax
	out EXIT, al
	hlt

; descriptor, selector, privilege, what answers, limit
LAR_	equ 1
LSL_	equ 2
VERR_	equ 4
VERW_	equ 8
	align 4
rows:	; null, outside, an LDT that is not there
	dd 0, 0, 0, 0, 0, 0
	dd 0, 0, 3, 0, 0, 0
	dd 0, 0, GDT_SIZE, 0, 0, 0
	dd 0, 0, G | 4, 0, 0, 0
%macro SEG 4			; access byte, RPL, privilege, answers
	dd 0x00001234, 0x00400000 | (%1) << 8, G | (%2), %3, %4, 0x1234
%endmacro
	SEG 0x92, 0, 0, LAR_ | LSL_ | VERR_ | VERW_
	SEG 0x90, 0, 0, LAR_ | LSL_ | VERR_
	SEG 0x96, 0, 0, LAR_ | LSL_ | VERR_ | VERW_
	SEG 0x9a, 0, 0, LAR_ | LSL_ | VERR_
	SEG 0x98, 0, 0, LAR_ | LSL_
	SEG 0x9e, 0, 0, LAR_ | LSL_ | VERR_
	SEG 0x9c, 0, 0, LAR_ | LSL_
	SEG 0x92, 1, 0, 0		; RPL counts
	SEG 0x9a, 3, 0, 0
	SEG 0x9e, 3, 0, LAR_ | LSL_ | VERR_
	SEG 0xb2, 1, 0, LAR_ | LSL_ | VERR_ | VERW_
	SEG 0xb2, 2, 0, 0
	SEG 0x92, 0, 3, 0		; the privilege counts
	SEG 0xd2, 0, 3, 0
	SEG 0xf2, 0, 3, LAR_ | LSL_ | VERR_ | VERW_
	SEG 0xf2, 3, 3, LAR_ | LSL_ | VERR_ | VERW_
	SEG 0xf0, 3, 3, LAR_ | LSL_ | VERR_
	SEG 0xfa, 3, 3, LAR_ | LSL_ | VERR_
	SEG 0xf8, 3, 3, LAR_ | LSL_
	SEG 0x9e, 3, 3, LAR_ | LSL_ | VERR_
	SEG 0x9c, 3, 3, LAR_ | LSL_
	; pages, and the whole of 4 GiB
	dd 0x00005678, 0x00819200, G, 0, LAR_ | LSL_ | VERR_ | VERW_, 0x15678fff
	dd 0x0000ffff, 0x00df9200, G, 0, LAR_ | LSL_ | VERR_ | VERW_, 0xffffffff
	; systems' types
%assign type 0
%rep 16
%assign answers 0
%if type == 1 || type == 2 || type == 3 || type == 9 || type == 11
%assign answers LAR_ | LSL_
%elif type == 4 || type == 5 || type == 12
%assign answers LAR_
%endif
	SEG 0x80 | type, 0, 0, answers
	SEG 0xe0 | type, 3, 3, answers
	SEG 0x80 | type, 0, 3, 0
%assign type type + 1
%endrep
rows_end:
	PM_END
