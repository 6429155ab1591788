//! What is boxed so that values stay small.
//!
//! An enum is as large as its largest variant, so four bytes of input could become thousands in memory, and every move
//! copies them. A variant, or an optional field, that takes more than [`INLINE`] bytes is therefore put into a box. Sizes
//! are those of a 64-bit machine whatever the generator runs on, so that the output is the same everywhere.

use std::collections::BTreeMap;

use super::{Boxed, Enum, ItemPath, Package, RustType, Struct};

/// The most bytes that a variant or an optional field takes without a box.
const INLINE: u32 = 128;

const POINTER: Size = Size { bytes: 8, align: 8, has_niche: true };
/// `String`, `CompactString` and `Vec`.
const BUFFER: Size = Size { bytes: 24, align: 8, has_niche: true };

/// The size of a type in memory.
#[derive(Clone, Copy)]
struct Size {
    bytes: u32,
    align: u32,
    /// Whether `Option` of it needs no room of its own.
    has_niche: bool,
}

impl Size {
    const fn of(bytes: u32, align: u32) -> Self {
        Self { bytes, align, has_niche: false }
    }

    /// With `bytes` more.
    fn and(self, bytes: u32) -> Self {
        let sum = self.bytes.saturating_add(bytes);
        Self { bytes: sum.checked_next_multiple_of(self.align).unwrap_or(u32::MAX), ..self }
    }

    fn optional(self) -> Self {
        if self.has_niche { self } else { Self { has_niche: true, ..self.and(self.align) } }
    }
}

/// A struct or an enum, by its place in the package.
#[derive(Clone, Copy)]
enum Node {
    Struct(usize),
    Enum(usize),
}

/// Sets the boxes of the package beyond those that recursive types need.
pub(super) fn box_large(package: &mut Package) {
    let mut layout = Layout { sizes: BTreeMap::new(), aliases: BTreeMap::new() };
    for ty in &package.types {
        if let Boxed::Alias { path, target } = ty {
            layout.aliases.insert(path.clone(), target.clone());
        }
    }
    for node in order(package, &layout.aliases) {
        match node {
            Node::Struct(place) => layout.constructor(&mut package.constructors[place]),
            Node::Enum(place) => {
                if let Boxed::Enum(item) = &mut package.types[place] {
                    layout.boxed(item);
                }
            }
        }
    }
    for function in &mut package.functions {
        layout.fields(function);
    }
}

/// Structs and enums, each behind those that it holds in its own memory.
fn order(package: &Package, aliases: &BTreeMap<ItemPath, ItemPath>) -> Vec<Node> {
    let structs = package.constructors.iter().enumerate().map(|(place, item)| (&item.path, Node::Struct(place)));
    let enums = package.types.iter().enumerate().filter_map(|(place, ty)| match ty {
        Boxed::Enum(item) => Some((&item.path, Node::Enum(place))),
        Boxed::Alias { .. } => None,
    });
    let nodes: Vec<(&ItemPath, Node)> = structs.chain(enums).collect();
    let places: BTreeMap<&ItemPath, usize> = nodes.iter().enumerate().map(|(at, (path, _))| (*path, at)).collect();
    let mut holders = vec![Vec::new(); nodes.len()];
    let mut missing = vec![0_usize; nodes.len()];
    for (at, (_, node)) in nodes.iter().enumerate() {
        for held in held(package, *node) {
            if let Some(&held) = places.get(aliases.get(held).unwrap_or(held)) {
                holders[held].push(at);
                missing[at] += 1;
            }
        }
    }
    let mut ready: Vec<usize> = (0..nodes.len()).filter(|at| missing[*at] == 0).collect();
    let mut order = Vec::with_capacity(nodes.len());
    while let Some(at) = ready.pop() {
        order.push(nodes[at].1);
        for &holder in &holders[at] {
            missing[holder] -= 1;
            if missing[holder] == 0 {
                ready.push(holder);
            }
        }
    }
    order
}

/// The items that stand in the memory of one, as far as nothing is boxed yet.
fn held(package: &Package, node: Node) -> Vec<&ItemPath> {
    let item = match node {
        Node::Struct(place) => &package.constructors[place],
        Node::Enum(place) => {
            let Boxed::Enum(item) = &package.types[place] else { return Vec::new() };
            return item.variants.iter().filter_map(|variant| variant.item.as_ref()).collect();
        }
    };
    let held = item.fields.iter().filter_map(|field| match &field.ty {
        RustType::Item(path) if !field.boxed => Some(path),
        _ => None,
    });
    held.collect()
}

struct Layout {
    sizes: BTreeMap<ItemPath, Size>,
    aliases: BTreeMap<ItemPath, ItemPath>,
}

impl Layout {
    fn constructor(&mut self, item: &mut Struct) {
        let size = self.fields(item);
        self.sizes.insert(item.path.clone(), size);
    }

    /// Boxes the large optional fields of a struct and says what is left.
    fn fields(&self, item: &mut Struct) -> Size {
        let mut all = Size::of(0, 1);
        for field in &mut item.fields {
            let size = self.of(&field.ty);
            field.boxed |= field.optional && matches!(field.ty, RustType::Item(_)) && size.bytes > INLINE;
            let size = if field.boxed { POINTER } else { size };
            let size = if field.optional { size.optional() } else { size };
            all.bytes = all.bytes.saturating_add(size.bytes);
            all.align = all.align.max(size.align);
            all.has_niche |= size.has_niche;
        }
        all.and(0)
    }

    /// Boxes the large variants of an enum.
    fn boxed(&mut self, item: &mut Enum) {
        let mut payload = Size::of(0, 1);
        for variant in &mut item.variants {
            let Some(path) = &variant.item else { continue };
            let size = self.item(path);
            variant.boxed = size.bytes > INLINE;
            let size = if variant.boxed { POINTER } else { size };
            payload.bytes = payload.bytes.max(size.bytes);
            payload.align = payload.align.max(size.align);
        }
        // The tag, which has values to spare.
        let size = Size { has_niche: true, ..payload.and(payload.align) };
        self.sizes.insert(item.path.clone(), size);
    }

    fn item(&self, path: &ItemPath) -> Size {
        let path = self.aliases.get(path).unwrap_or(path);
        self.sizes.get(path).copied().unwrap_or(POINTER)
    }

    fn of(&self, ty: &RustType) -> Size {
        match ty {
            RustType::I32 | RustType::U32 | RustType::F32 => Size::of(4, 4),
            RustType::I64 | RustType::F64 => Size::of(8, 8),
            RustType::Bool => Size { has_niche: true, ..Size::of(1, 1) },
            RustType::Unit | RustType::True => Size::of(0, 1),
            RustType::Array(len) => Size::of(*len, 1),
            RustType::String(_) | RustType::Bytes | RustType::Vec(_) | RustType::Object => BUFFER,
            RustType::Str(_) | RustType::Slice => Size { bytes: 16, ..POINTER },
            RustType::Item(path) | RustType::BorrowedItem(path) => self.item(path),
            RustType::Generic(_) | RustType::ReturnOf(_) => POINTER,
        }
    }
}
