//! The three columns about bytes.
//!
//! What comes in is a change with its declarations in both schemas; what goes out are findings without witnesses, which
//! [`witness`](crate::witness) adds.

pub(crate) mod layout;
pub(crate) mod reach;

use tlgen_model::schema::{Combinator, CombinatorIdx, Schema};

use crate::item::Kind;
use crate::rules;
use crate::rules::DiffRule;
use crate::verdict::{Column, Finding, Level, Verdicts, Witness, Writer};
use layout::{Difference, Layouts, bare_constructors};
use reach::{Reach, Way};

/// Both schemas, with what is known about them.
pub(crate) struct Wire<'s> {
    pub(crate) old: Reach<'s>,
    pub(crate) new: Reach<'s>,
    old_bare: Vec<bool>,
    new_bare: Vec<bool>,
}

impl<'s> Wire<'s> {
    pub(crate) fn of(old: &'s Schema, new: &'s Schema) -> Self {
        Self {
            old: Reach::of(old),
            new: Reach::of(new),
            old_bare: bare_constructors(old),
            new_bare: bare_constructors(new),
        }
    }

    /// Fills in the columns about bytes.
    pub(crate) fn judge(&self, old: Option<CombinatorIdx>, new: Option<CombinatorIdx>, verdicts: &mut Verdicts) {
        match (old, new) {
            (Some(old), Some(new)) => self.changed(old, new, verdicts),
            (Some(old), None) => self.removed(self.old.schema.combinator(old), verdicts),
            (None, Some(new)) => self.added(self.new.schema.combinator(new), verdicts),
            (None, None) => {}
        }
    }

    fn removed(&self, old: &Combinator, verdicts: &mut Verdicts) {
        let Some(ty) = type_name(self.old.schema, old) else {
            let text = "the call is unknown to the new server".to_owned();
            add(verdicts, Column::OldClient, &rules::FUNCTION_REMOVED, Level::Broken, text);
            return;
        };
        self.each_way(ty, verdicts, &rules::CONSTRUCTOR_REMOVED, true);
        let text = format!("stored values of {ty} have an id that the new code does not know");
        add(verdicts, Column::Stored, &rules::CONSTRUCTOR_REMOVED, Level::Broken, text);
    }

    fn added(&self, new: &Combinator, verdicts: &mut Verdicts) {
        match type_name(self.new.schema, new) {
            None => {
                let text = "who calls it needs the new server".to_owned();
                add(verdicts, Column::NewClient, &rules::FUNCTION_ADDED, Level::Broken, text);
            }
            Some(ty) => self.each_way(ty, verdicts, &rules::CONSTRUCTOR_ADDED, false),
        }
    }

    /// Values of a type that one side writes and the other does not know: those of the old schema if `by_old`.
    fn each_way(&self, ty: &str, verdicts: &mut Verdicts, rule: &'static DiffRule, by_old: bool) {
        let (writer, reader) = if by_old { (&self.old, &self.new) } else { (&self.new, &self.old) };
        let (age, other) = if by_old { ("old", "new") } else { ("new", "old") };
        for way in Way::BOTH {
            let meets = reader.meets(ty, way) || (writer.is_root(ty) && reader.ty(ty).is_none());
            if !meets || !writer.meets(ty, way) {
                continue;
            }
            let column = match (way, by_old) {
                (Way::Request, true) | (Way::Answer, false) => Column::OldClient,
                (Way::Request, false) | (Way::Answer, true) => Column::NewClient,
            };
            let text = match way {
                Way::Request => format!("the {other} server refuses a request with this {ty}"),
                Way::Answer => format!("the client loses an answer of the {age} server with this {ty}"),
            };
            add_by(verdicts, column, rule, Level::Broken, Some(if by_old { Writer::Old } else { Writer::New }), text);
        }
    }

    fn changed(&self, old: CombinatorIdx, new: CombinatorIdx, verdicts: &mut Verdicts) {
        let (from, to) = (self.old.schema.combinator(old), self.new.schema.combinator(new));
        let difference = Layouts::compare(self.old.schema, self.new.schema, from, to);
        let is_bare = self.old_bare[old.0 as usize] && self.new_bare[new.0 as usize];
        let from_type = type_name(self.old.schema, from);
        let to_type = type_name(self.new.schema, to);
        if is_bare {
            let texts = ["read without its id, so nothing tells that the bytes are others", NEVER_SET];
            if difference.layout {
                everywhere(self, from_type, to_type, verdicts, &rules::BARE_LAYOUT_CHANGED, Level::Broken, texts[0]);
            } else if difference.gained || difference.lost {
                self.one_way(from_type, to_type, &rules::BARE_LAYOUT_CHANGED, difference.lost, texts, verdicts);
            }
        }
        if from.kind != to.kind {
            let text = format!("what was a {} is a {}", Kind::of(from.kind).word(), Kind::of(to.kind).word());
            for column in Column::WIRE {
                add(verdicts, column, &rules::SECTION_CHANGED, Level::Broken, text.clone());
            }
        } else if from.id != to.id && from.name.full() != "_" {
            self.other_id(from, to, from_type, to_type, verdicts);
        } else {
            self.same_id(from, to, difference, verdicts);
        }
    }

