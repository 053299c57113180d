; video.asm - uses the screen.  The command tail's first letter says how: L a line, by INT 10h,
; T two cells of text memory, G mode 13h, P planes with latches and an unchained mode
; 13h; G and P print a sum of what they find in the memory, and go back to text.
	bits 16
	org 100h
	cld
	mov al, [82h]
	cmp al, 'L'
	je line
	cmp al, 'T'
	je text
	cmp al, 'G'
	je chained
	cmp al, 'P'
	je planes
	mov ax, 4c01h
	int 21h

line:	mov si, message
	xor bx, bx
.next:	lodsb
	test al, al
	jz done
	mov ah, 0eh
	int 10h
	jmp .next

text:	mov ax, 0b800h
	mov es, ax
	mov di, 160 * 10
	mov ax, 1f54h
	stosw
	mov ax, 9e03h			; a heart, blinking
	stosw
	call frames
	jmp done

chained:
	mov ax, 13h
	int 10h
	mov ax, 0a000h
	mov es, ax
	mov bp, 60			; pictures, each a little different
.again:	xor di, di
	mov cx, 64000
	mov ax, bp
.fill:	stosb
	add al, 3
	adc al, ah
	loop .fill
	call one_frame
	dec bp
	jnz .again
	jmp sum

planes:	mov ax, 13h
	int 10h
	mov ax, 0a000h
	mov es, ax
	mov dx, 3c4h			; unchain
	mov ax, 0604h
	out dx, ax
	mov bp, 40
.again:	mov dx, 3c4h
	mov cx, 4
	mov bx, 0102h			; map mask, plane by plane
.plane:	mov ax, bx
	out dx, ax
	push cx
	mov di, bp
	mov cx, 4000
	mov al, bl
	add ax, bp
.fill:	stosb
	add al, bh
	loop .fill
	pop cx
	shl bh, 1
	loop .plane
	mov ax, 0f02h
	out dx, ax
	mov dx, 3ceh
	mov ax, 4105h			; write mode 1: copy by the latches
	out dx, ax
	push ds
	push es
	pop ds
	mov si, bp
	mov di, 8000
	mov cx, 3000
	rep movsb
	pop ds
	mov ax, 4005h
	out dx, ax
	call one_frame
	sub bp, 1
	jnz .again
	mov ax, 0f02h
	mov dx, 3c4h
	out dx, ax
	mov ax, 0e04h			; chained again
	out dx, ax

sum:	xor bx, bx
	xor si, si
	mov cx, 2000h			; the first 16 KiB
.add:	add bx, [es:si]
	rol bx, 1
	add si, 2
	loop .add
	mov ax, 3
	int 10h
	mov cx, 4
.digit:	rol bx, 4
	mov dl, bl
	and dl, 15
	add dl, '0'
	cmp dl, '9'
	jbe .put
	add dl, 7
.put:	mov ah, 2
	int 21h
	loop .digit
done:	mov ax, 4c00h
	int 21h

frames:	mov cx, 3
.next:	call one_frame
	loop .next
	ret

; Until the next retrace begins.
one_frame:
	push ax
	push dx
	mov dx, 3dah
.in:	in al, dx
	test al, 8
	jnz .in
.out:	in al, dx
	test al, 8
	jz .out
	pop dx
	pop ax
	ret

message	db 'a line', 13, 10, 0
