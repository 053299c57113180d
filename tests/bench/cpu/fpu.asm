; x87: mandelbrot in double memory operands + trig
%define NAME 'fpu'
%define DEFN 200
%include "common.inc"
        cpu 386
GW      equ 64
GH      equ 48
MAXIT   equ 64
kernel: finit
        fldcw [bits53]            ; what emulators that compute with doubles do
        mov word [rowc],GH
        fld qword [ymin]
        fstp qword [vcy]
        mov word [acc],0
.row:   mov word [colc],GW
        fld qword [xmin]
        fstp qword [vcx]
.col:   fldz                      ; zi
        fldz                      ; zr        st0=zr st1=zi
        mov cx,MAXIT
.it:    fld st0
        fmul st0,st0              ; zr2 zr zi
        fld st2
        fmul st0,st0              ; zi2 zr2 zr zi
        fld st1
        fadd st0,st1              ; mag zi2 zr2 zr zi
        fcomp qword [kfour]
        fnstsw ax
        sahf
        ja .esc
        fsubp st1,st0             ; zr2-zi2 zr zi
        fadd qword [vcx]          ; nzr zr zi
        fxch st1
        fmulp st2,st0             ; nzr zr*zi
        fxch st1
        fadd st0,st0
        fadd qword [vcy]           ; nzi nzr
        fxch st1                  ; nzr nzi
        dec cx
        jnz .it
        fstp st0
        fstp st0
        jmp .done
.esc:   fstp st0
        fstp st0
        fstp st0
        fstp st0
.done:  add [acc],cx
        rol word [acc],1
        fld qword [vcx]
        fadd qword [vdx]
        fstp qword [vcx]
        dec word [colc]
        jnz .col
        fld qword [vcy]
        fadd qword [vdy]
        fstp qword [vcy]
        dec word [rowc]
        jnz .row
        mov ax,[acc]
        add [csum+2],ax           ; high word: mandelbrot
; trig: sum of sqrt(i)*sin(i*0.01)*cos(i*0.02) ... and atan, 500 terms, scaled
        fldz
        mov cx,500
.t:     mov [vtmp],cx
        fild word [vtmp]
        fld st0
        fsqrt                     ; s i acc
        fld st1
        fmul qword [k01]
        fsin
        fmulp st1,st0             ; s*sin i acc
        fld st1
        fmul qword [k02]
        fcos
        fmulp st1,st0
        fild word [vtmp]
        fld1
        fpatan
        faddp st1,st0
        fdiv qword [kc3]
        faddp st2,st0             ; i acc'
        fstp st0
        loop .t
        fmul qword [k1000]
        fistp dword [vtmp]
        mov ax,[vtmp]
        add [csum],ax             ; low word: trig (rounded)
        ret
        align 8
vcx     equ 2000h
vcy     equ 2008h
xmin    dq -2.0
ymin    dq -1.2
vdx     dq 0.046875
vdy     dq 0.05
kfour    dq 4.0
k01     dq 0.01
k02     dq 0.02
kc3      dq 3.0
k1000   dq 100.0
bits53  dw 027Fh
vtmp    equ 2010h
rowc    equ 2018h
colc    equ 201Ah
acc     equ 201Ch
