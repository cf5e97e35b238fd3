//! Failures of the ledger file.

use jiugai_domain::{Duty, KindCode};
use jiugai_storage::files::{NameFault, display};
use jiugai_storage::ledger::inspect::Looks;
use jiugai_storage::place::Warning;
use jiugai_storage::undo::{Obstacle, ObstacleReason};
use jiugai_storage::{ReadOnlyReason, StorageError};

use crate::text::{local_minute, minute};
use crate::{ApiError, ErrorCode};

pub(crate) fn storage(error: &StorageError) -> ApiError {
    let e =
        |code, title: &str, message: String, next: &str| ApiError::new(code, title, message, next);
    match error {
        StorageError::FileMissing { path } => e(
            ErrorCode::FileMissing,
            "找不到台账文件",
            format!(
                "“{}”不在了，可能被移动、改名，或者 U 盘已拔出。",
                display(path)
            ),
            "请用“打开”重新选择，或者从备份恢复。",
        ),
        StorageError::FileExists { path } => e(
            ErrorCode::FileExists,
            "文件已存在",
            format!("“{}”已经有了，没有覆盖它。", display(path)),
            "请换一个名字，或者直接打开它。",
        ),
        StorageError::FolderMissing { folder } => e(
            ErrorCode::FileMissing,
            "找不到文件夹",
            format!(
                "“{}”不是一个能用的文件夹，可能已改名，或者 U 盘已拔出。",
                display(folder)
            ),
            "请换一个文件夹再试。",
        ),
        StorageError::BadName { name, fault } => bad_name(name, fault),
        StorageError::PathTooLong => e(
            ErrorCode::Invalid,
            "文件名或路径太长",
            "文件名连同一层层的文件夹名加起来太长，系统放不下。".to_owned(),
            "请把名字改短，或者放到层次浅一些的文件夹里（例如 D 盘根目录下的一个文件夹）。",
        ),
        StorageError::Gone { path } => e(
            ErrorCode::Io,
            "台账所在的磁盘断开了",
            format!(
                "“{}”现在找不到：可能 U 盘已拔出、网络断开，或者文件被移走。这一步没有保存，此前保存的都在原来的磁盘上。",
                display(path)
            ),
            "请把 U 盘插回去、接好网络或把文件放回原处，再做一次这一步，会接着保存。",
        ),
        StorageError::Replaced { path } => e(
            ErrorCode::Io,
            "台账文件被换过",
            format!(
                "“{}”已不是刚才打开的那一份，可能被同步盘或别的程序换成了旧的，或者是另一本账。为了不写乱，这一步没有保存。",
                display(path)
            ),
            "请先把屏幕上要紧的内容记下来，再用“打开”重新打开核对；必要时从备份恢复。",
        ),
        StorageError::Held(_) => e(
            ErrorCode::InUse,
            "台账暂时被占用",
            "另一个程序（如杀毒软件、同步盘）占着这个文件，等了一会儿仍然不行，这一步没有做。"
                .to_owned(),
            "请稍等几秒再试；仍然不行，请关闭占用它的程序。",
        ),
        StorageError::NotALedger { looks } => e(
            ErrorCode::NotALedger,
            "这不是旧改一本账的台账",
            format!("选的文件{}。文件没有改动。", looks_like(looks)),
            "台账文件的名字以 .jgdb 结尾；如果是 Excel 摸底表，请用“导入台账”。",
        ),
        StorageError::NotOfDuty { duty, task } => e(
            ErrorCode::NotOfDuty,
            "这一步不归您的分工",
            format!(
                "您现在是{}，“{}”由{}做。这一步没有做，台账没有改动。",
                duty.label(),
                task.label(),
                if Duty::Recorder.may(*task) {
                    "记录员或规划员"
                } else {
                    "规划员"
                },
            ),
            "请他们来做，或者点屏幕上方的身份，用他们的口令换一下。",
        ),
        StorageError::PasswordNeeded => e(
            ErrorCode::PasswordNeeded,
            "这本账设了密码",
            "没有密码，里面的内容谁也看不到。".to_owned(),
            "请输入这本账的密码。",
        ),
        StorageError::WrongPassword => e(
            ErrorCode::WrongPassword,
            "密码不对",
            "用这个密码打不开，文件没有改动。".to_owned(),
            "请看看大小写和中英文输入法，再输一次；确定密码没错，就是文件坏了，请找一份备份打开。",
        ),
        StorageError::NewerVersion { .. } => e(
            ErrorCode::NewerVersion,
            "这本账是新版程序写的",
            "为了不丢东西，旧版程序不打开它，文件没有改动。".to_owned(),
            "请先升级旧改一本账，再打开。",
        ),
        StorageError::MigrationNeedsWriting { .. } => e(
            ErrorCode::ReadOnly,
            "这本账需要先升级",
            "它是旧版程序写的，要升级后才能看，但现在不能写入。".to_owned(),
            "请把文件复制到本机硬盘，去掉“只读”后再打开。",
        ),
        StorageError::Damaged { newest_backup, .. } => {
            let next = newest_backup.as_ref().map_or_else(
                || "请不要再改动这个文件，到备份文件夹里找最近的备份恢复。".to_owned(),
                |backup| {
                    format!(
                        "最近一份完好的备份是 {} 的，可以从它恢复；损坏的文件会留在旁边。",
                        local_minute(backup.at)
                    )
                },
            );
            ApiError::new(
                ErrorCode::Damaged,
                "台账文件已损坏",
                "文件不完整或内容有错，没有打开它，也没有改动它。",
                next,
            )
        }
        StorageError::InUse { holder } => {
            let who = holder
                .as_deref()
                .map_or_else(String::new, |holder| format!("（{holder}）"));
            e(
                ErrorCode::InUse,
                "这本账正在另一个窗口里使用",
                format!("为了不互相覆盖，同一时间只能有一个窗口{who}写它。"),
                "请先关闭另一个窗口，或者以只读方式查看。",
            )
        }
        StorageError::ReadOnly { reason } => e(
            ErrorCode::ReadOnly,
            "这本账现在只能看，不能改",
            format!("{}，这一步没有保存。", read_only(*reason)),
            "请解除只读，或者把文件复制到本机硬盘再打开。",
        ),
        StorageError::Locked(_) => e(
            ErrorCode::InUse,
            "台账暂时被占用",
            "另一个程序（如杀毒软件、同步盘）占着这个文件，这一步没有保存。".to_owned(),
            "请稍等几秒再试。",
        ),
        StorageError::DiskFull(_) => e(
            ErrorCode::DiskFull,
            "磁盘已满",
            "磁盘或 U 盘没有空间了，这一步没有保存，原有内容都在。".to_owned(),
            "请清理磁盘空间后再做一次这一步。",
        ),
        StorageError::Io(_) => e(
            ErrorCode::Io,
            "读写台账时出了问题",
            "可能是 U 盘被拔出、网络断开或磁盘有坏道，这一步没有保存，此前保存的都在。".to_owned(),
            "请检查磁盘或网络，再做一次这一步；仍然不行，请重新打开，必要时从备份恢复。",
        ),
        StorageError::NothingToUndo => e(
            ErrorCode::NothingToUndo,
            "没有可以撤销的操作",
            "还没有改动过。".to_owned(),
            "",
        ),
        StorageError::NothingToRedo => e(
            ErrorCode::NothingToUndo,
            "没有可以重做的操作",
            "最近没有撤销过，或者撤销后又有新的改动。".to_owned(),
            "",
        ),
        StorageError::NoSuchTransaction { .. } => e(
            ErrorCode::NotFound,
            "这一步已经撤销过了",
            "它已不在可以撤销或恢复的范围里。".to_owned(),
            "请刷新后再看。",
        ),
        StorageError::LaterChange(obstacle) => later_change(obstacle),
        StorageError::NotFound { .. } => ApiError::not_found(),
        StorageError::KeyTaken { kind, .. } => e(
            ErrorCode::NameTaken,
            "已经有了",
            format!("{}，没有保存。", taken(*kind)),
            "请换一个写法，或者直接修改已有的那一条。",
        ),
        StorageError::Reference { child, parent, .. } => e(
            ErrorCode::Referenced,
            "还有记录用着它",
            format!(
                "有{}还指着这个{}，没有保存。",
                child.0.kind().label,
                parent.0.kind().label
            ),
            "请先处理那些记录。",
        ),
        StorageError::Planned { kind, plans } => e(
            ErrorCode::BlockedByPlan,
            "改造方案里用着它",
            format!(
                "这个{}已列入{}，没有删除。",
                kind.kind().label,
                plans.join("、")
            ),
            "请先在方案里去掉对应的改造效果，再删除。",
        ),
        StorageError::Unfit { kind, .. } => e(
            ErrorCode::Invalid,
            "几项内容互相矛盾",
            unfit(*kind).to_owned(),
            "请核对后再保存。",
        ),
        StorageError::Invalid {
            kind,
            field,
            reason,
        } => {
            let sentence = kind
                .kind()
                .field(field)
                .map_or_else(String::new, |field| super::field_error(field, reason));
            e(ErrorCode::Invalid, "这一项不能这样填", sentence, "")
        }
        StorageError::BackupUnusable { .. } => e(
            ErrorCode::Backup,
            "这份备份不能用",
            "它不是完好的台账备份，现有台账没有改动。".to_owned(),
            "请换一份备份。",
        ),
        StorageError::BackupDiffers { .. } => e(
            ErrorCode::Backup,
            "备份没有做成",
            "写出的备份与台账不一致，已经丢弃，台账没有改动。".to_owned(),
            "请检查备份所在的磁盘，再试一次。",
        ),
        StorageError::NoBackupFolder => e(
            ErrorCode::Backup,
            "没有备份文件夹",
            "还不知道备份放在哪里。".to_owned(),
            "请在“设置”里选一个备份文件夹。",
        ),
        StorageError::Migration(_) => e(
            ErrorCode::Damaged,
            "台账升级没有成功",
            "文件保持原样，升级前的备份也在。".to_owned(),
            "请不要再改动它，先从备份恢复。",
        ),
        StorageError::BallotClosed => e(
            ErrorCode::Sealed,
            "这次表决已经封存",
            "封存以后，名册、票和结果都不能再改，也不能撤销。这一步没有做。".to_owned(),
            "确实要重来的，请在这次表决里点“重新组织表决”，写明理由，另起一次。",
        ),
        StorageError::RollFrozen => e(
            ErrorCode::Sealed,
            "名册已经冻结",
            "表决开始以后，名册、议题和计法不能再改。这一步没有做。".to_owned(),
            "还没有发票的，可以撤销“开始表决”，改好再开始。",
        ),
        StorageError::PlanReleased => e(
            ErrorCode::Sealed,
            "这一版方案已经发布",
            "发布的方案和居民看到的一样，内容不能再改。这一步没有做。".to_owned(),
            "要改内容的，请在“改造方案”里点“由此版做新版”；发错了的，先撤回发布。",
        ),
        StorageError::Overtaken => e(
            ErrorCode::LaterChange,
            "这一步现在撤不了",
            "同一处后来又改过，硬撤会丢掉后面的内容。".to_owned(),
            "请先撤销后面的改动，或者直接把内容改回去。",
        ),
        StorageError::CalledOff => ApiError::cancelled(),
        StorageError::NoSuchField { .. } | StorageError::Sqlite(_) => ApiError::internal(),
    }
}

