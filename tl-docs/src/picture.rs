//! The neighbourhood of a type, function or constructor as an SVG: what leads to it on the left, what it leads to on
//! the right.

use tlgen_model::schema::{CombinatorIdx, SectionKind, TypeIdx};

use crate::book::Chapter;
use crate::paths::Target;
use crate::text::{Place, escape_html};

/// A group shows at most this many neighbours.
const SHOWN: usize = 6;

/// Names are cut to this many characters.
const NAME: usize = 34;

/// The width of text of 12 pixels in a font of even width, with some room for fonts that are wider.
fn text_width(text: &str) -> usize {
    text.chars().count() * 15 / 2
}

/// Room for the frame of a node at the edge of the picture.
const MARGIN: usize = 2;

const NODE_HEIGHT: usize = 28;
const NODE_GAP: usize = 8;
const TITLE_HEIGHT: usize = 24;
const GROUP_GAP: usize = 12;
const COLUMN_GAP: usize = 72;

/// A neighbour.
struct Node {
    label: String,
    target: Target,
    class: &'static str,
}

/// Neighbours of one kind.
struct Group {
    title: &'static str,
    nodes: Vec<Node>,
    more: usize,
}

impl Group {
    fn new(title: &'static str, nodes: Vec<Node>) -> Option<Self> {
        let more = nodes.len().saturating_sub(SHOWN);
        let mut nodes = nodes;
        nodes.truncate(SHOWN);
        (!nodes.is_empty()).then_some(Self { title, nodes, more })
    }

    fn height(&self) -> usize {
        let rows = self.nodes.len() + usize::from(self.more > 0);
        TITLE_HEIGHT + rows * (NODE_HEIGHT + NODE_GAP)
    }

    fn width(&self) -> usize {
        let texts = [text_width(self.title), self.more().map_or(0, |text| text_width(&text))];
        self.nodes.iter().map(Node::width).chain(texts).max().unwrap_or(0)
    }

    /// What is said about the neighbours that are not shown.
    fn more(&self) -> Option<String> {
        (self.more > 0).then(|| format!("and {} more", self.more))
    }
}

impl Node {
    fn shown(&self) -> String {
        if self.label.chars().count() <= NAME {
            return self.label.clone();
        }
        // The end of a name tells more than its beginning.
        let skip = self.label.chars().count() - NAME + 1;
        format!("…{}", self.label.chars().skip(skip).collect::<String>())
    }

    fn width(&self) -> usize {
        text_width(&self.shown()) + 24
    }
}

/// What leads to a type, and what its constructors hold. `None` if there is neither.
pub(crate) fn of_type(chapter: &Chapter<'_>, idx: TypeIdx, place: &Place<'_>) -> Option<String> {
    let uses = chapter.relations.uses(idx);
    let combinators = |list: &[CombinatorIdx]| list.iter().map(|idx| combinator(chapter, *idx)).collect();
    let left = [
        Group::new("returned by", combinators(&uses.returned_by)),
        Group::new("taken by", combinators(&uses.taken_by)),
        Group::new("held by", combinators(&uses.held_by)),
    ];
    let mut held: Vec<TypeIdx> = Vec::new();
    for constructor in &chapter.schema.ty(idx).constructors {
        for other in chapter.relations.arguments(*constructor) {
            if *other != idx && !held.contains(other) {
                held.push(*other);
            }
        }
    }
    let right = [Group::new("holds", held.into_iter().map(|idx| ty(chapter, idx)).collect())];
    let (left, right): (Vec<_>, Vec<_>) = (left.into_iter().flatten().collect(), right.into_iter().flatten().collect());
    draw(&left, &ty(chapter, idx), &right, place)
}

/// The types that a function takes and returns, or that a constructor holds and belongs to.
pub(crate) fn of_combinator(chapter: &Chapter<'_>, idx: CombinatorIdx, place: &Place<'_>) -> Option<String> {
    let types = |list: &[TypeIdx]| list.iter().map(|idx| ty(chapter, *idx)).collect::<Vec<_>>();
    let arguments = types(chapter.relations.arguments(idx));
    let (left, right) = match chapter.schema.combinator(idx).kind {
        SectionKind::Functions => {
            (Group::new("takes", arguments), Group::new("returns", types(chapter.relations.results(idx))))
        }
        SectionKind::Types => {
            let own = chapter.schema.combinator(idx).ty.map(|idx| ty(chapter, idx));
            (Group::new("is a", own.into_iter().collect()), Group::new("holds", arguments))
        }
    };
    draw(left.as_slice(), &combinator(chapter, idx), right.as_slice(), place)
}

