#include "adapter_core.h"

#include <google/protobuf/arena.h>

#include <algorithm>
#include <cstddef>
#include <exception>
#include <utility>

#include "durations.h"
#include "event_text.h"
#include "names.h"
#include "random.h"
#include "stop_signals.h"
#include "utf8.h"

namespace chathub::sdk {
namespace {

// How long after the end of the talk a function may take.
constexpr std::chrono::seconds kLastPatience{1};

v1::AdapterHello HelloOf(const std::string& name, const AdapterOptions& options) {
  v1::AdapterHello hello;
  hello.set_name(name);
  hello.set_epoch(RandomId());
  hello.set_incarnation(RandomId());
  hello.set_dedup(options.dedup);
  hello.set_service(options.service);
  *hello.mutable_capabilities() = options.capabilities;
  hello.set_own_user_id(options.own_user_id);
  hello.mutable_mention_names()->Assign(options.mention_names.begin(), options.mention_names.end());
  return hello;
}

AdapterSession::Limits LimitsOf(const AdapterOptions& options) {
  return {std::max<std::size_t>(options.outbox_events, 1), options.outbox_bytes,
          std::max<std::size_t>(options.remembered_orders, 10'000)};
}

// Some of them perhaps by the key they were posted under.
bool NamesMessages(const v1::Order& order) {
  return std::ranges::any_of(order.actions(), [](const v1::Action& action) {
    return action.has_edit() || action.has_react() || action.has_delete_();
  });
}

bool IsExpired(const v1::Order& order) {
  return order.has_expires_at() && FromProto(order.expires_at()) < std::chrono::system_clock::now();
}

}  // namespace

AdapterCore::AdapterCore(const std::string& name, AdapterOptions options)
    : name_(name),
      handle_signals_(options.handle_signals),
      log_("adapter/" + name, options.log),
      session_(HelloOf(name, options), LimitsOf(options), log_),
      lifeline_(session_, options.hub, log_, [this] { Settle(); }),
      functions_(lifeline_) {}

void AdapterCore::Start() {
  functions_.Start(1);
  attending_ = std::thread([this] { Attend(); });
}

void AdapterCore::Attend() {
  int status = 2;
  if (IsPeerName(name_)) {
    status = lifeline_.Run();
  } else {
    log_.Line("\"" + name_ + "\" is no name for an adapter");
  }
  if (!functions_.Close(kLastPatience)) log_.Line("left behind a function that does not return");
  {
    std::lock_guard lock(mutex_);
    progress_.ended = status;
    changed_.notify_all();
  }
  if (on_ended) on_ended(status);
}

int AdapterCore::Wait() {
  if (attending_.joinable()) attending_.join();
  std::lock_guard lock(mutex_);
  return progress_.ended.value_or(0);
}

int AdapterCore::Run() {
  std::optional<StopSignals> signals;
  if (handle_signals_) signals.emplace(lifeline_.stop_flag(), lifeline_.doorbell());
  Start();
  return Wait();
}

void AdapterCore::Settle() {
  if (const auto greeting = session_.TakeGreeting(); greeting && on_attached) {
    functions_.Post(
        [self = shared_from_this(), greeting = *greeting] { self->on_attached(greeting); });
  }
  if (session_.accepted() > told_accepted_ && on_accepted) {
    told_accepted_ = session_.accepted();
    functions_.Post(
        [self = shared_from_this(), up_to = told_accepted_] { self->on_accepted(up_to); });
  }
  for (std::shared_ptr<v1::Order>& order : session_.TakeOrders()) {
    functions_.Post(
        [self = shared_from_this(), order = std::move(order)] { self->DoOrder(*order); });
  }
  std::lock_guard lock(mutex_);
  const bool changed =
      progress_.settled != session_.settled() || progress_.has_space != session_.has_space();
  progress_.settled = session_.settled();
  progress_.has_space = session_.has_space();
  if (changed) changed_.notify_all();
}

void AdapterCore::DoOrder(v1::Order& order) {
  if (NamesMessages(order)) {
    lifeline_.Note([&](AdapterSession& session, auto) { session.Resolve(order); });
  }
  alignas(std::max_align_t) char memory[1000];
  google::protobuf::Arena arena(memory, sizeof memory);
  auto& item = *google::protobuf::Arena::CreateMessage<v1::AdapterItem>(&arena);
  v1::Done& done = *item.mutable_done();
  done.set_key(order.key());
  OrderResult result(done);
  if (IsExpired(order)) {
    result.Fail(v1::REASON_EXPIRED, "the order came too late");
  } else {
    CallOrderFunction(order, result);
  }
  while (!result.failed() && done.results_size() < order.actions_size()) result.Done();
  lifeline_.Note([&](AdapterSession& session, auto) { session.Done(item); });
}

void AdapterCore::CallOrderFunction(const v1::Order& order, OrderResult& result) {
  if (!on_order) {
    result.Fail(v1::REASON_UNSUPPORTED, "this adapter only listens");
    return;
  }
  try {
    on_order(order, result);
  } catch (const std::exception& error) {
    log_.Line("the function for orders threw: " + std::string(error.what()));
    result.Fail(v1::REASON_OUR_FAULT, error.what());
  }
}

Result<std::uint64_t> AdapterCore::Emit(v1::Event event, const EventOrigin& origin) {
  if (event.conversation().adapter().empty()) event.mutable_conversation()->set_adapter(name_);
  RepairEvent(event);
  v1::AdapterEvent item;
  item.set_service_event_id(ToUtf8(origin.service_event_id));
  item.set_cursor(ToUtf8(origin.cursor));
  *item.mutable_event() = std::move(event);
  std::string bytes = item.SerializeAsString();
  // Its number, age and mark are still to come.
  if (bytes.size() + 64 > kItemBytes) {
    return Problem{Problem::Reason::kTooLarge, "the event is larger than 256 KiB"};
  }
  const auto emit = [&](AdapterSession& session, auto now) {
    return session.Emit(std::move(bytes), origin.age, now);
  };
  return functions_.OnOwnThread() ? lifeline_.Note(emit) : lifeline_.Enter(emit);
}

bool AdapterCore::AwaitSpace(std::chrono::milliseconds patience) {
  return AwaitProgress(patience, [](const Progress& progress) { return progress.has_space; });
}

bool AdapterCore::AwaitSettled(std::chrono::milliseconds patience) {
  const std::uint64_t last =
      lifeline_.Enter([](AdapterSession& session, auto) { return session.AskSettled(); });
  return AwaitProgress(patience,
                       [last](const Progress& progress) { return progress.settled >= last; });
}

bool AdapterCore::AwaitProgress(std::chrono::milliseconds patience,
                                const std::function<bool(const Progress&)>& reached) {
  std::unique_lock lock(mutex_);
  changed_.wait_for(lock, patience,
                    [&] { return reached(progress_) || progress_.ended.has_value(); });
  return reached(progress_);
}

void AdapterCore::Tell(v1::AdapterItem item) {
  RepairUtf8(item);
  lifeline_.Enter([&](AdapterSession& session, auto) { session.Tell(item); });
}

void AdapterCore::Rename(std::string own_user_id, const std::vector<std::string>& mention_names) {
  lifeline_.Enter([&](AdapterSession& session, auto) {
    session.Rename(std::move(own_user_id), mention_names);
  });
}

}  // namespace chathub::sdk
