#include "hub/core/hub.h"

#include <utility>

#include "hub/base/log.h"
#include "hub/base/names.h"
#include "hub/core/listings.h"
#include "hub/core/mailboxes/handler_mailbox.h"
#include "hub/core/problems.h"

namespace chathub {

Hub::Hub(Options options, Loop& loop, Workshop& workshop, Engine& engine)
    : options_(std::move(options)),
      loop_(loop),
      engine_(engine),
      started_(loop.Now()),
      tail_(loop),
      tokens_(engine, loop),
      groups_(engine),
      dead_letters_(loop, engine, counters_, tail_),
      endings_(loop, engine),
      store_(options_.store, loop, engine),
      users_(options_.users, engine),
      rooms_(options_.rooms, engine),
      speaking_(directory_, loop),
      orders_(directory_, loop),
      rejoining_(rooms_, directory_, orders_, engine),
      announcer_(orders_, engine, loop),
      routes_(loop, workshop, engine, *this),
      router_(options_.command_prefix, {loop, engine, routes_, directory_, announcer_,
                                        dead_letters_, counters_, tail_, groups_}),
      chat_(directory_, orders_, engine, speaking_),
      household_{options_.name, loop, directory_, routes_, users_, rooms_, rejoining_},
      accounts_(engine, workshop) {
  for (const AdapterMailbox::Options& adapter : options_.adapters) {
    directory_.Add(std::make_unique<AdapterMailbox>(adapter, loop, engine, dead_letters_, endings_,
                                                    counters_, tail_, directory_));
  }
  directory_.TellDone(
      [this](const v1::Order& order, const v1::Done& done) { rooms_.OrderDone(order, done); });
  directory_.MakeHandlersWith([this](const std::string& name) {
    return std::make_unique<HandlerMailbox>(
        name, options_.handler_mailbox,
        HandlerMailbox::Tools{loop_, engine_, directory_, orders_, announcer_, dead_letters_,
                              endings_, counters_, tail_, store_});
  });
  Restore();
}

// Routes first: what waits in a handler's mailbox needs them. Mailboxes one after the other, so
// that a hub to which much was left hears its peers meanwhile.
void Hub::Restore() {
  restoring_ = true;
  routes_.Restore();
  restoring_ = false;
  for (const std::string& mailbox : engine_.Mailboxes()) {
    const auto peer = ParsePeerName(mailbox);
    if (!peer.has_value() || peer->kind != PeerKind::kHandler) continue;
    unread_.push_back(peer->name);
  }
  for (const auto& [name, mailbox] : directory_.adapters()) {
    if (!unread_.empty()) unsettled_.push_back(mailbox->RestoredDuty());
  }
  ReadNext();
}

void Hub::ReadNext() {
  if (unread_.empty()) return unsettled_.clear();
  loop_.Post([self = self_] {
    if (*self == nullptr) return;
    (*self)->ReadOne();
    (*self)->ReadNext();
  });
}

void Hub::ReadOne() {
  const std::string handler = std::move(unread_.front());
  unread_.pop_front();
  HandlerMailbox& mailbox = directory_.Handler(handler);
  if (mailbox.routes() == nullptr) mailbox.SetRoutes(*RouteSet::Compile(handler, 0, {}));
  mailbox.Begin();
}

Hub::~Hub() { *self_ = nullptr; }

std::unique_ptr<AdapterSession> Hub::OpenAdapter(AdapterLink& link, Pass pass) {
  return std::make_unique<AdapterSession>(link, pass, household_, router_);
}

std::unique_ptr<HandlerSession> Hub::OpenHandler(HandlerLink& link, Pass pass) {
  return std::make_unique<HandlerSession>(link, pass, household_);
}

void Hub::RoutesChanged(const std::string& handler, const std::shared_ptr<const RouteSet>& set) {
  HandlerMailbox& mailbox = directory_.Handler(handler);
  mailbox.SetRoutes(set);
  if (!restoring_) mailbox.Begin();
}

v1::ListRoutesResponse Hub::ListRoutes(const v1::ListRoutesRequest& request) const {
  return ListRoutesFor(request, *routes_.table(), directory_, groups_);
}

v1::ListKeptRoutesResponse Hub::ListKeptRoutes(const v1::ListKeptRoutesRequest& request) const {
  return ListAllRoutes(request, *routes_.table(), directory_);
}

v1::ListPeersResponse Hub::ListPeers() const { return chathub::ListPeers(directory_); }

v1::GetStatusResponse Hub::GetStatus() const {
  v1::GetStatusResponse status;
  status.set_hub(options_.name);
  status.set_version(CHATHUB_VERSION);
  status.set_engine(engine_.properties().kind);
  *status.mutable_uptime() =
      ToDuration(std::chrono::duration_cast<Milliseconds>(loop_.Now() - started_));
  const AdapterMailbox* adapter = directory_.FindAdapter(options_.selected_adapter);
  if (adapter != nullptr && !adapter->attached()) {
    status.add_troubles("no adapter '" + options_.selected_adapter + "' is attached");
  }
  if (std::string trouble = engine_.Trouble(); !trouble.empty()) {
    status.add_troubles(std::move(trouble));
  }
  status.set_events(counters_.events);
  status.set_deliveries(counters_.deliveries);
  status.set_finished(counters_.finished);
  status.set_orders(counters_.orders);
  status.set_dead_letters(counters_.dead_letters);
  status.set_in_doubt(counters_.in_doubt);
  status.set_entries_written(engine_.EntriesWritten());
  for (const auto& [name, mailbox] : directory_.handlers()) {
    status.set_waiting_deliveries(status.waiting_deliveries() + mailbox->waiting());
  }
  for (const auto& [name, mailbox] : directory_.adapters()) {
    status.set_waiting_orders(status.waiting_orders() + mailbox->waiting());
  }
  status.set_draining(household_.draining);
  return status;
}

void Hub::Drain(Milliseconds within) {
  household_.draining = true;
  v1::Draining draining;
  *draining.mutable_within() = ToDuration(within);
  for (const auto& [name, mailbox] : directory_.adapters()) mailbox->SayDraining(draining);
  for (const auto& [name, mailbox] : directory_.handlers()) mailbox->SayDraining(draining);
}

bool Hub::Quiet() const {
  for (const auto& [name, mailbox] : directory_.handlers()) {
    if (mailbox->attached() && mailbox->open() > 0) return false;
  }
  for (const auto& [name, mailbox] : directory_.adapters()) {
    if (mailbox->attached() && mailbox->waiting() + mailbox->out() > 0) return false;
  }
  return true;
}

}  // namespace chathub
