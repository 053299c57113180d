; pages.asm - what a text screen can do besides text; each key brings the next step:
; page 3 is shown, which was written before; the picture begins a row lower, by the
; CRTC; the cursor is a block, a line, none; attributes blink, then have bright
; backgrounds; the DAC's blue is another.  The last key ends it.
	cpu 8086
	org 100h

	mov ax, 0003h
	int 10h
	mov si, first
	mov bx, 0007h			; page 0
	call print
	mov si, third
	mov bx, 0307h			; page 3
	call print
	call key
	mov ax, 0503h
	int 10h
	call key
	mov dx, 3d4h			; 3 pages of 1000h bytes and a row: 1850h words
	mov ax, 180ch
	out dx, ax
	mov ax, 500dh
	out dx, ax
	call key
	mov ax, 0503h			; back
	int 10h
	mov cx, 0007h
	call shape
	mov cx, 0607h
	call shape
	mov cx, 2000h
	call shape
	mov ax, 0b800h
	mov es, ax
	mov word [es:3000h + 10 * 160], 9f42h	; a blinking B
	call key
	mov ax, 1003h
	xor bx, bx
	int 10h
	call key
	mov dx, 3c8h			; attribute 9 is DAC register 39h
	mov al, 39h
	out dx, al
	inc dx
	mov al, 10h
	out dx, al
	mov al, 20h
	out dx, al
	mov al, 30h
	out dx, al
	call key
	mov ax, 4c00h
	int 21h

shape:	mov ah, 1
	int 10h
key:	xor ah, ah
	int 16h
	ret

; SI: lines, ended by 0; BH: the page
print:	cld
.next:	lodsb
	or al, al
	jz .end
	push bx
	push si
	cmp al, 10
	je .tty
	mov ah, 0ah			; a cell, and on
	mov cx, 1
	int 10h
	mov ah, 3
	int 10h
	inc dx
	mov ah, 2
	int 10h
	jmp .on
.tty:	mov ah, 3
	int 10h
	inc dh
	mov dl, 0
	mov ah, 2
	int 10h
.on:	pop si
	pop bx
	jmp .next
.end:	ret

first:	db 'page nought', 10, 'its second row', 0
third:	db 'page three', 10, 'the second of three', 10, 0
