#include "hub/base/log.h"

#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <spdlog/async.h>
#include <spdlog/async_logger.h>
#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/base_sink.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <memory>
#include <utility>

#include "hub/base/text.h"

namespace chathub {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

// Of about 400 bytes each, whether they are used or not.
constexpr std::size_t kLinesInMemory = 1024;
constexpr milliseconds kPatienceAtTheEnd(1000);
// POSIX: a pipe that polls as writable takes so much without blocking.
constexpr std::size_t kWriteAtOnce = 512;

constexpr std::array<std::pair<LogLevel, std::string_view>, 5> kLevels = {{
    {LogLevel::kDebug, "debug"},
    {LogLevel::kInfo, "info"},
    {LogLevel::kWarning, "warning"},
    {LogLevel::kError, "error"},
    {LogLevel::kOff, "off"},
}};

spdlog::level::level_enum SpdlogLevel(LogLevel level) {
  switch (level) {
    case LogLevel::kDebug:
      return spdlog::level::debug;
    case LogLevel::kInfo:
      return spdlog::level::info;
    case LogLevel::kWarning:
      return spdlog::level::warn;
    case LogLevel::kError:
      return spdlog::level::err;
    case LogLevel::kOff:
      break;
  }
  return spdlog::level::off;
}

bool IsPlain(std::string_view text) {
  return !text.empty() && text.find_first_of(" \"=") == std::string_view::npos;
}

// A value with spaces cannot be told from the next field unless it is quoted.
std::string Quoted(std::string_view text) {
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return quoted + '"';
}

// Writes lines to a file on the log's thread alone (hence no mutex), and says how many were lost.
class LineWriter final : public spdlog::sinks::base_sink<spdlog::details::null_mutex> {
 public:
  explicit LineWriter(int file_descriptor) : file_descriptor_(file_descriptor) {}

  // Before the first line.
  void CountLossesOf(spdlog::details::thread_pool& queue) { queue_ = &queue; }

  // From any thread: what cannot be written soon is not written at all.
  void Hurry() { last_moment_ = (steady_clock::now() + kPatienceAtTheEnd).time_since_epoch(); }

 private:
  void sink_it_(const spdlog::details::log_msg& message) override {
    SayLosses(message);
    spdlog::memory_buf_t line;
    formatter_->format(message, line);
    Write(std::string_view(line.data(), line.size()));
  }

  void flush_() override {}

  void SayLosses(const spdlog::details::log_msg& message) {
    const std::size_t lost = queue_->overrun_counter();
    if (lost == said_lost_) return;
    const std::string text = LogLine("log lines were lost", {{"count", lost - said_lost_}});
    said_lost_ = lost;
    spdlog::memory_buf_t line;
    formatter_->format({message.time, {}, {}, spdlog::level::warn, text}, line);
    Write(std::string_view(line.data(), line.size()));
  }

  void Write(std::string_view line) {
    while (!line.empty() && WaitUntilWritable()) {
      const auto written =
          write(file_descriptor_, line.data(), std::min(line.size(), kWriteAtOnce));
      if (written > 0) line.remove_prefix(static_cast<std::size_t>(written));
      if (written < 0 && errno != EINTR && errno != EAGAIN) return;
    }
  }

  bool WaitUntilWritable() {
    pollfd waiting = {file_descriptor_, POLLOUT, 0};
    while (!IsLate()) {
      if (poll(&waiting, 1, 100) != 0) return true;
    }
    return poll(&waiting, 1, 0) != 0;
  }

  bool IsLate() const { return steady_clock::now().time_since_epoch() > last_moment_.load(); }

  const int file_descriptor_;
  spdlog::details::thread_pool* queue_ = nullptr;
  std::size_t said_lost_ = 0;
  std::atomic<steady_clock::duration> last_moment_ = steady_clock::duration::max();
};

// Signals are for main; and a closed pipe must not end the program.
void BlockSignals() {
  sigset_t all;
  sigfillset(&all);
  pthread_sigmask(SIG_BLOCK, &all, nullptr);
}

// The thread with its queue and what it writes to.
class LogThread {
 public:
  LogThread(LogLevel level, int file_descriptor)
      : writer_(std::make_shared<LineWriter>(file_descriptor)),
        queue_(std::make_shared<spdlog::details::thread_pool>(kLinesInMemory, 1, BlockSignals)),
        logger_(std::make_shared<spdlog::async_logger>(
            "", writer_, queue_, spdlog::async_overflow_policy::overrun_oldest)) {
    writer_->CountLossesOf(*queue_);
    logger_->set_level(SpdlogLevel(level));
    logger_->set_formatter(std::make_unique<spdlog::pattern_formatter>(
        "%Y-%m-%dT%H:%M:%S.%eZ %l %v", spdlog::pattern_time_type::utc));
  }

  // The queue waits for the thread, which writes what is left. It goes first, so that the logger
  // ends here and not on that thread with its last line.
  ~LogThread() {
    writer_->Hurry();
    queue_ = nullptr;
  }

  bool Wants(LogLevel level) const { return logger_->should_log(SpdlogLevel(level)); }

  void Write(LogLevel level, const std::string& line) { logger_->log(SpdlogLevel(level), line); }

 private:
  // Shared because spdlog wants them so; nobody else keeps them.
  const std::shared_ptr<LineWriter> writer_;
  std::shared_ptr<spdlog::details::thread_pool> queue_;
  const std::shared_ptr<spdlog::async_logger> logger_;
};

std::unique_ptr<LogThread> log_thread;

}  // namespace

std::string_view ToString(LogLevel level) {
  return std::find_if(kLevels.begin(), kLevels.end(),
                      [&](const auto& entry) { return entry.first == level; })
      ->second;
}

std::optional<LogLevel> ParseLogLevel(std::string_view text) {
  const auto entry = std::find_if(kLevels.begin(), kLevels.end(),
                                  [&](const auto& known) { return known.second == text; });
  if (entry == kLevels.end()) return std::nullopt;
  return entry->first;
}

void Log(LogLevel level, std::string_view text, std::initializer_list<LogField> fields) {
  if (log_thread == nullptr || level == LogLevel::kOff || !log_thread->Wants(level)) return;
  log_thread->Write(level, LogLine(text, fields));
}

void StartLog(LogLevel level) { StartLog(level, STDERR_FILENO); }

void StartLog(LogLevel level, int file_descriptor) {
  log_thread = std::make_unique<LogThread>(level, file_descriptor);
}

void StopLog() { log_thread = nullptr; }

std::string LogLine(std::string_view text, std::initializer_list<LogField> fields) {
  std::string line = ForLog(text, 1000);
  for (const LogField& field : fields) {
    const std::string value = ForLog(field.value);
    line.append(" ").append(field.key).append("=");
    line.append(IsPlain(value) ? value : Quoted(value));
  }
  return line;
}

}  // namespace chathub
