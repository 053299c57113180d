; sermouse.asm - the mouse at COM1, by its chip alone: switches it on, shows the
; letter it says, waits until its name is over, and shows the bytes that come then
; until a button is down.
	cpu	8086
	org	100h

PORT	equ	3f8h

	mov	dx, PORT + 3
	mov	al, 80h
	out	dx, al
	mov	dx, PORT
	mov	al, 96			; 1200 baud
	out	dx, al
	inc	dx
	mov	al, 0
	out	dx, al
	mov	dx, PORT + 3
	mov	al, 2			; 7 bits, no parity, 1 stop
	out	dx, al
	mov	dx, PORT + 4
	mov	al, 0
	out	dx, al
	mov	dx, PORT
	in	al, dx
	mov	dx, PORT + 4
	mov	al, 3			; DTR, RTS
	out	dx, al
	call	byte_in
	mov	dl, al
	mov	ah, 2
	int	21h
.name:	call	byte_in
	cmp	al, ')' - 20h
	jne	.name
	mov	dx, ready
	mov	ah, 9
	int	21h
.next:	call	byte_in
	test	al, 40h
	jz	.next
	push	ax
	call	hex
	call	byte_in
	call	hex
	call	byte_in
	call	hex
	pop	ax
	test	al, 30h
	jz	.next
	mov	ax, 4c00h
	int	21h

byte_in: mov	dx, PORT + 5
	in	al, dx
	test	al, 1
	jz	byte_in
	mov	dx, PORT
	in	al, dx
	ret

%include "hex.inc"

ready:	db	' ready', 13, 10, '$'
