#include "hub/gateway/wnet/network.h"

#include <algorithm>
#include <utility>

#include "hub/base/errors.h"
#include "hub/base/log.h"
#include "hub/core/mailboxes/handler_mailbox.h"
#include "hub/gateway/wnet/bot.h"
#include "hub/gateway/wnet/wnet_dialect.h"

namespace chathub::wnet {
namespace {

constexpr std::size_t kMostWaiting = 1000;

// What clients call a handler: legacy bots of other protocols by their own name.
std::string CalledName(const std::string& handler) {
  for (const std::string_view protocol : {"botcomet.", "botica."}) {
    if (handler.starts_with(protocol)) return handler.substr(protocol.size());
  }
  return handler;
}

}  // namespace

Network::Network(NetworkOptions options, Hub& hub, Loop& loop)
    : options_(std::move(options)),
      hub_(hub),
      loop_(loop),
      proofs_(hub.accounts(), loop),
      self_(std::make_shared<Network*>(this)) {
  adapter_ = std::make_unique<VirtualAdapter>("wnet", "WNet", hub, loop, *this);
  look_ = loop_.After(kLook, [this] { Look(); });
}

Network::~Network() { *self_ = nullptr; }

void Network::Entered(Talk& talk) {
  seats_[talk.id()] = std::unique_ptr<Seat>(new Seat{.talk = talk});
}

void Network::Hear(Talk& talk, Item item) {
  Seat& seat = *seats_.at(talk.id());
  // Nothing overtakes what waits for the proof.
  if (seat.proving) return Wait(seat, std::move(item));
  std::visit(OnEach{[&](const chathub::Claim& claim) { Claim(seat, claim); },
                    [&](const Alive&) { HearAlive(seat); },
                    [&](const chathub::Find& find) { Find(seat, find); },
                    [&](const chathub::Connect& connect) { Connect(seat, connect); },
                    [&](const chathub::Disconnect& disconnect) { Disconnect(seat, disconnect); },
                    [&](const ToBot& said) { HearClient(seat, said); },
                    [&](const ToGuest& said) { HearBot(seat, said); }, [](const auto&) {}},
             item);
}

void Network::Left(Talk& talk) {
  const auto found = seats_.find(talk.id());
  const std::unique_ptr<Seat> seat = std::move(found->second);
  seats_.erase(found);
  for (const std::string& name : seat->bots) Free(name);
  for (const std::string& name : seat->connected) {
    Bot* bot = FindBot(name);
    if (bot == nullptr || bot->clients.erase(talk.id()) == 0) continue;
    bot->holder().Say(GuestLeft{talk.id()});
  }
}

// --- bots

void Network::Wait(Seat& seat, Item item) {
  if (seat.waiting.size() >= kMostWaiting) {
    return Refuse(seat, Reason::kTooMuch, "too much at once");
  }
  seat.waiting.push_back(std::move(item));
}

bool Network::Proved(Seat& seat, Item item) {
  if (std::exchange(seat.asked, true)) return true;
  seat.proving = true;
  Wait(seat, std::move(item));
  const Greeting& greeting = seat.talk.greeting();
  proofs_.Check(greeting.address, ReadCookie(greeting.cookie),
                [self = self_, id = seat.talk.id()](std::optional<std::string> account) {
                  Seat* proved = *self == nullptr ? nullptr : (*self)->FindSeat(id);
                  if (proved == nullptr) return;
                  proved->proving = false;
                  proved->account = std::move(account);
                  for (Item& waited : std::exchange(proved->waiting, {})) {
                    (*self)->Hear(proved->talk, std::move(waited));
                  }
                });
  return false;
}

void Network::Claim(Seat& seat, const chathub::Claim& claim) {
  const std::string& name = claim.name;
  if (!Proved(seat, claim)) return;
  if (options_.accounts && !seat.account.has_value()) {
    return Refuse(seat, Reason::kNotAllowed, "a bot needs a cookie `auth` of an account");
  }
  if (hub_.directory().FindHandler(name) != nullptr) {
    return Refuse(seat, Reason::kNotAllowed, "the name belongs to a handler");
  }
  Bot* bot = FindBot(name);
  if (bot == nullptr && seat.bots.size() >= kMostBots) {
    return Refuse(seat, Reason::kNotAllowed, "too many bots on one connection");
  }
  if (bot == nullptr) return Grant(seat, name);
  if (&bot->holder() == &seat.talk) return seat.talk.Say(Granted{.name = name});
  seat.talk.Say(Refused{Reason::kNameTaken});
  if (FindSeat(bot->challenger) != nullptr) return;  // somebody asked before
  bot->challenger = seat.talk.id();
  bot->holder().Say(Probe{});
}

void Network::Grant(Seat& seat, const std::string& name) {
  bots_[name] = std::make_unique<Bot>(name, seat.talk, Exposed(name), hub_, loop_);
  seat.bots.insert(name);
  Log(LogLevel::kInfo, "WNet bot added",
      {{"bot", name}, {"account", seat.account.value_or("")}, {"session", seat.talk.id()}});
  seat.talk.Say(Granted{.name = name});
}

// It keeps its names; whoever wanted one hears so.
void Network::HearAlive(Seat& seat) {
  for (const std::string& name : seat.bots) {
    Seat* challenger = FindSeat(std::exchange(FindBot(name)->challenger, ""));
    if (challenger != nullptr) Refuse(*challenger, Reason::kConflict, "");
  }
}

// The holder has left: its clients hear so, and the name is the challenger's.
void Network::Free(const std::string& name) {
  const auto found = bots_.find(name);
  const std::unique_ptr<Bot> bot = std::move(found->second);
  bots_.erase(found);
  for (const std::string& id : bot->clients) {
    Seat* client = FindSeat(id);
    if (client == nullptr) continue;
    client->connected.erase(name);
    client->talk.Say(Disconnected{name});
  }
  Seat* challenger = FindSeat(bot->challenger);
  if (challenger != nullptr && !challenger->talk.ended()) Grant(*challenger, name);
}

void Network::HearBot(Seat& seat, const ToGuest& said) {
  for (const std::string& name : seat.bots) {
    Bot& bot = *FindBot(name);
    if (bot.clients.contains(said.guest)) {
      return FindSeat(said.guest)->talk.Say(FromBot{name, said.text});
    }
    const absl::Status status = bot.Answer(said.guest, said.text);
    if (status.ok()) return;
    if (ReasonOf(status) == Reason::kNoSuchPeer) continue;
    return Refuse(seat, Reason::kNotAttached, std::string(status.message()));
  }
  Refuse(seat, Reason::kNotAttached, "no client of yours has this sid");
}

// --- clients

void Network::Find(Seat& seat, const chathub::Find& find) {
  const std::string& prefix = find.prefix;
  std::set<std::string> names;
  for (auto at = bots_.lower_bound(prefix);
       at != bots_.end() && at->first.starts_with(prefix) && names.size() < kMostNames; ++at) {
    names.insert(at->first);
  }
  for (const auto& [handler, mailbox] : hub_.directory().handlers()) {
    const std::string called = CalledName(handler);
    const bool fits = called.starts_with(prefix) && IsBotName(called);
    if (fits && mailbox->attached()) names.insert(called);
  }
  Names answer{.prefix = prefix, .names = {names.begin(), names.end()}};
  if (answer.names.size() > kMostNames) answer.names.resize(kMostNames);
  seat.talk.Say(std::move(answer));
}

void Network::Connect(Seat& seat, const chathub::Connect& connect) {
  const std::string& name = connect.bot;
  if (seat.connected.contains(name)) return seat.talk.Say(Connected{name});
  Bot* bot = FindBot(name);
  if (bot == nullptr && !FindHandler(name).has_value()) {
    return Refuse(seat, Reason::kNoSuchPeer, "");
  }
  if (seat.connected.size() >= kMostBots) {
    return Refuse(seat, Reason::kNotAllowed, "too many bots at a time");
  }
  // The bot is told who comes.
  if (!Proved(seat, connect)) return;
  seat.connected.insert(name);
  seat.talk.Say(Connected{name});
  if (bot == nullptr) return;
  bot->clients.insert(seat.talk.id());
  bot->holder().Say(GuestCame{seat.talk.id(), seat.account});
}

void Network::Disconnect(Seat& seat, const chathub::Disconnect& disconnect) {
  const std::string& name = disconnect.bot;
  if (seat.connected.erase(name) == 0) return Refuse(seat, Reason::kNotAttached, "");
  seat.talk.Say(Disconnected{name});
  Bot* bot = FindBot(name);
  if (bot != nullptr && bot->clients.erase(seat.talk.id()) > 0) {
    bot->holder().Say(GuestLeft{seat.talk.id()});
  }
}

void Network::HearClient(Seat& seat, const ToBot& said) {
  if (!seat.connected.contains(said.bot)) return Refuse(seat, Reason::kNotAttached, "");
  if (Bot* bot = FindBot(said.bot); bot != nullptr && bot->clients.contains(seat.talk.id())) {
    return bot->holder().Say(FromGuest{seat.talk.id(), said.text});
  }
  const auto handler = FindHandler(said.bot);
  if (!handler.has_value()) return Refuse(seat, Reason::kNotAttached, "");
  if (draining_) return Refuse(seat, Reason::kGoingAway, "say it again in a moment");
  seat.spoken_to = said.bot;
  if (!adapter_->TextFor({*handler, said.bot}, UserOf(seat), said.bot, said.text)) {
    Refuse(seat, Reason::kBadFrame, "'" + said.bot + "' has no answer to that");
  }
}

absl::Status Network::Post(const v1::Conversation& conversation, const std::string& text) {
  Seat* seat = FindSeat(conversation.user().substr(std::string("wnet/").size()));
  if (seat == nullptr) return Fail(Reason::kNotAttached, "the client is gone");
  const bool names_bot = !conversation.thread().empty();
  const std::string& bot = names_bot ? conversation.thread() : seat->spoken_to;
  const bool connected = seat->connected.contains(bot);
  if (names_bot && !connected) {
    return Fail(Reason::kNotAttached, "the client has disconnected from '" + bot + "'");
  }
  seat->talk.Say(FromBot{connected ? bot : "hub", text});
  return absl::OkStatus();
}

// --- all

void Network::Refuse(Seat& seat, Reason reason, std::string detail) {
  seat.talk.Say(Refused{reason, std::move(detail)});
}

void Network::Look() {
  look_ = loop_.After(kLook, [this] { Look(); });
  for (const auto& [name, bot] : bots_) bot->Sweep();
  for (const auto& [id, seat] : seats_) {
    std::vector<std::string> gone;
    for (const std::string& name : seat->connected) {
      if (FindBot(name) == nullptr && !FindHandler(name).has_value()) gone.push_back(name);
    }
    for (std::string& name : gone) {
      seat->connected.erase(name);
      seat->talk.Say(Disconnected{std::move(name)});
    }
  }
}

bool Network::Exposed(const std::string& name) const {
  return std::any_of(options_.expose.begin(), options_.expose.end(),
                     [&](const std::string& exposed) { return exposed == "*" || exposed == name; });
}

std::optional<std::string> Network::FindHandler(const std::string& name) const {
  const auto is_here = [this](const std::string& handler) {
    const HandlerMailbox* mailbox = hub_.directory().FindHandler(handler);
    return mailbox != nullptr && mailbox->attached();
  };
  if (is_here(name)) return name;
  for (const std::string_view protocol : {"botcomet", "botica"}) {
    const std::string handler = LegacyHandler::NameOf(protocol, name);
    if (is_here(handler)) return handler;
  }
  return std::nullopt;
}

Network::Seat* Network::FindSeat(const std::string& id) {
  const auto found = seats_.find(id);
  return found == seats_.end() ? nullptr : found->second.get();
}

Network::Bot* Network::FindBot(const std::string& name) {
  const auto found = bots_.find(name);
  return found == bots_.end() ? nullptr : found->second.get();
}

v1::User Network::UserOf(const Seat& seat) const {
  v1::User user;
  user.set_id("wnet/" + seat.talk.id());
  user.set_name(seat.account.value_or("guest"));
  user.set_authenticated(seat.account.has_value());
  return user;
}

}  // namespace chathub::wnet
