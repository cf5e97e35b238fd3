//! The password of a ledger (密码): opening with it, setting, changing and removing it.

use jiugai_domain::Task;
use jiugai_storage::{Password, StorageError};

use crate::wire::{Cleared, LedgerStatus};
use crate::{ApiError, ErrorCode, Session};

/// Letters of a password at least and at most.
const LENGTH: std::ops::RangeInclusive<usize> = 8..=64;

/// A new password, long enough.
pub(crate) fn usable(new: &str) -> Result<Password, ApiError> {
    let letters = new.chars().count();
    let usable = Password::new(new).filter(|_| LENGTH.contains(&letters));
    usable.filter(|_| new.trim() == new).ok_or_else(|| {
        ApiError::new(
            ErrorCode::Invalid,
            "新密码不合适",
            format!(
                "密码要 {} 到 {} 个字，头尾不留空格。",
                LENGTH.start(),
                LENGTH.end()
            ),
            "请换一个，例如四个互不相干的词连起来。",
        )
    })
}

impl Session {
    /// Opens the encrypted ledger that was to be opened last.
    ///
    /// # Errors
    /// `wrongPassword`; those of opening.
    pub fn ledger_unlock(&mut self, password: &str) -> Result<LedgerStatus, ApiError> {
        let path = self.locked.clone().ok_or_else(ApiError::no_ledger)?;
        self.offer(password)?;
        let opened = self.ledger_open(&path);
        self.offered = None;
        opened
    }

    /// Keeps a password for the ledgers that are opened from now on, for a host without a screen.
    ///
    /// # Errors
    /// `wrongPassword` when it cannot be one.
    pub fn offer(&mut self, password: &str) -> Result<(), ApiError> {
        let offered = Password::new(password).ok_or(StorageError::WrongPassword)?;
        self.offered = Some(offered);
        Ok(())
    }

    /// Sets the password of the open ledger, or changes it; the present one is asked for.
    ///
    /// # Errors
    /// `wrongPassword`; `invalid` when the new one is too short; `readOnly`, `inUse`, `diskFull`,
    /// `backup`: the ledger is as it was then.
    pub fn password_set(&mut self, present: &str, new: &str) -> Result<LedgerStatus, ApiError> {
        self.password_change(present, Some(usable(new)?))
    }

    /// Removes the password of the open ledger; it is asked for.
    ///
    /// # Errors
    /// As [`Session::password_set`].
    pub fn password_remove(&mut self, present: &str) -> Result<LedgerStatus, ApiError> {
        self.password_change(present, None)
    }

    fn password_change(
        &mut self,
        present: &str,
        new: Option<Password>,
    ) -> Result<LedgerStatus, ApiError> {
        self.ledger()?.allow(Task::Keep)?;
        let stamp = self.stamp();
        let watch = self.background.watch();
        let ledger = self.ledger_to_write()?;
        if ledger.has_password() && !ledger.is_password(Password::new(present).as_ref()) {
            return Err(StorageError::WrongPassword.into());
        }
        {
            let _turn = watch.turn();
            ledger.set_password(new, &stamp)?;
        }
        self.order.clear();
        self.ledger_status()
    }

    /// Removes the backups that the present password does not protect: those made without one, and
    /// those with an earlier one. One with the present password is made first.
    ///
    /// # Errors
    /// `noLedger`, `backup`, those of the disk.
    pub fn backup_clear_foreign(&mut self) -> Result<Cleared, ApiError> {
        self.ledger()?.allow(Task::Keep)?;
        self.backup(jiugai_storage::backup::Reason::Manual)?;
        let watch = self.background.watch();
        let _turn = watch.turn();
        let count = self.ledger()?.remove_foreign_backups()?;
        Ok(Cleared {
            count: crate::text::small(count),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::KindCode;
    use crate::testing::{bare, edit};

    #[test]
    fn a_password_is_asked_for_at_opening_and_before_it_changes() {
        let (folder, mut session) = bare();
        let path = folder.path().join("台账.jgdb");
        session.ledger_create(&path).expect("new ledger");
        let name = [("name", "示例家属院")];
        let compound = edit(KindCode::Compound, None, None, &name);
        session.record_edit(&compound).expect("edit");
        let short = session
            .password_set("", "七个字的密码呀")
            .expect_err("too short");
        assert_eq!(short.code, ErrorCode::Invalid);
        let status = session.password_set("", "一二三四五六七八").expect("set");
        assert!(status.has_password);
        let wrong = session
            .password_set("别的", "八七六五四三二一")
            .expect_err("wrong");
        assert_eq!(wrong.code, ErrorCode::WrongPassword);
        let covers = |session: &Session| -> Vec<String> {
            let backups = session.backup_list().expect("backups");
            backups.into_iter().map(|backup| backup.cover).collect()
        };
        assert_eq!(covers(&session), ["没有密码"]);
        assert_eq!(session.backup_clear_foreign().expect("removed").count, 1);
        assert_eq!(covers(&session), ["有密码"]);
        session.ledger_close().expect("closed");

        let asked = session.ledger_open(&path).expect_err("needs it");
        assert_eq!(asked.code, ErrorCode::PasswordNeeded);
        let wrong = session.ledger_unlock("一二三四五六七").expect_err("wrong");
        assert_eq!(wrong.code, ErrorCode::WrongPassword);
        let status = session.ledger_unlock("一二三四五六七八").expect("opens");
        assert!(status.has_password && status.undo.is_some());
        session.history_undo().expect("undone");
        session.history_redo().expect("brought again");
        assert_eq!(
            session.ledger_unlock("x").expect_err("none").code,
            ErrorCode::NoLedger
        );

        let wrong = session.password_remove("一二三").expect_err("wrong");
        assert_eq!(wrong.code, ErrorCode::WrongPassword);
        let status = session
            .password_remove("一二三四五六七八")
            .expect("removed");
        assert!(!status.has_password);
        session.ledger_close().expect("closed");
        assert!(!session.ledger_open(&path).expect("plain").has_password);
    }
}
