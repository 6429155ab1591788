//! Types in the shape of generated code, one for each thing that the runtime has to cope with.

#![allow(dead_code, unreachable_pub)]

use tlgen_runtime::generated as rt;
use tlgen_runtime::{Combinator, Decode, DecodeBare, Encode, EncodeBare, Function, Object, Reader, Writer};

macro_rules! combinator {
    ($ty:ident, $id:literal, $name:literal) => {
        impl Combinator for $ty {
            const ID: u32 = $id;
            const NAME: &'static str = $name;
        }
    };
}

/// `user flags:# bot:flags.0?true id:long name:flags.1?string photo:flags.2?bytes lat:flags.3?double
/// long:flags.3?double tags:flags.31?Vector<string> = User`
#[derive(Clone, Debug, Default, PartialEq)]
pub struct User {
    pub bot: bool,
    pub id: i64,
    pub name: Option<String>,
    pub photo: Option<Vec<u8>>,
    pub lat: Option<f64>,
    pub long: Option<f64>,
    pub tags: Option<Vec<String>>,
}

combinator!(User, 0x0000_0a01, "user");
rt::drop_box!(User);

impl EncodeBare for User {
    fn encode_bare(&self, w: &mut Writer) {
        rt::shared_bit(w, &[self.lat.is_some(), self.long.is_some()], "user", "lat, long");
        let flags = rt::bit(self.bot, 0)
            | rt::bit(self.name.is_some(), 1)
            | rt::bit(self.photo.is_some(), 2)
            | rt::bit(self.lat.is_some(), 3)
            | rt::bit(self.tags.is_some(), 31);
        w.u32(flags);
        w.put(&self.id);
        w.opt(&self.name);
        w.opt(&self.photo);
        w.opt(&self.lat);
        w.opt(&self.long);
        w.opt(&self.tags);
    }
}

impl<'de> DecodeBare<'de> for User {
    const MIN_SIZE: usize = 12;
    const MAY_PANIC: bool = false;

    fn decode_bare(r: &mut Reader<'de>) -> Self {
        let flags = rt::flags(r, 0x8000_000f);
        Self {
            bot: flags & 1 != 0,
            id: rt::get(r),
            name: rt::opt(r, flags, 1),
            photo: rt::opt(r, flags, 2),
            lat: rt::opt(r, flags, 3),
            long: rt::opt(r, flags, 3),
            tags: rt::opt(r, flags, 31),
        }
    }
}

/// `textEmpty = RichText; textPlain text:string = RichText; textBold text:RichText = RichText;
/// textConcat texts:Vector<RichText> = RichText`
#[derive(Clone, Debug, PartialEq)]
pub enum RichText {
    Empty,
    Plain(TextPlain),
    Bold(TextBold),
    Concat(TextConcat),
}

#[derive(Clone, Debug, PartialEq)]
pub struct TextPlain {
    pub text: String,
}

#[derive(Clone, Debug, PartialEq)]
pub struct TextBold {
    pub text: Box<RichText>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct TextConcat {
    pub texts: Vec<RichText>,
}

pub const TEXT_EMPTY: u32 = 0xdc3d_824f;
pub const TEXT_BOLD: u32 = 0x6724_abc4;
pub const TEXT_CONCAT: u32 = 0x7e6a_2a91;

combinator!(TextPlain, 0x7446_94e0, "textPlain");
combinator!(TextBold, 0x6724_abc4, "textBold");
combinator!(TextConcat, 0x7e6a_2a91, "textConcat");

impl Encode for RichText {
    fn encode(&self, w: &mut Writer) {
        match self {
            Self::Empty => w.id(TEXT_EMPTY),
            Self::Plain(value) => w.put(value),
            Self::Bold(value) => w.put(value),
            Self::Concat(value) => w.put(value),
        }
    }
}

impl<'de> Decode<'de> for RichText {
    const MIN_SIZE: usize = 4;
    const MAY_PANIC: bool = false;

