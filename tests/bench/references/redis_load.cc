// A load program (closed_loop.h) over channels of a redis server: redis-load PORT.
//
// Published on `work`, heard again on `answers`; publishing and listening are two connections, as
// redis has it. What comes together is published together.
#include <hiredis/hiredis.h>

#include <thread>

#include "tests/bench/programs/closed_loop.h"
#include "tests/bench/references/redis_channel.h"

int main(int count, char** words) {
  using namespace chathub::bench;
  if (count != 2) return 2;
  const int port = std::stoi(words[1]);
  RedisPublisher publisher(port, "work");
  RedisListener listener(port, "answers");
  ClosedLoop loop([&](int slot) { publisher.Publish(TextOf("", slot)); });
  std::thread([&] {
    listener.Run([&](std::string_view text) { loop.Returned(SlotIn(text)); },
                 [&] { publisher.Flush(); });
  }).detach();
  loop.Obey();
  std::_Exit(0);
}
