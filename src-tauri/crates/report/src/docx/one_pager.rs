use super::body::{Body, Cell, Face, Line, Look, Picture};
use super::package::{Frame, pack};
use super::{shares, twips};
use crate::documents::{Imprint, IndicatorLine, OnePager, Sheet, WorkLine};
use crate::{Fonts, ReportError, svg_to_png};

/// Width between the margins in mm.
const WIDTH_MM: u32 = 182;
/// Height of the chart in mm: what is left of the page.
const CHART_MM: u32 = 58;
/// Pixels of the chart for each of its own: more than 300 to the inch at this size.
const CHART_SCALE: u32 = 2;

const PLAIN: Look = Look::new(Face::Running, 19, "left");
const LABEL: Look = Look::new(Face::Black, 18, "center");
const HEAD: Look = Look {
    before: 80,
    keep: true,
    ..Look::new(Face::Black, 21, "left")
};

/// D6 to be edited: the same facts in tables, one below the other.
pub(crate) fn one_pager(
    paper: &OnePager,
    chart: Option<&str>,
    checksum: &str,
    fonts: &Fonts,
) -> Result<Vec<u8>, ReportError> {
    let mut body = Body::default();
    let place = [&paper.subdistrict, &paper.community];
    let place: Vec<&str> = place.into_iter().map(String::as_str).collect();
    body.paragraph(place.join("　").trim(), Look::new(Face::Black, 18, "left"));
    let title = format!("{}改造方案", paper.compound);
    let heading = Look {
        keep: true,
        ..Look::new(Face::Title, 40, "center")
    };
    body.paragraph(&title, heading);
    let plan = [paper.plan.as_str(), paper.data_as_of.as_str()];
    let under = format!("一页纸　{}　数据截至 {}", given(plan[0]), given(plan[1]));
    body.paragraph(&under, Look::new(Face::Black, 17, "center"));

    body.paragraph("基本数字", HEAD);
    let figures = &paper.figures;
    pairs(
        &mut body,
        &[
            ("户数", figures.households.as_deref()),
            ("人数", figures.people.as_deref()),
            ("楼栋", figures.buildings.as_deref()),
            ("房屋套数", figures.dwellings.as_deref()),
            ("建筑面积", figures.gross_floor_area.as_deref()),
            ("用地面积", figures.land_area.as_deref()),
            ("建成年代", figures.built.as_deref()),
            ("产权单位", figures.work_units.as_deref()),
        ],
        4,
    );
    body.paragraph("主要问题", HEAD);
    let issues = paper.issues.iter().enumerate().map(|(at, issue)| {
        let words = format!("{}. {} {}", at + 1, issue.title, issue.remark);
        words.trim().to_owned()
    });
    let issues: Vec<String> = issues.collect();
    let words = match issues.is_empty() {
        true => "未填".to_owned(),
        false => issues.join("　"),
    };
    body.paragraph(&words, PLAIN);

    body.paragraph("改造内容", HEAD);
    let work = &paper.work;
    let verbs = [
        ("拆", &work.demolish),
        ("建", &work.build),
        ("添", &work.add),
        ("改", &work.alter),
        ("修", &work.repair),
    ];
    let lines: Vec<Line> = verbs
        .into_iter()
        .map(|(verb, items)| row(vec![label(verb), Cell::new(works(items), PLAIN)]))
        .collect();
    body.table(&shares(&[10, 172], twips(WIDTH_MM)), &lines, true);

    body.paragraph("投资、工期、责任", HEAD);
    let money = &paper.money;
    let sources: Vec<String> = money
        .funding
        .iter()
        .map(|one| format!("{} {}", one.source, one.amount).trim().to_owned())
        .collect();
    let sources = sources.join("；");
    pairs(
        &mut body,
        &[
            ("投资（估算）", money.total.as_deref()),
            ("户均", money.per_household.as_deref()),
            ("单方", money.per_area.as_deref()),
            (
                "资金来源",
                Some(sources.as_str()).filter(|text| !text.is_empty()),
            ),
            ("开工", paper.schedule.start.as_deref()),
            ("竣工", paper.schedule.end.as_deref()),
            ("总工期", paper.schedule.duration.as_deref()),
            ("责任单位", paper.responsible.organisation.as_deref()),
            ("责任人", paper.responsible.person.as_deref()),
        ],
        3,
    );
    body.paragraph("前后对比（增减＝方案－改造前）", HEAD);
    comparison(&mut body, &paper.indicators);
    if let Some(svg) = chart {
        let png = svg_to_png(svg, CHART_SCALE, fonts)?;
        if let Some((width, height)) = size_of(&png) {
            let look = Look {
                before: 60,
                ..Look::new(Face::Running, 2, "center")
            };
            let picture = Picture {
                at: body.keep(png),
                size_mm: (CHART_MM * width / height.max(1), CHART_MM),
                name: "前后对比图",
            };
            body.picture(picture, look);
        }
    }
    let foot = ["填表人", "审核人", "日期"].map(|word| {
        let words = format!("{word}：________________");
        Cell::new(words, Look::new(Face::Black, 18, "left"))
    });
    let line = Line {
        height: twips(10),
        ..row(foot.into())
    };
    body.table(&shares(&[1, 1, 1], twips(WIDTH_MM)), &[line], false);
    body.paragraph("", Look::new(Face::Running, 2, "left"));
    let imprint = Imprint {
        sample: paper.sample,
        data_as_of: paper.data_as_of.clone(),
        ledger_version: paper.ledger_version.clone(),
        generated_at: paper.generated_at,
        ..Imprint::default()
    };
    let frame = Frame {
        imprint: &imprint,
        title: &title,
        checksum,
        sheet: Sheet::A4,
        margins: (12, 14, 15, 14),
        grid: false,
    };
    pack(&frame, body)
}

