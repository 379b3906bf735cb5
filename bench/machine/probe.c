/* probe.c -- see probe.h: what the system tells.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "machine/probe.h"

#include <math.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#if defined(__has_include)
#if __has_include(<linux/perf_event.h>)
#define HAVE_PERF_EVENT
#include <linux/perf_event.h>
#endif
#endif

/* As in linux/perf_event.h, which is not everywhere.  */
enum { HARDWARE_EVENT = 0, TRACEPOINT_EVENT = 2, CPU_CYCLES = 0 };

static double seconds(struct timeval t)
{
    return (double)t.tv_sec + (double)t.tv_usec / 1e6;
}

static double own_seconds(int who)
{
    struct rusage u;
    if (getrusage(who, &u) != 0)
        return 0;
    return seconds(u.ru_utime) + seconds(u.ru_stime);
}

bool probe_usage(struct usage *u)
{
    double user, nice, system, idle, iowait, irq, softirq, steal;
    double tick = 1 / (double)sysconf(_SC_CLK_TCK);
    FILE *f = fopen("/proc/stat", "r");
    bool ok;

    if (!f)
        return false;
    ok = fscanf(f, "cpu %lf %lf %lf %lf %lf %lf %lf %lf", &user, &nice, &system,
                &idle, &iowait, &irq, &softirq, &steal)
         == 8;
    fclose(f);
    u->busy = (user + nice + system + irq + softirq) * tick;
    u->stolen = steal * tick;
    u->all = u->busy + u->stolen + (idle + iowait) * tick;
    u->mine = own_seconds(RUSAGE_SELF) + own_seconds(RUSAGE_CHILDREN);
    return ok;
}

bool probe_line(const char *path, char text[PROBE_SIZE])
{
    FILE *f = fopen(path, "r");
    bool ok = f && fgets(text, PROBE_SIZE, f);

    if (f)
        fclose(f);
    if (ok)
        text[strcspn(text, "\n")] = '\0';
    if (!ok || !text[0])
        strcpy(text, "n/a");
    return ok;
}

/* The line of flags is longer than a text: what does not fit is cut off.  */
static bool find_in_cpuinfo(const char *key, char *line, size_t size)
{
    FILE *f = fopen("/proc/cpuinfo", "r");
    bool found = false;

    while (f && !found && fgets(line, (int)size, f))
        found = strncmp(line, key, strlen(key)) == 0 && strchr(line, ':');
    if (f)
        fclose(f);
    return found;
}

bool probe_cpuinfo(const char *key, char text[PROBE_SIZE])
{
    char line[PROBE_SIZE];
    bool found = find_in_cpuinfo(key, line, sizeof line);

    strcpy(text, "n/a");
    if (found) {
        line[strcspn(line, "\n")] = '\0';
        snprintf(text, PROBE_SIZE, "%s",
                 strchr(line, ':') + 1 + strspn(strchr(line, ':') + 1, " "));
    }
    return found;
}

unsigned probe_cpus(void)
{
#if defined(HAVE_SCHED_GETAFFINITY)
    cpu_set_t mine;
    if (sched_getaffinity(0, sizeof mine, &mine) == 0)
        return (unsigned)CPU_COUNT(&mine);
#endif
    return 0;
}

/* Both versions of control groups say what a period has, and how long it is;
   the first has -1, the second "max", if there is no limit.  */
double probe_cpu_limit(void)
{
    static const char *const old[] = {
        "/sys/fs/cgroup/cpu/cpu.cfs_quota_us",
        "/sys/fs/cgroup/cpu/cpu.cfs_period_us",
    };
    char text[PROBE_SIZE], length[PROBE_SIZE];
    double quota, period;

    if (probe_line("/sys/fs/cgroup/cpu.max", text)
        && sscanf(text, "%lf %lf", &quota, &period) == 2 && period > 0)
        return quota / period;
    if (probe_line(old[0], text) && probe_line(old[1], length)
        && sscanf(text, "%lf", &quota) == 1
        && sscanf(length, "%lf", &period) == 1 && quota > 0 && period > 0)
        return quota / period;
    return (double)NAN;
}

