# bench/contention, and `make bench`, which builds the programs of the peers,
# measures, and writes a report.  `make check` builds what the tests of it need.

include bench/peers/local.mk

check_LTLIBRARIES += bench/libreport.la
bench_libreport_la_SOURCES = \
	bench/goals/goals.c \
	bench/goals/goals.h \
	bench/goals/judge.c \
	bench/goals/judge.h \
	bench/goals/traits.c \
	bench/goals/traits.h \
	bench/memory.c \
	bench/memory.h \
	bench/random.h \
	bench/results/analysis.c \
	bench/results/analysis.h \
	bench/results/changes.c \
	bench/results/changes.h \
	bench/results/compare.c \
	bench/results/compare.h \
	bench/results/csv.c \
	bench/results/csv.h \
	bench/results/histogram.c \
	bench/results/histogram.h \
	bench/results/json.h \
	bench/results/ratios.c \
	bench/results/ratios.h \
	bench/results/results.c \
	bench/results/results.h \
	bench/results/stats.c \
	bench/results/stats.h \
	bench/results/survey.c \
	bench/results/survey.h \
	bench/sim/laws.c \
	bench/sim/laws.h \
	bench/text/figure.c \
	bench/text/figure.h \
	bench/text/goals.c \
	bench/text/goals.h \
	bench/text/markdown.c \
	bench/text/markdown.h \
	bench/text/markdown_groups.c \
	bench/text/markdown_limits.c \
	bench/text/markdown_parts.h \
	bench/text/markdown_tables.c \
	bench/text/markdown_text.c \
	bench/text/paragraph.c \
	bench/text/paragraph.h \
	bench/text/preface.c \
	bench/text/preface.h \
	bench/text/scores.c \
	bench/text/scores.h \
	bench/text/sparkline.c \
	bench/text/sparkline.h \
	bench/text/table.c \
	bench/text/table.h \
	bench/text/verdicts.c \
	bench/text/verdicts.h \
	bench/html/charts.c \
	bench/html/charts.h \
	bench/html/gnuplot.c \
	bench/html/gnuplot.h \
	bench/html/group.c \
	bench/html/group.h \
	bench/html/html.c \
	bench/html/html.h \
	bench/html/lines.c \
	bench/html/lines.h \
	bench/html/page.c \
	bench/html/page.h \
	bench/html/page_notes.c \
	bench/html/page_summary.c \
	bench/html/page_sweep.c \
	bench/html/page_table.c \
	bench/html/panels.c \
	bench/html/panels.h \
	bench/html/picture.c \
	bench/html/picture.h \
	bench/html/png.c \
	bench/html/png.h \
	bench/html/rates.c \
	bench/html/rates.h \
	bench/html/rows.c \
	bench/html/rows.h \
	bench/html/strips.c \
	bench/html/strips.h \
	bench/html/style.c \
	bench/html/style.h \
	bench/html/svg.c \
	bench/html/svg.h \
	bench/html/units.c \
	bench/html/units.h \
	bench/html/waits.c \
	bench/html/waits.h
bench_libreport_la_LIBADD = -lm

if HAVE_JANSSON
bench_libreport_la_SOURCES += \
	bench/results/json_load.c \
	bench/results/json_save.c
bench_libreport_la_CPPFLAGS = $(AM_CPPFLAGS) $(JANSSON_CFLAGS)
bench_libreport_la_LIBADD += $(JANSSON_LIBS)

check_PROGRAMS += bench/contention
bench_contention_SOURCES = \
	bench/command_line.c \
	bench/command_line.h \
	bench/contention.c \
	bench/launch.c \
	bench/launch.h \
	bench/lacks.c \
	bench/lacks.h \
	bench/listing.c \
	bench/listing.h \
	bench/now.h \
	bench/options.c \
	bench/options.h \
	bench/plan.c \
	bench/plan.h \
	bench/plan_goals.c \
	bench/plan_goals.h \
	bench/programs.c \
	bench/programs.h \
	bench/progress.c \
	bench/progress.h \
	bench/sample.c \
	bench/sample.h \
	bench/sim/cells.c \
	bench/sim/cells.h \
	bench/sim/check.c \
	bench/sim/check.h \
	bench/sim/files.c \
	bench/sim/files.h \
	bench/sim/order.c \
	bench/sim/order.h \
	bench/sim/report.c \
	bench/sim/report.h \
	bench/sim/sim.c \
	bench/sim/sim.h \
	bench/sim/transfer.c \
	bench/sim/transfer.h \
	bench/workloads.c \
	bench/workloads.h \
	bench/machine/doctor.c \
	bench/machine/machine.c \
	bench/machine/machine.h \
	bench/machine/probe.c \
	bench/machine/probe.h \
	bench/machine/trial.c
