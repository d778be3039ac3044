// A load program (closed_loop.h) that is an adapter: load-adapter HANDLERS [CONVERSATIONS [BYTES]].
//
// The messages of a slot are one conversation, for one of so many handlers (echo_handler.cc). With
// a number of conversations, messages go through all of them, and through the handlers, in turn.
#include <condition_variable>
#include <mutex>
#include <string>

#include "chathub/adapter.h"
#include "tests/bench/programs/closed_loop.h"

namespace {

using chathub::bench::ClosedLoop;

// Of what a message is made of.
struct Mix {
  int handlers = 1;
  int conversations = 0;  // 0: one for each slot
  std::size_t bytes = 100;
  int sent = 0;
};

chathub::v1::Event EventOf(int slot, Mix& mix) {
  const int turn = mix.conversations == 0 ? slot : mix.sent++;
  const int conversation = mix.conversations == 0 ? slot : turn % mix.conversations;
  const std::string number = std::to_string(conversation);
  chathub::v1::Event event;
  event.mutable_conversation()->set_room("bench/room" + number);
  event.mutable_user()->set_id("bench/user" + number);
  const std::string word = "work" + std::to_string(turn % mix.handlers) + ' ';
  event.mutable_message()->mutable_content()->set_text(
      chathub::bench::TextOf(word, slot, mix.bytes));
  return event;
}

}  // namespace

int main(int count, char** words) {
  if (count < 2 || count > 4) return 2;
  Mix mix{.handlers = std::stoi(words[1])};
  if (count > 2) mix.conversations = std::stoi(words[2]);
  if (count > 3) mix.bytes = std::stoul(words[3]);
  chathub::AdapterOptions options;
  options.service = "benchmark";
  options.own_user_id = "bench/bot";
  chathub::Adapter adapter("bench", options);
  ClosedLoop loop([&](int slot) { (void)adapter.Emit(EventOf(slot, mix)); });

  adapter.OnOrder([&](const chathub::v1::Order& order, chathub::OrderResult& result) {
    for (const auto& action : order.actions()) {
      result.Done();
      loop.Returned(chathub::bench::SlotIn(action.send().content().text()));
    }
  });
  std::mutex mutex;
  std::condition_variable changed;
  bool attached = false;
  adapter.OnAttached([&](const auto&) {
    const std::lock_guard lock(mutex);
    attached = true;
    changed.notify_all();
  });
  adapter.Start();
  {
    std::unique_lock lock(mutex);
    changed.wait(lock, [&] { return attached; });
  }
  const int status = loop.Obey();
  adapter.Stop();
  adapter.Wait();
  return status;
}
