// Every file in transcripts/ is a test of its own.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "tests/gateway/transcript.h"

namespace chathub {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> AllTranscripts() {
  std::vector<std::string> paths;
  for (const auto& entry : fs::recursive_directory_iterator(CHATHUB_TRANSCRIPTS)) {
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

class TranscriptTest : public testing::TestWithParam<std::string> {};

TEST_P(TranscriptTest, GoesAsItIsWritten) {
  const auto lines = LinesOf(GetParam());
  ASSERT_FALSE(lines.empty());
  EXPECT_EQ(Transcript::Play(lines), "");
}

INSTANTIATE_TEST_SUITE_P(All, TranscriptTest, testing::ValuesIn(AllTranscripts()),
                         [](const auto& of) {
                           const fs::path path(of.param);
                           std::string name =
                               path.parent_path().filename().string() + "_" + path.stem().string();
                           std::replace(name.begin(), name.end(), '-', '_');
                           return name;
                         });

TEST(TranscriptPlayerTest, WhatWasNotHeardIsAFault) {
  EXPECT_NE(Transcript::Play({"A opens /wnet/ws", "A > search@", "A < list@@weather"}), "");
  EXPECT_NE(Transcript::Play({"A opens /wnet/ws", "A < hello"}), "");
}

TEST(TranscriptPlayerTest, WhatIsNotWrittenIsAFault) {
  EXPECT_NE(Transcript::Play({"A opens /wnet/ws", "A > search@"}), "");
  EXPECT_NE(Transcript::Play({"A opens /wnet/ws", "A > search@", "+1s"}), "");
}

}  // namespace
}  // namespace chathub
