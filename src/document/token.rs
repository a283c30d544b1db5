//! The words that stand for values in documents.

/// The word of a value among all words with their values; empty for a value that has none.
pub(crate) fn token_of<'w, T: Copy + PartialEq>(words: &[(&'w str, T)], value: T) -> &'w str {
    words.iter().find(|(_, one)| *one == value).map_or("", |(token, _)| *token)
}

/// Types with a list `ALL` of words and values show themselves as their words.
macro_rules! shown_as_tokens {
    ($($name:ident)*) => {$(
        impl $name {
            /// The token that stands for it in documents.
            pub fn as_str(self) -> &'static str {
                $crate::document::token_of(&Self::ALL, self)
            }
        }

        impl core::fmt::Display for $name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.pad(self.as_str())
            }
        }
    )*};
}

pub(crate) use shown_as_tokens;
