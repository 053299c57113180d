; look.asm - looks for keys and never waits: by INT 16h/01h, with an argument
; beginning with D by INT 21h/0Bh, with E by INT 21h/06h; prints each, ends with exit
; code 5 on "q".  With an argument beginning with T it gives up after 40 ticks of the
; BIOS, exit code 6; with W it works, looking 1000 times, and ends with exit code 8 if
; that took 20 ticks, 9 if it took more.

	org 100h

	mov al, [82h]
	mov [how], al
	push es
	mov ax, 40h
	mov es, ax
	mov bp, [es:6ch]
	cmp byte [how], 'W'
	je work
.look:	cmp byte [how], 'D'
	je .dos
	cmp byte [how], 'E'
	je .raw
	cmp byte [how], 'T'
	jne .bios
	mov ax, [es:6ch]
	sub ax, bp
	cmp ax, 40
	jae .late
.bios:	mov ah, 01h
	int 16h
	jz .look
	mov ah, 00h
	int 16h
	jmp .got
.dos:	mov ah, 0bh
	int 21h
	or al, al
	jz .look
	mov ah, 08h
	int 21h
	jmp .got
.raw:	mov ah, 06h
	mov dl, 0ffh
	int 21h
	jz .look
.got:	cmp al, 'q'
	je .end
	mov dl, al
	mov ah, 02h
	int 21h
	jmp .look
.late:	mov ax, 4c06h
	int 21h
.end:	mov ax, 4c05h
	int 21h

work:	mov si, 1000
.more:	mov cx, 1000
	loop $
	mov ah, 01h
	int 16h
	dec si
	jnz .more
	mov ax, [es:6ch]
	sub ax, bp
	cmp ax, 20
	mov ax, 4c08h
	jbe .fast
	inc ax
.fast:	int 21h

how	db 0
