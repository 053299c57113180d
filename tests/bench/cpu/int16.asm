; 16-bit integer: sieve + CRC-16 (bitwise) + quicksort + 16-bit mul/div
%define NAME 'int16'
%define DEFN 500
%include "common.inc"
        cpu 8086
SIZE    equ 8190
NQ      equ 2000
kernel:
        mov di,flags
        mov cx,SIZE+1
        mov al,1
        rep stosb
        xor bp,bp
        xor si,si
.outer: cmp byte [flags+si],0
        je .next
        mov ax,si
        add ax,ax
        add ax,3
        mov di,si
        add di,ax
.in:    cmp di,SIZE
        ja .done
        mov byte [flags+di],0
        add di,ax
        jmp .in
.done:  inc bp
.next:  inc si
        cmp si,SIZE
        jbe .outer
        add [csum],bp
        adc word [csum+2],0
; crc16 over 2048 bytes of flags
        mov si,flags
        mov cx,2048
        mov ax,0FFFFh
.cl:    xor ah,[si]
        inc si
        mov dl,8
.cb:    shl ax,1
        jnc .cn
        xor ax,1021h
.cn:    dec dl
        jnz .cb
        loop .cl
        add [csum],ax
        adc word [csum+2],0
; fill array with 16-bit LCG, seed depends on crc
        mov di,arr
        mov cx,NQ
        mov bx,25173
.fl:    mul bx
        add ax,13849
        stosw
        loop .fl
        mov si,arr
        mov di,arr+(NQ-1)*2
        call qs
; checksum: check order and accumulate; div too
        mov si,arr
        mov cx,NQ
        xor bx,bx
        mov di,7
.sl:    lodsw
        xor dx,dx
        div di
        add bx,dx
        rol bx,1
        xor bx,ax
        inc di
        loop .sl
        add [csum],bx
        adc word [csum+2],0
        mov si,arr
        mov cx,NQ-1
.ck:    lodsw
        cmp ax,[si]
        jbe .ckok
        inc word [csum+2]
.ckok:  loop .ck
        ret
qs:     cmp si,di
        jae .ret
        push si
        push di
        mov bx,si
        add bx,di
        rcr bx,1
        and bx,0FFFEh
        mov dx,[bx]
.part:
.i:     cmp [si],dx
        jae .j
        add si,2
        jmp .i
.j:     cmp [di],dx
        jbe .je
        sub di,2
        jmp .j
.je:    cmp si,di
        ja .dn
        mov ax,[si]
        xchg ax,[di]
        mov [si],ax
        add si,2
        sub di,2
        cmp si,di
        jbe .part
.dn:    pop bx
        pop ax
        push si
        push bx
        mov si,ax
        call qs
        pop di
        pop si
        jmp qs
.ret:   ret
        align 2
arr     equ ($-$$+100h+15)/16*16+1000h
flags   equ arr+NQ*2+16
