// One line per event, for people.
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace chathub::sdk {

// Any thread.
class Log {
 public:
  using Sink = std::function<void(std::string_view line)>;

  // `who`, for example `handler/karma`, begins each line. Without a sink: stderr, with the time.
  Log(std::string who, Sink sink);

  // Control characters in it are escaped, so that it stays one line.
  void Line(std::string_view text) const;

 private:
  const std::string who_;
  const Sink sink_;
};

}  // namespace chathub::sdk
