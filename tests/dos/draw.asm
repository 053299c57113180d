; draw.asm - clears the screen, writes "first" by INT 10h/09h and "third" with a
; line and an arrow (1Ah) behind it to the video memory; with an argument it prints
; a line by DOS before.  Exit code 3.

	org 100h

	cmp byte [80h], 0
	je .draw
	mov ah, 09h
	mov dx, line
	int 21h
.draw:	mov ax, 0003h
	int 10h
	mov si, first
	xor dx, dx
.next:	mov ah, 02h
	mov bx, 0007h
	int 10h
	lodsb
	or al, al
	jz .third
	mov ah, 09h
	mov bx, 0007h
	mov cx, 1
	int 10h
	inc dl
	jmp .next
.third:	mov ax, 0b800h
	mov es, ax
	mov di, 2 * 80 * 2 + 2 * 2
	mov si, third
	mov cx, 7
.put:	lodsb
	stosb
	inc di
	loop .put
	mov ax, 4c03h
	int 21h

line	db "line", 13, 10, "$"
first	db "first", 0
third	db "third", 0b3h, 1ah
