// What is answered to a request, before there is a WebSocket.
#include "hub/gateway/http_answers.h"

#include <gtest/gtest.h>

#include "tests/support/virtual_loop.h"

namespace chathub {
namespace {

class NobodyHome : public TalkOpener {
 public:
  std::unique_ptr<Talk> Open(TextLink&, Greeting) override { return nullptr; }
};

class HttpAnswersTest : public testing::Test {
 protected:
  // 0: a WebSocket begins.
  unsigned Status(const RequestHead& head) const {
    const auto answer = AnswerHttp(head, lobby_);
    return answer.has_value() ? answer->status : 0;
  }
  static RequestHead Get(std::string_view target) {
    return {.method = "GET", .target = target, .fields = {{"Host", "x"}}};
  }
  static RequestHead Upgrade() {
    RequestHead head = Get("/wnet/ws");
    head.fields.insert(head.fields.end(), {{"Connection", "keep-alive, Upgrade"},
                                           {"UPGRADE", "WebSocket"},
                                           {"Sec-WebSocket-Version", "13"},
                                           {"Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="}});
    return head;
  }

  VirtualLoop loop_;
  NobodyHome nobody_;
  Lobby lobby_{.loop = loop_, .networks = nobody_, .limits = {}, .origins = {}};
};

TEST_F(HttpAnswersTest, OneCanAskHowTheHubIs) {
  EXPECT_EQ(Status(Get("/healthz")), 200u);
  EXPECT_EQ(Status(Get("/readyz?now")), 200u);
  EXPECT_EQ(Status(Get("http://hub/readyz")), 200u);
  lobby_.ready = false;
  EXPECT_EQ(Status(Get("/healthz")), 200u);
  EXPECT_EQ(Status(Get("/readyz")), 503u);
  EXPECT_EQ(Status(Upgrade()), 503u);
}

TEST_F(HttpAnswersTest, OneCanAskForAWebSocket) {
  EXPECT_EQ(Status(Upgrade()), 0u);
  EXPECT_EQ(Status(Get("/wnet/ws")), 426u);
  RequestHead head = Upgrade();
  head.http11 = false;
  EXPECT_EQ(Status(head), 426u);
  head = Upgrade();
  head.method = "POST";
  EXPECT_EQ(Status(head), 405u);
  head = Upgrade();
  head.fields.back().second = "dGhlIHNhbXBsZSBub25jZQ=";
  EXPECT_EQ(Status(head), 400u);
  head = Upgrade();
  head.says_more = true;
  EXPECT_EQ(Status(head), 400u);
}

TEST_F(HttpAnswersTest, WhatTwoReadersCouldUnderstandDifferentlyIsRefused) {
  using Fields = std::vector<std::pair<std::string_view, std::string_view>>;
  for (const Fields& fields : {Fields{{"host", "y"}},
                               {{"Upgrade", "websocket"}},
                               {{"Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="}},
                               {{"Content-Length", "1"}},
                               {{"Content-Length", "0"}, {"content-length", "0"}},
                               {{"Transfer-Encoding", "chunked"}}}) {
    RequestHead head = Upgrade();
    head.fields.insert(head.fields.end(), fields.begin(), fields.end());
    EXPECT_EQ(Status(head), 400u) << fields.front().first;
  }
  EXPECT_EQ(Status({.method = "GET", .target = "/healthz"}), 400u) << "no host";
}

TEST(PathOfTest, ItIsWhatStandsBetweenTheHostAndTheQuery) {
  EXPECT_EQ(PathOf("/wnet/ws"), "/wnet/ws");
  EXPECT_EQ(PathOf("/wnet/ws?next=http://x/y"), "/wnet/ws");
  EXPECT_EQ(PathOf("http://127.0.0.1:6197/wnet/ws?a"), "/wnet/ws");
  EXPECT_EQ(PathOf("http://127.0.0.1"), "/");
}

}  // namespace
}  // namespace chathub
