// A handler that nobody would like as a neighbour: bad-handler flood NUMBER REPLIES | burn NUMBER.
//
// Has the route `^workNUMBER `. `flood` answers each message with so many; `burn` uses up a
// processor from the first message on, as nicely as the system lets it (nice 19), and answers.
#include <sys/resource.h>

#include <atomic>
#include <iostream>
#include <string>
#include <thread>

#include "chathub/handler.h"

namespace {

void BurnForEver() {
  for (std::atomic<unsigned> turns = 0;; ++turns) {
  }
}

}  // namespace

int main(int count, char** words) {
  const bool floods = count == 4 && std::string(words[1]) == "flood";
  if (!floods && count != 3) return 2;
  const int flood = floods ? std::stoi(words[3]) : 0;
  const std::string name = std::string("work") + words[2];
  if (!floods) setpriority(PRIO_PROCESS, 0, 19);
  chathub::HandlerOptions options;
  options.log = [](std::string_view line) {
    if (line.find("attached to") != std::string_view::npos) std::cout << "ready" << std::endl;
  };
  std::atomic_flag burns;
  chathub::Handler handler(name, options);
  handler.Route("^" + name + " ", [&](chathub::Message& message) {
    for (int i = 0; i < flood; ++i) message.Say("flood");
    if (!floods && !burns.test_and_set()) std::thread(BurnForEver).detach();
    message.Reply("done");
  });
  return handler.Run();
}
