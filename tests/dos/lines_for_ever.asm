; lines_for_ever.asm - "yes" to standard output, for ever; it does not look at
; errors.
	cpu	8086
	org	100h

next:	mov	dx, text
	mov	cx, 4
	mov	bx, 1
	mov	ah, 40h
	int	21h
	jmp	next

text:	db	"yes", 10
