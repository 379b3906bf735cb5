/* check_park.c -- both backends keep the contract of park.h.

   SPDX-License-Identifier: MIT */

#include "park.h"
#include "presence.h"
#include "support/child.h"
#include "support/pace.h"
#include "support/require.h"
#include "support/suite.h"
#include "support/thread.h"

#include <sys/mman.h>
#include <unistd.h>

/* A thread that parks once, while *word is 0.  */
struct parker {
    const park_word *word;
    il_deadline until;
    struct thread thread;
    int answer;
    bool kept_errno;
};

static void *park(void *arg)
{
    enum { MARK = 12345 };
    struct parker *p = arg;
    sharpen_timers();
    errno = MARK;
    p->answer = il__park_wait(p->word, 0, p->until);
    p->kept_errno = errno == MARK;
    return NULL;
}

static void park_start(struct parker *p, const park_word *word,
                       il_deadline until)
{
    *p = (struct parker){.word = word, .until = until};
    thread_start(&p->thread, park, p);
}

/* Starts one that is parked when this returns.  */
static void park_for_good(struct parker *p, const park_word *word)
{
    park_start(p, word, il_never());
    thread_await_parked(&p->thread);
}

static void park_all_for_good(struct parker *p, int n, const park_word *word)
{
    for (int i = 0; i < n; i++)
        park_for_good(&p[i], word);
}

/* Waits until it has returned, with errno as it was; returns what il__park_wait
   did.  */
static int park_end(struct parker *p)
{
    thread_join(&p->thread);
    require(p->kept_errno);
    return p->answer;
}

START_TEST(another_value_does_not_park)
{
    park_word word = 1;

    ck_assert_int_eq(il__park_wait(&word, 0, il_never()), 0);
    ck_assert_int_eq(il__park_wait(&word, 2, il_never()), 0);
    ck_assert_int_eq(il__park_wait(&word, UINT32_MAX, il_after(IL_SEC(100))),
                     0);
}
END_TEST

START_TEST(all_32_bits_of_the_word_are_compared)
{
    park_word word = UINT32_C(0x80000000);

    ck_assert_int_eq(il__park_wait(&word, 0, il_never()), 0);
    ck_assert_int_eq(il__park_wait(&word, word, il_after(IL_MS(1))), ETIMEDOUT);
}
END_TEST

START_TEST(a_wake_ends_the_wait)
{
    park_word word = 0;
    struct parker p;

    park_for_good(&p, &word);
    il__park_wake(&word, 1);
    ck_assert_int_eq(park_end(&p), 0);
}
END_TEST

START_TEST(a_wake_ends_a_wait_with_a_deadline)
{
    park_word word = 0;
    struct parker p;

    park_start(&p, &word, il_after(IL_SEC(1000)));
    thread_await_parked(&p.thread);
    il__park_wake(&word, 1);
    ck_assert_int_eq(park_end(&p), 0);
}
END_TEST

START_TEST(a_wake_before_the_wait_is_not_kept)
{
    park_word word = 0;

    il__park_wake(&word, 1);
    il__park_wake(&word, PARK_ALL);
    ck_assert_int_eq(il__park_wait(&word, 0, il_after(IL_MS(1))), ETIMEDOUT);
}
END_TEST

START_TEST(wake_1_wakes_the_longest_parked_only)
{
    enum { N = 4 };
    park_word word = 0;
    struct parker p[N];

    park_all_for_good(p, N, &word);
    for (int i = 0; i < N; i++) {
        il__park_wake(&word, 1);
        ck_assert_int_eq(park_end(&p[i]), 0);
        for (int j = i + 1; j < N; j++)
            thread_await_parked(&p[j].thread);
    }
}
END_TEST

