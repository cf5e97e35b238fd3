//! The cross-crate suite: one binary, one module per subject.

mod bench;
mod tidy;
