// One line of IRC: tags, who says it, a command and its parameters (RFC 1459, IRCv3 message-tags).
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace chathub::irc {

struct Message {
  std::map<std::string, std::string> tags;
  // `nick!user@host`, or a server's name; empty where the line has none.
  std::string source;
  // In upper case, or three digits.
  std::string command;
  std::vector<std::string> params;

  // Empty where there is none.
  std::string_view Param(std::size_t index) const;
  std::string_view Tag(const std::string& name) const;
  // The source before '!'.
  std::string_view Nick() const;
};

// Without its line end. Nothing if it has no command.
std::optional<Message> ParseLine(std::string_view line);

// A line to be written, without line end. Only the last parameter may hold spaces; bytes that would
// break the line are left out.
std::string FormatLine(std::string_view command, const std::vector<std::string>& params);

}  // namespace chathub::irc
