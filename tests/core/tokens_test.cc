// Tokens: made once, found by what they are, gone when they are revoked or expire.
#include "hub/core/rights/tokens.h"

#include <memory>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "hub/base/errors.h"
#include "hub/core/rights/reception.h"
#include "hub/engine/open.h"
#include "tests/support/virtual_loop.h"

namespace chathub {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

v1::AddTokenRequest For(const std::string& peer, const std::vector<std::string>& rights = {},
                        int seconds = 0) {
  v1::AddTokenRequest request;
  request.set_peer(peer);
  request.mutable_rights()->Add(rights.begin(), rights.end());
  if (seconds != 0) request.mutable_valid_for()->set_seconds(seconds);
  return request;
}

class Ended : public Tokens::Listener {
 public:
  void TokenEnded(const std::string& id, const absl::Status&) override { ids.push_back(id); }
  std::vector<std::string> ids;
};

class TokensTest : public testing::Test {
 protected:
  TokensTest() { tokens_->Tell(&ended_); }

  v1::AddTokenResponse Add(const std::string& peer, const std::vector<std::string>& rights = {},
                           int seconds = 0) {
    auto added = tokens_->Add(For(peer, rights, seconds), nullptr);
    EXPECT_TRUE(added.ok()) << added.status();
    return *std::move(added);
  }
  absl::Status Revoke(const std::string& id) {
    v1::RevokeTokenRequest request;
    request.set_id(id);
    return tokens_->Revoke(request, nullptr).status();
  }
  absl::StatusCode Admit(const std::string& token) { return tokens_->Find(token).status().code(); }

