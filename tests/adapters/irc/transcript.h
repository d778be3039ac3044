// Plays a talk with an IRC server from a text file, in virtual time.
#pragma once

#include <deque>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "adapters/irc/talk.h"

namespace chathub::irc {

// transcripts/README.md says what lines there are. Everything that comes out must be in the file,
// in this order for each kind; the first line that is not so ends the play.
class Transcript {
 public:
  void Do(const std::string& line);
  void ExpectNothingMore();
  const std::string& fault() const { return fault_; }

 private:
  void Given(const std::string& what, const std::string& value);
  void Order(std::string what);
  void Pass(Moment time);
  void Collect();
  void Expect(const std::string& kind, const std::string& wanted);
  void Fail(const std::string& why) {
    if (fault_.empty()) fault_ = why;
  }

  Settings settings_;
  std::unique_ptr<Talk> talk_;
  Moment now_{0};
  bool stalled_ = false;                                  // nothing that is to be written goes out
  std::map<std::string, std::deque<std::string>> heard_;  // by kind
  std::string fault_;
};

}  // namespace chathub::irc