/// A name that cannot be that of a file, and what to change.
pub(super) fn bad_name(name: &str, fault: &NameFault) -> ApiError {
    let (message, next) = match fault {
        NameFault::Empty => (
            "还没有写文件名。".to_owned(),
            "请写一个名字，例如“五交化家属院”。",
        ),
        NameFault::Forbidden(letter) => (
            format!("文件名“{name}”里有“{letter}”，电脑不允许文件名里用它。"),
            "请去掉这个符号；名字里不能有 < > : \" / \\ | ? * 这几个符号。",
        ),
        NameFault::Invisible => (
            "文件名里有看不见的符号，多半是粘贴时带进来的。".to_owned(),
            "请删掉名字，重新打一遍。",
        ),
        NameFault::Reserved(device) => (
            format!("“{device}”是 Windows 留给设备用的名字，不能当文件名。"),
            "请换一个名字，或者在前面加一个字。",
        ),
        NameFault::EndsInDotOrSpace => (
            format!("文件名“{name}”的末尾是点或空格，Windows 会把它丢掉。"),
            "请去掉末尾的点或空格。",
        ),
        NameFault::TooLong => (
            "文件名太长了。".to_owned(),
            "请改短一些，不要超过 75 个汉字。",
        ),
    };
    ApiError::new(ErrorCode::Invalid, "这个文件名不能用", message, next)
}

