; stay.asm - the end of a program of which a part stays.

	cpu	8086
	section	.text
	global	_stay

; void stay(u8 *from, u16 bytes, u16 *vectors): copies to PSP:100h, over the
; program's beginning, sets interrupt vectors (number, offset, ..., 0), and
; ends, keeping that much.  This stands behind what is overwritten, and so do
; the program's variables.
_stay:	mov	bp, sp
	mov	si, [bp + 2]
	mov	cx, [bp + 4]
	mov	di, 100h
	push	ds
	pop	es
	cld
	rep	movsb
	mov	si, [bp + 6]
.next:	lodsw
	cmp	al, 0
	je	.end
	mov	ah, 25h
	mov	dx, [si]
	inc	si
	inc	si
	int	21h
	jmp	.next
.end:	mov	dx, [bp + 4]
	add	dx, 100h + 15
	mov	cl, 4
	shr	dx, cl
	mov	ax, 3100h
	int	21h
