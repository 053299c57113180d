; 386 real mode: rep stosd/movsd, unaligned dword read-modify-write, 32-bit addressing, fs/gs
%define NAME 'mem32'
%define DEFN 800
%define HAVE_INIT
%include "common.inc"
        cpu 386
init:   call alloc64
        mov [seg1],ax
        call alloc64
        mov [seg2],ax
        ret
kernel: mov es,[seg1]
        mov fs,[seg1]
        mov gs,[seg2]
        xor di,di
        mov eax,[csum]
        add eax,12345678h
        mov cx,4000h
        rep stosd
        mov es,[seg2]
        mov ds,[seg1]
        xor si,si
        xor di,di
        mov cx,3FFFh
        rep movsd
        mov si,1
        mov di,6
        mov cx,3000h
        rep movsd
; ramp, unaligned dword stores with 32-bit addressing
        mov ecx,2000h
        mov edi,2
        mov eax,9E3779B9h
.f:     mov [gs:edi],eax
        lea eax,[eax+eax*4+77h]
        add edi,5
        dec ecx
        jnz .f
; RMW unaligned
        mov si,3
        mov cx,2000h
        xor eax,eax
.rm:    add eax,[gs:si]
        xor [fs:si+2],eax
        add si,5
        loop .rm
; table lookups with scaled index
        mov ecx,4000h
        xor ebx,ebx
.t:     movzx edx,bl
        add eax,[gs:edx*4+100h]
        mov ebx,eax
        shr ebx,7
        movzx edx,bx
        and edx,7FFCh
        xor eax,[fs:edx]
        dec ecx
        jnz .t
        mov cx,cs
        mov ds,cx
        add [csum],eax
        ret
        align 2
seg1    dw 0
seg2    dw 0
