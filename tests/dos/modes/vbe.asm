; vbe.asm - each graphics mode that VESA's BIOS lists: eight rows of sixteen colours, from
; dark to bright where a pixel is a colour, in a frame of dots by the BIOS, and by the
; BIOS the mode's number.  With LINEAR through the linear frame buffer, without through the
; window; the pictures are the same.  At the end the display starts at other places of a
; large picture, and colours have eight bits.  A band's first line is written in bytes, the
; others in dwords, as a program that is run step by step has not much time.
%include "modes.inc"
	cpu 386

start:	cld
%ifdef LINEAR
	call flat
%endif
	mov ax, cs
	add ax, 1000h
	mov [row_at], ax		; a segment for a row of pixels
	mov di, info
	mov dword [di], 'VBE2'
	mov ax, 4f00h
	int 10h
	lds si, [info + 0eh]
	mov di, list
.copy:	lodsw
	stosw
	cmp ax, 0ffffh
	jne .copy
	push cs
	pop ds
	mov si, list
.next:	lodsw
	cmp ax, 0ffffh
	je last
	push si
	call choose
	jc .no
	call draw
	call picture
.no:	pop si
	jmp .next

; The picture begins 100 pixels further and 50 lines below, in lines of 1024; then there are
; colours of eight bits.
last:	mov ax, 101h
	call choose
	mov ax, 4f06h
	xor bx, bx
	mov cx, 1024
	int 10h
	mov [pitch], bx
	call draw
	mov ax, 4f07h
	xor bx, bx
	mov cx, 101
	mov dx, 50
	int 10h
	call picture
	mov ax, 4f08h
	mov bx, 0800h
	int 10h
	mov di, info
	mov cx, 256
	xor eax, eax
.color:	mov [di], al			; blue, green, red
	mov [di + 1], ah
	mov byte [di + 2], 81h
	add di, 4
	add ax, 0f3fbh
	loop .color
	mov ax, 4f09h
	xor bx, bx
	mov cx, 256
	xor dx, dx
	mov di, info
	int 10h
	call picture
	jmp finish

; Mode AX is set, if it has graphics.  CF: it has not, or not this way.
choose:	push cs
	pop es
	mov [mode], ax
	mov cx, ax
	mov ax, 4f01h
	mov di, mi
	int 10h
	test byte [mi], 10h
	jz .no
%ifdef LINEAR
	test byte [mi], 80h
	jz .no
	or cx, 4000h
%endif
	mov bx, cx
	mov ax, 4f02h
	int 10h
	cmp ax, 4fh
	jne .no
	mov ax, [mi + 10h]
	mov [pitch], ax
	mov ax, [mi + 12h]
	mov [width], ax
	mov ax, [mi + 14h]
	mov [height], ax
	mov al, [mi + 19h]
	mov [depth], al
	clc
	ret
.no:	stc
	ret

draw:	mov word [line], 0
	mov word [band], -1
.line:	mov ax, [line]			; band: line * 8 / height
	shl ax, 3
	xor dx, dx
	div word [height]
	cmp ax, [band]
	je .same
	mov [band], ax
	call make_row
	mov byte [shift], 0
.same:	call put_row
	mov byte [shift], 2
	inc word [line]
	mov ax, [line]
	cmp ax, [height]
	jb .line
	call frame
	jmp label

; --- A row of pixels, of which each sixteenth has one color
make_row:
	mov es, [row_at]
	xor di, di
	xor cx, cx
.next:	mov al, cl
	mov si, di
	call pixel
	push cx
	mov ax, di			; and the others behind it
	sub ax, si
	mov bx, [width]
	shr bx, 4
	dec bx
	mul bx
	mov cx, ax
	es rep movsb
	pop cx
	inc cx
	cmp cx, 16
	jb .next
	mov [bytes], di
	ret

; Colour AL of the row's band goes to ES:DI.
pixel:	cmp byte [depth], 8
	ja .deep
	je .byte
	add al, [band]
	and al, 15
	stosb
	ret
.byte:	shl al, 4
	add al, [band]
	add al, [band]
	stosb
	ret
.deep:	mov dl, [band]			; brightness 31 to 255
	inc dl
	shl dl, 5
	dec dl
	xor ebx, ebx
	test al, 4
	jz .no_red
	mov bl, dl
