"""The filters of system calls: what a student's program may ask the kernel for.

Everything is refused but what is listed. A call that no harmless program makes kills the program
(SIGSYS, which the judge reads as a refused call); any other gets "not implemented", with which
libraries know how to live.
"""

import errno
import functools
import os
from collections.abc import Iterable
from enum import IntEnum

import pyseccomp

CLONE_THREAD = 0x00010000
# CLONE_NEWTIME, NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID, NEWNET, in this order.
NEW_NAMESPACE = (
    0x80, 0x20000, 0x2000000, 0x4000000, 0x8000000, 0x10000000, 0x20000000, 0x40000000,
)  # fmt: skip
AT_EMPTY_PATH = 0x1000
AF_UNIX = 1
MAP_SHARED, MAP_ANONYMOUS = 0x01, 0x20
INT = 0xFFFFFFFF
SIGN = 0x80000000
# TCGETS, TIOCGWINSZ, FIONREAD, FIONBIO, FIONCLEX, FIOCLEX: "is this a terminal", and flags.
IOCTLS = (0x5401, 0x5413, 0x541B, 0x5421, 0x5450, 0x5451)
# PR_GET_DUMPABLE, PR_SET_NAME, PR_GET_NAME, PR_CAPBSET_READ, PR_SET_VMA (glibc names its arenas).
PRCTLS = (3, 15, 16, 23, 0x53564D41)

FILES = """
    read write readv writev pread64 pwrite64 preadv pwritev preadv2 pwritev2 open openat openat2
    creat close close_range lseek stat lstat fstat newfstatat statx access faccessat faccessat2
    dup dup2 dup3 pipe pipe2 fcntl flock ftruncate truncate fallocate fsync fdatasync getdents
    getdents64 getcwd chdir fchdir rename renameat renameat2 mkdir mkdirat rmdir link linkat
    symlink symlinkat unlink unlinkat readlink readlinkat chmod fchmod fchmodat umask utime utimes
    utimensat futimesat statfs fstatfs sendfile copy_file_range fadvise64 readahead poll ppoll
    select pselect6 epoll_create epoll_create1 epoll_ctl epoll_wait epoll_pwait epoll_pwait2
    eventfd eventfd2 timerfd_create timerfd_settime timerfd_gettime signalfd signalfd4 sendto
    recvfrom sendmsg recvmsg shutdown getsockname getpeername getsockopt setsockopt
"""
MEMORY = """
    brk munmap mremap mprotect madvise msync mincore membarrier pkey_alloc pkey_free
    pkey_mprotect
"""
PROCESS = """
    exit exit_group arch_prctl set_tid_address set_robust_list get_robust_list rseq futex
    futex_waitv getpid getppid gettid getuid geteuid getgid getegid getresuid getresgid getgroups
    getpgrp getpgid getsid getpriority getrlimit setrlimit getrusage times sysinfo uname getcpu
    getrandom sched_yield sched_getaffinity sched_getparam sched_getscheduler
    sched_get_priority_max sched_get_priority_min sched_rr_get_interval rt_sigaction
    rt_sigprocmask rt_sigreturn rt_sigpending rt_sigtimedwait rt_sigsuspend sigaltstack pause
    alarm getitimer setitimer restart_syscall nanosleep clock_nanosleep clock_gettime clock_getres
    gettimeofday time timer_create timer_settime timer_gettime timer_getoverrun timer_delete wait4
    waitid capget
"""
DANGEROUS = """
    ptrace process_vm_readv process_vm_writev process_madvise process_mrelease kcmp pidfd_open
    pidfd_getfd pidfd_send_signal mount umount2 pivot_root chroot move_mount open_tree fsopen
    fsconfig fsmount fspick mount_setattr unshare setns add_key request_key keyctl bpf
    perf_event_open userfaultfd memfd_secret personality name_to_handle_at open_by_handle_at
    quotactl quotactl_fd reboot init_module finit_module delete_module create_module kexec_load
    kexec_file_load swapon swapoff acct settimeofday clock_settime clock_adjtime adjtimex syslog
    sethostname setdomainname iopl ioperm modify_ldt vhangup lookup_dcookie nfsservctl setuid
    setgid setreuid setregid setresuid setresgid setgroups setfsuid setfsgid capset mknod mknodat
    bind connect listen accept accept4 shmget shmat shmctl shmdt semget semop semtimedop semctl
    msgget msgsnd msgrcv msgctl mq_open mq_unlink mq_timedsend mq_timedreceive mq_notify
    mq_getsetattr fanotify_init fanotify_mark seccomp migrate_pages move_pages vmsplice uselib
"""
FORK = "fork vfork execve setpgid setsid"
"""What the compiler's driver needs more."""
ASYNC_IO = "io_uring_setup io_uring_enter io_uring_register io_setup io_submit io_destroy"
DENIED = "memfd_create"
"""Refused with a plain error, for the sake of libraries that try it."""


class Profile(IntEnum):
    """For what a program is run; the number is its filter's place in the runner's list."""

    COMPILE = 0
    INTERPRETER = 1
    """Runs inside the runner's own child: nothing is executed any more."""
    PROGRAM = 2
    NODE = 3
    """Its library tries io_uring by the way, and does without."""


