/* sim.c -- see sim.h.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "sim/sim.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "sim/check.h"
#include "sim/files.h"
#include "sim/report.h"

typedef int writer(const struct sim_cells *cells, FILE *out);

static bool write_with(const char *path, const struct sim_cells *cells,
                       writer *write)
{
    FILE *f;
    bool ok;

    if (!path)
        return true;
    f = fopen(path, "w");
    ok = f && write(cells, f) == 0;
    ok = f && fclose(f) == 0 && ok;
    if (!ok)
        fprintf(stderr, "contention: %s cannot be written: %s.\n", path,
                strerror(errno));
    return ok;
}

static bool has_fault(const struct sim_cells *cells)
{
    for (unsigned i = 0; i < cells->n; i++)
        if (cells->items[i].fault)
            return true;
    return false;
}

static void find_programs(void)
{
#ifndef BENCH_SIM
    refuse("the simulator is not built: it needs what il-explore needs, glibc "
           "on Linux, shared libraries and no sanitizer");
#endif
    programs_find("sim");
}

int sim_run(int argc, char **argv)
{
    struct sim_order o;
    struct sim_cells cells;
    bool ok;

    sim_order_read(&o, argc, argv);
    check_writable(o.json);
    check_writable(o.csv);
    find_programs();
    if (o.checks)
        sim_check_machine(&o);
    sim_cells_run(&cells, &o);
    ok = write_with(o.json, &cells, sim_write_json);
    ok &= write_with(o.csv, &cells, sim_write_csv);
    ok &= !has_fault(&cells);
    sim_report_print(&cells, stdout);
    fputc('\n', stdout);
    if (o.checks)
        ok &= sim_check_print(&cells, stdout);
    sim_report_published(stdout);
    sim_cells_free(&cells);
    return ok && fflush(stdout) == 0 && !ferror(stdout) ? EXIT_SUCCESS
                                                        : EXIT_FAILURE;
}
