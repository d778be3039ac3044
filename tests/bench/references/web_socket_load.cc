// A load program (closed_loop.h) at a bare WebSocket relay: web-socket-load PORT.
#include <thread>

#include "tests/bench/programs/closed_loop.h"
#include "tests/bench/references/web_socket_peer.h"

int main(int count, char** words) {
  using namespace chathub::bench;
  if (count != 2) return 2;
  WebSocketLoop sockets;
  WebSocketPeer peer(sockets, std::stoi(words[1]), "/load");
  ClosedLoop loop([&](int slot) { peer.Say(TextOf("", slot)); });
  peer.Listen([&](std::string_view text) { loop.Returned(SlotIn(text)); });
  std::thread([&] { sockets.Run(); }).detach();
  loop.Obey();
  std::_Exit(0);
}