@functools.cache
def program(profile: Profile) -> bytes:
    """The filter as the kernel takes it: an array of struct sock_filter.

    Raises OSError where libseccomp does not know this machine.
    """
    allow, kill = pyseccomp.ALLOW, pyseccomp.KILL_PROCESS
    filters = pyseccomp.SyscallFilter(pyseccomp.ERRNO(errno.ENOSYS))
    filters.set_attr(pyseccomp.Attr.ACT_BADARCH, kill)
    filters.set_attr(pyseccomp.Attr.CTL_OPTIMIZE, 2)  # a tree in place of a long list
    _add(filters, allow, FILES + MEMORY + PROCESS)
    _add(filters, kill, DANGEROUS)
    _add(filters, pyseccomp.ERRNO(errno.EPERM), DENIED)
    _add(filters, allow if profile is Profile.COMPILE else kill, FORK)
    if profile is not Profile.NODE:
        _add(filters, kill, ASYNC_IO)
    if profile is not Profile.INTERPRETER:
        # The one execution of the program itself, from a descriptor.
        _add(filters, allow, "execveat", [(4, pyseccomp.EQ, AT_EMPTY_PATH)])
    _add_clone(filters, fork=profile is Profile.COMPILE)
    _add_signals(filters)
    _add_mappings(filters)
    _add_by_argument(filters)
    with os.fdopen(os.memfd_create("filter"), "w+b") as file:
        filters.export_bpf(file)
        file.seek(0)
        return file.read()


Condition = tuple[int, ...]
"""The argument's number, the comparison, and what it is compared with (and under which mask)."""


def _add(
    filters: pyseccomp.SyscallFilter, action: int, names: str, conditions: Iterable[Condition] = ()
) -> None:
    """A rule for each of the named calls; names that this machine does not have are passed over."""
    given = [pyseccomp.Arg(*each) for each in conditions]
    for name in names.split():
        number = pyseccomp.resolve_syscall(pyseccomp.system_arch(), name)
        if number >= 0:
            filters.add_rule(action, number, *given)


def _add_clone(filters: pyseccomp.SyscallFilter, *, fork: bool) -> None:
    """Threads for all, processes where `fork`, new namespaces for nobody.

    clone3 hides its flags in memory, so it stays "not implemented" and libraries take clone.
    """
    spaces = sum(NEW_NAMESPACE) & ~0x80  # with clone, 0x80 is part of the signal's number
    forbidden = spaces if fork else spaces | CLONE_THREAD
    wanted = 0 if fork else CLONE_THREAD
    same = [(0, pyseccomp.MASKED_EQ, forbidden, wanted)]
    _add(filters, pyseccomp.ALLOW, "clone", same)
    for flag in NEW_NAMESPACE[1:]:
        _add(filters, pyseccomp.KILL_PROCESS, "clone", [(0, pyseccomp.MASKED_EQ, flag, flag)])
    if not fork:
        process = [(0, pyseccomp.MASKED_EQ, CLONE_THREAD, 0)]
        _add(filters, pyseccomp.KILL_PROCESS, "clone", process)


def _add_signals(filters: pyseccomp.SyscallFilter) -> None:
    """To itself a program may send signals; not to the runner, nor to all (-1) or to a group.

    There is nobody else in a box: only the first process has a number known beforehand.
    """
    calls = "kill tkill tgkill rt_sigqueueinfo rt_tgsigqueueinfo"
    _add(filters, pyseccomp.KILL_PROCESS, calls, [(0, pyseccomp.MASKED_EQ, SIGN, SIGN)])
    for number in (0, 1):
        _add(filters, pyseccomp.KILL_PROCESS, calls, [(0, pyseccomp.MASKED_EQ, INT, number)])
    # More than 1 in the lower half, as far as masks can say it: some bit but the first is set.
    for bit in range(1, 31):
        mask = 1 << bit
        others = [(0, pyseccomp.MASKED_EQ, SIGN | mask, mask)]
        _add(filters, pyseccomp.ALLOW, calls, others)


def _add_mappings(filters: pyseccomp.SyscallFilter) -> None:
    """Any mapping but of shared memory without a file.

    Of such memory one page stays mapped and counts, while all the others stay in use and do not.
    """
    both = MAP_SHARED | MAP_ANONYMOUS
    _add(filters, pyseccomp.ALLOW, "mmap", [(3, pyseccomp.MASKED_EQ, MAP_ANONYMOUS, 0)])
    _add(filters, pyseccomp.ALLOW, "mmap", [(3, pyseccomp.MASKED_EQ, both, MAP_ANONYMOUS)])
    refusal = pyseccomp.ERRNO(errno.EPERM)
    _add(filters, refusal, "mmap", [(3, pyseccomp.MASKED_EQ, both, both)])


def _add_by_argument(filters: pyseccomp.SyscallFilter) -> None:
    equal, masked = pyseccomp.EQ, pyseccomp.MASKED_EQ
    for number in IOCTLS:
        _add(filters, pyseccomp.ALLOW, "ioctl", [(1, masked, INT, number)])
    for number in PRCTLS:
        _add(filters, pyseccomp.ALLOW, "prctl", [(0, masked, INT, number)])
    _add(filters, pyseccomp.ALLOW, "prlimit64", [(0, equal, 0)])
    # asyncio talks to itself over a pair of sockets; a socket of its own no program needs.
    _add(filters, pyseccomp.ALLOW, "socketpair", [(0, equal, AF_UNIX)])
    _add(filters, pyseccomp.KILL_PROCESS, "socketpair", [(0, pyseccomp.NE, AF_UNIX)])
    _add(filters, pyseccomp.ERRNO(errno.EACCES), "socket", [(0, equal, AF_UNIX)])
    _add(filters, pyseccomp.KILL_PROCESS, "socket", [(0, pyseccomp.NE, AF_UNIX)])
