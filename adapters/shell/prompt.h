// A prompt on a terminal, above which others may write at any time.
#pragma once

#include <histedit.h>

#include <atomic>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "adapters/shell/bell.h"

namespace chathub::shell {

// One thread reads lines; any thread writes, sets the prompt and closes. Only the reading thread
// touches the terminal, so nothing that is written garbles what is being typed.
class Prompt {
 public:
  Prompt();
  ~Prompt();
  Prompt(const Prompt&) = delete;
  Prompt& operator=(const Prompt&) = delete;

  // The next line that was typed, without its end; nothing at Ctrl-D, or when closed.
  std::optional<std::string> ReadLine();

  void Write(std::string text);
  void SetPrompt(std::string prompt);
  void Close();

 private:
  static char* PromptText(EditLine* editor);
  static int ReadCharacter(EditLine* editor, wchar_t* character);

  // Reading thread only.
  int NextCharacter(wchar_t& character);
  void ShowWritten();

  EditLine* editor_ = nullptr;
  History* history_ = nullptr;
  std::string shown_prompt_;
  Bell bell_;
  std::atomic<bool> closed_ = false;

  std::mutex mutex_;
  std::vector<std::string> written_;  // guarded by mutex_
  std::string prompt_;                // guarded by mutex_
};

}  // namespace chathub::shell
