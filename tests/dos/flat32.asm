; flat32.asm - goes to 32-bit protected mode with flat segments, counts there
; until somebody sets `stop', and comes back; with an argument it has been set.
; For debuggers.  Ends with 5.
	cpu	386
	org	100h

CODE	equ	8			; selectors
DATA	equ	16
CODE16	equ	24
DATA16	equ	32

	mov	al, [80h]
	mov	[stop], al
	xor	eax, eax
	mov	ax, cs
	mov	[back + 3], ax
	shl	eax, 4
	mov	ebx, eax		; where the program lies
	mov	[code16 + 2], ax
	mov	[data16 + 2], ax
	ror	eax, 16
	mov	[code16 + 4], al
	mov	[data16 + 4], al
	lea	eax, [ebx + gdt]
	mov	[table + 2], eax
	lea	eax, [ebx + flat]
	mov	[entry], eax
	cli
	lgdt	[table]
	mov	eax, cr0
	or	al, 1
	mov	cr0, eax
	jmp	dword far [entry]

	bits	32
flat:	mov	ax, DATA
	mov	ds, ax
	mov	es, ax
	mov	ss, ax
	lea	esp, [ebx + 8000h]
	mov	eax, 12345678h
	push	eax
count:	inc	dword [ebx + counter]
	cmp	byte [ebx + stop], 0
	jne	.told
	jmp	count
.told:	pop	eax
	mov	ax, DATA16
	mov	ds, ax
	mov	es, ax
	mov	ss, ax
	jmp	CODE16:return

	bits	16
return:	mov	eax, cr0
	and	al, ~1
	mov	cr0, eax
back:	jmp	0:real
real:	mov	ax, cs
	mov	ds, ax
	mov	es, ax
	mov	ss, ax
	movzx	esp, sp
	sti
	mov	ax, 4c05h
	int	21h

	align	4
counter	dd	0
stop	db	0
	align	4
entry	dd	0
	dw	CODE
table	dw	gdt_end - gdt - 1
	dd	0
gdt	dq	0
	dq	00cf9a000000ffffh
	dq	00cf92000000ffffh
code16	dq	00009a000000ffffh
data16	dq	000092000000ffffh
gdt_end:
