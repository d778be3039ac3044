// Plays a conversation from a text file: what each says, what each hears, and the time between.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "tests/gateway/stage.h"

namespace chathub {

// transcripts/README.md says what lines there are. Everything that somebody hears must be in the
// file, in this order for each; the first line that is not so ends the play.
class Transcript {
 public:
  void Do(const std::string& line);
  void ExpectNothingMore();
  const std::string& fault() const { return fault_; }

 private:
  void Given(const std::vector<std::string>& words);
  void Raise();  // the curtain: the stage is built once the settings are known
  void Open(const std::string& name, const std::vector<std::string>& words);
  void SayInChat(const std::string& who, const std::string& text);
  void Expect(std::deque<std::string>& heard, const std::string& wanted);
  void Ask(const std::vector<std::string>& words);
  std::string Fill(const std::string& text) const;
  void Fail(const std::string& why) {
    if (fault_.empty()) fault_ = why;
  }

  NetworkSettings settings_;
  std::vector<std::pair<std::string, std::string>> accounts_;
  std::unique_ptr<Stage> stage_;
  std::map<std::string, std::string> names_;  // of what only the hub knows, such as a sid
  std::deque<std::string> answers_;           // to what the administrator asked
  std::string fault_;
};

}  // namespace chathub
