; hello.asm - prints a line by INT 21h/09h and ends with exit code 0.
	org 100h
	mov dx, line
	mov ah, 9
	int 21h
	mov ax, 4c00h
	int 21h
line:	db "Hello from DOS", 13, 10, "$"
