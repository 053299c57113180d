; io_map.asm - who may use which port: IOPL, and the I/O permission map of
; the TSS (Intel 386 PRM 8.3; Pentium manual volume 3, 15.2.2).

%include "pm.inc"

MAP	equ TSS + 104
IOPL3	equ 0x3000

; The TSS's limit and type for the next tests.
%macro TSS_IS 2
	mov word [GDT+TASK], %1
	mov byte [GDT+TASK+5], %2
	mov ax, TASK
	ltr ax
%endmacro

	mov edi, MAP
	mov al, 0xff
	mov ecx, 0x2001
	rep stosb

	; IOPL is enough at privilege 3, and nothing in V86 mode.
	mov edx, 0x107
	FAULT3 0, 13, 0, in al, dx
	FAULT3 0, 13, 0, out dx, al
	FAULT3 0, 13, 0, in ax, dx
	FAULT3 0, 13, 0, out dx, eax
	FAULT3 0, 13, 0, in al, 0x80
	FAULT3 0x2000, 13, 0, in al, dx
	GOOD3 IOPL3, in al, dx
	GOOD3 IOPL3, in eax, dx
	FAULT86 0, 13, 0, in al, dx
	FAULT86 IOPL3, 13, 0, in al, dx
	FAULT86 IOPL3, 13, 0, out dx, ax
	FAULT86 IOPL3, 13, 0, in al, 0x80
	NOFAULT0 in al, dx

	; Each byte of the access has its bit, of whichever byte of the map.
	and byte [MAP+0x20], ~0x80		; 107h
	GOOD3 0, in al, dx
	GOOD3 0, out dx, al
	GOOD86 0, in al, dx
	GOOD86 IOPL3, out dx, al
	FAULT3 0, 13, 0, in ax, dx
	FAULT86 0, 13, 0, out dx, ax
	and byte [MAP+0x21], ~1			; 108h
	GOOD3 0, in ax, dx
	GOOD86 0, out dx, ax
	FAULT3 0, 13, 0, in eax, dx
	FAULT86 IOPL3, 13, 0, in eax, dx
	and byte [MAP+0x21], ~2
	FAULT3 0, 13, 0, in eax, dx
	and byte [MAP+0x21], ~4
	GOOD3 0, in eax, dx
	GOOD86 0, in eax, dx
	mov edx, 0x106
	FAULT3 0, 13, 0, in eax, dx
	FAULT3 0, 13, 0, in ax, dx
	FAULT86 0, 13, 0, in al, dx
	mov edx, 0x10a
	GOOD3 0, in al, dx
	FAULT3 0, 13, 0, in ax, dx
	and byte [MAP+0x10], ~1			; by an immediate
	GOOD3 0, in al, 0x80
	GOOD86 0, in al, 0x80
	FAULT86 0, 13, 0, in ax, 0x80
	mov edx, 0xffff
	FAULT3 0, 13, 0, in al, dx
	and byte [MAP+0x1fff], ~0x80
	GOOD3 0, in al, dx
	FAULT3 0, 13, 0, in ax, dx		; bits of the byte behind
	mov byte [MAP+0x2000], 0
	GOOD3 0, in ax, dx
	mov byte [MAP+0x2000], 0xff

	; String instructions: the port is checked before memory.
	mov dword [stack_sel], SMALL3
	mov edx, 0x106
	mov esi, 0x10000
	FAULT3 0, 13, 0, ss outsb
	mov edx, 0x107
	FAULT3 0, 12, 0, ss outsb
	EQUAL esi, 0x10000
	mov dword [stack_sel], FLAT3
	mov esi, 0x500
	mov edi, 0x700
	mov byte [0x700], 0x5a
	GOOD3 0, outsb
	EQUAL esi, 0x501
	mov edx, 0x106
	FAULT3 0, 13, 0, insb
	FAULT86 0, 13, 0, insb
	FAULT86 IOPL3, 13, 0, outsw
	EQUAL edi, 0x700
	BYTE_IS [0x700], 0x5a
	mov edx, 0x107
	mov ecx, 3
	GOOD3 0, rep insw
	EQUAL edi, 0x706
	EQUAL ecx, 0
	mov edx, 0x10a
	mov ecx, 2
	FAULT3 0, 13, 0, rep insw
	EQUAL ecx, 2
	EQUAL edi, 0x706

	; A map that the limit cuts: what is behind is forbidden, and two bytes
	; are read always.
	mov edx, 0x107
	TSS_IS 104 + 0x21, 0x89
	GOOD3 0, in al, dx
	TSS_IS 104 + 0x20, 0x89
	FAULT3 0, 13, 0, in al, dx
	FAULT86 0, 13, 0, in al, dx
	TSS_IS 104 + 0x1f, 0x89
	FAULT3 0, 13, 0, in al, dx
	TSS_IS 0x67, 0x89
	FAULT3 0, 13, 0, in al, dx
	GOOD3 IOPL3, in al, dx
	TSS_IS 0x66, 0x89			; the map's offset itself
	FAULT3 0, 13, 0, in al, dx
	TSS_IS 0x20ff, 0x89
	mov word [TSS+102], 0x20f0		; beyond
	FAULT3 0, 13, 0, in al, dx
	mov word [TSS+102], 0xffff
	FAULT3 0, 13, 0, in al, dx
	mov word [TSS+102], 104 + 0x20		; it begins where it says
	mov edx, 7
	GOOD3 0, in eax, dx
	mov word [TSS+102], 104

	; A TSS of the 286 has no map.
	mov edx, 0x107
	mov dword [TSS+2], STACK0
	mov dword [TSS+4], FLAT
	TSS_IS 0x20ff, 0x81
	FAULT3 0, 13, 0, in al, dx
	GOOD3 IOPL3, in al, dx
	PM_END
