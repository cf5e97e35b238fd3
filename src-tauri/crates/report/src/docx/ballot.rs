use super::body::{Body, Cell, Face, Line, Look, Picture};
use super::package::{Frame, pack};
use super::{shares, twips};
use crate::documents::{BallotPaper, BallotPapers, Sheet};
use crate::{ReportError, qr};

/// Width between the margins in mm.
const WIDTH_MM: u32 = 178;
/// Side of the QR code in mm.
const CODE_MM: u32 = 22;
const LABEL: Look = Look::new(Face::Black, 18, "left");
const VALUE: Look = Look::new(Face::Running, 22, "left");
const TITLE: Look = Look {
    before: 120,
    ..Look::new(Face::Title, 36, "center")
};

/// Ballot papers with their stubs above, one on each page.
pub(crate) fn ballot_papers(papers: &BallotPapers, checksum: &str) -> Result<Vec<u8>, ReportError> {
    let blank = [BallotPaper::default()];
    let all = if papers.papers.is_empty() {
        &blank[..]
    } else {
        &papers.papers[..]
    };
    let mut body = Body::default();
    for (at, paper) in all.iter().enumerate() {
        if at > 0 {
            body.page_break();
        }
        stub(&mut body, paper);
        body.cut();
        ballot(&mut body, papers, paper);
    }
    let frame = Frame {
        imprint: &papers.imprint,
        title: &papers.title,
        checksum,
        sheet: Sheet::A4,
        margins: (16, 16, 17, 16),
        grid: false,
    };
    pack(&frame, body)
}

fn stub(body: &mut Body, paper: &BallotPaper) {
    body.paragraph("存　根", TITLE);
    facts(
        body,
        &[
            ["票号", &paper.number, "业主", &paper.owner],
            ["房屋坐落", &paper.dwellings, "专有部分面积", &paper.area],
            ["领票人签字", "", "与业主关系", ""],
            ["电话", "", "领票时间", ""],
        ],
    );
}

fn ballot(body: &mut Body, papers: &BallotPapers, paper: &BallotPaper) {
    head(body, papers, paper);
    facts(
        body,
        &[
            ["业主姓名", &paper.owner, "专有部分面积", &paper.area],
            ["房屋坐落", &paper.dwellings, "投票权数（人）", &paper.heads],
        ],
    );
    body.paragraph("", Look::new(Face::Running, 10, "left"));
    let heading = |text: &str| Cell {
        shaded: true,
        ..Cell::new(
            text,
            Look {
                align: "center",
                ..LABEL
            },
        )
    };
    let choice = Look {
        align: "center",
        ..Look::new(Face::Running, 28, "center")
    };
    let mut lines = vec![Line {
        cells: ["表决事项", "同意", "反对", "弃权"].map(heading).to_vec(),
        height: twips(9),
        head: true,
    }];
    lines.extend(papers.motions.iter().map(|motion| Line {
        cells: vec![
            Cell::new(format!("{}、{}", motion.number, motion.text), VALUE),
            Cell::new("□", choice),
            Cell::new("□", choice),
            Cell::new("□", choice),
        ],
        height: twips(12),
        head: false,
    }));
    body.table(&shares(&[118, 20, 20, 20], twips(WIDTH_MM)), &lines, true);
    let mut rules = vec![
        "1. 每个事项只能在“同意”“反对”“弃权”中选一项打“√”；涂改、多选、不选的，该项无效；没有签名的，整张无效。"
            .to_owned(),
        "2. 由业主本人签名；共有的由推举的一人签名；代理人签名的，附授权委托书和双方身份证件复印件。".to_owned(),
        match papers.deadline.trim_end_matches('。') {
            "" => "3. 交票时间、地点见公告，过期不收。".to_owned(),
            deadline => format!("3. 交票：{deadline}。过期不收。"),
        },
    ];
    if !papers.unreturned_rule.is_empty() {
        rules.push(format!("4. {}", papers.unreturned_rule));
    }
    for rule in rules {
        body.paragraph(
            &rule,
            Look {
                before: 40,
                ..Look::new(Face::Running, 18, "left")
            },
        );
    }
    body.paragraph("", Look::new(Face::Running, 10, "left"));
    let signs = ["投票人（业主）签名：", "代理人签名（有委托的）：", "日期："]
        .map(|label| Cell::new(label, LABEL))
        .to_vec();
    let line = Line {
        cells: signs,
        height: twips(15),
        head: false,
    };
    body.table(&shares(&[6, 6, 5], twips(WIDTH_MM)), &[line], true);
    body.paragraph("", Look::new(Face::Running, 2, "left"));
}

/// Title and number with the QR code at their right.
fn head(body: &mut Body, papers: &BallotPapers, paper: &BallotPaper) {
    let number = match paper.number.as_str() {
        "" => "________",
        number => number,
    };
    let centred = Look {
        align: "center",
        ..LABEL
    };
    let code = qr::picture(&paper.code).map(|png| Picture {
        at: body.keep(png),
        size_mm: (CODE_MM, CODE_MM),
        name: "二维码",
    });
    let side = |picture, merge| Cell {
        picture,
        merge: Some(merge),
        ..Cell::new("", centred)
    };
    let row = |cells, height| Line {
        cells,
        height: twips(height),
        head: false,
    };
    let lines = [
        row(
            vec![
                Cell::new("", centred),
                Cell::new(&papers.title, TITLE),
                side(code, "restart"),
            ],
            14,
        ),
        row(
            vec![
                Cell::new("", centred),
                Cell::new(format!("票号：{number}"), centred),
                side(None, "continue"),
            ],
            9,
        ),
    ];
    // Empty at the left, so that the title stands in the middle of the sheet.
    body.table(&shares(&[28, 122, 28], twips(WIDTH_MM)), &lines, false);
    // Two tables without anything between them become one.
    body.paragraph("", Look::new(Face::Running, 4, "left"));
}

fn facts(body: &mut Body, rows: &[[&str; 4]]) {
    let lines: Vec<Line> = rows
        .iter()
        .map(|row| Line {
            cells: row
                .iter()
                .enumerate()
                .map(|(at, text)| Cell::new(*text, if at % 2 == 0 { LABEL } else { VALUE }))
                .collect(),
            height: twips(10),
            head: false,
        })
        .collect();
    body.table(&shares(&[26, 68, 34, 50], twips(WIDTH_MM)), &lines, true);
}
