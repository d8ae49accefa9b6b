/* Simulates a power cut for power.sh: shuts down the file system of a folder after
 * a number of microseconds, losing all data not flushed to the device. */
#include <fcntl.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

int main(int count, char **words) {
  if (count != 3)
    return 2;
  int folder = open(words[1], O_RDONLY);
  usleep(atoi(words[2]));
  unsigned without_a_last_word = 2;
  return ioctl(folder, _IOR('X', 125, unsigned), &without_a_last_word) != 0;
}
