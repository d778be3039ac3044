// A handler that nobody would like as a neighbour: bad-handler flood|burn NUMBER.
//
// Has the route `^workNUMBER `. `flood` answers each message with a thousand; `burn` uses up a
// processor from the first message on, as nicely as the system lets it (nice 19), and answers.
#include <sys/resource.h>

#include <atomic>
#include <iostream>
#include <string>
#include <thread>

#include "chathub/handler.h"

namespace {

constexpr int kFlood = 1'000;

void BurnForEver() {
  for (std::atomic<unsigned> turns = 0;; ++turns) {
  }
}

}  // namespace

int main(int count, char** words) {
  if (count != 3) return 2;
  const bool floods = std::string(words[1]) == "flood";
  const std::string name = std::string("work") + words[2];
  if (!floods) setpriority(PRIO_PROCESS, 0, 19);
  chathub::HandlerOptions options;
  options.log = [](std::string_view line) {
    if (line.find("attached to") != std::string_view::npos) std::cout << "ready" << std::endl;
  };
  std::atomic_flag burns;
  chathub::Handler handler(name, options);
  handler.Route("^" + name + " ", [&](chathub::Message& message) {
    for (int i = 0; floods && i < kFlood; ++i) message.Say("flood");
    if (!floods && !burns.test_and_set()) std::thread(BurnForEver).detach();
    message.Reply("done");
  });
  return handler.Run();
}
