/* A clock that goes back an hour at every reading, preloaded by faults.sh. Only
 * the time of day goes back, not the monotonic clock. */
#define _GNU_SOURCE
#include <stdatomic.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static atomic_long looks;

int clock_gettime(clockid_t which, struct timespec *now) {
  int result = syscall(SYS_clock_gettime, which, now);
  if (result == 0 && which == CLOCK_REALTIME)
    now->tv_sec -= 3600 * (atomic_fetch_add(&looks, 1) + 1);
  return result;
}
