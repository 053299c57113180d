; data written in the same page as the hot code (not self-modifying): variables placed 256 bytes after the loop
%define NAME 'codedata'
%define DEFN 1000
%include "common.inc"
        cpu 386
        align 1024
kernel: mov cx,10000
        mov word [va],0
        mov word [vb],1
.l:     mov ax,[va]
        add ax,cx
        mov [va],ax
        xor ax,[vb]
        rol ax,1
        mov [vb],ax
        inc byte [vc]
        dec cx
        jnz .l
        add [csum],ax
        adc word [csum+2],0
        ret
        times 256 db 90h
va      dw 0
vb      dw 0
vc      db 0
        times 63 db 90h
        ret
