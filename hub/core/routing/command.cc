#include "hub/core/routing/command.h"

#include <algorithm>
#include <optional>

#include "hub/base/errors.h"
#include "hub/base/text.h"
#include "hub/core/routing/argument.h"

namespace chathub {
namespace {

constexpr std::string_view kSpace = " \t\r\n\v\f";
constexpr std::size_t kLongestWord = 64;
constexpr std::size_t kLongestQuote = 40;

bool IsSpace(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

std::string_view SkipSpace(std::string_view text) {
  return {std::find_if_not(text.begin(), text.end(), IsSpace), text.end()};
}

struct Word {
  std::string_view text;
  bool quoted = false;
};

// The first word, which `rest` begins with, taken from it. Nothing: its double quote never ends.
std::optional<Word> TakeWord(std::string_view& rest) {
  const bool quoted = rest.front() == '"';
  const std::size_t begin = quoted ? 1 : 0;
  const std::size_t end = quoted ? rest.find('"', begin) : rest.find_first_of(kSpace);
  if (quoted && end == std::string_view::npos) return std::nullopt;
  const Word word = {rest.substr(begin, end - begin), quoted};
  rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + begin);
  return word;
}

std::string Quote(std::string_view text) {
  std::string quoted = "\"";
  return quoted.append(ForLog(text, kLongestQuote)).append("\"");
}

// Reads what a user typed against what a command takes. Used once.
class Reading {
 public:
  Reading(const std::vector<v1::Argument>& positional, const std::vector<v1::Argument>& options,
          std::string_view rest)
      : positional_(positional), options_(options), rest_(SkipSpace(rest)) {}

  // Empty: all is well, and `captures` are those given.
  std::string Run(Captures& captures) {
    captures_ = &captures;
    while (!rest_.empty() && complaint_.empty()) {
      Step();
      rest_ = SkipSpace(rest_);
    }
    if (complaint_.empty()) CheckRequired(positional_, "<");
    if (complaint_.empty()) CheckRequired(options_, "--");
    return complaint_;
  }

 private:
  void Step() {
    std::string_view behind = rest_;
    const std::optional<Word> word = TakeWord(behind);
    const bool option = word.has_value() && !word->quoted && word->text.starts_with("--") &&
                        !options_.empty() && !options_ended_;
    if (!option && next_ < positional_.size() && Next().type() == v1::ARGUMENT_TYPE_REST) {
      return TakeRest();
    }
    if (!word.has_value()) {
      complaint_ = "a \" is never closed";
      return;
    }
    rest_ = behind;
    option ? TakeOption(word->text) : TakePositional(word->text);
  }

  const v1::Argument& Next() const { return positional_[next_]; }

  void TakeRest() {
    captures_->push_back({positional_[next_++].name(), rest_});
    rest_ = {};
  }

  void TakePositional(std::string_view text) {
    if (next_ == positional_.size()) {
      complaint_ = Quote(text) + " is too much";
      return;
    }
    Keep(positional_[next_++], text);
  }

  void TakeOption(std::string_view text) {
    if (text == "--") {
      options_ended_ = true;
      return;
    }
    const auto option = std::find_if(options_.begin(), options_.end(), [&](const auto& each) {
      return each.name() == text.substr(2);
    });
    if (option == options_.end()) {
      complaint_ = "there is no " + Quote(text);
    } else if (IsGiven(*option)) {
      complaint_ = "--" + option->name() + " is there twice";
    } else if (option->type() == v1::ARGUMENT_TYPE_BOOLEAN) {
      captures_->push_back({option->name(), "true"});
    } else {
      TakeValue(*option);
    }
  }

  void TakeValue(const v1::Argument& option) {
    rest_ = SkipSpace(rest_);
    if (rest_.empty()) {
      complaint_ = "--" + option.name() + " needs a value";
      return;
    }
    const std::optional<Word> word = TakeWord(rest_);
    if (!word.has_value()) {
      complaint_ = "a \" is never closed";
      return;
    }
    Keep(option, word->text);
  }

  void Keep(const v1::Argument& argument, std::string_view text) {
    const auto value = ReadArgument(argument.type(), text);
    if (!value.has_value()) {
      complaint_ = argument.name() + ": " + Quote(text) + " is not " +
                   std::string(NameOfType(argument.type()));
      return;
    }
    captures_->push_back({argument.name(), *value});
  }

  bool IsGiven(const v1::Argument& argument) const {
    return std::any_of(captures_->begin(), captures_->end(),
                       [&](const Capture& capture) { return capture.name == argument.name(); });
  }

  void CheckRequired(const std::vector<v1::Argument>& arguments, std::string_view opening) {
    for (const v1::Argument& argument : arguments) {
      if (!argument.required() || IsGiven(argument)) continue;
      complaint_ =
          std::string(opening) + argument.name() + (opening == "<" ? ">" : "") + " is missing";
      return;
    }
  }

  const std::vector<v1::Argument>& positional_;
  const std::vector<v1::Argument>& options_;
  std::string_view rest_;
  Captures* captures_ = nullptr;
  std::size_t next_ = 0;
  bool options_ended_ = false;
  std::string complaint_;
};

bool IsControl(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }

absl::Status CheckWord(const std::string& word) {
  if (word.empty()) return Fail(Reason::kBadRoute, "the command word is empty");
  if (word.size() > kLongestWord) {
    return Fail(Reason::kBadRoute,
                "the command word is longer than " + std::to_string(kLongestWord) + " bytes");
  }
  if (word.find_first_of(kSpace) != std::string::npos ||
      std::any_of(word.begin(), word.end(), IsControl)) {
    return Fail(Reason::kBadRoute, "the command word " + Quote(word) + " is more than one word");
  }
  return absl::OkStatus();
}

}  // namespace

FirstWord SplitFirstWord(std::string_view text) {
  const std::string_view begun = SkipSpace(text);
  const auto end = std::find_if(begun.begin(), begun.end(), IsSpace);
  return {{begun.begin(), end}, SkipSpace({end, begun.end()})};
}

absl::StatusOr<Command> Command::Compile(const v1::Command& command, std::string_view usage) {
  if (absl::Status status = CheckWord(command.word()); !status.ok()) return status;
  if (absl::Status status = CheckArguments(command); !status.ok()) return status;
  Command compiled;
  compiled.word_ = FoldCase(command.word());
  compiled.usage_ = usage.empty() ? MakeUsage(command) : ForLog(usage);
  for (const v1::Argument& argument : command.arguments()) {
    (argument.option() ? compiled.options_ : compiled.positional_).push_back(argument);
  }
  return compiled;
}

Fit Command::Match(std::string_view rest) const {
  Fit fit;
  fit.captures.push_back({kRest, rest});
  if (positional_.empty() && options_.empty()) return fit;
  const std::string wrong = Reading(positional_, options_, rest).Run(fit.captures);
  if (wrong.empty()) return fit;
  return {{}, wrong + " (usage: " + usage_ + ")"};
}

}  // namespace chathub