    fn decode(r: &mut Reader<'de>) -> Self {
        rt::enter(r, "RichText");
        let value = match rt::id(r) {
            TEXT_EMPTY => Self::Empty,
            TextPlain::ID => Self::Plain(rt::bare(r)),
            TextBold::ID => Self::Bold(rt::bare(r)),
            TextConcat::ID => Self::Concat(rt::bare(r)),
            id => {
                rt::unknown_id(r, id, "RichText");
                Self::Empty
            }
        };
        rt::leave(r);
        value
    }
}

impl EncodeBare for TextPlain {
    fn encode_bare(&self, w: &mut Writer) {
        w.put(&self.text);
    }
}

impl<'de> DecodeBare<'de> for TextPlain {
    const MIN_SIZE: usize = 4;
    const MAY_PANIC: bool = false;

    fn decode_bare(r: &mut Reader<'de>) -> Self {
        Self { text: rt::get(r) }
    }
}

impl EncodeBare for TextBold {
    fn encode_bare(&self, w: &mut Writer) {
        w.put(&*self.text);
    }
}

impl<'de> DecodeBare<'de> for TextBold {
    const MIN_SIZE: usize = 4;
    const MAY_PANIC: bool = false;

    fn decode_bare(r: &mut Reader<'de>) -> Self {
        Self { text: rt::boxed_with(r, |r| rt::get(r)) }
    }
}

impl EncodeBare for TextConcat {
    fn encode_bare(&self, w: &mut Writer) {
        w.put(&self.texts);
    }
}

impl<'de> DecodeBare<'de> for TextConcat {
    const MIN_SIZE: usize = 8;
    const MAY_PANIC: bool = false;

    fn decode_bare(r: &mut Reader<'de>) -> Self {
        Self { texts: rt::get(r) }
    }
}

/// `lookup mode:# count:# lt:mode.1?long hops:count*[int] pairs:2*[long] users:vector<%User> = Lookup`: a word that
/// is kept, a count that is a field, a fixed count, and bare items.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Lookup {
    pub mode: u32,
    pub count: u32,
    pub lt: Option<i64>,
    pub hops: Vec<i32>,
    pub pairs: Vec<i64>,
    pub users: Vec<User>,
}

combinator!(Lookup, 0x0000_0a02, "lookup");

impl EncodeBare for Lookup {
    fn encode_bare(&self, w: &mut Writer) {
        w.u32(rt::mask(self.mode, 0b10, rt::bit(self.lt.is_some(), 1)));
        w.u32(self.count);
        w.opt(&self.lt);
        w.repeat(&self.hops, self.count, "lookup", "hops");
        w.repeat_with(&self.pairs, 2, "lookup", "pairs", |item, w| w.put(item));
        w.vector_bare_with(&self.users, "users", |item, w| w.bare(item));
    }
}

impl<'de> DecodeBare<'de> for Lookup {
    const MIN_SIZE: usize = 28;
    const MAY_PANIC: bool = false;

    fn decode_bare(r: &mut Reader<'de>) -> Self {
        let mode = rt::word(r);
        let count = rt::word(r);
        Self {
            mode,
            count,
            lt: rt::opt(r, mode, 1),
            hops: rt::repeat(r, count),
            pairs: rt::repeat_with(r, 2, 8, |r| rt::get(r)),
            users: rt::vector_bare_with(r, <User as DecodeBare>::MIN_SIZE, |r| rt::bare(r)),
        }
    }
}

/// `message msg_id:long seqno:int bytes:int body:Object = Message`
#[derive(Clone, Debug, PartialEq)]
pub struct Message {
    pub msg_id: i64,
    pub seqno: i32,
    pub body: Object,
}

combinator!(Message, 0x5bb8_e511, "message");

impl EncodeBare for Message {
    fn encode_bare(&self, w: &mut Writer) {
        w.put(&self.msg_id);
        w.put(&self.seqno);
        let bytes = rt::object_len(w, &self.body, "message", "body");
        w.put(&bytes);
        w.put(&self.body);
    }
}

