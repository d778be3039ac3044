package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"
)

// margin is what starting, ending and answering may take beside the command itself.
const margin = 5 * time.Second

// configuration says who may run what. A command is the words of its command line; there is no shell that
// would read them, and nothing of what the user typed gets into them.
type configuration struct {
	// The user must be in one of them.
	Groups []string `json:"groups"`
	// By the names under which users run them.
	Commands map[string][]string `json:"commands"`
	// How long a command may run. Default: 10. At most 600.
	Seconds int `json:"seconds"`
	// How much of its output is shown. Default: 4000. At most 100,000.
	Bytes int `json:"bytes"`
}

func readConfiguration(path string) (*configuration, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	c := &configuration{Seconds: 10, Bytes: 4000}
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	err = decoder.Decode(c)
	if err == nil && decoder.Decode(&struct{}{}) != io.EOF {
		err = errors.New("there is something behind the configuration")
	}
	if err == nil {
		err = c.check()
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return c, nil
}

func (c *configuration) check() error {
	switch {
	case len(c.Groups) == 0:
		return errors.New("groups is empty: everybody could run commands")
	case slices.Contains(c.Groups, ""):
		return errors.New("a group has no name")
	case len(c.Commands) == 0:
		return errors.New("commands is empty: there is nothing to run")
	case c.Seconds < 1 || c.Seconds > 600:
		return errors.New("seconds is not 1 to 600")
	case c.Bytes < 1 || c.Bytes > 100_000:
		return errors.New("bytes is not 1 to 100000")
	}
	for name, argv := range c.Commands {
		if name == "" || strings.ContainsAny(name, " \t\r\n\"") {
			return fmt.Errorf("%q is not one word", name)
		}
		if len(argv) == 0 || argv[0] == "" {
			return fmt.Errorf("%s names no program", name)
		}
	}
	return nil
}

func (c *configuration) timeLimit() time.Duration { return time.Duration(c.Seconds) * time.Second }

// names are the commands', in order.
func (c *configuration) names() string {
	var names []string
	for name := range c.Commands {
		names = append(names, name)
	}
	slices.Sort(names)
	return strings.Join(names, ", ")
}
