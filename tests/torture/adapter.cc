// An adapter whose chat service is at the other end of two pipes, and keeps what is not accepted.
//
// In: `ID<tab>CONVERSATION<tab>TEXT`, a message of the service. Out: `attached`; `accepted ID`,
// after which the service forgets the message; `post<tab>KEY<tab>TEXT`, which is in the chat as
// soon as it is in the pipe.
#include "chathub/adapter.h"

#include <iostream>
#include <map>
#include <mutex>
#include <random>
#include <sstream>
#include <string>
#include <thread>

namespace {

std::mutex mutex;  // guards both
std::map<std::uint64_t, std::string> unaccepted;

void Write(const std::string& line) { std::cout << line + '\n' << std::flush; }

void TellAccepted(std::uint64_t up_to) {
  std::lock_guard lock(mutex);
  const auto end = unaccepted.upper_bound(up_to);
  for (auto at = unaccepted.begin(); at != end; ++at) Write("accepted\t" + at->second);
  unaccepted.erase(unaccepted.begin(), end);
}

// Sometimes: posted, and not yet reported as done.
void Dawdle() {
  static std::minstd_rand random{std::random_device{}()};
  if (random() % 20 == 0) std::this_thread::sleep_for(std::chrono::milliseconds(10));
}

void Post(const chathub::v1::Order& order, chathub::OrderResult& result) {
  for (const auto& action : order.actions()) {
    Write("post\t" + order.key() + '\t' + action.send().content().text());
    Dawdle();
    result.Done({"p"});
  }
}

void Emit(chathub::Adapter& adapter, const std::string& line) {
  std::istringstream fields(line);
  std::string id;
  std::string talk;
  std::string text;
  std::getline(std::getline(std::getline(fields, id, '\t'), talk, '\t'), text);
  chathub::v1::Event event;
  event.mutable_conversation()->set_user("torture/" + talk);
  event.mutable_user()->set_id("torture/" + talk);
  event.mutable_message()->mutable_content()->set_text(text);
  std::lock_guard lock(mutex);
  const auto seq = adapter.Emit(std::move(event), {.service_event_id = id});
  if (seq.ok()) unaccepted[*seq] = id;
}

}  // namespace

int main(int count, char** arguments) {
  chathub::AdapterOptions options;
  options.service = "torture";
  options.own_user_id = "torture/bot";
  if (count > 1 && std::string(arguments[1]) == "--dedup") {
    options.dedup = chathub::v1::DEDUP_SERVICE;
  }
  chathub::Adapter adapter("torture", options);
  adapter.OnAttached([](const auto&) { Write("attached"); });
  adapter.OnAccepted(TellAccepted);
  adapter.OnOrder(Post);
  adapter.Start();
  for (std::string line; std::getline(std::cin, line);) Emit(adapter, line);
  adapter.Stop();
  return adapter.Wait();
}
