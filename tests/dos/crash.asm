; crash.asm - ruins its machine in the way its argument says: U invalid
; opcodes, M the memory blocks, H a halt for ever, T a triple fault, E the
; end of its segment, L an endless loop.
	cpu	386
	org	100h

	mov	dx, text
	mov	ah, 9
	int	21h
	mov	ax, 0b800h
	mov	es, ax
	mov	si, picture
	mov	di, 10 * 160
	mov	ah, 7
draw:	lodsb
	stosw
	cmp	si, picture_end
	jb	draw
	mov	al, [82h]
	cmp	al, 'U'
	je	undefined
	cmp	al, 'M'
	je	memory
	cmp	al, 'H'
	je	halt
	cmp	al, 'T'
	je	triple
	cmp	al, 'E'
	je	end
	mov	bx, 1234h
loop:	jmp	loop

undefined:
	mov	cx, 0beefh
	ud2

memory:	mov	ax, cs
	dec	ax
	mov	es, ax
	mov	byte [es:0], '?'
	mov	ah, 48h
	mov	bx, 1
	int	21h
	mov	ax, 4c00h
	int	21h

halt:	cli
	hlt
	jmp	halt

triple:	lidt	[none]
	int3

end:	mov	ax, [0ffffh]
	int	20h

none:	times 6	db 0
picture:
	db	"A picture"
picture_end:
text:	db	"Here I stand", 13, 10, "$"
