#include <CLI/CLI.hpp>
#include <cctype>
#include <cstdint>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

#include "absl/strings/numbers.h"
#include "chathub/v1/admin.grpc.pb.h"
#include "hub/cli/commands.h"
#include "hub/cli/hub_client.h"
#include "hub/cli/printing.h"

namespace chathub::cli {
namespace {

constexpr std::int64_t kLongestSeconds = 100LL * 365 * 86400;

// `90s`, `15m`, `12h`, `30d`.
std::optional<std::int64_t> SecondsIn(const std::string& text) {
  std::int64_t number = 0;
  if (text.empty()) return std::nullopt;
  if (!absl::SimpleAtoi(text.substr(0, text.size() - 1), &number)) return std::nullopt;
  const std::string units = "smhd";
  const std::int64_t lengths[] = {1, 60, 3600, 86400};
  const auto unit = units.find(text.back());
  if (unit == std::string::npos || number < 1 || number > kLongestSeconds / lengths[unit]) {
    return std::nullopt;
  }
  return number * lengths[unit];
}

std::string RefuseDuration(const std::string& text) {
  return SecondsIn(text) ? "" : "needs a time such as 90s, 15m, 12h or 30d";
}

std::string Joined(const v1::Token& token) {
  std::string words;
  for (const std::string& word : token.rights()) words += (words.empty() ? "" : " ") + word;
  return words;
}

class TokenCommand final : public Command {
 public:
  void Describe(CLI::App& app) override {
    app.require_subcommand(1);
    add_ = Add(app, "add", "makes a token and prints it, this once");
    add_->add_option("peer", peer_, "Whose it is, for example handler/karma")
        ->type_name("KIND/NAME")
        ->required();
    add_->add_option("--right", rights_,
                     "listen, private, exclusive, users, admin, or send:ROOMS (irc/#ops, irc/*)")
        ->type_name("RIGHT")
        ->allow_extra_args(false);
    add_->add_option("--valid-for", valid_for_, "Until it expires, for example 30d; else never")
        ->type_name("TIME")
        ->check(RefuseDuration);
    list_ = Add(app, "list", "lists whose tokens there are; no token is shown");
    revoke_ = Add(app, "revoke", "ends a token, or all of a peer, and what came in with it");
    revoke_->add_option("token", id_, "A token's id, or a peer")
        ->type_name("ID|KIND/NAME")
        ->required();
  }

  int Run(const Outside& outside) override {
    const auto client = HubClient::Find(hub_);
    if (!client.ok()) return Complain(outside, client.status());
    if (add_->parsed()) return AddOne(*client, outside);
    return list_->parsed() ? List(*client, outside) : Revoke(*client, outside);
  }

 private:
  CLI::App* Add(CLI::App& app, const char* name, const char* summary) {
    return AddHubSubcommand(app, {name, summary}, hub_, json_);
  }

  // The token alone goes to out, so that a script can take it.
  int AddOne(const HubClient& client, const Outside& outside) const {
    v1::AddTokenRequest request;
    request.set_peer(peer_);
    request.mutable_rights()->Add(rights_.begin(), rights_.end());
    if (const auto seconds = SecondsIn(valid_for_)) {
      request.mutable_valid_for()->set_seconds(*seconds);
    }
    const auto added = client.Call(&v1::Admin::Stub::AddToken, request);
    if (!added.ok()) return Complain(outside, added.status());
    if (json_) {
      PrintJson(outside.out, *added);
      return kOk;
    }
    outside.out << added->token() << '\n';
    outside.err << "the token " << Shown(added->id()) << " of " << Shown(peer_)
                << " is shown this once; give it to the program as CHATHUB_TOKEN\n";
    return kOk;
  }

  int List(const HubClient& client, const Outside& outside) const {
    const auto listed = client.Call(&v1::Admin::Stub::ListTokens, v1::ListTokensRequest());
    if (!listed.ok()) return Complain(outside, listed.status());
    std::vector<TableRow> rows = {{"ID", "PEER", "MADE", "EXPIRES", "RIGHTS"}};
    for (const v1::Token& token : listed->tokens()) {
      if (json_) PrintJson(outside.out, token);
      rows.push_back({Shown(token.id()), Shown(token.peer()), Shown(token.created_at()),
                      token.has_expires_at() ? Shown(token.expires_at()) : "never",
                      Shown(Joined(token))});
    }
    if (!json_) PrintTable(outside.out, rows);
    return kOk;
  }

  int Revoke(const HubClient& client, const Outside& outside) const {
    v1::RevokeTokenRequest request;
    request.set_id(id_);
    const auto revoked = client.Call(&v1::Admin::Stub::RevokeToken, request);
    if (!revoked.ok()) return Complain(outside, revoked.status());
    if (json_) PrintJson(outside.out, *revoked);
    if (!json_) outside.out << "revoked " << revoked->revoked() << '\n';
    return kOk;
  }

  HubOptions hub_;
  bool json_ = false;
  std::string peer_;
  std::vector<std::string> rights_;
  std::string valid_for_;
  std::string id_;
  CLI::App* add_ = nullptr;
  CLI::App* list_ = nullptr;
  CLI::App* revoke_ = nullptr;
};

}  // namespace

std::unique_ptr<Command> MakeToken() { return std::make_unique<TokenCommand>(); }

}  // namespace chathub::cli
