#include "adapters/irc/features.h"

#include <algorithm>
#include <charconv>

namespace chathub::irc {
namespace {

// What any server may say.
constexpr std::size_t kMostLineLength = 4096;

// `fallback` if it is no number, or none that makes sense.
std::size_t Number(std::string_view text, std::size_t least, std::size_t fallback) {
  std::size_t number = 0;
  const auto end = std::from_chars(text.data(), text.data() + text.size(), number);
  return end.ec == std::errc() && number >= least ? number : fallback;
}

}  // namespace

void Features::Learn(const Message& isupport) {
  // The first parameter is our nick, the last a sentence.
  for (std::size_t i = 1; i + 1 < isupport.params.size(); ++i) {
    const std::string_view feature = isupport.params[i];
    const auto equals = std::min(feature.find('='), feature.size());
    Learn(feature.substr(0, equals), feature.substr(std::min(equals + 1, feature.size())));
  }
}

void Features::Learn(std::string_view name, std::string_view value) {
  if (name == "CASEMAPPING") {
    last_folded_ = value == "ascii" ? 'Z' : value == "strict-rfc1459" ? ']' : '^';
  } else if (name == "CHANTYPES") {
    channel_types_ = value;
  } else if (name == "PREFIX" && value.find(')') != std::string_view::npos) {
    ranks_ = value.substr(value.find(')') + 1);
  } else if (name == "NICKLEN") {
    nick_length_ = Number(value, 1, nick_length_);
  } else if (name == "LINELEN") {
    line_length_ = std::min(Number(value, 512, line_length_), kMostLineLength);
  } else if (name == "TOPICLEN") {
    topic_length_ = Number(value, 1, topic_length_);
  }
}

std::string Features::Fold(std::string_view name) const {
  std::string folded(name);
  for (char& c : folded) {
    // `[\]^` are the upper case of `{|}~` to a Finn, and stand so in ASCII.
    if (c >= 'A' && c <= last_folded_) c = static_cast<char>(c + 0x20);
  }
  return folded;
}

bool Features::Same(std::string_view left, std::string_view right) const {
  return Fold(left) == Fold(right);
}

bool Features::IsChannel(std::string_view name) const {
  return !name.empty() && channel_types_.find(name.front()) != std::string::npos;
}

std::string_view Features::WithoutRank(std::string_view member) const {
  return member.substr(std::min(member.find_first_not_of(ranks_), member.size()));
}

}  // namespace chathub::irc
