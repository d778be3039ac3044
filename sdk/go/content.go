package chathub

import (
	"time"

	v1 "github.com/chathub/chathub/sdk/go/chathubv1"
	"google.golang.org/protobuf/types/known/timestamppb"
)

// ContentOption makes more of a text than plain words.
type ContentOption func(*v1.Content)

// Markdown: the text is CommonMark. Without it no character means anything but itself.
func Markdown() ContentOption {
	return func(c *v1.Content) { c.Format = v1.TextFormat_TEXT_FORMAT_MARKDOWN }
}

// ReplyTo says which message this one answers, by the chat service's id.
func ReplyTo(platformID string) ContentOption {
	return func(c *v1.Content) { c.ReplyTo = platformID }
}

// Blocks are the same as structure; the text remains for chat services that know none.
func Blocks(blocks ...*v1.Block) ContentOption {
	return func(c *v1.Content) { c.Blocks = append(c.Blocks, blocks...) }
}

// Attach puts files beside the text.
func Attach(files ...*v1.Attachment) ContentOption {
	return func(c *v1.Content) { c.Attachments = append(c.Attachments, files...) }
}

func contentOf(text string, options []ContentOption) *v1.Content {
	content := &v1.Content{Text: text}
	for _, option := range options {
		option(content)
	}
	return content
}

// MessageRef names a message that is, or will be, in the chat: by the chat service's id, or by the key
// under which it was posted. The zero value names nothing.
type MessageRef struct {
	PlatformID string
	Key        string
	Index      uint32
}

func (r MessageRef) wire() *v1.MessageRef {
	switch {
	case r.PlatformID != "":
		return &v1.MessageRef{By: &v1.MessageRef_PlatformId{PlatformId: r.PlatformID}}
	case r.Key != "":
		posted := &v1.PostedRef{Key: r.Key, Index: r.Index}
		return &v1.MessageRef{By: &v1.MessageRef_Posted{Posted: posted}}
	}
	return &v1.MessageRef{}
}

func sendAction(notBefore time.Time, text string, options []ContentOption) *v1.Action {
	send := &v1.SendAction{Content: contentOf(text, options), NotBefore: timestampOf(notBefore)}
	return &v1.Action{Kind: &v1.Action_Send{Send: send}}
}

func editAction(target MessageRef, text string, options []ContentOption) *v1.Action {
	edit := &v1.EditAction{Target: target.wire(), Content: contentOf(text, options)}
	return &v1.Action{Kind: &v1.Action_Edit{Edit: edit}}
}

// timestampOf is nil for the zero time.
func timestampOf(at time.Time) *timestamppb.Timestamp {
	if at.IsZero() {
		return nil
	}
	return timestamppb.New(at)
}
