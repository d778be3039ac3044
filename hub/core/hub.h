// The core as one thing: everything that thinks, built once.
#pragma once

#include <cstddef>
#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "chathub/v1/admin.pb.h"
#include "chathub/v1/handlers.pb.h"
#include "hub/base/loop.h"
#include "hub/base/workshop.h"
#include "hub/core/adapter_session.h"
#include "hub/core/botica_bots.h"
#include "hub/core/chat.h"
#include "hub/core/counters.h"
#include "hub/core/handler_session.h"
#include "hub/core/household.h"
#include "hub/core/mailboxes/announcer.h"
#include "hub/core/mailboxes/dead_letters.h"
#include "hub/core/mailboxes/directory.h"
#include "hub/core/mailboxes/endings.h"
#include "hub/core/mailboxes/orders.h"
#include "hub/core/people/rejoining.h"
#include "hub/core/people/room_book.h"
#include "hub/core/people/user_book.h"
#include "hub/core/rights/accounts.h"
#include "hub/core/rights/groups.h"
#include "hub/core/rights/reception.h"
#include "hub/core/rights/tokens.h"
#include "hub/core/router.h"
#include "hub/core/routing/route_book.h"
#include "hub/core/speaking.h"
#include "hub/core/store/plugin_store.h"
#include "hub/core/tail.h"
#include "hub/engine/engine.h"

namespace chathub {

// Built by whoever serves, before any doorway opens; lives on the hub thread.
class Hub : public RouteBook::Listener {
 public:
  struct Options {
    std::string name = "hub";
    std::string command_prefix = "!";
    std::string selected_adapter = "shell";
    std::vector<AdapterMailbox::Options> adapters;
    std::size_t handler_mailbox = 10'000;
    PluginStore::Limits store;
    std::size_t users = 100'000;  // of one adapter
    std::size_t rooms = 10'000;   // likewise
  };

  Hub(Options options, Loop& loop, Workshop& workshop, Engine& engine);
  Hub(const Hub&) = delete;
  Hub& operator=(const Hub&) = delete;
  ~Hub() override;

  // For the doorways.
  std::unique_ptr<AdapterSession> OpenAdapter(AdapterLink& link, Pass pass);
  std::unique_ptr<HandlerSession> OpenHandler(HandlerLink& link, Pass pass);
  RouteBook& routes() { return routes_; }
  Chat& chat() { return chat_; }
  const Router& router() const { return router_; }
  DeadLetters& dead_letters() { return dead_letters_; }
  PluginStore& store() { return store_; }
  const UserBook& users() const { return users_; }
  const RoomBook& rooms() const { return rooms_; }
  Accounts& accounts() { return accounts_; }
  // Null: no gateway speaks Botica here.
  BoticaBots* botica_bots() const { return botica_bots_; }
  void SetBoticaBots(BoticaBots* bots) { botica_bots_ = bots; }
  Tail& tail() { return tail_; }
  const Counters& counters() const { return counters_; }
  Tokens& tokens() { return tokens_; }
  Groups& groups() { return groups_; }
  Speaking& speaking() { return speaking_; }
  const Directory& directory() const { return directory_; }
  const std::string& selected_adapter() const { return options_.selected_adapter; }

  v1::ListRoutesResponse ListRoutes(const v1::ListRoutesRequest& request) const;
  v1::ListKeptRoutesResponse ListKeptRoutes(const v1::ListKeptRoutesRequest& request) const;
  v1::ListPeersResponse ListPeers() const;
  v1::GetStatusResponse GetStatus() const;

  // Tells every peer that the hub goes away within this time and takes no new event.
  void Drain(Milliseconds within);
  // Nothing is in flight and nothing waits for an attached peer.
  bool Quiet() const;

  // RouteBook::Listener
  void RoutesChanged(const std::string& handler,
                     const std::shared_ptr<const RouteSet>& set) override;

 private:
  void Restore();
  void ReadNext();
  void ReadOne();

  const Options options_;
  Loop& loop_;
  Engine& engine_;
  const TimePoint started_;

  Counters counters_;
  Tail tail_;
  Tokens tokens_;
  Groups groups_;
  DeadLetters dead_letters_;
  Endings endings_;
  PluginStore store_;
  UserBook users_;
  RoomBook rooms_;
  Directory directory_;
  Speaking speaking_;
  Orders orders_;
  Rejoining rejoining_;
  Announcer announcer_;
  RouteBook routes_;
  Router router_;
  Chat chat_;
  Household household_;

  bool restoring_ = false;
  std::deque<std::string> unread_;  // handlers whose mailboxes are still to be read
  std::vector<Duty> unsettled_;     // of their events, until they are
  const std::shared_ptr<Hub*> self_ = std::make_shared<Hub*>(this);  // asked by what was posted
  Accounts accounts_;
  BoticaBots* botica_bots_ = nullptr;
};

}  // namespace chathub
