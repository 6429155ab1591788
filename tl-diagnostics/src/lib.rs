//! Renders TL diagnostics with source snippets, as text or JSON.
