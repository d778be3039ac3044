#include "sdk/cpp/testing/test_hub.h"

#include <grpcpp/grpcpp.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <stdexcept>
#include <utility>

#include "sdk/cpp/testing/matching.h"

namespace chathub::sdk {
namespace {

using Clock = std::chrono::steady_clock;

// How long a handler may take to attach.
constexpr std::chrono::minutes kPatience{1};

// An abstract Unix socket: it leaves no file behind.
std::string NewTarget() {
  static std::atomic<int> number = 0;
  return "unix-abstract:chathub-test-" + std::to_string(getpid()) + "-" + std::to_string(++number);
}

v1::Action SendOf(const std::string& text) {
  v1::Action action;
  action.mutable_send()->mutable_content()->set_text(text);
  return action;
}

std::int64_t MillisecondsUntil(Clock::time_point time) {
  const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(time - Clock::now());
  return std::max<std::int64_t>(left.count(), 0);
}

std::string OrElse(const std::string& text, const std::string& otherwise) {
  return text.empty() ? otherwise : text;
}

}  // namespace

TestHub::TestHub() : target_(NewTarget()) {
  grpc::ServerBuilder builder;
  builder.AddListeningPort(target_, grpc::InsecureServerCredentials());
  // The SDK asks every 10 s whether we are there, which gRPC would take for a flood.
  builder.AddChannelArgument(GRPC_ARG_HTTP2_MAX_PING_STRIKES, 0);
  builder.RegisterService(this);
  builder.RegisterService(&store_);
  builder.RegisterService(&chat_);
  server_ = builder.BuildAndStart();
  if (!server_) throw std::runtime_error("HandlerTest: cannot listen on " + target_);
}

TestHub::~TestHub() {
  server_->Shutdown(std::chrono::system_clock::now());
  server_->Wait();
}

HandlerOptions TestHub::options() {
  return {.hub = {.address = target_, .token = "test"},
          .handle_signals = false,
          .log = [this](std::string_view line) {
            std::lock_guard lock(mutex_);
            last_words_ = line;
          }};
}

void TestHub::Begin(Handler& handler) {
  handler_ = &handler;
  running_ = std::thread([this] {
    handler_->Run();
    std::lock_guard lock(mutex_);
    ended_ = true;
    changed_.notify_all();
  });
  std::unique_lock lock(mutex_);
  changed_.wait_for(lock, kPatience, [this] { return ended_ || routes_ != nullptr; });
  if (routes_ != nullptr) return;
  const std::string why = last_words_;
  lock.unlock();
  End();
  throw std::runtime_error("HandlerTest: the handler cannot run: " + why);
}

void TestHub::End() {
  handler_->Stop();
  running_.join();
}

void TestHub::DemandHandler() const {
  if (ended_) throw std::runtime_error("HandlerTest: the handler has ended: " + last_words_);
}

void TestHub::Happen(v1::Event event, const std::vector<std::string>& groups) {
  std::unique_lock lock(mutex_);
  DemandHandler();
  record_.Begin();
  event.set_id("test/" + std::to_string(++events_));
  if (event.has_message() && event.message().platform_id().empty()) {
    event.mutable_message()->set_platform_id(std::to_string(events_));
  }
  Matching matching = MatchingOf(*routes_, event, groups);
  for (const std::string& complaint : matching.complaints) record_.Do(SendOf(complaint));
  for (v1::Delivery& delivery : matching.deliveries) {
    delivery.set_id(event.id() + "/" + delivery.route());
    const CompiledRoute* route = routes_->Find(delivery.route());
    Open& open = open_[delivery.id()];
    open = {std::move(delivery), route, Clock::now() + route->deadline};
    HandOut(open);
  }
  while (!open_.empty()) {
    const auto first =
        std::min_element(open_.begin(), open_.end(), [](const auto& left, const auto& right) {
          return left.second.patience_ends < right.second.patience_ends;
        });
    changed_.wait_until(lock, Time(first->second.patience_ends));
    DemandHandler();
    GiveUpOverdue();
  }
}

grpc::Status TestHub::Attach(grpc::ServerContext*, Stream* stream) {
  v1::HandlersAttachRequest frame;
  grpc::Status status;
  while (status.ok() && stream->Read(&frame)) {
    std::lock_guard lock(mutex_);
    status = Hear(frame, *stream);
    if (leaving_ && open_.empty()) break;
  }
  std::lock_guard lock(mutex_);
  if (stream_ == stream) stream_ = nullptr;
  return status;
}

grpc::Status TestHub::Hear(const v1::HandlersAttachRequest& frame, Stream& stream) {
  for (const v1::HandlerItem& item : frame.items()) {
    if (item.has_hello()) {
      if (grpc::Status status = HearHello(item.hello(), stream); !status.ok()) return status;
    }
    if (item.has_say()) HearSay(item.say());
    if (item.has_finish()) HearFinish(item.finish());
    if (item.has_nack()) HearNack(item.nack());
    if (item.has_leaving()) leaving_ = true;
  }
  return grpc::Status::OK;
}

grpc::Status TestHub::HearHello(const v1::HandlerHello& hello, Stream& stream) {
  auto routes = RouteSet::Compile(hello.name(), hello.revision(), hello.routes());
  if (!routes.ok()) {
    return {grpc::StatusCode::INVALID_ARGUMENT, std::string(routes.status().message())};
  }
  name_ = hello.name();
  // Open deliveries point into the first; the routes of a running handler do not change.
  if (routes_ == nullptr) routes_ = *std::move(routes);
  stream_ = &stream;
  leaving_ = false;
  v1::HandlerCommand command;
  command.mutable_hello_ok()->set_hub("test");
  command.mutable_hello_ok()->set_instance_token("test");
  Tell(std::move(command));
  changed_.notify_all();
  return grpc::Status::OK;
}

void TestHub::HearSay(const v1::Say& say) {
  Open* open = Find(say.delivery(), say.attempt());
  if (open == nullptr) return;
  for (const v1::Action& action : say.actions()) record_.Do(action);
  open->patience_ends = Clock::now() + open->route->deadline;
}

void TestHub::HearFinish(const v1::Finish& finish) {
  v1::HandlerCommand command;
  v1::FinishResult& result = *command.mutable_finish_result();
  result.set_delivery(finish.delivery());
  result.set_outcome(v1::FINISH_OUTCOME_OK);
  if (const Open* open = Find(finish.delivery(), finish.attempt()); open == nullptr) {
    result.set_outcome(v1::FINISH_OUTCOME_STALE);
  } else if (auto applied = store_.Apply(finish.store_writes()); applied.conflict) {
    result.set_outcome(v1::FINISH_OUTCOME_CONFLICT);
    *result.mutable_conflict() = *applied.conflict;
  } else if (applied.problem) {
    result.set_outcome(v1::FINISH_OUTCOME_REFUSED);
    *result.mutable_problem() = *applied.problem;
  } else {
    for (const v1::Action& action : finish.actions()) record_.Do(action);
    EndDelivery(*open);
  }
  Tell(std::move(command));
}

void TestHub::HearNack(const v1::Nack& nack) {
  Open* open = Find(nack.delivery(), nack.attempt());
  if (open == nullptr) return;
  record_.Fail(nack.why());
  if (open->wire.attempt() < open->route->maximum_attempts) return HandOut(*open);
  record_.Do(SendOf(OrElse(open->route->route.fallback_text(), name_ + " could not answer")));
  EndDelivery(*open);
}

void TestHub::HandOut(Open& open) {
  open.wire.set_attempt(open.wire.attempt() + 1);
  const std::int64_t left = MillisecondsUntil(open.patience_ends);
  open.wire.mutable_deadline()->set_seconds(left / 1000);
  open.wire.mutable_deadline()->set_nanos(static_cast<int>(left % 1000) * 1'000'000);
  open.wire.mutable_received_at()->set_seconds(
      std::chrono::system_clock::to_time_t(std::chrono::system_clock::now()));
  v1::HandlerCommand command;
  *command.mutable_delivery() = open.wire;
  Tell(std::move(command));
}

void TestHub::GiveUpOverdue() {
  const Time now = Clock::now();
  std::vector<const Open*> overdue;
  for (const auto& [id, open] : open_) {
    if (open.patience_ends <= now) overdue.push_back(&open);
  }
  for (const Open* open : overdue) {
    record_.Fail("no answer within " + std::to_string(open->route->deadline.count()) +
                 " ms, the deadline of route " + open->route->id());
    record_.Do(
        SendOf(OrElse(open->route->route.fallback_text(), name_ + " did not answer in time")));
    v1::HandlerCommand command;
    command.mutable_cancel()->set_delivery(open->wire.id());
    command.mutable_cancel()->set_attempt(open->wire.attempt());
    command.mutable_cancel()->mutable_problem()->set_reason(v1::REASON_EXPIRED);
    command.mutable_cancel()->mutable_problem()->set_detail("the deadline passed");
    Tell(std::move(command));
    EndDelivery(*open);
  }
}

void TestHub::EndDelivery(const Open& open) {
  const std::string id = open.wire.id();
  open_.erase(id);
  changed_.notify_all();
}

TestHub::Open* TestHub::Find(const std::string& delivery, std::uint32_t attempt) {
  const auto found = open_.find(delivery);
  const bool counts = found != open_.end() && found->second.wire.attempt() == attempt;
  return counts ? &found->second : nullptr;
}

void TestHub::Tell(v1::HandlerCommand command) {
  if (stream_ == nullptr) return;
  v1::HandlersAttachResponse frame;
  *frame.add_items() = std::move(command);
  stream_->Write(frame);
}

}  // namespace chathub::sdk
