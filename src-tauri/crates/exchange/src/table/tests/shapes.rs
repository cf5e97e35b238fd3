//! Shapes of tables as they lie on desks.

use jiugai_domain::KindCode;
use rstest::rstest;

use super::{codes, keys, read, sheet, sheets, values};
use crate::table::{
    CheckScope, Problem, Reason, RowProblem, RowRole, Target, Weight, read_pasted_tables,
    read_tables,
};

#[test]
fn header_of_three_levels_with_merges() {
    let lines = [
        "示例小区入户摸底表",
        "楼号|单元|房号|产权情况||居住情况||",
        "|||房屋||常住|其中|",
        "|||面积（㎡）|性质|人口|60岁以上|80岁以上",
        "1号楼|1|101|61.2|房改房|3|1|0",
        "|1|102|53.05|商品房|2|0|0",
    ];
    let merges = [
        (0, 0, 0, 7),
        (1, 0, 3, 0),
        (1, 1, 3, 1),
        (1, 2, 3, 2),
        (1, 3, 1, 4),
        (1, 5, 1, 7),
        (2, 3, 2, 4),
        (2, 6, 2, 7),
    ];
    let (tables, rows) = read(&sheet("Sheet1", &lines, &merges));
    let found = &tables.tables[0];
    assert_eq!(found.table.header, Some((1, 3)));
    assert_eq!(
        found.table.columns[3].path,
        ["产权情况", "房屋", "面积（㎡）"]
    );
    assert_eq!(
        codes(&found.mapping),
        [
            "building",
            "entrance",
            "room",
            "dwelling.grossFloorArea",
            "dwelling.tenure",
            "household.people",
            "household.seniors60",
            "household.seniors80",
        ]
    );
    assert_eq!(keys(&rows[0]), ["1号楼/1单元/101", "1号楼/1单元/102"]);
}

#[test]
fn totals_are_compared_and_left_out() {
    let lines = [
        "楼号|房号|面积（㎡）|人口",
        "1|101|61.2|3",
        "1|102|50|2",
        "小计|2户|111.2|5",
        "2|101|70|1",
        "小计|1户|75|1",
        "合计|3户|181.2|6",
    ];
    let (_, rows) = read(&sheet("Sheet1", &lines, &[]));
    assert_eq!(rows[0].rows.len(), 3);
    assert_eq!(rows[0].checks.len(), 9);
    let wrong: Vec<_> = rows[0].checks.iter().filter(|check| !check.equal).collect();
    assert_eq!(wrong.len(), 1);
    assert_eq!(
        (
            wrong[0].row,
            wrong[0].stated,
            wrong[0].computed,
            wrong[0].rows
        ),
        (6, 7500, 7000, Some((5, 5)))
    );
    let building = "2号楼".to_owned();
    assert_eq!(wrong[0].scope, CheckScope::Building { building });
}

#[test]
fn remarks_numbering_and_headers_on_every_page_are_read_over() {
    let lines = [
        "示例小区入户摸底台账",
        "填报单位：示例社区|||填报日期：2021年3月5日",
        "楼号|房号|姓名|面积",
        "1|2|3|4",
        "1号楼|101|张某|61.2",
        "楼号|房号|姓名|面积",
        "1号楼|102|李某|61.2",
        "填表人：甲|||审核人：乙",
        "注：面积以登记簿为准，没有登记簿的填实测。",
    ];
    let (tables, rows) = read(&sheet("Sheet1", &lines, &[(0, 0, 0, 3), (8, 0, 8, 3)]));
    assert_eq!(keys(&rows[0]), ["1号楼//101", "1号楼//102"]);
    let roles: Vec<RowRole> = rows[0].skipped.iter().map(|(_, role)| *role).collect();
    assert_eq!(
        roles,
        [
            RowRole::Numbering,
            RowRole::RepeatedHeader,
            RowRole::Footnote,
            RowRole::Footnote
        ]
    );
    let facts = &tables.tables[0].table.facts;
    assert_eq!(facts.compound.as_deref(), Some("示例小区"));
    assert_eq!(
        facts.filled_on.map(|day| day.to_string()).as_deref(),
        Some("2021-03-05")
    );
}

