; cpuwhat.asm - names the processor and its coprocessor the way that programs
; of the time find them out (Intel AP-485, section 3).  Those of Borland's and
; Microsoft's compilers ask INT 11h first; ERRORLEVEL is 1 if it knows better.
	cpu 8086
	org 100h
	mov dx, n8086
	pushf			; bits 12-15 are ones on 8086 and 80186
	pop ax
	and ax, 0fffh
	push ax
	popf
	pushf
	pop ax
	and ax, 0f000h
	cmp ax, 0f000h
	jne m286
	mov cl, 33		; the 80186 takes a count modulo 32
	mov ax, 1
	shl ax, cl
	jz fpu
	mov dx, n186
	jmp fpu
m286:	mov dx, n286		; in real mode they are zeros on the 80286
	mov ax, 7000h
	push ax
	popf
	pushf
	pop ax
	and ax, 7000h
	jz fpu
	mov dx, n386
	mov bx, 4		; AC, bit 18, is the 80486's
	call toggles
	jz fpu
	mov dx, n486
	mov bx, 20h		; ID, bit 21
	call toggles
	jz fpu
	cpu 586
	xor eax, eax
	cpuid
	mov [name], ebx
	mov [name + 4], edx
	mov [name + 8], ecx
	mov eax, 1
	cpuid
	shr ax, 8
	add al, '0'
	mov [family], al
	test edx, 1 << 23
	jz no_mmx
	mov dword [mmx], ' MMX'
	emms
no_mmx:	mov dx, name
	cpu 8086
fpu:	mov ah, 9
	int 21h
	mov word [word_of], 5a5ah
	fninit
	fnstsw [word_of]
	mov dx, no_fpu
	mov bl, 0
	cmp byte [word_of], 0
	jne last
	mov dx, has_fpu
	mov bl, 2
last:	mov ah, 9
	int 21h
	int 11h
	and al, 2		; the equipment's bit 1: a coprocessor
	cmp al, bl
	mov ax, 4c00h
	je agrees
	inc ax
agrees:	int 21h

; ZF clear: the bits BX of the upper word of EFLAGS change.
toggles:
	cpu 386
	pushfd
	pop eax
	mov ecx, eax
	ror ecx, 16
	xor cx, bx
	ror ecx, 16
	push ecx
	popfd
	pushfd
	pop ecx
	push eax
	popfd
	xor eax, ecx
	shr eax, 16
	and ax, bx
	ret
	cpu 8086

n8086:	db "8086$"
n186:	db "80186$"
n286:	db "80286$"
n386:	db "80386$"
n486:	db "80486$"
name:	db "............ family "
family:	db "?"
mmx:	db "    $"
no_fpu:	db ", no FPU", 13, 10, "$"
has_fpu: db ", FPU", 13, 10, "$"
word_of: dw 0
