//! The session behind the commands, guarded against panics, and the thread of its backups.

use std::any::type_name;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Sender, channel};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use jiugai_api::wire::{BackupEntry, IncomingFile, IncomingKind};
use jiugai_api::{ApiError, BackupJob, Environment, ErrorCode, Intake, Log, Progress, Session};

use crate::crash;
use crate::dialog::{Dialogs, Filter, Handed};

/// How long closing waits for a backup on its way. One that is cut off leaves a half copy under
/// another name, which the next backup sweeps away.
const LAST_BACKUP: Duration = Duration::from_secs(20);

/// One session, shared by the commands of the window.
pub struct Host {
    session: Mutex<Session>,
    dialogs: Box<dyn Dialogs>,
    log: Log,
    backups: Sender<Task>,
    /// Why the ledger that was asked for at the start is not open.
    problem: Mutex<Option<ApiError>>,
    /// A file that came from outside and that the screen has not seen yet.
    incoming: Mutex<Option<PathBuf>>,
    /// How far long work in the session is.
    progress: Progress,
    /// Photos that are being taken in, beside the session.
    intake: Intake,
    /// The screen wants to be asked before the window closes.
    asks: AtomicBool,
}

enum Task {
    Backup(BackupJob),
    /// Everything before it is done.
    Mark(Sender<()>),
}

impl Host {
    /// A host without a ledger.
    #[must_use]
    pub fn new(environment: Environment, dialogs: Box<dyn Dialogs>) -> Self {
        let mut session = Session::new(environment);
        session.defer_backups();
        Self {
            log: session.log(),
            progress: session.progress(),
            session: Mutex::new(session),
            dialogs,
            backups: backup_thread(),
            problem: Mutex::new(None),
            incoming: Mutex::new(None),
            intake: Intake::default(),
            asks: AtomicBool::new(false),
        }
    }

    /// Opens what the person will want to see first: the ledger asked for, else the last one that
    /// is still there, else the sample. When that does not open, the start screen tells why. A
    /// workbook waits for the screen, to be imported.
    pub fn begin(&self, asked: Option<&Path>) {
        let ledger = match asked.map(|path| jiugai_api::judge(&[path.to_owned()])) {
            Some(Ok(file)) if file.kind == IncomingKind::Ledger => {
                Ok(Some(PathBuf::from(file.path)))
            }
            Some(Ok(file)) => {
                self.hand_in(PathBuf::from(file.path));
                Ok(None)
            }
            Some(Err(error)) => Err(error),
            None => Ok(None),
        };
        let opened = ledger.and_then(|ledger| {
            self.with(|session| match ledger {
                Some(path) => session
                    .ledger_open(&path)
                    .map_err(|error| named(&path, error)),
                None => match session
                    .ledger_recent()
                    .into_iter()
                    .find(|recent| recent.exists)
                {
                    Some(recent) => session.ledger_open(Path::new(&recent.path)),
                    None => session.ledger_open_sample(),
                },
            })
        });
        *held(&self.problem) = opened.err();
    }

    /// Why no ledger was open after the start.
    pub fn problem(&self) -> Option<ApiError> {
        held(&self.problem).clone()
    }

    /// The screen shows something that may not be stored yet, or no longer does.
    pub fn ask_before_closing(&self, asks: bool) {
        self.asks.store(asks, Ordering::Relaxed);
    }

    /// Whether the window may close at once. The screen is asked one time: who closes the window again, or a
    /// screen that does not answer, is not held.
    pub fn may_close(&self) -> bool {
        !self.asks.swap(false, Ordering::Relaxed)
    }

    /// A file from outside; the screen asks for it.
    pub fn hand_in(&self, path: PathBuf) {
        *held(&self.incoming) = Some(path);
    }

    /// The file that came from outside, once.
    ///
    /// # Errors
    /// `invalid`, `fileMissing` when it is nothing that can be opened.
    pub fn take_incoming(&self) -> Result<Option<IncomingFile>, ApiError> {
        let path = held(&self.incoming).take();
        path.map(|path| jiugai_api::judge(&[path])).transpose()
    }

    /// Runs a use case. A panic inside becomes a coded error; the session stays usable. Backups
    /// that it asks for are made on their own thread.
    ///
    /// # Errors
    /// Those of the use case; `internal` after a panic.
    pub fn with<T, W: FnOnce(&mut Session) -> Result<T, ApiError>>(
        &self,
        work: W,
    ) -> Result<T, ApiError> {
        self.run(type_name::<W>(), work)
    }

    /// The same for work that may take long: whoever waits sees how far it is and may stop it.
    ///
    /// # Errors
    /// Those of the use case; `cancelled` when it was stopped; `internal` after a panic.
    pub fn long<T, W: FnOnce(&mut Session) -> Result<T, ApiError>>(
        &self,
        title: &'static str,
        work: W,
    ) -> Result<T, ApiError> {
        self.run(type_name::<W>(), |session| {
            let _going = session.progress().begin(title);
            work(session)
        })
    }

