; vbe_calls.asm - code of VESA's BIOS that programs call themselves: the window's far call, and
; the interface for protected mode, which is copied and called in a segment of 16 bits, in
; real mode, and of 32 bits, in protected mode.  Prints "right", or at which step it was wrong.
	org 100h
	cpu 386
	cld
	mov byte [step], 'A'		; there is the interface
	mov ax, 4f0ah
	xor bx, bx
	int 10h
	cmp ax, 4fh
	jne bad
	cmp cx, 400
	ja bad
	mov [size], cx
	push ds
	push es
	pop ds
	mov si, di
	push cs
	pop es
	mov di, copy
	rep movsb
	pop ds
	mov byte [step], 'B'		; mode 101h
	mov ax, 4f02h
	mov bx, 101h
	int 10h
	cmp ax, 4fh
	jne bad
	mov cx, 101h
	mov di, mi
	mov ax, 4f01h
	int 10h
	mov byte [step], 'C'		; the window, far
	mov bx, 0
	mov dx, 5
	mov ax, 1234h
	call far [mi + 0ch]
	call where
	cmp dx, 5
	jne bad
	mov bx, 100h
	mov dx, 0eeeeh
	call far [mi + 0ch]
	cmp dx, 5
	jne bad
	mov byte [step], 'D'		; in 16 bits
	mov ax, copy
	add ax, [copy]
	mov [entry], ax
	mov ax, 4f05h
	xor bx, bx
	mov dx, 7
	call [entry]
	cmp ax, 4fh
	jne bad
	call where
	cmp dx, 7
	jne bad
	mov ax, 4f05h
	mov bx, 100h
	xor dx, dx
	call [entry]
	cmp dx, 7
	jne bad
	mov byte [step], 'E'		; the start: pixel 6 * 640 + 8
	mov ax, copy
	add ax, [copy + 2]
	mov [entry], ax
	mov ax, 4f07h
	mov bx, 80h
	xor dx, dx
	mov cx, (6 * 640 + 8) / 4
	call [entry]
	cmp ax, 4fh
	jne bad
	mov ax, 4f07h
	mov bx, 1
	int 10h
	cmp cx, 8
	jne bad
	cmp dx, 6
	jne bad
	mov byte [step], 'F'		; two colours
	mov ax, copy
	add ax, [copy + 4]
	mov [entry], ax
	mov ax, 4f09h
	mov bx, 80h
	mov cx, 2
	mov dx, 100
	mov di, colors
	call [entry]
	cmp ax, 4fh
	jne bad
	cmp cx, 2
	jne bad
	call palette
	jne bad
	mov byte [step], 'G'		; there is no second one
	mov ax, 4f09h
	mov bx, 2
	call [entry]
	cmp ax, 24fh
	jne bad
	mov byte [step], 'H'		; ports
	mov si, copy
	add si, [copy + 6]
	lodsw
	cmp ax, 3c8h
	jne bad
	mov byte [step], 'I'		; in 32 bits
	call protected
	mov ax, 4f05h
	mov bx, 100h
	int 10h
	cmp dx, 21
	jne bad
	mov byte [step], 'J'
	mov ax, 4f07h
	mov bx, 1
	int 10h
	cmp cx, 16
	jne bad
	cmp dx, 410			; needs the upper word
	jne bad
	mov byte [step], 'K'
	call palette
	jne bad
	mov ax, 3
	int 10h
	mov dx, right
	mov ah, 9
	int 21h
	mov ax, 4c00h
	int 21h
bad:	mov ax, 3
	int 10h
	mov dx, wrong
	mov ah, 9
	int 21h
	mov ax, 4c01h
	int 21h

; DX: the window's bank
where:	mov ax, 4f05h
	mov bx, 100h
	int 10h
	ret

; Are colours 100 and 101 those of the table?
palette:
	push cs
	pop es
	mov ax, 4f09h
	mov bx, 1
	mov cx, 2
	mov dx, 100
	mov di, seen
	int 10h
	mov si, colors
	mov cx, 4
	repe cmpsw
	ret

protected:
	xor eax, eax
	mov ax, cs
	shl eax, 4
	mov [gdt + 8 + 2], eax
	mov byte [gdt + 8 + 5], 9ah
	mov [gdt + 16 + 2], eax
	mov byte [gdt + 16 + 5], 92h
	mov [gdt + 24 + 2], eax
	mov byte [gdt + 24 + 5], 9ah
	add eax, gdt
	mov [gdtr + 2], eax
	xor dword [colors], 003f3f3fh
	mov [real_ss], ss
	mov [real_sp], sp
	mov [back + 3], cs
	cli
	lgdt [gdtr]
	mov eax, cr0
	or al, 1
	mov cr0, eax
	jmp dword 8:in_32
	bits 32
in_32:	mov ax, 16
	mov ds, ax
	mov es, ax
	mov ss, ax
	movzx esp, sp
	movzx edi, word [copy]
	lea edi, [edi + copy]
	mov eax, 12344f05h
	mov ebx, 0abcd0000h
	mov edx, 55550000h + 21
	call edi
	cmp ax, 4fh
	jne .out
	movzx edi, word [copy + 2]
	lea edi, [edi + copy]
	mov ax, 4f07h
	xor ebx, ebx
	mov ecx, 77770000h + ((410 * 640 + 16) / 4 & 0ffffh)
	mov edx, (410 * 640 + 16) / 4 >> 16
	call edi
	movzx eax, word [copy + 4]
	lea eax, [eax + copy]
	mov ebx, 0
	mov ecx, 2
	mov edx, 100
	mov edi, colors
	call eax
.out:	jmp 24:out_16
	bits 16
out_16:	mov eax, cr0
	and al, 0feh
	mov cr0, eax
back:	jmp 0:in_real
in_real:
	mov ax, cs
	mov ds, ax
	mov es, ax
	mov ss, [real_ss]
	movzx esp, word [real_sp]
	sti
	ret

right:	db 'right', 13, 10, '$'
wrong:	db 'wrong at '
step:	db '?', 13, 10, '$'
	align 4
colors:	db 1, 2, 3, 0, 61, 62, 63, 0
gdt:	dq 0
	dq 004f9a000000ffffh		; code of 32 bits
	dq 00cf92000000ffffh		; data
	dq 00009a000000ffffh		; code of 16 bits
gdtr:	dw 31
	dd 0
size	equ $
entry	equ size + 2
real_ss	equ entry + 2
real_sp	equ real_ss + 2
seen	equ real_sp + 2
copy	equ seen + 8
mi	equ copy + 400
