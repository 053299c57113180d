; lines.asm - 100,000 numbered lines by INT 10h/0Eh, on a screen that it has taken for
; itself (it set a mode).
	cpu 8086
	org 100h

	mov ax, 0003h
	int 10h
	mov bp, 10000
	cld
.ten:	mov di, 10
.line:	mov si, text
.put:	lodsb
	or al, al
	jz .next
	mov ah, 0eh
	mov bx, 7
	push bp
	push di
	push si
	int 10h
	pop si
	pop di
	pop bp
	jmp .put
.next:	mov si, digits + 5		; count
.carry:	inc byte [si]
	cmp byte [si], '9'
	jbe .counted
	mov byte [si], '0'
	dec si
	jmp .carry
.counted:
	dec di
	jnz .line
	dec bp
	jnz .ten
	mov ax, 4c00h
	int 21h

text:	db 'line '
digits:	db '000000', ': the quick brown fox jumps over the lazy dog', 13, 10, 0
