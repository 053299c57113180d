; mono.asm - an MDA's attributes and cursor; a Hercules card's graphics with both pages,
; text behind it, and its start address.
%include "modes.inc"

start:	cld
	mov al, 7
	call set_mode
	call hide_cursor
	call attributes
	call blinking_picture
	mov dx, 3b8h			; bright backgrounds
	mov al, 9
	out dx, al
	call picture
	mov al, 1			; the screen is off
	out dx, al
	call picture
	mov al, 29h
	out dx, al
	mov bx, 160
	call set_start
	call blinking_picture
	xor bx, bx
	call set_start
	mov ah, 1			; the cursor, on a blank
	mov cx, 40ch
	int 10h
	mov ah, 2
	mov dx, 1420h
	xor bh, bh
	int 10h
	call steady
	call blinking_picture
	call is_hercules
	jne .end
	call graphics
.end:	jmp finish

; All attributes, 32 in a row, and all characters.
attributes:
	mov ax, 0b000h
	mov es, ax
	xor di, di
	xor ax, ax
.row:	mov cx, 32
	push di
.cell:	mov al, 'g'
	stosw
	mov al, 0c4h
	stosw
	inc ah
	loop .cell
	pop di
	add di, 160
	cmp di, 8 * 160
	jb .row
	mov di, 10 * 160
	mov ax, 700h
.char:	stosw
	inc al
	jnz .char
	ret

; ZF: bit 7 of the status changes.
is_hercules:
	mov dx, 3bah
	in al, dx
	and al, 80h
	mov ah, al
	mov cx, 0ffffh
.wait:	in al, dx
	and al, 80h
	cmp al, ah
	loope .wait
	mov al, 0
	jne .is
	inc ax
.is:	test al, al
	ret

graphics:
	mov dx, 3bfh
	mov al, 3
	out dx, al
	mov si, registers
	call set_all
	mov ax, 0b000h
	mov bl, 0
	call page
	mov ax, 0b800h
	mov bl, 35h
	call page
	mov dx, 3b8h
	mov al, 0ah
	out dx, al
	call picture
	mov al, 8ah			; the other page
	out dx, al
	call picture
	mov al, 0ah
	out dx, al
	mov bx, 45 * 20			; 80 lines on
	call set_start
	call picture
	xor bx, bx
	call set_start
	mov ax, raster			; from line 100 on the other page
	call picture_by
	mov dx, 3bfh			; graphics no longer allowed: the same as text
	mov al, 0
	out dx, al
	mov al, 7
	call set_mode
	call hide_cursor
	call attributes
	mov dx, 3b8h
	mov al, 0bh
	out dx, al
	jmp picture

; There is no display enable to be seen: lines are counted by their syncs, from the end of
; the vertical one on.
raster:	mov dx, 3bah
.in:	in al, dx
	test al, 80h
	jnz .in
	mov dx, 3b8h
	mov al, 0ah
	out dx, al
	mov dx, 3bah
.out:	in al, dx
	test al, 80h
	jz .out
	mov cx, 116
.line:	in al, dx
	test al, 1
	jz .line
.sync:	in al, dx
	test al, 1
	jnz .sync
	loop .line
	mov dx, 3b8h
	mov al, 8ah
	out dx, al
	ret

; A page of 348 lines of 90 bytes at AX, in four banks; BL is XORed into all.
page:	mov es, ax
	xor di, di
	xor bh, bh			; bank
.bank:	push di
	mov dx, 87
	mov al, bl
	add al, bh
.line:	mov cx, 90
.byte:	stosb
	add al, 11h
	loop .byte
	add al, 3
	dec dx
	jnz .line
	pop di
	add di, 2000h
	inc bh
	cmp bh, 4
	jb .bank
	mov di, 0			; a frame of dots
	mov cx, 90
	mov al, 0ffh
	rep stosb
	mov di, 86 * 90 + 6000h
	mov cx, 90
	rep stosb
	ret

set_all:
	mov dx, 3b8h
	mov al, 2
	out dx, al
	xor cx, cx
.next:	mov al, cl
	mov ah, [si]
	inc si
	mov dx, 3b4h
	out dx, ax
	inc cx
	cmp cl, 12
	jb .next
	xor bx, bx
	jmp set_start
registers db 35h, 2dh, 2eh, 7, 5bh, 2, 57h, 57h, 2, 3, 0, 0
