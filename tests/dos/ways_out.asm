; ways_out.asm - a letter by every way out there is, three times.
	cpu	8086
	org	100h

	mov	bp, 3
again:	mov	dl, 'a'			; the console of DOS
	mov	ah, 2
	int	21h
	mov	dl, 'b'
	mov	ah, 6
	int	21h
	mov	dx, c
	mov	ah, 9
	int	21h
	mov	dx, d			; handles
	mov	cx, 1
	mov	bx, 1
	mov	ah, 40h
	int	21h
	mov	al, 'e'			; fast console output
	int	29h
	mov	ax, 0e00h + 'f'		; the BIOS
	mov	bx, 7
	int	10h
	mov	ah, 2
	mov	dl, 'g'
	int	21h
	mov	dx, h			; a write that is not gathered with others
	mov	cx, 600
	mov	bx, 1
	mov	ah, 40h
	int	21h
	mov	ax, 0e00h + 'i'
	mov	bx, 7
	int	10h
	dec	bp
	jnz	again
	mov	ax, 4c00h
	int	21h

c:	db	"c$"
d:	db	"d"
h:	times	599 db '-'
	db	'h'
