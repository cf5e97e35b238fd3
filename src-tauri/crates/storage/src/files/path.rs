//! Paths: long ones, the ones that mean the same file, and how they are shown.

use std::path::{Path, PathBuf};

use super::name;

/// Characters (UTF-16) of a path up to which every call of Windows takes it as it is: 260 less the
/// end mark and what SQLite puts behind a name (`-journal`, `-wal`), and less the 8.3 name that a
/// folder must leave room for.
const PLAIN: usize = 235;

/// Bytes that SQLite takes of a path outside Windows, less what it puts behind the name.
const SQLITE_BYTES: usize = 512 - 24;

const PREFIX: &str = r"\\?\";
const SHARE: &str = r"\\?\UNC\";

/// A path of Windows without the mark of long paths, as people know it.
#[must_use]
pub fn shown(path: &str) -> String {
    if let Some(start) = path.get(..SHARE.len())
        && start.eq_ignore_ascii_case(SHARE)
    {
        return format!(r"\\{}", &path[SHARE.len()..]);
    }
    path.strip_prefix(PREFIX).unwrap_or(path).to_owned()
}

/// The form of an absolute path of Windows in which SQLite may have it: as it is while it is
/// short, otherwise with the mark of long paths. The mark also keeps Windows from reading a
/// device or a shortened name into it.
#[must_use]
pub fn for_windows(path: &str) -> String {
    let plain = shown(path).replace('/', r"\");
    let harmless = plain
        .split('\\')
        .skip(1)
        .filter(|part| !part.is_empty())
        .all(|part| name::fault(part).is_none());
    if plain.encode_utf16().count() <= PLAIN && harmless {
        return plain;
    }
    match plain.strip_prefix(r"\\") {
        Some(share) => format!("{SHARE}{share}"),
        None => format!("{PREFIX}{plain}"),
    }
}

/// Two paths of Windows with the same key mean the same file: case and mark do not count.
/// Elsewhere case counts.
#[must_use]
pub fn key(path: &str, windows: bool) -> String {
    if windows {
        shown(path).replace('/', r"\").to_lowercase()
    } else {
        path.to_owned()
    }
}

/// The path behind links, short names (`TAIZHA~1.JGD`) and mapped drives (`Z:`), as far as it
/// exists; a file that is yet to be made lies in its folder.
#[must_use]
pub fn real(path: &Path) -> PathBuf {
    let found = path.canonicalize().or_else(|_| {
        let absolute = std::path::absolute(path)?;
        let folder = absolute.parent().unwrap_or(&absolute).canonicalize()?;
        std::io::Result::Ok(folder.join(absolute.file_name().unwrap_or_default()))
    });
    found
        .or_else(|_| std::path::absolute(path))
        .unwrap_or_else(|_| path.to_owned())
}

/// What two paths of the same file have in common.
#[must_use]
pub fn identity(path: &Path) -> String {
    key(&real(path).to_string_lossy(), cfg!(windows))
}

/// True when both paths lead to the same file, whatever their case, mark, short name or link.
#[must_use]
pub fn same_file(one: &Path, other: &Path) -> bool {
    one == other || identity(one) == identity(other)
}

/// A path as people read it.
#[must_use]
pub fn display(path: &Path) -> String {
    let text = path.to_string_lossy();
    if cfg!(windows) {
        shown(&text)
    } else {
        text.into_owned()
    }
}

/// The file behind a path in the form that SQLite takes on this machine.
pub(crate) fn for_sqlite(path: &Path) -> PathBuf {
    let real = real(path);
    match real.to_str() {
        Some(text) if cfg!(windows) => PathBuf::from(for_windows(text)),
        _ => real,
    }
}

/// True when SQLite cannot take the path although the system might.
pub(crate) fn is_too_long(path: &Path) -> bool {
    !cfg!(windows) && path.as_os_str().len() > SQLITE_BYTES
}

/// A path inside a SQLite URI, `file:` with an empty host.
pub(crate) fn uri(path: &str) -> String {
    // With the mark of long paths only backslashes separate.
    let text = if path.starts_with(PREFIX) {
        path.to_owned()
    } else {
        path.replace('\\', "/")
    };
    let text = text
        .replace('%', "%25")
        .replace('?', "%3f")
        .replace('#', "%23");
    let slash = if text.starts_with('/') { "" } else { "/" };
    format!("file://{slash}{text}?immutable=1")
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case(r"C:\台账\五交化.jgdb", r"C:\台账\五交化.jgdb")]
    #[case(r"\\?\C:\台账\五交化.jgdb", r"C:\台账\五交化.jgdb")]
    #[case(r"\\?\UNC\nas\办公室\五交化.jgdb", r"\\nas\办公室\五交化.jgdb")]
    #[case(r"\\?\unc\nas\五交化.jgdb", r"\\nas\五交化.jgdb")]
    #[case("/home/a/五交化.jgdb", "/home/a/五交化.jgdb")]
    #[case("台", "台")]
    fn paths_are_shown_without_the_mark(#[case] path: &str, #[case] expected: &str) {
        assert_eq!(shown(path), expected);
    }

    #[test]
    fn long_paths_get_the_mark_of_windows() {
        let folder = "很长的文件夹名字".repeat(30);
        let long = format!(r"D:\{folder}\台账.jgdb");
        assert_eq!(for_windows(&long), format!(r"\\?\{long}"));
        assert_eq!(for_windows(&format!(r"\\?\{long}")), format!(r"\\?\{long}"));
        assert_eq!(
            for_windows(&format!("D:/{folder}/台账.jgdb")),
            format!(r"\\?\{long}"),
            "behind the mark only backslashes separate"
        );
        let share = format!(r"\\nas\办公室\{folder}\台账.jgdb");
        assert_eq!(
            for_windows(&share),
            format!(r"\\?\UNC\nas\办公室\{folder}\台账.jgdb")
        );
        assert_eq!(shown(&for_windows(&share)), share);
        let short = r"D:\台账\五交化.jgdb";
        assert_eq!(for_windows(&format!(r"\\?\{short}")), short);
        assert_eq!(for_windows(r"\\?\UNC\nas\台账.jgdb"), r"\\nas\台账.jgdb");
    }

    #[test]
    fn the_mark_leaves_room_for_what_sqlite_puts_behind_a_name() {
        for length in 180..300 {
            let path = format!(r"D:\{}\a.jgdb", "x/".repeat(length / 2).replace('/', r"\"));
            let form = for_windows(&path);
            let beside = format!("{form}.part-journal").encode_utf16().count();
            assert!(beside < 248 || form.starts_with(PREFIX), "{length}");
        }
    }

    #[rstest]
    #[case(r"\\?\D:\CON\台账.jgdb")]
    #[case(r"\\?\D:\台账.\a.jgdb")]
    fn names_that_only_the_mark_allows_keep_it(#[case] path: &str) {
        assert_eq!(for_windows(path), path);
    }

    #[rstest]
    #[case(r"D:\A.jgdb", r"d:\a.JGDB")]
    #[case(r"D:\台账\A.jgdb", r"\\?\D:\台账\a.jgdb")]
    #[case(r"D:/台账/A.jgdb", r"D:\台账\A.jgdb")]
    #[case(r"\\NAS\办公室\a.jgdb", r"\\?\UNC\nas\办公室\a.jgdb")]
    fn the_same_file_by_another_case_or_mark(#[case] one: &str, #[case] other: &str) {
        assert_eq!(key(one, true), key(other, true));
        assert_ne!(key(one, false), key(other, false), "elsewhere case counts");
    }

    #[rstest]
    #[case("/home/a/100%?.jgdb", "file:///home/a/100%25%3f.jgdb?immutable=1")]
    #[case(r"C:\台账#1.jgdb", "file:///C:/台账%231.jgdb?immutable=1")]
    #[case(r"\\nas\a.jgdb", "file:////nas/a.jgdb?immutable=1")]
    #[case(r"\\?\C:\a.jgdb", r"file:///\\%3f\C:\a.jgdb?immutable=1")]
    fn uris_have_no_host(#[case] path: &str, #[case] expected: &str) {
        assert_eq!(uri(path), expected);
    }

    #[cfg(unix)]
    #[test]
    fn the_same_file_by_a_link_or_a_detour() {
        let folder = tempfile::tempdir().unwrap();
        let ledger = folder.path().join("台账.jgdb");
        std::fs::write(&ledger, "").unwrap();
        let link = folder.path().join("快捷.jgdb");
        std::os::unix::fs::symlink(&ledger, &link).unwrap();
        assert!(same_file(&ledger, &link));
        assert!(same_file(
            &ledger,
            &folder.path().join(".").join("台账.jgdb")
        ));
        assert!(!same_file(&ledger, &folder.path().join("别的.jgdb")));
        let linked = folder.path().join("链接");
        std::os::unix::fs::symlink(folder.path(), &linked).unwrap();
        assert!(
            same_file(&linked.join("没有.jgdb"), &folder.path().join("没有.jgdb")),
            "also before it is made"
        );
    }
}
