#include "chathub/adapter.h"

#include <utility>

#include "adapter_core.h"
#include "utf8.h"

namespace chathub {

void OrderResult::Done(const std::vector<std::string>& platform_ids) {
  v1::ActionResult& result = *done_.add_results();
  for (const std::string& id : platform_ids) result.add_platform_ids(sdk::ToUtf8(id));
}

void OrderResult::Fail(v1::Reason reason, std::string_view detail) {
  if (std::exchange(failed_, true)) return;
  v1::Problem& problem = *done_.add_results()->mutable_problem();
  problem.set_reason(reason);
  problem.set_detail(sdk::ToUtf8(detail));
}

Adapter::Adapter(std::string name, AdapterOptions options)
    : core_(std::make_shared<sdk::AdapterCore>(name, std::move(options))) {}

Adapter::~Adapter() {
  core_->Stop();
  core_->Wait();
}

void Adapter::OnOrder(OrderFunction function) { core_->on_order = std::move(function); }

void Adapter::OnAccepted(std::function<void(std::uint64_t)> function) {
  core_->on_accepted = std::move(function);
}

void Adapter::OnAttached(std::function<void(const v1::AdapterHelloOk&)> function) {
  core_->on_attached = std::move(function);
}

void Adapter::OnEnded(std::function<void(int)> function) { core_->on_ended = std::move(function); }

void Adapter::Start() { core_->Start(); }

void Adapter::Stop() { core_->Stop(); }

int Adapter::Wait() { return core_->Wait(); }

int Adapter::Run() { return core_->Run(); }

Result<std::uint64_t> Adapter::Emit(v1::Event event, const EventOrigin& origin) {
  return core_->Emit(std::move(event), origin);
}

bool Adapter::AwaitSpace(std::chrono::milliseconds patience) { return core_->AwaitSpace(patience); }

bool Adapter::AwaitSettled(std::chrono::milliseconds patience) {
  return core_->AwaitSettled(patience);
}

void Adapter::Tell(v1::UsersChanged users) {
  v1::AdapterItem item;
  *item.mutable_users() = std::move(users);
  core_->Tell(std::move(item));
}

void Adapter::Tell(v1::RoomsChanged rooms) {
  v1::AdapterItem item;
  *item.mutable_rooms() = std::move(rooms);
  core_->Tell(std::move(item));
}

void Adapter::Rename(std::string own_user_id, std::vector<std::string> mention_names) {
  core_->Rename(std::move(own_user_id), mention_names);
}

}  // namespace chathub
