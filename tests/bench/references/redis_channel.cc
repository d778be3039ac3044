#include "tests/bench/references/redis_channel.h"

#include <hiredis/hiredis.h>

#include <cstdio>
#include <cstdlib>

namespace chathub::bench {
namespace {

thread_local bool listening = false;

[[noreturn]] void Die(const char* why) {
  std::fprintf(stderr, "redis: %s\n", why);
  std::_Exit(1);
}

redisContext* Connect(int port) {
  redisContext* context = redisConnect("127.0.0.1", port);
  if (context == nullptr || context->err != 0) Die("cannot connect");
  return context;
}

}  // namespace

RedisPublisher::RedisPublisher(int port, std::string channel)
    : context_(Connect(port)), channel_(std::move(channel)) {}

void RedisPublisher::Publish(std::string_view text) {
  {
    const std::lock_guard lock(mutex_);
    redisAppendCommand(context_, "PUBLISH %s %b", channel_.c_str(), text.data(), text.size());
    ++unanswered_;
  }
  if (!listening) Flush();
}

// The server counts who heard it; its answers must be read.
void RedisPublisher::Flush() {
  const std::lock_guard lock(mutex_);
  for (; unanswered_ > 0; --unanswered_) {
    void* reply = nullptr;
    if (redisGetReply(context_, &reply) != REDIS_OK) Die(context_->errstr);
    freeReplyObject(reply);
  }
}

RedisListener::RedisListener(int port, const std::string& channel) : context_(Connect(port)) {
  freeReplyObject(redisCommand(context_, "SUBSCRIBE %s", channel.c_str()));
}

void RedisListener::Run(const std::function<void(std::string_view text)>& hear,
                        const std::function<void()>& caught_up) {
  listening = true;
  while (redisBufferRead(context_) == REDIS_OK) {
    void* next = nullptr;
    while (redisGetReplyFromReader(context_, &next) == REDIS_OK && next != nullptr) {
      const auto* reply = static_cast<const redisReply*>(next);
      if (reply->type == REDIS_REPLY_ARRAY && reply->elements == 3) {
        hear({reply->element[2]->str, static_cast<std::size_t>(reply->element[2]->len)});
      }
      freeReplyObject(next);
    }
    caught_up();
  }
  Die(context_->errstr);
}

}  // namespace chathub::bench