    /// How far long work is, without waiting for it.
    #[must_use]
    pub fn progress(&self) -> &Progress {
        &self.progress
    }

    /// Makes a backup beside the work.
    ///
    /// # Errors
    /// `noLedger`, `backup`, `diskFull`; `internal` after a panic.
    pub fn backup(&self) -> Result<BackupEntry, ApiError> {
        let job = self.with(|session| session.backup_by_hand())?;
        catch_unwind(AssertUnwindSafe(|| job.make())).unwrap_or_else(|_| Err(ApiError::internal()))
    }

    fn run<T>(
        &self,
        name: &'static str,
        work: impl FnOnce(&mut Session) -> Result<T, ApiError>,
    ) -> Result<T, ApiError> {
        let command = crash::command_of(name);
        let mut session = held(&self.session);
        let outcome = crash::during(command, || {
            catch_unwind(AssertUnwindSafe(|| work(&mut session)))
        });
        for job in session.take_backups() {
            // A thread that is gone makes no backups; the status goes on telling how old the last is.
            drop(self.backups.send(Task::Backup(job)));
        }
        drop(session);
        let Ok(outcome) = outcome else {
            // The log has the panic itself.
            return Err(ApiError::internal());
        };
        if outcome
            .as_ref()
            .is_err_and(|error| error.code == ErrorCode::Internal)
        {
            crash::defect(&self.log, command);
        }
        outcome
    }

    /// Closes the ledger.
    pub fn close(&self) {
        // What the disk says at the end reaches nobody; everything was stored when it was typed.
        drop(self.with(Session::ledger_close));
    }

    /// Waits until the backups asked for so far are made, but not for ever.
    pub fn wait_for_backups(&self) {
        let (done, wait) = channel();
        if self.backups.send(Task::Mark(done)).is_ok() {
            // Too long: it is cut off.
            let _: Result<_, _> = wait.recv_timeout(LAST_BACKUP);
        }
    }

    /// Photos that are being taken in.
    #[must_use]
    pub fn intake(&self) -> &Intake {
        &self.intake
    }

    /// Asks the person for a file to open.
    ///
    /// # Errors
    /// `cancelled`.
    pub fn choose(&self, title: &str, filter: &Filter) -> Result<PathBuf, ApiError> {
        let folder = self.folder(filter);
        let chosen = self.dialogs.open(title, filter, folder.as_deref());
        self.chosen(filter, chosen)
    }

    /// Asks the person for one or several files.
    ///
    /// # Errors
    /// `cancelled`.
    pub fn choose_many(&self, title: &str, filter: &Filter) -> Result<Vec<PathBuf>, ApiError> {
        let folder = self.folder(filter);
        let chosen = self.dialogs.open_many(title, filter, folder.as_deref());
        self.chosen(filter, chosen.first().cloned())?;
        Ok(chosen)
    }

    /// Asks the person where to write a file.
    ///
    /// # Errors
    /// `cancelled`.
    pub fn place(&self, title: &str, name: &str, filter: &Filter) -> Result<PathBuf, ApiError> {
        let folder = self.folder(filter);
        let chosen = self.dialogs.save(title, name, filter, folder.as_deref());
        self.chosen(filter, chosen)
    }

    fn folder(&self, filter: &Filter) -> Option<PathBuf> {
        held(&self.session).folder_for(sort(filter))
    }

    fn chosen(&self, filter: &Filter, chosen: Option<PathBuf>) -> Result<PathBuf, ApiError> {
        let path = chosen.ok_or_else(ApiError::cancelled)?;
        held(&self.session).remember_folder(sort(filter), &path);
        Ok(path)
    }

    /// Hands a file to the system's printing.
    ///
    /// # Errors
    /// `report` when the system has no program for it.
    pub fn print(&self, path: &Path) -> Result<Handed, ApiError> {
        self.dialogs.print(path)
    }

    /// Shows a folder.
    ///
    /// # Errors
    /// `io` when the system has no program for it.
    pub fn show(&self, folder: &Path) -> Result<(), ApiError> {
        self.dialogs.show(folder)
    }
}

fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// At the start nobody has just chosen the file: it is named.
fn named(path: &Path, mut error: ApiError) -> ApiError {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    if !error.message.contains(&*name) {
        error.message = format!("“{name}”没有打开。{}", error.message);
    }
    error
}

/// The sort of file that folders are remembered for.
fn sort(filter: &Filter) -> &'static str {
    filter.extensions.first().copied().unwrap_or_default()
}

/// Makes backups one after the other beside the work, as long as the host lives.
fn backup_thread() -> Sender<Task> {
    let (sender, tasks) = channel();
    std::thread::spawn(move || {
        for task in tasks {
            match task {
                // A panic has been logged; the next backup is another matter.
                Task::Backup(job) => drop(catch_unwind(AssertUnwindSafe(|| job.run()))),
                // Nobody waits any more: nothing to tell.
                Task::Mark(done) => drop(done.send(())),
            }
        }
    });
    sender
}

#[cfg(test)]
mod tests;
