//! What generated code writes in one line instead of several. None of it holds code that one would step through.

/// Implements [`Combinator`](crate::Combinator): the type, the id, the name in the schema.
#[doc(hidden)]
#[macro_export]
macro_rules! __combinator {
    ($ty:ty, $id:literal, $name:literal) => {
        impl $crate::Combinator for $ty {
            const ID: u32 = $id;
            const NAME: &'static str = $name;
        }
    };
}

/// Implements [`Function`](crate::Function) for a request whose errors nobody has named: the type, what it returns, and the
/// constructor that may come in its place.
#[doc(hidden)]
#[macro_export]
macro_rules! __function {
    ($ty:ty => $returns:ty) => {
        impl $crate::Function for $ty {
            type Return = $returns;
        }
    };
    ($ty:ty => $returns:ty, $error:ty) => {
        impl $crate::Function for $ty {
            type Return = $returns;
            $crate::generated::error_in_place!($error);
        }
    };
}

/// The method [`Function::error`](crate::Function::error) with the constructor that may come in the place of an answer, or as
/// another request has it.
#[doc(hidden)]
#[macro_export]
macro_rules! __error_in_place {
    (of $query:ident) => {
        fn error(
            answer: &[u8],
            options: &$crate::DecodeOptions,
        ) -> ::core::option::Option<::core::result::Result<$crate::rpc::RpcError, $crate::DecodeError>> {
            <$query as $crate::Function>::error(answer, options)
        }
    };
    ($error:ty) => {
        fn error(
            answer: &[u8],
            options: &$crate::DecodeOptions,
        ) -> ::core::option::Option<::core::result::Result<$crate::rpc::RpcError, $crate::DecodeError>> {
            $crate::generated::error::<$error>(answer, options)
        }
    };
}

/// Implements `From` a constructor for an error: the constructor, its fields for code and text.
#[doc(hidden)]
#[macro_export]
macro_rules! __rpc_error {
    ($ty:ty, $code:ident, $text:ident) => {
        impl ::core::convert::From<$ty> for $crate::rpc::RpcError {
            fn from(error: $ty) -> Self {
                Self::new(error.$code, $crate::generated::ErrorText::error_text(error.$text))
            }
        }
    };
}

/// Implements `From` for the type of a variant, which may be on the heap.
#[doc(hidden)]
#[macro_export]
macro_rules! __from {
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
                Self::$variant(::core::convert::Into::into(x))
            }
        }
    };
    ($from:ty => $ty:ident :: $variant:ident in Indirect) => {
        $crate::generated::from!($from => $ty::$variant in Box);
        $crate::generated::drop_box!($from);
    };
}

/// Implements [`DropBox`](super::DropBox) for a type, or for one with a lifetime that has this path: `a::B in '_`.
#[doc(hidden)]
#[macro_export]
macro_rules! __drop_box {
    ($($part:ident)::+ in $lifetime:lifetime) => {
        $crate::generated::drop_box!($($part)::+<$lifetime>);
    };
    ($ty:ty) => {
        impl $crate::generated::DropBox for $ty {
            #[inline(never)]
            fn drop_box(this: $crate::generated::alloc::boxed::Box<Self>) {
                $crate::generated::free(this);
            }
        }
    };
}

/// Implements `TryFrom` the other way: the struct of a variant, or the value back.
#[doc(hidden)]
#[macro_export]
macro_rules! __try_from {
    ($ty:ident :: $variant:ident => $to:ty) => {
        impl ::core::convert::TryFrom<$ty> for $to {
            type Error = $ty;
            #[inline]
            fn try_from(value: $ty) -> ::core::result::Result<Self, $ty> {
                match value {
                    $ty::$variant(x) => ::core::result::Result::Ok(x),
                    other => ::core::result::Result::Err(other),
                }
            }
        }
    };
    ($ty:ident :: $variant:ident in Box => $to:ty) => {
        impl ::core::convert::TryFrom<$ty> for $to {
            type Error = $ty;
            #[inline]
            fn try_from(value: $ty) -> ::core::result::Result<Self, $ty> {
                match value {
                    $ty::$variant(x) => ::core::result::Result::Ok(*x),
                    other => ::core::result::Result::Err(other),
                }
            }
        }
    };
    ($ty:ident :: $variant:ident in Indirect => $to:ty) => {
        impl ::core::convert::TryFrom<$ty> for $to {
            type Error = $ty;
            #[inline]
            fn try_from(value: $ty) -> ::core::result::Result<Self, $ty> {
                match value {
                    $ty::$variant(x) => ::core::result::Result::Ok(x.into_inner()),
                    other => ::core::result::Result::Err(other),
                }
            }
        }
    };
}