  VirtualLoop loop_;
  const std::unique_ptr<Engine> engine_ = *OpenEngine({.kind = "memory"}, loop_);
  std::unique_ptr<Tokens> tokens_ = std::make_unique<Tokens>(*engine_, loop_);
  Ended ended_;
};

TEST_F(TokensTest, ATokenLetsItsPeerInWithItsRights) {
  const auto added = Add("handler/karma", {"users", "send:irc/*"});
  EXPECT_EQ(added.token().size(), 64u);
  const auto pass = tokens_->Find(added.token());
  ASSERT_TRUE(pass.ok()) << pass.status();
  EXPECT_EQ(pass->who(), "handler/karma");
  EXPECT_TRUE(pass->may(Right::kUsers));
  EXPECT_FALSE(pass->may(Right::kAdmin));
  EXPECT_TRUE(pass->MaySendTo("irc/#ops"));
  EXPECT_EQ(pass->token(), added.id());
}

TEST_F(TokensTest, NothingElseIsAToken) {
  const auto added = Add("handler/karma");
  for (const std::string& other : {std::string(), std::string(64, '0'), added.token().substr(1),
                                   added.token() + "0", added.id()}) {
    EXPECT_EQ(Admit(other), absl::StatusCode::kUnauthenticated) << other;
  }
}

TEST_F(TokensTest, WhatIsKeptIsNotTheToken) {
  const auto added = Add("handler/karma");
  for (const StoreEntry& entry : engine_->List("hub.tokens", "", "", 100)) {
    EXPECT_THAT(entry.value, Not(HasSubstr(added.token())));
    EXPECT_THAT(entry.key, Not(HasSubstr(added.token())));
  }
  EXPECT_THAT(tokens_->List().ShortDebugString(), Not(HasSubstr(added.token())));
}

TEST_F(TokensTest, TokensOutliveTheHub) {
  const auto added = Add("handler/karma", {"listen"});
  const auto gone = Add("handler/karma");
  ASSERT_TRUE(Revoke(gone.id()).ok());
  tokens_ = std::make_unique<Tokens>(*engine_, loop_);
  ASSERT_EQ(Admit(added.token()), absl::StatusCode::kOk);
  EXPECT_TRUE(tokens_->Find(added.token())->may(Right::kListen));
  EXPECT_EQ(Admit(gone.token()), absl::StatusCode::kUnauthenticated);
}

TEST_F(TokensTest, TwoCountAtOnceAndAThirdIsRefusedNamingThem) {
  const auto first = Add("handler/karma");
  const auto second = Add("handler/karma");
  const auto third = tokens_->Add(For("handler/karma"), nullptr).status();
  EXPECT_EQ(ReasonOf(third), Reason::kTooMuch);
  EXPECT_THAT(std::string(third.message()), HasSubstr(first.id()));
  EXPECT_THAT(std::string(third.message()), HasSubstr(second.id()));
  Add("handler/other");
  ASSERT_TRUE(Revoke(first.id()).ok());
  Add("handler/karma");
  EXPECT_EQ(Admit(second.token()), absl::StatusCode::kOk);
}

TEST_F(TokensTest, ARevokedTokenCountsNoMoreAndItsBearersAreEnded) {
  const auto karma = Add("handler/karma");
  const auto other = Add("handler/other");
  ASSERT_TRUE(Revoke(karma.id()).ok());
  EXPECT_THAT(ended_.ids, ElementsAre(karma.id()));
  EXPECT_EQ(Admit(karma.token()), absl::StatusCode::kUnauthenticated);
  EXPECT_EQ(Admit(other.token()), absl::StatusCode::kOk);
  EXPECT_EQ(ReasonOf(Revoke(karma.id())), Reason::kNoSuchPeer);
}

TEST_F(TokensTest, AllOfAPeerAreRevokedByItsName) {
  Add("handler/karma");
  Add("handler/karma");
  const auto other = Add("handler/karmalite");
  ASSERT_TRUE(Revoke("handler/karma").ok());
  EXPECT_EQ(ended_.ids.size(), 2u);
  EXPECT_EQ(Admit(other.token()), absl::StatusCode::kOk);
}

TEST_F(TokensTest, AnExpiredTokenCountsNoMoreAndItsBearersAreEndedThen) {
  const auto brief = Add("handler/karma", {}, 3600);
  loop_.Advance(Milliseconds(3'599'000));
  EXPECT_EQ(Admit(brief.token()), absl::StatusCode::kOk);
  EXPECT_TRUE(ended_.ids.empty());
  loop_.Advance(Milliseconds(1'000));
  EXPECT_EQ(Admit(brief.token()), absl::StatusCode::kUnauthenticated);
  EXPECT_THAT(ended_.ids, ElementsAre(brief.id()));
  // It takes nobody's place.
  Add("handler/karma");
  Add("handler/karma");
}

TEST_F(TokensTest, WhatMakesNoSenseIsRefused) {
  for (const auto& request : {For("karma"), For("king/arthur"), For("handler/"),
                              For("handler/karma", {"everything"}), For("handler/karma", {}, -1)}) {
    EXPECT_EQ(ReasonOf(tokens_->Add(request, nullptr).status()), Reason::kBadFrame)
        << request.ShortDebugString();
  }
  EXPECT_EQ(tokens_->List().tokens_size(), 0);
}

class ReceptionTest : public TokensTest {
 protected:
  Reception reception_{"the owner's", *tokens_, loop_};
};

TEST_F(ReceptionTest, TheSixthWrongCredentialInAMinuteIsToldLater) {
  for (int i = 0; i < 5; ++i) {
    const auto refused = reception_.Admit("Bearer nonsense", "192.0.2.1");
    EXPECT_EQ(refused.pass.status().code(), absl::StatusCode::kUnauthenticated);
    EXPECT_EQ(refused.tell_in, Milliseconds(0));
  }
  const auto slowed = reception_.Admit("Bearer nonsense", "192.0.2.1");
  EXPECT_EQ(slowed.pass.status().code(), absl::StatusCode::kUnauthenticated);
  EXPECT_GT(slowed.tell_in, Milliseconds(0));
  EXPECT_EQ(RetryAfterOf(slowed.pass.status()), std::chrono::seconds(60));
}

TEST_F(ReceptionTest, WhoFailsHurtsNeitherItsNeighboursNorOtherAddresses) {
  const auto added = Add("handler/karma");
  for (int i = 0; i < 50; ++i) reception_.Admit("Bearer nonsense", "192.0.2.1");
  const auto right = reception_.Admit("Bearer " + added.token(), "192.0.2.1");
  EXPECT_TRUE(right.pass.ok());
  EXPECT_EQ(right.tell_in, Milliseconds(0));
  EXPECT_EQ(reception_.Admit("Bearer nonsense", "192.0.2.2").tell_in, Milliseconds(0));
}

TEST_F(ReceptionTest, AMinuteLaterAllIsForgotten) {
  for (int i = 0; i < 6; ++i) reception_.Admit("Bearer nonsense", "192.0.2.1");
  loop_.Advance(Milliseconds(60'000));
  EXPECT_EQ(reception_.Admit("Bearer nonsense", "192.0.2.1").tell_in, Milliseconds(0));
}

TEST_F(ReceptionTest, TheOwnersTokenIsTheOwners) {
  EXPECT_EQ(reception_.Admit("Bearer the owner's", "unix").pass->who(), "client/owner");
  for (const char* wrong : {"", "Bearer ", "bearer the owner's", "Basic the owner's"}) {
    EXPECT_FALSE(reception_.Admit(wrong, "unix").pass.ok()) << wrong;
  }
}

}  // namespace
}  // namespace chathub
