// Whether a text is said to the bot: the bot's names, a prefix, and the text, in lines.
#include "hub/core/routing/mention.h"

#include <vector>

#include "tests/fuzz/fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace chathub;
  using namespace chathub::fuzz;
  std::string_view text = TextOf(bytes, size);
  const bool utf8 = IsUtf8(text);
  std::vector<std::string> names;
  std::string_view line = TakeUpTo('\n', text);
  while (!line.empty()) names.emplace_back(TakeUpTo(',', line));
  const std::string_view prefix = TakeUpTo('\n', text);
  const Heard heard = Hear(text, {.mention_names = names, .prefix = prefix});
  Promise(text.ends_with(heard.text), "what is said is the end of the text");
  Promise(heard.addressed || heard.text == text, "who is not addressed hears it as it is");
  if (prefix.empty() || IsUtf8(prefix)) PromiseUtf8(utf8, heard.text);
  const Heard alone = Hear(text, {.mention_names = names, .prefix = prefix, .private_talk = true});
  Promise(alone.addressed && alone.text == heard.text, "in private it is the same, and addressed");
  return 0;
}
