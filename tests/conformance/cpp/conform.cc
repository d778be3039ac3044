// The conformance kit's handler on the SDK for C++; ../README.md says what each route does.
#include <chrono>
#include <condition_variable>
#include <cstdlib>
#include <iostream>
#include <map>
#include <mutex>
#include <stdexcept>
#include <thread>

#include "chathub/channel.h"
#include "chathub/handler.h"
#include "chathub/v1/store.grpc.pb.h"

namespace {

using chathub::Message;
using namespace std::chrono_literals;

std::mutex mutex;
std::condition_variable changed;

// `met` once two functions wait under this name at the same time.
std::string Meet(const std::string& name) {
  static std::map<std::string, int> came;
  std::unique_lock lock(mutex);
  const int pair = (++came[name] + 1) / 2;
  changed.notify_all();
  return changed.wait_for(lock, 20s, [&] { return came[name] >= 2 * pair; }) ? "met" : "alone";
}

std::string Turn(const Message& message) {
  static std::map<std::string, int> running;
  const std::string& room = message.Conversation().room;
  std::unique_lock lock(mutex);
  const std::string answer = message.Capture("rest") + '/' + std::to_string(++running[room]);
  lock.unlock();
  std::this_thread::sleep_for(50ms);
  lock.lock();
  --running[room];
  return answer;
}

chathub::v1::StoreEntry Stored(const std::string& key) {
  const auto hub = chathub::FindHub();
  grpc::ClientContext context;
  chathub::Authorize(context, hub.address, "handler/conform");
  chathub::v1::StoreGetRequest request;
  request.set_key(key);
  chathub::v1::StoreGetResponse response;
  const auto stub = chathub::v1::Store::NewStub(chathub::MakeChannel(hub.address));
  const auto status = stub->Get(&context, request, &response);
  if (!status.ok()) throw std::runtime_error(chathub::Explain(status));
  return response.entry();
}

std::string Attempt(const Message& message) {
  return "attempt " + std::to_string(message.Attempt());
}

}  // namespace

int main() {
  chathub::Handler bot("conform");
  const auto answer = [&bot](const char* word, auto function, chathub::RouteOptions options = {}) {
    bot.Command(
        word, [function](Message& message) { message.Reply(function(message)); }, options);
  };
  bot.Route(R"(^hi (?P<name>\w+))", [](Message& m) { m.Reply("hello " + m.Capture("name")); },
            {.id = "greet"});
  bot.On(chathub::EventKind::kJoined, [](Message& m) { m.Reply("welcome " + m.User().name); },
         {.id = "welcome"});
  answer("echo", [](Message& m) { return m.Capture("rest"); });
  using enum chathub::ArgumentType;
  answer("add",
         [](Message& m) {
           const auto sum = std::stoll(m.Capture("left")) + std::stoll(m.Capture("right"));
           return std::to_string(sum) + (m.Capture("loud") == "true" ? "!" : "");
         },
         {.arguments = {{"left", kInteger, true},
                        {"right", kInteger, true},
                        {.name = "loud", .type = kBoolean, .option = true}}});
  bot.Command("several", [](Message& m) {
    m.Reply("one");
    m.React("👍");
    m.Reply("two");
  });
  bot.Command("steps", [](Message& m) {
    m.Update(m.Say("working"), "half way");
    m.Reply("finished");
  });
  bot.Command("nothing", [](Message&) {});
  bot.Command("nack", [](Message& m) {
    m.Attempt() == 1 ? m.Nack("not yet", 200ms) : m.Reply(Attempt(m));
  });
  answer("throw", [](Message& m) {
    if (m.Attempt() == 1) throw std::runtime_error("thrown");
    return Attempt(m);
  });
  answer("slow",
         [](Message& m) {
           std::this_thread::sleep_for(std::stod(m.Capture("seconds")) * 1s);
           return "done in " + Attempt(m);
         },
         {.deadline = 60s, .arguments = {{"seconds", kNumber, true}}});
  bot.Command("patience",
              [](Message& m) {
                for (int i = 0; i < 3000 && !m.Cancelled(); ++i) std::this_thread::sleep_for(20ms);
                if (m.Cancelled()) std::cout << "cancelled" << std::endl;
              },
              {.deadline = 1s, .fallback_text = "too late"});
  answer("turn", Turn);
  answer("pair", [](Message&) { return Meet("pair"); });
  answer("meet", [](Message&) { return Meet("meet"); },
         {.concurrency = chathub::Concurrency::kFree});
  bot.Command("tally", [](Message& m) {
    m.StoreAdd("tally/" + m.Capture("rest"), 1);
    m.Reply("counted");
  });
  bot.Command("next",
              [](Message& m) {
                const auto entry = Stored("next");
                const std::string number =
                    std::to_string(1 + (entry.value().empty() ? 0 : std::stoll(entry.value())));
                m.StorePut("next", number, entry.revision());
                m.Reply(number);
              },
              {.concurrency = chathub::Concurrency::kFree});
  bot.Command("announce", [&bot](Message& m) {
    if (!bot.chat().Send(m.Conversation(), m.Capture("rest"))) throw std::runtime_error("unsent");
    m.Reply("announced");
  });
  if (const char* pattern = std::getenv("CONFORM_PATTERN")) {
    bot.Route(pattern, [](Message& m) { m.Reply("extra"); }, {.id = "extra"});
  }
  return bot.Run();
}
