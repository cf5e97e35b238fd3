//! Tables as people make them.

mod sample;
