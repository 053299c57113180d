; tiny.asm - the least that a program can do: it ends.
	org 100h
	mov ax, 4c00h
	int 21h