/// What is to be said about the place of a ledger.
pub(crate) fn place_warning(warning: &Warning) -> String {
    match warning {
        Warning::NetworkShare => {
            "台账放在网络共享上：断网或多人同时打开可能损坏文件。请复制到本机硬盘使用，用备份文件交换。".to_owned()
        }
        Warning::Synchronised { program } => format!(
            "台账放在{program}的同步文件夹里：同步时可能产生冲突副本。请复制到别的文件夹使用，把备份放进同步文件夹。"
        ),
        Warning::Received { program } => format!(
            "台账放在{program}接收文件的文件夹里：{program}清理时会把它删掉。请先把文件复制到“文档”或 D 盘，再打开那一份。"
        ),
        Warning::Unpacked => {
            "台账是从压缩包或邮件里直接打开的，放在临时文件夹里，关掉压缩软件就会被删掉。请先解压到“文档”或 D 盘，再打开那一份。".to_owned()
        }
    }
}

fn later_change(obstacle: &Obstacle) -> ApiError {
    let what = obstacle.record.0.kind().label;
    let other = obstacle.other.map_or("记录", |(kind, _)| kind.kind().label);
    let by = obstacle.by.as_ref().map_or_else(String::new, |by| {
        format!(
            "（{} {} {}）",
            by.actor,
            minute(by.at),
            jiugai_storage::wording::operation(by)
        )
    });
    let (message, next) = match obstacle.reason {
        ObstacleReason::ChangedLater => (
            format!("同一条{what}后来又改过{by}，硬撤会丢掉后面的内容。"),
            "请先撤销后面的改动，或者直接把内容改回去。",
        ),
        ObstacleReason::DeletedLater => (
            format!("这条{what}后来被删除了{by}。"),
            "请先在“回收站”里恢复它。",
        ),
        ObstacleReason::Exists => (format!("这条{what}已经在台账里了。"), "请刷新后再看。"),
        ObstacleReason::KeyTaken => (
            format!("现在已有同名的{other}占了这条{what}的名字{by}。"),
            "请先给现有的那一条改名，再试。",
        ),
        ObstacleReason::StillReferenced => (
            format!("后来登记的{other}还用着这条{what}{by}。"),
            "请先处理那些记录，再撤。",
        ),
        ObstacleReason::ParentMoved => (
            format!("它所属的{other}后来换了地方{by}。"),
            "请先撤销那一步，再试。",
        ),
        ObstacleReason::ParentGone => (
            format!("它所属的{other}已经不在了{by}。"),
            "请先恢复上一级，再恢复它。",
        ),
    };
    ApiError::new(ErrorCode::LaterChange, "这一步现在撤不了", message, next)
}

