; parting.asm - takes the whole screen, and says a word right before it ends.
	org	100h

	mov	ax, 3			; set the mode
	int	10h
	mov	ah, 0			; wait for a key
	int	16h
	mov	dx, text
	mov	ah, 9
	int	21h
	mov	ax, 4c03h
	int	21h
text:	db	"Farewell", 13, 10, "$"