bench_contention_CPPFLAGS = $(AM_CPPFLAGS) $(JANSSON_CFLAGS) \
	-DBENCH_CFLAGS='"$(CFLAGS)"'
bench_contention_LDADD = bench/libreport.la $(PTHREAD_LIBS)
if EXPLORE
bench_contention_CPPFLAGS += -DBENCH_SIM
endif
endif

EXTRA_DIST += bench/GOALS.md bench/LOCKS.md bench/README bench/RESULTS.md \
	bench/pictures bench/sweep
CLEANFILES += bench/report.html
DISTCLEANFILES = bench/all.json bench/goals.json bench/results.json

# What is measured, as far as git knows.
BENCH = BENCH_COMMIT=`cd $(srcdir) && git describe --always --dirty 2>/dev/null` \
	bench/contention$(EXEEXT)

# Contended locks that are not in the table: LOCKS.md.
LOCK_WORKLOADS = mutexbench-max,ratio,random-locks,bank,asym,idle-gap,oversub,bystander

# make bench: the table, and build/bench/report.html.  make bench-programs:
# what it needs, without measuring.  make bench-results: RESULTS.md, LOCKS.md and
# SIMULATED.md again.
# BENCH_FLAGS may be set for both: --quick, or --all workloads in half an hour.
# A peer that is BROKEN fails the target, after all is written.  make
# bench-goals: what interlock has to be able to do, in ten minutes, or 90 s with
# BENCH_FLAGS=--quick; it fails if a goal does not hold.  RESULTS.md has that
# table, too.
if HAVE_JANSSON
bench-programs: config.h
	$(MAKE) $(AM_MAKEFLAGS) bench/contention$(EXEEXT) $(CHECK_PEERS) \
	  $(BENCH_PEERS) $(SIMULATED)
bench: bench-programs
	status=0; \
	$(BENCH) $(BENCH_FLAGS) --json bench/results.json \
	  --html bench/report.html || status=$$?; \
	test $$status -gt 1 || echo 'The report is bench/report.html, all' \
	  'figures are in bench/results.json.'; \
	exit $$status
bench-goals: bench-programs
	$(BENCH) goals $(BENCH_FLAGS) --json bench/goals.json
bench-results: bench-programs $(BENCH_SIMULATED)
	$(BENCH) goals --json bench/goals.json >/dev/null || test $$? -eq 1
	rm -rf bench/pictures.dir
	$(MKDIR_P) bench/pictures.dir $(srcdir)/bench/pictures
	status=0; \
	$(BENCH) $(BENCH_FLAGS) --json bench/all.json \
	  --goals bench/goals.json \
	  --markdown $(srcdir)/bench/RESULTS.md --svg bench/pictures.dir || \
	  status=$$?; \
	$(BENCH) --primitive lock --workload $(LOCK_WORKLOADS) --threads 2,8 \
	  $(BENCH_FLAGS) --markdown $(srcdir)/bench/LOCKS.md || status=$$?; \
	test $$status -gt 1 || \
	  cp `sed -n 's|.*(pictures/\([^)]*\)).*|bench/pictures.dir/\1|p' \
	    $(srcdir)/bench/RESULTS.md` $(srcdir)/bench/pictures || status=1; \
	exit $$status
else
bench bench-goals bench-programs bench-results:
	@echo 'The benchmark needs jansson; configure did not find it.'
	@exit 1
endif

.PHONY: bench bench-goals bench-programs bench-results bench-simulated
