; vbe_modes.asm - every graphics mode that VESA's BIOS lists is set twice, once with its window
; and once with the linear frame buffer, and filled; what was written the one way is read
; the other way.  A line of each: its number, size and bits, bytes of a line, and "ok", or
; at which step it was wrong.  The command tail's first letter L: the list alone.
	org 100h
	cpu 386
	cld
	mov di, info
	mov dword [di], 'VBE2'
	mov ax, 4f00h
	int 10h
	cmp ax, 4fh
	jne none
	cmp dword [info], 'VESA'
	jne none
	call flat
	lds si, [info + 0eh]
	push cs
	pop es
	mov di, list
copy:	lodsw
	stosw
	cmp ax, 0ffffh
	jne copy
	push cs
	pop ds
	mov word [next], list
again:	mov si, [next]
	lodsw
	mov [next], si
	cmp ax, 0ffffh
	je end
	mov [mode], ax
	mov cx, ax
	push ds
	pop es
	mov di, mi
	mov ax, 4f01h
	int 10h
	cmp ax, 4fh
	jne none
	test byte [mi], 10h		; graphics
	jz again
	call one
	jmp again
end:	mov ax, 3
	int 10h
	mov dx, text
	sub word [out_at], text
	mov cx, [out_at]
	mov bx, 1
	mov ah, 40h
	int 21h
	mov ax, 4c00h
	int 21h
none:	mov ax, 4c01h
	int 21h

; --- one mode
one:	mov byte [step], '0'
	movzx eax, word [mi + 10h]
	movzx ebx, word [mi + 14h]
	mul ebx
	add eax, 0ffffh
	shr eax, 16
	mov [banks], ax
	call report
	cmp byte [82h], 'L'
	je good
	mov bx, [mode]
	mov ax, 4f02h
	int 10h
	inc byte [step]			; 1: setting it
	cmp ax, 4fh
	jne bad
	mov ax, 4f03h
	int 10h
	inc byte [step]			; 2: it is set
	cmp bx, [mode]
	jne bad
	inc byte [step]			; 3: it is clear
	call is_clear
	jne bad
	call fill
	inc byte [step]			; 4: the window
	call check
	jne bad
	test byte [mi], 80h
	jz good
	mov bx, [mode]
	or bx, 0c000h
	mov ax, 4f02h
	int 10h
	inc byte [step]			; 5: setting it, linear, with what is in the memory
	cmp ax, 4fh
	jne bad
	inc byte [step]			; 6: what the frame buffer shows
	call check_linear
	jne bad
	call fill_linear
	inc byte [step]			; 7: what it has changed
	call check_not
	jne bad
	mov bx, [mode]
	or bx, 4000h
	mov ax, 4f02h
	int 10h
	inc byte [step]			; 8: cleared
	mov edi, [mi + 28h]
	cmp dword [fs:edi], 0
	jne bad
good:	mov si, ok
	jmp say
bad:	mov si, wrong
	call say
	mov al, [step]
	call put
	mov si, crlf
	jmp say

; The window at bank DX; ES:DI is its start.
bank:	mov bx, 0
	mov ax, 4f05h
	int 10h
	mov ax, 0a000h
	mov es, ax
	xor di, di
	ret

; By the far call.
bank_far:
	mov bx, 0
	call far [mi + 0ch]
	mov ax, 0a000h
	mov es, ax
	xor di, di
	ret

; EAX: what bank DX is filled with.
pattern:
	mov al, dl
	mov ah, dl
	xor ax, 0a55ah
	push ax
	shl eax, 16
	pop ax
	not ax
	ret

is_clear:
	xor dx, dx
.next:	call bank
	xor eax, eax
	mov cx, 4000h
	repe scasd
	jne .end
	inc dx
	cmp dx, [banks]
	jb .next
	cmp al, al
.end:	ret

fill:	xor dx, dx
.next:	call bank_far
	call pattern
	mov cx, 4000h
	rep stosd
	inc dx
	cmp dx, [banks]
	jb .next
	ret

check:	xor dx, dx
.next:	call bank
	call pattern
	mov cx, 4000h
	repe scasd
	jne .end
	inc dx
	cmp dx, [banks]
	jb .next
	cmp al, al
.end:	ret

; FS reaches all addresses.
check_linear:
	mov edi, [mi + 28h]
	xor dx, dx
.next:	call pattern
	mov ecx, 4000h
.one:	cmp [fs:edi], eax
	jne .end
	add edi, 4
	dec ecx
	jnz .one
	inc dx
	cmp dx, [banks]
	jb .next
	cmp al, al
.end:	ret

fill_linear:
	mov edi, [mi + 28h]
	xor dx, dx
.next:	call pattern
	not eax
	mov ecx, 4000h
.one:	mov [fs:edi], eax
	add edi, 4
	dec ecx
	jnz .one
	inc dx
	cmp dx, [banks]
	jb .next
	ret

check_not:
	xor dx, dx
.next:	call bank_far
	call pattern
	not eax
	mov cx, 4000h
	repe scasd
	jne .end
	inc dx
	cmp dx, [banks]
	jb .next
	cmp al, al
.end:	ret

%include "flat.inc"

; --- text
report:	mov ax, [mode]
	call hex
	mov al, ' '
	call put
	mov ax, [mi + 12h]
	call number
	mov al, 'x'
	call put
	mov ax, [mi + 14h]
	call number
	mov al, 'x'
	call put
	movzx ax, byte [mi + 19h]
	call number
	mov al, ' '
	call put
	mov ax, [mi + 10h]
	call number
	mov al, ' '
	jmp put
hex:	mov cx, 4
.next:	rol ax, 4
	push ax
	and al, 15
	add al, 90h
	daa
	adc al, 40h
	daa
	call put
	pop ax
	loop .next
	ret
number:	mov cx, 10
	xor dx, dx
	div cx
	push dx
	test ax, ax
	jz .last
	call number
.last:	pop ax
	add al, '0'
put:	push di
	mov di, [out_at]
	mov [di], al
	inc word [out_at]
	pop di
	ret
say:	lodsb
	test al, al
	jz .end
	call put
	jmp say
.end:	ret

ok:	db 'ok'
crlf:	db 13, 10, 0
wrong:	db 'wrong at ', 0
out_at:	dw text
next	equ $
mode	equ next + 2
banks	equ mode + 2
step	equ banks + 2
list	equ step + 2
mi	equ list + 400
info	equ mi + 256
text	equ info + 512
