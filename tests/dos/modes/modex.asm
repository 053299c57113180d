; modex.asm - a VGA without chain-4, in all sizes that programs use: each dot another than
; its neighbours, bars of 16 colours above, a frame of white dots at the very edges, and
; the size in letters.  Last, chain-4 itself with other sizes than 320x200.
%include "modes.inc"
%include "timing.inc"

BYTES	equ 0e3h			; mode control: bytes, no wrap

; misc, width, its characters shown and in all, retrace; height, lines shown, in all,
; retrace, lines of a row less one
%macro size 10
	dw %2, %6
	timing %1, 1, %3, %4, %5, %7, %8, %9, %10, %2 / 8, BYTES
%endmacro

HEIGHT	equ 4				; behind the width
LENGTH	equ 4 + 27

start:	cld
	mov si, sizes
.next:	cmp word [si], 0
	je .chained
	push si
	mov al, 13h
	call set_mode
	seq 4, 6			; no chain-4
	lodsw
	mov [width], ax
	lodsw
	mov [height], ax
	call set_timing
	mov ax, 0a000h
	mov es, ax
	call draw
	call picture
	pop si
	add si, LENGTH
	jmp .next

; 256x200 and 256x256 by chain-4, and 320x200 with lines that are 384 bytes apart.
.chained:
	mov si, chains
.one:	cmp word [si], 0
	je .end
	push si
	mov al, 13h
	call set_mode
	lodsw
	mov [width], ax
	lodsw
	mov [height], ax
	lodsw
	mov [pitch], ax
	call set_timing
	call chained
	call picture
	pop si
	add si, LENGTH + 2
	jmp .one
.end:	jmp finish

; The dot at x, y has the colour x + 3 y; above are bars, around it is a frame.
draw:	mov byte [plane], 0
.plane:	mov cl, [plane]
	mov ax, 102h
	shl ah, cl
	mov dx, SEQ
	out dx, ax
	mov bx, [width]			; bytes of a line
	shr bx, 1
	shr bx, 1
	xor di, di
	xor bp, bp
.row:	xor ah, ah
	mov al, [plane]
	mov cx, bx
	cmp bp, 20
	jb .bars
	mov dx, bp
	add ax, dx
	add ax, dx
	add ax, dx
.dot:	stosb
	add al, 4
	loop .dot
	jmp .end
.bars:	xor dx, dx			; four bytes of a plane are 16 dots
.bar:	mov al, dl
	shr al, 1
	shr al, 1
	and al, 15
	stosb
	inc dx
	loop .bar
.end:	inc bp
	cmp bp, [height]
	jb .row
	inc byte [plane]
	cmp byte [plane], 4
	jb .plane
	call frame
	jmp name_it

; White dots at the very edges: the first and the last line, and in each the first dot and
; the last.
frame:	mov bx, [width]
	shr bx, 1
	shr bx, 1
	seq 2, 0fh
	xor di, di
	mov cx, bx
	mov al, 15
	rep stosb
	mov ax, [height]
	dec ax
	mul bx
	mov di, ax
	mov cx, bx
	mov al, 15
	rep stosb
	seq 2, 1
	mov al, 15
	mov si, 0
	call column
	seq 2, 8
	mov si, bx
	dec si

; A byte in each line, from SI on.
column:	mov di, si
	mov cx, [height]
	mov al, 15
.next:	mov [es:di], al
	add di, bx
	loop .next
	ret

; Colour of the dot at BX, BP.
color:	mov al, 15
	test bx, bx
	jz .end
	test bp, bp
	jz .end
	mov cx, bx
	inc cx
	cmp cx, [width]
	je .end
	mov cx, bp
	inc cx
	cmp cx, [height]
	je .end
	mov ax, bx
	cmp bp, 20
	jb .bar
	add ax, bp
	add ax, bp
	add ax, bp
	ret
.bar:	shr ax, 1
	shr ax, 1
	shr ax, 1
	shr ax, 1
	and al, 15
.end:	ret

; The size in letters of the ROM, white on black, from 16, 32 on.
name_it:
	push ds
	pop es
	mov di, text
	mov ax, [width]
	call decimal
	mov al, 'x'
	stosb
	mov ax, [height]
	call decimal
	mov ax, 1130h			; the font of 8 lines
	mov bh, 3
	push bp
	int 10h
	mov [font], bp
	mov [font + 2], es
	pop bp
	mov ax, 0a000h
	mov es, ax
	mov word [x], 16
	mov si, text
