#include "hub/base/log.h"

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <regex>
#include <string>
#include <thread>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace chathub {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Lt;
using ::testing::MatchesRegex;
using ::testing::SizeIs;

int LinesIn(const std::string& text) {
  return static_cast<int>(std::count(text.begin(), text.end(), '\n'));
}

struct Losses {
  // How many lines say that there were losses, and what they add up to.
  int lines = 0;
  int lost = 0;
};

Losses LossesIn(const std::string& text) {
  static const std::regex kSaid("warning log lines were lost count=([0-9]+)\n");
  Losses losses;
  for (std::sregex_iterator at(text.begin(), text.end(), kSaid), end; at != end; ++at) {
    ++losses.lines;
    losses.lost += std::stoi((*at)[1]);
  }
  return losses;
}

// What the log writes into: a pipe that somebody may or may not read.
class LogTest : public ::testing::Test {
 protected:
  LogTest() { EXPECT_EQ(pipe(pipe_), 0); }
  ~LogTest() override {
    StopLog();
    for (const int end : pipe_) close(end);
  }

  void CloseReader() {
    close(pipe_[0]);
    pipe_[0] = -1;
  }

  // Everything written, once the log has ended.
  std::string StopAndRead() {
    std::string written;
    std::thread reader([&] { written = ReadToEnd(); });
    StopLog();
    close(pipe_[1]);
    pipe_[1] = -1;
    reader.join();
    return written;
  }

  std::string ReadToEnd() const {
    std::string text;
    char buffer[4096];
    for (ssize_t size; (size = read(pipe_[0], buffer, sizeof buffer)) > 0;) {
      text.append(buffer, static_cast<std::size_t>(size));
    }
    return text;
  }

  int pipe_[2] = {-1, -1};
};

TEST_F(LogTest, ALineHasTheTimeInUtcTheLevelAndTheFields) {
  StartLog(LogLevel::kInfo, pipe_[1]);
  Log(LogLevel::kWarning, "peer attached", {{"peer", "handler/karma"}, {"routes", 3}});
  EXPECT_THAT(StopAndRead(),
              MatchesRegex("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{3}Z "
                           "warning peer attached peer=handler/karma routes=3\n"));
}

TEST_F(LogTest, LinesBelowTheLevelAreNotWritten) {
  StartLog(LogLevel::kWarning, pipe_[1]);
  Log(LogLevel::kDebug, "a");
  Log(LogLevel::kInfo, "b");
  Log(LogLevel::kWarning, "c");
  Log(LogLevel::kError, "d");
  EXPECT_THAT(StopAndRead(), MatchesRegex("[^\n]* warning c\n[^\n]* error d\n"));
}

TEST_F(LogTest, NothingIsWrittenWhenItIsOff) {
  StartLog(LogLevel::kOff, pipe_[1]);
  Log(LogLevel::kError, "a");
  Log(LogLevel::kOff, "b");
  EXPECT_EQ(StopAndRead(), "");
}

TEST_F(LogTest, WithoutAThreadALineGoesNowhere) {
  Log(LogLevel::kError, "too early");
  StartLog(LogLevel::kInfo, pipe_[1]);
  StopLog();
  Log(LogLevel::kError, "too late");
  EXPECT_EQ(StopAndRead(), "");
}

TEST_F(LogTest, AReaderThatDoesNotReadHoldsNobodyUpAndTheLostLinesAreCounted) {
  constexpr int kLines = 50'000;
  StartLog(LogLevel::kInfo, pipe_[1]);
  // Far more than pipe and queue hold: that this loop ends is the point.
  for (int i = 0; i < kLines; ++i) Log(LogLevel::kInfo, "line", {{"number", i}});
  Log(LogLevel::kInfo, "the last");
  const std::string written = StopAndRead();
  EXPECT_THAT(written, HasSubstr("info the last\n"));
  const Losses losses = LossesIn(written);
  EXPECT_GT(losses.lines, 0);
  // Those that say so, and the last one, are not of the loop.
  EXPECT_EQ(losses.lost + LinesIn(written) - losses.lines - 1, kLines);
}

TEST_F(LogTest, AReaderThatNeverReadsDoesNotHoldUpTheEnd) {
  StartLog(LogLevel::kInfo, pipe_[1]);
  for (int i = 0; i < 50'000; ++i) Log(LogLevel::kInfo, "line", {{"number", i}});
  const auto start = std::chrono::steady_clock::now();
  StopLog();
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(4));
}

TEST_F(LogTest, AReaderThatIsGoneDoesNotEndTheProgram) {
  StartLog(LogLevel::kInfo, pipe_[1]);
  CloseReader();
  Log(LogLevel::kInfo, "to nobody");
  StopLog();
}

TEST(LogLineTest, AStrangersValueCannotPretendToBeAnotherLineOrField) {
  EXPECT_EQ(LogLine("said", {{"text", "a\nb\x1b[2J"}}), "said text=a\\x0ab\\x1b[2J");
  EXPECT_EQ(LogLine("said", {{"text", "a peer=b"}}), "said text=\"a peer=b\"");
  EXPECT_EQ(LogLine("said", {{"text", "a\" peer=\"b\\"}}), "said text=\"a\\\" peer=\\\"b\\\\\"");
  EXPECT_EQ(LogLine("said", {{"text", ""}}), "said text=\"\"");
}

TEST(LogLineTest, ALongValueIsCutAndStillQuoted) {
  const std::string word(1000, 'z');
  EXPECT_THAT(LogLine("said", {{"text", word}, {"n", 1}}),
              AllOf(MatchesRegex("said text=z+\\.\\.\\. n=1"), SizeIs(Lt(300u))));
  const std::string words = "z " + word;
  EXPECT_THAT(LogLine("said", {{"text", words}}),
              AllOf(MatchesRegex("said text=\"z z+\\.\\.\\.\""), SizeIs(Lt(300u))));
}

TEST(LogLevelTest, EveryLevelHasAWord) {
  for (const auto level :
       {LogLevel::kDebug, LogLevel::kInfo, LogLevel::kWarning, LogLevel::kError, LogLevel::kOff}) {
    EXPECT_EQ(ParseLogLevel(ToString(level)), level);
  }
  EXPECT_EQ(ParseLogLevel("INFO"), std::nullopt);
  EXPECT_EQ(ParseLogLevel(""), std::nullopt);
}

}  // namespace
}  // namespace chathub
