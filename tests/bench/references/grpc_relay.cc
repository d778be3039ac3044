// The bare relay: one completion queue on one thread, from the load to the echoes and back.
//
//   grpc-relay ADDRESS single   writes each item into a frame of its own, at once
//   grpc-relay ADDRESS tick     writes what came together, when the queue has run dry
//
// Who attaches says in its metadata which it is: `role: load` or `role: echo`.
#include <absl/synchronization/mutex.h>
#include <grpcpp/grpcpp.h>
#include <relay.grpc.pb.h>

#include <functional>
#include <iostream>
#include <string>
#include <vector>

#include "tests/bench/references/packing.h"

namespace chathub::bench {
namespace {

using Tag = std::function<void(bool ok)>;

struct Peer;

struct House {
  Relay::AsyncService service;
  std::unique_ptr<grpc::ServerCompletionQueue> queue;
  bool per_tick = false;
  Peer* load = nullptr;
  std::vector<Peer*> echoes;
  std::vector<Peer*> dirty;  // has something to write at the end of the tick
};

// Lives until the process ends: the benchmark ends it.
struct Peer {
  explicit Peer(House& the_house) : house(the_house), outgoing(the_house.per_tick ? 64 : 1) {
    accepted = [this](bool ok) { Accepted(ok); };
    read = [this](bool ok) { Read(ok); };
    written = [this](bool) {
      writing = false;
      if (house.per_tick) return MarkDirty();
      Flush();
    };
    house.service.RequestAttach(&context, &stream, house.queue.get(), house.queue.get(), &accepted);
  }

  void Accepted(bool ok) {
    if (!ok) return;
    new Peer(house);
    const auto role = context.client_metadata().find("role");
    is_load = role != context.client_metadata().end() && role->second == "load";
    if (is_load) {
      house.load = this;
    } else {
      house.echoes.push_back(this);
    }
    stream.SendInitialMetadata(&greeted);
    stream.Read(&incoming, &read);
  }

  void Read(bool ok) {
    if (!ok) return;
    for (Item& item : *incoming.mutable_items()) {
      Peer* target = is_load ? house.echoes[item.slot() % house.echoes.size()] : house.load;
      target->Say(std::move(item));
    }
    stream.Read(&incoming, &read);
  }

  void Say(Item item) {
    outgoing.Add(std::move(item));
    house.per_tick ? MarkDirty() : Flush();
  }

  void MarkDirty() {
    if (!std::exchange(is_dirty, true)) house.dirty.push_back(this);
  }

  void Flush() {
    is_dirty = false;
    if (writing || outgoing.empty()) return;
    writing = true;
    stream.Write(outgoing.Take(), &written);
  }

  House& house;
  grpc::ServerContext context;
  grpc::ServerAsyncReaderWriter<Frame, Frame> stream{&context};
  Tag accepted, read, written, greeted = [](bool) {};
  Frame incoming;
  Packing outgoing;
  bool is_load = false;
  bool writing = false;
  bool is_dirty = false;
};

void Serve(House& house) {
  void* tag = nullptr;
  bool ok = false;
  while (house.queue->Next(&tag, &ok)) {
    (*static_cast<Tag*>(tag))(ok);
    if (!house.per_tick) continue;
    while (house.queue->AsyncNext(&tag, &ok, gpr_timespec{0, 0, GPR_CLOCK_MONOTONIC}) ==
           grpc::CompletionQueue::GOT_EVENT) {
      (*static_cast<Tag*>(tag))(ok);
    }
    for (Peer* peer : std::exchange(house.dirty, {})) peer->Flush();
  }
}

}  // namespace
}  // namespace chathub::bench

int main(int count, char** words) {
  if (count != 3) return 2;
  // As in the hub.
  absl::SetMutexDeadlockDetectionMode(absl::OnDeadlockCycle::kIgnore);
  chathub::bench::House house;
  house.per_tick = std::string(words[2]) == "tick";
  grpc::ServerBuilder builder;
  builder.AddListeningPort(words[1], grpc::InsecureServerCredentials());
  builder.RegisterService(&house.service);
  house.queue = builder.AddCompletionQueue();
  const auto server = builder.BuildAndStart();
  if (server == nullptr) return 1;
  new chathub::bench::Peer(house);
  std::cout << "ready" << std::endl;
  Serve(house);
}
