/* silicon.c - the host's processor, in LDT segments of its own.
 *
 * From 64-bit code an IRET enters the sequence; at its end it jumps far to
 * a stub in LEAVE_SEL, and from there back to 64-bit code in low memory,
 * which stores the registers.  A fault comes back as a signal: the kernel
 * has stored the registers.
 *
 * Everything a sequence can reach lies inside its segments' limits, code
 * is not writable, and it contains no instruction that enters the kernel.
 * In case it does nevertheless, a filter turns system calls from anything
 * but 64-bit code into signals.  */

#include "native.h"

#include <string.h>

#if !defined(__x86_64__)

uint8_t *silicon_open(const char **why)
{
	*why = "the host is no x86-64";
	return NULL;
}

bool silicon_mode(bool big)
{
	(void)big;
	return false;
}

void silicon_run(const struct sequence *s, struct registers *after)
{
	(void)s, (void)after;
}

#else

#include <asm/ldt.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stddef.h>
#include <sys/auxv.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <ucontext.h>
#include <unistd.h>

#define ARENA		0x20000000ul
#define STUB		0x10080000ul
#define IO		0x10081000ul
#define ENTRY_STACK	0x10000ul	/* the lowest address of all */
#define ALT_STACK	0x10000u

/* At IO; the stub knows the offsets.  */
struct io {
	uint32_t reg[8];		/* 00 */
	uint32_t flags, ip;		/* 20 */
	uint32_t seg[6];		/* 28, enum cpu_seg */
	uint64_t host_sp;		/* 40 */
	uint64_t fs_base;		/* 48 */
	uint32_t fpu;			/* 50 */
	uint32_t has_fsgsbase;		/* 54 */
	uint32_t vector;		/* 58 */
	uint8_t pad[0x24];
	uint8_t image[108];		/* 80: FNSAVE */
};

static struct io *const io = (struct io *)IO;

/* The stub's three parts.  Addresses of struct io are absolute.  */
__asm__(
	"	.pushsection .text\n"
	"native_stub:\n"
	"	.set	io, 0x10081000\n"

	/* Into the sequence.  Called with the host's registers.  */
	"native_enter:\n"
	"	push	%rbx\n"
	"	push	%rbp\n"
	"	push	%r12\n"
	"	push	%r13\n"
	"	push	%r14\n"
	"	push	%r15\n"
	"	movq	%rsp, io+0x40\n"
	/* With a 16-bit stack segment IRET leaves bits 16-31 of RSP as they
	 * are (Intel SDM vol. 3, "Returns from exceptions"): 1, see ESP_HIGH.  */
	"	movl	$0x1fff0, %esp\n"
	"	movl	io+0x28, %eax\n"
	"	movl	%eax, %es\n"
	"	movl	io+0x34, %eax\n"
	"	movl	%eax, %ds\n"
	"	movl	io+0x38, %eax\n"
	"	movl	%eax, %fs\n"
	"	movl	io+0x3c, %eax\n"
	"	movl	%eax, %gs\n"
	"	movl	io+0x30, %eax\n"
	"	push	%rax\n"		/* ss */
	"	movl	io+0x10, %eax\n"
	"	push	%rax\n"		/* esp */
	"	movl	io+0x20, %eax\n"
	"	push	%rax\n"		/* flags */
	"	movl	io+0x2c, %eax\n"
	"	push	%rax\n"		/* cs */
	"	movl	io+0x24, %eax\n"
	"	push	%rax\n"		/* ip */
	"	movl	io+0x00, %eax\n"
	"	movl	io+0x04, %ecx\n"
	"	movl	io+0x08, %edx\n"
	"	movl	io+0x0c, %ebx\n"
	"	movl	io+0x14, %ebp\n"
	"	movl	io+0x18, %esi\n"
	"	movl	io+0x1c, %edi\n"
	"	iretq\n"

	/* The sequence is over: its registers, with flags untouched.  */
	"native_leave:\n"
	"	movl	%eax, io+0x00\n"
	"	movl	%ecx, io+0x04\n"
	"	movl	%edx, io+0x08\n"
	"	movl	%ebx, io+0x0c\n"
	"	movl	%esp, io+0x10\n"
	"	movl	%ebp, io+0x14\n"
	"	movl	%esi, io+0x18\n"
	"	movl	%edi, io+0x1c\n"
	"	movl	%es, %eax\n"
	"	movl	%eax, io+0x28\n"
	"	movl	%ss, %eax\n"
	"	movl	%eax, io+0x30\n"
	"	movl	%ds, %eax\n"
	"	movl	%eax, io+0x34\n"
	"	movl	%fs, %eax\n"
	"	movl	%eax, io+0x38\n"
	"	movl	%gs, %eax\n"
	"	movl	%eax, io+0x3c\n"
	"	movl	$0x2b, %eax\n"
	"	movl	%eax, %ss\n"
	"	movq	io+0x40, %rsp\n"
	"	pushfq\n"
	"	pop	%rax\n"
	"	movl	%eax, io+0x20\n"
	"	movl	$0x100, io+0x58\n"

	/* Back in the host's world; a signal's handler comes here too.  */
	"native_back:\n"
	"	cld\n"
	"	cmpl	$0, io+0x50\n"
	"	je	1f\n"
	"	fnsave	io+0x80\n"
	"1:	xorl	%eax, %eax\n"
	"	movl	%eax, %ds\n"
	"	movl	%eax, %es\n"
	"	movl	%eax, %gs\n"
	"	movl	%eax, %fs\n"
	"	movq	io+0x48, %rsi\n"
	"	cmpl	$0, io+0x54\n"
	"	je	2f\n"
	"	wrfsbase %rsi\n"
	"	jmp	3f\n"
	"2:	movl	$0x1002, %edi\n"	/* arch_prctl(ARCH_SET_FS) */
	"	movl	$158, %eax\n"
	"	syscall\n"
	"3:	pop	%r15\n"
	"	pop	%r14\n"
	"	pop	%r13\n"
	"	pop	%r12\n"
	"	pop	%rbp\n"
	"	pop	%rbx\n"
	"	ret\n"
	"native_stub_end:\n"
	"	.popsection\n");

