//! Files as people's machines have them: names and paths of Windows, programs that hold a file
//! for a moment, and writing a file whole or not at all.
//!
//! What Windows does differently is decided by functions over text and error numbers, so that it
//! is tested on every system; only the last call is the system's own.

pub mod name;
pub mod path;
pub mod patience;
pub mod write;

pub use name::NameFault;
pub use path::{display, same_file};
pub use patience::patiently;
pub use write::{WriteError, write_whole};
