//! What can be printed, in the order of the screen 打印.

use crate::ApiError;
use crate::ErrorCode;
use crate::wire::{DocumentCode, ReportDocument};

/// A document of the office.
pub(super) struct Entry {
    code: DocumentCode,
    /// Number in the office's list (文件编号), such as `D6`; empty when it has none.
    number: &'static str,
    /// Title, also of the file.
    pub(super) title: &'static str,
    /// Heading of the list under which it stands.
    group: &'static str,
    /// One line on what it is for.
    note: &'static str,
}

/// All of them.
pub(super) const ALL: &[Entry] = &[
    Entry {
        code: DocumentCode::D6,
        number: "D6",
        title: "一页纸改造方案",
        group: "改造方案",
        note: "一张 A4，给领导看的全貌",
    },
    Entry {
        code: DocumentCode::ContactSheet,
        number: "",
        title: "照片对照表",
        group: "改造方案",
        note: "同一机位的改造前后，并排印",
    },
    Entry {
        code: DocumentCode::VisitRound,
        number: "",
        title: "走访清单",
        group: "走访",
        note: "今天走哪几户，留空白手写",
    },
    Entry {
        code: DocumentCode::D4,
        number: "D4",
        title: "房态图",
        group: "走访",
        note: "一栋一页，黑白也看得清，可上墙",
    },
    Entry {
        code: DocumentCode::ConflictMap,
        number: "",
        title: "诉求矛盾图",
        group: "走访",
        note: "谁要谁不要，按楼层和单元列出",
    },
    Entry {
        code: DocumentCode::D2,
        number: "D2",
        title: "入户调查表",
        group: "问卷调查",
        note: "每户一份，印好房号和二维码",
    },
    Entry {
        code: DocumentCode::D3,
        number: "D3",
        title: "征求意见汇总表",
        group: "问卷调查",
        note: "按楼栋统计，A3 横，内部用",
    },
    Entry {
        code: DocumentCode::SurveyResult,
        number: "",
        title: "问卷结果公示",
        group: "问卷调查",
        note: "上墙用，没有姓名，少于 5 户不单列",
    },
    Entry {
        code: DocumentCode::BallotNotice,
        number: "",
        title: "投票通知公告",
        group: "业主表决",
        note: "提前 15 天贴出",
    },
    Entry {
        code: DocumentCode::RollNotice,
        number: "",
        title: "业主名册公示",
        group: "业主表决",
        note: "姓名隐去，张贴请业主更正",
    },
    Entry {
        code: DocumentCode::D8,
        number: "D8",
        title: "表决票及存根",
        group: "业主表决",
        note: "一张 A4 两票，开始表决后才有编号",
    },
    Entry {
        code: DocumentCode::D9,
        number: "D9",
        title: "发票、收票登记表",
        group: "业主表决",
        note: "领票签字、收票监票，留在办公室",
    },
    Entry {
        code: DocumentCode::ProxyForm,
        number: "",
        title: "授权委托书",
        group: "业主表决",
        note: "委托别人投票的业主填",
    },
    Entry {
        code: DocumentCode::TallySheet,
        number: "",
        title: "计票表",
        group: "业主表决",
        note: "唱票后监票人签字",
    },
    Entry {
        code: DocumentCode::D10,
        number: "D10",
        title: "计票结果公示",
        group: "业主表决",
        note: "封存以后贴出，不印业主姓名",
    },
];

impl Entry {
    pub(super) fn row(&self) -> ReportDocument {
        ReportDocument {
            code: self.code,
            number: self.number.to_owned(),
            title: self.title.to_owned(),
            group: self.group.to_owned(),
            note: self.note.to_owned(),
        }
    }
}

/// The entry of a document.
pub(super) fn entry(code: DocumentCode) -> &'static Entry {
    ALL.iter()
        .find(|entry| entry.code == code)
        .expect("every document stands in the catalogue")
}

/// A paper that is only there as PDF.
pub(super) fn no_docx() -> ApiError {
    ApiError::new(
        ErrorCode::Report,
        "这份文件不能存成 Word 文档",
        "它的版面是画出来的，存成 Word 会走样。",
        "请保存成 PDF。",
    )
}