START_TEST(wake_n_wakes_the_n_longest_parked)
{
    enum { N = 4 };
    park_word word = 0;
    struct parker p[N];

    park_all_for_good(p, N, &word);
    il__park_wake(&word, 3);
    for (int i = 0; i < 3; i++)
        ck_assert_int_eq(park_end(&p[i]), 0);
    thread_await_parked(&p[3].thread);
    il__park_wake(&word, 3);
    ck_assert_int_eq(park_end(&p[3]), 0);
}
END_TEST

/* That waking `n` wakes all of some.  */
static void assert_wakes_all(uint32_t n)
{
    enum { N = 4 };
    park_word word = 0;
    struct parker p[N];

    park_all_for_good(p, N, &word);
    il__park_wake(&word, n);
    for (int i = 0; i < N; i++)
        ck_assert_int_eq(park_end(&p[i]), 0);
}

START_TEST(wake_all_wakes_every_thread)
{
    assert_wakes_all(PARK_ALL);
}
END_TEST

START_TEST(a_number_past_all_wakes_every_thread)
{
    assert_wakes_all((uint32_t)PARK_ALL + 1);
    assert_wakes_all(UINT32_MAX);
}
END_TEST

START_TEST(a_wake_of_another_address_wakes_nobody)
{
    park_word words[3] = {0, 0, 0};
    struct parker p;

    park_for_good(&p, &words[1]);
    il__park_wake(&words[0], PARK_ALL);
    il__park_wake(&words[2], PARK_ALL);
    thread_await_parked(&p.thread);
    il__park_wake(&words[1], 1);
    ck_assert_int_eq(park_end(&p), 0);
}
END_TEST

/* Finds another word of the same bucket of park_pthread.c.  */
static const park_word *neighbour(const park_word *words, int n)
{
    enum { BUCKET_BITS = 8 };
    int i = 1;
    while (i < n
           && il__hash(&words[i], BUCKET_BITS)
                  != il__hash(&words[0], BUCKET_BITS))
        i++;
    ck_assert_int_lt(i, n);
    return &words[i];
}

START_TEST(words_of_one_bucket_are_told_apart)
{
    enum { WORDS = 1 << 14 };
    static park_word words[WORDS];
    const park_word *one = &words[0], *two = neighbour(words, WORDS);
    struct parker p[4];

    for (int i = 0; i < 4; i++)
        park_for_good(&p[i], i % 2 ? two : one);
    il__park_wake(two, 1);
    ck_assert_int_eq(park_end(&p[1]), 0);
    thread_await_parked(&p[3].thread);
    il__park_wake(one, PARK_ALL);
    ck_assert_int_eq(park_end(&p[0]), 0);
    ck_assert_int_eq(park_end(&p[2]), 0);
    thread_await_parked(&p[3].thread);
    il__park_wake(two, 1);
    ck_assert_int_eq(park_end(&p[3]), 0);
}
END_TEST

START_TEST(who_gives_up_leaves_the_others_parked_in_order)
{
    park_word word = 0;
    struct parker p[3], brief;

    park_for_good(&p[0], &word);
    park_start(&brief, &word, il_after(IL_MS(1)));
    ck_assert_int_eq(park_end(&brief), ETIMEDOUT);
    park_all_for_good(&p[1], 2, &word);
    for (int i = 0; i < 3; i++) {
        il__park_wake(&word, 1);
        ck_assert_int_eq(park_end(&p[i]), 0);
    }
}
END_TEST

START_TEST(a_wait_times_out_not_before_its_deadline)
{
    static const int64_t spans[] = {1, IL_US(1), IL_US(50), IL_MS(2),
                                    IL_MS(30)};
    park_word word = 0;

    for (size_t i = 0; i < sizeof spans / sizeof *spans; i++) {
        int64_t begin = test_now();
        ck_assert_int_eq(il__park_wait(&word, 0, il_after(spans[i])),
                         ETIMEDOUT);
        ck_assert_int_ge(test_now() - begin, spans[i]);
    }
}
END_TEST