.no_red:
	shl ebx, 8
	test al, 2
	jz .no_green
	mov bl, dl
.no_green:
	shl ebx, 8
	test al, 1
	jz .no_blue
	mov bl, dl
.no_blue:
	test al, 8			; and half of the others
	jz .plain
	shr dl, 1
	movzx edx, dl
	imul edx, edx, 010101h
	or ebx, edx
.plain:	cmp byte [depth], 24
	jae .whole
	mov eax, ebx			; 8 8 8 to 5 5 5 or 5 6 5
	shr al, 3
	shr ah, 3
	cmp byte [depth], 16
	jne .five
	mov ah, bh
	shr ah, 2
.five:	movzx dx, ah
	and ax, 1fh
	shl dx, 5
	or ax, dx
	shr ebx, 19
	shl bx, 10
	cmp byte [depth], 16
	jne .put
	shl bx, 1
.put:	or ax, bx
	stosw
	ret
.whole:	mov eax, ebx
	stosw
	shr eax, 16
	stosb
	cmp byte [depth], 32
	jne .end
	mov al, 0a5h			; which is not seen
	stosb
.end:	ret

; --- ... and into the memory, in units of 1 << shift bytes
put_row:
	cmp byte [depth], 4
	je planes_row
	movzx eax, word [line]
	movzx ebx, word [pitch]
	mul ebx
%ifdef LINEAR
	mov edi, [mi + 28h]
	add edi, eax
	xor ebx, ebx
	mov es, bx
	xor esi, esi
	movzx edx, word [bytes]
	call copy
	ret
%else
	xor si, si
	mov bp, [bytes]
	movzx edi, ax
	shr eax, 16
	call bank
	mov ax, 0a000h
	mov es, ax
.part:	xor edx, edx			; as far as the bank goes
	mov dx, di
	neg dx
	jz .all
	cmp dx, bp
	jb .some
.all:	mov dx, bp
.some:	sub bp, dx
	movzx esi, si
	call copy
	movzx edi, di
	test bp, bp
	jz .end
	mov ax, [window]
	inc ax
	call bank
	jmp .part
.end:	ret
%endif

; EDX bytes of the row go to ES:EDI.
copy:	mov cl, [shift]
	push ds
	mov ds, [row_at]
	test cl, cl
	jz .bytes
	shr edx, cl
	mov ecx, edx
	a32 rep movsd
	pop ds
	ret
.bytes:	mov ecx, edx
	a32 rep movsb
	pop ds
	ret

; The window at bank AX.
bank:	pushad
	mov [window], ax
	mov dx, ax
	xor bx, bx
	call far [mi + 0ch]
	popad
	ret

; A byte for each eight pixels, in the first one's color: write mode 2.
planes_row:
	movzx eax, word [line]
	movzx ebx, word [pitch]
	mul ebx
	mov di, ax
	shr eax, 16
	call bank
	mov ax, 0a000h
	mov es, ax
	gc 5, 2
	xor si, si
	mov cx, [width]
	shr cx, 3
.next:	push ds
	mov ds, [row_at]
	mov al, [si]
	pop ds
	mov [es:di], al
	add si, 8
	inc di
	jnz .same
	mov ax, [window]
	inc ax
	call bank
.same:	loop .next
	gc 5, 0
	ret

; --- By the BIOS
frame:	xor cx, cx
.across:
	xor dx, dx
	call dot
	mov dx, [height]
	dec dx
	call dot
	inc cx
	cmp cx, [width]
	jb .across
	xor dx, dx
.down:	xor cx, cx
	call dot
	mov cx, [width]
	dec cx
	call dot
	inc dx
	cmp dx, [height]
	jb .down
	ret
dot:	mov ax, 0c0fh
	xor bx, bx
	int 10h
	ret

label:	push cs
	pop es
	mov di, text
	mov al, [mode + 1]
	call put_hex
	mov al, [mode]
	call put_hex
	mov ax, 1300h
	mov bx, 14
	mov cx, 4
	mov dx, 0102h
	mov bp, text
	int 10h
	ret

%include "flat.inc"

text:	db '....'
mode	dw 0
row_at	dw 0
pitch	dw 0
width	dw 0
height	dw 0
line	dw 0
band	dw 0
bytes	dw 0
shift	db 0
window	dw 0
depth	db 0
mi	equ $
list	equ mi + 256
info	equ list + 400
