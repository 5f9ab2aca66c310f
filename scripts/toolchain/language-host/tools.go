//go:build tools

// Package host pins the module from which set-up builds Pulumi's language host for Node.js.
package host

import _ "github.com/pulumi/pulumi/sdk/v3/nodejs/cmd/pulumi-language-nodejs"
