module pulumi-language-host

go 1.24

// The last release of the sdk module that carries the Node.js language host.
require github.com/pulumi/pulumi/sdk/v3 v3.68.0

// Pulumi's own go.mod has this line, and a replace counts only in the main module.
replace github.com/atotto/clipboard => github.com/tgummerer/clipboard v0.0.0-20241001131231-d02d263e614e