fn ty(chapter: &Chapter<'_>, idx: TypeIdx) -> Node {
    Node { label: chapter.schema.ty(idx).name.full().to_owned(), target: chapter.paths.ty(idx), class: "type" }
}

fn combinator(chapter: &Chapter<'_>, idx: CombinatorIdx) -> Node {
    let combinator = chapter.schema.combinator(idx);
    Node {
        label: combinator.name.full().to_owned(),
        target: chapter.paths.combinator(idx),
        class: match combinator.kind {
            SectionKind::Functions => "function",
            SectionKind::Types => "constructor",
        },
    }
}

fn draw(left: &[Group], centre: &Node, right: &[Group], place: &Place<'_>) -> Option<String> {
    if left.is_empty() && right.is_empty() {
        return None;
    }
    let height_of =
        |groups: &[Group]| groups.iter().map(Group::height).sum::<usize>() + groups.len().saturating_sub(1) * GROUP_GAP;
    let width_of = |groups: &[Group]| groups.iter().map(Group::width).max().unwrap_or(0);
    let height = height_of(left).max(height_of(right)).max(NODE_HEIGHT) + 8;
    let (left_width, right_width) = (width_of(left), width_of(right));
    let left_end = MARGIN + left_width;
    let centre_x = if left.is_empty() { MARGIN } else { left_end + COLUMN_GAP };
    let right_x = centre_x + centre.width() + if right.is_empty() { 0 } else { COLUMN_GAP };
    let width = right_x + right_width + MARGIN;
    let middle = height / 2;

    let mut svg = Drawing { place, edges: String::new(), nodes: String::new() };
    let mut y = (height - height_of(left)) / 2;
    for group in left {
        y = svg.group(group, y, |node_width| left_end - node_width, |x, y| (x, y, centre_x, middle));
    }
    let end = centre_x + centre.width();
    let mut y = (height - height_of(right)) / 2;
    for group in right {
        y = svg.group(group, y, |_| right_x, |_, y| (end, middle, right_x, y));
    }
    svg.node(centre, centre_x, middle - NODE_HEIGHT / 2, " centre");
    let Drawing { edges, nodes, .. } = svg;
    Some(format!(
        "<svg class=\"picture\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" \
         xmlns=\"http://www.w3.org/2000/svg\" role=\"group\" aria-label=\"Neighbourhood of {}\">{edges}{nodes}</svg>",
        escape_html(&centre.label)
    ))
}

struct Drawing<'p> {
    place: &'p Place<'p>,
    edges: String,
    nodes: String,
}

impl Drawing<'_> {
    /// Draws a group from `y` on and says where the next one begins. `x` is where a node of some width begins, `edge`
    /// the ends of the line of a node whose right end and middle are given.
    fn group(
        &mut self,
        group: &Group,
        y: usize,
        x: impl Fn(usize) -> usize,
        edge: impl Fn(usize, usize) -> (usize, usize, usize, usize),
    ) -> usize {
        let title_x = x(text_width(group.title));
        self.nodes.push_str(&format!("<text class=\"group\" x=\"{title_x}\" y=\"{}\">{}</text>", y + 15, group.title));
        let mut at = y + TITLE_HEIGHT;
        for node in &group.nodes {
            let x = x(node.width());
            let (x1, y1, x2, y2) = edge(x + node.width(), at + NODE_HEIGHT / 2);
            let bend = (x1 + x2) / 2;
            self.edges.push_str(&format!("<path d=\"M{x1} {y1}C{bend} {y1} {bend} {y2} {x2} {y2}\"/>"));
            self.node(node, x, at, "");
            at += NODE_HEIGHT + NODE_GAP;
        }
        if let Some(text) = group.more() {
            let x = x(text_width(&text));
            self.nodes.push_str(&format!("<text class=\"more\" x=\"{x}\" y=\"{}\">{text}</text>", at + 17));
            at += NODE_HEIGHT + NODE_GAP;
        }
        at + GROUP_GAP
    }

    fn node(&mut self, node: &Node, x: usize, y: usize, extra: &str) {
        let (width, class) = (node.width(), node.class);
        let title = if node.shown() == node.label {
            String::new()
        } else {
            format!("<title>{}</title>", escape_html(&node.label))
        };
        let shape = format!(
            "{title}<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{NODE_HEIGHT}\" rx=\"7\"/><text x=\"{}\" \
             y=\"{}\">{}</text>",
            x + 12,
            y + 18,
            escape_html(&node.shown())
        );
        if extra.is_empty() {
            let href = escape_html(&self.place.href(&node.target));
            self.nodes.push_str(&format!("<a href=\"{href}\" class=\"node {class}\">{shape}</a>"));
        } else {
            self.nodes.push_str(&format!("<g class=\"node {class}{extra}\">{shape}</g>"));
        }
    }
}