int probe_is_virtual(void)
{
    char line[8192];

    if (!find_in_cpuinfo("flags", line, sizeof line))
        return -1;
    return strstr(line, " hypervisor") != NULL;
}

/* The letter behind the level: "d" of data, "i" of instructions.  */
static const char *cache_letter(const char *type)
{
    return strcmp(type, "Data") == 0          ? "d"
           : strcmp(type, "Instruction") == 0 ? "i"
                                              : "";
}

static bool read_cache(int index, const char *what, char text[PROBE_SIZE])
{
    char path[PROBE_SIZE];
    snprintf(path, sizeof path, "/sys/devices/system/cpu/cpu0/cache/index%d/%s",
             index, what);
    return probe_line(path, text);
}

void probe_caches(char text[PROBE_SIZE])
{
    char level[PROBE_SIZE], type[PROBE_SIZE], size[PROBE_SIZE];
    size_t used = 0;

    strcpy(text, "n/a");
    for (int i = 0; read_cache(i, "level", level) && used < PROBE_SIZE / 2;
         i++) {
        read_cache(i, "type", type);
        read_cache(i, "size", size);
        used +=
            (size_t)snprintf(text + used, PROBE_SIZE - used, "%sL%.4s%s %.12s",
                             used ? ", " : "", level, cache_letter(type), size);
    }
}

void probe_c_library(char text[PROBE_SIZE])
{
    strcpy(text, "n/a");
#if defined(_CS_GNU_LIBC_VERSION)
    if (confstr(_CS_GNU_LIBC_VERSION, text, PROBE_SIZE) == 0)
        strcpy(text, "n/a");
#endif
}

unsigned probe_nodes(void)
{
    char path[PROBE_SIZE];
    unsigned n = 0;

    do
        snprintf(path, sizeof path, "/sys/devices/system/node/node%u", n);
    while (access(path, F_OK) == 0 && ++n);
    return n;
}

/* Returns "on" where the file has the digit `on`.  */
static const char *read_switch(const char *path, char on)
{
    char text[PROBE_SIZE];
    if (!probe_line(path, text))
        return "n/a";
    return text[0] == on ? "on" : "off";
}

const char *probe_turbo(void)
{
    static const char intel[] = "/sys/devices/system/cpu/intel_pstate/no_turbo";

    if (access(intel, R_OK) == 0)
        return read_switch(intel, '0');
    return read_switch("/sys/devices/system/cpu/cpufreq/boost", '1');
}

const char *probe_smt(void)
{
    return read_switch("/sys/devices/system/cpu/smt/active", '1');
}

/* Whether we may count those events of this thread.  */
static bool can_count(unsigned type, unsigned long long config)
{
#if defined(HAVE_PERF_EVENT) && defined(SYS_perf_event_open)
    struct perf_event_attr attr = {.type = type,
                                   .size = sizeof attr,
                                   .config = config,
                                   .exclude_kernel = type != TRACEPOINT_EVENT,
                                   .exclude_hv = 1};
    long fd = syscall(SYS_perf_event_open, &attr, 0, -1, -1, 0);

    if (fd >= 0)
        close((int)fd);
    return fd >= 0;
#else
    (void)type;
    (void)config;
    return false;
#endif
}

bool probe_has_cycles(void)
{
    return can_count(HARDWARE_EVENT, CPU_CYCLES);
}

bool probe_has_energy(void)
{
    return access("/sys/class/powercap/intel-rapl:0/energy_uj", R_OK) == 0;
}

bool probe_has_futex_trace(void)
{
    static const char *const paths[] = {
        "/sys/kernel/tracing/events/syscalls/sys_enter_futex/id",
        "/sys/kernel/debug/tracing/events/syscalls/sys_enter_futex/id",
    };
    char text[PROBE_SIZE];
    unsigned id;

    return (probe_line(paths[0], text) || probe_line(paths[1], text))
           && sscanf(text, "%u", &id) == 1 && can_count(TRACEPOINT_EVENT, id);
}
