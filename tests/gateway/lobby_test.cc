// Who may come in, and how much of it.
#include "hub/gateway/lobby.h"

#include <gtest/gtest.h>

#include "hub/base/text.h"
#include "hub/gateway/budget.h"
#include "hub/gateway/http_answers.h"
#include "tests/support/virtual_loop.h"

namespace chathub {
namespace {

class NobodyHome : public TalkOpener {
 public:
  std::unique_ptr<Talk> Open(TextLink&, Greeting) override { return nullptr; }
};

TEST(LobbyTest, ProgramsAndPagesOfThisMachineAreWelcome) {
  VirtualLoop loop;
  NobodyHome nobody;
  const Lobby lobby{
      .loop = loop, .networks = nobody, .limits = {}, .origins = {"https://a.example"}};
  for (const char* origin : {"", "http://localhost", "http://localhost:8080", "https://127.0.0.1",
                             "http://[::1]:80", "https://a.example"}) {
    EXPECT_TRUE(IsWelcome(lobby, origin)) << origin;
  }
  for (const char* origin : {"null", "file://", "https://b.example", "https://a.example:444",
                             "http://localhost.evil.example", "http://evil.example/localhost"}) {
    EXPECT_FALSE(IsWelcome(lobby, origin)) << origin;
  }
}

TEST(BudgetTest, WhatIsSpentComesBackWithTime) {
  VirtualLoop loop;
  Budget budget(10, loop.Now());
  for (int i = 0; i < 10; ++i) EXPECT_TRUE(budget.Spend(loop.Now()));
  EXPECT_FALSE(budget.Spend(loop.Now()));
  loop.Advance(Milliseconds(100));
  EXPECT_TRUE(budget.Spend(loop.Now()));
  EXPECT_FALSE(budget.Spend(loop.Now()));
}

TEST(HttpAnswersTest, OneCanAskHowTheHubIs) {
  EXPECT_EQ(AnswerHttp("GET", "/healthz", false).status, 200);
  EXPECT_EQ(AnswerHttp("GET", "/readyz", true).status, 200);
  EXPECT_EQ(AnswerHttp("GET", "/readyz", false).status, 503);
  EXPECT_EQ(AnswerHttp("GET", "/", true).status, 426);
  EXPECT_EQ(AnswerHttp("DELETE", "/healthz", true).status, 405);
}

TEST(Utf8Test, OnlyWhatUnicodeAllows) {
  for (const char* text : {"", "a", "\xC2\x80", "\xE0\xA0\x80", "\xED\x9F\xBF", "\xF0\x90\x80\x80",
                           "\xF4\x8F\xBF\xBF", "aж€😀"}) {
    EXPECT_TRUE(IsUtf8(text)) << text;
  }
  for (const char* text :
       {"\x80", "\xC0\xAF", "\xC1\xBF", "\xC2", "\xC2\x41", "\xE0\x9F\x80", "\xED\xA0\x80",
        "\xF0\x8F\x80\x80", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xE2\x82", "a\xFF"}) {
    EXPECT_FALSE(IsUtf8(text)) << text;
  }
}

}  // namespace
}  // namespace chathub
