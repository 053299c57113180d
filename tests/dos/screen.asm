; screen.asm - uses the whole screen: all characters in all colours, written to
; the video memory, in rows 0 to 3; then the code that INT 16h/10h answers for each
; key, from row 6 on, by INT 10h/0Eh.  "p" turns DAC register 1 white; "q" ends it
; with exit code 7.

	org 100h

	mov ax, 0003h
	int 10h
	mov ax, 0b800h
	mov es, ax
	xor di, di
	xor ax, ax
	cld
.cell:	mov ah, al
	and ah, 7fh			; no blinking
	stosw
	inc al
	jnz .cell
	mov ah, 02h
	xor bx, bx
	mov dx, 0600h
	int 10h
.key:	mov ah, 10h
	int 16h
	cmp al, 'q'
	je .end
	cmp al, 'p'
	je .dac
	call word_out
	jmp .key
.dac:	mov dx, 3c8h
	mov al, 1
	out dx, al
	inc dx
	mov al, 3fh
	out dx, al
	out dx, al
	out dx, al
	jmp .key
.end:	mov ax, 4c07h
	int 21h

word_out:
	mov bx, ax
	mov cx, 4
.digit:	rol bx, 4
	mov al, bl
	and al, 0fh
	cmp al, 10
	sbb al, 69h
	das
	call put
	loop .digit
	mov al, ' '
put:	push bx
	mov ah, 0eh
	mov bx, 7
	int 10h
	pop bx
	ret
