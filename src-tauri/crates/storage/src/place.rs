//! Where a ledger lies: its own disk, a network share or a folder that a program synchronises.
//!
//! WAL does not work over a network, and a synchronising program copies a half-written file or
//! brings an old one back. Both are warned about; the ledger opens all the same.

use std::path::Path;

/// What is to be said about the place of a ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Warning {
    /// On another machine.
    NetworkShare,
    /// Inside the folder of a synchronising program.
    Synchronised {
        /// The program, as its makers call it.
        program: &'static str,
    },
}

/// File systems that live on another machine or pass through another program.
const REMOTE: &[&str] = &[
    "cifs",
    "smb3",
    "smbfs",
    "nfs",
    "nfs4",
    "9p",
    "afs",
    "ceph",
    "davfs",
    "fuse.sshfs",
    "fuse.davfs2",
    "fuse.rclone",
    "fuse.gvfsd-fuse",
    "fuse.smbnetfs",
];

/// Folder names (lower case, begin of the name) of synchronising programs.
const SYNCHRONISED: &[(&str, &str)] = &[
    ("onedrive", "OneDrive"),
    ("坚果云", "坚果云"),
    ("nutstore", "坚果云"),
    ("我的坚果云", "坚果云"),
    ("百度网盘", "百度网盘"),
    ("baidunetdisk", "百度网盘"),
    ("baidusyncdisk", "百度网盘"),
    ("百度云同步盘", "百度网盘"),
    ("wps云盘", "WPS云盘"),
    ("wpsdrive", "WPS云盘"),
    ("wps cloud files", "WPS云盘"),
    ("微云", "微云"),
    ("weiyun", "微云"),
    ("腾讯文档", "腾讯文档"),
    ("tencentdocs", "腾讯文档"),
    ("阿里云盘", "阿里云盘"),
    ("aliyundrive", "阿里云盘"),
    ("115同步盘", "115"),
    ("天翼云盘", "天翼云盘"),
    ("和彩云", "和彩云"),
    ("飞书云盘", "飞书"),
    ("dropbox", "Dropbox"),
    ("icloud", "iCloud"),
    ("com~apple~clouddocs", "iCloud"),
    ("google drive", "Google Drive"),
    ("googledrive", "Google Drive"),
    ("synologydrive", "Synology Drive"),
    ("nextcloud", "Nextcloud"),
    ("syncthing", "Syncthing"),
];

/// Judges an absolute path. `mounts` is the text of `/proc/mounts`, empty elsewhere.
#[must_use]
pub fn classify(path: &str, mounts: &str) -> Option<Warning> {
    let slashed = path.replace('\\', "/");
    // \\?\C:\… is a long local path, \\?\UNC\… and \\server\… are shares.
    let share = match slashed.strip_prefix("//?/") {
        Some(rest) => rest
            .get(..4)
            .is_some_and(|start| start.eq_ignore_ascii_case("unc/")),
        None => slashed.starts_with("//") && !slashed.starts_with("//./"),
    };
    if share || on_remote_mount(&slashed, mounts) {
        return Some(Warning::NetworkShare);
    }
    let mut folders: Vec<String> = slashed.split('/').map(str::to_lowercase).collect();
    // The file's own name says nothing about the folder.
    folders.pop();
    folders.iter().find_map(|folder| {
        let (_, program) = SYNCHRONISED
            .iter()
            .find(|(name, _)| folder.starts_with(name))?;
        Some(Warning::Synchronised { program })
    })
}

/// Judges where a file lies on this machine.
#[must_use]
pub fn judge(path: &Path) -> Option<Warning> {
    // Links are followed as far as they can be; a file that is yet to be made lies in its folder.
    let real = path.canonicalize().or_else(|_| {
        let folder = path.parent().unwrap_or(path).canonicalize()?;
        std::io::Result::Ok(folder.join(path.file_name().unwrap_or_default()))
    });
    let real = real
        .or_else(|_| std::path::absolute(path))
        .unwrap_or_else(|_| path.to_owned());
    let mounts = if cfg!(target_os = "linux") {
        std::fs::read_to_string("/proc/mounts").unwrap_or_default()
    } else {
        String::new()
    };
    classify(&real.to_string_lossy(), &mounts)
}

