// A handler that says again what it is told: echo-handler NUMBER ROUTES [TRIGGER...].
//
// Its first route is `^workNUMBER (text)`; the others never match. Says `ready` when attached.
#include <iostream>
#include <string>

#include "chathub/handler.h"

int main(int count, char** words) {
  if (count < 3) return 2;
  const std::string number = words[1];
  const int routes = std::stoi(words[2]);
  chathub::HandlerOptions options;
  options.log = [](std::string_view line) {
    std::cerr << line << '\n';
    if (line.find("attached to") != std::string_view::npos) std::cout << "ready" << std::endl;
  };
  chathub::Handler handler("work" + number, options);
  handler.Route("^work" + number + " (.*)",
                [](chathub::Message& message) { message.Reply(message.Group(1)); });
  for (int i = 1; i < routes; ++i) {
    handler.Route("^other" + number + "x" + std::to_string(i) + " (?P<rest>.*)",
                  [](chathub::Message&) {});
  }
  return handler.Run();
}
