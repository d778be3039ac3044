// Publishes on `answers` what it hears on `work`: redis-echo PORT.
#include <iostream>

#include "tests/bench/references/redis_channel.h"

int main(int count, char** words) {
  using namespace chathub::bench;
  if (count != 2) return 2;
  const int port = std::stoi(words[1]);
  RedisPublisher publisher(port, "answers");
  RedisListener listener(port, "work");
  std::cout << "ready" << std::endl;
  listener.Run([&](std::string_view text) { publisher.Publish(text); }, [&] { publisher.Flush(); });
}
