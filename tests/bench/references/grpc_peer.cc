#include "tests/bench/references/grpc_peer.h"

#include <iostream>
#include <utility>

namespace chathub::bench {

GrpcPeer::GrpcPeer(const std::string& address, const std::string& role, int items_a_frame,
                   Hear hear)
    : hear_(std::move(hear)), outgoing_(items_a_frame) {
  greeted_ = [this](bool ok) {
    if (!ok) queue_.Shutdown();
  };
  read_ = [this](bool ok) {
    if (!ok) return queue_.Shutdown();
    for (Item& item : *incoming_.mutable_items()) hear_(std::move(item));
    stream_->Read(&incoming_, &read_);
    Flush();
  };
  written_ = [this](bool) {
    writing_ = false;
    Flush();
  };
  woken_ = [this](bool) {
    std::vector<Item> posted;
    {
      const std::lock_guard lock(mutex_);
      posted.swap(posted_);
      waking_ = false;
    }
    for (Item& item : posted) Say(std::move(item));
    Flush();
  };
  context_.AddMetadata("role", role);
  stub_ = Relay::NewStub(grpc::CreateChannel(address, grpc::InsecureChannelCredentials()));
  stream_ = stub_->PrepareAsyncAttach(&context_, &queue_);
}

void GrpcPeer::AwaitAttached() {
  bool attached = false;
  started_ = [this](bool ok) {
    if (!ok) return queue_.Shutdown();
    stream_->ReadInitialMetadata(&greeted_);
  };
  greeted_ = [this, &attached](bool ok) {
    if (!ok) return queue_.Shutdown();
    attached = true;
    stream_->Read(&incoming_, &read_);
  };
  stream_->StartCall(&started_);
  void* tag = nullptr;
  bool ok = false;
  while (!attached && queue_.Next(&tag, &ok)) (*static_cast<Tag*>(tag))(ok);
  if (!attached) std::exit(1);
  std::cout << std::flush;
}

void GrpcPeer::Run() {
  void* tag = nullptr;
  bool ok = false;
  while (queue_.Next(&tag, &ok)) (*static_cast<Tag*>(tag))(ok);
}

void GrpcPeer::Post(Item item) {
  const std::lock_guard lock(mutex_);
  posted_.push_back(std::move(item));
  if (std::exchange(waking_, true)) return;
  // "Now" would come a millisecond late.
  alarm_.Set(&queue_, gpr_inf_past(GPR_CLOCK_MONOTONIC), &woken_);
}

void GrpcPeer::Flush() {
  if (writing_ || outgoing_.empty()) return;
  writing_ = true;
  stream_->Write(outgoing_.Take(), &written_);
}

}  // namespace chathub::bench
