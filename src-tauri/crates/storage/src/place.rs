//! Where a ledger lies: its own disk, a network share, a folder that a program synchronises, the
//! folder of received files, or one that an archive program has unpacked into.
//!
//! WAL does not work over a network, and a synchronising program copies a half-written file or
//! brings an old one back. A messenger clears what it received, an archive program removes what it
//! unpacked when its window closes. All are warned about; the ledger opens all the same.

use std::path::Path;

use crate::files::path::{key, real};

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
    /// In the folder where a messenger keeps what was sent to this person.
    Received {
        /// The program, as its makers call it.
        program: &'static str,
    },
    /// In a folder that a program made for a look into an archive or a letter, and will remove.
    Unpacked,
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

/// Folder names (lower case, begin of the name) of programs that receive files.
const RECEIVED: &[(&str, &str)] = &[
    ("wechat files", "微信"),
    ("xwechat_files", "微信"),
    ("com.tencent.xinwechat", "微信"),
    ("wxwork", "企业微信"),
    ("tencent files", "QQ"),
    ("dingtalk", "钉钉"),
    ("dingding", "钉钉"),
];

/// Folder names (lower case, begin of the name) into which archive and mail programs unpack for a
/// look: 7-Zip, WinRAR, Windows itself (`Temp1_台账.zip`), 360压缩, 好压, Bandizip, Outlook, and the
/// archive programs of Linux.
const UNPACKED: &[&str] = &[
    "7zo",
    "7ze",
    "rar$",
    "360zip$",
    "hz$",
    "bnz.",
    "content.outlook",
    ".fr-",
    "ark-",
];

