// Every file in transcripts/ is a test of its own.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "tests/adapters/irc/transcript.h"

namespace chathub::irc {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> AllTranscripts() {
  std::vector<std::string> paths;
  for (const auto& entry : fs::directory_iterator(CHATHUB_TRANSCRIPTS)) {
    if (entry.path().extension() == ".txt") paths.push_back(entry.path());
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

std::vector<std::string> LinesOf(const std::string& path) {
  std::ifstream file(path);
  std::vector<std::string> lines;
  for (std::string line; std::getline(file, line);) lines.push_back(line);
  return lines;
}

class IrcTranscriptTest : public testing::TestWithParam<std::string> {};

TEST_P(IrcTranscriptTest, GoesAsItIsWritten) {
  const auto lines = LinesOf(GetParam());
  ASSERT_FALSE(lines.empty());
  EXPECT_EQ(Transcript::Play(lines), "");
}

INSTANTIATE_TEST_SUITE_P(All, IrcTranscriptTest, testing::ValuesIn(AllTranscripts()),
                         [](const auto& of) {
                           std::string name = fs::path(of.param).stem();
                           std::replace(name.begin(), name.end(), '-', '_');
                           return name;
                         });

TEST(IrcTranscriptPlayerTest, WhatDidNotHappenIsAFault) {
  EXPECT_NE(Transcript::Play({"connect", "connected", "C: CAP LS 301"}), "");
  EXPECT_NE(Transcript::Play({"connect", "event: private irc/ada says: hi"}), "");
}

TEST(IrcTranscriptPlayerTest, WhatIsNotWrittenIsAFault) {
  EXPECT_NE(Transcript::Play({"connect", "connected"}), "");
  EXPECT_NE(Transcript::Play({"connect", "connected", "+1s"}), "");
}

}  // namespace
}  // namespace chathub::irc
