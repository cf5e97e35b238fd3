//! 分工与口令: who does what in a ledger, told by a PIN. PINs divide the work; they encrypt nothing.

use std::path::Path;

use chrono::{DateTime, FixedOffset, TimeDelta};
use jiugai_domain::text::normalize;
use jiugai_domain::{Duty, Task};
use jiugai_storage::{Ledger, Mode, Password, StorageError};
use pbkdf2::pbkdf2_hmac;
use serde::{Deserialize, Serialize};
use sha2::Sha256;

use crate::text::minute;
use crate::wire::{DutyNote, DutyView, LedgerStatus};
use crate::{ApiError, ErrorCode, Session};

/// Name of the fact under which a ledger keeps its PINs.
const FACT: &str = "duties";
/// Digits of a PIN.
const DIGITS: std::ops::RangeInclusive<usize> = 4..=8;
/// Letters of a reason.
const REASON: std::ops::RangeInclusive<usize> = 4..=100;
/// Rounds of PBKDF2-HMAC-SHA256 for a PIN that is set now: a few tenths of a second.
const ROUNDS: u32 = if cfg!(test) { 1_000 } else { 300_000 };
/// Wrong PINs before waiting begins.
const FREE_TRIES: u32 = 3;
/// Seconds to wait after the first wrong PIN too many; they double.
const FIRST_WAIT: i64 = 5;
/// Seconds to wait at most: nobody is locked out for ever.
const LONGEST_WAIT: i64 = 300;
/// Notes that are kept.
const MOST_NOTES: usize = 50;

/// The PINs of a ledger.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Pins {
    planner: Option<Pin>,
    recorder: Option<Pin>,
    #[serde(default)]
    reader: Option<Pin>,
    #[serde(default)]
    wrong: u32,
    #[serde(default)]
    wrong_at: Option<DateTime<FixedOffset>>,
    #[serde(default)]
    notes: Vec<DutyNote>,
}

/// A PIN, as nobody can read it.
#[derive(Debug, Serialize, Deserialize)]
struct Pin {
    salt: String,
    rounds: u32,
    hash: [u8; 32],
}

impl Pin {
    fn matches(&self, digits: &str) -> bool {
        hash(digits, &self.salt, self.rounds) == self.hash
    }
}

impl Pins {
    fn of(ledger: &Ledger) -> Result<Self, ApiError> {
        // What cannot be read any more must not keep anybody from the own data.
        let kept = ledger.fact(FACT)?;
        Ok(kept
            .and_then(|json| serde_json::from_str(&json).ok())
            .unwrap_or_default())
    }

    fn keep(&self, ledger: &Ledger) -> Result<(), ApiError> {
        let json = serde_json::to_string(self).map_err(|_| ApiError::internal())?;
        Ok(ledger.set_fact(FACT, &json)?)
    }

    fn pin(&mut self, duty: Duty) -> &mut Option<Pin> {
        match duty {
            Duty::Planner => &mut self.planner,
            Duty::Recorder => &mut self.recorder,
            Duty::Reader => &mut self.reader,
        }
    }

    fn note(&mut self, session: &Session, what: String) {
        let note = DutyNote {
            at: minute(session.now()),
            actor: session.kept.settings.actor.clone(),
            what,
        };
        self.notes.insert(0, note);
        self.notes.truncate(MOST_NOTES);
    }

    /// How long nobody may try again. A clock that was set back makes it no longer than the longest.
    fn wait(&self, now: DateTime<FixedOffset>) -> i64 {
        let (Some(at), Some(over)) = (self.wrong_at, self.wrong.checked_sub(FREE_TRIES)) else {
            return 0;
        };
        let wait = (FIRST_WAIT << over.min(10)).min(LONGEST_WAIT);
        let left = at + TimeDelta::seconds(wait) - now;
        left.num_seconds().clamp(0, LONGEST_WAIT)
    }
}

/// Whether the work in a ledger is divided.
pub(crate) fn is_divided(ledger: &Ledger) -> Result<bool, ApiError> {
    Ok(Pins::of(ledger)?.planner.is_some())
}

fn hash(digits: &str, salt: &str, rounds: u32) -> [u8; 32] {
    let mut hash = [0; 32];
    pbkdf2_hmac::<Sha256>(digits.as_bytes(), salt.as_bytes(), rounds, &mut hash);
    hash
}

fn refused(title: &str, message: &str, next: &str) -> ApiError {
    ApiError::new(ErrorCode::Invalid, title, message, next)
}

/// A reason as it was typed, long enough.
fn reason(typed: &str) -> Result<String, ApiError> {
    let reason = normalize(typed);
    if REASON.contains(&reason.chars().count()) {
        return Ok(reason);
    }
    Err(refused(
        "口令没有取消",
        "要写明为什么取消，4 到 100 个字。",
        "请写一句，如“王工调走，没有交接口令”。",
    ))
}

