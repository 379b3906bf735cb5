/* own.cc -- what C++'s library keeps for each thread is each thread's: which
   exception it handles, what it does once; and what it allocates.

   SPDX-License-Identifier: MIT */

#include <atomic>
#include <cstdio>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>

static std::atomic<int> wrong;
static std::once_flag once[2];
static int done[2];

static void handle(int me)
{
    try {
        throw std::runtime_error(std::to_string(me));
    } catch (...) {
        wrong += 0;
        try {
            throw;
        } catch (const std::exception &e) {
            wrong += std::stoi(e.what()) != me;
        }
    }
}

static void act(int me)
{
#ifdef ONCE
    std::call_once(once[me], [me] { done[me] += me + 1; });
#else
    auto mine = std::make_unique<int>(me);
    handle(*mine);
    done[me] += *mine + 1;
#endif
}

int main()
{
    std::thread first(act, 0), second(act, 1);

    first.join();
    second.join();
    std::printf("%d %d\n", done[0], done[1]);
    return wrong != 0 || done[0] != 1 || done[1] != 2;
}
