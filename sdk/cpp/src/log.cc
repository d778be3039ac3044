#include "log.h"

#include <chrono>
#include <cstdio>
#include <ctime>
#include <utility>

namespace chathub::sdk {
namespace {

std::string OneLine(std::string_view text) {
  std::string line;
  for (char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x20 && byte != 0x7f) {
      line += c;
    } else {
      char escaped[5];
      std::snprintf(escaped, sizeof escaped, "\\x%02x", byte);
      line += escaped;
    }
  }
  return line;
}

std::string Now() {
  const auto now = std::chrono::system_clock::now();
  const std::time_t seconds = std::chrono::system_clock::to_time_t(now);
  const auto millis =
      std::chrono::duration_cast<std::chrono::milliseconds>(now.time_since_epoch()).count() % 1000;
  std::tm utc{};
  gmtime_r(&seconds, &utc);
  char text[40];
  const auto length = std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%S", &utc);
  std::snprintf(text + length, sizeof text - length, ".%03dZ", static_cast<int>(millis));
  return text;
}

void ToStderr(std::string_view line) {
  const std::string whole = Now() + " " + std::string(line) + "\n";
  std::fwrite(whole.data(), 1, whole.size(), stderr);
}

}  // namespace

Log::Log(std::string who, Sink sink)
    : who_(std::move(who)), sink_(sink ? std::move(sink) : Sink(ToStderr)) {}

void Log::Line(std::string_view text) const { sink_(who_ + ": " + OneLine(text)); }

}  // namespace chathub::sdk
