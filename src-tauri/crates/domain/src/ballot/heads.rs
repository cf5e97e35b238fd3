//! Who is one head (人数): merging the owners of a scope, and what a person must decide.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::RecordId;

mod alike;

use alike::{about_name, about_one, employers, shown_name, told_apart, unit_name};

/// A holder of title of a dwelling.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holder {
    /// The owner's record.
    pub owner: RecordId,
    /// Name.
    pub name: String,
    /// `person`, `workUnit`, `developer`, `government`; empty when not filled in.
    pub sort: String,
    /// The work unit that this owner is.
    pub work_unit: Option<RecordId>,
    /// What tells people of one name apart, in this order: phone, last digits of the identity card.
    pub marks: [String; 2],
    /// Named as representative of the co-owners.
    pub representative: bool,
}

/// The employer that a public dwelling belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Employer {
    /// Its record.
    pub id: RecordId,
    /// Name.
    pub name: String,
    /// Gone (注销, 破产), so that nobody can sign for it without more ado.
    pub gone: bool,
    /// Who took over.
    pub successor: String,
}

/// A dwelling of the scope with its title.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Title {
    /// The dwelling.
    pub dwelling: RecordId,
    /// `3号楼2单元301`.
    pub place: String,
    /// A parking space, garage or store room.
    pub apart: bool,
    /// Public housing that was not sold (公房).
    pub public_owned: bool,
    /// In dispute, sealed by a court or never verified.
    pub unclear: bool,
    /// The work unit behind it.
    pub employer: Option<Employer>,
    /// Holders of title.
    pub holders: Vec<Holder>,
}

/// What the ballot settles for everybody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rules {
    /// All dwellings of one work unit are one head (解释第九条); otherwise each is one.
    pub work_unit_is_one: bool,
    /// Parking spaces and store rooms count too.
    pub count_apart: bool,
}

/// A sort of question to a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Doubt {
    /// The title is unclear, or nobody is recorded as owner.
    UnclearTitle,
    /// The work unit was dissolved.
    DissolvedUnit,
    /// Two owners have the same name and nothing tells them apart.
    SameName,
    /// An owner is a unit that is not among the work units of the roll by its name.
    SameUnit,
    /// Owners whose names were masked: who of them is one person cannot be seen.
    MaskedName,
    /// The sole owner of one dwelling is co-owner of another; the law is silent.
    SoleAndCoOwner,
    /// Two dwellings have the very same co-owners; the law is silent.
    SameCoOwners,
    /// Co-owners have not named who votes.
    Representative,
}

impl Doubt {
    /// Every sort.
    pub const ALL: [Self; 8] = [
        Self::UnclearTitle,
        Self::DissolvedUnit,
        Self::SameName,
        Self::SameUnit,
        Self::MaskedName,
        Self::SoleAndCoOwner,
        Self::SameCoOwners,
        Self::Representative,
    ];

    /// As stored and sent.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::UnclearTitle => "unclearTitle",
            Self::DissolvedUnit => "dissolvedUnit",
            Self::SameName => "sameName",
            Self::SameUnit => "sameUnit",
            Self::MaskedName => "maskedName",
            Self::SoleAndCoOwner => "soleAndCoOwner",
            Self::SameCoOwners => "sameCoOwners",
            Self::Representative => "representative",
        }
    }

    /// What people read above such questions.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::UnclearTitle => "产权不清",
            Self::DissolvedUnit => "单位已注销或破产",
            Self::SameName => "同名业主",
            Self::SameUnit => "是不是同一个单位",
            Self::MaskedName => "姓名隐去",
            Self::SoleAndCoOwner => "单独所有又与人共有",
            Self::SameCoOwners => "同一些人共有几套",
            Self::Representative => "共有人没有推定代表",
        }
    }

    /// The result has to wait for the answer. A missing representative changes no count.
    #[must_use]
    pub fn blocks(self) -> bool {
        self != Self::Representative
    }
}

/// A question to a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// Stays the same when the roll is made again.
    pub key: String,
    /// Its sort.
    pub doubt: Doubt,
    /// Whom or what it is about.
    pub subject: String,
    /// What is known, in a sentence.
    pub detail: String,
    /// Codes of the answers with their labels; the first is what counts until a person decides.
    pub answers: Vec<(String, String)>,
}

/// How a dwelling stands in the roll.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// The dwelling.
    pub dwelling: RecordId,
    /// Key of the head: equal for all dwellings of one head.
    pub head: String,
    /// Who that is.
    pub head_label: String,
    /// Whose names stand on the paper.
    pub owners: String,
    /// Counts for area and heads.
    pub counts: bool,
    /// Why not, or why so; empty when there is nothing to say.
    pub note: String,
}

