; joystick.asm - shows, over and over until a key is struck, what the game port has:
; "before XX equip X" (the port before anything was fired, bit 12 of the equipment word),
; "bios XXXX XXXX XXXX XXXX XX" (INT 15h/84h: the axes, the buttons), and
; "loop XXXX XXXX XXXX XXXX" (rounds that a loop counts until each axis ends, FFFF: never).
	cpu	8086
	org	100h

PORT	equ	201h
MANY	equ	5000

	mov	dx, PORT
	in	al, dx
	mov	[before], al
	mov	ax, 3
	int	10h
	push	ds
	pop	es
again:	mov	di, text
	mov	si, t_before
	call	say
	mov	al, [before]
	call	hex
	mov	si, t_equip
	call	say
	int	11h
	mov	al, ah
	mov	cl, 4
	shr	al, cl
	and	al, 1
	add	al, '0'
	stosb
	mov	bl, 0
	call	show

	mov	di, text
	mov	si, t_bios
	call	say
	mov	ax, 8400h
	mov	dx, 1
	int	15h
	jc	.none
	push	dx
	push	cx
	push	bx
	push	ax
	mov	cx, 4
.axis:	pop	ax
	call	word_
	loop	.axis
	mov	ax, 8400h
	xor	dx, dx
	int	15h
	call	hex
.none:	mov	bl, 1
	call	show

	mov	di, text
	mov	si, t_loop
	call	say
	call	measure
	mov	si, count
	mov	cx, 4
.count:	lodsw
	call	word_
	loop	.count
	mov	bl, 2
	call	show
	hlt
	mov	ah, 1
	int	16h
	jz	again
	mov	ax, 4c00h
	int	21h

; Each axis by itself: fire, count, wait until all that end have ended.
measure: mov	bh, 1
	mov	si, count
.axis:	mov	dx, PORT
	xor	cx, cx
	cli
	out	dx, al
.round:	in	al, dx
	test	al, bh
	jz	.ends
	inc	cx
	cmp	cx, MANY
	jb	.round
	mov	cx, 0ffffh
.ends:	sti
	mov	[si], cx
	inc	si
	inc	si
	mov	cx, 2000
.rest:	in	al, dx
	test	al, 0fh
	loopnz	.rest
	shl	bh, 1
	cmp	bh, 10h
	jb	.axis
	ret

say:	lodsb
	or	al, al
	jz	.done
	stosb
	jmp	say
.done:	ret

word_:	call	hex_word
	mov	al, ' '
	stosb
	ret

%define HEX_STORES
%include "hex.inc"

; The text up to DI, in row BL.
show:	push	es
	mov	cx, di
	sub	cx, text
	mov	ax, 0b800h
	mov	es, ax
	mov	al, 160
	mul	bl
	mov	di, ax
	mov	si, text
	mov	ah, 7
.next:	lodsb
	stosw
	loop	.next
	pop	es
	ret

t_before: db	"before ", 0
t_equip: db	" equip ", 0
t_bios:	db	"bios ", 0
t_loop:	db	"loop ", 0
before:	db	0
count:	times 4 dw 0
text:	times 80 db 0