extern const uint8_t native_stub[], native_enter[], native_leave[], native_back[],
	       native_stub_end[];

static uint64_t stub_address(const uint8_t *part)
{
	return STUB + (part - native_stub);
}

static bool descriptor(uint16_t sel, bool code, bool big)
{
	struct user_desc d = {
		.entry_number = sel >> 3, .base_addr = ARENA + sel * 16, .limit = 0xffff,
		.seg_32bit = big, .contents = code ? MODIFY_LDT_CONTENTS_CODE : 0,
		.useable = 1,
	};

	return syscall(SYS_modify_ldt, 1, &d, sizeof d) == 0;
}

bool silicon_mode(bool big)
{
	/* JMP FAR 33h:native_leave, with an operand-size prefix where 16
	 * bits are the rule.  LEAVE_SEL is always a 16-bit segment.  */
	uint8_t *leave = (uint8_t *)ARENA + LEAVE_SEL * 16;
	uint32_t to = stub_address(native_leave);
	bool ok = descriptor(CODE_SEL, true, big) && descriptor(LEAVE_SEL, true, false);

	for (unsigned i = 0; i < DATA_SELS; i++)
		ok = ok && descriptor(DATA_SEL + DATA_STEP * i, false, big);
	leave[0] = 0x66;
	leave[1] = 0xea;
	memcpy(leave + 2, &to, 4);
	leave[6] = 0x33;
	leave[7] = 0;
	return ok;
}

/* No thread-local storage, no stack protector: FS is the sequence's.  */
__attribute__((optimize("no-stack-protector")))
static void on_signal(int number, siginfo_t *info, void *context)
{
	ucontext_t *uc = context;
	greg_t *g = uc->uc_mcontext.gregs;
	uint64_t selectors = g[REG_CSGSFS];
	uint32_t fs, gs, es, ds;

	(void)info;
	if ((selectors & 0xffff) == 0x33) {
		/* Ours, or the stub's: die of it.  */
		signal(number, SIG_DFL);
		return;
	}
	io->reg[CPU_AX] = g[REG_RAX];
	io->reg[CPU_CX] = g[REG_RCX];
	io->reg[CPU_DX] = g[REG_RDX];
	io->reg[CPU_BX] = g[REG_RBX];
	io->reg[CPU_SP] = g[REG_RSP];
	io->reg[CPU_BP] = g[REG_RBP];
	io->reg[CPU_SI] = g[REG_RSI];
	io->reg[CPU_DI] = g[REG_RDI];
	io->flags = g[REG_EFL];
	io->ip = g[REG_RIP];
	io->vector = g[REG_TRAPNO];
	__asm__("movl %%fs, %0; movl %%gs, %1; movl %%es, %2; movl %%ds, %3"
		: "=r" (fs), "=r" (gs), "=r" (es), "=r" (ds));
	io->seg[CPU_CS] = selectors & 0xffff;
	io->seg[CPU_SS] = selectors >> 48;
	io->seg[CPU_FS] = fs;
	io->seg[CPU_GS] = gs;
	io->seg[CPU_ES] = es;
	io->seg[CPU_DS] = ds;
	g[REG_RIP] = stub_address(native_back);
	g[REG_RSP] = io->host_sp;
	g[REG_EFL] = 0x202;
	g[REG_CSGSFS] = 0x33 | (uint64_t)0x2b << 48;
}

