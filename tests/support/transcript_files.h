// Conversations in text files: which there are, what is in them, and how one is played.
#pragma once

#include <algorithm>
#include <cctype>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "gtest/gtest.h"

namespace chathub {

// The names of all files in the folder and below, from there, without `.txt`.
inline std::vector<std::string> TranscriptsIn(const std::filesystem::path& folder) {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    std::filesystem::path path = entry.path();
    if (path.extension() != ".txt") continue;
    names.push_back(path.replace_extension().lexically_relative(folder));
  }
  std::sort(names.begin(), names.end());
  return names;
}

// As GoogleTest wants names.
inline std::string TestNameOf(const testing::TestParamInfo<std::string>& transcript) {
  std::string name = transcript.param;
  std::replace_if(
      name.begin(), name.end(), [](unsigned char c) { return !std::isalnum(c); }, '_');
  return name;
}

inline std::vector<std::string> LinesOf(const std::filesystem::path& folder,
                                        const std::string& name) {
  std::ifstream file(folder / (name + ".txt"));
  std::vector<std::string> lines;
  for (std::string line; std::getline(file, line);) lines.push_back(line);
  return lines;
}

// `20ms`, `5s`, `2min`.
inline std::chrono::milliseconds TimeOf(const std::string& text) {
  std::size_t digits = 0;
  const long number = std::stol(text, &digits);
  const std::string unit = text.substr(digits);
  if (unit == "ms") return std::chrono::milliseconds(number);
  if (unit == "min") return std::chrono::minutes(number);
  return std::chrono::seconds(number);
}

// Plays the lines up to the first that is at fault; what went wrong, with its number, or nothing.
// A Player does lines, expects nothing more, and knows its fault; empty: none.
template <class Player>
std::string Play(const std::vector<std::string>& lines) {
  Player player;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (lines[i].empty() || lines[i].front() == '#') continue;
    player.Do(lines[i]);
    if (!player.fault().empty()) {
      return std::to_string(i + 1) + ": " + lines[i] + "\n  " + player.fault();
    }
  }
  player.ExpectNothingMore();
  return player.fault().empty() ? "" : "at the end:\n  " + player.fault();
}

}  // namespace chathub
