// Handlers that say again what they are told, in one process: many-handlers FIRST COUNT.
//
// Handler NUMBER has the route `^workNUMBER (text)`. Says `ready` when all are attached.
#include <atomic>
#include <iostream>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "chathub/handler.h"

int main(int count, char** words) {
  if (count != 3) return 2;
  const int first = std::stoi(words[1]);
  const int last = first + std::stoi(words[2]);
  std::atomic<int> missing = last - first;
  chathub::HandlerOptions options;
  options.log = [&missing](std::string_view line) {
    if (line.find("attached to") == std::string_view::npos) return;
    if (--missing == 0) std::cout << "ready" << std::endl;
  };
  std::vector<std::unique_ptr<chathub::Handler>> handlers;
  std::vector<std::thread> threads;
  for (int number = first; number < last; ++number) {
    const std::string name = "work" + std::to_string(number);
    handlers.push_back(std::make_unique<chathub::Handler>(name, options));
    handlers.back()->Route("^" + name + " (.*)",
                           [](chathub::Message& message) { message.Reply(message.Group(1)); });
    threads.emplace_back([handler = handlers.back().get()] { handler->Run(); });
  }
  for (std::thread& thread : threads) thread.join();
}