impl Session {
    /// Lets the person into a ledger that is being opened, when the work in it is not divided or the PIN is right.
    pub(crate) fn admit(&mut self, ledger: &Ledger, path: &Path) -> Result<(), ApiError> {
        if !is_divided(ledger)? {
            return Ok(());
        }
        let admitted = match self.entering.clone() {
            Some((duty, pin)) => self.check_pin(ledger, duty, &pin),
            None => Err(ApiError::new(
                ErrorCode::DutyNeeded,
                "这本账分了工",
                "打开以前要选身份、输入口令。",
                "口令由规划员设置，是 4 到 8 位数字。",
            )),
        };
        if admitted.is_err() {
            self.waiting = Some((path.to_owned(), self.offered.clone()));
        }
        admitted
    }

    /// Compares a PIN, counts what is wrong, and sets what the person may do.
    fn check_pin(&self, ledger: &Ledger, duty: Duty, pin: &str) -> Result<(), ApiError> {
        let mut pins = Pins::of(ledger)?;
        let wait = pins.wait(self.now());
        if wait > 0 {
            return Err(ApiError::new(
                ErrorCode::WrongPin,
                "请等一会儿再试",
                format!("口令接连输错了 {} 次。", pins.wrong),
                format!("请过 {wait} 秒再试，不会一直锁住。"),
            ));
        }
        let right = match pins.pin(duty) {
            Some(kept) => kept.matches(&normalize(pin)),
            None => {
                return Err(refused(
                    "还没有这个身份",
                    &format!("这本账没有给{}设口令。", duty.label()),
                    "请选别的身份，或者请规划员在“设置”里设一个。",
                ));
            }
        };
        if right {
            ledger.set_duty(duty)?;
            if pins.wrong > 0 {
                pins.wrong = 0;
                pins.wrong_at = None;
                self.keep_tries(ledger, &pins)?;
            }
            return Ok(());
        }
        pins.wrong = pins.wrong.saturating_add(1);
        pins.wrong_at = Some(self.now());
        self.keep_tries(ledger, &pins)?;
        Err(ApiError::new(
            ErrorCode::WrongPin,
            "口令不对",
            format!("{}的口令不是这个。", duty.label()),
            "请再输一次；规划员口令忘了，可以写明理由取消口令。",
        ))
    }

    /// A ledger that is only read counts nothing.
    fn keep_tries(&self, ledger: &Ledger, pins: &Pins) -> Result<(), ApiError> {
        match ledger.read_only() {
            Some(_) => Ok(()),
            None => pins.keep(ledger),
        }
    }

    /// Keeps a duty and its PIN for the ledgers that are opened from now on, for a host without a screen.
    pub fn enter_as(&mut self, duty: Duty, pin: &str) {
        self.entering = Some((duty, pin.to_owned()));
    }

    /// Opens the ledger with divided work that was to be opened last.
    ///
    /// # Errors
    /// `wrongPin`; `noLedger`; those of opening.
    pub fn duty_enter(&mut self, duty: Duty, pin: &str) -> Result<LedgerStatus, ApiError> {
        let (path, password) = self.waiting.clone().ok_or_else(ApiError::no_ledger)?;
        self.offered = password;
        self.enter_as(duty, pin);
        let opened = self.ledger_open(&path);
        self.offered = None;
        self.entering = None;
        opened
    }

    /// Goes on in the open ledger with another duty.
    ///
    /// # Errors
    /// `wrongPin`; `invalid` when that duty has no PIN; `noLedger`.
    pub fn duty_switch(&mut self, duty: Duty, pin: &str) -> Result<LedgerStatus, ApiError> {
        self.check_pin(self.ledger()?, duty, pin)?;
        // What was found by whole names is not shown to who reads masked ones.
        self.order.clear();
        self.import = None;
        self.survey = None;
        self.ledger_status()
    }

    /// Which duties have a PIN, and what was done about PINs.
    ///
    /// # Errors
    /// `noLedger`.
    pub fn duty_get(&self) -> Result<DutyView, ApiError> {
        let mut pins = Pins::of(self.ledger()?)?;
        let duties = Duty::ALL.into_iter();
        Ok(DutyView {
            duties: duties.filter(|duty| pins.pin(*duty).is_some()).collect(),
            notes: std::mem::take(&mut pins.notes),
        })
    }

