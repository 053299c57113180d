; software interrupts: int 60h / 61h handlers with iret
%define NAME 'intr'
%define DEFN 400
%define HAVE_INIT
%include "common.inc"
        cpu 386
init:   mov word [cnt],0
        mov ax,2560h
        mov dx,h60
        int 21h
        mov ax,2561h
        mov dx,h61
        int 21h
        ret
kernel: mov cx,10000
        xor ax,ax
        xor bx,bx
.l:     int 60h
        mov dx,cx
        int 61h
        add bx,dx
        loop .l
        add bx,ax
        add [csum],bx
        adc word [csum+2],0
        ret
h60:    inc ax
        iret
h61:    push ds
        push es
        push si
        push cs
        pop ds
        sti
        mov si,[cnt]
        add si,dx
        mov [cnt],si
        mov dx,si
        pop si
        pop es
        pop ds
        iret
cnt     equ 2000h
