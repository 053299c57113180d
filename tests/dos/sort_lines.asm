; sort_lines.asm - standard input, up to 48 KB, sorted by lines to standard
; output.  Its exit code is 1 if there is more than that.
	cpu	8086
	org	100h

ROOM	equ	48 * 1024

	mov	sp, stack_end
	cld
	mov	di, text
read:	mov	ah, 3fh
	xor	bx, bx
	mov	cx, text + ROOM
	sub	cx, di
	jz	full
	mov	dx, di
	int	21h
	jc	full
	add	di, ax
	test	ax, ax
	jnz	read
	mov	[end], di

; The place of every line.
	mov	si, text
	mov	di, lines
index:	cmp	si, [end]
	jae	indexed
	mov	ax, si
	stosw
.next:	cmp	si, [end]
	jae	indexed
	lodsb
	cmp	al, 10
	jne	.next
	jmp	index
indexed:
	mov	[lines_end], di

; Insertion: BX is the next one to be put among those before it.
	mov	bx, lines + 2
outer:	cmp	bx, [lines_end]
	jae	show
	mov	bp, bx
inner:	cmp	bp, lines
	je	.placed
	mov	si, [ds:bp - 2]
	mov	di, [ds:bp]
	call	compare
	jbe	.placed
	mov	ax, [ds:bp - 2]
	xchg	ax, [ds:bp]
	mov	[ds:bp - 2], ax
	dec	bp
	dec	bp
	jmp	inner
.placed:
	inc	bx
	inc	bx
	jmp	outer

show:	mov	bx, lines
.next:	cmp	bx, [lines_end]
	jae	done
	mov	si, [bx]
	inc	bx
	inc	bx
	mov	dx, si
.length:
	cmp	si, [end]
	jae	.write
	lodsb
	cmp	al, 10
	jne	.length
.write:	mov	cx, si
	sub	cx, dx
	push	bx
	mov	bx, 1
	mov	ah, 40h
	int	21h
	pop	bx
	jmp	.next
done:	mov	ax, 4c00h
	int	21h
full:	mov	ax, 4c01h
	int	21h

; The lines at SI and DI, as CMP would.
compare:
	lodsb
	mov	ah, [di]
	inc	di
	cmp	al, ah
	jne	.done
	cmp	al, 10
	jne	compare
.done:	ret

	section	.bss
end:	resw	1
lines_end:
	resw	1
	resw	128
stack_end:
lines:	resw	4096
text:	resb	ROOM