impl<'de> DecodeBare<'de> for Message {
    const MIN_SIZE: usize = 20;
    const MAY_PANIC: bool = false;

    fn decode_bare(r: &mut Reader<'de>) -> Self {
        let (msg_id, seqno) = (rt::get(r), rt::get(r));
        let bytes = rt::get(r);
        Self { msg_id, seqno, body: rt::object(r, bytes) }
    }
}

/// `empty = Empty`, which as a bare item takes no bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Empty {}

combinator!(Empty, 0x0000_0a03, "empty");

impl EncodeBare for Empty {
    fn encode_bare(&self, _: &mut Writer) {}
}

impl<'de> DecodeBare<'de> for Empty {
    const MIN_SIZE: usize = 0;
    const MAY_PANIC: bool = false;

    fn decode_bare(_: &mut Reader<'de>) -> Self {
        Self {}
    }
}

/// `empties items:vector<%Empty> = Empties`
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Empties {
    pub items: Vec<Empty>,
}

combinator!(Empties, 0x0000_0a04, "empties");

impl EncodeBare for Empties {
    fn encode_bare(&self, w: &mut Writer) {
        w.vector_bare_with(&self.items, "items", |item, w| w.bare(item));
    }
}

impl<'de> DecodeBare<'de> for Empties {
    const MIN_SIZE: usize = 4;
    const MAY_PANIC: bool = false;

    fn decode_bare(r: &mut Reader<'de>) -> Self {
        Self { items: rt::vector_bare_with(r, <Empty as DecodeBare>::MIN_SIZE, |r| rt::bare(r)) }
    }
}

/// `invoke {X:Type} layer:int query:!X = X`
#[derive(Clone, Debug, PartialEq)]
pub struct Invoke<F> {
    pub layer: i32,
    pub query: F,
}

impl<F> Combinator for Invoke<F> {
    const ID: u32 = 0xda9b_0d0d;
    const NAME: &'static str = "invoke";
}

impl<F: Function> EncodeBare for Invoke<F> {
    fn encode_bare(&self, w: &mut Writer) {
        w.put(&self.layer);
        w.put(&self.query);
    }
}

impl<F: Function> Function for Invoke<F> {
    type Return = F::Return;
}

impl<'de, F: DecodeBare<'de>> DecodeBare<'de> for Invoke<F> {
    const MIN_SIZE: usize = 4 + <F as Decode>::MIN_SIZE;

    fn decode_bare(r: &mut Reader<'de>) -> Self {
        Self { layer: rt::get(r), query: r.get() }
    }
}

impl Function for Lookup {
    type Return = Vec<User>;
}

/// `line text:string data:bytes = Line`, borrowed from the input.
#[derive(Clone, Debug, PartialEq)]
pub struct Line<'a> {
    pub text: &'a str,
    pub data: &'a [u8],
}

impl Combinator for Line<'_> {
    const ID: u32 = 0x0000_0a05;
    const NAME: &'static str = "line";
}

impl EncodeBare for Line<'_> {
    fn encode_bare(&self, w: &mut Writer) {
        w.put(self.text);
        w.put(self.data);
    }
}

impl<'de: 'a, 'a> DecodeBare<'de> for Line<'a> {
    const MIN_SIZE: usize = 8;
    const MAY_PANIC: bool = false;

    fn decode_bare(r: &mut Reader<'de>) -> Self {
        Self { text: rt::get(r), data: rt::get(r) }
    }
}

/// One value of everything, to cut and to change.
pub fn lookup() -> Lookup {
    let full = User {
        bot: true,
        id: -5,
        name: Some("Zoë".into()),
        photo: Some(vec![1; 300]),
        lat: Some(-0.0),
        long: Some(f64::from_bits(0x7ff8_0000_dead_beef)),
        tags: Some(vec!["a".into(), String::new(), "abc".into()]),
    };
    Lookup {
        mode: 0b111,
        count: 3,
        lt: Some(i64::MIN),
        hops: vec![1, -1, i32::MAX],
        pairs: vec![3, 4],
        users: vec![User::default(), full],
    }
}
