// Bytes to lines.
#pragma once

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace chathub::irc {

// A line ends with LF, mostly after CR. What is longer than servers send is left out.
class LineBuffer {
 public:
  void Add(std::string_view bytes) { bytes_ += bytes; }

  std::optional<std::string> Next() {
    while (true) {
      const auto end = bytes_.find('\n');
      if (end == std::string::npos) return Wait();
      std::string line = bytes_.substr(0, end);
      bytes_.erase(0, end + 1);
      if (!std::exchange(too_long_, false) && line.size() <= kLongest) {
        while (!line.empty() && line.back() == '\r') line.pop_back();
        if (!line.empty()) return line;
      }
    }
  }

 private:
  // Tags of 8191 bytes, and a generous line.
  static constexpr std::size_t kLongest = 16 * 1024;

  std::optional<std::string> Wait() {
    if (bytes_.size() > kLongest) {
      bytes_.clear();
      too_long_ = true;
    }
    return std::nullopt;
  }

  std::string bytes_;
  bool too_long_ = false;  // the line that the next end ends
};

}  // namespace chathub::irc
