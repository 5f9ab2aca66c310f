module pulumi-cli

go 1.25.11

require github.com/pulumi/pulumi/pkg/v3 v3.255.0

// Pulumi's own go.mod has this line, and a replace counts only in the main module.
replace github.com/atotto/clipboard => github.com/tgummerer/clipboard v0.0.0-20241001131231-d02d263e614e
