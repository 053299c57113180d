; deaf.asm - prints something without an end of line, and never calls DOS again.
	cpu	8086
	org	100h

	mov	dx, text
	mov	ah, 9
	int	21h
	mov	dx, ready
	mov	cx, 6
	mov	bx, 2
	mov	ah, 40h
	int	21h
busy:	jmp	busy

text:	db	"not ended$"
ready:	db	"ready", 10
