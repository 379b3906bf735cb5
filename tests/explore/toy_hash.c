/* toy_hash.c -- what tells executions of toys apart: see toy.h.

   SPDX-License-Identifier: MIT */

#include "toy.h"

#include <string.h>

uint64_t toy_mix(uint64_t hash, uint64_t value)
{
    hash = (hash ^ value) * UINT64_C(0x9e3779b97f4a7c15);
    return hash ^ hash >> 29;
}

uint64_t toy_hash_state(const struct toy_run *r)
{
    uint64_t hash = toy_mix(r->seen, r->end);

    for (int t = 0; t < TOY_THREADS; t++)
        hash = toy_mix(hash, r->registers[t]);
    for (int x = 0; x < TOY_OBJECTS; x++)
        hash = toy_mix(hash, r->variables[x]);
    return hash;
}

static uint64_t hash_choice(struct choice c)
{
    return c.actor * UINT64_C(256) + c.chance;
}

uint64_t toy_hash_schedule(const struct toy_run *r)
{
    uint64_t hash = 1;

    for (int i = 0; i < r->n; i++)
        if (r->events[i].chosen)
            hash = toy_mix(hash, hash_choice(r->events[i].choice));
    return hash;
}

static bool depends(const struct toy_event *a, const struct toy_event *b)
{
    return a->choice.actor == b->choice.actor || a->is_barrier || b->is_barrier
           || touches_conflict(a->touch, a->touches, b->touch, b->touches);
}

/* Two executions are alike if each thread has the same events, and each event
   comes after the same ones.  */
uint64_t toy_hash_trace(const struct toy_run *r)
{
    static int past[TOY_STEPS][TOY_THREADS];
    uint64_t hash[TOY_THREADS] = {0}, all = 0;

    for (int i = 0; i < r->n; i++) {
        const struct toy_event *e = &r->events[i];
        uint64_t *h = &hash[e->choice.actor];
        memset(past[i], 0, sizeof past[i]);
        for (int j = 0; j < i; j++)
            for (int t = 0; t < TOY_THREADS; t++)
                if (depends(&r->events[j], e) && past[i][t] < past[j][t])
                    past[i][t] = past[j][t];
        past[i][e->choice.actor]++;
        *h = toy_mix(*h, hash_choice(e->choice));
        for (int t = 0; t < TOY_THREADS; t++)
            *h = toy_mix(*h, (uint64_t)past[i][t]);
    }
    for (int t = 0; t < TOY_THREADS; t++)
        all = toy_mix(all, hash[t]);
    return all;
}