#[test]
fn tables_below_one_another() {
    let lines = [
        "一、停车位",
        "区域|车位数|充电桩",
        "东侧|12|2",
        "合计|12|2",
        "",
        "二、健身器材",
        "设施名称|类别|数量|位置",
        "漫步机|健身器材|2|小广场",
        "路灯|路灯|8|主路",
        "",
        "三、绿化树木",
        "树种|株数|面积（㎡）",
        "法桐|12|",
        "冬青||60",
    ];
    let (tables, rows) = read(&sheet("Sheet1", &lines, &[]));
    let kinds: Vec<KindCode> = tables
        .tables
        .iter()
        .map(|found| found.mapping.kind)
        .collect();
    assert_eq!(
        kinds,
        [
            KindCode::ParkingArea,
            KindCode::Facility,
            KindCode::GreenSpace
        ]
    );
    let counts: Vec<usize> = rows.iter().map(|rows| rows.rows.len()).collect();
    assert_eq!(counts, [1, 2, 2]);
    assert_eq!(tables.tables[1].table.title_rows[0].1, "二、健身器材");
    assert_eq!(values(&tables, &rows, 1, "facility.pieces"), ["2", "8"]);
    assert_eq!(values(&tables, &rows, 2, "greenSpace.trees"), ["12", ""]);
}

#[test]
fn a_list_of_buildings() {
    let lines = [
        "示例小区楼栋基本情况",
        "序号|楼号|建成年代|结构类型|总层数|单元|户数|总建筑面积（平方米）|楼栋长",
        "1|1号楼|1979年|砖混|5|3|30|1,836.50|张某",
        "2|2号楼|1985|砖混结构|六层|2|24|1500|李某",
    ];
    let (tables, rows) = read(&sheet("楼栋", &lines, &[]));
    assert_eq!(tables.tables[0].mapping.kind, KindCode::Building);
    assert_eq!(keys(&rows[0]), ["1号楼//", "2号楼//"]);
    assert_eq!(
        values(&tables, &rows, 0, "building.builtYear"),
        ["1979", "1985"]
    );
    assert_eq!(
        values(&tables, &rows, 0, "building.grossFloorArea"),
        ["1836.50", "1500.00"]
    );
    assert_eq!(values(&tables, &rows, 0, "building.storeys"), ["5", ""]);
    assert_eq!(rows[0].rows[1].weight(), Some(Weight::Warning));
}

#[test]
fn a_list_of_rooms_that_people_built() {
    let lines = [
        "示例小区自建房摸底表",
        "序号|楼号|单元|房号|户主|类型|间数|面积（㎡）|结构|用途|是否占消防通道",
        "1|3号楼|2|101|张某|违建|2|18.5|彩钢|堆放|是",
        "2|3号楼|2|102|李某|储藏室|1|6|砖|堆放|否",
        "合计|||||||24.5|||",
    ];
    let (tables, rows) = read(&sheet("自建房", &lines, &[]));
    assert_eq!(tables.tables[0].mapping.kind, KindCode::Outbuilding);
    assert_eq!(keys(&rows[0]), ["3号楼/2单元/101", "3号楼/2单元/102"]);
    assert_eq!(
        values(&tables, &rows, 0, "outbuilding.kind"),
        ["违章建筑", "小配房"]
    );
    assert_eq!(
        values(&tables, &rows, 0, "outbuilding.onFireLane"),
        ["是", "否"]
    );
    assert!(rows[0].checks.iter().all(|check| check.equal));
    assert_eq!(rows[0].checks.len(), 1);
}

#[test]
fn two_columns_of_one_meaning() {
    let lines = ["楼号|房号|建筑面积|房屋面积", "1|101|61.2|60"];
    let (tables, _) = read(&sheet("Sheet1", &lines, &[]));
    let columns = &tables.tables[0].mapping.columns;
    assert!(matches!(&columns[3].reason, Reason::Double { first, .. } if first == "C"));
}

#[test]
fn a_row_twice_is_told_at_the_later_place() {
    let one = ["楼号|房号|面积", "1|101|50", "1|102|50"];
    let two = ["楼号|房号|面积", "2|101|50", "1号楼|１０２室|50"];
    let (_, rows) = read(&sheets(&[("甲", &one, &[]), ("乙", &two, &[])]));
    assert_eq!(
        rows[1].rows[1].problems,
        [(
            Weight::Error,
            RowProblem::Duplicate {
                first_sheet: "甲".into(),
                first_row: 3
            }
        )]
    );
    assert!(
        rows[0]
            .rows
            .iter()
            .all(crate::table::SourceRow::is_importable)
    );
}

