//! One program for one data folder: a second start hands its file to the first and ends.
//!
//! The first one holds the lock of a file for as long as it lives, and listens on this machine
//! alone. Where it listens and a word that it asks for stand in a file beside the lock, which only
//! those can read who can read the data folder.

use std::fs::{File, OpenOptions, TryLockError};
use std::hash::{BuildHasher as _, Hasher as _, RandomState};
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::JoinHandle;
use std::time::Duration;

use serde::{Deserialize, Serialize};

/// Answers to a second start.
const TAKEN: &str = "taken";
const ENDING: &str = "ending";

/// How often a start looks again when the first program comes or goes just then.
const ATTEMPTS: u32 = 25;

/// How long anybody waits for the other side: a program that hangs must not hang others.
const PATIENCE: Duration = Duration::from_secs(10);

/// What a start has to do.
pub(crate) enum Start {
    /// Be the program; others will call.
    First(First),
    /// The first one has taken the file: nothing is left to do.
    Handed,
    /// Be the program; others cannot be told apart in this folder.
    Alone,
}

/// The place of the first program, taken.
pub(crate) struct First {
    /// Held as long as this lives.
    _lock: File,
    listener: TcpListener,
    contact: Contact,
}

/// Keeps the place until it is given up.
pub(crate) struct Place {
    contact: Contact,
    ending: Arc<AtomicBool>,
    ended: Sender<()>,
    thread: JoinHandle<()>,
}

/// Where the first program listens, and the word that it asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Contact {
    port: u16,
    word: String,
}

/// What a second start says.
#[derive(Debug, Serialize, Deserialize)]
struct Call {
    word: String,
    file: Option<PathBuf>,
}

/// Takes the place of the first program of this data folder, or hands the file to the one that
/// has it.
#[must_use]
pub(crate) fn claim(data_dir: &Path, file: Option<&Path>) -> Start {
    for _ in 0..ATTEMPTS {
        let Ok(lock) = open(&data_dir.join("window.lock")) else {
            return Start::Alone;
        };
        match lock.try_lock() {
            Ok(()) => return first(data_dir, lock).map_or(Start::Alone, Start::First),
            Err(TryLockError::Error(_)) => return Start::Alone,
            Err(TryLockError::WouldBlock) => {}
        }
        // Whatever else comes back: the first program comes or goes at this moment.
        if contact(data_dir)
            .and_then(|contact| call(&contact, file))
            .is_ok_and(|answer| answer == TAKEN)
        {
            return Start::Handed;
        }
        std::thread::yield_now();
    }
    Start::Alone
}

fn open(path: &Path) -> std::io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    options.open(path)
}

fn first(data_dir: &Path, lock: File) -> std::io::Result<First> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    let chance = || RandomState::new().build_hasher().finish();
    let contact = Contact {
        port: listener.local_addr()?.port(),
        word: format!("{:016x}{:016x}", chance(), chance()),
    };
    std::fs::write(file_of(data_dir), serde_json::to_vec(&contact)?)?;
    Ok(First {
        _lock: lock,
        listener,
        contact,
    })
}

fn file_of(data_dir: &Path) -> PathBuf {
    data_dir.join("window.port")
}

fn contact(data_dir: &Path) -> std::io::Result<Contact> {
    Ok(serde_json::from_slice(&std::fs::read(file_of(data_dir))?)?)
}

impl First {
    /// Listens from now on, on a thread of its own: `called` gets what each second start brings.
    pub(crate) fn listen(self, called: impl Fn(Option<PathBuf>) + Send + 'static) -> Place {
        let ending = Arc::new(AtomicBool::new(false));
        let seen = Arc::clone(&ending);
        let (ended, wait) = channel();
        let contact = self.contact.clone();
        let thread = std::thread::spawn(move || serve(self, &seen, &wait, &called));
        Place {
            contact,
            ending,
            ended,
            thread,
        }
    }
}

fn serve(
    first: First,
    ending: &AtomicBool,
    ended: &Receiver<()>,
    called: &dyn Fn(Option<PathBuf>),
) {
    loop {
        let Ok((stream, _)) = first.listener.accept() else {
            // Without a way to listen the window still works, as one of several.
            return;
        };
        let is_ending = ending.load(Ordering::SeqCst);
        let answered = answer(&stream, &first.contact, is_ending);
        if is_ending {
            // The caller waits for the end of its stream, which comes when the place is free.
            // A sender that is gone has ended too.
            let _: Result<_, _> = ended.recv();
            drop(first);
            drop(stream);
            return;
        }
        if let Ok(file) = answered {
            called(file);
        }
    }
}

impl Place {
    /// Gives the place up once `work` is done: the next start is a first one, and starts in
    /// between wait for it.
    pub(crate) fn give_up(self, work: impl FnOnce()) {
        self.ending.store(true, Ordering::SeqCst);
        work();
        // A thread that is gone needs no word.
        let _: Result<_, _> = self.ended.send(());
        // Wakes the thread, unless a start did so already.
        drop(call(&self.contact, None));
        drop(self.thread.join());
    }
}