/// True when the deepest mount above the path is a remote one.
fn on_remote_mount(path: &str, mounts: &str) -> bool {
    let mut deepest: Option<(usize, &str)> = None;
    for line in mounts.lines() {
        let mut parts = line.split_whitespace().skip(1);
        let (Some(point), Some(system)) = (parts.next(), parts.next()) else {
            continue;
        };
        let point = unescape(point);
        let below = point == "/"
            || path == point
            || path
                .strip_prefix(point.as_str())
                .is_some_and(|rest| rest.starts_with('/'));
        // A later line covers an earlier one at the same point.
        if below && deepest.is_none_or(|(length, _)| point.len() >= length) {
            deepest = Some((point.len(), system));
        }
    }
    deepest.is_some_and(|(_, system)| REMOTE.contains(&system))
}

/// `/proc/mounts` writes space, tab, line end and backslash in octal.
fn unescape(point: &str) -> String {
    point
        .replace("\\040", " ")
        .replace("\\011", "\t")
        .replace("\\012", "\n")
        .replace("\\134", "\\")
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    const MOUNTS: &str = "\
/dev/sda1 / ext4 rw 0 0
//nas/office /mnt/office cifs rw,vers=3.0 0 0
/dev/sdb1 /mnt/office/local\\040disk ext4 rw 0 0
server:/export /srv/nfs nfs4 rw 0 0
me@host:/ /home/a/remote fuse.sshfs rw 0 0
drvfs /mnt/c 9p rw 0 0
tmpfs /covered tmpfs rw 0 0
//nas/b /covered cifs rw 0 0
";

    #[rstest]
    #[case("/home/a/台账.jgdb", None)]
    #[case("/mnt/office/台账.jgdb", Some(Warning::NetworkShare))]
    #[case("/mnt/office2/台账.jgdb", None)]
    #[case("/mnt/office/local disk/台账.jgdb", None)]
    #[case("/srv/nfs/x/台账.jgdb", Some(Warning::NetworkShare))]
    #[case("/home/a/remote/台账.jgdb", Some(Warning::NetworkShare))]
    #[case("/mnt/c/台账.jgdb", Some(Warning::NetworkShare))]
    #[case("/covered/台账.jgdb", Some(Warning::NetworkShare))]
    #[case(r"\\nas\办公室\台账.jgdb", Some(Warning::NetworkShare))]
    #[case(r"\\?\UNC\nas\办公室\台账.jgdb", Some(Warning::NetworkShare))]
    #[case(r"\\?\C:\台账\台账.jgdb", None)]
    #[case(r"C:\Users\a\OneDrive - 街道办\台账.jgdb", Some(Warning::Synchronised { program: "OneDrive" }))]
    #[case(r"C:\Users\a\Nutstore Files\台账.jgdb", Some(Warning::Synchronised { program: "坚果云" }))]
    #[case(r"D:\我的坚果云\台账.jgdb", Some(Warning::Synchronised { program: "坚果云" }))]
    #[case(r"D:\BaiduSyncdisk\台账.jgdb", Some(Warning::Synchronised { program: "百度网盘" }))]
    #[case(r"D:\百度网盘同步空间\台账.jgdb", Some(Warning::Synchronised { program: "百度网盘" }))]
    #[case(r"C:\Users\a\WPSDrive\123\WPS云盘\台账.jgdb", Some(Warning::Synchronised { program: "WPS云盘" }))]
    #[case("/home/a/Dropbox/台账.jgdb", Some(Warning::Synchronised { program: "Dropbox" }))]
    #[case("/Users/a/Library/Mobile Documents/com~apple~CloudDocs/台账.jgdb", Some(Warning::Synchronised { program: "iCloud" }))]
    #[case(r"C:\Users\a\iCloudDrive\台账.jgdb", Some(Warning::Synchronised { program: "iCloud" }))]
    #[case(r"D:\微云同步助手\台账.jgdb", Some(Warning::Synchronised { program: "微云" }))]
    #[case(r"D:\小区数据\OneDrive.jgdb", None)]
    fn places(#[case] path: &str, #[case] expected: Option<Warning>) {
        assert_eq!(classify(path, MOUNTS), expected);
    }

    #[test]
    fn a_file_in_a_temporary_folder_is_at_home() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(judge(&folder.path().join("台账.jgdb")), None);
    }
}
