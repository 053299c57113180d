; pixels.asm - mode 13h, every byte of the picture another than its neighbours,
; until Escape; its exit code is then 7.  Each other key moves it on by one.
	cpu	8086
	org	100h

	mov	ax, 13h
	int	10h
	mov	ax, 0a000h
	mov	es, ax
	xor	bl, bl
draw:	xor	di, di
	mov	dx, 200
	mov	al, bl
row:	mov	cx, 320
dot:	stosb
	add	al, 7
	loop	dot
	add	al, 5
	dec	dx
	jnz	row
	mov	ah, 0
	int	16h
	cmp	al, 27
	je	end
	inc	bl
	jmp	draw
end:	mov	ax, 3
	int	10h
	mov	ax, 4c07h
	int	21h
