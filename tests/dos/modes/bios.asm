; bios.asm - each mode that the card's BIOS has: bars of its colours by INT 10h/0Ch, on
; them some XORed, characters and text in all colours, the border's colour.
%include "modes.inc"

start:	cld
	mov byte [mode], 0
.next:	mov al, [mode]
	call set_mode
	jc .not
	call hide_cursor
	call border
	mov ah, 0fh
	int 10h
	mov [columns], ah
	mov al, [mode]
	cmp al, 3
	jbe .text
	cmp al, 7
	je .text
	call dots
	jmp .show
.text:	call steady
	call cells
.show:	call title
	cmp byte [mode], 0fh		; colours 4 and 0Ch blink
	je .blinks
	call picture
	jmp .not
.blinks:
	call blinking_picture
.not:	inc byte [mode]
	cmp byte [mode], 14h
	jb .next
	jmp finish

; Blue, with it the background of modes 4 and 5 on a CGA.
border:	call is_planar
	je .planar
	mov ah, 0bh
	mov bx, 1
	int 10h
	ret
.planar:
	mov ax, 1001h
	mov bx, 100h
	int 10h
	ret

; "mode xx" in the last row.
title:	mov di, shown_mode
	push ds
	pop es
	mov al, [mode]
	call put_hex
	mov dx, 1802h
	mov bl, 0fh
	mov si, words
	call say_at
	ret

; All attributes, 16 to a row, two cells wide, and all characters.
cells:	xor dh, dh
	xor bl, bl			; attribute
.row:	xor dl, dl
.cell:	mov al, bl
	and al, 15
	add al, 'A'
	call put_char
	inc dl
	mov al, bl
	add al, 0b0h			; what is drawn with lines, too
	call put_char
	inc dl
	inc bl
	test bl, 15
	jnz .cell
	inc dh
	test bl, bl
	jnz .row
	xor al, al
	mov dh, 16
.line:	xor dl, dl
.char:	mov bl, 7
	call put_char
	inc ax
	inc dl
	cmp dl, 36
	jb .char
	inc dh
	cmp dh, 24
	jb .line
	ret

; Bars, a 16th of the width each; in mode 13h every column has a colour of its own below
; them.
dots:	mov al, [columns]
	mov ah, 8
	mul ah
	mov [width], ax
	mov dx, 8
.row:	xor cx, cx
.dot:	mov ax, cx
	call color_at
	mov ah, 0ch
	xor bh, bh
	int 10h
	inc cx
	cmp cx, [width]
	jb .dot
	inc dx
	cmp dx, 24
	jb .row
	mov dx, 12			; four rows of them XORed with 5
.xor:	xor cx, cx
.one:	mov ax, 0c85h
	xor bh, bh
	int 10h
	add cx, 3
	cmp cx, [width]
	jb .one
	inc dx
	cmp dx, 16
	jb .xor
	mov dx, 24
.all:	xor cx, cx
.each:	mov ax, cx
	cmp byte [mode], 13h
	je .put
	xor al, dl
	and al, 15
.put:	mov ah, 0ch
	xor bh, bh
	int 10h
	inc cx
	cmp cx, [width]
	jb .each
	inc dx
	cmp dx, 28
	jb .all
	mov bl, 1
	mov dh, 4
.text:	mov dl, bl
	mov si, letters
	call say_at
	inc dh
	inc bl
	cmp bl, 16
	jb .text
	mov dx, 1400h			; characters of all kinds
	xor al, al
.char:	mov bl, 7
	call put_char
	inc ax
	inc dl
	cmp dl, 20
	jb .char
	mov dx, 1500h
	mov al, 0b0h
.line:	mov bl, 0fh
	call put_char
	inc ax
	inc dl
	cmp dl, 20
	jb .line
	mov dx, 1402h			; XORed on what is there
	mov bl, 83h
	mov si, letters
	call say_at
	ret

; AX: column; answers the bar's colour in AL.
color_at:
	push dx
	push cx
	mov cx, [width]
	shr cx, 1
	shr cx, 1
	shr cx, 1
	shr cx, 1
	xor dx, dx
	div cx
	pop cx
	pop dx
	ret

mode	db 0
columns	db 0
width	dw 0
words	db 'mode '
shown_mode db '00', 0
letters	db 'Colour text gy', 0
