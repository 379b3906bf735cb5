/* check_report.c -- the files of results made up: JSON and CSV.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "results/csv.h"
#include "results/json.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "memory.h"
#include "support/contest.h"
#include "support/suite.h"

enum { BLOCKS = 7, LOST = 3 };

static struct cell *begin(struct results *r)
{
    struct cell *cell;
    contest_begin(r, BLOCKS);
    cell = contest_add(r, "mutexbench-moderate", 2);
    contest_set_rates(r, cell, 1);
    return cell;
}

static void set_rate(const struct cell *cell, unsigned i, unsigned block,
                     double rate)
{
    cell->contestants[i].samples[block].values[RATE] = rate;
}

/* Something of everything that a file has to keep.  */
static void begin_rich(struct results *r)
{
    struct cell *cell = begin(r);
    struct contestant *c = &cell->contestants[INTERLOCK];

    results_note(r, "kernel", "Linux \"6\"");
    results_miss(r, "nsync", "libnsync-dev is not installed");
    r->is_cut = true;
    r->planned++;
    for (unsigned i = 0; i < CONTESTANTS; i++)
        cell->contestants[i].samples = memory_grow(
            cell->contestants[i].samples, r->planned, sizeof(struct sample));
    for (unsigned i = 0; i < CONTESTANTS; i++)
        cell->contestants[i].samples[BLOCKS] = (struct sample){.shares = NULL};
    cell->waiting = memory_copy("acquire");
    cell->shape.cs = 100;
    contest_set(r, cell, INTERLOCK, CPU, 0.123456, 1);
    c->samples[LOST].is_there = false;
    c->samples[1].is_outlier = true;
    c->samples[1].shares = memory_new(2, sizeof(double));
    c->samples[1].shares[0] = 123456;
    c->samples[1].values[CPU] = (double)NAN;
    c->waits.counts[3] = 7;
    c->waits.counts[HISTOGRAM_BUCKETS - 1] = UINT64_C(1) << 40;
    c->holders = memory_new(3, sizeof *c->holders);
    c->holders[1] = 1;
    c->n_holders = 3;
    cell->contestants[NSYNC].fault = memory_copy("lost 3 of 4, \"updates\"");
}

static void ck_number(double a, double b)
{
    if (isnan(a))
        ck_assert(isnan(b));
    else
        ck_assert_double_le(fabs(a - b), fabs(a) * 1e-5);
}

static void ck_sample(const struct sample *a, const struct sample *b,
                      unsigned threads)
{
    ck_assert_int_eq(a->is_there, b->is_there);
    ck_assert_int_eq(a->is_outlier, b->is_outlier);
    ck_assert_int_eq(!a->shares, !b->shares);
    for (unsigned i = 0; a->shares && i < threads; i++)
        ck_number(a->shares[i], b->shares[i]);
    for (unsigned m = 0; a->is_there && m < METRICS; m++)
        ck_number(a->values[m], b->values[m]);
}

static void ck_contestant(const struct contestant *a,
                          const struct contestant *b, unsigned threads)
{
    ck_assert_str_eq(a->peer, b->peer);
    ck_assert_pstr_eq(a->fault, b->fault);
    ck_assert_mem_eq(&a->waits, &b->waits, sizeof a->waits);
    ck_assert_uint_eq(a->n_holders, b->n_holders);
    for (unsigned i = 0; i < a->n_holders; i++)
        ck_assert_uint_eq(a->holders[i], b->holders[i]);
    for (unsigned i = 0; i < BLOCKS; i++)
        ck_sample(&a->samples[i], &b->samples[i], threads);
}

