// What a server says about itself (numeric 005, ISUPPORT): how names compare, how long things may
// be.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "adapters/irc/message.h"

namespace chathub::irc {

// Begins with what RFC 1459 says, for servers that say nothing.
class Features {
 public:
  void Learn(const Message& isupport);

  // The one form of a nick or channel by which it is compared and known to the hub.
  std::string Fold(std::string_view name) const;
  bool Same(std::string_view left, std::string_view right) const;
  bool IsChannel(std::string_view name) const;
  // A member's nick as in a list of names, without the marks of rank before it.
  std::string_view WithoutRank(std::string_view member) const;

  std::size_t nick_length() const { return nick_length_; }
  // Bytes of a whole line with its end, tags not counted.
  std::size_t line_length() const { return line_length_; }
  // 0: no limit.
  std::size_t topic_length() const { return topic_length_; }

 private:
  void Learn(std::string_view name, std::string_view value);

  // The last character of those that fold beside the letters: `]` with strict-rfc1459, `^` with
  // rfc1459, `Z` with ascii.
  char last_folded_ = '^';
  std::string channel_types_ = "#&";
  std::string ranks_ = "@+";
  std::size_t nick_length_ = 30;
  std::size_t line_length_ = 512;
  std::size_t topic_length_ = 0;
};

}  // namespace chathub::irc
