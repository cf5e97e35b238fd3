//! One person at one machine with one open ledger.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::{DateTime, FixedOffset, Local, NaiveDate, NaiveDateTime};
use jiugai_domain::progress::Progress;
use jiugai_domain::{Duty, RecordId};
use jiugai_report::Fonts;
use jiugai_storage::query::check::CheckCache;
use jiugai_storage::query::{CountsCache, Kept as KeptFigures, OrderCache};
use jiugai_storage::{Ledger, Op, Password, Stamp, StorageError, wording};

use crate::background::Background;
use crate::import::Draft;
use crate::settings::{Kept, load};
use crate::wire::Changed;
use crate::{ApiError, ErrorCode};

/// Where time comes from: an argument, so that tests and papers can fix it.
pub trait Clock: Send + Sync {
    /// Now, in local time.
    fn now(&self) -> DateTime<FixedOffset>;
}

/// The clock of the machine.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> DateTime<FixedOffset> {
        Local::now().fixed_offset()
    }
}

/// What a host tells about the machine.
#[derive(Clone)]
pub struct Environment {
    /// Folder of settings, sample and backups.
    pub data_dir: PathBuf,
    /// Folder of the shipped fonts.
    pub font_dir: PathBuf,
    /// Folders where the system keeps its fonts: 仿宋、楷体、黑体、小标宋 are taken from there.
    pub system_fonts: Vec<PathBuf>,
    /// Name of the machine.
    pub device: String,
    /// Clock.
    pub clock: Arc<dyn Clock>,
}

/// One person at one machine with at most one open ledger.
pub struct Session {
    pub(crate) environment: Environment,
    pub(crate) kept: Kept,
    pub(crate) ledger: Option<Ledger>,
    pub(crate) order: OrderCache,
    pub(crate) counts: CountsCache,
    pub(crate) checks: CheckCache,
    pub(crate) summaries: KeptFigures,
    /// The damaged ledger that was to be opened last, and its newest good backup.
    pub(crate) damaged: Option<(PathBuf, PathBuf)>,
    /// The encrypted ledger that was to be opened last.
    pub(crate) locked: Option<PathBuf>,
    /// The password that opens encrypted ledgers, as long as it is being tried.
    pub(crate) offered: Option<Password>,
    /// The ledger with divided work that was to be opened last, and its password.
    pub(crate) waiting: Option<(PathBuf, Option<Password>)>,
    /// Who opens ledgers with divided work, and the PIN.
    pub(crate) entering: Option<(Duty, String)>,
    pub(crate) background: Background,
    pub(crate) progress: Progress,
    /// The file that was read last for an import.
    pub(crate) import: Option<Draft>,
    /// The questionnaire file that was read last.
    pub(crate) survey: Option<crate::survey::Incoming>,
    fonts: Option<Fonts>,
    /// Time that papers bear instead of now.
    dated: Option<DateTime<FixedOffset>>,
}

impl Session {
    /// A session without a ledger. Reads the settings of this computer.
    #[must_use]
    pub fn new(environment: Environment) -> Self {
        let kept = load(&environment.data_dir);
        Self {
            environment,
            kept,
            ledger: None,
            order: OrderCache::new(),
            counts: CountsCache::default(),
            checks: CheckCache::default(),
            summaries: KeptFigures::new("summary"),
            damaged: None,
            locked: None,
            offered: None,
            waiting: None,
            entering: None,
            background: Background::default(),
            progress: Progress::default(),
            import: None,
            survey: None,
            fonts: None,
            dated: None,
        }
    }

    pub(crate) fn now(&self) -> DateTime<FixedOffset> {
        self.environment.clock.now()
    }

    /// When papers are made, as they say it themselves: now, or as [`Session::date_papers`] set it.
    pub(crate) fn printed_at(&self) -> DateTime<FixedOffset> {
        self.dated.unwrap_or_else(|| self.now())
    }