#[test]
fn bad_cells_cost_only_themselves() {
    let lines = [
        "楼号|房号|面积（㎡）|常住人口|居住情况|产权性质",
        "1|101|约60|3|自住|别墅",
        "1|102|61.20㎡|无|空置|房改房",
        "1||50|1|自住|公房",
        "1|104|50|2|空置|公房",
    ];
    let (tables, rows) = read(&sheet("Sheet1", &lines, &[]));
    let rows = &rows[0].rows;
    assert_eq!(rows.len(), 4);
    let bad = |row: usize| {
        rows[row]
            .cells
            .iter()
            .filter(|cell| matches!(cell.problem, Some(Problem::Bad { .. })))
            .count()
    };
    assert_eq!((bad(0), bad(1)), (2, 0));
    assert!(rows[0].is_importable() && !rows[2].is_importable());
    let people = Target::from_code("household.people").expect("a target");
    assert_eq!(
        rows[1]
            .value(&tables.tables[0].mapping, people)
            .as_integer(),
        Some(0)
    );
    let vacant = (Weight::Warning, RowProblem::PeopleInVacant { people: 2 });
    assert_eq!(rows[3].problems, [vacant]);
}

#[test]
fn a_click_corrects_and_is_remembered() {
    let lines = ["楼号|房号|大小|姓名", "1|101|61.2|张某"];
    let bytes = sheet("Sheet1", &lines, &[]);
    let mut tables = read_tables(&bytes, "").expect("tables");
    let area = Target::from_code("dwelling.grossFloorArea").expect("a target");
    assert_eq!(tables.tables[0].mapping.columns[2].target, Target::Ignore);
    tables.tables[0].mapping.set(2, area);
    let rows = tables.extract();
    assert_eq!(
        values(&tables, &rows, 0, "dwelling.grossFloorArea"),
        ["61.20"]
    );
    let found = &tables.tables[0];
    let (kind, columns) = found.mapping.remember(&found.table);
    let again = read_tables(
        &sheet("别的", &["姓名|大小|房号|楼号", "李某|50|102|1"], &[]),
        "",
    )
    .expect("tables");
    assert_eq!(again.tables[0].table.source_key(), found.table.source_key());
    let mapping = super::Mapping::recall(&again.tables[0].table, &kind, &columns).expect("known");
    assert_eq!(mapping.columns[1].target, area);
    assert_eq!(mapping.columns[1].reason, Reason::Remembered);
}

#[test]
fn a_pasted_block() {
    let text = "楼号\t房号\t姓名\t面积\n1\t101\t张某\t\"61.2\n㎡\"\n1\t102\t李某\t50\n\n";
    let tables = read_pasted_tables(text).expect("tables");
    let rows = tables.extract();
    assert_eq!(keys(&rows[0]), ["1号楼//101", "1号楼//102"]);
    assert_eq!(
        values(&tables, &rows, 0, "dwelling.grossFloorArea"),
        ["61.20", "50.00"]
    );
}

