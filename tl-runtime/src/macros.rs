//! What generated code writes in one line instead of several. None of it holds code that one would want to step through.

/// Implements [`Combinator`](crate::Combinator): the type, the id, the name in the schema.
#[doc(hidden)]
#[macro_export]
macro_rules! combinator {
    ($ty:ty, $id:literal, $name:literal) => {
        impl $crate::Combinator for $ty {
            const ID: u32 = $id;
            const NAME: &'static str = $name;
        }
    };
}

/// Implements [`Function`](crate::Function) for a request whose errors nobody has named: the type, what it returns.
#[doc(hidden)]
#[macro_export]
macro_rules! function {
    ($ty:ty => $returns:ty) => {
        impl $crate::Function for $ty {
            type Return = $returns;
        }
    };
}

/// Implements `From` for the type of a variant, which may stand in a box.
#[doc(hidden)]
#[macro_export]
macro_rules! from {
    ($from:ty => $ty:ident :: $variant:ident) => {
        impl ::core::convert::From<$from> for $ty {
            #[inline]
            fn from(x: $from) -> Self {
                Self::$variant(x)
            }
        }
    };
    ($from:ty => $ty:ident :: $variant:ident in Box) => {
        impl ::core::convert::From<$from> for $ty {
            #[inline]
            fn from(x: $from) -> Self {
                Self::$variant($crate::alloc::boxed::Box::new(x))
            }
        }
    };
}
