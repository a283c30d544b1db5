//! Decimals in documents: canonical texts, without trailing zeros.

use rust_decimal::Decimal;
use serde::{Serialize, Serializer};

pub(super) fn text<S: Serializer>(value: &Decimal, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(&value.normalize())
}

#[allow(clippy::ref_option, reason = "the form that serde asks for")]
pub(super) fn text_if_any<S: Serializer>(value: &Option<Decimal>, serializer: S) -> Result<S::Ok, S::Error> {
    value.map(|value| alloc::format!("{}", value.normalize())).serialize(serializer)
}