fn given(text: &str) -> &str {
    match text {
        "" => "未填",
        text => text,
    }
}

fn label(text: &str) -> Cell {
    Cell {
        shaded: true,
        ..Cell::new(text, LABEL)
    }
}

fn row(cells: Vec<Cell>) -> Line {
    Line {
        cells,
        height: twips(5),
        head: false,
    }
}

/// Labels with their values, `across` side by side.
fn pairs(body: &mut Body, pairs: &[(&str, Option<&str>)], across: usize) {
    let value = |text: Option<&str>| Cell::new(given(text.unwrap_or("")), PLAIN);
    let lines: Vec<Line> = pairs
        .chunks(across)
        .map(|chunk| {
            let cells = (0..across).flat_map(|at| match chunk.get(at) {
                Some((name, text)) => [label(name), value(*text)],
                None => [label(""), Cell::new("", PLAIN)],
            });
            row(cells.collect())
        })
        .collect();
    let weights: Vec<u16> = [20, 30].repeat(across);
    body.table(&shares(&weights, twips(WIDTH_MM)), &lines, true);
}

fn works(items: &[WorkLine]) -> String {
    let words: Vec<String> = items
        .iter()
        .map(|item| {
            format!("{} {} {}", item.name, item.quantity, item.unit)
                .trim()
                .to_owned()
        })
        .collect();
    match words.is_empty() {
        true => "无此类内容".to_owned(),
        false => words.join("；"),
    }
}

fn comparison(body: &mut Body, rows: &[IndicatorLine]) {
    let heads = ["类别", "指标", "单位", "改造前", "方案", "增减", "竣工"];
    let mut lines = vec![Line {
        cells: heads.into_iter().map(label).collect(),
        height: twips(6),
        head: true,
    }];
    let right = Look::new(Face::Running, 19, "right");
    let centre = Look::new(Face::Running, 19, "center");
    let value = |text: &Option<String>| Cell::new(text.as_deref().unwrap_or("—"), right);
    lines.extend(rows.iter().map(|one| {
        row(vec![
            Cell::new(one.group.as_str(), centre),
            Cell::new(one.name.as_str(), PLAIN),
            Cell::new(one.unit.as_str(), centre),
            value(&one.before),
            value(&one.after),
            value(&one.change),
            value(&one.as_built),
        ])
    }));
    if rows.is_empty() {
        lines.push(row(vec![Cell {
            span: heads.len(),
            ..Cell::new("暂无可比指标", PLAIN)
        }]));
    }
    let weights = [14, 60, 16, 24, 24, 24, 20];
    body.table(&shares(&weights, twips(WIDTH_MM)), &lines, true);
}

/// Width and height of a PNG file, as its head says.
fn size_of(png: &[u8]) -> Option<(u32, u32)> {
    let number = |at: usize| Some(u32::from_be_bytes(png.get(at..at + 4)?.try_into().ok()?));
    Some((number(16)?, number(20)?))
}
