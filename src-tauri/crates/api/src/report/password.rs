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
                ("设密码的人和日期", ""),
                ("保管人", ""),
            ]),
            NoticeBlock::heading("一、丢了密码会怎样"),
            NoticeBlock::paragraph(
                "整本账用密码加了密。没有密码谁也打不开，软件里没有留后门，没有别的办法找回；设密码以后做的备份也打不开。",
            ),
            NoticeBlock::heading("二、怎样保管"),
            NoticeBlock::paragraph("用笔写在上面，不拍照，不发到群里，不和电脑、U 盘放在一起。"),
            NoticeBlock::paragraph("装进信封，骑缝签名，锁进档案柜；两份分放两处更稳妥。"),
            NoticeBlock::paragraph(
                "换了密码或保管人，重印一张填好，旧的当面销毁；改密码以前的备份还留着的，旧密码也要留着。",
            ),
            NoticeBlock::blanks(&[("启封人和日期", "")]),
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