/// The traits of a struct that holds a reference to a transport, whatever the transport has.
#[doc(hidden)]
#[macro_export]
macro_rules! __methods {
    ($ty:ident) => {
        impl<C: ?Sized> ::core::clone::Clone for $ty<'_, C> {
            fn clone(&self) -> Self {
                *self
            }
        }

        impl<C: ?Sized> ::core::marker::Copy for $ty<'_, C> {}

        impl<C: ?Sized> ::core::fmt::Debug for $ty<'_, C> {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.write_str(::core::stringify!($ty))
            }
        }
    };
}

/// Implements [`Constructed`](crate::view::Constructed) and `Debug` for the view of a constructor, or for an enum of the views of a
/// type: the name, its index in the layouts, the least number of bytes, the layouts. The variants of an enum come in two lists,
/// those whose constructor has a view and those without fields.
#[doc(hidden)]
#[macro_export]
macro_rules! __view {
    ($ty:ident, $index:literal, $min:literal, $layouts:path) => {
        impl<'a> $crate::view::Constructed<'a> for $ty<'a> {
            const LAYOUTS: &'static $crate::view::Layouts = &$layouts;
            const ROOT: $crate::view::Root = $crate::view::Root::of_constructor($index, $min);

            #[inline]
            fn of(raw: $crate::view::RawView<'a>) -> ::core::option::Option<Self> {
                ::core::option::Option::Some(Self(raw))
            }

            #[inline]
            fn raw(&self) -> $crate::view::RawView<'a> {
                self.0
            }
        }

        $crate::generated::view!(debug $ty);
    };
    ($ty:ident, $index:literal, $min:literal, $layouts:path,
     [$($id:literal => $variant:ident),*], [$($unit_id:literal => $unit:ident),*]) => {
        impl<'a> $crate::view::Constructed<'a> for $ty<'a> {
            const LAYOUTS: &'static $crate::view::Layouts = &$layouts;
            const ROOT: $crate::view::Root = $crate::view::Root::of_type($index, $min);

            #[inline]
            fn of(raw: $crate::view::RawView<'a>) -> ::core::option::Option<Self> {
                match raw.id() {
                    $($id => $crate::view::Constructed::of(raw).map(Self::$variant),)*
                    $($unit_id => ::core::option::Option::Some(Self::$unit(raw)),)*
                    _ => ::core::option::Option::None,
                }
            }

            #[inline]
            fn raw(&self) -> $crate::view::RawView<'a> {
                match self {
                    $(Self::$variant(x) => $crate::view::Constructed::raw(x),)*
                    $(Self::$unit(x) => *x,)*
                }
            }
        }

        $crate::generated::view!(debug $ty);
    };
    (debug $ty:ident) => {
        impl ::core::fmt::Debug for $ty<'_> {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::fmt::Debug::fmt(&$crate::view::Constructed::raw(self), f)
            }
        }
    };
}

/// Implements [`Lend`](crate::Lend) for a type with one lifetime.
#[doc(hidden)]
#[macro_export]
macro_rules! __lend {
    ($ty:ident) => {
        impl $crate::Lend for $ty<'_> {
            type With<'a> = $ty<'a>;

            #[inline]
            fn shorten<'s, 'l: 's>(value: &'s $ty<'l>) -> &'s $ty<'s> {
                value
            }
        }
    };
}

pub use crate::{
    __combinator as combinator, __drop_box as drop_box, __error_in_place as error_in_place, __from as from,
    __function as function, __lend as lend, __methods as methods, __rpc_error as rpc_error, __try_from as try_from,
    __view as view,
};