/// Judges an absolute path. `mounts` is the text of `/proc/mounts`, empty elsewhere; `synchronised`
/// are folders that a program says it synchronises, whatever their name.
#[must_use]
pub fn classify(
    path: &str,
    mounts: &str,
    synchronised: &[(String, &'static str)],
) -> Option<Warning> {
    let slashed = path.replace('\\', "/");
    let mut folders: Vec<String> = slashed.split('/').map(str::to_lowercase).collect();
    // The file's own name says nothing about the folder.
    folders.pop();
    if folders.iter().any(|folder| is_unpacked(folder)) {
        return Some(Warning::Unpacked);
    }
    if let Some(program) = folders.iter().find_map(|folder| named(folder, RECEIVED)) {
        return Some(Warning::Received { program });
    }
    // \\?\C:\… is a long local path, \\?\UNC\… and \\server\… are shares. A mapped drive (Z:) is
    // a share too once its path was followed.
    let share = match slashed.strip_prefix("//?/") {
        Some(rest) => rest
            .get(..4)
            .is_some_and(|start| start.eq_ignore_ascii_case("unc/")),
        None => slashed.starts_with("//") && !slashed.starts_with("//./"),
    };
    if share || on_remote_mount(&slashed, mounts) {
        return Some(Warning::NetworkShare);
    }
    let told = synchronised.iter().find_map(|(root, program)| {
        let root = key(root.trim_end_matches(['\\', '/']), true);
        let below = key(path, true).strip_prefix(&root)?.starts_with('\\');
        (below && !root.is_empty()).then_some(*program)
    });
    told.or_else(|| {
        folders
            .iter()
            .find_map(|folder| named(folder, SYNCHRONISED))
    })
    .map(|program| Warning::Synchronised { program })
}

fn named(folder: &str, list: &[(&str, &'static str)]) -> Option<&'static str> {
    let (_, program) = list.iter().find(|(name, _)| folder.starts_with(name))?;
    Some(program)
}

fn is_unpacked(folder: &str) -> bool {
    // Windows: Temp1_台账.zip, Temp2_台账.zip …, and newer ones a key with _台账.zip and three letters.
    let shell = folder.contains(".zip")
        && (folder.starts_with("temp") && folder.contains('_')
            || folder
                .split_once('_')
                .is_some_and(|(key, _)| key.len() == 36));
    shell || UNPACKED.iter().any(|name| folder.starts_with(name))
}

/// Judges where a file lies on this machine.
#[must_use]
pub fn judge(path: &Path) -> Option<Warning> {
    let mounts = if cfg!(target_os = "linux") {
        std::fs::read_to_string("/proc/mounts").unwrap_or_default()
    } else {
        String::new()
    };
    // OneDrive says where its folders are: their names can be chosen.
    let synchronised: Vec<(String, &'static str)> =
        ["OneDrive", "OneDriveCommercial", "OneDriveConsumer"]
            .into_iter()
            .filter_map(|name| Some((std::env::var(name).ok()?, "OneDrive")))
            .filter(|(root, _)| !root.is_empty())
            .collect();
    classify(&real(path).to_string_lossy(), &mounts, &synchronised)
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
        assert_eq!(classify(path, MOUNTS, &[]), expected);
    }

    #[rstest]
    #[case(
        r"C:\Users\a\Documents\WeChat Files\wxid_1\FileStorage\File\2026-03\台账.jgdb",
        "微信"
    )]
    #[case(r"D:\xwechat_files\wxid_1\msg\file\2026-03\台账.jgdb", "微信")]
    #[case(
        r"C:\Users\a\Documents\WXWork\1688\Cache\File\2026-03\台账.jgdb",
        "企业微信"
    )]
    #[case(r"D:\Tencent Files\10001\FileRecv\台账.jgdb", "QQ")]
    #[case(r"\\?\D:\DingTalk\台账.jgdb", "钉钉")]
    fn folders_of_received_files(#[case] path: &str, #[case] program: &'static str) {
        assert_eq!(
            classify(path, MOUNTS, &[]),
            Some(Warning::Received { program })
        );
    }

    #[rstest]
    #[case(r"C:\Users\a\AppData\Local\Temp\7zO4C1A2B3D\台账.jgdb")]
    #[case(r"C:\Users\a\AppData\Local\Temp\Rar$DIa1234.5678\台账.jgdb")]
    #[case(r"C:\Users\a\AppData\Local\Temp\Temp1_台账.zip\台账.jgdb")]
    #[case(r"C:\Users\a\AppData\Local\Temp\0f8fad5b-d9cb-469f-a165-70867728950e_台账.zip.50e\台账.jgdb")]
    #[case(r"C:\Users\a\AppData\Local\Temp\360zip$Temp\360$0\台账.jgdb")]
    #[case(r"C:\Users\a\AppData\Local\Microsoft\Windows\INetCache\Content.Outlook\AB12\台账.jgdb")]
    #[case("/home/a/.cache/.fr-a1b2c3/台账.jgdb")]
    fn folders_that_an_archive_was_unpacked_into(#[case] path: &str) {
        assert_eq!(classify(path, MOUNTS, &[]), Some(Warning::Unpacked));
    }

    #[rstest]
    #[case(r"D:\台账.zip 解压\台账.jgdb")]
    #[case(r"D:\templates\台账.jgdb")]
    #[case(r"D:\Rar\台账.jgdb")]
    #[case(r"C:\Users\a\Documents\7z\台账.jgdb")]
    #[case(r"D:\微信群收到的\台账.jgdb")]
    fn ordinary_folders_of_like_names(#[case] path: &str) {
        assert_eq!(classify(path, MOUNTS, &[]), None);
    }

    #[test]
    fn onedrive_says_where_its_folders_are() {
        let told = [(r"D:\云端\".to_owned(), "OneDrive")];
        let judged = |path: &str| classify(path, "", &told);
        let warned = Some(Warning::Synchronised {
            program: "OneDrive",
        });
        assert_eq!(judged(r"\\?\d:\云端\街道\台账.jgdb"), warned);
        assert_eq!(judged(r"D:\云端\台账.jgdb"), warned);
        assert_eq!(judged(r"D:\云端备份\台账.jgdb"), None);
        assert_eq!(judged(r"E:\台账.jgdb"), None);
    }

    #[test]
    fn a_mapped_drive_is_a_share_once_its_path_was_followed() {
        // What following Z:\台账.jgdb gives on Windows.
        let followed = r"\\?\UNC\nas\办公室\台账.jgdb";
        assert_eq!(classify(followed, "", &[]), Some(Warning::NetworkShare));
    }

    #[test]
    fn a_file_in_a_temporary_folder_is_at_home() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(judge(&folder.path().join("台账.jgdb")), None);
    }
}
