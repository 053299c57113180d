; react.asm - shows that a key was read: another Greek letter in the upper left corner for
; each.  P as its argument: it asks INT 16h/11h in a loop; W: it waits in INT 16h/10h;
; B: it asks, and is busy with the screen between.  Esc ends it.
	cpu	8086
	org	100h

	mov	ax, 3
	int	10h
	mov	ax, 0b800h
	mov	es, ax
	mov	cl, [82h]
again:	cmp	cl, 'W'
	je	take
	cmp	cl, 'B'
	jne	look
	mov	di, 160
	mov	ax, [0]
	mov	bx, 1900
.busy:	mov	[es:di], al
	add	di, 2
	dec	bx
	jnz	.busy
look:	mov	ah, 11h
	int	16h
	jz	again
take:	mov	ah, 10h
	int	16h
	cmp	al, 1bh
	je	done
	mov	al, [letter]
	inc	al
	and	al, 7
	mov	[letter], al
	add	al, 0e0h
	mov	[es:0], al
	jmp	again
done:	mov	ax, 4c00h
	int	21h

letter:	db	7
