; golden.asm - pictures for a comparison of colours, in the VESA mode of 132x60 (10Ch).
; Each key brings the next one; with each goes a file, Pnn, of what the program itself
; sees: the cells at B800h, the palette (INT 10h/1009h, 16 bytes), the DAC read back by
; its ports (256 of red, green, blue), and whether attributes blink (1).
;
; P00-P08	every character in every attribute, with bright backgrounds
; P09-P13	those from 78h on, blinking
; P14-P21	every attribute, with DAC registers 0 to 63 at eight values each for each part
; P22-P29	the DAC's registers fading to black
; After the last comes the end.

	org 100h
	cpu 8086

PICTURES	equ 30
BLINKING	equ 9			; the first of these, and so on
COLORS		equ 14
FADES		equ 22
FIRST_BLINKING	equ 4			; shows the page of characters
CELLS		equ 132 * 60
SHOWN		equ 30 * 256		; cells of characters in a picture

	mov ax, 4f02h
	mov bx, 10ch
	int 10h
	cmp ax, 004fh
	jne .bad
	mov ah, 01h			; no cursor
	mov cx, 2000h
	int 10h
	mov ax, 0b800h
	mov es, ax
	cld
.next:	call picture
	call keep
	xor ah, ah
	int 16h
	inc byte [number]
	cmp byte [number], PICTURES
	jb .next
	mov ax, 4c00h
	int 21h
.bad:	mov ax, 4c01h
	int 21h

picture:
	mov al, [number]
	cmp al, COLORS
	jae .colors
	xor bx, bx
	cmp al, BLINKING
	jb .steady
	sub al, BLINKING - FIRST_BLINKING
	inc bx
.steady:
	mov [blink], bl
	push ax
	mov ax, 1003h
	int 10h
	pop ax
	mov ah, 30
	mul ah
	jmp characters
.colors:
	cmp al, FADES
	jae fade
	jmp colors

; AX: the first attribute
characters:
	xor di, di
	mov cx, SHOWN
	mov bh, al			; attribute
	xor dl, dl			; character
.cell:	mov ah, bh
	mov al, dl
	stosw
	inc dl
	jnz .same
	inc bh
	jz .blank			; that was FFh
.same:	loop .cell
	inc cx
.blank:	dec cx
	add cx, CELLS - SHOWN
	mov ax, 0720h
	rep stosw
	ret

; All attributes, on all of the screen; and DAC register i, part p: 13i + 29p + 8n.
colors:
	push ax
	mov ax, 1003h
	xor bx, bx
	mov [blink], bl
	int 10h
	pop ax
	xor di, di
	mov cx, CELLS
	xor bx, bx
.cell:	mov al, bl
	and al, 3fh
	add al, 30h
	mov ah, bl
	stosw
	inc bx
	loop .cell
	mov bl, [number]
	sub bl, COLORS
	shl bl, 1
	shl bl, 1
	shl bl, 1
	mov dx, 3c8h
	mov al, 0
	out dx, al
	inc dx
	mov cx, 64
.color:	mov al, bl
	and al, 3fh
	out dx, al
	add al, 29
	and al, 3fh
	out dx, al
	add al, 29
	and al, 3fh
	out dx, al
	add bl, 13
	loop .color
	ret

; Every part of the 64 registers an eighth of its first value darker.
fade:
	cmp al, FADES
	jne .on
	mov ax, ds
	mov es, ax
	mov dx, first
	mov ax, 1017h
	xor bx, bx
	mov cx, 64
	int 10h
	mov ax, 0b800h
	mov es, ax
.on:	mov bl, PICTURES - 1
	sub bl, [number]		; 7 ... 0
	mov dx, 3c8h
	mov al, 0
	out dx, al
	inc dx
	mov si, first
	mov cx, 3 * 64
.part:	lodsb
	mul bl
	push cx
	mov cl, 3
	shr ax, cl
	pop cx
	out dx, al
	loop .part
	ret

; The file.
keep:
	mov al, [number]
	aam
	add ax, 3030h
	xchg al, ah
	mov [name + 1], ax
	mov ah, 3ch
	xor cx, cx
	mov dx, name
	int 21h
	jc .bad
	mov bx, ax
	push ds
	push es
	pop ds
	xor dx, dx
	mov cx, CELLS * 2
	mov ah, 40h
	int 21h
	pop ds
	push bx
	push es
	push ds
	pop es
	mov dx, palette
	mov ax, 1009h
	int 10h
	pop es
	mov dx, 3c7h
	mov al, 0
	out dx, al
	mov dx, 3c9h
	mov cx, 3 * 256
	mov di, dac
.read:	in al, dx
	mov [di], al
	inc di
	loop .read
	pop bx
	mov al, [blink]
	mov [di], al
	mov dx, palette
	mov cx, 16
	mov ah, 40h
	int 21h
	mov dx, dac
	mov cx, 3 * 256 + 1
	mov ah, 40h
	int 21h
	mov ah, 3eh
	int 21h
	ret
.bad:	mov ax, 4c02h
	int 21h

number	db 0
blink	db 0
name	db 'Pnn', 0
first:
palette	equ first + 3 * 64
dac	equ palette + 17
