// Two ends of a channel of a redis server.
#pragma once

#include <functional>
#include <mutex>
#include <string>
#include <string_view>

struct redisContext;

namespace chathub::bench {

// Any thread may publish.
class RedisPublisher {
 public:
  RedisPublisher(int port, std::string channel);
  // Sent at once, unless the caller is a listener's function: then by Flush.
  void Publish(std::string_view text);
  void Flush();

 private:
  redisContext* const context_;
  const std::string channel_;
  std::mutex mutex_;  // guards the context, and what follows
  int unanswered_ = 0;
};

class RedisListener {
 public:
  RedisListener(int port, const std::string& channel);
  // `hear` gets every text; `caught_up` is called when nothing more is there for now.
  void Run(const std::function<void(std::string_view text)>& hear,
           const std::function<void()>& caught_up);

 private:
  redisContext* const context_;
};

}  // namespace chathub::bench
