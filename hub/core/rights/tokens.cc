#include "hub/core/rights/tokens.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "chathub/internal/tokens.pb.h"
#include "hub/base/errors.h"
#include "hub/base/log.h"
#include "hub/base/secrets.h"
#include "hub/base/text.h"
#include "hub/core/problems.h"

namespace chathub {
namespace {

constexpr std::string_view kSpace = "hub.tokens";
constexpr std::size_t kIdLength = 12;
constexpr std::size_t kMostTokens = 100'000;
// The wall clock may be set: look again at least so often.
constexpr Milliseconds kLookAgain{60'000};

std::string NewId() { return RandomId().substr(0, kIdLength); }

absl::StatusOr<PeerName> PeerOf(const std::string& text) {
  const auto peer = ParsePeerName(text);
  if (!peer.has_value()) {
    return Fail(Reason::kBadFrame, "no peer is called '" + ForLog(text, 80) +
                                       "'; write KIND/NAME, for example handler/karma (kinds: "
                                       "adapter, handler, client)");
  }
  return *peer;
}

Write PutOf(const std::string& id, const internal::KeptToken& kept) {
  Write write;
  write.space = kSpace;
  write.key = id;
  write.value = kept.SerializeAsString();
  return write;
}

Write DeleteOf(const std::string& id) {
  Write write;
  write.space = kSpace;
  write.key = id;
  write.kind = Write::Kind::kDelete;
  return write;
}

absl::Status ChangeStore(Engine& engine, std::vector<Write> writes, Duty kept) {
  Step step;
  step.writes = std::move(writes);
  step.unkept = std::move(kept);
  return engine.Apply(std::move(step)).status();
}

}  // namespace

Tokens::Tokens(Engine& engine, Loop& loop)
    : engine_(engine), loop_(loop), looked_at_(loop.WallNow()) {
  Load();
  AwaitExpiry();
}

void Tokens::Load() {
  for (const StoreEntry& entry :
       engine_.List(kSpace, "", "", std::numeric_limits<std::size_t>::max())) {
    internal::KeptToken kept;
    const bool parsed = kept.ParseFromString(entry.value);
    const auto peer = ParsePeerName(kept.peer());
    const auto rights = Rights::Parse({kept.rights().begin(), kept.rights().end()});
    if (!parsed || !peer.has_value() || !rights.ok()) {
      // Closed when in doubt: it lets nobody in.
      Log(LogLevel::kError, "a kept token makes no sense and does not count", {{"id", entry.key}});
      continue;
    }
    tokens_[entry.key] = {kept.hash(), *peer, *rights, kept.created_at(), kept.expires_at()};
    ids_[kept.hash()] = entry.key;
  }
}

bool Tokens::Expired(const Token& token) const {
  return token.expires_at != 0 && token.expires_at <= loop_.WallNow();
}

std::vector<std::string> Tokens::IdsOf(const PeerName& peer) const {
  std::vector<std::string> ids;
  for (const auto& [id, token] : tokens_) {
    if (token.peer == peer) ids.push_back(id);
  }
  return ids;
}

absl::Status Tokens::MayHaveAnother(const PeerName& peer) const {
  std::string valid;
  std::size_t count = 0;
  for (const std::string& id : IdsOf(peer)) {
    if (Expired(tokens_.at(id))) continue;
    valid += (valid.empty() ? "" : " and ") + id;
    ++count;
  }
  if (count >= kMostPerPeer) {
    return Fail(Reason::kTooMuch, ToString(peer) + " has two tokens already (" + valid +
                                      "); revoke one first: chathub token revoke ID");
  }
  if (tokens_.size() < kMostTokens) return absl::OkStatus();
  return Fail(Reason::kTooMuch, "this hub has 100000 tokens; revoke some first");
}

absl::StatusOr<v1::AddTokenResponse> Tokens::Add(const v1::AddTokenRequest& request, Duty kept) {
  auto peer = PeerOf(request.peer());
  if (!peer.ok()) return peer.status();
  auto rights = Rights::Parse({request.rights().begin(), request.rights().end()});
  if (!rights.ok()) return rights.status();
  const std::int64_t valid_for = ToMilliseconds(request.valid_for()).count();
  if (request.has_valid_for() && valid_for <= 0) {
    return Fail(Reason::kBadFrame, "a token must be valid for some time");
  }
  if (absl::Status status = MayHaveAnother(*peer); !status.ok()) return status;

  const std::int64_t now = loop_.WallNow();
  v1::AddTokenResponse response;
  response.set_token(RandomSecret());
  response.set_id(NewId());
  Token token{Sha256(response.token()), *std::move(peer), *std::move(rights), now,
              request.has_valid_for() ? now + valid_for : 0};
  internal::KeptToken wire;
  wire.set_hash(token.hash);
  wire.set_peer(ToString(token.peer));
  for (const std::string& word : token.rights.Words()) wire.add_rights(word);
  wire.set_created_at(token.created_at);
  wire.set_expires_at(token.expires_at);
  absl::Status status = ChangeStore(engine_, {PutOf(response.id(), wire)}, std::move(kept));
  if (!status.ok()) return status;
  ids_[token.hash] = response.id();
  tokens_[response.id()] = std::move(token);
  AwaitExpiry();
  return response;
}

v1::ListTokensResponse Tokens::List() const {
  v1::ListTokensResponse response;
  for (const auto& [id, token] : tokens_) {
    v1::Token& wire = *response.add_tokens();
    wire.set_id(id);
    wire.set_peer(ToString(token.peer));
    for (const std::string& word : token.rights.Words()) wire.add_rights(word);
    *wire.mutable_created_at() = ToTimestamp(token.created_at);
    if (token.expires_at != 0) *wire.mutable_expires_at() = ToTimestamp(token.expires_at);
  }
  std::sort(response.mutable_tokens()->begin(), response.mutable_tokens()->end(),
            [](const v1::Token& a, const v1::Token& b) {
              return std::pair(a.peer(), ToWall(a.created_at())) <
                     std::pair(b.peer(), ToWall(b.created_at()));
            });
  return response;
}

absl::StatusOr<v1::RevokeTokenResponse> Tokens::Revoke(const v1::RevokeTokenRequest& request,
                                                       Duty kept) {
  std::vector<std::string> ids;
  if (const auto peer = ParsePeerName(request.id())) ids = IdsOf(*peer);
  if (tokens_.contains(request.id())) ids = {request.id()};
  if (ids.empty()) {
    return Fail(Reason::kNoSuchPeer, "no token has the id or peer '" + ForLog(request.id(), 80) +
                                         "' (chathub token list shows them)");
  }
  std::vector<Write> writes;
  for (const std::string& id : ids) writes.push_back(DeleteOf(id));
  absl::Status status = ChangeStore(engine_, std::move(writes), std::move(kept));
  if (!status.ok()) return status;
  for (const std::string& id : ids) Forget(id);
  for (const std::string& id : ids) {
    if (listener_ == nullptr) continue;
    listener_->TokenEnded(id, FailUnauthenticated("the token " + id + " was revoked"));
  }
  v1::RevokeTokenResponse response;
  response.set_revoked(static_cast<std::uint32_t>(ids.size()));
  return response;
}

void Tokens::Forget(const std::string& id) {
  const auto found = tokens_.find(id);
  ids_.erase(found->second.hash);
  tokens_.erase(found);
}

// What is looked up is the hash: how far it agrees with another's says nothing about a token.
absl::StatusOr<Pass> Tokens::Find(std::string_view token) const {
  const std::string hash = Sha256(token);
  const auto id = ids_.find(hash);
  if (id == ids_.end()) {
    return FailUnauthenticated(
        "this hub does not know the token; is it another hub's, or was it revoked?");
  }
  const Token& found = tokens_.at(id->second);
  if (!EqualInConstantTime(found.hash, hash)) return FailUnauthenticated("this is no token");
  if (Expired(found)) {
    return FailUnauthenticated("the token " + id->second + " of " + ToString(found.peer) +
                               " has expired; ask for another");
  }
  return Pass::Of(found.peer, found.rights, id->second);
}

void Tokens::AwaitExpiry() {
  std::int64_t wait = kLookAgain.count();
  bool any = false;
  for (const auto& [id, token] : tokens_) {
    if (token.expires_at <= looked_at_) continue;
    any = true;
    wait = std::min(wait, token.expires_at - loop_.WallNow());
  }
  if (!any) return next_expiry_.Cancel();
  next_expiry_ = loop_.After(Milliseconds(std::max<std::int64_t>(wait, 0)), [this] {
    EndExpired();
    AwaitExpiry();
  });
}

// They stay listed, and their bearers are told, until they are revoked.
void Tokens::EndExpired() {
  const std::int64_t before = std::exchange(looked_at_, loop_.WallNow());
  std::vector<std::string> ended;
  for (const auto& [id, token] : tokens_) {
    if (token.expires_at > before && token.expires_at <= looked_at_) ended.push_back(id);
  }
  for (const std::string& id : ended) {
    if (listener_ == nullptr) continue;
    listener_->TokenEnded(id, FailUnauthenticated("the token " + id + " has expired"));
  }
}

}  // namespace chathub
