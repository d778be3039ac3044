// A peer of the bare relay: one completion queue on one thread.
#pragma once

#include <grpcpp/alarm.h>
#include <grpcpp/grpcpp.h>
#include <relay.grpc.pb.h>

#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "tests/bench/references/packing.h"

namespace chathub::bench {

// Owned by main. `hear` gets each item that comes in, on the thread that runs.
class GrpcPeer {
 public:
  using Hear = std::function<void(Item item)>;

  GrpcPeer(const std::string& address, const std::string& role, int items_a_frame, Hear hear);

  // The relay knows us.
  void AwaitAttached();
  // Until the stream ends.
  void Run();

  // Within `hear`: goes out when the frame that was read is through.
  void Say(Item item) { outgoing_.Add(std::move(item)); }
  // From another thread.
  void Post(Item item);

 private:
  using Tag = std::function<void(bool ok)>;

  void Flush();

  const Hear hear_;
  grpc::CompletionQueue queue_;
  grpc::ClientContext context_;
  std::unique_ptr<Relay::Stub> stub_;
  std::unique_ptr<grpc::ClientAsyncReaderWriter<Frame, Frame>> stream_;
  Tag started_, greeted_, read_, written_, woken_;
  Frame incoming_;
  Packing outgoing_;
  bool writing_ = false;

  grpc::Alarm alarm_;
  std::mutex mutex_;  // guards what follows
  std::vector<Item> posted_;
  bool waking_ = false;
};

}  // namespace chathub::bench
