//! Stamps: what something was made from, so that it is made again only when that changed.

use std::collections::BTreeMap;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io;
use std::path::{Path, PathBuf};

/// Fingerprint of files by name and content. Good within one toolchain, which is all a stamp needs: another
/// toolchain's hash means one build too many, never one too few.
pub(crate) fn of_files(files: &BTreeMap<String, PathBuf>, tools: &str) -> io::Result<String> {
    let mut hasher = DefaultHasher::new();
    tools.hash(&mut hasher);
    for (name, path) in files {
        name.hash(&mut hasher);
        fs::read(path)?.hash(&mut hasher);
    }
    Ok(format!("{:016x}", hasher.finish()))
}

/// Every file under `folder`, by its path relative to `folder` with `/`; `skip` sees that path.
pub(crate) fn tree(folder: &Path, skip: fn(&str) -> bool) -> io::Result<BTreeMap<String, PathBuf>> {
    let mut files = BTreeMap::new();
    let mut open = vec![(String::new(), folder.to_path_buf())];
    while let Some((prefix, folder)) = open.pop() {
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
            if skip(&name) {
                continue;
            }
            if entry.file_type()?.is_dir() {
                open.push((format!("{name}/"), entry.path()));
            } else {
                files.insert(name, entry.path());
            }
        }
    }
    Ok(files)
}

/// Whether the stamp says that this fingerprint has been built already.
pub(crate) fn is_current(stamp: &Path, fingerprint: &str) -> bool {
    fs::read_to_string(stamp).is_ok_and(|written| written.trim() == fingerprint)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A folder of its own that goes away with the test.
    struct Folder(PathBuf);

    impl Folder {
        fn new(name: &str) -> Self {
            let path = std::env::temp_dir().join(format!("jiugai-{name}-{}", std::process::id()));
            fs::create_dir_all(path.join("src")).unwrap();
            Self(path)
        }

        fn write(&self, name: &str, content: &str) {
            fs::write(self.0.join(name), content).unwrap();
        }

        fn fingerprint(&self) -> String {
            of_files(&tree(&self.0, |name| name == "dist").unwrap(), "node 20").unwrap()
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            fs::remove_dir_all(&self.0).ok();
        }
    }

    #[test]
    fn content_name_and_tools_change_the_fingerprint() {
        let folder = Folder::new("fingerprint");
        folder.write("src/a.ts", "1");
        let first = folder.fingerprint();
        assert_eq!(folder.fingerprint(), first);

        folder.write("src/a.ts", "2");
        let changed = folder.fingerprint();
        assert_ne!(changed, first);

        fs::rename(folder.0.join("src/a.ts"), folder.0.join("src/b.ts")).unwrap();
        let renamed = folder.fingerprint();
        assert_ne!(renamed, changed);

        let files = tree(&folder.0, |_| false).unwrap();
        assert_ne!(of_files(&files, "node 22").unwrap(), renamed);
    }

    #[test]
    fn what_was_built_does_not_count() {
        let folder = Folder::new("skip");
        folder.write("src/a.ts", "1");
        let first = folder.fingerprint();
        fs::create_dir_all(folder.0.join("dist")).unwrap();
        folder.write("dist/index.html", "built");
        assert_eq!(folder.fingerprint(), first);
    }

    #[test]
    fn a_stamp_is_current_only_for_its_own_fingerprint() {
        let folder = Folder::new("stamp");
        let stamp = folder.0.join("stamp");
        assert!(!is_current(&stamp, "aa"));
        fs::write(&stamp, "aa\n").unwrap();
        assert!(is_current(&stamp, "aa"));
        assert!(!is_current(&stamp, "ab"));
    }
}
