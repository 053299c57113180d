; self-modifying code: an immediate patched on every iteration
%define NAME 'smc'
%define DEFN 400
%include "common.inc"
        cpu 386
kernel: mov cx,10000
        xor bx,bx
        mov dx,3
.l:     add [.imm+1],dx
        jmp short .imm
.imm:   mov ax,1234h
        add bx,ax
        rol bx,1
        loop .l
        add [csum],bx
        adc word [csum+2],0
        ret
