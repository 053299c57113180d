; root.asm - a permanent shell: its own parent, with an INT 22h of its own.  Each
; line of its input is counted; at the end of the input it ends with 7, as
; some shells do, which only begins it again.
	org 100h
	mov [16h], cs		; PSP: the parent
	mov word [0ah], again	; and the terminate address
	mov [0ch], cs
	mov ah, 9
	mov dx, up
	int 21h
again:
	push cs
	pop ds
	mov ah, 3fh
	mov bx, 0
	mov cx, 1
	mov dx, byte_in
	int 21h
	or ax, ax
	jz over
	mov dl, [byte_in]
	mov ah, 2
	int 21h
	jmp again
over:
	mov ax, 4c07h
	int 21h
up:	db "up ", "$"
byte_in: db 0
