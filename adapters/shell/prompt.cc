#include "adapters/shell/prompt.h"

#include <unistd.h>

#include <clocale>
#include <cstdio>
#include <cwchar>
#include <utility>

namespace chathub::shell {
namespace {

constexpr int kHistoryLines = 1000;

// To the first column, and nothing behind it.
constexpr char kClearLine[] = "\r\x1b[K";

}  // namespace

Prompt::Prompt() {
  // Without a UTF-8 locale libedit would refuse every letter beyond ASCII.
  const char* locale = std::setlocale(LC_CTYPE, "");
  if (locale == nullptr || MB_CUR_MAX == 1) std::setlocale(LC_CTYPE, "C.UTF-8");
  editor_ = el_init("chathub", stdin, stdout, stderr);
  history_ = history_init();
  HistEvent event;
  history(history_, &event, H_SETSIZE, kHistoryLines);
  history(history_, &event, H_SETUNIQUE, 1);
  el_set(editor_, EL_CLIENTDATA, this);
  el_set(editor_, EL_PROMPT, &Prompt::PromptText);
  el_set(editor_, EL_EDITOR, "emacs");
  el_set(editor_, EL_SIGNAL, 1);
  el_set(editor_, EL_HIST, history, history_);
  el_set(editor_, EL_GETCFN, &Prompt::ReadCharacter);
  el_source(editor_, nullptr);
}

Prompt::~Prompt() {
  el_end(editor_);
  history_end(history_);
}

std::optional<std::string> Prompt::ReadLine() {
  ShowWritten();
  int count = 0;
  const char* typed = el_gets(editor_, &count);
  if (typed == nullptr || count <= 0 || closed_) {
    std::fputs("\n", stdout);
    return std::nullopt;
  }
  std::string line(typed, static_cast<std::size_t>(count));
  while (!line.empty() && (line.back() == '\n' || line.back() == '\r')) line.pop_back();
  HistEvent event;
  if (!line.empty()) history(history_, &event, H_ENTER, line.c_str());
  return line;
}

void Prompt::Write(std::string text) {
  std::lock_guard lock(mutex_);
  written_.push_back(std::move(text));
  bell_.Ring();
}

void Prompt::SetPrompt(std::string prompt) {
  std::lock_guard lock(mutex_);
  prompt_ = std::move(prompt);
  bell_.Ring();
}

void Prompt::Close() {
  closed_ = true;
  bell_.Ring();
}

char* Prompt::PromptText(EditLine* editor) {
  Prompt* self = nullptr;
  el_get(editor, EL_CLIENTDATA, &self);
  return self->shown_prompt_.data();
}

int Prompt::ReadCharacter(EditLine* editor, wchar_t* character) {
  Prompt* self = nullptr;
  el_get(editor, EL_CLIENTDATA, &self);
  return self->NextCharacter(*character);
}

// As libedit asks for it: 1 for a character, 0 at the end, -1 on an error.
int Prompt::NextCharacter(wchar_t& character) {
  std::mbstate_t state{};
  while (true) {
    if (!bell_.AwaitInput(STDIN_FILENO)) {
      if (closed_) return 0;
      std::fputs(kClearLine, stdout);
      ShowWritten();
      el_set(editor_, EL_REFRESH);
      continue;
    }
    char byte = 0;
    const ssize_t count = read(STDIN_FILENO, &byte, 1);
    if (count <= 0) return static_cast<int>(count);
    const std::size_t length = std::mbrtowc(&character, &byte, 1, &state);
    if (length == static_cast<std::size_t>(-2)) continue;  // not whole yet
    if (length == static_cast<std::size_t>(-1)) {
      state = {};
      continue;
    }
    return 1;
  }
}

void Prompt::ShowWritten() {
  std::lock_guard lock(mutex_);
  for (const std::string& text : std::exchange(written_, {})) std::printf("%s\n", text.c_str());
  std::fflush(stdout);
  shown_prompt_ = prompt_;
}

}  // namespace chathub::shell
