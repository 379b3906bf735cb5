/* 07-water.answer.h -- tokens for the atoms of one molecule.  Who has bonded
   gives his to the next molecule.

   The mistake: he gives it away before he bonds.

   SPDX-License-Identifier: MIT */

static il_semaphore tokens[ATOMS] = {IL_SEMAPHORE_INIT(2),
                                     IL_SEMAPHORE_INIT(1)};

static void join_molecule(int atom)
{
    il_semaphore_acquire(&tokens[atom]);
#ifdef MISTAKE
    il_semaphore_release(&tokens[atom]);
    bond(atom);
#else
    bond(atom);
    il_semaphore_release(&tokens[atom]);
#endif
}

static void hydrogen(void)
{
    join_molecule(HYDROGEN);
}

static void oxygen(void)
{
    join_molecule(OXYGEN);
}