    fn other_id(
        &self,
        from: &Combinator,
        to: &Combinator,
        from_type: Option<&str>,
        to_type: Option<&str>,
        verdicts: &mut Verdicts,
    ) {
        let ids = format!("{:08x} became {:08x}", from.id, to.id);
        let (Some(from_type), Some(to_type)) = (from_type, to_type) else {
            for column in [Column::OldClient, Column::NewClient] {
                add(
                    verdicts,
                    column,
                    &rules::FUNCTION_ID_CHANGED,
                    Level::Broken,
                    format!("the call is unknown to the server: {ids}"),
                );
            }
            return;
        };
        let rule = &rules::CONSTRUCTOR_ID_CHANGED;
        let mut found = Verdicts::default();
        self.each_way(from_type, &mut found, rule, true);
        self.each_way(to_type, &mut found, rule, false);
        for column in [Column::OldClient, Column::NewClient] {
            for finding in std::mem::take(&mut found.get_mut(column).findings) {
                verdicts.get_mut(column).add(finding);
            }
        }
        add(
            verdicts,
            Column::Stored,
            rule,
            Level::Broken,
            format!("stored values have an id that the new code does not know: {ids}"),
        );
    }

    fn same_id(&self, from: &Combinator, to: &Combinator, difference: Difference, verdicts: &mut Verdicts) {
        let (from_type, to_type) = (type_name(self.old.schema, from), type_name(self.new.schema, to));
        if difference.layout {
            if from.name.full() != "_" {
                let text = "one id with two layouts: the other side reads something else";
                everywhere(self, from_type, to_type, verdicts, &rules::LAYOUT_CHANGED, Level::Broken, text);
            }
            return;
        }
        // A default constructor has no id, and is judged where it is bare.
        if from.name.full() != "_" {
            let texts = ["a field that the other side does not know is where it ends", NEVER_SET];
            for (is_there, rule, old_breaks) in
                [(difference.gained, &rules::OPTIONAL_ADDED, false), (difference.lost, &rules::OPTIONAL_REMOVED, true)]
            {
                if is_there {
                    self.one_way(from_type, to_type, rule, old_breaks, texts, verdicts);
                }
            }
        }
        let texts = ["what is not UTF-8 is refused", "any text is also bytes"];
        for (is_there, rule, old_breaks) in [
            (difference.became_text, &rules::BYTES_BECAME_TEXT, true),
            (difference.became_bytes, &rules::TEXT_BECAME_BYTES, false),
        ] {
            if is_there {
                self.one_way(from_type, to_type, rule, old_breaks, texts, verdicts);
            }
        }
        if let (Some(from_type), Some(to_type)) = (from_type, to_type)
            && from_type != to_type
            && !self.is_renamed(from_type, to_type)
        {
            let text = format!("it was a {from_type} and is a {to_type}");
            for column in Column::WIRE {
                add(verdicts, column, &rules::TYPE_CHANGED, Level::Broken, text.clone());
            }
            return;
        }
        if from.ty.is_none() && !Layouts::same_result(self.old.schema, self.new.schema, from, to) {
            let text = "the same call is answered with another type";
            for column in [Column::OldClient, Column::NewClient] {
                add(verdicts, column, &rules::RESULT_CHANGED, Level::Broken, text.to_owned());
            }
            return;
        }
        let (gained, lost) = (has_other_switch(to, from), has_other_switch(from, to));
        for (is_there, rule) in [(gained, &rules::SWITCH_ADDED), (lost, &rules::SWITCH_REMOVED)] {
            if is_there {
                let text = "read as before; the bit means nothing to the other side";
                everywhere(self, from_type, to_type, verdicts, rule, Level::Safe, text);
            }
        }
        let is_same = without_annotations(from) == without_annotations(to);
        if !is_same && !gained && !lost && difference == Difference::default() {
            everywhere(self, from_type, to_type, verdicts, &rules::SAME_BYTES, Level::Safe, "same id, same bytes");
        }
    }

