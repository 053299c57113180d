; kernel.asm - what a Multiboot kernel finds (Multiboot Specification
; 0.6.96, 3.2 and 3.3), as an ELF file made by hand.  tests/cpu/bare

BASE	equ 0x100000

	bits 32
	org BASE
	db 0x7f, "ELF", 1, 1, 1
	times 9 db 0
	dw 2, 3			; executable, i386
	dd 1, start, headers - $$, 0, 0
	dw 52, 32, 1, 0, 0, 0
headers:
	dd 1, 0, BASE, BASE, end - $$, end - $$ + 4096, 7, 4096
	align 4
	dd 0x1badb002, 0, -0x1badb002

start:	cmp eax, 0x2badb002
	jne fail
	mov esp, stack
	pushfd
	pop eax
	test eax, 0x20200	; VM, IF
	jnz fail
	mov eax, cr0
	and eax, 0x80000001
	cmp eax, 1		; protected, no paging
	jne fail
	mov eax, [ebx]
	and eax, 0x45
	cmp eax, 0x45		; memory, command line, map
	jne fail
	cmp dword [ebx+4], 640
	jne fail
	cmp dword [ebx+8], 7 * 1024	; of 8 MiB
	jne fail
	cmp dword [stack - 4096], 0	; .bss is clear
	jne fail
	mov esi, [ebx+48]	; the map's upper part
	cmp dword [esi+24+4], 0x100000
	jne fail
	cmp dword [esi+24+12], 0x700000
	jne fail
	mov esi, [ebx+16]
	mov edx, 0x3f8
.print:	lodsb
	test al, al
	jz .end
	out dx, al
	jmp .print
.end:	mov dword [0x7ffffc], 0
	mov edx, 0xf4
	xor eax, eax
	out dx, eax
	hlt
fail:	mov al, 1
	out 0xf4, al
	hlt
end:
stack	equ end + 4096
