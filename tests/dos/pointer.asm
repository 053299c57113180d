; pointer.asm - with P: shows the mouse's pointer, waits for the left button, and writes
; where it was pressed, column and row in hexadecimal.  With M: hides it, and writes
; "right" and "down" once the mouse has moved 50 mickeys that way.
	cpu	8086
	org	100h

	mov	ax, 3
	int	10h
	xor	ax, ax
	int	33h
	cmp	byte [82h], 'M'
	je	moves
	mov	ax, 1
	int	33h
.wait:	hlt
	mov	ax, 3
	int	33h
	test	bl, 1
	jz	.wait
	push	dx
	mov	ax, cx
	call	number
	pop	ax
	call	number
	mov	ax, 2
	int	33h
	mov	ax, 4c00h
	int	21h

moves:	xor	si, si
	xor	di, di
.wait:	hlt
	mov	ax, 0bh
	int	33h
	add	si, cx
	add	di, dx
	cmp	si, 50
	jl	.wait
	mov	dx, right
	mov	ah, 9
	int	21h
.down:	hlt
	mov	ax, 0bh
	int	33h
	add	di, dx
	cmp	di, 50
	jl	.down
	mov	dx, down
	mov	ah, 9
	int	21h
	mov	ax, 4c00h
	int	21h

number:	call	hex_word
	push	ax
	mov	al, 10
	call	out_
	pop	ax
	ret

%include "hex.inc"

right:	db	'right', 10, '$'
down:	db	'down', 10, '$'
