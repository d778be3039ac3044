// Whether a text is said to the bot, and what is left of it without the bot's name.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace chathub {

// What the text says, as a view into it.
struct Heard {
  std::string_view text;
  bool addressed = false;
};

// How one talks to the bot where a text was said.
struct Address {
  // The bot's names in this chat, without '@'; compared by bytes, ASCII letters without regard to
  // case.
  const std::vector<std::string>& mention_names;
  // The operator's command prefix, for example "!"; empty: there is none.
  std::string_view prefix = {};
  // Only the bot hears it: always addressed.
  bool private_talk = false;
  // The chat service itself says so (ChatMessage.addressed).
  bool marked_addressed = false;
};

// Takes a mention, then a prefix from the beginning of the text: `@hub x`, `hub: x`, `hub, x`,
// `@hub: x`, `!x`, `@hub !x`. Not taken: `hub x` (people talk about the bot more often than to it),
// `hubert: x`, `hub:8080`, and a prefix with nothing, space or the prefix again behind it (`!`,
// `! x`, `!!`: an exclamation). The space before and behind what was taken goes too; where nothing
// was taken, the text is as it was.
Heard Hear(std::string_view text, const Address& address);

}  // namespace chathub
