// A load program (closed_loop.h) that is many clients of WNet, each of which talks to the handler
// `work0`: wnet-load PORT CLIENTS.
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "tests/bench/programs/closed_loop.h"
#include "tests/bench/references/web_socket_peer.h"

int main(int count, char** words) {
  using namespace chathub::bench;
  if (count != 3) return 2;
  const int clients = std::stoi(words[2]);
  WebSocketLoop sockets;
  std::vector<std::unique_ptr<WebSocketPeer>> peers;
  ClosedLoop loop(
      [&](int slot) { peers[slot % clients]->Say("cssend@work0@" + TextOf("", slot)); });
  for (int i = 0; i < clients; ++i) {
    peers.push_back(std::make_unique<WebSocketPeer>(sockets, std::stoi(words[1]), "/wnet/ws"));
    if (!peers.back()->Ask("connect@work0").starts_with("connectedto@")) return 1;
    peers.back()->Listen([&](std::string_view text) {
      constexpr std::string_view kAnswer = "mess@work0@";
      if (text.starts_with(kAnswer)) loop.Returned(SlotIn(text.substr(kAnswer.size())));
    });
  }
  std::thread([&] { sockets.Run(); }).detach();
  loop.Obey();
  std::_Exit(0);
}
