; limits.asm - what real mode raises at the ends of segments (80286 and
; later), with 66h and 67h where the processor has them, and in segments whose
; limit protected mode has set.

%include "rom.inc"

%if MODEL == 2
SSV	equ 13			; the 80286 has no #SS in real mode
%else
SSV	equ 12
	cpu 386
%endif

	mov bx, 0xffff
	NOFAULT mov al, [bx]
	FAULT 13, mov ax, [bx]
	FAULT 13, mov [bx], ax
	FAULT 13, add [bx], ax
	FAULT 13, xchg ax, [bx]
	FAULT 13, push word [bx]
	FAULT 13, not word [bx]
	mov bp, 0xffff
	NOFAULT mov al, [bp]
	FAULT SSV, mov ax, [bp]
	FAULT SSV, inc word [bp]
	FAULT 13, mov ax, [ds:bp]
	mov si, 0xffff
	mov di, 0xffff
	FAULT 13, lodsw
	mov si, 0xffff			; which the 80286 has moved
	FAULT 13, stosw
	mov di, 0xffff
	FAULT 13, cmpsw
%if MODEL >= 3
	cmp si, 0xffff
	CHECK e
	cmp di, 0xffff
	CHECK e
%endif
	mov di, 0xffff
	NOFAULT scasb			; and DI wraps
	test di, di
	CHECK z
%if MODEL >= 3
	mov cx, 5			; two words are good, then it faults
	mov di, 0xfffb
	FAULT 13, rep stosw
	cmp cx, 3
	CHECK e
	cmp di, 0xffff
	CHECK e
%endif

	; Code that runs over the end.
	mov ax, 0x2000
	mov es, ax
	mov word [es:0xfffe], 0xb890	; NOP, MOV AX,imm16
	mov word [ss:seen], -1
	mov word [ss:resume], .over
	jmp 0x2000:0xfffe
.over:	cmp word [ss:seen], 13
	CHECK e
	cmp word [ss:seen_ip], 0xffff
	CHECK e
	cmp word [ss:seen_cs], 0x2000
	CHECK e

	; An interrupt table too short for the vector, and for that of the fault.
	lidt [cs:short_idt]
	FAULT 8, int 0x21
	lidt [cs:whole_idt]
	mov word [ss:0x410], 0
	NOFAULT mov ax, ax

%if MODEL >= 3
	mov ebx, 0x10000
	FAULT 13, mov al, [ebx]
	FAULT 13, mov [ebx], al
	FAULT 13, mov ax, [ebx-1]
	NOFAULT mov al, [ebx-1]
	FAULT 13, mov eax, [ebx-3]
	NOFAULT mov eax, [ebx-4]
	FAULT 13, mov al, [ebx-0x20000]
	FAULT 13, lock bts dword [ebx-3], 1
	mov bx, 0xfffd
	FAULT 13, mov eax, [bx]
	FAULT 13, add [bx], eax
	FAULT 13, lgdt [bx]
	mov ebp, 0x10000
	FAULT 12, mov al, [ebp]
	FAULT 13, mov al, [ds:ebp]
	FAULT 12, push dword [ebp-2]
	mov esi, 0x10000
	mov edi, 0xfffe
	mov ecx, 4
	FAULT 13, a32 lodsb
	cmp esi, 0x10000
	CHECK e
	mov ax, ds
	mov es, ax
	FAULT 13, a32 rep stosb
	cmp ecx, 2
	CHECK e
	cmp edi, 0x10000
	CHECK e
	xor ebp, ebp

	; Where EIP may go.
	FAULT 13, jmp dword 0x10000
	FAULT 13, call dword 0x12345
	mov eax, 0x10000
	FAULT 13, jmp eax
	FAULT 13, call eax
	push dword 0x1fff0
	FAULT 13, o32 ret
	add sp, 4
	push dword 0xf000
	push dword 0x10000
	FAULT 13, o32 retf
	add sp, 8
	pushfd
	push dword 0xf000
	push dword 0x10000
	FAULT 13, o32 iret
	add sp, 12
	FAULT 13, jmp dword 0xf000:0x10000
	mov dword [0x1000], 0x10000
	mov word [0x1004], 0xf000
	FAULT 13, jmp dword far [0x1000]
	FAULT 13, call dword far [0x1000]

	; Limits that protected mode has left behind.
	lgdt [cs:gdtr]
	mov eax, cr0
	or al, 1
	mov cr0, eax
	jmp short .protected
.protected:
	mov bx, 8			; 4 GiB
	mov fs, bx
	mov bx, 16			; 1000h bytes
	mov gs, bx
	and al, ~1
	mov cr0, eax
	jmp 0xf000:.real
.real:	mov ebx, 0x200000
	NOFAULT mov dword [fs:ebx], 0x12345678
	cmp dword [fs:ebx], 0x12345678
	CHECK e
	mov bx, 0xffe
	NOFAULT mov ax, [gs:bx]
	FAULT 13, mov eax, [gs:bx]
	FAULT 13, mov [gs:bx+2], al
	mov esi, 0xfff
	mov di, 0x1000
	FAULT 13, gs movsw
	NOFAULT gs movsb
	mov ax, 0			; a load in real mode leaves the limit alone
	mov gs, ax
	FAULT 13, mov al, [gs:0x1000]
	mov fs, ax
	NOFAULT mov al, [fs:ebx]
%endif
	PASS

short_idt: dw 0x23
	dd 0
whole_idt: dw 0x3ff
	dd 0
gdtr:	dw 23
	dd 0xf0000 + gdt
gdt:	dq 0
	dq 0x008f92000000ffff
	dq 0x0000920000000fff
	ROM_END
