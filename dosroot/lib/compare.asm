; compare.asm - SORT's comparison of two lines that lie in far memory, each
; at offset 0 of a segment: its length (word), then its characters.

	cpu	8086
	section	.text
	global	_far_compare

; int far_compare(u16 seg_a, u16 seg_b, u16 skip, u8 *weights): below 0, 0, or
; above, by the weights of the characters after the first `skip`; what ends
; first comes first.
_far_compare:
	push	bp
	mov	bp, sp
	push	si
	push	di
	push	ds
	push	es
	mov	ds, [bp + 4]
	mov	es, [bp + 6]
	mov	dx, [bp + 8]
	mov	bx, [bp + 10]
	mov	si, dx
	add	si, 2
	mov	di, si
	mov	cx, [0]			; how much is left of each
	sub	cx, dx
	jae	.a
	xor	cx, cx
.a:	mov	ax, [es:0]
	sub	ax, dx
	jae	.b
	xor	ax, ax
.b:	mov	dx, cx
	sub	dx, ax			; the answer, if one begins the other
	jbe	.less			; (lengths are below 32768)
	mov	cx, ax
.less:	jcxz	.same
.next:	lodsb
	ss xlatb
	mov	ah, al
	mov	al, [es:di]
	inc	di
	ss xlatb
	cmp	ah, al
	loope	.next
	je	.same
	mov	dx, 1
	ja	.same
	neg	dx
.same:	mov	ax, dx
	pop	es
	pop	ds
	pop	di
	pop	si
	pop	bp
	ret
