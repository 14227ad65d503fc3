import os

got = []
for path in (
    "/proc/kcore", "/proc/kmsg", "/proc/sysrq-trigger", "/proc/sys/kernel/core_pattern",
    "/proc/sys/vm/drop_caches", "/proc/sys/kernel/hostname", "/proc/self/oom_adj_", "/proc/acpi/wakeup",
    "/sys/kernel/uevent_helper", "/sys/power/state", "/sys/fs/cgroup/cgroup.procs", "/proc/timer_list",
    "/sys/kernel/debug", "/sys/firmware/efi", "/proc/bus/pci", "/proc/scsi",
):  # fmt: skip
    for flags in (os.O_WRONLY, os.O_RDONLY):
        try:
            os.close(os.open(path, flags))
            if flags == os.O_WRONLY or "kcore" in path or "kmsg" in path:
                got.append(path)
        except OSError:
            pass
print(got or "refused")
