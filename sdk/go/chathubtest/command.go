package chathubtest

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	v1 "github.com/chathub/chathub/sdk/go/chathubv1"
)

const space = " \t\r\n\v\f"

var booleans = map[string]string{
	"yes": "true", "true": "true", "on": "true", "1": "true",
	"no": "false", "false": "false", "off": "false", "0": "false",
}

// matchCommand is the captures of a command; nil if the text is something else, or, with a complaint, if
// its arguments do not fit.
func matchCommand(command *v1.Command, usage, text string) (captures map[string]string, complaint string) {
	text = strings.TrimLeft(text, space)
	end := strings.IndexAny(text, space)
	if end < 0 {
		end = len(text)
	}
	if !strings.EqualFold(text[:end], command.Word) {
		return nil, ""
	}
	rest := strings.TrimLeft(text[end:], space)
	r := &reading{rest: rest, captures: map[string]string{"rest": rest}}
	for _, argument := range command.Arguments {
		if argument.Option {
			r.options = append(r.options, argument)
		} else {
			r.positional = append(r.positional, argument)
		}
	}
	if len(command.Arguments) > 0 {
		if wrong := r.read(); wrong != "" {
			return nil, fmt.Sprintf("%s (usage: %s)", wrong, orElse(usage, command.Word))
		}
	}
	return r.captures, ""
}

// reading is what a user typed, read against what a command takes.
type reading struct {
	positional, options []*v1.Argument
	rest                string
	captures            map[string]string
	optionsEnded        bool
}

// read is what is wrong; empty: nothing.
func (r *reading) read() string {
	missing := append(append([]*v1.Argument(nil), r.positional...), r.options...)
	for r.rest = strings.TrimLeft(r.rest, space); r.rest != ""; r.rest = strings.TrimLeft(r.rest, space) {
		if wrong := r.step(); wrong != "" {
			return wrong
		}
	}
	for _, argument := range missing {
		if _, given := r.captures[argument.Name]; argument.Required && !given {
			return argument.Name + " is missing"
		}
	}
	return ""
}

func (r *reading) step() string {
	isOption := len(r.options) > 0 && !r.optionsEnded && strings.HasPrefix(r.rest, "--")
	if !isOption && len(r.positional) > 0 && r.positional[0].Type == v1.ArgumentType_ARGUMENT_TYPE_REST {
		r.captures[r.positional[0].Name] = r.rest
		r.positional, r.rest = r.positional[1:], ""
		return ""
	}
	word, closed := r.takeWord()
	switch {
	case !closed:
		return `a " is never closed`
	case isOption:
		return r.takeOption(word)
	case len(r.positional) == 0:
		return strconv.Quote(word) + " is too much"
	}
	argument := r.positional[0]
	r.positional = r.positional[1:]
	return r.keep(argument, word)
}

// takeWord takes one word, or several in double quotes; false if the quote never ends.
func (r *reading) takeWord() (word string, closed bool) {
	if strings.HasPrefix(r.rest, `"`) {
		word, r.rest, closed = strings.Cut(r.rest[1:], `"`)
		return word, closed
	}
	end := strings.IndexAny(r.rest, space)
	if end < 0 {
		end = len(r.rest)
	}
	word, r.rest = r.rest[:end], r.rest[end:]
	return word, true
}

func (r *reading) takeOption(word string) string {
	if word == "--" {
		r.optionsEnded = true
		return ""
	}
	for _, option := range r.options {
		if "--"+option.Name != word {
			continue
		}
		if _, given := r.captures[option.Name]; given {
			return word + " is there twice"
		}
		if option.Type == v1.ArgumentType_ARGUMENT_TYPE_BOOLEAN {
			r.captures[option.Name] = "true"
			return ""
		}
		if r.rest = strings.TrimLeft(r.rest, space); r.rest == "" {
			return word + " needs a value"
		}
		value, closed := r.takeWord()
		if !closed {
			return `a " is never closed`
		}
		return r.keep(option, value)
	}
	return "there is no " + strconv.Quote(word)
}

func (r *reading) keep(argument *v1.Argument, text string) string {
	value, want := text, ""
	switch argument.Type {
	case v1.ArgumentType_ARGUMENT_TYPE_INTEGER:
		if _, err := strconv.ParseInt(text, 10, 64); err != nil || strings.HasPrefix(text, "+") {
			want = "a whole number"
		}
	case v1.ArgumentType_ARGUMENT_TYPE_NUMBER:
		if number, err := strconv.ParseFloat(text, 64); err != nil || math.IsInf(number, 0) || math.IsNaN(number) {
			want = "a number"
		}
	case v1.ArgumentType_ARGUMENT_TYPE_BOOLEAN:
		if value = booleans[strings.ToLower(text)]; value == "" {
			want = "yes or no"
		}
	}
	if want != "" {
		return fmt.Sprintf("%s: %q is not %s", argument.Name, text, want)
	}
	r.captures[argument.Name] = value
	return ""
}
