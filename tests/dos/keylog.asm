; keylog.asm - writes to KEYLOG.TXT what the keyboard does, a word for each: bXX a byte
; at port 60h, kXXXX a word of INT 16h/10h (with /S in the command line of 00h), iXX an
; interrupt that a key calls (05h, 1Bh; 85h is INT 15h/85h with AL 0, 86h with AL 1).
; It sets a video mode, so that a terminal shows the full screen, and never ends.
	cpu	8086
	org	100h

	mov	ax, 3
	int	10h
	cmp	byte [80h], 0
	je	.all
	mov	byte [look + 1], 1		; of INT 16h
	mov	byte [take + 1], 0
.all:	mov	ah, 3ch
	mov	cx, 0
	mov	dx, name
	int	21h
	jc	gone
	mov	[file], ax
	mov	si, hooks
.hook:	lodsw
	mov	dx, ax
	lodsw
	or	dx, dx
	jz	again
	mov	bx, dx				; handler; AL the interrupt
	mov	[number], al
	mov	ah, 35h
	int	21h
	mov	di, [si]
	add	si, 2
	mov	[di], bx
	mov	[di + 2], es
	mov	al, [number]
	mov	ah, 25h
	int	21h
	jmp	.hook
gone:	mov	ax, 4c01h
	int	21h

again:	push	cs
	pop	es
	call	flush
look:	mov	ah, 11h
	int	16h
	jz	again
take:	mov	ah, 10h
	int	16h
	push	ax
	call	flush				; the bytes of a key before its word
	pop	ax
	mov	di, text
	mov	bl, al
	mov	byte [di], 'k'
	inc	di
	mov	al, ah
	call	hex
	mov	al, bl
	call	hex
	call	put
	jmp	again

; What the handlers noted, into the file.
flush:	mov	bx, [taken]
	cmp	bx, [noted]
	je	.done
	mov	ax, [notes + bx]		; kind, and what
	add	bx, 2
	and	bx, 1023
	mov	[taken], bx
	mov	di, text
	stosb
	mov	al, ah
	call	hex
	call	put
	jmp	flush
.done:	ret

put:	mov	al, ' '
	stosb
	mov	dx, text
	mov	cx, di
	sub	cx, dx
	mov	bx, [file]
	mov	ah, 40h
	int	21h
	ret

%define HEX_STORES
%include "hex.inc"

; AL a kind, AH what.
note:	push	bx
	push	ds
	push	cs
	pop	ds
	mov	bx, [noted]
	mov	[notes + bx], ax
	add	bx, 2
	and	bx, 1023
	mov	[noted], bx
	pop	ds
	pop	bx
	ret

on09:	push	ax
	in	al, 60h
	mov	ah, al
	mov	al, 'b'
	call	note
	pop	ax
	jmp	far [cs:old09]
on05:	push	ax
	mov	ax, 0500h + 'i'
	call	note
	pop	ax
	iret
on1b:	push	ax
	mov	ax, 1b00h + 'i'
	call	note
	pop	ax
	iret
on15:	pushf
	cmp	ah, 85h
	jne	.other
	popf
	push	ax
	add	ah, al
	mov	al, 'i'
	call	note
	pop	ax
	iret
.other:	popf
	jmp	far [cs:old15]

hooks:	dw	on09, 09h, old09, on05, 05h, old, on1b, 1bh, old, on15, 15h, old15, 0, 0
name:	db	"KEYLOG.TXT", 0
number:	db	0
file:	dw	0
taken:	dw	0
noted:	dw	0
old:	dd	0
old09:	dd	0
old15:	dd	0
text:	times	8 db 0
notes:
