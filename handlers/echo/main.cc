// The handler `echo`: says again what it is told.
#include "chathub/handler.h"

int main() {
  chathub::Handler handler("echo");
  const std::string usage = "echo TEXT";
  handler.Command("echo",
                  [usage](chathub::Message& message) {
                    const std::string text = message.Capture("rest");
                    message.Reply(text.empty() ? "usage: " + usage : text);
                  },
                  {.usage = usage, .description = "Says TEXT again."});
  return handler.Run();
}
