// Says again what it hears from the bare relay: grpc-echo ADDRESS. What came in one frame goes back
// in one.
#include <iostream>

#include "tests/bench/references/grpc_peer.h"

int main(int count, char** words) {
  if (count != 2) return 2;
  chathub::bench::GrpcPeer* self = nullptr;
  chathub::bench::GrpcPeer peer(words[1], "echo", 64,
                                [&](auto item) { self->Say(std::move(item)); });
  self = &peer;
  peer.AwaitAttached();
  std::cout << "ready" << std::endl;
  peer.Run();
}
