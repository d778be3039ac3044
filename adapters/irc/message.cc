#include "adapters/irc/message.h"

#include <algorithm>

namespace chathub::irc {
namespace {

// More than any server sends.
constexpr std::size_t kMostParams = 64;

char Upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }

// Takes the first word and the spaces behind it.
std::string_view TakeWord(std::string_view& rest) {
  const std::string_view word = rest.substr(0, rest.find(' '));
  rest.remove_prefix(word.size());
  rest.remove_prefix(std::min(rest.find_first_not_of(' '), rest.size()));
  return word;
}

char Unescaped(char c) {
  switch (c) {
    case ':':
      return ';';
    case 's':
      return ' ';
    case 'r':
      return '\r';
    case 'n':
      return '\n';
    default:
      return c;
  }
}

std::string TagValue(std::string_view escaped) {
  std::string value;
  for (std::size_t i = 0; i < escaped.size(); ++i) {
    if (escaped[i] != '\\') {
      value += escaped[i];
    } else if (++i < escaped.size()) {
      value += Unescaped(escaped[i]);
    }
  }
  return value;
}

std::map<std::string, std::string> Tags(std::string_view text) {
  std::map<std::string, std::string> tags;
  while (!text.empty()) {
    const std::string_view tag = text.substr(0, text.find(';'));
    text.remove_prefix(std::min(tag.size() + 1, text.size()));
    const auto equals = tag.find('=');
    const std::string_view value =
        equals == std::string_view::npos ? std::string_view() : tag.substr(equals + 1);
    if (!tag.empty()) tags[std::string(tag.substr(0, equals))] = TagValue(value);
  }
  return tags;
}

// A middle parameter is one word, and a colon at its beginning would make it the last.
bool MayStand(char c, bool last, bool first_of_middle) {
  if (c == '\r' || c == '\n' || c == '\0') return false;
  return last || (c != ' ' && !(first_of_middle && c == ':'));
}

std::string Cleaned(std::string_view param, bool last) {
  std::string clean;
  for (char c : param) {
    if (MayStand(c, last, clean.empty())) clean += c;
  }
  return clean;
}

bool NeedsColon(std::string_view param) {
  return param.empty() || param.front() == ':' || param.find(' ') != std::string_view::npos;
}

}  // namespace

std::string_view Message::Param(std::size_t index) const {
  return index < params.size() ? std::string_view(params[index]) : std::string_view();
}

std::string_view Message::Tag(const std::string& name) const {
  const auto tag = tags.find(name);
  return tag == tags.end() ? std::string_view() : std::string_view(tag->second);
}

std::string_view Message::Nick() const {
  return std::string_view(source).substr(0, source.find('!'));
}

std::optional<Message> ParseLine(std::string_view line) {
  Message message;
  while (!line.empty() && (line.back() == '\r' || line.back() == '\n')) line.remove_suffix(1);
  line.remove_prefix(std::min(line.find_first_not_of(' '), line.size()));
  if (line.starts_with('@')) message.tags = Tags(TakeWord(line).substr(1));
  if (line.starts_with(':')) message.source = TakeWord(line).substr(1);
  for (char c : TakeWord(line)) message.command += Upper(c);
  if (message.command.empty()) return std::nullopt;
  while (!line.empty() && message.params.size() < kMostParams) {
    if (line.front() == ':') {
      message.params.emplace_back(line.substr(1));
      break;
    }
    message.params.emplace_back(TakeWord(line));
  }
  return message;
}

std::string FormatLine(std::string_view command, const std::vector<std::string>& params) {
  std::string line(command);
  for (std::size_t i = 0; i < params.size(); ++i) {
    const bool last = i + 1 == params.size();
    const std::string param = Cleaned(params[i], last);
    line += last && NeedsColon(param) ? " :" : " ";
    line += param;
  }
  return line;
}

}  // namespace chathub::irc