static void ck_preface(const struct results *a, const struct results *b)
{
    ck_assert_str_eq(a->command, b->command);
    ck_assert_str_eq(a->date, b->date);
    ck_assert_str_eq(a->against, b->against);
    ck_assert_int_eq(a->is_cut, b->is_cut);
    ck_assert_uint_eq(a->planned, b->planned);
    ck_assert_uint_eq(a->blocks, b->blocks);
    ck_number(a->seconds, b->seconds);
    ck_number(a->step, b->step);
    ck_assert_uint_eq(b->n_facts, 1);
    ck_assert_str_eq(a->facts[0].key, b->facts[0].key);
    ck_assert_str_eq(a->facts[0].value, b->facts[0].value);
    ck_assert_uint_eq(b->n_absences, 1);
    ck_assert_str_eq(a->absences[0].peer, b->absences[0].peer);
    ck_assert_str_eq(a->absences[0].reason, b->absences[0].reason);
}

static void ck_cell(const struct cell *a, const struct cell *b)
{
    ck_assert(cell_is_same(a, b));
    ck_assert_str_eq(a->operation, b->operation);
    ck_assert_pstr_eq(a->waiting, b->waiting);
    ck_assert_uint_eq(a->count, b->count);
    for (unsigned i = 0; i < a->count; i++)
        ck_contestant(&a->contestants[i], &b->contestants[i], a->shape.threads);
}

/* A directory for one test.  */
struct place {
    char directory[40];
    char file[60];
};

