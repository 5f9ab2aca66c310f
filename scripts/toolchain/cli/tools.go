//go:build tools

// Package cli pins the module from which set-up builds the Pulumi CLI.
package cli

import _ "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi"
