; carddots.asm - in each graphics mode that the card has: two dots by INT 10h of colors 0Bh
; and 5, read back; the first turned over with 1; a character, read back; and the same after
; scrolling down a row.
	cpu 8086
	org 100h
	cld
	mov si, modes
next:	lodsb
	cmp al, 0ffh
	je end
	mov [mode], al
	xor ah, ah
	int 10h
	mov ah, 0fh
	int 10h
	cmp al, [mode]
	jne next
	mov di, text
	call hex
	mov cx, 33
	mov bl, 0bh
	call dot
	mov cx, 34
	mov bl, 5
	call dot
	mov cx, 33
	mov bl, 81h
	call dot
	mov ax, 0900h + 'Q'
	mov bx, 3
	mov cx, 1
	int 10h
	call character
	mov ax, 0701h			; a row down
	xor bx, bx
	xor cx, cx
	mov dx, 1813h
	int 10h
	call character			; a blank
	mov ah, 2
	mov dx, 0100h
	int 10h
	call character
	mov ax, 3			; what is printed goes to no graphics screen
	int 10h
	mov byte [di], '$'
	mov dx, text
	mov ah, 9
	int 21h
	jmp next
end:	mov dx, line
	mov ah, 9
	int 21h
	mov ax, 4c00h
	int 21h

; The dot at CX, 7 gets color BL, and its color is stored.
dot:	mov ah, 0ch
	mov al, bl
	mov dx, 7
	xor bx, bx
	int 10h
	mov ah, 0dh
	int 10h
	jmp hex

; What is under the cursor is stored.
character:
	mov ah, 8
	xor bx, bx
	int 10h
	jmp hex

%define HEX_STORES
%include "hex.inc"

modes:	db 4, 5, 6, 8, 9, 0ah, 0dh, 0eh, 10h, 12h, 13h, 0ffh
mode:	db 0
line:	db 13, 10, "$"
text:	times 20 db " "
	db "$"
