// Cuts a text into pieces that fit into a line.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace chathub::irc {

// Pieces of at most `most` bytes each (at least 4), cut between code points, behind a space where
// one is near. Put together again they are the text, which is UTF-8.
std::vector<std::string> Split(std::string_view text, std::size_t most);

}  // namespace chathub::irc
