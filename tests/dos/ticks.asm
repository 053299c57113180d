; ticks.asm - does 2,000,000 instructions; its exit code is how many ticks of 55 ms
; that took.
	cpu	8086
	org	100h

	xor	ax, ax
	mov	es, ax
	mov	bx, [es:46ch]
first:	cmp	bx, [es:46ch]		; begin with a tick
	je	first
	mov	bx, [es:46ch]
	mov	dx, 40
more:	mov	cx, 50000
again:	loop	again
	dec	dx
	jnz	more
	mov	ax, [es:46ch]
	sub	ax, bx
	mov	ah, 4ch
	int	21h
