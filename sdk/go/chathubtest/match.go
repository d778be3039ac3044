package chathubtest

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	v1 "github.com/chathub/chathub/sdk/go/chathubv1"
	"google.golang.org/protobuf/proto"
)

// How much of a text a pattern sees.
const patternBytes = 8 << 10

type route struct {
	*v1.Route
	pattern *regexp.Regexp // RE2's syntax, as the hub's
}

type matched struct {
	wire  *v1.Delivery
	route *v1.Route
}

func compile(wires []*v1.Route) (routes []*route, err error) {
	for _, wire := range wires {
		route := &route{Route: wire}
		if _, ok := wire.Trigger.(*v1.Route_Pattern); ok {
			if route.pattern, err = regexp.Compile(wire.GetPattern()); err != nil {
				return nil, fmt.Errorf("route %s: %w", wire.Id, err)
			}
		}
		routes = append(routes, route)
	}
	return routes, nil
}

// match finds the routes that an event is for: the exclusive ones, else the normal ones, else those
// that are a fallback. A command whose arguments do not fit complains instead.
func match(routes []*route, event *v1.Event, groups []string) (matches []matched, complaints []string) {
	best := map[v1.Precedence]int{
		v1.Precedence_PRECEDENCE_EXCLUSIVE: 2, v1.Precedence_PRECEDENCE_UNSPECIFIED: 1,
	}
	found := map[int][]matched{}
	for _, route := range routes {
		if !allowed(route.Route, event.User, groups) {
			continue
		}
		delivery, complaint := route.match(event)
		if complaint != "" {
			complaints = append(complaints, complaint)
		}
		if delivery != nil {
			rank := best[route.Precedence]
			found[rank] = append(found[rank], matched{delivery, route.Route})
		}
	}
	for rank := 2; rank >= 0; rank-- {
		if len(found[rank]) > 0 {
			return found[rank], complaints
		}
	}
	return nil, complaints
}

func allowed(route *v1.Route, user *v1.User, groups []string) bool {
	if user.GetBot() && !route.Bots {
		return false
	}
	in := func(group string) bool { return user.GetAuthenticated() && slices.Contains(groups, group) }
	return len(route.RequiredGroups) == 0 || slices.ContainsFunc(route.RequiredGroups, in)
}

// match is nil if the route does not wait for this.
func (r *route) match(event *v1.Event) (delivery *v1.Delivery, complaint string) {
	delivery = &v1.Delivery{Route: r.Id, Event: proto.Clone(event).(*v1.Event), Addressed: true}
	text := event.GetMessage().GetContent().GetText()
	isMessage := event.GetMessage() != nil
	delivery.Text = text
	switch {
	case r.pattern != nil && isMessage:
		return r.matchPattern(delivery, text), ""
	case r.GetCommand() != nil && isMessage:
		delivery.Captures, complaint = matchCommand(r.GetCommand(), r.GetHelp().GetUsage(), text)
		if delivery.Captures == nil {
			return nil, complaint
		}
		return delivery, ""
	case r.GetEvent() != 0 && r.GetEvent() == kindOf(event):
		return delivery, ""
	}
	return nil, ""
}

func (r *route) matchPattern(delivery *v1.Delivery, text string) *v1.Delivery {
	if len(text) > patternBytes {
		text = strings.ToValidUTF8(text[:patternBytes], "")
		delivery.MatchTruncated = true
	}
	delivery.Groups = r.pattern.FindStringSubmatch(text)
	if delivery.Groups == nil {
		return nil
	}
	delivery.Captures = map[string]string{}
	for i, name := range r.pattern.SubexpNames() {
		if name != "" {
			delivery.Captures[name] = delivery.Groups[i]
		}
	}
	return delivery
}

func kindOf(event *v1.Event) v1.EventKind {
	switch event.Kind.(type) {
	case *v1.Event_Message:
		return v1.EventKind_EVENT_KIND_MESSAGE
	case *v1.Event_Edited:
		return v1.EventKind_EVENT_KIND_EDITED
	case *v1.Event_Deleted:
		return v1.EventKind_EVENT_KIND_DELETED
	case *v1.Event_Reaction:
		return v1.EventKind_EVENT_KIND_REACTION
	case *v1.Event_Joined:
		return v1.EventKind_EVENT_KIND_JOINED
	case *v1.Event_Left:
		return v1.EventKind_EVENT_KIND_LEFT
	case *v1.Event_Topic:
		return v1.EventKind_EVENT_KIND_TOPIC
	}
	return v1.EventKind_EVENT_KIND_UNSPECIFIED
}
