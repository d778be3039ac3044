// Every file in transcripts/ is a test of its own.
#include <gtest/gtest.h>

#include "tests/adapters/irc/transcript.h"
#include "tests/support/transcript_files.h"

namespace chathub::irc {
namespace {

class IrcTranscriptTest : public testing::TestWithParam<std::string> {};

TEST_P(IrcTranscriptTest, GoesAsItIsWritten) {
  const auto lines = LinesOf(CHATHUB_TRANSCRIPTS, GetParam());
  ASSERT_FALSE(lines.empty());
  EXPECT_EQ(Play<Transcript>(lines), "");
}

INSTANTIATE_TEST_SUITE_P(All, IrcTranscriptTest,
                         testing::ValuesIn(TranscriptsIn(CHATHUB_TRANSCRIPTS)), TestNameOf);

TEST(IrcTranscriptPlayerTest, WhatDidNotHappenIsAFault) {
  EXPECT_NE(Play<Transcript>({"connect", "connected", "C: CAP LS 301"}), "");
  EXPECT_NE(Play<Transcript>({"connect", "event: private irc/ada says: hi"}), "");
}

TEST(IrcTranscriptPlayerTest, WhatIsNotWrittenIsAFault) {
  EXPECT_NE(Play<Transcript>({"connect", "connected"}), "");
  EXPECT_NE(Play<Transcript>({"connect", "connected", "+1s"}), "");
}

}  // namespace
}  // namespace chathub::irc