#[rstest]
#[case(
    "小区清单",
    "序号|所属街道|所属社区|小区名称|建成年代|户数|占地面积（㎡）|物业管理方式",
    "1|七一路街道|示例社区|示例小区|1985|72|3000|无物业",
    KindCode::Compound,
    "serial compound.subdistrict compound.community compound.name compound.builtFrom compound.declaredHouseholds compound.siteArea compound.management"
)]
#[case(
    "树木",
    "序号|树种|数量|所在位置|备注",
    "1|法桐|12|1号楼前|",
    KindCode::GreenSpace,
    "serial greenSpace.name greenSpace.trees greenSpace.place greenSpace.remark"
)]
#[case(
    "车位",
    "车位编号|位置|占地面积|备注",
    "A-01|东侧|12.5|",
    KindCode::ParkingArea,
    "parkingArea.name parkingArea.place parkingArea.area parkingArea.remark"
)]
#[case(
    "公共设施",
    "序号|设备名称|种类|台数|安装时间|完好情况",
    "1|漫步机|健身器材|2|2015|完好",
    KindCode::Facility,
    "serial facility.name facility.kind facility.pieces facility.installedYear facility.condition"
)]
#[case(
    "管网",
    "管线名称|类型|长度（米）|管径|现状",
    "东侧污水|污水|120|0.3|淤堵",
    KindCode::PipeSegment,
    "pipeSegment.name pipeSegment.kind pipeSegment.length pipeSegment.diameter pipeSegment.condition"
)]
#[case(
    "道路",
    "路名|长|路宽|破损面积|路面材料",
    "主路|120|4|30|水泥",
    KindCode::Road,
    "road.name road.length road.width road.damagedArea road.paving"
)]
#[case(
    "车棚",
    "名称|位置|面积|充电口|停放位",
    "东车棚|1号楼东|60|10|40",
    KindCode::CycleShed,
    "cycleShed.name cycleShed.place cycleShed.area cycleShed.chargingPlaces cycleShed.places"
)]
#[case(
    "老人",
    "序号|姓名|住址|联系方式|60岁以上",
    "1|张某|3-2-301|13800000000|2",
    KindCode::Dwelling,
    "serial owner.name address phone household.seniors60"
)]
#[case(
    "住户",
    "楼|单元|室|户主|手机|人口数|房屋面积",
    "3|2|301|张某|13800000000|2|60",
    KindCode::Dwelling,
    "building entrance room household.contact phone household.people dwelling.grossFloorArea"
)]
#[case(
    "违建台账",
    "编号|位置|当事人|搭建面积|材料|用途|处理意见",
    "1|3号楼东|张某|12|彩钢|堆放|自拆",
    KindCode::Outbuilding,
    "outbuilding.number outbuilding.place outbuilding.occupier outbuilding.area outbuilding.material outbuilding.use outbuilding.disposal"
)]
fn lists_of_every_sort(
    #[case] tab: &str,
    #[case] header: &str,
    #[case] line: &str,
    #[case] kind: KindCode,
    #[case] expected: &str,
) {
    let (tables, rows) = read(&sheet(tab, &[header, line], &[]));
    let mapping = &tables.tables[0].mapping;
    assert_eq!(
        (mapping.kind, codes(mapping).join(" ").as_str()),
        (kind, expected)
    );
    assert_eq!(mapping.missing, []);
    let bad: Vec<_> = rows[0].rows[0]
        .cells
        .iter()
        .filter_map(|cell| cell.problem.as_ref())
        .collect();
    assert_eq!(bad, Vec::<&Problem>::new());
}

#[test]
fn units_of_headers_are_converted_or_refused() {
    let lines = [
        "小区名称|占地面积（公顷）|总建筑面积（万㎡）|维修资金余额（万元）|户数",
        "示例小区|0.35|1.2|12.5|72",
    ];
    let (tables, rows) = read(&sheet("小区清单", &lines, &[]));
    assert_eq!(values(&tables, &rows, 0, "compound.siteArea"), ["3500.00"]);
    assert_eq!(
        values(&tables, &rows, 0, "compound.declaredGrossFloorArea"),
        ["12000.00"]
    );
    assert_eq!(
        values(&tables, &rows, 0, "compound.maintenanceFund"),
        ["125000.00"]
    );
    let (tables, _) = read(&sheet("绿地", &["名称|面积（亩）|乔木", "东侧|3|5"], &[]));
    let column = &tables.tables[0].mapping.columns[1];
    assert_eq!(column.target, Target::Ignore);
    assert!(matches!(column.reason, Reason::Unit { word: "亩", .. }));
}

#[test]
fn sentences_in_a_narrow_list_are_records() {
    let lines = [
        "设施名称|位置|现状",
        "漫步机|东侧广场：靠近大门的一角，常有人用。|完好",
        "宣传栏|西门内侧：玻璃已碎，需要更换。|破损",
        "填表人：甲|审核人：乙|日期：2021年3月5日",
    ];
    let (tables, rows) = read(&sheet("设施", &lines, &[]));
    assert_eq!(tables.tables[0].mapping.kind, KindCode::Facility);
    assert_eq!(rows[0].rows.len(), 2);
    assert_eq!(rows[0].skipped, [(4, RowRole::Footnote)]);
}
