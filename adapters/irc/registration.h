// The beginning of a connection: what is agreed upon (CAP), who we are (SASL) and how we are
// called.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/irc/message.h"
#include "adapters/irc/settings.h"

namespace chathub::irc {

// Lives as long as its connection: what is offered may change until its end.
class Registration {
 public:
  // `settings` must outlive us.
  explicit Registration(const Settings& settings) : settings_(settings), nick_(settings.nick) {}

  // What to write, in this order.
  using Lines = std::vector<std::string>;
  Lines Begin();
  Lines Hear(const Message& message);

  bool welcomed() const { return welcomed_; }
  // The account is ours, as far as SASL said.
  bool logged_in() const { return logged_in_; }
  // Why there is no going on. It does not hold a secret.
  const std::optional<std::string>& failure() const { return failure_; }
  // What we are called, or ask to be.
  const std::string& nick() const { return nick_; }
  bool Has(const std::string& capability) const { return agreed_.contains(capability); }

 private:
  Lines HearCapabilities(const Message& message);
  Lines HearOffer(std::string_view offer, bool more);
  Lines HearAnswer(std::string_view capabilities, bool agreed);
  Lines Ask();
  // When nothing that was asked is still to be answered.
  Lines GoOn();
  Lines Authenticate(std::string_view challenge) const;
  Lines HearLogin(const Message& message);
  Lines TryNextNick(std::string_view why);
  Lines Fail(std::string_view why);
  bool WantsLogin() const { return settings_.external || !settings_.account.empty(); }
  bool OffersLogin() const;
  Lines EndOfTalk();

  const Settings& settings_;
  std::string nick_;
  int nicks_tried_ = 1;
  std::set<std::string> offered_;
  std::optional<std::string> mechanisms_;  // as the offer of SASL names them
  std::set<std::string> asked_;            // and not answered
  std::set<std::string> agreed_;
  bool authenticating_ = false;
  bool talk_ended_ = false;
  bool welcomed_ = false;
  bool logged_in_ = false;
  std::optional<std::string> failure_;
};

}  // namespace chathub::irc