fn taken(kind: Option<KindCode>) -> &'static str {
    match kind {
        Some(KindCode::Compound) => "已经有同名的小区",
        Some(KindCode::WorkUnit) => "已经有同名的产权单位",
        Some(KindCode::Building) => "这个小区里已经有同号的楼栋",
        Some(KindCode::Entrance) => "这栋楼里已经有同号的单元",
        Some(KindCode::Dwelling) => "这个单元里已经有同号的房屋",
        Some(KindCode::Ownership) => "这套房和这个业主的产权关系已经登记过",
        Some(KindCode::Outbuilding) => "这个编号已经用过",
        Some(KindCode::Plan) => "这个版本号已经用过（同一版的几个比选方案，要写明方案A、方案B）",
        Some(KindCode::Dependency) => "这两项的关系已经写过",
        _ => "同样的一条已经有了",
    }
}

fn unfit(kind: KindCode) -> &'static str {
    match kind {
        KindCode::Effect => {
            "拆除、改变要选一个对象，新增要写类别和名称，工程量要选统计指标并填数值；所选对象要在同一个小区。没有保存。"
        }
        KindCode::Dependency => "一项内容不能和自己比先后；两项要在同一个小区。没有保存。",
        KindCode::Dwelling => "所选的单元不在所选的楼栋里，或者不在同一个小区。没有保存。",
        _ => "所选的记录不在同一个小区，或者数字超出了可能的范围。没有保存。",
    }
}

