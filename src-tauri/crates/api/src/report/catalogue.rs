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
        code: DocumentCode::D7,
        number: "D7",
        title: "改造清单",
        group: "改造方案",
        note: "A3 横，按类别小计，附居民支持率",
    },
    Entry {
        code: DocumentCode::D5,
        number: "D5",
        title: "改造方案公示",
        group: "改造方案",
        note: "公文格式，张贴征求意见",
    },
    Entry {
        code: DocumentCode::Charts,
        number: "",
        title: "前后对比图",
        group: "改造方案",
        note: "改造前后的图，矢量，黑白也分得清",
    },
    Entry {
        code: DocumentCode::ContactSheet,
        number: "",
        title: "照片对照表",
        group: "改造方案",
        note: "同一机位的改造前后，并排印",
    },
    Entry {
        code: DocumentCode::FigureBoard,
        number: "",
        title: "指标展板",
        group: "改造方案",
        note: "A3 横上墙，大字，两米外看得清",
    },
    Entry {
        code: DocumentCode::PhotoBoard,
        number: "",
        title: "前后对比展板",
        group: "改造方案",
        note: "A3 横上墙，一个机位一张，前后照片",
    },
    Entry {
        code: DocumentCode::D15,
        number: "D15",
        title: "倒排工期表",
        group: "实施",
        note: "A3 横，按月画横条，有今日线",
    },
    Entry {
        code: DocumentCode::D16,
        number: "D16",
        title: "周报、月报",
        group: "实施",
        note: "实物量、投资、形象进度三统一",
    },
    Entry {
        code: DocumentCode::D13,
        number: "D13",
        title: "问题整改台账",
        group: "实施",
        note: "A3 横，从发现到销号",
    },
    Entry {
        code: DocumentCode::D14,
        number: "D14",
        title: "交办单、督办单、反馈单",
        group: "实施",
        note: "空白的，或者一个问题一张",
    },
    Entry {
        code: DocumentCode::D1,
        number: "D1",
        title: "小区基本情况表",
        group: "小区",
        note: "一小区一档，一到两张 A4",
    },
    Entry {
        code: DocumentCode::D11,
        number: "D11",
        title: "附属房与违建台账",
        group: "小区",
        note: "A3 横，带照片",
    },
    Entry {
        code: DocumentCode::D21,
        number: "D21",
        title: "住户名册公示",
        group: "小区",
        note: "姓名隐去，一栋一册",
    },
    Entry {
        code: DocumentCode::D12,
        number: "D12",
        title: "自拆承诺书、劝导告知书",
        group: "小区",
        note: "空白的，或者一处一张",
    },
    Entry {
        code: DocumentCode::D20,
        number: "D20",
        title: "全街道汇总表",
        group: "小区",
        note: "A3 横，所有小区的 S01 到 S15",
    },
    Entry {
        code: DocumentCode::PrintLog,
        number: "",
        title: "导出和打印记录",
        group: "小区",
        note: "印过、存过、导出过什么，谁、什么时候",
    },
    Entry {
        code: DocumentCode::PasswordSheet,
        number: "",
        title: "密码保管单",
        group: "小区",
        note: "手写台账密码，封好锁起来",
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
        code: DocumentCode::CrossTable,
        number: "",
        title: "交叉表",
        group: "问卷调查",
        note: "任意两项对着数，公示时小格子隐去",
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

/// A paper that is no table.
pub(super) fn no_xlsx() -> ApiError {
    ApiError::new(
        ErrorCode::Report,
        "这份文件不能存成 Excel 表格",
        "它不是一张表。",
        "请保存成 PDF 或 Word 文档。",
    )
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
