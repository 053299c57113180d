; shutdown.asm - a third fault while a double fault is delivered: the
; processor shuts down (Intel 386 PRM 9.8.8).  WHY says how it comes to that.

%include "pm.inc"

	mov dword [goon], .wrong
	mov [home], esp
%if WHY == 0				; no table at all
	lidt [cs:nothing]
	int3
%elif WHY == 1				; gates that are not present
	mov byte [IDT+8*8+5], 0x0e
	mov byte [IDT+8*13+5], 0x0e
	push dword 0
	push dword 0
	retf
%elif WHY == 2				; a double fault's task that is no task
	mov byte [IDT+8*13+5], 0x0e
	mov dword [IDT+8*8], FLAT << 16
	mov dword [IDT+8*8+4], 0x8500
	mov ax, 0x1234
	mov fs, ax
%elif WHY == 3				; paging takes the ground away
	mov eax, 0x30000
	mov cr3, eax
	mov eax, cr0
	or eax, 0x80000000
	mov cr0, eax
%elif WHY == 4				; no stack for privilege 0
	mov dword [TSS+8], 0
	GO3 .three, 0x202
.three:	hlt
%endif
.wrong:	xor eax, eax
	out EXIT, al
	hlt
nothing: dw 0
	dd 0
	PM_END
