; rewrite.asm - rewrites all of the text memory 55 times a tick of the clock, which is
; 1,000 times a second, for 91 ticks, which are five seconds; then ends.  Each time every
; cell is another.
	cpu 8086
	org 100h

	mov ax, 0003h
	int 10h
	mov ax, 0b800h
	mov es, ax
	cld
	xor bp, bp
	mov cx, 91
.tick:	push cx
	xor ah, ah
	int 1ah
	mov [now], dx
	mov cx, 55
.again:	push cx
	xor di, di
	mov cx, 2000
	mov ax, bp
.cell:	stosw
	add ax, 0107h
	loop .cell
	add bp, 0b3h
	pop cx
	loop .again
.wait:	xor ah, ah
	int 1ah
	cmp dx, [now]
	je .wait
	pop cx
	loop .tick
	mov ax, 4c00h
	int 21h

now:	dw 0
