; serial.asm - bytes over COM1 by INT 14h.
;	SERIAL S	send standard input, then 1Ah
;	SERIAL R	print what comes, up to 1Ah; a silent line is asked again
;	SERIAL E	send back what comes, in capitals, up to 1Ah
;	SERIAL L	the line's status: exit code 1 if nobody is there
;	SERIAL P	print 'lpt2' by INT 17h at the second printer; exit code: AH
	org 100h
	mov ax, 00e3h		; 9600 8N1
	xor dx, dx
	int 14h
	mov al, [82h]
	cmp al, 'S'
	je send
	cmp al, 'R'
	je receive
	cmp al, 'E'
	je echo
	cmp al, 'L'
	je status
	mov si, printed
	mov dx, 1
	mov ah, 1
	int 17h
.next:	lodsb
	or al, al
	jz .over
	xor ah, ah
	int 17h
	jmp .next
.over:	mov ah, 2
	int 17h
	test ah, 80h		; until it is ready again
	jz .over
	mov al, ah
	mov ah, 4ch
	int 21h

send:	mov ah, 3fh
	xor bx, bx
	mov cx, 1
	mov dx, byte_in
	int 21h
	mov bl, 1ah
	cmp ax, 1
	jb .put
	mov bl, [byte_in]
.put:	call put
	cmp bl, 1ah
	jne send
	int 20h

receive:
	call get
	cmp al, 1ah
	je done
	mov dl, al
	mov ah, 2
	int 21h
	jmp receive
done:	int 20h

echo:	call get
	mov bl, al
	cmp al, 'a'
	jb .put
	cmp al, 'z'
	ja .put
	sub bl, 20h
.put:	call put
	cmp bl, 1ah
	jne echo
	int 20h

status:	mov ah, 3
	xor dx, dx
	int 14h
	and al, 20h		; data set ready
	xor al, 20h
	mov cl, 5
	shr al, cl
	mov ah, 4ch
	int 21h

put:	mov al, bl
	mov ah, 1
	xor dx, dx
	int 14h
	test ah, 80h
	jnz put
	ret
get:	mov ah, 2
	xor dx, dx
	int 14h
	test ah, 80h
	jnz get
	ret

printed: db "lpt2", 0
byte_in: db 0
