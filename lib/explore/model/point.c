/* point.c -- see point.h.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "point.h"

void point_touches(struct point *p, const struct object *o, enum use use,
                   enum order order)
{
    struct step *s = &p->intent.step;
    s->touch[s->touches++] = (struct touch){.at = (uintptr_t)o->at,
                                            .size = 1,
                                            .is_object = true,
                                            .writes = use == CHANGES,
                                            .order = (uint8_t)order};
}

struct point point_at(enum op op, struct object *o, uintptr_t pc)
{
    return (struct point){.intent.step = {.op = op,
                                          .kind = o->kind,
                                          .object = o->at,
                                          .other = -1,
                                          .pc = pc},
                          .object = o};
}

bool point_has_passed(int64_t until)
{
    return until <= engine_now();
}

void point_until(struct point *p, int64_t until)
{
    p->passed = point_has_passed(until);
    p->intent.may_time_out = until != MODEL_NEVER && !p->passed;
}

bool point_times_out(struct point *p, int64_t until)
{
    if (engine_point(&p->intent) != CHANCE_TIME_OUT)
        return false;
    engine_time_passes(until);
    return true;
}

int point_answer(int r)
{
    engine_step()->result = r;
    return engine_hides_answer() ? 0 : r;
}

int point_undefined(int r)
{
    engine_step()->is_undefined = true;
    return point_answer(r);
}

void point_value(uint64_t value)
{
    engine_step()->has_value = true;
    engine_step()->value = value;
}

int model_locally(const struct object *o, enum op op, uintptr_t pc, int r)
{
    struct intent i = {.step = {.op = op,
                                .kind = o->kind,
                                .object = o->at,
                                .other = -1,
                                .pc = pc},
                       .is_local = true};
    engine_point(&i);
    return point_answer(r);
}

void point_at_once(enum op op, struct object *o, enum use use, enum order order,
                   uintptr_t pc)
{
    struct point p = point_at(op, o, pc);
    point_touches(&p, o, use, order);
    engine_point(&p.intent);
}

static void change_nothing(void)
{
    engine_step()->touch[0].writes = false;
    engine_step()->touch[0].order = ORDER_NONE;
}

int point_failed(int r)
{
    change_nothing();
    return point_answer(r);
}

int point_failed_undefined(int r)
{
    change_nothing();
    return point_undefined(r);
}
