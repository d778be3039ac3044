#include "hub/core/plain_text.h"

#include <google/protobuf/repeated_ptr_field.h>

#include <string_view>

#include "hub/base/text.h"

namespace chathub {
namespace {

using Blocks = google::protobuf::RepeatedPtrField<v1::Block>;
using Spans = google::protobuf::RepeatedPtrField<v1::Span>;

std::string TextOf(const Blocks& blocks, int depth);

std::string TextOf(const Spans& spans) {
  std::string text;
  for (const v1::Span& span : spans) text += span.text();
  return text;
}

// `first` before the first line and `others` before each of the rest.
std::string Indent(std::string_view text, std::string_view first, std::string_view others) {
  std::string indented(first);
  for (const char c : text) {
    indented += c;
    if (c == '\n') indented += others;
  }
  return indented;
}

// Every piece but the first on a new line.
void AddLine(std::string_view line, bool& is_first, std::string& text) {
  if (!is_first) text += '\n';
  is_first = false;
  text += line;
}

std::string TextOf(const v1::ListBlock& list, int depth) {
  std::string text;
  bool is_first = true;
  int number = 0;
  for (const v1::ListItem& item : list.items()) {
    const std::string mark = list.ordered() ? std::to_string(++number) + ". " : "- ";
    const std::string below(mark.size(), ' ');
    AddLine(Indent(TextOf(item.blocks(), depth + 1), mark, below), is_first, text);
  }
  return text;
}

std::string TextOf(const v1::TableRow& row) {
  std::string text;
  for (const v1::TableCell& cell : row.cells()) {
    if (&cell != &row.cells(0)) text += " | ";
    text += TextOf(cell.spans());
  }
  return text;
}

std::string TextOf(const v1::TableBlock& table) {
  std::string text;
  bool is_first = true;
  if (table.has_header()) AddLine(TextOf(table.header()), is_first, text);
  for (const v1::TableRow& row : table.rows()) AddLine(TextOf(row), is_first, text);
  return text;
}

std::string_view WithoutLastNewline(std::string_view text) {
  return text.ends_with('\n') ? text.substr(0, text.size() - 1) : text;
}

std::string TextOf(const v1::Block& block, int depth) {
  switch (block.kind_case()) {
    case v1::Block::kParagraph:
      return TextOf(block.paragraph().spans());
    case v1::Block::kHeading:
      return TextOf(block.heading().spans());
    case v1::Block::kList:
      return TextOf(block.list(), depth);
    case v1::Block::kQuote:
      return Indent(TextOf(block.quote().blocks(), depth + 1), "> ", "> ");
    case v1::Block::kCode:
      return std::string(WithoutLastNewline(block.code().text()));
    case v1::Block::kTable:
      return TextOf(block.table());
    case v1::Block::kDivider:
      return "---";
    case v1::Block::KIND_NOT_SET:
      break;
  }
  return {};
}

std::string TextOf(const Blocks& blocks, int depth) {
  std::string text;
  if (depth >= kDeepestBlock) return text;
  bool is_first = true;
  for (const v1::Block& block : blocks) {
    const bool is_known = block.kind_case() != v1::Block::KIND_NOT_SET;
    if (is_known) AddLine(TextOf(block, depth), is_first, text);
  }
  return text;
}

}  // namespace

std::string PlainText(const v1::Content& content) {
  if (!content.text().empty()) return content.text();
  return std::string(CutAtCodePoint(TextOf(content.blocks(), 0), kLongestMadeText));
}

}  // namespace chathub
