; 32-bit protected mode, flat, entered by CR0.PE from DOS: int32 kernel + memory kernel
%define NAME 'pm32'
%define DEFN 300
%define HAVE_INIT
%define HAVE_FINI
%include "common.inc"
        cpu 386
; buffers at 2 MB; A20 enabled by port 92h (and harmless if already on)
init:   mov [rmseg],cs
        in al,92h
        or al,2
        and al,0FEh
        out 92h,al
        mov eax,cs
        shl eax,4
        mov [linbase],eax
        mov [gdt+8+2],ax          ; code16 base
        mov [gdt+16+2],ax         ; data16 base
        mov [gdt+24+2],ax         ; code32 base = cs<<4
        mov [gdt+32+2],ax         ; data32 base = cs<<4
        shr eax,16
        mov [gdt+8+4],al
        mov [gdt+16+4],al
        mov [gdt+24+4],al
        mov [gdt+32+4],al
        mov eax,[linbase]
        add eax,gdt
        mov [gdtr+2],eax
        ret
fini:   ret
kernel: cli
        lgdt [gdtr]
        mov eax,cr0
        or al,1
        mov cr0,eax
        jmp 24:pm
rmret:  mov eax,cr0
        and al,0FEh
        mov cr0,eax
        db 0EAh
        dw rm
rmseg   dw 0
rm:     mov ax,cs
        mov ds,ax
        mov es,ax
        mov ss,ax
        movzx esp,sp
        sti
        ret
        bits 32
pm:     mov ax,32
        mov ds,ax
        mov es,ax
        mov ss,ax
        movzx esp,sp
        call k32
        call m32
        mov ax,16                 ; 16-bit data for the way back
        mov ds,ax
        mov es,ax
        mov ss,ax
        jmp 8:rmret16
        bits 16
rmret16: jmp rmret
        bits 32
%include "int32k.inc"
%include "mem32k.inc"
        align 8
gdt     dq 0
        db 0FFh,0FFh,0,0,0,9Ah,0,0       ; 8  code16
        db 0FFh,0FFh,0,0,0,92h,0,0       ; 16 data16
        db 0FFh,0FFh,0,0,0,9Ah,0CFh,0    ; 24 code32 4G
        db 0FFh,0FFh,0,0,0,92h,0CFh,0    ; 32 data32 4G
gdtr    dw 39
        dd 0
linbase dd 0
v_x     equ 2000h
v_y     equ 2004h
v_row   equ 2008h
v_col   equ 200Ch
v_acc   equ 2010h
