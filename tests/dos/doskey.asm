; doskey.asm - does with DOSKEY what COMMAND.COM does: asks for a line (INT
; 2Fh/4810h), and when there is none, offers the one that is its own command
; tail (4811h).  Prints every line that it would run; three in all.

	org	100h
	mov	si, 81h
	cmp	byte [80h], 0
	je	no_blank
	inc	si
no_blank:
	mov	di, line + 2
	xor	cx, cx
.copy:	lodsb
	stosb
	cmp	al, 13
	je	.end
	inc	cx
	jmp	.copy
.end:	mov	[line + 1], cl
	mov	ax, 4811h
	call	ask
	mov	bp, 3
.next:	mov	ax, 4810h
	call	ask
	dec	bp
	jnz	.next
	mov	ax, 4c00h
	int	21h

ask:	mov	dx, line
	int	2fh
	or	ax, ax
	jnz	.none
	mov	bl, [line + 1]
	xor	bh, bh
	mov	word [line + 2 + bx], 0a0dh
	lea	cx, [bx + 2]
	mov	bx, 1
	mov	dx, line + 2
	mov	ah, 40h
	int	21h
.none:	ret

line:	db	128
