// The credentials that peers were given: made, found and revoked.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "chathub/v1/admin.pb.h"
#include "hub/base/loop.h"
#include "hub/core/rights/pass.h"
#include "hub/engine/engine.h"

namespace chathub {

// Owned by the Hub. Keeps hashes only; what is kept is read when it is made. A change counts at
// once and may be told of when `kept` is let go of.
class Tokens {
 public:
  // So that one can be replaced without a moment in which none counts.
  static constexpr std::size_t kMostPerPeer = 2;

  // Told that a token counts no more, and why: whoever came in with it must go.
  class Listener {
   public:
    virtual ~Listener() = default;
    virtual void TokenEnded(const std::string& id, const absl::Status& why) = 0;
  };

  Tokens(Engine& engine, Loop& loop);
  Tokens(const Tokens&) = delete;
  Tokens& operator=(const Tokens&) = delete;

  // nullptr: nobody.
  void Tell(Listener* listener) { listener_ = listener; }

  // The answer holds the token: it is not to be had again. kBadFrame for a peer, right or time that
  // makes no sense, kTooMuch if the peer has two that count.
  absl::StatusOr<v1::AddTokenResponse> Add(const v1::AddTokenRequest& request, Duty kept);
  // By peer, then by age.
  v1::ListTokensResponse List() const;
  // By id, or all of a peer. kNoSuchPeer if there is none.
  absl::StatusOr<v1::RevokeTokenResponse> Revoke(const v1::RevokeTokenRequest& request, Duty kept);

  // Whose token it is, in a time that says nothing about any token; UNAUTHENTICATED if it is
  // nobody's or has expired.
  absl::StatusOr<Pass> Find(std::string_view token) const;

 private:
  struct Token {
    std::string hash;
    PeerName peer;
    Rights rights;
    std::int64_t created_at = 0;
    std::int64_t expires_at = 0;  // 0: never
  };

  void Load();
  bool Expired(const Token& token) const;
  std::vector<std::string> IdsOf(const PeerName& peer) const;
  absl::Status MayHaveAnother(const PeerName& peer) const;
  void Forget(const std::string& id);
  void AwaitExpiry();
  void EndExpired();

  Engine& engine_;
  Loop& loop_;
  Listener* listener_ = nullptr;

  std::map<std::string, Token> tokens_;                // by id
  absl::flat_hash_map<std::string, std::string> ids_;  // by hash
  std::int64_t looked_at_ = 0;                         // what expired before is known to have
  Timer next_expiry_;
};

}  // namespace chathub