/// Answers of people by key of the question.
pub type Answers = BTreeMap<String, String>;

fn pair(code: &str, label: &str) -> (String, String) {
    (code.to_owned(), label.to_owned())
}

/// Makes the heads of a scope. Questions without an answer are counted by their first answer.
#[must_use]
pub fn merge(titles: &[Title], rules: Rules, answers: &Answers) -> (Vec<Standing>, Vec<Question>) {
    let mut work = Merging {
        rules,
        answers,
        questions: BTreeMap::new(),
        same: HashMap::new(),
        employers: employers(titles),
    };
    work.same_names(titles);
    let alone: BTreeSet<String> = titles
        .iter()
        .filter(|title| rules.count_apart || !title.apart)
        .filter_map(|title| match title.holders.as_slice() {
            [only] if only.sort != "developer" => Some(work.person(only)),
            _ => None,
        })
        .collect();
    let groups = work.co_owner_groups(titles);
    let standings = titles
        .iter()
        .map(|title| work.stand(title, &alone, &groups))
        .collect();
    let mut questions: Vec<Question> = work.questions.into_values().collect();
    questions.sort_by_key(|question| question.doubt);
    (standings, questions)
}

struct Merging<'a> {
    rules: Rules,
    answers: &'a Answers,
    questions: BTreeMap<String, Question>,
    /// Owner records that are one person with another.
    same: HashMap<RecordId, RecordId>,
    /// The work units of the roll, by the names that they go by.
    employers: BTreeMap<RecordId, String>,
}

