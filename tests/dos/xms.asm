; xms.asm - XMS as a program uses it: a line for each thing that it has found.
	cpu	8086
	org	100h

	mov	ax, 4300h
	int	2fh
	cmp	al, 80h
	mov	dx, none
	je	begin
	jmp	last
	cpu	386
begin:
	mov	ax, 4310h
	int	2fh
	mov	[entry], bx
	mov	[entry + 2], es
	mov	dx, hookable
	cmp	byte [es:bx], 0ebh	; JMP short, which others replace
	call	say
	mov	ah, 88h
	int	15h
	test	ax, ax
	mov	dx, bios
	call	say
	mov	ah, 0
	call	far [entry]
	cmp	ax, 300h
	mov	dx, version
	call	say

	; 40 KB there and back.
	mov	ah, 9
	mov	dx, 40
	call	far [entry]
	mov	[handle], dx
	cmp	ax, 1
	mov	dx, got
	call	say
	mov	ax, cs
	add	ax, 1000h		; behind us; all memory is ours
	mov	es, ax
	mov	[block + 2], ax
	xor	di, di
	mov	cx, 20480
	mov	ax, 1
fill:	stosw
	imul	ax, ax, 5
	inc	ax
	loop	fill
	mov	si, there
	mov	eax, [block]
	mov	[si + 6], eax
	mov	ax, [handle]
	mov	[si + 10], ax
	mov	ah, 0bh
	call	far [entry]
	cmp	ax, 1
	mov	dx, moved
	call	say
	xor	di, di
	mov	cx, 20480
	xor	ax, ax
	rep stosw
	mov	si, back
	mov	ax, [handle]
	mov	[si + 4], ax
	mov	eax, [block]
	mov	[si + 12], eax
	mov	ah, 0bh
	call	far [entry]
	xor	di, di
	mov	cx, 20480
	mov	ax, 1
look:	scasw
	jne	differs
	imul	ax, ax, 5
	inc	ax
	loop	look
	cmp	ax, ax
differs: mov	dx, same
	call	say

	; The same by its address, with A20 open and 32-bit addresses.
	mov	ah, 5
	call	far [entry]
	mov	ah, 0ch
	mov	dx, [handle]
	call	far [entry]
	cmp	dx, 11h
	mov	dx, address
	call	say
	mov	ah, 0dh
	mov	dx, [handle]
	call	far [entry]
	mov	ah, 6
	call	far [entry]
	mov	ah, 0ah
	mov	dx, [handle]
	call	far [entry]
	cmp	ax, 1
	mov	dx, freed
	call	say

	; Upper memory, if DOS has left some.
	mov	ah, 10h
	mov	dx, 100h
	call	far [entry]
	cmp	ax, 1
	mov	dx, no_upper
	jne	last
	mov	es, bx
	mov	word [es:0], 1234h
	cmp	word [es:0], 1234h
	mov	dx, upper
	call	say
	mov	ah, 11h
	mov	dx, es
	call	far [entry]
	cmp	ax, 1
	mov	dx, freed
last:	jmp	short print

say:	mov	bx, dx			; ZF: it is so
	jz	print
	push	dx
	mov	dx, not_so
	mov	ah, 9
	int	21h
	pop	dx
print:	mov	ah, 9
	int	21h
	ret				; at the end to PSP:0, which ends it

entry	dd	0
handle	dw	0
block	dd	0
there:	dd	40960
	dw	0
	dd	0
	dw	0
	dd	0
back:	dd	40960
	dw	0
	dd	0
	dw	0
	dd	0
not_so	db	'NOT: $'
none	db	'no XMS', 13, 10, '$'
hookable db	'an entry that can be hooked', 13, 10, '$'
bios	db	'INT 15h tells of no memory', 13, 10, '$'
version	db	'version 3.0', 13, 10, '$'
got	db	'40 KB', 13, 10, '$'
moved	db	'moved there', 13, 10, '$'
same	db	'and back', 13, 10, '$'
address	db	'above 1 MB', 13, 10, '$'
freed	db	'freed', 13, 10, '$'
upper	db	'upper memory', 13, 10, '$'
no_upper db	'no upper memory', 13, 10, '$'