START_TEST(a_passed_deadline_is_not_waited_for)
{
    park_word word = 0;

    ck_assert_int_eq(il__park_wait(&word, 0, il_after(0)), ETIMEDOUT);
    ck_assert_int_eq(il__park_wait(&word, 0, (il_deadline){1}), ETIMEDOUT);
    ck_assert_int_eq(il__park_wait(&word, 0, (il_deadline){-1}), ETIMEDOUT);
    ck_assert_int_eq(il__park_wait(&word, 0, (il_deadline){INT64_MIN}),
                     ETIMEDOUT);
}
END_TEST

START_TEST(the_last_deadline_is_waited_for)
{
    park_word word = 0;
    struct parker p;

    park_start(&p, &word, (il_deadline){INT64_MAX - 1});
    thread_await_parked(&p.thread);
    il__park_wake(&word, 1);
    ck_assert_int_eq(park_end(&p), 0);
}
END_TEST

/* Spins until about `ns`, when a timer that ends then has woken its thread.  */
static void spin_until_about(int64_t ns, uint32_t *seed)
{
    int64_t jitter = (int64_t)(random_next(seed) % 25000) - 5000;
    while (test_now() < ns + jitter)
        continue;
}

/* One wake for a thread that is about to give up, and one parked behind it:
   who did not give up got it.  */
static void race_a_deadline(uint32_t *seed)
{
    park_word word = 0;
    struct parker brief, patient;
    il_deadline until = il_after(IL_MS(2));

    park_start(&brief, &word, until);
    park_for_good(&patient, &word);
    spin_until_about(until.il_ns, seed);
    il__park_wake(&word, 1);
    if (park_end(&brief) == 0)
        il__park_wake(&word, 1);
    ck_assert_int_eq(park_end(&patient), 0);
}

START_TEST(a_wake_that_meets_the_deadline_is_used_up_or_passed_on)
{
    uint32_t seed = 4711;

    for (int i = times(100); i > 0; i--)
        race_a_deadline(&seed);
}
END_TEST

