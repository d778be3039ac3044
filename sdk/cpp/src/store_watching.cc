#include "store_watching.h"

#include <utility>

#include "backoff.h"
#include "durations.h"
#include "random.h"

namespace chathub::sdk {

StoreEntry FromProto(const v1::StoreEntry& wire) {
  StoreEntry entry{.key = wire.key(), .value = wire.value(), .revision = wire.revision()};
  if (wire.has_expires_at()) entry.expires_at = FromProto(wire.expires_at());
  return entry;
}

StoreWatching::StoreWatching(UnaryCalls& calls, std::string prefix,
                             std::function<void(const StoreChange&)> heard)
    : calls_(calls), prefix_(std::move(prefix)), heard_(std::move(heard)) {
  thread_ = std::thread([this] { Run(); });
}

StoreWatching::~StoreWatching() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
    if (context_ != nullptr) context_->TryCancel();
    changed_.notify_all();
  }
  thread_.join();
}

void StoreWatching::Run() {
  Backoff backoff;
  do {
    if (Hear()) backoff = Backoff();
  } while (Rest(backoff.Next(RandomFraction())));
}

bool StoreWatching::Hear() {
  grpc::ClientContext context;
  const auto channel = calls_.Prepare(context);
  if (channel == nullptr) return false;
  {
    std::lock_guard lock(mutex_);
    if (stopping_) return false;
    context_ = &context;
  }
  v1::StoreWatchRequest request;
  request.set_prefix(prefix_);
  request.set_with_present(true);
  const auto reader = v1::Store::NewStub(channel)->Watch(&context, request);
  v1::StoreWatchResponse response;
  bool any = false;
  while (reader->Read(&response)) {
    any = true;
    for (const v1::StoreChange& change : response.changes()) {
      heard_({.entry = FromProto(change.entry()), .deleted = change.deleted()});
    }
  }
  {
    std::lock_guard lock(mutex_);
    context_ = nullptr;
  }
  if (reader->Finish().error_code() == grpc::StatusCode::UNAVAILABLE) calls_.Forget(channel);
  return any;
}

bool StoreWatching::Rest(std::chrono::milliseconds time) {
  std::unique_lock lock(mutex_);
  changed_.wait_for(lock, time, [this] { return stopping_; });
  return !stopping_;
}

}  // namespace chathub::sdk