pub(crate) fn read_only(reason: ReadOnlyReason) -> &'static str {
    match reason {
        ReadOnlyReason::Asked => "这次是以只读方式打开的",
        ReadOnlyReason::InUse => "另一个窗口正在使用这本账",
        ReadOnlyReason::File => "文件带有“只读”标记",
        ReadOnlyReason::Medium => "所在的文件夹或磁盘不允许写入",
    }
}

fn looks_like(looks: &Looks) -> String {
    match looks {
        Looks::Empty => "是空的".to_owned(),
        Looks::OtherDatabase { .. } => "是别的程序的数据库".to_owned(),
        Looks::Workbook => "是 Excel 工作簿".to_owned(),
        Looks::OldOffice => "是旧版 Office 文件".to_owned(),
        Looks::Archive => "是压缩包".to_owned(),
        Looks::Pdf => "是 PDF".to_owned(),
        Looks::Folder => "是一个文件夹".to_owned(),
        Looks::Unknown => "认不出是什么".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::PathBuf;

    #[test]
    fn files_and_media_are_told_in_three_sentences_without_jargon() {
        let path = PathBuf::from("/U盘/五交化.jgdb");
        let io = || std::io::Error::other("EFBIG");
        let errors = [
            StorageError::FolderMissing {
                folder: path.clone(),
            },
            StorageError::PathTooLong,
            StorageError::Gone { path: path.clone() },
            StorageError::Replaced { path },
            StorageError::Held(io()),
            StorageError::Io(Box::new(io())),
            StorageError::DiskFull(Box::new(io())),
        ];
        let names = [
            NameFault::Empty,
            NameFault::Forbidden('?'),
            NameFault::Invisible,
            NameFault::Reserved("CON".to_owned()),
            NameFault::EndsInDotOrSpace,
            NameFault::TooLong,
        ];
        let told = errors
            .iter()
            .map(storage)
            .chain(names.iter().map(|fault| bad_name("台账?.", fault)));
        for error in told {
            for part in [&error.title, &error.message, &error.next_step] {
                assert!(!part.is_empty(), "{error}");
                assert!(
                    !part.contains("EFBIG") && !part.contains("error"),
                    "{error}"
                );
            }
            assert!(error.next_step.starts_with('请'), "{error}");
        }
        let mentioned = bad_name("3号楼?.jgdb", &NameFault::Forbidden('?')).message;
        assert!(mentioned.contains("“3号楼?.jgdb”里有“?”"));
    }

    #[test]
    fn warnings_say_what_to_do() {
        for warning in [
            Warning::NetworkShare,
            Warning::Synchronised {
                program: "坚果云"
            },
            Warning::Received { program: "微信" },
            Warning::Unpacked,
        ] {
            let told = place_warning(&warning);
            assert!(told.contains('请') && told.ends_with('。'), "{told}");
        }
    }
}
