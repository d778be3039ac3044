#include "hub/core/routing/mention.h"

#include <algorithm>

namespace chathub {
namespace {

bool IsSpace(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

std::string_view SkipSpace(std::string_view text) {
  return {std::find_if_not(text.begin(), text.end(), IsSpace), text.end()};
}

char Fold(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool StartsWithName(std::string_view text, std::string_view name) {
  return !name.empty() && text.size() >= name.size() &&
         std::equal(name.begin(), name.end(), text.begin(),
                    [](char a, char b) { return Fold(a) == Fold(b); });
}

bool EndsWord(std::string_view rest) { return rest.empty() || IsSpace(rest.front()); }

// What is behind the mention's name says whether it was one. How many bytes belong to it; npos:
// it was none.
std::size_t LengthOfEnding(std::string_view rest, bool at_sign) {
  if (at_sign && EndsWord(rest)) return 0;
  const bool punctuation = !rest.empty() && (rest.front() == ':' || rest.front() == ',');
  return punctuation && EndsWord(rest.substr(1)) ? 1 : std::string_view::npos;
}

// How many bytes at the beginning of `text` are a mention; 0: none. Of several names the longest
// counts: one bot may be `hub` and `hub two`.
std::size_t LengthOfMention(std::string_view text, const std::vector<std::string>& names) {
  const bool at_sign = !text.empty() && text.front() == '@';
  const std::string_view called = text.substr(at_sign ? 1 : 0);
  std::size_t longest = 0;
  for (const std::string& name : names) {
    if (!StartsWithName(called, name)) continue;
    const std::size_t ending = LengthOfEnding(called.substr(name.size()), at_sign);
    if (ending == std::string_view::npos) continue;
    longest = std::max(longest, (at_sign ? 1 : 0) + name.size() + ending);
  }
  return longest;
}

bool StartsWithPrefix(std::string_view text, std::string_view prefix) {
  if (prefix.empty() || !text.starts_with(prefix)) return false;
  const std::string_view rest = text.substr(prefix.size());
  return !EndsWord(rest) && !rest.starts_with(prefix);
}

}  // namespace

Heard Hear(std::string_view text, const Address& address) {
  std::string_view rest = SkipSpace(text);
  const std::size_t mention = LengthOfMention(rest, address.mention_names);
  if (mention > 0) rest = SkipSpace(rest.substr(mention));
  const bool prefixed = StartsWithPrefix(rest, address.prefix);
  if (prefixed) rest.remove_prefix(address.prefix.size());
  const bool taken = mention > 0 || prefixed;
  return {taken ? rest : text, taken || address.private_talk || address.marked_addressed};
}

}  // namespace chathub
