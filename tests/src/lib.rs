//! Fixtures, snapshots, wire, freshness and architecture tests of the workspace.
