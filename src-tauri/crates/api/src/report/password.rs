//! 密码保管单: where the password of a ledger is written by hand. The program keeps it nowhere, so it
//! can print none.

use jiugai_report::documents::{Document, Notice, NoticeBlock};

use super::Gathered;
use crate::text::{key, long_date};
use crate::wire::ReportRequest;
use crate::{ApiError, Session};

impl Session {
    pub(super) fn gather_password_sheet(
        &mut self,
        request: &ReportRequest,
    ) -> Result<Gathered, ApiError> {
        let imprint = self.imprint(key(&request.compound)?)?;
        let status = self.ledger_status()?;
        let today = self.now().format("%Y-%m-%d").to_string();
        let mut warnings = Vec::new();
        if !status.has_password {
            warnings.push("这本账现在没有密码。设了密码再印这张单子。".to_owned());
        }
        let blocks = vec![
            NoticeBlock::blanks(&[
                ("台账名称", &status.name),
                ("密码（手写，分清大小写）", ""),
                ("设密码的日期", ""),
                ("设密码的人", ""),
                ("保管人", ""),
            ]),
            NoticeBlock::heading("一、丢了密码会怎样"),
            NoticeBlock::paragraph(
                "整本账用密码加了密。没有密码，谁也打不开：软件里没有留后门，也没有别的办法找回。设密码以后做的备份用的是同一个密码，也打不开。",
            ),
            NoticeBlock::heading("二、怎样保管"),
            NoticeBlock::paragraph(
                "1.密码用笔写在上面，不要拍照，不要发到群里，不要和电脑、U 盘放在一起。",
            ),
            NoticeBlock::paragraph("2.装进信封封好，骑缝签名，锁进档案柜；两份分两处放更稳妥。"),
            NoticeBlock::paragraph(
                "3.换了密码、换了保管人，重新印一张填好，旧的当面销毁。旧密码仍能打开改密码以前做的备份，旧备份没有删掉之前，旧密码也要收好。",
            ),
            NoticeBlock::heading("三、怎样用"),
            NoticeBlock::paragraph("打开台账时照着输入。提示密码不对，先看大小写和中英文输入法。"),
            NoticeBlock::blanks(&[("启封日期、启封人", ""), ("启封日期、启封人", "")]),
        ];
        let title = "台账密码保管单".to_owned();
        Ok(Gathered {
            document: Document::Notice(Box::new(Notice {
                imprint,
                title,
                addressee: String::new(),
                blocks,
                signers: Vec::new(),
                date: long_date(Some(&today)),
            })),
            warnings,
            parameters: Vec::new(),
        })
    }
}