impl Merging<'_> {
    /// The answer in force: that of a person, or the first.
    fn ask(&mut self, question: Question) -> String {
        let first = question
            .answers
            .first()
            .map_or_else(String::new, |(code, _)| code.clone());
        let given = self
            .answers
            .get(&question.key)
            .filter(|given| question.answers.iter().any(|(code, _)| code == *given));
        let answer = given.cloned().unwrap_or(first);
        self.questions.insert(question.key.clone(), question);
        answer
    }

    fn person(&self, holder: &Holder) -> String {
        format!("owner:{}", self.root(holder.owner))
    }

    /// The record that stands for a person of several.
    fn root(&self, mut owner: RecordId) -> RecordId {
        while let Some(next) = self.same.get(&owner) {
            owner = *next;
        }
        owner
    }

    fn join(&mut self, one: RecordId, other: RecordId) {
        let (one, other) = (self.root(one), self.root(other));
        if one != other {
            self.same.insert(one, other);
        }
    }

    /// Owners of one name that are several records: one person or several?
    fn same_names(&mut self, titles: &[Title]) {
        let mut by_name: BTreeMap<String, BTreeMap<RecordId, (&Holder, Vec<&str>)>> =
            BTreeMap::new();
        for title in titles
            .iter()
            .filter(|title| self.rules.count_apart || !title.apart)
        {
            for holder in &title.holders {
                by_name
                    .entry(shown_name(&holder.name))
                    .or_default()
                    .entry(holder.owner)
                    .or_insert((holder, Vec::new()))
                    .1
                    .push(&title.place);
            }
        }
        for (name, records) in by_name {
            let mut groups: Vec<Vec<(&Holder, String)>> = Vec::new();
            for (holder, places) in records.values() {
                let entry = (*holder, places.join("、"));
                // Different last digits or phones: different people.
                match groups
                    .iter_mut()
                    .find(|group| group.iter().all(|(other, _)| !told_apart(holder, other)))
                {
                    Some(group) => group.push(entry),
                    None => groups.push(vec![entry]),
                }
            }
            for group in groups.iter().filter(|group| group.len() > 1) {
                let answer = self.ask(about_name(&name, group));
                if answer == "merge" {
                    for (holder, _) in group {
                        self.join(holder.owner, group[0].0.owner);
                    }
                }
            }
            // Who is told apart from one of a group may still be another of it.
            for (at, group) in groups.iter().enumerate() {
                for one in &groups[..at].concat() {
                    let like: Vec<_> = group
                        .iter()
                        .filter(|(other, _)| !told_apart(one.0, other))
                        .collect();
                    if like.is_empty() {
                        continue;
                    }
                    let answer = self.ask(about_one(&name, one, &like));
                    if let Some((holder, _)) = like
                        .iter()
                        .find(|(holder, _)| holder.owner.to_string() == answer)
                    {
                        self.join(holder.owner, one.0.owner);
                    }
                }
            }
        }
    }

    /// The work unit that an owner is who is recorded without one: by its name, or by a decision.
    fn unit_by_name(&mut self, name: &str) -> Option<RecordId> {
        let plain = unit_name(name);
        if let Some((id, _)) = self
            .employers
            .iter()
            .find(|(_, employer)| unit_name(employer) == plain)
        {
            return Some(*id);
        }
        if self.employers.is_empty() {
            return None;
        }
        let known: Vec<&str> = self.employers.values().map(String::as_str).collect();
        let detail = format!(
            "业主“{name}”是单位，没有对应到产权单位；名册里另有{}。同一个单位的房屋合算一人，请看权属证明决定。",
            known.join("、")
        );
        let answers = std::iter::once(pair("separate", "不是同一个单位，另算"))
            .chain(
                self.employers
                    .iter()
                    .map(|(id, employer)| (id.to_string(), format!("就是{employer}"))),
            )
            .collect();
        let answer = self.ask(Question {
            key: format!("sameUnit:{plain}"),
            doubt: Doubt::SameUnit,
            subject: name.to_owned(),
            detail,
            answers,
        });
        self.employers
            .keys()
            .find(|id| id.to_string() == answer)
            .copied()
    }

    /// Dwellings held by the very same co-owners, by those.
    fn co_owner_groups(&mut self, titles: &[Title]) -> HashMap<String, bool> {
        let mut groups: BTreeMap<String, Vec<&Title>> = BTreeMap::new();
        for title in titles
            .iter()
            .filter(|title| self.rules.count_apart || !title.apart)
        {
            if title.holders.len() > 1 {
                groups.entry(self.circle(title)).or_default().push(title);
            }
        }
        let mut merged = HashMap::new();
        for (circle, titles) in groups.into_iter().filter(|(_, titles)| titles.len() > 1) {
            let places: Vec<&str> = titles.iter().map(|title| title.place.as_str()).collect();
            let answer = self.ask(Question {
                key: format!("sameCoOwners:{circle}"),
                doubt: Doubt::SameCoOwners,
                subject: names(titles[0]),
                detail: format!(
                    "{} 由同样的人共有。法律没有写明几套算几人，一套一人是默认。",
                    places.join("、")
                ),
                answers: vec![pair("separate", "一套算一人"), pair("merge", "合算一人")],
            });
            merged.insert(circle, answer == "merge");
        }
        merged
    }

    fn circle(&self, title: &Title) -> String {
        let people: BTreeSet<String> = title
            .holders
            .iter()
            .map(|holder| self.person(holder))
            .collect();
        people.into_iter().collect::<Vec<_>>().join("+")
    }

    fn stand(
        &mut self,
        title: &Title,
        alone: &BTreeSet<String>,
        groups: &HashMap<String, bool>,
    ) -> Standing {
        let own = format!("dwelling:{}", title.dwelling);
        let mut standing = Standing {
            dwelling: title.dwelling,
            head: own.clone(),
            head_label: title.place.clone(),
            owners: names(title),
            counts: true,
            note: String::new(),
        };
        if title.apart && !self.rules.count_apart {
            standing.counts = false;
            standing.note = "车位、储藏不计入表决".to_owned();
            return standing;
        }
        match title.holders.as_slice() {
            [] => self.without_holder(title, &mut standing),
            [only] => {
                standing.head_label.clone_from(&only.name);
                if only.sort == "workUnit" {
                    self.of_unit(title, only.work_unit, &only.name, &mut standing);
                } else {
                    standing.head = self.person(only);
                    if only.sort == "developer" {
                        standing.note = "建设单位未售的部分按一人计算".to_owned();
                    }
                }
            }
            several => {
                self.co_owned(title, several, alone, groups, &mut standing);
            }
        }
        if title.unclear && standing.counts {
            self.unclear(
                title,
                &format!("{} 的产权有纠纷、被查封或没有核实。", title.place),
                &mut standing,
            );
        }
        standing
    }

    fn without_holder(&mut self, title: &Title, standing: &mut Standing) {
        match &title.employer {
            Some(employer) if title.public_owned => {
                standing.owners.clone_from(&employer.name);
                standing.head_label.clone_from(&employer.name);
                self.of_unit(title, Some(employer.id), &employer.name, standing);
            }
            _ if !title.unclear => {
                self.unclear(title, &format!("{} 没有登记业主。", title.place), standing);
            }
            _ => {}
        }
    }

    fn of_unit(
        &mut self,
        title: &Title,
        unit: Option<RecordId>,
        name: &str,
        standing: &mut Standing,
    ) {
        let unit = if self.rules.work_unit_is_one {
            unit.or_else(|| self.unit_by_name(name))
        } else {
            unit
        };
        let key = unit.map_or_else(
            || format!("unit:{}", unit_name(name)),
            |id| format!("workUnit:{id}"),
        );
        if self.rules.work_unit_is_one {
            standing.head.clone_from(&key);
            standing.note = "单位自管的公房合算一人（解释第九条）".to_owned();
        } else {
            standing.head_label = format!("{name}（{}）", title.place);
        }
        let employer = title
            .employer
            .as_ref()
            .filter(|employer| employer.gone && unit.is_none_or(|unit| unit == employer.id));
        let Some(employer) = employer else { return };
        let heir = if employer.successor.is_empty() {
            "没有登记承继单位".to_owned()
        } else {
            format!("承继单位是{}", employer.successor)
        };
        let answer = self.ask(Question {
            key: format!("dissolvedUnit:{key}"),
            doubt: Doubt::DissolvedUnit,
            subject: employer.name.clone(),
            detail: format!("{}已注销或破产，{heir}。谁来投票要有依据。", employer.name),
            answers: vec![
                pair("heir", "由承继或主管单位投票，合算一人"),
                pair("exclude", "没有人能代表，不计入名册"),
            ],
        });
        if answer == "exclude" {
            standing.counts = false;
            standing.note = "单位已注销，没有人能代表，经决定不计入".to_owned();
        }
    }

    fn co_owned(
        &mut self,
        title: &Title,
        holders: &[Holder],
        alone: &BTreeSet<String>,
        groups: &HashMap<String, bool>,
        standing: &mut Standing,
    ) {
        let circle = self.circle(title);
        if groups.get(&circle).copied().unwrap_or(false) {
            standing.head = format!("circle:{circle}");
        }
        for holder in holders {
            let person = self.person(holder);
            if !alone.contains(&person) {
                continue;
            }
            let answer = self.ask(Question {
                key: format!("soleAndCoOwner:{person}:{}", title.dwelling),
                doubt: Doubt::SoleAndCoOwner,
                subject: holder.name.clone(),
                detail: format!(
                    "{}另有一套单独所有的房屋，又是{}的共有人。法律没有写明，默认分开算。",
                    holder.name, title.place
                ),
                answers: vec![
                    pair("separate", "分开算，各一人"),
                    pair("merge", "与他单独所有的合算一人"),
                ],
            });
            if answer == "merge" {
                standing.head = person;
                break;
            }
        }
        let named: Vec<&Holder> = holders
            .iter()
            .filter(|holder| holder.representative)
            .collect();
        let representative = if let [one] = named.as_slice() {
            one.name.clone()
        } else {
            let answers = std::iter::once(pair("open", "还没有推定"))
                .chain(
                    holders
                        .iter()
                        .map(|holder| (holder.owner.to_string(), holder.name.clone())),
                )
                .collect();
            let answer = self.ask(Question {
                key: format!("representative:{}", title.dwelling),
                doubt: Doubt::Representative,
                subject: title.place.clone(),
                detail: format!(
                    "{}由{}共有，一套算一人，要推定一位代表投票。",
                    title.place,
                    names(title)
                ),
                answers,
            });
            holders
                .iter()
                .find(|holder| holder.owner.to_string() == answer)
                .map_or_else(String::new, |holder| holder.name.clone())
        };
        standing.head_label = names(title);
        if !representative.is_empty() {
            standing.note = format!("共有，代表人{representative}");
        }
    }

    fn unclear(&mut self, title: &Title, detail: &str, standing: &mut Standing) {
        let answer = self.ask(Question {
            key: format!("unclearTitle:{}", title.dwelling),
            doubt: Doubt::UnclearTitle,
            subject: title.place.clone(),
            detail: format!("{detail}合法占有的买受人可以认定为业主（解释第一条）。"),
            answers: vec![
                pair("own", "计入，由现在的合法占有人投票"),
                pair("exclude", "不计入名册"),
            ],
        });
        if answer == "exclude" {
            standing.counts = false;
            standing.note = "产权不清，经决定不计入".to_owned();
        }
    }
}

fn names(title: &Title) -> String {
    let names: Vec<&str> = title
        .holders
        .iter()
        .map(|holder| holder.name.as_str())
        .collect();
    names.join("、")
}

#[cfg(test)]
mod tests;
