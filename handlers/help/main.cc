// The handler `help`: shows what one can say to the bot.
#include "chathub/handler.h"
#include "handlers/help/page.h"

int main() {
  chathub::Handler handler("help");
  handler.Command("help",
                  [&handler](chathub::Message& message) {
                    const std::string search = message.Capture("rest");
                    const auto routes = handler.ListRoutes(message, search);
                    if (routes.ok()) {
                      message.Reply(chathub::HelpPage(*routes, search));
                    } else {
                      message.Nack(routes.problem().detail);
                    }
                  },
                  {.usage = "help [SEARCH]", .description = "Shows what you can say."});
  return handler.Run();
}
