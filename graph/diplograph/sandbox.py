"""Limits that a process sets itself before it runs a query of somebody else.

POSIX only: without the module ``resource`` (Windows) nothing is limited here, and the deadline and
the refusals of :mod:`diplograph.guard` are all there is. On macOS the address space is not limited
either, since its kernel does not keep to that limit.
"""

from __future__ import annotations

import contextlib
import math
import os
import sys
from pathlib import Path

__all__ = ["close_in"]

_SYSCALLS = {
    "x86_64": (0xC000003E, (41, 42, 59, 322, 425)),
    "aarch64": (0xC00000B7, (198, 203, 221, 281, 425)),
}
"""By machine: its audit number, and its calls socket, connect, execve, execveat, io_uring_setup."""


def close_in(seconds: float, mebibytes: int, disk: str | None = None) -> None:
    """Limit this process for good: no new descriptors, no file growth, no core, memory, CPU time.

    ``seconds`` of CPU time and ``mebibytes`` of address space come on top of what is used already.
    Without new descriptors no socket and no file can be opened. ``disk`` is the folder of an
    on-disk store; one of very many files opens them as it goes, and gets just as many descriptors,
    but then the kernel refuses it sockets (seccomp, on Linux).
    """
    try:
        import resource
    except ImportError:  # pragma: no cover - not on POSIX
        return

    def limit(which: int, value: int) -> None:
        hard = resource.getrlimit(which)[1]
        most = value if hard == resource.RLIM_INFINITY else min(value, hard)
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(which, (most, most))

    space = _address_space()
    waiting = _files_to_come(disk) if disk else 0
    if waiting and _no_sockets():
        limit(resource.RLIMIT_NOFILE, len(_descriptors()) + waiting)
    else:
        limit(resource.RLIMIT_NOFILE, 0)
    limit(resource.RLIMIT_CORE, 0)
    limit(resource.RLIMIT_FSIZE, 0)
    usage = resource.getrusage(resource.RUSAGE_SELF)
    limit(resource.RLIMIT_CPU, math.ceil(usage.ru_utime + usage.ru_stime + seconds) + 1)
    if space:
        limit(resource.RLIMIT_AS, space + (mebibytes << 20))


def _address_space() -> int:
    """Bytes of address space in use; 0 where the kernel does not tell."""
    try:
        with Path("/proc/self/statm").open() as file:
            return int(file.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:  # pragma: no cover - not on Linux
        return 0


def _descriptors() -> list[str]:
    """What the open descriptors of this process lead to."""
    links = []
    for name in Path("/proc/self/fd").glob("*"):
        with contextlib.suppress(OSError):
            links.append(str(name.readlink()))
    return links


def _files_to_come(disk: str) -> int:
    """The table files of an on-disk store that are not open yet."""
    there = {str(path) for path in Path(disk).resolve().glob("*.sst")}
    return len(there - set(_descriptors()))


def _no_sockets() -> bool:
    """Have the kernel refuse sockets to this thread and its children; whether it will."""
    import ctypes
    import struct

    known = _SYSCALLS.get(os.uname().machine)
    if not sys.platform.startswith("linux") or known is None:
        return False
    audit, calls = known
    # A classic BPF program: another architecture or one of the calls fails with EACCES.
    load, equal, give = 0x20, 0x15, 0x06
    allow, deny = 0x7FFF0000, 0x00050000 | 13
    program = [(load, 0, 0, 4), (equal, 0, len(calls) + 2, audit), (load, 0, 0, 0)]
    program += [(equal, len(calls) - n, 0, call) for n, call in enumerate(calls)]
    program += [(give, 0, 0, allow), (give, 0, 0, deny)]
    code = b"".join(struct.pack("=HBBI", *step) for step in program)
    buffer = ctypes.create_string_buffer(code)
    header = struct.pack("@HP", len(program), ctypes.addressof(buffer))
    libc = ctypes.CDLL(None, use_errno=True)
    no_new_privileges, set_seccomp, filter_mode = 38, 22, 2
    return bool(
        libc.prctl(no_new_privileges, 1, 0, 0, 0) == 0
        and libc.prctl(set_seccomp, filter_mode, ctypes.c_char_p(header), 0, 0) == 0
    )
