#include "chathub/plain_text.h"

#include <google/protobuf/repeated_ptr_field.h>

#include <string_view>

namespace chathub {
namespace {

using Blocks = google::protobuf::RepeatedPtrField<v1::Block>;

std::string TextOf(const Blocks& blocks);

std::string TextOf(const google::protobuf::RepeatedPtrField<v1::Span>& spans) {
  std::string text;
  for (const v1::Span& span : spans) {
    text += span.text();
    if (!span.link().empty() && span.link() != span.text()) text += " <" + span.link() + ">";
  }
  return text;
}

// `first` before the first line, `rest` before the others.
std::string Indent(std::string_view text, std::string_view first, std::string_view rest) {
  std::string indented(first);
  for (char c : text) {
    indented += c;
    if (c == '\n') indented += rest;
  }
  return indented;
}

std::string TextOf(const v1::ListBlock& list) {
  std::string text;
  int number = 0;
  for (const v1::ListItem& item : list.items()) {
    const std::string mark = list.ordered() ? std::to_string(++number) + ". " : "- ";
    if (!text.empty()) text += '\n';
    text += Indent(TextOf(item.blocks()), mark, std::string(mark.size(), ' '));
  }
  return text;
}

std::string TextOf(const v1::TableRow& row) {
  std::string text;
  for (const v1::TableCell& cell : row.cells()) {
    text.append(text.empty() ? "" : " | ") += TextOf(cell.spans());
  }
  return text;
}

std::string TextOf(const v1::TableBlock& table) {
  std::string text = table.has_header() ? TextOf(table.header()) : "";
  for (const v1::TableRow& row : table.rows()) text.append(text.empty() ? "" : "\n") += TextOf(row);
  return text;
}

std::string TextOf(const v1::Block& block) {
  switch (block.kind_case()) {
    case v1::Block::kParagraph:
      return TextOf(block.paragraph().spans());
    case v1::Block::kHeading:
      return TextOf(block.heading().spans());
    case v1::Block::kList:
      return TextOf(block.list());
    case v1::Block::kQuote:
      return Indent(TextOf(block.quote().blocks()), "> ", "> ");
    case v1::Block::kCode:
      return block.code().text();
    case v1::Block::kTable:
      return TextOf(block.table());
    case v1::Block::kDivider:
      return "---";
    case v1::Block::KIND_NOT_SET:
      return {};
  }
  return {};
}

std::string TextOf(const Blocks& blocks) {
  std::string text;
  for (const v1::Block& block : blocks) text.append(text.empty() ? "" : "\n") += TextOf(block);
  return text;
}

}  // namespace

std::string PlainText(const v1::Content& content) {
  std::string text = content.text().empty() ? TextOf(content.blocks()) : content.text();
  for (const v1::Attachment& attachment : content.attachments()) {
    if (!text.empty()) text += '\n';
    text += "[" + attachment.name() + "]";
    if (attachment.has_url()) text += " " + attachment.url();
  }
  return text;
}

}  // namespace chathub
