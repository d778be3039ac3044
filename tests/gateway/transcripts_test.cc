// Every file in transcripts/ is a test of its own.
#include <gtest/gtest.h>

#include "tests/gateway/transcript.h"
#include "tests/support/transcript_files.h"

namespace chathub {
namespace {

class TranscriptTest : public testing::TestWithParam<std::string> {};

TEST_P(TranscriptTest, GoesAsItIsWritten) {
  const auto lines = LinesOf(CHATHUB_TRANSCRIPTS, GetParam());
  ASSERT_FALSE(lines.empty());
  EXPECT_EQ(Play<Transcript>(lines), "");
}

INSTANTIATE_TEST_SUITE_P(All, TranscriptTest, testing::ValuesIn(TranscriptsIn(CHATHUB_TRANSCRIPTS)),
                         TestNameOf);

TEST(TranscriptPlayerTest, WhatWasNotHeardIsAFault) {
  EXPECT_NE(Play<Transcript>({"A opens /wnet/ws", "A > search@", "A < list@@weather"}), "");
  EXPECT_NE(Play<Transcript>({"A opens /wnet/ws", "A < hello"}), "");
}

TEST(TranscriptPlayerTest, WhatIsNotWrittenIsAFault) {
  EXPECT_NE(Play<Transcript>({"A opens /wnet/ws", "A > search@"}), "");
  EXPECT_NE(Play<Transcript>({"A opens /wnet/ws", "A > search@", "+1s"}), "");
}

}  // namespace
}  // namespace chathub
