/* Shuts the file system of a folder down after so many microseconds, as if the
 * power went: what has not reached the device is gone. For power.sh. */
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
