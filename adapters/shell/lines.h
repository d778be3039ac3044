// Cuts a stream of bytes into lines.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace chathub::shell {

class Lines {
 public:
  void Add(std::string_view bytes) { bytes_ += bytes; }
  // Nothing more will be added: what is left is a line too.
  void End() { ended_ = true; }

  // The next whole line, without its end (LF or CR LF); nothing: add more first.
  std::optional<std::string> Next();

 private:
  std::string bytes_;
  std::size_t begin_ = 0;
  // No line end is before this.
  std::size_t searched_ = 0;
  bool ended_ = false;
};

// True for a line with nothing but spaces and tabs.
bool IsBlank(std::string_view line);

}  // namespace chathub::shell
