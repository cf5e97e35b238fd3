//! Backups.
use crate::*;
use std::path::Path;
/// One backup.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Backup;
/// Why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason { Opening, BeforeMigration }
pub(crate) fn newest_good(_dir: &Path, _path: &Path) -> Option<Backup> { None }
impl Ledger { pub fn backup(&self, _: Reason, _: &Stamp) -> Result<(), StorageError> { Ok(()) } }
