use jiugai_domain::BallotHolder;

use super::*;
use crate::wire::PastedFile;
use crate::{Intake, TakenFiles};

/// `%PDF-1.7 示例` as the screen sends it.
fn scan(name: &str) -> PastedFile {
    PastedFile {
        name: name.to_owned(),
        base64: "JVBERi0xLjcgYSBwYWdlCiUlRU9GCg==".to_owned(),
    }
}

fn scanned(name: &str) -> TakenFiles {
    Intake::default().pasted(&[scan(name)]).expect("taken in")
}

#[test]
fn scans_hang_on_papers_and_stay_when_the_ballot_is_closed() {
    let (_folder, mut session) = sample();
    let id = opened(&mut session);
    let paper = session.ballot_papers(&id).expect("papers").rows[0].clone();
    assert_eq!(paper.scans, 0);
    let holder = BallotHolder::BallotPaper;
    let added = session
        .attachment_hang(holder, &paper.id, scanned("委托书.pdf"), None)
        .expect("added");
    assert!(added.sentence.contains("0001 号票"), "{}", added.sentence);
    let row = session
        .attachment_list(holder, &paper.id)
        .expect("list")
        .remove(0);
    assert!(row.record_label.contains("1单元加装电梯"), "{row:?}");
    assert_eq!(session.ballot_papers(&id).expect("papers").rows[0].scans, 1);
    let photos = session.attachment_compound(&compound(&session));
    assert!(photos.expect("photos").iter().all(|one| one.id != row.id));
    session.ballot_close(&id).expect("closed");
    let refused = session.attachment_remove(&row.id).expect_err("sealed");
    assert_eq!(refused.code, ErrorCode::Sealed);
    session
        .attachment_hang(holder, &paper.id, scanned("存根.pdf"), None)
        .expect("there was another file of these bytes, or it was added");
    let none = session.attachment_hang(holder, &id, scanned("存根.pdf"), None);
    assert_eq!(none.expect_err("no paper").code, ErrorCode::NotFound);
}

#[test]
fn the_owners_rules_must_lie_beside_their_words() {
    let (_folder, mut session) = sample();
    let id = prepared(&mut session);
    let mut settings = session.ballot_get(&id).expect("page").settings;
    settings.starts_on = "2021-02-16".to_owned();
    settings.follow_majority = true;
    settings.rules_clause = "示例：未交票的计入多数票。".to_owned();
    settings.consequence_printed = true;
    session.ballot_update(&id, &settings).expect("settings");
    let refused = session.ballot_open(&id).expect_err("no scan of the rules");
    assert!(refused.message.contains("扫描件"), "{refused}");
    session
        .attachment_hang(BallotHolder::Ballot, &id, scanned("议事规则.pdf"), None)
        .expect("added");
    assert_eq!(session.ballot_get(&id).expect("page").scans, 1);
    session.ballot_open(&id).expect("opened");
    let papers = session.ballot_papers(&id).expect("papers").rows;
    let delivery = |papers: Vec<String>| BallotDelivery {
        papers,
        way: "mailbox".to_owned(),
        delivered_on: "2021-02-16".to_owned(),
        witness: String::new(),
        receiver: String::new(),
        evidence: String::new(),
    };
    session
        .ballot_deliver(&id, &delivery(vec![papers[0].id.clone()]))
        .expect("delivered");
    let open = |session: &Session| {
        session.ballot_tally(&id).expect("tally").motions[0]
            .open
            .clone()
    };
    assert!(
        open(&session)
            .iter()
            .any(|told| told.contains("三样证明不齐"))
    );
    let photo = BallotHolder::BallotPaper;
    session
        .attachment_hang(photo, &papers[0].id, scanned("投信箱照片.pdf"), None)
        .expect("added");
    assert!(
        open(&session)
            .iter()
            .all(|told| !told.contains("三样证明不齐"))
    );
}
