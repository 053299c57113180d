; key.asm - waits for a key in the way its argument says, for ever again:
; 1, 7, 8 the INT 21h functions, A a line by 0Ah, B INT 16h/00h, C INT 16h/10h.
	cpu	8086
	org	100h

	mov	al, [82h]
	mov	[way], al
	mov	dx, prompt
	mov	ah, 9
	int	21h
again:	mov	al, [way]
	cmp	al, 'A'
	je	line
	ja	bios
	sub	al, '0'
	mov	ah, al
	int	21h
	jmp	again
line:	mov	dx, buffer
	mov	ah, 0ah
	int	21h
	jmp	again
bios:	mov	ah, 0
	cmp	al, 'B'
	je	.call
	mov	ah, 10h
.call:	int	16h
	jmp	again

way:	db	0
prompt:	db	"Your move? $"
buffer:	db	80, 0
