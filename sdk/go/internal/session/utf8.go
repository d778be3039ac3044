package session

import (
	"strings"
	"unicode/utf8"

	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
)

// RepairUTF8 puts U+FFFD for what is no UTF-8 in the strings of a message and all below it: the wire
// refuses anything else, and the whole stream with it. Keys of maps are left alone.
func RepairUTF8(message proto.Message) { repairMessage(message.ProtoReflect()) }

func repairMessage(message protoreflect.Message) {
	message.Range(func(field protoreflect.FieldDescriptor, value protoreflect.Value) bool {
		switch {
		case field.IsMap():
		case field.IsList():
			list := value.List()
			for i := range list.Len() {
				if repaired, changed := repaired(field, list.Get(i)); changed {
					list.Set(i, repaired)
				}
			}
		default:
			if repaired, changed := repaired(field, value); changed {
				message.Set(field, repaired)
			}
		}
		return true
	})
}

// repaired is the value of one string, if it had to be changed; messages are changed in place.
func repaired(field protoreflect.FieldDescriptor, value protoreflect.Value) (protoreflect.Value, bool) {
	switch field.Kind() {
	case protoreflect.MessageKind:
		repairMessage(value.Message())
	case protoreflect.StringKind:
		if text := value.String(); !utf8.ValidString(text) {
			return protoreflect.ValueOfString(strings.ToValidUTF8(text, "\uFFFD")), true
		}
	}
	return protoreflect.Value{}, false
}
