// The handler `torture`: answers `work TALK NUMBER`, counts it in the store, and tells when it
// began.
//
// Out: `start<tab>NANOSECONDS<tab>TALK<tab>NUMBER`, by the clock that all processes share.
#include "chathub/handler.h"

#include <chrono>
#include <iostream>
#include <mutex>
#include <random>
#include <sstream>
#include <string>
#include <thread>

namespace {

using std::chrono::milliseconds;

void TellStart(const std::string& talk, const std::string& number) {
  static std::mutex mutex;
  std::lock_guard lock(mutex);
  const auto now = std::chrono::steady_clock::now().time_since_epoch();
  std::cout << "start\t" + std::to_string(now.count()) + '\t' + talk + '\t' + number + '\n'
            << std::flush;
}

// Mostly at once, so that much never touches the disk; sometimes long enough to be killed in it.
milliseconds Work() {
  thread_local std::minstd_rand random{std::random_device{}()};
  const int dice = std::uniform_int_distribution(0, 99)(random);
  if (dice < 60) return milliseconds(0);
  if (dice < 95) return milliseconds(dice - 55);
  return milliseconds(150);
}

void Answer(chathub::Message& message) {
  std::istringstream words(message.Capture("rest"));
  std::string talk;
  std::string number;
  words >> talk >> number;
  TellStart(talk, number);
  std::this_thread::sleep_for(Work());
  // Half of the talks: a Finish with store writes goes another way than one without.
  if (talk.back() % 2 == 1) message.StoreAdd("count/" + talk, 1);
  message.Reply("done " + talk + ' ' + number);
}

}  // namespace

int main() {
  chathub::Handler handler("torture");
  handler.Command("work", Answer,
                  {.max_age = std::chrono::hours(1),
                   .linger = std::chrono::hours(1),
                   .deadline = std::chrono::minutes(10),
                   .maximum_attempts = 20});
  return handler.Run();
}