static void make_place(struct place *p)
{
    strcpy(p->directory, "check_report.XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(p->directory));
    snprintf(p->file, sizeof p->file, "%s/results.json", p->directory);
}

/* Fails if anything but the file is there.  */
static void remove_place(const struct place *p)
{
    unlink(p->file);
    ck_assert_int_eq(rmdir(p->directory), 0);
}

START_TEST(json_keeps_all)
{
    struct results r, loaded;
    struct place place;
    char why[200];

    begin_rich(&r);
    make_place(&place);
    ck_assert_int_eq(json_save(&r, place.file), 0);
    ck_assert_msg(json_load(&loaded, place.file, why, sizeof why) == 0, "%s",
                  why);
    ck_preface(&r, &loaded);
    ck_assert_uint_eq(loaded.n_cells, 1);
    ck_cell(&r.cells[0], &loaded.cells[0]);
    remove_place(&place);
    results_free(&r);
    results_free(&loaded);
}
END_TEST

START_TEST(json_replaces_a_file_with_the_rights_of_a_new_one)
{
    struct results r;
    struct place place;
    struct stat status;

    begin(&r);
    make_place(&place);
    umask(027);
    ck_assert_int_eq(json_save(&r, place.file), 0);
    ck_assert_int_eq(json_save(&r, place.file), 0);
    ck_assert_int_eq(stat(place.file, &status), 0);
    ck_assert_uint_eq(status.st_mode & 0777, 0640);
    remove_place(&place);
    results_free(&r);
}
END_TEST

START_TEST(json_goes_where_a_link_leads)
{
    struct place place;
    struct results r, read;
    char link[sizeof place.file + 5], why[200];
    struct stat status;

    begin(&r);
    make_place(&place);
    snprintf(link, sizeof link, "%s.link", place.file);
    ck_assert_int_eq(symlink("results.json", link), 0);
    ck_assert_int_eq(json_save(&r, link), 0);
    ck_assert_int_eq(lstat(link, &status), 0);
    ck_assert(S_ISLNK(status.st_mode));
    ck_assert_int_eq(json_load(&read, place.file, why, sizeof why), 0);
    results_free(&read);
    unlink(link);
    remove_place(&place);
    results_free(&r);
}
END_TEST

START_TEST(json_that_cannot_be_written_is_an_error)
{
    struct results r;

    begin(&r);
    ck_assert_int_eq(json_save(&r, "/nonexistent/results.json"), -1);
    ck_assert_int_eq(errno, ENOENT);
    ck_assert_int_eq(json_save(&r, "/dev/full"), -1);
    ck_assert_int_eq(errno, ENOSPC);
    results_free(&r);
}
END_TEST

START_TEST(json_takes_a_command_that_is_no_utf_8)
{
    struct results r, loaded;
    struct place place;
    char why[200];

    begin(&r);
    free(r.command);
    r.command = memory_copy("contention --json \xff.json");
    make_place(&place);
    ck_assert_int_eq(json_save(&r, place.file), 0);
    ck_assert_int_eq(json_load(&loaded, place.file, why, sizeof why), 0);
    ck_assert_str_eq(loaded.command, "contention --json ?.json");
    remove_place(&place);
    results_free(&r);
    results_free(&loaded);
}
END_TEST

/* Checks that a file with that content is refused with these words.  */
static void ck_refused(const char *content, const char *words)
{
    struct results r;
    struct place place;
    char why[200];
    FILE *out;

    make_place(&place);
    out = fopen(place.file, "w");
    ck_assert_ptr_nonnull(out);
    fputs(content, out);
    fclose(out);
    ck_assert_int_eq(json_load(&r, place.file, why, sizeof why), -1);
    ck_assert_msg(strstr(why, words), "%s", why);
    ck_assert_msg(strncmp(why, place.file, strlen(place.file)) == 0, "%s", why);
    remove_place(&place);
}

START_TEST(json_of_others_is_refused_with_a_sentence)
{
    struct results r;
    char why[200];

    ck_refused("", "line 1, is not JSON");
    ck_refused("{\"schema\":1,\n\"cells\":[}", "line 2, is not JSON");
    ck_refused("[1, 2]", "holds no results of contention.");
    ck_refused("{\"schema\":99,\"cells\":[]}",
               "has schema 99; this contention reads schema 1 only.");
    ck_refused("{\"schema\":1,\"cells\":[]}", "\"command\" is missing");
    ck_assert_int_eq(json_load(&r, "/nonexistent", why, sizeof why), -1);
    ck_assert_str_eq(why,
                     "/nonexistent cannot be read: No such file or directory.");
    ck_assert_int_eq(json_load(&r, "/", why, sizeof why), -1);
    ck_assert_str_eq(why, "/ cannot be read: Is a directory.");
}
END_TEST

static const char preface[] =
    "{\"schema\":1,\"command\":\"\",\"date\":\"\",\"against\":\"pthread\","
    "\"interrupted\":false,\"planned_blocks\":1,\"blocks\":1,\"run_s\":1,"
    "\"step_ns\":null,\"facts\":[],\"absences\":[],\"cells\":[";

static const char contestant[] =
    "{\"peer\":\"x\",\"fault\":null,\"there\":[true],\"outlier\":[false],"
    "\"values\":{\"ops_per_s\":[1]},\"shares\":[null],\"waits\":[],"
    "\"holders\":[]}";

/* Checks a file whose second contestant has `from` replaced by `to`.  */
static void ck_change_refused(const char *from, const char *to,
                              const char *words)
{
    const char *at = strstr(contestant, from);
    char *content;

    ck_assert_ptr_nonnull(at);
    ck_assert_int_gt(
        asprintf(&content,
                 "%s{\"primitive\":\"lock\",\"workload\":\"w\",\"operation\":"
                 "\"\",\"waiting\":null,\"threads\":2,\"cs_ns\":null,\"ncs_ns\""
                 ":null,\"locks\":1,\"permits\":0,\"beside\":0,\"contestants\":"
                 "[%s,%.*s%s%s]}]}",
                 preface, contestant, (int)(at - contestant), contestant, to,
                 at + strlen(from)),
        0);
    ck_refused(content, words);
    free(content);
}

START_TEST(json_with_a_wrong_field_is_refused_by_its_name)
{
    ck_change_refused("\"x\"", "3", "\"peer\" of cell 1 is missing or not");
    ck_change_refused("null", "[]", "\"fault\" of cell 1");
    ck_change_refused("[true]", "[true,true]", "\"there\" of cell 1");
    ck_change_refused("[false]", "[0]", "\"outlier\" of cell 1");
    ck_change_refused("[1]", "[1,2]", "\"ops_per_s\" of cell 1");
    ck_change_refused("[1]", "[\"1\"]", "\"ops_per_s\" of cell 1");
    ck_change_refused("[null]", "[[1,2,3]]", "\"shares\" of cell 1");
    ck_change_refused("waits\":[]", "waits\":[[-1,1]]", "\"waits\" of cell 1");
    ck_change_refused("waits\":[]", "waits\":[7]", "\"waits\" of cell 1");
    ck_change_refused("holders\":[]", "holders\":[65536]", "\"holders\" of");
}
END_TEST

static char *print_csv(const struct results *r)
{
    char *text;
    size_t size;
    FILE *out = open_memstream(&text, &size);
    ck_assert_int_eq(csv_write(r, out), 0);
    fclose(out);
    return text;
}

START_TEST(csv_has_a_line_a_sample)
{
    struct results r;
    struct cell *cell;
    char *text;

    contest_begin(&r, 2);
    cell = contest_add(&r, "bank", 2);
    cell->shape.cs = 0.5;
    set_rate(cell, INTERLOCK, 0, 1234567);
    cell->contestants[INTERLOCK].samples[0].is_outlier = true;
    cell->contestants[INTERLOCK].samples[1].is_there = false;
    text = print_csv(&r);
    ck_assert_ptr_nonnull(strstr(
        text, "primitive,workload,threads,cs_ns,ncs_ns,locks,permits,"
              "beside,pin,shake,peer,baseline,fault,block,outlier,ops_per_s,"
              "handover,"));
    ck_assert_ptr_nonnull(strstr(text,
                                 "\nlock,bank,2,0.5,,0,0,0,0,0,interlock,,,1,"
                                 "1,1.23457e+06,,,,,,,,,,,,,,,,,,,,\n"
                                 "lock,bank,2,0.5,,0,0,0,0,0,nsync,,,1,0,"));
    ck_assert_ptr_nonnull(strstr(text, ",pthread,1,,2,0,"));
    ck_assert_ptr_nonnull(strstr(text, ",pthread,2,,2,0,"));
    free(text);
    results_free(&r);
}
END_TEST

START_TEST(csv_quotes_and_names_faults)
{
    struct results r;
    struct contestant *c;
    char *text;

    begin_rich(&r);
    c = &r.cells[0].contestants[NSYNC];
    for (unsigned i = 0; i < BLOCKS; i++)
        c->samples[i].is_there = false;
    text = print_csv(&r);
    ck_assert_ptr_nonnull(
        strstr(text, ",nsync,,\"lost 3 of 4, \"\"updates\"\"\",,,,,"));
    free(text);
    results_free(&r);
}
END_TEST

START_TEST(csv_has_as_many_fields_in_all_lines)
{
    struct results r;
    char *text;
    unsigned fields = 0, commas = 0;

    begin_rich(&r);
    free(r.cells[0].contestants[NSYNC].fault);
    r.cells[0].contestants[NSYNC].fault = memory_copy("never ran");
    for (unsigned i = 0; i < BLOCKS; i++)
        r.cells[0].contestants[NSYNC].samples[i].is_there = false;
    text = print_csv(&r);
    for (const char *c = text; *c; c++) {
        commas += *c == ',';
        if (*c != '\n')
            continue;
        fields = fields > 0 ? fields : commas;
        ck_assert_uint_eq(commas, fields);
        commas = 0;
    }
    free(text);
    results_free(&r);
}
END_TEST

START_TEST(csv_that_cannot_be_written_is_an_error)
{
    struct results r;
    FILE *full = fopen("/dev/full", "w");

    begin(&r);
    ck_assert_int_eq(csv_write(&r, full), -1);
    fclose(full);
    results_free(&r);
}
END_TEST

int main(void)
{
    suite_begin("report");
    suite_add(json_keeps_all);
    suite_add(json_replaces_a_file_with_the_rights_of_a_new_one);
    suite_add(json_goes_where_a_link_leads);
    suite_add(json_that_cannot_be_written_is_an_error);
    suite_add(json_takes_a_command_that_is_no_utf_8);
    suite_add(json_of_others_is_refused_with_a_sentence);
    suite_add(json_with_a_wrong_field_is_refused_by_its_name);
    suite_add(csv_has_a_line_a_sample);
    suite_add(csv_quotes_and_names_faults);
    suite_add(csv_has_as_many_fields_in_all_lines);
    suite_add(csv_that_cannot_be_written_is_an_error);
    return suite_end();
}
