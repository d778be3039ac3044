// The text of a message, for chat services that know nothing else.

const ofSpans = (spans = []) =>
  spans.map(({ text = "", link }) => (link && link !== text ? `${text} <${link}>` : text)).join("");

const indent = (text, first, rest) => first + text.replaceAll("\n", `\n${rest}`);

function ofList({ ordered, items = [] }) {
  const lines = items.map(({ blocks }, index) => {
    const mark = ordered ? `${index + 1}. ` : "- ";
    return indent(ofBlocks(blocks), mark, " ".repeat(mark.length));
  });
  return lines.join("\n");
}

const ofRow = ({ cells = [] }) => cells.map(({ spans }) => ofSpans(spans)).join(" | ");

const kinds = {
  paragraph: ({ spans }) => ofSpans(spans),
  heading: ({ spans }) => ofSpans(spans),
  list: ofList,
  quote: ({ blocks }) => indent(ofBlocks(blocks), "> ", "> "),
  code: ({ text = "" }) => text,
  table: ({ header, rows = [] }) => [header, ...rows].filter(Boolean).map(ofRow).join("\n"),
  divider: () => "---",
};

function ofBlock(block) {
  const kind = Object.keys(kinds).find((name) => block[name]);
  return kind ? kinds[kind](block[kind]) : "";
}

const ofBlocks = (blocks = []) => blocks.map(ofBlock).join("\n");

const ofAttachment = ({ name = "", url }) => (url ? `[${name}] ${url}` : `[${name}]`);

/** The content's text as it is, else its blocks written as text; then one line per attachment. */
export function plainText({ text, blocks, attachments = [] }) {
  return [text || ofBlocks(blocks), ...attachments.map(ofAttachment)].filter(Boolean).join("\n");
}
