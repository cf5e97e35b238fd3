//! Undo.
/// What stands in the way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Obstacle;
