// The log: one line for each thing worth telling, on stderr.
//
//   Log(LogLevel::kInfo, "peer attached", {{"peer", name}, {"routes", count}});
//   2026-11-21T02:08:28.123Z info peer attached peer=handler/karma routes=3
#pragma once

#include <concepts>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

namespace chathub {

enum class LogLevel { kDebug, kInfo, kWarning, kError, kOff };

// `debug`, `info`, `warning`, `error`, `off`.
std::string_view ToString(LogLevel level);
std::optional<LogLevel> ParseLogLevel(std::string_view text);

// What a line is about: `key=value`. The value may come from a stranger; never give it a secret.
struct LogField {
  LogField(std::string_view field, std::string_view text) : key(field), value(text) {}
  LogField(std::string_view field, std::integral auto number)
      : key(field), value(std::to_string(number)) {}

  std::string_view key;
  std::string value;
};

// Hands a line to the log's thread and returns at once, on any thread. When that thread is behind,
// the oldest lines are dropped and counted. Before StartLog and after StopLog it does nothing.
void Log(LogLevel level, std::string_view text, std::initializer_list<LogField> fields = {});

// Starts the log's thread; lines below `level` are not written. From main, before other threads.
void StartLog(LogLevel level);
// The same to any open file, which stays the caller's.
void StartLog(LogLevel level, int file_descriptor);

// Writes what waits and ends the thread; from main, after the other threads. A reader that does not
// read holds it up for a second at most.
void StopLog();

// `text key=value`: a line without its time and level.
std::string LogLine(std::string_view text, std::initializer_list<LogField> fields);

}  // namespace chathub
