// The handler `remind`: says something later.
#include "chathub/handler.h"
#include "handlers/remind/wish.h"

namespace {

constexpr char kUsage[] = "remind me in 10m to TEXT (units: s, m, h, d)";

std::string Reminder(const chathub::Message& message, const std::string& what) {
  const std::string& name = message.User().name;
  return name.empty() ? what : name + ": " + what;
}

}  // namespace

int main() {
  chathub::Handler handler("remind");
  handler.Command(
      "remind",
      [](chathub::Message& message) {
        const auto wish = chathub::ParseWish(message.Capture("rest"));
        if (!wish.has_value()) return message.Reply(std::string("usage: ") + kUsage);
        message.Reply("I will remind you");
        // The hub keeps it with the answer: from here on nobody forgets it.
        message.ReplyAt(std::chrono::system_clock::now() + wish->in, Reminder(message, wish->what));
      },
      {.usage = kUsage, .description = "Reminds you of TEXT.", .max_age = std::chrono::hours(1)});
  return handler.Run();
}