START_TEST(a_wake_of_an_unmapped_word_is_harmless)
{
    size_t size = (size_t)sysconf(_SC_PAGESIZE);
    void *page = mmap(NULL, size, PROT_READ | PROT_WRITE,
                      MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    ck_assert_ptr_ne(page, MAP_FAILED);
    ck_assert_int_eq(munmap(page, size), 0);
    il__park_wake(page, 1);
    il__park_wake(page, PARK_ALL);
}
END_TEST

START_TEST(errno_is_left_alone)
{
    park_word word = 0;

    errno = 12345;
    ck_assert_int_eq(il__park_wait(&word, 1, il_never()), 0);
    ck_assert_int_eq(errno, 12345);
    ck_assert_int_eq(il__park_wait(&word, 0, il_after(IL_US(10))), ETIMEDOUT);
    ck_assert_int_eq(errno, 12345);
    ck_assert_int_eq(il__park_wait(&word, 0, il_after(0)), ETIMEDOUT);
    ck_assert_int_eq(errno, 12345);
    il__park_wake(&word, 1);
    il__park_wake(&word, PARK_ALL);
    ck_assert_int_eq(errno, 12345);
}
END_TEST

/* A ring of threads, each with a word of its own, around which a number goes
   that each adds 1 to.  */
enum { RING = 8, LAPS = 500 };

struct place {
    park_word word;
    park_word *next;
    uint32_t last; /* the number to stop at */
};

static void hand_on(struct place *p, uint32_t number)
{
    __atomic_store_n(p->next, number, __ATOMIC_RELEASE);
    il__park_wake(p->next, 1);
}

/* Waits until the number is not `seen`, now and then looking by itself.  */
static uint32_t await_number(struct place *p, uint32_t seen)
{
    uint32_t number;
    while ((number = __atomic_load_n(&p->word, __ATOMIC_ACQUIRE)) == seen) {
        il_deadline until = seen % 3 ? il_never() : il_after(IL_US(50));
        il__park_wait(&p->word, seen, until);
    }
    return number;
}

static void *run_around(void *arg)
{
    struct place *p = arg;
    uint32_t number = 0;
    while (number + RING <= p->last) {
        number = await_number(p, number);
        hand_on(p, number + 1);
    }
    return NULL;
}

START_TEST(no_wake_is_lost_among_many_threads_and_words)
{
    struct place ring[RING] = {{0}};
    struct thread t[RING];

    for (int i = 0; i < RING; i++) {
        ring[i].next = &ring[(i + 1) % RING].word;
        ring[i].last = (uint32_t)(times(LAPS) * RING);
    }
    thread_start_all(t, RING, run_around, ring, sizeof *ring);
    hand_on(&ring[RING - 1], 1);
    thread_join_all(t, RING);
}
END_TEST

/* A crowd that parks on one word and wakes each other, until told to stop.  */
struct crowd {
    park_word word;
    int present; /* atomic */
    bool stop;   /* atomic */
};

static void *mill_about(void *arg)
{
    struct crowd *c = arg;
    __atomic_fetch_add(&c->present, 1, __ATOMIC_RELAXED);
    while (!__atomic_load_n(&c->stop, __ATOMIC_RELAXED)) {
        uint32_t seen = __atomic_load_n(&c->word, __ATOMIC_RELAXED);
        il__park_wait(&c->word, seen, il_after(IL_US(20)));
        __atomic_fetch_add(&c->word, 1, __ATOMIC_RELAXED);
        il__park_wake(&c->word, 1);
    }
    return NULL;
}

static void park_in_a_child(void *arg)
{
    struct crowd *c = arg;
    park_word word = 0;
    struct parker p;

    il__park_wake(&c->word, PARK_ALL);
    require(il__park_wait(&c->word, c->word, il_after(IL_US(100)))
            == ETIMEDOUT);
    if (under_tsan())
        return;
    park_for_good(&p, &word);
    il__park_wake(&word, 1);
    require(park_end(&p) == 0);
}

START_TEST(a_child_forked_in_the_midst_of_it_parks_and_wakes)
{
    enum { N = 3 };
    struct crowd c = {0};
    struct thread t[N];

    thread_start_all(t, N, mill_about, &c, 0);
    /* A thread on its way could have a lock of the C library's, or of a
       sanitizer, that is not free in a child.  */
    await(__atomic_load_n(&c.present, __ATOMIC_RELAXED) == N);
    for (int i = times(20); i > 0; i--)
        child_run("a child of the crowd", park_in_a_child, &c);
    __atomic_store_n(&c.stop, true, __ATOMIC_RELAXED);
    thread_join_all(t, N);
}
END_TEST

int main(void)
{
    suite_begin("park");
    suite_add(another_value_does_not_park);
    suite_add(all_32_bits_of_the_word_are_compared);
    suite_add(a_wake_ends_the_wait);
    suite_add(a_wake_ends_a_wait_with_a_deadline);
    suite_add(a_wake_before_the_wait_is_not_kept);
    suite_add(wake_1_wakes_the_longest_parked_only);
    suite_add(wake_n_wakes_the_n_longest_parked);
    suite_add(wake_all_wakes_every_thread);
    suite_add(a_number_past_all_wakes_every_thread);
    suite_add(a_wake_of_another_address_wakes_nobody);
    suite_add(words_of_one_bucket_are_told_apart);
    suite_add(who_gives_up_leaves_the_others_parked_in_order);
    suite_add(a_wait_times_out_not_before_its_deadline);
    suite_add(a_passed_deadline_is_not_waited_for);
    suite_add(the_last_deadline_is_waited_for);
    suite_add(a_wake_that_meets_the_deadline_is_used_up_or_passed_on);
    suite_add(a_wake_of_an_unmapped_word_is_harmless);
    suite_add(errno_is_left_alone);
    suite_add(no_wake_is_lost_among_many_threads_and_words);
    suite_add(a_child_forked_in_the_midst_of_it_parks_and_wakes);
    return suite_end();
}
