; delay.asm - waits two seconds for a key as programs in Turbo Pascal do, 2000 times a
; look at the keyboard and a millisecond of its unit Crt: a loop whose rounds it has
; counted during a tick.
; Exit code: the ticks that it took.
	cpu	8086
	org	100h

	mov	ax, 40h
	mov	es, ax
	mov	di, 6ch
	call	next_tick
	mov	bl, [es:di]
	mov	ax, -1
	mov	dx, -1
	call	rounds
	not	ax
	not	dx
	mov	cx, ax
	mov	ax, dx
	xor	dx, dx
	mov	si, 55
	div	si
	mov	[a_ms + 2], ax
	mov	ax, cx
	div	si
	mov	[a_ms], ax

	call	next_tick
	mov	bp, [es:di]
	mov	si, 2000
	xor	di, di
	mov	bl, [es:di]
.again:	mov	[left], si
	mov	si, 0
	mov	ah, 11h
	int	16h
	mov	ax, [a_ms]
	mov	dx, [a_ms + 2]
	call	rounds
	mov	si, [left]
	dec	si
	jnz	.again
	mov	ax, [es:6ch]
	sub	ax, bp
	mov	ah, 4ch
	int	21h

; DX:AX of them, or until what BL is at ES:DI changes
rounds:	sub	ax, 1
	sbb	dx, 0
	jc	.end
	cmp	bl, [es:di]
	je	rounds
.end:	ret

next_tick:
	mov	bl, [es:di]
.same:	cmp	bl, [es:di]
	je	.same
	ret

left	dw	0
a_ms	dd	0
