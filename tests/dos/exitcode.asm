; exitcode.asm - its exit code is the number on its command line.
	org 100h
	mov si, 81h
	xor bx, bx
next:	lodsb
	cmp al, ' '
	je next
	sub al, '0'
	cmp al, 9
	ja done
	cbw
	imul bx, 10
	add bx, ax
	jmp next
done:	mov al, bl
	mov ah, 4ch
	int 21h
