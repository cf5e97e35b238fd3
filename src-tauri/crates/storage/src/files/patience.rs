//! Waiting for a program that looks at every file for a moment.
//!
//! On Windows a virus scanner, the indexer or a synchronising program opens a file right after it
//! was written. Renaming, replacing or removing it is refused in that moment and succeeds a little
//! later. Elsewhere nobody's looking stands in the way of these operations.

use std::io;
use std::time::Duration;

/// Pauses between the tries, together just under two seconds: longer than a scan, shorter than
/// what people take for a program that hangs.
const PAUSES: [u64; 8] = [10, 20, 40, 80, 160, 320, 500, 800];

/// `ERROR_ACCESS_DENIED`: also what Windows says of a file that is being removed.
pub(crate) const DENIED: i32 = 5;
/// `ERROR_SHARING_VIOLATION` and `ERROR_LOCK_VIOLATION`.
pub(crate) const HELD: [i32; 2] = [32, 33];
/// `ERROR_USER_MAPPED_FILE`: a program has the file in its memory.
const MAPPED: i32 = 1224;

/// Does something to a file, again and again for at most two seconds while another program holds
/// the file for a moment.
///
/// # Errors
/// That of the last try; any other error at once.
pub fn patiently<T>(operation: impl FnMut() -> io::Result<T>) -> io::Result<T> {
    // Parking ends early at worst, then the next try comes earlier.
    with(std::thread::park_timeout, cfg!(windows), operation)
}

/// True for an error that may be over in a moment. The numbers mean this only on Windows: 32 is a
/// broken pipe elsewhere.
pub(crate) fn is_momentary(error: &io::Error, windows: bool) -> bool {
    windows
        && error
            .raw_os_error()
            .is_some_and(|code| code == DENIED || code == MAPPED || HELD.contains(&code))
}

fn with<T>(
    mut pause: impl FnMut(Duration),
    windows: bool,
    mut operation: impl FnMut() -> io::Result<T>,
) -> io::Result<T> {
    for length in PAUSES {
        match operation() {
            Err(error) if is_momentary(&error, windows) => pause(Duration::from_millis(length)),
            done => return done,
        }
    }
    operation()
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    /// Runs an operation that fails so many times with an error of the system; gives what came of
    /// it, the number of tries and the time waited.
    fn trial(failures: u32, code: i32, windows: bool) -> (Result<u32, Option<i32>>, u32, Duration) {
        let (mut tries, mut waited) = (0, Duration::ZERO);
        let came = with(
            |pause| waited += pause,
            windows,
            || {
                tries += 1;
                if tries <= failures {
                    Err(io::Error::from_raw_os_error(code))
                } else {
                    Ok(tries)
                }
            },
        );
        (came.map_err(|error| error.raw_os_error()), tries, waited)
    }

    #[rstest]
    #[case(5)]
    #[case(32)]
    #[case(33)]
    #[case(1224)]
    fn antivirus_delays_are_waited_out(#[case] code: i32) {
        let (came, tries, waited) = trial(3, code, true);
        assert_eq!((came, tries), (Ok(4), 4));
        assert_eq!(waited, Duration::from_millis(70));
    }

    #[test]
    fn waiting_ends_after_nine_tries_and_two_seconds() {
        let (came, tries, waited) = trial(u32::MAX, 32, true);
        assert_eq!((came, tries), (Err(Some(32)), 9));
        assert!(waited < Duration::from_secs(2), "{waited:?}");
    }

    #[test]
    fn what_succeeds_or_fails_for_good_is_not_repeated() {
        assert_eq!(trial(0, 32, true), (Ok(1), 1, Duration::ZERO));
        // No such file, disk full: waiting does not help.
        for code in [2, 112] {
            assert_eq!(trial(1, code, true), (Err(Some(code)), 1, Duration::ZERO));
        }
        // A broken pipe of Linux has the number of a sharing violation of Windows.
        assert_eq!(trial(1, 32, false), (Err(Some(32)), 1, Duration::ZERO));
    }
}
