package chathub

import (
	"fmt"
	"strings"

	v1 "github.com/chathub/chathub/sdk/go/chathubv1"
)

// PlainText is the content for chat services that know nothing else than text: its text as it is, else
// its blocks written as text; then one line per attachment.
func PlainText(content *v1.Content) string {
	text := content.GetText()
	if text == "" {
		text = textOfBlocks(content.GetBlocks())
	}
	for _, file := range content.GetAttachments() {
		if text != "" {
			text += "\n"
		}
		text += strings.TrimSuffix("["+file.Name+"] "+file.GetUrl(), " ")
	}
	return text
}

func textOfBlocks(blocks []*v1.Block) string { return strings.Join(mapped(blocks, textOfBlock), "\n") }

func textOfBlock(block *v1.Block) string {
	switch kind := block.Kind.(type) {
	case *v1.Block_Paragraph:
		return textOfSpans(kind.Paragraph.Spans)
	case *v1.Block_Heading:
		return textOfSpans(kind.Heading.Spans)
	case *v1.Block_List:
		return textOfList(kind.List)
	case *v1.Block_Quote:
		return indented(textOfBlocks(kind.Quote.Blocks), "> ", "> ")
	case *v1.Block_Code:
		return kind.Code.Text
	case *v1.Block_Table:
		return textOfTable(kind.Table)
	case *v1.Block_Divider:
		return "---"
	}
	return ""
}

func textOfSpans(spans []*v1.Span) string {
	var text strings.Builder
	for _, span := range spans {
		text.WriteString(span.Text)
		if span.Link != "" && span.Link != span.Text {
			fmt.Fprintf(&text, " <%s>", span.Link)
		}
	}
	return text.String()
}

func textOfList(list *v1.ListBlock) string {
	var lines []string
	for i, item := range list.Items {
		mark := "- "
		if list.Ordered {
			mark = fmt.Sprintf("%d. ", i+1)
		}
		lines = append(lines, indented(textOfBlocks(item.Blocks), mark, strings.Repeat(" ", len(mark))))
	}
	return strings.Join(lines, "\n")
}

func textOfTable(table *v1.TableBlock) string {
	rows := table.Rows
	if table.Header != nil {
		rows = append([]*v1.TableRow{table.Header}, rows...)
	}
	return strings.Join(mapped(rows, func(row *v1.TableRow) string {
		cell := func(cell *v1.TableCell) string { return textOfSpans(cell.Spans) }
		return strings.Join(mapped(row.Cells, cell), " | ")
	}), "\n")
}

// indented puts first before the first line, rest before the others.
func indented(text, first, rest string) string {
	return first + strings.ReplaceAll(text, "\n", "\n"+rest)
}