    /// What one side writes the other may refuse or misread, and not the reverse: it is the old one if `old_breaks`. The texts say
    /// what breaks and why nothing does.
    fn one_way(
        &self,
        from_type: Option<&str>,
        to_type: Option<&str>,
        rule: &'static DiffRule,
        old_breaks: bool,
        [breaks, safe]: [&str; 2],
        verdicts: &mut Verdicts,
    ) {
        for column in self.columns(from_type, to_type) {
            let (requests, answers) = self.ways(from_type, to_type);
            let is_broken = match column {
                Column::Stored => old_breaks,
                // The old client writes requests for the new server, which reads them, and reads its answers.
                Column::OldClient => (requests && old_breaks) || (answers && !old_breaks),
                _ => (requests && !old_breaks) || (answers && old_breaks),
            };
            let writer = if old_breaks { Writer::Old } else { Writer::New };
            let (level, text) = if is_broken { (Level::Broken, breaks) } else { (Level::Safe, safe) };
            add_by(verdicts, column, rule, level, Some(writer), text.to_owned());
        }
    }

    fn is_renamed(&self, old: &str, new: &str) -> bool {
        // The old name is gone and the new one was not there: one type under another name.
        self.new.ty(old).is_none() && self.old.ty(new).is_none()
    }

    /// Whether values go in requests and in answers, on both sides. A function is a request.
    fn ways(&self, from_type: Option<&str>, to_type: Option<&str>) -> (bool, bool) {
        let (Some(from), Some(to)) = (from_type, to_type) else { return (true, false) };
        let meets = |way| self.old.meets(from, way) && self.new.meets(to, way);
        (meets(Way::Request), meets(Way::Answer))
    }

    /// The columns that a change of bytes concerns.
    fn columns(&self, from_type: Option<&str>, to_type: Option<&str>) -> Vec<Column> {
        let (requests, answers) = self.ways(from_type, to_type);
        let mut columns = Vec::new();
        if requests || answers {
            columns.extend([Column::OldClient, Column::NewClient]);
        }
        if from_type.is_some() {
            columns.push(Column::Stored);
        }
        columns
    }
}

/// Why an optional field that one side has more does no harm.
const NEVER_SET: &str = "who does not know the field does not set its bit";

fn everywhere(
    wire: &Wire<'_>,
    from_type: Option<&str>,
    to_type: Option<&str>,
    verdicts: &mut Verdicts,
    rule: &'static DiffRule,
    level: Level,
    text: &str,
) {
    for column in wire.columns(from_type, to_type) {
        add(verdicts, column, rule, level, text.to_owned());
    }
}

fn add(verdicts: &mut Verdicts, column: Column, rule: &'static DiffRule, level: Level, text: String) {
    add_by(verdicts, column, rule, level, None, text);
}

fn add_by(
    verdicts: &mut Verdicts,
    column: Column,
    rule: &'static DiffRule,
    level: Level,
    writer: Option<Writer>,
    text: String,
) {
    verdicts.get_mut(column).add(Finding { rule, level, writer, text, witness: Witness::None("not looked for") });
}

/// The declaration, which annotations begin.
fn without_annotations(combinator: &Combinator) -> &str {
    let mut text: &str = &combinator.declaration;
    while let Some((_, rest)) = text.split_once(' ').filter(|_| text.starts_with('@')) {
        text = rest;
    }
    text
}

/// The boxed type of a constructor.
fn type_name<'s>(schema: &'s Schema, combinator: &Combinator) -> Option<&'s str> {
    combinator.ty.map(|ty| schema.ty(ty).name.full())
}

/// Whether the first has a conditional field without bytes whose word and bit the second has not.
fn has_other_switch(first: &Combinator, second: &Combinator) -> bool {
    use tlgen_model::schema::{Param, Primitive, TypeExpr};
    let switches = |combinator: &Combinator| -> Vec<(String, u8)> {
        let is_switch =
            |param: &&Param| matches!(param.ty, TypeExpr::Primitive { primitive: Primitive::True, boxed: None });
        let bit = |param: &Param| {
            let condition = param.condition?;
            Some((format!("{:?}", position(combinator, condition.word)), condition.bit))
        };
        combinator.params.iter().filter(is_switch).filter_map(bit).collect()
    };
    let known = switches(second);
    switches(first).iter().any(|switch| !known.contains(switch))
}

/// A word by its position among the words of its declaration, which switches do not change.
fn position(combinator: &Combinator, word: tlgen_model::schema::NatRef) -> (u8, usize) {
    use tlgen_model::schema::{NatRef, TypeExpr};
    match word {
        NatRef::Param(index) => {
            let before = combinator.params.iter().take(index as usize);
            (0, before.filter(|param| matches!(param.ty, TypeExpr::Nat)).count())
        }
        NatRef::Generic(index) | NatRef::Field(index) | NatRef::Outer { field: index, .. } => (1, index as usize),
    }
}
