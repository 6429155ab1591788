//! The sections of a page, in the order in which the templates write them.

use serde::Serialize;

use super::item::Item;

/// A heading.
#[derive(Serialize)]
pub(super) struct Heading {
    anchor: &'static str,
    title: &'static str,
}

impl Item {
    /// The item with its outline.
    pub(super) fn outlined(mut self) -> Self {
        let parameters = if self.kind == "Function" { "Parameters" } else { "Fields" };
        let before = [
            (!self.examples.is_empty(), "example", "Example"),
            (true, "tl", "TL declarations"),
            (self.params.is_some(), "parameters", parameters),
            (self.result.is_some(), "result", "Result"),
            (self.errors.is_some(), "errors", "Errors"),
            (self.usable_by.is_some(), "usability", "Who may call it"),
            (!self.constructors.is_empty(), "constructors", "Constructors"),
            (self.picture.is_some(), "neighbourhood", "Neighbourhood"),
        ];
        let relations = self.relations.iter().map(|relation| (true, relation.anchor, relation.title));
        let after =
            [(!self.related.is_empty(), "related", "Related pages"), (self.layers.is_some(), "layers", "Layers")];
        let all = before.into_iter().chain(relations).chain(after);
        self.outline =
            all.filter(|(is_there, ..)| *is_there).map(|(_, anchor, title)| Heading { anchor, title }).collect();
        self
    }
}