static bool catch_signals(void)
{
	static uint8_t alternate[ALT_STACK];
	static const int numbers[] = { SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGTRAP, SIGSYS };
	struct sigaction act = { .sa_sigaction = on_signal, .sa_flags = SA_SIGINFO | SA_ONSTACK };
	stack_t stack = { .ss_sp = alternate, .ss_size = sizeof alternate };

	if (sigaltstack(&stack, NULL))
		return false;
	for (unsigned i = 0; i < sizeof numbers / sizeof *numbers; i++)
		if (sigaction(numbers[i], &act, NULL))
			return false;
	return true;
}

static bool filter_system_calls(void)
{
	struct sock_filter rule[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, arch)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, AUDIT_ARCH_X86_64, 1, 0),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_TRAP),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	struct sock_fprog program = { .len = 4, .filter = rule };

	return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
		prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
}

static bool map(uint64_t at, size_t size, int protection)
{
	return mmap((void *)at, size, protection,
		    MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0) == (void *)at;
}

uint8_t *silicon_open(const char **why)
{
	uint64_t fs_base;

	*why = "no room in low memory";
	if (!map(ARENA, ARENA_SIZE, PROT_READ | PROT_WRITE | PROT_EXEC) ||
	    !map(ENTRY_STACK, 0x10000, PROT_READ | PROT_WRITE) ||
	    !map(STUB, 0x1000, PROT_READ | PROT_WRITE) ||
	    !map(IO, 0x1000, PROT_READ | PROT_WRITE))
		return NULL;
	memcpy((void *)STUB, native_stub, native_stub_end - native_stub);
	if (mprotect((void *)STUB, 0x1000, PROT_READ | PROT_EXEC))
		return NULL;
	*why = "modify_ldt is not permitted";
	if (!silicon_mode(false))
		return NULL;
	*why = "signals or system call filters are not permitted";
	if (syscall(SYS_arch_prctl, 0x1003, &fs_base) ||	/* ARCH_GET_FS */
	    !catch_signals() || !filter_system_calls())
		return NULL;
	io->fs_base = fs_base;
	io->has_fsgsbase = getauxval(AT_HWCAP2) >> 1 & 1;
	return (uint8_t *)ARENA;
}

/* FNINIT, then the registers.  */
static void set_fpu(const struct registers *before)
{
	memset(io->image, 0, sizeof io->image);
	io->image[0] = 0x7f;
	io->image[1] = 0x03;
	memcpy(io->image + 8, &before->fpu_tag, 2);
	memcpy(io->image + 28, before->st, sizeof before->st);
	__asm__ volatile("frstor %0" : : "m" (io->image));
}

void silicon_run(const struct sequence *s, struct registers *after)
{
	void (*enter)(void) = (void (*)(void))stub_address(native_enter);

	memcpy(io->reg, s->before.reg, sizeof io->reg);
	io->flags = s->before.flags;
	io->ip = s->before.ip;
	for (unsigned i = 0; i < 6; i++)
		io->seg[i] = s->before.seg[i];
	io->fpu = s->fpu;
	if (s->fpu)
		set_fpu(&s->before);
	enter();
	memcpy(after->reg, io->reg, sizeof io->reg);
	after->flags = io->flags;
	after->vector = io->vector;
	after->ip = io->vector == NO_VECTOR ? 0 : io->ip;
	for (unsigned i = 0; i < 6; i++)
		after->seg[i] = io->seg[i];
	after->seg[CPU_CS] = CODE_SEL;
	if (s->fpu) {
		memcpy(&after->fpu_control, io->image, 2);
		memcpy(&after->fpu_status, io->image + 4, 2);
		memcpy(&after->fpu_tag, io->image + 8, 2);
		memcpy(after->st, io->image + 28, 80);
	}
}

#endif
