// WNet's parts that no transcript can show.
#include <gtest/gtest.h>

#include <random>

#include "hub/gateway/wnet/cookie.h"
#include "hub/gateway/wnet/wnet_dialect.h"
#include "tests/gateway/stage.h"

namespace chathub::wnet {
namespace {

TEST(CookieTest, TheDocumentsCookieIsRead) {
  const std::string encoded = "%7B%22username%22%3A%22ann%22%2C%22password%22%3A%22a%26b%22%7D";
  for (const std::string& header :
       {"auth=\"type=password&auth=" + encoded + "\"", "auth=type=password&auth=" + encoded,
        "x=1; auth=\"auth=" + encoded + "&type=password\"; y=2"}) {
    const auto credentials = ReadCookie(header);
    ASSERT_TRUE(credentials.has_value()) << header;
    EXPECT_EQ(credentials->name, "ann");
    EXPECT_EQ(credentials->password, "a&b");
  }
}

TEST(CookieTest, ANumberIsANameToo) {
  const auto credentials =
      ReadCookie(R"(auth="type=password&auth={"username":42,"password":"x"}")");
  ASSERT_TRUE(credentials.has_value());
  EXPECT_EQ(credentials->name, "42");
}

TEST(CookieTest, WhateverElseIsNobody) {
  for (const char* header :
       {"", "auth", "auth=", "auth=\"", "auth=\"\"", "auth=type=password&auth=%", "other=1",
        "auth=\"type=telegram&auth=%7B%22username%22%3A%22a%22%2C%22password%22%3A%22b%22%7D\"",
        "auth=\"type=password&auth=%7B%22username%22%3A%22a%22%7D\"",
        "auth=\"type=password&auth=[]\"", "xauth=type=password&auth={}"}) {
    EXPECT_FALSE(ReadCookie(header).has_value()) << header;
  }
  EXPECT_FALSE(ReadCookie("auth=" + std::string(100'000, '&')).has_value());
}

TEST(CookieTest, AnythingIsSurvived) {
  std::mt19937 random(2);
  for (int i = 0; i < 20'000; ++i) {
    std::string header = R"(a=b; auth="type=password&auth=%7B%22username%22:1%7D"; c=d)";
    for (int changes = 0; changes < 4; ++changes) {
      header[random() % header.size()] = static_cast<char>(random() % 256);
    }
    ReadCookie(header);
  }
}

TEST(WnetDialectTest, TheLastArgumentIsTheWholeRest) {
  WnetDialect dialect;
  const Outcome outcome = dialect.Hear("scsend@sid@a@b\n@");
  ASSERT_EQ(outcome.to_hub.size(), 1);
  EXPECT_EQ(std::get<ToGuest>(outcome.to_hub[0]).guest, "sid");
  EXPECT_EQ(std::get<ToGuest>(outcome.to_hub[0]).text, "a@b\n@");
}

TEST(WnetDialectTest, EveryFrameHasAMeaningOrAnError) {
  std::mt19937 random(3);
  const std::string alphabet = "@@@adlivesccnrhoty x";
  WnetDialect dialect;
  for (int i = 0; i < 20'000; ++i) {
    std::string frame;
    for (auto size = random() % 20; size > 0; --size) frame += alphabet[random() % alphabet.size()];
    const Outcome outcome = dialect.Hear(frame);
    EXPECT_EQ(outcome.to_hub.size() + outcome.to_peer.size(), 1) << frame;
    EXPECT_FALSE(outcome.close.has_value()) << frame;
  }
}

TEST(WnetDialectTest, IsaliveIsSaidOnceAtATime) {
  WnetDialect dialect;
  EXPECT_EQ(dialect.Say(Probe{}).to_peer.size(), 1);
  EXPECT_EQ(dialect.Say(Probe{}).to_peer.size(), 0);
  EXPECT_EQ(dialect.Hear("alive").to_hub.size(), 1);
  EXPECT_FALSE(dialect.Tick().close.has_value());
  EXPECT_EQ(dialect.Say(Probe{}).wake_in, kAliveTime);
  EXPECT_TRUE(dialect.Tick().close.has_value());
}

TEST(WnetNetworkTest, NothingOvertakesWhatWaitsForAProof) {
  Stage stage;
  stage.hub.accounts().Add("ann", "secret", [](const absl::Status&) {});
  stage.Attach("echo");
  FakeProgram& client = stage.Open(
      "client", {.path = "/wnet/ws",
                 .cookie = R"(auth=type=password&auth={"username":"ann","password":"secret"})"});
  client.Says("connect@echo");
  client.Says("cssend@echo@one");
  client.Says("disconnect@echo");
  client.Says("search@none");
  EXPECT_TRUE(client.heard.empty());
  stage.loop.Run();
  EXPECT_EQ(client.heard,
            (std::deque<std::string>{"connectedto@echo", "disconnectedfrom@echo", "list@none@"}));
}

TEST(WnetNetworkTest, ATextThatReachesNoRouteOfTheHandlerIsRefusedAndTheNextOneIsHeard) {
  Stage stage;
  FakeHandler handler(stage.hub);
  handler.Hello("pinger", "routes { id: 'ping' pattern: '^(pinger )?ping$' linger {} }");
  stage.Attach("echo");  // and of no other handler
  FakeProgram& client = stage.Open("client", {.path = "/wnet/ws"});
  client.Says("connect@pinger");
  stage.loop.Run();
  client.heard.clear();
  client.Says("cssend@pinger@echo pong");
  stage.loop.Run();
  EXPECT_EQ(client.heard,
            (std::deque<std::string>{"error@Bad command: 'pinger' has no answer to that"}));
  client.Says("cssend@pinger@ping");
  stage.loop.Run();
  ASSERT_EQ(handler.deliveries.size(), 1u);
  EXPECT_EQ(handler.deliveries[0].text(), "ping");
}

TEST(WnetNetworkTest, WhoeverGuessesPasswordsIsAskedNoMore) {
  Stage stage;
  stage.hub.accounts().Add("ann", "secret", [](const absl::Status&) {});
  stage.loop.Run();
  const auto add = [&](const std::string& password) {
    FakeProgram& bot =
        stage.Open("bot", {.path = "/wnet/ws",
                           .address = "10.0.0.1",
                           .cookie = R"(auth=type=password&auth={"username":"ann","password":")" +
                                     password + R"("})"});
    bot.Says("add@weather");
    stage.loop.Run();
    return bot.heard.back();
  };
  for (int i = 0; i < 5; ++i) EXPECT_TRUE(add("guess").starts_with("error@"));
  EXPECT_TRUE(add("secret").starts_with("error@"));
  stage.loop.Advance(std::chrono::minutes(1));
  EXPECT_EQ(add("secret"), "info@You added as bot");
}

}  // namespace
}  // namespace chathub::wnet