    /// Sets or changes a PIN. The planner's comes first, and divides the work.
    ///
    /// # Errors
    /// `invalid` when it is no PIN, is that of the other duty, or the planner has none yet; `notOfDuty`; `readOnly`.
    pub fn duty_set(&mut self, duty: Duty, pin: &str) -> Result<LedgerStatus, ApiError> {
        self.ledger()?.allow(Task::Keep)?;
        let digits = normalize(pin);
        let usable = digits.bytes().all(|byte| byte.is_ascii_digit());
        if !usable || !DIGITS.contains(&digits.len()) {
            return Err(refused(
                "口令不合适",
                "口令要 4 到 8 位数字。",
                "请换一个，不要用门牌号、生日和 1234。",
            ));
        }
        self.ledger_to_write()?;
        let ledger = self.ledger()?;
        let mut pins = Pins::of(ledger)?;
        if duty != Duty::Planner && pins.planner.is_none() {
            return Err(refused(
                "先设规划员口令",
                "规划员管这本账，还没有口令。",
                "请先给规划员设口令，再给别的身份设。",
            ));
        }
        for other in Duty::ALL.into_iter().filter(|other| *other != duty) {
            if pins
                .pin(other)
                .as_ref()
                .is_some_and(|pin| pin.matches(&digits))
            {
                return Err(refused(
                    "口令不合适",
                    &format!("{}已经用了这个口令。", other.label()),
                    "各个身份的口令要不一样，请换一个。",
                ));
            }
        }
        let salt = self.fresh()?.to_string();
        let had = pins.pin(duty).is_some();
        let hash = hash(&digits, &salt, ROUNDS);
        *pins.pin(duty) = Some(Pin {
            salt,
            rounds: ROUNDS,
            hash,
        });
        let verb = if had { "换了" } else { "设了" };
        pins.note(self, format!("{verb}{}口令", duty.label()));
        pins.keep(ledger)?;
        self.ledger_status()
    }

    /// Removes a PIN; without that of the planner the work is not divided any more.
    ///
    /// # Errors
    /// `notOfDuty`; `readOnly`.
    pub fn duty_remove(&mut self, duty: Duty) -> Result<LedgerStatus, ApiError> {
        self.ledger()?.allow(Task::Keep)?;
        self.ledger_to_write()?;
        let ledger = self.ledger()?;
        let mut pins = Pins::of(ledger)?;
        *pins.pin(duty) = None;
        if duty == Duty::Planner {
            pins.recorder = None;
            pins.reader = None;
        }
        pins.note(self, format!("取消了{}口令", duty.label()));
        pins.keep(ledger)?;
        self.ledger_status()
    }

    /// Removes the PINs of the ledger that waits to be opened, for nobody knows the planner's any more, and opens it.
    /// Who got so far has the file and its password, which alone protects it.
    ///
    /// # Errors
    /// `invalid` without a reason; `noLedger`; `readOnly`, `inUse`; those of opening.
    pub fn duty_forget(&mut self, why: &str) -> Result<LedgerStatus, ApiError> {
        let (path, password) = self.waiting.clone().ok_or_else(ApiError::no_ledger)?;
        let why = reason(why)?;
        self.offered = password;
        let cleared = self.open_and_forget(&path, &why);
        let opened = cleared.and_then(|()| self.ledger_open(&path));
        self.offered = None;
        opened
    }

    fn open_and_forget(&self, path: &Path, why: &str) -> Result<(), ApiError> {
        let options = self.open_options(Mode::ReadWrite);
        let ledger = Ledger::open(path, &options, &self.stamp())?;
        self.forget_in(&ledger, why)?;
        Ok(ledger.close()?)
    }

    /// The same in the open ledger, where its password is asked for.
    ///
    /// # Errors
    /// `wrongPassword`; `invalid` without a reason; `readOnly`.
    pub fn duty_forget_open(
        &mut self,
        password: &str,
        why: &str,
    ) -> Result<LedgerStatus, ApiError> {
        let why = reason(why)?;
        self.ledger_to_write()?;
        let ledger = self.ledger()?;
        if ledger.has_password() && !ledger.is_password(Password::new(password).as_ref()) {
            return Err(StorageError::WrongPassword.into());
        }
        self.forget_in(ledger, &why)?;
        ledger.set_duty(Duty::Planner)?;
        self.order.clear();
        self.ledger_status()
    }

    fn forget_in(&self, ledger: &Ledger, why: &str) -> Result<(), ApiError> {
        let mut pins = Pins::of(ledger)?;
        let notes = std::mem::take(&mut pins.notes);
        let mut cleared = Pins {
            notes,
            ..Pins::default()
        };
        cleared.note(self, format!("没有用口令就取消了全部口令，理由：{why}"));
        cleared.keep(ledger)
    }
}

#[cfg(test)]
mod masked;
#[cfg(test)]
mod tests;
