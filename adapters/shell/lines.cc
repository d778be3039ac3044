#include "adapters/shell/lines.h"

namespace chathub::shell {

std::optional<std::string> Lines::Next() {
  std::size_t end = bytes_.find('\n', searched_);
  if (end == std::string::npos) {
    if (!ended_ || begin_ == bytes_.size()) {
      bytes_.erase(0, begin_);
      begin_ = 0;
      searched_ = bytes_.size();
      return std::nullopt;
    }
    end = bytes_.size();
  }
  std::string line = bytes_.substr(begin_, end - begin_);
  begin_ = searched_ = std::min(end + 1, bytes_.size());
  if (!line.empty() && line.back() == '\r') line.pop_back();
  return line;
}

bool IsBlank(std::string_view line) {
  return line.find_first_not_of(" \t") == std::string_view::npos;
}

}  // namespace chathub::shell
