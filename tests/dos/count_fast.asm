; count_fast.asm - writes numbers over the whole screen by its memory, as fast as it
; can; a key ends it.
	cpu 8086
	org 100h

	mov ax, 0003h
	int 10h
	mov ax, 0b800h
	mov es, ax
	cld
	xor dx, dx			; the number
.next:	mov di, 0
	mov cx, 80 * 25 / 5
.cell:	mov ax, dx
	push cx
	mov cx, 5
.digit:	push ax
	and al, 0fh
	add al, 30h
	cmp al, '9'
	jbe .ten
	add al, 7
.ten:	mov ah, 1eh
	stosw
	pop ax
	shr ax, 1
	shr ax, 1
	shr ax, 1
	loop .digit
	pop cx
	loop .cell
	inc dx
	test dl, 15
	jnz .next
	mov ah, 1
	int 16h
	jz .next
	mov ax, 4c00h
	int 21h
