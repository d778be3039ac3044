// A load program (closed_loop.h) that is a client of WNet and talks to the handler `work0`:
// wnet-load PORT.
#include <string>
#include <string_view>
#include <thread>

#include "tests/bench/programs/closed_loop.h"
#include "tests/bench/references/web_socket_peer.h"

int main(int count, char** words) {
  using namespace chathub::bench;
  if (count != 2) return 2;
  WebSocketPeer peer(std::stoi(words[1]), "/wnet/ws");
  peer.Say("connect@work0");
  while (!peer.Hear().starts_with("connectedto@")) {
  }
  ClosedLoop loop([&](int slot) { peer.Say("cssend@work0@" + TextOf("", slot)); });
  std::thread([&] {
    peer.Run([&](std::string_view text) {
      constexpr std::string_view kAnswer = "mess@work0@";
      if (text.starts_with(kAnswer)) loop.Returned(SlotIn(text.substr(kAnswer.size())));
    });
  }).detach();
  loop.Obey();
  std::_Exit(0);
}
