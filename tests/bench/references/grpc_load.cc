// A load program (closed_loop.h) at the bare relay: grpc-load ADDRESS; each item in a frame of its
// own.
#include <chrono>
#include <thread>

#include "tests/bench/programs/closed_loop.h"
#include "tests/bench/references/grpc_peer.h"

namespace {

chathub::bench::Item ItemOf(int slot) {
  const std::string number = std::to_string(slot);
  chathub::bench::Item item;
  item.set_slot(slot);
  item.set_time(std::chrono::system_clock::now().time_since_epoch().count());
  item.set_room("bench/room" + number);
  item.set_user("bench/user" + number);
  item.set_text(chathub::bench::TextOf("work ", slot));
  return item;
}

}  // namespace

int main(int count, char** words) {
  using chathub::bench::ClosedLoop;
  using chathub::bench::GrpcPeer;
  if (count != 2) return 2;
  std::thread::id queue_thread;
  GrpcPeer* peer = nullptr;
  ClosedLoop loop([&](int slot) {
    std::this_thread::get_id() == queue_thread ? peer->Say(ItemOf(slot)) : peer->Post(ItemOf(slot));
  });
  GrpcPeer the_peer(words[1], "load", 1, [&](auto item) { loop.Returned(item.slot()); });
  peer = &the_peer;
  the_peer.AwaitAttached();
  std::thread thread([&] {
    queue_thread = std::this_thread::get_id();
    the_peer.Run();
  });
  loop.Obey();
  std::_Exit(0);  // the relay does not end streams, so the thread would not come back
}