/// One second start: its file in, the answer out. Whoever does not know the word gets none.
fn answer(
    stream: &TcpStream,
    contact: &Contact,
    is_ending: bool,
) -> std::io::Result<Option<PathBuf>> {
    stream.set_read_timeout(Some(PATIENCE))?;
    let mut line = String::new();
    BufReader::new(stream.take(1 << 16)).read_line(&mut line)?;
    let call: Call = serde_json::from_str(&line)?;
    if call.word != contact.word {
        return Err(std::io::ErrorKind::PermissionDenied.into());
    }
    let mut out = stream;
    writeln!(out, "{}", if is_ending { ENDING } else { TAKEN })?;
    Ok(call.file)
}

/// Hands a file over and gives the answer; returns when an ending program has let go.
fn call(contact: &Contact, file: Option<&Path>) -> std::io::Result<String> {
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, contact.port));
    let stream = TcpStream::connect_timeout(&address, PATIENCE)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    let words = serde_json::to_string(&Call {
        word: contact.word.clone(),
        file: file.map(Path::to_owned),
    })?;
    let mut stream = BufReader::new(stream);
    writeln!(stream.get_mut(), "{words}")?;
    let mut answer = String::new();
    stream.read_line(&mut answer)?;
    if answer.trim() == ENDING {
        // An end in error is an end.
        drop(stream.read_to_end(&mut Vec::new()));
    }
    Ok(answer.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder() -> (tempfile::TempDir, PathBuf, PathBuf) {
        let folder = tempfile::tempdir().expect("temporary folder");
        let data = folder.path().join("数据 一");
        let other = folder.path().join("数据 二");
        for dir in [&data, &other] {
            std::fs::create_dir(dir).expect("folder");
        }
        (folder, data, other)
    }

    #[test]
    fn a_second_start_hands_its_file_over_and_other_folders_are_apart() {
        let (folder, data, other) = folder();
        let Start::First(first) = claim(&data, None) else {
            panic!("nobody else is there");
        };
        let (sender, calls) = channel();
        let place = first.listen(move |file| sender.send(file).expect("the test listens"));

        let file = folder.path().join("张 & 李.jgdb");
        assert!(matches!(claim(&data, Some(&file)), Start::Handed));
        assert_eq!(calls.recv().expect("called"), Some(file));
        assert!(matches!(claim(&data, None), Start::Handed));
        assert_eq!(calls.recv().expect("called"), None);
        assert!(matches!(claim(&other, None), Start::First(_)));

        let next = std::thread::scope(|scope| {
            let (begun, wait) = channel();
            let (data, other) = (&data, &other);
            let late = scope.spawn(move || {
                wait.recv().expect("begun");
                matches!(claim(data, Some(other)), Start::First(_))
            });
            // A start that comes while the first one is ending waits for it and is the next one.
            place.give_up(move || begun.send(()).expect("waited for"));
            late.join().expect("no panic")
        });
        assert!(next);
        assert!(matches!(claim(&data, None), Start::First(_)), "free again");
        assert!(calls.recv().is_err(), "giving up is no call");
    }

    #[test]
    fn strangers_are_not_heard_and_keep_nobody_away() {
        let (_folder, data, _) = folder();
        let Start::First(first) = claim(&data, None) else {
            panic!("nobody else is there");
        };
        let (sender, calls) = channel();
        let known = first.contact.clone();
        let place = first.listen(move |file| sender.send(file).expect("the test listens"));
        let wrong = Contact {
            word: "guessed".to_owned(),
            ..known.clone()
        };
        assert_eq!(call(&wrong, Some(&data)).unwrap_or_default(), "");
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, known.port));
        let mut stranger = TcpStream::connect(address).expect("connected");
        stranger.write_all(b"GET / HTTP/1.1\r\n\r\n").expect("said");
        drop(stranger);
        assert!(matches!(claim(&data, None), Start::Handed));
        assert_eq!(
            calls.recv().expect("called"),
            None,
            "the first that was heard"
        );
        place.give_up(|| {});
    }

    #[test]
    fn what_a_killed_program_left_is_no_obstacle() {
        let (_folder, data, _) = folder();
        std::fs::write(data.join("window.lock"), "").expect("written");
        std::fs::write(file_of(&data), r#"{"port":1,"word":"old"}"#).expect("written");
        assert!(matches!(claim(&data, None), Start::First(_)));
    }

    #[test]
    fn a_folder_that_cannot_be_written_keeps_nobody_from_starting() {
        let (_folder, data, _) = folder();
        let nowhere = data.join("没有");
        assert!(matches!(claim(&nowhere, None), Start::Alone));
    }
}