    /// Papers from here on bear this local time instead of now, so that equal data gives equal bytes. The log keeps
    /// the true time.
    ///
    /// # Errors
    /// `invalid` when it is no time such as 2026-03-05 or 2026-03-05 09:30.
    pub fn date_papers(&mut self, at: &str) -> Result<(), ApiError> {
        let day = || at.parse::<NaiveDate>().ok()?.and_hms_opt(0, 0, 0);
        let local = NaiveDateTime::parse_from_str(&at.replace('T', " "), "%Y-%m-%d %H:%M")
            .ok()
            .or_else(day);
        let offset = *self.now().offset();
        self.dated = local.and_then(|local| local.and_local_timezone(offset).single());
        self.dated.map(|_| ()).ok_or_else(|| {
            ApiError::new(
                ErrorCode::Invalid,
                "时间没有看懂",
                format!("“{at}”不是时间。"),
                "请写成 2026-03-05 或者 2026-03-05 09:30。",
            )
        })
    }

    /// How far long work is; it may be looked at and stopped from any thread.
    #[must_use]
    pub fn progress(&self) -> Progress {
        self.progress.clone()
    }

    /// Who, where and when, for the log.
    pub(crate) fn stamp(&self) -> Stamp {
        Stamp {
            actor: self.kept.settings.actor.clone(),
            device: self.environment.device.clone(),
            at: self.now(),
        }
    }

    pub(crate) fn ledger(&self) -> Result<&Ledger, ApiError> {
        self.ledger.as_ref().ok_or_else(ApiError::no_ledger)
    }

    /// The open ledger for writing: opened anew when its stick or share was away and is back.
    pub(crate) fn ledger_to_write(&mut self) -> Result<&mut Ledger, ApiError> {
        let stamp = self.stamp();
        let ledger = self.ledger.as_mut().ok_or_else(ApiError::no_ledger)?;
        if ledger.reconnect(&stamp)? {
            self.order.clear();
        }
        Ok(ledger)
    }

    pub(crate) fn connection(&self) -> Result<&jiugai_storage::Connection, ApiError> {
        Ok(self.ledger()?.connection())
    }

    /// A fresh key.
    pub(crate) fn fresh(&self) -> Result<RecordId, ApiError> {
        Ok(jiugai_storage::log::fresh_id(
            self.connection()?,
            self.now(),
        )?)
    }

    /// Runs `work` as one named transaction, and makes the backup that half an hour of change asks for.
    pub(crate) fn write<T>(
        &mut self,
        op: &Op,
        work: impl FnOnce(&jiugai_storage::Connection) -> Result<T, StorageError>,
    ) -> Result<Changed<T>, ApiError> {
        let stamp = self.stamp();
        let changed = self.ledger_to_write()?.transact(op, &stamp, work)?;
        let sentence = wording::act_of(op);
        self.order.invalidate(&changed.scopes);
        let changed = wire(changed, sentence);
        self.backup_when_due();
        Ok(changed)
    }

    /// The shipped fonts, read once.
    pub(crate) fn fonts(&mut self) -> Result<&Fonts, ApiError> {
        if self.fonts.is_none() {
            let shipped = Fonts::load(&self.environment.font_dir)?;
            let found = crate::machine::office_fonts(&self.environment.system_fonts);
            self.fonts = Some(shipped.with_files(&found));
        }
        self.fonts.as_ref().ok_or_else(ApiError::internal)
    }

    pub(crate) fn backup_dir(&self) -> PathBuf {
        match self.kept.settings.backup_folder.as_str() {
            "" => self.environment.data_dir.join("backups"),
            folder => Path::new(folder).to_owned(),
        }
    }
}

pub(crate) fn wire<T>(changed: jiugai_storage::Changed<T>, sentence: String) -> Changed<T> {
    Changed {
        value: changed.value,
        scopes: changed.scopes,
        transaction: changed
            .transaction
            .and_then(|transaction| i32::try_from(transaction.seq).ok()),
        sentence,
    }
}
