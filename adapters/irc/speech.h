// A text on its way into the chat, piece by piece.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/irc/moment.h"

namespace chathub::irc {

// How the server confirms what was said.
struct Confirmation {
  // It says it back to us (echo-message).
  bool echo = false;
  // With the label that we gave it (labeled-response).
  bool labels = false;
};

class Speech {
 public:
  // Each line of `text` in as many pieces as it needs, of at most `most` bytes; `/me ...` is done
  // instead of said. Labels begin behind `last_label`, which counts on.
  Speech(std::string target, std::string_view text, std::size_t most, std::uint64_t& last_label);

  const std::string& target() const { return target_; }
  // The next piece, if there is one to be written.
  std::optional<std::string> Next(const Confirmation& confirmation);
  // The first that was not yet is written. Where there are echoes, it waits for its own.
  void Written(bool awaits_echo, Moment now);
  // Said back with this id; `label` is empty where there are none.
  void Echoed(std::string_view label, std::string_view id);
  // Whether a refusal with this label is of one of our pieces.
  bool Owns(std::string_view label) const;
  // The connection is gone. What was not written, or not echoed, is to be said again.
  void Break();
  // Gives up waiting for echoes.
  void Tick(Moment now);
  std::optional<Moment> NextWake() const;

  bool all_written() const;
  bool done() const;
  // Those that the server gave.
  std::vector<std::string> ids() const;

 private:
  struct Piece {
    std::string text;
    std::string label;
    bool given = false;
    bool written = false;
    bool done = false;
    Moment patience{0};
    std::string id = {};
  };

  const std::string target_;
  std::vector<Piece> pieces_;
};

}  // namespace chathub::irc