.letter:
	lodsb
	push si
	call letter
	pop si
	cmp si, text + 7
	jb .letter
	ret

; AX as three digits.
decimal:
	mov bl, 100
	div bl
	call .digit
	mov al, ah
	aam
	push ax
	mov al, ah
	call .digit
	pop ax
.digit:	add al, '0'
	stosb
	ret

letter:	push ds
	xor ah, ah
	shl ax, 1
	shl ax, 1
	shl ax, 1
	lds si, [font]
	add si, ax
	mov bp, 32
.row:	lodsb
	mov bl, al
	mov bh, 8
	mov cx, [cs:x]
.dot:	shl bl, 1
	mov al, 0
	jnc .put
	mov al, 15
.put:	call put_dot
	inc cx
	dec bh
	jnz .dot
	inc bp
	cmp bp, 40
	jb .row
	add word [cs:x], 8
	pop ds
	ret

; AL at CX, BP.
put_dot:
	push ax
	push bx
	push cx
	push ax
	mov ax, [cs:width]
	cmp word [cs:pitch], 0
	jne .chain
	mul bp
	add ax, cx
	mov di, ax
	shr di, 1
	shr di, 1
	and cl, 3
	mov ax, 102h
	shl ah, cl
	mov dx, SEQ
	out dx, ax
	jmp .put
.chain:	mov ax, [cs:pitch]
	mul bp
	add ax, cx
	mov di, ax
.put:	pop ax
	stosb
	pop cx
	pop bx
	pop ax
	ret

chained:
	mov ax, 0a000h
	mov es, ax
	xor di, di
	xor ax, ax
	mov cx, 8000h
	rep stosw
	xor bp, bp
.row:	mov ax, [pitch]
	mul bp
	mov di, ax
	xor bx, bx
.dot:	call color
	stosb
	inc bx
	cmp bx, [width]
	jb .dot
	inc bp
	cmp bp, [height]
	jb .row
	jmp name_it

; Clock and sync polarities: 25 MHz with 400 and 480 lines, 28 MHz, and 28 MHz with 480.
M400	equ 63h
M480	equ 0e3h
W400	equ 67h
W480	equ 0e7h

sizes:
%define narrow 64, 100, 70
%define usual 80, 100, 84
%define wide 90, 112, 94
%define wider 94, 113, 96
%define widest 100, 118, 104
size M400, 256, narrow, 200, 400, 449, 412, 1
size M480, 256, narrow, 240, 480, 525, 490, 1
size M480, 256, narrow, 256, 512, 547, 520, 1
size M400, 256, narrow, 400, 400, 449, 412, 0
size M480, 256, narrow, 480, 480, 525, 490, 0
size M400, 320, usual, 200, 400, 449, 412, 1
size M480, 320, usual, 240, 480, 525, 490, 1
size M400, 320, usual, 400, 400, 449, 412, 0
size M480, 320, usual, 480, 480, 525, 490, 0
size W400, 360, wide, 200, 400, 449, 412, 1
size W480, 360, wide, 240, 480, 525, 490, 1
size W480, 360, wide, 270, 540, 560, 546, 1
size W400, 360, wide, 400, 400, 449, 412, 0
size W480, 360, wide, 480, 480, 525, 490, 0
size W480, 376, wider, 240, 480, 525, 490, 1
size W480, 376, wider, 282, 564, 590, 570, 1
size W480, 376, wider, 308, 616, 640, 622, 1
size W480, 376, wider, 564, 564, 590, 570, 0
size W400, 400, widest, 200, 400, 449, 412, 1
size W480, 400, widest, 240, 480, 525, 490, 1
size W480, 400, widest, 300, 600, 630, 608, 1
size W480, 400, widest, 600, 600, 630, 608, 0
	dw 0

; the same with the distance of lines in bytes
chains:
	dw 256, 200, 256
	timing M400, 1, narrow, 400, 449, 412, 1, 4020h, 0a3h
	dw 256, 256, 256
	timing M480, 1, narrow, 512, 547, 520, 1, 4020h, 0a3h
	dw 320, 160, 384
	timing M400, 1, usual, 320, 449, 372, 1, 4030h, 0a3h
	dw 0

width	dw 0
height	dw 0
pitch	dw 0
x	dw 0
font	dw 0, 0
plane	db 0
text	db '320x200'
