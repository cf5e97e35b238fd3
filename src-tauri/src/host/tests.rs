//! The host around the session.

use std::sync::Arc;

use super::*;
use crate::dialog::{LEDGER, PDF, WORKBOOK};
use jiugai_api::SystemClock;

/// What the dialogs were asked, and one answer for all.
struct Asked {
    answer: Option<PathBuf>,
    folders: Arc<Mutex<Vec<Option<PathBuf>>>>,
}

impl Dialogs for Asked {
    fn open(&self, _: &str, _: &Filter, folder: Option<&Path>) -> Option<PathBuf> {
        held(&self.folders).push(folder.map(Path::to_owned));
        self.answer.clone()
    }

    fn save(
        &self,
        title: &str,
        _: &str,
        filter: &Filter,
        folder: Option<&Path>,
    ) -> Option<PathBuf> {
        self.open(title, filter, folder)
    }

    fn print(&self, _: &Path) -> Result<Handed, ApiError> {
        Ok(Handed::Reader)
    }

    fn show(&self, _: &Path) -> Result<(), ApiError> {
        Ok(())
    }
}

type Folders = Arc<Mutex<Vec<Option<PathBuf>>>>;

fn host(folder: &Path, answer: Option<PathBuf>) -> (Host, Folders) {
    let folders = Folders::default();
    let dialogs = Asked {
        answer,
        folders: Arc::clone(&folders),
    };
    let environment = Environment {
        data_dir: folder.join("数据"),
        font_dir: jiugai_api::font_dir(),
        system_fonts: Vec::new(),
        device: "测试机".to_owned(),
        clock: Arc::new(SystemClock),
    };
    (Host::new(environment, Box::new(dialogs)), folders)
}

fn name(host: &Host) -> Result<String, ErrorCode> {
    host.with(|session| session.ledger_status())
        .map(|status| status.name)
        .map_err(|error| error.code)
}

#[test]
fn the_start_tells_why_the_file_asked_for_is_not_open() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let (host, _) = host(folder.path(), None);
    let foreign = folder.path().join("不是台账.jgdb");
    std::fs::write(&foreign, "%PDF-1.7").expect("written");
    host.begin(Some(&foreign));
    assert_eq!(name(&host), Err(ErrorCode::NoLedger));
    let told = host.problem().expect("told");
    assert_eq!(told.code, ErrorCode::NotALedger);
    assert!(told.message.starts_with("“不是台账.jgdb”没有打开。"));

    let photo = folder.path().join("照片.jpg");
    std::fs::write(&photo, "x").expect("written");
    host.begin(Some(&photo));
    assert_eq!(host.problem().expect("told").code, ErrorCode::Invalid);
    host.begin(Some(&folder.path().join("没有.jgdb")));
    assert_eq!(host.problem().expect("told").code, ErrorCode::FileMissing);

    host.begin(None);
    assert_eq!(host.problem(), None);
    assert_eq!(name(&host), Ok("示例 五交化家属院".to_owned()));
}

#[test]
fn the_window_is_held_once_when_the_screen_asks_for_it() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let (host, _) = host(folder.path(), None);
    assert!(host.may_close());
    host.ask_before_closing(true);
    assert!(!host.may_close());
    // Closed again without an answer, it closes.
    assert!(host.may_close());
    host.ask_before_closing(true);
    host.ask_before_closing(false);
    assert!(host.may_close());
}

#[test]
fn a_workbook_waits_for_the_screen_and_is_given_once() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let (host, _) = host(folder.path(), None);
    let workbook = folder.path().join("摸底 & 汇总.xlsx");
    std::fs::write(&workbook, "x").expect("written");
    host.begin(Some(&workbook));
    assert_eq!(name(&host), Ok("示例 五交化家属院".to_owned()));
    let file = host.take_incoming().expect("judged").expect("waiting");
    assert_eq!(file.kind, IncomingKind::Workbook);
    assert_eq!(Path::new(&file.path), workbook);
    assert_eq!(host.take_incoming(), Ok(None));
    host.hand_in(folder.path().to_owned());
    assert!(host.take_incoming().is_err(), "a folder cannot be opened");
}

#[test]
fn dialogs_start_where_a_file_of_the_sort_was_chosen_last() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let chosen = folder.path().join("张 & 李");
    std::fs::create_dir(&chosen).expect("folder");
    let (host, folders) = host(folder.path(), Some(chosen.join("方案.pdf")));
    host.place("保存 PDF", "方案.pdf", &PDF).expect("answered");
    host.place("保存 PDF", "方案.pdf", &PDF).expect("answered");
    host.choose("选择摸底台账", &WORKBOOK).expect("answered");
    let asked = held(&folders).clone();
    assert_ne!(asked[0], Some(chosen.clone()));
    assert_eq!(asked[1], Some(chosen.clone()));
    assert_ne!(asked[2], Some(chosen));
}

#[test]
fn a_dialog_that_was_closed_is_no_choice() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let (host, _) = host(folder.path(), None);
    let closed = host.choose("打开台账", &LEDGER).expect_err("closed");
    assert_eq!(closed.code, ErrorCode::Cancelled);
}

#[test]
fn backups_are_made_beside_the_work_and_closing_waits_for_them() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let (host, _) = host(folder.path(), None);
    host.begin(None);
    host.wait_for_backups();
    let status = host
        .with(|session| session.ledger_status())
        .expect("status");
    assert!(!status.backup_running && status.last_backup.is_some());
    let backups = host.with(|session| session.backup_list()).expect("list");
    assert!(backups.len() == 1 && backups[0].verified);
    host.close();
    assert_eq!(name(&host), Err(ErrorCode::NoLedger));
}

#[test]
fn long_work_is_told_and_stopped_without_waiting_for_it() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let (host, _) = host(folder.path(), None);
    host.begin(None);
    let stopped: Result<(), ApiError> = host.long("导入", |session| {
        // The session is taken; another thread asks all the same.
        std::thread::scope(|scope| {
            let other = scope.spawn(|| (host.progress().now(), host.progress().stop()));
            let (told, may) = other.join().expect("asked");
            assert_eq!(told.map(|told| told.title), Some("导入"));
            assert!(may);
        });
        session
            .export_all(None, &folder.path().join("全部.xlsx"))
            .map(|_| ())
    });
    assert_eq!(
        stopped.map_err(|error| error.code),
        Err(ErrorCode::Cancelled)
    );
    assert!(!folder.path().join("全部.xlsx").exists());
    assert_eq!(host.progress().now(), None);
    assert!(host.backup().is_ok_and(|made| made.verified));
}

#[test]
fn a_panic_and_a_defect_leave_the_session_usable() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let (host, _) = host(folder.path(), None);
    host.begin(None);
    let told = host.with(|_| -> Result<(), ApiError> { panic!("on purpose") });
    assert_eq!(told, Err(ApiError::internal()));
    let told = host.with(|_| Err::<(), _>(ApiError::internal()));
    assert_eq!(told, Err(ApiError::internal()));
    assert!(name(&host).is_ok());
    let log = String::from_utf8(host.log.files()[0].1.clone()).expect("text");
    assert_eq!(
        log.matches(" defect version=").count(),
        1,
        "the panic is the hook's to tell: {log}"
    );
    assert!(log.contains("command=a_panic_and_a_defect_leave_the_session_usable"));
}
