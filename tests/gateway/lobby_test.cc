// Who may come in, and how much of it.
#include "hub/gateway/lobby.h"

#include <gtest/gtest.h>

#include "hub/base/text.h"
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

TEST(LobbyTest, APlaceIsTakenOnceAndGivenBack) {
  VirtualLoop loop;
  NobodyHome nobody;
  const auto lobby =
      std::make_shared<Lobby>(Lobby{.loop = loop, .networks = nobody, .limits = {}, .origins = {}});
  {
    Place place(lobby, "127.0.0.1");
    Place moved(std::move(place));
    EXPECT_EQ(lobby->by_address.at("127.0.0.1"), 1u);
  }
  EXPECT_TRUE(lobby->by_address.empty());
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
