; trace_port.asm - gives the speaker's timer a known divisor, and reads a port of nobody's.
	org	100h
	mov	al, 0b6h
	out	43h, al
	mov	al, 34h
	out	42h, al
	mov	al, 12h
	out	42h, al
	mov	dx, 7f0h
	in	ax, dx
	mov	ax, 4c00h
	int	21h
