; poll.asm - asks in a loop whether a key was typed, in the way its argument says,
; until one is: 1 INT 16h/01h, 2 INT 16h/11h, 3 INT 21h/0Bh, 4 INT 21h/06h, 5 INT
; 33h/03h and INT 16h/01h, 6 INT 21h/2Ch and INT 21h/0Bh, 7 INT 2Fh/1680h, 8 HLT, 9
; INT 28h; those do something as well: : another BX each time, ; the screen, < INT
; 10h/0Ah, = a file's date, > memory, ? a port; @ INT 28h alone, with a look at the
; BIOS's ring; and A INT 16h/01h with the tick's number left over in AL.  Without a key it ends
; after 28 ticks if it does something, else after 130: a loop that counts its rounds may
; use 20 million instructions first, and a slow host does few in a tick.
; Exit code: the rounds of the last tick divided by 64, rounded up, at most 255.
	cpu	8086
	org	100h

	mov	al, [82h]
	sub	al, '1'
	mov	ah, 0
	mov	bx, ax
	shl	bx, 1
	mov	ax, [ways + bx]
	mov	[way], ax
	push	es
	mov	ax, 40h
	mov	es, ax
	mov	ax, [es:6ch]
	mov	[last], ax
	cmp	bx, 2 * (':' - '1')
	jb	.idle
	cmp	bx, 2 * ('?' - '1')
	ja	.idle
	add	ax, 28 - 130
.idle:	add	ax, 130
	mov	[end], ax
again:	mov	ax, [es:6ch]
	cmp	ax, [last]
	je	.same
	mov	[last], ax
	mov	dx, [rounds]
	mov	[told], dx
	mov	word [rounds], 0
	cmp	ax, [end]
	je	done
.same:	inc	word [rounds]
	jnz	.fits
	dec	word [rounds]
.fits:
	mov	ax, 0
	mov	bx, 0
	mov	cx, 0
	mov	dx, 0
	call	[way]
	jz	again
done:	mov	ax, [told]
	cmp	ax, 65535 - 63
	ja	.many
	add	ax, 63
.many:	mov	cl, 6
	shr	ax, cl
	cmp	ax, 255
	jbe	.fits
	mov	al, 255
.fits:	mov	ah, 4ch
	int	21h

; Each leaves the zero flag clear when a key was typed.
by16_1:	mov	ah, 1
	int	16h
	ret
by16_11: mov	ah, 11h
	int	16h
	ret
by21_0b: mov	ah, 0bh
	int	21h
	or	al, al
	ret
by21_06: mov	ah, 6
	mov	dl, 0ffh
	int	21h
	ret
by33:	mov	ax, 3
	int	33h
	jmp	by16_1
by2c:	mov	ah, 2ch
	int	21h
	jmp	by21_0b
by1680:	mov	ax, 1680h
	int	2fh
	jmp	by16_1
byhlt:	hlt
	jmp	by16_1
by28:	int	28h
	jmp	by16_1
bybx:	mov	bx, [rounds]
	jmp	by16_1
bytext:	push	es
	mov	ax, 0b800h
	mov	es, ax
	inc	byte [es:0]
	pop	es
	jmp	by16_1
by10:	mov	al, [rounds]
	mov	ah, 0ah
	mov	cx, 1
	int	10h
	mov	ax, 0
	mov	cx, 0
	jmp	by16_1
by57:	mov	ax, 5700h
	mov	bx, 1
	int	21h
	mov	bx, 0
	mov	cx, 0
	mov	dx, 0
	jmp	by16_1

byring:	int	28h
	mov	ax, [es:1ah]
	cmp	ax, [es:1ch]
	mov	ax, 0
	ret
bymem:	mov	bx, [rounds]
	and	bx, 255
	mov	ax, [es:6ch]
	add	[bx + table], al
	add	[bx + table], bl
	mov	bx, 0
	mov	ax, 0
	jmp	by16_1
bytick:	mov	al, [es:6ch]
	mov	ah, 1
	int	16h
	ret
byport:	in	al, 61h
	mov	al, 0
	jmp	by16_1

ways:	dw	by16_1, by16_11, by21_0b, by21_06, by33, by2c, by1680, byhlt, by28
	dw	bybx, bytext, by10, by57, bymem, byport, byring, bytick
way:	dw	0
last:	dw	0
end:	dw	0
rounds:	dw	0
told:	dw	0
table:	times 256 db 0
