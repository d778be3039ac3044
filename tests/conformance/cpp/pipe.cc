// The conformance kit's adapter on the SDK for C++; ../README.md says what it does.
#include <unistd.h>

#include <iostream>
#include <string>
#include <thread>

#include "chathub/adapter.h"

namespace {

std::string TakeField(std::string& line) {
  const std::size_t end = line.find('\t');
  const std::string field = line.substr(0, end);
  line.erase(0, end + 1);
  return field;
}

chathub::v1::Event EventOf(std::string line) {
  chathub::v1::Event event;
  const std::string user = TakeField(line);
  event.mutable_user()->set_id("pipe/" + user);
  event.mutable_user()->set_name(user);
  event.mutable_conversation()->set_room("pipe/" + TakeField(line));
  event.mutable_message()->mutable_content()->set_text(line);
  return event;
}

void Post(const chathub::v1::Order& order, chathub::OrderResult& result) {
  static int posted = 0;
  const std::string room = order.conversation().room().substr(std::string("pipe/").size());
  for (const auto& action : order.actions()) {
    if (!action.has_send()) return result.Fail(chathub::v1::REASON_UNSUPPORTED, "only texts");
    std::cout << room << '\t' << action.send().content().text() << std::endl;
    result.Done({std::to_string(++posted)});
  }
}

}  // namespace

int main() {
  chathub::Adapter adapter("pipe", {.service = "pipes", .own_user_id = "pipe/hub"});
  adapter.OnOrder(Post);
  std::thread([&adapter] {
    for (std::string line; std::getline(std::cin, line);) adapter.Emit(EventOf(line));
  }).detach();
  const int status = adapter.Run();
  std::cout.flush();
  // The other thread may still read.
  _exit(status);
}
