; events.asm - shows, a line each, what happens to it until Esc has been let go:
;	key XX		a byte of the keyboard's port
;	mouse EEEE BBBB XXXX YYYY	INT 33h: events, buttons (wheel in the upper half), place
;	pad XXXX XXXX XXXX XXXX BB	INT 15h/84h: the axes, by eighths of their way, and the buttons
; The moment it sees a thing, it also sends k, m or p to COM1.  With B as its argument
; it draws meanwhile, as a game does.
	cpu	8086
	org	100h

RING	equ	256
COM	equ	3f8h

	mov	ax, 3509h
	int	21h
	mov	[old], bx
	mov	[old + 2], es
	push	ds
	pop	es
	mov	dx, irq
	mov	ax, 2509h
	int	21h
	mov	ax, 3			; the screen is used: a front end begins
	int	10h
	xor	ax, ax
	int	33h
	mov	ax, 11h			; CuteMouse: there is a wheel
	int	33h
	mov	ax, 1			; a window tells places
	int	33h
	mov	ax, 0ch
	mov	cx, 0ffh
	mov	dx, mouse
	int	33h

next:	call	pads
	call	draw
	mov	bx, [head]
	cmp	bx, [tail]
	je	next
	mov	ax, [ring + bx]
	call	step
	cmp	ah, 'm'
	je	.mouse
	push	ax
	mov	si, t_key
	call	say
	pop	ax
	push	ax
	call	hex
	call	line
	pop	ax
	cmp	al, 81h
	jne	next
	xor	ax, ax
	int	33h
	lds	dx, [old]
	mov	ax, 2509h
	int	21h
	mov	ax, 4c00h
	int	21h
.mouse:	mov	si, t_mouse
	call	say
	mov	cx, 4
.word:	mov	bx, [head]
	mov	ax, [ring + bx]
	call	step
	call	word_
	loop	.word
	call	line
	jmp	next

; Is a joystick held otherwise?  The buttons first: they cost nothing.
pads:	mov	dx, 201h
	in	al, dx
	and	al, 0f0h
	cmp	al, [pad + 8]
	jne	.other
	inc	byte [pause]		; axes take a while
	and	byte [pause], 15
	jz	.other
	ret
.other:	mov	[now + 8], al
	mov	ax, 8400h
	mov	dx, 1
	int	15h
	mov	[now], ax
	mov	[now + 2], bx
	mov	[now + 4], cx
	mov	[now + 6], dx
	mov	si, now
	mov	bp, 4
	mov	bx, 21			; of 3 to 167 steps, an eighth
.axis:	lodsw
	xor	dx, dx
	div	bx
	mov	[si - 2], ax
	dec	bp
	jnz	.axis
	mov	si, now
	mov	di, pad
	mov	cx, 9
	repe	cmpsb
	je	.done
	mov	al, 'p'
	call	tell
	mov	si, now
	mov	di, pad
	mov	cx, 9
	rep	movsb
	mov	si, t_pad
	call	say
	mov	si, pad
	mov	cx, 4
.show:	lodsw
	call	word_
	loop	.show
	lodsb
	call	hex
	call	line
.done:	ret

draw:	cmp	byte [82h], 'B'
	jne	.done
	push	es
	mov	ax, 0b800h
	mov	es, ax
	mov	di, 160
	mov	cx, 1900
	mov	ax, [next]
	inc	word [count]
	mov	al, [count]
	rep	stosw
	pop	es
.done:	ret

step:	inc	bx
	inc	bx
	and	bx, 2 * RING - 1
	mov	[head], bx
	ret

; AX behind the others.
put:	push	bx
	mov	bx, [tail]
	mov	[ring + bx], ax
	inc	bx
	inc	bx
	and	bx, 2 * RING - 1
	mov	[tail], bx
	pop	bx
	ret

tell:	push	dx
	mov	dx, COM
	out	dx, al
	pop	dx
	ret

irq:	push	ax
	push	ds
	push	cs
	pop	ds
	mov	al, 'k'
	call	tell
	in	al, 60h
	mov	ah, 'k'
	call	put
	mov	al, 20h
	out	20h, al
	pop	ds
	pop	ax
	iret

mouse:	push	ax
	push	ds
	push	cs
	pop	ds
	push	ax
	mov	al, 'm'
	call	tell
	mov	ax, 'mm'
	call	put
	pop	ax
	call	put
	mov	ax, bx
	call	put
	mov	ax, cx
	call	put
	mov	ax, dx
	call	put
	pop	ds
	pop	ax
	retf

say:	lodsb
	or	al, al
	jz	.done
	call	out_
	jmp	say
.done:	ret

word_:	call	hex_word
	mov	al, ' '
	jmp	out_

%include "hex.inc"

line:	mov	al, 10
	jmp	out_

t_key:	db	"key ", 0
t_mouse: db	"mouse ", 0
t_pad:	db	"pad ", 0
old:	dw	0, 0
head:	dw	0
tail:	dw	0
count:	dw	0
pause:	db	0
pad:	times 9 db 0
now:	times 9 db 0
ring:
