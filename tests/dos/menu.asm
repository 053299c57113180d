; menu.asm - a full-screen program for scripts: it draws in the video memory and
; reads keys by INT 16h and the mouse by INT 33h.  Down and Up move the bar; Enter on
; "Type" takes a line of text, echoed, until Enter; on "Quit", and F10 anywhere, end
; it with exit code 5; Alt-X with 6, if Alt was seen to be down before: the program looks
; for that every 20 ms only, as some do.  A click of the left button in row 12
; shows "Clicked".

	org 100h

	mov ax, 0003h
	int 10h
	xor ax, ax
	int 33h
	mov ax, 0b800h
	mov es, ax
	cld
draw:	mov si, title
	mov di, 0
	mov ah, 1fh
	call put
	mov si, one
	mov bl, 0
	mov di, 5 * 160 + 20
	call item
	mov si, two
	mov bl, 1
	mov di, 6 * 160 + 20
	call item
key:	mov ax, 3			; the mouse, while there is no key
	int 33h
	test bx, 1
	jz .no
	shr dx, 3
	cmp dx, 12
	jne .no
	mov si, clicked
	mov di, 12 * 160
	mov ah, 2fh
	call put
.no:	mov ah, 11h
	int 16h
	jnz .key
	mov ah, 02h
	int 16h
	and al, 8
	mov [alt], al
	mov ah, 86h			; 20 ms
	xor cx, cx
	mov dx, 20000
	int 15h
	jmp key
.key:
	mov ah, 10h
	int 16h
	cmp ax, 4400h			; F10
	je quit
	cmp ax, 2d00h			; Alt-X
	jne .other
	cmp byte [alt], 0
	jne alt_x
.other:
	cmp ah, 50h
	je .down
	cmp ah, 48h
	je .up
	cmp al, 0dh
	jne key
	cmp byte [bar], 0
	jne quit
	mov si, prompt
	mov di, 10 * 160
	mov ah, 07h
	call put
.char:	mov ah, 10h
	int 16h
	cmp al, 0dh
	je .line
	mov ah, 0eh
	stosw
	jmp .char
.line:	mov si, taken
	mov di, 20 * 160
	mov ah, 07h
	call put
	jmp key
.down:	mov byte [bar], 1
	jmp draw
.up:	mov byte [bar], 0
	jmp draw
quit:	mov ax, 4c05h
	int 21h
alt_x:	mov ax, 4c06h
	int 21h

item:	mov ah, 07h
	cmp bl, [bar]
	jne put
	mov ah, 70h
put:	lodsb
	or al, al
	jz .end
	stosw
	jmp put
.end:	ret

bar	db 0
alt	db 0
title	db 0c9h, 0cdh, " Menu ", 0cdh, 0bbh, 0
one	db "Type", 0
two	db "Quit", 0
prompt	db "Text: ", 0
taken	db "Taken", 0
clicked	db "Clicked", 0
